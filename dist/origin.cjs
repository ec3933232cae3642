"use strict";
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __knownSymbol = (name, symbol) => (symbol = Symbol[name]) ? symbol : /* @__PURE__ */ Symbol.for("Symbol." + name);
var __typeError = (msg) => {
  throw TypeError(msg);
};
var __commonJS = (cb, mod) => function __require() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));
var __using = (stack, value, async) => {
  if (value != null) {
    if (typeof value !== "object" && typeof value !== "function") __typeError("Object expected");
    var dispose, inner;
    if (async) dispose = value[__knownSymbol("asyncDispose")];
    if (dispose === void 0) {
      dispose = value[__knownSymbol("dispose")];
      if (async) inner = dispose;
    }
    if (typeof dispose !== "function") __typeError("Object not disposable");
    if (inner) dispose = function() {
      try {
        inner.call(this);
      } catch (e) {
        return Promise.reject(e);
      }
    };
    stack.push([async, dispose, value]);
  } else if (async) {
    stack.push([async]);
  }
  return value;
};
var __callDispose = (stack, error2, hasError) => {
  var E = typeof SuppressedError === "function" ? SuppressedError : function(e, s, m, _) {
    return _ = Error(m), _.name = "SuppressedError", _.error = e, _.suppressed = s, _;
  };
  var fail = (e) => error2 = hasError ? new E(e, error2, "An error was suppressed during disposal") : (hasError = true, e);
  var next = (it) => {
    while (it = stack.pop()) {
      try {
        var result = it[1] && it[1].call(it[2]);
        if (it[0]) return Promise.resolve(result).then(next, (e) => (fail(e), next()));
      } catch (e) {
        fail(e);
      }
    }
    if (hasError) throw error2;
  };
  return next();
};

// node_modules/ms/index.js
var require_ms = __commonJS({
  "node_modules/ms/index.js"(exports2, module2) {
    var s = 1e3;
    var m = s * 60;
    var h = m * 60;
    var d = h * 24;
    var w = d * 7;
    var y = d * 365.25;
    module2.exports = function(val, options) {
      options = options || {};
      var type = typeof val;
      if (type === "string" && val.length > 0) {
        return parse2(val);
      } else if (type === "number" && isFinite(val)) {
        return options.long ? fmtLong(val) : fmtShort(val);
      }
      throw new Error(
        "val is not a non-empty string or a valid number. val=" + JSON.stringify(val)
      );
    };
    function parse2(str) {
      str = String(str);
      if (str.length > 100) {
        return;
      }
      var match = /^(-?(?:\d+)?\.?\d+) *(milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|years?|yrs?|y)?$/i.exec(
        str
      );
      if (!match) {
        return;
      }
      var n = parseFloat(match[1]);
      var type = (match[2] || "ms").toLowerCase();
      switch (type) {
        case "years":
        case "year":
        case "yrs":
        case "yr":
        case "y":
          return n * y;
        case "weeks":
        case "week":
        case "w":
          return n * w;
        case "days":
        case "day":
        case "d":
          return n * d;
        case "hours":
        case "hour":
        case "hrs":
        case "hr":
        case "h":
          return n * h;
        case "minutes":
        case "minute":
        case "mins":
        case "min":
        case "m":
          return n * m;
        case "seconds":
        case "second":
        case "secs":
        case "sec":
        case "s":
          return n * s;
        case "milliseconds":
        case "millisecond":
        case "msecs":
        case "msec":
        case "ms":
          return n;
        default:
          return void 0;
      }
    }
    function fmtShort(ms) {
      var msAbs = Math.abs(ms);
      if (msAbs >= d) {
        return Math.round(ms / d) + "d";
      }
      if (msAbs >= h) {
        return Math.round(ms / h) + "h";
      }
      if (msAbs >= m) {
        return Math.round(ms / m) + "m";
      }
      if (msAbs >= s) {
        return Math.round(ms / s) + "s";
      }
      return ms + "ms";
    }
    function fmtLong(ms) {
      var msAbs = Math.abs(ms);
      if (msAbs >= d) {
        return plural(ms, msAbs, d, "day");
      }
      if (msAbs >= h) {
        return plural(ms, msAbs, h, "hour");
      }
      if (msAbs >= m) {
        return plural(ms, msAbs, m, "minute");
      }
      if (msAbs >= s) {
        return plural(ms, msAbs, s, "second");
      }
      return ms + " ms";
    }
    function plural(ms, msAbs, n, name) {
      var isPlural = msAbs >= n * 1.5;
      return Math.round(ms / n) + " " + name + (isPlural ? "s" : "");
    }
  }
});

// node_modules/debug/src/common.js
var require_common = __commonJS({
  "node_modules/debug/src/common.js"(exports2, module2) {
    function setup(env) {
      createDebug.debug = createDebug;
      createDebug.default = createDebug;
      createDebug.coerce = coerce;
      createDebug.disable = disable;
      createDebug.enable = enable;
      createDebug.enabled = enabled;
      createDebug.humanize = require_ms();
      createDebug.destroy = destroy;
      Object.keys(env).forEach((key) => {
        createDebug[key] = env[key];
      });
      createDebug.names = [];
      createDebug.skips = [];
      createDebug.formatters = {};
      function selectColor(namespace) {
        let hash2 = 0;
        for (let i = 0; i < namespace.length; i++) {
          hash2 = (hash2 << 5) - hash2 + namespace.charCodeAt(i);
          hash2 |= 0;
        }
        return createDebug.colors[Math.abs(hash2) % createDebug.colors.length];
      }
      createDebug.selectColor = selectColor;
      function createDebug(namespace) {
        let prevTime;
        let enableOverride = null;
        let namespacesCache;
        let enabledCache;
        function debug3(...args) {
          if (!debug3.enabled) {
            return;
          }
          const self = debug3;
          const curr = Number(/* @__PURE__ */ new Date());
          const ms = curr - (prevTime || curr);
          self.diff = ms;
          self.prev = prevTime;
          self.curr = curr;
          prevTime = curr;
          args[0] = createDebug.coerce(args[0]);
          if (typeof args[0] !== "string") {
            args.unshift("%O");
          }
          let index = 0;
          args[0] = args[0].replace(/%([a-zA-Z%])/g, (match, format) => {
            if (match === "%%") {
              return "%";
            }
            index++;
            const formatter = createDebug.formatters[format];
            if (typeof formatter === "function") {
              const val = args[index];
              match = formatter.call(self, val);
              args.splice(index, 1);
              index--;
            }
            return match;
          });
          createDebug.formatArgs.call(self, args);
          const logFn = self.log || createDebug.log;
          logFn.apply(self, args);
        }
        debug3.namespace = namespace;
        debug3.useColors = createDebug.useColors();
        debug3.color = createDebug.selectColor(namespace);
        debug3.extend = extend3;
        debug3.destroy = createDebug.destroy;
        Object.defineProperty(debug3, "enabled", {
          enumerable: true,
          configurable: false,
          get: () => {
            if (enableOverride !== null) {
              return enableOverride;
            }
            if (namespacesCache !== createDebug.namespaces) {
              namespacesCache = createDebug.namespaces;
              enabledCache = createDebug.enabled(namespace);
            }
            return enabledCache;
          },
          set: (v) => {
            enableOverride = v;
          }
        });
        if (typeof createDebug.init === "function") {
          createDebug.init(debug3);
        }
        return debug3;
      }
      function extend3(namespace, delimiter) {
        const newDebug = createDebug(this.namespace + (typeof delimiter === "undefined" ? ":" : delimiter) + namespace);
        newDebug.log = this.log;
        return newDebug;
      }
      function enable(namespaces) {
        createDebug.save(namespaces);
        createDebug.namespaces = namespaces;
        createDebug.names = [];
        createDebug.skips = [];
        const split = (typeof namespaces === "string" ? namespaces : "").trim().replace(/\s+/g, ",").split(",").filter(Boolean);
        for (const ns of split) {
          if (ns[0] === "-") {
            createDebug.skips.push(ns.slice(1));
          } else {
            createDebug.names.push(ns);
          }
        }
      }
      function matchesTemplate(search, template) {
        let searchIndex = 0;
        let templateIndex = 0;
        let starIndex = -1;
        let matchIndex = 0;
        while (searchIndex < search.length) {
          if (templateIndex < template.length && (template[templateIndex] === search[searchIndex] || template[templateIndex] === "*")) {
            if (template[templateIndex] === "*") {
              starIndex = templateIndex;
              matchIndex = searchIndex;
              templateIndex++;
            } else {
              searchIndex++;
              templateIndex++;
            }
          } else if (starIndex !== -1) {
            templateIndex = starIndex + 1;
            matchIndex++;
            searchIndex = matchIndex;
          } else {
            return false;
          }
        }
        while (templateIndex < template.length && template[templateIndex] === "*") {
          templateIndex++;
        }
        return templateIndex === template.length;
      }
      function disable() {
        const namespaces = [
          ...createDebug.names,
          ...createDebug.skips.map((namespace) => "-" + namespace)
        ].join(",");
        createDebug.enable("");
        return namespaces;
      }
      function enabled(name) {
        for (const skip of createDebug.skips) {
          if (matchesTemplate(name, skip)) {
            return false;
          }
        }
        for (const ns of createDebug.names) {
          if (matchesTemplate(name, ns)) {
            return true;
          }
        }
        return false;
      }
      function coerce(val) {
        if (val instanceof Error) {
          return val.stack || val.message;
        }
        return val;
      }
      function destroy() {
        console.warn("Instance method `debug.destroy()` is deprecated and no longer does anything. It will be removed in the next major version of `debug`.");
      }
      createDebug.enable(createDebug.load());
      return createDebug;
    }
    module2.exports = setup;
  }
});

// node_modules/debug/src/browser.js
var require_browser = __commonJS({
  "node_modules/debug/src/browser.js"(exports2, module2) {
    exports2.formatArgs = formatArgs;
    exports2.save = save;
    exports2.load = load;
    exports2.useColors = useColors;
    exports2.storage = localstorage();
    exports2.destroy = /* @__PURE__ */ (() => {
      let warned = false;
      return () => {
        if (!warned) {
          warned = true;
          console.warn("Instance method `debug.destroy()` is deprecated and no longer does anything. It will be removed in the next major version of `debug`.");
        }
      };
    })();
    exports2.colors = [
      "#0000CC",
      "#0000FF",
      "#0033CC",
      "#0033FF",
      "#0066CC",
      "#0066FF",
      "#0099CC",
      "#0099FF",
      "#00CC00",
      "#00CC33",
      "#00CC66",
      "#00CC99",
      "#00CCCC",
      "#00CCFF",
      "#3300CC",
      "#3300FF",
      "#3333CC",
      "#3333FF",
      "#3366CC",
      "#3366FF",
      "#3399CC",
      "#3399FF",
      "#33CC00",
      "#33CC33",
      "#33CC66",
      "#33CC99",
      "#33CCCC",
      "#33CCFF",
      "#6600CC",
      "#6600FF",
      "#6633CC",
      "#6633FF",
      "#66CC00",
      "#66CC33",
      "#9900CC",
      "#9900FF",
      "#9933CC",
      "#9933FF",
      "#99CC00",
      "#99CC33",
      "#CC0000",
      "#CC0033",
      "#CC0066",
      "#CC0099",
      "#CC00CC",
      "#CC00FF",
      "#CC3300",
      "#CC3333",
      "#CC3366",
      "#CC3399",
      "#CC33CC",
      "#CC33FF",
      "#CC6600",
      "#CC6633",
      "#CC9900",
      "#CC9933",
      "#CCCC00",
      "#CCCC33",
      "#FF0000",
      "#FF0033",
      "#FF0066",
      "#FF0099",
      "#FF00CC",
      "#FF00FF",
      "#FF3300",
      "#FF3333",
      "#FF3366",
      "#FF3399",
      "#FF33CC",
      "#FF33FF",
      "#FF6600",
      "#FF6633",
      "#FF9900",
      "#FF9933",
      "#FFCC00",
      "#FFCC33"
    ];
    function useColors() {
      if (typeof window !== "undefined" && window.process && (window.process.type === "renderer" || window.process.__nwjs)) {
        return true;
      }
      if (typeof navigator !== "undefined" && navigator.userAgent && navigator.userAgent.toLowerCase().match(/(edge|trident)\/(\d+)/)) {
        return false;
      }
      let m;
      return typeof document !== "undefined" && document.documentElement && document.documentElement.style && document.documentElement.style.WebkitAppearance || // Is firebug? http://stackoverflow.com/a/398120/376773
      typeof window !== "undefined" && window.console && (window.console.firebug || window.console.exception && window.console.table) || // Is firefox >= v31?
      // https://developer.mozilla.org/en-US/docs/Tools/Web_Console#Styling_messages
      typeof navigator !== "undefined" && navigator.userAgent && (m = navigator.userAgent.toLowerCase().match(/firefox\/(\d+)/)) && parseInt(m[1], 10) >= 31 || // Double check webkit in userAgent just in case we are in a worker
      typeof navigator !== "undefined" && navigator.userAgent && navigator.userAgent.toLowerCase().match(/applewebkit\/(\d+)/);
    }
    function formatArgs(args) {
      args[0] = (this.useColors ? "%c" : "") + this.namespace + (this.useColors ? " %c" : " ") + args[0] + (this.useColors ? "%c " : " ") + "+" + module2.exports.humanize(this.diff);
      if (!this.useColors) {
        return;
      }
      const c = "color: " + this.color;
      args.splice(1, 0, c, "color: inherit");
      let index = 0;
      let lastC = 0;
      args[0].replace(/%[a-zA-Z%]/g, (match) => {
        if (match === "%%") {
          return;
        }
        index++;
        if (match === "%c") {
          lastC = index;
        }
      });
      args.splice(lastC, 0, c);
    }
    exports2.log = console.debug || console.log || (() => {
    });
    function save(namespaces) {
      try {
        if (namespaces) {
          exports2.storage.setItem("debug", namespaces);
        } else {
          exports2.storage.removeItem("debug");
        }
      } catch (error2) {
      }
    }
    function load() {
      let r;
      try {
        r = exports2.storage.getItem("debug") || exports2.storage.getItem("DEBUG");
      } catch (error2) {
      }
      if (!r && typeof process !== "undefined" && "env" in process) {
        r = process.env.DEBUG;
      }
      return r;
    }
    function localstorage() {
      try {
        return localStorage;
      } catch (error2) {
      }
    }
    module2.exports = require_common()(exports2);
    var { formatters } = module2.exports;
    formatters.j = function(v) {
      try {
        return JSON.stringify(v);
      } catch (error2) {
        return "[UnexpectedJSONParseError]: " + error2.message;
      }
    };
  }
});

// node_modules/debug/src/node.js
var require_node = __commonJS({
  "node_modules/debug/src/node.js"(exports2, module2) {
    var tty = require("tty");
    var util = require("util");
    exports2.init = init;
    exports2.log = log;
    exports2.formatArgs = formatArgs;
    exports2.save = save;
    exports2.load = load;
    exports2.useColors = useColors;
    exports2.destroy = util.deprecate(
      () => {
      },
      "Instance method `debug.destroy()` is deprecated and no longer does anything. It will be removed in the next major version of `debug`."
    );
    exports2.colors = [6, 2, 3, 4, 5, 1];
    try {
      const supportsColor = require("supports-color");
      if (supportsColor && (supportsColor.stderr || supportsColor).level >= 2) {
        exports2.colors = [
          20,
          21,
          26,
          27,
          32,
          33,
          38,
          39,
          40,
          41,
          42,
          43,
          44,
          45,
          56,
          57,
          62,
          63,
          68,
          69,
          74,
          75,
          76,
          77,
          78,
          79,
          80,
          81,
          92,
          93,
          98,
          99,
          112,
          113,
          128,
          129,
          134,
          135,
          148,
          149,
          160,
          161,
          162,
          163,
          164,
          165,
          166,
          167,
          168,
          169,
          170,
          171,
          172,
          173,
          178,
          179,
          184,
          185,
          196,
          197,
          198,
          199,
          200,
          201,
          202,
          203,
          204,
          205,
          206,
          207,
          208,
          209,
          214,
          215,
          220,
          221
        ];
      }
    } catch (error2) {
    }
    exports2.inspectOpts = Object.keys(process.env).filter((key) => {
      return /^debug_/i.test(key);
    }).reduce((obj, key) => {
      const prop = key.substring(6).toLowerCase().replace(/_([a-z])/g, (_, k) => {
        return k.toUpperCase();
      });
      let val = process.env[key];
      if (/^(yes|on|true|enabled)$/i.test(val)) {
        val = true;
      } else if (/^(no|off|false|disabled)$/i.test(val)) {
        val = false;
      } else if (val === "null") {
        val = null;
      } else {
        val = Number(val);
      }
      obj[prop] = val;
      return obj;
    }, {});
    function useColors() {
      return "colors" in exports2.inspectOpts ? Boolean(exports2.inspectOpts.colors) : tty.isatty(process.stderr.fd);
    }
    function formatArgs(args) {
      const { namespace: name, useColors: useColors2 } = this;
      if (useColors2) {
        const c = this.color;
        const colorCode = "\x1B[3" + (c < 8 ? c : "8;5;" + c);
        const prefix = `  ${colorCode};1m${name} \x1B[0m`;
        args[0] = prefix + args[0].split("\n").join("\n" + prefix);
        args.push(colorCode + "m+" + module2.exports.humanize(this.diff) + "\x1B[0m");
      } else {
        args[0] = getDate() + name + " " + args[0];
      }
    }
    function getDate() {
      if (exports2.inspectOpts.hideDate) {
        return "";
      }
      return (/* @__PURE__ */ new Date()).toISOString() + " ";
    }
    function log(...args) {
      return process.stderr.write(util.formatWithOptions(exports2.inspectOpts, ...args) + "\n");
    }
    function save(namespaces) {
      if (namespaces) {
        process.env.DEBUG = namespaces;
      } else {
        delete process.env.DEBUG;
      }
    }
    function load() {
      return process.env.DEBUG;
    }
    function init(debug3) {
      debug3.inspectOpts = {};
      const keys = Object.keys(exports2.inspectOpts);
      for (let i = 0; i < keys.length; i++) {
        debug3.inspectOpts[keys[i]] = exports2.inspectOpts[keys[i]];
      }
    }
    module2.exports = require_common()(exports2);
    var { formatters } = module2.exports;
    formatters.o = function(v) {
      this.inspectOpts.colors = this.useColors;
      return util.inspect(v, this.inspectOpts).split("\n").map((str) => str.trim()).join(" ");
    };
    formatters.O = function(v) {
      this.inspectOpts.colors = this.useColors;
      return util.inspect(v, this.inspectOpts);
    };
  }
});

// node_modules/debug/src/index.js
var require_src = __commonJS({
  "node_modules/debug/src/index.js"(exports2, module2) {
    if (typeof process === "undefined" || process.type === "renderer" || process.browser === true || process.__nwjs) {
      module2.exports = require_browser();
    } else {
      module2.exports = require_node();
    }
  }
});

// node_modules/run-series/index.js
var require_run_series = __commonJS({
  "node_modules/run-series/index.js"(exports2, module2) {
    module2.exports = runSeries;
    function runSeries(tasks, cb) {
      var current = 0;
      var results = [];
      var isSync = true;
      function done(err) {
        function end() {
          if (cb) cb(err, results);
        }
        if (isSync) process.nextTick(end);
        else end();
      }
      function each(err, result) {
        results.push(result);
        if (++current >= tasks.length || err) done(err);
        else tasks[current](each);
      }
      if (tasks.length > 0) tasks[0](each);
      else done(null);
      isSync = false;
    }
  }
});

// node_modules/string2compact/node_modules/ipaddr.js/lib/ipaddr.js
var require_ipaddr = __commonJS({
  "node_modules/string2compact/node_modules/ipaddr.js/lib/ipaddr.js"(exports2, module2) {
    (function(root) {
      "use strict";
      const ipv4Part = "(0?\\d+|0x[a-f0-9]+)";
      const ipv4Regexes = {
        fourOctet: new RegExp(`^${ipv4Part}\\.${ipv4Part}\\.${ipv4Part}\\.${ipv4Part}$`, "i"),
        threeOctet: new RegExp(`^${ipv4Part}\\.${ipv4Part}\\.${ipv4Part}$`, "i"),
        twoOctet: new RegExp(`^${ipv4Part}\\.${ipv4Part}$`, "i"),
        longValue: new RegExp(`^${ipv4Part}$`, "i")
      };
      const octalRegex = new RegExp(`^0[0-7]+$`, "i");
      const hexRegex = new RegExp(`^0x[a-f0-9]+$`, "i");
      const zoneIndex = "%[0-9a-z]{1,}";
      const ipv6Part = "(?:[0-9a-f]+::?)+";
      const ipv6Regexes = {
        zoneIndex: new RegExp(zoneIndex, "i"),
        "native": new RegExp(`^(::)?(${ipv6Part})?([0-9a-f]+)?(::)?(${zoneIndex})?$`, "i"),
        deprecatedTransitional: new RegExp(`^(?:::)(${ipv4Part}\\.${ipv4Part}\\.${ipv4Part}\\.${ipv4Part}(${zoneIndex})?)$`, "i"),
        transitional: new RegExp(`^((?:${ipv6Part})|(?:::)(?:${ipv6Part})?)${ipv4Part}\\.${ipv4Part}\\.${ipv4Part}\\.${ipv4Part}(${zoneIndex})?$`, "i")
      };
      function expandIPv6(string3, parts) {
        if (string3.indexOf("::") !== string3.lastIndexOf("::")) {
          return null;
        }
        let colonCount = 0;
        let lastColon = -1;
        let zoneId = (string3.match(ipv6Regexes.zoneIndex) || [])[0];
        let replacement, replacementCount;
        if (zoneId) {
          zoneId = zoneId.substring(1);
          string3 = string3.replace(/%.+$/, "");
        }
        while ((lastColon = string3.indexOf(":", lastColon + 1)) >= 0) {
          colonCount++;
        }
        if (string3.substr(0, 2) === "::") {
          colonCount--;
        }
        if (string3.substr(-2, 2) === "::") {
          colonCount--;
        }
        if (colonCount > parts) {
          return null;
        }
        replacementCount = parts - colonCount;
        replacement = ":";
        while (replacementCount--) {
          replacement += "0:";
        }
        string3 = string3.replace("::", replacement);
        if (string3[0] === ":") {
          string3 = string3.slice(1);
        }
        if (string3[string3.length - 1] === ":") {
          string3 = string3.slice(0, -1);
        }
        parts = (function() {
          const ref = string3.split(":");
          const results = [];
          for (let i = 0; i < ref.length; i++) {
            results.push(parseInt(ref[i], 16));
          }
          return results;
        })();
        return {
          parts,
          zoneId
        };
      }
      function matchCIDR(first, second, partSize, cidrBits) {
        if (first.length !== second.length) {
          throw new Error("ipaddr: cannot match CIDR for objects with different lengths");
        }
        let part = 0;
        let shift;
        while (cidrBits > 0) {
          shift = partSize - cidrBits;
          if (shift < 0) {
            shift = 0;
          }
          if (first[part] >> shift !== second[part] >> shift) {
            return false;
          }
          cidrBits -= partSize;
          part += 1;
        }
        return true;
      }
      function parseIntAuto(string3) {
        if (hexRegex.test(string3)) {
          return parseInt(string3, 16);
        }
        if (string3[0] === "0" && !isNaN(parseInt(string3[1], 10))) {
          if (octalRegex.test(string3)) {
            return parseInt(string3, 8);
          }
          throw new Error(`ipaddr: cannot parse ${string3} as octal`);
        }
        return parseInt(string3, 10);
      }
      function padPart(part, length) {
        while (part.length < length) {
          part = `0${part}`;
        }
        return part;
      }
      const ipaddr2 = {};
      ipaddr2.IPv4 = (function() {
        function IPv4(octets) {
          if (octets.length !== 4) {
            throw new Error("ipaddr: ipv4 octet count should be 4");
          }
          let i, octet;
          for (i = 0; i < octets.length; i++) {
            octet = octets[i];
            if (!(0 <= octet && octet <= 255)) {
              throw new Error("ipaddr: ipv4 octet should fit in 8 bits");
            }
          }
          this.octets = octets;
        }
        IPv4.prototype.SpecialRanges = {
          unspecified: [[new IPv4([0, 0, 0, 0]), 8]],
          broadcast: [[new IPv4([255, 255, 255, 255]), 32]],
          // RFC3171
          multicast: [[new IPv4([224, 0, 0, 0]), 4]],
          // RFC3927
          linkLocal: [[new IPv4([169, 254, 0, 0]), 16]],
          // RFC5735
          loopback: [[new IPv4([127, 0, 0, 0]), 8]],
          // RFC6598
          carrierGradeNat: [[new IPv4([100, 64, 0, 0]), 10]],
          // RFC1918
          "private": [
            [new IPv4([10, 0, 0, 0]), 8],
            [new IPv4([172, 16, 0, 0]), 12],
            [new IPv4([192, 168, 0, 0]), 16]
          ],
          // Reserved and testing-only ranges; RFCs 5735, 5737, 2544, 1700
          reserved: [
            [new IPv4([192, 0, 0, 0]), 24],
            [new IPv4([192, 0, 2, 0]), 24],
            [new IPv4([192, 88, 99, 0]), 24],
            [new IPv4([198, 51, 100, 0]), 24],
            [new IPv4([203, 0, 113, 0]), 24],
            [new IPv4([240, 0, 0, 0]), 4]
          ]
        };
        IPv4.prototype.kind = function() {
          return "ipv4";
        };
        IPv4.prototype.match = function(other, cidrRange) {
          let ref;
          if (cidrRange === void 0) {
            ref = other;
            other = ref[0];
            cidrRange = ref[1];
          }
          if (other.kind() !== "ipv4") {
            throw new Error("ipaddr: cannot match ipv4 address with non-ipv4 one");
          }
          return matchCIDR(this.octets, other.octets, 8, cidrRange);
        };
        IPv4.prototype.prefixLengthFromSubnetMask = function() {
          let cidr = 0;
          let stop = false;
          const zerotable = {
            0: 8,
            128: 7,
            192: 6,
            224: 5,
            240: 4,
            248: 3,
            252: 2,
            254: 1,
            255: 0
          };
          let i, octet, zeros;
          for (i = 3; i >= 0; i -= 1) {
            octet = this.octets[i];
            if (octet in zerotable) {
              zeros = zerotable[octet];
              if (stop && zeros !== 0) {
                return null;
              }
              if (zeros !== 8) {
                stop = true;
              }
              cidr += zeros;
            } else {
              return null;
            }
          }
          return 32 - cidr;
        };
        IPv4.prototype.range = function() {
          return ipaddr2.subnetMatch(this, this.SpecialRanges);
        };
        IPv4.prototype.toByteArray = function() {
          return this.octets.slice(0);
        };
        IPv4.prototype.toIPv4MappedAddress = function() {
          return ipaddr2.IPv6.parse(`::ffff:${this.toString()}`);
        };
        IPv4.prototype.toNormalizedString = function() {
          return this.toString();
        };
        IPv4.prototype.toString = function() {
          return this.octets.join(".");
        };
        return IPv4;
      })();
      ipaddr2.IPv4.broadcastAddressFromCIDR = function(string3) {
        try {
          const cidr = this.parseCIDR(string3);
          const ipInterfaceOctets = cidr[0].toByteArray();
          const subnetMaskOctets = this.subnetMaskFromPrefixLength(cidr[1]).toByteArray();
          const octets = [];
          let i = 0;
          while (i < 4) {
            octets.push(parseInt(ipInterfaceOctets[i], 10) | parseInt(subnetMaskOctets[i], 10) ^ 255);
            i++;
          }
          return new this(octets);
        } catch (e) {
          throw new Error("ipaddr: the address does not have IPv4 CIDR format");
        }
      };
      ipaddr2.IPv4.isIPv4 = function(string3) {
        return this.parser(string3) !== null;
      };
      ipaddr2.IPv4.isValid = function(string3) {
        try {
          new this(this.parser(string3));
          return true;
        } catch (e) {
          return false;
        }
      };
      ipaddr2.IPv4.isValidFourPartDecimal = function(string3) {
        if (ipaddr2.IPv4.isValid(string3) && string3.match(/^(0|[1-9]\d*)(\.(0|[1-9]\d*)){3}$/)) {
          return true;
        } else {
          return false;
        }
      };
      ipaddr2.IPv4.networkAddressFromCIDR = function(string3) {
        let cidr, i, ipInterfaceOctets, octets, subnetMaskOctets;
        try {
          cidr = this.parseCIDR(string3);
          ipInterfaceOctets = cidr[0].toByteArray();
          subnetMaskOctets = this.subnetMaskFromPrefixLength(cidr[1]).toByteArray();
          octets = [];
          i = 0;
          while (i < 4) {
            octets.push(parseInt(ipInterfaceOctets[i], 10) & parseInt(subnetMaskOctets[i], 10));
            i++;
          }
          return new this(octets);
        } catch (e) {
          throw new Error("ipaddr: the address does not have IPv4 CIDR format");
        }
      };
      ipaddr2.IPv4.parse = function(string3) {
        const parts = this.parser(string3);
        if (parts === null) {
          throw new Error("ipaddr: string is not formatted like an IPv4 Address");
        }
        return new this(parts);
      };
      ipaddr2.IPv4.parseCIDR = function(string3) {
        let match;
        if (match = string3.match(/^(.+)\/(\d+)$/)) {
          const maskLength = parseInt(match[2]);
          if (maskLength >= 0 && maskLength <= 32) {
            const parsed = [this.parse(match[1]), maskLength];
            Object.defineProperty(parsed, "toString", {
              value: function() {
                return this.join("/");
              }
            });
            return parsed;
          }
        }
        throw new Error("ipaddr: string is not formatted like an IPv4 CIDR range");
      };
      ipaddr2.IPv4.parser = function(string3) {
        let match, part, value;
        if (match = string3.match(ipv4Regexes.fourOctet)) {
          return (function() {
            const ref = match.slice(1, 6);
            const results = [];
            for (let i = 0; i < ref.length; i++) {
              part = ref[i];
              results.push(parseIntAuto(part));
            }
            return results;
          })();
        } else if (match = string3.match(ipv4Regexes.longValue)) {
          value = parseIntAuto(match[1]);
          if (value > 4294967295 || value < 0) {
            throw new Error("ipaddr: address outside defined range");
          }
          return (function() {
            const results = [];
            let shift;
            for (shift = 0; shift <= 24; shift += 8) {
              results.push(value >> shift & 255);
            }
            return results;
          })().reverse();
        } else if (match = string3.match(ipv4Regexes.twoOctet)) {
          return (function() {
            const ref = match.slice(1, 4);
            const results = [];
            value = parseIntAuto(ref[1]);
            if (value > 16777215 || value < 0) {
              throw new Error("ipaddr: address outside defined range");
            }
            results.push(parseIntAuto(ref[0]));
            results.push(value >> 16 & 255);
            results.push(value >> 8 & 255);
            results.push(value & 255);
            return results;
          })();
        } else if (match = string3.match(ipv4Regexes.threeOctet)) {
          return (function() {
            const ref = match.slice(1, 5);
            const results = [];
            value = parseIntAuto(ref[2]);
            if (value > 65535 || value < 0) {
              throw new Error("ipaddr: address outside defined range");
            }
            results.push(parseIntAuto(ref[0]));
            results.push(parseIntAuto(ref[1]));
            results.push(value >> 8 & 255);
            results.push(value & 255);
            return results;
          })();
        } else {
          return null;
        }
      };
      ipaddr2.IPv4.subnetMaskFromPrefixLength = function(prefix) {
        prefix = parseInt(prefix);
        if (prefix < 0 || prefix > 32) {
          throw new Error("ipaddr: invalid IPv4 prefix length");
        }
        const octets = [0, 0, 0, 0];
        let j = 0;
        const filledOctetCount = Math.floor(prefix / 8);
        while (j < filledOctetCount) {
          octets[j] = 255;
          j++;
        }
        if (filledOctetCount < 4) {
          octets[filledOctetCount] = Math.pow(2, prefix % 8) - 1 << 8 - prefix % 8;
        }
        return new this(octets);
      };
      ipaddr2.IPv6 = (function() {
        function IPv6(parts, zoneId) {
          let i, part;
          if (parts.length === 16) {
            this.parts = [];
            for (i = 0; i <= 14; i += 2) {
              this.parts.push(parts[i] << 8 | parts[i + 1]);
            }
          } else if (parts.length === 8) {
            this.parts = parts;
          } else {
            throw new Error("ipaddr: ipv6 part count should be 8 or 16");
          }
          for (i = 0; i < this.parts.length; i++) {
            part = this.parts[i];
            if (!(0 <= part && part <= 65535)) {
              throw new Error("ipaddr: ipv6 part should fit in 16 bits");
            }
          }
          if (zoneId) {
            this.zoneId = zoneId;
          }
        }
        IPv6.prototype.SpecialRanges = {
          // RFC4291, here and after
          unspecified: [new IPv6([0, 0, 0, 0, 0, 0, 0, 0]), 128],
          linkLocal: [new IPv6([65152, 0, 0, 0, 0, 0, 0, 0]), 10],
          multicast: [new IPv6([65280, 0, 0, 0, 0, 0, 0, 0]), 8],
          loopback: [new IPv6([0, 0, 0, 0, 0, 0, 0, 1]), 128],
          uniqueLocal: [new IPv6([64512, 0, 0, 0, 0, 0, 0, 0]), 7],
          ipv4Mapped: [new IPv6([0, 0, 0, 0, 0, 65535, 0, 0]), 96],
          // RFC6145
          rfc6145: [new IPv6([0, 0, 0, 0, 65535, 0, 0, 0]), 96],
          // RFC6052
          rfc6052: [new IPv6([100, 65435, 0, 0, 0, 0, 0, 0]), 96],
          // RFC3056
          "6to4": [new IPv6([8194, 0, 0, 0, 0, 0, 0, 0]), 16],
          // RFC6052, RFC6146
          teredo: [new IPv6([8193, 0, 0, 0, 0, 0, 0, 0]), 32],
          // RFC4291
          reserved: [[new IPv6([8193, 3512, 0, 0, 0, 0, 0, 0]), 32]]
        };
        IPv6.prototype.isIPv4MappedAddress = function() {
          return this.range() === "ipv4Mapped";
        };
        IPv6.prototype.kind = function() {
          return "ipv6";
        };
        IPv6.prototype.match = function(other, cidrRange) {
          let ref;
          if (cidrRange === void 0) {
            ref = other;
            other = ref[0];
            cidrRange = ref[1];
          }
          if (other.kind() !== "ipv6") {
            throw new Error("ipaddr: cannot match ipv6 address with non-ipv6 one");
          }
          return matchCIDR(this.parts, other.parts, 16, cidrRange);
        };
        IPv6.prototype.prefixLengthFromSubnetMask = function() {
          let cidr = 0;
          let stop = false;
          const zerotable = {
            0: 16,
            32768: 15,
            49152: 14,
            57344: 13,
            61440: 12,
            63488: 11,
            64512: 10,
            65024: 9,
            65280: 8,
            65408: 7,
            65472: 6,
            65504: 5,
            65520: 4,
            65528: 3,
            65532: 2,
            65534: 1,
            65535: 0
          };
          let part, zeros;
          for (let i = 7; i >= 0; i -= 1) {
            part = this.parts[i];
            if (part in zerotable) {
              zeros = zerotable[part];
              if (stop && zeros !== 0) {
                return null;
              }
              if (zeros !== 16) {
                stop = true;
              }
              cidr += zeros;
            } else {
              return null;
            }
          }
          return 128 - cidr;
        };
        IPv6.prototype.range = function() {
          return ipaddr2.subnetMatch(this, this.SpecialRanges);
        };
        IPv6.prototype.toByteArray = function() {
          let part;
          const bytes2 = [];
          const ref = this.parts;
          for (let i = 0; i < ref.length; i++) {
            part = ref[i];
            bytes2.push(part >> 8);
            bytes2.push(part & 255);
          }
          return bytes2;
        };
        IPv6.prototype.toFixedLengthString = function() {
          const addr = (function() {
            const results = [];
            for (let i = 0; i < this.parts.length; i++) {
              results.push(padPart(this.parts[i].toString(16), 4));
            }
            return results;
          }).call(this).join(":");
          let suffix = "";
          if (this.zoneId) {
            suffix = `%${this.zoneId}`;
          }
          return addr + suffix;
        };
        IPv6.prototype.toIPv4Address = function() {
          if (!this.isIPv4MappedAddress()) {
            throw new Error("ipaddr: trying to convert a generic ipv6 address to ipv4");
          }
          const ref = this.parts.slice(-2);
          const high = ref[0];
          const low = ref[1];
          return new ipaddr2.IPv4([high >> 8, high & 255, low >> 8, low & 255]);
        };
        IPv6.prototype.toNormalizedString = function() {
          const addr = (function() {
            const results = [];
            for (let i = 0; i < this.parts.length; i++) {
              results.push(this.parts[i].toString(16));
            }
            return results;
          }).call(this).join(":");
          let suffix = "";
          if (this.zoneId) {
            suffix = `%${this.zoneId}`;
          }
          return addr + suffix;
        };
        IPv6.prototype.toRFC5952String = function() {
          const regex = /((^|:)(0(:|$)){2,})/g;
          const string3 = this.toNormalizedString();
          let bestMatchIndex = 0;
          let bestMatchLength = -1;
          let match;
          while (match = regex.exec(string3)) {
            if (match[0].length > bestMatchLength) {
              bestMatchIndex = match.index;
              bestMatchLength = match[0].length;
            }
          }
          if (bestMatchLength < 0) {
            return string3;
          }
          return `${string3.substring(0, bestMatchIndex)}::${string3.substring(bestMatchIndex + bestMatchLength)}`;
        };
        IPv6.prototype.toString = function() {
          return this.toNormalizedString().replace(/((^|:)(0(:|$))+)/, "::");
        };
        return IPv6;
      })();
      ipaddr2.IPv6.broadcastAddressFromCIDR = function(string3) {
        try {
          const cidr = this.parseCIDR(string3);
          const ipInterfaceOctets = cidr[0].toByteArray();
          const subnetMaskOctets = this.subnetMaskFromPrefixLength(cidr[1]).toByteArray();
          const octets = [];
          let i = 0;
          while (i < 16) {
            octets.push(parseInt(ipInterfaceOctets[i], 10) | parseInt(subnetMaskOctets[i], 10) ^ 255);
            i++;
          }
          return new this(octets);
        } catch (e) {
          throw new Error(`ipaddr: the address does not have IPv6 CIDR format (${e})`);
        }
      };
      ipaddr2.IPv6.isIPv6 = function(string3) {
        return this.parser(string3) !== null;
      };
      ipaddr2.IPv6.isValid = function(string3) {
        if (typeof string3 === "string" && string3.indexOf(":") === -1) {
          return false;
        }
        try {
          const addr = this.parser(string3);
          new this(addr.parts, addr.zoneId);
          return true;
        } catch (e) {
          return false;
        }
      };
      ipaddr2.IPv6.networkAddressFromCIDR = function(string3) {
        let cidr, i, ipInterfaceOctets, octets, subnetMaskOctets;
        try {
          cidr = this.parseCIDR(string3);
          ipInterfaceOctets = cidr[0].toByteArray();
          subnetMaskOctets = this.subnetMaskFromPrefixLength(cidr[1]).toByteArray();
          octets = [];
          i = 0;
          while (i < 16) {
            octets.push(parseInt(ipInterfaceOctets[i], 10) & parseInt(subnetMaskOctets[i], 10));
            i++;
          }
          return new this(octets);
        } catch (e) {
          throw new Error(`ipaddr: the address does not have IPv6 CIDR format (${e})`);
        }
      };
      ipaddr2.IPv6.parse = function(string3) {
        const addr = this.parser(string3);
        if (addr.parts === null) {
          throw new Error("ipaddr: string is not formatted like an IPv6 Address");
        }
        return new this(addr.parts, addr.zoneId);
      };
      ipaddr2.IPv6.parseCIDR = function(string3) {
        let maskLength, match, parsed;
        if (match = string3.match(/^(.+)\/(\d+)$/)) {
          maskLength = parseInt(match[2]);
          if (maskLength >= 0 && maskLength <= 128) {
            parsed = [this.parse(match[1]), maskLength];
            Object.defineProperty(parsed, "toString", {
              value: function() {
                return this.join("/");
              }
            });
            return parsed;
          }
        }
        throw new Error("ipaddr: string is not formatted like an IPv6 CIDR range");
      };
      ipaddr2.IPv6.parser = function(string3) {
        let addr, i, match, octet, octets, zoneId;
        if (match = string3.match(ipv6Regexes.deprecatedTransitional)) {
          return this.parser(`::ffff:${match[1]}`);
        }
        if (ipv6Regexes.native.test(string3)) {
          return expandIPv6(string3, 8);
        }
        if (match = string3.match(ipv6Regexes.transitional)) {
          zoneId = match[6] || "";
          addr = expandIPv6(match[1].slice(0, -1) + zoneId, 6);
          if (addr.parts) {
            octets = [
              parseInt(match[2]),
              parseInt(match[3]),
              parseInt(match[4]),
              parseInt(match[5])
            ];
            for (i = 0; i < octets.length; i++) {
              octet = octets[i];
              if (!(0 <= octet && octet <= 255)) {
                return null;
              }
            }
            addr.parts.push(octets[0] << 8 | octets[1]);
            addr.parts.push(octets[2] << 8 | octets[3]);
            return {
              parts: addr.parts,
              zoneId: addr.zoneId
            };
          }
        }
        return null;
      };
      ipaddr2.IPv6.subnetMaskFromPrefixLength = function(prefix) {
        prefix = parseInt(prefix);
        if (prefix < 0 || prefix > 128) {
          throw new Error("ipaddr: invalid IPv6 prefix length");
        }
        const octets = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        let j = 0;
        const filledOctetCount = Math.floor(prefix / 8);
        while (j < filledOctetCount) {
          octets[j] = 255;
          j++;
        }
        if (filledOctetCount < 16) {
          octets[filledOctetCount] = Math.pow(2, prefix % 8) - 1 << 8 - prefix % 8;
        }
        return new this(octets);
      };
      ipaddr2.fromByteArray = function(bytes2) {
        const length = bytes2.length;
        if (length === 4) {
          return new ipaddr2.IPv4(bytes2);
        } else if (length === 16) {
          return new ipaddr2.IPv6(bytes2);
        } else {
          throw new Error("ipaddr: the binary input is neither an IPv6 nor IPv4 address");
        }
      };
      ipaddr2.isValid = function(string3) {
        return ipaddr2.IPv6.isValid(string3) || ipaddr2.IPv4.isValid(string3);
      };
      ipaddr2.parse = function(string3) {
        if (ipaddr2.IPv6.isValid(string3)) {
          return ipaddr2.IPv6.parse(string3);
        } else if (ipaddr2.IPv4.isValid(string3)) {
          return ipaddr2.IPv4.parse(string3);
        } else {
          throw new Error("ipaddr: the address has neither IPv6 nor IPv4 format");
        }
      };
      ipaddr2.parseCIDR = function(string3) {
        try {
          return ipaddr2.IPv6.parseCIDR(string3);
        } catch (e) {
          try {
            return ipaddr2.IPv4.parseCIDR(string3);
          } catch (e2) {
            throw new Error("ipaddr: the address has neither IPv6 nor IPv4 CIDR format");
          }
        }
      };
      ipaddr2.process = function(string3) {
        const addr = this.parse(string3);
        if (addr.kind() === "ipv6" && addr.isIPv4MappedAddress()) {
          return addr.toIPv4Address();
        } else {
          return addr;
        }
      };
      ipaddr2.subnetMatch = function(address2, rangeList, defaultName) {
        let i, rangeName, rangeSubnets, subnet;
        if (defaultName === void 0 || defaultName === null) {
          defaultName = "unicast";
        }
        for (rangeName in rangeList) {
          if (Object.prototype.hasOwnProperty.call(rangeList, rangeName)) {
            rangeSubnets = rangeList[rangeName];
            if (rangeSubnets[0] && !(rangeSubnets[0] instanceof Array)) {
              rangeSubnets = [rangeSubnets];
            }
            for (i = 0; i < rangeSubnets.length; i++) {
              subnet = rangeSubnets[i];
              if (address2.kind() === subnet[0].kind() && address2.match.apply(address2, subnet)) {
                return rangeName;
              }
            }
          }
        }
        return defaultName;
      };
      if (typeof module2 !== "undefined" && module2.exports) {
        module2.exports = ipaddr2;
      } else {
        root.ipaddr = ipaddr2;
      }
    })(exports2);
  }
});

// node_modules/ws/lib/constants.js
var require_constants = __commonJS({
  "node_modules/ws/lib/constants.js"(exports2, module2) {
    "use strict";
    var BINARY_TYPES = ["nodebuffer", "arraybuffer", "fragments"];
    var hasBlob = typeof Blob !== "undefined";
    if (hasBlob) BINARY_TYPES.push("blob");
    module2.exports = {
      BINARY_TYPES,
      CLOSE_TIMEOUT: 3e4,
      EMPTY_BUFFER: Buffer.alloc(0),
      GUID: "258EAFA5-E914-47DA-95CA-C5AB0DC85B11",
      hasBlob,
      kForOnEventAttribute: /* @__PURE__ */ Symbol("kIsForOnEventAttribute"),
      kListener: /* @__PURE__ */ Symbol("kListener"),
      kStatusCode: /* @__PURE__ */ Symbol("status-code"),
      kWebSocket: /* @__PURE__ */ Symbol("websocket"),
      NOOP: () => {
      }
    };
  }
});

// absent:bufferutil
var require_bufferutil = __commonJS({
  "absent:bufferutil"() {
    throw new Error("bufferutil is not bundled");
  }
});

// node_modules/ws/lib/buffer-util.js
var require_buffer_util = __commonJS({
  "node_modules/ws/lib/buffer-util.js"(exports2, module2) {
    "use strict";
    var { websocketMask, websocketUnmask } = require("http");
    var { EMPTY_BUFFER } = require_constants();
    var FastBuffer = Buffer[Symbol.species];
    function concat2(list, totalLength) {
      if (list.length === 0) return EMPTY_BUFFER;
      if (list.length === 1) return list[0];
      const target = Buffer.allocUnsafe(totalLength);
      let offset = 0;
      for (let i = 0; i < list.length; i++) {
        const buf = list[i];
        target.set(buf, offset);
        offset += buf.length;
      }
      if (offset < totalLength) {
        return new FastBuffer(target.buffer, target.byteOffset, offset);
      }
      return target;
    }
    function _mask(source, mask, output, offset, length) {
      for (let i = 0; i < length; i++) {
        output[offset + i] = source[i] ^ mask[i & 3];
      }
    }
    function _unmask(buffer, mask) {
      for (let i = 0; i < buffer.length; i++) {
        buffer[i] ^= mask[i & 3];
      }
    }
    function toArrayBuffer(buf) {
      if (buf.length === buf.buffer.byteLength) {
        return buf.buffer;
      }
      return buf.buffer.slice(buf.byteOffset, buf.byteOffset + buf.length);
    }
    function toBuffer(data) {
      toBuffer.readOnly = true;
      if (Buffer.isBuffer(data)) return data;
      let buf;
      if (data instanceof ArrayBuffer) {
        buf = new FastBuffer(data);
      } else if (ArrayBuffer.isView(data)) {
        buf = new FastBuffer(data.buffer, data.byteOffset, data.byteLength);
      } else {
        buf = Buffer.from(data);
        toBuffer.readOnly = false;
      }
      return buf;
    }
    module2.exports = {
      concat: concat2,
      mask: _mask,
      toArrayBuffer,
      toBuffer,
      unmask: _unmask
    };
    if (websocketMask) {
      module2.exports.mask = function(source, mask, output, offset, length) {
        if (length < 24) _mask(source, mask, output, offset, length);
        else websocketMask(source, mask, output, offset, length);
      };
      module2.exports.unmask = function(buffer, mask) {
        if (buffer.length < 24) _unmask(buffer, mask);
        else websocketUnmask(buffer, mask);
      };
    } else if (!process.env.WS_NO_BUFFER_UTIL) {
      try {
        const bufferUtil = require_bufferutil();
        module2.exports.mask = function(source, mask, output, offset, length) {
          if (length < 48) _mask(source, mask, output, offset, length);
          else bufferUtil.mask(source, mask, output, offset, length);
        };
        module2.exports.unmask = function(buffer, mask) {
          if (buffer.length < 32) _unmask(buffer, mask);
          else bufferUtil.unmask(buffer, mask);
        };
      } catch (e) {
      }
    }
  }
});

// node_modules/ws/lib/limiter.js
var require_limiter = __commonJS({
  "node_modules/ws/lib/limiter.js"(exports2, module2) {
    "use strict";
    var kDone = /* @__PURE__ */ Symbol("kDone");
    var kRun = /* @__PURE__ */ Symbol("kRun");
    var Limiter = class {
      /**
       * Creates a new `Limiter`.
       *
       * @param {Number} [concurrency=Infinity] The maximum number of jobs allowed
       *     to run concurrently
       */
      constructor(concurrency) {
        this[kDone] = () => {
          this.pending--;
          this[kRun]();
        };
        this.concurrency = concurrency || Infinity;
        this.jobs = [];
        this.pending = 0;
      }
      /**
       * Adds a job to the queue.
       *
       * @param {Function} job The job to run
       * @public
       */
      add(job) {
        this.jobs.push(job);
        this[kRun]();
      }
      /**
       * Removes a job from the queue and runs it if possible.
       *
       * @private
       */
      [kRun]() {
        if (this.pending === this.concurrency) return;
        if (this.jobs.length) {
          const job = this.jobs.shift();
          this.pending++;
          job(this[kDone]);
        }
      }
    };
    module2.exports = Limiter;
  }
});

// node_modules/ws/lib/permessage-deflate.js
var require_permessage_deflate = __commonJS({
  "node_modules/ws/lib/permessage-deflate.js"(exports2, module2) {
    "use strict";
    var zlib = require("zlib");
    var bufferUtil = require_buffer_util();
    var Limiter = require_limiter();
    var { kStatusCode } = require_constants();
    var FastBuffer = Buffer[Symbol.species];
    var TRAILER = Buffer.from([0, 0, 255, 255]);
    var kPerMessageDeflate = /* @__PURE__ */ Symbol("permessage-deflate");
    var kTotalLength = /* @__PURE__ */ Symbol("total-length");
    var kCallback = /* @__PURE__ */ Symbol("callback");
    var kBuffers = /* @__PURE__ */ Symbol("buffers");
    var kError = /* @__PURE__ */ Symbol("error");
    var zlibLimiter;
    var PerMessageDeflate2 = class {
      /**
       * Creates a PerMessageDeflate instance.
       *
       * @param {Object} [options] Configuration options
       * @param {(Boolean|Number)} [options.clientMaxWindowBits] Advertise support
       *     for, or request, a custom client window size
       * @param {Boolean} [options.clientNoContextTakeover=false] Advertise/
       *     acknowledge disabling of client context takeover
       * @param {Number} [options.concurrencyLimit=10] The number of concurrent
       *     calls to zlib
       * @param {Boolean} [options.isServer=false] Create the instance in either
       *     server or client mode
       * @param {Number} [options.maxPayload=0] The maximum allowed message length
       * @param {(Boolean|Number)} [options.serverMaxWindowBits] Request/confirm the
       *     use of a custom server window size
       * @param {Boolean} [options.serverNoContextTakeover=false] Request/accept
       *     disabling of server context takeover
       * @param {Number} [options.threshold=1024] Size (in bytes) below which
       *     messages should not be compressed if context takeover is disabled
       * @param {Object} [options.zlibDeflateOptions] Options to pass to zlib on
       *     deflate
       * @param {Object} [options.zlibInflateOptions] Options to pass to zlib on
       *     inflate
       */
      constructor(options) {
        this._options = options || {};
        this._threshold = this._options.threshold !== void 0 ? this._options.threshold : 1024;
        this._maxPayload = this._options.maxPayload | 0;
        this._isServer = !!this._options.isServer;
        this._deflate = null;
        this._inflate = null;
        this.params = null;
        if (!zlibLimiter) {
          const concurrency = this._options.concurrencyLimit !== void 0 ? this._options.concurrencyLimit : 10;
          zlibLimiter = new Limiter(concurrency);
        }
      }
      /**
       * @type {String}
       */
      static get extensionName() {
        return "permessage-deflate";
      }
      /**
       * Create an extension negotiation offer.
       *
       * @return {Object} Extension parameters
       * @public
       */
      offer() {
        const params = {};
        if (this._options.serverNoContextTakeover) {
          params.server_no_context_takeover = true;
        }
        if (this._options.clientNoContextTakeover) {
          params.client_no_context_takeover = true;
        }
        if (this._options.serverMaxWindowBits) {
          params.server_max_window_bits = this._options.serverMaxWindowBits;
        }
        if (this._options.clientMaxWindowBits) {
          params.client_max_window_bits = this._options.clientMaxWindowBits;
        } else if (this._options.clientMaxWindowBits == null) {
          params.client_max_window_bits = true;
        }
        return params;
      }
      /**
       * Accept an extension negotiation offer/response.
       *
       * @param {Array} configurations The extension negotiation offers/reponse
       * @return {Object} Accepted configuration
       * @public
       */
      accept(configurations) {
        configurations = this.normalizeParams(configurations);
        this.params = this._isServer ? this.acceptAsServer(configurations) : this.acceptAsClient(configurations);
        return this.params;
      }
      /**
       * Releases all resources used by the extension.
       *
       * @public
       */
      cleanup() {
        if (this._inflate) {
          this._inflate.close();
          this._inflate = null;
        }
        if (this._deflate) {
          const callback = this._deflate[kCallback];
          this._deflate.close();
          this._deflate = null;
          if (callback) {
            callback(
              new Error(
                "The deflate stream was closed while data was being processed"
              )
            );
          }
        }
      }
      /**
       *  Accept an extension negotiation offer.
       *
       * @param {Array} offers The extension negotiation offers
       * @return {Object} Accepted configuration
       * @private
       */
      acceptAsServer(offers) {
        const opts = this._options;
        const accepted = offers.find((params) => {
          if (opts.serverNoContextTakeover === false && params.server_no_context_takeover || params.server_max_window_bits && (opts.serverMaxWindowBits === false || typeof opts.serverMaxWindowBits === "number" && opts.serverMaxWindowBits > params.server_max_window_bits) || typeof opts.clientMaxWindowBits === "number" && (typeof params.client_max_window_bits === "number" ? opts.clientMaxWindowBits > params.client_max_window_bits : !params.client_max_window_bits)) {
            return false;
          }
          return true;
        });
        if (!accepted) {
          throw new Error("None of the extension offers can be accepted");
        }
        if (opts.serverNoContextTakeover) {
          accepted.server_no_context_takeover = true;
        }
        if (opts.clientNoContextTakeover) {
          accepted.client_no_context_takeover = true;
        }
        if (typeof opts.serverMaxWindowBits === "number") {
          accepted.server_max_window_bits = opts.serverMaxWindowBits;
        }
        if (typeof opts.clientMaxWindowBits === "number") {
          accepted.client_max_window_bits = opts.clientMaxWindowBits;
        } else if (accepted.client_max_window_bits === true || opts.clientMaxWindowBits === false) {
          delete accepted.client_max_window_bits;
        }
        return accepted;
      }
      /**
       * Accept the extension negotiation response.
       *
       * @param {Array} response The extension negotiation response
       * @return {Object} Accepted configuration
       * @private
       */
      acceptAsClient(response) {
        const params = response[0];
        if (this._options.clientNoContextTakeover === false && params.client_no_context_takeover) {
          throw new Error('Unexpected parameter "client_no_context_takeover"');
        }
        if (!params.client_max_window_bits) {
          if (typeof this._options.clientMaxWindowBits === "number") {
            params.client_max_window_bits = this._options.clientMaxWindowBits;
          }
        } else if (this._options.clientMaxWindowBits === false || typeof this._options.clientMaxWindowBits === "number" && params.client_max_window_bits > this._options.clientMaxWindowBits) {
          throw new Error(
            'Unexpected or invalid parameter "client_max_window_bits"'
          );
        }
        return params;
      }
      /**
       * Normalize parameters.
       *
       * @param {Array} configurations The extension negotiation offers/reponse
       * @return {Array} The offers/response with normalized parameters
       * @private
       */
      normalizeParams(configurations) {
        configurations.forEach((params) => {
          Object.keys(params).forEach((key) => {
            let value = params[key];
            if (value.length > 1) {
              throw new Error(`Parameter "${key}" must have only a single value`);
            }
            value = value[0];
            if (key === "client_max_window_bits") {
              if (value !== true) {
                const num = +value;
                if (!Number.isInteger(num) || num < 8 || num > 15) {
                  throw new TypeError(
                    `Invalid value for parameter "${key}": ${value}`
                  );
                }
                value = num;
              } else if (!this._isServer) {
                throw new TypeError(
                  `Invalid value for parameter "${key}": ${value}`
                );
              }
            } else if (key === "server_max_window_bits") {
              const num = +value;
              if (!Number.isInteger(num) || num < 8 || num > 15) {
                throw new TypeError(
                  `Invalid value for parameter "${key}": ${value}`
                );
              }
              value = num;
            } else if (key === "client_no_context_takeover" || key === "server_no_context_takeover") {
              if (value !== true) {
                throw new TypeError(
                  `Invalid value for parameter "${key}": ${value}`
                );
              }
            } else {
              throw new Error(`Unknown parameter "${key}"`);
            }
            params[key] = value;
          });
        });
        return configurations;
      }
      /**
       * Decompress data. Concurrency limited.
       *
       * @param {Buffer} data Compressed data
       * @param {Boolean} fin Specifies whether or not this is the last fragment
       * @param {Function} callback Callback
       * @public
       */
      decompress(data, fin, callback) {
        zlibLimiter.add((done) => {
          this._decompress(data, fin, (err, result) => {
            done();
            callback(err, result);
          });
        });
      }
      /**
       * Compress data. Concurrency limited.
       *
       * @param {(Buffer|String)} data Data to compress
       * @param {Boolean} fin Specifies whether or not this is the last fragment
       * @param {Function} callback Callback
       * @public
       */
      compress(data, fin, callback) {
        zlibLimiter.add((done) => {
          this._compress(data, fin, (err, result) => {
            done();
            callback(err, result);
          });
        });
      }
      /**
       * Decompress data.
       *
       * @param {Buffer} data Compressed data
       * @param {Boolean} fin Specifies whether or not this is the last fragment
       * @param {Function} callback Callback
       * @private
       */
      _decompress(data, fin, callback) {
        const endpoint = this._isServer ? "client" : "server";
        if (!this._inflate) {
          const key = `${endpoint}_max_window_bits`;
          const windowBits = typeof this.params[key] !== "number" ? zlib.Z_DEFAULT_WINDOWBITS : this.params[key];
          this._inflate = zlib.createInflateRaw({
            ...this._options.zlibInflateOptions,
            windowBits
          });
          this._inflate[kPerMessageDeflate] = this;
          this._inflate[kTotalLength] = 0;
          this._inflate[kBuffers] = [];
          this._inflate.on("error", inflateOnError);
          this._inflate.on("data", inflateOnData);
        }
        this._inflate[kCallback] = callback;
        this._inflate.write(data);
        if (fin) this._inflate.write(TRAILER);
        this._inflate.flush(() => {
          const err = this._inflate[kError];
          if (err) {
            this._inflate.close();
            this._inflate = null;
            callback(err);
            return;
          }
          const data2 = bufferUtil.concat(
            this._inflate[kBuffers],
            this._inflate[kTotalLength]
          );
          if (this._inflate._readableState.endEmitted) {
            this._inflate.close();
            this._inflate = null;
          } else {
            this._inflate[kTotalLength] = 0;
            this._inflate[kBuffers] = [];
            if (fin && this.params[`${endpoint}_no_context_takeover`]) {
              this._inflate.reset();
            }
          }
          callback(null, data2);
        });
      }
      /**
       * Compress data.
       *
       * @param {(Buffer|String)} data Data to compress
       * @param {Boolean} fin Specifies whether or not this is the last fragment
       * @param {Function} callback Callback
       * @private
       */
      _compress(data, fin, callback) {
        const endpoint = this._isServer ? "server" : "client";
        if (!this._deflate) {
          const key = `${endpoint}_max_window_bits`;
          const windowBits = typeof this.params[key] !== "number" ? zlib.Z_DEFAULT_WINDOWBITS : this.params[key];
          this._deflate = zlib.createDeflateRaw({
            ...this._options.zlibDeflateOptions,
            windowBits
          });
          this._deflate[kTotalLength] = 0;
          this._deflate[kBuffers] = [];
          this._deflate.on("data", deflateOnData);
        }
        this._deflate[kCallback] = callback;
        this._deflate.write(data);
        this._deflate.flush(zlib.Z_SYNC_FLUSH, () => {
          if (!this._deflate) {
            return;
          }
          let data2 = bufferUtil.concat(
            this._deflate[kBuffers],
            this._deflate[kTotalLength]
          );
          if (fin) {
            data2 = new FastBuffer(data2.buffer, data2.byteOffset, data2.length - 4);
          }
          this._deflate[kCallback] = null;
          this._deflate[kTotalLength] = 0;
          this._deflate[kBuffers] = [];
          if (fin && this.params[`${endpoint}_no_context_takeover`]) {
            this._deflate.reset();
          }
          callback(null, data2);
        });
      }
    };
    module2.exports = PerMessageDeflate2;
    function deflateOnData(chunk) {
      this[kBuffers].push(chunk);
      this[kTotalLength] += chunk.length;
    }
    function inflateOnData(chunk) {
      this[kTotalLength] += chunk.length;
      if (this[kPerMessageDeflate]._maxPayload < 1 || this[kTotalLength] <= this[kPerMessageDeflate]._maxPayload) {
        this[kBuffers].push(chunk);
        return;
      }
      this[kError] = new RangeError("Max payload size exceeded");
      this[kError].code = "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH";
      this[kError][kStatusCode] = 1009;
      this.removeListener("data", inflateOnData);
      this.reset();
    }
    function inflateOnError(err) {
      this[kPerMessageDeflate]._inflate = null;
      if (this[kError]) {
        this[kCallback](this[kError]);
        return;
      }
      err[kStatusCode] = 1007;
      this[kCallback](err);
    }
  }
});

// absent:utf-8-validate
var require_utf_8_validate = __commonJS({
  "absent:utf-8-validate"() {
    throw new Error("utf-8-validate is not bundled");
  }
});

// node_modules/ws/lib/validation.js
var require_validation = __commonJS({
  "node_modules/ws/lib/validation.js"(exports2, module2) {
    "use strict";
    var { isUtf8: isUtf82 } = require("buffer");
    var { hasBlob } = require_constants();
    var tokenChars = [
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      // 0 - 15
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      // 16 - 31
      0,
      1,
      0,
      1,
      1,
      1,
      1,
      1,
      0,
      0,
      1,
      1,
      0,
      1,
      1,
      0,
      // 32 - 47
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      0,
      0,
      0,
      0,
      0,
      0,
      // 48 - 63
      0,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      // 64 - 79
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      0,
      0,
      0,
      1,
      1,
      // 80 - 95
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      // 96 - 111
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      0,
      1,
      0,
      1,
      0
      // 112 - 127
    ];
    function isValidStatusCode(code) {
      return code >= 1e3 && code <= 1014 && code !== 1004 && code !== 1005 && code !== 1006 || code >= 3e3 && code <= 4999;
    }
    function _isValidUTF8(buf) {
      const len = buf.length;
      let i = 0;
      while (i < len) {
        if ((buf[i] & 128) === 0) {
          i++;
        } else if ((buf[i] & 224) === 192) {
          if (i + 1 === len || (buf[i + 1] & 192) !== 128 || (buf[i] & 254) === 192) {
            return false;
          }
          i += 2;
        } else if ((buf[i] & 240) === 224) {
          if (i + 2 >= len || (buf[i + 1] & 192) !== 128 || (buf[i + 2] & 192) !== 128 || buf[i] === 224 && (buf[i + 1] & 224) === 128 || // Overlong
          buf[i] === 237 && (buf[i + 1] & 224) === 160) {
            return false;
          }
          i += 3;
        } else if ((buf[i] & 248) === 240) {
          if (i + 3 >= len || (buf[i + 1] & 192) !== 128 || (buf[i + 2] & 192) !== 128 || (buf[i + 3] & 192) !== 128 || buf[i] === 240 && (buf[i + 1] & 240) === 128 || // Overlong
          buf[i] === 244 && buf[i + 1] > 143 || buf[i] > 244) {
            return false;
          }
          i += 4;
        } else {
          return false;
        }
      }
      return true;
    }
    function isBlob(value) {
      return hasBlob && typeof value === "object" && typeof value.arrayBuffer === "function" && typeof value.type === "string" && typeof value.stream === "function" && (value[Symbol.toStringTag] === "Blob" || value[Symbol.toStringTag] === "File");
    }
    module2.exports = {
      isBlob,
      isValidStatusCode,
      isValidUTF8: _isValidUTF8,
      tokenChars
    };
    if (isUtf82) {
      module2.exports.isValidUTF8 = function(buf) {
        return buf.length < 24 ? _isValidUTF8(buf) : isUtf82(buf);
      };
    } else if (!process.env.WS_NO_UTF_8_VALIDATE) {
      try {
        const isValidUTF8 = require_utf_8_validate();
        module2.exports.isValidUTF8 = function(buf) {
          return buf.length < 32 ? _isValidUTF8(buf) : isValidUTF8(buf);
        };
      } catch (e) {
      }
    }
  }
});

// node_modules/ws/lib/receiver.js
var require_receiver = __commonJS({
  "node_modules/ws/lib/receiver.js"(exports2, module2) {
    "use strict";
    var { Writable } = require("stream");
    var PerMessageDeflate2 = require_permessage_deflate();
    var {
      BINARY_TYPES,
      EMPTY_BUFFER,
      kStatusCode,
      kWebSocket
    } = require_constants();
    var { concat: concat2, toArrayBuffer, unmask } = require_buffer_util();
    var { isValidStatusCode, isValidUTF8 } = require_validation();
    var FastBuffer = Buffer[Symbol.species];
    var GET_INFO = 0;
    var GET_PAYLOAD_LENGTH_16 = 1;
    var GET_PAYLOAD_LENGTH_64 = 2;
    var GET_MASK = 3;
    var GET_DATA = 4;
    var INFLATING = 5;
    var DEFER_EVENT = 6;
    var Receiver2 = class extends Writable {
      /**
       * Creates a Receiver instance.
       *
       * @param {Object} [options] Options object
       * @param {Boolean} [options.allowSynchronousEvents=true] Specifies whether
       *     any of the `'message'`, `'ping'`, and `'pong'` events can be emitted
       *     multiple times in the same tick
       * @param {String} [options.binaryType=nodebuffer] The type for binary data
       * @param {Object} [options.extensions] An object containing the negotiated
       *     extensions
       * @param {Boolean} [options.isServer=false] Specifies whether to operate in
       *     client or server mode
       * @param {Number} [options.maxBufferedChunks=0] The maximum number of
       *     buffered data chunks
       * @param {Number} [options.maxFragments=0] The maximum number of message
       *     fragments
       * @param {Number} [options.maxPayload=0] The maximum allowed message length
       * @param {Boolean} [options.skipUTF8Validation=false] Specifies whether or
       *     not to skip UTF-8 validation for text and close messages
       */
      constructor(options = {}) {
        super();
        this._allowSynchronousEvents = options.allowSynchronousEvents !== void 0 ? options.allowSynchronousEvents : true;
        this._binaryType = options.binaryType || BINARY_TYPES[0];
        this._extensions = options.extensions || {};
        this._isServer = !!options.isServer;
        this._maxBufferedChunks = options.maxBufferedChunks | 0;
        this._maxFragments = options.maxFragments | 0;
        this._maxPayload = options.maxPayload | 0;
        this._skipUTF8Validation = !!options.skipUTF8Validation;
        this[kWebSocket] = void 0;
        this._bufferedBytes = 0;
        this._buffers = [];
        this._compressed = false;
        this._payloadLength = 0;
        this._mask = void 0;
        this._fragmented = 0;
        this._masked = false;
        this._fin = false;
        this._opcode = 0;
        this._totalPayloadLength = 0;
        this._messageLength = 0;
        this._numFragments = 0;
        this._fragments = [];
        this._errored = false;
        this._loop = false;
        this._state = GET_INFO;
      }
      /**
       * Implements `Writable.prototype._write()`.
       *
       * @param {Buffer} chunk The chunk of data to write
       * @param {String} encoding The character encoding of `chunk`
       * @param {Function} cb Callback
       * @private
       */
      _write(chunk, encoding, cb) {
        if (this._opcode === 8 && this._state == GET_INFO) return cb();
        if (this._maxBufferedChunks > 0 && this._buffers.length >= this._maxBufferedChunks) {
          cb(
            this.createError(
              RangeError,
              "Too many buffered chunks",
              false,
              1008,
              "WS_ERR_TOO_MANY_BUFFERED_PARTS"
            )
          );
          return;
        }
        this._bufferedBytes += chunk.length;
        this._buffers.push(chunk);
        this.startLoop(cb);
      }
      /**
       * Consumes `n` bytes from the buffered data.
       *
       * @param {Number} n The number of bytes to consume
       * @return {Buffer} The consumed bytes
       * @private
       */
      consume(n) {
        this._bufferedBytes -= n;
        if (n === this._buffers[0].length) return this._buffers.shift();
        if (n < this._buffers[0].length) {
          const buf = this._buffers[0];
          this._buffers[0] = new FastBuffer(
            buf.buffer,
            buf.byteOffset + n,
            buf.length - n
          );
          return new FastBuffer(buf.buffer, buf.byteOffset, n);
        }
        const dst = Buffer.allocUnsafe(n);
        do {
          const buf = this._buffers[0];
          const offset = dst.length - n;
          if (n >= buf.length) {
            dst.set(this._buffers.shift(), offset);
          } else {
            dst.set(new Uint8Array(buf.buffer, buf.byteOffset, n), offset);
            this._buffers[0] = new FastBuffer(
              buf.buffer,
              buf.byteOffset + n,
              buf.length - n
            );
          }
          n -= buf.length;
        } while (n > 0);
        return dst;
      }
      /**
       * Starts the parsing loop.
       *
       * @param {Function} cb Callback
       * @private
       */
      startLoop(cb) {
        this._loop = true;
        do {
          switch (this._state) {
            case GET_INFO:
              this.getInfo(cb);
              break;
            case GET_PAYLOAD_LENGTH_16:
              this.getPayloadLength16(cb);
              break;
            case GET_PAYLOAD_LENGTH_64:
              this.getPayloadLength64(cb);
              break;
            case GET_MASK:
              this.getMask();
              break;
            case GET_DATA:
              this.getData(cb);
              break;
            case INFLATING:
            case DEFER_EVENT:
              this._loop = false;
              return;
          }
        } while (this._loop);
        if (!this._errored) cb();
      }
      /**
       * Reads the first two bytes of a frame.
       *
       * @param {Function} cb Callback
       * @private
       */
      getInfo(cb) {
        if (this._bufferedBytes < 2) {
          this._loop = false;
          return;
        }
        const buf = this.consume(2);
        if ((buf[0] & 48) !== 0) {
          const error2 = this.createError(
            RangeError,
            "RSV2 and RSV3 must be clear",
            true,
            1002,
            "WS_ERR_UNEXPECTED_RSV_2_3"
          );
          cb(error2);
          return;
        }
        const compressed = (buf[0] & 64) === 64;
        if (compressed && !this._extensions[PerMessageDeflate2.extensionName]) {
          const error2 = this.createError(
            RangeError,
            "RSV1 must be clear",
            true,
            1002,
            "WS_ERR_UNEXPECTED_RSV_1"
          );
          cb(error2);
          return;
        }
        this._fin = (buf[0] & 128) === 128;
        this._opcode = buf[0] & 15;
        this._payloadLength = buf[1] & 127;
        if (this._opcode === 0) {
          if (compressed) {
            const error2 = this.createError(
              RangeError,
              "RSV1 must be clear",
              true,
              1002,
              "WS_ERR_UNEXPECTED_RSV_1"
            );
            cb(error2);
            return;
          }
          if (!this._fragmented) {
            const error2 = this.createError(
              RangeError,
              "invalid opcode 0",
              true,
              1002,
              "WS_ERR_INVALID_OPCODE"
            );
            cb(error2);
            return;
          }
          this._opcode = this._fragmented;
        } else if (this._opcode === 1 || this._opcode === 2) {
          if (this._fragmented) {
            const error2 = this.createError(
              RangeError,
              `invalid opcode ${this._opcode}`,
              true,
              1002,
              "WS_ERR_INVALID_OPCODE"
            );
            cb(error2);
            return;
          }
          this._compressed = compressed;
        } else if (this._opcode > 7 && this._opcode < 11) {
          if (!this._fin) {
            const error2 = this.createError(
              RangeError,
              "FIN must be set",
              true,
              1002,
              "WS_ERR_EXPECTED_FIN"
            );
            cb(error2);
            return;
          }
          if (compressed) {
            const error2 = this.createError(
              RangeError,
              "RSV1 must be clear",
              true,
              1002,
              "WS_ERR_UNEXPECTED_RSV_1"
            );
            cb(error2);
            return;
          }
          if (this._payloadLength > 125 || this._opcode === 8 && this._payloadLength === 1) {
            const error2 = this.createError(
              RangeError,
              `invalid payload length ${this._payloadLength}`,
              true,
              1002,
              "WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH"
            );
            cb(error2);
            return;
          }
        } else {
          const error2 = this.createError(
            RangeError,
            `invalid opcode ${this._opcode}`,
            true,
            1002,
            "WS_ERR_INVALID_OPCODE"
          );
          cb(error2);
          return;
        }
        if (!this._fin && !this._fragmented) this._fragmented = this._opcode;
        this._masked = (buf[1] & 128) === 128;
        if (this._isServer) {
          if (!this._masked) {
            const error2 = this.createError(
              RangeError,
              "MASK must be set",
              true,
              1002,
              "WS_ERR_EXPECTED_MASK"
            );
            cb(error2);
            return;
          }
        } else if (this._masked) {
          const error2 = this.createError(
            RangeError,
            "MASK must be clear",
            true,
            1002,
            "WS_ERR_UNEXPECTED_MASK"
          );
          cb(error2);
          return;
        }
        if (this._payloadLength === 126) this._state = GET_PAYLOAD_LENGTH_16;
        else if (this._payloadLength === 127) this._state = GET_PAYLOAD_LENGTH_64;
        else this.haveLength(cb);
      }
      /**
       * Gets extended payload length (7+16).
       *
       * @param {Function} cb Callback
       * @private
       */
      getPayloadLength16(cb) {
        if (this._bufferedBytes < 2) {
          this._loop = false;
          return;
        }
        this._payloadLength = this.consume(2).readUInt16BE(0);
        this.haveLength(cb);
      }
      /**
       * Gets extended payload length (7+64).
       *
       * @param {Function} cb Callback
       * @private
       */
      getPayloadLength64(cb) {
        if (this._bufferedBytes < 8) {
          this._loop = false;
          return;
        }
        const buf = this.consume(8);
        const num = buf.readUInt32BE(0);
        if (num > Math.pow(2, 53 - 32) - 1) {
          const error2 = this.createError(
            RangeError,
            "Unsupported WebSocket frame: payload length > 2^53 - 1",
            false,
            1009,
            "WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH"
          );
          cb(error2);
          return;
        }
        this._payloadLength = num * Math.pow(2, 32) + buf.readUInt32BE(4);
        this.haveLength(cb);
      }
      /**
       * Payload length has been read.
       *
       * @param {Function} cb Callback
       * @private
       */
      haveLength(cb) {
        if (this._payloadLength && this._opcode < 8) {
          this._totalPayloadLength += this._payloadLength;
          if (this._totalPayloadLength > this._maxPayload && this._maxPayload > 0) {
            const error2 = this.createError(
              RangeError,
              "Max payload size exceeded",
              false,
              1009,
              "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH"
            );
            cb(error2);
            return;
          }
        }
        if (this._masked) this._state = GET_MASK;
        else this._state = GET_DATA;
      }
      /**
       * Reads mask bytes.
       *
       * @private
       */
      getMask() {
        if (this._bufferedBytes < 4) {
          this._loop = false;
          return;
        }
        this._mask = this.consume(4);
        this._state = GET_DATA;
      }
      /**
       * Reads data bytes.
       *
       * @param {Function} cb Callback
       * @private
       */
      getData(cb) {
        let data = EMPTY_BUFFER;
        if (this._payloadLength) {
          if (this._bufferedBytes < this._payloadLength) {
            this._loop = false;
            return;
          }
          data = this.consume(this._payloadLength);
          if (this._masked && (this._mask[0] | this._mask[1] | this._mask[2] | this._mask[3]) !== 0) {
            unmask(data, this._mask);
          }
        }
        this._mask = void 0;
        if (this._opcode > 7) {
          this.controlMessage(data, cb);
          return;
        }
        if (this._maxFragments > 0 && ++this._numFragments > this._maxFragments) {
          const error2 = this.createError(
            RangeError,
            "Too many message fragments",
            false,
            1008,
            "WS_ERR_TOO_MANY_BUFFERED_PARTS"
          );
          cb(error2);
          return;
        }
        if (this._compressed) {
          this._state = INFLATING;
          this.decompress(data, cb);
          return;
        }
        if (data.length) {
          this._messageLength = this._totalPayloadLength;
          this._fragments.push(data);
        }
        this.dataMessage(cb);
      }
      /**
       * Decompresses data.
       *
       * @param {Buffer} data Compressed data
       * @param {Function} cb Callback
       * @private
       */
      decompress(data, cb) {
        const perMessageDeflate = this._extensions[PerMessageDeflate2.extensionName];
        perMessageDeflate.decompress(data, this._fin, (err, buf) => {
          if (err) return cb(err);
          if (buf.length) {
            this._messageLength += buf.length;
            if (this._messageLength > this._maxPayload && this._maxPayload > 0) {
              const error2 = this.createError(
                RangeError,
                "Max payload size exceeded",
                false,
                1009,
                "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH"
              );
              cb(error2);
              return;
            }
            this._fragments.push(buf);
          }
          this.dataMessage(cb);
          if (this._state === GET_INFO) this.startLoop(cb);
        });
      }
      /**
       * Handles a data message.
       *
       * @param {Function} cb Callback
       * @private
       */
      dataMessage(cb) {
        if (!this._fin) {
          this._state = GET_INFO;
          return;
        }
        const messageLength = this._messageLength;
        const fragments = this._fragments;
        this._totalPayloadLength = 0;
        this._messageLength = 0;
        this._fragmented = 0;
        this._numFragments = 0;
        this._fragments = [];
        if (this._opcode === 2) {
          let data;
          if (this._binaryType === "nodebuffer") {
            data = concat2(fragments, messageLength);
          } else if (this._binaryType === "arraybuffer") {
            data = toArrayBuffer(concat2(fragments, messageLength));
          } else if (this._binaryType === "blob") {
            data = new Blob(fragments);
          } else {
            data = fragments;
          }
          if (this._allowSynchronousEvents) {
            this.emit("message", data, true);
            this._state = GET_INFO;
          } else {
            this._state = DEFER_EVENT;
            setImmediate(() => {
              this.emit("message", data, true);
              this._state = GET_INFO;
              this.startLoop(cb);
            });
          }
        } else {
          const buf = concat2(fragments, messageLength);
          if (!this._skipUTF8Validation && !isValidUTF8(buf)) {
            const error2 = this.createError(
              Error,
              "invalid UTF-8 sequence",
              true,
              1007,
              "WS_ERR_INVALID_UTF8"
            );
            cb(error2);
            return;
          }
          if (this._state === INFLATING || this._allowSynchronousEvents) {
            this.emit("message", buf, false);
            this._state = GET_INFO;
          } else {
            this._state = DEFER_EVENT;
            setImmediate(() => {
              this.emit("message", buf, false);
              this._state = GET_INFO;
              this.startLoop(cb);
            });
          }
        }
      }
      /**
       * Handles a control message.
       *
       * @param {Buffer} data Data to handle
       * @return {(Error|RangeError|undefined)} A possible error
       * @private
       */
      controlMessage(data, cb) {
        if (this._opcode === 8) {
          if (data.length === 0) {
            this._loop = false;
            this.emit("conclude", 1005, EMPTY_BUFFER);
            this.end();
          } else {
            const code = data.readUInt16BE(0);
            if (!isValidStatusCode(code)) {
              const error2 = this.createError(
                RangeError,
                `invalid status code ${code}`,
                true,
                1002,
                "WS_ERR_INVALID_CLOSE_CODE"
              );
              cb(error2);
              return;
            }
            const buf = new FastBuffer(
              data.buffer,
              data.byteOffset + 2,
              data.length - 2
            );
            if (!this._skipUTF8Validation && !isValidUTF8(buf)) {
              const error2 = this.createError(
                Error,
                "invalid UTF-8 sequence",
                true,
                1007,
                "WS_ERR_INVALID_UTF8"
              );
              cb(error2);
              return;
            }
            this._loop = false;
            this.emit("conclude", code, buf);
            this.end();
          }
          this._state = GET_INFO;
          return;
        }
        if (this._allowSynchronousEvents) {
          this.emit(this._opcode === 9 ? "ping" : "pong", data);
          this._state = GET_INFO;
        } else {
          this._state = DEFER_EVENT;
          setImmediate(() => {
            this.emit(this._opcode === 9 ? "ping" : "pong", data);
            this._state = GET_INFO;
            this.startLoop(cb);
          });
        }
      }
      /**
       * Builds an error object.
       *
       * @param {function(new:Error|RangeError)} ErrorCtor The error constructor
       * @param {String} message The error message
       * @param {Boolean} prefix Specifies whether or not to add a default prefix to
       *     `message`
       * @param {Number} statusCode The status code
       * @param {String} errorCode The exposed error code
       * @return {(Error|RangeError)} The error
       * @private
       */
      createError(ErrorCtor, message, prefix, statusCode, errorCode) {
        this._loop = false;
        this._errored = true;
        const err = new ErrorCtor(
          prefix ? `Invalid WebSocket frame: ${message}` : message
        );
        Error.captureStackTrace(err, this.createError);
        err.code = errorCode;
        err[kStatusCode] = statusCode;
        return err;
      }
    };
    module2.exports = Receiver2;
  }
});

// node_modules/ws/lib/sender.js
var require_sender = __commonJS({
  "node_modules/ws/lib/sender.js"(exports2, module2) {
    "use strict";
    var { Duplex } = require("stream");
    var { randomFillSync } = require("crypto");
    var {
      types: { isUint8Array }
    } = require("util");
    var PerMessageDeflate2 = require_permessage_deflate();
    var { EMPTY_BUFFER, kWebSocket, NOOP } = require_constants();
    var { isBlob, isValidStatusCode } = require_validation();
    var { mask: applyMask, toBuffer } = require_buffer_util();
    var kByteLength = /* @__PURE__ */ Symbol("kByteLength");
    var maskBuffer = Buffer.alloc(4);
    var RANDOM_POOL_SIZE = 8 * 1024;
    var randomPool;
    var randomPoolPointer = RANDOM_POOL_SIZE;
    var DEFAULT = 0;
    var DEFLATING = 1;
    var GET_BLOB_DATA = 2;
    var Sender2 = class _Sender {
      /**
       * Creates a Sender instance.
       *
       * @param {Duplex} socket The connection socket
       * @param {Object} [extensions] An object containing the negotiated extensions
       * @param {Function} [generateMask] The function used to generate the masking
       *     key
       */
      constructor(socket, extensions, generateMask) {
        this._extensions = extensions || {};
        if (generateMask) {
          this._generateMask = generateMask;
          this._maskBuffer = Buffer.alloc(4);
        }
        this._socket = socket;
        this._firstFragment = true;
        this._compress = false;
        this._bufferedBytes = 0;
        this._queue = [];
        this._state = DEFAULT;
        this.onerror = NOOP;
        this[kWebSocket] = void 0;
      }
      /**
       * Frames a piece of data according to the HyBi WebSocket protocol.
       *
       * @param {(Buffer|String)} data The data to frame
       * @param {Object} options Options object
       * @param {Boolean} [options.fin=false] Specifies whether or not to set the
       *     FIN bit
       * @param {Function} [options.generateMask] The function used to generate the
       *     masking key
       * @param {Boolean} [options.mask=false] Specifies whether or not to mask
       *     `data`
       * @param {Buffer} [options.maskBuffer] The buffer used to store the masking
       *     key
       * @param {Number} options.opcode The opcode
       * @param {Boolean} [options.readOnly=false] Specifies whether `data` can be
       *     modified
       * @param {Boolean} [options.rsv1=false] Specifies whether or not to set the
       *     RSV1 bit
       * @return {(Buffer|String)[]} The framed data
       * @public
       */
      static frame(data, options) {
        let mask;
        let merge2 = false;
        let offset = 2;
        let skipMasking = false;
        if (options.mask) {
          mask = options.maskBuffer || maskBuffer;
          if (options.generateMask) {
            options.generateMask(mask);
          } else {
            if (randomPoolPointer === RANDOM_POOL_SIZE) {
              if (randomPool === void 0) {
                randomPool = Buffer.alloc(RANDOM_POOL_SIZE);
              }
              randomFillSync(randomPool, 0, RANDOM_POOL_SIZE);
              randomPoolPointer = 0;
            }
            mask[0] = randomPool[randomPoolPointer++];
            mask[1] = randomPool[randomPoolPointer++];
            mask[2] = randomPool[randomPoolPointer++];
            mask[3] = randomPool[randomPoolPointer++];
          }
          skipMasking = (mask[0] | mask[1] | mask[2] | mask[3]) === 0;
          offset = 6;
        }
        let dataLength;
        if (typeof data === "string") {
          if ((!options.mask || skipMasking) && options[kByteLength] !== void 0) {
            dataLength = options[kByteLength];
          } else {
            data = Buffer.from(data);
            dataLength = data.length;
          }
        } else {
          dataLength = data.length;
          merge2 = options.mask && options.readOnly && !skipMasking;
        }
        let payloadLength = dataLength;
        if (dataLength >= 65536) {
          offset += 8;
          payloadLength = 127;
        } else if (dataLength > 125) {
          offset += 2;
          payloadLength = 126;
        }
        const target = Buffer.allocUnsafe(merge2 ? dataLength + offset : offset);
        target[0] = options.fin ? options.opcode | 128 : options.opcode;
        if (options.rsv1) target[0] |= 64;
        target[1] = payloadLength;
        if (payloadLength === 126) {
          target.writeUInt16BE(dataLength, 2);
        } else if (payloadLength === 127) {
          target[2] = target[3] = 0;
          target.writeUIntBE(dataLength, 4, 6);
        }
        if (!options.mask) {
          return dataLength ? [target, data] : [target];
        }
        target[1] |= 128;
        target[offset - 4] = mask[0];
        target[offset - 3] = mask[1];
        target[offset - 2] = mask[2];
        target[offset - 1] = mask[3];
        if (!dataLength) return [target];
        if (skipMasking) return [target, data];
        if (merge2) {
          applyMask(data, mask, target, offset, dataLength);
          return [target];
        }
        applyMask(data, mask, data, 0, dataLength);
        return [target, data];
      }
      /**
       * Sends a close message to the other peer.
       *
       * @param {Number} [code] The status code component of the body
       * @param {(String|Buffer)} [data] The message component of the body
       * @param {Boolean} [mask=false] Specifies whether or not to mask the message
       * @param {Function} [cb] Callback
       * @public
       */
      close(code, data, mask, cb) {
        let buf;
        if (code === void 0) {
          buf = EMPTY_BUFFER;
        } else if (typeof code !== "number" || !isValidStatusCode(code)) {
          throw new TypeError("First argument must be a valid error code number");
        } else if (data === void 0 || !data.length) {
          buf = Buffer.allocUnsafe(2);
          buf.writeUInt16BE(code, 0);
        } else {
          const length = Buffer.byteLength(data);
          if (length > 123) {
            throw new RangeError("The message must not be greater than 123 bytes");
          }
          buf = Buffer.allocUnsafe(2 + length);
          buf.writeUInt16BE(code, 0);
          if (typeof data === "string") {
            buf.write(data, 2);
          } else if (isUint8Array(data)) {
            buf.set(data, 2);
          } else {
            throw new TypeError("Second argument must be a string or a Uint8Array");
          }
        }
        const options = {
          [kByteLength]: buf.length,
          fin: true,
          generateMask: this._generateMask,
          mask,
          maskBuffer: this._maskBuffer,
          opcode: 8,
          readOnly: false,
          rsv1: false
        };
        if (this._state !== DEFAULT) {
          this.enqueue([this.dispatch, buf, false, options, cb]);
        } else {
          this.sendFrame(_Sender.frame(buf, options), cb);
        }
      }
      /**
       * Sends a ping message to the other peer.
       *
       * @param {*} data The message to send
       * @param {Boolean} [mask=false] Specifies whether or not to mask `data`
       * @param {Function} [cb] Callback
       * @public
       */
      ping(data, mask, cb) {
        let byteLength;
        let readOnly;
        if (typeof data === "string") {
          byteLength = Buffer.byteLength(data);
          readOnly = false;
        } else if (isBlob(data)) {
          byteLength = data.size;
          readOnly = false;
        } else {
          data = toBuffer(data);
          byteLength = data.length;
          readOnly = toBuffer.readOnly;
        }
        if (byteLength > 125) {
          throw new RangeError("The data size must not be greater than 125 bytes");
        }
        const options = {
          [kByteLength]: byteLength,
          fin: true,
          generateMask: this._generateMask,
          mask,
          maskBuffer: this._maskBuffer,
          opcode: 9,
          readOnly,
          rsv1: false
        };
        if (isBlob(data)) {
          if (this._state !== DEFAULT) {
            this.enqueue([this.getBlobData, data, false, options, cb]);
          } else {
            this.getBlobData(data, false, options, cb);
          }
        } else if (this._state !== DEFAULT) {
          this.enqueue([this.dispatch, data, false, options, cb]);
        } else {
          this.sendFrame(_Sender.frame(data, options), cb);
        }
      }
      /**
       * Sends a pong message to the other peer.
       *
       * @param {*} data The message to send
       * @param {Boolean} [mask=false] Specifies whether or not to mask `data`
       * @param {Function} [cb] Callback
       * @public
       */
      pong(data, mask, cb) {
        let byteLength;
        let readOnly;
        if (typeof data === "string") {
          byteLength = Buffer.byteLength(data);
          readOnly = false;
        } else if (isBlob(data)) {
          byteLength = data.size;
          readOnly = false;
        } else {
          data = toBuffer(data);
          byteLength = data.length;
          readOnly = toBuffer.readOnly;
        }
        if (byteLength > 125) {
          throw new RangeError("The data size must not be greater than 125 bytes");
        }
        const options = {
          [kByteLength]: byteLength,
          fin: true,
          generateMask: this._generateMask,
          mask,
          maskBuffer: this._maskBuffer,
          opcode: 10,
          readOnly,
          rsv1: false
        };
        if (isBlob(data)) {
          if (this._state !== DEFAULT) {
            this.enqueue([this.getBlobData, data, false, options, cb]);
          } else {
            this.getBlobData(data, false, options, cb);
          }
        } else if (this._state !== DEFAULT) {
          this.enqueue([this.dispatch, data, false, options, cb]);
        } else {
          this.sendFrame(_Sender.frame(data, options), cb);
        }
      }
      /**
       * Sends a data message to the other peer.
       *
       * @param {*} data The message to send
       * @param {Object} options Options object
       * @param {Boolean} [options.binary=false] Specifies whether `data` is binary
       *     or text
       * @param {Boolean} [options.compress=false] Specifies whether or not to
       *     compress `data`
       * @param {Boolean} [options.fin=false] Specifies whether the fragment is the
       *     last one
       * @param {Boolean} [options.mask=false] Specifies whether or not to mask
       *     `data`
       * @param {Function} [cb] Callback
       * @public
       */
      send(data, options, cb) {
        const perMessageDeflate = this._extensions[PerMessageDeflate2.extensionName];
        let opcode = options.binary ? 2 : 1;
        let rsv1 = options.compress;
        let byteLength;
        let readOnly;
        if (typeof data === "string") {
          byteLength = Buffer.byteLength(data);
          readOnly = false;
        } else if (isBlob(data)) {
          byteLength = data.size;
          readOnly = false;
        } else {
          data = toBuffer(data);
          byteLength = data.length;
          readOnly = toBuffer.readOnly;
        }
        if (this._firstFragment) {
          this._firstFragment = false;
          if (rsv1 && perMessageDeflate && perMessageDeflate.params[perMessageDeflate._isServer ? "server_no_context_takeover" : "client_no_context_takeover"]) {
            rsv1 = byteLength >= perMessageDeflate._threshold;
          }
          this._compress = rsv1;
        } else {
          rsv1 = false;
          opcode = 0;
        }
        if (options.fin) this._firstFragment = true;
        const opts = {
          [kByteLength]: byteLength,
          fin: options.fin,
          generateMask: this._generateMask,
          mask: options.mask,
          maskBuffer: this._maskBuffer,
          opcode,
          readOnly,
          rsv1
        };
        if (isBlob(data)) {
          if (this._state !== DEFAULT) {
            this.enqueue([this.getBlobData, data, this._compress, opts, cb]);
          } else {
            this.getBlobData(data, this._compress, opts, cb);
          }
        } else if (this._state !== DEFAULT) {
          this.enqueue([this.dispatch, data, this._compress, opts, cb]);
        } else {
          this.dispatch(data, this._compress, opts, cb);
        }
      }
      /**
       * Gets the contents of a blob as binary data.
       *
       * @param {Blob} blob The blob
       * @param {Boolean} [compress=false] Specifies whether or not to compress
       *     the data
       * @param {Object} options Options object
       * @param {Boolean} [options.fin=false] Specifies whether or not to set the
       *     FIN bit
       * @param {Function} [options.generateMask] The function used to generate the
       *     masking key
       * @param {Boolean} [options.mask=false] Specifies whether or not to mask
       *     `data`
       * @param {Buffer} [options.maskBuffer] The buffer used to store the masking
       *     key
       * @param {Number} options.opcode The opcode
       * @param {Boolean} [options.readOnly=false] Specifies whether `data` can be
       *     modified
       * @param {Boolean} [options.rsv1=false] Specifies whether or not to set the
       *     RSV1 bit
       * @param {Function} [cb] Callback
       * @private
       */
      getBlobData(blob, compress, options, cb) {
        this._bufferedBytes += options[kByteLength];
        this._state = GET_BLOB_DATA;
        blob.arrayBuffer().then((arrayBuffer) => {
          if (this._socket.destroyed) {
            const err = new Error(
              "The socket was closed while the blob was being read"
            );
            process.nextTick(callCallbacks, this, err, cb);
            return;
          }
          this._bufferedBytes -= options[kByteLength];
          const data = toBuffer(arrayBuffer);
          if (!compress) {
            this._state = DEFAULT;
            this.sendFrame(_Sender.frame(data, options), cb);
            this.dequeue();
          } else {
            this.dispatch(data, compress, options, cb);
          }
        }).catch((err) => {
          process.nextTick(onError, this, err, cb);
        });
      }
      /**
       * Dispatches a message.
       *
       * @param {(Buffer|String)} data The message to send
       * @param {Boolean} [compress=false] Specifies whether or not to compress
       *     `data`
       * @param {Object} options Options object
       * @param {Boolean} [options.fin=false] Specifies whether or not to set the
       *     FIN bit
       * @param {Function} [options.generateMask] The function used to generate the
       *     masking key
       * @param {Boolean} [options.mask=false] Specifies whether or not to mask
       *     `data`
       * @param {Buffer} [options.maskBuffer] The buffer used to store the masking
       *     key
       * @param {Number} options.opcode The opcode
       * @param {Boolean} [options.readOnly=false] Specifies whether `data` can be
       *     modified
       * @param {Boolean} [options.rsv1=false] Specifies whether or not to set the
       *     RSV1 bit
       * @param {Function} [cb] Callback
       * @private
       */
      dispatch(data, compress, options, cb) {
        if (!compress) {
          this.sendFrame(_Sender.frame(data, options), cb);
          return;
        }
        const perMessageDeflate = this._extensions[PerMessageDeflate2.extensionName];
        this._bufferedBytes += options[kByteLength];
        this._state = DEFLATING;
        perMessageDeflate.compress(data, options.fin, (_, buf) => {
          if (this._socket.destroyed) {
            const err = new Error(
              "The socket was closed while data was being compressed"
            );
            callCallbacks(this, err, cb);
            return;
          }
          this._bufferedBytes -= options[kByteLength];
          this._state = DEFAULT;
          options.readOnly = false;
          this.sendFrame(_Sender.frame(buf, options), cb);
          this.dequeue();
        });
      }
      /**
       * Executes queued send operations.
       *
       * @private
       */
      dequeue() {
        while (this._state === DEFAULT && this._queue.length) {
          const params = this._queue.shift();
          this._bufferedBytes -= params[3][kByteLength];
          Reflect.apply(params[0], this, params.slice(1));
        }
      }
      /**
       * Enqueues a send operation.
       *
       * @param {Array} params Send operation parameters.
       * @private
       */
      enqueue(params) {
        this._bufferedBytes += params[3][kByteLength];
        this._queue.push(params);
      }
      /**
       * Sends a frame.
       *
       * @param {(Buffer | String)[]} list The frame to send
       * @param {Function} [cb] Callback
       * @private
       */
      sendFrame(list, cb) {
        if (list.length === 2) {
          this._socket.cork();
          this._socket.write(list[0]);
          this._socket.write(list[1], cb);
          this._socket.uncork();
        } else {
          this._socket.write(list[0], cb);
        }
      }
    };
    module2.exports = Sender2;
    function callCallbacks(sender, err, cb) {
      if (typeof cb === "function") cb(err);
      for (let i = 0; i < sender._queue.length; i++) {
        const params = sender._queue[i];
        const callback = params[params.length - 1];
        if (typeof callback === "function") callback(err);
      }
    }
    function onError(sender, err, cb) {
      callCallbacks(sender, err, cb);
      sender.onerror(err);
    }
  }
});

// node_modules/ws/lib/event-target.js
var require_event_target = __commonJS({
  "node_modules/ws/lib/event-target.js"(exports2, module2) {
    "use strict";
    var { kForOnEventAttribute, kListener } = require_constants();
    var kCode = /* @__PURE__ */ Symbol("kCode");
    var kData = /* @__PURE__ */ Symbol("kData");
    var kError = /* @__PURE__ */ Symbol("kError");
    var kMessage = /* @__PURE__ */ Symbol("kMessage");
    var kReason = /* @__PURE__ */ Symbol("kReason");
    var kTarget = /* @__PURE__ */ Symbol("kTarget");
    var kType = /* @__PURE__ */ Symbol("kType");
    var kWasClean = /* @__PURE__ */ Symbol("kWasClean");
    var Event = class {
      /**
       * Create a new `Event`.
       *
       * @param {String} type The name of the event
       * @throws {TypeError} If the `type` argument is not specified
       */
      constructor(type) {
        this[kTarget] = null;
        this[kType] = type;
      }
      /**
       * @type {*}
       */
      get target() {
        return this[kTarget];
      }
      /**
       * @type {String}
       */
      get type() {
        return this[kType];
      }
    };
    Object.defineProperty(Event.prototype, "target", { enumerable: true });
    Object.defineProperty(Event.prototype, "type", { enumerable: true });
    var CloseEvent = class extends Event {
      /**
       * Create a new `CloseEvent`.
       *
       * @param {String} type The name of the event
       * @param {Object} [options] A dictionary object that allows for setting
       *     attributes via object members of the same name
       * @param {Number} [options.code=0] The status code explaining why the
       *     connection was closed
       * @param {String} [options.reason=''] A human-readable string explaining why
       *     the connection was closed
       * @param {Boolean} [options.wasClean=false] Indicates whether or not the
       *     connection was cleanly closed
       */
      constructor(type, options = {}) {
        super(type);
        this[kCode] = options.code === void 0 ? 0 : options.code;
        this[kReason] = options.reason === void 0 ? "" : options.reason;
        this[kWasClean] = options.wasClean === void 0 ? false : options.wasClean;
      }
      /**
       * @type {Number}
       */
      get code() {
        return this[kCode];
      }
      /**
       * @type {String}
       */
      get reason() {
        return this[kReason];
      }
      /**
       * @type {Boolean}
       */
      get wasClean() {
        return this[kWasClean];
      }
    };
    Object.defineProperty(CloseEvent.prototype, "code", { enumerable: true });
    Object.defineProperty(CloseEvent.prototype, "reason", { enumerable: true });
    Object.defineProperty(CloseEvent.prototype, "wasClean", { enumerable: true });
    var ErrorEvent = class extends Event {
      /**
       * Create a new `ErrorEvent`.
       *
       * @param {String} type The name of the event
       * @param {Object} [options] A dictionary object that allows for setting
       *     attributes via object members of the same name
       * @param {*} [options.error=null] The error that generated this event
       * @param {String} [options.message=''] The error message
       */
      constructor(type, options = {}) {
        super(type);
        this[kError] = options.error === void 0 ? null : options.error;
        this[kMessage] = options.message === void 0 ? "" : options.message;
      }
      /**
       * @type {*}
       */
      get error() {
        return this[kError];
      }
      /**
       * @type {String}
       */
      get message() {
        return this[kMessage];
      }
    };
    Object.defineProperty(ErrorEvent.prototype, "error", { enumerable: true });
    Object.defineProperty(ErrorEvent.prototype, "message", { enumerable: true });
    var MessageEvent = class extends Event {
      /**
       * Create a new `MessageEvent`.
       *
       * @param {String} type The name of the event
       * @param {Object} [options] A dictionary object that allows for setting
       *     attributes via object members of the same name
       * @param {*} [options.data=null] The message content
       */
      constructor(type, options = {}) {
        super(type);
        this[kData] = options.data === void 0 ? null : options.data;
      }
      /**
       * @type {*}
       */
      get data() {
        return this[kData];
      }
    };
    Object.defineProperty(MessageEvent.prototype, "data", { enumerable: true });
    var EventTarget = {
      /**
       * Register an event listener.
       *
       * @param {String} type A string representing the event type to listen for
       * @param {(Function|Object)} handler The listener to add
       * @param {Object} [options] An options object specifies characteristics about
       *     the event listener
       * @param {Boolean} [options.once=false] A `Boolean` indicating that the
       *     listener should be invoked at most once after being added. If `true`,
       *     the listener would be automatically removed when invoked.
       * @public
       */
      addEventListener(type, handler, options = {}) {
        for (const listener of this.listeners(type)) {
          if (!options[kForOnEventAttribute] && listener[kListener] === handler && !listener[kForOnEventAttribute]) {
            return;
          }
        }
        let wrapper;
        if (type === "message") {
          wrapper = function onMessage(data, isBinary) {
            const event = new MessageEvent("message", {
              data: isBinary ? data : data.toString()
            });
            event[kTarget] = this;
            callListener(handler, this, event);
          };
        } else if (type === "close") {
          wrapper = function onClose(code, message) {
            const event = new CloseEvent("close", {
              code,
              reason: message.toString(),
              wasClean: this._closeFrameReceived && this._closeFrameSent
            });
            event[kTarget] = this;
            callListener(handler, this, event);
          };
        } else if (type === "error") {
          wrapper = function onError(error2) {
            const event = new ErrorEvent("error", {
              error: error2,
              message: error2.message
            });
            event[kTarget] = this;
            callListener(handler, this, event);
          };
        } else if (type === "open") {
          wrapper = function onOpen() {
            const event = new Event("open");
            event[kTarget] = this;
            callListener(handler, this, event);
          };
        } else {
          return;
        }
        wrapper[kForOnEventAttribute] = !!options[kForOnEventAttribute];
        wrapper[kListener] = handler;
        if (options.once) {
          this.once(type, wrapper);
        } else {
          this.on(type, wrapper);
        }
      },
      /**
       * Remove an event listener.
       *
       * @param {String} type A string representing the event type to remove
       * @param {(Function|Object)} handler The listener to remove
       * @public
       */
      removeEventListener(type, handler) {
        for (const listener of this.listeners(type)) {
          if (listener[kListener] === handler && !listener[kForOnEventAttribute]) {
            this.removeListener(type, listener);
            break;
          }
        }
      }
    };
    module2.exports = {
      CloseEvent,
      ErrorEvent,
      Event,
      EventTarget,
      MessageEvent
    };
    function callListener(listener, thisArg, event) {
      if (typeof listener === "object" && listener.handleEvent) {
        listener.handleEvent.call(listener, event);
      } else {
        listener.call(thisArg, event);
      }
    }
  }
});

// node_modules/ws/lib/extension.js
var require_extension = __commonJS({
  "node_modules/ws/lib/extension.js"(exports2, module2) {
    "use strict";
    var { tokenChars } = require_validation();
    function push(dest, name, elem) {
      if (dest[name] === void 0) dest[name] = [elem];
      else dest[name].push(elem);
    }
    function parse2(header) {
      const offers = /* @__PURE__ */ Object.create(null);
      let params = /* @__PURE__ */ Object.create(null);
      let mustUnescape = false;
      let isEscaping = false;
      let inQuotes = false;
      let extensionName;
      let paramName;
      let start = -1;
      let code = -1;
      let end = -1;
      let i = 0;
      for (; i < header.length; i++) {
        code = header.charCodeAt(i);
        if (extensionName === void 0) {
          if (end === -1 && tokenChars[code] === 1) {
            if (start === -1) start = i;
          } else if (i !== 0 && (code === 32 || code === 9)) {
            if (end === -1 && start !== -1) end = i;
          } else if (code === 59 || code === 44) {
            if (start === -1) {
              throw new SyntaxError(`Unexpected character at index ${i}`);
            }
            if (end === -1) end = i;
            const name = header.slice(start, end);
            if (code === 44) {
              push(offers, name, params);
              params = /* @__PURE__ */ Object.create(null);
            } else {
              extensionName = name;
            }
            start = end = -1;
          } else {
            throw new SyntaxError(`Unexpected character at index ${i}`);
          }
        } else if (paramName === void 0) {
          if (end === -1 && tokenChars[code] === 1) {
            if (start === -1) start = i;
          } else if (code === 32 || code === 9) {
            if (end === -1 && start !== -1) end = i;
          } else if (code === 59 || code === 44) {
            if (start === -1) {
              throw new SyntaxError(`Unexpected character at index ${i}`);
            }
            if (end === -1) end = i;
            push(params, header.slice(start, end), true);
            if (code === 44) {
              push(offers, extensionName, params);
              params = /* @__PURE__ */ Object.create(null);
              extensionName = void 0;
            }
            start = end = -1;
          } else if (code === 61 && start !== -1 && end === -1) {
            paramName = header.slice(start, i);
            start = end = -1;
          } else {
            throw new SyntaxError(`Unexpected character at index ${i}`);
          }
        } else {
          if (isEscaping) {
            if (tokenChars[code] !== 1) {
              throw new SyntaxError(`Unexpected character at index ${i}`);
            }
            if (start === -1) start = i;
            else if (!mustUnescape) mustUnescape = true;
            isEscaping = false;
          } else if (inQuotes) {
            if (tokenChars[code] === 1) {
              if (start === -1) start = i;
            } else if (code === 34 && start !== -1) {
              inQuotes = false;
              end = i;
            } else if (code === 92) {
              isEscaping = true;
            } else {
              throw new SyntaxError(`Unexpected character at index ${i}`);
            }
          } else if (code === 34 && header.charCodeAt(i - 1) === 61) {
            inQuotes = true;
          } else if (end === -1 && tokenChars[code] === 1) {
            if (start === -1) start = i;
          } else if (start !== -1 && (code === 32 || code === 9)) {
            if (end === -1) end = i;
          } else if (code === 59 || code === 44) {
            if (start === -1) {
              throw new SyntaxError(`Unexpected character at index ${i}`);
            }
            if (end === -1) end = i;
            let value = header.slice(start, end);
            if (mustUnescape) {
              value = value.replace(/\\/g, "");
              mustUnescape = false;
            }
            push(params, paramName, value);
            if (code === 44) {
              push(offers, extensionName, params);
              params = /* @__PURE__ */ Object.create(null);
              extensionName = void 0;
            }
            paramName = void 0;
            start = end = -1;
          } else {
            throw new SyntaxError(`Unexpected character at index ${i}`);
          }
        }
      }
      if (start === -1 || inQuotes || code === 32 || code === 9) {
        throw new SyntaxError("Unexpected end of input");
      }
      if (end === -1) end = i;
      const token2 = header.slice(start, end);
      if (extensionName === void 0) {
        push(offers, token2, params);
      } else {
        if (paramName === void 0) {
          push(params, token2, true);
        } else if (mustUnescape) {
          push(params, paramName, token2.replace(/\\/g, ""));
        } else {
          push(params, paramName, token2);
        }
        push(offers, extensionName, params);
      }
      return offers;
    }
    function format(extensions) {
      return Object.keys(extensions).map((extension2) => {
        let configurations = extensions[extension2];
        if (!Array.isArray(configurations)) configurations = [configurations];
        return configurations.map((params) => {
          return [extension2].concat(
            Object.keys(params).map((k) => {
              let values = params[k];
              if (!Array.isArray(values)) values = [values];
              return values.map((v) => v === true ? k : `${k}=${v}`).join("; ");
            })
          ).join("; ");
        }).join(", ");
      }).join(", ");
    }
    module2.exports = { format, parse: parse2 };
  }
});

// node_modules/ws/lib/websocket.js
var require_websocket = __commonJS({
  "node_modules/ws/lib/websocket.js"(exports2, module2) {
    "use strict";
    var EventEmitter2 = require("events");
    var https = require("https");
    var http2 = require("http");
    var net = require("net");
    var querystring2 = require("querystring");
    var tls2 = require("tls");
    var { randomBytes: randomBytes2, createHash: createHash11 } = require("crypto");
    var { Duplex, Readable } = require("stream");
    var { URL: URL2 } = require("url");
    var PerMessageDeflate2 = require_permessage_deflate();
    var Receiver2 = require_receiver();
    var Sender2 = require_sender();
    var { isBlob } = require_validation();
    var {
      BINARY_TYPES,
      CLOSE_TIMEOUT,
      EMPTY_BUFFER,
      GUID,
      kForOnEventAttribute,
      kListener,
      kStatusCode,
      kWebSocket,
      NOOP
    } = require_constants();
    var {
      EventTarget: { addEventListener, removeEventListener }
    } = require_event_target();
    var { format, parse: parse2 } = require_extension();
    var { toBuffer } = require_buffer_util();
    var kAborted = /* @__PURE__ */ Symbol("kAborted");
    var protocolVersions = [8, 13];
    var readyStates = ["CONNECTING", "OPEN", "CLOSING", "CLOSED"];
    var subprotocolRegex = /^[!#$%&'*+\-.0-9A-Z^_`|a-z~]+$/;
    var WebSocket2 = class _WebSocket extends EventEmitter2 {
      /**
       * Create a new `WebSocket`.
       *
       * @param {(String|URL)} address The URL to which to connect
       * @param {(String|String[])} [protocols] The subprotocols
       * @param {Object} [options] Connection options
       */
      constructor(address2, protocols, options) {
        super();
        this._binaryType = BINARY_TYPES[0];
        this._closeCode = 1006;
        this._closeFrameReceived = false;
        this._closeFrameSent = false;
        this._closeMessage = EMPTY_BUFFER;
        this._closeTimer = null;
        this._errorEmitted = false;
        this._extensions = {};
        this._paused = false;
        this._protocol = "";
        this._readyState = _WebSocket.CONNECTING;
        this._receiver = null;
        this._sender = null;
        this._socket = null;
        if (address2 !== null) {
          this._bufferedAmount = 0;
          this._isServer = false;
          this._redirects = 0;
          if (protocols === void 0) {
            if (!options || options.protocols === void 0) {
              protocols = [];
            } else if (Array.isArray(options.protocols)) {
              protocols = options.protocols;
            } else {
              protocols = [options.protocols];
            }
          } else if (!Array.isArray(protocols)) {
            if (typeof protocols === "object" && protocols !== null) {
              options = protocols;
              if (options.protocols === void 0) {
                protocols = [];
              } else if (Array.isArray(options.protocols)) {
                protocols = options.protocols;
              } else {
                protocols = [options.protocols];
              }
            } else {
              protocols = [protocols];
            }
          }
          options = initAsClient(this, address2, protocols, options);
        } else {
          this._isServer = true;
        }
        if (options.autoPong) {
          this._autoPong = true;
          this._autoPongComplete = () => autoPongComplete(this);
          this._pendingAutoPongs = 0;
          this._maxPendingAutoPongs = options.maxPendingAutoPongs | 0;
        }
        this._closeTimeout = options.closeTimeout;
      }
      /**
       * For historical reasons, the custom "nodebuffer" type is used by the default
       * instead of "blob".
       *
       * @type {String}
       */
      get binaryType() {
        return this._binaryType;
      }
      set binaryType(type) {
        if (!BINARY_TYPES.includes(type)) return;
        this._binaryType = type;
        if (this._receiver) this._receiver._binaryType = type;
      }
      /**
       * @type {Number}
       */
      get bufferedAmount() {
        if (!this._socket) return this._bufferedAmount;
        return this._socket._writableState.length + this._sender._bufferedBytes;
      }
      /**
       * @type {String}
       */
      get extensions() {
        return Object.keys(this._extensions).join();
      }
      /**
       * @type {Boolean}
       */
      get isPaused() {
        return this._paused;
      }
      /**
       * @type {Function}
       */
      /* istanbul ignore next */
      get onclose() {
        return null;
      }
      /**
       * @type {Function}
       */
      /* istanbul ignore next */
      get onerror() {
        return null;
      }
      /**
       * @type {Function}
       */
      /* istanbul ignore next */
      get onopen() {
        return null;
      }
      /**
       * @type {Function}
       */
      /* istanbul ignore next */
      get onmessage() {
        return null;
      }
      /**
       * @type {String}
       */
      get protocol() {
        return this._protocol;
      }
      /**
       * @type {Number}
       */
      get readyState() {
        return this._readyState;
      }
      /**
       * @type {String}
       */
      get url() {
        return this._url;
      }
      /**
       * Set up the socket and the internal resources.
       *
       * @param {Duplex} socket The network socket between the server and client
       * @param {Buffer} head The first packet of the upgraded stream
       * @param {Object} options Options object
       * @param {Boolean} [options.allowSynchronousEvents=false] Specifies whether
       *     any of the `'message'`, `'ping'`, and `'pong'` events can be emitted
       *     multiple times in the same tick
       * @param {Function} [options.generateMask] The function used to generate the
       *     masking key
       * @param {Number} [options.maxBufferedChunks=0] The maximum number of
       *     buffered data chunks
       * @param {Number} [options.maxFragments=0] The maximum number of message
       *     fragments
       * @param {Number} [options.maxPayload=0] The maximum allowed message size
       * @param {Boolean} [options.skipUTF8Validation=false] Specifies whether or
       *     not to skip UTF-8 validation for text and close messages
       * @private
       */
      setSocket(socket, head, options) {
        const receiver = new Receiver2({
          allowSynchronousEvents: options.allowSynchronousEvents,
          binaryType: this.binaryType,
          extensions: this._extensions,
          isServer: this._isServer,
          maxBufferedChunks: options.maxBufferedChunks,
          maxFragments: options.maxFragments,
          maxPayload: options.maxPayload,
          skipUTF8Validation: options.skipUTF8Validation
        });
        const sender = new Sender2(socket, this._extensions, options.generateMask);
        this._receiver = receiver;
        this._sender = sender;
        this._socket = socket;
        receiver[kWebSocket] = this;
        sender[kWebSocket] = this;
        socket[kWebSocket] = this;
        receiver.on("conclude", receiverOnConclude);
        receiver.on("drain", receiverOnDrain);
        receiver.on("error", receiverOnError);
        receiver.on("message", receiverOnMessage);
        receiver.on("ping", receiverOnPing);
        receiver.on("pong", receiverOnPong);
        sender.onerror = senderOnError;
        if (socket.setTimeout) socket.setTimeout(0);
        if (socket.setNoDelay) socket.setNoDelay();
        if (head.length > 0) socket.unshift(head);
        socket.on("close", socketOnClose);
        socket.on("data", socketOnData);
        socket.on("end", socketOnEnd);
        socket.on("error", socketOnError);
        this._readyState = _WebSocket.OPEN;
        this.emit("open");
      }
      /**
       * Emit the `'close'` event.
       *
       * @private
       */
      emitClose() {
        if (!this._socket) {
          this._readyState = _WebSocket.CLOSED;
          this.emit("close", this._closeCode, this._closeMessage);
          return;
        }
        if (this._extensions[PerMessageDeflate2.extensionName]) {
          this._extensions[PerMessageDeflate2.extensionName].cleanup();
        }
        this._receiver.removeAllListeners();
        this._readyState = _WebSocket.CLOSED;
        this.emit("close", this._closeCode, this._closeMessage);
      }
      /**
       * Start a closing handshake.
       *
       *          +----------+   +-----------+   +----------+
       *     - - -|ws.close()|-->|close frame|-->|ws.close()|- - -
       *    |     +----------+   +-----------+   +----------+     |
       *          +----------+   +-----------+         |
       * CLOSING  |ws.close()|<--|close frame|<--+-----+       CLOSING
       *          +----------+   +-----------+   |
       *    |           |                        |   +---+        |
       *                +------------------------+-->|fin| - - - -
       *    |         +---+                      |   +---+
       *     - - - - -|fin|<---------------------+
       *              +---+
       *
       * @param {Number} [code] Status code explaining why the connection is closing
       * @param {(String|Buffer)} [data] The reason why the connection is
       *     closing
       * @public
       */
      close(code, data) {
        if (this.readyState === _WebSocket.CLOSED) return;
        if (this.readyState === _WebSocket.CONNECTING) {
          const msg = "WebSocket was closed before the connection was established";
          abortHandshake(this, this._req, msg);
          return;
        }
        if (this.readyState === _WebSocket.CLOSING) {
          if (this._closeFrameSent && (this._closeFrameReceived || this._receiver._writableState.errorEmitted)) {
            this._socket.end();
          }
          return;
        }
        this._sender.close(code, data, !this._isServer, (err) => {
          if (err) return;
          this._closeFrameSent = true;
          if (this._closeFrameReceived || this._receiver._writableState.errorEmitted) {
            this._socket.end();
          }
        });
        this._readyState = _WebSocket.CLOSING;
        setCloseTimer(this);
      }
      /**
       * Pause the socket.
       *
       * @public
       */
      pause() {
        if (this.readyState === _WebSocket.CONNECTING || this.readyState === _WebSocket.CLOSED) {
          return;
        }
        this._paused = true;
        this._socket.pause();
      }
      /**
       * Send a ping.
       *
       * @param {*} [data] The data to send
       * @param {Boolean} [mask] Indicates whether or not to mask `data`
       * @param {Function} [cb] Callback which is executed when the ping is sent
       * @public
       */
      ping(data, mask, cb) {
        if (this.readyState === _WebSocket.CONNECTING) {
          throw new Error("WebSocket is not open: readyState 0 (CONNECTING)");
        }
        if (typeof data === "function") {
          cb = data;
          data = mask = void 0;
        } else if (typeof mask === "function") {
          cb = mask;
          mask = void 0;
        }
        if (typeof data === "number") data = data.toString();
        if (this.readyState !== _WebSocket.OPEN) {
          sendAfterClose(this, data, cb);
          return;
        }
        if (mask === void 0) mask = !this._isServer;
        this._sender.ping(data || EMPTY_BUFFER, mask, cb);
      }
      /**
       * Send a pong.
       *
       * @param {*} [data] The data to send
       * @param {Boolean} [mask] Indicates whether or not to mask `data`
       * @param {Function} [cb] Callback which is executed when the pong is sent
       * @public
       */
      pong(data, mask, cb) {
        if (this.readyState === _WebSocket.CONNECTING) {
          throw new Error("WebSocket is not open: readyState 0 (CONNECTING)");
        }
        if (typeof data === "function") {
          cb = data;
          data = mask = void 0;
        } else if (typeof mask === "function") {
          cb = mask;
          mask = void 0;
        }
        if (typeof data === "number") data = data.toString();
        if (this.readyState !== _WebSocket.OPEN) {
          sendAfterClose(this, data, cb);
          return;
        }
        if (mask === void 0) mask = !this._isServer;
        this._sender.pong(data || EMPTY_BUFFER, mask, cb);
      }
      /**
       * Resume the socket.
       *
       * @public
       */
      resume() {
        if (this.readyState === _WebSocket.CONNECTING || this.readyState === _WebSocket.CLOSED) {
          return;
        }
        this._paused = false;
        if (!this._receiver._writableState.needDrain) this._socket.resume();
      }
      /**
       * Send a data message.
       *
       * @param {*} data The message to send
       * @param {Object} [options] Options object
       * @param {Boolean} [options.binary] Specifies whether `data` is binary or
       *     text
       * @param {Boolean} [options.compress] Specifies whether or not to compress
       *     `data`
       * @param {Boolean} [options.fin=true] Specifies whether the fragment is the
       *     last one
       * @param {Boolean} [options.mask] Specifies whether or not to mask `data`
       * @param {Function} [cb] Callback which is executed when data is written out
       * @public
       */
      send(data, options, cb) {
        if (this.readyState === _WebSocket.CONNECTING) {
          throw new Error("WebSocket is not open: readyState 0 (CONNECTING)");
        }
        if (typeof options === "function") {
          cb = options;
          options = {};
        }
        if (typeof data === "number") data = data.toString();
        if (this.readyState !== _WebSocket.OPEN) {
          sendAfterClose(this, data, cb);
          return;
        }
        const opts = {
          binary: typeof data !== "string",
          mask: !this._isServer,
          compress: true,
          fin: true,
          ...options
        };
        if (!this._extensions[PerMessageDeflate2.extensionName]) {
          opts.compress = false;
        }
        this._sender.send(data || EMPTY_BUFFER, opts, cb);
      }
      /**
       * Forcibly close the connection.
       *
       * @public
       */
      terminate() {
        if (this.readyState === _WebSocket.CLOSED) return;
        if (this.readyState === _WebSocket.CONNECTING) {
          const msg = "WebSocket was closed before the connection was established";
          abortHandshake(this, this._req, msg);
          return;
        }
        if (this._socket) {
          this._readyState = _WebSocket.CLOSING;
          this._socket.destroy();
        }
      }
    };
    Object.defineProperty(WebSocket2, "CONNECTING", {
      enumerable: true,
      value: readyStates.indexOf("CONNECTING")
    });
    Object.defineProperty(WebSocket2.prototype, "CONNECTING", {
      enumerable: true,
      value: readyStates.indexOf("CONNECTING")
    });
    Object.defineProperty(WebSocket2, "OPEN", {
      enumerable: true,
      value: readyStates.indexOf("OPEN")
    });
    Object.defineProperty(WebSocket2.prototype, "OPEN", {
      enumerable: true,
      value: readyStates.indexOf("OPEN")
    });
    Object.defineProperty(WebSocket2, "CLOSING", {
      enumerable: true,
      value: readyStates.indexOf("CLOSING")
    });
    Object.defineProperty(WebSocket2.prototype, "CLOSING", {
      enumerable: true,
      value: readyStates.indexOf("CLOSING")
    });
    Object.defineProperty(WebSocket2, "CLOSED", {
      enumerable: true,
      value: readyStates.indexOf("CLOSED")
    });
    Object.defineProperty(WebSocket2.prototype, "CLOSED", {
      enumerable: true,
      value: readyStates.indexOf("CLOSED")
    });
    [
      "binaryType",
      "bufferedAmount",
      "extensions",
      "isPaused",
      "protocol",
      "readyState",
      "url"
    ].forEach((property) => {
      Object.defineProperty(WebSocket2.prototype, property, { enumerable: true });
    });
    ["open", "error", "close", "message"].forEach((method) => {
      Object.defineProperty(WebSocket2.prototype, `on${method}`, {
        enumerable: true,
        get() {
          for (const listener of this.listeners(method)) {
            if (listener[kForOnEventAttribute]) return listener[kListener];
          }
          return null;
        },
        set(handler) {
          for (const listener of this.listeners(method)) {
            if (listener[kForOnEventAttribute]) {
              this.removeListener(method, listener);
              break;
            }
          }
          if (typeof handler !== "function") return;
          this.addEventListener(method, handler, {
            [kForOnEventAttribute]: true
          });
        }
      });
    });
    WebSocket2.prototype.addEventListener = addEventListener;
    WebSocket2.prototype.removeEventListener = removeEventListener;
    module2.exports = WebSocket2;
    function initAsClient(websocket, address2, protocols, options) {
      const opts = {
        allowSynchronousEvents: true,
        autoPong: true,
        closeTimeout: CLOSE_TIMEOUT,
        protocolVersion: protocolVersions[1],
        maxBufferedChunks: 256 * 1024,
        maxFragments: 16 * 1024,
        maxPayload: 100 * 1024 * 1024,
        maxPendingAutoPongs: 60,
        skipUTF8Validation: false,
        perMessageDeflate: true,
        followRedirects: false,
        maxRedirects: 10,
        ...options,
        socketPath: void 0,
        hostname: void 0,
        protocol: void 0,
        protocols: void 0,
        timeout: void 0,
        method: "GET",
        host: void 0,
        path: void 0,
        port: void 0
      };
      if (!protocolVersions.includes(opts.protocolVersion)) {
        throw new RangeError(
          `Unsupported protocol version: ${opts.protocolVersion} (supported versions: ${protocolVersions.join(", ")})`
        );
      }
      let parsedUrl;
      if (address2 instanceof URL2) {
        parsedUrl = address2;
      } else {
        try {
          parsedUrl = new URL2(address2);
        } catch {
          throw new SyntaxError(`Invalid URL: ${address2}`);
        }
      }
      if (parsedUrl.protocol === "http:" || parsedUrl.protocol === "https:") {
        parsedUrl = new URL2(parsedUrl);
        parsedUrl.protocol = parsedUrl.protocol === "http:" ? "ws:" : "wss:";
      }
      websocket._url = parsedUrl.href;
      const isSecure = parsedUrl.protocol === "wss:";
      const isIpcUrl = parsedUrl.protocol === "ws+unix:";
      let invalidUrlMessage;
      if (parsedUrl.protocol !== "ws:" && !isSecure && !isIpcUrl) {
        invalidUrlMessage = `The URL's protocol must be one of "ws:", "wss:", "http:", "https:", or "ws+unix:"`;
      } else if (isIpcUrl && !parsedUrl.pathname) {
        invalidUrlMessage = "The URL's pathname is empty";
      } else if (parsedUrl.hash) {
        invalidUrlMessage = "The URL contains a fragment identifier";
      }
      if (invalidUrlMessage) {
        const err = new SyntaxError(invalidUrlMessage);
        if (websocket._redirects === 0) {
          throw err;
        } else {
          emitErrorAndClose(websocket, err);
          return;
        }
      }
      const defaultPort = isSecure ? 443 : 80;
      const key = randomBytes2(16).toString("base64");
      const request = isSecure ? https.request : http2.request;
      const protocolSet = /* @__PURE__ */ new Set();
      let perMessageDeflate;
      opts.createConnection = opts.createConnection || (isSecure ? tlsConnect : netConnect);
      opts.defaultPort = opts.defaultPort || defaultPort;
      opts.port = parsedUrl.port || defaultPort;
      opts.host = parsedUrl.hostname.startsWith("[") ? parsedUrl.hostname.slice(1, -1) : parsedUrl.hostname;
      opts.headers = {
        ...opts.headers,
        "Sec-WebSocket-Version": opts.protocolVersion,
        "Sec-WebSocket-Key": key,
        Connection: "Upgrade",
        Upgrade: "websocket"
      };
      opts.path = parsedUrl.pathname + parsedUrl.search;
      opts.timeout = opts.handshakeTimeout;
      if (opts.perMessageDeflate) {
        perMessageDeflate = new PerMessageDeflate2({
          ...opts.perMessageDeflate,
          isServer: false,
          maxPayload: opts.maxPayload
        });
        opts.headers["Sec-WebSocket-Extensions"] = format({
          [PerMessageDeflate2.extensionName]: perMessageDeflate.offer()
        });
      }
      if (protocols.length) {
        for (const protocol of protocols) {
          if (typeof protocol !== "string" || !subprotocolRegex.test(protocol) || protocolSet.has(protocol)) {
            throw new SyntaxError(
              "An invalid or duplicated subprotocol was specified"
            );
          }
          protocolSet.add(protocol);
        }
        opts.headers["Sec-WebSocket-Protocol"] = protocols.join(",");
      }
      if (opts.origin) {
        if (opts.protocolVersion < 13) {
          opts.headers["Sec-WebSocket-Origin"] = opts.origin;
        } else {
          opts.headers.Origin = opts.origin;
        }
      }
      if (parsedUrl.username || parsedUrl.password) {
        const username = querystring2.unescape(parsedUrl.username);
        const password = querystring2.unescape(parsedUrl.password);
        opts.auth = `${username}:${password}`;
      }
      if (isIpcUrl) {
        const i = opts.path.indexOf(":");
        if (i === -1) {
          opts.socketPath = opts.path;
          opts.path = "";
        } else {
          opts.socketPath = opts.path.slice(0, i);
          opts.path = opts.path.slice(i + 1);
        }
      }
      let req;
      if (opts.followRedirects) {
        if (websocket._redirects === 0) {
          websocket._originalIpc = isIpcUrl;
          websocket._originalSecure = isSecure;
          websocket._originalHostOrSocketPath = isIpcUrl ? opts.socketPath : parsedUrl.host;
          const headers = options && options.headers;
          options = { ...options, headers: {} };
          if (headers) {
            for (const [key2, value] of Object.entries(headers)) {
              options.headers[key2.toLowerCase()] = value;
            }
          }
        } else if (websocket.listenerCount("redirect") === 0) {
          const isSameHost = isIpcUrl ? websocket._originalIpc ? opts.socketPath === websocket._originalHostOrSocketPath : false : websocket._originalIpc ? false : parsedUrl.host === websocket._originalHostOrSocketPath;
          if (!isSameHost || websocket._originalSecure && !isSecure) {
            delete opts.headers.authorization;
            delete opts.headers.cookie;
            if (!isSameHost) delete opts.headers.host;
            opts.auth = void 0;
          }
        }
        if (opts.auth && !options.headers.authorization) {
          options.headers.authorization = "Basic " + Buffer.from(opts.auth).toString("base64");
        }
        req = websocket._req = request(opts);
        if (websocket._redirects) {
          websocket.emit("redirect", websocket.url, req);
        }
      } else {
        req = websocket._req = request(opts);
      }
      if (opts.timeout) {
        req.on("timeout", () => {
          abortHandshake(websocket, req, "Opening handshake has timed out");
        });
      }
      req.on("error", (err) => {
        if (req === null || req[kAborted]) return;
        req = websocket._req = null;
        emitErrorAndClose(websocket, err);
      });
      req.on("response", (res) => {
        const location = res.headers.location;
        const statusCode = res.statusCode;
        if (location && opts.followRedirects && statusCode >= 300 && statusCode < 400) {
          if (++websocket._redirects > opts.maxRedirects) {
            abortHandshake(websocket, req, "Maximum redirects exceeded");
            return;
          }
          req.abort();
          let addr;
          try {
            addr = new URL2(location, address2);
          } catch (e) {
            const err = new SyntaxError(`Invalid URL: ${location}`);
            emitErrorAndClose(websocket, err);
            return;
          }
          initAsClient(websocket, addr, protocols, options);
        } else if (!websocket.emit("unexpected-response", req, res)) {
          abortHandshake(
            websocket,
            req,
            `Unexpected server response: ${res.statusCode}`
          );
        }
      });
      req.on("upgrade", (res, socket, head) => {
        websocket.emit("upgrade", res);
        if (websocket.readyState !== WebSocket2.CONNECTING) return;
        req = websocket._req = null;
        const upgrade = res.headers.upgrade;
        if (upgrade === void 0 || upgrade.toLowerCase() !== "websocket") {
          abortHandshake(websocket, socket, "Invalid Upgrade header");
          return;
        }
        const digest = createHash11("sha1").update(key + GUID).digest("base64");
        if (res.headers["sec-websocket-accept"] !== digest) {
          abortHandshake(websocket, socket, "Invalid Sec-WebSocket-Accept header");
          return;
        }
        const serverProt = res.headers["sec-websocket-protocol"];
        let protError;
        if (serverProt !== void 0) {
          if (!protocolSet.size) {
            protError = "Server sent a subprotocol but none was requested";
          } else if (!protocolSet.has(serverProt)) {
            protError = "Server sent an invalid subprotocol";
          }
        } else if (protocolSet.size) {
          protError = "Server sent no subprotocol";
        }
        if (protError) {
          abortHandshake(websocket, socket, protError);
          return;
        }
        if (serverProt) websocket._protocol = serverProt;
        const secWebSocketExtensions = res.headers["sec-websocket-extensions"];
        if (secWebSocketExtensions !== void 0) {
          if (!perMessageDeflate) {
            const message = "Server sent a Sec-WebSocket-Extensions header but no extension was requested";
            abortHandshake(websocket, socket, message);
            return;
          }
          let extensions;
          try {
            extensions = parse2(secWebSocketExtensions);
          } catch (err) {
            const message = "Invalid Sec-WebSocket-Extensions header";
            abortHandshake(websocket, socket, message);
            return;
          }
          const extensionNames = Object.keys(extensions);
          if (extensionNames.length !== 1 || extensionNames[0] !== PerMessageDeflate2.extensionName) {
            const message = "Server indicated an extension that was not requested";
            abortHandshake(websocket, socket, message);
            return;
          }
          try {
            perMessageDeflate.accept(extensions[PerMessageDeflate2.extensionName]);
          } catch (err) {
            const message = "Invalid Sec-WebSocket-Extensions header";
            abortHandshake(websocket, socket, message);
            return;
          }
          websocket._extensions[PerMessageDeflate2.extensionName] = perMessageDeflate;
        }
        websocket.setSocket(socket, head, {
          allowSynchronousEvents: opts.allowSynchronousEvents,
          generateMask: opts.generateMask,
          maxBufferedChunks: opts.maxBufferedChunks,
          maxFragments: opts.maxFragments,
          maxPayload: opts.maxPayload,
          skipUTF8Validation: opts.skipUTF8Validation
        });
      });
      if (opts.finishRequest) {
        opts.finishRequest(req, websocket);
      } else {
        req.end();
      }
      return opts;
    }
    function emitErrorAndClose(websocket, err) {
      websocket._readyState = WebSocket2.CLOSING;
      websocket._errorEmitted = true;
      websocket.emit("error", err);
      websocket.emitClose();
    }
    function netConnect(options) {
      options.path = options.socketPath;
      return net.connect(options);
    }
    function tlsConnect(options) {
      options.path = void 0;
      if (!options.servername && options.servername !== "") {
        options.servername = net.isIP(options.host) ? "" : options.host;
      }
      return tls2.connect(options);
    }
    function abortHandshake(websocket, stream, message) {
      websocket._readyState = WebSocket2.CLOSING;
      const err = new Error(message);
      Error.captureStackTrace(err, abortHandshake);
      if (stream.setHeader) {
        stream[kAborted] = true;
        stream.abort();
        if (stream.socket && !stream.socket.destroyed) {
          stream.socket.destroy();
        }
        process.nextTick(emitErrorAndClose, websocket, err);
      } else {
        stream.destroy(err);
        stream.once("error", websocket.emit.bind(websocket, "error"));
        stream.once("close", websocket.emitClose.bind(websocket));
      }
    }
    function sendAfterClose(websocket, data, cb) {
      if (data) {
        const length = isBlob(data) ? data.size : toBuffer(data).length;
        if (websocket._socket) websocket._sender._bufferedBytes += length;
        else websocket._bufferedAmount += length;
      }
      if (cb) {
        const err = new Error(
          `WebSocket is not open: readyState ${websocket.readyState} (${readyStates[websocket.readyState]})`
        );
        process.nextTick(cb, err);
      }
    }
    function receiverOnConclude(code, reason) {
      const websocket = this[kWebSocket];
      websocket._closeFrameReceived = true;
      websocket._closeCode = code;
      if (reason.length === 0) {
        websocket._closeMessage = EMPTY_BUFFER;
      } else {
        websocket._closeMessage = Buffer.allocUnsafeSlow(reason.length);
        websocket._closeMessage.set(reason);
      }
      if (websocket._socket[kWebSocket] === void 0) return;
      websocket._socket.removeListener("data", socketOnData);
      process.nextTick(resume, websocket._socket);
      if (code === 1005) websocket.close();
      else websocket.close(code, reason);
    }
    function receiverOnDrain() {
      const websocket = this[kWebSocket];
      if (!websocket.isPaused) websocket._socket.resume();
    }
    function receiverOnError(err) {
      const websocket = this[kWebSocket];
      if (websocket._socket[kWebSocket] !== void 0) {
        websocket._socket.removeListener("data", socketOnData);
        process.nextTick(resume, websocket._socket);
        websocket.close(err[kStatusCode]);
      }
      if (!websocket._errorEmitted) {
        websocket._errorEmitted = true;
        websocket.emit("error", err);
      }
    }
    function receiverOnFinish() {
      this[kWebSocket].emitClose();
    }
    function receiverOnMessage(data, isBinary) {
      this[kWebSocket].emit("message", data, isBinary);
    }
    function receiverOnPing(data) {
      const websocket = this[kWebSocket];
      if (websocket._autoPong && websocket.readyState === WebSocket2.OPEN) {
        if (websocket._maxPendingAutoPongs > 0 && websocket._pendingAutoPongs >= websocket._maxPendingAutoPongs) {
          websocket.terminate();
        } else {
          websocket._pendingAutoPongs++;
          websocket.pong(data, !this._isServer, websocket._autoPongComplete);
        }
      }
      websocket.emit("ping", data);
    }
    function autoPongComplete(websocket) {
      websocket._pendingAutoPongs--;
    }
    function receiverOnPong(data) {
      this[kWebSocket].emit("pong", data);
    }
    function resume(stream) {
      stream.resume();
    }
    function senderOnError(err) {
      const websocket = this[kWebSocket];
      if (websocket.readyState === WebSocket2.CLOSED) return;
      if (websocket.readyState === WebSocket2.OPEN) {
        websocket._readyState = WebSocket2.CLOSING;
        setCloseTimer(websocket);
      }
      this._socket.end();
      if (!websocket._errorEmitted) {
        websocket._errorEmitted = true;
        websocket.emit("error", err);
      }
    }
    function setCloseTimer(websocket) {
      websocket._closeTimer = setTimeout(
        websocket._socket.destroy.bind(websocket._socket),
        websocket._closeTimeout
      );
    }
    function socketOnClose() {
      const websocket = this[kWebSocket];
      this.removeListener("close", socketOnClose);
      this.removeListener("data", socketOnData);
      this.removeListener("end", socketOnEnd);
      websocket._readyState = WebSocket2.CLOSING;
      if (!this._readableState.endEmitted && !websocket._closeFrameReceived && !websocket._receiver._writableState.errorEmitted && this._readableState.length !== 0) {
        const chunk = this.read(this._readableState.length);
        websocket._receiver.write(chunk);
      }
      websocket._receiver.end();
      this[kWebSocket] = void 0;
      clearTimeout(websocket._closeTimer);
      if (websocket._receiver._writableState.finished || websocket._receiver._writableState.errorEmitted) {
        websocket.emitClose();
      } else {
        websocket._receiver.on("error", receiverOnFinish);
        websocket._receiver.on("finish", receiverOnFinish);
      }
    }
    function socketOnData(chunk) {
      if (!this[kWebSocket]._receiver.write(chunk)) {
        this.pause();
      }
    }
    function socketOnEnd() {
      const websocket = this[kWebSocket];
      websocket._readyState = WebSocket2.CLOSING;
      websocket._receiver.end();
      this.end();
    }
    function socketOnError() {
      const websocket = this[kWebSocket];
      this.removeListener("error", socketOnError);
      this.on("error", NOOP);
      if (websocket) {
        websocket._readyState = WebSocket2.CLOSING;
        this.destroy();
      }
    }
  }
});

// node_modules/ws/lib/stream.js
var require_stream = __commonJS({
  "node_modules/ws/lib/stream.js"(exports2, module2) {
    "use strict";
    var WebSocket2 = require_websocket();
    var { Duplex } = require("stream");
    function emitClose(stream) {
      stream.emit("close");
    }
    function duplexOnEnd() {
      if (!this.destroyed && this._writableState.finished) {
        this.destroy();
      }
    }
    function duplexOnError(err) {
      this.removeListener("error", duplexOnError);
      this.destroy();
      if (this.listenerCount("error") === 0) {
        this.emit("error", err);
      }
    }
    function createWebSocketStream2(ws, options) {
      let terminateOnDestroy = true;
      const duplex = new Duplex({
        ...options,
        autoDestroy: false,
        emitClose: false,
        objectMode: false,
        writableObjectMode: false
      });
      ws.on("message", function message(msg, isBinary) {
        const data = !isBinary && duplex._readableState.objectMode ? msg.toString() : msg;
        if (!duplex.push(data)) ws.pause();
      });
      ws.once("error", function error2(err) {
        if (duplex.destroyed) return;
        terminateOnDestroy = false;
        duplex.destroy(err);
      });
      ws.once("close", function close() {
        if (duplex.destroyed) return;
        duplex.push(null);
      });
      duplex._destroy = function(err, callback) {
        if (ws.readyState === ws.CLOSED) {
          callback(err);
          process.nextTick(emitClose, duplex);
          return;
        }
        let called = false;
        ws.once("error", function error2(err2) {
          called = true;
          callback(err2);
        });
        ws.once("close", function close() {
          if (!called) callback(err);
          process.nextTick(emitClose, duplex);
        });
        if (terminateOnDestroy) ws.terminate();
      };
      duplex._final = function(callback) {
        if (ws.readyState === ws.CONNECTING) {
          ws.once("open", function open3() {
            duplex._final(callback);
          });
          return;
        }
        if (ws._socket === null) return;
        if (ws._socket._writableState.finished) {
          callback();
          if (duplex._readableState.endEmitted) duplex.destroy();
        } else {
          ws._socket.once("finish", function finish2() {
            callback();
          });
          ws.close();
        }
      };
      duplex._read = function() {
        if (ws.isPaused) ws.resume();
      };
      duplex._write = function(chunk, encoding, callback) {
        if (ws.readyState === ws.CONNECTING) {
          ws.once("open", function open3() {
            duplex._write(chunk, encoding, callback);
          });
          return;
        }
        ws.send(chunk, callback);
      };
      duplex.on("end", duplexOnEnd);
      duplex.on("error", duplexOnError);
      return duplex;
    }
    module2.exports = createWebSocketStream2;
  }
});

// node_modules/ws/lib/subprotocol.js
var require_subprotocol = __commonJS({
  "node_modules/ws/lib/subprotocol.js"(exports2, module2) {
    "use strict";
    var { tokenChars } = require_validation();
    function parse2(header) {
      const protocols = /* @__PURE__ */ new Set();
      let start = -1;
      let end = -1;
      let i = 0;
      for (i; i < header.length; i++) {
        const code = header.charCodeAt(i);
        if (end === -1 && tokenChars[code] === 1) {
          if (start === -1) start = i;
        } else if (i !== 0 && (code === 32 || code === 9)) {
          if (end === -1 && start !== -1) end = i;
        } else if (code === 44) {
          if (start === -1) {
            throw new SyntaxError(`Unexpected character at index ${i}`);
          }
          if (end === -1) end = i;
          const protocol2 = header.slice(start, end);
          if (protocols.has(protocol2)) {
            throw new SyntaxError(`The "${protocol2}" subprotocol is duplicated`);
          }
          protocols.add(protocol2);
          start = end = -1;
        } else {
          throw new SyntaxError(`Unexpected character at index ${i}`);
        }
      }
      if (start === -1 || end !== -1) {
        throw new SyntaxError("Unexpected end of input");
      }
      const protocol = header.slice(start, i);
      if (protocols.has(protocol)) {
        throw new SyntaxError(`The "${protocol}" subprotocol is duplicated`);
      }
      protocols.add(protocol);
      return protocols;
    }
    module2.exports = { parse: parse2 };
  }
});

// node_modules/ws/lib/websocket-server.js
var require_websocket_server = __commonJS({
  "node_modules/ws/lib/websocket-server.js"(exports2, module2) {
    "use strict";
    var EventEmitter2 = require("events");
    var http2 = require("http");
    var { Duplex } = require("stream");
    var { createHash: createHash11 } = require("crypto");
    var extension2 = require_extension();
    var PerMessageDeflate2 = require_permessage_deflate();
    var subprotocol2 = require_subprotocol();
    var WebSocket2 = require_websocket();
    var { CLOSE_TIMEOUT, GUID, kWebSocket } = require_constants();
    var keyRegex = /^[+/0-9A-Za-z]{22}==$/;
    var RUNNING = 0;
    var CLOSING = 1;
    var CLOSED = 2;
    var WebSocketServer2 = class extends EventEmitter2 {
      /**
       * Create a `WebSocketServer` instance.
       *
       * @param {Object} options Configuration options
       * @param {Boolean} [options.allowSynchronousEvents=true] Specifies whether
       *     any of the `'message'`, `'ping'`, and `'pong'` events can be emitted
       *     multiple times in the same tick
       * @param {Boolean} [options.autoPong=true] Specifies whether or not to
       *     automatically send a pong in response to a ping
       * @param {Number} [options.backlog=511] The maximum length of the queue of
       *     pending connections
       * @param {Boolean} [options.clientTracking=true] Specifies whether or not to
       *     track clients
       * @param {Number} [options.closeTimeout=30000] Duration in milliseconds to
       *     wait for the closing handshake to finish after `websocket.close()` is
       *     called
       * @param {Function} [options.handleProtocols] A hook to handle protocols
       * @param {String} [options.host] The hostname where to bind the server
       * @param {Number} [options.maxBufferedChunks=262144] The maximum number of
       *     buffered data chunks
       * @param {Number} [options.maxFragments=16384] The maximum number of message
       *     fragments
       * @param {Number} [options.maxPayload=104857600] The maximum allowed message
       *     size
       * @param {Number} [options.maxPendingAutoPongs=60] The maximum number of
       *     pending automatic pongs
       * @param {Boolean} [options.noServer=false] Enable no server mode
       * @param {String} [options.path] Accept only connections matching this path
       * @param {(Boolean|Object)} [options.perMessageDeflate=false] Enable/disable
       *     permessage-deflate
       * @param {Number} [options.port] The port where to bind the server
       * @param {(http.Server|https.Server)} [options.server] A pre-created HTTP/S
       *     server to use
       * @param {Boolean} [options.skipUTF8Validation=false] Specifies whether or
       *     not to skip UTF-8 validation for text and close messages
       * @param {Function} [options.verifyClient] A hook to reject connections
       * @param {Function} [options.WebSocket=WebSocket] Specifies the `WebSocket`
       *     class to use. It must be the `WebSocket` class or class that extends it
       * @param {Function} [callback] A listener for the `listening` event
       */
      constructor(options, callback) {
        super();
        options = {
          allowSynchronousEvents: true,
          autoPong: true,
          maxBufferedChunks: 256 * 1024,
          maxFragments: 16 * 1024,
          maxPayload: 100 * 1024 * 1024,
          maxPendingAutoPongs: 60,
          skipUTF8Validation: false,
          perMessageDeflate: false,
          handleProtocols: null,
          clientTracking: true,
          closeTimeout: CLOSE_TIMEOUT,
          verifyClient: null,
          noServer: false,
          backlog: null,
          // use default (511 as implemented in net.js)
          server: null,
          host: null,
          path: null,
          port: null,
          WebSocket: WebSocket2,
          ...options
        };
        if (options.port == null && !options.server && !options.noServer || options.port != null && (options.server || options.noServer) || options.server && options.noServer) {
          throw new TypeError(
            'One and only one of the "port", "server", or "noServer" options must be specified'
          );
        }
        if (options.port != null) {
          this._server = http2.createServer((req, res) => {
            const body = http2.STATUS_CODES[426];
            res.writeHead(426, {
              "Content-Length": body.length,
              "Content-Type": "text/plain"
            });
            res.end(body);
          });
          this._server.listen(
            options.port,
            options.host,
            options.backlog,
            callback
          );
        } else if (options.server) {
          this._server = options.server;
        }
        if (this._server) {
          const emitConnection = this.emit.bind(this, "connection");
          this._removeListeners = addListeners(this._server, {
            listening: this.emit.bind(this, "listening"),
            error: this.emit.bind(this, "error"),
            upgrade: (req, socket, head) => {
              this.handleUpgrade(req, socket, head, emitConnection);
            }
          });
        }
        if (options.perMessageDeflate === true) options.perMessageDeflate = {};
        if (options.clientTracking) {
          this.clients = /* @__PURE__ */ new Set();
          this._shouldEmitClose = false;
        }
        this.options = options;
        this._state = RUNNING;
      }
      /**
       * Returns the bound address, the address family name, and port of the server
       * as reported by the operating system if listening on an IP socket.
       * If the server is listening on a pipe or UNIX domain socket, the name is
       * returned as a string.
       *
       * @return {(Object|String|null)} The address of the server
       * @public
       */
      address() {
        if (this.options.noServer) {
          throw new Error('The server is operating in "noServer" mode');
        }
        if (!this._server) return null;
        return this._server.address();
      }
      /**
       * Stop the server from accepting new connections and emit the `'close'` event
       * when all existing connections are closed.
       *
       * @param {Function} [cb] A one-time listener for the `'close'` event
       * @public
       */
      close(cb) {
        if (this._state === CLOSED) {
          if (cb) {
            this.once("close", () => {
              cb(new Error("The server is not running"));
            });
          }
          process.nextTick(emitClose, this);
          return;
        }
        if (cb) this.once("close", cb);
        if (this._state === CLOSING) return;
        this._state = CLOSING;
        if (this.options.noServer || this.options.server) {
          if (this._server) {
            this._removeListeners();
            this._removeListeners = this._server = null;
          }
          if (this.clients) {
            if (!this.clients.size) {
              process.nextTick(emitClose, this);
            } else {
              this._shouldEmitClose = true;
            }
          } else {
            process.nextTick(emitClose, this);
          }
        } else {
          const server = this._server;
          this._removeListeners();
          this._removeListeners = this._server = null;
          server.close(() => {
            emitClose(this);
          });
        }
      }
      /**
       * See if a given request should be handled by this server instance.
       *
       * @param {http.IncomingMessage} req Request object to inspect
       * @return {Boolean} `true` if the request is valid, else `false`
       * @public
       */
      shouldHandle(req) {
        if (this.options.path) {
          const index = req.url.indexOf("?");
          const pathname = index !== -1 ? req.url.slice(0, index) : req.url;
          if (pathname !== this.options.path) return false;
        }
        return true;
      }
      /**
       * Handle a HTTP Upgrade request.
       *
       * @param {http.IncomingMessage} req The request object
       * @param {Duplex} socket The network socket between the server and client
       * @param {Buffer} head The first packet of the upgraded stream
       * @param {Function} cb Callback
       * @public
       */
      handleUpgrade(req, socket, head, cb) {
        socket.on("error", socketOnError);
        const key = req.headers["sec-websocket-key"];
        const upgrade = req.headers.upgrade;
        const version2 = +req.headers["sec-websocket-version"];
        if (req.method !== "GET") {
          const message = "Invalid HTTP method";
          abortHandshakeOrEmitwsClientError(this, req, socket, 405, message);
          return;
        }
        if (upgrade === void 0 || upgrade.toLowerCase() !== "websocket") {
          const message = "Invalid Upgrade header";
          abortHandshakeOrEmitwsClientError(this, req, socket, 400, message);
          return;
        }
        if (key === void 0 || !keyRegex.test(key)) {
          const message = "Missing or invalid Sec-WebSocket-Key header";
          abortHandshakeOrEmitwsClientError(this, req, socket, 400, message);
          return;
        }
        if (version2 !== 13 && version2 !== 8) {
          const message = "Missing or invalid Sec-WebSocket-Version header";
          abortHandshakeOrEmitwsClientError(this, req, socket, 400, message, {
            "Sec-WebSocket-Version": "13, 8"
          });
          return;
        }
        if (!this.shouldHandle(req)) {
          abortHandshake(socket, 400);
          return;
        }
        const secWebSocketProtocol = req.headers["sec-websocket-protocol"];
        let protocols = /* @__PURE__ */ new Set();
        if (secWebSocketProtocol !== void 0) {
          try {
            protocols = subprotocol2.parse(secWebSocketProtocol);
          } catch (err) {
            const message = "Invalid Sec-WebSocket-Protocol header";
            abortHandshakeOrEmitwsClientError(this, req, socket, 400, message);
            return;
          }
        }
        const secWebSocketExtensions = req.headers["sec-websocket-extensions"];
        const extensions = {};
        if (this.options.perMessageDeflate && secWebSocketExtensions !== void 0) {
          const perMessageDeflate = new PerMessageDeflate2({
            ...this.options.perMessageDeflate,
            isServer: true,
            maxPayload: this.options.maxPayload
          });
          try {
            const offers = extension2.parse(secWebSocketExtensions);
            if (offers[PerMessageDeflate2.extensionName]) {
              perMessageDeflate.accept(offers[PerMessageDeflate2.extensionName]);
              extensions[PerMessageDeflate2.extensionName] = perMessageDeflate;
            }
          } catch (err) {
            const message = "Invalid or unacceptable Sec-WebSocket-Extensions header";
            abortHandshakeOrEmitwsClientError(this, req, socket, 400, message);
            return;
          }
        }
        if (this.options.verifyClient) {
          const info = {
            origin: req.headers[`${version2 === 8 ? "sec-websocket-origin" : "origin"}`],
            secure: !!(req.socket.authorized || req.socket.encrypted),
            req
          };
          if (this.options.verifyClient.length === 2) {
            this.options.verifyClient(info, (verified2, code, message, headers) => {
              if (!verified2) {
                return abortHandshake(socket, code || 401, message, headers);
              }
              this.completeUpgrade(
                extensions,
                key,
                protocols,
                req,
                socket,
                head,
                cb
              );
            });
            return;
          }
          if (!this.options.verifyClient(info)) return abortHandshake(socket, 401);
        }
        this.completeUpgrade(extensions, key, protocols, req, socket, head, cb);
      }
      /**
       * Upgrade the connection to WebSocket.
       *
       * @param {Object} extensions The accepted extensions
       * @param {String} key The value of the `Sec-WebSocket-Key` header
       * @param {Set} protocols The subprotocols
       * @param {http.IncomingMessage} req The request object
       * @param {Duplex} socket The network socket between the server and client
       * @param {Buffer} head The first packet of the upgraded stream
       * @param {Function} cb Callback
       * @throws {Error} If called more than once with the same socket
       * @private
       */
      completeUpgrade(extensions, key, protocols, req, socket, head, cb) {
        if (!socket.readable || !socket.writable) return socket.destroy();
        if (socket[kWebSocket]) {
          throw new Error(
            "server.handleUpgrade() was called more than once with the same socket, possibly due to a misconfiguration"
          );
        }
        if (this._state > RUNNING) return abortHandshake(socket, 503);
        const digest = createHash11("sha1").update(key + GUID).digest("base64");
        const headers = [
          "HTTP/1.1 101 Switching Protocols",
          "Upgrade: websocket",
          "Connection: Upgrade",
          `Sec-WebSocket-Accept: ${digest}`
        ];
        const ws = new this.options.WebSocket(null, void 0, this.options);
        if (protocols.size) {
          const protocol = this.options.handleProtocols ? this.options.handleProtocols(protocols, req) : protocols.values().next().value;
          if (protocol) {
            headers.push(`Sec-WebSocket-Protocol: ${protocol}`);
            ws._protocol = protocol;
          }
        }
        if (extensions[PerMessageDeflate2.extensionName]) {
          const params = extensions[PerMessageDeflate2.extensionName].params;
          const value = extension2.format({
            [PerMessageDeflate2.extensionName]: [params]
          });
          headers.push(`Sec-WebSocket-Extensions: ${value}`);
          ws._extensions = extensions;
        }
        this.emit("headers", headers, req);
        socket.write(headers.concat("\r\n").join("\r\n"));
        socket.removeListener("error", socketOnError);
        ws.setSocket(socket, head, {
          allowSynchronousEvents: this.options.allowSynchronousEvents,
          maxBufferedChunks: this.options.maxBufferedChunks,
          maxFragments: this.options.maxFragments,
          maxPayload: this.options.maxPayload,
          skipUTF8Validation: this.options.skipUTF8Validation
        });
        if (this.clients) {
          this.clients.add(ws);
          ws.on("close", () => {
            this.clients.delete(ws);
            if (this._shouldEmitClose && !this.clients.size) {
              process.nextTick(emitClose, this);
            }
          });
        }
        cb(ws, req);
      }
    };
    module2.exports = WebSocketServer2;
    function addListeners(server, map) {
      for (const event of Object.keys(map)) server.on(event, map[event]);
      return function removeListeners() {
        for (const event of Object.keys(map)) {
          server.removeListener(event, map[event]);
        }
      };
    }
    function emitClose(server) {
      server._state = CLOSED;
      server.emit("close");
    }
    function socketOnError() {
      this.destroy();
    }
    function abortHandshake(socket, code, message, headers) {
      message = message || http2.STATUS_CODES[code];
      headers = {
        Connection: "close",
        "Content-Type": "text/html",
        "Content-Length": Buffer.byteLength(message),
        ...headers
      };
      socket.once("finish", socket.destroy);
      socket.end(
        `HTTP/1.1 ${code} ${http2.STATUS_CODES[code]}\r
` + Object.keys(headers).map((h) => `${h}: ${headers[h]}`).join("\r\n") + "\r\n\r\n" + message
      );
    }
    function abortHandshakeOrEmitwsClientError(server, req, socket, code, message, headers) {
      if (server.listenerCount("wsClientError")) {
        const err = new Error(message);
        Error.captureStackTrace(err, abortHandshakeOrEmitwsClientError);
        server.emit("wsClientError", err, socket, req);
      } else {
        abortHandshake(socket, code, message, headers);
      }
    }
  }
});

// node_modules/unordered-array-remove/index.js
var require_unordered_array_remove = __commonJS({
  "node_modules/unordered-array-remove/index.js"(exports2, module2) {
    module2.exports = remove;
    function remove(arr, i) {
      if (i >= arr.length || i < 0) return;
      var last = arr.pop();
      if (i < arr.length) {
        var tmp = arr[i];
        arr[i] = last;
        return tmp;
      }
      return last;
    }
  }
});

// node_modules/inherits/inherits_browser.js
var require_inherits_browser = __commonJS({
  "node_modules/inherits/inherits_browser.js"(exports2, module2) {
    if (typeof Object.create === "function") {
      module2.exports = function inherits(ctor, superCtor) {
        if (superCtor) {
          ctor.super_ = superCtor;
          ctor.prototype = Object.create(superCtor.prototype, {
            constructor: {
              value: ctor,
              enumerable: false,
              writable: true,
              configurable: true
            }
          });
        }
      };
    } else {
      module2.exports = function inherits(ctor, superCtor) {
        if (superCtor) {
          ctor.super_ = superCtor;
          var TempCtor = function() {
          };
          TempCtor.prototype = superCtor.prototype;
          ctor.prototype = new TempCtor();
          ctor.prototype.constructor = ctor;
        }
      };
    }
  }
});

// node_modules/inherits/inherits.js
var require_inherits = __commonJS({
  "node_modules/inherits/inherits.js"(exports2, module2) {
    try {
      util = require("util");
      if (typeof util.inherits !== "function") throw "";
      module2.exports = util.inherits;
    } catch (e) {
      module2.exports = require_inherits_browser();
    }
    var util;
  }
});

// node_modules/lru/index.js
var require_lru = __commonJS({
  "node_modules/lru/index.js"(exports2, module2) {
    var events = require("events");
    var inherits = require_inherits();
    module2.exports = LRU2;
    function LRU2(opts) {
      if (!(this instanceof LRU2)) return new LRU2(opts);
      if (typeof opts === "number") opts = { max: opts };
      if (!opts) opts = {};
      events.EventEmitter.call(this);
      this.cache = {};
      this.head = this.tail = null;
      this.length = 0;
      this.max = opts.max || 1e3;
      this.maxAge = opts.maxAge || 0;
    }
    inherits(LRU2, events.EventEmitter);
    Object.defineProperty(LRU2.prototype, "keys", {
      get: function() {
        return Object.keys(this.cache);
      }
    });
    LRU2.prototype.clear = function() {
      this.cache = {};
      this.head = this.tail = null;
      this.length = 0;
    };
    LRU2.prototype.remove = function(key) {
      if (typeof key !== "string") key = "" + key;
      if (!this.cache.hasOwnProperty(key)) return;
      var element = this.cache[key];
      delete this.cache[key];
      this._unlink(key, element.prev, element.next);
      return element.value;
    };
    LRU2.prototype._unlink = function(key, prev, next) {
      this.length--;
      if (this.length === 0) {
        this.head = this.tail = null;
      } else {
        if (this.head === key) {
          this.head = prev;
          this.cache[this.head].next = null;
        } else if (this.tail === key) {
          this.tail = next;
          this.cache[this.tail].prev = null;
        } else {
          this.cache[prev].next = next;
          this.cache[next].prev = prev;
        }
      }
    };
    LRU2.prototype.peek = function(key) {
      if (!this.cache.hasOwnProperty(key)) return;
      var element = this.cache[key];
      if (!this._checkAge(key, element)) return;
      return element.value;
    };
    LRU2.prototype.set = function(key, value) {
      if (typeof key !== "string") key = "" + key;
      var element;
      if (this.cache.hasOwnProperty(key)) {
        element = this.cache[key];
        element.value = value;
        if (this.maxAge) element.modified = Date.now();
        if (key === this.head) return value;
        this._unlink(key, element.prev, element.next);
      } else {
        element = { value, modified: 0, next: null, prev: null };
        if (this.maxAge) element.modified = Date.now();
        this.cache[key] = element;
        if (this.length === this.max) this.evict();
      }
      this.length++;
      element.next = null;
      element.prev = this.head;
      if (this.head) this.cache[this.head].next = key;
      this.head = key;
      if (!this.tail) this.tail = key;
      return value;
    };
    LRU2.prototype._checkAge = function(key, element) {
      if (this.maxAge && Date.now() - element.modified > this.maxAge) {
        this.remove(key);
        this.emit("evict", { key, value: element.value });
        return false;
      }
      return true;
    };
    LRU2.prototype.get = function(key) {
      if (typeof key !== "string") key = "" + key;
      if (!this.cache.hasOwnProperty(key)) return;
      var element = this.cache[key];
      if (!this._checkAge(key, element)) return;
      if (this.head !== key) {
        if (key === this.tail) {
          this.tail = element.next;
          this.cache[this.tail].prev = null;
        } else {
          this.cache[element.prev].next = element.next;
        }
        this.cache[element.next].prev = element.prev;
        this.cache[this.head].next = key;
        element.prev = this.head;
        element.next = null;
        this.head = key;
      }
      return element.value;
    };
    LRU2.prototype.evict = function() {
      if (!this.tail) return;
      var key = this.tail;
      var value = this.remove(this.tail);
      this.emit("evict", { key, value });
    };
  }
});

// node_modules/random-iterate/index.js
var require_random_iterate = __commonJS({
  "node_modules/random-iterate/index.js"(exports2, module2) {
    var iterate = function(list) {
      var offset = 0;
      return function() {
        if (offset === list.length) return null;
        var len = list.length - offset;
        var i = Math.random() * len | 0;
        var el = list[offset + i];
        var tmp = list[offset];
        list[offset] = el;
        list[offset + i] = tmp;
        offset++;
        return el;
      };
    };
    module2.exports = iterate;
  }
});

// node_modules/ip/lib/ip.js
var require_ip = __commonJS({
  "node_modules/ip/lib/ip.js"(exports2) {
    var ip = exports2;
    var { Buffer: Buffer2 } = require("buffer");
    var os = require("os");
    ip.toBuffer = function(ip2, buff, offset) {
      offset = ~~offset;
      let result;
      if (this.isV4Format(ip2)) {
        result = buff || Buffer2.alloc(offset + 4);
        ip2.split(/\./g).map((byte) => {
          result[offset++] = parseInt(byte, 10) & 255;
        });
      } else if (this.isV6Format(ip2)) {
        const sections = ip2.split(":", 8);
        let i;
        for (i = 0; i < sections.length; i++) {
          const isv4 = this.isV4Format(sections[i]);
          let v4Buffer;
          if (isv4) {
            v4Buffer = this.toBuffer(sections[i]);
            sections[i] = v4Buffer.slice(0, 2).toString("hex");
          }
          if (v4Buffer && ++i < 8) {
            sections.splice(i, 0, v4Buffer.slice(2, 4).toString("hex"));
          }
        }
        if (sections[0] === "") {
          while (sections.length < 8) sections.unshift("0");
        } else if (sections[sections.length - 1] === "") {
          while (sections.length < 8) sections.push("0");
        } else if (sections.length < 8) {
          for (i = 0; i < sections.length && sections[i] !== ""; i++) ;
          const argv = [i, 1];
          for (i = 9 - sections.length; i > 0; i--) {
            argv.push("0");
          }
          sections.splice(...argv);
        }
        result = buff || Buffer2.alloc(offset + 16);
        for (i = 0; i < sections.length; i++) {
          const word = parseInt(sections[i], 16);
          result[offset++] = word >> 8 & 255;
          result[offset++] = word & 255;
        }
      }
      if (!result) {
        throw Error(`Invalid ip address: ${ip2}`);
      }
      return result;
    };
    ip.toString = function(buff, offset, length) {
      offset = ~~offset;
      length = length || buff.length - offset;
      let result = [];
      if (length === 4) {
        for (let i = 0; i < length; i++) {
          result.push(buff[offset + i]);
        }
        result = result.join(".");
      } else if (length === 16) {
        for (let i = 0; i < length; i += 2) {
          result.push(buff.readUInt16BE(offset + i).toString(16));
        }
        result = result.join(":");
        result = result.replace(/(^|:)0(:0)*:0(:|$)/, "$1::$3");
        result = result.replace(/:{3,4}/, "::");
      }
      return result;
    };
    var ipv4Regex = /^(\d{1,3}\.){3,3}\d{1,3}$/;
    var ipv6Regex = /^(::)?(((\d{1,3}\.){3}(\d{1,3}){1})?([0-9a-f]){0,4}:{0,2}){1,8}(::)?$/i;
    ip.isV4Format = function(ip2) {
      return ipv4Regex.test(ip2);
    };
    ip.isV6Format = function(ip2) {
      return ipv6Regex.test(ip2);
    };
    function _normalizeFamily(family) {
      if (family === 4) {
        return "ipv4";
      }
      if (family === 6) {
        return "ipv6";
      }
      return family ? family.toLowerCase() : "ipv4";
    }
    ip.fromPrefixLen = function(prefixlen, family) {
      if (prefixlen > 32) {
        family = "ipv6";
      } else {
        family = _normalizeFamily(family);
      }
      let len = 4;
      if (family === "ipv6") {
        len = 16;
      }
      const buff = Buffer2.alloc(len);
      for (let i = 0, n = buff.length; i < n; ++i) {
        let bits = 8;
        if (prefixlen < 8) {
          bits = prefixlen;
        }
        prefixlen -= bits;
        buff[i] = ~(255 >> bits) & 255;
      }
      return ip.toString(buff);
    };
    ip.mask = function(addr, mask) {
      addr = ip.toBuffer(addr);
      mask = ip.toBuffer(mask);
      const result = Buffer2.alloc(Math.max(addr.length, mask.length));
      let i;
      if (addr.length === mask.length) {
        for (i = 0; i < addr.length; i++) {
          result[i] = addr[i] & mask[i];
        }
      } else if (mask.length === 4) {
        for (i = 0; i < mask.length; i++) {
          result[i] = addr[addr.length - 4 + i] & mask[i];
        }
      } else {
        for (i = 0; i < result.length - 6; i++) {
          result[i] = 0;
        }
        result[10] = 255;
        result[11] = 255;
        for (i = 0; i < addr.length; i++) {
          result[i + 12] = addr[i] & mask[i + 12];
        }
        i += 12;
      }
      for (; i < result.length; i++) {
        result[i] = 0;
      }
      return ip.toString(result);
    };
    ip.cidr = function(cidrString) {
      const cidrParts = cidrString.split("/");
      const addr = cidrParts[0];
      if (cidrParts.length !== 2) {
        throw new Error(`invalid CIDR subnet: ${addr}`);
      }
      const mask = ip.fromPrefixLen(parseInt(cidrParts[1], 10));
      return ip.mask(addr, mask);
    };
    ip.subnet = function(addr, mask) {
      const networkAddress = ip.toLong(ip.mask(addr, mask));
      const maskBuffer = ip.toBuffer(mask);
      let maskLength = 0;
      for (let i = 0; i < maskBuffer.length; i++) {
        if (maskBuffer[i] === 255) {
          maskLength += 8;
        } else {
          let octet = maskBuffer[i] & 255;
          while (octet) {
            octet = octet << 1 & 255;
            maskLength++;
          }
        }
      }
      const numberOfAddresses = 2 ** (32 - maskLength);
      return {
        networkAddress: ip.fromLong(networkAddress),
        firstAddress: numberOfAddresses <= 2 ? ip.fromLong(networkAddress) : ip.fromLong(networkAddress + 1),
        lastAddress: numberOfAddresses <= 2 ? ip.fromLong(networkAddress + numberOfAddresses - 1) : ip.fromLong(networkAddress + numberOfAddresses - 2),
        broadcastAddress: ip.fromLong(networkAddress + numberOfAddresses - 1),
        subnetMask: mask,
        subnetMaskLength: maskLength,
        numHosts: numberOfAddresses <= 2 ? numberOfAddresses : numberOfAddresses - 2,
        length: numberOfAddresses,
        contains(other) {
          return networkAddress === ip.toLong(ip.mask(other, mask));
        }
      };
    };
    ip.cidrSubnet = function(cidrString) {
      const cidrParts = cidrString.split("/");
      const addr = cidrParts[0];
      if (cidrParts.length !== 2) {
        throw new Error(`invalid CIDR subnet: ${addr}`);
      }
      const mask = ip.fromPrefixLen(parseInt(cidrParts[1], 10));
      return ip.subnet(addr, mask);
    };
    ip.not = function(addr) {
      const buff = ip.toBuffer(addr);
      for (let i = 0; i < buff.length; i++) {
        buff[i] = 255 ^ buff[i];
      }
      return ip.toString(buff);
    };
    ip.or = function(a, b) {
      a = ip.toBuffer(a);
      b = ip.toBuffer(b);
      if (a.length === b.length) {
        for (let i = 0; i < a.length; ++i) {
          a[i] |= b[i];
        }
        return ip.toString(a);
      }
      let buff = a;
      let other = b;
      if (b.length > a.length) {
        buff = b;
        other = a;
      }
      const offset = buff.length - other.length;
      for (let i = offset; i < buff.length; ++i) {
        buff[i] |= other[i - offset];
      }
      return ip.toString(buff);
    };
    ip.isEqual = function(a, b) {
      a = ip.toBuffer(a);
      b = ip.toBuffer(b);
      if (a.length === b.length) {
        for (let i = 0; i < a.length; i++) {
          if (a[i] !== b[i]) return false;
        }
        return true;
      }
      if (b.length === 4) {
        const t = b;
        b = a;
        a = t;
      }
      for (let i = 0; i < 10; i++) {
        if (b[i] !== 0) return false;
      }
      const word = b.readUInt16BE(10);
      if (word !== 0 && word !== 65535) return false;
      for (let i = 0; i < 4; i++) {
        if (a[i] !== b[i + 12]) return false;
      }
      return true;
    };
    ip.isPrivate = function(addr) {
      if (ip.isLoopback(addr)) {
        return true;
      }
      if (!ip.isV6Format(addr)) {
        const ipl = ip.normalizeToLong(addr);
        if (ipl < 0) {
          throw new Error("invalid ipv4 address");
        }
        addr = ip.fromLong(ipl);
      }
      return /^(::f{4}:)?10\.([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})$/i.test(addr) || /^(::f{4}:)?192\.168\.([0-9]{1,3})\.([0-9]{1,3})$/i.test(addr) || /^(::f{4}:)?172\.(1[6-9]|2\d|30|31)\.([0-9]{1,3})\.([0-9]{1,3})$/i.test(addr) || /^(::f{4}:)?169\.254\.([0-9]{1,3})\.([0-9]{1,3})$/i.test(addr) || /^f[cd][0-9a-f]{2}:/i.test(addr) || /^fe80:/i.test(addr) || /^::1$/.test(addr) || /^::$/.test(addr);
    };
    ip.isPublic = function(addr) {
      return !ip.isPrivate(addr);
    };
    ip.isLoopback = function(addr) {
      if (!/\./.test(addr) && !/:/.test(addr)) {
        addr = ip.fromLong(Number(addr));
      }
      return /^(::f{4}:)?127\.([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})/.test(addr) || /^0177\./.test(addr) || /^0x7f\./i.test(addr) || /^fe80::1$/i.test(addr) || /^::1$/.test(addr) || /^::$/.test(addr);
    };
    ip.loopback = function(family) {
      family = _normalizeFamily(family);
      if (family !== "ipv4" && family !== "ipv6") {
        throw new Error("family must be ipv4 or ipv6");
      }
      return family === "ipv4" ? "127.0.0.1" : "fe80::1";
    };
    ip.address = function(name, family) {
      const interfaces = os.networkInterfaces();
      family = _normalizeFamily(family);
      if (name && name !== "private" && name !== "public") {
        const res = interfaces[name].filter((details) => {
          const itemFamily = _normalizeFamily(details.family);
          return itemFamily === family;
        });
        if (res.length === 0) {
          return void 0;
        }
        return res[0].address;
      }
      const all = Object.keys(interfaces).map((nic) => {
        const addresses = interfaces[nic].filter((details) => {
          details.family = _normalizeFamily(details.family);
          if (details.family !== family || ip.isLoopback(details.address)) {
            return false;
          }
          if (!name) {
            return true;
          }
          return name === "public" ? ip.isPrivate(details.address) : ip.isPublic(details.address);
        });
        return addresses.length ? addresses[0].address : void 0;
      }).filter(Boolean);
      return !all.length ? ip.loopback(family) : all[0];
    };
    ip.toLong = function(ip2) {
      let ipl = 0;
      ip2.split(".").forEach((octet) => {
        ipl <<= 8;
        ipl += parseInt(octet);
      });
      return ipl >>> 0;
    };
    ip.fromLong = function(ipl) {
      return `${ipl >>> 24}.${ipl >> 16 & 255}.${ipl >> 8 & 255}.${ipl & 255}`;
    };
    ip.normalizeToLong = function(addr) {
      const parts = addr.split(".").map((part) => {
        if (part.startsWith("0x") || part.startsWith("0X")) {
          return parseInt(part, 16);
        } else if (part.startsWith("0") && part !== "0" && /^[0-7]+$/.test(part)) {
          return parseInt(part, 8);
        } else if (/^[1-9]\d*$/.test(part) || part === "0") {
          return parseInt(part, 10);
        } else {
          return NaN;
        }
      });
      if (parts.some(isNaN)) return -1;
      let val = 0;
      const n = parts.length;
      switch (n) {
        case 1:
          val = parts[0];
          break;
        case 2:
          if (parts[0] > 255 || parts[1] > 16777215) return -1;
          val = parts[0] << 24 | parts[1] & 16777215;
          break;
        case 3:
          if (parts[0] > 255 || parts[1] > 255 || parts[2] > 65535) return -1;
          val = parts[0] << 24 | parts[1] << 16 | parts[2] & 65535;
          break;
        case 4:
          if (parts.some((part) => part > 255)) return -1;
          val = parts[0] << 24 | parts[1] << 16 | parts[2] << 8 | parts[3];
          break;
        default:
          return -1;
      }
      return val >>> 0;
    };
  }
});

// node_modules/ignore/index.js
var require_ignore = __commonJS({
  "node_modules/ignore/index.js"(exports2, module2) {
    function makeArray(subject) {
      return Array.isArray(subject) ? subject : [subject];
    }
    var UNDEFINED = void 0;
    var EMPTY = "";
    var SPACE = " ";
    var ESCAPE = "\\";
    var REGEX_LITERAL_SPECIAL = /[.*+?()[\]{}^$|\\/]/;
    var BOM = "\uFEFF";
    var REGEX_ANCHORED_GLOBSTAR = /^\/\*{2,}$/;
    var REGEX_REPLACE_LEADING_EXCAPED_EXCLAMATION = /^\\!/;
    var REGEX_REPLACE_LEADING_EXCAPED_HASH = /^\\#/;
    var REGEX_SPLITALL_CRLF = /\r?\n/g;
    var DOUBLE_SLASH = "//";
    var SLASH_CODE = 47;
    var DOT_CODE = 46;
    var SLASH = "/";
    var TMP_KEY_IGNORE = "node-ignore";
    if (typeof Symbol !== "undefined") {
      TMP_KEY_IGNORE = /* @__PURE__ */ Symbol.for("node-ignore");
    }
    var KEY_IGNORE = TMP_KEY_IGNORE;
    var define = (object2, key, value) => {
      Object.defineProperty(object2, key, { value });
      return value;
    };
    var RETURN_FALSE = () => false;
    var POSIX_CLASSES = {
      alnum: "0-9A-Za-z",
      alpha: "A-Za-z",
      blank: " \\t",
      cntrl: "\\x00-\\x1f\\x7f",
      digit: "0-9",
      graph: "!-.0-~",
      lower: "a-z",
      print: " -.0-~",
      punct: "!-.:-@\\[-`{-~",
      // git's `sane-ctype.h` classifies \v and \f as control, not space,
      //   unlike C's `isspace`
      space: " \\t\\n\\r",
      upper: "A-Z",
      xdigit: "0-9A-Fa-f"
    };
    var CLASS_MEMBERS_TO_ESCAPE = "\\]^-[";
    var escapeMember = (char) => CLASS_MEMBERS_TO_ESCAPE.indexOf(char) < 0 ? char : ESCAPE + char;
    var NON_SLASH = "(?!\\/)";
    var classSource = (negated, body) => {
      if (negated) {
        return `[^\\/${body}]`;
      }
      const source = `[${body}]`;
      return new RegExp(source).test("/") ? NON_SLASH + source : source;
    };
    var scanBracket = (pattern, start) => {
      const { length } = pattern;
      let index = start + 1;
      let negated = EMPTY;
      const lead = pattern[index];
      if (lead === "!" || lead === "^") {
        negated = "^";
        index++;
      }
      let body = EMPTY;
      let prev = EMPTY;
      for (; ; ) {
        const char = pattern[index];
        if (char === UNDEFINED) {
          return null;
        }
        if (char === ESCAPE) {
          const escaped = pattern[++index];
          body += escapeMember(escaped);
          prev = escaped;
        } else if (char === "-" && prev && index + 1 < length && pattern[index + 1] !== "]") {
          index++;
          let to = pattern[index];
          if (to === ESCAPE) {
            to = pattern[index += 1];
          }
          if (prev <= to) {
            body += `-${escapeMember(to)}`;
          }
          prev = EMPTY;
        } else if (char === "[" && pattern[index + 1] === ":") {
          const nameStart = index + 2;
          let end = nameStart;
          while (end < length && pattern[end] !== "]") {
            end++;
          }
          if (end === length) {
            return null;
          }
          if (end > nameStart && pattern[end - 1] === ":") {
            const name = pattern.slice(nameStart, end - 1);
            if (!Object.prototype.hasOwnProperty.call(POSIX_CLASSES, name)) {
              return null;
            }
            body += POSIX_CLASSES[name];
            prev = EMPTY;
            index = end;
          } else {
            body += escapeMember("[");
            prev = "[";
            index = nameStart - 2;
          }
        } else {
          body += escapeMember(char);
          prev = char;
        }
        index++;
        if (pattern[index] === "]") {
          return {
            end: index,
            source: classSource(negated, body)
          };
        }
      }
    };
    var NEVER_MATCH = "[]";
    var PLACEHOLDER = "\0";
    var REGEX_RESTORE_PLACEHOLDER = new RegExp(
      `${PLACEHOLDER}(\\d+)${PLACEHOLDER}`,
      "g"
    );
    var TRAILING_WILDCARD = "\uE000";
    var TRAILING_DOUBLESTAR = "\uE001";
    var isReserved = (char) => char === PLACEHOLDER || char === TRAILING_WILDCARD || char === TRAILING_DOUBLESTAR;
    var extractBrackets = (pattern) => {
      const sources = [];
      const hold = (source) => `${PLACEHOLDER}${sources.push(source) - 1}${PLACEHOLDER}`;
      const { length } = pattern;
      let out = EMPTY;
      let index = 0;
      while (index < length) {
        const char = pattern[index];
        if (char === ESCAPE) {
          const escaped = pattern[index + 1];
          if (escaped === SLASH && index + 2 === length) {
            out += hold(NEVER_MATCH);
          } else if (escaped === "*" || escaped === "[" || escaped === SPACE) {
            out += pattern.slice(index, index + 2);
          } else {
            out += hold(
              REGEX_LITERAL_SPECIAL.test(escaped) ? ESCAPE + escaped : isReserved(escaped) ? `[${escaped}]` : escaped
            );
          }
          index += 2;
        } else if (isReserved(char)) {
          out += hold(`[${char}]`);
          index++;
        } else if (char === "[") {
          const scanned = scanBracket(pattern, index);
          if (scanned === null) {
            out += hold(NEVER_MATCH);
            index = length;
          } else {
            out += hold(scanned.source);
            index = scanned.end + 1;
          }
        } else {
          out += char;
          index++;
        }
      }
      return {
        source: out,
        sources
      };
    };
    var DIRECT = null;
    var REGEX_INNER_SLASH = /\/(?!$)/;
    var WILDCARD = "[^\\/]*";
    var REPLACERS = [
      // Replace (\ ) with ' '
      // Only a space: an escaped tab or other whitespace is already a literal by
      //   the time it reaches here, and a bare tab must be left as one, not turned
      //   into a space.
      // (\ ) -> ' '
      // (\\ ) -> '\\ '
      // (\\\ ) -> '\\ '
      [
        // A run of backslashes is taken whole, from its first one, so no match
        //   ever starts again inside it -- `(\\+?) ` did, which made a long run
        //   quadratic.
        /(\\+)( ?)/g,
        (_, run, space) => space ? run.slice(0, run.length - run.length % 2) + SPACE : run,
        ESCAPE + SPACE
      ],
      // git's wildmatch() reads a run of two or more asterisks as one globstar
      //   whenever the run fills a path segment: it starts the pattern or follows
      //   a `/`, and it ends the pattern or comes before a `/`. A run of two is
      //   already `**`; a longer one is folded into `**` here, so the steps
      //   below only ever have to know `**`.
      // `***/foo` -> `**/foo`, `a/***/b` -> `a/**/b`, `a/***` -> `a/**`
      // git also takes a run beside a literal prefix (`a***/b`) or beside an
      //   escaped slash (`***\/b`) as a globstar, and this does not; the README
      //   lists both, under "A run of asterisks".
      [
        /(^|\/)\*{3,}(?=\/|$)/g,
        (_, start) => `${start}**`,
        "*"
      ],
      // Escape metacharacters
      // which is written down by users but means special for regular expressions.
      // > There are 12 characters with special meanings:
      // > - the backslash \,
      // > - the caret ^,
      // > - the dollar sign $,
      // > - the period or dot .,
      // > - the vertical bar or pipe symbol |,
      // > - the question mark ?,
      // > - the asterisk or star *,
      // > - the plus sign +,
      // > - the opening parenthesis (,
      // > - the closing parenthesis ),
      // > - and the opening square bracket [,
      // > - the opening curly brace {,
      // > These special characters are often called "metacharacters".
      [
        /[\\$.|*+(){^]/g,
        (match) => `\\${match}`
      ],
      [
        // > a question mark (?) matches a single character
        /(?!\\)\?/g,
        () => "[^/]",
        "?"
      ],
      // leading slash
      [
        // > A leading slash matches the beginning of the pathname.
        // > For example, "/*.c" matches "cat-file.c" but not "mozilla-sha1/sha1.c".
        // A leading slash matches the beginning of the pathname
        /^\//,
        () => "^",
        SLASH
      ],
      // replace special metacharacter slash after the leading slash
      [
        /\//g,
        () => "\\/",
        SLASH
      ],
      [
        // > A leading "**" followed by a slash means match in all directories.
        // > For example, "**/foo" matches file or directory "foo" anywhere,
        // > the same as pattern "foo".
        // > "**/foo/bar" matches file or directory "bar" anywhere that is directly
        // >   under directory "foo".
        // Notice that the '*'s have been replaced as '\\*'
        /^\^*(?:\\\*\\\*\\\/)+/,
        // '**/foo' <-> 'foo'
        () => "(?:^|\\/)",
        "*"
      ],
      // starting
      [
        // there will be no leading '/'
        //   (which has been replaced by section "leading slash")
        // If starts with '**', adding a '^' to the regular expression also works
        DIRECT,
        (source, pattern) => {
          if (!source || source[0] === "^" || source[0] === "(") {
            return source;
          }
          const anchor = !REGEX_INNER_SLASH.test(pattern) ? "(?:^|\\/)" : "^";
          return anchor + source;
        }
      ],
      // two globstars
      [
        // Use lookahead assertions so that we could match more than one `'/**'`
        /\\\/\\\*\\\*(?=\\\/|$)/g,
        // Zero, one or several directories
        // should not use '*', or it will be replaced by the next replacer
        // Check if it is not the last `'/**'`
        (_, index, str) => index + 6 < str.length ? str.slice(index + 6) === "\\/" ? "(?:\\/[^\\/]+)+" : "(?:\\/[^\\/]+)*" : `\\/${TRAILING_DOUBLESTAR}`,
        "*"
      ],
      // normal intermediate wildcards
      [
        // Never replace escaped '*'
        // ignore rule '\*' will match the path '*'
        // 'abc.*/' -> go
        // 'abc.*'  -> skip this rule,
        //    coz trailing single wildcard will be handed by [trailing wildcard]
        /(^|[^\\])(?:\\\*)+(?!$)/g,
        // '*.js' matches '.js'
        // '*.js' doesn't match 'abc'
        // 1. An asterisk "*" matches anything except a slash.
        // 2. Other consecutive asterisks are considered regular asterisks
        //    and collapse into one non-slash wildcard run.
        (_, p1) => p1 + WILDCARD,
        "*"
      ],
      // trailing wildcard, held apart from a literal star
      [
        // The step above leaves a trailing `*` alone, so a single `\*` is all that
        //   can be left at the end here, and what stands in front of it says which
        //   kind it is. A wildcard arrives as the escaper wrote it, `\*` with
        //   nothing before it; a literal arrives as the user's own escape, which
        //   the escaper doubled, and then the star's own -- `\\` and then `\*`.
        //   There is no third case: every backslash still reaching the chain is
        //   one `\*`, `\[` or `\ ` carries itself, and each is followed by its
        //   own character, so a longer run can never form. This runs while the
        //   two are still distinct, before the unescape steps below collapse the
        //   literal onto the very `\*` a wildcard leaves behind.
        /(^|[^\\])((?:\\\\)*)\\\*$/,
        (match, p1, p2) => p2 === EMPTY ? p1 + TRAILING_WILDCARD : match,
        "*"
      ],
      [
        // unescape, revert step 3 except for back slash
        // For example, if a user escape a '\\*',
        // after step 3, the result will be '\\\\\\*'
        /\\\\\\(?=[$.|*+(){^])/g,
        () => ESCAPE,
        ESCAPE + ESCAPE
      ],
      [
        // '\\\\' -> '\\'
        /\\\\/g,
        () => ESCAPE,
        ESCAPE + ESCAPE
      ],
      [
        // Every real bracket expression -- POSIX classes included -- has already
        //   been held aside by `extractBrackets`, so the only `[` left in the
        //   pattern is an escaped, literal one.
        // A backslash could only stand at the end of the range if it quoted the
        //   `]`, and `\]` is held aside long before this.
        /\\\[([^\]/]*?)($|\])/g,
        // '\\[bar]' -> '\\\\[bar]'
        (match, range, close) => `\\[${range}${close}`,
        "["
      ],
      // ending
      [
        // 'js' will not match 'js.'
        // 'ab' will not match 'abc'
        DIRECT,
        // WTF!
        // https://git-scm.com/docs/gitignore
        // changes in [2.22.1](https://git-scm.com/docs/gitignore/2.22.1)
        // which re-fixes #24, #38
        // > If there is a separator at the end of the pattern then the pattern
        // > will only match directories, otherwise the pattern can match both
        // > files and directories.
        // 'js*' will not match 'a.js'
        // 'js/' will not match 'a.js'
        // 'js' will match 'a.js' and 'a.js/'
        (source) => {
          const last = source[source.length - 1];
          if (!last || last === TRAILING_WILDCARD || last === TRAILING_DOUBLESTAR) {
            return source;
          }
          return last === SLASH ? `${source}$` : `${source}(?=$|\\/$)`;
        }
      ]
    ];
    var REGEX_REPLACE_TRAILING_WILDCARD = /(^|\\\/)?\uE000$/;
    var MODE_IGNORE = "regex";
    var MODE_CHECK_IGNORE = "checkRegex";
    var UNDERSCORE = "_";
    var replaceTrailingWildcard = (_, p1) => {
      const prefix = p1 ? `${p1}[^/]+` : "[^/]*";
      return `${prefix}(?=$|\\/$)`;
    };
    var REGEX_REPLACE_TRAILING_DOUBLESTAR = /\uE001$/;
    var replaceTrailingDoublestar = () => "[\\s\\S]";
    var separatorAfter = (run, at) => {
      let separator = EMPTY;
      for (let index = at + 1; index < run.length && !run[index].wildcard; index++) {
        separator += run[index].single;
      }
      return separator;
    };
    var pinWildcards = (source) => {
      if (source.indexOf(WILDCARD) < 0) {
        return source;
      }
      const tokens = [];
      const { length } = source;
      let index = 0;
      while (index < length) {
        const char = source[index];
        if (source.startsWith(WILDCARD, index)) {
          tokens.push({ wildcard: true });
          index += WILDCARD.length;
        } else if (char === "[") {
          let end = index + 1;
          if (source[end] === "^") {
            end++;
          }
          if (source[end] === "]") {
            end++;
          }
          while (end < length && source[end] !== "]") {
            end += source[end] === ESCAPE ? 2 : 1;
          }
          end++;
          tokens.push({ single: source.slice(index, end) });
          index = end;
        } else if (char === ESCAPE) {
          tokens.push({ single: source.slice(index, index + 2) });
          index += 2;
        } else if (char === "(") {
          let depth = 0;
          let end = index;
          do {
            if (source[end] === ESCAPE) {
              end++;
            } else if (source[end] === "(") {
              depth++;
            } else if (source[end] === ")") {
              depth--;
            }
            end++;
          } while (end < length && depth > 0);
          if ("*+?".indexOf(source[end]) >= 0) {
            end++;
          }
          tokens.push({ boundary: source.slice(index, end) });
          index = end;
        } else if (char === "^" || char === "$") {
          tokens.push({ boundary: char });
          index++;
        } else {
          tokens.push({ single: char });
          index++;
        }
      }
      let out = EMPTY;
      let run = [];
      const flush = () => {
        let lastWildcard;
        run.forEach((token2, at) => {
          if (token2.wildcard) {
            lastWildcard = at;
          }
        });
        run.forEach((token2, at) => {
          if (!token2.wildcard) {
            out += token2.single;
            return;
          }
          out += at === lastWildcard ? WILDCARD : `(?:(?!${separatorAfter(run, at)})[^\\/])*`;
        });
        run = [];
      };
      tokens.forEach((token2) => {
        if (token2.boundary === void 0) {
          run.push(token2);
          return;
        }
        flush();
        out += token2.boundary;
      });
      flush();
      return out;
    };
    var makeRegexPrefix = (pattern) => {
      if (REGEX_ANCHORED_GLOBSTAR.test(pattern)) {
        pattern = "**";
      }
      const { source, sources } = extractBrackets(pattern);
      const replaced = REPLACERS.reduce(
        // A pass whose matcher finds nothing hands back the very string it was
        //   given, so asking first costs a search and saves a rewrite. Ten of the
        //   fifteen passes never fire for a typical .gitignore line, and between
        //   them they were 45% of this chain.
        (prev, [matcher, replacer, required2]) => {
          if (matcher === DIRECT) {
            return replacer(prev, pattern);
          }
          if (required2 !== UNDEFINED && prev.indexOf(required2) < 0) {
            return prev;
          }
          return matcher.test(prev) ? prev.replace(matcher, replacer.bind(pattern)) : prev;
        },
        source
      );
      return sources.length ? replaced.replace(
        REGEX_RESTORE_PLACEHOLDER,
        (match, index) => sources[index]
      ) : replaced;
    };
    var checkSourceOf = (body, prefix) => {
      if (body[body.length - 1] === SLASH) {
        prefix = makeRegexPrefix(body.slice(0, -1));
      }
      const head = prefix.slice(0, -1);
      const last = prefix[prefix.length - 1];
      return last === TRAILING_WILDCARD ? `${head}$` : last === TRAILING_DOUBLESTAR ? head : NEVER_MATCH;
    };
    var matchesBasename = (body) => {
      const index = body.indexOf(SLASH);
      return index < 0 || index === body.length - 1;
    };
    var basenameOf = (path) => {
      const end = path.length - 1;
      const index = path.lastIndexOf(
        SLASH,
        path[end] === SLASH ? end - 1 : end
      );
      return index < 0 ? path : path.slice(index + 1);
    };
    var parentOf = (path) => {
      if (path.charCodeAt(0) === SLASH_CODE || path.indexOf(DOUBLE_SLASH) >= 0) {
        const slices = path.split(SLASH).filter(Boolean);
        slices.pop();
        return slices.length ? slices.join(SLASH) + SLASH : EMPTY;
      }
      const end = path.length - 1;
      const cut = path.lastIndexOf(
        SLASH,
        path.charCodeAt(end) === SLASH_CODE ? end - 1 : end
      );
      return cut < 0 ? EMPTY : path.slice(0, cut + 1);
    };
    var isString = (subject) => typeof subject === "string";
    var checkPattern = (pattern) => pattern && isString(pattern);
    var splitPattern = (pattern) => (pattern[pattern.length - 1] === "\r" ? pattern.slice(0, -1) : pattern).split(REGEX_SPLITALL_CRLF).filter(Boolean);
    var IgnoreRule = class {
      constructor(pattern, mark, body, ignoreCase, negative, prefix) {
        this.pattern = pattern;
        this.mark = mark;
        this.negative = negative;
        define(this, "body", body);
        define(this, "ignoreCase", ignoreCase);
        define(this, "regexPrefix", prefix);
      }
      // Worked out on first use and kept behind an own property, the way `regex`
      //   caches itself in `_regex`. Deciding it in the constructor instead would
      //   add a fourth `defineProperty` to every rule ever built, which cost 4% of
      //   every compile -- including the compiles of rules that are never matched
      //   against anything.
      get _basenameOnly() {
        return define(this, "_basenameOnly", matchesBasename(this.body));
      }
      get regex() {
        const key = UNDERSCORE + MODE_IGNORE;
        if (this[key]) {
          return this[key];
        }
        return this._make(MODE_IGNORE, key);
      }
      get checkRegex() {
        const key = UNDERSCORE + MODE_CHECK_IGNORE;
        if (this[key]) {
          return this[key];
        }
        return this._make(MODE_CHECK_IGNORE, key);
      }
      _make(mode, key) {
        const str = pinWildcards(
          mode === MODE_IGNORE ? this.regexPrefix.replace(REGEX_REPLACE_TRAILING_WILDCARD, replaceTrailingWildcard).replace(REGEX_REPLACE_TRAILING_DOUBLESTAR, replaceTrailingDoublestar) : checkSourceOf(this.body, this.regexPrefix)
        );
        const regex = this.ignoreCase ? new RegExp(str, "i") : new RegExp(str);
        return define(this, key, regex);
      }
    };
    var hasTrailingBackslash = (str) => {
      let count = 0;
      while (str[str.length - count - 1] === ESCAPE) {
        count++;
      }
      return count % 2 === 1;
    };
    var trimEnd = (body, stripLineEnd) => {
      let lineEnd = body.length;
      let end;
      for (; ; ) {
        if (stripLineEnd && body[lineEnd - 1] === "\r") {
          lineEnd--;
        }
        end = lineEnd;
        while (body[end - 1] === SPACE) {
          end--;
        }
        if (!stripLineEnd || body[end - 1] !== "\n") {
          break;
        }
        lineEnd = end - 1;
      }
      if (end === lineEnd) {
        return body.slice(0, lineEnd);
      }
      let backslashes = 0;
      while (body[end - backslashes - 1] === ESCAPE) {
        backslashes++;
      }
      return backslashes % 2 ? body.slice(0, end - 1) + SPACE : body.slice(0, end);
    };
    var createRule = (pattern, mark, ignoreCase, stripLineEnd, stripBOM) => {
      let body = stripBOM && pattern[0] === BOM ? pattern.slice(1) : pattern;
      if (body[0] === "#") {
        return;
      }
      let negative = false;
      if (body[0] === "!") {
        negative = true;
        body = body.slice(1);
      }
      const last = body[body.length - 1];
      if (last === SPACE || stripLineEnd && (last === "\r" || last === "\n")) {
        body = trimEnd(body, stripLineEnd);
      }
      if (!body || hasTrailingBackslash(body)) {
        return;
      }
      body = body.replace(REGEX_REPLACE_LEADING_EXCAPED_EXCLAMATION, "!").replace(REGEX_REPLACE_LEADING_EXCAPED_HASH, "#");
      const regexPrefix = makeRegexPrefix(body);
      return new IgnoreRule(
        pattern,
        mark,
        body,
        ignoreCase,
        negative,
        regexPrefix
      );
    };
    var RuleManager = class {
      constructor(ignoreCase) {
        this._ignoreCase = ignoreCase;
        this._rules = [];
        this._basenameCount = 0;
      }
      _add(pattern, index) {
        if (pattern && pattern[KEY_IGNORE]) {
          this._rules = this._rules.concat(pattern._rules._rules);
          this._basenameCount += pattern._rules._basenameCount;
          this._added = true;
          return;
        }
        const isStr = isString(pattern);
        const raw = isStr ? pattern : pattern.pattern;
        const rule = checkPattern(raw) && createRule(
          raw,
          isStr ? UNDEFINED : pattern.mark,
          this._ignoreCase,
          !this._split,
          this._stripBOM && !index
        );
        if (rule) {
          this._added = true;
          this._rules.push(rule);
          if (matchesBasename(rule.body)) {
            this._basenameCount++;
          }
        }
      }
      // @param {Array<string> | string | Ignore} pattern
      add(pattern) {
        this._added = false;
        this._split = isString(pattern);
        this._stripBOM = !this._split || pattern[0] === BOM;
        makeArray(
          this._split ? splitPattern(pattern) : pattern
        ).forEach(this._add, this);
        if (this._added) {
          this._literalRules = UNDEFINED;
        }
        return this._added;
      }
      // Match the literal 'abc/' for `checkIgnore`, last rule wins. Only a rule
      //   ending in a wildcard can match it (see `checkSourceOf`), so the rest
      //   are left out once, rather than tested or compiled for every path.
      testLiteral(path) {
        const rules = this._literalRules || (this._literalRules = this._rules.filter(
          ({ body }) => body[body.length - (body[body.length - 1] === SLASH ? 2 : 1)] === "*"
        ));
        let ignored = false;
        let unignored = false;
        let matchedRule;
        for (let index = rules.length - 1; index >= 0; index--) {
          const rule = rules[index];
          if (rule.checkRegex.test(path)) {
            ignored = !rule.negative;
            unignored = rule.negative;
            matchedRule = rule.negative ? UNDEFINED : rule;
            break;
          }
        }
        const ret = {
          ignored,
          unignored
        };
        if (matchedRule) {
          ret.rule = matchedRule;
        }
        return ret;
      }
      // Test one single path without recursively checking parent directories
      //
      // - mode `string` either `MODE_IGNORE` or `MODE_CHECK_IGNORE`
      // @returns {TestResult}
      test(path, mode) {
        const rules = this._rules;
        const { length } = rules;
        const shortcut = this._basenameCount * 2 >= length;
        const basename2 = shortcut ? basenameOf(path) : path;
        for (let index = length - 1; index >= 0; index--) {
          const rule = rules[index];
          if (rule[mode].test(
            shortcut && rule._basenameOnly ? basename2 : path
          )) {
            const { negative } = rule;
            const ret = {
              ignored: !negative,
              unignored: negative
            };
            if (!negative) {
              ret.rule = rule;
            }
            return ret;
          }
        }
        return {
          ignored: false,
          unignored: false
        };
      }
    };
    var throwError = (message, Ctor) => {
      throw new Ctor(message);
    };
    var checkPath = (path, originalPath, doThrow) => {
      if (!isString(path)) {
        return doThrow(
          `path must be a string, but got \`${originalPath}\``,
          TypeError
        );
      }
      if (!path) {
        return doThrow(`path must not be empty`, TypeError);
      }
      if (checkPath.isNotRelative(path)) {
        const r = "`path.relative()`d";
        return doThrow(
          `path should be a ${r} string, but got "${originalPath}"`,
          RangeError
        );
      }
      return true;
    };
    var isNotRelative = (path) => {
      const first = path.charCodeAt(0);
      if (first === SLASH_CODE) {
        return true;
      }
      if (first !== DOT_CODE) {
        return false;
      }
      if (path.length === 1) {
        return true;
      }
      const second = path.charCodeAt(1);
      if (second === SLASH_CODE) {
        return true;
      }
      if (second !== DOT_CODE) {
        return false;
      }
      return path.length === 2 || path.charCodeAt(2) === SLASH_CODE;
    };
    checkPath.isNotRelative = isNotRelative;
    checkPath.convert = (p) => p;
    var convertPath = (target) => isString(target) && checkPath.convert(target);
    var Ignore = class {
      constructor({
        ignorecase = true,
        ignoreCase = ignorecase,
        allowRelativePaths = false
      } = {}) {
        define(this, KEY_IGNORE, true);
        this._rules = new RuleManager(ignoreCase);
        this._strictPathCheck = !allowRelativePaths;
        this._initCache();
      }
      _initCache() {
        this._ignoreCache = /* @__PURE__ */ Object.create(null);
        this._testCache = /* @__PURE__ */ Object.create(null);
      }
      add(pattern) {
        if (this._rules.add(pattern)) {
          this._initCache();
        }
        return this;
      }
      // legacy
      addPattern(pattern) {
        return this.add(pattern);
      }
      // @returns {TestResult}
      _test(originalPath, cache2, path) {
        checkPath(
          path,
          originalPath,
          this._strictPathCheck ? throwError : RETURN_FALSE
        );
        return path ? this._t(path, cache2) : {
          ignored: false,
          unignored: false
        };
      }
      checkIgnore(target) {
        const path = convertPath(target);
        if (!path || path.charCodeAt(path.length - 1) !== SLASH_CODE) {
          return this._test(target, this._testCache, path);
        }
        const dir = this._t(path, this._testCache);
        if (dir.ignored) {
          return dir;
        }
        const literal2 = this._rules.testLiteral(path);
        return literal2.ignored || literal2.unignored ? literal2 : dir;
      }
      _t(path, cache2) {
        if (path in cache2) {
          return cache2[path];
        }
        const parentPath2 = parentOf(path);
        const parent = parentPath2 ? this._t(parentPath2, cache2) : UNDEFINED;
        return cache2[path] = parent && parent.ignored ? parent : this._rules.test(path, MODE_IGNORE);
      }
      ignores(path) {
        return this._test(path, this._ignoreCache, convertPath(path)).ignored;
      }
      createFilter() {
        return (path) => !this.ignores(path);
      }
      filter(paths) {
        return makeArray(paths).filter(this.createFilter());
      }
      // @returns {TestResult}
      test(path) {
        return this._test(path, this._testCache, convertPath(path));
      }
    };
    var factory = (options) => new Ignore(options);
    var isPathValid = (path) => checkPath(convertPath(path), path, RETURN_FALSE);
    var setupWindows = () => {
      const makePosix = (str) => /^\\\\\?\\/.test(str) || /["<>|\u0000-\u001F]+/u.test(str) ? str : str.replace(/\\/g, "/");
      checkPath.convert = makePosix;
      const REGEX_TEST_WINDOWS_PATH_ABSOLUTE = /^[a-z]:\//i;
      checkPath.isNotRelative = (path) => REGEX_TEST_WINDOWS_PATH_ABSOLUTE.test(path) || isNotRelative(path);
    };
    if (
      // Detect `process` so that it can run in browsers.
      typeof process !== "undefined" && process.platform === "win32"
    ) {
      setupWindows();
    }
    module2.exports = factory;
    factory.default = factory;
    module2.exports.isPathValid = isPathValid;
    define(module2.exports, /* @__PURE__ */ Symbol.for("setupWindows"), setupWindows);
  }
});

// src/swarm/turns-engine.ts
var import_node_perf_hooks2 = require("node:perf_hooks");

// src/core/rate-limiter.ts
var BURST_MS = 50;
var RateLimiter = class {
  #bytesPerSecond;
  #freeAtMs = Number.NEGATIVE_INFINITY;
  /** 0: no limit. */
  constructor(bytesPerSecond) {
    this.#bytesPerSecond = bytesPerSecond;
  }
  /** Milliseconds until something may be sent; 0: now. */
  waitMs(nowMs) {
    return this.#bytesPerSecond === 0 ? 0 : Math.max(0, this.#freeAtMs - nowMs);
  }
  /** To be called for what is sent after `waitMs` answered 0. */
  spend(bytes2, nowMs) {
    if (this.#bytesPerSecond === 0) return;
    this.#freeAtMs = Math.max(this.#freeAtMs, nowMs - BURST_MS) + bytes2 / this.#bytesPerSecond * 1e3;
  }
};

// src/core/bitfield.ts
var Bitfield = class _Bitfield {
  size;
  bytes;
  #count = 0;
  constructor(size) {
    this.size = size;
    this.bytes = new Uint8Array(Math.ceil(size / 8));
  }
  static full(size) {
    const field = new _Bitfield(size);
    for (let piece = 0; piece < size; piece++) field.add(piece);
    return field;
  }
  /** Undefined where the bytes have the wrong length or a spare bit is set: BEP 3 says to drop such a peer. */
  static tryParse(bytes2, size) {
    const field = new _Bitfield(size);
    if (bytes2.length !== field.bytes.length) return void 0;
    for (let piece = 0; piece < bytes2.length * 8; piece++) {
      if (((bytes2[piece >> 3] ?? 0) & 128 >> (piece & 7)) === 0) continue;
      if (piece >= size) return void 0;
      field.add(piece);
    }
    return field;
  }
  get count() {
    return this.#count;
  }
  get complete() {
    return this.#count === this.size;
  }
  has(piece) {
    return ((this.bytes[piece >> 3] ?? 0) & 128 >> (piece & 7)) !== 0;
  }
  /** False where it was there already. */
  add(piece) {
    if (this.has(piece)) return false;
    this.bytes[piece >> 3] = (this.bytes[piece >> 3] ?? 0) | 128 >> (piece & 7);
    this.#count += 1;
    return true;
  }
  remove(piece) {
    if (!this.has(piece)) return false;
    this.bytes[piece >> 3] = (this.bytes[piece >> 3] ?? 0) & ~(128 >> (piece & 7));
    this.#count -= 1;
    return true;
  }
};

// src/core/scheduler-border.ts
var PATIENCE_MS = 2e3;
var OPEN_MS = 1e4;
var Border = class {
  #options;
  /** How many peers of our zone have each piece. Those that let one stall do not count. */
  #inside;
  /** The highest hash of a neighbour in our zone, for each piece. */
  #highest;
  #lastPieceMs;
  #openUntilMs = Number.NEGATIVE_INFINITY;
  #open = false;
  constructor(options) {
    this.#options = options;
    this.#inside = new Uint16Array(options.have.size);
    this.#highest = new Uint32Array(options.have.size);
  }
  peerJoined(peer) {
    if (!peer.near) return;
    this.#raise(peer.key);
    this.#recount();
  }
  /** It is no longer among the peers. */
  peerLeft(peer) {
    if (!peer.near) return;
    if (!peer.stalled) this.#countAll(peer, -1);
    this.#highest.fill(0);
    for (const other of this.#options.peers) if (other.near) this.#raise(other.key);
    this.#recount();
  }
  peerHas(peer, piece) {
    if (!peer.near) {
      if (this.#isForUs(piece)) peer.imports += 1;
      return;
    }
    if (peer.stalled) return;
    if (this.#isForUs(piece)) this.#noLongerForUs(piece);
    this.#inside[piece] += 1;
  }
  /** To be called before the piece is among those that we have. */
  stored(piece) {
    if (this.#isForUs(piece)) this.#noLongerForUs(piece);
  }
  setStalled(peer, stalled) {
    if (peer.stalled === stalled) return;
    peer.stalled = stalled;
    if (!peer.near) return;
    this.#countAll(peer, stalled ? -1 : 1);
    this.#recount();
  }
  pieceArrived(nowMs) {
    this.#lastPieceMs = nowMs;
  }
  tick(nowMs) {
    this.#lastPieceMs ??= nowMs;
    if (nowMs - this.#lastPieceMs > PATIENCE_MS) this.#openUntilMs = nowMs + OPEN_MS;
    const open3 = nowMs < this.#openUntilMs;
    if (open3 === this.#open) return;
    this.#open = open3;
    for (const peer of this.#options.peers) if (!peer.near) this.#options.onUse(peer);
  }
  /** Whether this piece may be taken from this peer. `told`: the peer has chosen it for us. */
  lets(peer, piece, told) {
    if (peer.near || this.#open) return true;
    return this.#inside[piece] === 0 && (told || this.#isForUs(piece));
  }
  /** How many of the peer's pieces we would take from it unasked. */
  worth(peer) {
    return peer.near || this.#open ? peer.useful : peer.imports;
  }
  #isForUs(piece) {
    const { have, ownKey } = this.#options;
    return this.#inside[piece] === 0 && !have.has(piece) && hash(ownKey, piece) >= this.#highest[piece];
  }
  #noLongerForUs(piece) {
    for (const peer of this.#options.peers) {
      if (peer.near || !peer.has.has(piece)) continue;
      peer.imports -= 1;
      this.#options.onUse(peer);
    }
  }
  #raise(key) {
    for (let piece = 0; piece < this.#highest.length; piece++)
      this.#highest[piece] = Math.max(this.#highest[piece], hash(key, piece));
  }
  #countAll(peer, by) {
    for (let piece = 0; piece < this.#inside.length; piece++)
      if (peer.has.has(piece)) this.#inside[piece] += by;
  }
  #recount() {
    const far = this.#options.peers.filter((peer) => !peer.near);
    for (const peer of far) peer.imports = 0;
    for (let piece = 0; piece < this.#inside.length; piece++) {
      if (!this.#isForUs(piece)) continue;
      for (const peer of far) if (peer.has.has(piece)) peer.imports += 1;
    }
    for (const peer of far) this.#options.onUse(peer);
  }
};
function hash(key, piece) {
  let bits = (key ^ Math.imul(piece + 1, 2654435761)) >>> 0;
  bits = Math.imul(bits ^ bits >>> 16, 2246822507);
  bits = Math.imul(bits ^ bits >>> 13, 3266489909);
  return (bits ^ bits >>> 16) >>> 0;
}

// src/core/scheduler-coming.ts
var STRANGER_BYTES_MAX = 250 * 16 * 1024;
var AHEAD_BYTES_MAX = 4 * STRANGER_BYTES_MAX;
var Coming = class {
  #options;
  #senders = /* @__PURE__ */ new Set();
  #aheadCount = 0;
  /** Until then nothing more may be taken, unless a place becomes free before. */
  #fullUntilMs = Number.NEGATIVE_INFINITY;
  constructor(options) {
    this.#options = options;
  }
  /** In the order in which they were asked. */
  get senders() {
    return this.#senders;
  }
  /** One that two peers send is counted twice. */
  get pieceCount() {
    return this.#senders.size + this.#aheadCount;
  }
  /** Of the pieces that lag as many again may be on their way: each of them is memory. */
  isFull(nowMs) {
    const { downloadsMax, pace } = this.#options;
    if (nowMs <= this.#fullUntilMs || this.hasNoRoom) return true;
    if (this.#senders.size < downloadsMax) return false;
    const { laggingMs } = pace;
    let counted = this.#senders.size;
    for (const peer of this.#senders) {
      const lagsAtMs = peer.download.startMs + laggingMs;
      if (nowMs <= lagsAtMs) {
        if (counted === downloadsMax) this.#fullUntilMs = lagsAtMs;
        break;
      }
      counted -= 1;
    }
    return counted >= downloadsMax;
  }
  get hasNoRoom() {
    const { downloadsMax, unstoredMax, pieces } = this.#options;
    return pieces.arrived.size >= unstoredMax || this.#senders.size >= 2 * downloadsMax;
  }
  get hasRoomAhead() {
    return !this.hasNoRoom && this.#aheadCount * this.#options.pieceBytes(0) < AHEAD_BYTES_MAX;
  }
  begins(peer, piece, nowMs) {
    this.#sends(peer, piece, nowMs);
    this.#options.pieces.comes(piece);
  }
  beginsAhead(peer, piece) {
    peer.ahead.push(piece);
    this.#aheadCount += 1;
    this.#options.pieces.comes(piece);
  }
  /** False: it is not on its way from this peer. */
  ends(peer, piece, nowMs) {
    const at = peer.ahead.indexOf(piece);
    if (at >= 0) {
      peer.ahead.splice(at, 1);
      this.#aheadCount -= 1;
    } else if (peer.download?.piece === piece) {
      this.#nextAhead(peer, nowMs);
    } else {
      return false;
    }
    this.#noLongerComes(piece);
    return true;
  }
  endAll(peer) {
    if (peer.download === void 0) return;
    const ended = [peer.download.piece, ...peer.ahead];
    this.#aheadCount -= peer.ahead.length;
    peer.ahead.length = 0;
    for (const piece of ended) this.#noLongerComes(piece);
    peer.download = void 0;
    this.#senders.delete(peer);
  }
  #nextAhead(peer, nowMs) {
    const piece = peer.ahead.shift();
    this.#senders.delete(peer);
    peer.download = void 0;
    if (piece === void 0) return;
    this.#aheadCount -= 1;
    this.#sends(peer, piece, nowMs);
  }
  #sends(peer, piece, nowMs) {
    peer.download = { piece, startMs: nowMs, progressMs: nowMs, share: 0 };
    this.#senders.add(peer);
  }
  #noLongerComes(piece) {
    this.#options.pieces.comesNoLonger(piece);
    this.#fullUntilMs = Number.NEGATIVE_INFINITY;
  }
};

// src/core/scheduler-pace.ts
var LATE_FACTOR = 2;
var LATE_MIN_MS = 300;
var LAGGING_FACTOR = 4;
var LAGGING_MIN_MS = 500;
var LAGGING_MAX_MS = 3e3;
var TOO_SLOW_FACTOR = 12;
var TOO_SLOW_MIN_MS = 3e3;
var USUAL_PIECE_UNKNOWN_MS = 2e3;
var USUAL_PIECE_WEIGHT = 0.1;
var QUICK_PIECE_WEIGHT = 0.5;
var Pace = class {
  #usualPieceMs;
  arrived({ startMs }, nowMs) {
    const tookMs = nowMs - startMs;
    const before = this.#usualPieceMs ?? tookMs;
    const weight = tookMs < before ? QUICK_PIECE_WEIGHT : USUAL_PIECE_WEIGHT;
    this.#usualPieceMs = before + weight * (tookMs - before);
  }
  isLate(download, nowMs) {
    return this.#lasts(download, LATE_FACTOR, LATE_MIN_MS, nowMs);
  }
  isTooSlow(download, nowMs) {
    return this.#lasts(download, TOO_SLOW_FACTOR, TOO_SLOW_MIN_MS, nowMs);
  }
  get laggingMs() {
    return Math.min(LAGGING_MAX_MS, Math.max(LAGGING_MIN_MS, LAGGING_FACTOR * this.#usualMs));
  }
  get #usualMs() {
    return this.#usualPieceMs ?? USUAL_PIECE_UNKNOWN_MS;
  }
  #lasts({ startMs, share }, factor, minMs, nowMs) {
    const limitMs = Math.max(minMs, factor * this.#usualMs);
    const tookMs = nowMs - startMs;
    return tookMs > limitMs && (share === 0 || tookMs * (1 - share) / share > limitMs);
  }
};

// src/core/scheduler-pieces.ts
var Pieces = class {
  #options;
  /** How many peers have each piece. */
  #copies;
  /** How many peers are sending us each piece. */
  #senders;
  /** Whole, but not yet checked and stored: lacking, and not to be asked for. */
  #arrived = /* @__PURE__ */ new Set();
  /** Here, arrived or on their way: nobody is asked for these but in the end game. */
  #taken;
  constructor(options) {
    const { pieceCount: pieceCount2, have } = options;
    this.#options = options;
    this.#copies = new Uint16Array(pieceCount2);
    this.#senders = new Uint8Array(pieceCount2);
    this.#taken = new Bitfield(pieceCount2);
    for (let piece = 0; piece < pieceCount2; piece++) if (have.has(piece)) this.#taken.add(piece);
  }
  copies(piece) {
    return this.#copies[piece];
  }
  senders(piece) {
    return this.#senders[piece];
  }
  get arrived() {
    return this.#arrived;
  }
  isTaken(piece) {
    return this.#taken.has(piece);
  }
  peerHas(piece) {
    this.#copies[piece] += 1;
  }
  peerLeft(has) {
    for (let piece = 0; piece < this.#copies.length; piece++) if (has.has(piece)) this.#copies[piece] -= 1;
  }
  /** A peer was asked for it. */
  comes(piece) {
    this.#senders[piece] += 1;
    this.#taken.add(piece);
  }
  /** One of those that were asked sends it no longer, or has sent it. */
  comesNoLonger(piece) {
    this.#senders[piece] -= 1;
    this.#freeUnlessTaken(piece);
  }
  arrives(piece) {
    if (this.#options.have.has(piece)) return;
    this.#arrived.add(piece);
    this.#taken.add(piece);
  }
  stored(piece) {
    this.#arrived.delete(piece);
    this.#taken.add(piece);
  }
  /** What arrived is bad, or cannot be kept. */
  lost(piece) {
    this.#arrived.delete(piece);
    this.#freeUnlessTaken(piece);
  }
  /** Of `[from, to)` the rarest that `held` has, nobody sends us and `isLet`; ties at random; undefined: none. */
  rarest(held, from, to, isLet) {
    let rarest;
    let rarestCopies = Number.POSITIVE_INFINITY;
    let ties = 0;
    const [heldBytes, takenBytes] = [held.bytes, this.#taken.bytes];
    for (let piece = from; piece < to; piece++) {
      const wanted = heldBytes[piece >> 3] & ~takenBytes[piece >> 3] & 255 >> (piece & 7);
      if (wanted === 0) {
        piece |= 7;
        continue;
      }
      piece = (piece & ~7) + Math.clz32(wanted) - 24;
      if (piece >= to) break;
      const copies = this.#copies[piece];
      if (copies > rarestCopies || !isLet(piece)) continue;
      if (copies < rarestCopies) {
        rarest = piece;
        rarestCopies = copies;
        ties = 1;
      } else {
        ties += 1;
        if (this.#options.random() * ties < 1) rarest = piece;
      }
    }
    return rarest;
  }
  #freeUnlessTaken(piece) {
    if (this.#senders[piece] === 0 && !this.#options.have.has(piece) && !this.#arrived.has(piece))
      this.#taken.remove(piece);
  }
};

// src/core/scheduler-downloads.ts
var STALL_MS = 2e3;
var SNUB_MS = 1e4;
var REFUSED_MS = 20;
var REFUSED_LONGEST_MS = 1e3;
var CHOOSES_MS = 250;
var SUGGESTED_MAX = 64;
var RANDOM_TRIES = 6;
var Downloads = class {
  #options;
  #pieces;
  #pace = new Pace();
  #coming;
  #border;
  /** Whose offers are or were for now. */
  #forNow = /* @__PURE__ */ new Set();
  #all = [];
  #firstPiecesLeft = 0;
  #firstOnly;
  /** Beyond the first pieces: taken before those were whole. */
  #earlyPieces = 0;
  constructor(options) {
    this.#options = options;
    this.#pieces = new Pieces(options);
    this.#coming = new Coming({ ...options, pieces: this.#pieces, pace: this.#pace });
    this.#firstOnly = options.firstOnly ?? false;
    for (let piece = 0; piece < options.firstPieces; piece++)
      if (!options.have.has(piece)) this.#firstPiecesLeft += 1;
    const { zoneKey } = options;
    if (zoneKey === void 0) return;
    const onUse = (peer) => this.#updateInterest(peer);
    this.#border = new Border({ ...options, peers: this.#all, ownKey: zoneKey, onUse });
  }
  peerJoined(peer) {
    this.#all.push(peer);
    this.#border?.peerJoined(peer);
  }
  /** How many peers have the piece. */
  copies(piece) {
    return this.#pieces.copies(piece);
  }
  peerLeft(peer, nowMs) {
    this.#pieces.peerLeft(peer.has);
    this.#forNow.delete(peer);
    this.#all.splice(this.#all.indexOf(peer), 1);
    this.#coming.endAll(peer);
    this.#border?.peerLeft(peer);
    this.refresh(nowMs);
  }
  countPiece(peer, piece) {
    this.#pieces.peerHas(piece);
    this.#border?.peerHas(peer, piece);
    if (this.#options.have.has(piece)) return;
    peer.useful += 1;
    this.#updateInterest(peer);
  }
  /** It offers more than before. */
  ask(peer, nowMs) {
    this.#ask(peer, nowMs);
  }
  /** For its next turn, or, where it sends us something already, for after that. */
  suggested(peer, piece, nowMs) {
    peer.toldForTurn = peer.chokesUs;
    if (!peer.chokesUs) peer.choosesUntilMs = nowMs + CHOOSES_MS;
    if (peer.suggested.length < SUGGESTED_MAX) peer.suggested.push(piece);
    this.#forNow.add(peer);
    this.#ask(peer, nowMs);
    this.#takeToldAhead(peer, nowMs);
  }
  unchoked(peer, nowMs) {
    peer.chokesUs = false;
    this.#ask(peer, nowMs);
    this.#askAhead(peer, nowMs);
  }
  choked(peer, dropsRequests, nowMs) {
    peer.givesTurns = true;
    this.#forNow.add(peer);
    peer.chokesUs = true;
    peer.suggested.length = 0;
    peer.choosesUntilMs = 0;
    if (!dropsRequests || peer.download === void 0) return;
    this.#coming.endAll(peer);
    this.refresh(nowMs);
  }
  rejected(peer, piece, nowMs) {
    if (!this.#coming.ends(peer, piece, nowMs)) return;
    this.#options.act({ kind: "drop", peer: peer.id, piece });
    if (!peer.chokesUs) {
      peer.pausedUntilMs = nowMs + Math.min(REFUSED_LONGEST_MS, REFUSED_MS * 2 ** peer.refusals);
      peer.refusals += 1;
    }
    this.refresh(nowMs);
  }
  received(peer, nowMs) {
    peer.refusals = 0;
    if (peer.download !== void 0) peer.download.progressMs = nowMs;
    else if (peer.stalled) this.#forgive(peer);
  }
  progressed(peer, piece, share) {
    if (peer.download?.piece === piece) peer.download.share = share;
  }
  arrived(peer, piece, nowMs) {
    this.#pieces.arrives(piece);
    this.#border?.pieceArrived(nowMs);
    if (peer?.download?.piece === piece) this.#pace.arrived(peer.download, nowMs);
    if (peer !== void 0) {
      this.#coming.ends(peer, piece, nowMs);
      if (peer.toldForTurn && !peer.chokesUs) peer.choosesUntilMs = nowMs + CHOOSES_MS;
      peer.toldForTurn = false;
    }
    this.refresh(nowMs);
  }
  /** Before the piece is among those that we have. */
  storing(piece) {
    this.#border?.stored(piece);
  }
  stored(piece, nowMs) {
    this.#pieces.stored(piece);
    if (piece < this.#options.firstPieces) this.#firstPiecesLeft -= 1;
    else if (this.#firstPiecesLeft > 0) this.#earlyPieces += 1;
    const nothingForNow = piece < this.#options.firstPieces && this.#takesNothing;
    for (const peer of this.#all) {
      if (peer.has.has(piece)) peer.useful -= 1;
      else if (!nothingForNow) continue;
      this.#updateInterest(peer);
    }
    for (const peer of [...this.#coming.senders]) {
      if (this.#coming.ends(peer, piece, nowMs)) this.#options.act({ kind: "cancel", peer: peer.id, piece });
    }
    this.refresh(nowMs);
  }
  mayTakeAll(nowMs) {
    this.#firstOnly = false;
    for (const peer of this.#all) this.#updateInterest(peer);
    this.refresh(nowMs);
  }
  lost(piece, nowMs) {
    this.#pieces.lost(piece);
    this.refresh(nowMs);
  }
  tick(nowMs) {
    for (const peer of this.#coming.senders) {
      if (nowMs - peer.download.progressMs <= STALL_MS) continue;
      this.#setStalled(peer, true);
      this.#giveUp(peer, nowMs);
    }
    this.#border?.tick(nowMs);
    this.refresh(nowMs);
    this.#replaceSlow(nowMs);
  }
  #replaceSlow(nowMs) {
    for (const peer of [...this.#coming.senders]) {
      const download = peer.download;
      if (!this.#pace.isTooSlow(download, nowMs)) continue;
      if (!this.#all.some((other) => this.#mayAsk(other, nowMs) && this.#mayTake(other, download.piece)))
        continue;
      this.#giveUp(peer, nowMs);
      this.refresh(nowMs);
    }
  }
  /** After any change: asks whoever may be asked, as long as more may be taken. */
  refresh(nowMs) {
    if (this.#options.have.complete || this.#coming.hasNoRoom) return;
    for (const peer of this.#forNow)
      if (peer.givesTurns || peer.suggested.length > 0) {
        this.#ask(peer, nowMs);
        this.#takeToldAhead(peer, nowMs);
      }
    this.#askSome(nowMs);
    for (const peer of this.#coming.senders) this.#askAhead(peer, nowMs);
  }
  /** Whoever stood first would be asked by everybody, so that its link is full and the others' idle. */
  #askSome(nowMs) {
    for (let tries = 0; tries < RANDOM_TRIES && this.#all.length > 0; tries++) {
      if (this.#coming.isFull(nowMs)) return;
      this.#ask(this.#all[this.#randomBelow(this.#all.length)], nowMs);
    }
    this.#askEachAble(nowMs);
  }
  #askEachAble(nowMs) {
    if (this.#coming.isFull(nowMs)) return;
    const able = this.#all.filter((peer) => this.#mayAsk(peer, nowMs));
    while (able.length > 0 && !this.#coming.isFull(nowMs)) {
      const at = this.#randomBelow(able.length);
      const peer = able[at];
      able[at] = able.at(-1);
      able.pop();
      this.#ask(peer, nowMs);
    }
  }
  isFull(nowMs) {
    return this.#coming.isFull(nowMs);
  }
  #randomBelow(limit) {
    return Math.floor(this.#options.random() * limit);
  }
  #forgive(peer) {
    this.#setStalled(peer, false);
    peer.pausedUntilMs = 0;
  }
  #mayAsk(peer, nowMs) {
    if (peer.chokesUs || peer.download !== void 0 || nowMs < peer.pausedUntilMs) return false;
    if (peer.suggested.length === 0 && nowMs < peer.choosesUntilMs) return false;
    return this.#worth(peer) > 0 || peer.useful > 0 && (peer.suggested.length > 0 || !peer.declined);
  }
  #ask(peer, nowMs) {
    if (!this.#mayAsk(peer, nowMs)) return;
    const isForNow = peer.givesTurns || peer.suggested.length > 0;
    if (isForNow ? this.#coming.hasNoRoom : this.#coming.isFull(nowMs)) return;
    const piece = this.#takeSuggested(peer) ?? this.#rarestLacking(peer) ?? this.#lateFromAnother(peer, nowMs);
    if (piece === void 0) {
      this.#decline(peer);
      return;
    }
    this.#setStalled(peer, false);
    this.#coming.begins(peer, piece, nowMs);
    this.#options.act({ kind: "request", peer: peer.id, piece });
  }
  /** What it told us beyond what it sends us already, as far as there is room. */
  #takeToldAhead(peer, nowMs) {
    if (peer.chokesUs || peer.download === void 0 || nowMs < peer.pausedUntilMs) return;
    while (peer.suggested.length > 0 && this.#coming.hasRoomAhead) {
      const piece = this.#takeSuggested(peer);
      if (piece !== void 0) this.#takeAhead(peer, piece);
    }
  }
  /** After all others have been asked, since what waits at one peer another might send sooner. */
  #askAhead(peer, nowMs) {
    if (!peer.isStranger || peer.download === void 0) return;
    const { pieceBytes: pieceBytes2 } = this.#options;
    if (peer.chokesUs || nowMs < peer.pausedUntilMs || this.#firstPiecesLeft > 0) return;
    let askedBytes = pieceBytes2(peer.download.piece);
    for (const piece of peer.ahead) askedBytes += pieceBytes2(piece);
    while (this.#coming.hasRoomAhead) {
      const piece = this.#rarestLacking(peer);
      if (piece === void 0) return;
      askedBytes += pieceBytes2(piece);
      if (askedBytes > STRANGER_BYTES_MAX) return;
      this.#takeAhead(peer, piece);
    }
  }
  #takeAhead(peer, piece) {
    this.#coming.beginsAhead(peer, piece);
    this.#options.act({ kind: "request", peer: peer.id, piece });
  }
  #giveUp(peer, nowMs) {
    for (const piece of [peer.download.piece, ...peer.ahead])
      this.#options.act({ kind: "cancel", peer: peer.id, piece });
    peer.pausedUntilMs = nowMs + SNUB_MS;
    this.#coming.endAll(peer);
  }
  /** How many of the peer's pieces we would take from it unasked. */
  #worth(peer) {
    return this.#border?.worth(peer) ?? peer.useful;
  }
  #setStalled(peer, stalled) {
    if (this.#border === void 0) peer.stalled = stalled;
    else this.#border.setStalled(peer, stalled);
  }
  /** A turn of the first seeder that we have no use for is given back at once. */
  #decline(peer) {
    if (peer.near || peer.declined) return;
    peer.declined = true;
    this.#updateInterest(peer);
  }
  #updateInterest(peer) {
    const interested = !this.#takesNothing && peer.useful > 0 && (!peer.declined || this.#worth(peer) > 0);
    if (peer.weAreInterested === interested) return;
    peer.weAreInterested = interested;
    this.#options.act({ kind: "interested", peer: peer.id, interested });
  }
  /** We have the first pieces and must wait: a turn that we were given now would be in vain. */
  get #takesNothing() {
    return this.#firstOnly && this.#firstPiecesLeft === 0;
  }
  /** The first pieces are not whole, and as many others as may wait for them in memory are here or on the way. */
  get #earlyIsFull() {
    if (this.#firstOnly) return true;
    if (this.#firstPiecesLeft === 0) return false;
    const { firstPieces, earlyPiecesMax } = this.#options;
    let coming = 0;
    for (const piece of this.#pieces.arrived) if (piece >= firstPieces) coming += 1;
    for (const { download, ahead } of this.#coming.senders) {
      for (const piece of [download.piece, ...ahead]) if (piece >= firstPieces) coming += 1;
    }
    return this.#earlyPieces + coming >= earlyPiecesMax;
  }
  /** Its word is better than our guess, where it is of use to us: it knows what it sends to others. It holds for one turn. */
  #takeSuggested(peer) {
    for (let piece = peer.suggested.shift(); piece !== void 0; piece = peer.suggested.shift())
      if (this.#mayBeTold(peer, piece)) return piece;
    return void 0;
  }
  #mayBeTold(peer, piece) {
    if (!peer.has.has(piece) || this.#pieces.isTaken(piece)) return false;
    if (this.#border?.lets(peer, piece, true) === false) return false;
    return piece < this.#options.firstPieces || !this.#earlyIsFull;
  }
  #rarestLacking(peer) {
    if (this.#worth(peer) === 0) return void 0;
    const { firstPieces, pieceCount: pieceCount2 } = this.#options;
    const first = this.#firstPiecesLeft > 0 ? this.#rarestIn(peer, 0, firstPieces) : void 0;
    if (first !== void 0 || this.#earlyIsFull) return first;
    return this.#rarestIn(peer, firstPieces, pieceCount2);
  }
  #rarestIn(peer, from, to) {
    return this.#pieces.rarest(peer.has, from, to, (piece) => this.#mayTake(peer, piece));
  }
  #mayTake(peer, piece) {
    return peer.has.has(piece) && this.#border?.lets(peer, piece, false) !== false;
  }
  /** The end game. */
  #lateFromAnother(peer, nowMs) {
    const coming = this.#pieces.arrived.size + this.#coming.pieceCount;
    if (this.#options.have.count + coming < this.#options.pieceCount) return void 0;
    const inTime = /* @__PURE__ */ new Set();
    for (const { download } of this.#coming.senders)
      if (!this.#pace.isLate(download, nowMs)) inTime.add(download.piece);
    for (const other of this.#coming.senders) {
      const { piece: first } = other.download;
      if (other === peer || inTime.has(first)) continue;
      for (const piece of [first, ...other.ahead]) {
        if (inTime.has(piece) || this.#pieces.senders(piece) > 2 || this.#pieces.arrived.has(piece)) continue;
        if (this.#mayTake(peer, piece)) return piece;
      }
    }
    return void 0;
  }
};

// src/core/scheduler-first-copies.ts
var FirstCopies = class {
  #options;
  /** Who was given the first copy, or is about to be, of each piece that nobody else has yet. */
  #holders = /* @__PURE__ */ new Map();
  /** All below are elsewhere or given. */
  #next = 0;
  constructor(options) {
    this.#options = options;
  }
  /**
   * A piece for this peer: the lowest that nobody has or is being sent, so that the manifest's go first; undefined where there is none, or
   * we lack pieces ourselves.
   */
  take(peer) {
    const { have, isElsewhere } = this.#options;
    if (!have.complete) return void 0;
    while (this.#next < have.size && (this.#holders.has(this.#next) || isElsewhere(this.#next)))
      this.#next += 1;
    if (this.#next === have.size) return void 0;
    this.give(this.#next, peer);
    return this.#next;
  }
  give(piece, peer) {
    if (this.#holders.has(piece) || this.#options.isElsewhere(piece)) return;
    this.#holders.set(piece, peer);
    peer.unspread += 1;
  }
  /** It did not arrive. */
  takeBack(piece, peer) {
    if (this.#holders.get(piece) !== peer) return;
    this.#forget(piece, peer);
    this.#next = Math.min(this.#next, piece);
  }
  /** What it alone was given is with nobody any more. */
  peerLeft(peer) {
    for (const [piece, holder] of this.#holders) if (holder === peer) this.takeBack(piece, peer);
  }
  peerHas(peer, piece) {
    const holder = this.#holders.get(piece);
    if (holder !== void 0 && holder !== peer) this.#forget(piece, holder);
  }
  #forget(piece, holder) {
    this.#holders.delete(piece);
    holder.unspread -= 1;
  }
};

// src/core/scheduler-peers.ts
function newPeer(id, has, traits) {
  const { hearsRefusals, isStranger = false, near = true, key = 0 } = traits;
  return {
    id,
    has,
    hearsRefusals,
    isStranger,
    near,
    key,
    useful: 0,
    imports: 0,
    declined: false,
    chokesUs: true,
    givesTurns: false,
    weAreInterested: false,
    pausedUntilMs: 0,
    refusals: 0,
    stalled: false,
    suggested: [],
    choosesUntilMs: 0,
    toldForTurn: false,
    download: void 0,
    ahead: [],
    asked: /* @__PURE__ */ new Map(),
    told: /* @__PURE__ */ new Map(),
    turn: void 0,
    isSlow: false,
    givesNoReceipts: false,
    asksAhead: false,
    unspread: 0
  };
}

// src/core/scheduler-slots.ts
var LAGGING_FACTOR2 = 4;
var LAGGING_MIN_MS2 = 500;
var TURN_IDLE_MS = 2e3;
var SLOW_FACTOR = 3;
var SLOW_TURN_WEIGHT = 0.05;
var QUICK_TURN_WEIGHT = 0.2;
var UploadSlots = class {
  /** How many at a time. */
  count;
  #random;
  #inTurn = /* @__PURE__ */ new Set();
  #usualTurnMs;
  constructor(options) {
    this.count = options.slots;
    this.#random = options.random;
  }
  get inTurn() {
    return this.#inTurn;
  }
  get isFree() {
    let busy = 0;
    for (const peer of this.#inTurn) if (!peer.turn.lagging) busy += 1;
    return busy < this.count;
  }
  start(peer, nowMs) {
    const turn = {
      startMs: nowMs,
      progressMs: nowMs,
      piece: void 0,
      bytesLeft: void 0,
      queued: false,
      handed: false,
      received: false,
      refused: false,
      phase: "open",
      lagging: false
    };
    peer.turn = turn;
    this.#inTurn.add(peer);
    return turn;
  }
  /** Bytes of the peer's turn have left the socket; `drained`: none is queued any more. */
  uploaded(peer, drained, nowMs) {
    if (peer.turn === void 0) return;
    peer.turn.progressMs = nowMs;
    peer.turn.queued = !drained;
  }
  /** Everything has left, and the peer has it: that bytes have left us says only that they wait in the kernel. */
  isOver(peer) {
    const turn = peer.turn;
    if (turn === void 0 || turn.queued || turn.phase === "open") return false;
    return turn.received || peer.givesNoReceipts || peer.asksAhead;
  }
  end(peer) {
    peer.turn = void 0;
    this.#inTurn.delete(peer);
  }
  /** A turn that went as it should is over. */
  note(peer, nowMs) {
    const tookMs = nowMs - peer.turn.startMs;
    const before = this.#usualTurnMs ?? tookMs;
    peer.isSlow = tookMs > SLOW_FACTOR * before;
    this.#usualTurnMs = before + (tookMs < before ? QUICK_TURN_WEIGHT : SLOW_TURN_WEIGHT) * (tookMs - before);
  }
  isIdle(turn, nowMs) {
    return nowMs - turn.progressMs > TURN_IDLE_MS;
  }
  /** Takes their slots from turns that last too long. */
  markLagging(nowMs) {
    const usualMs = this.#usualTurnMs ?? Number.POSITIVE_INFINITY;
    const laggingMs = Math.max(LAGGING_MIN_MS2, LAGGING_FACTOR2 * usualMs);
    for (const peer of this.#inTurn) {
      const turn = peer.turn;
      if (turn.bytesLeft === void 0 || nowMs - turn.startMs <= laggingMs) continue;
      turn.lagging = true;
      peer.isSlow = true;
    }
  }
  /** Of those of them that have no turn the first in this order (a number, as for `sort`); ties at random. */
  next(waiting, order) {
    let first;
    let ties = 0;
    for (const peer of waiting) {
      if (peer.turn !== void 0) continue;
      const place = first === void 0 ? -1 : order(peer, first);
      if (place > 0) continue;
      ties = place < 0 ? 1 : ties + 1;
      if (place < 0 || this.#random() * ties < 1) first = peer;
    }
    return first;
  }
};
function askAhead(peer, piece, bytes2, pieceBytes2) {
  const askedBytes = (peer.asked.get(piece) ?? 0) + bytes2;
  if (askedBytes > pieceBytes2) return false;
  peer.asked.set(piece, askedBytes);
  if (peer.asked.size > 1) peer.asksAhead = true;
  return true;
}
function takeAsked(peer, turn, pieceBytes2) {
  const [piece, askedBytes] = peer.asked.entries().next().value;
  peer.asked.delete(piece);
  turn.piece = piece;
  turn.bytesLeft = pieceBytes2(piece) - askedBytes;
  turn.queued = true;
  return piece;
}
function poorestFirst(one, other) {
  return one.has.count - other.has.count;
}

// src/core/scheduler-queue.ts
var NEXT_REQUEST_MS = 100;
var UploadQueue = class {
  #options;
  /** Peers that have asked for something that we have not begun to send. */
  #asking = /* @__PURE__ */ new Set();
  constructor(options) {
    this.#options = options;
  }
  peerJoined(peer) {
    this.#options.act({ kind: "unchoke", peer: peer.id });
  }
  peerLeft(peer, nowMs) {
    this.#asking.delete(peer);
    this.#options.slots.end(peer);
    this.#serve(nowMs);
  }
  /** A peer that has what it was sent has its turn behind it. */
  peerHas(peer, piece, nowMs) {
    peer.givesNoReceipts = false;
    const turn = peer.turn;
    if (turn?.piece !== piece) return;
    turn.received = true;
    turn.phase = "leaving";
    this.#endWhenOver(peer, nowMs);
  }
  /** Who asks is interested. */
  peerInterested() {
  }
  requested(peer, piece, bytes2, nowMs) {
    const turn = peer.turn;
    if (turn?.phase === "open" && turn.piece === piece) {
      if (turn.bytesLeft < bytes2) return false;
      turn.bytesLeft -= bytes2;
      turn.queued = true;
      turn.progressMs = nowMs;
      return true;
    }
    const isNew = peer.asked.size === 0;
    if (isNew && peer.hearsRefusals && this.#asking.size >= this.#options.waitingMax) return false;
    if (!askAhead(peer, piece, bytes2, this.#options.pieceBytes(piece))) return false;
    this.#asking.add(peer);
    this.#serve(nowMs);
    return true;
  }
  /** No block of the piece that is being served waits. */
  served(peer, nowMs) {
    const turn = peer.turn;
    if (turn?.phase !== "open" || turn.bytesLeft > 0) return;
    turn.phase = "leaving";
    this.#endWhenOver(peer, nowMs);
  }
  cancelled(peer, piece, nowMs) {
    this.#forget(peer, piece);
    const turn = peer.turn;
    if (turn?.piece !== piece) return;
    turn.received = true;
    turn.phase = "leaving";
    this.#endWhenOver(peer, nowMs);
  }
  uploaded(peer, drained, nowMs) {
    this.#options.slots.uploaded(peer, drained, nowMs);
    this.#endWhenOver(peer, nowMs);
  }
  tick(nowMs) {
    const { slots } = this.#options;
    slots.markLagging(nowMs);
    for (const peer of slots.inTurn) {
      const turn = peer.turn;
      const asksNoMore = turn.phase === "open" && !turn.queued && nowMs - turn.progressMs > NEXT_REQUEST_MS;
      const isIdle = slots.isIdle(turn, nowMs);
      if (isIdle) turn.lagging = true;
      if (isIdle && turn.phase === "leaving") peer.givesNoReceipts = true;
      if (asksNoMore || isIdle && !turn.queued) this.#end(peer);
    }
    this.#serve(nowMs);
  }
  #forget(peer, piece) {
    peer.asked.delete(piece);
    if (peer.asked.size === 0) this.#asking.delete(peer);
  }
  #endWhenOver(peer, nowMs) {
    const { slots } = this.#options;
    if (!slots.isOver(peer)) return;
    slots.note(peer, nowMs);
    this.#end(peer);
    this.#serve(nowMs);
  }
  #end(peer) {
    this.#options.slots.end(peer);
    this.#options.act({ kind: "rest", peer: peer.id });
  }
  #serve(nowMs) {
    const { slots, pieceBytes: pieceBytes2, act } = this.#options;
    while (slots.isFree) {
      const next = slots.next(this.#asking, poorestFirst);
      if (next === void 0) return;
      const piece = takeAsked(next, slots.start(next, nowMs), pieceBytes2);
      if (next.asked.size === 0) this.#asking.delete(next);
      act({ kind: "serve", peer: next.id, piece });
    }
  }
};

// src/core/scheduler-ahead.ts
var FACTOR = 3;
var PIECES_MAX = 64;
var PIECE_BYTES_MAX = 1024 * 1024;
var JOINING_MS = 500;
var WINDOW_MIN_MS = 50;
var UNUSED_MS = 2e3;
var SuggestedAhead = class {
  #options;
  /** Who was told something, and has not been choked since. */
  peers = /* @__PURE__ */ new Set();
  #roundTripMs = Number.POSITIVE_INFINITY;
  #firstTurnMs;
  #nowMs = 0;
  #windowSinceMs = 0;
  #arrivedInWindow = 0;
  #piecesPerMs = 0;
  constructor(options) {
    this.#options = options;
  }
  /** How long after it was let ask a peer has asked. The shortest is the network's, the others are queues. */
  noteRoundTrip(ms, nowMs) {
    this.#firstTurnMs ??= nowMs;
    this.#nowMs = nowMs;
    this.#roundTripMs = Math.min(this.#roundTripMs, ms);
  }
  /** A peer has a piece that it was sent. */
  noteArrival(nowMs) {
    this.#nowMs = nowMs;
    this.#arrivedInWindow += 1;
    const tookMs = nowMs - this.#windowSinceMs;
    if (tookMs < Math.max(WINDOW_MIN_MS, 2 * this.#roundTripMs)) return;
    if (tookMs < 2 * Math.max(WINDOW_MIN_MS, 2 * this.#roundTripMs))
      this.#piecesPerMs = this.#arrivedInWindow / tookMs;
    this.#windowSinceMs = nowMs;
    this.#arrivedInWindow = 0;
  }
  /** How many pieces may be on the way at once. */
  get pieces() {
    if (!Number.isFinite(this.#roundTripMs)) return this.#options.slots;
    const onTheWay = Math.ceil(FACTOR * this.#piecesPerMs * this.#roundTripMs);
    return Math.max(this.#options.slots, Math.min(PIECES_MAX, onTheWay));
  }
  /** How many of them to one peer. */
  get depth() {
    if (this.#firstTurnMs === void 0 || this.#nowMs - this.#firstTurnMs < JOINING_MS) return 1;
    const { interested, pieceBytes: pieceBytes2 } = this.#options;
    if (pieceBytes2(0) > PIECE_BYTES_MAX) return 1;
    return Math.max(1, Math.floor(this.pieces / Math.max(1, interested.size)));
  }
  /** The peer has a turn, or asks ahead already: it is told what else to ask for. */
  suggest(peer, nowMs) {
    const { firstCopies, interested, act } = this.#options;
    if (!peer.hearsRefusals || peer.isStranger || !interested.has(peer)) return;
    const depth = this.depth;
    if (depth > 1 && !peer.asksAhead) {
      peer.asksAhead = true;
      this.peers.add(peer);
      if (peer.turn?.piece !== void 0) peer.told.set(peer.turn.piece, nowMs);
    }
    while (peer.told.size < depth) {
      const piece = firstCopies.take(peer);
      if (piece === void 0) return;
      peer.told.set(piece, nowMs);
      act({ kind: "suggest", peer: peer.id, piece });
    }
  }
  takeBack(peer) {
    for (const piece of peer.told.keys()) this.#options.firstCopies.takeBack(piece, peer);
    peer.told.clear();
    this.peers.delete(peer);
  }
  /** Whether it has left something unused for too long. */
  isUnused(peer, nowMs) {
    for (const sinceMs of peer.told.values()) if (nowMs - sinceMs > UNUSED_MS) return true;
    return false;
  }
};

// src/core/scheduler-turns.ts
var AHEAD_MAX_BYTES = 4 * 1024 * 1024;
var UploadTurns = class {
  #options;
  #interested = /* @__PURE__ */ new Set();
  #ahead;
  constructor(options) {
    this.#options = options;
    this.#ahead = new SuggestedAhead({
      ...options,
      slots: options.slots.count,
      interested: this.#interested
    });
  }
  peerJoined() {
  }
  peerLeft(peer, nowMs) {
    this.#interested.delete(peer);
    this.#end(peer);
    this.#ahead.takeBack(peer);
    this.#options.firstCopies.peerLeft(peer);
    this.#grant(nowMs);
  }
  /** A peer that has what it was sent has its turn behind it. */
  peerHas(peer, piece, nowMs) {
    this.#options.firstCopies.peerHas(peer, piece);
    peer.givesNoReceipts = false;
    const turn = peer.turn;
    if (peer.told.has(piece) || turn?.piece === piece) {
      this.#ahead.noteArrival(nowMs);
      this.#updateSlots();
    }
    if (peer.told.delete(piece)) this.#goOnAhead(peer, nowMs);
    if (turn?.piece !== piece || turn.bytesLeft === void 0) return;
    turn.received = true;
    turn.bytesLeft = 0;
    if (turn.handed) this.served(peer, nowMs);
    this.#endWhenOver(peer, nowMs);
  }
  peerInterested(peer, interested, nowMs) {
    if (interested) this.#interested.add(peer);
    else this.#interested.delete(peer);
    if (!interested && peer.turn?.phase === "open" && peer.turn.bytesLeft === void 0)
      this.#choke(peer, peer.turn);
    if (!interested && peer.asksAhead && peer.turn === void 0) this.#closeTo(peer);
    this.#grant(nowMs);
  }
  requested(peer, piece, bytes2, nowMs) {
    const turn = peer.turn;
    if (turn?.phase === "open" && turn.bytesLeft === void 0) this.#begin(peer, turn, piece, nowMs);
    if (turn?.phase === "open" && turn.piece === piece) {
      turn.refused ||= turn.bytesLeft < bytes2;
      if (turn.bytesLeft < bytes2) return false;
      turn.bytesLeft -= bytes2;
      turn.queued = true;
      turn.handed = false;
      turn.progressMs = nowMs;
      return true;
    }
    if (turn?.phase !== "open" && !peer.asksAhead) return false;
    const { pieceBytes: pieceBytes2 } = this.#options;
    const mayAsk = peer.told.has(piece) || !this.#aheadIsFull(peer, bytes2);
    if (!mayAsk || !askAhead(peer, piece, bytes2, pieceBytes2(piece))) return false;
    peer.asksAhead = true;
    if (turn?.handed) this.served(peer, nowMs);
    this.#endWhenOver(peer, nowMs);
    this.#grant(nowMs);
    return peer.asked.has(piece) || peer.turn?.piece === piece;
  }
  served(peer, nowMs) {
    const turn = peer.turn;
    if (turn?.phase !== "open") return;
    turn.handed = true;
    if (turn.bytesLeft !== 0 && !turn.refused && peer.asked.size === 0) return;
    const goesOn = peer.asksAhead ? !this.#isToEndAhead(peer) : !isTold(peer) && !this.#someoneWaits();
    if (turn.refused || !goesOn) {
      this.#closeTo(peer);
      turn.phase = "leaving";
      return;
    }
    if (peer.asksAhead) {
      turn.phase = "leaving";
      this.#endWhenOver(peer, nowMs);
      return;
    }
    const { slots } = this.#options;
    slots.note(peer, nowMs);
    const next = slots.start(peer, nowMs);
    next.queued = turn.queued;
    this.#suggest(peer, next);
  }
  /** It wants the rest of its piece no longer, so that its turn is over. */
  cancelled(peer, piece, nowMs) {
    peer.asked.delete(piece);
    const turn = peer.turn;
    if (turn?.bytesLeft === void 0 || turn.piece !== piece) return;
    turn.bytesLeft = 0;
    turn.received = true;
    this.served(peer, nowMs);
  }
  uploaded(peer, drained, nowMs) {
    this.#options.slots.uploaded(peer, drained, nowMs);
    this.#endWhenOver(peer, nowMs);
  }
  tick(nowMs) {
    const { slots } = this.#options;
    slots.markLagging(nowMs);
    for (const peer of this.#ahead.peers) {
      if (peer.asked.size === 0 && peer.turn === void 0 && this.#ahead.isUnused(peer, nowMs))
        this.#closeTo(peer);
    }
    for (const peer of slots.inTurn) {
      const turn = peer.turn;
      if (!slots.isIdle(turn, nowMs)) continue;
      if (turn.phase === "open" && turn.bytesLeft === void 0 && !this.#someoneWaits()) continue;
      turn.lagging = true;
      if (turn.queued) continue;
      if (turn.phase === "open") {
        this.#choke(peer, turn);
        continue;
      }
      peer.givesNoReceipts = true;
      this.#end(peer);
    }
    this.#grant(nowMs);
  }
  #someoneWaits() {
    for (const peer of this.#waiting()) if (peer.turn === void 0) return true;
    return false;
  }
  /** Who asks ahead has told what it waits for. */
  *#waiting() {
    for (const peer of this.#interested) if (!peer.asksAhead || peer.asked.size > 0) yield peer;
  }
  #begin(peer, turn, piece, nowMs) {
    this.#ahead.noteRoundTrip(nowMs - turn.startMs, nowMs);
    this.#updateSlots();
    turn.bytesLeft = this.#options.pieceBytes(piece);
    turn.startMs = nowMs;
    if (turn.piece !== piece) this.#asksForAnother(peer, turn, piece);
    this.#options.act({ kind: "serve", peer: peer.id, piece });
    if (this.#ahead.depth > 1 && !this.#someoneWaits()) this.#ahead.suggest(peer, nowMs);
  }
  /** The rate or the round trip is known better. */
  #updateSlots() {
    this.#options.slots.count = this.#ahead.pieces;
  }
  /** Of what it was told to ask for it has something. */
  #goOnAhead(peer, nowMs) {
    if (!this.#someoneWaits()) this.#ahead.suggest(peer, nowMs);
  }
  /** There are enough others now that each piece is to go to whoever spreads it first. */
  #isToEndAhead(peer) {
    return this.#ahead.peers.has(peer) && this.#ahead.depth === 1;
  }
  /** Who cannot be told of a refusal would wait for ever: all it asks for is kept. */
  #aheadIsFull(peer, bytes2) {
    if (!peer.hearsRefusals) return false;
    let askedBytes = bytes2;
    for (const ofPiece of peer.asked.values()) askedBytes += ofPiece;
    return askedBytes > AHEAD_MAX_BYTES;
  }
  /** What it has asked for ahead is taken back with it. */
  #closeTo(peer) {
    this.#ahead.takeBack(peer);
    peer.asked.clear();
    peer.asksAhead = false;
    this.#options.act({ kind: "choke", peer: peer.id });
  }
  /** Takes a turn back. What was accepted still leaves the socket, so the turn ends when that is over. */
  #choke(peer, turn) {
    this.#closeTo(peer);
    if (turn.queued) turn.phase = "leaving";
    else this.#end(peer);
  }
  #endWhenOver(peer, nowMs) {
    const { slots } = this.#options;
    if (!slots.isOver(peer)) return;
    slots.note(peer, nowMs);
    this.#end(peer);
    this.#grant(nowMs);
  }
  #end(peer) {
    const piece = peer.turn?.piece;
    if (piece !== void 0 && !peer.has.has(piece) && !peer.told.has(piece))
      this.#options.firstCopies.takeBack(piece, peer);
    this.#options.slots.end(peer);
    if (peer.asksAhead) this.#options.act({ kind: "rest", peer: peer.id });
  }
  #suggest(peer, turn) {
    turn.piece = this.#options.firstCopies.take(peer);
    if (turn.piece !== void 0) this.#options.act({ kind: "suggest", peer: peer.id, piece: turn.piece });
  }
  #asksForAnother(peer, turn, piece) {
    if (turn.piece !== void 0) this.#options.firstCopies.takeBack(turn.piece, peer);
    turn.piece = piece;
    this.#options.firstCopies.give(piece, peer);
  }
  #grant(nowMs) {
    const { slots, firstCopies, pieceBytes: pieceBytes2, act } = this.#options;
    for (const peer of this.#ahead.peers)
      if (peer.turn === void 0 && this.#isToEndAhead(peer)) this.#closeTo(peer);
    while (slots.isFree) {
      const next = slots.next(this.#waiting(), quickestToSpread);
      if (next === void 0) return;
      const turn = slots.start(next, nowMs);
      if (next.asksAhead) {
        const piece = takeAsked(next, turn, pieceBytes2);
        firstCopies.give(piece, next);
        act({ kind: "serve", peer: next.id, piece });
      } else {
        this.#suggest(next, turn);
        act({ kind: "unchoke", peer: next.id });
      }
    }
  }
};
function quickestToSpread(one, other) {
  return Number(one.isSlow) - Number(other.isSlow) || one.unspread - other.unspread || poorestFirst(one, other);
}
function isTold(peer) {
  return peer.hearsRefusals && !peer.isStranger;
}

// src/core/scheduler.ts
var NOTHING = [];
var Scheduler = class {
  #have;
  #peers = /* @__PURE__ */ new Map();
  #uploads;
  #downloads;
  /** Peers that have everything. */
  #complete = /* @__PURE__ */ new Set();
  #actions = [];
  constructor(options) {
    this.#have = new Bitfield(options.pieceCount);
    for (let piece = 0; piece < options.pieceCount; piece++) {
      if (options.have.has(piece)) this.#have.add(piece);
    }
    const act = (action) => void this.#actions.push(action);
    this.#downloads = new Downloads({ ...options, have: this.#have, act });
    const slots = new UploadSlots(options);
    const isElsewhere = (piece) => this.#downloads.copies(piece) > this.#complete.size;
    const firstCopies = new FirstCopies({ have: this.#have, isElsewhere });
    this.#uploads = options.firstSeeder ? new UploadTurns({ ...options, slots, firstCopies, act }) : new UploadQueue({ ...options, slots, act });
  }
  takeActions() {
    const actions = this.#actions;
    if (actions.length === 0) return NOTHING;
    this.#actions = [];
    return actions;
  }
  /** Pieces held and checked. */
  get have() {
    return this.#have;
  }
  peerJoined(peer, traits) {
    const state = newPeer(peer, new Bitfield(this.#have.size), traits);
    this.#peers.set(peer, state);
    this.#downloads.peerJoined(state);
    this.#uploads.peerJoined(state);
  }
  peerLeft(peer, nowMs) {
    const state = this.#peers.get(peer);
    if (state === void 0) return;
    this.#peers.delete(peer);
    this.#complete.delete(peer);
    this.#downloads.peerLeft(state, nowMs);
    this.#uploads.peerLeft(state, nowMs);
  }
  /** As many pieces are on their way as may be. */
  isFull(nowMs) {
    return this.#downloads.isFull(nowMs);
  }
  peerHolds(peer, piece) {
    return this.#peers.get(peer)?.has.has(piece) ?? false;
  }
  peerHas(peer, piece, nowMs) {
    const state = this.#peers.get(peer);
    if (state === void 0 || !this.#peerHas(state, piece, nowMs)) return;
    this.#downloads.ask(state, nowMs);
  }
  /** The same for `pieces[from]` up to `pieces[to - 1]`, told together. */
  peerHasThese(peer, pieces, from, to, nowMs) {
    const state = this.#peers.get(peer);
    if (state === void 0) return;
    for (let index = from; index < to; index++) this.#peerHas(state, pieces[index], nowMs);
    this.#downloads.ask(state, nowMs);
  }
  /** False where that was known. */
  #peerHas(state, piece, nowMs) {
    if (!state.has.add(piece)) return false;
    if (state.has.complete) this.#complete.add(state.id);
    this.#downloads.countPiece(state, piece);
    this.#uploads.peerHas(state, piece, nowMs);
    return true;
  }
  peerHasAll(peer, pieces, nowMs) {
    const state = this.#peers.get(peer);
    if (state === void 0) return;
    const before = state.has.count;
    for (let piece = 0; piece < pieces.size; piece++) {
      if (pieces.has(piece) && state.has.add(piece)) this.#downloads.countPiece(state, piece);
    }
    if (state.has.count === before) return;
    if (state.has.complete) this.#complete.add(peer);
    this.#downloads.refresh(nowMs);
  }
  peerInterested(peer, interested, nowMs) {
    const state = this.#peers.get(peer);
    if (state !== void 0) this.#uploads.peerInterested(state, interested, nowMs);
  }
  /** The peer asks for `bytes` of `piece`. False: it is not its turn, reject the request. */
  peerRequested(peer, piece, bytes2, nowMs) {
    const state = this.#peers.get(peer);
    return state !== void 0 && this.#have.has(piece) && this.#uploads.requested(state, piece, bytes2, nowMs);
  }
  /** All that was accepted of the piece that this peer is being served has been handed to its socket. */
  served(peer, nowMs) {
    const state = this.#peers.get(peer);
    if (state !== void 0) this.#uploads.served(state, nowMs);
  }
  /** The peer took back what it had asked for of this piece, and nothing of it is left to be handed to its socket. */
  peerCancelled(peer, piece, nowMs) {
    const state = this.#peers.get(peer);
    if (state !== void 0) this.#uploads.cancelled(state, piece, nowMs);
  }
  /** Bytes have left the socket; `drained`: none is queued any more. */
  uploaded(peer, drained, nowMs) {
    const state = this.#peers.get(peer);
    if (state !== void 0) this.#uploads.uploaded(state, drained, nowMs);
  }
  /** The peer tells us (BEP 6) which piece to take in its next turn. */
  suggested(peer, piece, nowMs) {
    const state = this.#peers.get(peer);
    if (state !== void 0) this.#downloads.suggested(state, piece, nowMs);
  }
  unchoked(peer, nowMs) {
    const state = this.#peers.get(peer);
    if (state !== void 0) this.#downloads.unchoked(state, nowMs);
  }
  /** `dropsRequests`: the peer does not speak BEP 6, so what it was asked for will not come. */
  choked(peer, dropsRequests, nowMs) {
    const state = this.#peers.get(peer);
    if (state !== void 0) this.#downloads.choked(state, dropsRequests, nowMs);
  }
  /** The peer said (BEP 6) that it will not send this piece. */
  rejected(peer, piece, nowMs) {
    const state = this.#peers.get(peer);
    if (state !== void 0) this.#downloads.rejected(state, piece, nowMs);
  }
  /** Bytes of blocks have come from this peer. */
  received(peer, nowMs) {
    const state = this.#peers.get(peer);
    if (state !== void 0) this.#downloads.received(state, nowMs);
  }
  /** This much, from 0 to 1, of what the peer was asked for of the piece has come. */
  progressed(peer, piece, share) {
    const state = this.#peers.get(peer);
    if (state !== void 0) this.#downloads.progressed(state, piece, share);
  }
  /**
   * All blocks of the piece have come and are being checked: its place is free for the next. The peer may have left since.
   * `pieceStored` or `pieceLost` must follow.
   */
  pieceArrived(peer, piece, nowMs) {
    this.#downloads.arrived(this.#peers.get(peer), piece, nowMs);
  }
  /** The piece was checked and the store has it, wherever it came from. */
  pieceStored(piece, nowMs) {
    if (this.#have.has(piece)) return;
    this.#downloads.storing(piece);
    this.#have.add(piece);
    this.#downloads.stored(piece, nowMs);
  }
  /** With `firstOnly`: all other pieces may be taken from now on. */
  mayTakeAll(nowMs) {
    this.#downloads.mayTakeAll(nowMs);
  }
  /** The piece that arrived was bad, or cannot be had: it is lacking again. */
  pieceLost(piece, nowMs) {
    this.#downloads.lost(piece, nowMs);
  }
  tick(nowMs) {
    this.#uploads.tick(nowMs);
    this.#downloads.tick(nowMs);
  }
};

// src/core/swarm-policy.ts
var SLOTS = 6;
var FIRST_SEEDER_SLOTS = 8;
var DOWNLOADS_MAX = 8;
var WAITING_MAX = 3;
var DOWNLOADS_BYTES_MAX = 24 * 1024 * 1024;
var DOWNLOADS_MIN = 2;
var EARLY_BYTES_MAX = 16 * 1024 * 1024;
var UNSTORED_BYTES_MAX = 24 * 1024 * 1024;
var UNSTORED_MIN = 2;
var UNSTORED_MAX = 6;
function swarmPolicy(pieceLengthBytes, { firstSeeder }) {
  const within = (bytes2, min, max) => Math.min(max, Math.max(min, Math.floor(bytes2 / pieceLengthBytes)));
  return {
    slots: firstSeeder ? FIRST_SEEDER_SLOTS : SLOTS,
    waitingMax: WAITING_MAX,
    downloadsMax: within(DOWNLOADS_BYTES_MAX, DOWNLOADS_MIN, DOWNLOADS_MAX),
    earlyPiecesMax: within(EARLY_BYTES_MAX, 1, Number.POSITIVE_INFINITY),
    unstoredMax: within(UNSTORED_BYTES_MAX, UNSTORED_MIN, UNSTORED_MAX)
  };
}

// src/core/torrent.ts
var import_node_crypto = require("node:crypto");

// node_modules/uint8-util/dist/src/util.js
var decoder = new TextDecoder();
var arr2text = (data, enc) => {
  if (!enc)
    return decoder.decode(data);
  const dec = new TextDecoder(enc);
  return dec.decode(data);
};
function concat(chunks, size = 0) {
  const length = chunks.length;
  if (!size)
    for (let i = 0; i < length; i++)
      size += chunks[i].length;
  const b = new Uint8Array(size);
  let offset = 0;
  for (let i = 0; i < length; i++) {
    b.set(chunks[i], offset);
    offset += chunks[i].length;
  }
  return b;
}

// node_modules/uint8-util/dist/src/node.js
var text2arr = (str) => {
  const buf = Buffer.from(str, "utf8");
  return new Uint8Array(buf.buffer, buf.byteOffset, buf.byteLength);
};
var arr2hex = (data) => Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("hex");
var hex2bin = (hex) => Buffer.from(hex, "hex").toString("binary");
var bin2hex = (bin) => Buffer.from(bin, "binary").toString("hex");
function equal(a, b) {
  if (a.byteLength !== b.byteLength)
    return false;
  if (a.byteLength < 256) {
    for (let i = 0; i < a.byteLength; i++)
      if (a[i] !== b[i])
        return false;
    return true;
  }
  return Buffer.compare(a, b) === 0;
}

// node_modules/bencode/lib/util.js
function digitCount(value) {
  const sign = value < 0 ? 1 : 0;
  value = Math.abs(Number(value || 1));
  return Math.floor(Math.log10(value)) + 1 + sign;
}
function getType(value) {
  if (ArrayBuffer.isView(value)) return "arraybufferview";
  if (Array.isArray(value)) return "array";
  if (value instanceof Number) return "number";
  if (value instanceof Boolean) return "boolean";
  if (value instanceof Set) return "set";
  if (value instanceof Map) return "map";
  if (value instanceof String) return "string";
  if (value instanceof ArrayBuffer) return "arraybuffer";
  return typeof value;
}

// node_modules/bencode/lib/encode.js
function encode(data, buffer, offset) {
  const buffers = [];
  let result = null;
  encode._encode(buffers, data);
  result = concat(buffers);
  encode.bytes = result.length;
  if (ArrayBuffer.isView(buffer)) {
    buffer.set(result, offset);
    return buffer;
  }
  return result;
}
encode.bytes = -1;
encode._floatConversionDetected = false;
encode._encode = function(buffers, data) {
  if (data == null) {
    return;
  }
  switch (getType(data)) {
    case "object":
      encode.dict(buffers, data);
      break;
    case "map":
      encode.dictMap(buffers, data);
      break;
    case "array":
      encode.list(buffers, data);
      break;
    case "set":
      encode.listSet(buffers, data);
      break;
    case "string":
      encode.string(buffers, data);
      break;
    case "number":
      encode.number(buffers, data);
      break;
    case "boolean":
      encode.number(buffers, data);
      break;
    case "arraybufferview":
      encode.buffer(buffers, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      break;
    case "arraybuffer":
      encode.buffer(buffers, new Uint8Array(data));
      break;
  }
};
var buffE = new Uint8Array([101]);
var buffD = new Uint8Array([100]);
var buffL = new Uint8Array([108]);
encode.buffer = function(buffers, data) {
  buffers.push(text2arr(data.length + ":"), data);
};
encode.string = function(buffers, data) {
  buffers.push(text2arr(text2arr(data).byteLength + ":" + data));
};
encode.number = function(buffers, data) {
  if (Number.isInteger(data)) return buffers.push(text2arr("i" + BigInt(data) + "e"));
  const maxLo = 2147483648;
  const hi = data / maxLo << 0;
  const lo = data % maxLo << 0;
  const val = hi * maxLo + lo;
  buffers.push(text2arr("i" + val + "e"));
  if (val !== data && !encode._floatConversionDetected) {
    encode._floatConversionDetected = true;
    console.warn(
      'WARNING: Possible data corruption detected with value "' + data + '":',
      'Bencoding only defines support for integers, value was converted to "' + val + '"'
    );
    console.trace();
  }
};
encode.dict = function(buffers, data) {
  buffers.push(buffD);
  let j = 0;
  let k;
  const keys = Object.keys(data).sort();
  const kl = keys.length;
  for (; j < kl; j++) {
    k = keys[j];
    if (data[k] == null) continue;
    encode.string(buffers, k);
    encode._encode(buffers, data[k]);
  }
  buffers.push(buffE);
};
encode.dictMap = function(buffers, data) {
  buffers.push(buffD);
  const keys = Array.from(data.keys()).sort();
  for (const key of keys) {
    if (data.get(key) == null) continue;
    ArrayBuffer.isView(key) ? encode._encode(buffers, key) : encode.string(buffers, String(key));
    encode._encode(buffers, data.get(key));
  }
  buffers.push(buffE);
};
encode.list = function(buffers, data) {
  let i = 0;
  const c = data.length;
  buffers.push(buffL);
  for (; i < c; i++) {
    if (data[i] == null) continue;
    encode._encode(buffers, data[i]);
  }
  buffers.push(buffE);
};
encode.listSet = function(buffers, data) {
  buffers.push(buffL);
  for (const item of data) {
    if (item == null) continue;
    encode._encode(buffers, item);
  }
  buffers.push(buffE);
};
var encode_default = encode;

// node_modules/bencode/lib/decode.js
var INTEGER_START = 105;
var STRING_DELIM = 58;
var DICTIONARY_START = 100;
var LIST_START = 108;
var END_OF_TYPE = 101;
function getIntFromBuffer(buffer, start, end) {
  let sum = 0;
  let sign = 1;
  for (let i = start; i < end; i++) {
    const num = buffer[i];
    if (num < 58 && num >= 48) {
      sum = sum * 10 + (num - 48);
      continue;
    }
    if (i === start && num === 43) {
      continue;
    }
    if (i === start && num === 45) {
      sign = -1;
      continue;
    }
    if (num === 46) {
      break;
    }
    throw new Error("not a number: buffer[" + i + "] = " + num);
  }
  return sum * sign;
}
function decode(data, start, end, encoding) {
  if (data == null || data.length === 0) {
    return null;
  }
  if (typeof start !== "number" && encoding == null) {
    encoding = start;
    start = void 0;
  }
  if (typeof end !== "number" && encoding == null) {
    encoding = end;
    end = void 0;
  }
  decode.position = 0;
  decode.encoding = encoding || null;
  decode.data = !ArrayBuffer.isView(data) ? text2arr(data) : new Uint8Array(data.slice(start, end));
  decode.bytes = decode.data.length;
  return decode.next();
}
decode.bytes = 0;
decode.position = 0;
decode.data = null;
decode.encoding = null;
decode.next = function() {
  switch (decode.data[decode.position]) {
    case DICTIONARY_START:
      return decode.dictionary();
    case LIST_START:
      return decode.list();
    case INTEGER_START:
      return decode.integer();
    default:
      return decode.buffer();
  }
};
decode.find = function(chr) {
  let i = decode.position;
  const c = decode.data.length;
  const d = decode.data;
  while (i < c) {
    if (d[i] === chr) return i;
    i++;
  }
  throw new Error(
    'Invalid data: Missing delimiter "' + String.fromCharCode(chr) + '" [0x' + chr.toString(16) + "]"
  );
};
decode.dictionary = function() {
  decode.position++;
  const dict = {};
  while (decode.data[decode.position] !== END_OF_TYPE) {
    const buffer = decode.buffer();
    let key = arr2text(buffer);
    if (key.includes("\uFFFD")) key = arr2hex(buffer);
    dict[key] = decode.next();
  }
  decode.position++;
  return dict;
};
decode.list = function() {
  decode.position++;
  const lst = [];
  while (decode.data[decode.position] !== END_OF_TYPE) {
    lst.push(decode.next());
  }
  decode.position++;
  return lst;
};
decode.integer = function() {
  const end = decode.find(END_OF_TYPE);
  const number2 = getIntFromBuffer(decode.data, decode.position + 1, end);
  decode.position += end + 1 - decode.position;
  return number2;
};
decode.buffer = function() {
  let sep = decode.find(STRING_DELIM);
  const length = getIntFromBuffer(decode.data, decode.position, sep);
  const end = ++sep + length;
  decode.position = end;
  return decode.encoding ? arr2text(decode.data.slice(sep, end)) : decode.data.slice(sep, end);
};
var decode_default = decode;

// node_modules/bencode/lib/encoding-length.js
function listLength(list) {
  let length = 1 + 1;
  for (const value of list) {
    length += encodingLength(value);
  }
  return length;
}
function mapLength(map) {
  let length = 1 + 1;
  for (const [key, value] of map) {
    const keyLength = text2arr(key).byteLength;
    length += digitCount(keyLength) + 1 + keyLength;
    length += encodingLength(value);
  }
  return length;
}
function objectLength(value) {
  let length = 1 + 1;
  const keys = Object.keys(value);
  for (let i = 0; i < keys.length; i++) {
    const keyLength = text2arr(keys[i]).byteLength;
    length += digitCount(keyLength) + 1 + keyLength;
    length += encodingLength(value[keys[i]]);
  }
  return length;
}
function stringLength(value) {
  const length = text2arr(value).byteLength;
  return digitCount(length) + 1 + length;
}
function arrayBufferLength(value) {
  const length = value.byteLength - value.byteOffset;
  return digitCount(length) + 1 + length;
}
function encodingLength(value) {
  const length = 0;
  if (value == null) return length;
  const type = getType(value);
  switch (type) {
    case "arraybufferview":
      return arrayBufferLength(value);
    case "string":
      return stringLength(value);
    case "array":
    case "set":
      return listLength(value);
    case "number":
      return 1 + digitCount(Math.floor(value)) + 1;
    case "bigint":
      return 1 + value.toString().length + 1;
    case "object":
      return objectLength(value);
    case "map":
      return mapLength(value);
    default:
      throw new TypeError(`Unsupported value of type "${type}"`);
  }
}
var encoding_length_default = encodingLength;

// node_modules/bencode/index.js
var encodingLength2 = encoding_length_default;
var bencode_default = { encode: encode_default, decode: decode_default, byteLength: encoding_length_default, encodingLength: encodingLength2 };

// src/core/torrent.ts
var PIECE_HASH_BYTES = 20;
var BLOCK_LENGTH_BYTES = 16 * 1024;
var PIECE_LENGTH_MIN_BYTES = 16 * 1024;
var PIECE_LENGTH_MAX_BYTES = 16 * 1024 * 1024;
var PIECES_MAX2 = 65536;
var AUTO_MIN_BYTES = 64 * 1024;
var PIECES_WANTED = [
  { upToPieceLengthBytes: 4 * 1024 * 1024, pieces: 724 },
  { upToPieceLengthBytes: PIECE_LENGTH_MAX_BYTES, pieces: 2048 }
];
function autoPieceLengthBytes(lengthBytes) {
  let pieceLengthBytes = AUTO_MIN_BYTES;
  for (const { upToPieceLengthBytes, pieces } of PIECES_WANTED) {
    while (pieceLengthBytes < upToPieceLengthBytes && lengthBytes / pieceLengthBytes > pieces)
      pieceLengthBytes *= 2;
  }
  return pieceLengthBytes;
}
function pieceCount(torrent2) {
  return Math.ceil(torrent2.lengthBytes / torrent2.pieceLengthBytes);
}
function pieceBytes(torrent2, piece) {
  return Math.min(torrent2.pieceLengthBytes, torrent2.lengthBytes - piece * torrent2.pieceLengthBytes);
}
function pieceHash(torrent2, piece) {
  return torrent2.pieces.subarray(piece * PIECE_HASH_BYTES, (piece + 1) * PIECE_HASH_BYTES);
}
function infoDictionary(torrent2) {
  return bencode_default.encode({
    length: torrent2.lengthBytes,
    name: torrent2.name,
    "piece length": torrent2.pieceLengthBytes,
    pieces: torrent2.pieces,
    private: 1
  });
}
function torrentDigests(torrent2) {
  const info = infoDictionary(torrent2);
  return {
    infoHash: (0, import_node_crypto.createHash)("sha1").update(info).digest("hex"),
    infoSha256: (0, import_node_crypto.createHash)("sha256").update(info).digest("hex")
  };
}

// src/swarm/acceptor.ts
var import_node_net = require("node:net");

// src/swarm/listen.ts
var import_node_events = require("node:events");

// src/core/errors.ts
var MurmurationError = class extends Error {
  name = "MurmurationError";
  code;
  /** Name of the jump host, or seed host, that failed: all targets that need it have this failure, and none of them caused it. */
  jumpHost;
  constructor(code, message, options) {
    super(message, options);
    this.code = code;
    this.jumpHost = options?.jumpHost;
  }
};
function asMurmurationError(thrown, fallback = "INTERNAL") {
  if (thrown instanceof MurmurationError) return thrown;
  return new MurmurationError(fallback, messageOf(thrown), { cause: thrown });
}
function messageOf(thrown) {
  if (thrown instanceof Error) return thrown.message || thrown.name;
  return String(thrown);
}

// src/swarm/listen.ts
async function listenInRange(server, ports, what) {
  let last;
  for (let port2 = ports.from; port2 <= ports.to; port2++) {
    try {
      return await listenOn(server, port2);
    } catch (error2) {
      last = error2;
    }
  }
  const range = ports.from === ports.to ? `port ${ports.from}` : `ports ${ports.from}\u2013${ports.to}`;
  throw new MurmurationError("PEER_PORT_TAKEN", `cannot listen for ${what} on ${range}: ${messageOf(last)}`, {
    cause: last
  });
}
async function listenOn(server, port2) {
  try {
    server.listen({ port: port2, host: "::" });
    await (0, import_node_events.once)(server, "listening");
  } catch (error2) {
    if (!hasCode(error2, "EAFNOSUPPORT") && !hasCode(error2, "EADDRNOTAVAIL")) throw error2;
    server.listen({ port: port2, host: "0.0.0.0" });
    await (0, import_node_events.once)(server, "listening");
  }
  return server.address().port;
}
function hasCode(error2, code) {
  return error2 instanceof Error && "code" in error2 && error2.code === code;
}

// src/swarm/psk-tls.ts
var tls = __toESM(require("node:tls"), 1);
var SUITE = { ciphers: "TLS_AES_128_GCM_SHA256", minVersion: "TLSv1.3", maxVersion: "TLSv1.3" };
var IDENTITY = "murmuration";
var CONTEXT = tls.createSecureContext({ ...SUITE, ca: [] });
function acceptPskTls(socket, key) {
  return new tls.TLSSocket(socket, {
    isServer: true,
    secureContext: CONTEXT,
    pskCallback: (_socket, identity) => identity === IDENTITY ? key : null
  });
}
function connectPskTls(to, key) {
  return tls.connect({
    ...to,
    secureContext: CONTEXT,
    pskCallback: () => ({ psk: key, identity: IDENTITY }),
    // Called for a peer that showed a certificate, which TLS 1.3 allows it to do instead of using the key.
    checkServerIdentity: () => new Error("the peer does not use this run's key")
  });
}

// src/swarm/acceptor.ts
var TLS_HANDSHAKE_TIMEOUT_MS = 1e4;
var UNAUTHENTICATED_MAX = 200;
var Acceptor = class {
  #options;
  #server = (0, import_node_net.createServer)({ noDelay: true }, (socket) => this.#accept(socket));
  #unauthenticated = /* @__PURE__ */ new Set();
  constructor(options) {
    this.#options = options;
    this.#server.on("error", () => {
    });
  }
  /** The port. @throws MurmurationError `PEER_PORT_TAKEN` */
  listen(ports) {
    return listenInRange(this.#server, ports, "peers");
  }
  async [Symbol.asyncDispose]() {
    for (const socket of this.#unauthenticated) socket.destroy();
    if (this.#server.listening) await new Promise((resolve2) => this.#server.close(resolve2));
  }
  #accept(socket) {
    const { key, wanted, onSocket } = this.#options;
    socket.on("error", () => socket.destroy());
    if (this.#unauthenticated.size >= UNAUTHENTICATED_MAX || !wanted(socket)) {
      socket.destroy();
      return;
    }
    if (key === null) {
      onSocket(socket);
      return;
    }
    this.#unauthenticated.add(socket);
    const timer = setTimeout(() => socket.destroy(), TLS_HANDSHAKE_TIMEOUT_MS);
    socket.on("close", () => {
      clearTimeout(timer);
      this.#unauthenticated.delete(socket);
    });
    const secured = acceptPskTls(socket, key);
    secured.on("error", () => socket.destroy());
    secured.once("secure", () => {
      clearTimeout(timer);
      this.#unauthenticated.delete(socket);
      onSocket(secured);
    });
  }
};

// src/swarm/dialler.ts
var import_node_net2 = require("node:net");
var import_node_perf_hooks = require("node:perf_hooks");

// src/core/ip-address.ts
function plainAddress(text2) {
  const [address2 = ""] = text2.split("%");
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(address2)) return address2;
  const url2 = `http://[${address2}]/`;
  if (!/^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$/.test(address2) || !URL.canParse(url2)) return void 0;
  const short = new URL(url2).hostname.slice(1, -1);
  const [, high = "", low = ""] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short) ?? [];
  if (high === "") return short;
  const bytes2 = [high, low].flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 255];
  });
  return bytes2.join(".");
}
function isLinkLocal(text2) {
  return /^fe[89ab][0-9a-f]:/.test(plainAddress(text2) ?? "");
}
function bracketed(host) {
  return host.includes(":") ? `[${host}]` : host;
}
function hostAndPort({ host, port: port2 }) {
  return `${bracketed(host)}:${port2}`;
}

// src/swarm/dialler.ts
var DIAL_TIMEOUT_MS = 5e3;
var RETRY_FIRST_MS = 250;
var RETRY_LONGEST_MS = 4e3;
var STEADY_MS = 1e4;
var ATTEMPTS_MAX = 6;
var Dialler = class {
  #options;
  #known = /* @__PURE__ */ new Map();
  #dialling = /* @__PURE__ */ new Set();
  #closed = false;
  lastError;
  constructor(options) {
    this.#options = options;
  }
  add(address2, { always }) {
    const key = hostAndPort(address2);
    const known = this.#known.get(key);
    if (known === void 0) {
      const fresh = {
        address: address2,
        always,
        attempts: 0,
        state: "waiting",
        connectedAtMs: 0,
        timer: void 0
      };
      this.#known.set(key, fresh);
      this.#dial(fresh);
      return;
    }
    known.always ||= always;
    if (known.state === "waiting" && known.timer === void 0) {
      known.attempts = 0;
      this.#dial(known);
    }
  }
  /** The peer at this address is connected no longer. */
  lost(address2) {
    const dialled = this.#known.get(hostAndPort(address2));
    if (dialled?.state !== "connected") return;
    if (import_node_perf_hooks.performance.now() - dialled.connectedAtMs > STEADY_MS) dialled.attempts = 0;
    this.#again(dialled);
  }
  /** As `lost`, but not to be dialled again until it is added again. */
  forget(address2) {
    const dialled = this.#known.get(hostAndPort(address2));
    if (dialled?.state === "connected") this.#known.delete(hostAndPort(address2));
  }
  /** Never to be dialled again: it is ourselves, or sent bad data. */
  refuse(address2) {
    const dialled = this.#known.get(hostAndPort(address2));
    if (dialled !== void 0) dialled.state = "refused";
  }
  close() {
    this.#closed = true;
    for (const dialled of this.#known.values()) clearTimeout(dialled.timer);
    for (const socket of this.#dialling) socket.destroy();
  }
  #dial(dialled) {
    dialled.timer = void 0;
    if (this.#options.isConnected(dialled.address)) {
      this.#nowConnected(dialled);
      return;
    }
    dialled.state = "dialling";
    dialled.attempts += 1;
    const { host, port: port2 } = dialled.address;
    const { key, onread } = this.#options;
    const to = { host, port: port2, ...onread === void 0 ? {} : { onread } };
    const socket = key === null ? (0, import_node_net2.connect)(to) : connectPskTls(to, key);
    socket.setNoDelay(true);
    this.#dialling.add(socket);
    const fail = (why) => {
      if (!this.#dialling.delete(socket)) return;
      socket.destroy();
      this.lastError = `${hostAndPort(dialled.address)}: ${why}`;
      this.#again(dialled);
    };
    socket.setTimeout(DIAL_TIMEOUT_MS, () => fail(`no answer in ${DIAL_TIMEOUT_MS / 1e3} s`));
    socket.on("error", (error2) => fail(messageOf(error2)));
    socket.on("close", () => fail("closed before it answered"));
    socket.once(key === null ? "connect" : "secureConnect", () => {
      if (!this.#dialling.delete(socket)) return;
      socket.setTimeout(0);
      socket.removeAllListeners("timeout");
      this.#nowConnected(dialled);
      this.#options.onSocket(socket, dialled.address);
    });
  }
  #nowConnected(dialled) {
    dialled.state = "connected";
    dialled.connectedAtMs = import_node_perf_hooks.performance.now();
  }
  #again(dialled) {
    if (dialled.state === "refused") return;
    dialled.state = "waiting";
    if (this.#closed || !dialled.always && dialled.attempts >= ATTEMPTS_MAX) return;
    const pauseMs = Math.min(RETRY_LONGEST_MS, RETRY_FIRST_MS * 2 ** Math.max(0, dialled.attempts - 1));
    dialled.timer = setTimeout(() => this.#dial(dialled), pauseMs * (0.5 + Math.random()));
  }
};

// src/swarm/have-pace.ts
var PIECES_TOGETHER = 8;
var LACKING_MIN_MS = 2;
var LACKING_MAX_MS = 300;
var COUNTING_MS = 250;
var INTERVAL_WEIGHT = 0.2;
var HavePace = class {
  #intervalMs = 0;
  #lastMs;
  /** A piece was stored. */
  note(nowMs) {
    if (this.#lastMs !== void 0)
      this.#intervalMs += INTERVAL_WEIGHT * (nowMs - this.#lastMs - this.#intervalMs);
    this.#lastMs = nowMs;
  }
  /** Milliseconds until the peer is told, if nothing else is sent to it before. */
  delayMs(peer) {
    if (peer === "sent it") return 0;
    if (peer === "has it") return COUNTING_MS;
    return Math.min(LACKING_MAX_MS, Math.max(LACKING_MIN_MS, PIECES_TOGETHER * this.#intervalMs));
  }
};

// src/swarm/inbound.ts
var READ_MAX_BYTES = 256 * 1024;
var BUFFER = Buffer.allocUnsafeSlow(READ_MAX_BYTES);
var receivers = /* @__PURE__ */ new WeakMap();
var INTO_ONE_BUFFER = {
  buffer: BUFFER,
  callback(bytes2) {
    receivers.get(this)?.(BUFFER.subarray(0, bytes2));
    return true;
  }
};
function receiveFrom(socket, receive) {
  receivers.set(socket, receive);
  socket.on("data", receive);
}

// src/core/wire-messages.ts
var HANDSHAKE_BYTES = 68;
var PROTOCOL_NAME = Buffer.from("BitTorrent protocol", "latin1");
var FAST_BIT = 4;
var MESSAGE = {
  choke: 0,
  unchoke: 1,
  interested: 2,
  notInterested: 3,
  have: 4,
  bitfield: 5,
  request: 6,
  piece: 7,
  cancel: 8,
  suggest: 13,
  haveAll: 14,
  haveNone: 15,
  reject: 16
};
function encodeHandshake(handshake) {
  const reserved = Buffer.alloc(8);
  if (handshake.fast) reserved[7] = FAST_BIT;
  return Buffer.concat([PROTOCOL_NAME, reserved, handshake.infoHash, handshake.peerId]);
}
function tryDecodeHandshake(bytes2) {
  if (!bytes2.subarray(0, PROTOCOL_NAME.length).equals(PROTOCOL_NAME)) return void 0;
  return {
    fast: ((bytes2[27] ?? 0) & FAST_BIT) !== 0,
    infoHash: Buffer.from(bytes2.subarray(28, 48)),
    peerId: Buffer.from(bytes2.subarray(48, 68))
  };
}
var KEEP_ALIVE = Buffer.alloc(4);
function encodeFlag(id) {
  return Buffer.from([0, 0, 0, 1, id]);
}
function encodeHave(piece) {
  return encodePieceMessage(MESSAGE.have, piece);
}
function encodeSuggest(piece) {
  return encodePieceMessage(MESSAGE.suggest, piece);
}
function encodePieceMessage(id, piece) {
  const message = Buffer.allocUnsafe(9);
  message.writeUInt32BE(5, 0);
  message[4] = id;
  message.writeUInt32BE(piece, 5);
  return message;
}
function encodeBitfield(pieces) {
  const head = Buffer.allocUnsafe(5);
  head.writeUInt32BE(1 + pieces.bytes.length, 0);
  head[4] = MESSAGE.bitfield;
  return Buffer.concat([head, pieces.bytes]);
}
function encodeBlockMessage(id, block) {
  const message = Buffer.allocUnsafe(17);
  message.writeUInt32BE(13, 0);
  message[4] = id;
  message.writeUInt32BE(block.piece, 5);
  message.writeUInt32BE(block.begin, 9);
  message.writeUInt32BE(block.length, 13);
  return message;
}
var PIECE_HEAD_BYTES = 13;
function encodePieceHead(block) {
  const head = Buffer.allocUnsafe(PIECE_HEAD_BYTES);
  head.writeUInt32BE(9 + block.length, 0);
  head[4] = MESSAGE.piece;
  head.writeUInt32BE(block.piece, 5);
  head.writeUInt32BE(block.begin, 9);
  return head;
}

// src/core/wire-reader.ts
var BLOCK_MAX_BYTES = 128 * 1024;
var IGNORED_MESSAGE_MAX_BYTES = 64 * 1024;
var LENGTHS = /* @__PURE__ */ new Map([
  [MESSAGE.choke, 1],
  [MESSAGE.unchoke, 1],
  [MESSAGE.interested, 1],
  [MESSAGE.notInterested, 1],
  [MESSAGE.have, 5],
  [MESSAGE.request, 13],
  [MESSAGE.cancel, 13],
  [MESSAGE.suggest, 5],
  [MESSAGE.haveAll, 1],
  [MESSAGE.haveNone, 1],
  [MESSAGE.reject, 13]
]);
var WireError = class extends Error {
  name = "WireError";
};
var WireReader = class {
  #handler;
  #bitfieldBytes;
  /** Holds one head or one short message while it is incomplete. */
  #held;
  #heldBytes = 0;
  /** The rest of a message that is passed over. */
  #ignoredBytes = 0;
  #shakenHands = false;
  #opened = false;
  #block;
  #blockInto;
  #blockDone = 0;
  #stopped = false;
  constructor(handler, pieceCount2) {
    this.#handler = handler;
    this.#bitfieldBytes = Math.ceil(pieceCount2 / 8);
    this.#held = Buffer.allocUnsafe(Math.max(HANDSHAKE_BYTES, 5 + this.#bitfieldBytes));
  }
  /** @throws WireError */
  push(chunk) {
    let at = 0;
    while (at < chunk.length && !this.#stopped) {
      if (this.#block !== void 0) at = this.#readBlock(this.#block, chunk, at);
      else if (this.#ignoredBytes > 0) at = this.#ignore(chunk, at);
      else at = this.#readHeld(chunk, at);
    }
  }
  /** Nothing more is read, not even the rest of the chunk that is being read. */
  stop() {
    this.#stopped = true;
  }
  /** The rest of a block of this piece that is coming is dropped: where it went is given to another use. */
  dropBlock(piece) {
    if (this.#block?.piece === piece) this.#blockInto = void 0;
  }
  #ignore(chunk, at) {
    const end = Math.min(chunk.length, at + this.#ignoredBytes);
    this.#ignoredBytes -= end - at;
    return end;
  }
  #readHeld(chunk, at) {
    const wanted = this.#wantedBytes();
    const end = Math.min(chunk.length, at + wanted - this.#heldBytes);
    this.#held.set(chunk.subarray(at, end), this.#heldBytes);
    this.#heldBytes += end - at;
    if (this.#heldBytes === wanted) this.#heldIsWhole(wanted);
    return end;
  }
  /** How many bytes must be held before the next step: the handshake, a length, an id, a head, a whole short message. */
  #wantedBytes() {
    if (!this.#shakenHands) return HANDSHAKE_BYTES;
    if (this.#heldBytes < 4) return 4;
    const length = this.#held.readUInt32BE(0);
    if (this.#heldBytes < 5) return 5;
    if (this.#held[4] === MESSAGE.piece) return PIECE_HEAD_BYTES;
    return 4 + length;
  }
  #heldIsWhole(wanted) {
    if (!this.#shakenHands) {
      const handshake = tryDecodeHandshake(this.#held.subarray(0, HANDSHAKE_BYTES));
      if (handshake === void 0) throw new WireError("no BitTorrent handshake");
      this.#shakenHands = true;
      this.#heldBytes = 0;
      this.#handler.handshake(handshake);
      return;
    }
    const length = this.#held.readUInt32BE(0);
    if (wanted === 4) {
      if (length === 0) this.#heldBytes = 0;
      return;
    }
    const id = this.#held[4];
    if (wanted === 5 && !this.#isToBeHeld(id, length)) {
      this.#heldBytes = 0;
      this.#ignoredBytes = length - 1;
      return;
    }
    if (wanted < 4 + length && !(id === MESSAGE.piece && wanted === PIECE_HEAD_BYTES)) return;
    if (this.#opened && (id === MESSAGE.haveAll || id === MESSAGE.haveNone))
      throw new WireError(`message ${id} too late`);
    this.#opened = true;
    if (id === MESSAGE.piece) {
      this.#startBlock(length);
      return;
    }
    this.#heldBytes = 0;
    this.#dispatch(id, this.#held.subarray(5, 4 + length));
  }
  /** False for a message that means nothing to us. @throws WireError for a length that the message cannot have. */
  #isToBeHeld(id, length) {
    const exact = id === MESSAGE.bitfield ? 1 + this.#bitfieldBytes : LENGTHS.get(id);
    if (exact !== void 0) {
      if (length !== exact) throw new WireError(`message ${id} of ${length} bytes`);
      return true;
    }
    if (id === MESSAGE.piece) {
      if (length < 9 || length > 9 + BLOCK_MAX_BYTES)
        throw new WireError(`a block message of ${length} bytes`);
      return true;
    }
    if (length > IGNORED_MESSAGE_MAX_BYTES) throw new WireError(`message ${id} of ${length} bytes`);
    return false;
  }
  #startBlock(length) {
    const block = {
      piece: this.#held.readUInt32BE(5),
      begin: this.#held.readUInt32BE(9),
      length: length - 9
    };
    this.#heldBytes = 0;
    this.#block = block;
    this.#blockDone = 0;
    this.#blockInto = this.#handler.blockStarts(block);
    if (block.length === 0) this.#endBlock(block);
  }
  #readBlock(block, chunk, at) {
    const end = Math.min(chunk.length, at + block.length - this.#blockDone);
    this.#blockInto?.set(chunk.subarray(at, end), this.#blockDone);
    this.#blockDone += end - at;
    this.#handler.blockBytes(end - at);
    if (this.#blockDone === block.length) this.#endBlock(block);
    return end;
  }
  #endBlock(block) {
    const kept = this.#blockInto !== void 0;
    this.#block = void 0;
    this.#blockInto = void 0;
    if (kept) this.#handler.blockEnds(block);
  }
  #dispatch(id, body) {
    const handler = this.#handler;
    switch (id) {
      case MESSAGE.choke:
        handler.choke();
        break;
      case MESSAGE.unchoke:
        handler.unchoke();
        break;
      case MESSAGE.interested:
        handler.interested(true);
        break;
      case MESSAGE.notInterested:
        handler.interested(false);
        break;
      case MESSAGE.have:
        handler.have(body.readUInt32BE(0));
        break;
      case MESSAGE.suggest:
        handler.suggest(body.readUInt32BE(0));
        break;
      case MESSAGE.bitfield:
        handler.bitfield(body);
        break;
      case MESSAGE.haveAll:
        handler.haveAll();
        break;
      case MESSAGE.request:
        handler.request(blockOf(body));
        break;
      case MESSAGE.cancel:
        handler.cancel(blockOf(body));
        break;
      case MESSAGE.reject:
        handler.reject(blockOf(body));
        break;
    }
  }
};
function blockOf(body) {
  return { piece: body.readUInt32BE(0), begin: body.readUInt32BE(4), length: body.readUInt32BE(8) };
}

// src/swarm/block-download.ts
var WINDOW_BLOCKS = 250;
var BlockDownload = class {
  piece;
  buffer;
  /** What is fetched of the piece; undefined: all of it. */
  ranges;
  #blocks = [];
  /** By where they begin in the piece. */
  #indexes = /* @__PURE__ */ new Map();
  #received;
  #receivedCount = 0;
  #requestedCount = 0;
  constructor(piece, buffer, ranges) {
    this.piece = piece;
    this.buffer = buffer;
    this.ranges = ranges;
    for (const range of ranges ?? [{ startBytes: 0, endBytes: buffer.bytes.length }]) this.#addBlocks(range);
    this.#received = new Uint8Array(this.#blocks.length);
  }
  get complete() {
    return this.#receivedCount === this.#blocks.length;
  }
  /** Of what is asked for, from 0 to 1. */
  get share() {
    return this.#receivedCount / this.#blocks.length;
  }
  /** The blocks to be asked for now. */
  takeRequests() {
    const from = this.#requestedCount;
    this.#requestedCount = Math.max(from, Math.min(this.#blocks.length, this.#receivedCount + WINDOW_BLOCKS));
    return this.#blocks.slice(from, this.#requestedCount);
  }
  /** The blocks that were asked for and have not come. */
  outstanding() {
    return this.#blocks.filter((_, index) => index < this.#requestedCount && this.#received[index] === 0);
  }
  /** Where the block's bytes go; undefined for a block that was not asked for or has come already. */
  placeOf(block) {
    const index = this.#indexes.get(block.begin);
    if (block.piece !== this.piece || index === void 0 || index >= this.#requestedCount) return void 0;
    if (this.#received[index] !== 0 || block.length !== this.#blocks[index].length) return void 0;
    return this.buffer.bytes.subarray(block.begin, block.begin + block.length);
  }
  received(block) {
    this.#received[this.#indexes.get(block.begin)] = 1;
    this.#receivedCount += 1;
  }
  #addBlocks({ startBytes, endBytes }) {
    for (let begin = startBytes; begin < endBytes; begin += BLOCK_LENGTH_BYTES) {
      this.#indexes.set(begin, this.#blocks.length);
      const length = Math.min(BLOCK_LENGTH_BYTES, endBytes - begin);
      this.#blocks.push({ piece: this.piece, begin, length });
    }
  }
};

// src/swarm/block-upload.ts
var QUEUED_BYTES_MAX = 512 * 1024;
var BlockUpload = class {
  #options;
  #serving;
  /** Of the piece that is being served. */
  #requests = /* @__PURE__ */ new Map();
  /** Of other pieces. */
  #waiting = /* @__PURE__ */ new Map();
  #countOfPiece = /* @__PURE__ */ new Map();
  #piece;
  #queuedBytes = 0;
  #pumping = false;
  #closed = false;
  #timer;
  constructor(options) {
    this.#options = options;
  }
  get idle() {
    return this.#requests.size === 0 && this.#queuedBytes === 0;
  }
  get pending() {
    return this.#requests.size + this.#waiting.size;
  }
  add(block) {
    const key = keyOf(block);
    if (this.#requests.has(key) || this.#waiting.has(key)) return;
    this.#count(block, 1);
    (block.piece === this.#serving ? this.#requests : this.#waiting).set(key, block);
    void this.#pump();
  }
  /** Sends what was asked of this piece, and what still is. */
  serve(piece) {
    this.#serving = piece;
    for (const block of this.#takeAllBack()) this.add(block);
  }
  /** What is asked from now on waits, also of the piece that was served. */
  rest() {
    this.#serving = void 0;
  }
  takeBack(block) {
    const key = keyOf(block);
    if (!this.#requests.delete(key) && !this.#waiting.delete(key)) return false;
    this.#count(block, -1);
    return true;
  }
  asksFor(piece) {
    return (this.#countOfPiece.get(piece) ?? 0) > 0;
  }
  /** Takes back what waits. */
  endTurn() {
    this.#letGo();
    this.#serving = void 0;
    return this.#takeAllBack();
  }
  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.endTurn();
  }
  #takeAllBack() {
    const all = [...this.#requests.values(), ...this.#waiting.values()];
    for (const of of [this.#requests, this.#waiting, this.#countOfPiece]) of.clear();
    return all;
  }
  get #next() {
    return this.#requests.values().next().value;
  }
  #count({ piece }, by) {
    this.#countOfPiece.set(piece, (this.#countOfPiece.get(piece) ?? 0) + by);
  }
  async #pump() {
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      while (!this.#closed && this.#requests.size > 0 && this.#queuedBytes < QUEUED_BYTES_MAX) {
        const { limiter, now } = this.#options;
        const waitMs = limiter.waitMs(now());
        if (waitMs > 0) {
          this.#pumpAfter(waitMs);
          return;
        }
        await this.#load(this.#next.piece);
        this.#writeBatch();
      }
    } catch {
      const { onUnreadable, onUploaded } = this.#options;
      onUnreadable(this.#takeAllBack());
      if (!this.#closed) onUploaded(0, this.idle);
    } finally {
      this.#pumping = false;
    }
  }
  #pumpAfter(waitMs) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#pump(), waitMs);
  }
  async #load(piece) {
    if (this.#piece?.index === piece) return;
    const buffer = await this.#options.readPiece(piece);
    this.#letGo();
    if (this.#next?.piece === piece) this.#piece = { index: piece, buffer };
    else buffer.release();
  }
  /** Writes blocks of the loaded piece in one go: a TLS record or a packet for each would cost more than the copy. */
  #writeBatch() {
    const { socket, limiter, now, onServed } = this.#options;
    socket.cork();
    while (this.#piece !== void 0 && this.#next?.piece === this.#piece.index) {
      if (this.#queuedBytes >= QUEUED_BYTES_MAX || limiter.waitMs(now()) > 0) break;
      const block = this.#next;
      this.takeBack(block);
      this.#write(block, this.#piece.buffer);
    }
    if (this.#requests.size === 0) {
      this.#letGo();
      if (!this.#closed) onServed();
    }
    process.nextTick(() => socket.uncork());
  }
  /** Of the piece: a buffer for each of 100 peers between their turns would be memory. */
  #letGo() {
    this.#piece?.buffer.release();
    this.#piece = void 0;
  }
  #write(block, buffer) {
    const { socket, limiter, now, onUploaded } = this.#options;
    limiter.spend(block.length, now());
    buffer.hold();
    this.#queuedBytes += block.length;
    socket.write(encodePieceHead(block));
    socket.write(buffer.bytes.subarray(block.begin, block.begin + block.length), (error2) => {
      buffer.release();
      this.#queuedBytes -= block.length;
      if (error2 || this.#closed) return;
      onUploaded(block.length, this.idle);
      void this.#pump();
    });
  }
};
function keyOf({ piece, begin, length }) {
  return `${piece}:${begin}:${length}`;
}

// src/swarm/outbox.ts
var QUEUED_BYTES_MAX2 = 2 * 1024 * 1024;
var Outbox = class {
  /** When something was sent last. */
  lastSentMs;
  #options;
  #left = () => this.noteLeft();
  #flush = () => this.flush();
  #messages = [];
  #haves = [];
  #soon;
  #timer;
  #timerDueMs = Number.POSITIVE_INFINITY;
  #lastLeftMs;
  #closed = false;
  constructor(options) {
    this.#options = options;
    this.lastSentMs = options.now();
    this.#lastLeftMs = this.lastSentMs;
  }
  send(...messages) {
    if (this.#closed || messages.length === 0) return;
    this.#messages.push(...messages);
    this.#soon ??= setImmediate(this.#flush);
  }
  sendHave(piece, delayMs) {
    if (this.#closed) return;
    this.#haves.push(piece);
    if (delayMs === 0) this.#soon ??= setImmediate(this.#flush);
    else this.#flushWithin(delayMs);
  }
  /** Sends all that waits, now: along with what the socket is given in the same breath. */
  flush() {
    clearImmediate(this.#soon);
    clearTimeout(this.#timer);
    this.#soon = void 0;
    this.#timer = void 0;
    this.#timerDueMs = Number.POSITIVE_INFINITY;
    if (this.#closed) return;
    const { socket, now, onOverflow } = this.#options;
    const all = [...this.#haves.map(encodeHave), ...this.#messages];
    this.#haves = [];
    this.#messages = [];
    if (all.length === 0) return;
    this.lastSentMs = now();
    socket.write(all.length === 1 ? all[0] : Buffer.concat(all), this.#left);
    if (socket.writableLength > QUEUED_BYTES_MAX2) onOverflow();
  }
  /** Bytes have left the socket. */
  noteLeft() {
    this.#lastLeftMs = this.#options.now();
  }
  /** For how long bytes have waited without one leaving. To be asked often: what waits is dated from the question before. */
  stalledMs() {
    if (this.#options.socket.writableLength === 0) this.noteLeft();
    return this.#options.now() - this.#lastLeftMs;
  }
  close() {
    this.#closed = true;
    clearImmediate(this.#soon);
    clearTimeout(this.#timer);
    this.#haves = [];
    this.#messages = [];
  }
  #flushWithin(delayMs) {
    const dueMs = this.#options.now() + delayMs;
    if (dueMs >= this.#timerDueMs) return;
    this.#timerDueMs = dueMs;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#flush, delayMs);
  }
};

// src/swarm/peer-connection.ts
var REQUESTS_MAX = 4096;
var PeerConnection = class {
  id;
  dialled;
  remoteHost;
  lastHeardMs;
  /** Known after the handshake. */
  remote;
  /** Bytes from it are counted as the seeder's. */
  isSeeder = false;
  /** In our own zone, or we have none. */
  isNear = true;
  #options;
  #socket;
  #reader;
  #outbox;
  #upload;
  #downloads = /* @__PURE__ */ new Map();
  #closed = false;
  constructor(options) {
    const { socket, events } = options;
    this.id = options.id;
    this.dialled = options.dialled;
    this.remoteHost = socket.remoteAddress ?? "";
    this.#options = options;
    this.#socket = socket;
    this.#reader = new WireReader(this, options.pieceCount);
    this.lastHeardMs = options.upload.now();
    this.#outbox = new Outbox({
      socket,
      now: options.upload.now,
      onOverflow: () => this.close()
    });
    this.#upload = new BlockUpload({
      ...options.upload,
      socket,
      onServed: () => events.served(this),
      onUploaded: (bytes2, drained) => {
        this.#outbox.noteLeft();
        events.uploaded(this, bytes2, drained);
      },
      onUnreadable: (blocks) => this.#reject(blocks)
    });
    receiveFrom(socket, (bytes2) => this.#onData(bytes2));
    socket.on("error", () => this.close());
    socket.on("end", () => this.close());
    socket.on("close", () => this.close());
    if (options.speaksFirst) socket.write(encodeHandshake(options.own));
  }
  get fast() {
    return this.remote?.fast ?? false;
  }
  get lastSentMs() {
    return this.#outbox.lastSentMs;
  }
  /** For how long bytes have waited for the socket without one leaving; to be asked several times a second. */
  sendStalledMs() {
    return this.#outbox.stalledMs();
  }
  close() {
    if (this.#closed) return;
    this.#closed = true;
    this.#reader.stop();
    this.#outbox.close();
    this.#upload.close();
    this.#dropDownloads();
    this.#socket.destroy();
    this.#options.events.closed(this);
  }
  // What the engine tells the peer.
  sendPieces(pieces) {
    if (this.fast && pieces.complete) this.#outbox.send(encodeFlag(MESSAGE.haveAll));
    else if (this.fast && pieces.count === 0) this.#outbox.send(encodeFlag(MESSAGE.haveNone));
    else if (pieces.count > 0) this.#outbox.send(encodeBitfield(pieces));
    this.#outbox.flush();
  }
  sendInterested(interested) {
    this.#outbox.send(encodeFlag(interested ? MESSAGE.interested : MESSAGE.notInterested));
  }
  sendUnchoke() {
    this.#outbox.send(encodeFlag(MESSAGE.unchoke));
  }
  /** A peer without BEP 6 is told nothing, and chooses by itself. */
  sendSuggest(piece) {
    if (!this.fast) return;
    this.#outbox.send(encodeSuggest(piece));
    if (this.#socket.writableCorked > 0) this.#outbox.flush();
  }
  serve(piece) {
    this.#upload.serve(piece);
  }
  rest() {
    this.#upload.rest();
  }
  /** Requests that were accepted and have not been answered are taken back: BEP 6 wants that said, BEP 3 implies it. */
  sendChoke() {
    this.#outbox.send(encodeFlag(MESSAGE.choke));
    this.#reject(this.#upload.endTurn());
    this.#outbox.flush();
    if (this.#upload.idle) this.#options.events.uploaded(this, 0, true);
  }
  sendKeepAlive() {
    this.#outbox.send(KEEP_ALIVE);
  }
  /** After `delayMs` milliseconds, or with what is sent before. */
  sendHave(piece, delayMs) {
    this.#outbox.sendHave(piece, delayMs);
  }
  /** `ranges`: what is asked for of the piece; undefined: all of it. */
  startDownload(piece, buffer, ranges) {
    this.dropDownload(piece);
    const download = new BlockDownload(piece, buffer, ranges);
    this.#downloads.set(piece, download);
    this.#sendRequests(download);
  }
  /**
   * What it has sent of the piece is all that was asked for, and we do not have the piece for all that: it need not wait to hear that we do. Said by
   * taking a block back; a client that looks for a request of it finds none.
   */
  sendNotHad(piece) {
    this.#outbox.send(encodeBlockMessage(MESSAGE.cancel, { piece, begin: 0, length: 1 }));
  }
  cancelDownload(piece) {
    const download = this.#downloads.get(piece);
    if (download === void 0) return;
    this.#outbox.send(...download.outstanding().map((block) => encodeBlockMessage(MESSAGE.cancel, block)));
    this.dropDownload(piece);
  }
  dropDownload(piece) {
    const download = this.#downloads.get(piece);
    if (download === void 0) return;
    this.#reader.dropBlock(piece);
    this.#downloads.delete(piece);
    download.buffer.release();
  }
  // What the peer tells us.
  handshake(handshake) {
    this.remote = handshake;
    const { events, own: own2, speaksFirst } = this.#options;
    if (!handshake.infoHash.equals(own2.infoHash)) throw new WireError("another torrent");
    if (!speaksFirst) this.#socket.write(encodeHandshake(own2));
    if (!events.handshake(this, handshake)) this.close();
  }
  choke() {
    if (!this.fast) this.#dropDownloads();
    this.#options.events.choked(this);
  }
  unchoke() {
    this.#options.events.unchoked(this);
  }
  interested(interested) {
    this.#options.events.interested(this, interested);
  }
  have(piece) {
    this.#checkPiece(piece);
    this.#options.events.has(this, piece);
  }
  suggest(piece) {
    this.#checkPiece(piece);
    this.#options.events.suggested(this, piece);
  }
  bitfield(bytes2) {
    const pieces = Bitfield.tryParse(bytes2, this.#options.pieceCount);
    if (pieces === void 0) throw new WireError("a bitfield of another torrent");
    this.#options.events.hasAll(this, pieces);
  }
  haveAll() {
    this.#options.events.hasAll(this, Bitfield.full(this.#options.pieceCount));
  }
  request(block) {
    this.#checkBlock(block);
    if (this.#upload.pending >= REQUESTS_MAX) throw new WireError("too many requests at once");
    const { events } = this.#options;
    if (events.requested(this, block)) this.#upload.add(block);
    else this.#reject([block]);
    events.answered(this);
  }
  cancel(block) {
    if (this.#upload.takeBack(block)) this.#reject([block]);
    if (this.#upload.asksFor(block.piece)) return;
    this.#options.events.cancelled(this, block.piece);
    if (this.#upload.idle) this.#options.events.uploaded(this, 0, true);
  }
  reject(block) {
    if (this.#downloads.has(block.piece)) this.#options.events.rejected(this, block.piece);
  }
  blockStarts(block) {
    return this.#downloads.get(block.piece)?.placeOf(block);
  }
  blockBytes(bytes2) {
    this.#options.events.received(this, bytes2);
  }
  blockEnds(block) {
    const download = this.#downloads.get(block.piece);
    if (download === void 0) return;
    download.received(block);
    if (!download.complete) {
      this.#options.events.progressed(this, download.piece, download.share);
      this.#sendRequests(download);
      return;
    }
    this.#downloads.delete(download.piece);
    this.#options.events.pieceArrived(this, download.piece, download.buffer, download.ranges);
  }
  #onData(chunk) {
    if (this.#closed) return;
    this.lastHeardMs = this.#options.upload.now();
    try {
      this.#reader.push(chunk);
    } catch (error2) {
      if (!(error2 instanceof WireError)) throw error2;
      this.close();
    }
  }
  #sendRequests(download) {
    this.#outbox.send(...download.takeRequests().map((block) => encodeBlockMessage(MESSAGE.request, block)));
  }
  #dropDownloads() {
    for (const piece of [...this.#downloads.keys()]) this.dropDownload(piece);
  }
  #reject(blocks) {
    if (!this.fast) return;
    this.#outbox.send(...blocks.map((block) => encodeBlockMessage(MESSAGE.reject, block)));
  }
  #checkPiece(piece) {
    if (piece >= this.#options.pieceCount)
      throw new WireError(`piece ${piece} of ${this.#options.pieceCount}`);
  }
  #checkBlock(block) {
    this.#checkPiece(block.piece);
    const fits = block.begin + block.length <= this.#options.pieceBytes(block.piece);
    if (!fits || block.length === 0 || block.length > BLOCK_MAX_BYTES)
      throw new WireError("a block out of range");
  }
};

// src/swarm/peer-id.ts
var import_node_crypto2 = require("node:crypto");
var MAKE = "-MU";
var CLIENT = `${MAKE}0100-`;
var NO_ZONE = "----";
var TAG_END = CLIENT.length + NO_ZONE.length;
function newPeerId(zone2) {
  return Buffer.concat([Buffer.from(CLIENT + zoneTag(zone2), "latin1"), (0, import_node_crypto2.randomBytes)(20 - TAG_END)]);
}
function zoneOf(peerId) {
  if (peerId.indexOf(CLIENT) !== 0) return void 0;
  const tag = peerId.toString("latin1", CLIENT.length, TAG_END);
  return tag === NO_ZONE ? void 0 : tag;
}
function isNearPeer(own2, other) {
  const mark = own2.subarray(0, TAG_END);
  const hasZone = mark.indexOf(CLIENT) === 0 && mark.indexOf(NO_ZONE, CLIENT.length) < 0;
  return !hasZone || mark.equals(other.subarray(0, TAG_END));
}
function isOfThisProject(peerId) {
  return peerId.indexOf(MAKE) === 0;
}
function peerKey(peerId) {
  return peerId.readUInt32BE(16);
}
function zoneTag(zone2) {
  if (zone2 === null) return NO_ZONE;
  return (0, import_node_crypto2.createHash)("sha1").update(zone2).digest("base64").slice(0, NO_ZONE.length);
}

// src/swarm/peer-roster.ts
var BAD_PIECES_MAX = 5;
function plain(host) {
  return plainAddress(host) ?? host;
}
var PeerRoster = class {
  #ownId;
  #seeders;
  #byId = /* @__PURE__ */ new Map();
  /** Where peers were reached, by id: one peer may have several addresses. */
  #addressesById = /* @__PURE__ */ new Map();
  #idByAddress = /* @__PURE__ */ new Map();
  #seederIds = /* @__PURE__ */ new Set();
  /** Of those that aren't seeders as far as is known. */
  #bytesById = /* @__PURE__ */ new Map();
  #bytesFromSeeder = 0;
  #bytesFromPeers = 0;
  #bannedIds = /* @__PURE__ */ new Set();
  #badPiecesByHost = /* @__PURE__ */ new Map();
  constructor(ownId, seeders) {
    this.#ownId = ownId;
    this.#seeders = new Set(seeders.map(hostAndPort));
  }
  /** Who answers at this address from now on is a seeder. */
  addSeeder(address2) {
    this.#seeders.add(hostAndPort(address2));
    const id = this.#idByAddress.get(hostAndPort(address2));
    if (id !== void 0) this.#seederIds.add(id);
  }
  /** False: this host has sent too many bad pieces. */
  mayConnect(host) {
    return (this.#badPiecesByHost.get(plain(host)) ?? 0) < BAD_PIECES_MAX;
  }
  admit(peer, peerId) {
    const id = peerId.toString("hex");
    if (peerId.equals(this.#ownId) || this.#bannedIds.has(id)) return { kind: "unwelcome" };
    if (peer.dialled !== void 0) this.#noteAddress(id, peer.dialled);
    const other = this.#byId.get(id);
    if (other !== void 0 && !this.#replaces(peer, other, peerId)) return { kind: "connected" };
    this.#byId.set(id, peer);
    return { kind: "joins", insteadOf: other };
  }
  /** The connection is gone. Where to dial to reach the peer again: nowhere as long as it is connected in another way. */
  leave(peer) {
    const id = peer.remote?.peerId.toString("hex");
    const addresses = id === void 0 ? void 0 : this.#addressesById.get(id);
    if (id !== void 0 && this.#byId.get(id) === peer) this.#byId.delete(id);
    if (id !== void 0 && this.#byId.has(id)) return [];
    if (addresses !== void 0) return [...addresses.values()];
    return peer.dialled === void 0 ? [] : [peer.dialled];
  }
  /** Whether the peer that answered at this address last time is connected now. */
  isConnected(address2) {
    const id = this.#idByAddress.get(hostAndPort(address2));
    return id !== void 0 && this.#byId.has(id);
  }
  /** This peer is a seeder, although it was not reached at a seeder's address. */
  markSeeder(peerId) {
    this.#seederIds.add(peerId.toString("hex"));
  }
  /** That many bytes of pieces came from it. */
  received(peerId, bytes2) {
    const id = peerId.toString("hex");
    if (this.#seederIds.has(id)) {
      this.#bytesFromSeeder += bytes2;
      return;
    }
    this.#bytesFromPeers += bytes2;
    this.#bytesById.set(id, (this.#bytesById.get(id) ?? 0) + bytes2);
  }
  get bytesReceived() {
    return { bytesFromSeeder: this.#bytesFromSeeder, bytesFromPeers: this.#bytesFromPeers };
  }
  ban(peer) {
    if (peer.remote !== void 0) this.#bannedIds.add(peer.remote.peerId.toString("hex"));
    const host = plain(peer.remoteHost);
    this.#badPiecesByHost.set(host, (this.#badPiecesByHost.get(host) ?? 0) + 1);
  }
  #noteAddress(id, address2) {
    const key = hostAndPort(address2);
    const before = this.#idByAddress.get(key);
    if (before !== void 0 && before !== id) this.#addressesById.get(before)?.delete(key);
    this.#idByAddress.set(key, id);
    const addresses = this.#addressesById.get(id) ?? /* @__PURE__ */ new Map();
    this.#addressesById.set(id, addresses.set(key, address2));
    if (this.#seeders.has(key)) this.#reachedSeeder(id);
  }
  /** A seeder that dialled us is known only now, and has sent already. */
  #reachedSeeder(id) {
    this.#seederIds.add(id);
    const bytes2 = this.#bytesById.get(id) ?? 0;
    this.#bytesById.delete(id);
    this.#bytesFromSeeder += bytes2;
    this.#bytesFromPeers -= bytes2;
  }
  /** Of two connections between the same two peers both sides keep the one that the smaller id dialled, or else the newer. */
  #replaces(fresh, old, remoteId) {
    const weDialledFresh = fresh.dialled !== void 0;
    if (weDialledFresh === (old.dialled !== void 0)) return true;
    return weDialledFresh === this.#ownId.compare(remoteId) < 0;
  }
};

// src/swarm/piece-buffers.ts
var CACHE_BYTES = 8 * 1024 * 1024;
var CACHE_PIECES_MIN = 2;
var PieceBuffers = class {
  #store;
  #pieceLengthBytes;
  #pieceBytes;
  #free = [];
  #cacheMax;
  /** In the order of last use. */
  #cache = /* @__PURE__ */ new Map();
  constructor(store, pieceLengthBytes, pieceBytes2) {
    this.#store = store;
    this.#pieceLengthBytes = pieceLengthBytes;
    this.#pieceBytes = pieceBytes2;
    this.#cacheMax = Math.max(CACHE_PIECES_MIN, Math.floor(CACHE_BYTES / pieceLengthBytes));
  }
  /** A buffer as long as the piece, held once. Its content is whatever was there before. */
  acquire(piece) {
    const whole = this.#free.pop() ?? Buffer.allocUnsafeSlow(this.#pieceLengthBytes);
    let holders = 1;
    return {
      bytes: whole.subarray(0, this.#pieceBytes(piece)),
      hold: () => {
        holders += 1;
      },
      release: () => {
        holders -= 1;
        if (holders === 0 && this.#free.length < this.#cacheMax) this.#free.push(whole);
      }
    };
  }
  /** Keeps a checked piece for peers that ask for it. */
  keep(piece, buffer) {
    if (this.#cache.has(piece)) return;
    buffer.hold();
    this.#remember(piece, Promise.resolve(buffer));
  }
  /** The piece, held once for the caller. @throws what the store throws */
  async read(piece) {
    const cached2 = this.#cache.get(piece) ?? this.#load(piece);
    this.#remember(piece, cached2);
    const buffer = await cached2;
    buffer.hold();
    return buffer;
  }
  #load(piece) {
    const buffer = this.acquire(piece);
    return this.#store.readPiece(piece, buffer.bytes).then(
      () => buffer,
      (error2) => {
        this.#cache.delete(piece);
        buffer.release();
        throw error2;
      }
    );
  }
  #remember(piece, buffer) {
    this.#cache.delete(piece);
    this.#cache.set(piece, buffer);
    if (this.#cache.size <= this.#cacheMax) return;
    const oldest = this.#cache.entries().next().value;
    this.#cache.delete(oldest[0]);
    oldest[1].then(
      (old) => old.release(),
      () => {
      }
    );
  }
};

// src/swarm/piece-intake.ts
var import_node_crypto3 = require("node:crypto");
var PieceIntake = class {
  #options;
  /** Being filled up, or checked and on their way to the store. */
  #storing = /* @__PURE__ */ new Set();
  #closed = false;
  constructor(options) {
    this.#options = options;
  }
  /** `fetched`: what of it has come, where the rest has to be filled in from the store; undefined: all of it. */
  take(sender, piece, buffer, fetched2) {
    const { isHeld, onBad } = this.#options;
    if (this.#closed || isHeld(piece) || this.#storing.has(piece)) {
      buffer.release();
    } else if (fetched2 !== void 0) {
      void this.#takePart(sender, piece, buffer, fetched2);
    } else if (this.#isGood(piece, buffer)) {
      void this.#store(sender, piece, buffer, void 0);
    } else {
      buffer.release();
      onBad(sender, piece);
    }
  }
  /** What is being written still is, but nobody is told. */
  close() {
    this.#closed = true;
  }
  async #takePart(sender, piece, buffer, fetched2) {
    const { store, onBad, onMixed, onStoreFailed } = this.#options;
    this.#storing.add(piece);
    try {
      await store.parts?.fill(piece, buffer.bytes, fetched2);
      if (this.#isGood(piece, buffer)) return await this.#store(sender, piece, buffer, fetched2);
      const senderLied = await store.parts?.recheck(piece, fetched2);
      this.#storing.delete(piece);
      buffer.release();
      if (this.#closed) return;
      if (senderLied) onBad(sender, piece);
      else onMixed(sender, piece);
    } catch (error2) {
      onStoreFailed(error2);
      buffer.release();
    }
  }
  #isGood(piece, buffer) {
    return (0, import_node_crypto3.createHash)("sha1").update(buffer.bytes).digest().equals(pieceHash(this.#options.torrent, piece));
  }
  async #store(sender, piece, buffer, fetched2) {
    const { store, buffers, onStored, onStoreFailed } = this.#options;
    this.#storing.add(piece);
    try {
      await store.writePiece(piece, buffer.bytes, fetched2);
    } catch (error2) {
      onStoreFailed(error2);
      buffer.release();
      return;
    }
    this.#storing.delete(piece);
    buffers.keep(piece, buffer);
    buffer.release();
    if (!this.#closed) onStored(sender, piece);
  }
};

// src/swarm/turns-engine.ts
var TICK_MS = 100;
var HANDSHAKE_TIMEOUT_MS = 1e4;
var KEEP_ALIVE_MS = 6e4;
var SILENT_MAX_MS = 15e4;
var SEND_STALL_MAX_MS = 3e4;
var CONNECTIONS_MAX = 400;
async function startTurnsEngine(options) {
  const engine = new TurnsEngine(options);
  await engine.listen();
  return engine;
}
var TurnsEngine = class {
  peerId;
  complete;
  storeFailed;
  #options;
  #own;
  #scheduler;
  #buffers;
  #limiter;
  #havePace = new HavePace();
  #dialler;
  #acceptor;
  /** Every open connection; those that have shaken hands are in `#peers` too. */
  #connections = /* @__PURE__ */ new Map();
  #peers = /* @__PURE__ */ new Map();
  #roster;
  #intake;
  #ticker;
  #resolveComplete;
  #resolveStoreFailed;
  #port = 0;
  #nextId = 1;
  #bytesFromOtherZones = 0;
  #bytesUploaded = 0;
  #closed = false;
  constructor(options) {
    const { torrent: torrent2, store } = options;
    this.#options = options;
    this.peerId = newPeerId(options.zone);
    this.#own = { infoHash: Buffer.from(options.digests.infoHash, "hex"), peerId: this.peerId, fast: true };
    const lengthOf = (piece) => pieceBytes(torrent2, piece);
    this.#scheduler = new Scheduler({
      pieceCount: pieceCount(torrent2),
      pieceBytes: lengthOf,
      have: store.have,
      firstPieces: store.firstPieces,
      firstOnly: store.adoption !== void 0,
      firstSeeder: options.firstSeeder,
      ...swarmPolicy(torrent2.pieceLengthBytes, options),
      random: Math.random,
      zoneKey: options.zone === null ? void 0 : peerKey(this.peerId)
    });
    this.#buffers = new PieceBuffers(store, torrent2.pieceLengthBytes, lengthOf);
    this.#intake = new PieceIntake({
      torrent: torrent2,
      store,
      buffers: this.#buffers,
      isHeld: (piece) => this.#scheduler.have.has(piece),
      onStored: (sender, piece) => this.#stored(sender, piece),
      onMixed: (sender, piece) => this.#askAgain(sender, piece),
      onBad: (sender, piece) => this.#refuse(sender, piece),
      onStoreFailed: (error2) => this.#resolveStoreFailed(error2)
    });
    this.#limiter = new RateLimiter(options.uploadLimitBytesPerSecond);
    this.#roster = new PeerRoster(this.peerId, options.seeders);
    this.#acceptor = new Acceptor({
      key: options.key,
      wanted: (socket) => this.#wanted(socket),
      onSocket: (socket) => this.#connect(socket, void 0)
    });
    this.#dialler = new Dialler({
      key: options.key,
      onread: INTO_ONE_BUFFER,
      onSocket: (socket, address2) => this.#connect(socket, address2),
      isConnected: (address2) => this.#roster.isConnected(address2)
    });
    this.complete = new Promise((resolve2) => {
      this.#resolveComplete = resolve2;
    });
    this.storeFailed = new Promise((resolve2) => {
      this.#resolveStoreFailed = resolve2;
    });
    if (this.#scheduler.have.complete) this.#resolveComplete();
    if (store.adoption !== void 0) this.#awaitAdoption(store.adoption);
    this.#ticker = setInterval(() => this.#tick(), TICK_MS);
  }
  async listen() {
    const { ports } = this.#options;
    try {
      if (ports !== null) this.#port = await this.#acceptor.listen(ports);
    } catch (error2) {
      await this[Symbol.asyncDispose]();
      throw error2;
    }
    for (const seeder of this.#options.seeders) this.#dialler.add(seeder, { always: true });
  }
  get port() {
    return this.#port;
  }
  addPeer(address2) {
    if (this.#closed || this.#connections.size >= CONNECTIONS_MAX) return;
    this.#dialler.add(address2, { always: false });
  }
  addSeeder(address2) {
    this.#roster.addSeeder(address2);
    if (!this.#closed) this.#dialler.add(address2, { always: true });
  }
  takePeer(socket, taken) {
    this.#connect(socket, void 0, taken);
  }
  stats() {
    return {
      ...this.#roster.bytesReceived,
      bytesFromOtherZones: this.#bytesFromOtherZones,
      bytesUploaded: this.#bytesUploaded,
      peers: this.#peers.size,
      lastConnectError: this.#dialler.lastError
    };
  }
  async [Symbol.asyncDispose]() {
    this.#closed = true;
    this.#intake.close();
    clearInterval(this.#ticker);
    this.#dialler.close();
    for (const { peer } of this.#connections.values()) peer.close();
    await this.#acceptor[Symbol.asyncDispose]();
  }
  // Connections.
  #wanted(socket) {
    if (this.#closed || this.#connections.size >= CONNECTIONS_MAX) return false;
    return this.#roster.mayConnect(socket.remoteAddress ?? "");
  }
  #connect(socket, dialled, taken) {
    const { torrent: torrent2 } = this.#options;
    const peer = new PeerConnection({
      id: this.#nextId++,
      socket,
      dialled,
      speaksFirst: taken?.speaksFirst ?? dialled !== void 0,
      own: this.#own,
      pieceCount: pieceCount(torrent2),
      pieceBytes: (piece) => pieceBytes(torrent2, piece),
      events: this,
      upload: {
        limiter: this.#limiter,
        now: () => import_node_perf_hooks2.performance.now(),
        readPiece: (piece) => this.#readPiece(piece)
      }
    });
    peer.isSeeder = taken?.isSeeder ?? false;
    this.#connections.set(peer.id, { peer, sinceMs: import_node_perf_hooks2.performance.now() });
    if (this.#closed) peer.close();
  }
  handshake(peer, handshake) {
    const admission = this.#roster.admit(peer, handshake.peerId);
    if (admission.kind === "unwelcome" && peer.dialled !== void 0) this.#dialler.refuse(peer.dialled);
    if (admission.kind !== "joins") return false;
    admission.insteadOf?.close();
    this.#peers.set(peer.id, peer);
    if (peer.isSeeder) this.#roster.markSeeder(handshake.peerId);
    peer.sendPieces(this.#scheduler.have);
    peer.isNear = isNearPeer(this.peerId, handshake.peerId);
    this.#scheduler.peerJoined(peer.id, {
      hearsRefusals: peer.fast,
      isStranger: !isOfThisProject(handshake.peerId),
      near: peer.isNear,
      key: peerKey(handshake.peerId)
    });
    this.#act();
    return true;
  }
  closed(peer) {
    this.#connections.delete(peer.id);
    const addresses = this.#roster.leave(peer);
    if (this.#peers.delete(peer.id)) {
      this.#scheduler.peerLeft(peer.id, import_node_perf_hooks2.performance.now());
      this.#act();
    }
    if (this.#closed) return;
    for (const address2 of addresses) {
      if (this.#scheduler.have.complete) this.#dialler.forget(address2);
      else this.#dialler.lost(address2);
    }
  }
  // What peers tell, handed to the scheduler.
  choked(peer) {
    this.#scheduler.choked(peer.id, !peer.fast, import_node_perf_hooks2.performance.now());
    this.#act();
  }
  unchoked(peer) {
    this.#scheduler.unchoked(peer.id, import_node_perf_hooks2.performance.now());
    this.#act();
  }
  interested(peer, interested) {
    this.#scheduler.peerInterested(peer.id, interested, import_node_perf_hooks2.performance.now());
    this.#act();
  }
  has(peer, piece) {
    this.#scheduler.peerHas(peer.id, piece, import_node_perf_hooks2.performance.now());
    this.#act();
  }
  suggested(peer, piece) {
    this.#scheduler.suggested(peer.id, piece, import_node_perf_hooks2.performance.now());
    this.#act();
  }
  hasAll(peer, pieces) {
    this.#scheduler.peerHasAll(peer.id, pieces, import_node_perf_hooks2.performance.now());
    this.#act();
  }
  requested(peer, block) {
    return this.#scheduler.peerRequested(peer.id, block.piece, block.length, import_node_perf_hooks2.performance.now());
  }
  answered(_peer) {
    this.#act();
  }
  cancelled(peer, piece) {
    this.#scheduler.peerCancelled(peer.id, piece, import_node_perf_hooks2.performance.now());
    this.#act();
  }
  rejected(peer, piece) {
    this.#scheduler.rejected(peer.id, piece, import_node_perf_hooks2.performance.now());
    this.#act();
  }
  received(peer, bytes2) {
    if (peer.remote !== void 0) this.#roster.received(peer.remote.peerId, bytes2);
    if (!peer.isNear) this.#bytesFromOtherZones += bytes2;
    this.#scheduler.received(peer.id, import_node_perf_hooks2.performance.now());
  }
  progressed(peer, piece, share) {
    this.#scheduler.progressed(peer.id, piece, share);
  }
  served(peer) {
    this.#scheduler.served(peer.id, import_node_perf_hooks2.performance.now());
    this.#act();
  }
  uploaded(peer, bytes2, drained) {
    this.#bytesUploaded += bytes2;
    this.#scheduler.uploaded(peer.id, drained, import_node_perf_hooks2.performance.now());
    this.#act();
  }
  pieceArrived(peer, piece, buffer, fetched2) {
    setImmediate(() => {
      this.#scheduler.pieceArrived(peer.id, piece, import_node_perf_hooks2.performance.now());
      this.#intake.take(peer, piece, buffer, fetched2);
      this.#act();
    });
  }
  // What the scheduler wants done.
  #act() {
    for (let actions = this.#scheduler.takeActions(); actions.length > 0; actions = this.#scheduler.takeActions()) {
      for (const action of actions) this.#perform(action);
    }
  }
  #perform(action) {
    const peer = this.#peers.get(action.peer);
    if (peer === void 0) return;
    switch (action.kind) {
      case "unchoke":
        peer.sendUnchoke();
        break;
      case "serve":
        peer.serve(action.piece);
        break;
      case "rest":
        peer.rest();
        break;
      case "suggest":
        peer.sendSuggest(action.piece);
        break;
      case "choke":
        peer.sendChoke();
        break;
      case "interested":
        peer.sendInterested(action.interested);
        break;
      case "request":
        this.#request(peer, action.piece);
        break;
      case "cancel":
        peer.cancelDownload(action.piece);
        break;
      case "drop":
        peer.dropDownload(action.piece);
        break;
    }
  }
  #request(peer, piece) {
    const ranges = this.#options.store.parts?.missing(piece);
    peer.startDownload(piece, this.#buffers.acquire(piece), ranges);
  }
  #awaitAdoption(adoption) {
    adoption.listen((piece) => this.#stored(void 0, piece));
    adoption.over.then(
      () => {
        this.#scheduler.mayTakeAll(import_node_perf_hooks2.performance.now());
        this.#act();
      },
      (error2) => this.#resolveStoreFailed(error2)
    );
  }
  /** `sender` undefined: it was made of what the disk held. */
  #stored(sender, piece) {
    if (this.#closed) return;
    this.#scheduler.pieceStored(piece, import_node_perf_hooks2.performance.now());
    this.#havePace.note(import_node_perf_hooks2.performance.now());
    for (const peer of this.#peers.values()) {
      const other = this.#scheduler.peerHolds(peer.id, piece) ? "has it" : "lacks it";
      peer.sendHave(piece, this.#havePace.delayMs(peer === sender ? "sent it" : other));
    }
    this.#act();
    if (this.#scheduler.have.complete) this.#resolveComplete();
  }
  async #readPiece(piece) {
    try {
      return await this.#buffers.read(piece);
    } catch (error2) {
      this.#resolveStoreFailed(error2);
      throw error2;
    }
  }
  /** Something that it was made of besides what came was wrong, and is asked for now. */
  #askAgain(sender, piece) {
    this.#options.log(
      `swarm: of piece ${piece} other files held something else than they should, and it is fetched`
    );
    sender.sendNotHad(piece);
    this.#scheduler.pieceLost(piece, import_node_perf_hooks2.performance.now());
    this.#act();
  }
  #refuse(peer, piece) {
    this.#scheduler.pieceLost(piece, import_node_perf_hooks2.performance.now());
    this.#options.log(`swarm: ${peer.remoteHost} sent piece ${piece} with a wrong hash and is banned`);
    this.#roster.ban(peer);
    if (peer.dialled !== void 0) this.#dialler.refuse(peer.dialled);
    peer.close();
  }
  #tick() {
    const nowMs = import_node_perf_hooks2.performance.now();
    for (const { peer, sinceMs } of this.#connections.values()) {
      const handshakeLate = peer.remote === void 0 && nowMs - sinceMs > HANDSHAKE_TIMEOUT_MS;
      const silent = nowMs - peer.lastHeardMs > SILENT_MAX_MS;
      const sendStalled = peer.sendStalledMs() > SEND_STALL_MAX_MS;
      if (handshakeLate || silent || sendStalled) peer.close();
      else if (peer.remote !== void 0 && nowMs - peer.lastSentMs > KEEP_ALIVE_MS) peer.sendKeepAlive();
    }
    this.#scheduler.tick(nowMs);
    this.#act();
  }
};

// node_modules/zod/v4/core/util.js
function getEnumValues(entries) {
  const numericValues = Object.values(entries).filter((v) => typeof v === "number");
  const values = Object.entries(entries).filter(([k, _]) => numericValues.indexOf(+k) === -1).map(([_, v]) => v);
  return values;
}
function joinValues(array2, separator = "|") {
  return array2.map((val) => stringifyPrimitive(val)).join(separator);
}
function jsonStringifyReplacer(_, value) {
  if (typeof value === "bigint")
    return value.toString();
  return value;
}
var Cached = class {
  constructor(getter) {
    this._getter = getter;
    this._value = void 0;
  }
  get value() {
    const getter = this._getter;
    if (getter !== void 0) {
      this._value = getter();
      this._getter = void 0;
    }
    return this._value;
  }
};
function cached(getter) {
  return new Cached(getter);
}
function nullish(input) {
  return input === null || input === void 0;
}
function cleanRegex(source) {
  const start = source.startsWith("^") ? 1 : 0;
  const end = source.endsWith("$") ? source.length - 1 : source.length;
  return source.slice(start, end);
}
function assignProp(target, prop, value) {
  Object.defineProperty(target, prop, {
    value,
    writable: true,
    enumerable: true,
    configurable: true
  });
}
function rawShape(def) {
  const desc = Object.getOwnPropertyDescriptor(def, "shape");
  return desc?.get ? desc.get.raw : desc?.value;
}
function sourceShape(schema) {
  return rawShape(schema._zod.def) ?? schema._zod.def.shape;
}
function deferProp(target, key, getter) {
  Object.defineProperty(target, key, {
    get() {
      const value = getter();
      assignProp(this, key, value);
      return value;
    },
    enumerable: true,
    configurable: true
  });
}
function putProp(target, key, value) {
  if (key in target)
    assignProp(target, key, value);
  else
    target[key] = value;
}
function mirrorShape(target, source, keys, wrap) {
  const raw = sourceShape(source);
  for (const key of keys) {
    const desc = Object.getOwnPropertyDescriptor(raw, key);
    if (!desc.enumerable)
      continue;
    if (desc.get) {
      deferProp(target, key, () => {
        const value = source._zod.def.shape[key];
        return wrap ? wrap(value, key) : value;
      });
    } else
      putProp(target, key, wrap ? wrap(desc.value, key) : desc.value);
  }
}
function mirrorProps(target, source) {
  for (const key of Reflect.ownKeys(source)) {
    const desc = Object.getOwnPropertyDescriptor(source, key);
    if (!desc.enumerable)
      continue;
    if (desc.get)
      deferProp(target, key, () => source[key]);
    else
      putProp(target, key, desc.value);
  }
}
function mergeDefs(...defs) {
  const mergedDescriptors = {};
  for (const def of defs) {
    const descriptors = Object.getOwnPropertyDescriptors(def);
    Object.assign(mergedDescriptors, descriptors);
  }
  return Object.defineProperties({}, mergedDescriptors);
}
var captureStackTrace = "captureStackTrace" in Error ? Error.captureStackTrace : (..._args) => {
};
function isObject(data) {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}
function isPlainObject(o) {
  if (isObject(o) === false)
    return false;
  const ctor = o.constructor;
  if (ctor === void 0)
    return true;
  if (typeof ctor !== "function")
    return true;
  const prot = ctor.prototype;
  if (isObject(prot) === false)
    return false;
  if (Object.prototype.hasOwnProperty.call(prot, "isPrototypeOf") === false) {
    return false;
  }
  return true;
}
var propertyKeyTypes = /* @__PURE__ */ new Set(["string", "number", "symbol"]);
function escapeRegex(str) {
  return str.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
function clone(inst, def, params) {
  const cl = new inst._zod.constr(def ?? inst._zod.def);
  if (!def || params?.parent)
    cl._zod.parent = inst;
  return cl;
}
function normalizeParams(_params) {
  const params = _params;
  if (!params)
    return {};
  if (typeof params === "string")
    return { error: () => params };
  if (params?.message !== void 0) {
    if (params?.error !== void 0)
      throw new Error("Cannot specify both `message` and `error` params");
    params.error = params.message;
  }
  delete params.message;
  if (typeof params.error === "string")
    return { ...params, error: () => params.error };
  return params;
}
function stringifyPrimitive(value) {
  if (typeof value === "bigint")
    return value.toString() + "n";
  if (typeof value === "string")
    return `"${value}"`;
  return `${value}`;
}
function optionalKeys(shape) {
  return Object.keys(shape).filter((k) => {
    return shape[k]._zod.optin !== void 0 && shape[k]._zod.optout === "optional";
  });
}
var NUMBER_FORMAT_RANGES = /* @__PURE__ */ (() => ({
  safeint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  int32: [-2147483648, 2147483647],
  uint32: [0, 4294967295],
  float32: [-34028234663852886e22, 34028234663852886e22],
  float64: [-Number.MAX_VALUE, Number.MAX_VALUE]
}))();
function extend(schema, shape) {
  if (!isPlainObject(shape)) {
    throw new Error("Invalid input to extend: expected a plain object");
  }
  const checks = schema._zod.def.checks;
  const hasChecks = checks && checks.length > 0;
  if (hasChecks) {
    const existingShape = sourceShape(schema);
    for (const key of Reflect.ownKeys(shape)) {
      if (Object.getOwnPropertyDescriptor(existingShape, key) !== void 0) {
        throw new Error("Cannot overwrite keys on object schemas containing refinements. Use `.safeExtend()` instead.");
      }
    }
  }
  return clone(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
function extended(schema, shape) {
  const newShape = {};
  mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)));
  mirrorProps(newShape, shape);
  return newShape;
}
function aborted(x, startIndex = 0) {
  if (x.aborted === true)
    return true;
  for (let i = startIndex; i < x.issues.length; i++) {
    if (x.issues[i]?.continue !== true) {
      return true;
    }
  }
  return false;
}
function explicitlyAborted(x, startIndex = 0) {
  if (x.aborted === true)
    return true;
  for (let i = startIndex; i < x.issues.length; i++) {
    if (x.issues[i]?.continue === false) {
      return true;
    }
  }
  return false;
}
function prefixIssues(path, issues) {
  return issues.map((iss) => {
    var _a2;
    (_a2 = iss).path ?? (_a2.path = []);
    iss.path.unshift(path);
    return iss;
  });
}
function unwrapMessage(message) {
  return typeof message === "string" ? message : message?.message;
}
function sizeCaps(defChecks) {
  const caps = [];
  for (const ch of defChecks ?? []) {
    const d = ch._zod.def;
    if (!/_(length|size)$|_equals$/.test(d.check))
      break;
    const max = d.maximum ?? d.length ?? d.size;
    if (max >= 0)
      caps.push([max, ch]);
  }
  return caps;
}
function attachSchema(issues, start, inst) {
  var _a2;
  for (let i = start; i < issues.length; i++) {
    (_a2 = issues[i]).schema ?? (_a2.schema = inst);
  }
}
function finalizeIssue(iss, ctx, config2) {
  var _a2;
  const traits = iss.inst?._zod?.traits;
  if (traits?.has("$ZodType")) {
    if (traits.has("$ZodCheck"))
      (_a2 = iss).schema ?? (_a2.schema = iss.inst);
    else
      iss.schema = iss.inst;
  }
  const schemaError = iss.schema !== iss.inst ? iss.schema?._zod.def?.error : void 0;
  const message = iss.message ? iss.message : unwrapMessage(iss.inst?._zod.def?.error?.(iss)) ?? unwrapMessage(schemaError?.(iss)) ?? unwrapMessage(ctx?.error?.(iss)) ?? unwrapMessage(config2.customError?.(iss)) ?? unwrapMessage(config2.localeError?.(iss)) ?? "Invalid input";
  const full = {};
  for (const k of Object.keys(iss)) {
    if (k === "inst" || k === "schema" || k === "continue" || k === "input" || k === "__proto__")
      continue;
    full[k] = iss[k];
  }
  full.path ?? (full.path = []);
  full.message = message;
  if (ctx?.reportInput) {
    full.input = iss.input;
  }
  return full;
}
var highSurrogate = /[\uD800-\uDBFF]/;
function codePointLength(str) {
  const units = str.length;
  if (!highSurrogate.test(str))
    return units;
  let count = units;
  for (let i = 0; i < units - 1; i++) {
    if ((str.charCodeAt(i) & 64512) === 55296 && (str.charCodeAt(i + 1) & 64512) === 56320) {
      count--;
      i++;
    }
  }
  return count;
}
function getLengthableOrigin(input) {
  if (Array.isArray(input))
    return "array";
  if (typeof input === "string")
    return "string";
  return "unknown";
}
function parsedType(data) {
  const t = typeof data;
  switch (t) {
    case "number": {
      return Number.isNaN(data) ? "nan" : "number";
    }
    case "object": {
      if (data === null) {
        return "null";
      }
      if (Array.isArray(data)) {
        return "array";
      }
      const obj = data;
      if (obj && Object.getPrototypeOf(obj) !== Object.prototype && "constructor" in obj && obj.constructor) {
        return obj.constructor.name;
      }
    }
  }
  return t;
}
function members(proto, table) {
  for (const key in table) {
    const desc = Object.getOwnPropertyDescriptor(table, key);
    if (desc.get)
      Object.defineProperty(proto, key, { ...desc, enumerable: false });
    else
      defineBound(proto, key, desc.value);
  }
}
function own(inst, key, value, enumerable = true) {
  Object.defineProperty(inst, key, { configurable: true, writable: true, enumerable, value });
  return value;
}
function hide(inst, key, value) {
  return own(inst, key, value, false);
}
function defineBound(proto, key, fn) {
  Object.defineProperty(proto, key, {
    configurable: true,
    get() {
      return this == null ? fn : own(this, key, fn.bind(this));
    },
    set(value) {
      own(this, key, value);
    }
  });
}
function claim(inst, sentinel) {
  const proto = Object.getPrototypeOf(inst);
  return sentinel in proto ? void 0 : proto;
}
var installing;
var broke = false;
var breaker = {
  configurable: true,
  get() {
    broke = true;
    return void 0;
  }
};
function defineLazyInternal(inst, key, compute) {
  const proto = Object.getPrototypeOf(inst._zod);
  if (key in proto && installing !== inst._zod) {
    installing = void 0;
    return;
  }
  installing = inst._zod;
  Object.defineProperty(proto, key, {
    configurable: true,
    get() {
      Object.defineProperty(this, key, breaker);
      const outer = broke;
      broke = false;
      try {
        const value = compute(this);
        if (broke)
          delete this[key];
        else
          Object.defineProperty(this, key, { configurable: true, writable: true, value });
        broke = broke || outer;
        return value;
      } catch (err) {
        delete this[key];
        broke = broke || outer;
        throw err;
      }
    },
    set(value) {
      Object.defineProperty(this, key, { configurable: true, writable: true, value });
    }
  });
}
function installLazyProp(inst, key, make, enumerable) {
  const proto = claim(inst, key);
  if (!proto)
    return;
  Object.defineProperty(proto, key, {
    configurable: true,
    get() {
      const desc = { configurable: true, writable: true, enumerable, value: void 0 };
      Object.defineProperty(this, key, desc);
      desc.value = make(this);
      Object.defineProperty(this, key, desc);
      return desc.value;
    },
    set(value) {
      Object.defineProperty(this, key, { configurable: true, writable: true, enumerable, value });
    }
  });
}

// node_modules/zod/v4/core/core.js
var _a;
var _zodDesc = { value: void 0, enumerable: false };
var _E = "captureStackTrace" in Error ? Error : null;
function newError(Definition) {
  const E = _E;
  if (E) {
    const saved = E.stackTraceLimit;
    if (typeof saved === "number") {
      try {
        E.stackTraceLimit = 0;
      } catch {
        _E = null;
        return new Definition();
      }
      try {
        return new Definition();
      } finally {
        E.stackTraceLimit = saved;
      }
    }
  }
  return new Definition();
}
// @__NO_SIDE_EFFECTS__
function $constructor(name, initializer2, proto, params) {
  const zodProto = {};
  function Internals(def) {
    this.def = def;
    this.constr = _;
    this.traits = /* @__PURE__ */ new Set();
  }
  Internals.prototype = zodProto;
  const protoMembers = proto;
  const initialized = protoMembers && /* @__PURE__ */ new WeakSet();
  function init(inst, def) {
    if (!inst._zod) {
      _zodDesc.value = new Internals(def);
      try {
        Object.defineProperty(inst, "_zod", _zodDesc);
      } finally {
        _zodDesc.value = void 0;
      }
    } else if (inst._zod.traits.has(name)) {
      return;
    }
    inst._zod.traits.add(name);
    initializer2(inst, def);
    if (initialized) {
      const own2 = Object.getPrototypeOf(inst);
      const ctorProto = inst._zod.constr.prototype;
      let up = own2;
      while (up && up !== ctorProto)
        up = Object.getPrototypeOf(up);
      const target = up ?? own2;
      if (!initialized.has(target)) {
        initialized.add(target);
        members(target, protoMembers);
      }
    }
    const proto2 = _.prototype;
    for (const k in proto2) {
      if (!Object.prototype.hasOwnProperty.call(proto2, k))
        continue;
      if (!(k in inst)) {
        inst[k] = proto2[k].bind(inst);
      }
    }
  }
  const Parent = params?.Parent ?? Object;
  class Definition extends Parent {
  }
  Object.defineProperty(Definition, "name", { value: name });
  function _(def) {
    const inst = params?.Parent ? newError(Definition) : this;
    init(inst, def);
    const deferred = inst._zod.deferred;
    if (deferred) {
      for (const fn of deferred) {
        fn();
      }
      inst._zod.deferred = void 0;
    }
    const pp = globalThis.__zod_globalConfig?.postProcessor;
    if (pp)
      pp(inst);
    return inst;
  }
  Object.defineProperty(_, "init", { value: init });
  Object.defineProperty(_, Symbol.hasInstance, {
    value: (inst) => {
      if (params?.Parent && inst instanceof params.Parent)
        return true;
      return inst?._zod?.traits?.has(name);
    }
  });
  Object.defineProperty(_, "name", { value: name });
  return _;
}
var $ZodAsyncError = class extends Error {
  constructor() {
    super(`Encountered Promise during synchronous parse. Use .parseAsync() instead.`);
  }
};
(_a = globalThis).__zod_globalConfig ?? (_a.__zod_globalConfig = {});
var globalConfig = globalThis.__zod_globalConfig;
function config(newConfig) {
  if (newConfig)
    Object.assign(globalConfig, newConfig);
  return globalConfig;
}

// node_modules/zod/v4/core/errors.js
function _getMessage() {
  const internals = this._zod;
  internals.message ?? (internals.message = JSON.stringify(internals.def, jsonStringifyReplacer, 2));
  return internals.message;
}
function _setMessage(value) {
  this._zod.message = value;
}
var _messageDesc = {
  get: _getMessage,
  set: _setMessage,
  enumerable: true,
  configurable: true
};
var _issuesDesc = { value: void 0, enumerable: false };
var _installedToString = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
var initializer = (inst, def) => {
  inst.name = "$ZodError";
  _issuesDesc.value = def;
  Object.defineProperty(inst, "issues", _issuesDesc);
  _issuesDesc.value = void 0;
  Object.defineProperty(inst, "message", _messageDesc);
  const proto = Object.getPrototypeOf(inst);
  if (!_installedToString.has(proto)) {
    _installedToString.add(proto);
    Object.defineProperty(proto, "toString", {
      configurable: true,
      enumerable: false,
      get() {
        const value = () => this.message;
        Object.defineProperty(this, "toString", { value, configurable: true, writable: true });
        return value;
      },
      set(value) {
        Object.defineProperty(this, "toString", { value, configurable: true, writable: true });
      }
    });
  }
};
var $ZodError = $constructor("$ZodError", initializer);
var $ZodRealError = $constructor("$ZodError", initializer, void 0, {
  Parent: Error
});
function toDotPath(_path) {
  const segs = [];
  const path = _path.map((seg) => typeof seg === "object" ? seg.key : seg);
  for (const seg of path) {
    if (typeof seg === "number")
      segs.push(`[${seg}]`);
    else if (typeof seg === "symbol")
      segs.push(`[${JSON.stringify(String(seg))}]`);
    else if (/[^\w$]/.test(seg))
      segs.push(`[${JSON.stringify(seg)}]`);
    else {
      if (segs.length)
        segs.push(".");
      segs.push(seg);
    }
  }
  return segs.join("");
}
function prettifyError(error2) {
  const lines3 = [];
  const issues = [...error2.issues].sort((a, b) => (a.path ?? []).length - (b.path ?? []).length);
  for (const issue2 of issues) {
    lines3.push(`\u2716 ${issue2.message}`);
    if (issue2.path?.length)
      lines3.push(`  \u2192 at ${toDotPath(issue2.path)}`);
  }
  return lines3.join("\n");
}

// node_modules/zod/v4/core/parse.js
var _parse = (_Err) => {
  const fn = (schema, value, _ctx, _params) => {
    const ctx = _ctx ? { ..._ctx, async: false } : { async: false };
    const result = schema._zod.run({ value, issues: [] }, ctx);
    if (result instanceof Promise) {
      throw new $ZodAsyncError();
    }
    if (result.issues.length) {
      const e = new (_params?.Err ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
      captureStackTrace(e, _params?.callee ?? fn);
      throw e;
    }
    return result.value;
  };
  return fn;
};
var parse = /* @__PURE__ */ _parse($ZodRealError);
var _parseAsync = (_Err) => {
  const fn = async (schema, value, _ctx, params) => {
    const ctx = _ctx ? { ..._ctx, async: true } : { async: true };
    let result = schema._zod.run({ value, issues: [] }, ctx);
    if (result instanceof Promise)
      result = await result;
    if (result.issues.length) {
      const e = new (params?.Err ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
      captureStackTrace(e, params?.callee ?? fn);
      throw e;
    }
    return result.value;
  };
  return fn;
};
var parseAsync = /* @__PURE__ */ _parseAsync($ZodRealError);
var _safeParse = (_Err) => (schema, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, async: false } : { async: false };
  const result = schema._zod.run({ value, issues: [] }, ctx);
  if (result instanceof Promise) {
    throw new $ZodAsyncError();
  }
  return result.issues.length ? failure(_Err, result.issues, ctx) : { success: true, data: result.value };
};
var safeParse = /* @__PURE__ */ _safeParse($ZodRealError);
function failure(Err, issues, ctx) {
  let error2;
  return {
    success: false,
    get error() {
      if (!error2) {
        error2 = new Err(issues.map((iss) => finalizeIssue(iss, ctx, config())));
        issues = void 0;
        ctx = void 0;
      }
      return error2;
    },
    set error(e) {
      error2 = e;
      issues = void 0;
      ctx = void 0;
    }
  };
}
var _safeParseAsync = (_Err) => async (schema, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, async: true } : { async: true };
  let result = schema._zod.run({ value, issues: [] }, ctx);
  if (result instanceof Promise)
    result = await result;
  return result.issues.length ? failure(_Err, result.issues, ctx) : { success: true, data: result.value };
};
var safeParseAsync = /* @__PURE__ */ _safeParseAsync($ZodRealError);

// node_modules/zod/v4/core/regexes.js
var httpProtocol = /^https?$/;
var anyString = /^[\s\S]{0,}$/;
var number = /^-?\d+(?:\.\d+)?$/;
var boolean = /^(?:true|false)$/i;

// node_modules/zod/v4/core/checks.js
var $ZodCheck = /* @__PURE__ */ $constructor("$ZodCheck", (inst, def) => {
  var _a2;
  inst._zod ?? (inst._zod = {});
  inst._zod.def = def;
  (_a2 = inst._zod).onattach ?? (_a2.onattach = []);
});
var _whenHasLength = (payload) => {
  const val = payload.value;
  return !nullish(val) && val.length !== void 0;
};
var numericOriginMap = {
  number: "number",
  bigint: "bigint",
  object: "date"
};
var $ZodCheckLessThan = /* @__PURE__ */ $constructor("$ZodCheckLessThan", (inst, def) => {
  $ZodCheck.init(inst, def);
  const origin = numericOriginMap[typeof def.value];
  inst._zod.check = (payload) => {
    if (def.inclusive ? payload.value <= def.value : payload.value < def.value) {
      return;
    }
    payload.issues.push({
      origin: numericOriginMap[typeof payload.value] ?? origin,
      code: "too_big",
      maximum: typeof def.value === "object" ? def.value.getTime() : def.value,
      input: payload.value,
      inclusive: def.inclusive,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckGreaterThan = /* @__PURE__ */ $constructor("$ZodCheckGreaterThan", (inst, def) => {
  $ZodCheck.init(inst, def);
  const origin = numericOriginMap[typeof def.value];
  inst._zod.check = (payload) => {
    if (def.inclusive ? payload.value >= def.value : payload.value > def.value) {
      return;
    }
    payload.issues.push({
      origin: numericOriginMap[typeof payload.value] ?? origin,
      code: "too_small",
      minimum: typeof def.value === "object" ? def.value.getTime() : def.value,
      input: payload.value,
      inclusive: def.inclusive,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckNumberFormat = /* @__PURE__ */ $constructor("$ZodCheckNumberFormat", (inst, def) => {
  $ZodCheck.init(inst, def);
  def.format = def.format || "float64";
  const isInt = def.format?.includes("int");
  const origin = isInt ? "int" : "number";
  const [minimum, maximum] = NUMBER_FORMAT_RANGES[def.format];
  inst._zod.check = (payload) => {
    const input = payload.value;
    if (isInt) {
      if (!Number.isInteger(input)) {
        payload.issues.push({
          expected: origin,
          format: def.format,
          code: "invalid_type",
          continue: false,
          input,
          inst
        });
        return;
      }
      if (!Number.isSafeInteger(input)) {
        if (input > 0) {
          payload.issues.push({
            input,
            code: "too_big",
            maximum: Number.MAX_SAFE_INTEGER,
            note: "Integers must be within the safe integer range.",
            inst,
            origin,
            inclusive: true,
            continue: !def.abort
          });
        } else {
          payload.issues.push({
            input,
            code: "too_small",
            minimum: Number.MIN_SAFE_INTEGER,
            note: "Integers must be within the safe integer range.",
            inst,
            origin,
            inclusive: true,
            continue: !def.abort
          });
        }
        return;
      }
    }
    if (input < minimum) {
      payload.issues.push({
        origin: "number",
        input,
        code: "too_small",
        minimum,
        inclusive: true,
        inst,
        continue: !def.abort
      });
    }
    if (input > maximum) {
      payload.issues.push({
        origin: "number",
        input,
        code: "too_big",
        maximum,
        inclusive: true,
        inst,
        continue: !def.abort
      });
    }
  };
});
var $ZodCheckMaxLength = /* @__PURE__ */ $constructor("$ZodCheckMaxLength", (inst, def) => {
  var _a2;
  $ZodCheck.init(inst, def);
  (_a2 = inst._zod.def).when ?? (_a2.when = _whenHasLength);
  inst._zod.check = (payload) => {
    const input = payload.value;
    const units = input.length;
    const length = typeof input === "string" && units > def.maximum ? codePointLength(input) : units;
    if (length <= def.maximum)
      return;
    const origin = getLengthableOrigin(input);
    payload.issues.push({
      origin,
      code: "too_big",
      maximum: def.maximum,
      inclusive: true,
      input,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckMinLength = /* @__PURE__ */ $constructor("$ZodCheckMinLength", (inst, def) => {
  var _a2;
  $ZodCheck.init(inst, def);
  (_a2 = inst._zod.def).when ?? (_a2.when = _whenHasLength);
  inst._zod.check = (payload) => {
    const input = payload.value;
    const units = input.length;
    const length = typeof input === "string" && units >= def.minimum && units < def.minimum * 2 ? codePointLength(input) : units;
    if (length >= def.minimum)
      return;
    const origin = getLengthableOrigin(input);
    payload.issues.push({
      origin,
      code: "too_small",
      minimum: def.minimum,
      inclusive: true,
      input,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckStringFormat = /* @__PURE__ */ $constructor("$ZodCheckStringFormat", (inst, def) => {
  var _a2, _b;
  $ZodCheck.init(inst, def);
  if (def.pattern)
    (_a2 = inst._zod).check ?? (_a2.check = (payload) => {
      def.pattern.lastIndex = 0;
      if (def.pattern.test(payload.value))
        return;
      payload.issues.push({
        origin: "string",
        code: "invalid_format",
        format: def.format,
        input: payload.value,
        ...def.pattern ? { pattern: def.pattern.toString() } : {},
        inst,
        continue: !def.abort
      });
    });
  else
    (_b = inst._zod).check ?? (_b.check = () => {
    });
});
var $ZodCheckRegex = /* @__PURE__ */ $constructor("$ZodCheckRegex", (inst, def) => {
  $ZodCheckStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    def.pattern.lastIndex = 0;
    if (def.pattern.test(payload.value))
      return;
    payload.issues.push({
      origin: "string",
      code: "invalid_format",
      format: "regex",
      input: payload.value,
      pattern: def.pattern.toString(),
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckStartsWith = /* @__PURE__ */ $constructor("$ZodCheckStartsWith", (inst, def) => {
  $ZodCheck.init(inst, def);
  const pattern = new RegExp(`^${escapeRegex(def.prefix)}.*`);
  def.pattern ?? (def.pattern = pattern);
  inst._zod.check = (payload) => {
    if (payload.value.startsWith(def.prefix))
      return;
    payload.issues.push({
      origin: "string",
      code: "invalid_format",
      format: "starts_with",
      prefix: def.prefix,
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});

// node_modules/zod/v4/core/versions.js
var version = {
  major: 4,
  minor: 6,
  patch: 7
};

// node_modules/zod/v4/core/schemas.js
var $ZodType = /* @__PURE__ */ $constructor("$ZodType", (inst, def) => {
  var _a2;
  inst ?? (inst = {});
  inst._zod.def = def;
  inst._zod.bag = inst._zod.bag || {};
  inst._zod.version = version;
  const defChecks = inst._zod.def.checks;
  const checks = inst._zod.traits.has("$ZodCheck") ? [inst, ...defChecks ?? []] : defChecks?.length ? [...defChecks] : [];
  for (const ch of checks) {
    for (const fn of ch._zod.onattach) {
      fn(inst);
    }
  }
  if (checks.length === 0) {
    (_a2 = inst._zod).deferred ?? (_a2.deferred = []);
    inst._zod.deferred?.push(() => {
      inst._zod.run = inst._zod.parse;
    });
  } else {
    const runChecks = (payload, checks2, ctx) => {
      if (payload.memo)
        return payload;
      let isAborted = aborted(payload);
      let asyncResult;
      for (const ch of checks2) {
        if (ch._zod.def.when) {
          if (explicitlyAborted(payload))
            continue;
          const shouldRun = ch._zod.def.when(payload);
          if (!shouldRun)
            continue;
        } else if (isAborted) {
          continue;
        }
        const currLen = payload.issues.length;
        const _ = ch._zod.check(payload);
        if (_ instanceof Promise && ctx?.async === false) {
          throw new $ZodAsyncError();
        }
        if (asyncResult || _ instanceof Promise) {
          asyncResult = (asyncResult ?? Promise.resolve()).then(async () => {
            await _;
            const nextLen = payload.issues.length;
            if (nextLen === currLen)
              return;
            attachSchema(payload.issues, currLen, inst);
            if (!isAborted)
              isAborted = aborted(payload, currLen);
          });
        } else {
          const nextLen = payload.issues.length;
          if (nextLen === currLen)
            continue;
          attachSchema(payload.issues, currLen, inst);
          if (!isAborted)
            isAborted = aborted(payload, currLen);
        }
      }
      if (asyncResult) {
        return asyncResult.then(() => {
          return payload;
        });
      }
      return payload;
    };
    const handleCanaryResult = (canary, payload, ctx) => {
      if (aborted(canary)) {
        canary.aborted = true;
        return canary;
      }
      const checkResult = runChecks(payload, checks, ctx);
      if (checkResult instanceof Promise) {
        if (ctx.async === false)
          throw new $ZodAsyncError();
        return checkResult.then((checkResult2) => inst._zod.parse(checkResult2, ctx));
      }
      return inst._zod.parse(checkResult, ctx);
    };
    inst._zod.run = (payload, ctx) => {
      if (ctx.skipChecks) {
        return inst._zod.parse(payload, ctx);
      }
      if (ctx.direction === "backward") {
        const canary = inst._zod.parse({ value: payload.value, issues: [] }, { ...ctx, skipChecks: true });
        if (canary instanceof Promise) {
          return canary.then((canary2) => {
            return handleCanaryResult(canary2, payload, ctx);
          });
        }
        return handleCanaryResult(canary, payload, ctx);
      }
      const result = inst._zod.parse(payload, ctx);
      if (result instanceof Promise) {
        if (ctx.async === false)
          throw new $ZodAsyncError();
        return result.then((result2) => runChecks(result2, checks, ctx));
      }
      return runChecks(result, checks, ctx);
    };
  }
}, {
  // Wrappers extend this by installing a richer factory over it; reading it eagerly would defeat the laziness.
  get "~standard"() {
    return hide(this, "~standard", standardProps(this));
  },
  set "~standard"(value) {
    own(this, "~standard", value);
  }
});
var toStandardResult = (r, ctx) => r.issues.length ? { issues: r.issues.map((iss) => finalizeIssue(iss, ctx, config())) } : { value: r.value };
async function validateAsync(inst, value) {
  const ctx = { async: true };
  return toStandardResult(await inst._zod.run({ value, issues: [] }, ctx), ctx);
}
function standardProps(inst) {
  return {
    validate: (value) => {
      const ctx = { async: false };
      try {
        const r = inst._zod.run({ value, issues: [] }, ctx);
        if (!(r instanceof Promise))
          return toStandardResult(r, ctx);
      } catch (_) {
      }
      return validateAsync(inst, value);
    },
    vendor: "zod",
    version: 1
  };
}
var $ZodString = /* @__PURE__ */ $constructor("$ZodString", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.pattern = def.pattern ?? anyString;
  inst._zod.parse = (payload, _) => {
    if (def.coerce)
      try {
        payload.value = String(payload.value);
      } catch (_2) {
      }
    if (typeof payload.value === "string")
      return payload;
    payload.issues.push({
      expected: "string",
      code: "invalid_type",
      input: payload.value,
      inst
    });
    return payload;
  };
});
var $ZodStringFormat = /* @__PURE__ */ $constructor("$ZodStringFormat", (inst, def) => {
  $ZodCheckStringFormat.init(inst, def);
  $ZodString.init(inst, def);
});
var URL_BAD_FORMAT = 1;
var URL_UNPARSEABLE = 2;
function canParseURL(input) {
  try {
    if (typeof URL !== "undefined" && typeof URL.canParse === "function")
      return URL.canParse(input);
    new URL(input);
    return true;
  } catch {
    return false;
  }
}
function validateURL(trimmed, def) {
  if (!("normalize" in def) && !("hostname" in def) && !("protocol" in def)) {
    return canParseURL(trimmed) || URL_UNPARSEABLE;
  }
  return parseURLObject(trimmed, def);
}
function parseURLObject(trimmed, def) {
  if (!def.normalize && def.protocol?.source === httpProtocol.source && !/^https?:\/\//i.test(trimmed)) {
    return URL_BAD_FORMAT;
  }
  try {
    if (typeof URL !== "undefined") {
      const URLStatic = URL;
      if (typeof URLStatic.parse === "function")
        return URLStatic.parse(trimmed) ?? URL_UNPARSEABLE;
    }
    return new URL(trimmed);
  } catch {
    return URL_UNPARSEABLE;
  }
}
var asciiTabOrNewline = /[\t\n\r]/g;
function stripTabAndNewline(value) {
  return value.replace(asciiTabOrNewline, "");
}
function urlHostnameOk(url2, hostname) {
  hostname.lastIndex = 0;
  return hostname.test(url2.hostname);
}
function urlProtocolOk(url2, protocol) {
  protocol.lastIndex = 0;
  return protocol.test(url2.protocol.endsWith(":") ? url2.protocol.slice(0, -1) : url2.protocol);
}
var $ZodURL = /* @__PURE__ */ $constructor("$ZodURL", (inst, def) => {
  $ZodStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    try {
      const trimmed = payload.value.trim();
      const url2 = validateURL(trimmed, def);
      if (url2 === URL_BAD_FORMAT) {
        payload.issues.push({
          code: "invalid_format",
          format: "url",
          note: "Invalid URL format",
          input: payload.value,
          inst,
          continue: !def.abort
        });
        return;
      }
      if (url2 === URL_UNPARSEABLE) {
        payload.issues.push({
          code: "invalid_format",
          format: "url",
          input: payload.value,
          inst,
          continue: !def.abort
        });
        return;
      }
      if (url2 === true) {
        payload.value = stripTabAndNewline(trimmed);
        return;
      }
      if (def.hostname && !urlHostnameOk(url2, def.hostname)) {
        payload.issues.push({
          code: "invalid_format",
          format: "url",
          note: "Invalid hostname",
          pattern: def.hostname.source,
          input: payload.value,
          inst,
          continue: !def.abort
        });
      }
      if (def.protocol && !urlProtocolOk(url2, def.protocol)) {
        payload.issues.push({
          code: "invalid_format",
          format: "url",
          note: "Invalid protocol",
          pattern: def.protocol.source,
          input: payload.value,
          inst,
          continue: !def.abort
        });
      }
      payload.value = def.normalize ? url2.href : stripTabAndNewline(trimmed);
      return;
    } catch (_) {
      payload.issues.push({
        code: "invalid_format",
        format: "url",
        input: payload.value,
        inst,
        continue: !def.abort
      });
    }
  };
});
function isValidBase64(data) {
  if (data === "")
    return true;
  if (/\s/.test(data))
    return false;
  if (data.length % 4 !== 0)
    return false;
  try {
    atob(data);
    return true;
  } catch {
    return false;
  }
}
var base64Charset = /^[0-9a-zA-Z+/]*={0,2}$/;
var $ZodBase64 = /* @__PURE__ */ $constructor("$ZodBase64", (inst, def) => {
  def.pattern ?? (def.pattern = base64Charset);
  $ZodStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    if (isValidBase64(payload.value))
      return;
    payload.issues.push({
      code: "invalid_format",
      format: "base64",
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodNumber = /* @__PURE__ */ $constructor("$ZodNumber", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.pattern = number;
  inst._zod.parse = (payload, _ctx) => {
    if (def.coerce)
      try {
        payload.value = Number(payload.value);
      } catch (_) {
      }
    const input = payload.value;
    if (typeof input === "number" && !Number.isNaN(input) && Number.isFinite(input)) {
      return payload;
    }
    const received = typeof input === "number" ? Number.isNaN(input) ? "NaN" : !Number.isFinite(input) ? String(input) : void 0 : void 0;
    payload.issues.push({
      expected: "number",
      code: "invalid_type",
      input,
      inst,
      ...received ? { received } : {}
    });
    return payload;
  };
});
var $ZodNumberFormat = /* @__PURE__ */ $constructor("$ZodNumberFormat", (inst, def) => {
  $ZodCheckNumberFormat.init(inst, def);
  $ZodNumber.init(inst, def);
});
var $ZodBoolean = /* @__PURE__ */ $constructor("$ZodBoolean", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.pattern = boolean;
  inst._zod.parse = (payload, _ctx) => {
    if (def.coerce)
      try {
        payload.value = Boolean(payload.value);
      } catch (_) {
      }
    const input = payload.value;
    if (typeof input === "boolean")
      return payload;
    payload.issues.push({
      expected: "boolean",
      code: "invalid_type",
      input,
      inst
    });
    return payload;
  };
});
function capSize(inst, size) {
  const caps = sizeCaps(inst._zod.def.checks);
  if (!caps.length)
    return;
  const cap = Math.min(...caps.map((c) => c[0]));
  const parse2 = inst._zod.parse;
  inst._zod.parse = (payload, ctx) => {
    const n = size(payload.value);
    if (n > cap && !ctx?.skipChecks && ctx?.direction !== "backward") {
      for (const [max, ch] of sizeCaps(inst._zod.def.checks)) {
        if (n > max && ch._zod.def.when(payload)) {
          const start = payload.issues.length;
          ch._zod.check(payload);
          payload.issues[start].continue = false;
          attachSchema(payload.issues, start, inst);
          return payload;
        }
      }
    }
    return parse2(payload, ctx);
  };
}
var arraySize = (input) => Array.isArray(input) ? input.length : -1;
function handleArrayResult(result, final, index) {
  if (result.issues.length) {
    final.issues.push(...prefixIssues(index, result.issues));
  }
  final.value[index] = result.value;
}
var $ZodArray = /* @__PURE__ */ $constructor("$ZodArray", (inst, def) => {
  $ZodType.init(inst, def);
  const memo = globalConfig.memoizer;
  memo?.attach(inst);
  inst._zod.parse = (payload, ctx) => {
    const input = payload.value;
    if (!Array.isArray(input)) {
      payload.issues.push({
        expected: "array",
        code: "invalid_type",
        input,
        inst
      });
      return payload;
    }
    payload.value = memo ? memo.alloc(inst, payload, Array(input.length), ctx) : Array(input.length);
    const proms = [];
    const abortEarly = ctx?.abortEarly;
    for (let i = 0; i < input.length; i++) {
      const item = input[i];
      const result = def.element._zod.run({
        value: item,
        issues: []
      }, ctx);
      if (result instanceof Promise) {
        proms.push(result.then((result2) => handleArrayResult(result2, payload, i)));
      } else {
        handleArrayResult(result, payload, i);
        if (abortEarly && result.issues.length !== 0 && aborted(result))
          break;
      }
    }
    if (proms.length) {
      return Promise.all(proms).then(() => payload);
    }
    return payload;
  };
  capSize(inst, arraySize);
});
function handlePropertyResult(result, final, key, input, optin, optout) {
  const isPresent = key in input;
  const isOptionalOut = optout === "optional";
  if (!isPresent && isOptionalOut && optin === "optional") {
    return;
  }
  if (result.issues.length) {
    if (optin !== void 0 && isOptionalOut && !isPresent) {
      return;
    }
    final.issues.push(...prefixIssues(key, result.issues));
  }
  if (!isPresent && optin === void 0) {
    if (!result.issues.length) {
      final.issues.push({
        code: "invalid_type",
        expected: "nonoptional",
        input: void 0,
        path: [key]
      });
    }
    return;
  }
  if (result.value === void 0) {
    if (isPresent || optin === "defaulted" && !isOptionalOut) {
      final.value[key] = void 0;
    }
  } else {
    final.value[key] = result.value;
  }
}
var NO_SYMBOL_KEYS = [];
function normalizeDef(def) {
  const keys = Object.keys(def.shape);
  const ownSymbols = Object.getOwnPropertySymbols(def.shape);
  const symbolKeys = ownSymbols.length ? ownSymbols : NO_SYMBOL_KEYS;
  const allKeys = symbolKeys.length ? [...keys, ...symbolKeys] : keys;
  for (const k of allKeys) {
    if (!def.shape?.[k]?._zod?.traits?.has("$ZodType")) {
      throw new Error(`Invalid element at key "${String(k)}": expected a Zod schema`);
    }
  }
  const okeys = optionalKeys(def.shape);
  return {
    ...def,
    allKeys,
    symbolKeys,
    // string-only: handleCatchall matches it against `for...in`, which never yields a symbol
    keySet: new Set(keys),
    numKeys: keys.length,
    optionalKeys: new Set(okeys)
  };
}
function handleCatchall(proms, input, payload, ctx, def, inst, abortEarly) {
  const unrecognized = [];
  const keySet = def.keySet;
  const _catchall = def.catchall._zod;
  const t = _catchall.def.type;
  const optin = _catchall.optin;
  const optout = _catchall.optout;
  let seen = 0;
  for (const key in input) {
    if (abortEarly && payload.issues.length !== seen) {
      if (aborted(payload, seen))
        break;
      seen = payload.issues.length;
    }
    if (keySet.has(key))
      continue;
    if (key === "__proto__") {
      if (t === "never")
        unrecognized.push(key);
      continue;
    }
    if (t === "never") {
      unrecognized.push(key);
      continue;
    }
    const r = _catchall.run({ value: input[key], issues: [] }, ctx);
    if (r instanceof Promise) {
      proms.push(r.then((r2) => handlePropertyResult(r2, payload, key, input, optin, optout)));
    } else {
      handlePropertyResult(r, payload, key, input, optin, optout);
    }
  }
  if (unrecognized.length) {
    payload.issues.push({
      code: "unrecognized_keys",
      keys: unrecognized,
      input,
      inst,
      // Describes the shape of the input, not the validity of the parsed value, so it never aborts. The parse still fails; the schema's own checks just get to run first, and an enclosing intersection can reconcile the key against a sibling operand.
      continue: true
    });
  }
  if (!proms.length)
    return payload;
  return Promise.all(proms).then(() => {
    return payload;
  });
}
var $ZodObject = /* @__PURE__ */ $constructor("$ZodObject", (inst, def) => {
  $ZodType.init(inst, def);
  const desc = Object.getOwnPropertyDescriptor(def, "shape");
  const sh = desc?.get ? desc.get.raw : def.shape ?? {};
  if (sh) {
    const get2 = () => {
      const newSh = { ...sh };
      Object.defineProperty(def, "shape", { value: newSh });
      get2.raw = newSh;
      return newSh;
    };
    get2.raw = sh;
    Object.defineProperty(def, "shape", { get: get2 });
  }
  const _normalized = cached(() => normalizeDef(def));
  defineLazyInternal(inst, "propValues", (zod) => {
    const shape = zod.def.shape;
    const propValues = {};
    for (const key in shape) {
      const field = shape[key]._zod;
      if (field.values) {
        if (!Object.prototype.hasOwnProperty.call(propValues, key)) {
          assignProp(propValues, key, /* @__PURE__ */ new Set());
        }
        for (const v of field.values)
          propValues[key].add(v);
        if (field.optin !== void 0)
          propValues[key].add(void 0);
      }
    }
    return propValues;
  });
  const isObject3 = isObject;
  const catchall = def.catchall;
  let value;
  const memo = globalConfig.memoizer;
  memo?.attach(inst);
  inst._zod.parse = (payload, ctx) => {
    value ?? (value = _normalized.value);
    const input = payload.value;
    if (!isObject3(input)) {
      payload.issues.push({
        expected: "object",
        code: "invalid_type",
        input,
        inst
      });
      return payload;
    }
    payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
    const proms = [];
    const shape = value.shape;
    const abortEarly = ctx?.abortEarly;
    let seen = payload.issues.length;
    for (const key of value.allKeys) {
      if (abortEarly && payload.issues.length !== seen) {
        if (aborted(payload, seen))
          break;
        seen = payload.issues.length;
      }
      if (key === "__proto__")
        continue;
      const el = shape[key];
      const optin = el._zod.optin;
      const optout = el._zod.optout;
      const r = el._zod.run({ value: input[key], issues: [] }, ctx);
      if (r instanceof Promise) {
        proms.push(r.then((r2) => handlePropertyResult(r2, payload, key, input, optin, optout)));
      } else {
        handlePropertyResult(r, payload, key, input, optin, optout);
      }
    }
    if (!catchall) {
      return proms.length ? Promise.all(proms).then(() => payload) : payload;
    }
    return handleCatchall(proms, input, payload, ctx, _normalized.value, inst, abortEarly === true);
  };
});
function handleUnionResults(results, final, inst, ctx) {
  for (const result of results) {
    if (result.issues.length === 0) {
      final.value = result.value;
      return final;
    }
  }
  const nonaborted = results.filter((r) => !aborted(r));
  if (nonaborted.length === 1) {
    final.value = nonaborted[0].value;
    return nonaborted[0];
  }
  final.issues.push({
    code: "invalid_union",
    input: final.value,
    inst,
    errors: results.map((result) => result.issues.map((iss) => finalizeIssue(iss, ctx, config())))
  });
  return final;
}
var $ZodUnion = /* @__PURE__ */ $constructor("$ZodUnion", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "optin", (zod) => zod.def.options.some((o) => o._zod.optin === "defaulted") ? "defaulted" : zod.def.options.some((o) => o._zod.optin !== void 0) ? "optional" : void 0);
  defineLazyInternal(inst, "optout", (zod) => zod.def.options.some((o) => o._zod.optout === "optional") ? "optional" : void 0);
  defineLazyInternal(inst, "values", (zod) => {
    if (zod.def.options.every((o) => o._zod.values)) {
      return new Set(zod.def.options.flatMap((option) => Array.from(option._zod.values)));
    }
    return void 0;
  });
  defineLazyInternal(inst, "pattern", (zod) => {
    if (zod.def.options.every((o) => o._zod.pattern)) {
      const patterns = zod.def.options.map((o) => o._zod.pattern);
      return new RegExp(`^(${patterns.map((p) => cleanRegex(p.source)).join("|")})$`);
    }
    return void 0;
  });
  const first = def.options.length === 1 ? def.options[0]._zod.run : null;
  inst._zod.parse = (payload, ctx) => {
    if (first) {
      return first(payload, ctx);
    }
    let async = false;
    const results = [];
    for (const option of def.options) {
      const result = option._zod.run({
        value: payload.value,
        issues: []
      }, ctx);
      if (result instanceof Promise) {
        results.push(result);
        async = true;
      } else {
        if (result.issues.length === 0)
          return result;
        results.push(result);
      }
    }
    if (!async)
      return handleUnionResults(results, payload, inst, ctx);
    return Promise.all(results).then((results2) => {
      return handleUnionResults(results2, payload, inst, ctx);
    });
  };
});
function discriminatorMap(def) {
  const map = /* @__PURE__ */ new Map();
  for (const option of def.options) {
    const values = option._zod.propValues?.[def.discriminator];
    if (!values || values.size === 0)
      throw new Error(`Invalid discriminated union option at index "${def.options.indexOf(option)}"`);
    for (const value of values) {
      if (map.has(value)) {
        if (value !== void 0)
          throw new Error(`Duplicate discriminator value "${String(value)}"`);
        map.set(value, null);
      } else {
        map.set(value, option);
      }
    }
  }
  return map;
}
var $ZodDiscriminatedUnion = /* @__PURE__ */ $constructor("$ZodDiscriminatedUnion", (inst, def) => {
  def.inclusive = false;
  $ZodUnion.init(inst, def);
  const _super = inst._zod.parse;
  defineLazyInternal(inst, "propValues", (zod) => {
    const propValues = {};
    let undefinedCount = 0;
    for (const option of zod.def.options) {
      const pv = option._zod.propValues;
      if (!pv || Object.keys(pv).length === 0)
        throw new Error(`Invalid discriminated union option at index "${zod.def.options.indexOf(option)}"`);
      if (pv[zod.def.discriminator]?.has(void 0))
        undefinedCount++;
      for (const [k, v] of Object.entries(pv)) {
        if (!Object.prototype.hasOwnProperty.call(propValues, k)) {
          assignProp(propValues, k, /* @__PURE__ */ new Set());
        }
        for (const val of v) {
          propValues[k].add(val);
        }
      }
    }
    if (!zod.def.unionFallback && undefinedCount > 1)
      propValues[zod.def.discriminator]?.delete(void 0);
    return propValues;
  });
  def.options.forEach((option, i) => {
    const propShape = rawShape(option._zod.def);
    if (propShape && !Object.prototype.hasOwnProperty.call(propShape, def.discriminator)) {
      throw new Error(`Invalid discriminated union option at index "${i}"`);
    }
  });
  const disc = cached(() => discriminatorMap(def));
  inst._zod.parse = (payload, ctx) => {
    const input = payload.value;
    if (!isObject(input)) {
      payload.issues.push({
        code: "invalid_type",
        expected: "object",
        input,
        inst
      });
      return payload;
    }
    const value = input?.[def.discriminator];
    const opt = disc.value.get(value);
    if (opt && (value !== void 0 || ctx.direction !== "backward")) {
      return opt._zod.run(payload, ctx);
    }
    if (def.unionFallback || ctx.direction === "backward") {
      return _super(payload, ctx);
    }
    payload.issues.push({
      code: "invalid_union",
      errors: [],
      note: "No matching discriminator",
      discriminator: def.discriminator,
      options: Array.from(disc.value.keys()).filter((value2) => disc.value.get(value2) !== null),
      input,
      path: [def.discriminator],
      inst
    });
    return payload;
  };
});
var $ZodEnum = /* @__PURE__ */ $constructor("$ZodEnum", (inst, def) => {
  $ZodType.init(inst, def);
  const values = getEnumValues(def.entries);
  const valuesSet = new Set(values);
  inst._zod.values = valuesSet;
  defineLazyInternal(inst, "pattern", (zod) => {
    const patternValues = getEnumValues(zod.def.entries).filter((k) => propertyKeyTypes.has(typeof k));
    return new RegExp(patternValues.length ? `^(${patternValues.map((o) => escapeRegex(o.toString())).join("|")})$` : "^[^\\s\\S]$");
  });
  inst._zod.parse = (payload, _ctx) => {
    const input = payload.value;
    if (valuesSet.has(input)) {
      return payload;
    }
    payload.issues.push({
      code: "invalid_value",
      values,
      input,
      inst
    });
    return payload;
  };
});
var $ZodLiteral = /* @__PURE__ */ $constructor("$ZodLiteral", (inst, def) => {
  $ZodType.init(inst, def);
  const values = new Set(def.values);
  inst._zod.values = values;
  defineLazyInternal(inst, "pattern", (zod) => {
    const vals = zod.def.values;
    return new RegExp(vals.length ? `^(${vals.map((o) => typeof o === "string" ? escapeRegex(o) : o ? escapeRegex(o.toString()) : String(o)).join("|")})$` : "^[^\\s\\S]$");
  });
  inst._zod.parse = (payload, _ctx) => {
    const input = payload.value;
    if (values.has(input)) {
      return payload;
    }
    payload.issues.push({
      code: "invalid_value",
      values: def.values,
      input,
      inst
    });
    return payload;
  };
});
var $ZodNullable = /* @__PURE__ */ $constructor("$ZodNullable", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin);
  defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
  defineLazyInternal(inst, "pattern", (zod) => {
    const pattern = zod.def.innerType._zod.pattern;
    return pattern ? new RegExp(`^(${cleanRegex(pattern.source)}|null)$`) : void 0;
  });
  defineLazyInternal(inst, "values", (zod) => {
    return zod.def.innerType._zod.values ? /* @__PURE__ */ new Set([...zod.def.innerType._zod.values, null]) : void 0;
  });
  inst._zod.parse = (payload, ctx) => {
    if (payload.value === null)
      return payload;
    return def.innerType._zod.run(payload, ctx);
  };
});

// node_modules/zod/v4/locales/en.js
var error = () => {
  const Sizable = {
    string: { unit: "characters", verb: "to have" },
    file: { unit: "bytes", verb: "to have" },
    array: { unit: "items", verb: "to have" },
    set: { unit: "items", verb: "to have" },
    map: { unit: "entries", verb: "to have" }
  };
  function getSizing(origin) {
    return Sizable[origin] ?? null;
  }
  const FormatDictionary = {
    regex: "input",
    email: "email address",
    url: "URL",
    emoji: "emoji",
    uuid: "UUID",
    uuidv4: "UUIDv4",
    uuidv6: "UUIDv6",
    nanoid: "nanoid",
    guid: "GUID",
    cuid: "cuid",
    cuid2: "cuid2",
    ulid: "ULID",
    xid: "XID",
    ksuid: "KSUID",
    datetime: "ISO datetime",
    date: "ISO date",
    time: "ISO time",
    duration: "ISO duration",
    ipv4: "IPv4 address",
    ipv6: "IPv6 address",
    mac: "MAC address",
    cidrv4: "IPv4 range",
    cidrv6: "IPv6 range",
    base64: "base64-encoded string",
    base64url: "base64url-encoded string",
    json_string: "JSON string",
    e164: "E.164 number",
    currency_code: "currency code",
    credit_card: "credit card number",
    iban: "IBAN",
    jwt: "JWT",
    template_literal: "input"
  };
  const TypeDictionary = {
    // Compatibility: "nan" -> "NaN" for display
    nan: "NaN"
    // All other type names omitted - they fall back to raw values via ?? operator
  };
  function getTypeName(type, input) {
    if (type === "number" && typeof input === "number" && !Number.isFinite(input)) {
      return String(input);
    }
    return TypeDictionary[type] ?? type;
  }
  return (issue2) => {
    switch (issue2.code) {
      case "invalid_type": {
        const expected = getTypeName(issue2.expected);
        const receivedType = parsedType(issue2.input);
        const received = getTypeName(receivedType, issue2.input);
        return `Invalid input: expected ${expected}, received ${received}`;
      }
      case "invalid_value":
        if (issue2.values.length === 1)
          return `Invalid input: expected ${stringifyPrimitive(issue2.values[0])}`;
        return `Invalid option: expected one of ${joinValues(issue2.values, "|")}`;
      case "too_big": {
        const adj = issue2.exact ? "exactly " : issue2.inclusive ? "<=" : "<";
        const sizing = getSizing(issue2.origin);
        if (sizing)
          return `Too big: expected ${issue2.origin ?? "value"} to have ${adj}${issue2.maximum.toString()} ${sizing.unit ?? "elements"}`;
        return `Too big: expected ${issue2.origin ?? "value"} to be ${adj}${issue2.maximum.toString()}`;
      }
      case "too_small": {
        const adj = issue2.exact ? "exactly " : issue2.inclusive ? ">=" : ">";
        const sizing = getSizing(issue2.origin);
        if (sizing) {
          return `Too small: expected ${issue2.origin} to have ${adj}${issue2.minimum.toString()} ${sizing.unit}`;
        }
        return `Too small: expected ${issue2.origin} to be ${adj}${issue2.minimum.toString()}`;
      }
      case "invalid_format": {
        const _issue = issue2;
        if (_issue.format === "starts_with") {
          return `Invalid string: must start with "${_issue.prefix}"`;
        }
        if (_issue.format === "ends_with")
          return `Invalid string: must end with "${_issue.suffix}"`;
        if (_issue.format === "includes")
          return `Invalid string: must include "${_issue.includes}"`;
        if (_issue.format === "regex")
          return `Invalid string: must match pattern ${_issue.pattern}`;
        return `Invalid ${FormatDictionary[_issue.format] ?? issue2.format}`;
      }
      case "not_multiple_of":
        return `Invalid number: must be a multiple of ${issue2.divisor}`;
      case "unrecognized_keys":
        return `Unrecognized key${issue2.keys.length > 1 ? "s" : ""}: ${joinValues(issue2.keys, ", ")}`;
      case "invalid_key":
        return `Invalid key in ${issue2.origin}`;
      case "invalid_union":
        if (issue2.options && Array.isArray(issue2.options) && issue2.options.length > 0) {
          const opts = issue2.options.map((o) => `'${o}'`).join(" | ");
          return `Invalid discriminator value. Expected ${opts}`;
        }
        if (issue2.inclusive === false) {
          return "Invalid input: more than one option matched";
        }
        return "Invalid input";
      case "invalid_element":
        return `Invalid value in ${issue2.origin}`;
      default:
        return `Invalid input`;
    }
  };
};
function en_default() {
  return {
    localeError: error()
  };
}

// node_modules/zod/v4/core/api.js
function snapshotChecks(def) {
  if (def.checks)
    def.checks = [...def.checks];
  return def;
}
// @__NO_SIDE_EFFECTS__
function _string(Class, params) {
  return new Class(snapshotChecks({ type: "string", ...normalizeParams(params) }));
}
// @__NO_SIDE_EFFECTS__
function _url(Class, params) {
  return new Class({
    type: "string",
    format: "url",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _base64(Class, params) {
  return new Class({
    type: "string",
    format: "base64",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _int(Class, params) {
  return new Class({
    type: "number",
    check: "number_format",
    abort: false,
    format: "safeint",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _boolean(Class, params) {
  return new Class({
    type: "boolean",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _lte(value, params) {
  return new $ZodCheckLessThan({
    check: "less_than",
    ...normalizeParams(params),
    value,
    inclusive: true
  });
}
// @__NO_SIDE_EFFECTS__
function _gt(value, params) {
  return new $ZodCheckGreaterThan({
    check: "greater_than",
    ...normalizeParams(params),
    value,
    inclusive: false
  });
}
// @__NO_SIDE_EFFECTS__
function _gte(value, params) {
  return new $ZodCheckGreaterThan({
    check: "greater_than",
    ...normalizeParams(params),
    value,
    inclusive: true
  });
}
// @__NO_SIDE_EFFECTS__
function _positive(params) {
  return /* @__PURE__ */ _gt(0, params);
}
// @__NO_SIDE_EFFECTS__
function _nonnegative(params) {
  return /* @__PURE__ */ _gte(0, params);
}
// @__NO_SIDE_EFFECTS__
function _maxLength(maximum, params) {
  const ch = new $ZodCheckMaxLength({
    check: "max_length",
    ...normalizeParams(params),
    maximum
  });
  return ch;
}
// @__NO_SIDE_EFFECTS__
function _minLength(minimum, params) {
  return new $ZodCheckMinLength({
    check: "min_length",
    ...normalizeParams(params),
    minimum
  });
}
// @__NO_SIDE_EFFECTS__
function _regex(pattern, params) {
  return new $ZodCheckRegex({
    check: "string_format",
    format: "regex",
    ...normalizeParams(params),
    pattern
  });
}
// @__NO_SIDE_EFFECTS__
function _startsWith(prefix, params) {
  return new $ZodCheckStartsWith({
    check: "string_format",
    format: "starts_with",
    ...normalizeParams(params),
    prefix
  });
}

// node_modules/zod/v4/mini/schemas.js
var ZodMiniType = /* @__PURE__ */ $constructor("ZodMiniType", (inst, def) => {
  if (!inst._zod)
    throw new Error("Uninitialized schema in ZodMiniType.");
  $ZodType.init(inst, def);
  inst.def = def;
  inst.type = def.type;
}, {
  // `with` is an alias for `check`: the same function object, not a wrapper.
  get with() {
    return this.check;
  },
  set with(value) {
    own(this, "with", value);
  },
  parse(data, params) {
    return parse(this, data, params, { callee: this.parse });
  },
  parseAsync(data, params) {
    return parseAsync(this, data, params, { callee: this.parseAsync });
  },
  safeParse(data, params) {
    return safeParse(this, data, params);
  },
  safeParseAsync(data, params) {
    return safeParseAsync(this, data, params);
  },
  check(...checks) {
    const def = this.def;
    return this.clone({
      ...def,
      checks: [
        ...def.checks ?? [],
        ...checks.map((ch) => typeof ch === "function" ? { _zod: { check: ch, def: { check: "custom" }, onattach: [] } } : ch)
      ]
    }, { parent: true });
  },
  clone(_def, params) {
    return clone(this, _def, params);
  },
  brand() {
    return this;
  },
  register(reg, meta2) {
    reg.add(this, meta2);
    return this;
  },
  apply(fn, ...args) {
    return args.length === 0 ? fn(this) : fn(this, ...args);
  }
});
var ZodMiniString = /* @__PURE__ */ $constructor("ZodMiniString", (inst, def) => {
  $ZodString.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function string2(params) {
  return _string(ZodMiniString, params);
}
var ZodMiniStringFormat = /* @__PURE__ */ $constructor("ZodMiniStringFormat", (inst, def) => {
  $ZodStringFormat.init(inst, def);
  ZodMiniString.init(inst, def);
});
var ZodMiniURL = /* @__PURE__ */ $constructor("ZodMiniURL", (inst, def) => {
  $ZodURL.init(inst, def);
  ZodMiniStringFormat.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function url(params) {
  return _url(ZodMiniURL, params);
}
var ZodMiniBase64 = /* @__PURE__ */ $constructor("ZodMiniBase64", (inst, def) => {
  $ZodBase64.init(inst, def);
  ZodMiniStringFormat.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function base64(params) {
  return _base64(ZodMiniBase64, params);
}
var ZodMiniNumber = /* @__PURE__ */ $constructor("ZodMiniNumber", (inst, def) => {
  $ZodNumber.init(inst, def);
  ZodMiniType.init(inst, def);
});
var ZodMiniNumberFormat = /* @__PURE__ */ $constructor("ZodMiniNumberFormat", (inst, def) => {
  $ZodNumberFormat.init(inst, def);
  ZodMiniNumber.init(inst, def);
});
function int(params) {
  return _int(ZodMiniNumberFormat, params);
}
var ZodMiniBoolean = /* @__PURE__ */ $constructor("ZodMiniBoolean", (inst, def) => {
  $ZodBoolean.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function boolean2(params) {
  return _boolean(ZodMiniBoolean, params);
}
var ZodMiniArray = /* @__PURE__ */ $constructor("ZodMiniArray", (inst, def) => {
  $ZodArray.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function array(element, params) {
  return new ZodMiniArray({
    type: "array",
    element,
    ...normalizeParams(params)
  });
}
var ZodMiniObject = /* @__PURE__ */ $constructor("ZodMiniObject", (inst, def) => {
  $ZodObject.init(inst, def);
  ZodMiniType.init(inst, def);
  installLazyProp(inst, "shape", (self) => self._zod.def.shape, false);
});
// @__NO_SIDE_EFFECTS__
function object(shape, params) {
  const def = {
    type: "object",
    shape: shape ?? {},
    ...normalizeParams(params)
  };
  return new ZodMiniObject(def);
}
// @__NO_SIDE_EFFECTS__
function extend2(schema, shape) {
  return extend(schema, shape);
}
var ZodMiniDiscriminatedUnion = /* @__PURE__ */ $constructor("ZodMiniDiscriminatedUnion", (inst, def) => {
  $ZodDiscriminatedUnion.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function discriminatedUnion(discriminator, options, params) {
  return new ZodMiniDiscriminatedUnion({
    type: "union",
    options,
    discriminator,
    ...normalizeParams(params)
  });
}
var ZodMiniEnum = /* @__PURE__ */ $constructor("ZodMiniEnum", (inst, def) => {
  $ZodEnum.init(inst, def);
  ZodMiniType.init(inst, def);
  inst.options = [...inst._zod.values];
});
// @__NO_SIDE_EFFECTS__
function _enum(values, params) {
  const entries = Array.isArray(values) ? Object.fromEntries(values.map((v) => [v, v])) : values;
  return new ZodMiniEnum({
    type: "enum",
    entries,
    ...normalizeParams(params)
  });
}
var ZodMiniLiteral = /* @__PURE__ */ $constructor("ZodMiniLiteral", (inst, def) => {
  $ZodLiteral.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function literal(value, params) {
  return new ZodMiniLiteral({
    type: "literal",
    values: Array.isArray(value) ? value : [value],
    ...normalizeParams(params)
  });
}
var ZodMiniNullable = /* @__PURE__ */ $constructor("ZodMiniNullable", (inst, def) => {
  $ZodNullable.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function nullable(innerType) {
  return new ZodMiniNullable({
    type: "nullable",
    innerType
  });
}

// src/contract.ts
var CONTRACT_VERSION = 1;
var HOOK_OUTPUT_CHARACTERS_MAX = 4096;
var HOOK_COMMAND_CHARACTERS_MAX = 65536;
var LINE_BYTES_MAX = 4 * 1024 * 1024;
var SILENCE_MAX_MS = 6e4;
var PROBE_ATTEMPTS = 2;
var PROBE_ATTEMPT_MS = 2500;
var PROBE_PAUSE_MS = 250;
var PROBE_MAX_MS = PROBE_ATTEMPTS * (PROBE_ATTEMPT_MS + PROBE_PAUSE_MS);
var PROBE_ENDPOINTS_MAX = 16;
var ADDRESSES_MAX = 256;
var TEXT_CHARACTERS_MAX = 4096;
var bytes = int().check(_nonnegative());
var someBytes = int().check(_positive());
var port = int().check(_nonnegative(), _lte(65535));
var sha256 = string2().check(_regex(/^[0-9a-f]{64}$/));
var infoHash = string2().check(_regex(/^[0-9a-f]{40}$/));
var address = string2().check(_minLength(1), _maxLength(255));
var releaseId = string2().check(_regex(/^(?!\.)[A-Za-z0-9._-]{1,100}$/));
var text = string2().check(_maxLength(TEXT_CHARACTERS_MAX));
function bounded(told) {
  return told.slice(0, TEXT_CHARACTERS_MAX);
}
var torrent = object({
  name: string2().check(_minLength(1), _maxLength(255)),
  lengthBytes: someBytes,
  pieceLengthBytes: someBytes,
  pieces: base64(),
  infoHash,
  infoSha256: sha256
});
var manifestMember = object({ lengthBytes: someBytes, sha256 });
var portRange = object({ from: port, to: port });
var token = string2().check(_regex(/^[0-9a-f]{32}$/));
var swarm = object({
  key: nullable(base64()),
  uploadLimitBytesPerSecond: bytes
});
var failed = object({
  type: literal("failed"),
  code: string2().check(_maxLength(64)),
  message: text
});
var ping = object({ type: literal("ping") });
var trackerUrl = url({ protocol: /^http$/ });
var peerAddress = object({ host: address, port });
var zone = nullable(string2().check(_minLength(1), _maxLength(255)));
var sharedPaths = array(string2().check(_minLength(1), _maxLength(1024))).check(_maxLength(1e3));
var prepare = object({
  type: literal("prepare"),
  target: string2().check(_minLength(1), _maxLength(512)),
  /** Absolute, or below the SSH user's home with `~/`. */
  deployTo: string2().check(_regex(/^(\/|~\/)/), _maxLength(4096)),
  /** Written into the lock and the log: who deploys. */
  run: string2().check(_maxLength(1024)),
  /** Whether `current` is to be switched in the end, so that what forbids it is told before the first byte. */
  activate: boolean2(),
  /** How long to wait for another deploy's lock; 0: not at all. */
  lockWaitMs: bytes,
  /** Paths in the release that are to be links into `shared/`. */
  shared: object({ files: sharedPaths, directories: sharedPaths })
});
var plan = object({
  type: literal("plan"),
  release: releaseId,
  torrent,
  manifest: manifestMember,
  swarm,
  peerPorts: portRange,
  /** The target's label: it fetches from targets with the same one first. */
  zone,
  tracker: object({ url: trackerUrl }),
  /** Null where it is only targets that have the release. */
  seeder: nullable(peerAddress),
  /** What nobody else has comes here first: it is handed out as by a seeder that holds the only copy. */
  firstSeeder: boolean2()
});
var uplink = object({ type: literal("uplink") });
var track = object({ type: literal("track"), trackerUrl, seeder: nullable(peerAddress) });
var verify = object({
  type: literal("verify"),
  deployTo: string2().check(_startsWith("/"), _maxLength(4096)),
  release: nullable(releaseId)
});
var recall = object({ type: literal("recall"), release: releaseId });
var restore = object({ type: literal("restore"), release: releaseId, elsewhere: nullable(text) });
var describe2 = object({ type: literal("describe") });
var seed = object({
  type: literal("seed"),
  swarm,
  peerPorts: portRange,
  zone,
  trackerUrl
});
var lend = object({ type: literal("lend"), token, ports: portRange });
var commit = object({ type: literal("commit") });
var hookName = _enum(["before-activate", "after-activate", "health-check"]);
var hook = object({
  type: literal("hook"),
  hook: hookName,
  command: string2().check(_minLength(1), _maxLength(HOOK_COMMAND_CHARACTERS_MAX)),
  /** For each attempt. */
  timeoutMs: someBytes,
  /** Tried again until so much time has passed; 0: once. */
  retryForMs: bytes
});
var activate = object({ type: literal("activate") });
var revert = object({ type: literal("revert") });
var prune = object({ type: literal("prune"), keepReleases: someBytes });
var probe = object({
  type: literal("probe"),
  id: bytes,
  endpoints: array(object({ host: address, port })).check(_maxLength(PROBE_ENDPOINTS_MAX))
});
var finish = object({ type: literal("finish") });
var toAgent = discriminatedUnion("type", [
  prepare,
  plan,
  verify,
  recall,
  restore,
  describe2,
  seed,
  lend,
  uplink,
  track,
  commit,
  hook,
  activate,
  revert,
  prune,
  probe,
  finish,
  ping
]);
var hello = object({
  type: literal("hello"),
  version: int(),
  program: _enum(["agent", "origin"]),
  node: string2().check(_maxLength(64)),
  platform: string2().check(_maxLength(64))
});
var ready = object({
  type: literal("ready"),
  currentRelease: nullable(string2().check(_maxLength(255))),
  /** Where `current` leads if it is a link that no deploy made; null where it is not. */
  currentElsewhere: nullable(text),
  /** What was live before, is held, and was not marked bad. */
  previousRelease: nullable(string2().check(_maxLength(255))),
  /** By their names, which is in the order of time where no other ids were given. */
  heldReleases: array(string2().check(_maxLength(255))).check(_maxLength(1e3)),
  freeBytes: bytes,
  /** Null where the file system has no fixed number of inodes (btrfs). */
  freeInodes: nullable(bytes),
  /** Addresses of the target's interfaces: those at which the tracker lets it announce. */
  addresses: array(address).check(_maxLength(ADDRESSES_MAX)),
  /** The ends of the SSH connection through which it was started, as sshd sees them; null where that is not told. */
  ssh: nullable(object({ clientAddress: address, serverAddress: address }))
});
var listening = object({
  type: literal("listening"),
  peerPort: port,
  uplinkPath: string2().check(_startsWith("/"), _maxLength(108))
});
var probed = object({
  type: literal("probed"),
  id: bytes,
  ends: array(
    discriminatedUnion("kind", [
      object({
        kind: _enum(["reached", "refused", "timed-out", "no-route", "unresolved", "forbidden"])
      }),
      object({ kind: literal("unknown"), why: text })
    ])
  ).check(_maxLength(PROBE_ENDPOINTS_MAX))
});
var joined = object({ type: literal("joined"), host: address, port });
var transferred = object({
  piecesDone: bytes,
  piecesTotal: bytes,
  bytesFromSeeder: bytes,
  bytesFromPeers: bytes,
  /** Taken from what the target held: an interrupted run, or the same release under another id. */
  bytesReused: bytes,
  bytesUploaded: bytes
});
var progress = extend2(transferred, {
  type: literal("progress"),
  /**
   * `lock`: another deploy works here, and `trouble` says which. `flush`: writing out to the disk, within a limit of its own; nothing can be counted
   * meanwhile.
   */
  step: _enum(["lock", "resume", "fetch", "flush", "verify", "seed"]),
  /** What keeps it from the swarm at the moment: shown when it stalls. */
  trouble: nullable(text)
});
var fetched = extend2(transferred, {
  type: literal("fetched"),
  peakRateBytesPerSecond: bytes,
  /** Peak resident memory of the agent so far. */
  memoryBytes: bytes
});
var verified = object({
  type: literal("verified"),
  release: releaseId,
  infoHash,
  infoSha256: sha256,
  manifestSha256: sha256,
  pieces: bytes,
  files: bytes,
  sizeBytes: bytes
});
var lacking = object({
  type: literal("lacking"),
  code: string2().check(_maxLength(64)),
  message: text
});
var described = object({ type: literal("described"), torrent, manifest: manifestMember });
var lending = object({
  type: literal("lending"),
  port,
  /** Of the target's interfaces. */
  addresses: array(address).check(_maxLength(ADDRESSES_MAX))
});
var committed = object({ type: literal("committed"), release: releaseId });
var activated = object({
  type: literal("activated"),
  release: releaseId,
  previous: nullable(string2().check(_maxLength(255)))
});
var hooked = object({
  type: literal("hooked"),
  hook: hookName,
  release: releaseId,
  end: discriminatedUnion("kind", [
    object({ kind: literal("exited"), code: bytes }),
    object({ kind: literal("killed"), signal: string2().check(_maxLength(32)) }),
    object({ kind: literal("timed-out"), afterMs: bytes }),
    object({ kind: literal("not-started"), why: text })
  ]),
  attempts: bytes,
  durationMs: bytes,
  output: string2().check(_maxLength(HOOK_OUTPUT_CHARACTERS_MAX)),
  outputBytesDropped: bytes
});
var reverted = object({
  type: literal("reverted"),
  /** What `current` names now; null where that is no release. */
  release: nullable(string2().check(_maxLength(255)))
});
var pruned = object({
  type: literal("pruned"),
  removed: bytes,
  /** Why not all that should be gone is. */
  trouble: nullable(text)
});
var finished = object({ type: literal("finished"), bytesUploaded: bytes, memoryBytes: bytes });
var fromAgent = discriminatedUnion("type", [
  hello,
  ready,
  probed,
  joined,
  listening,
  progress,
  fetched,
  verified,
  lacking,
  described,
  lending,
  committed,
  hooked,
  activated,
  reverted,
  pruned,
  finished,
  failed
]);
var pack = object({
  type: literal("pack"),
  path: string2().check(_minLength(1), _maxLength(4096)),
  exclude: array(string2().check(_maxLength(4096))).check(_maxLength(1e4)),
  pieceLengthBytes: nullable(someBytes)
});
var open = object({
  type: literal("open"),
  path: string2().check(_minLength(1), _maxLength(4096)),
  torrent,
  manifest: manifestMember
});
var trackOnly = object({ type: literal("track"), infoHash, trackerPorts: portRange });
var write = object({
  type: literal("write"),
  path: string2().check(_minLength(1), _maxLength(4096))
});
var serve = object({
  type: literal("serve"),
  swarm,
  /** The seeder's own, with which it announces. */
  token,
  /** The seeder announces itself here so that standard clients find it. */
  announceHost: address,
  trackerPorts: portRange,
  seedPorts: portRange
});
var feed = object({ type: literal("feed"), uploadLimitBytesPerSecond: bytes });
var admit = object({
  type: literal("admit"),
  token,
  addresses: array(address).check(_maxLength(ADDRESSES_MAX)),
  announceAs: nullable(address)
});
var toOrigin = discriminatedUnion("type", [
  pack,
  open,
  trackOnly,
  write,
  serve,
  feed,
  admit,
  finish,
  ping
]);
var packing = object({ type: literal("packing"), files: bytes, bytes, totalBytes: nullable(bytes) });
var packed = object({
  type: literal("packed"),
  torrent,
  manifest: manifestMember,
  pieces: bytes,
  files: bytes,
  sizeBytes: bytes
});
var writing = object({ type: literal("writing"), bytes, totalBytes: bytes });
var written = object({ type: literal("written"), sizeBytes: bytes, sha256 });
var serving = object({ type: literal("serving"), trackerPort: port, seedPort: port });
var feeding = object({
  type: literal("feeding"),
  uplinkPath: string2().check(_startsWith("/"), _maxLength(108))
});
var seeding = object({ type: literal("seeding"), bytesUploaded: bytes, peers: bytes });
var fromOrigin = discriminatedUnion("type", [
  hello,
  packing,
  packed,
  writing,
  written,
  serving,
  feeding,
  seeding,
  finished,
  failed
]);

// src/remote/command-queue.ts
var WAITING_MAX2 = 1e5;
var CommandQueue = class {
  #waiting = [];
  #ended = new AbortController();
  #handlers = /* @__PURE__ */ new Map();
  #wake = () => {
  };
  constructor(channel) {
    void this.#read(channel);
  }
  get signal() {
    return this.#ended.signal;
  }
  /** Stops waiting, as if the input had ended. */
  end(reason) {
    this.#ended.abort(reason);
    this.#wake();
  }
  /**
   * Commands of this type are not waited for: they are handled as they come, and those that have come already at once, until it is disposed of.
   * What the handler throws ends the queue.
   */
  handleBeside(type, handler) {
    const handle = handler;
    this.#handlers.set(type, handle);
    const early = this.#waiting.filter((command) => command.type === type);
    if (early.length > 0) {
      const others = this.#waiting.filter((command) => command.type !== type);
      this.#waiting.splice(0, this.#waiting.length, ...others);
    }
    for (const command of early) this.#give(command, handle);
    return { [Symbol.dispose]: () => void this.#handlers.delete(type) };
  }
  /** The next command, which must be of one of these types. @throws the reason of `signal`, or CONTRACT_VIOLATED */
  async next(...types) {
    while (this.#waiting.length === 0) {
      this.signal.throwIfAborted();
      await new Promise((resolve2) => {
        this.#wake = resolve2;
      });
    }
    const command = this.#waiting.shift();
    if (types.includes(command.type)) return command;
    throw new MurmurationError(
      "CONTRACT_VIOLATED",
      `the runner sent "${command.type}" where ${types.join(" or ")} was expected`
    );
  }
  #give(command, handler) {
    void (async () => await handler(command))().catch(
      (error2) => this.end(error2 instanceof Error ? error2 : new Error(String(error2)))
    );
  }
  async #read(channel) {
    const silence = setTimeout(
      () => this.end(
        new MurmurationError("CANCELLED", `nothing heard of the runner for ${SILENCE_MAX_MS / 1e3} s`)
      ),
      SILENCE_MAX_MS
    );
    try {
      for await (const message of channel) {
        silence.refresh();
        if (message.type === "ping") continue;
        const handler = this.#handlers.get(message.type);
        if (handler !== void 0) {
          this.#give(message, handler);
          continue;
        }
        this.#waiting.push(message);
        if (this.#waiting.length > WAITING_MAX2)
          throw new MurmurationError("CONTRACT_VIOLATED", "too many commands");
        this.#wake();
      }
      this.end(new MurmurationError("CANCELLED", "the runner closed the connection"));
    } catch (error2) {
      this.end(error2 instanceof Error ? error2 : new Error(String(error2)));
    } finally {
      clearTimeout(silence);
    }
  }
};

// src/remote/message-channel.ts
var import_node_events2 = require("node:events");

// src/remote/login-noise.ts
var OUTPUT_BYTES_MAX = 256 * 1024;
var SHOWN_CHARACTERS = 200;
function tooNoisy(name, printed) {
  const shown = JSON.stringify(printed.trim().slice(0, SHOWN_CHARACTERS));
  return new MurmurationError(
    "LOGIN_SHELL_UNFIT",
    `${name}: the login shell prints more than ${OUTPUT_BYTES_MAX / 1024} KiB beside what it is told to run, such as ${shown}`
  );
}

// src/remote/message-channel.ts
config(en_default());
var NOISE_BYTES_MAX = OUTPUT_BYTES_MAX;
var SHOWN_CHARACTERS2 = 200;
var MESSAGE_START = '{"type":"';
var MessageChannel = class {
  #options;
  constructor(options) {
    this.#options = options;
    options.output.on("error", () => {
    });
  }
  /** Resolves when the line was taken by the pipe. A line to a peer that is gone is dropped: the input's end tells. */
  async send(message) {
    const { output } = this.#options;
    if (output.destroyed || output.writableEnded) return;
    if (output.write(`${JSON.stringify(message)}
`)) return;
    const closed = new AbortController();
    const onClose = () => closed.abort();
    output.once("close", onClose);
    try {
      await (0, import_node_events2.once)(output, "drain", { signal: closed.signal });
    } catch {
    } finally {
      output.off("close", onClose);
    }
  }
  /** Ends the output: the other program sees the end of its stdin and stops. */
  end() {
    this.#options.output.end();
  }
  async *[Symbol.asyncIterator]() {
    const { schema, peerName, skipNoise = false } = this.#options;
    let noiseBytes = 0;
    let begun = false;
    for await (const line of lines(this.#options.input, peerName)) {
      if (line.length === 0) continue;
      const parsed = skipNoise ? tryParseBehindNoise(line, schema) : tryParse(line, schema);
      if (parsed.kind === "message") {
        begun = true;
        yield parsed.message;
        continue;
      }
      if (!skipNoise || begun && parsed.kind === "other message") {
        const shown = JSON.stringify(line.toString("utf8", 0, SHOWN_CHARACTERS2));
        throw new MurmurationError(
          "CONTRACT_VIOLATED",
          `${peerName} sent what this version does not understand: ${shown} (${parsed.why})`
        );
      }
      noiseBytes += line.length;
      if (noiseBytes > NOISE_BYTES_MAX) throw tooNoisy(peerName, line.toString("utf8"));
    }
  }
};
async function* lines(input, peerName) {
  let parts = [];
  let partsBytes = 0;
  for await (const chunk of input) {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      const tail = chunk.subarray(start, end);
      yield parts.length === 0 ? tail : Buffer.concat([...parts, tail]);
      parts = [];
      partsBytes = 0;
      start = end + 1;
    }
    if (start === chunk.length) continue;
    parts.push(chunk.subarray(start));
    partsBytes += chunk.length - start;
    if (partsBytes > LINE_BYTES_MAX) {
      throw new MurmurationError(
        "CONTRACT_VIOLATED",
        `${peerName} sent a line of more than ${LINE_BYTES_MAX} bytes`
      );
    }
  }
}
function tryParse(line, schema) {
  let json;
  try {
    json = JSON.parse(line.toString("utf8"));
  } catch {
    return { kind: "no message", why: "no JSON" };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { kind: "message", message: parsed.data };
  const isMessage = typeof json === "object" && json !== null && "type" in json;
  const kind = isMessage ? "other message" : "no message";
  return { kind, why: prettifyError(parsed.error).slice(0, 300) };
}
function tryParseBehindNoise(line, schema) {
  const whole = tryParse(line, schema);
  const start = line.lastIndexOf(MESSAGE_START);
  if (whole.kind !== "no message" || start <= 0) return whole;
  return tryParse(line.subarray(start), schema);
}

// src/remote/serve-runner.ts
var STOP_GRACE_MS = 5e3;
async function serveRunner(schema, failedMessage, converse2) {
  const channel = new MessageChannel({
    input: process.stdin,
    output: process.stdout,
    schema,
    peerName: "the runner"
  });
  const commands = new CommandQueue(channel);
  const stop = () => setTimeout(() => process.exit(1), STOP_GRACE_MS).unref();
  commands.signal.addEventListener("abort", stop, { once: true });
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) {
    process.on(signal, () => commands.end(new Error(`stopped by ${signal}`)));
  }
  const log = (line) => void process.stderr.write(`${line}
`);
  let exitCode = 0;
  try {
    await converse2({ commands, send: (message) => channel.send(message), log });
  } catch (error2) {
    exitCode = 1;
    const { code, message } = asMurmurationError(error2);
    if (code === "INTERNAL") log(error2 instanceof Error ? error2.stack ?? error2.message : messageOf(error2));
    await channel.send(failedMessage(code, bounded(message)));
  }
  process.stdout.end(() => process.exit(exitCode));
  setTimeout(() => process.exit(exitCode), STOP_GRACE_MS).unref();
}

// src/origin/converse.ts
var import_promises4 = require("node:dns/promises");
var import_promises5 = require("node:timers/promises");

// src/release/write-tar.ts
var import_node_crypto4 = require("node:crypto");
var import_promises2 = require("node:fs/promises");
var import_node_path = require("node:path");

// src/core/manifest.ts
var ROOT_PATH = ".";
var MANIFEST_MEMBER_NAME = ".murmuration-manifest.json";
var COMPONENT_BYTES_MAX = 255;
var PATH_BYTES_MAX = 4096;
var LINK_TARGET_BYTES_MAX = 4095;
var MODE_MAX = 4095;
function comparePaths(a, b) {
  if (a === b) return 0;
  if (a === ROOT_PATH) return -1;
  if (b === ROOT_PATH) return 1;
  const shorter = Math.min(a.length, b.length);
  for (let index = 0; index < shorter; index++) {
    const unitA = a.charCodeAt(index);
    const unitB = b.charCodeAt(index);
    if (unitA !== unitB) return utf8Rank(unitA) - utf8Rank(unitB);
  }
  return a.length - b.length;
}
function utf8Rank(unit) {
  if (unit >= 57344) return unit - 2048;
  if (unit >= 55296) return unit + 8192;
  return unit;
}
function parentPath(path) {
  if (path === ROOT_PATH) return void 0;
  const slash = path.lastIndexOf("/");
  return slash === -1 ? ROOT_PATH : path.slice(0, slash);
}
function findManifestFault(entries) {
  const directories = /* @__PURE__ */ new Set();
  let before;
  for (const entry of entries) {
    const fault = findEntryFault(entry);
    if (fault !== void 0) return `${describePath(entry.path)} ${fault}`;
    if (before === void 0) {
      if (entry.path !== ROOT_PATH || entry.type !== "directory")
        return "its first entry is not the root directory";
    } else if (comparePaths(before, entry.path) >= 0) {
      return `${describePath(entry.path)} is out of order or stands there twice`;
    }
    const parent = parentPath(entry.path);
    if (parent !== void 0 && !directories.has(parent)) {
      return `${describePath(entry.path)} lies in ${describePath(parent)}, which is no directory of the release`;
    }
    if (entry.type === "directory") directories.add(entry.path);
    before = entry.path;
  }
  return before === void 0 ? "it has no entries" : void 0;
}
function findEntryFault(entry) {
  const pathFault = entry.path === ROOT_PATH ? void 0 : findPathFault(entry.path);
  if (pathFault !== void 0) return pathFault;
  if (entry.type === "link") return findTargetFault(entry.target);
  if (!Number.isInteger(entry.mode) || entry.mode < 0 || entry.mode > MODE_MAX)
    return "has a mode beyond 07777";
  if (entry.type === "directory") return void 0;
  if (!Number.isSafeInteger(entry.sizeBytes) || entry.sizeBytes < 0) return "has no possible size";
  if (!/^[0-9a-f]{64}$/.test(entry.sha256)) return "has no SHA-256";
  return void 0;
}
function findPathFault(path) {
  if (!path.isWellFormed() || path.includes("\0")) return "has a name that no file can have";
  if (utf8Length(path) > PATH_BYTES_MAX) return `is a path of more than ${PATH_BYTES_MAX} bytes`;
  for (const component of path.split("/")) {
    if (component === "" || component === "." || component === "..") return "is not a plain relative path";
    if (utf8Length(component) > COMPONENT_BYTES_MAX)
      return `has a name of more than ${COMPONENT_BYTES_MAX} bytes`;
  }
  if (path === MANIFEST_MEMBER_NAME || path.startsWith(`${MANIFEST_MEMBER_NAME}/`)) {
    return "has the name that the release's own manifest has";
  }
  return void 0;
}
function findTargetFault(target) {
  if (target === "") return "is a link to nothing";
  if (!target.isWellFormed() || target.includes("\0")) return "is a link to what no path can be";
  if (utf8Length(target) > LINK_TARGET_BYTES_MAX) {
    return `is a link to a path of more than ${LINK_TARGET_BYTES_MAX} bytes`;
  }
  return void 0;
}
function describePath(path) {
  const quoted = JSON.stringify(path);
  return quoted.length <= 300 ? quoted : `${quoted.slice(0, 297)}\u2026"`;
}
function utf8Length(text2) {
  let bytes2 = text2.length;
  for (let index = 0; index < text2.length; index++) {
    const unit = text2.charCodeAt(index);
    if (unit < 128) continue;
    bytes2 += unit < 2048 || unit >= 55296 && unit < 57344 ? 1 : 2;
  }
  return bytes2;
}

// src/release/errno.ts
function errnoOf(thrown) {
  if (!(thrown instanceof Error) || !("code" in thrown)) return void 0;
  return typeof thrown.code === "string" ? thrown.code : void 0;
}
var DISK_FULL = /* @__PURE__ */ new Set(["ENOSPC", "EDQUOT"]);
function diskError(thrown, doing, path) {
  if (thrown instanceof MurmurationError) return thrown;
  const errno = errnoOf(thrown) ?? messageOf(thrown);
  if (DISK_FULL.has(errno)) {
    const what = errno === "EDQUOT" ? "the quota is used up" : "no space or no inode is left";
    return new MurmurationError("DISK_FULL", `${doing} ${describePath(path)}: ${what} (${errno})`, {
      cause: thrown
    });
  }
  return new MurmurationError("DEPLOY_DIR_UNWRITABLE", `${doing} ${describePath(path)}: ${reasonOf(errno)}`, {
    cause: thrown
  });
}
var REASONS = {
  EACCES: "permission denied",
  EPERM: "not permitted",
  EROFS: "the file system is read-only",
  ENOTDIR: "something on the way is not a directory",
  ENOENT: "it does not exist",
  ELOOP: "a symbolic link stands where none may be",
  ENAMETOOLONG: "the path is too long for this system",
  EXDEV: "it lies on another file system",
  EIO: "the disk reported an error",
  EISDIR: "it is a directory",
  EEXIST: "it is there already"
};
function reasonOf(errno) {
  const reason = REASONS[errno];
  return reason === void 0 ? errno : `${reason} (${errno})`;
}

// src/release/free-space.ts
var import_node_fs = require("node:fs");

// src/core/units.ts
var DURATION_MAX_MS = 2 ** 31 - 1;
var SIZE_UNIT_BYTES = {
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4
};
function scaled(value, step, units) {
  let scaledValue = value;
  let index = 0;
  while (index < units.length - 1 && Math.round(scaledValue) >= step) {
    scaledValue /= step;
    index += 1;
  }
  const digits = index === 0 || scaledValue >= 99.95 ? 0 : 1;
  return `${scaledValue.toFixed(digits)} ${units[index]}`;
}
function formatBytes(bytes2) {
  return scaled(bytes2, 1024, ["B", "KiB", "MiB", "GiB", "TiB"]);
}

// src/release/free-space.ts
function freeSpace(path) {
  return spaceOf((0, import_node_fs.statfsSync)(path));
}
function spaceOf({
  bavail,
  bsize,
  files,
  ffree
}) {
  return {
    freeBytes: Math.min(bavail * bsize, Number.MAX_SAFE_INTEGER),
    freeInodes: files === 0 || !Number.isSafeInteger(ffree) ? null : ffree
  };
}
function requireSpace(path, needed, free = freeSpace(path)) {
  const lacking2 = [];
  if (needed.bytes > free.freeBytes) {
    lacking2.push(
      `the release needs ${formatBytes(needed.bytes)} more, and ${formatBytes(free.freeBytes)} are free`
    );
  }
  if (free.freeInodes !== null && needed.inodes > free.freeInodes) {
    lacking2.push(`the release needs ${needed.inodes} more inodes, and ${free.freeInodes} are free`);
  }
  if (lacking2.length === 0) return;
  throw new MurmurationError("DISK_FULL", `no room in ${describePath(path)}: ${lacking2.join("; ")}`);
}

// src/release/time-slice.ts
var import_promises = require("node:timers/promises");
var SLICE_MS = 8;
var TimeSlice = class {
  #signal;
  #endsAtMs = performance.now() + SLICE_MS;
  constructor(signal) {
    this.#signal = signal;
  }
  get over() {
    return performance.now() >= this.#endsAtMs;
  }
  /** Lets others run, then begins the next slice. Throws where the work was cancelled. */
  async next() {
    this.#signal?.throwIfAborted();
    await (0, import_promises.setImmediate)();
    this.#signal?.throwIfAborted();
    this.#endsAtMs = performance.now() + SLICE_MS;
  }
};
function paced(report, intervalMs = 100) {
  let heldBack;
  let nextAtMs = 0;
  const flush = () => {
    if (heldBack === void 0) return;
    nextAtMs = performance.now() + intervalMs;
    report?.(heldBack.progress);
    heldBack = void 0;
  };
  const take = (progress2) => {
    heldBack = { progress: progress2 };
    if (performance.now() >= nextAtMs) flush();
  };
  return Object.assign(take, { flush });
}

// src/release/write-tar.ts
async function writeTar(torrent2, store, path, { signal, onProgress }) {
  const totalBytes = torrent2.lengthBytes;
  requireSpace((0, import_node_path.dirname)(path), { bytes: totalBytes, inodes: 1 });
  const report = paced(onProgress);
  const slice = new TimeSlice(signal);
  const sha2562 = (0, import_node_crypto4.createHash)("sha256");
  const buffer = Buffer.allocUnsafe(torrent2.pieceLengthBytes);
  const file = await create(path);
  try {
    for (let piece = 0; piece < pieceCount(torrent2); piece++) {
      signal.throwIfAborted();
      const bytes2 = buffer.subarray(0, pieceBytes(torrent2, piece));
      await store.readPiece(piece, bytes2);
      sha2562.update(bytes2);
      await writeWhole(file, bytes2, path);
      report({ bytes: piece * torrent2.pieceLengthBytes + bytes2.length, totalBytes });
      if (slice.over) await slice.next();
    }
    report.flush();
    return sha2562.digest("hex");
  } finally {
    await file.close();
  }
}
async function create(path) {
  try {
    return await (0, import_promises2.open)(path, "wx", 384);
  } catch (error2) {
    throw cannotWrite(error2, path);
  }
}
async function writeWhole(file, bytes2, path) {
  let doneBytes = 0;
  try {
    while (doneBytes < bytes2.length) {
      doneBytes += (await file.write(bytes2, doneBytes)).bytesWritten;
    }
  } catch (error2) {
    throw cannotWrite(error2, path);
  }
}
function cannotWrite(thrown, path) {
  const error2 = diskError(thrown, "writing", path);
  if (error2.code === "DISK_FULL") return error2;
  const why = errnoOf(thrown) ?? messageOf(thrown);
  return new MurmurationError("ARTIFACT_NOT_STORED", `cannot write ${describePath(path)} (${why})`, {
    cause: thrown
  });
}

// src/swarm/announcer.ts
var import_node_http = require("node:http");
var import_promises3 = require("node:timers/promises");

// src/swarm/compact-address.ts
var import_node_net3 = require("node:net");
function addressText(bytes2) {
  if (bytes2.length === 4) return bytes2.join(".");
  const groups = (bytes2.toString("hex").match(/.{4}/g) ?? []).join(":");
  return new import_node_net3.SocketAddress({ address: groups, family: "ipv6" }).address;
}
function addressBytes(text2) {
  if ((0, import_node_net3.isIPv4)(text2)) return Buffer.from(text2.split(".").map(Number));
  const normal = URL.parse(`http://[${text2}]`)?.hostname.slice(1, -1);
  if (normal === void 0) return void 0;
  const [before = [], after = []] = normal.split("::").map((half) => half.split(":").filter((group) => group !== ""));
  const gap = Array.from({ length: 8 - before.length - after.length }, () => "0");
  const groups = [...before, ...gap, ...after].map((group) => group.padStart(4, "0"));
  return Buffer.from(groups.join(""), "hex");
}

// src/swarm/announcer.ts
var REQUEST_TIMEOUT_MS = 5e3;
var RESPONSE_MAX_BYTES = 64 * 1024;
var PEERS_WANTED = 20;
var INTERVAL_MAX_MS = 15e3;
var RETRY_FIRST_MS2 = 500;
var FAREWELL_TIMEOUT_MS = 500;
function startAnnouncing(options) {
  const stopping = new AbortController();
  const state = { lastError: void 0 };
  const loop = announceUntil(stopping.signal, options, state);
  return {
    get lastError() {
      return state.lastError;
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await loop;
      await announce(options, "stopped", AbortSignal.timeout(FAREWELL_TIMEOUT_MS)).catch(() => {
      });
    }
  };
}
async function announceUntil(signal, options, state) {
  let event = "started";
  let failures = 0;
  while (!signal.aborted) {
    let pauseMs;
    try {
      const timeout = AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]);
      const { peers, ownHost, intervalMs } = await announce(options, event, timeout);
      event = void 0;
      failures = 0;
      state.lastError = void 0;
      options.onPeers(peers);
      if (ownHost !== void 0) options.onNamed?.(ownHost);
      pauseMs = Math.min(INTERVAL_MAX_MS, intervalMs);
    } catch (error2) {
      if (signal.aborted) return;
      state.lastError = messageOf(error2);
      pauseMs = Math.min(INTERVAL_MAX_MS, RETRY_FIRST_MS2 * 2 ** failures);
      failures += 1;
    }
    await (0, import_promises3.setTimeout)(pauseMs * (0.75 + 0.5 * Math.random()), void 0, { signal }).catch(() => {
    });
  }
}
async function announce(options, event, signal) {
  const url2 = new URL(options.url);
  url2.searchParams.set("port", String(options.port));
  url2.searchParams.set("uploaded", "0");
  url2.searchParams.set("downloaded", "0");
  url2.searchParams.set("left", String(options.left()));
  url2.searchParams.set("compact", "1");
  url2.searchParams.set("numwant", String(PEERS_WANTED));
  if (event !== void 0) url2.searchParams.set("event", event);
  const query = `${url2.search}&info_hash=${percentEncode(options.infoHash)}&peer_id=${percentEncode(options.peerId)}`;
  const body = await getBytes(`${url2.origin}${url2.pathname}${query}`, signal);
  return parseResponse(body);
}
function percentEncode(bytes2) {
  return bytes2.toString("hex").replace(/../g, "%$&");
}
function getBytes(url2, signal) {
  return new Promise((resolve2, reject) => {
    const request = (0, import_node_http.get)(url2, { signal, agent: false }, (response) => {
      const chunks = [];
      let bytes2 = 0;
      response.on("data", (chunk) => {
        chunks.push(chunk);
        bytes2 += chunk.length;
        if (bytes2 > RESPONSE_MAX_BYTES) request.destroy(new Error("the tracker's answer is too long"));
      });
      response.on("end", () => resolve2(Buffer.concat(chunks)));
      response.on("error", reject);
    });
    request.on("error", reject);
  });
}
function parseResponse(body) {
  const answer = dictionaryOf(body);
  const refusal = answer["failure reason"];
  if (refusal instanceof Uint8Array) {
    throw new MurmurationError(
      "TRACKER_UNREACHABLE",
      `the tracker refused: ${Buffer.from(refusal).toString("utf8")}`
    );
  }
  const interval = typeof answer.interval === "number" && answer.interval >= 1 ? answer.interval : 1;
  return {
    peers: [...compactPeers(answer.peers, 4), ...compactPeers(answer.peers6, 16)],
    ownHost: compactAddress(answer["external ip"]),
    intervalMs: interval * 1e3
  };
}
function dictionaryOf(body) {
  let answer;
  try {
    answer = bencode_default.decode(body);
  } catch (cause) {
    throw new Error(`what answers is no tracker: ${messageOf(cause)}`, { cause });
  }
  if (typeof answer === "object" && answer !== null && !(answer instanceof Uint8Array) && !Array.isArray(answer))
    return answer;
  throw new Error("what answers is no tracker: no dictionary");
}
function* compactPeers(field, addressBytes2) {
  if (!(field instanceof Uint8Array)) return;
  const bytes2 = Buffer.from(field);
  for (let at = 0; at + addressBytes2 + 2 <= bytes2.length; at += addressBytes2 + 2) {
    const address2 = bytes2.subarray(at, at + addressBytes2);
    const port2 = bytes2.readUInt16BE(at + addressBytes2);
    if (port2 !== 0) yield { host: addressText(address2), port: port2 };
  }
}
function compactAddress(field) {
  if (!(field instanceof Uint8Array) || field.length !== 4 && field.length !== 16) return void 0;
  return addressText(Buffer.from(field));
}

// src/swarm/join.ts
async function joinSwarm(options) {
  const { torrent: torrent2, store, seeders } = options;
  const engine = await options.startEngine(options);
  const known = new Set(seeders.map(hostAndPort));
  let { onNamed, trackerUrl: trackerUrl2 } = options;
  const announcing = {
    infoHash: Buffer.from(options.digests.infoHash, "hex"),
    peerId: engine.peerId,
    port: engine.port,
    left: () => {
      if (store.have.complete) return 0;
      return Math.max(1, torrent2.lengthBytes - store.have.count * pieceBytes(torrent2, 0));
    },
    onPeers: (peers) => {
      for (const peer of peers) if (!known.has(hostAndPort(peer))) engine.addPeer(peer);
    },
    onNamed: (host) => {
      onNamed?.({ host, port: engine.port });
      onNamed = void 0;
    }
  };
  let announcer = startAnnouncing({ url: trackerUrl2, ...announcing });
  return {
    engine,
    follow(lead) {
      if (lead.seeder !== null) {
        known.add(hostAndPort(lead.seeder));
        engine.addSeeder(lead.seeder);
      }
      if (lead.trackerUrl === trackerUrl2) return;
      trackerUrl2 = lead.trackerUrl;
      void announcer[Symbol.asyncDispose]();
      announcer = startAnnouncing({ url: trackerUrl2, ...announcing });
    },
    trouble() {
      const { peers, lastConnectError } = engine.stats();
      const sentences = [];
      if (announcer.lastError !== void 0) sentences.push(`tracker: ${announcer.lastError}`);
      if (peers === 0)
        sentences.push(`no peer is connected (${lastConnectError ?? "none has answered yet"})`);
      return sentences.length === 0 ? void 0 : sentences.join("; ");
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([announcer[Symbol.asyncDispose](), engine[Symbol.asyncDispose]()]);
    }
  };
}

// src/swarm/tracker-server.ts
var import_node_net4 = require("node:net");

// node_modules/bittorrent-tracker/server.js
var import_debug2 = __toESM(require_src(), 1);
var import_dgram = __toESM(require("dgram"), 1);
var import_events = __toESM(require("events"), 1);
var import_http = __toESM(require("http"), 1);

// node_modules/bittorrent-peerid/lib/utils.js
function isAzStyle(peerId) {
  if (peerId.charAt(0) !== "-") return false;
  if (peerId.charAt(7) === "-") return true;
  if (["FG", "LH", "NE", "KT", "SP"].includes(peerId.substring(1, 3))) return true;
  return false;
}
function isShadowStyle(peerId) {
  if (peerId.charAt(5) !== "-") return false;
  if (!isLetter(peerId.charAt(0))) return false;
  if (!(isDigit(peerId.charAt(1)) || peerId.charAt(1) === "-")) return false;
  let lastVersionNumberIndex = 4;
  for (; lastVersionNumberIndex > 0; lastVersionNumberIndex--) {
    if (peerId.charAt(lastVersionNumberIndex) !== "-") break;
  }
  for (let i = 1; i <= lastVersionNumberIndex; i++) {
    const c = peerId.charAt(i);
    if (c === "-") return false;
    if (isAlphaNumeric(c) === null) return false;
  }
  return true;
}
function isMainlineStyle(peerId) {
  return peerId.charAt(2) === "-" && peerId.charAt(7) === "-" && (peerId.charAt(4) === "-" || peerId.charAt(5) === "-");
}
function isPossibleSpoofClient(peerId) {
  return peerId.endsWith("UDP0") || peerId.endsWith("HTTPBT");
}
function getAzStyleVersionNumber(peerId, version2) {
  if (typeof version2 === "function") {
    return version2(peerId);
  }
  return null;
}
function decodeBitSpiritClient(peerId, buffer) {
  if (peerId.substring(2, 4) !== "BS") return null;
  let version2 = `${buffer[1]}`;
  if (version2 === "0") version2 = 1;
  return {
    client: "BitSpirit",
    version: version2
  };
}
function decodeBitCometClient(peerId, buffer) {
  let modName = "";
  if (peerId.startsWith("exbc")) modName = "";
  else if (peerId.startsWith("FUTB")) modName = "(Solidox Mod)";
  else if (peerId.startsWith("xUTB")) modName = "(Mod 2)";
  else return null;
  const isBitlord = peerId.substring(6, 10) === "LORD";
  const clientName = isBitlord ? "BitLord" : "BitComet";
  const majVersion = decodeNumericValueOfByte(buffer[4]);
  const minVersionLength = isBitlord && majVersion !== "0" ? 1 : 2;
  return {
    client: clientName + (modName ? ` ${modName}` : ""),
    version: `${majVersion}.${decodeNumericValueOfByte(buffer[5], minVersionLength)}`
  };
}
function identifyAwkwardClient(peerId, buffer) {
  let firstNonZeroIndex = 20;
  let i;
  for (i = 0; i < 20; ++i) {
    if (buffer[i] > 0) {
      firstNonZeroIndex = i;
      break;
    }
  }
  if (firstNonZeroIndex === 0) {
    let isShareaza = true;
    for (i = 0; i < 16; ++i) {
      if (buffer[i] === 0) {
        isShareaza = false;
        break;
      }
    }
    if (isShareaza) {
      for (i = 16; i < 20; ++i) {
        if (buffer[i] !== (buffer[i % 16] ^ buffer[15 - i % 16])) {
          isShareaza = false;
          break;
        }
      }
      if (isShareaza) return { client: "Shareaza" };
    }
  }
  if (firstNonZeroIndex === 9 && buffer[9] === 3 && buffer[10] === 3 && buffer[11] === 3) {
    return { client: "I2PSnark" };
  }
  if (firstNonZeroIndex === 12 && buffer[12] === 97 && buffer[13] === 97) {
    return { client: "Experimental", version: "3.2.1b2" };
  }
  if (firstNonZeroIndex === 12 && buffer[12] === 0 && buffer[13] === 0) {
    return { client: "Experimental", version: "3.1" };
  }
  if (firstNonZeroIndex === 12) {
    return { client: "Mainline" };
  }
  return null;
}
function decodeNumericValueOfByte(b, minDigits = 0) {
  let result = `${b & 255}`;
  while (result.length < minDigits) {
    result = `0${result}`;
  }
  return result;
}
function isDigit(s) {
  const code = s.charCodeAt(0);
  return code >= "0".charCodeAt(0) && code <= "9".charCodeAt(0);
}
function isLetter(s) {
  const code = s.toLowerCase().charCodeAt(0);
  return code >= "a".charCodeAt(0) && code <= "z".charCodeAt(0);
}
function isAlphaNumeric(s) {
  return isDigit(s) || isLetter(s) || s === ".";
}

// node_modules/bittorrent-peerid/index.js
var bittorrent_peerid_default = (peerId) => {
  let buffer;
  if (Buffer.isBuffer(peerId)) {
    buffer = peerId;
  } else if (typeof peerId === "string") {
    buffer = Buffer.from(peerId, "utf8");
    if (buffer.length !== 20) {
      buffer = Buffer.from(peerId, "hex");
    }
  } else {
    throw new Error(`Invalid peerId must be Buffer or hex string: ${peerId}`);
  }
  if (buffer.length !== 20) {
    throw new Error(`Invalid peerId length (hex buffer must be 20 bytes): ${peerId}`);
  }
  peerId = buffer.toString("utf8");
  let client = null;
  if (isPossibleSpoofClient(peerId)) {
    if (client = decodeBitSpiritClient(peerId, buffer)) return client;
    if (client = decodeBitCometClient(peerId, buffer)) return client;
    return { client: "BitSpirit?" };
  }
  if (isAzStyle(peerId)) {
    if (client = getAzStyleClientName(peerId)) {
      const version2 = getAzStyleClientVersion(client, peerId);
      if (client.startsWith("ZipTorrent") && peerId.startsWith("bLAde", 8)) {
        return {
          client: "Unknown [Fake: ZipTorrent]",
          version: version2
        };
      }
      if (client === "\xB5Torrent" && version2 === "6.0 Beta") {
        return {
          client: "Mainline",
          version: "6.0 Beta"
        };
      }
      if (client.startsWith("libTorrent (Rakshasa)")) {
        return {
          client: `${client} / rTorrent*`,
          version: version2
        };
      }
      return {
        client,
        version: version2
      };
    }
  }
  if (isShadowStyle(peerId)) {
    if (client = getShadowStyleClientName(peerId)) {
      return { client };
    }
  }
  if (isMainlineStyle(peerId)) {
    if (client = getMainlineStyleClientName(peerId)) {
      return { client };
    }
  }
  if (client = decodeBitSpiritClient(peerId, buffer)) return client;
  if (client = decodeBitCometClient(peerId, buffer)) return client;
  const data = getSimpleClient(peerId);
  if (data) {
    client = data.client;
    return {
      client,
      version: data.version
    };
  }
  if (client = identifyAwkwardClient(peerId, buffer)) {
    return client;
  }
  return { client: "unknown" };
};
var azStyleClients = {};
var azStyleClientVersions = {};
var shadowStyleClients = {};
var shadowStyleClientVersions = {};
var mainlineStyleClients = {};
var customStyleClients = [];
var VER_AZ_THREE_DIGITS = (v) => (
  // "1.2.3"
  `${v[0]}.${v[1]}.${v[2]}`
);
var VER_AZ_DELUGE = (v) => {
  const alphabet = "ABCDE";
  if (isNaN(v[2])) {
    return `${v[0]}.${v[1]}.1${alphabet.indexOf(v[2])}`;
  }
  return `${v[0]}.${v[1]}.${v[2]}`;
};
var VER_AZ_THREE_DIGITS_PLUS_MNEMONIC = (v) => {
  let mnemonic = v[3];
  if (mnemonic === "B") {
    mnemonic = "Beta";
  } else if (mnemonic === "A") {
    mnemonic = "Alpha";
  } else {
    mnemonic = "";
  }
  return `${v[0]}.${v[1]}.${v[2]} ${mnemonic}`;
};
var VER_AZ_FOUR_DIGITS = (v) => (
  // "1.2.3.4"
  `${v[0]}.${v[1]}.${v[2]}.${v[3]}`
);
var VER_AZ_TWO_MAJ_TWO_MIN = (v) => (
  // "12.34"
  `${v[0] + v[1]}.${v[2]}${v[3]}`
);
var VER_AZ_SKIP_FIRST_ONE_MAJ_TWO_MIN = (v) => (
  // "2.34"
  `${v[1]}.${v[2]}${v[3]}`
);
var VER_AZ_KTORRENT_STYLE = "1.2.3=[RD].4";
var VER_AZ_TRANSMISSION_STYLE = (v) => {
  if (v[0] === "0" && v[1] === "0" && v[2] === "0") {
    return `0.${v[3]}`;
  } else if (v[0] === "0" && v[1] === "0") {
    return `0.${v[2]}${v[3]}`;
  }
  return `${v[0]}.${v[1]}${v[2]}${v[3] === "Z" || v[3] === "X" ? "+" : ""}`;
};
var VER_AZ_WEBTORRENT_STYLE = (v) => {
  let version2 = "";
  if (v[0] === "0") {
    version2 += `${v[1]}.`;
  } else {
    version2 += `${v[0]}${v[1]}.`;
  }
  if (v[2] === "0") {
    version2 += v[3];
  } else {
    version2 += `${v[2]}${v[3]}`;
  }
  return version2;
};
var VER_AZ_THREE_ALPHANUMERIC_DIGITS = "2.33.4";
var VER_NONE = "NO_VERSION";
function addAzStyle(id, client, version2 = VER_AZ_FOUR_DIGITS) {
  azStyleClients[id] = client;
  azStyleClientVersions[client] = version2;
}
function addShadowStyle(id, client, version2 = VER_AZ_THREE_DIGITS) {
  shadowStyleClients[id] = client;
  shadowStyleClientVersions[client] = version2;
}
function addMainlineStyle(id, client) {
  mainlineStyleClients[id] = client;
}
function addSimpleClient(client, version2, id, position) {
  if (typeof id === "number" || typeof id === "undefined") {
    position = id;
    id = version2;
    version2 = void 0;
  }
  customStyleClients.push({
    id,
    client,
    version: version2,
    position: position || 0
  });
}
function getAzStyleClientName(peerId) {
  return azStyleClients[peerId.substring(1, 3)];
}
function getShadowStyleClientName(peerId) {
  return shadowStyleClients[peerId.substring(0, 1)];
}
function getMainlineStyleClientName(peerId) {
  return mainlineStyleClients[peerId.substring(0, 1)];
}
function getSimpleClient(peerId) {
  for (let i = 0; i < customStyleClients.length; ++i) {
    const client = customStyleClients[i];
    if (peerId.startsWith(client.id, client.position)) {
      return client;
    }
  }
  return null;
}
function getAzStyleClientVersion(client, peerId) {
  const version2 = azStyleClientVersions[client];
  if (!version2) return null;
  return getAzStyleVersionNumber(peerId.substring(3, 7), version2);
}
(() => {
  addAzStyle("A~", "Ares", VER_AZ_THREE_DIGITS);
  addAzStyle("AG", "Ares", VER_AZ_THREE_DIGITS);
  addAzStyle("AN", "Ares", VER_AZ_FOUR_DIGITS);
  addAzStyle("AR", "Ares");
  addAzStyle("AV", "Avicora");
  addAzStyle("AX", "BitPump", VER_AZ_TWO_MAJ_TWO_MIN);
  addAzStyle("AT", "Artemis");
  addAzStyle("AZ", "Vuze", VER_AZ_FOUR_DIGITS);
  addAzStyle("BB", "BitBuddy", "1.234");
  addAzStyle("BC", "BitComet", VER_AZ_SKIP_FIRST_ONE_MAJ_TWO_MIN);
  addAzStyle("BE", "BitTorrent SDK");
  addAzStyle("BF", "BitFlu", VER_NONE);
  addAzStyle("BG", "BTG", VER_AZ_FOUR_DIGITS);
  addAzStyle("bk", "BitKitten (libtorrent)");
  addAzStyle("BR", "BitRocket", "1.2(34)");
  addAzStyle("BS", "BTSlave");
  addAzStyle("BT", "BitTorrent", VER_AZ_THREE_DIGITS_PLUS_MNEMONIC);
  addAzStyle("BW", "BitWombat");
  addAzStyle("BX", "BittorrentX");
  addAzStyle("CB", "Shareaza Plus");
  addAzStyle("CD", "Enhanced CTorrent", VER_AZ_TWO_MAJ_TWO_MIN);
  addAzStyle("CT", "CTorrent", "1.2.34");
  addAzStyle("DP", "Propogate Data Client");
  addAzStyle("DE", "Deluge", VER_AZ_DELUGE);
  addAzStyle("EB", "EBit");
  addAzStyle("ES", "Electric Sheep", VER_AZ_THREE_DIGITS);
  addAzStyle("FC", "FileCroc");
  addAzStyle("FG", "FlashGet", VER_AZ_SKIP_FIRST_ONE_MAJ_TWO_MIN);
  addAzStyle("FX", "Freebox BitTorrent");
  addAzStyle("FT", "FoxTorrent/RedSwoosh");
  addAzStyle("GR", "GetRight", "1.2");
  addAzStyle("GS", "GSTorrent");
  addAzStyle("HL", "Halite", VER_AZ_THREE_DIGITS);
  addAzStyle("HN", "Hydranode");
  addAzStyle("KG", "KGet");
  addAzStyle("KT", "KTorrent", VER_AZ_KTORRENT_STYLE);
  addAzStyle("LC", "LeechCraft");
  addAzStyle("LH", "LH-ABC");
  addAzStyle("LK", "linkage", VER_AZ_THREE_DIGITS);
  addAzStyle("LP", "Lphant", VER_AZ_TWO_MAJ_TWO_MIN);
  addAzStyle("LT", "libtorrent (Rasterbar)", VER_AZ_THREE_ALPHANUMERIC_DIGITS);
  addAzStyle("lt", "libTorrent (Rakshasa)", VER_AZ_THREE_ALPHANUMERIC_DIGITS);
  addAzStyle("LW", "LimeWire", VER_NONE);
  addAzStyle("MO", "MonoTorrent");
  addAzStyle("MP", "MooPolice", VER_AZ_THREE_DIGITS);
  addAzStyle("MR", "Miro");
  addAzStyle("MT", "MoonlightTorrent");
  addAzStyle("NE", "BT Next Evolution", VER_AZ_THREE_DIGITS);
  addAzStyle("NX", "Net Transport");
  addAzStyle("OS", "OneSwarm", VER_AZ_FOUR_DIGITS);
  addAzStyle("OT", "OmegaTorrent");
  addAzStyle("PC", "CacheLogic", "12.3-4");
  addAzStyle("PT", "Popcorn Time");
  addAzStyle("PD", "Pando");
  addAzStyle("PE", "PeerProject");
  addAzStyle("pX", "pHoeniX");
  addAzStyle("qB", "qBittorrent", VER_AZ_DELUGE);
  addAzStyle("QD", "qqdownload");
  addAzStyle("RM", "RUM Torrent");
  addAzStyle("RT", "Retriever");
  addAzStyle("RZ", "RezTorrent");
  addAzStyle("S~", "Shareaza alpha/beta");
  addAzStyle("SB", "SwiftBit");
  addAzStyle("SD", "\u8FC5\u96F7\u5728\u7EBF (Xunlei)");
  addAzStyle("SG", "GS Torrent", VER_AZ_FOUR_DIGITS);
  addAzStyle("SN", "ShareNET");
  addAzStyle("SP", "BitSpirit", VER_AZ_THREE_DIGITS);
  addAzStyle("SS", "SwarmScope");
  addAzStyle("ST", "SymTorrent", "2.34");
  addAzStyle("st", "SharkTorrent");
  addAzStyle("SZ", "Shareaza");
  addAzStyle("TG", "Torrent GO");
  addAzStyle("TN", "Torrent.NET");
  addAzStyle("TR", "Transmission", VER_AZ_TRANSMISSION_STYLE);
  addAzStyle("TS", "TorrentStorm");
  addAzStyle("TT", "TuoTu", VER_AZ_THREE_DIGITS);
  addAzStyle("UL", "uLeecher!");
  addAzStyle("UE", "\xB5Torrent Embedded", VER_AZ_THREE_DIGITS_PLUS_MNEMONIC);
  addAzStyle("UT", "\xB5Torrent", VER_AZ_THREE_DIGITS_PLUS_MNEMONIC);
  addAzStyle("UM", "\xB5Torrent Mac", VER_AZ_THREE_DIGITS_PLUS_MNEMONIC);
  addAzStyle("UW", "\xB5Torrent Web", VER_AZ_THREE_DIGITS_PLUS_MNEMONIC);
  addAzStyle("WD", "WebTorrent Desktop", VER_AZ_WEBTORRENT_STYLE);
  addAzStyle("WT", "Bitlet");
  addAzStyle("WW", "WebTorrent", VER_AZ_WEBTORRENT_STYLE);
  addAzStyle("WY", "FireTorrent");
  addAzStyle("VG", "\u54C7\u560E (Vagaa)", VER_AZ_FOUR_DIGITS);
  addAzStyle("XL", "\u8FC5\u96F7\u5728\u7EBF (Xunlei)");
  addAzStyle("XT", "XanTorrent");
  addAzStyle("XF", "Xfplay", VER_AZ_TRANSMISSION_STYLE);
  addAzStyle("XX", "XTorrent", "1.2.34");
  addAzStyle("XC", "XTorrent", "1.2.34");
  addAzStyle("ZT", "ZipTorrent");
  addAzStyle("7T", "aTorrent");
  addAzStyle("ZO", "Zona", VER_AZ_FOUR_DIGITS);
  addAzStyle("#@", "Invalid PeerID");
  addShadowStyle("A", "ABC");
  addShadowStyle("O", "Osprey Permaseed");
  addShadowStyle("Q", "BTQueue");
  addShadowStyle("R", "Tribler");
  addShadowStyle("S", "Shad0w");
  addShadowStyle("T", "BitTornado");
  addShadowStyle("U", "UPnP NAT");
  addMainlineStyle("M", "Mainline");
  addMainlineStyle("Q", "Queen Bee");
  addSimpleClient("\xB5Torrent", "1.7.0 RC", "-UT170-");
  addSimpleClient("Azureus", "1", "Azureus");
  addSimpleClient("Azureus", "2.0.3.2", "Azureus", 5);
  addSimpleClient("Aria", "2", "-aria2-");
  addSimpleClient("BitTorrent Plus!", "II", "PRC.P---");
  addSimpleClient("BitTorrent Plus!", "P87.P---");
  addSimpleClient("BitTorrent Plus!", "S587Plus");
  addSimpleClient("BitTyrant (Azureus Mod)", "AZ2500BT");
  addSimpleClient("Blizzard Downloader", "BLZ");
  addSimpleClient("BTGetit", "BG", 10);
  addSimpleClient("BTugaXP", "btuga");
  addSimpleClient("BTugaXP", "BTuga", 5);
  addSimpleClient("BTugaXP", "oernu");
  addSimpleClient("Deadman Walking", "BTDWV-");
  addSimpleClient("Deadman", "Deadman Walking-");
  addSimpleClient("External Webseed", "Ext");
  addSimpleClient("G3 Torrent", "-G3");
  addSimpleClient("GreedBT", "2.7.1", "271-");
  addSimpleClient("Hurricane Electric", "arclight");
  addSimpleClient("HTTP Seed", "-WS");
  addSimpleClient("JVtorrent", "10-------");
  addSimpleClient("Limewire", "LIME");
  addSimpleClient("Martini Man", "martini");
  addSimpleClient("Pando", "Pando");
  addSimpleClient("PeerApp", "PEERAPP");
  addSimpleClient("SimpleBT", "btfans", 4);
  addSimpleClient("Swarmy", "a00---0");
  addSimpleClient("Swarmy", "a02---0");
  addSimpleClient("Teeweety", "T00---0");
  addSimpleClient("TorrentTopia", "346-");
  addSimpleClient("XanTorrent", "DansClient");
  addSimpleClient("MediaGet", "-MG1");
  addSimpleClient("MediaGet", "2.1", "-MG21");
  addSimpleClient("Amazon AWS S3", "S3-");
  addSimpleClient("BitTorrent DNA", "DNA");
  addSimpleClient("Opera", "OP");
  addSimpleClient("Opera", "O");
  addSimpleClient("Burst!", "Mbrst");
  addSimpleClient("TurboBT", "turbobt");
  addSimpleClient("BT Protocol Daemon", "btpd");
  addSimpleClient("Plus!", "Plus");
  addSimpleClient("XBT", "XBT");
  addSimpleClient("BitsOnWheels", "-BOW");
  addSimpleClient("eXeem", "eX");
  addSimpleClient("MLdonkey", "-ML");
  addSimpleClient("Bitlet", "BitLet");
  addSimpleClient("AllPeers", "AP");
  addSimpleClient("BTuga Revolution", "BTM");
  addSimpleClient("Rufus", "RS", 2);
  addSimpleClient("BitMagnet", "BM", 2);
  addSimpleClient("QVOD", "QVOD");
  addSimpleClient("Top-BT", "TB");
  addSimpleClient("Tixati", "TIX");
  addSimpleClient("folx", "-FL");
  addSimpleClient("\xB5Torrent Mac", "-UM");
  addSimpleClient("\xB5Torrent", "-UT");
})();

// node_modules/bittorrent-tracker/server.js
var import_run_series = __toESM(require_run_series(), 1);

// node_modules/addr-to-ip-port/index.js
var ADDR_RE = /^\[?([^\]]+)]?:(\d+)$/;
var cache = /* @__PURE__ */ new Map();
function addrToIPPort(addr) {
  if (cache.size === 1e5) cache.clear();
  if (!cache.has(addr)) {
    const m = ADDR_RE.exec(addr);
    if (!m) throw new Error(`invalid addr: ${addr}`);
    cache.set(addr, [m[1], Number(m[2])]);
  }
  return cache.get(addr);
}

// node_modules/string2compact/index.js
var import_ipaddr = __toESM(require_ipaddr(), 1);
var addrs = (addrs2) => {
  if (typeof addrs2 === "string") {
    addrs2 = [addrs2];
  }
  return Buffer.concat(addrs2.map((addr) => {
    const s = addrToIPPort(addr);
    if (s.length !== 2) {
      throw new Error("invalid address format, expecting: [IP]:[PORT]");
    }
    const ip = import_ipaddr.default.parse(s[0]);
    const ipBuf = Buffer.from(ip.toByteArray());
    const port2 = s[1];
    const portBuf = Buffer.allocUnsafe(2);
    portBuf.writeUInt16BE(port2, 0);
    return Buffer.concat([ipBuf, portBuf]);
  }));
};
var string2compact_default = addrs;

// node_modules/ws/wrapper.mjs
var import_stream = __toESM(require_stream(), 1);
var import_extension = __toESM(require_extension(), 1);
var import_permessage_deflate = __toESM(require_permessage_deflate(), 1);
var import_receiver = __toESM(require_receiver(), 1);
var import_sender = __toESM(require_sender(), 1);
var import_subprotocol = __toESM(require_subprotocol(), 1);
var import_websocket = __toESM(require_websocket(), 1);
var import_websocket_server = __toESM(require_websocket_server(), 1);

// node_modules/bittorrent-tracker/lib/common-node.js
var common_node_exports = {};
__export(common_node_exports, {
  ACTIONS: () => ACTIONS,
  CONNECTION_ID: () => CONNECTION_ID,
  DESTROY_TIMEOUT: () => DESTROY_TIMEOUT,
  EVENTS: () => EVENTS,
  EVENT_IDS: () => EVENT_IDS,
  EVENT_NAMES: () => EVENT_NAMES,
  IPV4_RE: () => IPV4_RE,
  IPV6_RE: () => IPV6_RE,
  REMOVE_IPV4_MAPPED_IPV6_RE: () => REMOVE_IPV4_MAPPED_IPV6_RE,
  REQUEST_TIMEOUT: () => REQUEST_TIMEOUT,
  querystringParse: () => querystringParse,
  querystringStringify: () => querystringStringify,
  toUInt32: () => toUInt32
});
var import_querystring = __toESM(require("querystring"), 1);
var IPV4_RE = /^[\d.]+$/;
var IPV6_RE = /^[\da-fA-F:]+$/;
var REMOVE_IPV4_MAPPED_IPV6_RE = /^::ffff:/;
var CONNECTION_ID = concat([toUInt32(1047), toUInt32(655366528)]);
var ACTIONS = { CONNECT: 0, ANNOUNCE: 1, SCRAPE: 2, ERROR: 3 };
var EVENTS = { update: 0, completed: 1, started: 2, stopped: 3, paused: 4 };
var EVENT_IDS = {
  0: "update",
  1: "completed",
  2: "started",
  3: "stopped",
  4: "paused"
};
var EVENT_NAMES = {
  update: "update",
  completed: "complete",
  started: "start",
  stopped: "stop",
  paused: "pause"
};
var REQUEST_TIMEOUT = 15e3;
var DESTROY_TIMEOUT = 1e3;
function toUInt32(n) {
  const buf = new Uint8Array(4);
  const view = new DataView(buf.buffer);
  view.setUint32(0, n);
  return buf;
}
var querystringParse = (q) => import_querystring.default.parse(q, null, null, { decodeURIComponent: unescape });
var querystringStringify = (obj) => {
  let ret = import_querystring.default.stringify(obj, null, null, { encodeURIComponent: escape });
  ret = ret.replace(/[@*/+]/g, (char) => (
    // `escape` doesn't encode the characters @*/+ so we do it manually
    `%${char.charCodeAt(0).toString(16).toUpperCase()}`
  ));
  return ret;
};

// node_modules/bittorrent-tracker/lib/common.js
var DEFAULT_ANNOUNCE_PEERS = 50;
var MAX_ANNOUNCE_PEERS = 82;
var parseUrl = (str) => {
  const url2 = new URL(str.replace(/^udp:/, "http:"));
  if (str.match(/^udp:/)) {
    Object.defineProperties(url2, {
      href: { value: url2.href.replace(/^http/, "udp") },
      protocol: { value: url2.protocol.replace(/^http/, "udp") },
      origin: { value: url2.origin.replace(/^http/, "udp") }
    });
  }
  return url2;
};
var common_default = {
  DEFAULT_ANNOUNCE_PEERS,
  MAX_ANNOUNCE_PEERS,
  parseUrl,
  ...common_node_exports
};

// node_modules/bittorrent-tracker/lib/server/swarm.js
var import_unordered_array_remove = __toESM(require_unordered_array_remove(), 1);
var import_debug = __toESM(require_src(), 1);
var import_lru = __toESM(require_lru(), 1);
var import_random_iterate = __toESM(require_random_iterate(), 1);
var debug = (0, import_debug.default)("bittorrent-tracker:swarm");
var Swarm = class {
  constructor(infoHash2, server) {
    const self = this;
    self.infoHash = infoHash2;
    self.complete = 0;
    self.incomplete = 0;
    self.peers = new import_lru.default({
      max: server.peersCacheLength || 1e3,
      maxAge: server.peersCacheTtl || 20 * 60 * 1e3
      // 20 minutes
    });
    self.peers.on("evict", (data) => {
      const peer = data.value;
      const params = {
        type: peer.type,
        event: "stopped",
        numwant: 0,
        peer_id: peer.peerId
      };
      self._onAnnounceStopped(params, peer, peer.peerId);
      peer.socket = null;
    });
  }
  announce(params, cb) {
    const self = this;
    const id = params.type === "ws" ? params.peer_id : params.addr;
    const peer = self.peers.get(id);
    if (params.event === "started") {
      self._onAnnounceStarted(params, peer, id);
    } else if (params.event === "stopped") {
      self._onAnnounceStopped(params, peer, id);
      if (!cb) return;
    } else if (params.event === "completed") {
      self._onAnnounceCompleted(params, peer, id);
    } else if (params.event === "update") {
      self._onAnnounceUpdate(params, peer, id);
    } else if (params.event === "paused") {
      self._onAnnouncePaused(params, peer, id);
    } else {
      cb(new Error("invalid event"));
      return;
    }
    cb(null, {
      complete: self.complete,
      incomplete: self.incomplete,
      peers: self._getPeers(params.numwant, params.peer_id, !!params.socket)
    });
  }
  scrape(params, cb) {
    cb(null, {
      complete: this.complete,
      incomplete: this.incomplete
    });
  }
  _onAnnounceStarted(params, peer, id) {
    if (peer) {
      debug("unexpected `started` event from peer that is already in swarm");
      return this._onAnnounceUpdate(params, peer, id);
    }
    if (params.left === 0) this.complete += 1;
    else this.incomplete += 1;
    this.peers.set(id, {
      type: params.type,
      complete: params.left === 0,
      peerId: params.peer_id,
      // as hex
      ip: params.ip,
      port: params.port,
      socket: params.socket
      // only websocket
    });
  }
  _onAnnounceStopped(params, peer, id) {
    if (!peer) {
      debug("unexpected `stopped` event from peer that is not in swarm");
      return;
    }
    if (peer.complete) this.complete -= 1;
    else this.incomplete -= 1;
    if (peer.socket && !peer.socket.destroyed) {
      const index = peer.socket.infoHashes.indexOf(this.infoHash);
      (0, import_unordered_array_remove.default)(peer.socket.infoHashes, index);
    }
    this.peers.remove(id);
  }
  _onAnnounceCompleted(params, peer, id) {
    if (!peer) {
      debug("unexpected `completed` event from peer that is not in swarm");
      return this._onAnnounceStarted(params, peer, id);
    }
    if (peer.complete) {
      debug("unexpected `completed` event from peer that is already completed");
      return this._onAnnounceUpdate(params, peer, id);
    }
    this.complete += 1;
    this.incomplete -= 1;
    peer.complete = true;
    this.peers.set(id, peer);
  }
  _onAnnounceUpdate(params, peer, id) {
    if (!peer) {
      debug("unexpected `update` event from peer that is not in swarm");
      return this._onAnnounceStarted(params, peer, id);
    }
    if (!peer.complete && params.left === 0) {
      this.complete += 1;
      this.incomplete -= 1;
      peer.complete = true;
    }
    this.peers.set(id, peer);
  }
  _onAnnouncePaused(params, peer, id) {
    if (!peer) {
      debug("unexpected `paused` event from peer that is not in swarm");
      return this._onAnnounceStarted(params, peer, id);
    }
    this._onAnnounceUpdate(params, peer, id);
  }
  _getPeers(numwant, ownPeerId, isWebRTC) {
    const peers = [];
    const ite = (0, import_random_iterate.default)(this.peers.keys);
    let peerId;
    while ((peerId = ite()) && peers.length < numwant) {
      const peer = this.peers.peek(peerId);
      if (!peer) continue;
      if (isWebRTC && peer.peerId === ownPeerId) continue;
      if (isWebRTC && peer.type !== "ws" || !isWebRTC && peer.type === "ws") continue;
      peers.push(peer);
    }
    return peers;
  }
};
var swarm_default = Swarm;

// node_modules/bittorrent-tracker/lib/server/parse-http.js
function parse_http_default(req, opts) {
  if (!opts) opts = {};
  const s = req.url.split("?");
  const params = common_default.querystringParse(s[1]);
  params.type = "http";
  if (opts.action === "announce" || s[0] === "/announce") {
    params.action = common_default.ACTIONS.ANNOUNCE;
    if (typeof params.info_hash !== "string" || params.info_hash.length !== 20) {
      throw new Error("invalid info_hash");
    }
    params.info_hash = bin2hex(params.info_hash);
    if (typeof params.peer_id !== "string" || params.peer_id.length !== 20) {
      throw new Error("invalid peer_id");
    }
    params.peer_id = bin2hex(params.peer_id);
    params.port = Number(params.port);
    if (!params.port || params.port <= 0 || params.port > 65535) throw new Error("invalid port");
    params.left = Number(params.left);
    if (Number.isNaN(params.left)) params.left = Infinity;
    params.compact = Number(params.compact) || 0;
    params.numwant = Math.min(
      Number(params.numwant) || common_default.DEFAULT_ANNOUNCE_PEERS,
      common_default.MAX_ANNOUNCE_PEERS
    );
    if (opts.trustProxy) {
      if (req.headers["x-forwarded-for"]) {
        const [realIp] = req.headers["x-forwarded-for"].split(",");
        params.ip = realIp.trim();
      } else {
        params.ip = req.connection.remoteAddress;
      }
    } else {
      params.ip = req.connection.remoteAddress.replace(common_default.REMOVE_IPV4_MAPPED_IPV6_RE, "");
    }
    params.addr = `${common_default.IPV6_RE.test(params.ip) ? `[${params.ip}]` : params.ip}:${params.port}`;
    params.headers = req.headers;
  } else if (opts.action === "scrape" || s[0] === "/scrape") {
    params.action = common_default.ACTIONS.SCRAPE;
    if (typeof params.info_hash === "string") params.info_hash = [params.info_hash];
    if (Array.isArray(params.info_hash)) {
      params.info_hash = params.info_hash.map((binaryInfoHash) => {
        if (typeof binaryInfoHash !== "string" || binaryInfoHash.length !== 20) {
          throw new Error("invalid info_hash");
        }
        return bin2hex(binaryInfoHash);
      });
    }
  } else {
    throw new Error(`invalid action in HTTP request: ${req.url}`);
  }
  return params;
}

// node_modules/bittorrent-tracker/lib/server/parse-udp.js
var import_ip = __toESM(require_ip(), 1);
function parse_udp_default(msg, rinfo) {
  if (msg.length < 16) throw new Error("received packet is too short");
  const params = {
    connectionId: msg.slice(0, 8),
    // 64-bit
    action: msg.readUInt32BE(8),
    transactionId: msg.readUInt32BE(12),
    type: "udp"
  };
  if (!equal(common_default.CONNECTION_ID, params.connectionId)) {
    throw new Error("received packet with invalid connection id");
  }
  if (params.action === common_default.ACTIONS.CONNECT) {
  } else if (params.action === common_default.ACTIONS.ANNOUNCE) {
    params.info_hash = msg.slice(16, 36).toString("hex");
    params.peer_id = msg.slice(36, 56).toString("hex");
    params.downloaded = fromUInt64(msg.slice(56, 64));
    params.left = fromUInt64(msg.slice(64, 72));
    params.uploaded = fromUInt64(msg.slice(72, 80));
    params.event = common_default.EVENT_IDS[msg.readUInt32BE(80)];
    if (!params.event) throw new Error("invalid event");
    const ip = msg.readUInt32BE(84);
    params.ip = ip ? import_ip.default.toString(ip) : rinfo.address;
    params.key = msg.readUInt32BE(88);
    params.numwant = Math.min(
      msg.readUInt32BE(92) || common_default.DEFAULT_ANNOUNCE_PEERS,
      // optional
      common_default.MAX_ANNOUNCE_PEERS
    );
    params.port = msg.readUInt16BE(96) || rinfo.port;
    params.addr = `${params.ip}:${params.port}`;
    params.compact = 1;
  } else if (params.action === common_default.ACTIONS.SCRAPE) {
    if ((msg.length - 16) % 20 !== 0) throw new Error("invalid scrape message");
    params.info_hash = [];
    for (let i = 0, len = (msg.length - 16) / 20; i < len; i += 1) {
      const infoHash2 = msg.slice(16 + i * 20, 36 + i * 20).toString("hex");
      params.info_hash.push(infoHash2);
    }
  } else {
    throw new Error(`Invalid action in UDP packet: ${params.action}`);
  }
  return params;
}
var TWO_PWR_32 = (1 << 16) * 2;
function fromUInt64(buf) {
  const high = buf.readUInt32BE(0) | 0;
  const low = buf.readUInt32BE(4) | 0;
  const lowUnsigned = low >= 0 ? low : TWO_PWR_32 + low;
  return high * TWO_PWR_32 + lowUnsigned;
}

// node_modules/bittorrent-tracker/lib/server/parse-websocket.js
function parse_websocket_default(socket, opts, params) {
  if (!opts) opts = {};
  params = JSON.parse(params);
  params.type = "ws";
  params.socket = socket;
  if (params.action === "announce") {
    params.action = common_default.ACTIONS.ANNOUNCE;
    if (typeof params.info_hash !== "string" || params.info_hash.length !== 20) {
      throw new Error("invalid info_hash");
    }
    params.info_hash = bin2hex(params.info_hash);
    if (typeof params.peer_id !== "string" || params.peer_id.length !== 20) {
      throw new Error("invalid peer_id");
    }
    params.peer_id = bin2hex(params.peer_id);
    if (params.answer) {
      if (typeof params.to_peer_id !== "string" || params.to_peer_id.length !== 20) {
        throw new Error("invalid `to_peer_id` (required with `answer`)");
      }
      params.to_peer_id = bin2hex(params.to_peer_id);
    }
    params.left = Number(params.left);
    if (Number.isNaN(params.left)) params.left = Infinity;
    params.numwant = Math.min(
      Number(params.offers && params.offers.length) || 0,
      // no default - explicit only
      common_default.MAX_ANNOUNCE_PEERS
    );
    params.compact = -1;
  } else if (params.action === "scrape") {
    params.action = common_default.ACTIONS.SCRAPE;
    if (typeof params.info_hash === "string") params.info_hash = [params.info_hash];
    if (Array.isArray(params.info_hash)) {
      params.info_hash = params.info_hash.map((binaryInfoHash) => {
        if (typeof binaryInfoHash !== "string" || binaryInfoHash.length !== 20) {
          throw new Error("invalid info_hash");
        }
        return bin2hex(binaryInfoHash);
      });
    }
  } else {
    throw new Error(`invalid action in WS request: ${params.action}`);
  }
  if (socket.upgradeReq) {
    if (opts.trustProxy) {
      if (socket.upgradeReq.headers["x-forwarded-for"]) {
        const [realIp] = socket.upgradeReq.headers["x-forwarded-for"].split(",");
        socket.ip = realIp.trim();
      } else {
        socket.ip = socket.upgradeReq.connection.remoteAddress;
      }
    } else {
      socket.ip = socket.upgradeReq.connection.remoteAddress.replace(common_default.REMOVE_IPV4_MAPPED_IPV6_RE, "");
    }
    socket.port = socket.upgradeReq.connection.remotePort;
    if (socket.port) {
      socket.addr = `${common_default.IPV6_RE.test(socket.ip) ? `[${socket.ip}]` : socket.ip}:${socket.port}`;
    }
    socket.headers = socket.upgradeReq.headers;
    socket.upgradeReq = null;
  }
  params.ip = socket.ip;
  params.port = socket.port;
  params.addr = socket.addr;
  params.headers = socket.headers;
  return params;
}

// node_modules/bittorrent-tracker/server.js
var debug2 = (0, import_debug2.default)("bittorrent-tracker:server");
var hasOwnProperty = Object.prototype.hasOwnProperty;
var Server = class _Server extends import_events.default {
  constructor(opts = {}) {
    super();
    debug2("new server %s", JSON.stringify(opts));
    this.intervalMs = opts.interval ? opts.interval : 10 * 60 * 1e3;
    this._trustProxy = !!opts.trustProxy;
    if (typeof opts.filter === "function") this._filter = opts.filter;
    this.peersCacheLength = opts.peersCacheLength;
    this.peersCacheTtl = opts.peersCacheTtl;
    this._listenCalled = false;
    this.listening = false;
    this.destroyed = false;
    this.torrents = {};
    this.http = null;
    this.udp4 = null;
    this.udp6 = null;
    this.ws = null;
    if (opts.http !== false) {
      this.http = import_http.default.createServer(isObject2(opts.http) ? opts.http : void 0);
      this.http.on("error", (err) => {
        this._onError(err);
      });
      this.http.on("listening", onListening);
      process.nextTick(() => {
        this.http.on("request", (req, res) => {
          if (res.headersSent) return;
          this.onHttpRequest(req, res);
        });
      });
    }
    if (opts.udp !== false) {
      this.udp4 = this.udp = import_dgram.default.createSocket({
        type: "udp4",
        reuseAddr: true,
        ...isObject2(opts.udp) ? opts.udp : void 0
      });
      this.udp4.on("message", (msg, rinfo) => {
        this.onUdpRequest(msg, rinfo);
      });
      this.udp4.on("error", (err) => {
        this._onError(err);
      });
      this.udp4.on("listening", onListening);
      this.udp6 = import_dgram.default.createSocket({
        type: "udp6",
        reuseAddr: true,
        ...isObject2(opts.udp) ? opts.udp : void 0
      });
      this.udp6.on("message", (msg, rinfo) => {
        this.onUdpRequest(msg, rinfo);
      });
      this.udp6.on("error", (err) => {
        this._onError(err);
      });
      this.udp6.on("listening", onListening);
    }
    if (opts.ws !== false) {
      const noServer = isObject2(opts.ws) && opts.ws.noServer;
      if (!this.http && !noServer) {
        this.http = import_http.default.createServer();
        this.http.on("error", (err) => {
          this._onError(err);
        });
        this.http.on("listening", onListening);
        process.nextTick(() => {
          this.http.on("request", (req, res) => {
            if (res.headersSent) return;
            res.statusCode = 404;
            res.end("404 Not Found");
          });
        });
      }
      this.ws = new import_websocket_server.default({
        server: noServer ? void 0 : this.http,
        perMessageDeflate: false,
        clientTracking: false,
        ...isObject2(opts.ws) ? opts.ws : void 0
      });
      this.ws.address = () => {
        if (noServer) {
          throw new Error("address() unavailable with { noServer: true }");
        }
        return this.http.address();
      };
      this.ws.on("error", (err) => {
        this._onError(err);
      });
      this.ws.on("connection", (socket, req) => {
        socket.upgradeReq = req;
        this.onWebSocketConnection(socket);
      });
    }
    if (opts.stats !== false) {
      if (!this.http) {
        this.http = import_http.default.createServer();
        this.http.on("error", (err) => {
          this._onError(err);
        });
        this.http.on("listening", onListening);
      }
      this.http.on("request", (req, res) => {
        if (res.headersSent) return;
        const infoHashes = Object.keys(this.torrents);
        let activeTorrents = 0;
        const allPeers = {};
        function countPeers(filterFunction) {
          let count = 0;
          let key;
          for (key in allPeers) {
            if (hasOwnProperty.call(allPeers, key) && filterFunction(allPeers[key])) {
              count++;
            }
          }
          return count;
        }
        function groupByClient() {
          const clients = {};
          for (const key in allPeers) {
            if (hasOwnProperty.call(allPeers, key)) {
              const peer = allPeers[key];
              if (!clients[peer.client.client]) {
                clients[peer.client.client] = {};
              }
              const client = clients[peer.client.client];
              const version2 = peer.client.version || Buffer.from(peer.peerId, "hex").toString().substring(0, 8);
              if (!client[version2]) {
                client[version2] = 0;
              }
              client[version2]++;
            }
          }
          return clients;
        }
        function printClients(clients) {
          let html = "<ul>\n";
          for (const name in clients) {
            if (hasOwnProperty.call(clients, name)) {
              const client = clients[name];
              for (const version2 in client) {
                if (hasOwnProperty.call(client, version2)) {
                  html += `<li><strong>${name}</strong> ${version2} : ${client[version2]}</li>
`;
                }
              }
            }
          }
          html += "</ul>";
          return html;
        }
        if (req.method === "GET" && (req.url === "/stats" || req.url === "/stats.json")) {
          infoHashes.forEach((infoHash2) => {
            const peers = this.torrents[infoHash2].peers;
            const keys = peers.keys;
            if (keys.length > 0) activeTorrents++;
            keys.forEach((peerId) => {
              const peer = peers.peek(peerId);
              if (peer == null) return;
              if (!hasOwnProperty.call(allPeers, peerId)) {
                allPeers[peerId] = {
                  ipv4: false,
                  ipv6: false,
                  seeder: false,
                  leecher: false
                };
              }
              if (peer.ip.includes(":")) {
                allPeers[peerId].ipv6 = true;
              } else {
                allPeers[peerId].ipv4 = true;
              }
              if (peer.complete) {
                allPeers[peerId].seeder = true;
              } else {
                allPeers[peerId].leecher = true;
              }
              allPeers[peerId].peerId = peer.peerId;
              allPeers[peerId].client = bittorrent_peerid_default(peer.peerId);
            });
          });
          const isSeederOnly = (peer) => peer.seeder && peer.leecher === false;
          const isLeecherOnly = (peer) => peer.leecher && peer.seeder === false;
          const isSeederAndLeecher = (peer) => peer.seeder && peer.leecher;
          const isIPv42 = (peer) => peer.ipv4;
          const isIPv6 = (peer) => peer.ipv6;
          const stats = {
            torrents: infoHashes.length,
            activeTorrents,
            peersAll: Object.keys(allPeers).length,
            peersSeederOnly: countPeers(isSeederOnly),
            peersLeecherOnly: countPeers(isLeecherOnly),
            peersSeederAndLeecher: countPeers(isSeederAndLeecher),
            peersIPv4: countPeers(isIPv42),
            peersIPv6: countPeers(isIPv6),
            clients: groupByClient()
          };
          if (req.url === "/stats.json" || req.headers.accept === "application/json") {
            res.setHeader("Content-Type", "application/json");
            res.end(JSON.stringify(stats));
          } else if (req.url === "/stats") {
            res.setHeader("Content-Type", "text/html");
            res.end(`
              <h1>${stats.torrents} torrents (${stats.activeTorrents} active)</h1>
              <h2>Connected Peers: ${stats.peersAll}</h2>
              <h3>Peers Seeding Only: ${stats.peersSeederOnly}</h3>
              <h3>Peers Leeching Only: ${stats.peersLeecherOnly}</h3>
              <h3>Peers Seeding & Leeching: ${stats.peersSeederAndLeecher}</h3>
              <h3>IPv4 Peers: ${stats.peersIPv4}</h3>
              <h3>IPv6 Peers: ${stats.peersIPv6}</h3>
              <h3>Clients:</h3>
              ${printClients(stats.clients)}
            `.replace(/^\s+/gm, ""));
          }
        }
      });
    }
    let num = !!this.http + !!this.udp4 + !!this.udp6;
    const self = this;
    function onListening() {
      num -= 1;
      if (num === 0) {
        self.listening = true;
        debug2("listening");
        self.emit("listening");
      }
    }
  }
  _onError(err) {
    this.emit("error", err);
  }
  listen(...args) {
    if (this._listenCalled || this.listening) throw new Error("server already listening");
    this._listenCalled = true;
    const lastArg = args[args.length - 1];
    if (typeof lastArg === "function") this.once("listening", lastArg);
    const port2 = toNumber(args[0]) || args[0] || 0;
    const hostname = typeof args[1] !== "function" ? args[1] : void 0;
    debug2("listen (port: %o hostname: %o)", port2, hostname);
    const httpPort = isObject2(port2) ? port2.http || 0 : port2;
    const udpPort = isObject2(port2) ? port2.udp || 0 : port2;
    const httpHostname = isObject2(hostname) ? hostname.http : hostname;
    const udp4Hostname = isObject2(hostname) ? hostname.udp : hostname;
    const udp6Hostname = isObject2(hostname) ? hostname.udp6 : hostname;
    if (this.http) this.http.listen(httpPort, httpHostname);
    if (this.udp4) this.udp4.bind(udpPort, udp4Hostname);
    if (this.udp6) this.udp6.bind(udpPort, udp6Hostname);
  }
  close(cb = noop) {
    debug2("close");
    this.listening = false;
    this.destroyed = true;
    if (this.udp4) {
      try {
        this.udp4.close();
      } catch (err) {
      }
    }
    if (this.udp6) {
      try {
        this.udp6.close();
      } catch (err) {
      }
    }
    if (this.ws) {
      try {
        this.ws.close();
      } catch (err) {
      }
    }
    if (this.http) this.http.close(cb);
    else cb(null);
  }
  createSwarm(infoHash2, cb) {
    if (ArrayBuffer.isView(infoHash2)) infoHash2 = infoHash2.toString("hex");
    process.nextTick(() => {
      const swarm2 = this.torrents[infoHash2] = new _Server.Swarm(infoHash2, this);
      cb(null, swarm2);
    });
  }
  getSwarm(infoHash2, cb) {
    if (ArrayBuffer.isView(infoHash2)) infoHash2 = infoHash2.toString("hex");
    process.nextTick(() => {
      cb(null, this.torrents[infoHash2]);
    });
  }
  onHttpRequest(req, res, opts = {}) {
    opts.trustProxy = opts.trustProxy || this._trustProxy;
    let params;
    try {
      params = parse_http_default(req, opts);
      params.httpReq = req;
      params.httpRes = res;
    } catch (err) {
      res.end(bencode_default.encode({
        "failure reason": err.message
      }));
      this.emit("warning", err);
      return;
    }
    this._onRequest(params, (err, response) => {
      if (err) {
        this.emit("warning", err);
        response = {
          "failure reason": err.message
        };
      }
      if (this.destroyed) return res.end();
      delete response.action;
      res.end(bencode_default.encode(response));
      if (params.action === common_default.ACTIONS.ANNOUNCE) {
        this.emit(common_default.EVENT_NAMES[params.event], params.addr, params);
      }
    });
  }
  onUdpRequest(msg, rinfo) {
    let params;
    try {
      params = parse_udp_default(msg, rinfo);
    } catch (err) {
      this.emit("warning", err);
      return;
    }
    this._onRequest(params, (err, response) => {
      if (err) {
        this.emit("warning", err);
        response = {
          action: common_default.ACTIONS.ERROR,
          "failure reason": err.message
        };
      }
      if (this.destroyed) return;
      response.transactionId = params.transactionId;
      response.connectionId = params.connectionId;
      const buf = makeUdpPacket(response);
      try {
        const udp = rinfo.family === "IPv4" ? this.udp4 : this.udp6;
        udp.send(buf, 0, buf.length, rinfo.port, rinfo.address);
      } catch (err2) {
        this.emit("warning", err2);
      }
      if (params.action === common_default.ACTIONS.ANNOUNCE) {
        this.emit(common_default.EVENT_NAMES[params.event], params.addr, params);
      }
    });
  }
  onWebSocketConnection(socket, opts = {}) {
    opts.trustProxy = opts.trustProxy || this._trustProxy;
    socket.peerId = null;
    socket.infoHashes = [];
    socket.onSend = (err) => {
      this._onWebSocketSend(socket, err);
    };
    socket.onMessageBound = (params) => {
      this._onWebSocketRequest(socket, opts, params);
    };
    socket.on("message", socket.onMessageBound);
    socket.onErrorBound = (err) => {
      this._onWebSocketError(socket, err);
    };
    socket.on("error", socket.onErrorBound);
    socket.onCloseBound = () => {
      this._onWebSocketClose(socket);
    };
    socket.on("close", socket.onCloseBound);
  }
  _onWebSocketRequest(socket, opts, params) {
    try {
      params = parse_websocket_default(socket, opts, params);
    } catch (err) {
      socket.send(JSON.stringify({
        "failure reason": err.message
      }), socket.onSend);
      this.emit("warning", err);
      return;
    }
    if (!socket.peerId) socket.peerId = params.peer_id;
    this._onRequest(params, (err, response) => {
      if (this.destroyed || socket.destroyed) return;
      if (err) {
        socket.send(JSON.stringify({
          action: params.action === common_default.ACTIONS.ANNOUNCE ? "announce" : "scrape",
          "failure reason": err.message,
          info_hash: hex2bin(params.info_hash)
        }), socket.onSend);
        this.emit("warning", err);
        return;
      }
      response.action = params.action === common_default.ACTIONS.ANNOUNCE ? "announce" : "scrape";
      let peers;
      if (response.action === "announce") {
        peers = response.peers;
        delete response.peers;
        if (!socket.infoHashes.includes(params.info_hash)) {
          socket.infoHashes.push(params.info_hash);
        }
        response.info_hash = hex2bin(params.info_hash);
        response.interval = Math.ceil(this.intervalMs / 1e3 / 5);
      }
      if (!params.answer) {
        socket.send(JSON.stringify(response), socket.onSend);
        debug2("sent response %s to %s", JSON.stringify(response), params.peer_id);
      }
      if (Array.isArray(params.offers)) {
        debug2("got %s offers from %s", params.offers.length, params.peer_id);
        debug2("got %s peers from swarm %s", peers.length, params.info_hash);
        peers.forEach((peer, i) => {
          peer.socket.send(JSON.stringify({
            action: "announce",
            offer: params.offers[i].offer,
            offer_id: params.offers[i].offer_id,
            peer_id: hex2bin(params.peer_id),
            info_hash: hex2bin(params.info_hash)
          }), peer.socket.onSend);
          debug2("sent offer to %s from %s", peer.peerId, params.peer_id);
        });
      }
      const done = () => {
        if (params.action === common_default.ACTIONS.ANNOUNCE) {
          this.emit(common_default.EVENT_NAMES[params.event], params.peer_id, params);
        }
      };
      if (params.answer) {
        debug2("got answer %s from %s", JSON.stringify(params.answer), params.peer_id);
        this.getSwarm(params.info_hash, (err2, swarm2) => {
          if (this.destroyed) return;
          if (err2) return this.emit("warning", err2);
          if (!swarm2) {
            return this.emit("warning", new Error("no swarm with that `info_hash`"));
          }
          const toPeer = swarm2.peers.get(params.to_peer_id);
          if (!toPeer) {
            return this.emit("warning", new Error("no peer with that `to_peer_id`"));
          }
          toPeer.socket.send(JSON.stringify({
            action: "announce",
            answer: params.answer,
            offer_id: params.offer_id,
            peer_id: hex2bin(params.peer_id),
            info_hash: hex2bin(params.info_hash)
          }), toPeer.socket.onSend);
          debug2("sent answer to %s from %s", toPeer.peerId, params.peer_id);
          done();
        });
      } else {
        done();
      }
    });
  }
  _onWebSocketSend(socket, err) {
    if (err) this._onWebSocketError(socket, err);
  }
  _onWebSocketClose(socket) {
    debug2("websocket close %s", socket.peerId);
    socket.destroyed = true;
    if (socket.peerId) {
      socket.infoHashes.slice(0).forEach((infoHash2) => {
        const swarm2 = this.torrents[infoHash2];
        if (swarm2) {
          swarm2.announce({
            type: "ws",
            event: "stopped",
            numwant: 0,
            peer_id: socket.peerId
          });
        }
      });
    }
    socket.onSend = noop;
    socket.on("error", noop);
    socket.peerId = null;
    socket.infoHashes = null;
    if (typeof socket.onMessageBound === "function") {
      socket.removeListener("message", socket.onMessageBound);
    }
    socket.onMessageBound = null;
    if (typeof socket.onErrorBound === "function") {
      socket.removeListener("error", socket.onErrorBound);
    }
    socket.onErrorBound = null;
    if (typeof socket.onCloseBound === "function") {
      socket.removeListener("close", socket.onCloseBound);
    }
    socket.onCloseBound = null;
  }
  _onWebSocketError(socket, err) {
    debug2("websocket error %s", err.message || err);
    this.emit("warning", err);
    this._onWebSocketClose(socket);
  }
  _onRequest(params, cb) {
    if (params && params.action === common_default.ACTIONS.CONNECT) {
      cb(null, { action: common_default.ACTIONS.CONNECT });
    } else if (params && params.action === common_default.ACTIONS.ANNOUNCE) {
      this._onAnnounce(params, cb);
    } else if (params && params.action === common_default.ACTIONS.SCRAPE) {
      this._onScrape(params, cb);
    } else {
      cb(new Error("Invalid action"));
    }
  }
  _onAnnounce(params, cb) {
    const self = this;
    if (this._filter) {
      this._filter(params.info_hash, params, (err) => {
        if (err) return cb(err);
        getOrCreateSwarm((err2, swarm2) => {
          if (err2) return cb(err2);
          announce2(swarm2);
        });
      });
    } else {
      getOrCreateSwarm((err, swarm2) => {
        if (err) return cb(err);
        announce2(swarm2);
      });
    }
    function getOrCreateSwarm(cb2) {
      self.getSwarm(params.info_hash, (err, swarm2) => {
        if (err) return cb2(err);
        if (swarm2) return cb2(null, swarm2);
        self.createSwarm(params.info_hash, (err2, swarm3) => {
          if (err2) return cb2(err2);
          cb2(null, swarm3);
        });
      });
    }
    function announce2(swarm2) {
      if (!params.event || params.event === "empty") params.event = "update";
      swarm2.announce(params, (err, response) => {
        if (err) return cb(err);
        if (!response.action) response.action = common_default.ACTIONS.ANNOUNCE;
        if (!response.interval) response.interval = Math.ceil(self.intervalMs / 1e3);
        if (params.compact === 1) {
          const peers = response.peers;
          response.peers = string2compact_default(peers.filter((peer) => common_default.IPV4_RE.test(peer.ip)).map((peer) => `${peer.ip}:${peer.port}`));
          response.peers6 = string2compact_default(peers.filter((peer) => common_default.IPV6_RE.test(peer.ip)).map((peer) => `[${peer.ip}]:${peer.port}`));
        } else if (params.compact === 0) {
          response.peers = response.peers.map((peer) => ({
            "peer id": hex2bin(peer.peerId),
            ip: peer.ip,
            port: peer.port
          }));
        }
        cb(null, response);
      });
    }
  }
  _onScrape(params, cb) {
    if (params.info_hash == null) {
      params.info_hash = Object.keys(this.torrents);
    }
    (0, import_run_series.default)(params.info_hash.map((infoHash2) => (cb2) => {
      this.getSwarm(infoHash2, (err, swarm2) => {
        if (err) return cb2(err);
        if (swarm2) {
          swarm2.scrape(params, (err2, scrapeInfo) => {
            if (err2) return cb2(err2);
            cb2(null, {
              infoHash: infoHash2,
              complete: scrapeInfo && scrapeInfo.complete || 0,
              incomplete: scrapeInfo && scrapeInfo.incomplete || 0
            });
          });
        } else {
          cb2(null, { infoHash: infoHash2, complete: 0, incomplete: 0 });
        }
      });
    }), (err, results) => {
      if (err) return cb(err);
      const response = {
        action: common_default.ACTIONS.SCRAPE,
        files: {},
        flags: { min_request_interval: Math.ceil(this.intervalMs / 1e3) }
      };
      results.forEach((result) => {
        response.files[hex2bin(result.infoHash)] = {
          complete: result.complete || 0,
          incomplete: result.incomplete || 0,
          downloaded: result.complete || 0
          // TODO: this only provides a lower-bound
        };
      });
      cb(null, response);
    });
  }
};
Server.Swarm = swarm_default;
function makeUdpPacket(params) {
  let packet;
  switch (params.action) {
    case common_default.ACTIONS.CONNECT: {
      packet = Buffer.concat([
        common_default.toUInt32(common_default.ACTIONS.CONNECT),
        common_default.toUInt32(params.transactionId),
        params.connectionId
      ]);
      break;
    }
    case common_default.ACTIONS.ANNOUNCE: {
      packet = Buffer.concat([
        common_default.toUInt32(common_default.ACTIONS.ANNOUNCE),
        common_default.toUInt32(params.transactionId),
        common_default.toUInt32(params.interval),
        common_default.toUInt32(params.incomplete),
        common_default.toUInt32(params.complete),
        params.peers
      ]);
      break;
    }
    case common_default.ACTIONS.SCRAPE: {
      const scrapeResponse = [
        common_default.toUInt32(common_default.ACTIONS.SCRAPE),
        common_default.toUInt32(params.transactionId)
      ];
      for (const infoHash2 in params.files) {
        const file = params.files[infoHash2];
        scrapeResponse.push(
          common_default.toUInt32(file.complete),
          common_default.toUInt32(file.downloaded),
          // TODO: this only provides a lower-bound
          common_default.toUInt32(file.incomplete)
        );
      }
      packet = Buffer.concat(scrapeResponse);
      break;
    }
    case common_default.ACTIONS.ERROR: {
      packet = Buffer.concat([
        common_default.toUInt32(common_default.ACTIONS.ERROR),
        common_default.toUInt32(params.transactionId || 0),
        Buffer.from(String(params["failure reason"]))
      ]);
      break;
    }
    default:
      throw new Error(`Action not implemented: ${params.action}`);
  }
  return packet;
}
function isObject2(obj) {
  return typeof obj === "object" && obj !== null;
}
function toNumber(x) {
  x = Number(x);
  return x >= 0 ? x : false;
}
function noop() {
}
var server_default = Server;

// src/core/peer-order.ts
var FAR_PEERS = 4;
function choosePeers({ near, far, wanted, random, isLeftOut }) {
  const [fromNear, fromFar] = [atRandom(near, random), atRandom(far, random)];
  const take = (from, count) => {
    const taken = [];
    while (taken.length < count) {
      const next = from.next();
      if (next.done === true) break;
      if (isLeftOut?.(next.value) !== true) taken.push(next.value);
    }
    return taken;
  };
  const chosenFar = take(fromFar, Math.max(Math.min(FAR_PEERS, wanted), wanted - countOf(near)));
  const chosenNear = take(fromNear, wanted - chosenFar.length);
  return [...chosenNear, ...chosenFar, ...take(fromFar, wanted - chosenFar.length - chosenNear.length)];
}
function* atRandom(lists, random) {
  const moved = /* @__PURE__ */ new Map();
  const count = countOf(lists);
  for (let at = 0; at < count; at++) {
    const other = at + Math.floor(random() * (count - at));
    let index = moved.get(other) ?? other;
    moved.set(other, moved.get(at) ?? at);
    for (const list of lists) {
      if (index < list.length) {
        yield list[index];
        break;
      }
      index -= list.length;
    }
  }
}
function countOf(lists) {
  return lists.reduce((sum, { length }) => sum + length, 0);
}

// src/swarm/tracker-server.ts
var ANNOUNCE_INTERVAL_MS = 15e3;
var PEERS_MAX = 5e4;
var REQUEST_TIMEOUT_MS2 = 1e4;
var Tracker = class {
  #infoHash;
  #admitted = /* @__PURE__ */ new Map();
  /** Why, by token. */
  #refused = /* @__PURE__ */ new Map();
  #server;
  /** `infoHash`: hex. */
  constructor(infoHash2, log) {
    this.#infoHash = infoHash2;
    this.#server = new server_default({
      interval: ANNOUNCE_INTERVAL_MS,
      udp: false,
      ws: false,
      stats: false,
      peersCacheLength: PEERS_MAX,
      filter: (asked, params, callback) => callback(this.#refuse(asked, params))
    });
    this.#server.createSwarm = (hash2, callback) => {
      this.#server.torrents[hash2] = new ZoneSwarm(hash2, this.#server);
      callback(null, this.#server.torrents[hash2]);
    };
    this.#server.on("warning", (error2) => log(`tracker: ${error2.message}`));
    this.#server.on("error", (error2) => log(`tracker: ${error2.message}`));
  }
  /** The port. @throws MurmurationError `PEER_PORT_TAKEN` */
  async listen(ports) {
    const { http: http2 } = this.#server;
    if (http2 === null) throw new MurmurationError("INTERNAL", "the tracker has no HTTP server");
    http2.requestTimeout = REQUEST_TIMEOUT_MS2;
    http2.headersTimeout = REQUEST_TIMEOUT_MS2;
    http2.prependListener("request", (request, response) => {
      if (!request.url?.startsWith("/announce?")) response.writeHead(404).end();
    });
    return await listenInRange(http2, ports, "the tracker");
  }
  admit(token2, admission) {
    const { addresses, announceAs } = admission;
    this.#admitted.set(token2, {
      addresses: addresses.map((address2) => plainAddress(address2) ?? address2),
      announceAs: announceAs === null ? null : plainAddress(announceAs) ?? announceAs
    });
  }
  /** Who announces with this token is told why it is not let in, until it is admitted. */
  refuse(token2, why) {
    this.#refused.set(token2, why);
  }
  async [Symbol.asyncDispose]() {
    this.#server.http?.closeAllConnections();
    await new Promise((resolve2) => this.#server.close(() => resolve2()));
  }
  #refuse(infoHash2, params) {
    if (infoHash2 !== this.#infoHash) return new Error("another torrent");
    const token2 = typeof params.token === "string" ? params.token : "";
    const admission = this.#admitted.get(token2);
    if (admission === void 0) return new Error(this.#refused.get(token2) ?? "not a target of this run");
    const from = plainAddress(params.ip) ?? params.ip;
    if (admission.announceAs === null && !admission.addresses.includes(from)) {
      return new Error(`${from} is not one of this target's addresses; set address= in the inventory`);
    }
    if (admission.announceAs === null && isLinkLocal(from)) {
      return new Error(`peers can't be told ${from}, which is link-local; set address= in the inventory`);
    }
    if (!Number.isInteger(params.port)) return new Error(`${params.port} is no port`);
    params.ip = admission.announceAs ?? from;
    params.addr = (0, import_node_net4.isIP)(params.ip) === 6 ? `[${params.ip}]:${params.port}` : `${params.ip}:${params.port}`;
    return null;
  }
};
var ZoneSwarm = class extends server_default.Swarm {
  /** The same peers as in the package's list, which has no order to draw from: with 10,000 each announce looked at all of them. */
  #byZone = /* @__PURE__ */ new Map();
  _onAnnounceStarted(params, known, key) {
    super._onAnnounceStarted(params, known, key);
    const peer = this.peers.peek(key);
    if (known !== void 0 || peer === void 0) return;
    const zone2 = zoneIn(peer);
    const list = this.#byZone.get(zone2) ?? [];
    this.#byZone.set(zone2, list);
    list.push({ key, peer });
  }
  _onAnnounceStopped(params, known, key) {
    super._onAnnounceStopped(params, known, key);
    if (known !== void 0) this.#remove(known);
  }
  announce(params, callback) {
    super.announce(params, (error2, response) => {
      const own2 = addressBytes(params.ip);
      callback(error2, response && (own2 === void 0 ? response : { ...response, "external ip": own2 }));
    });
  }
  _getPeers(wanted, ownPeerId) {
    for (; ; ) {
      const chosen = this.#choose(wanted, ownPeerId);
      const gone = chosen.filter(({ key, peer }) => this.peers.peek(key) !== peer);
      if (gone.length === 0) return chosen.map(({ peer }) => peer);
      for (const { peer } of gone) this.#remove(peer);
    }
  }
  #choose(wanted, ownPeerId) {
    const zone2 = zoneOf(Buffer.from(ownPeerId, "hex"));
    const [near, far] = [[], []];
    for (const [of, list] of this.#byZone) (zone2 === void 0 || of === zone2 ? near : far).push(list);
    const isLeftOut = ({ peer }) => peer.peerId === ownPeerId;
    return choosePeers({ near, far, wanted, random: Math.random, isLeftOut });
  }
  #remove(peer) {
    const zone2 = zoneIn(peer);
    const list = this.#byZone.get(zone2) ?? [];
    const at = list.findIndex((listed) => listed.peer === peer);
    if (at < 0) return;
    list[at] = list.at(-1);
    list.pop();
    if (list.length === 0) this.#byZone.delete(zone2);
  }
};
function zoneIn({ peerId }) {
  return zoneOf(Buffer.from(peerId, "hex"));
}

// src/swarm/private-socket.ts
var import_node_events3 = require("node:events");
var import_node_fs2 = require("node:fs");
var import_node_net5 = require("node:net");
var import_node_os = require("node:os");
var import_node_path2 = require("node:path");
var FOLDER_BYTES_MAX = 80;
async function listenPrivately(onSocket) {
  const temporary = Buffer.byteLength((0, import_node_os.tmpdir)()) > FOLDER_BYTES_MAX ? "/tmp" : (0, import_node_os.tmpdir)();
  const folder = (0, import_node_fs2.mkdtempSync)((0, import_node_path2.join)(temporary, "murmuration-"));
  const remove = () => (0, import_node_fs2.rmSync)(folder, { recursive: true, force: true });
  process.once("exit", remove);
  const path = (0, import_node_path2.join)(folder, "uplink");
  const open3 = /* @__PURE__ */ new Set();
  const server = (0, import_node_net5.createServer)((socket) => {
    open3.add(socket);
    socket.on("close", () => open3.delete(socket));
    socket.on("error", () => socket.destroy());
    onSocket(socket);
  });
  server.on("error", () => {
  });
  server.listen(path);
  await (0, import_node_events3.once)(server, "listening");
  return {
    path,
    async [Symbol.asyncDispose]() {
      for (const socket of open3) socket.destroy();
      await new Promise((resolve2) => server.close(resolve2));
      process.off("exit", remove);
      remove();
    }
  };
}

// src/origin/feed.ts
var PROGRESS_INTERVAL_MS = 1e3;
async function feed2({ torrent: torrent2, digests, store }, { uploadLimitBytesPerSecond }, conversation, startEngine) {
  var _stack = [];
  try {
    const { commands, send, log } = conversation;
    const engine = __using(_stack, await startEngine({
      torrent: torrent2,
      digests,
      store,
      key: null,
      ports: null,
      uploadLimitBytesPerSecond,
      firstSeeder: true,
      zone: null,
      seeders: [],
      log
    }), true);
    const socket = __using(_stack, await listenPrivately(
      (end) => engine.takePeer?.(end, { speaksFirst: true, isSeeder: false })
    ), true);
    await send({ type: "feeding", uplinkPath: socket.path });
    return await tellWhile(engine, commands.next("finish"), conversation);
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
async function tellWhile(engine, work, { send }) {
  const telling = setInterval(() => {
    const { bytesUploaded, peers } = engine.stats();
    void send({ type: "seeding", bytesUploaded, peers });
  }, PROGRESS_INTERVAL_MS);
  try {
    const failed2 = engine.storeFailed.then((error2) => Promise.reject(error2));
    await Promise.race([work, failed2]);
    return engine.stats().bytesUploaded;
  } finally {
    clearInterval(telling);
  }
}

// src/core/wire-torrent.ts
function torrentToText(torrent2, digests) {
  return {
    name: torrent2.name,
    lengthBytes: torrent2.lengthBytes,
    pieceLengthBytes: torrent2.pieceLengthBytes,
    pieces: Buffer.from(torrent2.pieces).toString("base64"),
    infoHash: digests.infoHash,
    infoSha256: digests.infoSha256
  };
}
function torrentFromText(text2) {
  const torrent2 = {
    name: text2.name,
    lengthBytes: text2.lengthBytes,
    pieceLengthBytes: text2.pieceLengthBytes,
    pieces: Buffer.from(text2.pieces, "base64")
  };
  const digests = torrentDigests(torrent2);
  const whole = torrent2.pieces.length === pieceCount(torrent2) * PIECE_HASH_BYTES;
  if (!whole || digests.infoHash !== text2.infoHash || digests.infoSha256 !== text2.infoSha256) {
    throw new MurmurationError("CONTRACT_VIOLATED", "the torrent in the plan does not match its own digests");
  }
  return { torrent: torrent2, digests };
}

// src/release/pack.ts
var import_node_crypto7 = require("node:crypto");

// src/core/manifest-text.ts
var import_node_crypto5 = require("node:crypto");
var MANIFEST_BYTES_MAX = 256 * 1024 * 1024;
var MANIFEST_ENTRIES_MAX = 2e6;
var VERSION = 1;
var NEWLINE = 10;
var LINES_PER_PORTION = 4096;
function encodeManifest(manifest) {
  const portions = [Buffer.from(headerLine(manifest.entries.length))];
  for (let start = 0; start < manifest.entries.length; start += LINES_PER_PORTION) {
    const lines3 = manifest.entries.slice(start, start + LINES_PER_PORTION).map(entryLine);
    portions.push(Buffer.from(lines3.join("")));
  }
  return Buffer.concat(portions);
}
function headerLine(entries) {
  return `${JSON.stringify({ murmuration: VERSION, entries })}
`;
}
function entryLine(entry) {
  return `${JSON.stringify(entryFields(entry))}
`;
}
function entryFields(entry) {
  switch (entry.type) {
    case "directory":
      return ["d", entry.path, octal(entry.mode)];
    case "file":
      return ["f", entry.path, octal(entry.mode), entry.sizeBytes, entry.sha256];
    case "link":
      return ["l", entry.path, entry.target];
  }
}
function octal(mode) {
  return mode.toString(8).padStart(4, "0");
}
function manifestDigest(text2) {
  return (0, import_node_crypto5.createHash)("sha256").update(text2).digest("hex");
}
function parseManifest(text2) {
  if (text2.length > MANIFEST_BYTES_MAX) throw violated(`it is longer than ${MANIFEST_BYTES_MAX} bytes`);
  const entries = [];
  let count = -1;
  for (const line of lines2(text2)) {
    if (count === -1) {
      count = parseHeader(line);
      continue;
    }
    if (entries.length === count) throw violated("it has more entries than it says");
    const entry = tryParseEntry(line);
    if (entry === void 0) throw violated(`line ${entries.length + 2} is no entry`);
    entries.push(entry);
  }
  if (entries.length !== count) throw violated("it has fewer entries than it says");
  const fault = findManifestFault(entries);
  if (fault !== void 0) throw violated(fault);
  return { entries };
}
function* lines2(text2) {
  const decoder2 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let start = 0;
  while (start < text2.length) {
    const end = text2.indexOf(NEWLINE, start);
    if (end === -1) throw violated("its last line has no end");
    let line;
    try {
      line = decoder2.decode(text2.subarray(start, end + 1));
    } catch (cause) {
      throw violated("it is not UTF-8", cause);
    }
    yield line;
    start = end + 1;
  }
}
function parseHeader(line) {
  const header = tryParseJson(line);
  const count = isRecord(header) ? header.entries : void 0;
  if (typeof count !== "number" || headerLine(count) !== line) throw violated("its first line is unknown");
  if (!Number.isInteger(count) || count < 0 || count > MANIFEST_ENTRIES_MAX) {
    throw violated(`it has more than ${MANIFEST_ENTRIES_MAX} entries`);
  }
  return count;
}
function tryParseEntry(line) {
  const fields = tryParseJson(line);
  if (!Array.isArray(fields)) return void 0;
  const entry = toEntry(fields);
  return entry !== void 0 && entryLine(entry) === line ? entry : void 0;
}
function toEntry(fields) {
  const [type, path, third, sizeBytes, sha2562] = fields;
  if (typeof path !== "string" || typeof third !== "string") return void 0;
  if (type === "l") return { type: "link", path, target: third };
  const mode = Number.parseInt(third, 8);
  if (type === "d") return { type: "directory", path, mode };
  if (type !== "f" || typeof sizeBytes !== "number" || typeof sha2562 !== "string") return void 0;
  return { type: "file", path, mode, sizeBytes, sha256: sha2562 };
}
function tryParseJson(line) {
  try {
    return JSON.parse(line);
  } catch {
    return void 0;
  }
}
function isRecord(value) {
  return typeof value === "object" && value !== null;
}
function violated(why, cause) {
  return new MurmurationError("CONTRACT_VIOLATED", `cannot read the release's manifest: ${why}`, { cause });
}

// src/core/tar-header.ts
var TAR_BLOCK_BYTES = 512;
var NAME_FIELD_BYTES = 100;
var USTAR_SIZE_END_BYTES = 8 * 1024 ** 3;
var PAX_NAME = "./PaxHeaders/release";
var LINK_MODE = 511;
var OWNER = octal2(0, 7);
var TIME = octal2(0, 11);
var MAGIC_AND_VERSION = "ustar\x0000";
var NO_NAMES = "\0".repeat(64);
var DEVICE = octal2(0, 7);
function paddedBytes(lengthBytes) {
  return Math.ceil(lengthBytes / TAR_BLOCK_BYTES) * TAR_BLOCK_BYTES;
}
function tarHeader(member) {
  const name = memberName(member);
  const linkName = member.type === "link" ? member.target : "";
  const sizeBytes = member.type === "file" ? member.sizeBytes : 0;
  const mode = member.type === "link" ? LINK_MODE : member.mode;
  const typeFlag = { directory: "5", file: "0", link: "2" }[member.type];
  const records = paxRecords(name, linkName, sizeBytes);
  const ustarSize = sizeBytes < USTAR_SIZE_END_BYTES ? sizeBytes : 0;
  const header = ustarBlock(name, linkName, ustarSize, mode, typeFlag);
  if (records === "") return header;
  const extension2 = Buffer.from(records);
  const blocks = Buffer.alloc(TAR_BLOCK_BYTES + paddedBytes(extension2.length) + TAR_BLOCK_BYTES);
  blocks.set(ustarBlock(PAX_NAME, "", extension2.length, 420, "x"), 0);
  blocks.set(extension2, TAR_BLOCK_BYTES);
  blocks.set(header, blocks.length - TAR_BLOCK_BYTES);
  return blocks;
}
function tarHeaderBytes(member) {
  const linkName = member.type === "link" ? member.target : "";
  const records = paxRecords(memberName(member), linkName, member.type === "file" ? member.sizeBytes : 0);
  return records === "" ? TAR_BLOCK_BYTES : 2 * TAR_BLOCK_BYTES + paddedBytes(utf8Length(records));
}
function memberName(member) {
  return member.type === "directory" ? `${member.path}/` : member.path;
}
function paxRecords(name, linkName, sizeBytes) {
  let records = "";
  if (!fitsNameField(name)) records += paxRecord("path", name);
  if (!fitsNameField(linkName)) records += paxRecord("linkpath", linkName);
  if (sizeBytes >= USTAR_SIZE_END_BYTES) records += paxRecord("size", String(sizeBytes));
  return records;
}
function fitsNameField(name) {
  if (name.length > NAME_FIELD_BYTES) return false;
  for (let index = 0; index < name.length; index++) {
    if (name.charCodeAt(index) >= 128) return false;
  }
  return true;
}
function paxRecord(key, value) {
  const rest = ` ${key}=${value}
`;
  const restBytes = utf8Length(rest);
  let lengthBytes = restBytes + 1;
  while (restBytes + String(lengthBytes).length !== lengthBytes) lengthBytes += 1;
  return `${lengthBytes}${rest}`;
}
function ustarBlock(name, linkName, sizeBytes, mode, typeFlag) {
  const block = Buffer.alloc(TAR_BLOCK_BYTES);
  const beforeChecksum = `${nameField(name)}${octal2(mode, 7)}${OWNER}${OWNER}${octal2(sizeBytes, 11)}${TIME}`;
  const afterChecksum = `${typeFlag}${nameField(linkName)}${MAGIC_AND_VERSION}${NO_NAMES}${DEVICE}${DEVICE}`;
  const usedBytes = block.write(`${beforeChecksum}        ${afterChecksum}`, "latin1");
  let sum = 0;
  for (let index = 0; index < usedBytes; index++) sum += block[index];
  block.write(`${octal2(sum, 6)} `, beforeChecksum.length, "latin1");
  return block;
}
function nameField(name) {
  const ascii = fitsNameField(name) ? name : name.slice(0, NAME_FIELD_BYTES).replace(/[^\0-\x7f]/g, "_");
  return ascii.padEnd(NAME_FIELD_BYTES, "\0");
}
function octal2(value, digits) {
  return `${value.toString(8).padStart(digits, "0")}\0`;
}

// src/core/tar-layout.ts
var MANIFEST_OFFSET_BYTES = TAR_BLOCK_BYTES;
var END_BYTES = 2 * TAR_BLOCK_BYTES;
var MANIFEST_MODE = 420;
var ZEROS = new Uint8Array(END_BYTES);
var EMPTY_LINE = 10;
var EMPTY_LINES = new Uint8Array(64 * 1024).fill(EMPTY_LINE);
function manifestPieces(manifestLengthBytes, pieceLengthBytes) {
  return Math.ceil((MANIFEST_OFFSET_BYTES + manifestLengthBytes) / pieceLengthBytes);
}
function manifestRange(manifestLengthBytes) {
  return { offsetBytes: MANIFEST_OFFSET_BYTES, lengthBytes: manifestLengthBytes };
}
var TarLayout = class {
  lengthBytes;
  manifest;
  /** Where the manifest's member ends and the first entry's header starts: a whole number of pieces. */
  contentOffsetBytes;
  #manifestText;
  #headerOffsets;
  #headerLengths;
  /** @throws MurmurationError `CONTRACT_VIOLATED` where the sizes add up to more than 2^53 bytes. */
  constructor(manifest, manifestText, pieceLengthBytes) {
    this.manifest = manifest;
    this.#manifestText = manifestText;
    this.#headerOffsets = new Float64Array(manifest.entries.length);
    this.#headerLengths = new Uint32Array(manifest.entries.length);
    this.contentOffsetBytes = manifestPieces(manifestText.length, pieceLengthBytes) * pieceLengthBytes;
    let offsetBytes = this.contentOffsetBytes;
    for (const [index, entry] of manifest.entries.entries()) {
      const headerBytes = tarHeaderBytes(entry);
      this.#headerOffsets[index] = offsetBytes;
      this.#headerLengths[index] = headerBytes;
      offsetBytes += headerBytes + (entry.type === "file" ? paddedBytes(entry.sizeBytes) : 0);
    }
    this.lengthBytes = offsetBytes + END_BYTES;
    if (!Number.isSafeInteger(this.lengthBytes)) {
      throw new MurmurationError("CONTRACT_VIOLATED", "the release's sizes add up to more than 2^53 bytes");
    }
  }
  /** In order and without gaps, what `[offsetBytes, offsetBytes + lengthBytes)` consists of. */
  *segments(offsetBytes, lengthBytes) {
    const endBytes = Math.min(offsetBytes + lengthBytes, this.lengthBytes);
    let atBytes = offsetBytes;
    for (let entry = this.#entryAt(atBytes); atBytes < endBytes; entry++) {
      const parts = entry === -1 ? this.#manifestMember() : this.#member(entry);
      for (const part of parts) {
        const partEndBytes = part.startBytes + part.lengthBytes;
        if (partEndBytes <= atBytes) continue;
        const skipBytes = atBytes - part.startBytes;
        const takeBytes = Math.min(partEndBytes, endBytes) - atBytes;
        if (takeBytes <= 0) return;
        if (part.kind === "file") {
          yield { kind: "file", entry, fileOffsetBytes: skipBytes, lengthBytes: takeBytes };
        } else {
          yield { kind: "bytes", bytes: part.bytes().subarray(skipBytes, skipBytes + takeBytes) };
        }
        atBytes += takeBytes;
      }
    }
  }
  /** Index of the last entry whose header starts at or before the offset. */
  #entryAt(offsetBytes) {
    let low = -1;
    let high = this.#headerOffsets.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#headerOffsets[middle] <= offsetBytes) low = middle;
      else high = middle - 1;
    }
    return low;
  }
  *#manifestMember() {
    const sizeBytes = this.contentOffsetBytes - MANIFEST_OFFSET_BYTES;
    const member = { type: "file", path: MANIFEST_MEMBER_NAME, mode: MANIFEST_MODE, sizeBytes };
    yield generated(0, MANIFEST_OFFSET_BYTES, () => tarHeader(member));
    yield generated(MANIFEST_OFFSET_BYTES, this.#manifestText.length, () => this.#manifestText);
    let atBytes = MANIFEST_OFFSET_BYTES + this.#manifestText.length;
    while (atBytes < this.contentOffsetBytes) {
      const lines3 = EMPTY_LINES.subarray(0, this.contentOffsetBytes - atBytes);
      yield generated(atBytes, lines3.length, () => lines3);
      atBytes += lines3.length;
    }
  }
  *#member(index) {
    const entry = this.manifest.entries[index];
    if (entry === void 0) {
      yield generated(this.lengthBytes - END_BYTES, END_BYTES, () => ZEROS);
      return;
    }
    const headerStartBytes = this.#headerOffsets[index];
    const headerBytes = this.#headerLengths[index];
    yield generated(headerStartBytes, headerBytes, () => tarHeader(entry));
    if (entry.type !== "file") return;
    const startBytes = headerStartBytes + headerBytes;
    yield { kind: "file", startBytes, lengthBytes: entry.sizeBytes };
    yield padding(startBytes, entry.sizeBytes);
  }
};
function generated(startBytes, lengthBytes, bytes2) {
  return { kind: "bytes", startBytes, lengthBytes, bytes: bytes2 };
}
function padding(contentStartBytes, contentBytes) {
  return generated(contentStartBytes + contentBytes, paddedBytes(contentBytes) - contentBytes, () => ZEROS);
}

// src/release/file-identity.ts
function identityOf(stats) {
  return {
    dev: stats.dev,
    ino: stats.ino,
    sizeBytes: Number(stats.size),
    mtimeNs: stats.mtimeNs,
    ctimeNs: stats.ctimeNs
  };
}
function sameIdentity(a, b) {
  return a.dev === b.dev && a.ino === b.ino && a.sizeBytes === b.sizeBytes && a.mtimeNs === b.mtimeNs && a.ctimeNs === b.ctimeNs;
}

// src/release/file-reader.ts
var import_node_fs3 = require("node:fs");
var import_node_util = require("node:util");
var readAsync = (0, import_node_util.promisify)(import_node_fs3.read);
var CHUNK_BYTES = 1024 * 1024;
var SYNCHRONOUS_BYTES_MAX = 128 * 1024;
var OPEN_FOR_READING = import_node_fs3.constants.O_RDONLY | import_node_fs3.constants.O_NOFOLLOW | import_node_fs3.constants.O_NONBLOCK;
var FileReader = class {
  #slice;
  #buffers = [Buffer.allocUnsafe(CHUNK_BYTES), Buffer.allocUnsafe(CHUNK_BYTES)];
  constructor(slice) {
    this.#slice = slice;
  }
  /**
   * Hands the first `sizeBytes` of the file to `onChunk`, whose argument is valid until it returns. `check` sees the open file
   * before and after. Returns how many bytes there were: fewer where the file is shorter.
   * @throws the system's error where it cannot be opened or read.
   */
  async read(path, sizeBytes, onChunk, check) {
    const fd = (0, import_node_fs3.openSync)(path, OPEN_FOR_READING);
    try {
      check?.(statOf(fd));
      const doneBytes = sizeBytes <= SYNCHRONOUS_BYTES_MAX ? this.#readSmall(fd, sizeBytes, onChunk) : await this.#readLarge(fd, sizeBytes, onChunk);
      check?.(statOf(fd));
      return doneBytes;
    } finally {
      (0, import_node_fs3.closeSync)(fd);
    }
  }
  #readSmall(fd, sizeBytes, onChunk) {
    const [buffer] = this.#buffers;
    let doneBytes = 0;
    while (doneBytes < sizeBytes) {
      const readBytes = (0, import_node_fs3.readSync)(fd, buffer, doneBytes, sizeBytes - doneBytes, doneBytes);
      if (readBytes === 0) break;
      doneBytes += readBytes;
    }
    onChunk(buffer.subarray(0, doneBytes));
    return doneBytes;
  }
  async #readLarge(fd, sizeBytes, onChunk) {
    let [filling, hashing] = this.#buffers;
    let doneBytes = 0;
    let pending = readAsync(fd, filling, 0, Math.min(CHUNK_BYTES, sizeBytes), 0);
    try {
      while (true) {
        const { bytesRead } = await pending;
        if (bytesRead === 0) return doneBytes;
        [filling, hashing] = [hashing, filling];
        doneBytes += bytesRead;
        const more = Math.min(CHUNK_BYTES, sizeBytes - doneBytes);
        if (more > 0) pending = readAsync(fd, filling, 0, more, doneBytes);
        onChunk(hashing.subarray(0, bytesRead));
        if (more === 0) return doneBytes;
        if (this.#slice.over) await this.#slice.next();
      }
    } finally {
      await pending.catch(() => {
      });
    }
  }
};
function statOf(fd) {
  return (0, import_node_fs3.fstatSync)(fd, { bigint: true });
}

// src/release/piece-length.ts
var CONTENT_PIECES_MAX = PIECES_MAX2 - 1;
function choosePieceLengthBytes(lengthBytes, wantedBytes) {
  const pieceLengthBytes = wantedBytes ?? autoPieceLengthBytes(lengthBytes);
  const isPowerOfTwo = Number.isInteger(Math.log2(pieceLengthBytes));
  if (!isPowerOfTwo || pieceLengthBytes < PIECE_LENGTH_MIN_BYTES || pieceLengthBytes > PIECE_LENGTH_MAX_BYTES) {
    throw new MurmurationError(
      "INPUT_INVALID",
      `piece-length ${pieceLengthBytes}: expected a power of two from 16KiB to 16MiB`
    );
  }
  if (lengthBytes / pieceLengthBytes <= CONTENT_PIECES_MAX) return pieceLengthBytes;
  const neededBytes = 2 ** Math.ceil(Math.log2(lengthBytes / CONTENT_PIECES_MAX));
  const advice = neededBytes <= PIECE_LENGTH_MAX_BYTES ? `choose ${neededBytes / 1024}KiB or more, or auto` : "the release is larger than 1 TiB, which is more than one deploy can carry";
  throw new MurmurationError(
    "INPUT_INVALID",
    `piece-length ${pieceLengthBytes / 1024}KiB makes ${Math.ceil(lengthBytes / pieceLengthBytes)} pieces of this release, and at most ${PIECES_MAX2} are possible: ${advice}`
  );
}

// src/release/scan.ts
var import_node_buffer = require("node:buffer");
var import_node_fs4 = require("node:fs");
var import_node_path3 = require("node:path");
var import_ignore = __toESM(require_ignore(), 1);

// src/release/scan-faults.ts
var NAMED_MAX = 20;
var ScanFaults = class {
  #found = /* @__PURE__ */ new Map();
  /** `why` completes a sentence about the entry: `is a socket`. */
  unsupported(path, why) {
    this.#add("SOURCE_UNSUPPORTED", `${describePath(path)} ${why}`);
  }
  unsupportedBytes(prefix, name, why) {
    const printable = name.toString("latin1").replace(/[^ -~]|["\\]/g, (character) => {
      return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
    });
    this.#add("SOURCE_UNSUPPORTED", `"${JSON.stringify(prefix).slice(1, -1)}${printable}" ${why}`);
  }
  unreadable(path, cause) {
    const errno = errnoOf(cause);
    if (errno === void 0) throw cause;
    if (errno === "ENAMETOOLONG") this.unsupported(path, "is a path too long for this system");
    else if (path !== ROOT_PATH && (errno === "ENOENT" || errno === "ENOTDIR")) {
      this.#add("SOURCE_CHANGED", `${describePath(path)} vanished while it was scanned`);
    } else {
      const why = errno === "EACCES" ? "permission denied" : errno;
      this.#add("SOURCE_UNREADABLE", `${describePath(path)} cannot be read (${why})`);
    }
  }
  /** What can't be shipped comes first, since it stays wrong whatever else is mended. */
  throwIfAny(root) {
    for (const code of ["SOURCE_UNSUPPORTED", "SOURCE_UNREADABLE", "SOURCE_CHANGED"]) {
      const sentences = this.#found.get(code);
      if (sentences === void 0) continue;
      const named = sentences.slice(0, NAMED_MAX).join("; ");
      const more = sentences.length > NAMED_MAX ? `; and ${sentences.length - NAMED_MAX} more` : "";
      throw new MurmurationError(code, `cannot ship ${describePath(root)}: ${named}${more}`);
    }
  }
  #add(code, sentence) {
    const sentences = this.#found.get(code);
    if (sentences === void 0) this.#found.set(code, [sentence]);
    else sentences.push(sentence);
  }
};

// src/release/scan.ts
var SINGLE_FILE_ROOT_MODE = 493;
async function scanTree(path, options) {
  const real = realPathOf(path);
  const stats = (0, import_node_fs4.statSync)(real, { bigint: true });
  if (stats.isDirectory()) return scanDirectory(real, stats, options);
  const name = (0, import_node_path3.basename)((0, import_node_path3.resolve)(path));
  const faults = new ScanFaults();
  if (!stats.isFile()) faults.unsupported(name, kindOf(stats));
  const nameFault = findPathFault(name);
  if (nameFault !== void 0) faults.unsupported(name, nameFault);
  faults.throwIfAny(path);
  return {
    locate: () => real,
    entries: [{ type: "directory", path: ROOT_PATH, mode: SINGLE_FILE_ROOT_MODE }, fileEntry(name, stats)]
  };
}
function realPathOf(path) {
  try {
    return (0, import_node_fs4.realpathSync)(path);
  } catch (cause) {
    const why = errnoOf(cause) === "ENOENT" ? "it does not exist" : `it cannot be reached (${errnoOf(cause)})`;
    throw new MurmurationError("SOURCE_UNREADABLE", `cannot read path ${describePath(path)}: ${why}`, {
      cause
    });
  }
}
async function scanDirectory(root, rootStats, options) {
  const excluded = excludeFilter(options.exclude);
  const faults = new ScanFaults();
  const slice = new TimeSlice(options.signal);
  const locate = (path) => path === ROOT_PATH ? root : `${root}/${path}`;
  const entries = [{ type: "directory", path: ROOT_PATH, mode: modeOf(rootStats) }];
  const pending = [ROOT_PATH];
  for (let directory = pending.pop(); directory !== void 0; directory = pending.pop()) {
    for (const name of namesIn(directory, locate, faults)) {
      if (slice.over) {
        options.onFiles?.(entries.length);
        await slice.next();
      }
      const entry = scanEntry(directory, name, locate, excluded, faults);
      if (entry === void 0) continue;
      entries.push(entry);
      if (entry.type === "directory") pending.push(entry.path);
    }
  }
  faults.throwIfAny(root);
  if (entries.length === 1) {
    const why = options.exclude.length === 0 ? "is empty" : "is empty, or all of it is excluded";
    throw new MurmurationError(
      "SOURCE_UNREADABLE",
      `path ${describePath(root)} ${why}: there is nothing to deploy`
    );
  }
  entries.sort((a, b) => comparePaths(a.path, b.path));
  return { locate, entries };
}
function namesIn(directory, locate, faults) {
  try {
    return (0, import_node_fs4.readdirSync)(locate(directory), { encoding: "buffer" });
  } catch (cause) {
    faults.unreadable(directory, cause);
    return [];
  }
}
function scanEntry(directory, name, locate, excluded, faults) {
  const prefix = directory === ROOT_PATH ? "" : `${directory}/`;
  const path = `${prefix}${name.toString()}`;
  if (!(0, import_node_buffer.isUtf8)(name)) {
    if (!excluded(path, false) && !excluded(path, true)) {
      faults.unsupportedBytes(prefix, name, "has a name that is not UTF-8");
    }
    return void 0;
  }
  try {
    const stats = (0, import_node_fs4.lstatSync)(locate(path), { bigint: true });
    if (excluded(path, stats.isDirectory())) return void 0;
    const fault = findPathFault(path);
    if (fault !== void 0) faults.unsupported(path, fault);
    else if (stats.isDirectory()) return { type: "directory", path, mode: modeOf(stats) };
    else if (stats.isFile()) return fileEntry(path, stats);
    else if (stats.isSymbolicLink()) return linkEntry(path, locate(path), faults);
    else faults.unsupported(path, kindOf(stats));
  } catch (cause) {
    faults.unreadable(path, cause);
  }
  return void 0;
}
function fileEntry(path, stats) {
  return { type: "file", path, mode: modeOf(stats), identity: identityOf(stats) };
}
function linkEntry(path, location, faults) {
  const target = (0, import_node_fs4.readlinkSync)(location, { encoding: "buffer" });
  if ((0, import_node_buffer.isUtf8)(target)) return { type: "link", path, target: target.toString() };
  faults.unsupported(path, "is a link whose target is not UTF-8");
  return void 0;
}
function modeOf(stats) {
  return Number(stats.mode & 0o7777n);
}
function kindOf(stats) {
  if (stats.isSocket()) return "is a socket";
  if (stats.isFIFO()) return "is a FIFO";
  if (stats.isBlockDevice() || stats.isCharacterDevice()) return "is a device";
  return "is neither file, directory nor link";
}
function excludeFilter(patterns) {
  if (patterns.length === 0) return () => false;
  const rules = (0, import_ignore.default)({ ignorecase: false }).add([...patterns]);
  return (path, isDirectory) => rules.ignores(isDirectory ? `${path}/` : path);
}

// src/release/piece-hasher.ts
var import_node_crypto6 = require("node:crypto");
var PieceHasher = class {
  #pieceLengthBytes;
  #onPiece;
  #piece;
  #filledBytes = 0;
  #hash = (0, import_node_crypto6.createHash)("sha1");
  /** `onPiece` gets undefined for a piece of which bytes are missing. */
  constructor(options) {
    this.#piece = options.firstPiece;
    this.#pieceLengthBytes = options.pieceLengthBytes;
    this.#onPiece = options.onPiece;
  }
  get piece() {
    return this.#piece;
  }
  update(bytes2) {
    let start = 0;
    while (start < bytes2.length) {
      const take = Math.min(bytes2.length - start, this.#pieceLengthBytes - this.#filledBytes);
      this.#hash?.update(bytes2.subarray(start, start + take));
      this.#advance(take);
      start += take;
    }
  }
  /** The next bytes are not to be had: every piece they belong to is missing. */
  skip(lengthBytes) {
    let leftBytes = lengthBytes;
    while (leftBytes > 0) {
      this.#hash = void 0;
      const take = Math.min(leftBytes, this.#pieceLengthBytes - this.#filledBytes);
      this.#advance(take);
      leftBytes -= take;
    }
  }
  /** The last piece may be shorter. */
  end() {
    if (this.#filledBytes > 0) this.#finishPiece();
  }
  #advance(lengthBytes) {
    this.#filledBytes += lengthBytes;
    if (this.#filledBytes === this.#pieceLengthBytes) this.#finishPiece();
  }
  #finishPiece() {
    this.#onPiece(this.#piece, this.#hash?.digest());
    this.#piece += 1;
    this.#filledBytes = 0;
    this.#hash = (0, import_node_crypto6.createHash)("sha1");
  }
};

// src/release/tar-pieces.ts
var TarPieces = class {
  #pieceLengthBytes;
  #hashes;
  #hasher;
  /** `draft` has the true layout's lengths. */
  constructor(draft, pieceLengthBytes) {
    this.#pieceLengthBytes = pieceLengthBytes;
    this.#hashes = new Uint8Array(Math.ceil(draft.lengthBytes / pieceLengthBytes) * PIECE_HASH_BYTES);
    this.#hasher = this.#hasherFrom(draft.contentOffsetBytes / pieceLengthBytes);
  }
  /** Takes what follows the manifest's member, in order. */
  add(bytes2) {
    this.#hasher.update(bytes2);
  }
  /** All hashes, concatenated, after everything was added. */
  complete(layout) {
    this.#hasher.end();
    const manifestHasher = this.#hasherFrom(0);
    for (const segment of layout.segments(0, layout.contentOffsetBytes)) {
      if (segment.kind !== "bytes") throw new Error("a manifest's member is generated");
      manifestHasher.update(segment.bytes);
    }
    return this.#hashes;
  }
  #hasherFrom(firstPiece) {
    return new PieceHasher({
      firstPiece,
      pieceLengthBytes: this.#pieceLengthBytes,
      onPiece: (piece, sha1) => {
        if (sha1 !== void 0) this.#hashes.set(sha1, piece * PIECE_HASH_BYTES);
      }
    });
  }
};

// src/release/pack.ts
var UNKNOWN_SHA256 = "0".repeat(64);
var EMPTY_SHA256 = (0, import_node_crypto7.createHash)("sha256").digest("hex");
async function packTree(path, options) {
  const report = paced(options.onProgress);
  const scanned = await scanTree(path, {
    exclude: options.exclude,
    signal: options.signal,
    onFiles: (files) => report({ files, bytes: 0, totalBytes: null })
  });
  const draft = draftManifest(scanned.entries);
  const draftText = encodeManifest(draft);
  const unfilledBytes = new TarLayout(draft, draftText, TAR_BLOCK_BYTES).lengthBytes;
  const pieceLengthBytes = choosePieceLengthBytes(unfilledBytes, options.pieceLengthBytes);
  const draftLayout = new TarLayout(draft, draftText, pieceLengthBytes);
  const content = await hashContent(scanned, draftLayout, { ...options, pieceLengthBytes, report });
  const manifest = {
    entries: draft.entries.map((entry, index) => withSha256(entry, content.sha256s[index]))
  };
  const manifestText = encodeManifest(manifest);
  const manifestSha256 = manifestDigest(manifestText);
  const layout = new TarLayout(manifest, manifestText, pieceLengthBytes);
  const pieces = content.pieces.complete(layout);
  const torrent2 = {
    name: `release-${manifestSha256.slice(0, 12)}.tar`,
    lengthBytes: layout.lengthBytes,
    pieceLengthBytes,
    pieces
  };
  report.flush();
  return {
    manifest,
    manifestText,
    manifestSha256,
    layout,
    torrent: torrent2,
    digests: torrentDigests(torrent2),
    files: content.files,
    sizeBytes: content.sizeBytes,
    source: {
      locate: scanned.locate,
      identities: scanned.entries.map((entry) => entry.type === "file" ? entry.identity : void 0)
    }
  };
}
function draftManifest(entries) {
  return {
    entries: entries.map((entry) => {
      if (entry.type !== "file") return entry;
      const { type, path, mode, identity } = entry;
      return { type, path, mode, sizeBytes: identity.sizeBytes, sha256: UNKNOWN_SHA256 };
    })
  };
}
function withSha256(entry, sha2562) {
  return entry.type === "file" && sha2562 !== void 0 ? { ...entry, sha256: sha2562 } : entry;
}
async function hashContent(scanned, layout, options) {
  const sizes = scanned.entries.flatMap((entry) => entry.type === "file" ? [entry.identity.sizeBytes] : []);
  const totalBytes = sizes.reduce((sum, sizeBytes) => sum + sizeBytes, 0);
  const sha256s = scanned.entries.map((entry) => entry.type === "file" ? EMPTY_SHA256 : void 0);
  const pieces = new TarPieces(layout, options.pieceLengthBytes);
  const slice = new TimeSlice(options.signal);
  const reader = new FileReader(slice);
  const startBytes = layout.contentOffsetBytes;
  let files = 0;
  let bytes2 = 0;
  for (const segment of layout.segments(startBytes, layout.lengthBytes - startBytes)) {
    if (segment.kind === "bytes") {
      pieces.add(segment.bytes);
      continue;
    }
    if (slice.over) await slice.next();
    const entry = scanned.entries[segment.entry];
    if (entry?.type !== "file")
      throw new MurmurationError("INTERNAL", "the layout has content of what is no file");
    const sha2562 = (0, import_node_crypto7.createHash)("sha256");
    await readUnchanged(reader, scanned.locate(entry.path), entry, (chunk) => {
      sha2562.update(chunk);
      pieces.add(chunk);
      bytes2 += chunk.length;
      options.report({ files, bytes: bytes2, totalBytes });
    });
    sha256s[segment.entry] = sha2562.digest("hex");
    files += 1;
  }
  options.report({ files: sizes.length, bytes: bytes2, totalBytes });
  return { sha256s, pieces, files: sizes.length, sizeBytes: totalBytes };
}
async function readUnchanged(reader, location, entry, onChunk) {
  const changed = (what, cause) => new MurmurationError("SOURCE_CHANGED", `${describePath(entry.path)} ${what} while it was packed`, {
    cause
  });
  try {
    const readBytes = await reader.read(location, entry.identity.sizeBytes, onChunk, (stats) => {
      if (!sameIdentity(identityOf(stats), entry.identity)) throw changed("changed");
    });
    if (readBytes < entry.identity.sizeBytes) throw changed("became shorter");
  } catch (cause) {
    const errno = errnoOf(cause);
    if (cause instanceof MurmurationError || errno === void 0) throw cause;
    if (errno === "ENOENT" || errno === "ENOTDIR") throw changed("vanished", cause);
    if (errno === "ELOOP") throw changed("became a link", cause);
    const why = errno === "EACCES" ? "permission denied" : errno;
    throw new MurmurationError("SOURCE_UNREADABLE", `${describePath(entry.path)} cannot be read (${why})`, {
      cause
    });
  }
}

// src/release/source-store.ts
var import_node_crypto8 = require("node:crypto");
var import_node_fs7 = require("node:fs");

// src/release/file-range.ts
var import_node_fs5 = require("node:fs");
var import_node_util2 = require("node:util");
var readAsync2 = (0, import_node_util2.promisify)(import_node_fs5.read);
var writeAsync = (0, import_node_util2.promisify)(import_node_fs5.write);
var SYNCHRONOUS_BYTES_MAX2 = 128 * 1024;
async function readRange(fd, into, offsetBytes) {
  let doneBytes = 0;
  while (doneBytes < into.length) {
    const rest = into.length - doneBytes;
    const at = offsetBytes + doneBytes;
    const readBytes = into.length <= SYNCHRONOUS_BYTES_MAX2 ? (0, import_node_fs5.readSync)(fd, into, doneBytes, rest, at) : (await readAsync2(fd, into, doneBytes, rest, at)).bytesRead;
    if (readBytes === 0) break;
    doneBytes += readBytes;
  }
  return doneBytes;
}

// src/release/open-files.ts
var import_node_fs6 = require("node:fs");
var OPEN_FILES_MAX = 128;
var OpenFiles = class {
  #open;
  #files = /* @__PURE__ */ new Map();
  /** `open` returns a descriptor, or throws. */
  constructor(open3) {
    this.#open = open3;
  }
  async use(entry, work) {
    const file = this.#get(entry);
    file.users += 1;
    try {
      return await work(file.fd);
    } finally {
      file.users -= 1;
      if (file.retired && file.users === 0) (0, import_node_fs6.closeSync)(file.fd);
    }
  }
  /** Opens it anew when it is used next. */
  retire(entry) {
    const file = this.#files.get(entry);
    if (file === void 0) return;
    this.#files.delete(entry);
    file.retired = true;
    if (file.users === 0) (0, import_node_fs6.closeSync)(file.fd);
  }
  retireAll() {
    for (const entry of [...this.#files.keys()]) this.retire(entry);
  }
  [Symbol.dispose]() {
    this.retireAll();
  }
  #get(entry) {
    let file = this.#files.get(entry);
    if (file === void 0) {
      file = { fd: this.#open(entry), users: 0, retired: false };
    } else {
      this.#files.delete(entry);
    }
    this.#files.set(entry, file);
    if (this.#files.size > OPEN_FILES_MAX) {
      const [oldest] = this.#files.keys();
      if (oldest !== void 0) this.retire(oldest);
    }
    return file;
  }
};

// src/release/source-store.ts
function openSourceStore(packed2) {
  return new FileSourceStore(packed2);
}
var FileSourceStore = class {
  have;
  firstPieces;
  #packed;
  #identities;
  #files;
  /** A file that was touched is hashed again once, however many pieces of it are asked for meanwhile. */
  #rechecks = /* @__PURE__ */ new Map();
  constructor(packed2) {
    this.#packed = packed2;
    this.#identities = [...packed2.source.identities];
    this.have = Bitfield.full(pieceCount(packed2.torrent));
    this.firstPieces = manifestPieces(packed2.manifestText.length, packed2.torrent.pieceLengthBytes);
    this.#files = new OpenFiles((entry) => this.#open(entry));
  }
  async readPiece(piece, into) {
    const { torrent: torrent2, layout } = this.#packed;
    const lengthBytes = pieceBytes(torrent2, piece);
    const entries = [];
    let filledBytes = 0;
    for (const segment of layout.segments(piece * torrent2.pieceLengthBytes, lengthBytes)) {
      if (segment.kind === "bytes") {
        into.set(segment.bytes, filledBytes);
        filledBytes += segment.bytes.length;
        continue;
      }
      const part = into.subarray(filledBytes, filledBytes + segment.lengthBytes);
      await this.#readUnchanged(segment.entry, part, segment.fileOffsetBytes);
      entries.push(segment.entry);
      filledBytes += part.length;
    }
    const sha1 = (0, import_node_crypto8.createHash)("sha1").update(into.subarray(0, lengthBytes)).digest();
    if (sha1.equals(pieceHash(torrent2, piece))) return;
    const names = entries.map((entry) => describePath(this.#path(entry))).slice(0, 5);
    throw new MurmurationError("SOURCE_CHANGED", `${names.join(" or ")} changed after it was packed`);
  }
  async writePiece() {
    throw new MurmurationError("INTERNAL", "somebody tried to write into the source of the release");
  }
  async [Symbol.asyncDispose]() {
    this.#files[Symbol.dispose]();
  }
  async #readUnchanged(entry, into, offsetBytes) {
    const read3 = () => this.#files.use(entry, async (fd) => {
      const readBytes = await readRange(fd, into, offsetBytes);
      return readBytes === into.length && this.#isUnchanged(entry, (0, import_node_fs7.fstatSync)(fd, { bigint: true }));
    });
    if (await read3()) return;
    await this.#recheck(entry);
    if (!await read3()) throw this.#changed(entry, "keeps changing since it was packed");
  }
  #isUnchanged(entry, stats) {
    const identity = this.#identities[entry];
    return identity !== void 0 && sameIdentity(identity, identityOf(stats));
  }
  /** A touched or copied-back file is still what was packed if it has the same mode, size and content. */
  async #recheck(entry) {
    let recheck = this.#rechecks.get(entry);
    if (recheck === void 0) {
      this.#files.retire(entry);
      recheck = this.#hashAgain(entry).finally(() => this.#rechecks.delete(entry));
      this.#rechecks.set(entry, recheck);
    }
    await recheck;
  }
  async #hashAgain(index) {
    const entry = this.#packed.manifest.entries[index];
    if (entry?.type !== "file")
      throw new MurmurationError("INTERNAL", "the layout has content of what is no file");
    const location = this.#packed.source.locate(entry.path);
    try {
      const identity = identityOf((0, import_node_fs7.statSync)(location, { bigint: true }));
      if (identity.sizeBytes > entry.sizeBytes) throw this.#changed(index, "grew after it was packed");
      if (identity.sizeBytes < entry.sizeBytes)
        throw this.#changed(index, "became shorter after it was packed");
      const sha2562 = (0, import_node_crypto8.createHash)("sha256");
      await new FileReader(new TimeSlice()).read(
        location,
        entry.sizeBytes,
        (bytes2) => sha2562.update(bytes2),
        (stats) => {
          const same = sameIdentity(identityOf(stats), identity) && Number(stats.mode & 0o7777n) === entry.mode;
          if (!same) throw this.#changed(index, "changed after it was packed");
        }
      );
      if (sha2562.digest("hex") !== entry.sha256) throw this.#changed(index, "changed after it was packed");
      this.#identities[index] = identity;
    } catch (cause) {
      throw this.#asChanged(index, cause);
    }
  }
  #open(entry) {
    try {
      return (0, import_node_fs7.openSync)(this.#packed.source.locate(this.#path(entry)), OPEN_FOR_READING);
    } catch (cause) {
      throw this.#asChanged(entry, cause);
    }
  }
  #asChanged(entry, cause) {
    const errno = errnoOf(cause);
    if (cause instanceof MurmurationError || errno === void 0) return cause;
    if (errno === "ENOENT" || errno === "ENOTDIR")
      return this.#changed(entry, "vanished after it was packed", cause);
    if (errno === "ELOOP") return this.#changed(entry, "became a link after it was packed", cause);
    const message = `${describePath(this.#path(entry))} can no longer be read (${errno})`;
    return new MurmurationError("SOURCE_UNREADABLE", message, { cause });
  }
  #changed(entry, what, cause) {
    return new MurmurationError("SOURCE_CHANGED", `${describePath(this.#path(entry))} ${what}`, { cause });
  }
  #path(entry) {
    return this.#packed.manifest.entries[entry]?.path ?? "?";
  }
};

// src/release/tar-store.ts
var import_node_crypto10 = require("node:crypto");
var import_node_fs8 = require("node:fs");

// src/release/tar-proof.ts
var import_node_crypto9 = require("node:crypto");
var EMPTY_SHA2562 = (0, import_node_crypto9.createHash)("sha256").digest("hex");
var TarProof = class {
  #layout;
  #pieces;
  #atBytes = 0;
  /** Of the file that is being read. */
  #entry = -1;
  #content;
  /** @throws MurmurationError `ARTIFACT_DAMAGED`, as all methods do */
  constructor(torrent2, layout) {
    if (layout.lengthBytes !== torrent2.lengthBytes)
      throw notTheTar(
        `its manifest makes ${layout.lengthBytes} bytes, the torrent has ${torrent2.lengthBytes}`
      );
    this.#layout = layout;
    this.#pieces = new PieceHasher({
      firstPiece: 0,
      pieceLengthBytes: torrent2.pieceLengthBytes,
      onPiece: (piece, sha1) => {
        if (!sha1?.equals(pieceHash(torrent2, piece))) throw notTheTar(`its piece ${piece} is another`);
      }
    });
  }
  add(bytes2) {
    this.#pieces.update(bytes2);
    let start = 0;
    for (const segment of this.#layout.segments(this.#atBytes, bytes2.length)) {
      const lengthBytes = segment.kind === "bytes" ? segment.bytes.length : segment.lengthBytes;
      const part = bytes2.subarray(start, start + lengthBytes);
      if (segment.kind === "file") this.#addContent(segment.entry, part);
      else if (Buffer.compare(segment.bytes, part) !== 0)
        throw notTheTar(`its headers differ from its manifest near byte ${this.#atBytes + start}`);
      start += lengthBytes;
    }
    this.#atBytes += bytes2.length;
  }
  /** To be called when everything was added. Returns how many files there are, and the sum of their sizes. */
  end() {
    this.#pieces.end();
    this.#endContent();
    if (this.#atBytes !== this.#layout.lengthBytes) throw notTheTar("it ends early");
    return filesOf(this.#layout.manifest);
  }
  #addContent(entry, bytes2) {
    if (entry !== this.#entry) {
      this.#endContent();
      this.#entry = entry;
      this.#content = (0, import_node_crypto9.createHash)("sha256");
    }
    this.#content?.update(bytes2);
  }
  #endContent() {
    if (this.#content === void 0) return;
    requireSha256(this.#layout.manifest, this.#entry, this.#content.digest("hex"));
    this.#content = void 0;
  }
};
function filesOf(manifest) {
  let files = 0;
  let sizeBytes = 0;
  for (const [index, entry] of manifest.entries.entries()) {
    if (entry.type !== "file") continue;
    if (entry.sizeBytes === 0) requireSha256(manifest, index, EMPTY_SHA2562);
    files += 1;
    sizeBytes += entry.sizeBytes;
  }
  return { files, sizeBytes };
}
function requireSha256(manifest, index, sha2562) {
  const entry = manifest.entries[index];
  if (entry?.type === "file" && entry.sha256 === sha2562) return;
  throw notTheTar(`its ${describePath(entry?.path ?? "?")} has not the content that its manifest says`);
}
function notTheTar(why, cause) {
  return new MurmurationError("ARTIFACT_DAMAGED", `the package's tar is not what its torrent says: ${why}`, {
    cause
  });
}

// src/release/tar-store.ts
async function openTarStore(tar, options) {
  try {
    const proved = await prove(tar, options);
    return new FileTarStore(tar, (0, import_node_fs8.openSync)(tar.path, OPEN_FOR_READING), proved);
  } catch (cause) {
    const errno = errnoOf(cause);
    if (cause instanceof MurmurationError || errno === void 0) throw cause;
    throw notTheTar(`${describePath(tar.path)} cannot be read (${errno})`, cause);
  }
}
async function prove({ path, torrent: torrent2, manifest }, { signal, onProgress }) {
  const proof = new TarProof(torrent2, await readLayout(path, manifest, torrent2.pieceLengthBytes));
  const report = paced(onProgress);
  const totalBytes = torrent2.lengthBytes;
  let bytes2 = 0;
  const readBytes = await new FileReader(new TimeSlice(signal)).read(
    path,
    totalBytes,
    (chunk) => {
      proof.add(chunk);
      bytes2 += chunk.length;
      report({ bytes: bytes2, totalBytes });
    },
    ({ size }) => {
      if (Number(size) !== totalBytes) throw notTheTar(`it has ${size} bytes and not ${totalBytes}`);
    }
  );
  if (readBytes !== totalBytes) throw notTheTar(`it ends after ${readBytes} of ${totalBytes} bytes`);
  report.flush();
  return proof.end();
}
async function readLayout(path, manifest, pieceLengthBytes) {
  const { offsetBytes, lengthBytes } = manifestRange(manifest.lengthBytes);
  if (lengthBytes > MANIFEST_BYTES_MAX) throw notTheTar(`a manifest has at most ${MANIFEST_BYTES_MAX} bytes`);
  const text2 = Buffer.alloc(lengthBytes);
  const fd = (0, import_node_fs8.openSync)(path, OPEN_FOR_READING);
  try {
    if (await readRange(fd, text2, offsetBytes) !== lengthBytes) throw notTheTar("it ends in its manifest");
  } finally {
    (0, import_node_fs8.closeSync)(fd);
  }
  if (manifestDigest(text2) !== manifest.sha256) throw notTheTar("its manifest is another");
  try {
    return new TarLayout(parseManifest(text2), text2, pieceLengthBytes);
  } catch (cause) {
    throw notTheTar(messageOf(cause), cause);
  }
}
var FileTarStore = class {
  have;
  firstPieces;
  files;
  sizeBytes;
  #torrent;
  #fd;
  constructor({ torrent: torrent2, manifest }, fd, { files, sizeBytes }) {
    this.#torrent = torrent2;
    this.#fd = fd;
    this.files = files;
    this.sizeBytes = sizeBytes;
    this.have = Bitfield.full(pieceCount(torrent2));
    this.firstPieces = manifestPieces(manifest.lengthBytes, torrent2.pieceLengthBytes);
  }
  async readPiece(piece, into) {
    const torrent2 = this.#torrent;
    const bytes2 = into.subarray(0, pieceBytes(torrent2, piece));
    const readBytes = await readRange(this.#fd, bytes2, piece * torrent2.pieceLengthBytes);
    const sha1 = (0, import_node_crypto10.createHash)("sha1").update(bytes2).digest();
    if (readBytes === bytes2.length && sha1.equals(pieceHash(torrent2, piece))) return;
    throw notTheTar(`its piece ${piece} changed after it was checked`);
  }
  async writePiece() {
    throw new MurmurationError("INTERNAL", "somebody tried to write into the source of the release");
  }
  async [Symbol.asyncDispose]() {
    (0, import_node_fs8.closeSync)(this.#fd);
  }
};

// src/origin/held-release.ts
var PROGRESS_INTERVAL_MS2 = 500;
async function pack2({ path, exclude, pieceLengthBytes }, { commands, send }) {
  const onProgress = rarely(
    (progress2) => send({ type: "packing", ...progress2 })
  );
  const packed2 = await packTree(path, { exclude, pieceLengthBytes, signal: commands.signal, onProgress });
  const { torrent: torrent2, digests, manifestText, manifestSha256, files, sizeBytes } = packed2;
  const store = openSourceStore(packed2);
  await send({
    type: "packed",
    torrent: torrentToText(torrent2, digests),
    manifest: { lengthBytes: manifestText.length, sha256: manifestSha256 },
    pieces: pieceCount(torrent2),
    files,
    sizeBytes
  });
  return { torrent: torrent2, digests, store, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() };
}
async function openTar({ path, torrent: text2, manifest }, { commands, send }) {
  const { torrent: torrent2, digests } = torrentFromText(text2);
  const onProgress = rarely(
    (progress2) => send({ type: "packing", files: 0, ...progress2 })
  );
  const store = await openTarStore({ path, torrent: torrent2, manifest }, { signal: commands.signal, onProgress });
  const { files, sizeBytes } = store;
  await send({ type: "packed", torrent: text2, manifest, pieces: pieceCount(torrent2), files, sizeBytes });
  return { torrent: torrent2, digests, store, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() };
}
function rarely(tell) {
  let toldMs = 0;
  return (progress2) => {
    if (Date.now() - toldMs < PROGRESS_INTERVAL_MS2) return;
    toldMs = Date.now();
    void tell(progress2);
  };
}

// src/origin/converse.ts
var LOOKUPS_MAX = 4;
var LOOKUP_PAUSE_MS = 1e3;
async function converse(conversation, startEngine) {
  var _stack = [];
  try {
    const { commands, send } = conversation;
    await send({
      type: "hello",
      version: CONTRACT_VERSION,
      program: "origin",
      node: process.version,
      platform: `${process.platform}-${process.arch}`
    });
    const source = await commands.next("pack", "open", "track");
    if (source.type === "track") {
      await track2(source, conversation);
      await send({ type: "finished", bytesUploaded: 0, memoryBytes: peakMemoryBytes() });
      return;
    }
    const release = __using(_stack, await (source.type === "pack" ? pack2(source, conversation) : openTar(source, conversation)), true);
    let bytesUploaded = 0;
    const next = await commands.next("write", "serve", "feed", "finish");
    if (next.type === "write") await write3(release, next.path, conversation);
    if (next.type === "serve") bytesUploaded = await seed2(release, next, conversation, startEngine);
    if (next.type === "feed") bytesUploaded = await feed2(release, next, conversation, startEngine);
    if (next.type === "write") await commands.next("finish");
    await send({ type: "finished", bytesUploaded, memoryBytes: peakMemoryBytes() });
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
async function write3({ torrent: torrent2, store }, path, { commands, send }) {
  const onProgress = rarely(
    (progress2) => send({ type: "writing", ...progress2 })
  );
  const sha2562 = await writeTar(torrent2, store, path, { signal: commands.signal, onProgress });
  await send({ type: "written", sizeBytes: torrent2.lengthBytes, sha256: sha2562 });
}
async function seed2({ torrent: torrent2, digests, store }, serve2, conversation, startEngine) {
  var _stack = [];
  try {
    const { send, log } = conversation;
    const announceAs = await addressOf(serve2.announceHost, "announce-address");
    const tracker = __using(_stack, new Tracker(digests.infoHash, log), true);
    const trackerPort = await tracker.listen(serve2.trackerPorts);
    tracker.admit(serve2.token, { addresses: ["127.0.0.1", "::1"], announceAs });
    const membership = __using(_stack, await joinSwarm({
      startEngine,
      torrent: torrent2,
      digests,
      store,
      key: serve2.swarm.key === null ? null : Buffer.from(serve2.swarm.key, "base64"),
      ports: serve2.seedPorts,
      uploadLimitBytesPerSecond: serve2.swarm.uploadLimitBytesPerSecond,
      firstSeeder: true,
      zone: null,
      seeders: [],
      trackerUrl: `http://127.0.0.1:${trackerPort}/announce?token=${serve2.token}`,
      log
    }), true);
    const { engine } = membership;
    await send({ type: "serving", trackerPort, seedPort: engine.port });
    return await tellWhile(engine, admitUntilFinish(tracker, conversation), conversation);
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
async function track2({ infoHash: infoHash2, trackerPorts }, conversation) {
  var _stack = [];
  try {
    const tracker = __using(_stack, new Tracker(infoHash2, conversation.log), true);
    const trackerPort = await tracker.listen(trackerPorts);
    await conversation.send({ type: "serving", trackerPort, seedPort: 0 });
    await admitUntilFinish(tracker, conversation);
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
async function admitUntilFinish(tracker, { commands }) {
  for (; ; ) {
    const command = await commands.next("admit", "finish");
    if (command.type === "finish") return;
    const { token: token2, addresses, announceAs } = command;
    if (announceAs === null) tracker.admit(token2, { addresses, announceAs });
    else void admitByName(tracker, { token: token2, addresses, announceAs }, commands.signal);
  }
}
async function admitByName(tracker, { token: token2, addresses, announceAs }, signal) {
  for (let attempt = 1; attempt <= LOOKUPS_MAX && !signal.aborted; attempt++) {
    try {
      const address2 = await addressOf(announceAs, "address= in the inventory");
      tracker.admit(token2, { addresses, announceAs: address2 });
      return;
    } catch (error2) {
      tracker.refuse(token2, messageOf(error2));
      await (0, import_promises5.setTimeout)(LOOKUP_PAUSE_MS * attempt, void 0, { signal }).catch(() => {
      });
    }
  }
}
function peakMemoryBytes() {
  return process.resourceUsage().maxRSS * 1024;
}
async function addressOf(host, where) {
  try {
    return (await (0, import_promises4.lookup)(host)).address;
  } catch (error2) {
    throw new MurmurationError(
      "INPUT_INVALID",
      `${where}: "${host}" cannot be resolved: ${messageOf(error2)}`
    );
  }
}

// src/origin/run-origin.ts
function runOrigin(startEngine) {
  return serveRunner(
    toOrigin,
    (code, message) => ({ type: "failed", code, message }),
    (conversation) => converse(conversation, startEngine)
  );
}

// src/origin/main.ts
void runOrigin(startTurnsEngine);
