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
        function debug14(...args) {
          if (!debug14.enabled) {
            return;
          }
          const self = debug14;
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
        debug14.namespace = namespace;
        debug14.useColors = createDebug.useColors();
        debug14.color = createDebug.selectColor(namespace);
        debug14.extend = extend3;
        debug14.destroy = createDebug.destroy;
        Object.defineProperty(debug14, "enabled", {
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
          createDebug.init(debug14);
        }
        return debug14;
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
    function init(debug14) {
      debug14.inspectOpts = {};
      const keys = Object.keys(exports2.inspectOpts);
      for (let i = 0; i < keys.length; i++) {
        debug14.inspectOpts[keys[i]] = exports2.inspectOpts[keys[i]];
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

// node_modules/events-universal/default.js
var require_default = __commonJS({
  "node_modules/events-universal/default.js"(exports2, module2) {
    module2.exports = require("events");
  }
});

// node_modules/fast-fifo/fixed-size.js
var require_fixed_size = __commonJS({
  "node_modules/fast-fifo/fixed-size.js"(exports2, module2) {
    module2.exports = class FixedFIFO {
      constructor(hwm) {
        if (!(hwm > 0) || (hwm - 1 & hwm) !== 0) throw new Error("Max size for a FixedFIFO should be a power of two");
        this.buffer = new Array(hwm);
        this.mask = hwm - 1;
        this.top = 0;
        this.btm = 0;
        this.next = null;
      }
      clear() {
        this.top = this.btm = 0;
        this.next = null;
        this.buffer.fill(void 0);
      }
      push(data) {
        if (this.buffer[this.top] !== void 0) return false;
        this.buffer[this.top] = data;
        this.top = this.top + 1 & this.mask;
        return true;
      }
      shift() {
        const last = this.buffer[this.btm];
        if (last === void 0) return void 0;
        this.buffer[this.btm] = void 0;
        this.btm = this.btm + 1 & this.mask;
        return last;
      }
      peek() {
        return this.buffer[this.btm];
      }
      isEmpty() {
        return this.buffer[this.btm] === void 0;
      }
    };
  }
});

// node_modules/fast-fifo/index.js
var require_fast_fifo = __commonJS({
  "node_modules/fast-fifo/index.js"(exports2, module2) {
    var FixedFIFO = require_fixed_size();
    module2.exports = class FastFIFO {
      constructor(hwm) {
        this.hwm = hwm || 16;
        this.head = new FixedFIFO(this.hwm);
        this.tail = this.head;
        this.length = 0;
      }
      clear() {
        this.head = this.tail;
        this.head.clear();
        this.length = 0;
      }
      push(val) {
        this.length++;
        if (!this.head.push(val)) {
          const prev = this.head;
          this.head = prev.next = new FixedFIFO(2 * this.head.buffer.length);
          this.head.push(val);
        }
      }
      shift() {
        if (this.length !== 0) this.length--;
        const val = this.tail.shift();
        if (val === void 0 && this.tail.next) {
          const next = this.tail.next;
          this.tail.next = null;
          this.tail = next;
          return this.tail.shift();
        }
        return val;
      }
      peek() {
        const val = this.tail.peek();
        if (val === void 0 && this.tail.next) return this.tail.next.peek();
        return val;
      }
      isEmpty() {
        return this.length === 0;
      }
    };
  }
});

// node_modules/b4a/index.js
var require_b4a = __commonJS({
  "node_modules/b4a/index.js"(exports2, module2) {
    function isBuffer(value) {
      return Buffer.isBuffer(value) || value instanceof Uint8Array;
    }
    function isEncoding(encoding) {
      return Buffer.isEncoding(encoding);
    }
    function alloc(size, fill2, encoding) {
      return Buffer.alloc(size, fill2, encoding);
    }
    function allocUnsafe(size) {
      return Buffer.allocUnsafe(size);
    }
    function allocUnsafeSlow(size) {
      return Buffer.allocUnsafeSlow(size);
    }
    function byteLength(string3, encoding) {
      return Buffer.byteLength(string3, encoding);
    }
    function compare(a, b) {
      return Buffer.compare(a, b);
    }
    function concat2(buffers, totalLength) {
      return Buffer.concat(buffers, totalLength);
    }
    function copy(source, target, targetStart, start, end) {
      return toBuffer(source).copy(target, targetStart, start, end);
    }
    function equals(a, b) {
      return toBuffer(a).equals(b);
    }
    function fill(buffer, value, offset, end, encoding) {
      return toBuffer(buffer).fill(value, offset, end, encoding);
    }
    function from(value, encodingOrOffset, length) {
      return Buffer.from(value, encodingOrOffset, length);
    }
    function includes(buffer, value, byteOffset, encoding) {
      return toBuffer(buffer).includes(value, byteOffset, encoding);
    }
    function indexOf(buffer, value, byfeOffset, encoding) {
      return toBuffer(buffer).indexOf(value, byfeOffset, encoding);
    }
    function lastIndexOf(buffer, value, byteOffset, encoding) {
      return toBuffer(buffer).lastIndexOf(value, byteOffset, encoding);
    }
    function swap16(buffer) {
      return toBuffer(buffer).swap16();
    }
    function swap32(buffer) {
      return toBuffer(buffer).swap32();
    }
    function swap64(buffer) {
      return toBuffer(buffer).swap64();
    }
    function toBuffer(buffer) {
      if (Buffer.isBuffer(buffer)) return buffer;
      return Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    }
    function toString(buffer, encoding, start, end) {
      return toBuffer(buffer).toString(encoding, start, end);
    }
    function toHex(buffer, start, end) {
      return toBuffer(buffer).toString("hex", start, end);
    }
    function write4(buffer, string3, offset, length, encoding) {
      return toBuffer(buffer).write(string3, offset, length, encoding);
    }
    function readDoubleBE(buffer, offset) {
      return toBuffer(buffer).readDoubleBE(offset);
    }
    function readDoubleLE(buffer, offset) {
      return toBuffer(buffer).readDoubleLE(offset);
    }
    function readFloatBE(buffer, offset) {
      return toBuffer(buffer).readFloatBE(offset);
    }
    function readFloatLE(buffer, offset) {
      return toBuffer(buffer).readFloatLE(offset);
    }
    function readInt32BE(buffer, offset) {
      return toBuffer(buffer).readInt32BE(offset);
    }
    function readInt32LE(buffer, offset) {
      return toBuffer(buffer).readInt32LE(offset);
    }
    function readUInt32BE(buffer, offset) {
      return toBuffer(buffer).readUInt32BE(offset);
    }
    function readUInt32LE(buffer, offset) {
      return toBuffer(buffer).readUInt32LE(offset);
    }
    function writeDoubleBE(buffer, value, offset) {
      return toBuffer(buffer).writeDoubleBE(value, offset);
    }
    function writeDoubleLE(buffer, value, offset) {
      return toBuffer(buffer).writeDoubleLE(value, offset);
    }
    function writeFloatBE(buffer, value, offset) {
      return toBuffer(buffer).writeFloatBE(value, offset);
    }
    function writeFloatLE(buffer, value, offset) {
      return toBuffer(buffer).writeFloatLE(value, offset);
    }
    function writeInt32BE(buffer, value, offset) {
      return toBuffer(buffer).writeInt32BE(value, offset);
    }
    function writeInt32LE(buffer, value, offset) {
      return toBuffer(buffer).writeInt32LE(value, offset);
    }
    function writeUInt32BE(buffer, value, offset) {
      return toBuffer(buffer).writeUInt32BE(value, offset);
    }
    function writeUInt32LE(buffer, value, offset) {
      return toBuffer(buffer).writeUInt32LE(value, offset);
    }
    module2.exports = {
      isBuffer,
      isEncoding,
      alloc,
      allocUnsafe,
      allocUnsafeSlow,
      byteLength,
      compare,
      concat: concat2,
      copy,
      equals,
      fill,
      from,
      includes,
      indexOf,
      lastIndexOf,
      swap16,
      swap32,
      swap64,
      toBuffer,
      toString,
      toHex,
      write: write4,
      readDoubleBE,
      readDoubleLE,
      readFloatBE,
      readFloatLE,
      readInt32BE,
      readInt32LE,
      readUInt32BE,
      readUInt32LE,
      writeDoubleBE,
      writeDoubleLE,
      writeFloatBE,
      writeFloatLE,
      writeInt32BE,
      writeInt32LE,
      writeUInt32BE,
      writeUInt32LE
    };
  }
});

// node_modules/text-decoder/lib/pass-through-decoder.js
var require_pass_through_decoder = __commonJS({
  "node_modules/text-decoder/lib/pass-through-decoder.js"(exports2, module2) {
    var b4a = require_b4a();
    module2.exports = class PassThroughDecoder {
      constructor(encoding) {
        this.encoding = encoding;
      }
      get remaining() {
        return 0;
      }
      decode(data) {
        return b4a.toString(data, this.encoding);
      }
      flush() {
        return "";
      }
    };
  }
});

// node_modules/text-decoder/lib/utf8-decoder.js
var require_utf8_decoder = __commonJS({
  "node_modules/text-decoder/lib/utf8-decoder.js"(exports2, module2) {
    var b4a = require_b4a();
    module2.exports = class UTF8Decoder {
      constructor() {
        this._reset();
      }
      get remaining() {
        return this.bytesSeen;
      }
      decode(data) {
        if (data.byteLength === 0) return "";
        if (this.bytesNeeded === 0 && trailingIncomplete(data, 0) === 0) {
          this.bytesSeen = trailingBytesSeen(data);
          return b4a.toString(data, "utf8");
        }
        let result = "";
        let start = 0;
        if (this.bytesNeeded > 0) {
          while (start < data.byteLength) {
            const byte = data[start];
            if (byte < this.lowerBoundary || byte > this.upperBoundary) {
              result += "\uFFFD";
              this._reset();
              break;
            }
            this.lowerBoundary = 128;
            this.upperBoundary = 191;
            this.codePoint = this.codePoint << 6 | byte & 63;
            this.bytesSeen++;
            start++;
            if (this.bytesSeen === this.bytesNeeded) {
              result += String.fromCodePoint(this.codePoint);
              this._reset();
              break;
            }
          }
          if (this.bytesNeeded > 0) return result;
        }
        const trailing = trailingIncomplete(data, start);
        const end = data.byteLength - trailing;
        if (end > start) result += b4a.toString(data, "utf8", start, end);
        for (let i = end; i < data.byteLength; i++) {
          const byte = data[i];
          if (this.bytesNeeded === 0) {
            if (byte <= 127) {
              this.bytesSeen = 0;
              result += String.fromCharCode(byte);
            } else if (byte >= 194 && byte <= 223) {
              this.bytesNeeded = 2;
              this.bytesSeen = 1;
              this.codePoint = byte & 31;
            } else if (byte >= 224 && byte <= 239) {
              if (byte === 224) this.lowerBoundary = 160;
              else if (byte === 237) this.upperBoundary = 159;
              this.bytesNeeded = 3;
              this.bytesSeen = 1;
              this.codePoint = byte & 15;
            } else if (byte >= 240 && byte <= 244) {
              if (byte === 240) this.lowerBoundary = 144;
              else if (byte === 244) this.upperBoundary = 143;
              this.bytesNeeded = 4;
              this.bytesSeen = 1;
              this.codePoint = byte & 7;
            } else {
              this.bytesSeen = 1;
              result += "\uFFFD";
            }
            continue;
          }
          if (byte < this.lowerBoundary || byte > this.upperBoundary) {
            result += "\uFFFD";
            i--;
            this._reset();
            continue;
          }
          this.lowerBoundary = 128;
          this.upperBoundary = 191;
          this.codePoint = this.codePoint << 6 | byte & 63;
          this.bytesSeen++;
          if (this.bytesSeen === this.bytesNeeded) {
            result += String.fromCodePoint(this.codePoint);
            this._reset();
          }
        }
        return result;
      }
      flush() {
        const result = this.bytesNeeded > 0 ? "\uFFFD" : "";
        this._reset();
        return result;
      }
      _reset() {
        this.codePoint = 0;
        this.bytesNeeded = 0;
        this.bytesSeen = 0;
        this.lowerBoundary = 128;
        this.upperBoundary = 191;
      }
    };
    function trailingIncomplete(data, start) {
      const len = data.byteLength;
      if (len <= start) return 0;
      const limit = Math.max(start, len - 4);
      let i = len - 1;
      while (i > limit && (data[i] & 192) === 128) i--;
      if (i < start) return 0;
      const byte = data[i];
      let needed;
      if (byte <= 127) return 0;
      if (byte >= 194 && byte <= 223) needed = 2;
      else if (byte >= 224 && byte <= 239) needed = 3;
      else if (byte >= 240 && byte <= 244) needed = 4;
      else return 0;
      const available = len - i;
      return available < needed ? available : 0;
    }
    function trailingBytesSeen(data) {
      const len = data.byteLength;
      if (len === 0) return 0;
      const last = data[len - 1];
      if (last <= 127) return 0;
      if ((last & 192) !== 128) return 1;
      const limit = Math.max(0, len - 4);
      let i = len - 2;
      while (i >= limit && (data[i] & 192) === 128) i--;
      if (i < 0) return 1;
      const first = data[i];
      let needed;
      if (first >= 194 && first <= 223) needed = 2;
      else if (first >= 224 && first <= 239) needed = 3;
      else if (first >= 240 && first <= 244) needed = 4;
      else return 1;
      if (len - i !== needed) return 1;
      if (needed >= 3) {
        const second = data[i + 1];
        if (first === 224 && second < 160) return 1;
        if (first === 237 && second > 159) return 1;
        if (first === 240 && second < 144) return 1;
        if (first === 244 && second > 143) return 1;
      }
      return 0;
    }
  }
});

// node_modules/text-decoder/index.js
var require_text_decoder = __commonJS({
  "node_modules/text-decoder/index.js"(exports2, module2) {
    var PassThroughDecoder = require_pass_through_decoder();
    var UTF8Decoder = require_utf8_decoder();
    module2.exports = class TextDecoder {
      constructor(encoding = "utf8") {
        this.encoding = normalizeEncoding(encoding);
        switch (this.encoding) {
          case "utf8":
            this.decoder = new UTF8Decoder();
            break;
          case "utf16le":
          case "base64":
            throw new Error("Unsupported encoding: " + this.encoding);
          default:
            this.decoder = new PassThroughDecoder(this.encoding);
        }
      }
      get remaining() {
        return this.decoder.remaining;
      }
      push(data) {
        if (typeof data === "string") return data;
        return this.decoder.decode(data);
      }
      // For Node.js compatibility
      write(data) {
        return this.push(data);
      }
      end(data) {
        let result = "";
        if (data) result = this.push(data);
        result += this.decoder.flush();
        return result;
      }
    };
    function normalizeEncoding(encoding) {
      encoding = encoding.toLowerCase();
      switch (encoding) {
        case "utf8":
        case "utf-8":
          return "utf8";
        case "ucs2":
        case "ucs-2":
        case "utf16le":
        case "utf-16le":
          return "utf16le";
        case "latin1":
        case "binary":
          return "latin1";
        case "base64":
        case "ascii":
        case "hex":
          return encoding;
        default:
          throw new Error("Unknown encoding: " + encoding);
      }
    }
  }
});

// node_modules/streamx/lib/errors.js
var require_errors = __commonJS({
  "node_modules/streamx/lib/errors.js"(exports2, module2) {
    module2.exports = class StreamError extends Error {
      constructor(msg, code, fn = StreamError) {
        super(msg);
        this.code = code;
        if (Error.captureStackTrace) {
          Error.captureStackTrace(this, fn);
        }
      }
      static isStreamDestroyed(err) {
        return err && err.code === "STREAM_DESTROYED";
      }
      static isPrematureClose(err) {
        return err && err.code === "PREMATURE_CLOSE";
      }
      static isAborted(err) {
        return err && err.code === "ABORTED";
      }
      static isBadArgument(err) {
        return err && err.code === "BAD_ARGUMENT";
      }
      get name() {
        return "StreamError";
      }
      static STREAM_DESTROYED() {
        return new StreamError("Stream was destroyed", "STREAM_DESTROYED", StreamError.STREAM_DESTROYED);
      }
      static PREMATURE_CLOSE(msg = "Premature close") {
        return new StreamError(msg, "PREMATURE_CLOSE", StreamError.PREMATURE_CLOSE);
      }
      static ABORTED() {
        return new StreamError("Stream aborted", "ABORTED", StreamError.ABORTED);
      }
      static BAD_ARGUMENT(msg = "Bad argument") {
        return new StreamError(msg, "BAD_ARGUMENT", StreamError.BAD_ARGUMENT);
      }
    };
  }
});

// node_modules/streamx/index.js
var require_streamx = __commonJS({
  "node_modules/streamx/index.js"(exports2, module2) {
    var { EventEmitter: EventEmitter10 } = require_default();
    var FIFO = require_fast_fifo();
    var TextDecoder2 = require_text_decoder();
    var StreamError = require_errors();
    var qmt = typeof queueMicrotask === "undefined" ? (fn) => global.process.nextTick(fn) : queueMicrotask;
    var MAX = (1 << 29) - 1;
    var OPENING = 1;
    var PREDESTROYING = 2;
    var DESTROYING = 4;
    var DESTROYED = 8;
    var NOT_OPENING = MAX ^ OPENING;
    var NOT_PREDESTROYING = MAX ^ PREDESTROYING;
    var READ_ACTIVE = 1 << 4;
    var READ_UPDATING = 2 << 4;
    var READ_PRIMARY = 4 << 4;
    var READ_QUEUED = 8 << 4;
    var READ_RESUMED = 16 << 4;
    var READ_PIPE_DRAINED = 32 << 4;
    var READ_ENDING = 64 << 4;
    var READ_EMIT_DATA = 128 << 4;
    var READ_EMIT_READABLE = 256 << 4;
    var READ_EMITTED_READABLE = 512 << 4;
    var READ_DONE = 1024 << 4;
    var READ_NEXT_TICK = 2048 << 4;
    var READ_NEEDS_PUSH = 4096 << 4;
    var READ_READ_AHEAD = 8192 << 4;
    var READ_FLOWING = READ_RESUMED | READ_PIPE_DRAINED;
    var READ_ACTIVE_AND_NEEDS_PUSH = READ_ACTIVE | READ_NEEDS_PUSH;
    var READ_PRIMARY_AND_ACTIVE = READ_PRIMARY | READ_ACTIVE;
    var READ_EMIT_READABLE_AND_QUEUED = READ_EMIT_READABLE | READ_QUEUED;
    var READ_RESUMED_READ_AHEAD = READ_RESUMED | READ_READ_AHEAD;
    var READ_NOT_ACTIVE = MAX ^ READ_ACTIVE;
    var READ_NON_PRIMARY = MAX ^ READ_PRIMARY;
    var READ_NON_PRIMARY_AND_PUSHED = MAX ^ (READ_PRIMARY | READ_NEEDS_PUSH);
    var READ_PUSHED = MAX ^ READ_NEEDS_PUSH;
    var READ_PAUSED = MAX ^ READ_RESUMED;
    var READ_NOT_QUEUED = MAX ^ (READ_QUEUED | READ_EMITTED_READABLE);
    var READ_NOT_ENDING = MAX ^ READ_ENDING;
    var READ_PIPE_NOT_DRAINED = MAX ^ READ_FLOWING;
    var READ_NOT_NEXT_TICK = MAX ^ READ_NEXT_TICK;
    var READ_NOT_UPDATING = MAX ^ READ_UPDATING;
    var READ_NO_READ_AHEAD = MAX ^ READ_READ_AHEAD;
    var READ_PAUSED_NO_READ_AHEAD = MAX ^ READ_RESUMED_READ_AHEAD;
    var WRITE_ACTIVE = 1 << 18;
    var WRITE_UPDATING = 2 << 18;
    var WRITE_PRIMARY = 4 << 18;
    var WRITE_QUEUED = 8 << 18;
    var WRITE_UNDRAINED = 16 << 18;
    var WRITE_DONE = 32 << 18;
    var WRITE_EMIT_DRAIN = 64 << 18;
    var WRITE_NEXT_TICK = 128 << 18;
    var WRITE_WRITING = 256 << 18;
    var WRITE_FINISHING = 512 << 18;
    var WRITE_CORKED = 1024 << 18;
    var WRITE_NOT_ACTIVE = MAX ^ (WRITE_ACTIVE | WRITE_WRITING);
    var WRITE_NON_PRIMARY = MAX ^ WRITE_PRIMARY;
    var WRITE_NOT_FINISHING = MAX ^ (WRITE_ACTIVE | WRITE_FINISHING);
    var WRITE_DRAINED = MAX ^ WRITE_UNDRAINED;
    var WRITE_NOT_QUEUED = MAX ^ WRITE_QUEUED;
    var WRITE_NOT_NEXT_TICK = MAX ^ WRITE_NEXT_TICK;
    var WRITE_NOT_UPDATING = MAX ^ WRITE_UPDATING;
    var WRITE_NOT_CORKED = MAX ^ WRITE_CORKED;
    var ACTIVE = READ_ACTIVE | WRITE_ACTIVE;
    var NOT_ACTIVE = MAX ^ ACTIVE;
    var DONE = READ_DONE | WRITE_DONE;
    var DESTROY_STATUS = DESTROYING | DESTROYED | PREDESTROYING;
    var OPEN_STATUS = DESTROY_STATUS | OPENING;
    var AUTO_DESTROY = DESTROY_STATUS | DONE;
    var NON_PRIMARY = WRITE_NON_PRIMARY & READ_NON_PRIMARY;
    var ACTIVE_OR_TICKING = WRITE_NEXT_TICK | READ_NEXT_TICK;
    var TICKING = ACTIVE_OR_TICKING & NOT_ACTIVE;
    var IS_OPENING = OPEN_STATUS | TICKING;
    var READ_PRIMARY_STATUS = OPEN_STATUS | READ_ENDING | READ_DONE;
    var READ_STATUS = OPEN_STATUS | READ_DONE | READ_QUEUED;
    var READ_ENDING_STATUS = OPEN_STATUS | READ_ENDING | READ_QUEUED;
    var READ_READABLE_STATUS = OPEN_STATUS | READ_EMIT_READABLE | READ_QUEUED | READ_EMITTED_READABLE;
    var SHOULD_NOT_READ = OPEN_STATUS | READ_ACTIVE | READ_ENDING | READ_DONE | READ_NEEDS_PUSH | READ_READ_AHEAD;
    var READ_BACKPRESSURE_STATUS = DESTROY_STATUS | READ_ENDING | READ_DONE;
    var READ_UPDATE_SYNC_STATUS = READ_UPDATING | OPEN_STATUS | READ_NEXT_TICK | READ_PRIMARY;
    var READ_NEXT_TICK_OR_OPENING = READ_NEXT_TICK | OPENING;
    var WRITE_PRIMARY_STATUS = OPEN_STATUS | WRITE_FINISHING | WRITE_DONE;
    var WRITE_QUEUED_AND_UNDRAINED = WRITE_QUEUED | WRITE_UNDRAINED;
    var WRITE_QUEUED_AND_ACTIVE = WRITE_QUEUED | WRITE_ACTIVE;
    var WRITE_DRAIN_STATUS = WRITE_QUEUED | WRITE_UNDRAINED | OPEN_STATUS | WRITE_ACTIVE;
    var WRITE_STATUS = OPEN_STATUS | WRITE_ACTIVE | WRITE_QUEUED | WRITE_CORKED;
    var WRITE_PRIMARY_AND_ACTIVE = WRITE_PRIMARY | WRITE_ACTIVE;
    var WRITE_ACTIVE_AND_WRITING = WRITE_ACTIVE | WRITE_WRITING;
    var WRITE_FINISHING_STATUS = OPEN_STATUS | WRITE_FINISHING | WRITE_QUEUED_AND_ACTIVE | WRITE_DONE;
    var WRITE_BACKPRESSURE_STATUS = WRITE_UNDRAINED | DESTROY_STATUS | WRITE_FINISHING | WRITE_DONE;
    var WRITE_UPDATE_SYNC_STATUS = WRITE_UPDATING | OPEN_STATUS | WRITE_NEXT_TICK | WRITE_PRIMARY;
    var WRITE_DROP_DATA = WRITE_FINISHING | WRITE_DONE | DESTROY_STATUS;
    var asyncIterator = Symbol.asyncIterator || /* @__PURE__ */ Symbol("asyncIterator");
    var WritableState = class {
      constructor(stream, { highWaterMark = 16384, map = null, mapWritable, byteLength, byteLengthWritable } = {}) {
        this.stream = stream;
        this.queue = new FIFO();
        this.highWaterMark = highWaterMark;
        this.buffered = 0;
        this.error = null;
        this.pipeline = null;
        this.drains = null;
        this.byteLength = byteLengthWritable || byteLength || defaultByteLength;
        this.map = mapWritable || map;
        this.afterWrite = afterWrite.bind(this);
        this.afterUpdateNextTick = updateWriteNT.bind(this);
      }
      get ending() {
        return (this.stream._duplexState & WRITE_FINISHING) !== 0;
      }
      get ended() {
        return (this.stream._duplexState & WRITE_DONE) !== 0;
      }
      push(data) {
        if ((this.stream._duplexState & WRITE_DROP_DATA) !== 0) return false;
        if (this.map !== null) data = this.map(data);
        this.buffered += this.byteLength(data);
        this.queue.push(data);
        if (this.buffered < this.highWaterMark) {
          this.stream._duplexState |= WRITE_QUEUED;
          return true;
        }
        this.stream._duplexState |= WRITE_QUEUED_AND_UNDRAINED;
        return false;
      }
      shift() {
        const data = this.queue.shift();
        this.buffered -= this.byteLength(data);
        if (this.buffered === 0) this.stream._duplexState &= WRITE_NOT_QUEUED;
        return data;
      }
      end(data) {
        if (typeof data === "function") {
          this.stream.once("finish", data);
        } else if (data !== void 0 && data !== null) {
          this.push(data);
        }
        this.stream._duplexState = (this.stream._duplexState | WRITE_FINISHING) & WRITE_NON_PRIMARY;
      }
      autoBatch(data, cb) {
        const buffer = [];
        const stream = this.stream;
        buffer.push(data);
        while ((stream._duplexState & WRITE_STATUS) === WRITE_QUEUED_AND_ACTIVE) {
          buffer.push(stream._writableState.shift());
        }
        if ((stream._duplexState & OPEN_STATUS) !== 0) return cb(null);
        stream._writev(buffer, cb);
      }
      update() {
        const stream = this.stream;
        stream._duplexState |= WRITE_UPDATING;
        do {
          while ((stream._duplexState & WRITE_STATUS) === WRITE_QUEUED) {
            const data = this.shift();
            stream._duplexState |= WRITE_ACTIVE_AND_WRITING;
            stream._write(data, this.afterWrite);
          }
          if ((stream._duplexState & WRITE_PRIMARY_AND_ACTIVE) === 0) this.updateNonPrimary();
        } while (this.continueUpdate() === true);
        stream._duplexState &= WRITE_NOT_UPDATING;
      }
      updateNonPrimary() {
        const stream = this.stream;
        if ((stream._duplexState & WRITE_FINISHING_STATUS) === WRITE_FINISHING) {
          stream._duplexState = stream._duplexState | WRITE_ACTIVE;
          stream._final(afterFinal.bind(this));
          return;
        }
        if ((stream._duplexState & DESTROY_STATUS) === DESTROYING) {
          if ((stream._duplexState & ACTIVE_OR_TICKING) === 0) {
            stream._duplexState |= ACTIVE;
            stream._destroy(afterDestroy.bind(this));
          }
          return;
        }
        if ((stream._duplexState & IS_OPENING) === OPENING) {
          stream._duplexState = (stream._duplexState | ACTIVE) & NOT_OPENING;
          stream._open(afterOpen.bind(this));
        }
      }
      continueUpdate() {
        if ((this.stream._duplexState & WRITE_NEXT_TICK) === 0) return false;
        this.stream._duplexState &= WRITE_NOT_NEXT_TICK;
        return true;
      }
      updateCallback() {
        if ((this.stream._duplexState & WRITE_UPDATE_SYNC_STATUS) === WRITE_PRIMARY) {
          this.update();
        } else {
          this.updateNextTick();
        }
      }
      updateNextTick() {
        if ((this.stream._duplexState & WRITE_NEXT_TICK) !== 0) return;
        this.stream._duplexState |= WRITE_NEXT_TICK;
        if ((this.stream._duplexState & WRITE_UPDATING) === 0) qmt(this.afterUpdateNextTick);
      }
    };
    var ReadableState = class {
      constructor(stream, { highWaterMark = 16384, map = null, mapReadable, byteLength, byteLengthReadable } = {}) {
        this.stream = stream;
        this.queue = new FIFO();
        this.highWaterMark = highWaterMark === 0 ? 1 : highWaterMark;
        this.buffered = 0;
        this.readAhead = highWaterMark > 0;
        this.error = null;
        this.pipeline = null;
        this.byteLength = byteLengthReadable || byteLength || defaultByteLength;
        this.map = mapReadable || map;
        this.pipeTo = null;
        this.afterRead = afterRead.bind(this);
        this.afterUpdateNextTick = updateReadNT.bind(this);
      }
      get ending() {
        return (this.stream._duplexState & READ_ENDING) !== 0;
      }
      get ended() {
        return (this.stream._duplexState & READ_DONE) !== 0;
      }
      pipe(pipeTo, cb) {
        if (this.pipeTo !== null) throw StreamError.BAD_ARGUMENT("Can only pipe to one destination");
        if (typeof cb !== "function") cb = null;
        this.stream._duplexState |= READ_PIPE_DRAINED;
        this.pipeTo = pipeTo;
        this.pipeline = new Pipeline(this.stream, pipeTo, cb);
        if (cb) this.stream.on("error", noop5);
        if (isStreamx(pipeTo)) {
          pipeTo._writableState.pipeline = this.pipeline;
          if (cb) pipeTo.on("error", noop5);
          pipeTo.on("finish", this.pipeline.finished.bind(this.pipeline));
        } else {
          const onerror = this.pipeline.done.bind(this.pipeline, pipeTo);
          const onclose = this.pipeline.done.bind(this.pipeline, pipeTo, null);
          pipeTo.on("error", onerror);
          pipeTo.on("close", onclose);
          pipeTo.on("finish", this.pipeline.finished.bind(this.pipeline));
        }
        pipeTo.on("drain", afterDrain.bind(this));
        this.stream.emit("piping", pipeTo);
        pipeTo.emit("pipe", this.stream);
      }
      push(data) {
        const stream = this.stream;
        if (data === null) {
          this.highWaterMark = 0;
          stream._duplexState = (stream._duplexState | READ_ENDING) & READ_NON_PRIMARY_AND_PUSHED;
          return false;
        }
        if (this.map !== null) {
          data = this.map(data);
          if (data === null) {
            stream._duplexState &= READ_PUSHED;
            return this.buffered < this.highWaterMark;
          }
        }
        this.buffered += this.byteLength(data);
        this.queue.push(data);
        stream._duplexState = (stream._duplexState | READ_QUEUED) & READ_PUSHED;
        return this.buffered < this.highWaterMark;
      }
      shift() {
        const data = this.queue.shift();
        this.buffered -= this.byteLength(data);
        if (this.buffered === 0) {
          this.stream._duplexState &= READ_NOT_QUEUED;
        }
        return data;
      }
      unshift(data) {
        const pending = [this.map !== null ? this.map(data) : data];
        while (this.buffered > 0) pending.push(this.shift());
        for (let i = 0; i < pending.length - 1; i++) {
          const data2 = pending[i];
          this.buffered += this.byteLength(data2);
          this.queue.push(data2);
        }
        this.push(pending[pending.length - 1]);
      }
      read() {
        const stream = this.stream;
        if ((stream._duplexState & READ_STATUS) === READ_QUEUED) {
          const data = this.shift();
          if (this.pipeTo !== null && this.pipeTo.write(data) === false) {
            stream._duplexState &= READ_PIPE_NOT_DRAINED;
          }
          if ((stream._duplexState & READ_EMIT_DATA) !== 0) {
            stream.emit("data", data);
          }
          return data;
        }
        if (this.readAhead === false) {
          stream._duplexState |= READ_READ_AHEAD;
          this.updateNextTick();
        }
        return null;
      }
      drain() {
        const stream = this.stream;
        while ((stream._duplexState & READ_STATUS) === READ_QUEUED && (stream._duplexState & READ_FLOWING) !== 0) {
          const data = this.shift();
          if (this.pipeTo !== null && this.pipeTo.write(data) === false) {
            stream._duplexState &= READ_PIPE_NOT_DRAINED;
          }
          if ((stream._duplexState & READ_EMIT_DATA) !== 0) {
            stream.emit("data", data);
          }
        }
      }
      update() {
        const stream = this.stream;
        stream._duplexState |= READ_UPDATING;
        do {
          this.drain();
          while (this.buffered < this.highWaterMark && (stream._duplexState & SHOULD_NOT_READ) === READ_READ_AHEAD) {
            stream._duplexState |= READ_ACTIVE_AND_NEEDS_PUSH;
            stream._read(this.afterRead);
            this.drain();
          }
          if ((stream._duplexState & READ_READABLE_STATUS) === READ_EMIT_READABLE_AND_QUEUED) {
            stream._duplexState |= READ_EMITTED_READABLE;
            stream.emit("readable");
          }
          if ((stream._duplexState & READ_PRIMARY_AND_ACTIVE) === 0) {
            this.updateNonPrimary();
          }
        } while (this.continueUpdate() === true);
        stream._duplexState &= READ_NOT_UPDATING;
      }
      updateNonPrimary() {
        const stream = this.stream;
        if ((stream._duplexState & READ_ENDING_STATUS) === READ_ENDING) {
          stream._duplexState = (stream._duplexState | READ_DONE) & READ_NOT_ENDING;
          stream.emit("end");
          if ((stream._duplexState & AUTO_DESTROY) === DONE) {
            stream._duplexState |= DESTROYING;
          }
          if (this.pipeTo !== null) {
            this.pipeTo.end();
          }
        }
        if ((stream._duplexState & DESTROY_STATUS) === DESTROYING) {
          if ((stream._duplexState & ACTIVE_OR_TICKING) === 0) {
            stream._duplexState |= ACTIVE;
            stream._destroy(afterDestroy.bind(this));
          }
          return;
        }
        if ((stream._duplexState & IS_OPENING) === OPENING) {
          stream._duplexState = (stream._duplexState | ACTIVE) & NOT_OPENING;
          stream._open(afterOpen.bind(this));
        }
      }
      continueUpdate() {
        if ((this.stream._duplexState & READ_NEXT_TICK) === 0) return false;
        this.stream._duplexState &= READ_NOT_NEXT_TICK;
        return true;
      }
      updateCallback() {
        if ((this.stream._duplexState & READ_UPDATE_SYNC_STATUS) === READ_PRIMARY) {
          this.update();
        } else {
          this.updateNextTick();
        }
      }
      updateNextTickIfOpen() {
        if ((this.stream._duplexState & READ_NEXT_TICK_OR_OPENING) !== 0) return;
        this.stream._duplexState |= READ_NEXT_TICK;
        if ((this.stream._duplexState & READ_UPDATING) === 0) qmt(this.afterUpdateNextTick);
      }
      updateNextTick() {
        if ((this.stream._duplexState & READ_NEXT_TICK) !== 0) return;
        this.stream._duplexState |= READ_NEXT_TICK;
        if ((this.stream._duplexState & READ_UPDATING) === 0) qmt(this.afterUpdateNextTick);
      }
    };
    var TransformState = class {
      constructor(stream) {
        this.data = null;
        this.afterTransform = afterTransform.bind(stream);
        this.afterFinal = null;
      }
    };
    var Pipeline = class {
      constructor(src, dst, cb) {
        this.from = src;
        this.to = dst;
        this.afterPipe = cb;
        this.error = null;
        this.pipeToFinished = false;
      }
      finished() {
        this.pipeToFinished = true;
      }
      done(stream, err) {
        if (err) this.error = err;
        if (stream === this.to) {
          this.to = null;
          if (this.from !== null) {
            if ((this.from._duplexState & READ_DONE) === 0 || !this.pipeToFinished) {
              this.from.destroy(this.error || StreamError.PREMATURE_CLOSE("Writable stream closed"));
            }
            return;
          }
        }
        if (stream === this.from) {
          this.from = null;
          if (this.to !== null) {
            if ((stream._duplexState & READ_DONE) === 0) {
              this.to.destroy(this.error || StreamError.PREMATURE_CLOSE("Readable stream closed"));
            }
            return;
          }
        }
        if (this.afterPipe !== null) this.afterPipe(this.error);
        this.to = this.from = this.afterPipe = null;
      }
    };
    function afterDrain() {
      this.stream._duplexState |= READ_PIPE_DRAINED;
      this.updateCallback();
    }
    function afterFinal(err) {
      const stream = this.stream;
      if (err) stream.destroy(err);
      if ((stream._duplexState & DESTROY_STATUS) === 0) {
        stream._duplexState |= WRITE_DONE;
        stream.emit("finish");
      }
      if ((stream._duplexState & AUTO_DESTROY) === DONE) {
        stream._duplexState |= DESTROYING;
      }
      stream._duplexState &= WRITE_NOT_FINISHING;
      if ((stream._duplexState & WRITE_UPDATING) === 0) {
        this.update();
      } else {
        this.updateNextTick();
      }
    }
    function afterDestroy(err) {
      const stream = this.stream;
      if (!err && !StreamError.isStreamDestroyed(this.error)) err = this.error;
      if (err) stream.emit("error", err);
      stream._duplexState |= DESTROYED;
      stream.emit("close");
      const rs = stream._readableState;
      const ws = stream._writableState;
      if (rs !== null && rs.pipeline !== null) {
        rs.pipeline.done(stream, err);
      }
      if (ws !== null) {
        while (ws.drains !== null && ws.drains.length > 0) {
          ws.drains.shift().resolve(false);
        }
        if (ws.pipeline !== null) {
          ws.pipeline.done(stream, err);
        }
      }
    }
    function afterWrite(err) {
      const stream = this.stream;
      if (err) stream.destroy(err);
      stream._duplexState &= WRITE_NOT_ACTIVE;
      if (this.drains !== null) tickDrains(this.drains);
      if ((stream._duplexState & WRITE_DRAIN_STATUS) === WRITE_UNDRAINED) {
        stream._duplexState &= WRITE_DRAINED;
        if ((stream._duplexState & WRITE_EMIT_DRAIN) === WRITE_EMIT_DRAIN) {
          stream.emit("drain");
        }
      }
      this.updateCallback();
    }
    function afterRead(err) {
      if (err) this.stream.destroy(err);
      this.stream._duplexState &= READ_NOT_ACTIVE;
      if (this.readAhead === false && (this.stream._duplexState & READ_RESUMED) === 0) {
        this.stream._duplexState &= READ_NO_READ_AHEAD;
      }
      this.updateCallback();
    }
    function updateReadNT() {
      if ((this.stream._duplexState & READ_UPDATING) === 0) {
        this.stream._duplexState &= READ_NOT_NEXT_TICK;
        this.update();
      }
    }
    function updateWriteNT() {
      if ((this.stream._duplexState & WRITE_UPDATING) === 0) {
        this.stream._duplexState &= WRITE_NOT_NEXT_TICK;
        this.update();
      }
    }
    function tickDrains(drains) {
      for (let i = 0; i < drains.length; i++) {
        if (--drains[i].writes === 0) {
          drains.shift().resolve(true);
          i--;
        }
      }
    }
    function afterOpen(err) {
      const stream = this.stream;
      if (err) stream.destroy(err);
      if ((stream._duplexState & DESTROYING) === 0) {
        if ((stream._duplexState & READ_PRIMARY_STATUS) === 0) {
          stream._duplexState |= READ_PRIMARY;
        }
        if ((stream._duplexState & WRITE_PRIMARY_STATUS) === 0) {
          stream._duplexState |= WRITE_PRIMARY;
        }
        stream.emit("open");
      }
      stream._duplexState &= NOT_ACTIVE;
      if (stream._writableState !== null) {
        stream._writableState.updateCallback();
      }
      if (stream._readableState !== null) {
        stream._readableState.updateCallback();
      }
    }
    function afterTransform(err, data) {
      if (data !== void 0 && data !== null) this.push(data);
      this._writableState.afterWrite(err);
    }
    function newListener(name) {
      if (this._readableState !== null) {
        if (name === "data") {
          this._duplexState |= READ_EMIT_DATA | READ_RESUMED_READ_AHEAD;
          this._readableState.updateNextTick();
        }
        if (name === "readable") {
          this._duplexState |= READ_EMIT_READABLE;
          this._readableState.updateNextTick();
        }
      }
      if (this._writableState !== null) {
        if (name === "drain") {
          this._duplexState |= WRITE_EMIT_DRAIN;
          this._writableState.updateNextTick();
        }
      }
    }
    var Stream = class extends EventEmitter10 {
      constructor(opts) {
        super();
        this._duplexState = 0;
        this._readableState = null;
        this._writableState = null;
        if (opts) {
          if (opts.open) this._open = opts.open;
          if (opts.destroy) this._destroy = opts.destroy;
          if (opts.predestroy) this._predestroy = opts.predestroy;
          if (opts.signal) opts.signal.addEventListener("abort", abort.bind(this));
        }
        this.on("newListener", newListener);
      }
      _open(cb) {
        cb(null);
      }
      _destroy(cb) {
        cb(null);
      }
      _predestroy() {
      }
      get readable() {
        return this._readableState !== null ? true : void 0;
      }
      get writable() {
        return this._writableState !== null ? true : void 0;
      }
      get destroyed() {
        return (this._duplexState & DESTROYED) !== 0;
      }
      get destroying() {
        return (this._duplexState & DESTROY_STATUS) !== 0;
      }
      destroy(err) {
        if ((this._duplexState & DESTROY_STATUS) === 0) {
          if (!err) err = StreamError.STREAM_DESTROYED();
          this._duplexState = (this._duplexState | DESTROYING) & NON_PRIMARY;
          if (this._readableState !== null) {
            this._readableState.highWaterMark = 0;
            this._readableState.error = err;
          }
          if (this._writableState !== null) {
            this._writableState.highWaterMark = 0;
            this._writableState.error = err;
          }
          this._duplexState |= PREDESTROYING;
          this._predestroy();
          this._duplexState &= NOT_PREDESTROYING;
          if (this._readableState !== null) {
            this._readableState.updateNextTick();
          }
          if (this._writableState !== null) {
            this._writableState.updateNextTick();
          }
        }
      }
    };
    var Readable3 = class _Readable extends Stream {
      constructor(opts) {
        super(opts);
        this._duplexState |= OPENING | WRITE_DONE | READ_READ_AHEAD;
        this._readableState = new ReadableState(this, opts);
        if (opts) {
          if (this._readableState.readAhead === false) this._duplexState &= READ_NO_READ_AHEAD;
          if (opts.read) this._read = opts.read;
          if (opts.eagerOpen) this._readableState.updateNextTick();
          if (opts.encoding) this.setEncoding(opts.encoding);
        }
      }
      static deferred(fn, opts) {
        const out = new PassThrough(opts);
        fn().then((src) => {
          if (src === null) return out.end();
          if (out.destroying) return;
          pipeline2(src, out, noop5);
        }).catch((err) => out.destroy(err));
        return out;
      }
      setEncoding(encoding) {
        const dec = new TextDecoder2(encoding);
        const map = this._readableState.map || echo;
        this._readableState.map = mapOrSkip;
        return this;
        function mapOrSkip(data) {
          const next = dec.push(data);
          return next === "" && (data.byteLength !== 0 || dec.remaining > 0) ? null : map(next);
        }
      }
      _read(cb) {
        cb(null);
      }
      pipe(dest, cb) {
        this._readableState.updateNextTick();
        this._readableState.pipe(dest, cb);
        return dest;
      }
      read() {
        this._readableState.updateNextTick();
        return this._readableState.read();
      }
      push(data) {
        this._readableState.updateNextTickIfOpen();
        return this._readableState.push(data);
      }
      unshift(data) {
        this._readableState.updateNextTickIfOpen();
        return this._readableState.unshift(data);
      }
      resume() {
        this._duplexState |= READ_RESUMED_READ_AHEAD;
        this._readableState.updateNextTick();
        return this;
      }
      pause() {
        this._duplexState &= this._readableState.readAhead === false ? READ_PAUSED_NO_READ_AHEAD : READ_PAUSED;
        return this;
      }
      static _fromAsyncIterator(ite, opts) {
        let destroy;
        const rs = new _Readable({
          ...opts,
          read(cb) {
            ite.next().then(push).then(cb.bind(null, null)).catch(cb);
          },
          predestroy() {
            destroy = ite.return();
          },
          destroy(cb) {
            if (!destroy) return cb(null);
            destroy.then(cb.bind(null, null)).catch(cb);
          }
        });
        return rs;
        function push(data) {
          if (data.done) rs.push(null);
          else rs.push(data.value);
        }
      }
      static from(data, opts) {
        if (isReadStreamx(data)) return data;
        if (data[asyncIterator]) return this._fromAsyncIterator(data[asyncIterator](), opts);
        if (!Array.isArray(data)) data = data === void 0 ? [] : [data];
        let i = 0;
        return new _Readable({
          ...opts,
          read(cb) {
            this.push(i === data.length ? null : data[i++]);
            cb(null);
          }
        });
      }
      static isBackpressured(rs) {
        return (rs._duplexState & READ_BACKPRESSURE_STATUS) !== 0 || rs._readableState.buffered >= rs._readableState.highWaterMark;
      }
      static isPaused(rs) {
        return (rs._duplexState & READ_RESUMED) === 0;
      }
      [asyncIterator]() {
        const stream = this;
        let error2 = null;
        let promiseResolve = null;
        let promiseReject = null;
        this.on("error", (err) => {
          error2 = err;
        });
        this.on("readable", onreadable);
        this.on("close", onclose);
        return {
          [asyncIterator]() {
            return this;
          },
          next() {
            return new Promise(function(resolve3, reject) {
              promiseResolve = resolve3;
              promiseReject = reject;
              const data = stream.read();
              if (data !== null) ondata(data);
              else if ((stream._duplexState & DESTROYED) !== 0) ondata(null);
            });
          },
          return() {
            return destroy(null);
          },
          throw(err) {
            return destroy(err);
          }
        };
        function onreadable() {
          if (promiseResolve !== null) ondata(stream.read());
        }
        function onclose() {
          if (promiseResolve !== null) ondata(null);
        }
        function ondata(data) {
          if (promiseReject === null) return;
          if (error2) {
            promiseReject(error2);
          } else if (data === null && (stream._duplexState & READ_DONE) === 0) {
            promiseReject(StreamError.STREAM_DESTROYED());
          } else {
            promiseResolve({ value: data, done: data === null });
          }
          promiseReject = promiseResolve = null;
        }
        function destroy(err) {
          stream.destroy(err);
          return new Promise((resolve3, reject) => {
            if (stream._duplexState & DESTROYED) return resolve3({ value: void 0, done: true });
            stream.once("close", function() {
              if (err) reject(err);
              else resolve3({ value: void 0, done: true });
            });
          });
        }
      }
    };
    var Writable = class extends Stream {
      constructor(opts) {
        super(opts);
        this._duplexState |= OPENING | READ_DONE;
        this._writableState = new WritableState(this, opts);
        if (opts) {
          if (opts.writev) this._writev = opts.writev;
          if (opts.write) this._write = opts.write;
          if (opts.final) this._final = opts.final;
          if (opts.eagerOpen) this._writableState.updateNextTick();
        }
      }
      cork() {
        this._duplexState |= WRITE_CORKED;
      }
      uncork() {
        this._duplexState &= WRITE_NOT_CORKED;
        this._writableState.updateNextTick();
      }
      _writev(batch, cb) {
        cb(null);
      }
      _write(data, cb) {
        this._writableState.autoBatch(data, cb);
      }
      _final(cb) {
        cb(null);
      }
      static isBackpressured(ws) {
        return (ws._duplexState & WRITE_BACKPRESSURE_STATUS) !== 0;
      }
      static drained(ws) {
        if (ws.destroyed) return Promise.resolve(false);
        const state = ws._writableState;
        const pending = isWritev(ws) ? Math.min(1, state.queue.length) : state.queue.length;
        const writes = pending + (ws._duplexState & WRITE_WRITING ? 1 : 0);
        if (writes === 0) return Promise.resolve(true);
        if (state.drains === null) state.drains = [];
        return new Promise((resolve3) => {
          state.drains.push({ writes, resolve: resolve3 });
        });
      }
      write(data) {
        this._writableState.updateNextTick();
        return this._writableState.push(data);
      }
      end(data) {
        this._writableState.updateNextTick();
        this._writableState.end(data);
        return this;
      }
    };
    var Duplex3 = class extends Readable3 {
      // and Writable
      constructor(opts) {
        super(opts);
        this._duplexState = OPENING | this._duplexState & READ_READ_AHEAD;
        this._writableState = new WritableState(this, opts);
        if (opts) {
          if (opts.writev) this._writev = opts.writev;
          if (opts.write) this._write = opts.write;
          if (opts.final) this._final = opts.final;
        }
      }
      cork() {
        this._duplexState |= WRITE_CORKED;
      }
      uncork() {
        this._duplexState &= WRITE_NOT_CORKED;
        this._writableState.updateNextTick();
      }
      _writev(batch, cb) {
        cb(null);
      }
      _write(data, cb) {
        this._writableState.autoBatch(data, cb);
      }
      _final(cb) {
        cb(null);
      }
      write(data) {
        this._writableState.updateNextTick();
        return this._writableState.push(data);
      }
      end(data) {
        this._writableState.updateNextTick();
        this._writableState.end(data);
        return this;
      }
    };
    var Transform2 = class extends Duplex3 {
      constructor(opts) {
        super(opts);
        this._transformState = new TransformState(this);
        if (opts) {
          if (opts.transform) this._transform = opts.transform;
          if (opts.flush) this._flush = opts.flush;
        }
      }
      _write(data, cb) {
        if (this._readableState.buffered >= this._readableState.highWaterMark) {
          this._transformState.data = data;
        } else {
          this._transform(data, this._transformState.afterTransform);
        }
      }
      _read(cb) {
        if (this._transformState.data !== null) {
          const data = this._transformState.data;
          this._transformState.data = null;
          cb(null);
          this._transform(data, this._transformState.afterTransform);
        } else {
          cb(null);
        }
      }
      destroy(err) {
        super.destroy(err);
        if (this._transformState.data !== null) {
          this._transformState.data = null;
          this._transformState.afterTransform();
        }
      }
      _transform(data, cb) {
        cb(null, data);
      }
      _flush(cb) {
        cb(null);
      }
      _final(cb) {
        this._transformState.afterFinal = cb;
        this._flush(transformAfterFlush.bind(this));
      }
    };
    var PassThrough = class extends Transform2 {
    };
    function transformAfterFlush(err, data) {
      const cb = this._transformState.afterFinal;
      if (err) return cb(err);
      if (data !== null && data !== void 0) this.push(data);
      this.push(null);
      cb(null);
    }
    function pipelinePromise(...streams) {
      return new Promise((resolve3, reject) => {
        return pipeline2(...streams, (err) => {
          if (err) return reject(err);
          resolve3();
        });
      });
    }
    function pipeline2(stream, ...streams) {
      const all = Array.isArray(stream) ? [...stream, ...streams] : [stream, ...streams];
      const done = all.length && typeof all[all.length - 1] === "function" ? all.pop() : null;
      if (all.length < 2) throw StreamError.BAD_ARGUMENT("Pipeline requires at least 2 streams");
      let src = all[0];
      let dest = null;
      let error2 = null;
      for (let i = 1; i < all.length; i++) {
        dest = all[i];
        if (isStreamx(src)) {
          src.pipe(dest, onerror);
        } else {
          errorHandle(src, true, i > 1, onerror);
          src.pipe(dest);
        }
        src = dest;
      }
      if (done) {
        let fin = false;
        const autoDestroy = isStreamx(dest) || !!(dest._writableState && dest._writableState.autoDestroy);
        dest.on("error", (err) => {
          if (error2 === null) error2 = err;
        });
        dest.on("finish", () => {
          fin = true;
          if (!autoDestroy) done(error2);
        });
        if (autoDestroy) {
          dest.on("close", () => done(error2 || (fin ? null : StreamError.PREMATURE_CLOSE())));
        }
      }
      return dest;
      function errorHandle(s, rd, wr, onerror2) {
        s.on("error", onerror2);
        s.on("close", onclose);
        function onclose() {
          if (rd && s._readableState && !s._readableState.ended) {
            return onerror2(StreamError.PREMATURE_CLOSE());
          }
          if (wr && s._writableState && !s._writableState.ended) {
            return onerror2(StreamError.PREMATURE_CLOSE());
          }
        }
      }
      function onerror(err) {
        if (!err || error2) return;
        error2 = err;
        for (const s of all) {
          s.destroy(err);
        }
      }
    }
    function echo(s) {
      return s;
    }
    function isStream(stream) {
      return !!stream._readableState || !!stream._writableState;
    }
    function isStreamx(stream) {
      return typeof stream._duplexState === "number" && isStream(stream);
    }
    function isEnding(stream) {
      return !!stream._readableState && stream._readableState.ending;
    }
    function isEnded(stream) {
      return !!stream._readableState && stream._readableState.ended;
    }
    function isFinishing(stream) {
      return !!stream._writableState && stream._writableState.ending;
    }
    function isFinished(stream) {
      return !!stream._writableState && stream._writableState.ended;
    }
    function getStreamError(stream, opts = {}) {
      const err = stream._readableState && stream._readableState.error || stream._writableState && stream._writableState.error;
      return !opts.all && StreamError.isStreamDestroyed(err) ? null : err;
    }
    function isReadStreamx(stream) {
      return isStreamx(stream) && stream.readable;
    }
    function isDisturbed(stream) {
      return (stream._duplexState & OPENING) !== OPENING || (stream._duplexState & DESTROYING) === DESTROYING || (stream._duplexState & ACTIVE_OR_TICKING) !== 0;
    }
    function isTypedArray(data) {
      return typeof data === "object" && data !== null && typeof data.byteLength === "number";
    }
    function defaultByteLength(data) {
      return isTypedArray(data) ? data.byteLength : 1024;
    }
    function noop5() {
    }
    function abort() {
      this.destroy(StreamError.ABORTED());
    }
    function isWritev(s) {
      return s._writev !== Writable.prototype._writev && s._writev !== Duplex3.prototype._writev;
    }
    module2.exports = {
      pipeline: pipeline2,
      pipelinePromise,
      isStream,
      isStreamx,
      isEnding,
      isEnded,
      isFinishing,
      isFinished,
      isDisturbed,
      getStreamError,
      Stream,
      Writable,
      Readable: Readable3,
      Duplex: Duplex3,
      Transform: Transform2,
      // Export PassThrough for compatibility with Node.js core's stream module
      PassThrough
    };
  }
});

// node_modules/throughput/index.js
var require_throughput = __commonJS({
  "node_modules/throughput/index.js"(exports2, module2) {
    var hrtime = typeof process !== "undefined" && !!process.hrtime;
    var maxTick = 65535;
    var resolution = 10;
    var timeDiff = hrtime ? 1e9 / resolution : 1e3 / resolution;
    var now = hrtime ? () => {
      const [seconds, nanoseconds] = process.hrtime();
      return seconds * 1e9 + nanoseconds;
    } : () => performance.now();
    function getTick(start) {
      return (now() - start) / timeDiff & maxTick;
    }
    module2.exports = function(seconds) {
      const start = now();
      const size = resolution * (seconds || 5);
      const buffer = [0];
      let pointer = 1;
      let last = getTick(start) - 1 & maxTick;
      return function(delta) {
        const tick = getTick(start);
        let dist = tick - last & maxTick;
        if (dist > size) dist = size;
        last = tick;
        while (dist--) {
          if (pointer === size) pointer = 0;
          buffer[pointer] = buffer[pointer === 0 ? size - 1 : pointer - 1];
          pointer++;
        }
        if (delta) buffer[pointer - 1] += delta;
        const top = buffer[pointer - 1];
        const btm = buffer.length < size ? 0 : buffer[pointer === size ? 0 : pointer];
        return buffer.length < resolution ? top : (top - btm) * resolution / buffer.length;
      };
    };
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

// node_modules/block-iterator/index.js
var require_block_iterator = __commonJS({
  "node_modules/block-iterator/index.js"(exports2, module2) {
    function concat2(chunks, size) {
      if (typeof chunks[0] === "string") return chunks.join("");
      if (typeof chunks[0] === "number") return new Uint8Array(chunks);
      const b = new Uint8Array(size);
      let offset = 0;
      for (let i = 0, l = chunks.length; i < l; i++) {
        const chunk = chunks[i];
        b.set(chunk, offset);
        offset += chunk.byteLength || chunk.length;
      }
      return b;
    }
    module2.exports = async function* (iterator, size = 512, opts = {}) {
      if (typeof size === "object") {
        opts = size;
        size = opts.size || 512;
      }
      let { nopad, zeroPadding = true } = opts;
      if (nopad) zeroPadding = false;
      let buffered = [];
      let bufferedBytes = 0;
      for await (const value of iterator) {
        bufferedBytes += value.byteLength || value.length || 1;
        buffered.push(value);
        if (bufferedBytes >= size) {
          const b = concat2(buffered, bufferedBytes);
          let offset = 0;
          while (bufferedBytes >= size) {
            yield b.slice(offset, offset + size);
            bufferedBytes -= size;
            offset += size;
          }
          buffered = [b.slice(offset, b.length)];
        }
      }
      if (bufferedBytes) yield concat2(buffered, zeroPadding ? size : bufferedBytes);
    };
  }
});

// node_modules/piece-length/index.js
var require_piece_length = __commonJS({
  "node_modules/piece-length/index.js"(exports2, module2) {
    module2.exports = length;
    function length(bytes2) {
      return Math.max(16384, 1 << Math.log2(bytes2 < 1024 ? 1 : bytes2 / 1024) + 0.5 | 0);
    }
  }
});

// node_modules/is-file/index.js
var require_is_file = __commonJS({
  "node_modules/is-file/index.js"(exports2, module2) {
    "use strict";
    var fs4 = require("fs");
    module2.exports = function isFile2(path4, cb) {
      if (!cb) return isFileSync(path4);
      fs4.stat(path4, function(err, stats) {
        if (err) return cb(err);
        return cb(null, stats.isFile());
      });
    };
    module2.exports.sync = isFileSync;
    function isFileSync(path4) {
      return fs4.existsSync(path4) && fs4.statSync(path4).isFile();
    }
  }
});

// node_modules/join-async-iterator/index.js
var require_join_async_iterator = __commonJS({
  "node_modules/join-async-iterator/index.js"(exports2, module2) {
    module2.exports = async function* (iterators) {
      for (let iterator of iterators) {
        if (typeof iterator === "function") iterator = iterator();
        yield* iterator;
      }
    };
  }
});

// node_modules/queue-microtask/index.js
var require_queue_microtask = __commonJS({
  "node_modules/queue-microtask/index.js"(exports2, module2) {
    var promise;
    module2.exports = typeof queueMicrotask === "function" ? queueMicrotask.bind(typeof window !== "undefined" ? window : global) : (cb) => (promise || (promise = Promise.resolve())).then(cb).catch((err) => setTimeout(() => {
      throw err;
    }, 0));
  }
});

// node_modules/run-parallel/index.js
var require_run_parallel = __commonJS({
  "node_modules/run-parallel/index.js"(exports2, module2) {
    module2.exports = runParallel;
    var queueMicrotask9 = require_queue_microtask();
    function runParallel(tasks, cb) {
      let results, pending, keys;
      let isSync = true;
      if (Array.isArray(tasks)) {
        results = [];
        pending = tasks.length;
      } else {
        keys = Object.keys(tasks);
        results = {};
        pending = keys.length;
      }
      function done(err) {
        function end() {
          if (cb) cb(err, results);
          cb = null;
        }
        if (isSync) queueMicrotask9(end);
        else end();
      }
      function each(i, err, result) {
        results[i] = result;
        if (--pending === 0 || err) {
          done(err);
        }
      }
      if (!pending) {
        done(null);
      } else if (keys) {
        keys.forEach(function(key) {
          tasks[key](function(err, result) {
            each(key, err, result);
          });
        });
      } else {
        tasks.forEach(function(task, i) {
          task(function(err, result) {
            each(i, err, result);
          });
        });
      }
      isSync = false;
    }
  }
});

// node_modules/wrappy/wrappy.js
var require_wrappy = __commonJS({
  "node_modules/wrappy/wrappy.js"(exports2, module2) {
    module2.exports = wrappy;
    function wrappy(fn, cb) {
      if (fn && cb) return wrappy(fn)(cb);
      if (typeof fn !== "function")
        throw new TypeError("need wrapper function");
      Object.keys(fn).forEach(function(k) {
        wrapper[k] = fn[k];
      });
      return wrapper;
      function wrapper() {
        var args = new Array(arguments.length);
        for (var i = 0; i < args.length; i++) {
          args[i] = arguments[i];
        }
        var ret = fn.apply(this, args);
        var cb2 = args[args.length - 1];
        if (typeof ret === "function" && ret !== cb2) {
          Object.keys(cb2).forEach(function(k) {
            ret[k] = cb2[k];
          });
        }
        return ret;
      }
    }
  }
});

// node_modules/once/once.js
var require_once = __commonJS({
  "node_modules/once/once.js"(exports2, module2) {
    var wrappy = require_wrappy();
    module2.exports = wrappy(once7);
    module2.exports.strict = wrappy(onceStrict);
    once7.proto = once7(function() {
      Object.defineProperty(Function.prototype, "once", {
        value: function() {
          return once7(this);
        },
        configurable: true
      });
      Object.defineProperty(Function.prototype, "onceStrict", {
        value: function() {
          return onceStrict(this);
        },
        configurable: true
      });
    });
    function once7(fn) {
      var f = function() {
        if (f.called) return f.value;
        f.called = true;
        return f.value = fn.apply(this, arguments);
      };
      f.called = false;
      return f;
    }
    function onceStrict(fn) {
      var f = function() {
        if (f.called)
          throw new Error(f.onceError);
        f.called = true;
        return f.value = fn.apply(this, arguments);
      };
      var name = fn.name || "Function wrapped with `once`";
      f.onceError = name + " shouldn't be called more than once";
      f.called = false;
      return f;
    }
  }
});

// empty:bittorrent-dht
var require_bittorrent_dht = __commonJS({
  "empty:bittorrent-dht"(exports2, module2) {
    module2.exports = {};
  }
});

// empty:load-ip-set
var require_load_ip_set = __commonJS({
  "empty:load-ip-set"(exports2, module2) {
    module2.exports = {};
  }
});

// empty:cross-fetch-ponyfill
var require_cross_fetch_ponyfill = __commonJS({
  "empty:cross-fetch-ponyfill"(exports2, module2) {
    module2.exports = {};
  }
});

// node_modules/err-code/index.js
var require_err_code = __commonJS({
  "node_modules/err-code/index.js"(exports2, module2) {
    "use strict";
    function assign(obj, props) {
      for (const key in props) {
        Object.defineProperty(obj, key, {
          value: props[key],
          enumerable: true,
          configurable: true
        });
      }
      return obj;
    }
    function createError(err, code, props) {
      if (!err || typeof err === "string") {
        throw new TypeError("Please pass an Error to err-code");
      }
      if (!props) {
        props = {};
      }
      if (typeof code === "object") {
        props = code;
        code = "";
      }
      if (code) {
        props.code = code;
      }
      try {
        return assign(err, props);
      } catch (_) {
        props.message = err.message;
        props.stack = err.stack;
        const ErrClass = function() {
        };
        ErrClass.prototype = Object.create(Object.getPrototypeOf(err));
        const output = assign(new ErrClass(), props);
        return output;
      }
    }
    module2.exports = createError;
  }
});

// node_modules/speed-limiter/lib/utils.js
var require_utils = __commonJS({
  "node_modules/speed-limiter/lib/utils.js"(exports2, module2) {
    function wait(time2) {
      return new Promise((resolve3) => setTimeout(resolve3, time2));
    }
    module2.exports = {
      wait
    };
  }
});

// node_modules/limiter/lib/tokenBucket.js
var require_tokenBucket = __commonJS({
  "node_modules/limiter/lib/tokenBucket.js"(exports2, module2) {
    var TokenBucket = function(bucketSize, tokensPerInterval, interval, parentBucket) {
      this.bucketSize = bucketSize;
      this.tokensPerInterval = tokensPerInterval;
      if (typeof interval === "string") {
        switch (interval) {
          case "sec":
          case "second":
            this.interval = 1e3;
            break;
          case "min":
          case "minute":
            this.interval = 1e3 * 60;
            break;
          case "hr":
          case "hour":
            this.interval = 1e3 * 60 * 60;
            break;
          case "day":
            this.interval = 1e3 * 60 * 60 * 24;
            break;
          default:
            throw new Error("Invaid interval " + interval);
        }
      } else {
        this.interval = interval;
      }
      this.parentBucket = parentBucket;
      this.content = 0;
      this.lastDrip = +/* @__PURE__ */ new Date();
    };
    TokenBucket.prototype = {
      bucketSize: 1,
      tokensPerInterval: 1,
      interval: 1e3,
      parentBucket: null,
      content: 0,
      lastDrip: 0,
      /**
       * Remove the requested number of tokens and fire the given callback. If the
       * bucket (and any parent buckets) contains enough tokens this will happen
       * immediately. Otherwise, the removal and callback will happen when enough
       * tokens become available.
       * @param {Number} count The number of tokens to remove.
       * @param {Function} callback(err, remainingTokens)
       * @returns {Boolean} True if the callback was fired immediately, otherwise
       *  false.
       */
      removeTokens: function(count, callback) {
        var self = this;
        if (!this.bucketSize) {
          process.nextTick(callback.bind(null, null, count, Number.POSITIVE_INFINITY));
          return true;
        }
        if (count > this.bucketSize) {
          process.nextTick(callback.bind(null, "Requested tokens " + count + " exceeds bucket size " + this.bucketSize, null));
          return false;
        }
        this.drip();
        if (count > this.content)
          return comeBackLater();
        if (this.parentBucket) {
          return this.parentBucket.removeTokens(count, function(err, remainingTokens) {
            if (err) return callback(err, null);
            if (count > self.content)
              return comeBackLater();
            self.content -= count;
            callback(null, Math.min(remainingTokens, self.content));
          });
        } else {
          this.content -= count;
          process.nextTick(callback.bind(null, null, this.content));
          return true;
        }
        function comeBackLater() {
          var waitInterval = Math.ceil(
            (count - self.content) * (self.interval / self.tokensPerInterval)
          );
          setTimeout(function() {
            self.removeTokens(count, callback);
          }, waitInterval);
          return false;
        }
      },
      /**
       * Attempt to remove the requested number of tokens and return immediately.
       * If the bucket (and any parent buckets) contains enough tokens this will
       * return true, otherwise false is returned.
       * @param {Number} count The number of tokens to remove.
       * @param {Boolean} True if the tokens were successfully removed, otherwise
       *  false.
       */
      tryRemoveTokens: function(count) {
        if (!this.bucketSize)
          return true;
        if (count > this.bucketSize)
          return false;
        this.drip();
        if (count > this.content)
          return false;
        if (this.parentBucket && !this.parentBucket.tryRemoveTokens(count))
          return false;
        this.content -= count;
        return true;
      },
      /**
       * Add any new tokens to the bucket since the last drip.
       * @returns {Boolean} True if new tokens were added, otherwise false.
       */
      drip: function() {
        if (!this.tokensPerInterval) {
          this.content = this.bucketSize;
          return;
        }
        var now = +/* @__PURE__ */ new Date();
        var deltaMS = Math.max(now - this.lastDrip, 0);
        this.lastDrip = now;
        var dripAmount = deltaMS * (this.tokensPerInterval / this.interval);
        this.content = Math.min(this.content + dripAmount, this.bucketSize);
      }
    };
    module2.exports = TokenBucket;
  }
});

// node_modules/limiter/lib/clock.js
var require_clock = __commonJS({
  "node_modules/limiter/lib/clock.js"(exports2, module2) {
    var getMilliseconds = function() {
      if (typeof process !== "undefined" && process.hrtime) {
        var hrtime = process.hrtime();
        var seconds = hrtime[0];
        var nanoseconds = hrtime[1];
        return seconds * 1e3 + Math.floor(nanoseconds / 1e6);
      }
      return (/* @__PURE__ */ new Date()).getTime();
    };
    module2.exports = getMilliseconds;
  }
});

// node_modules/limiter/lib/rateLimiter.js
var require_rateLimiter = __commonJS({
  "node_modules/limiter/lib/rateLimiter.js"(exports2, module2) {
    var TokenBucket = require_tokenBucket();
    var getMilliseconds = require_clock();
    var RateLimiter2 = function(tokensPerInterval, interval, fireImmediately) {
      this.tokenBucket = new TokenBucket(
        tokensPerInterval,
        tokensPerInterval,
        interval,
        null
      );
      this.tokenBucket.content = tokensPerInterval;
      this.curIntervalStart = getMilliseconds();
      this.tokensThisInterval = 0;
      this.fireImmediately = fireImmediately;
    };
    RateLimiter2.prototype = {
      tokenBucket: null,
      curIntervalStart: 0,
      tokensThisInterval: 0,
      fireImmediately: false,
      /**
       * Remove the requested number of tokens and fire the given callback. If the
       * rate limiter contains enough tokens and we haven't spent too many tokens
       * in this interval already, this will happen immediately. Otherwise, the
       * removal and callback will happen when enough tokens become available.
       * @param {Number} count The number of tokens to remove.
       * @param {Function} callback(err, remainingTokens)
       * @returns {Boolean} True if the callback was fired immediately, otherwise
       *  false.
       */
      removeTokens: function(count, callback) {
        if (count > this.tokenBucket.bucketSize) {
          process.nextTick(callback.bind(
            null,
            "Requested tokens " + count + " exceeds maximum tokens per interval " + this.tokenBucket.bucketSize,
            null
          ));
          return false;
        }
        var self = this;
        var now = getMilliseconds();
        if (now < this.curIntervalStart || now - this.curIntervalStart >= this.tokenBucket.interval) {
          this.curIntervalStart = now;
          this.tokensThisInterval = 0;
        }
        if (count > this.tokenBucket.tokensPerInterval - this.tokensThisInterval) {
          if (this.fireImmediately) {
            process.nextTick(callback.bind(null, null, -1));
          } else {
            var waitInterval = Math.ceil(
              this.curIntervalStart + this.tokenBucket.interval - now
            );
            setTimeout(function() {
              self.tokenBucket.removeTokens(count, afterTokensRemoved);
            }, waitInterval);
          }
          return false;
        }
        return this.tokenBucket.removeTokens(count, afterTokensRemoved);
        function afterTokensRemoved(err, tokensRemaining) {
          if (err) return callback(err, null);
          self.tokensThisInterval += count;
          callback(null, tokensRemaining);
        }
      },
      /**
       * Attempt to remove the requested number of tokens and return immediately.
       * If the bucket (and any parent buckets) contains enough tokens and we
       * haven't spent too many tokens in this interval already, this will return
       * true. Otherwise, false is returned.
       * @param {Number} count The number of tokens to remove.
       * @param {Boolean} True if the tokens were successfully removed, otherwise
       *  false.
       */
      tryRemoveTokens: function(count) {
        if (count > this.tokenBucket.bucketSize)
          return false;
        var now = getMilliseconds();
        if (now < this.curIntervalStart || now - this.curIntervalStart >= this.tokenBucket.interval) {
          this.curIntervalStart = now;
          this.tokensThisInterval = 0;
        }
        if (count > this.tokenBucket.tokensPerInterval - this.tokensThisInterval)
          return false;
        var removed = this.tokenBucket.tryRemoveTokens(count);
        if (removed) {
          this.tokensThisInterval += count;
        }
        return removed;
      },
      /**
       * Returns the number of tokens remaining in the TokenBucket.
       * @returns {Number} The number of tokens remaining.
       */
      getTokensRemaining: function() {
        this.tokenBucket.drip();
        return this.tokenBucket.content;
      }
    };
    module2.exports = RateLimiter2;
  }
});

// node_modules/limiter/index.js
var require_limiter = __commonJS({
  "node_modules/limiter/index.js"(exports2) {
    exports2.RateLimiter = require_rateLimiter();
    exports2.TokenBucket = require_tokenBucket();
  }
});

// node_modules/speed-limiter/lib/throttle-group.js
var require_throttle_group = __commonJS({
  "node_modules/speed-limiter/lib/throttle-group.js"(exports2, module2) {
    var { TokenBucket } = require_limiter();
    var Throttle = require_throttle();
    var ThrottleGroup2 = class {
      constructor(opts = {}) {
        if (typeof opts !== "object") throw new Error("Options must be an object");
        this.throttles = [];
        this.setEnabled(opts.enabled);
        this.setRate(opts.rate, opts.chunksize);
      }
      getEnabled() {
        return this._enabled;
      }
      getRate() {
        return this.bucket.tokensPerInterval;
      }
      getChunksize() {
        return this.chunksize;
      }
      setEnabled(val = true) {
        if (typeof val !== "boolean") throw new Error("Enabled must be a boolean");
        this._enabled = val;
        for (const throttle of this.throttles) {
          throttle.setEnabled(val);
        }
      }
      setRate(rate, chunksize = null) {
        if (!Number.isInteger(rate) || rate < 0) throw new Error("Rate must be an integer bigger than zero");
        rate = parseInt(rate);
        if (chunksize && (typeof chunksize !== "number" || chunksize <= 0)) throw new Error("Chunksize must be bigger than zero");
        chunksize = chunksize || Math.max(parseInt(rate / 10), 1);
        chunksize = parseInt(chunksize);
        if (rate > 0 && chunksize > rate) throw new Error("Chunk size must be smaller than rate");
        if (!this.bucket) this.bucket = new TokenBucket(rate, rate, "second", null);
        this.bucket.bucketSize = rate;
        this.bucket.tokensPerInterval = rate;
        this.chunksize = chunksize;
      }
      setChunksize(chunksize) {
        if (!Number.isInteger(chunksize) || chunksize <= 0) throw new Error("Chunk size must be an integer bigger than zero");
        const rate = this.getRate();
        chunksize = parseInt(chunksize);
        if (rate > 0 && chunksize > rate) throw new Error("Chunk size must be smaller than rate");
        this.chunksize = chunksize;
      }
      throttle(opts = {}) {
        if (typeof opts !== "object") throw new Error("Options must be an object");
        const newThrottle = new Throttle({
          ...opts,
          group: this
        });
        return newThrottle;
      }
      destroy() {
        for (const throttle of this.throttles) {
          throttle.destroy();
        }
        this.throttles = [];
      }
      _addThrottle(throttle) {
        if (!(throttle instanceof Throttle)) throw new Error("Throttle must be an instance of Throttle");
        this.throttles.push(throttle);
      }
      _removeThrottle(throttle) {
        const index = this.throttles.indexOf(throttle);
        if (index > -1) this.throttles.splice(index, 1);
      }
    };
    module2.exports = ThrottleGroup2;
  }
});

// node_modules/speed-limiter/lib/throttle.js
var require_throttle = __commonJS({
  "node_modules/speed-limiter/lib/throttle.js"(exports2, module2) {
    var { EventEmitter: EventEmitter10 } = require("events");
    var { Transform: Transform2 } = require_streamx();
    var { wait } = require_utils();
    var Throttle = class extends Transform2 {
      constructor(opts = {}) {
        super();
        if (typeof opts !== "object") throw new Error("Options must be an object");
        const params = Object.assign({}, opts);
        if (params.group && !(params.group instanceof ThrottleGroup2)) throw new Error("Group must be an instanece of ThrottleGroup");
        else if (!params.group) params.group = new ThrottleGroup2(params);
        this._setEnabled(params.enabled || params.group.enabled);
        this._group = params.group;
        this._emitter = new EventEmitter10();
        this._destroyed = false;
        this._group._addThrottle(this);
      }
      getEnabled() {
        return this._enabled;
      }
      getGroup() {
        return this._group;
      }
      _setEnabled(val = true) {
        if (typeof val !== "boolean") throw new Error("Enabled must be a boolean");
        this._enabled = val;
      }
      setEnabled(val) {
        this._setEnabled(val);
        if (this._enabled) this._emitter.emit("enabled");
        else this._emitter.emit("disabled");
      }
      _transform(chunk, done) {
        this._processChunk(chunk, done);
      }
      /* async _waitForPositiveRate () {
        // Stop pushing chunks if rate is zero
        while (this._group.getRate() === 0 && !this._destroyed && this._areBothEnabled()) {
          await wait(1 * 1000) // wait 1 second
        }
      } */
      async _waitForTokens(amount) {
        return new Promise((resolve3, reject) => {
          let done = false;
          const self = this;
          function isDone(err) {
            self._emitter.removeListener("disabled", isDone);
            self._emitter.removeListener("destroyed", isDone);
            if (done) return;
            done = true;
            if (err) return reject(err);
            resolve3();
          }
          this._emitter.once("disabled", isDone);
          this._emitter.once("destroyed", isDone);
          this._group.bucket.removeTokens(amount, isDone);
        });
      }
      _areBothEnabled() {
        return this._enabled && this._group.getEnabled();
      }
      /* async _throttleChunk (size) {
          // Stop pushing chunks if rate is zero
          await this._waitForPositiveRate()
          if (this._destroyed) return
          if (!this._areBothEnabled()) return
      
          // Get tokens from bucket
          await this._waitForTokens(size)
        } */
      async _processChunk(chunk, done) {
        if (!this._areBothEnabled()) return done(null, chunk);
        let pos = 0;
        let chunksize = this._group.getChunksize();
        let slice = chunk.slice(pos, pos + chunksize);
        while (slice.length > 0) {
          if (this._areBothEnabled()) {
            try {
              while (this._group.getRate() === 0 && !this._destroyed && this._areBothEnabled()) {
                await wait(1e3);
                if (this._destroyed) return;
              }
              if (this._areBothEnabled() && !this._group.bucket.tryRemoveTokens(slice.length)) {
                await this._waitForTokens(slice.length);
                if (this._destroyed) return;
              }
            } catch (err) {
              return done(err);
            }
          }
          this.push(slice);
          pos += chunksize;
          chunksize = this._areBothEnabled() ? this._group.getChunksize() : chunk.length - pos;
          slice = chunk.slice(pos, pos + chunksize);
        }
        return done();
      }
      destroy(...args) {
        this._group._removeThrottle(this);
        this._destroyed = true;
        this._emitter.emit("destroyed");
        super.destroy(...args);
      }
    };
    module2.exports = Throttle;
    var ThrottleGroup2 = require_throttle_group();
  }
});

// node_modules/speed-limiter/index.js
var require_speed_limiter = __commonJS({
  "node_modules/speed-limiter/index.js"(exports2, module2) {
    var Throttle = require_throttle();
    var ThrottleGroup2 = require_throttle_group();
    module2.exports = {
      Throttle,
      ThrottleGroup: ThrottleGroup2
    };
  }
});

// empty:@silentbot1/nat-api
var require_nat_api = __commonJS({
  "empty:@silentbot1/nat-api"(exports2, module2) {
    module2.exports = {};
  }
});

// node_modules/webtorrent/node_modules/streamx/lib/errors.js
var require_errors2 = __commonJS({
  "node_modules/webtorrent/node_modules/streamx/lib/errors.js"(exports2, module2) {
    module2.exports = class StreamError extends Error {
      constructor(msg, code, fn = StreamError) {
        super(msg);
        this.code = code;
        if (Error.captureStackTrace) {
          Error.captureStackTrace(this, fn);
        }
      }
      static isStreamDestroyed(err) {
        return err && err.code === "STREAM_DESTROYED";
      }
      static isPrematureClose(err) {
        return err && err.code === "PREMATURE_CLOSE";
      }
      static isAborted(err) {
        return err && err.code === "ABORTED";
      }
      static isBadArgument(err) {
        return err && err.code === "BAD_ARGUMENT";
      }
      get name() {
        return "StreamError";
      }
      static STREAM_DESTROYED() {
        return new StreamError("Stream was destroyed", "STREAM_DESTROYED", StreamError.STREAM_DESTROYED);
      }
      static PREMATURE_CLOSE(msg = "Premature close") {
        return new StreamError(msg, "PREMATURE_CLOSE", StreamError.PREMATURE_CLOSE);
      }
      static ABORTED() {
        return new StreamError("Stream aborted", "ABORTED", StreamError.ABORTED);
      }
      static BAD_ARGUMENT(msg = "Bad argument") {
        return new StreamError(msg, "BAD_ARGUMENT", StreamError.BAD_ARGUMENT);
      }
    };
  }
});

// node_modules/webtorrent/node_modules/streamx/index.js
var require_streamx2 = __commonJS({
  "node_modules/webtorrent/node_modules/streamx/index.js"(exports2, module2) {
    var { EventEmitter: EventEmitter10 } = require_default();
    var FIFO = require_fast_fifo();
    var TextDecoder2 = require_text_decoder();
    var StreamError = require_errors2();
    var qmt = typeof queueMicrotask === "undefined" ? (fn) => global.process.nextTick(fn) : queueMicrotask;
    var MAX = (1 << 29) - 1;
    var OPENING = 1;
    var PREDESTROYING = 2;
    var DESTROYING = 4;
    var DESTROYED = 8;
    var NOT_OPENING = MAX ^ OPENING;
    var NOT_PREDESTROYING = MAX ^ PREDESTROYING;
    var READ_ACTIVE = 1 << 4;
    var READ_UPDATING = 2 << 4;
    var READ_PRIMARY = 4 << 4;
    var READ_QUEUED = 8 << 4;
    var READ_RESUMED = 16 << 4;
    var READ_PIPE_DRAINED = 32 << 4;
    var READ_ENDING = 64 << 4;
    var READ_EMIT_DATA = 128 << 4;
    var READ_EMIT_READABLE = 256 << 4;
    var READ_EMITTED_READABLE = 512 << 4;
    var READ_DONE = 1024 << 4;
    var READ_NEXT_TICK = 2048 << 4;
    var READ_NEEDS_PUSH = 4096 << 4;
    var READ_READ_AHEAD = 8192 << 4;
    var READ_FLOWING = READ_RESUMED | READ_PIPE_DRAINED;
    var READ_ACTIVE_AND_NEEDS_PUSH = READ_ACTIVE | READ_NEEDS_PUSH;
    var READ_PRIMARY_AND_ACTIVE = READ_PRIMARY | READ_ACTIVE;
    var READ_EMIT_READABLE_AND_QUEUED = READ_EMIT_READABLE | READ_QUEUED;
    var READ_RESUMED_READ_AHEAD = READ_RESUMED | READ_READ_AHEAD;
    var READ_NOT_ACTIVE = MAX ^ READ_ACTIVE;
    var READ_NON_PRIMARY = MAX ^ READ_PRIMARY;
    var READ_NON_PRIMARY_AND_PUSHED = MAX ^ (READ_PRIMARY | READ_NEEDS_PUSH);
    var READ_PUSHED = MAX ^ READ_NEEDS_PUSH;
    var READ_PAUSED = MAX ^ READ_RESUMED;
    var READ_NOT_QUEUED = MAX ^ (READ_QUEUED | READ_EMITTED_READABLE);
    var READ_NOT_ENDING = MAX ^ READ_ENDING;
    var READ_PIPE_NOT_DRAINED = MAX ^ READ_FLOWING;
    var READ_NOT_NEXT_TICK = MAX ^ READ_NEXT_TICK;
    var READ_NOT_UPDATING = MAX ^ READ_UPDATING;
    var READ_NO_READ_AHEAD = MAX ^ READ_READ_AHEAD;
    var READ_PAUSED_NO_READ_AHEAD = MAX ^ READ_RESUMED_READ_AHEAD;
    var WRITE_ACTIVE = 1 << 18;
    var WRITE_UPDATING = 2 << 18;
    var WRITE_PRIMARY = 4 << 18;
    var WRITE_QUEUED = 8 << 18;
    var WRITE_UNDRAINED = 16 << 18;
    var WRITE_DONE = 32 << 18;
    var WRITE_EMIT_DRAIN = 64 << 18;
    var WRITE_NEXT_TICK = 128 << 18;
    var WRITE_WRITING = 256 << 18;
    var WRITE_FINISHING = 512 << 18;
    var WRITE_CORKED = 1024 << 18;
    var WRITE_NOT_ACTIVE = MAX ^ (WRITE_ACTIVE | WRITE_WRITING);
    var WRITE_NON_PRIMARY = MAX ^ WRITE_PRIMARY;
    var WRITE_NOT_FINISHING = MAX ^ (WRITE_ACTIVE | WRITE_FINISHING);
    var WRITE_DRAINED = MAX ^ WRITE_UNDRAINED;
    var WRITE_NOT_QUEUED = MAX ^ WRITE_QUEUED;
    var WRITE_NOT_NEXT_TICK = MAX ^ WRITE_NEXT_TICK;
    var WRITE_NOT_UPDATING = MAX ^ WRITE_UPDATING;
    var WRITE_NOT_CORKED = MAX ^ WRITE_CORKED;
    var ACTIVE = READ_ACTIVE | WRITE_ACTIVE;
    var NOT_ACTIVE = MAX ^ ACTIVE;
    var DONE = READ_DONE | WRITE_DONE;
    var DESTROY_STATUS = DESTROYING | DESTROYED | PREDESTROYING;
    var OPEN_STATUS = DESTROY_STATUS | OPENING;
    var AUTO_DESTROY = DESTROY_STATUS | DONE;
    var NON_PRIMARY = WRITE_NON_PRIMARY & READ_NON_PRIMARY;
    var ACTIVE_OR_TICKING = WRITE_NEXT_TICK | READ_NEXT_TICK;
    var TICKING = ACTIVE_OR_TICKING & NOT_ACTIVE;
    var IS_OPENING = OPEN_STATUS | TICKING;
    var READ_PRIMARY_STATUS = OPEN_STATUS | READ_ENDING | READ_DONE;
    var READ_STATUS = OPEN_STATUS | READ_DONE | READ_QUEUED;
    var READ_ENDING_STATUS = OPEN_STATUS | READ_ENDING | READ_QUEUED;
    var READ_READABLE_STATUS = OPEN_STATUS | READ_EMIT_READABLE | READ_QUEUED | READ_EMITTED_READABLE;
    var SHOULD_NOT_READ = OPEN_STATUS | READ_ACTIVE | READ_ENDING | READ_DONE | READ_NEEDS_PUSH | READ_READ_AHEAD;
    var READ_BACKPRESSURE_STATUS = DESTROY_STATUS | READ_ENDING | READ_DONE;
    var READ_UPDATE_SYNC_STATUS = READ_UPDATING | OPEN_STATUS | READ_NEXT_TICK | READ_PRIMARY;
    var READ_NEXT_TICK_OR_OPENING = READ_NEXT_TICK | OPENING;
    var WRITE_PRIMARY_STATUS = OPEN_STATUS | WRITE_FINISHING | WRITE_DONE;
    var WRITE_QUEUED_AND_UNDRAINED = WRITE_QUEUED | WRITE_UNDRAINED;
    var WRITE_QUEUED_AND_ACTIVE = WRITE_QUEUED | WRITE_ACTIVE;
    var WRITE_DRAIN_STATUS = WRITE_QUEUED | WRITE_UNDRAINED | OPEN_STATUS | WRITE_ACTIVE;
    var WRITE_STATUS = OPEN_STATUS | WRITE_ACTIVE | WRITE_QUEUED | WRITE_CORKED;
    var WRITE_PRIMARY_AND_ACTIVE = WRITE_PRIMARY | WRITE_ACTIVE;
    var WRITE_ACTIVE_AND_WRITING = WRITE_ACTIVE | WRITE_WRITING;
    var WRITE_FINISHING_STATUS = OPEN_STATUS | WRITE_FINISHING | WRITE_QUEUED_AND_ACTIVE | WRITE_DONE;
    var WRITE_BACKPRESSURE_STATUS = WRITE_UNDRAINED | DESTROY_STATUS | WRITE_FINISHING | WRITE_DONE;
    var WRITE_UPDATE_SYNC_STATUS = WRITE_UPDATING | OPEN_STATUS | WRITE_NEXT_TICK | WRITE_PRIMARY;
    var WRITE_DROP_DATA = WRITE_FINISHING | WRITE_DONE | DESTROY_STATUS;
    var asyncIterator = Symbol.asyncIterator || /* @__PURE__ */ Symbol("asyncIterator");
    var WritableState = class {
      constructor(stream, { highWaterMark = 16384, map = null, mapWritable, byteLength, byteLengthWritable } = {}) {
        this.stream = stream;
        this.queue = new FIFO();
        this.highWaterMark = highWaterMark;
        this.buffered = 0;
        this.error = null;
        this.pipeline = null;
        this.drains = null;
        this.byteLength = byteLengthWritable || byteLength || defaultByteLength;
        this.map = mapWritable || map;
        this.afterWrite = afterWrite.bind(this);
        this.afterUpdateNextTick = updateWriteNT.bind(this);
      }
      get ending() {
        return (this.stream._duplexState & WRITE_FINISHING) !== 0;
      }
      get ended() {
        return (this.stream._duplexState & WRITE_DONE) !== 0;
      }
      push(data) {
        if ((this.stream._duplexState & WRITE_DROP_DATA) !== 0) return false;
        if (this.map !== null) data = this.map(data);
        this.buffered += this.byteLength(data);
        this.queue.push(data);
        if (this.buffered < this.highWaterMark) {
          this.stream._duplexState |= WRITE_QUEUED;
          return true;
        }
        this.stream._duplexState |= WRITE_QUEUED_AND_UNDRAINED;
        return false;
      }
      shift() {
        const data = this.queue.shift();
        this.buffered -= this.byteLength(data);
        if (this.buffered === 0) this.stream._duplexState &= WRITE_NOT_QUEUED;
        return data;
      }
      end(data) {
        if (typeof data === "function") {
          this.stream.once("finish", data);
        } else if (data !== void 0 && data !== null) {
          this.push(data);
        }
        this.stream._duplexState = (this.stream._duplexState | WRITE_FINISHING) & WRITE_NON_PRIMARY;
      }
      autoBatch(data, cb) {
        const buffer = [];
        const stream = this.stream;
        buffer.push(data);
        while ((stream._duplexState & WRITE_STATUS) === WRITE_QUEUED_AND_ACTIVE) {
          buffer.push(stream._writableState.shift());
        }
        if ((stream._duplexState & OPEN_STATUS) !== 0) return cb(null);
        stream._writev(buffer, cb);
      }
      update() {
        const stream = this.stream;
        stream._duplexState |= WRITE_UPDATING;
        do {
          while ((stream._duplexState & WRITE_STATUS) === WRITE_QUEUED) {
            const data = this.shift();
            stream._duplexState |= WRITE_ACTIVE_AND_WRITING;
            stream._write(data, this.afterWrite);
          }
          if ((stream._duplexState & WRITE_PRIMARY_AND_ACTIVE) === 0) this.updateNonPrimary();
        } while (this.continueUpdate() === true);
        stream._duplexState &= WRITE_NOT_UPDATING;
      }
      updateNonPrimary() {
        const stream = this.stream;
        if ((stream._duplexState & WRITE_FINISHING_STATUS) === WRITE_FINISHING) {
          stream._duplexState = stream._duplexState | WRITE_ACTIVE;
          stream._final(afterFinal.bind(this));
          return;
        }
        if ((stream._duplexState & DESTROY_STATUS) === DESTROYING) {
          if ((stream._duplexState & ACTIVE_OR_TICKING) === 0) {
            stream._duplexState |= ACTIVE;
            stream._destroy(afterDestroy.bind(this));
          }
          return;
        }
        if ((stream._duplexState & IS_OPENING) === OPENING) {
          stream._duplexState = (stream._duplexState | ACTIVE) & NOT_OPENING;
          stream._open(afterOpen.bind(this));
        }
      }
      continueUpdate() {
        if ((this.stream._duplexState & WRITE_NEXT_TICK) === 0) return false;
        this.stream._duplexState &= WRITE_NOT_NEXT_TICK;
        return true;
      }
      updateCallback() {
        if ((this.stream._duplexState & WRITE_UPDATE_SYNC_STATUS) === WRITE_PRIMARY) {
          this.update();
        } else {
          this.updateNextTick();
        }
      }
      updateNextTick() {
        if ((this.stream._duplexState & WRITE_NEXT_TICK) !== 0) return;
        this.stream._duplexState |= WRITE_NEXT_TICK;
        if ((this.stream._duplexState & WRITE_UPDATING) === 0) qmt(this.afterUpdateNextTick);
      }
    };
    var ReadableState = class {
      constructor(stream, { highWaterMark = 16384, map = null, mapReadable, byteLength, byteLengthReadable } = {}) {
        this.stream = stream;
        this.queue = new FIFO();
        this.highWaterMark = highWaterMark === 0 ? 1 : highWaterMark;
        this.buffered = 0;
        this.readAhead = highWaterMark > 0;
        this.error = null;
        this.pipeline = null;
        this.byteLength = byteLengthReadable || byteLength || defaultByteLength;
        this.map = mapReadable || map;
        this.pipeTo = null;
        this.afterRead = afterRead.bind(this);
        this.afterUpdateNextTick = updateReadNT.bind(this);
      }
      get ending() {
        return (this.stream._duplexState & READ_ENDING) !== 0;
      }
      get ended() {
        return (this.stream._duplexState & READ_DONE) !== 0;
      }
      pipe(pipeTo, cb) {
        if (this.pipeTo !== null) throw StreamError.BAD_ARGUMENT("Can only pipe to one destination");
        if (typeof cb !== "function") cb = null;
        this.stream._duplexState |= READ_PIPE_DRAINED;
        this.pipeTo = pipeTo;
        this.pipeline = new Pipeline(this.stream, pipeTo, cb);
        if (cb) this.stream.on("error", noop5);
        if (isStreamx(pipeTo)) {
          pipeTo._writableState.pipeline = this.pipeline;
          if (cb) pipeTo.on("error", noop5);
          pipeTo.on("finish", this.pipeline.finished.bind(this.pipeline));
        } else {
          const onerror = this.pipeline.done.bind(this.pipeline, pipeTo);
          const onclose = this.pipeline.done.bind(this.pipeline, pipeTo, null);
          pipeTo.on("error", onerror);
          pipeTo.on("close", onclose);
          pipeTo.on("finish", this.pipeline.finished.bind(this.pipeline));
        }
        pipeTo.on("drain", afterDrain.bind(this));
        this.stream.emit("piping", pipeTo);
        pipeTo.emit("pipe", this.stream);
      }
      push(data) {
        const stream = this.stream;
        if (data === null) {
          this.highWaterMark = 0;
          stream._duplexState = (stream._duplexState | READ_ENDING) & READ_NON_PRIMARY_AND_PUSHED;
          return false;
        }
        if (this.map !== null) {
          data = this.map(data);
          if (data === null) {
            stream._duplexState &= READ_PUSHED;
            return this.buffered < this.highWaterMark;
          }
        }
        this.buffered += this.byteLength(data);
        this.queue.push(data);
        stream._duplexState = (stream._duplexState | READ_QUEUED) & READ_PUSHED;
        return this.buffered < this.highWaterMark;
      }
      shift() {
        const data = this.queue.shift();
        this.buffered -= this.byteLength(data);
        if (this.buffered === 0) {
          this.stream._duplexState &= READ_NOT_QUEUED;
        }
        return data;
      }
      unshift(data) {
        const pending = [this.map !== null ? this.map(data) : data];
        while (this.buffered > 0) pending.push(this.shift());
        for (let i = 0; i < pending.length - 1; i++) {
          const data2 = pending[i];
          this.buffered += this.byteLength(data2);
          this.queue.push(data2);
        }
        this.push(pending[pending.length - 1]);
      }
      read() {
        const stream = this.stream;
        if ((stream._duplexState & READ_STATUS) === READ_QUEUED) {
          const data = this.shift();
          if (this.pipeTo !== null && this.pipeTo.write(data) === false) {
            stream._duplexState &= READ_PIPE_NOT_DRAINED;
          }
          if ((stream._duplexState & READ_EMIT_DATA) !== 0) {
            stream.emit("data", data);
          }
          return data;
        }
        if (this.readAhead === false) {
          stream._duplexState |= READ_READ_AHEAD;
          this.updateNextTick();
        }
        return null;
      }
      drain() {
        const stream = this.stream;
        while ((stream._duplexState & READ_STATUS) === READ_QUEUED && (stream._duplexState & READ_FLOWING) !== 0) {
          const data = this.shift();
          if (this.pipeTo !== null && this.pipeTo.write(data) === false) {
            stream._duplexState &= READ_PIPE_NOT_DRAINED;
          }
          if ((stream._duplexState & READ_EMIT_DATA) !== 0) {
            stream.emit("data", data);
          }
        }
      }
      update() {
        const stream = this.stream;
        stream._duplexState |= READ_UPDATING;
        do {
          this.drain();
          while (this.buffered < this.highWaterMark && (stream._duplexState & SHOULD_NOT_READ) === READ_READ_AHEAD) {
            stream._duplexState |= READ_ACTIVE_AND_NEEDS_PUSH;
            stream._read(this.afterRead);
            this.drain();
          }
          if ((stream._duplexState & READ_READABLE_STATUS) === READ_EMIT_READABLE_AND_QUEUED) {
            stream._duplexState |= READ_EMITTED_READABLE;
            stream.emit("readable");
          }
          if ((stream._duplexState & READ_PRIMARY_AND_ACTIVE) === 0) {
            this.updateNonPrimary();
          }
        } while (this.continueUpdate() === true);
        stream._duplexState &= READ_NOT_UPDATING;
      }
      updateNonPrimary() {
        const stream = this.stream;
        if ((stream._duplexState & READ_ENDING_STATUS) === READ_ENDING) {
          stream._duplexState = (stream._duplexState | READ_DONE) & READ_NOT_ENDING;
          stream.emit("end");
          if ((stream._duplexState & AUTO_DESTROY) === DONE) {
            stream._duplexState |= DESTROYING;
          }
          if (this.pipeTo !== null) {
            this.pipeTo.end();
          }
        }
        if ((stream._duplexState & DESTROY_STATUS) === DESTROYING) {
          if ((stream._duplexState & ACTIVE_OR_TICKING) === 0) {
            stream._duplexState |= ACTIVE;
            stream._destroy(afterDestroy.bind(this));
          }
          return;
        }
        if ((stream._duplexState & IS_OPENING) === OPENING) {
          stream._duplexState = (stream._duplexState | ACTIVE) & NOT_OPENING;
          stream._open(afterOpen.bind(this));
        }
      }
      continueUpdate() {
        if ((this.stream._duplexState & READ_NEXT_TICK) === 0) return false;
        this.stream._duplexState &= READ_NOT_NEXT_TICK;
        return true;
      }
      updateCallback() {
        if ((this.stream._duplexState & READ_UPDATE_SYNC_STATUS) === READ_PRIMARY) {
          this.update();
        } else {
          this.updateNextTick();
        }
      }
      updateNextTickIfOpen() {
        if ((this.stream._duplexState & READ_NEXT_TICK_OR_OPENING) !== 0) return;
        this.stream._duplexState |= READ_NEXT_TICK;
        if ((this.stream._duplexState & READ_UPDATING) === 0) qmt(this.afterUpdateNextTick);
      }
      updateNextTick() {
        if ((this.stream._duplexState & READ_NEXT_TICK) !== 0) return;
        this.stream._duplexState |= READ_NEXT_TICK;
        if ((this.stream._duplexState & READ_UPDATING) === 0) qmt(this.afterUpdateNextTick);
      }
    };
    var TransformState = class {
      constructor(stream) {
        this.data = null;
        this.afterTransform = afterTransform.bind(stream);
        this.afterFinal = null;
      }
    };
    var Pipeline = class {
      constructor(src, dst, cb) {
        this.from = src;
        this.to = dst;
        this.afterPipe = cb;
        this.error = null;
        this.pipeToFinished = false;
      }
      finished() {
        this.pipeToFinished = true;
      }
      done(stream, err) {
        if (err) this.error = err;
        if (stream === this.to) {
          this.to = null;
          if (this.from !== null) {
            if ((this.from._duplexState & READ_DONE) === 0 || !this.pipeToFinished) {
              this.from.destroy(this.error || StreamError.PREMATURE_CLOSE("Writable stream closed"));
            }
            return;
          }
        }
        if (stream === this.from) {
          this.from = null;
          if (this.to !== null) {
            if ((stream._duplexState & READ_DONE) === 0) {
              this.to.destroy(this.error || StreamError.PREMATURE_CLOSE("Readable stream closed"));
            }
            return;
          }
        }
        if (this.afterPipe !== null) this.afterPipe(this.error);
        this.to = this.from = this.afterPipe = null;
      }
    };
    function afterDrain() {
      this.stream._duplexState |= READ_PIPE_DRAINED;
      this.updateCallback();
    }
    function afterFinal(err) {
      const stream = this.stream;
      if (err) stream.destroy(err);
      if ((stream._duplexState & DESTROY_STATUS) === 0) {
        stream._duplexState |= WRITE_DONE;
        stream.emit("finish");
      }
      if ((stream._duplexState & AUTO_DESTROY) === DONE) {
        stream._duplexState |= DESTROYING;
      }
      stream._duplexState &= WRITE_NOT_FINISHING;
      if ((stream._duplexState & WRITE_UPDATING) === 0) {
        this.update();
      } else {
        this.updateNextTick();
      }
    }
    function afterDestroy(err) {
      const stream = this.stream;
      if (!err && !StreamError.isStreamDestroyed(this.error)) err = this.error;
      if (err) stream.emit("error", err);
      stream._duplexState |= DESTROYED;
      stream.emit("close");
      const rs = stream._readableState;
      const ws = stream._writableState;
      if (rs !== null && rs.pipeline !== null) {
        rs.pipeline.done(stream, err);
      }
      if (ws !== null) {
        while (ws.drains !== null && ws.drains.length > 0) {
          ws.drains.shift().resolve(false);
        }
        if (ws.pipeline !== null) {
          ws.pipeline.done(stream, err);
        }
      }
    }
    function afterWrite(err) {
      const stream = this.stream;
      if (err) stream.destroy(err);
      stream._duplexState &= WRITE_NOT_ACTIVE;
      if (this.drains !== null) tickDrains(this.drains);
      if ((stream._duplexState & WRITE_DRAIN_STATUS) === WRITE_UNDRAINED) {
        stream._duplexState &= WRITE_DRAINED;
        if ((stream._duplexState & WRITE_EMIT_DRAIN) === WRITE_EMIT_DRAIN) {
          stream.emit("drain");
        }
      }
      this.updateCallback();
    }
    function afterRead(err) {
      if (err) this.stream.destroy(err);
      this.stream._duplexState &= READ_NOT_ACTIVE;
      if (this.readAhead === false && (this.stream._duplexState & READ_RESUMED) === 0) {
        this.stream._duplexState &= READ_NO_READ_AHEAD;
      }
      this.updateCallback();
    }
    function updateReadNT() {
      if ((this.stream._duplexState & READ_UPDATING) === 0) {
        this.stream._duplexState &= READ_NOT_NEXT_TICK;
        this.update();
      }
    }
    function updateWriteNT() {
      if ((this.stream._duplexState & WRITE_UPDATING) === 0) {
        this.stream._duplexState &= WRITE_NOT_NEXT_TICK;
        this.update();
      }
    }
    function tickDrains(drains) {
      for (let i = 0; i < drains.length; i++) {
        if (--drains[i].writes === 0) {
          drains.shift().resolve(true);
          i--;
        }
      }
    }
    function afterOpen(err) {
      const stream = this.stream;
      if (err) stream.destroy(err);
      if ((stream._duplexState & DESTROYING) === 0) {
        if ((stream._duplexState & READ_PRIMARY_STATUS) === 0) {
          stream._duplexState |= READ_PRIMARY;
        }
        if ((stream._duplexState & WRITE_PRIMARY_STATUS) === 0) {
          stream._duplexState |= WRITE_PRIMARY;
        }
        stream.emit("open");
      }
      stream._duplexState &= NOT_ACTIVE;
      if (stream._writableState !== null) {
        stream._writableState.updateCallback();
      }
      if (stream._readableState !== null) {
        stream._readableState.updateCallback();
      }
    }
    function afterTransform(err, data) {
      if (data !== void 0 && data !== null) this.push(data);
      this._writableState.afterWrite(err);
    }
    function newListener(name) {
      if (this._readableState !== null) {
        if (name === "data") {
          this._duplexState |= READ_EMIT_DATA | READ_RESUMED_READ_AHEAD;
          this._readableState.updateNextTick();
        }
        if (name === "readable") {
          this._duplexState |= READ_EMIT_READABLE;
          this._readableState.updateNextTick();
        }
      }
      if (this._writableState !== null) {
        if (name === "drain") {
          this._duplexState |= WRITE_EMIT_DRAIN;
          this._writableState.updateNextTick();
        }
      }
    }
    var Stream = class extends EventEmitter10 {
      constructor(opts) {
        super();
        this._duplexState = 0;
        this._readableState = null;
        this._writableState = null;
        if (opts) {
          if (opts.open) this._open = opts.open;
          if (opts.destroy) this._destroy = opts.destroy;
          if (opts.predestroy) this._predestroy = opts.predestroy;
          if (opts.signal) opts.signal.addEventListener("abort", abort.bind(this));
        }
        this.on("newListener", newListener);
      }
      _open(cb) {
        cb(null);
      }
      _destroy(cb) {
        cb(null);
      }
      _predestroy() {
      }
      get readable() {
        return this._readableState !== null ? true : void 0;
      }
      get writable() {
        return this._writableState !== null ? true : void 0;
      }
      get destroyed() {
        return (this._duplexState & DESTROYED) !== 0;
      }
      get destroying() {
        return (this._duplexState & DESTROY_STATUS) !== 0;
      }
      destroy(err) {
        if ((this._duplexState & DESTROY_STATUS) === 0) {
          if (!err) err = StreamError.STREAM_DESTROYED();
          this._duplexState = (this._duplexState | DESTROYING) & NON_PRIMARY;
          if (this._readableState !== null) {
            this._readableState.highWaterMark = 0;
            this._readableState.error = err;
          }
          if (this._writableState !== null) {
            this._writableState.highWaterMark = 0;
            this._writableState.error = err;
          }
          this._duplexState |= PREDESTROYING;
          this._predestroy();
          this._duplexState &= NOT_PREDESTROYING;
          if (this._readableState !== null) {
            this._readableState.updateNextTick();
          }
          if (this._writableState !== null) {
            this._writableState.updateNextTick();
          }
        }
      }
    };
    var Readable3 = class _Readable extends Stream {
      constructor(opts) {
        super(opts);
        this._duplexState |= OPENING | WRITE_DONE | READ_READ_AHEAD;
        this._readableState = new ReadableState(this, opts);
        if (opts) {
          if (this._readableState.readAhead === false) this._duplexState &= READ_NO_READ_AHEAD;
          if (opts.read) this._read = opts.read;
          if (opts.eagerOpen) this._readableState.updateNextTick();
          if (opts.encoding) this.setEncoding(opts.encoding);
        }
      }
      static deferred(fn, opts) {
        const out = new PassThrough(opts);
        fn().then((src) => {
          if (src === null) return out.end();
          if (out.destroying) return;
          pipeline2(src, out, noop5);
        }).catch((err) => out.destroy(err));
        return out;
      }
      setEncoding(encoding) {
        const dec = new TextDecoder2(encoding);
        const map = this._readableState.map || echo;
        this._readableState.map = mapOrSkip;
        return this;
        function mapOrSkip(data) {
          const next = dec.push(data);
          return next === "" && (data.byteLength !== 0 || dec.remaining > 0) ? null : map(next);
        }
      }
      _read(cb) {
        cb(null);
      }
      pipe(dest, cb) {
        this._readableState.updateNextTick();
        this._readableState.pipe(dest, cb);
        return dest;
      }
      read() {
        this._readableState.updateNextTick();
        return this._readableState.read();
      }
      push(data) {
        this._readableState.updateNextTickIfOpen();
        return this._readableState.push(data);
      }
      unshift(data) {
        this._readableState.updateNextTickIfOpen();
        return this._readableState.unshift(data);
      }
      resume() {
        this._duplexState |= READ_RESUMED_READ_AHEAD;
        this._readableState.updateNextTick();
        return this;
      }
      pause() {
        this._duplexState &= this._readableState.readAhead === false ? READ_PAUSED_NO_READ_AHEAD : READ_PAUSED;
        return this;
      }
      static _fromAsyncIterator(ite, opts) {
        let destroy;
        const rs = new _Readable({
          ...opts,
          read(cb) {
            ite.next().then(push).then(cb.bind(null, null)).catch(cb);
          },
          predestroy() {
            destroy = ite.return();
          },
          destroy(cb) {
            if (!destroy) return cb(null);
            destroy.then(cb.bind(null, null)).catch(cb);
          }
        });
        return rs;
        function push(data) {
          if (data.done) rs.push(null);
          else rs.push(data.value);
        }
      }
      static from(data, opts) {
        if (isReadStreamx(data)) return data;
        if (data[asyncIterator]) return this._fromAsyncIterator(data[asyncIterator](), opts);
        if (!Array.isArray(data)) data = data === void 0 ? [] : [data];
        let i = 0;
        return new _Readable({
          ...opts,
          read(cb) {
            this.push(i === data.length ? null : data[i++]);
            cb(null);
          }
        });
      }
      static isBackpressured(rs) {
        return (rs._duplexState & READ_BACKPRESSURE_STATUS) !== 0 || rs._readableState.buffered >= rs._readableState.highWaterMark;
      }
      static isPaused(rs) {
        return (rs._duplexState & READ_RESUMED) === 0;
      }
      [asyncIterator]() {
        const stream = this;
        let error2 = null;
        let promiseResolve = null;
        let promiseReject = null;
        this.on("error", (err) => {
          error2 = err;
        });
        this.on("readable", onreadable);
        this.on("close", onclose);
        return {
          [asyncIterator]() {
            return this;
          },
          next() {
            return new Promise(function(resolve3, reject) {
              promiseResolve = resolve3;
              promiseReject = reject;
              const data = stream.read();
              if (data !== null) ondata(data);
              else if ((stream._duplexState & DESTROYED) !== 0) ondata(null);
            });
          },
          return() {
            return destroy(null);
          },
          throw(err) {
            return destroy(err);
          }
        };
        function onreadable() {
          if (promiseResolve !== null) ondata(stream.read());
        }
        function onclose() {
          if (promiseResolve !== null) ondata(null);
        }
        function ondata(data) {
          if (promiseReject === null) return;
          if (error2) {
            promiseReject(error2);
          } else if (data === null && (stream._duplexState & READ_DONE) === 0) {
            promiseReject(StreamError.STREAM_DESTROYED());
          } else {
            promiseResolve({ value: data, done: data === null });
          }
          promiseReject = promiseResolve = null;
        }
        function destroy(err) {
          stream.destroy(err);
          return new Promise((resolve3, reject) => {
            if (stream._duplexState & DESTROYED) return resolve3({ value: void 0, done: true });
            stream.once("close", function() {
              if (err) reject(err);
              else resolve3({ value: void 0, done: true });
            });
          });
        }
      }
    };
    var Writable = class extends Stream {
      constructor(opts) {
        super(opts);
        this._duplexState |= OPENING | READ_DONE;
        this._writableState = new WritableState(this, opts);
        if (opts) {
          if (opts.writev) this._writev = opts.writev;
          if (opts.write) this._write = opts.write;
          if (opts.final) this._final = opts.final;
          if (opts.eagerOpen) this._writableState.updateNextTick();
        }
      }
      cork() {
        this._duplexState |= WRITE_CORKED;
      }
      uncork() {
        this._duplexState &= WRITE_NOT_CORKED;
        this._writableState.updateNextTick();
      }
      _writev(batch, cb) {
        cb(null);
      }
      _write(data, cb) {
        this._writableState.autoBatch(data, cb);
      }
      _final(cb) {
        cb(null);
      }
      static isBackpressured(ws) {
        return (ws._duplexState & WRITE_BACKPRESSURE_STATUS) !== 0;
      }
      static drained(ws) {
        if (ws.destroyed) return Promise.resolve(false);
        const state = ws._writableState;
        const pending = isWritev(ws) ? Math.min(1, state.queue.length) : state.queue.length;
        const writes = pending + (ws._duplexState & WRITE_WRITING ? 1 : 0);
        if (writes === 0) return Promise.resolve(true);
        if (state.drains === null) state.drains = [];
        return new Promise((resolve3) => {
          state.drains.push({ writes, resolve: resolve3 });
        });
      }
      write(data) {
        this._writableState.updateNextTick();
        return this._writableState.push(data);
      }
      end(data) {
        this._writableState.updateNextTick();
        this._writableState.end(data);
        return this;
      }
    };
    var Duplex3 = class extends Readable3 {
      // and Writable
      constructor(opts) {
        super(opts);
        this._duplexState = OPENING | this._duplexState & READ_READ_AHEAD;
        this._writableState = new WritableState(this, opts);
        if (opts) {
          if (opts.writev) this._writev = opts.writev;
          if (opts.write) this._write = opts.write;
          if (opts.final) this._final = opts.final;
        }
      }
      cork() {
        this._duplexState |= WRITE_CORKED;
      }
      uncork() {
        this._duplexState &= WRITE_NOT_CORKED;
        this._writableState.updateNextTick();
      }
      _writev(batch, cb) {
        cb(null);
      }
      _write(data, cb) {
        this._writableState.autoBatch(data, cb);
      }
      _final(cb) {
        cb(null);
      }
      write(data) {
        this._writableState.updateNextTick();
        return this._writableState.push(data);
      }
      end(data) {
        this._writableState.updateNextTick();
        this._writableState.end(data);
        return this;
      }
    };
    var Transform2 = class extends Duplex3 {
      constructor(opts) {
        super(opts);
        this._transformState = new TransformState(this);
        if (opts) {
          if (opts.transform) this._transform = opts.transform;
          if (opts.flush) this._flush = opts.flush;
        }
      }
      _write(data, cb) {
        if (this._readableState.buffered >= this._readableState.highWaterMark) {
          this._transformState.data = data;
        } else {
          this._transform(data, this._transformState.afterTransform);
        }
      }
      _read(cb) {
        if (this._transformState.data !== null) {
          const data = this._transformState.data;
          this._transformState.data = null;
          cb(null);
          this._transform(data, this._transformState.afterTransform);
        } else {
          cb(null);
        }
      }
      destroy(err) {
        super.destroy(err);
        if (this._transformState.data !== null) {
          this._transformState.data = null;
          this._transformState.afterTransform();
        }
      }
      _transform(data, cb) {
        cb(null, data);
      }
      _flush(cb) {
        cb(null);
      }
      _final(cb) {
        this._transformState.afterFinal = cb;
        this._flush(transformAfterFlush.bind(this));
      }
    };
    var PassThrough = class extends Transform2 {
    };
    function transformAfterFlush(err, data) {
      const cb = this._transformState.afterFinal;
      if (err) return cb(err);
      if (data !== null && data !== void 0) this.push(data);
      this.push(null);
      cb(null);
    }
    function pipelinePromise(...streams) {
      return new Promise((resolve3, reject) => {
        return pipeline2(...streams, (err) => {
          if (err) return reject(err);
          resolve3();
        });
      });
    }
    function pipeline2(stream, ...streams) {
      const all = Array.isArray(stream) ? [...stream, ...streams] : [stream, ...streams];
      const done = all.length && typeof all[all.length - 1] === "function" ? all.pop() : null;
      if (all.length < 2) throw StreamError.BAD_ARGUMENT("Pipeline requires at least 2 streams");
      let src = all[0];
      let dest = null;
      let error2 = null;
      for (let i = 1; i < all.length; i++) {
        dest = all[i];
        if (isStreamx(src)) {
          src.pipe(dest, onerror);
        } else {
          errorHandle(src, true, i > 1, onerror);
          src.pipe(dest);
        }
        src = dest;
      }
      if (done) {
        let fin = false;
        const autoDestroy = isStreamx(dest) || !!(dest._writableState && dest._writableState.autoDestroy);
        dest.on("error", (err) => {
          if (error2 === null) error2 = err;
        });
        dest.on("finish", () => {
          fin = true;
          if (!autoDestroy) done(error2);
        });
        if (autoDestroy) {
          dest.on("close", () => done(error2 || (fin ? null : StreamError.PREMATURE_CLOSE())));
        }
      }
      return dest;
      function errorHandle(s, rd, wr, onerror2) {
        s.on("error", onerror2);
        s.on("close", onclose);
        function onclose() {
          if (rd && s._readableState && !s._readableState.ended) {
            return onerror2(StreamError.PREMATURE_CLOSE());
          }
          if (wr && s._writableState && !s._writableState.ended) {
            return onerror2(StreamError.PREMATURE_CLOSE());
          }
        }
      }
      function onerror(err) {
        if (!err || error2) return;
        error2 = err;
        for (const s of all) {
          s.destroy(err);
        }
      }
    }
    function echo(s) {
      return s;
    }
    function isStream(stream) {
      return !!stream._readableState || !!stream._writableState;
    }
    function isStreamx(stream) {
      return typeof stream._duplexState === "number" && isStream(stream);
    }
    function isEnding(stream) {
      return !!stream._readableState && stream._readableState.ending;
    }
    function isEnded(stream) {
      return !!stream._readableState && stream._readableState.ended;
    }
    function isFinishing(stream) {
      return !!stream._writableState && stream._writableState.ending;
    }
    function isFinished(stream) {
      return !!stream._writableState && stream._writableState.ended;
    }
    function getStreamError(stream, opts = {}) {
      const err = stream._readableState && stream._readableState.error || stream._writableState && stream._writableState.error;
      return !opts.all && StreamError.isStreamDestroyed(err) ? null : err;
    }
    function isReadStreamx(stream) {
      return isStreamx(stream) && stream.readable;
    }
    function isDisturbed(stream) {
      return (stream._duplexState & OPENING) !== OPENING || (stream._duplexState & DESTROYING) === DESTROYING || (stream._duplexState & ACTIVE_OR_TICKING) !== 0;
    }
    function isTypedArray(data) {
      return typeof data === "object" && data !== null && typeof data.byteLength === "number";
    }
    function defaultByteLength(data) {
      return isTypedArray(data) ? data.byteLength : 1024;
    }
    function noop5() {
    }
    function abort() {
      this.destroy(StreamError.ABORTED());
    }
    function isWritev(s) {
      return s._writev !== Writable.prototype._writev && s._writev !== Duplex3.prototype._writev;
    }
    module2.exports = {
      pipeline: pipeline2,
      pipelinePromise,
      isStream,
      isStreamx,
      isEnding,
      isEnded,
      isFinishing,
      isFinished,
      isDisturbed,
      getStreamError,
      Stream,
      Writable,
      Readable: Readable3,
      Duplex: Duplex3,
      Transform: Transform2,
      // Export PassThrough for compatibility with Node.js core's stream module
      PassThrough
    };
  }
});

// empty:utp-native
var require_utp_native = __commonJS({
  "empty:utp-native"(exports2, module2) {
    module2.exports = {};
  }
});

// node_modules/webtorrent/lib/utp.cjs
var require_utp = __commonJS({
  "node_modules/webtorrent/lib/utp.cjs"(exports2, module2) {
    module2.exports = (() => {
      try {
        return require_utp_native();
      } catch (err) {
        console.warn("WebTorrent: uTP not supported", err);
        return {};
      }
    })();
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

// node_modules/cache-chunk-store/index.js
var require_cache_chunk_store = __commonJS({
  "node_modules/cache-chunk-store/index.js"(exports2, module2) {
    var LRU2 = require_lru();
    var queueMicrotask9 = require_queue_microtask();
    var CacheStore = class {
      constructor(store, opts) {
        this.store = store;
        this.chunkLength = store.chunkLength;
        this.inProgressGets = /* @__PURE__ */ new Map();
        if (!this.store || !this.store.get || !this.store.put) {
          throw new Error("First argument must be abstract-chunk-store compliant");
        }
        this.cache = new LRU2(opts);
      }
      put(index, buf, cb = () => {
      }) {
        if (!this.cache) {
          return queueMicrotask9(() => cb(new Error("CacheStore closed")));
        }
        this.cache.remove(index);
        this.store.put(index, buf, cb);
      }
      get(index, opts, cb = () => {
      }) {
        if (typeof opts === "function") return this.get(index, null, opts);
        if (!this.cache) {
          return queueMicrotask9(() => cb(new Error("CacheStore closed")));
        }
        if (!opts) opts = {};
        let buf = this.cache.get(index);
        if (buf) {
          const offset = opts.offset || 0;
          const len = opts.length || buf.length - offset;
          if (offset !== 0 || len !== buf.length) {
            buf = buf.slice(offset, len + offset);
          }
          return queueMicrotask9(() => cb(null, buf));
        }
        let waiters = this.inProgressGets.get(index);
        const getAlreadyStarted = !!waiters;
        if (!waiters) {
          waiters = [];
          this.inProgressGets.set(index, waiters);
        }
        waiters.push({
          opts,
          cb
        });
        if (!getAlreadyStarted) {
          this.store.get(index, (err, buf2) => {
            if (!err && this.cache != null) this.cache.set(index, buf2);
            const inProgressEntry = this.inProgressGets.get(index);
            this.inProgressGets.delete(index);
            for (const { opts: opts2, cb: cb2 } of inProgressEntry) {
              if (err) {
                cb2(err);
              } else {
                const offset = opts2.offset || 0;
                const len = opts2.length || buf2.length - offset;
                let slicedBuf = buf2;
                if (offset !== 0 || len !== buf2.length) {
                  slicedBuf = buf2.slice(offset, len + offset);
                }
                cb2(null, slicedBuf);
              }
            }
          });
        }
      }
      close(cb = () => {
      }) {
        if (!this.cache) {
          return queueMicrotask9(() => cb(new Error("CacheStore closed")));
        }
        this.cache = null;
        this.store.close(cb);
      }
      destroy(cb = () => {
      }) {
        if (!this.cache) {
          return queueMicrotask9(() => cb(new Error("CacheStore closed")));
        }
        this.cache = null;
        this.store.destroy(cb);
      }
    };
    module2.exports = CacheStore;
  }
});

// node_modules/cpus/index.js
var require_cpus = __commonJS({
  "node_modules/cpus/index.js"(exports2, module2) {
    var os3 = require("os");
    module2.exports = function cpus2() {
      return os3.cpus();
    };
  }
});

// empty:bittorrent-tracker
var require_bittorrent_tracker = __commonJS({
  "empty:bittorrent-tracker"(exports2, module2) {
    module2.exports = {};
  }
});

// empty:bittorrent-lsd
var require_bittorrent_lsd = __commonJS({
  "empty:bittorrent-lsd"(exports2, module2) {
    module2.exports = {};
  }
});

// node_modules/queue-tick/queue-microtask.js
var require_queue_microtask2 = __commonJS({
  "node_modules/queue-tick/queue-microtask.js"(exports2, module2) {
    module2.exports = typeof queueMicrotask === "function" ? queueMicrotask : (fn) => Promise.resolve().then(fn);
  }
});

// node_modules/queue-tick/process-next-tick.js
var require_process_next_tick = __commonJS({
  "node_modules/queue-tick/process-next-tick.js"(exports2, module2) {
    module2.exports = typeof process !== "undefined" && typeof process.nextTick === "function" ? process.nextTick.bind(process) : require_queue_microtask2();
  }
});

// node_modules/random-access-storage/index.js
var require_random_access_storage = __commonJS({
  "node_modules/random-access-storage/index.js"(exports2, module2) {
    var EventEmitter10 = require("events");
    var queueTick = require_process_next_tick();
    var NOT_READABLE = defaultImpl(new Error("Not readable"));
    var NOT_WRITABLE = defaultImpl(new Error("Not writable"));
    var NOT_DELETABLE = defaultImpl(new Error("Not deletable"));
    var NOT_STATABLE = defaultImpl(new Error("Not statable"));
    var DEFAULT_OPEN = defaultImpl(null);
    var DEFAULT_CLOSE = defaultImpl(null);
    var DEFAULT_UNLINK = defaultImpl(null);
    var READ_OP = 0;
    var WRITE_OP = 1;
    var DEL_OP = 2;
    var TRUNCATE_OP = 3;
    var STAT_OP = 4;
    var OPEN_OP = 5;
    var SUSPEND_OP = 6;
    var CLOSE_OP = 7;
    var UNLINK_OP = 8;
    module2.exports = class RandomAccessStorage extends EventEmitter10 {
      constructor(opts) {
        super();
        this._queued = [];
        this._pending = 0;
        this._needsOpen = true;
        this.opened = false;
        this.suspended = false;
        this.closed = false;
        this.unlinked = false;
        this.writing = false;
        if (opts) {
          if (opts.open) this._open = opts.open;
          if (opts.read) this._read = opts.read;
          if (opts.write) this._write = opts.write;
          if (opts.del) this._del = opts.del;
          if (opts.truncate) this._truncate = opts.truncate;
          if (opts.stat) this._stat = opts.stat;
          if (opts.suspend) this._suspend = opts.suspend;
          if (opts.close) this._close = opts.close;
          if (opts.unlink) this._unlink = opts.unlink;
        }
        this.readable = this._read !== RandomAccessStorage.prototype._read;
        this.writable = this._write !== RandomAccessStorage.prototype._write;
        this.deletable = this._del !== RandomAccessStorage.prototype._del;
        this.truncatable = this._truncate !== RandomAccessStorage.prototype._truncate || this.deletable;
        this.statable = this._stat !== RandomAccessStorage.prototype._stat;
      }
      read(offset, size, cb) {
        this.run(new Request2(this, READ_OP, offset, size, null, cb), false);
      }
      _read(req) {
        return NOT_READABLE(req);
      }
      write(offset, data, cb) {
        if (!cb) cb = noop5;
        this.run(new Request2(this, WRITE_OP, offset, data.length, data, cb), true);
      }
      _write(req) {
        return NOT_WRITABLE(req);
      }
      del(offset, size, cb) {
        if (!cb) cb = noop5;
        this.run(new Request2(this, DEL_OP, offset, size, null, cb), true);
      }
      _del(req) {
        return NOT_DELETABLE(req);
      }
      truncate(offset, cb) {
        if (!cb) cb = noop5;
        this.run(new Request2(this, TRUNCATE_OP, offset, 0, null, cb), true);
      }
      _truncate(req) {
        req.size = Infinity;
        this._del(req);
      }
      stat(cb) {
        this.run(new Request2(this, STAT_OP, 0, 0, null, cb), false);
      }
      _stat(req) {
        return NOT_STATABLE(req);
      }
      open(cb) {
        if (!cb) cb = noop5;
        if (this.opened && !this._needsOpen) return nextTickCallback(cb);
        this._needsOpen = false;
        queueAndRun(this, new Request2(this, OPEN_OP, 0, 0, null, cb));
      }
      _open(req) {
        return DEFAULT_OPEN(req);
      }
      suspend(cb) {
        if (!cb) cb = noop5;
        if (this.closed || this.suspended) return nextTickCallback(cb);
        this._needsOpen = true;
        queueAndRun(this, new Request2(this, SUSPEND_OP, 0, 0, null, cb));
      }
      _suspend(req) {
        this._close(req);
      }
      close(cb) {
        if (!cb) cb = noop5;
        if (this.closed) return nextTickCallback(cb);
        queueAndRun(this, new Request2(this, CLOSE_OP, 0, 0, null, cb));
      }
      _close(req) {
        return DEFAULT_CLOSE(req);
      }
      unlink(cb) {
        if (!cb) cb = noop5;
        if (!this.closed) this.close(noop5);
        queueAndRun(this, new Request2(this, UNLINK_OP, 0, 0, null, cb));
      }
      _unlink(req) {
        return DEFAULT_UNLINK(req);
      }
      run(req, writing2) {
        if (writing2 && !this.writing) {
          this.writing = true;
          this._needsOpen = true;
        }
        if (this._needsOpen) this.open(noop5);
        if (this._queued.length) this._queued.push(req);
        else req._run();
      }
    };
    var Request2 = class {
      constructor(self, type, offset, size, data, cb) {
        this.type = type;
        this.offset = offset;
        this.size = size;
        this.data = data;
        this.storage = self;
        this._sync = false;
        this._callback = cb;
        this._openError = null;
      }
      _maybeOpenError(err) {
        if (this.type !== OPEN_OP) return;
        const queued = this.storage._queued;
        for (let i = 1; i < queued.length; i++) {
          const q = queued[i];
          if (q.type === OPEN_OP) break;
          q._openError = err;
        }
      }
      _unqueue(err) {
        const ra = this.storage;
        const queued = ra._queued;
        if (err) {
          this._maybeOpenError(err);
        } else if (this.type > 4) {
          switch (this.type) {
            case OPEN_OP:
              if (ra.suspended) {
                ra.suspended = false;
                ra.emit("unsuspend");
              }
              if (!ra.opened) {
                ra.opened = true;
                ra.emit("open");
              }
              break;
            case SUSPEND_OP:
              if (!ra.suspended) {
                ra.suspended = true;
                ra.emit("suspend");
              }
              break;
            case CLOSE_OP:
              if (!ra.closed) {
                ra.closed = true;
                ra.emit("close");
              }
              break;
            case UNLINK_OP:
              if (!ra.unlinked) {
                ra.unlinked = true;
                ra.emit("unlink");
              }
              break;
          }
        }
        if (queued.length && queued[0] === this) queued.shift();
        if (!--ra._pending) drainQueue(ra);
      }
      callback(err, val) {
        if (this._sync) return nextTick2(this, err, val);
        this._unqueue(err);
        this._callback(err, val);
      }
      _openAndNotClosed() {
        const ra = this.storage;
        if (ra.opened && !ra.closed && !ra.suspended) return true;
        if (!ra.opened || ra.suspended) nextTick2(this, this._openError || new Error("Not opened"));
        else if (ra.closed) nextTick2(this, new Error("Closed"));
        return false;
      }
      _open() {
        const ra = this.storage;
        if (ra.opened && !ra.suspended) return nextTick2(this, null);
        if (ra.closed) return nextTick2(this, new Error("Closed"));
        ra._open(this);
      }
      _run() {
        const ra = this.storage;
        ra._pending++;
        this._sync = true;
        switch (this.type) {
          case READ_OP:
            if (this._openAndNotClosed()) ra._read(this);
            break;
          case WRITE_OP:
            if (this._openAndNotClosed()) ra._write(this);
            break;
          case DEL_OP:
            if (this._openAndNotClosed()) ra._del(this);
            break;
          case TRUNCATE_OP:
            if (this._openAndNotClosed()) ra._truncate(this);
            break;
          case STAT_OP:
            if (this._openAndNotClosed()) ra._stat(this);
            break;
          case OPEN_OP:
            this._open();
            break;
          case SUSPEND_OP:
            if (ra.closed || !ra.opened || ra.suspended) nextTick2(this, null);
            else ra._suspend(this);
            break;
          case CLOSE_OP:
            if (ra.closed || !ra.opened || ra.suspended) nextTick2(this, null);
            else ra._close(this);
            break;
          case UNLINK_OP:
            if (ra.unlinked) nextTick2(this, null);
            else ra._unlink(this);
            break;
        }
        this._sync = false;
      }
    };
    function queueAndRun(self, req) {
      self._queued.push(req);
      if (!self._pending) req._run();
    }
    function drainQueue(self) {
      const queued = self._queued;
      while (queued.length > 0) {
        const blocking = queued[0].type > 4;
        if (!blocking || !self._pending) queued[0]._run();
        if (blocking) return;
        queued.shift();
      }
    }
    function defaultImpl(err) {
      return overridable;
      function overridable(req) {
        nextTick2(req, err);
      }
    }
    function nextTick2(req, err, val) {
      queueTick(() => req.callback(err, val));
    }
    function nextTickCallback(cb) {
      queueTick(() => cb(null));
    }
    function noop5() {
    }
  }
});

// node_modules/which-runtime/index.js
var require_which_runtime = __commonJS({
  "node_modules/which-runtime/index.js"(exports2) {
    var { runtime, platform, arch, version: version2 } = typeof Bare !== "undefined" ? {
      runtime: "bare",
      platform: global.Bare.platform,
      arch: global.Bare.arch,
      version: global.Bare.version
    } : typeof process !== "undefined" ? {
      runtime: "node",
      platform: global.process.platform,
      arch: global.process.arch,
      version: global.process.version
    } : typeof Window !== "undefined" ? { runtime: "browser", platform: "unknown", arch: "unknown", version: "unknown" } : { runtime: "unknown", platform: "unknown", arch: "unknown", version: "unknown" };
    exports2.runtime = runtime;
    exports2.version = version2;
    exports2.platform = platform;
    exports2.arch = arch;
    exports2.isBare = runtime === "bare";
    exports2.isBareKit = exports2.isBare && typeof BareKit !== "undefined";
    exports2.isPear = typeof Pear !== "undefined";
    exports2.isNode = runtime === "node";
    exports2.isBrowser = runtime === "browser";
    exports2.isWindows = platform === "win32";
    exports2.isLinux = platform === "linux";
    exports2.isMac = platform === "darwin";
    exports2.isIOS = platform === "ios" || platform === "ios-simulator";
    exports2.isAndroid = platform === "android";
    exports2.isElectron = typeof process !== "undefined" && !!global.process.versions?.electron;
    exports2.isElectronRenderer = exports2.isElectron && global.process.type === "renderer";
    exports2.isElectronWorker = exports2.isElectron && global.process.type === "worker";
  }
});

// node_modules/bare-semver/lib/constants.js
var require_constants = __commonJS({
  "node_modules/bare-semver/lib/constants.js"(exports2, module2) {
    module2.exports = {
      EQ: 1,
      LT: 2,
      LTE: 3,
      GT: 4,
      GTE: 5
    };
  }
});

// node_modules/bare-semver/lib/errors.js
var require_errors3 = __commonJS({
  "node_modules/bare-semver/lib/errors.js"(exports2, module2) {
    module2.exports = class SemVerError extends Error {
      constructor(msg, code, fn = SemVerError) {
        super(`${code}: ${msg}`);
        this.code = code;
        if (Error.captureStackTrace) {
          Error.captureStackTrace(this, fn);
        }
      }
      get name() {
        return "SemVerError";
      }
      static INVALID_VERSION(msg, fn = SemVerError.INVALID_VERSION) {
        return new SemVerError(msg, "INVALID_VERSION", fn);
      }
      static INVALID_RANGE(msg, fn = SemVerError.INVALID_RANGE) {
        return new SemVerError(msg, "INVALID_RANGE", fn);
      }
    };
  }
});

// node_modules/bare-semver/lib/version.js
var require_version = __commonJS({
  "node_modules/bare-semver/lib/version.js"(exports2, module2) {
    var errors = require_errors3();
    var Version = class {
      constructor(major, minor, patch, opts = {}) {
        const { prerelease = [], build = [] } = opts;
        this.major = major;
        this.minor = minor;
        this.patch = patch;
        this.prerelease = prerelease;
        this.build = build;
      }
      compare(version2) {
        return exports2.compare(this, version2);
      }
      toString() {
        let result = `${this.major}.${this.minor}.${this.patch}`;
        if (this.prerelease.length) {
          result += "-" + this.prerelease.join(".");
        }
        if (this.build.length) {
          result += "+" + this.build.join(".");
        }
        return result;
      }
    };
    module2.exports = exports2 = Version;
    exports2.parse = function parse2(input, state = { position: 0, partial: false, range: false, precision: 0 }) {
      let i = state.position;
      let c;
      const unexpected = (expected) => {
        let msg;
        if (i >= input.length) {
          msg = `Unexpected end of input in '${input}'`;
        } else {
          msg = `Unexpected token '${input[i]}' in '${input}' at position ${i}`;
        }
        if (expected) msg += `, ${expected}`;
        throw errors.INVALID_VERSION(msg, unexpected);
      };
      const components = [0, 0, 0];
      let k = 0;
      while (k < 3) {
        c = input[i];
        if (k > 0) {
          if (c === ".") c = input[++i];
          else if (state.range) break;
          else unexpected("expected '.'");
        }
        if (state.range && (c === "x" || c === "X" || c === "*")) {
          i++;
          while (input[i] === ".") {
            let j = i + 1;
            while (input[j] >= "0" && input[j] <= "9" || input[j] === "x" || input[j] === "X" || input[j] === "*") {
              j++;
            }
            if (j === i + 1) break;
            i = j;
          }
          break;
        }
        if (c === "0") {
          i++;
          k++;
        } else if (c >= "1" && c <= "9") {
          let j = 0;
          do
            c = input[i + ++j];
          while (c >= "0" && c <= "9");
          components[k++] = parseInt(input.substring(i, i + j));
          i += j;
        } else unexpected("expected /[0-9]/");
      }
      state.precision = k;
      const prerelease = [];
      if (k === 3 && input[i] === "-") {
        i++;
        while (true) {
          c = input[i];
          let tag = "";
          let j = 0;
          while (c >= "0" && c <= "9") c = input[i + ++j];
          let isNumeric = false;
          if (j) {
            tag += input.substring(i, i + j);
            c = input[i += j];
            isNumeric = tag[0] !== "0" || tag.length === 1;
          }
          j = 0;
          while (c >= "0" && c <= "9" || c >= "a" && c <= "z" || c >= "A" && c <= "Z" || c === "-") {
            c = input[i + ++j];
          }
          if (j) {
            tag += input.substring(i, i + j);
            c = input[i += j];
          } else if (!isNumeric) unexpected("expected /[a-zA-Z-]/");
          prerelease.push(tag);
          if (c === ".") c = input[++i];
          else break;
        }
      }
      const build = [];
      if (k === 3 && input[i] === "+") {
        i++;
        while (true) {
          c = input[i];
          let tag = "";
          let j = 0;
          while (c >= "0" && c <= "9" || c >= "a" && c <= "z" || c >= "A" && c <= "Z" || c === "-") {
            c = input[i + ++j];
          }
          if (j) {
            tag += input.substring(i, i + j);
            c = input[i += j];
          } else unexpected("expected /[0-9a-zA-Z-]/");
          build.push(tag);
          if (c === ".") c = input[++i];
          else break;
        }
      }
      if (i < input.length && state.partial === false) {
        unexpected("expected end of input");
      }
      state.position = i;
      return new Version(...components, { prerelease, build });
    };
    var integer2 = /^[0-9]+$/;
    exports2.compare = function compare(a, b) {
      if (a.major > b.major) return 1;
      if (a.major < b.major) return -1;
      if (a.minor > b.minor) return 1;
      if (a.minor < b.minor) return -1;
      if (a.patch > b.patch) return 1;
      if (a.patch < b.patch) return -1;
      if (a.prerelease.length === 0) return b.prerelease.length === 0 ? 0 : 1;
      if (b.prerelease.length === 0) return -1;
      let i = 0;
      do {
        let x = a.prerelease[i];
        let y = b.prerelease[i];
        if (x === void 0) return y === void 0 ? 0 : -1;
        if (y === void 0) return 1;
        if (x === y) continue;
        const xInt = integer2.test(x);
        const yInt = integer2.test(y);
        if (xInt && yInt) {
          x = +x;
          y = +y;
        } else {
          if (xInt) return -1;
          if (yInt) return 1;
        }
        return x > y ? 1 : -1;
      } while (++i);
    };
  }
});

// node_modules/bare-semver/lib/comparator.js
var require_comparator = __commonJS({
  "node_modules/bare-semver/lib/comparator.js"(exports2, module2) {
    var constants2 = require_constants();
    var symbols = {
      [constants2.EQ]: "=",
      [constants2.LT]: "<",
      [constants2.LTE]: "<=",
      [constants2.GT]: ">",
      [constants2.GTE]: ">="
    };
    module2.exports = class Comparator {
      constructor(operator, version2) {
        this.operator = operator;
        this.version = version2;
      }
      test(version2) {
        const result = version2.compare(this.version);
        switch (this.operator) {
          case constants2.LT:
            return result < 0;
          case constants2.LTE:
            return result <= 0;
          case constants2.GT:
            return result > 0;
          case constants2.GTE:
            return result >= 0;
          default:
            return result === 0;
        }
      }
      toString() {
        return symbols[this.operator] + this.version;
      }
    };
  }
});

// node_modules/bare-semver/lib/range.js
var require_range = __commonJS({
  "node_modules/bare-semver/lib/range.js"(exports2, module2) {
    var constants2 = require_constants();
    var errors = require_errors3();
    var Version = require_version();
    var Comparator = require_comparator();
    var Range = class {
      constructor(comparators = []) {
        this.comparators = comparators;
      }
      test(version2) {
        for (const set of this.comparators) {
          let matches = true;
          for (const comparator of set) {
            if (comparator.test(version2)) continue;
            matches = false;
            break;
          }
          if (!matches) continue;
          if (version2.prerelease.length && !allows(set, version2)) continue;
          return true;
        }
        return false;
      }
      toString() {
        let result = "";
        let first = true;
        for (const set of this.comparators) {
          if (first) first = false;
          else result += " || ";
          result += set.join(" ");
        }
        return result;
      }
    };
    module2.exports = exports2 = Range;
    exports2.parse = function parse2(input, state = { position: 0, partial: false }) {
      let i = state.position;
      let c;
      const unexpected = (expected) => {
        let msg;
        if (i >= input.length) {
          msg = `Unexpected end of input in '${input}'`;
        } else {
          msg = `Unexpected token '${input[i]}' in '${input}' at position ${i}`;
        }
        if (expected) msg += `, ${expected}`;
        throw errors.INVALID_VERSION(msg, unexpected);
      };
      const comparators = [];
      while (i < input.length) {
        const set = [];
        while (i < input.length) {
          c = input[i];
          let operator = constants2.EQ;
          let caret = false;
          let tilde = false;
          if (c === "<") {
            operator = constants2.LT;
            c = input[++i];
            if (c === "=") {
              operator = constants2.LTE;
              c = input[++i];
            }
          } else if (c === ">") {
            operator = constants2.GT;
            c = input[++i];
            if (c === "=") {
              operator = constants2.GTE;
              c = input[++i];
            }
          } else if (c === "=") {
            c = input[++i];
          } else if (c === "^") {
            caret = true;
            c = input[++i];
          } else if (c === "~") {
            tilde = true;
            c = input[++i];
            if (c === ">") c = input[++i];
          }
          while (c === " ") c = input[++i];
          const state2 = { position: i, partial: true, range: true };
          const lower = Version.parse(input, state2);
          const precision = state2.precision;
          c = input[i = state2.position];
          while (c === " ") c = input[++i];
          if (c === "-" && input[i + 1] === " " && operator === constants2.EQ && !caret && !tilde) {
            c = input[++i];
            while (c === " ") c = input[++i];
            state2.position = i;
            const high = Version.parse(input, state2);
            c = input[i = state2.position];
            set.push(new Comparator(constants2.GTE, lower));
            if (state2.precision === 3) {
              set.push(new Comparator(constants2.LTE, high));
            } else if (state2.precision === 2) {
              set.push(upper(high.major, high.minor + 1, 0));
            } else if (state2.precision === 1) {
              set.push(upper(high.major + 1, 0, 0));
            }
            while (c === " ") c = input[++i];
          } else {
            if (caret) {
              for (const comparator of expandCaret(lower, precision)) set.push(comparator);
            } else if (tilde) {
              for (const comparator of expandTilde(lower, precision)) set.push(comparator);
            } else if (operator === constants2.EQ) {
              for (const comparator of expandPartial(lower, precision)) set.push(comparator);
            } else {
              set.push(new Comparator(operator, lower));
            }
          }
          if (c === "|" && input[i + 1] === "|") {
            c = input[i += 2];
            while (c === " ") c = input[++i];
            break;
          }
          if (c && c !== "<" && c !== ">" && c !== "^" && c !== "~" && c !== "=") {
            unexpected("expected '||', '<', '>', '^', '~', or '='");
          }
        }
        if (set.length) comparators.push(set);
      }
      if (i < input.length && state.partial === false) {
        unexpected("expected end of input");
      }
      state.position = i;
      return new Range(comparators);
    };
    function allows(set, version2) {
      for (const comparator of set) {
        const target = comparator.version;
        if (target.prerelease.length && target.major === version2.major && target.minor === version2.minor && target.patch === version2.patch) {
          return true;
        }
      }
      return false;
    }
    function upper(major, minor, patch) {
      return new Comparator(constants2.LT, new Version(major, minor, patch, { prerelease: ["0"] }));
    }
    function expandPartial(version2, precision) {
      if (precision === 0) return [new Comparator(constants2.GTE, new Version(0, 0, 0))];
      if (precision === 3) return [new Comparator(constants2.EQ, version2)];
      const set = [new Comparator(constants2.GTE, version2)];
      if (precision === 1) set.push(upper(version2.major + 1, 0, 0));
      else set.push(upper(version2.major, version2.minor + 1, 0));
      return set;
    }
    function expandCaret(version2, precision) {
      if (precision === 0) return [new Comparator(constants2.GTE, new Version(0, 0, 0))];
      const { major, minor, patch } = version2;
      const set = [new Comparator(constants2.GTE, version2)];
      if (major !== 0) set.push(upper(major + 1, 0, 0));
      else if (precision === 1) set.push(upper(1, 0, 0));
      else if (minor !== 0) set.push(upper(0, minor + 1, 0));
      else if (precision === 2) set.push(upper(0, 1, 0));
      else set.push(upper(0, 0, patch + 1));
      return set;
    }
    function expandTilde(version2, precision) {
      if (precision === 0) return [new Comparator(constants2.GTE, new Version(0, 0, 0))];
      const { major, minor } = version2;
      const set = [new Comparator(constants2.GTE, version2)];
      if (precision === 1) set.push(upper(major + 1, 0, 0));
      else set.push(upper(major, minor + 1, 0));
      return set;
    }
  }
});

// node_modules/bare-semver/index.js
var require_bare_semver = __commonJS({
  "node_modules/bare-semver/index.js"(exports2) {
    exports2.constants = require_constants();
    exports2.errors = require_errors3();
    var Version = exports2.Version = require_version();
    var Range = exports2.Range = require_range();
    exports2.Comparator = require_comparator();
    exports2.satisfies = function satisfies(version2, range) {
      if (typeof version2 === "string") version2 = Version.parse(version2);
      if (typeof range === "string") range = Range.parse(range);
      return range.test(version2);
    };
  }
});

// node_modules/bare-module-resolve/lib/errors.js
var require_errors4 = __commonJS({
  "node_modules/bare-module-resolve/lib/errors.js"(exports2, module2) {
    module2.exports = class ModuleResolveError extends Error {
      constructor(msg, fn = ModuleResolveError, code = fn.name) {
        super(`${code}: ${msg}`);
        this.code = code;
        if (Error.captureStackTrace) Error.captureStackTrace(this, fn);
      }
      get name() {
        return "ModuleResolveError";
      }
      static INVALID_MODULE_SPECIFIER(msg) {
        return new ModuleResolveError(msg, ModuleResolveError.INVALID_MODULE_SPECIFIER);
      }
      static INVALID_PACKAGE_TARGET(msg) {
        return new ModuleResolveError(msg, ModuleResolveError.INVALID_PACKAGE_TARGET);
      }
      static INVALID_PACKAGE_CONFIGURATION(msg) {
        return new ModuleResolveError(msg, ModuleResolveError.INVALID_PACKAGE_CONFIGURATION);
      }
      static PACKAGE_PATH_NOT_EXPORTED(msg) {
        return new ModuleResolveError(msg, ModuleResolveError.PACKAGE_PATH_NOT_EXPORTED);
      }
      static PACKAGE_IMPORT_NOT_DEFINED(msg) {
        return new ModuleResolveError(msg, ModuleResolveError.PACKAGE_IMPORT_NOT_DEFINED);
      }
      static UNSUPPORTED_ENGINE(msg) {
        return new ModuleResolveError(msg, ModuleResolveError.UNSUPPORTED_ENGINE);
      }
    };
  }
});

// node_modules/bare-module-resolve/index.js
var require_bare_module_resolve = __commonJS({
  "node_modules/bare-module-resolve/index.js"(exports2, module2) {
    var { satisfies } = require_bare_semver();
    var errors = require_errors4();
    module2.exports = exports2 = function resolve3(specifier, parentURL, opts, readPackage) {
      if (typeof opts === "function") {
        readPackage = opts;
        opts = {};
      } else if (typeof readPackage !== "function") {
        readPackage = defaultReadPackage;
      }
      return {
        *[Symbol.iterator]() {
          const generator = exports2.module(specifier, parentURL, opts);
          let next = generator.next();
          while (next.done !== true) {
            const value = next.value;
            if (value.package) {
              next = generator.next(readPackage(value.package));
            } else {
              next = generator.next(yield value.resolution);
            }
          }
          return next.value;
        },
        async *[Symbol.asyncIterator]() {
          const generator = exports2.module(specifier, parentURL, opts);
          let next = generator.next();
          while (next.done !== true) {
            const value = next.value;
            if (value.package) {
              next = generator.next(await readPackage(value.package));
            } else {
              next = generator.next(yield value.resolution);
            }
          }
          return next.value;
        }
      };
    };
    function defaultReadPackage() {
      return null;
    }
    var UNRESOLVED = 0;
    var YIELDED = 1;
    var RESOLVED = YIELDED | 2;
    var CYCLIC = 4;
    exports2.constants = {
      UNRESOLVED,
      YIELDED,
      RESOLVED,
      CYCLIC
    };
    exports2.module = function* (specifier, parentURL, opts = {}) {
      const { resolutions = null, imports = null } = opts;
      if (exports2.startsWithWindowsDriveLetter(specifier)) {
        specifier = "/" + specifier;
      }
      let status;
      if (resolutions) {
        status = yield* exports2.preresolved(specifier, resolutions, parentURL, opts);
        if (status) return status;
      }
      status = yield* exports2.url(specifier, parentURL, opts);
      if (status) return status;
      status = yield* exports2.packageImports(specifier, parentURL, opts);
      if (status) return status;
      if (specifier === "." || specifier === ".." || specifier[0] === "/" || specifier[0] === "\\" || specifier.startsWith("./") || specifier.startsWith(".\\") || specifier.startsWith("../") || specifier.startsWith("..\\")) {
        if (imports) {
          status = yield* exports2.packageImportsExports(specifier, imports, parentURL, true, opts);
          if (status) return status;
        }
        status = yield* exports2.deferred(specifier, opts);
        if (status) return status;
        status = yield* exports2.file(specifier, parentURL, false, opts);
        if (status === RESOLVED) return status;
        const yielded = (status & YIELDED) !== 0;
        status = yield* exports2.directory(specifier, parentURL, opts);
        if (yielded) status |= YIELDED;
        return status;
      }
      return yield* exports2.package(specifier, parentURL, opts);
    };
    exports2.url = function* (url2, parentURL, opts = {}) {
      const { imports = null, deferredProtocol = "deferred:", resolutions = null } = opts;
      let resolution;
      try {
        resolution = new URL(url2);
      } catch {
        return UNRESOLVED;
      }
      if (imports) {
        const status = yield* exports2.packageImportsExports(
          resolution.href,
          imports,
          parentURL,
          true,
          opts
        );
        if (status && (status & CYCLIC) === 0) return status;
      }
      if (resolution.protocol === deferredProtocol) {
        const specifier = resolution.pathname;
        if (resolutions) {
          const imports2 = resolutions[parentURL.href];
          if (typeof imports2 === "object" && imports2 !== null) {
            opts = {
              ...opts,
              resolutions: { ...resolutions, [parentURL.href]: { ...imports2, [specifier]: null } }
            };
          }
        }
        return yield* exports2.module(specifier, parentURL, opts);
      }
      if (resolution.protocol === "node:") {
        const specifier = resolution.pathname;
        if (specifier === "." || specifier === ".." || specifier[0] === "/" || specifier.startsWith("./") || specifier.startsWith("../")) {
          throw errors.INVALID_MODULE_SPECIFIER(`Module specifier '${url2}' is not a valid package name`);
        }
        return yield* exports2.package(specifier, parentURL, opts);
      }
      const resolved = yield { resolution };
      return resolved ? RESOLVED : YIELDED;
    };
    exports2.preresolved = function* (specifier, resolutions, parentURL, opts = {}) {
      const imports = resolutions[parentURL.href];
      if (typeof imports === "object" && imports !== null) {
        return yield* exports2.packageImportsExports(specifier, imports, parentURL, true, opts);
      }
      return UNRESOLVED;
    };
    exports2.deferred = function* (specifier, opts = {}) {
      const { deferredProtocol = "deferred:", defer = [] } = opts;
      if (defer.includes(specifier)) {
        const resolved = yield { resolution: new URL(deferredProtocol + specifier) };
        return resolved ? RESOLVED : YIELDED;
      }
      return UNRESOLVED;
    };
    exports2.package = function* (packageSpecifier, parentURL, opts = {}) {
      const { builtins = [] } = opts;
      if (packageSpecifier === "") {
        throw errors.INVALID_MODULE_SPECIFIER(
          `Module specifier '${packageSpecifier}' is not a valid package name`
        );
      }
      let packageName;
      if (packageSpecifier[0] !== "@") {
        packageName = packageSpecifier.split("/", 1).join();
      } else {
        if (!packageSpecifier.includes("/")) {
          throw errors.INVALID_MODULE_SPECIFIER(
            `Module specifier '${packageSpecifier}' is not a valid package name`
          );
        }
        packageName = packageSpecifier.split("/", 2).join("/");
      }
      if (packageName[0] === "." || packageName.includes("\\") || packageName.includes("%")) {
        throw errors.INVALID_MODULE_SPECIFIER(
          `Module specifier '${packageSpecifier}' is not a valid package name`
        );
      }
      let status;
      status = yield* exports2.builtinTarget(packageSpecifier, null, builtins, opts);
      if (status) return status;
      status = yield* exports2.deferred(packageSpecifier, opts);
      if (status) return status;
      let packageSubpath = "." + packageSpecifier.substring(packageName.length);
      status = yield* exports2.packageSelf(packageName, packageSubpath, parentURL, opts);
      if (status) return status;
      parentURL = new URL(parentURL.href);
      for (const packageURL of exports2.lookupPackageRoot(packageName, parentURL)) {
        const info = yield { package: packageURL };
        if (info) {
          if (info.engines) exports2.validateEngines(packageURL, info.engines, opts);
          if (info.exports) {
            return yield* exports2.packageExports(packageURL, packageSubpath, info.exports, opts);
          }
          if (packageSubpath === ".") {
            if (typeof info.main === "string" && info.main !== "") {
              packageSubpath = info.main;
            } else {
              return yield* exports2.file("index", packageURL, true, opts);
            }
          }
          status = yield* exports2.file(packageSubpath, packageURL, false, opts);
          if (status === RESOLVED) return status;
          const yielded = (status & YIELDED) !== 0;
          status = yield* exports2.directory(packageSubpath, packageURL, opts);
          if (yielded) status |= YIELDED;
          return status;
        }
      }
      return UNRESOLVED;
    };
    exports2.packageSelf = function* (packageName, packageSubpath, parentURL, opts = {}) {
      for (const packageURL of exports2.lookupPackageScope(parentURL, opts)) {
        const info = yield { package: packageURL };
        if (info) {
          if (info.name !== packageName) return false;
          if (info.exports) {
            return yield* exports2.packageExports(packageURL, packageSubpath, info.exports, opts);
          }
          if (packageSubpath === ".") {
            if (typeof info.main === "string" && info.main !== "") {
              packageSubpath = info.main;
            } else {
              return yield* exports2.file("index", packageURL, true, opts);
            }
          }
          let status = yield* exports2.file(packageSubpath, packageURL, false, opts);
          if (status === RESOLVED) return status;
          const yielded = (status & YIELDED) !== 0;
          status = yield* exports2.directory(packageSubpath, packageURL, opts);
          if (yielded) status |= YIELDED;
          return status;
        }
      }
      return UNRESOLVED;
    };
    exports2.packageExports = function* (packageURL, subpath, packageExports, opts = {}) {
      if (typeof packageExports === "object" && packageExports !== null && !Array.isArray(packageExports)) {
        const keys = Object.keys(packageExports);
        const relative = keys.filter((key) => key.startsWith(".")).length;
        if (relative !== 0 && relative !== keys.length) {
          throw errors.INVALID_PACKAGE_CONFIGURATION(
            `"exports" in '${packageURL}' cannot contain some keys starting with '.' and some not`
          );
        }
      }
      if (subpath === ".") {
        let mainExport;
        if (typeof packageExports === "string" || Array.isArray(packageExports)) {
          mainExport = packageExports;
        } else if (typeof packageExports === "object" && packageExports !== null) {
          const keys = Object.keys(packageExports);
          if (keys.some((key) => key.startsWith("."))) {
            if ("." in packageExports) mainExport = packageExports["."];
          } else {
            mainExport = packageExports;
          }
        }
        if (mainExport) {
          const status = yield* exports2.packageTarget(packageURL, mainExport, null, false, opts);
          if (status) return status;
        }
      } else if (typeof packageExports === "object" && packageExports !== null) {
        const keys = Object.keys(packageExports);
        if (keys.every((key) => key.startsWith("."))) {
          const status = yield* exports2.packageImportsExports(
            subpath,
            packageExports,
            packageURL,
            false,
            opts
          );
          if (status) return status;
        }
      }
      throw errors.PACKAGE_PATH_NOT_EXPORTED(
        `Package subpath '${subpath}' is not defined by "exports" in '${packageURL}'`
      );
    };
    exports2.packageImports = function* (specifier, parentURL, opts = {}) {
      const { imports = null } = opts;
      if (specifier === "#" || specifier.startsWith("#/")) {
        throw errors.INVALID_MODULE_SPECIFIER(
          `Module specifier '${specifier}' is not a valid internal imports specifier`
        );
      }
      for (const packageURL of exports2.lookupPackageScope(parentURL, opts)) {
        const info = yield { package: packageURL };
        if (info) {
          if (info.imports) {
            const status = yield* exports2.packageImportsExports(
              specifier,
              info.imports,
              packageURL,
              true,
              opts
            );
            if (status) return status;
          }
          if (specifier.startsWith("#")) {
            throw errors.PACKAGE_IMPORT_NOT_DEFINED(
              `Package import specifier '${specifier}' is not defined by "imports" in '${packageURL}'`
            );
          }
          break;
        }
      }
      if (imports) {
        const status = yield* exports2.packageImportsExports(specifier, imports, parentURL, true, opts);
        if (status) return status;
      }
      return UNRESOLVED;
    };
    exports2.packageImportsExports = function* (matchKey, matchObject, packageURL, isImports, opts = {}) {
      if (matchKey in matchObject && !matchKey.includes("*")) {
        const target = matchObject[matchKey];
        return yield* exports2.packageTarget(packageURL, target, null, isImports, opts);
      }
      const expansionKeys = Object.keys(matchObject).filter((key) => key.includes("*")).sort(exports2.patternKeyCompare);
      for (const expansionKey of expansionKeys) {
        const patternIndex = expansionKey.indexOf("*");
        const patternBase = expansionKey.substring(0, patternIndex);
        if (matchKey.startsWith(patternBase) && matchKey !== patternBase) {
          const patternTrailer = expansionKey.substring(patternIndex + 1);
          if (patternTrailer === "" || matchKey.endsWith(patternTrailer) && matchKey.length >= expansionKey.length) {
            const target = matchObject[expansionKey];
            const patternMatch = matchKey.substring(
              patternBase.length,
              matchKey.length - patternTrailer.length
            );
            return yield* exports2.packageTarget(packageURL, target, patternMatch, isImports, opts);
          }
        }
      }
      return UNRESOLVED;
    };
    exports2.validateEngines = function validateEngines(packageURL, packageEngines, opts = {}) {
      const { engines = {} } = opts;
      for (const [engine, range] of Object.entries(packageEngines)) {
        if (engine in engines) {
          const version2 = engines[engine];
          if (!satisfies(version2, range)) {
            throw errors.UNSUPPORTED_ENGINE(
              `Package not compatible with engine '${engine}' ${version2}, requires range '${range}' defined by "engines" in '${packageURL}'`
            );
          }
        }
      }
    };
    exports2.patternKeyCompare = function patternKeyCompare(keyA, keyB) {
      const patternIndexA = keyA.indexOf("*");
      const patternIndexB = keyB.indexOf("*");
      const baseLengthA = patternIndexA === -1 ? keyA.length : patternIndexA + 1;
      const baseLengthB = patternIndexB === -1 ? keyB.length : patternIndexB + 1;
      if (baseLengthA > baseLengthB) return -1;
      if (baseLengthB > baseLengthA) return 1;
      if (patternIndexA === -1) return 1;
      if (patternIndexB === -1) return -1;
      if (keyA.length > keyB.length) return -1;
      if (keyB.length > keyA.length) return 1;
      return 0;
    };
    exports2.packageTarget = function* (packageURL, target, patternMatch, isImports, opts = {}) {
      const { conditions = [], matchedConditions = [], matchedTargets = [] } = opts;
      opts = { ...opts, matchedConditions, matchedTargets };
      if (typeof target === "string") {
        if (!target.startsWith("./") && !isImports) {
          throw errors.INVALID_PACKAGE_TARGET(
            `Invalid target '${target}' defined by "exports" in '${packageURL}'`
          );
        }
        if (patternMatch !== null) {
          target = target.replaceAll("*", patternMatch);
        }
        if (matchedTargets.includes(target)) return CYCLIC;
        matchedTargets.push(target);
        let status = yield* exports2.url(target, packageURL, opts);
        if (status) {
          matchedTargets.pop();
          return status;
        }
        if (target === "." || target === ".." || target[0] === "/" || target.startsWith("./") || target.startsWith("../")) {
          if (hasOpaquePath(packageURL)) {
            matchedTargets.pop();
            return UNRESOLVED;
          }
          const resolved = yield { resolution: new URL(target, packageURL) };
          matchedTargets.pop();
          return resolved ? RESOLVED : YIELDED;
        }
        status = yield* exports2.package(target, packageURL, opts);
        matchedTargets.pop();
        return status;
      }
      if (Array.isArray(target)) {
        let status = UNRESOLVED;
        for (const targetValue of target) {
          status |= yield* exports2.packageTarget(packageURL, targetValue, patternMatch, isImports, opts);
          if (status === RESOLVED) return status;
        }
        return status;
      }
      if (typeof target === "object" && target !== null) {
        let status = UNRESOLVED;
        for (const [condition, targetValue, subset] of exports2.conditionMatches(
          target,
          conditions,
          opts
        )) {
          matchedConditions.push(condition);
          status |= yield* exports2.packageTarget(packageURL, targetValue, patternMatch, isImports, {
            ...opts,
            conditions: subset
          });
          matchedConditions.pop();
        }
        return status;
      }
      return UNRESOLVED;
    };
    exports2.builtinTarget = function* (packageSpecifier, packageVersion, target, opts = {}) {
      const { builtinProtocol = "builtin:", conditions = [], matchedConditions = [] } = opts;
      opts = { ...opts, matchedConditions };
      if (typeof target === "string") {
        const targetParts = target.split("@");
        let targetName;
        let targetVersion;
        if (target[0] !== "@") {
          targetName = targetParts[0];
          targetVersion = targetParts[1] || null;
        } else {
          targetName = targetParts.slice(0, 2).join("@");
          targetVersion = targetParts[2] || null;
        }
        if (packageSpecifier === targetName) {
          if (packageVersion === null && targetVersion === null) {
            const resolved = yield {
              resolution: new URL(builtinProtocol + packageSpecifier)
            };
            return resolved ? RESOLVED : YIELDED;
          }
          let version2 = null;
          if (packageVersion === null) {
            version2 = targetVersion;
          } else if (targetVersion === null || packageVersion === targetVersion) {
            version2 = packageVersion;
          }
          if (version2 !== null) {
            const resolved = yield {
              resolution: new URL(builtinProtocol + packageSpecifier + "@" + version2)
            };
            return resolved ? RESOLVED : YIELDED;
          }
        }
        return UNRESOLVED;
      }
      if (Array.isArray(target)) {
        let status = UNRESOLVED;
        for (const targetValue of target) {
          status |= yield* exports2.builtinTarget(packageSpecifier, packageVersion, targetValue, opts);
          if (status === RESOLVED) return status;
        }
        return status;
      }
      if (typeof target === "object" && target !== null) {
        let status = UNRESOLVED;
        for (const [condition, targetValue, subset] of exports2.conditionMatches(
          target,
          conditions,
          opts
        )) {
          matchedConditions.push(condition);
          status |= yield* exports2.builtinTarget(packageSpecifier, packageVersion, targetValue, {
            ...opts,
            conditions: subset
          });
          matchedConditions.pop();
        }
        return status;
      }
      return UNRESOLVED;
    };
    exports2.conditionMatches = function* conditionMatches(target, conditions, opts = {}) {
      if (conditions.every((condition) => typeof condition === "string")) {
        const keys = Object.keys(target);
        for (const condition of keys) {
          if (condition === "default" || conditions.includes(condition)) {
            yield [condition, target[condition], conditions];
            return true;
          }
        }
        return false;
      }
      let yielded = false;
      for (const subset of conditions) {
        if (yield* conditionMatches(target, subset, opts)) {
          yielded = true;
        }
      }
      return yielded;
    };
    exports2.lookupPackageRoot = function* (packageName, parentURL) {
      if (hasOpaquePath(parentURL)) return null;
      parentURL = new URL(parentURL.href);
      do {
        const packageURL = new URL("node_modules/" + packageName + "/", parentURL);
        const info = yield new URL("package.json", packageURL);
        if (info) return info;
        parentURL.pathname = parentURL.pathname.substring(0, parentURL.pathname.lastIndexOf("/"));
        if (parentURL.pathname.length === 3 && exports2.isWindowsDriveLetter(parentURL.pathname.substring(1))) {
          break;
        }
      } while (parentURL.pathname !== "" && parentURL.pathname !== "/");
      return null;
    };
    exports2.lookupPackageScope = function* lookupPackageScope(scopeURL, opts = {}) {
      const { resolutions = null } = opts;
      if (resolutions) {
        for (const { resolution } of exports2.preresolved("#package", resolutions, scopeURL, opts)) {
          if (resolution) return yield resolution;
        }
      }
      if (hasOpaquePath(scopeURL)) return null;
      scopeURL = new URL(scopeURL.href);
      do {
        if (scopeURL.pathname.endsWith("/node_modules")) break;
        const info = yield new URL("package.json", scopeURL);
        if (info) return info;
        scopeURL.pathname = scopeURL.pathname.substring(0, scopeURL.pathname.lastIndexOf("/"));
        if (scopeURL.pathname.length === 3 && exports2.isWindowsDriveLetter(scopeURL.pathname.substring(1))) {
          break;
        }
      } while (scopeURL.pathname !== "" && scopeURL.pathname !== "/");
      return null;
    };
    exports2.file = function* (filename, parentURL, isIndex, opts = {}) {
      if (filename === "." || filename === ".." || filename[filename.length - 1] === "/" || filename[filename.length - 1] === "\\") {
        return UNRESOLVED;
      }
      if (hasOpaquePath(parentURL)) return UNRESOLVED;
      if (parentURL.protocol === "file:" && /%2f|%5c/i.test(filename)) {
        throw errors.INVALID_MODULE_SPECIFIER(`Module specifier '${filename}' is invalid`);
      }
      const { extensions = [] } = opts;
      let status = UNRESOLVED;
      if (!isIndex) {
        if (yield { resolution: new URL(filename, parentURL) }) {
          return RESOLVED;
        }
        status = YIELDED;
      }
      for (const ext of extensions) {
        if (filename.endsWith(ext)) continue;
        if (yield { resolution: new URL(filename + ext, parentURL) }) {
          return RESOLVED;
        }
        status = YIELDED;
      }
      return status;
    };
    exports2.directory = function* (dirname3, parentURL, opts = {}) {
      const { directories = false } = opts;
      if (hasOpaquePath(parentURL)) return UNRESOLVED;
      let directoryURL;
      if (dirname3[dirname3.length - 1] === "/" || dirname3[dirname3.length - 1] === "\\") {
        directoryURL = new URL(dirname3, parentURL);
      } else {
        directoryURL = new URL(dirname3 + "/", parentURL);
      }
      let yielded = false;
      if (directories) {
        if (yield { resolution: directoryURL }) return RESOLVED;
        yielded = true;
      }
      const info = yield { package: new URL("package.json", directoryURL) };
      if (info) {
        if (info.exports) {
          let status2 = yield* exports2.packageExports(directoryURL, ".", info.exports, opts);
          if (yielded) status2 |= YIELDED;
          return status2;
        }
        if (typeof info.main === "string" && info.main !== "") {
          let status2 = yield* exports2.file(info.main, directoryURL, false, opts);
          if (status2 === RESOLVED) return status2;
          if ((status2 & YIELDED) !== 0) yielded = true;
          status2 = yield* exports2.directory(info.main, directoryURL, opts);
          if (yielded) status2 |= YIELDED;
          return status2;
        }
      }
      let status = yield* exports2.file("index", directoryURL, true, opts);
      if (yielded) status |= YIELDED;
      return status;
    };
    function hasOpaquePath(url2) {
      return url2.pathname[0] !== "/";
    }
    function isASCIIUpperAlpha(c) {
      return c >= 65 && c <= 90;
    }
    function isASCIILowerAlpha(c) {
      return c >= 97 && c <= 122;
    }
    function isASCIIAlpha(c) {
      return isASCIIUpperAlpha(c) || isASCIILowerAlpha(c);
    }
    exports2.isWindowsDriveLetter = function isWindowsDriveLetter(input) {
      return input.length >= 2 && isASCIIAlpha(input.charCodeAt(0)) && (input.charCodeAt(1) === 58 || input.charCodeAt(1) === 124);
    };
    exports2.startsWithWindowsDriveLetter = function startsWithWindowsDriveLetter(input) {
      return input.length >= 2 && exports2.isWindowsDriveLetter(input) && (input.length === 2 || input.charCodeAt(2) === 47 || input.charCodeAt(2) === 92 || input.charCodeAt(2) === 63 || input.charCodeAt(2) === 35);
    };
  }
});

// node_modules/bare-addon-resolve/lib/errors.js
var require_errors5 = __commonJS({
  "node_modules/bare-addon-resolve/lib/errors.js"(exports2, module2) {
    module2.exports = class AddonResolveError extends Error {
      constructor(msg, code, fn = AddonResolveError) {
        super(`${code}: ${msg}`);
        this.code = code;
        if (Error.captureStackTrace) {
          Error.captureStackTrace(this, fn);
        }
      }
      get name() {
        return "AddonResolveError";
      }
      static INVALID_ADDON_SPECIFIER(msg) {
        return new AddonResolveError(
          msg,
          "INVALID_ADDON_SPECIFIER",
          AddonResolveError.INVALID_ADDON_SPECIFIER
        );
      }
      static INVALID_PACKAGE_NAME(msg) {
        return new AddonResolveError(
          msg,
          "INVALID_PACKAGE_NAME",
          AddonResolveError.INVALID_PACKAGE_NAME
        );
      }
    };
  }
});

// node_modules/bare-addon-resolve/index.js
var require_bare_addon_resolve = __commonJS({
  "node_modules/bare-addon-resolve/index.js"(exports2, module2) {
    var resolve3 = require_bare_module_resolve();
    var { Version } = require_bare_semver();
    var errors = require_errors5();
    module2.exports = exports2 = function resolve4(specifier, parentURL, opts, readPackage) {
      if (typeof opts === "function") {
        readPackage = opts;
        opts = {};
      } else if (typeof readPackage !== "function") {
        readPackage = defaultReadPackage;
      }
      return {
        *[Symbol.iterator]() {
          const generator = exports2.addon(specifier, parentURL, opts);
          let next = generator.next();
          while (next.done !== true) {
            const value = next.value;
            if (value.package) {
              next = generator.next(readPackage(value.package));
            } else {
              next = generator.next(yield value.resolution);
            }
          }
          return next.value;
        },
        async *[Symbol.asyncIterator]() {
          const generator = exports2.addon(specifier, parentURL, opts);
          let next = generator.next();
          while (next.done !== true) {
            const value = next.value;
            if (value.package) {
              next = generator.next(await readPackage(value.package));
            } else {
              next = generator.next(yield value.resolution);
            }
          }
          return next.value;
        }
      };
    };
    function defaultReadPackage() {
      return null;
    }
    var { UNRESOLVED, YIELDED, RESOLVED } = resolve3.constants;
    exports2.constants = {
      UNRESOLVED,
      YIELDED,
      RESOLVED
    };
    exports2.addon = function* (specifier, parentURL, opts = {}) {
      const { resolutions = null } = opts;
      if (exports2.startsWithWindowsDriveLetter(specifier)) {
        specifier = "/" + specifier;
      }
      let status;
      if (resolutions) {
        status = yield* resolve3.preresolved(specifier, resolutions, parentURL, opts);
        if (status) return status;
      }
      status = yield* exports2.url(specifier, parentURL, opts);
      if (status) return status;
      let version2 = null;
      const i = specifier.lastIndexOf("@");
      if (i > 0) {
        version2 = specifier.substring(i + 1);
        try {
          Version.parse(version2);
          specifier = specifier.substring(0, i);
        } catch {
          version2 = null;
        }
      }
      if (specifier === "." || specifier === ".." || specifier[0] === "/" || specifier[0] === "\\" || specifier.startsWith("./") || specifier.startsWith(".\\") || specifier.startsWith("../") || specifier.startsWith("..\\")) {
        status = yield* exports2.file(specifier, parentURL, opts);
        if (status === RESOLVED) return status;
        return yield* exports2.directory(specifier, version2, parentURL, opts);
      }
      return yield* exports2.package(specifier, version2, parentURL, opts);
    };
    exports2.url = function* (url2, parentURL, opts = {}) {
      let resolution;
      try {
        resolution = new URL(url2);
      } catch {
        return UNRESOLVED;
      }
      const resolved = yield { resolution };
      return resolved ? RESOLVED : YIELDED;
    };
    exports2.package = function* (packageSpecifier, packageVersion, parentURL, opts = {}) {
      if (packageSpecifier === "") {
        throw errors.INVALID_ADDON_SPECIFIER(
          `Addon specifier '${packageSpecifier}' is not a valid package name`
        );
      }
      let packageName;
      if (packageSpecifier[0] !== "@") {
        packageName = packageSpecifier.split("/", 1).join();
      } else {
        if (!packageSpecifier.includes("/")) {
          throw errors.INVALID_ADDON_SPECIFIER(
            `Addon specifier '${packageSpecifier}' is not a valid package name`
          );
        }
        packageName = packageSpecifier.split("/", 2).join("/");
      }
      if (packageName[0] === "." || packageName.includes("\\") || packageName.includes("%")) {
        throw errors.INVALID_ADDON_SPECIFIER(
          `Addon specifier '${packageSpecifier}' is not a valid package name`
        );
      }
      const packageSubpath = "." + packageSpecifier.substring(packageName.length);
      if (hasOpaquePath(parentURL)) return UNRESOLVED;
      const status = yield* exports2.packageSelf(
        packageName,
        packageSubpath,
        packageVersion,
        parentURL,
        opts
      );
      if (status) return status;
      parentURL = new URL(parentURL.href);
      do {
        const packageURL = new URL("node_modules/" + packageName + "/", parentURL);
        parentURL.pathname = parentURL.pathname.substring(0, parentURL.pathname.lastIndexOf("/"));
        const info = yield { package: new URL("package.json", packageURL) };
        if (info) {
          return yield* exports2.directory(packageSubpath, packageVersion, packageURL, opts);
        }
      } while (parentURL.pathname !== "" && parentURL.pathname !== "/");
      return UNRESOLVED;
    };
    exports2.packageSelf = function* (packageName, packageSubpath, packageVersion, parentURL, opts = {}) {
      for (const packageURL of resolve3.lookupPackageScope(parentURL, opts)) {
        const info = yield { package: packageURL };
        if (info) {
          if (info.name === packageName) {
            return yield* exports2.directory(packageSubpath, packageVersion, packageURL, opts);
          }
          break;
        }
      }
      return UNRESOLVED;
    };
    exports2.lookupPrebuildsScope = function* lookupPrebuildsScope(url2, opts = {}) {
      if (hasOpaquePath(url2)) return;
      const scopeURL = new URL(url2.href);
      do {
        yield new URL("prebuilds/", scopeURL);
        scopeURL.pathname = scopeURL.pathname.substring(0, scopeURL.pathname.lastIndexOf("/"));
        if (scopeURL.pathname.length === 3 && exports2.isWindowsDriveLetter(scopeURL.pathname.substring(1))) {
          break;
        }
      } while (scopeURL.pathname !== "" && scopeURL.pathname !== "/");
    };
    exports2.file = function* (filename, parentURL, opts = {}) {
      if (filename === "." || filename === ".." || filename[filename.length - 1] === "/" || filename[filename.length - 1] === "\\") {
        return UNRESOLVED;
      }
      if (hasOpaquePath(parentURL)) return UNRESOLVED;
      if (parentURL.protocol === "file:" && /%2f|%5c/i.test(filename)) {
        throw errors.INVALID_ADDON_SPECIFIER(`Addon specifier '${filename}' is invalid`);
      }
      const { extensions = [] } = opts;
      let status = UNRESOLVED;
      for (let ext of extensions) {
        if (filename.endsWith(ext)) ext = "";
        if (yield { resolution: new URL(filename + ext, parentURL) }) {
          return RESOLVED;
        }
        status = YIELDED;
      }
      return status;
    };
    exports2.directory = function* (dirname3, version2, parentURL, opts = {}) {
      const {
        host = null,
        // Shorthand for single host resolution
        hosts = host !== null ? [host] : [],
        builtins = [],
        matchedConditions = []
      } = opts;
      if (hasOpaquePath(parentURL)) return UNRESOLVED;
      let directoryURL;
      if (dirname3[dirname3.length - 1] === "/" || dirname3[dirname3.length - 1] === "\\") {
        directoryURL = new URL(dirname3, parentURL);
      } else {
        directoryURL = new URL(dirname3 + "/", parentURL);
      }
      const unversioned = version2 === null;
      let name = null;
      const info = yield { package: new URL("package.json", directoryURL) };
      if (info) {
        if (typeof info.name === "string" && info.name !== "") {
          if (info.name.includes("__")) {
            throw errors.INVALID_PACKAGE_NAME(`Package name '${info.name}' is invalid`);
          }
          name = info.name.replace(/\//g, "__").replace(/^@/, "");
        } else {
          return UNRESOLVED;
        }
        if (typeof info.version === "string" && info.version !== "") {
          if (version2 !== null && info.version !== version2) return UNRESOLVED;
          version2 = info.version;
        }
      } else {
        return UNRESOLVED;
      }
      let status;
      status = yield* resolve3.builtinTarget(name, version2, builtins, opts);
      if (status) return status;
      for (const prebuildsURL of exports2.lookupPrebuildsScope(directoryURL, opts)) {
        status = UNRESOLVED;
        for (const host2 of hosts) {
          const conditions = host2.split("-");
          const universal = supportsUniversalPrebuilds(host2) ? conditions.with(1, "universal").join("-") : null;
          matchedConditions.push(...conditions);
          if (version2 !== null) {
            status |= yield* exports2.file(host2 + "/" + name + "@" + version2, prebuildsURL, opts);
            if (universal) {
              status |= yield* exports2.file(universal + "/" + name + "@" + version2, prebuildsURL, opts);
            }
          }
          if (unversioned) {
            status |= yield* exports2.file(host2 + "/" + name, prebuildsURL, opts);
            if (universal) {
              status |= yield* exports2.file(universal + "/" + name, prebuildsURL, opts);
            }
          }
          for (const _ of conditions) matchedConditions.pop();
        }
        if (status === RESOLVED) return status;
      }
      return yield* exports2.linked(name, version2, opts);
    };
    exports2.linked = function* (name, version2 = null, opts = {}) {
      const {
        linked = true,
        host = null,
        // Shorthand for single host resolution
        hosts = host !== null ? [host] : [],
        matchedConditions = []
      } = opts;
      if (linked === false || hosts.length === 0) return UNRESOLVED;
      let status = UNRESOLVED;
      for (const host2 of hosts) {
        const [platform = null] = host2.split("-", 1);
        if (platform === null) continue;
        matchedConditions.push(platform);
        status |= yield* platformArtefact(name, version2, platform, opts);
        matchedConditions.pop();
      }
      return status;
    };
    function* platformArtefact(name, version2 = null, platform, opts = {}) {
      const { linkedProtocol = "linked:" } = opts;
      if (platform === "darwin" || platform === "ios") {
        if (version2 !== null) {
          if (yield {
            resolution: new URL(`${linkedProtocol}${name}.${version2}.framework/${name}.${version2}`)
          }) {
            return RESOLVED;
          }
          if (platform === "darwin") {
            if (yield {
              resolution: new URL(`${linkedProtocol}lib${name}.${version2}.dylib`)
            }) {
              return RESOLVED;
            }
          }
        }
        if (yield {
          resolution: new URL(`${linkedProtocol}${name}.framework/${name}`)
        }) {
          return RESOLVED;
        }
        if (platform === "darwin") {
          if (yield {
            resolution: new URL(`${linkedProtocol}lib${name}.dylib`)
          }) {
            return RESOLVED;
          }
        }
        return YIELDED;
      }
      if (platform === "linux" || platform === "android") {
        if (version2 !== null) {
          if (yield {
            resolution: new URL(`${linkedProtocol}lib${name}.${version2}.so`)
          }) {
            return RESOLVED;
          }
        }
        if (yield {
          resolution: new URL(`${linkedProtocol}lib${name}.so`)
        }) {
          return RESOLVED;
        }
        return YIELDED;
      }
      if (platform === "win32") {
        if (version2 !== null) {
          if (yield {
            resolution: new URL(`${linkedProtocol}${name}-${version2}.dll`)
          }) {
            return RESOLVED;
          }
        }
        if (yield {
          resolution: new URL(`${linkedProtocol}${name}.dll`)
        }) {
          return RESOLVED;
        }
      }
      return UNRESOLVED;
    }
    exports2.isWindowsDriveLetter = resolve3.isWindowsDriveLetter;
    exports2.startsWithWindowsDriveLetter = resolve3.startsWithWindowsDriveLetter;
    function supportsUniversalPrebuilds(host) {
      return host === "darwin-arm64" || host === "darwin-x64" || host === "ios-arm64-simulator" || host === "ios-x64-simulator";
    }
    function hasOpaquePath(url2) {
      return url2.pathname[0] !== "/";
    }
  }
});

// node_modules/require-addon/lib/node.js
var require_node2 = __commonJS({
  "node_modules/require-addon/lib/node.js"(exports2, module2) {
    if (typeof require.addon === "function") {
      module2.exports = require.addon.bind(require);
    } else {
      let readPackage2 = function(packageURL) {
        try {
          return require(url2.fileURLToPath(packageURL));
        } catch (err) {
          return null;
        }
      }, isAlpine2 = function() {
        return process.platform === "linux" && fs4.existsSync("/etc/alpine-release");
      };
      readPackage = readPackage2, isAlpine = isAlpine2;
      const url2 = require("url");
      const fs4 = require("fs");
      const resolve3 = require_bare_addon_resolve();
      let host = process.platform + "-" + process.arch;
      const conditions = ["addon", "node", process.platform, process.arch];
      const extensions = [".node"];
      if (isAlpine2()) {
        host += "-musl";
        conditions.push("musl");
      }
      module2.exports = function addon(specifier, parentURL) {
        if (typeof parentURL === "string") parentURL = url2.pathToFileURL(parentURL);
        const candidates = [];
        for (const resolution of resolve3(
          specifier,
          parentURL,
          { host, conditions, extensions },
          readPackage2
        )) {
          candidates.push(resolution);
          switch (resolution.protocol) {
            case "file:":
              try {
                return require(url2.fileURLToPath(resolution));
              } catch (err2) {
                if (err2.code === "MODULE_NOT_FOUND") continue;
                const cannotLoad = new Error(`Cannot load addon '${resolution.href}'`, {
                  cause: err2
                });
                cannotLoad.code = "CANNOT_LOAD";
                cannotLoad.specifier = specifier;
                cannotLoad.referrer = parentURL;
                cannotLoad.url = resolution;
                throw cannotLoad;
              }
          }
        }
        let message = `Cannot find addon '${specifier}' imported from '${parentURL.href}'`;
        if (candidates.length > 0) {
          message += "\nCandidates:";
          message += "\n" + candidates.map((url3) => "- " + url3.href).join("\n");
        }
        const err = new Error(message);
        err.code = "ADDON_NOT_FOUND";
        err.specifier = specifier;
        err.referrer = parentURL;
        err.candidates = candidates;
        throw err;
      };
    }
    var readPackage;
    var isAlpine;
  }
});

// node_modules/fs-native-extensions/binding.js
var require_binding = __commonJS({
  "node_modules/fs-native-extensions/binding.js"(exports2, module2) {
    require.addon = require_node2();
    module2.exports = require.addon(".", __filename);
  }
});

// node_modules/fs-native-extensions/index.js
var require_fs_native_extensions = __commonJS({
  "node_modules/fs-native-extensions/index.js"(exports2) {
    var { isWindows } = require_which_runtime();
    var binding = require_binding();
    function onwork(err, result) {
      if (err) this.reject(err);
      else this.resolve(result);
    }
    exports2.tryLock = function tryLock(fd, offset = 0, length = 0, opts = {}) {
      if (typeof offset === "object") {
        opts = offset;
        offset = 0;
      }
      if (typeof length === "object") {
        opts = length;
        length = 0;
      }
      if (typeof opts !== "object" || opts === null) {
        opts = {};
      }
      try {
        binding.tryLock(fd, offset, length, opts.shared !== true);
      } catch (err) {
        if (err.code === "EAGAIN") return false;
        throw err;
      }
      return true;
    };
    exports2.waitForLock = function waitForLock(fd, offset = 0, length = 0, opts = {}) {
      if (typeof offset === "object") {
        opts = offset;
        offset = 0;
      }
      if (typeof length === "object") {
        opts = length;
        length = 0;
      }
      if (typeof opts !== "object" || opts === null) {
        opts = {};
      }
      const req = {
        handle: null,
        resolve: null,
        reject: null
      };
      const promise = new Promise((resolve3, reject) => {
        req.resolve = resolve3;
        req.reject = reject;
      });
      try {
        req.handle = binding.waitForLock(fd, offset, length, opts.shared !== true, req, onwork);
      } catch (err) {
        return Promise.reject(err);
      }
      return promise;
    };
    exports2.waitForLockSync = function waitForLockSync(fd, offset = 0, length = 0, opts = {}) {
      if (typeof offset === "object") {
        opts = offset;
        offset = 0;
      }
      if (typeof length === "object") {
        opts = length;
        length = 0;
      }
      if (typeof opts !== "object" || opts === null) {
        opts = {};
      }
      binding.waitForLockSync(fd, offset, length, opts.shared !== true);
    };
    exports2.tryDowngradeLock = function tryDowngradeLock(fd, offset = 0, length = 0) {
      try {
        binding.tryDowngradeLock(fd, offset, length);
      } catch (err) {
        if (err.code === "EAGAIN") return false;
        throw err;
      }
      return true;
    };
    exports2.waitForDowngradeLock = function downgradeLock(fd, offset = 0, length = 0) {
      const req = {
        handle: null,
        resolve: null,
        reject: null
      };
      const promise = new Promise((resolve3, reject) => {
        req.resolve = resolve3;
        req.reject = reject;
      });
      try {
        req.handle = binding.waitForDowngradeLock(fd, offset, length, req, onwork);
      } catch (err) {
        return Promise.reject(err);
      }
      return promise;
    };
    exports2.waitForDowngradeLockSync = function waitForDowngradeLockSync(fd, offset = 0, length = 0) {
      binding.waitForDowngradeLockSync(fd, offset, length);
    };
    exports2.tryUpgradeLock = function tryUpgradeLock(fd, offset = 0, length = 0) {
      try {
        binding.tryUpgradeLock(fd, offset, length);
      } catch (err) {
        if (err.code === "EAGAIN") return false;
        throw err;
      }
      return true;
    };
    exports2.waitForUpgradeLock = function upgradeLock(fd, offset = 0, length = 0) {
      const req = {
        handle: null,
        resolve: null,
        reject: null
      };
      const promise = new Promise((resolve3, reject) => {
        req.resolve = resolve3;
        req.reject = reject;
      });
      try {
        req.handle = binding.waitForUpgradeLock(fd, offset, length, req, onwork);
      } catch (err) {
        return Promise.reject(err);
      }
      return promise;
    };
    exports2.waitForUpgradeLockSync = function waitForUpgradeLockSync(fd, offset = 0, length = 0) {
      binding.waitForUpgradeLockSync(fd, offset, length);
    };
    exports2.unlock = function unlock(fd, offset = 0, length = 0) {
      binding.unlock(fd, offset, length);
    };
    exports2.trim = function trim(fd, offset, length) {
      const req = {
        handle: null,
        resolve: null,
        reject: null
      };
      const promise = new Promise((resolve3, reject) => {
        req.resolve = resolve3;
        req.reject = reject;
      });
      try {
        req.handle = binding.trim(fd, offset, length, req, onwork);
      } catch (err) {
        return Promise.reject(err);
      }
      return promise;
    };
    exports2.trimSync = function trimSync(fd, offset, length) {
      binding.trimSync(fd, offset, length);
    };
    exports2.sparse = function sparse(fd) {
      if (!isWindows) return Promise.resolve();
      const req = {
        handle: null,
        resolve: null,
        reject: null
      };
      const promise = new Promise((resolve3, reject) => {
        req.resolve = resolve3;
        req.reject = reject;
      });
      try {
        req.handle = binding.sparse(fd, req, onwork);
      } catch (err) {
        return Promise.reject(err);
      }
      return promise;
    };
    exports2.sparseSync = function sparseSync(fd) {
      if (!isWindows) return;
      binding.sparseSync(fd);
    };
    exports2.swap = function swap(from, to) {
      const req = {
        handle: null,
        resolve: null,
        reject: null
      };
      const promise = new Promise((resolve3, reject) => {
        req.resolve = resolve3;
        req.reject = reject;
      });
      try {
        req.handle = binding.swap(from, to, req, onwork);
      } catch (err) {
        return Promise.reject(err);
      }
      return promise;
    };
    exports2.swapSync = function swapSync(from, to) {
      binding.swapSync(from, to);
    };
    exports2.getAttr = function getAttr(fd, name) {
      const req = {
        handle: null,
        resolve: null,
        reject: null
      };
      const promise = new Promise((resolve3, reject) => {
        req.resolve = resolve3;
        req.reject = reject;
      });
      try {
        req.handle = binding.getAttr(fd, name, req, onwork);
      } catch (err) {
        return Promise.reject(err);
      }
      return promise.then((buffer) => buffer === null ? null : Buffer.from(buffer));
    };
    exports2.getAttrSync = function getAttrSync(fd, name) {
      const buffer = binding.getAttrSync(fd, name);
      return buffer === null ? null : Buffer.from(buffer);
    };
    exports2.setAttr = function setAttr(fd, name, value, encoding) {
      if (typeof value === "string") value = Buffer.from(value, encoding);
      const req = {
        value,
        handle: null,
        resolve: null,
        reject: null
      };
      const promise = new Promise((resolve3, reject) => {
        req.resolve = resolve3;
        req.reject = reject;
      });
      try {
        req.handle = binding.setAttr(
          fd,
          name,
          value.buffer,
          value.byteOffset,
          value.byteLength,
          req,
          onwork
        );
      } catch (err) {
        return Promise.reject(err);
      }
      return promise;
    };
    exports2.setAttrSync = function setAttrSync(fd, name, value, encoding) {
      if (typeof value === "string") value = Buffer.from(value, encoding);
      binding.setAttrSync(fd, name, value.buffer, value.byteOffset, value.byteLength);
    };
    exports2.removeAttr = function removeAttr(fd, name) {
      const req = {
        handle: null,
        resolve: null,
        reject: null
      };
      const promise = new Promise((resolve3, reject) => {
        req.resolve = resolve3;
        req.reject = reject;
      });
      try {
        req.handle = binding.removeAttr(fd, name, req, onwork);
      } catch (err) {
        return Promise.reject(err);
      }
      return promise;
    };
    exports2.removeAttrSync = function removeAttrSync(fd, name) {
      binding.removeAttrSync(fd, name);
    };
    exports2.listAttrs = function listAttrs(fd) {
      const req = {
        handle: null,
        resolve: null,
        reject: null
      };
      const promise = new Promise((resolve3, reject) => {
        req.resolve = resolve3;
        req.reject = reject;
      });
      try {
        req.handle = binding.listAttrs(fd, req, onwork);
      } catch (err) {
        return Promise.reject(err);
      }
      return promise;
    };
    exports2.listAttrsSync = function listAttrsSync(fd) {
      return binding.listAttrsSync(fd);
    };
  }
});

// node_modules/random-access-file/index.js
var require_random_access_file = __commonJS({
  "node_modules/random-access-file/index.js"(exports2, module2) {
    var RandomAccessStorage = require_random_access_storage();
    var fs4 = require("fs");
    var path4 = require("path");
    var constants2 = fs4.constants;
    var fsext = null;
    try {
      fsext = require_fs_native_extensions();
    } catch {
    }
    var RDWR = constants2.O_RDWR;
    var RDONLY = constants2.O_RDONLY;
    var WRONLY = constants2.O_WRONLY;
    var CREAT = constants2.O_CREAT;
    var Pool = class {
      constructor(maxSize) {
        this.maxSize = maxSize;
        this.active = [];
      }
      _onactive(file) {
        if (this.active.length >= this.maxSize) {
          const r = Math.floor(Math.random() * this.active.length);
          this.active[r].suspend();
        }
        file._pi = this.active.push(file) - 1;
      }
      _oninactive(file) {
        const head = this.active.pop();
        if (head !== file) {
          head._pi = file._pi;
          this.active[head._pi] = head;
        }
      }
    };
    module2.exports = class RandomAccessFile extends RandomAccessStorage {
      constructor(filename, opts = {}) {
        const size = opts.size || (opts.truncate ? 0 : -1);
        super();
        if (opts.directory) filename = path4.join(opts.directory, path4.resolve("/", filename).replace(/^\w+:\\/, ""));
        this.directory = opts.directory || null;
        this.filename = filename;
        this.fd = 0;
        const {
          readable = true,
          writable = true
        } = opts;
        this.mode = readable && writable ? RDWR : readable ? RDONLY : WRONLY;
        this._pi = 0;
        this._pool = opts.pool || null;
        this._size = size;
        this._rmdir = !!opts.rmdir;
        this._lock = opts.lock === true;
        this._sparse = opts.sparse === true;
        this._alloc = opts.alloc || Buffer.allocUnsafe;
        this._alwaysCreate = size >= 0;
      }
      static createPool(maxSize) {
        return new Pool(maxSize);
      }
      _open(req) {
        const create2 = this._alwaysCreate || this.writing;
        const self = this;
        const mode = this.mode | (create2 ? CREAT : 0);
        if (create2) fs4.mkdir(path4.dirname(this.filename), { recursive: true }, ondir);
        else ondir(null);
        function ondir(err) {
          if (err) return req.callback(err);
          fs4.open(self.filename, mode, onopen);
        }
        function onopen(err, fd) {
          if (err) return onerror(err);
          self.fd = fd;
          if (!self._lock || !fsext) return onlock(null);
          const shared = self.mode === RDONLY;
          if (fsext.tryLock(self.fd, { shared })) onlock(null);
          else onlock(createLockError(self.filename));
        }
        function onlock(err) {
          if (err) return onerrorafteropen(err);
          if (!self._sparse || !fsext || self.mode === RDONLY) return onsparse(null);
          fsext.sparse(self.fd).then(onsparse, onsparse);
        }
        function onsparse(err) {
          if (err) return onerrorafteropen(err);
          if (self._size < 0) return ontruncate(null);
          fs4.ftruncate(self.fd, self._size, ontruncate);
        }
        function ontruncate(err) {
          if (err) return onerrorafteropen(err);
          if (self._pool !== null) self._pool._onactive(self);
          req.callback(null);
        }
        function onerror(err) {
          req.callback(err);
        }
        function onerrorafteropen(err) {
          fs4.close(self.fd, function() {
            self.fd = 0;
            onerror(err);
          });
        }
      }
      _write(req) {
        const data = req.data;
        const fd = this.fd;
        fs4.write(fd, data, 0, req.size, req.offset, onwrite);
        function onwrite(err, wrote) {
          if (err) return req.callback(err);
          req.size -= wrote;
          req.offset += wrote;
          if (!req.size) return req.callback(null);
          fs4.write(fd, data, data.length - req.size, req.size, req.offset, onwrite);
        }
      }
      _read(req) {
        const self = this;
        const data = req.data || this._alloc(req.size);
        const fd = this.fd;
        if (!req.size) return process.nextTick(readEmpty, req);
        fs4.read(fd, data, 0, req.size, req.offset, onread);
        function onread(err, read3) {
          if (err) return req.callback(err);
          if (!read3) return req.callback(createReadError(self.filename, req.offset, req.size));
          req.size -= read3;
          req.offset += read3;
          if (!req.size) return req.callback(null, data);
          fs4.read(fd, data, data.length - req.size, req.size, req.offset, onread);
        }
      }
      _del(req) {
        if (req.size === Infinity) return this._truncate(req);
        if (!fsext) return req.callback(null);
        fsext.trim(this.fd, req.offset, req.size).then(ontrim, ontrim);
        function ontrim(err) {
          req.callback(err);
        }
      }
      _truncate(req) {
        fs4.ftruncate(this.fd, req.offset, ontruncate);
        function ontruncate(err) {
          req.callback(err);
        }
      }
      _stat(req) {
        fs4.fstat(this.fd, onstat);
        function onstat(err, st) {
          req.callback(err, st);
        }
      }
      _close(req) {
        const self = this;
        fs4.close(this.fd, onclose);
        function onclose(err) {
          if (err) return req.callback(err);
          if (self._pool !== null) self._pool._oninactive(self);
          self.fd = 0;
          req.callback(null);
        }
      }
      _unlink(req) {
        const self = this;
        const root = this.directory && path4.resolve(path4.join(this.directory, "."));
        let dir = path4.resolve(path4.dirname(this.filename));
        fs4.unlink(this.filename, onunlink);
        function onunlink(err) {
          if (err && err.code === "ENOENT") err = null;
          if (err || !self._rmdir || !root || dir === root) return req.callback(err);
          fs4.rmdir(dir, onrmdir);
        }
        function onrmdir(err) {
          dir = path4.join(dir, "..");
          if (err || dir === root) return req.callback(null);
          fs4.rmdir(dir, onrmdir);
        }
      }
    };
    function readEmpty(req) {
      req.callback(null, Buffer.alloc(0));
    }
    function createLockError(path5) {
      const err = new Error("ELOCKED: File is locked");
      err.code = "ELOCKED";
      err.path = path5;
      return err;
    }
    function createReadError(path5, offset, size) {
      const err = new Error("EPARTIALREAD: Could not satisfy length");
      err.code = "EPARTIALREAD";
      err.path = path5;
      err.offset = offset;
      err.size = size;
      return err;
    }
  }
});

// node_modules/thunky/index.js
var require_thunky = __commonJS({
  "node_modules/thunky/index.js"(exports2, module2) {
    "use strict";
    var nextTick2 = nextTickArgs;
    process.nextTick(upgrade, 42);
    module2.exports = thunky2;
    function thunky2(fn) {
      var state = run;
      return thunk;
      function thunk(callback) {
        state(callback || noop5);
      }
      function run(callback) {
        var stack = [callback];
        state = wait;
        fn(done);
        function wait(callback2) {
          stack.push(callback2);
        }
        function done(err) {
          var args = arguments;
          state = isError(err) ? run : finished2;
          while (stack.length) finished2(stack.shift());
          function finished2(callback2) {
            nextTick2(apply, callback2, args);
          }
        }
      }
    }
    function isError(err) {
      return Object.prototype.toString.call(err) === "[object Error]";
    }
    function noop5() {
    }
    function apply(callback, args) {
      callback.apply(null, args);
    }
    function upgrade(val) {
      if (val === 42) nextTick2 = process.nextTick;
    }
    function nextTickArgs(fn, a, b) {
      process.nextTick(function() {
        fn(a, b);
      });
    }
  }
});

// node_modules/immediate-chunk-store/index.js
var require_immediate_chunk_store = __commonJS({
  "node_modules/immediate-chunk-store/index.js"(exports2, module2) {
    var queueMicrotask9 = require_queue_microtask();
    var ImmediateStore = class {
      constructor(store) {
        this.store = store;
        this.chunkLength = store.chunkLength;
        if (!this.store || !this.store.get || !this.store.put) {
          throw new Error("First argument must be abstract-chunk-store compliant");
        }
        this.mem = [];
      }
      put(index, buf, cb = () => {
      }) {
        this.mem[index] = buf;
        this.store.put(index, buf, (err) => {
          this.mem[index] = null;
          cb(err);
        });
      }
      get(index, opts, cb = () => {
      }) {
        if (typeof opts === "function") return this.get(index, null, opts);
        let buf = this.mem[index];
        if (!buf) {
          return this.store.get(index, opts, cb);
        }
        if (!opts) opts = {};
        const offset = opts.offset || 0;
        const len = opts.length || buf.length - offset;
        if (offset !== 0 || len !== buf.length) {
          buf = buf.slice(offset, len + offset);
        }
        queueMicrotask9(() => cb(null, buf));
      }
      close(cb = () => {
      }) {
        this.store.close(cb);
      }
      destroy(cb = () => {
      }) {
        this.store.destroy(cb);
      }
    };
    module2.exports = ImmediateStore;
  }
});

// node_modules/memory-chunk-store/index.js
var require_memory_chunk_store = __commonJS({
  "node_modules/memory-chunk-store/index.js"(exports2, module2) {
    module2.exports = Storage2;
    var queueMicrotask9 = require_queue_microtask();
    function Storage2(chunkLength, opts) {
      if (!(this instanceof Storage2)) return new Storage2(chunkLength, opts);
      if (!opts) opts = {};
      this.chunkLength = Number(chunkLength);
      if (!this.chunkLength) throw new Error("First argument must be a chunk length");
      this.chunks = [];
      this.closed = false;
      this.length = Number(opts.length) || Infinity;
      if (this.length !== Infinity) {
        this.lastChunkLength = this.length % this.chunkLength || this.chunkLength;
        this.lastChunkIndex = Math.ceil(this.length / this.chunkLength) - 1;
      }
    }
    Storage2.prototype.put = function(index, buf, cb = () => {
    }) {
      if (this.closed) return queueMicrotask9(() => cb(new Error("Storage is closed")));
      const isLastChunk = index === this.lastChunkIndex;
      if (isLastChunk && buf.length !== this.lastChunkLength) {
        return queueMicrotask9(() => cb(new Error("Last chunk length must be " + this.lastChunkLength)));
      }
      if (!isLastChunk && buf.length !== this.chunkLength) {
        return queueMicrotask9(() => cb(new Error("Chunk length must be " + this.chunkLength)));
      }
      this.chunks[index] = buf;
      queueMicrotask9(() => cb(null));
    };
    Storage2.prototype.get = function(index, opts, cb = () => {
    }) {
      if (typeof opts === "function") return this.get(index, null, opts);
      if (this.closed) return queueMicrotask9(() => cb(new Error("Storage is closed")));
      let buf = this.chunks[index];
      if (!buf) {
        const err = new Error("Chunk not found");
        err.notFound = true;
        return queueMicrotask9(() => cb(err));
      }
      if (!opts) opts = {};
      const offset = opts.offset || 0;
      const len = opts.length || buf.length - offset;
      if (offset !== 0 || len !== buf.length) {
        buf = buf.slice(offset, len + offset);
      }
      queueMicrotask9(() => cb(null, buf));
    };
    Storage2.prototype.close = Storage2.prototype.destroy = function(cb = () => {
    }) {
      if (this.closed) return queueMicrotask9(() => cb(new Error("Storage is closed")));
      this.closed = true;
      this.chunks = null;
      queueMicrotask9(() => cb(null));
    };
  }
});

// node_modules/run-parallel-limit/index.js
var require_run_parallel_limit = __commonJS({
  "node_modules/run-parallel-limit/index.js"(exports2, module2) {
    module2.exports = runParallelLimit;
    var queueMicrotask9 = require_queue_microtask();
    function runParallelLimit(tasks, limit, cb) {
      if (typeof limit !== "number") throw new Error("second argument must be a Number");
      let results, len, pending, keys, isErrored;
      let isSync = true;
      let next;
      if (Array.isArray(tasks)) {
        results = [];
        pending = len = tasks.length;
      } else {
        keys = Object.keys(tasks);
        results = {};
        pending = len = keys.length;
      }
      function done(err) {
        function end() {
          if (cb) cb(err, results);
          cb = null;
        }
        if (isSync) queueMicrotask9(end);
        else end();
      }
      function each(i, err, result) {
        results[i] = result;
        if (err) isErrored = true;
        if (--pending === 0 || err) {
          done(err);
        } else if (!isErrored && next < len) {
          let key;
          if (keys) {
            key = keys[next];
            next += 1;
            tasks[key](function(err2, result2) {
              each(key, err2, result2);
            });
          } else {
            key = next;
            next += 1;
            tasks[key](function(err2, result2) {
              each(key, err2, result2);
            });
          }
        }
      }
      next = limit;
      if (!pending) {
        done(null);
      } else if (keys) {
        keys.some(function(key, i) {
          tasks[key](function(err, result) {
            each(key, err, result);
          });
          if (i === limit - 1) return true;
          return false;
        });
      } else {
        tasks.some(function(task, i) {
          task(function(err, result) {
            each(i, err, result);
          });
          if (i === limit - 1) return true;
          return false;
        });
      }
      isSync = false;
    }
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

// empty:ut_pex
var require_ut_pex = __commonJS({
  "empty:ut_pex"(exports2, module2) {
    module2.exports = {};
  }
});

// node_modules/mime/Mime.js
var require_Mime = __commonJS({
  "node_modules/mime/Mime.js"(exports2, module2) {
    "use strict";
    function Mime() {
      this._types = /* @__PURE__ */ Object.create(null);
      this._extensions = /* @__PURE__ */ Object.create(null);
      for (let i = 0; i < arguments.length; i++) {
        this.define(arguments[i]);
      }
      this.define = this.define.bind(this);
      this.getType = this.getType.bind(this);
      this.getExtension = this.getExtension.bind(this);
    }
    Mime.prototype.define = function(typeMap, force) {
      for (let type in typeMap) {
        let extensions = typeMap[type].map(function(t) {
          return t.toLowerCase();
        });
        type = type.toLowerCase();
        for (let i = 0; i < extensions.length; i++) {
          const ext = extensions[i];
          if (ext[0] === "*") {
            continue;
          }
          if (!force && ext in this._types) {
            throw new Error(
              'Attempt to change mapping for "' + ext + '" extension from "' + this._types[ext] + '" to "' + type + '". Pass `force=true` to allow this, otherwise remove "' + ext + '" from the list of extensions for "' + type + '".'
            );
          }
          this._types[ext] = type;
        }
        if (force || !this._extensions[type]) {
          const ext = extensions[0];
          this._extensions[type] = ext[0] !== "*" ? ext : ext.substr(1);
        }
      }
    };
    Mime.prototype.getType = function(path4) {
      path4 = String(path4);
      let last = path4.replace(/^.*[/\\]/, "").toLowerCase();
      let ext = last.replace(/^.*\./, "").toLowerCase();
      let hasPath = last.length < path4.length;
      let hasDot = ext.length < last.length - 1;
      return (hasDot || !hasPath) && this._types[ext] || null;
    };
    Mime.prototype.getExtension = function(type) {
      type = /^\s*([^;\s]*)/.test(type) && RegExp.$1;
      return type && this._extensions[type.toLowerCase()] || null;
    };
    module2.exports = Mime;
  }
});

// node_modules/mime/types/standard.js
var require_standard = __commonJS({
  "node_modules/mime/types/standard.js"(exports2, module2) {
    module2.exports = { "application/andrew-inset": ["ez"], "application/applixware": ["aw"], "application/atom+xml": ["atom"], "application/atomcat+xml": ["atomcat"], "application/atomdeleted+xml": ["atomdeleted"], "application/atomsvc+xml": ["atomsvc"], "application/atsc-dwd+xml": ["dwd"], "application/atsc-held+xml": ["held"], "application/atsc-rsat+xml": ["rsat"], "application/bdoc": ["bdoc"], "application/calendar+xml": ["xcs"], "application/ccxml+xml": ["ccxml"], "application/cdfx+xml": ["cdfx"], "application/cdmi-capability": ["cdmia"], "application/cdmi-container": ["cdmic"], "application/cdmi-domain": ["cdmid"], "application/cdmi-object": ["cdmio"], "application/cdmi-queue": ["cdmiq"], "application/cu-seeme": ["cu"], "application/dash+xml": ["mpd"], "application/davmount+xml": ["davmount"], "application/docbook+xml": ["dbk"], "application/dssc+der": ["dssc"], "application/dssc+xml": ["xdssc"], "application/ecmascript": ["es", "ecma"], "application/emma+xml": ["emma"], "application/emotionml+xml": ["emotionml"], "application/epub+zip": ["epub"], "application/exi": ["exi"], "application/express": ["exp"], "application/fdt+xml": ["fdt"], "application/font-tdpfr": ["pfr"], "application/geo+json": ["geojson"], "application/gml+xml": ["gml"], "application/gpx+xml": ["gpx"], "application/gxf": ["gxf"], "application/gzip": ["gz"], "application/hjson": ["hjson"], "application/hyperstudio": ["stk"], "application/inkml+xml": ["ink", "inkml"], "application/ipfix": ["ipfix"], "application/its+xml": ["its"], "application/java-archive": ["jar", "war", "ear"], "application/java-serialized-object": ["ser"], "application/java-vm": ["class"], "application/javascript": ["js", "mjs"], "application/json": ["json", "map"], "application/json5": ["json5"], "application/jsonml+json": ["jsonml"], "application/ld+json": ["jsonld"], "application/lgr+xml": ["lgr"], "application/lost+xml": ["lostxml"], "application/mac-binhex40": ["hqx"], "application/mac-compactpro": ["cpt"], "application/mads+xml": ["mads"], "application/manifest+json": ["webmanifest"], "application/marc": ["mrc"], "application/marcxml+xml": ["mrcx"], "application/mathematica": ["ma", "nb", "mb"], "application/mathml+xml": ["mathml"], "application/mbox": ["mbox"], "application/mediaservercontrol+xml": ["mscml"], "application/metalink+xml": ["metalink"], "application/metalink4+xml": ["meta4"], "application/mets+xml": ["mets"], "application/mmt-aei+xml": ["maei"], "application/mmt-usd+xml": ["musd"], "application/mods+xml": ["mods"], "application/mp21": ["m21", "mp21"], "application/mp4": ["mp4s", "m4p"], "application/msword": ["doc", "dot"], "application/mxf": ["mxf"], "application/n-quads": ["nq"], "application/n-triples": ["nt"], "application/node": ["cjs"], "application/octet-stream": ["bin", "dms", "lrf", "mar", "so", "dist", "distz", "pkg", "bpk", "dump", "elc", "deploy", "exe", "dll", "deb", "dmg", "iso", "img", "msi", "msp", "msm", "buffer"], "application/oda": ["oda"], "application/oebps-package+xml": ["opf"], "application/ogg": ["ogx"], "application/omdoc+xml": ["omdoc"], "application/onenote": ["onetoc", "onetoc2", "onetmp", "onepkg"], "application/oxps": ["oxps"], "application/p2p-overlay+xml": ["relo"], "application/patch-ops-error+xml": ["xer"], "application/pdf": ["pdf"], "application/pgp-encrypted": ["pgp"], "application/pgp-signature": ["asc", "sig"], "application/pics-rules": ["prf"], "application/pkcs10": ["p10"], "application/pkcs7-mime": ["p7m", "p7c"], "application/pkcs7-signature": ["p7s"], "application/pkcs8": ["p8"], "application/pkix-attr-cert": ["ac"], "application/pkix-cert": ["cer"], "application/pkix-crl": ["crl"], "application/pkix-pkipath": ["pkipath"], "application/pkixcmp": ["pki"], "application/pls+xml": ["pls"], "application/postscript": ["ai", "eps", "ps"], "application/provenance+xml": ["provx"], "application/pskc+xml": ["pskcxml"], "application/raml+yaml": ["raml"], "application/rdf+xml": ["rdf", "owl"], "application/reginfo+xml": ["rif"], "application/relax-ng-compact-syntax": ["rnc"], "application/resource-lists+xml": ["rl"], "application/resource-lists-diff+xml": ["rld"], "application/rls-services+xml": ["rs"], "application/route-apd+xml": ["rapd"], "application/route-s-tsid+xml": ["sls"], "application/route-usd+xml": ["rusd"], "application/rpki-ghostbusters": ["gbr"], "application/rpki-manifest": ["mft"], "application/rpki-roa": ["roa"], "application/rsd+xml": ["rsd"], "application/rss+xml": ["rss"], "application/rtf": ["rtf"], "application/sbml+xml": ["sbml"], "application/scvp-cv-request": ["scq"], "application/scvp-cv-response": ["scs"], "application/scvp-vp-request": ["spq"], "application/scvp-vp-response": ["spp"], "application/sdp": ["sdp"], "application/senml+xml": ["senmlx"], "application/sensml+xml": ["sensmlx"], "application/set-payment-initiation": ["setpay"], "application/set-registration-initiation": ["setreg"], "application/shf+xml": ["shf"], "application/sieve": ["siv", "sieve"], "application/smil+xml": ["smi", "smil"], "application/sparql-query": ["rq"], "application/sparql-results+xml": ["srx"], "application/srgs": ["gram"], "application/srgs+xml": ["grxml"], "application/sru+xml": ["sru"], "application/ssdl+xml": ["ssdl"], "application/ssml+xml": ["ssml"], "application/swid+xml": ["swidtag"], "application/tei+xml": ["tei", "teicorpus"], "application/thraud+xml": ["tfi"], "application/timestamped-data": ["tsd"], "application/toml": ["toml"], "application/trig": ["trig"], "application/ttml+xml": ["ttml"], "application/ubjson": ["ubj"], "application/urc-ressheet+xml": ["rsheet"], "application/urc-targetdesc+xml": ["td"], "application/voicexml+xml": ["vxml"], "application/wasm": ["wasm"], "application/widget": ["wgt"], "application/winhlp": ["hlp"], "application/wsdl+xml": ["wsdl"], "application/wspolicy+xml": ["wspolicy"], "application/xaml+xml": ["xaml"], "application/xcap-att+xml": ["xav"], "application/xcap-caps+xml": ["xca"], "application/xcap-diff+xml": ["xdf"], "application/xcap-el+xml": ["xel"], "application/xcap-ns+xml": ["xns"], "application/xenc+xml": ["xenc"], "application/xhtml+xml": ["xhtml", "xht"], "application/xliff+xml": ["xlf"], "application/xml": ["xml", "xsl", "xsd", "rng"], "application/xml-dtd": ["dtd"], "application/xop+xml": ["xop"], "application/xproc+xml": ["xpl"], "application/xslt+xml": ["*xsl", "xslt"], "application/xspf+xml": ["xspf"], "application/xv+xml": ["mxml", "xhvml", "xvml", "xvm"], "application/yang": ["yang"], "application/yin+xml": ["yin"], "application/zip": ["zip"], "audio/3gpp": ["*3gpp"], "audio/adpcm": ["adp"], "audio/amr": ["amr"], "audio/basic": ["au", "snd"], "audio/midi": ["mid", "midi", "kar", "rmi"], "audio/mobile-xmf": ["mxmf"], "audio/mp3": ["*mp3"], "audio/mp4": ["m4a", "mp4a"], "audio/mpeg": ["mpga", "mp2", "mp2a", "mp3", "m2a", "m3a"], "audio/ogg": ["oga", "ogg", "spx", "opus"], "audio/s3m": ["s3m"], "audio/silk": ["sil"], "audio/wav": ["wav"], "audio/wave": ["*wav"], "audio/webm": ["weba"], "audio/xm": ["xm"], "font/collection": ["ttc"], "font/otf": ["otf"], "font/ttf": ["ttf"], "font/woff": ["woff"], "font/woff2": ["woff2"], "image/aces": ["exr"], "image/apng": ["apng"], "image/avif": ["avif"], "image/bmp": ["bmp"], "image/cgm": ["cgm"], "image/dicom-rle": ["drle"], "image/emf": ["emf"], "image/fits": ["fits"], "image/g3fax": ["g3"], "image/gif": ["gif"], "image/heic": ["heic"], "image/heic-sequence": ["heics"], "image/heif": ["heif"], "image/heif-sequence": ["heifs"], "image/hej2k": ["hej2"], "image/hsj2": ["hsj2"], "image/ief": ["ief"], "image/jls": ["jls"], "image/jp2": ["jp2", "jpg2"], "image/jpeg": ["jpeg", "jpg", "jpe"], "image/jph": ["jph"], "image/jphc": ["jhc"], "image/jpm": ["jpm"], "image/jpx": ["jpx", "jpf"], "image/jxr": ["jxr"], "image/jxra": ["jxra"], "image/jxrs": ["jxrs"], "image/jxs": ["jxs"], "image/jxsc": ["jxsc"], "image/jxsi": ["jxsi"], "image/jxss": ["jxss"], "image/ktx": ["ktx"], "image/ktx2": ["ktx2"], "image/png": ["png"], "image/sgi": ["sgi"], "image/svg+xml": ["svg", "svgz"], "image/t38": ["t38"], "image/tiff": ["tif", "tiff"], "image/tiff-fx": ["tfx"], "image/webp": ["webp"], "image/wmf": ["wmf"], "message/disposition-notification": ["disposition-notification"], "message/global": ["u8msg"], "message/global-delivery-status": ["u8dsn"], "message/global-disposition-notification": ["u8mdn"], "message/global-headers": ["u8hdr"], "message/rfc822": ["eml", "mime"], "model/3mf": ["3mf"], "model/gltf+json": ["gltf"], "model/gltf-binary": ["glb"], "model/iges": ["igs", "iges"], "model/mesh": ["msh", "mesh", "silo"], "model/mtl": ["mtl"], "model/obj": ["obj"], "model/step+xml": ["stpx"], "model/step+zip": ["stpz"], "model/step-xml+zip": ["stpxz"], "model/stl": ["stl"], "model/vrml": ["wrl", "vrml"], "model/x3d+binary": ["*x3db", "x3dbz"], "model/x3d+fastinfoset": ["x3db"], "model/x3d+vrml": ["*x3dv", "x3dvz"], "model/x3d+xml": ["x3d", "x3dz"], "model/x3d-vrml": ["x3dv"], "text/cache-manifest": ["appcache", "manifest"], "text/calendar": ["ics", "ifb"], "text/coffeescript": ["coffee", "litcoffee"], "text/css": ["css"], "text/csv": ["csv"], "text/html": ["html", "htm", "shtml"], "text/jade": ["jade"], "text/jsx": ["jsx"], "text/less": ["less"], "text/markdown": ["markdown", "md"], "text/mathml": ["mml"], "text/mdx": ["mdx"], "text/n3": ["n3"], "text/plain": ["txt", "text", "conf", "def", "list", "log", "in", "ini"], "text/richtext": ["rtx"], "text/rtf": ["*rtf"], "text/sgml": ["sgml", "sgm"], "text/shex": ["shex"], "text/slim": ["slim", "slm"], "text/spdx": ["spdx"], "text/stylus": ["stylus", "styl"], "text/tab-separated-values": ["tsv"], "text/troff": ["t", "tr", "roff", "man", "me", "ms"], "text/turtle": ["ttl"], "text/uri-list": ["uri", "uris", "urls"], "text/vcard": ["vcard"], "text/vtt": ["vtt"], "text/xml": ["*xml"], "text/yaml": ["yaml", "yml"], "video/3gpp": ["3gp", "3gpp"], "video/3gpp2": ["3g2"], "video/h261": ["h261"], "video/h263": ["h263"], "video/h264": ["h264"], "video/iso.segment": ["m4s"], "video/jpeg": ["jpgv"], "video/jpm": ["*jpm", "jpgm"], "video/mj2": ["mj2", "mjp2"], "video/mp2t": ["ts"], "video/mp4": ["mp4", "mp4v", "mpg4"], "video/mpeg": ["mpeg", "mpg", "mpe", "m1v", "m2v"], "video/ogg": ["ogv"], "video/quicktime": ["qt", "mov"], "video/webm": ["webm"] };
  }
});

// node_modules/mime/lite.js
var require_lite = __commonJS({
  "node_modules/mime/lite.js"(exports2, module2) {
    "use strict";
    var Mime = require_Mime();
    module2.exports = new Mime(require_standard());
  }
});

// node_modules/webtorrent/package.json
var require_package = __commonJS({
  "node_modules/webtorrent/package.json"(exports2, module2) {
    module2.exports = {
      name: "webtorrent",
      description: "Streaming torrent client",
      version: "3.0.21",
      author: {
        name: "WebTorrent LLC",
        email: "feross@webtorrent.io",
        url: "https://webtorrent.io"
      },
      type: "module",
      browser: {
        "./lib/conn-pool.js": false,
        "./lib/utp.cjs": false,
        "@silentbot1/nat-api": false,
        "bittorrent-dht": false,
        crypto: false,
        fs: false,
        "fs-chunk-store": "fsa-chunk-store",
        http: false,
        "load-ip-set": false,
        net: false,
        os: false,
        ut_pex: false
      },
      bugs: {
        url: "https://github.com/webtorrent/webtorrent/issues"
      },
      chromeapp: {
        "./lib/utp.cjs": false,
        "@silentbot1/nat-api": false,
        fs: false,
        "fs-chunk-store": "memory-chunk-store",
        http: "@webtorrent/http-node",
        https: "@webtorrent/http-node",
        "load-ip-set": false,
        net: "chrome-net",
        os: false
      },
      dependencies: {
        "@silentbot1/nat-api": "^0.4.9",
        "@thaunknown/simple-peer": "^10.1.2",
        "@webtorrent/http-node": "^1.3.0",
        "addr-to-ip-port": "^2.0.0",
        bitfield: "^5.0.1",
        "bittorrent-dht": "^11.0.12",
        "bittorrent-protocol": "^5.0.9",
        "cache-chunk-store": "^3.2.2",
        "chunk-store-iterator": "^1.0.4",
        cpus: "^1.0.3",
        "create-torrent": "^6.1.3",
        "cross-fetch-ponyfill": "^1.0.3",
        debug: "^4.4.3",
        "escape-html": "^1.0.3",
        "fs-chunk-store": "^5.0.1",
        "fsa-chunk-store": "^1.3.0",
        "immediate-chunk-store": "^2.2.0",
        "join-async-iterator": "^1.1.1",
        "load-ip-set": "^3.0.2",
        lt_donthave: "^2.0.7",
        "memory-chunk-store": "^1.3.5",
        mime: "^3.0.0",
        once: "^1.4.0",
        "parse-torrent": "^11.0.24",
        pump: "^3.0.4",
        "queue-microtask": "^1.2.3",
        "random-iterate": "^1.0.1",
        "range-parser": "^1.3.0",
        "run-parallel": "^1.2.0",
        "run-parallel-limit": "^1.1.0",
        "speed-limiter": "^1.0.2",
        streamx: "2.28.0",
        throughput: "^1.0.2",
        "torrent-discovery": "^11.0.21",
        "torrent-piece": "^4.0.1",
        "uint8-util": "^2.3.2",
        "unordered-array-remove": "^1.0.2",
        ut_metadata: "^5.0.1",
        ut_pex: "^5.0.2"
      },
      devDependencies: {
        "@babel/core": "7.29.7",
        "@babel/eslint-parser": "^7.29.7",
        "@babel/plugin-syntax-import-assertions": "7.29.7",
        "@babel/preset-env": "7.29.7",
        "@webtorrent/semantic-release-config": "1.0.11",
        airtap: "5.0.0",
        "airtap-manual": "1.0.0",
        "airtap-sauce": "1.1.2",
        "airtap-system": "^0.1.0",
        babelify: "10.0.0",
        "bittorrent-tracker": "11.2.3",
        buffer: "^6.0.3",
        "chrome-net": "^3.3.4",
        "crypto-browserify": "^3.12.1",
        disc: "1.3.3",
        eslint: "^8.57.1",
        "eslint-config-standard": "^17.1.0",
        "eslint-plugin-import": "^2.32.0",
        "eslint-plugin-n": "^16.6.2",
        "eslint-plugin-promise": "^6.6.0",
        finalhandler: "2.1.1",
        "network-address": "1.1.2",
        pako: "^2.2.0",
        "path-esm": "^1.0.0",
        querystring: "^0.2.1",
        "run-series": "1.1.9",
        "semantic-release": "25.0.8",
        "serve-static": "2.2.1",
        "stream-browserify": "^3.0.0",
        "tap-parser": "^18.3.4",
        "tap-spec": "^5.0.0",
        tape: "^5.10.2",
        "terser-webpack-plugin": "^5.6.1",
        "timers-browserify": "^2.0.12",
        webpack: "^5.109.0",
        "webpack-cli": "^7.0.3",
        "webtorrent-fixtures": "1.7.5"
      },
      optionalDependencies: {
        "utp-native": "^2.5.3"
      },
      engines: {
        node: ">=22"
      },
      funding: [
        {
          type: "github",
          url: "https://github.com/sponsors/feross"
        },
        {
          type: "patreon",
          url: "https://www.patreon.com/feross"
        },
        {
          type: "consulting",
          url: "https://feross.org/support"
        }
      ],
      homepage: "https://webtorrent.io",
      keywords: [
        "bittorrent",
        "bittorrent client",
        "download",
        "mad science",
        "p2p",
        "peer-to-peer",
        "peers",
        "streaming",
        "swarm",
        "torrent",
        "web torrent",
        "webrtc",
        "webrtc data",
        "webtorrent"
      ],
      license: "MIT",
      main: "index.js",
      repository: {
        type: "git",
        url: "git://github.com/webtorrent/webtorrent.git"
      },
      scripts: {
        build: "npm run build-js && npm run build-js-worker && npm run build-chromeapp",
        "build-chromeapp": "webpack --config ./scripts/chromeapp.webpack.js",
        "build-js": "webpack --config ./scripts/browser.webpack.js",
        "build-js-worker": "webpack --config ./scripts/worker.webpack.js",
        prepublishOnly: "npm run build && npm run update-authors",
        preversion: "npm run build && npm run update-authors",
        size: "npm run size-js && npm run size-disc",
        "size-disc": "npm run build-js && cat ./dist/webtorrent.min.js | discify --open",
        "size-js": "npm run build-js && cat ./dist/webtorrent.min.js | gzip | wc -c",
        lint: "eslint .",
        test: "npm run lint && npm run test-node && npm run test-browser",
        "test-browser": "airtap --concurrency 1 --all -t 30s -- test/*.js test/browser/*.js | tap-spec",
        "test-browser-local": "airtap --preset local -- test/*.js test/browser/*.js | tap-spec",
        "test-node": "tape test/*.js test/node/*.js | tap-spec",
        "test-single": "tape test/node/client-deselect.js | tap-spec",
        "update-authors": "./scripts/update-authors.sh"
      },
      renovate: {
        extends: [
          "github>webtorrent/renovate-config"
        ],
        rangeStrategy: "bump"
      },
      release: {
        extends: "@webtorrent/semantic-release-config"
      }
    };
  }
});

// node_modules/webtorrent/version.cjs
var require_version2 = __commonJS({
  "node_modules/webtorrent/version.cjs"(exports2, module2) {
    module2.exports = require_package().version;
  }
});

// node_modules/escape-html/index.js
var require_escape_html = __commonJS({
  "node_modules/escape-html/index.js"(exports2, module2) {
    "use strict";
    var matchHtmlRegExp = /["'&<>]/;
    module2.exports = escapeHtml2;
    function escapeHtml2(string3) {
      var str = "" + string3;
      var match = matchHtmlRegExp.exec(str);
      if (!match) {
        return str;
      }
      var escape2;
      var html = "";
      var index = 0;
      var lastIndex = 0;
      for (index = match.index; index < str.length; index++) {
        switch (str.charCodeAt(index)) {
          case 34:
            escape2 = "&quot;";
            break;
          case 38:
            escape2 = "&amp;";
            break;
          case 39:
            escape2 = "&#39;";
            break;
          case 60:
            escape2 = "&lt;";
            break;
          case 62:
            escape2 = "&gt;";
            break;
          default:
            continue;
        }
        if (lastIndex !== index) {
          html += str.substring(lastIndex, index);
        }
        lastIndex = index + 1;
        html += escape2;
      }
      return lastIndex !== index ? html + str.substring(lastIndex, index) : html;
    }
  }
});

// node_modules/end-of-stream/index.js
var require_end_of_stream = __commonJS({
  "node_modules/end-of-stream/index.js"(exports2, module2) {
    var once7 = require_once();
    var noop5 = function() {
    };
    var qnt = global.Bare ? queueMicrotask : process.nextTick.bind(process);
    var isRequest = function(stream) {
      return stream.setHeader && typeof stream.abort === "function";
    };
    var isChildProcess = function(stream) {
      return stream.stdio && Array.isArray(stream.stdio) && stream.stdio.length === 3;
    };
    var eos = function(stream, opts, callback) {
      if (typeof opts === "function") return eos(stream, null, opts);
      if (!opts) opts = {};
      callback = once7(callback || noop5);
      var ws = stream._writableState;
      var rs = stream._readableState;
      var readable = opts.readable || opts.readable !== false && stream.readable;
      var writable = opts.writable || opts.writable !== false && stream.writable;
      var cancelled = false;
      var onlegacyfinish = function() {
        if (!stream.writable) onfinish();
      };
      var onfinish = function() {
        writable = false;
        if (!readable) callback.call(stream);
      };
      var onend = function() {
        readable = false;
        if (!writable) callback.call(stream);
      };
      var onexit = function(exitCode) {
        callback.call(stream, exitCode ? new Error("exited with error code: " + exitCode) : null);
      };
      var onerror = function(err) {
        callback.call(stream, err);
      };
      var onclose = function() {
        qnt(onclosenexttick);
      };
      var onclosenexttick = function() {
        if (cancelled) return;
        if (readable && !(rs && (rs.ended && !rs.destroyed))) return callback.call(stream, new Error("premature close"));
        if (writable && !(ws && (ws.ended && !ws.destroyed))) return callback.call(stream, new Error("premature close"));
      };
      var onrequest = function() {
        stream.req.on("finish", onfinish);
      };
      if (isRequest(stream)) {
        stream.on("complete", onfinish);
        stream.on("abort", onclose);
        if (stream.req) onrequest();
        else stream.on("request", onrequest);
      } else if (writable && !ws) {
        stream.on("end", onlegacyfinish);
        stream.on("close", onlegacyfinish);
      }
      if (isChildProcess(stream)) stream.on("exit", onexit);
      stream.on("end", onend);
      stream.on("finish", onfinish);
      if (opts.error !== false) stream.on("error", onerror);
      stream.on("close", onclose);
      return function() {
        cancelled = true;
        stream.removeListener("complete", onfinish);
        stream.removeListener("abort", onclose);
        stream.removeListener("request", onrequest);
        if (stream.req) stream.req.removeListener("finish", onfinish);
        stream.removeListener("end", onlegacyfinish);
        stream.removeListener("close", onlegacyfinish);
        stream.removeListener("finish", onfinish);
        stream.removeListener("exit", onexit);
        stream.removeListener("end", onend);
        stream.removeListener("error", onerror);
        stream.removeListener("close", onclose);
      };
    };
    module2.exports = eos;
  }
});

// node_modules/pump/index.js
var require_pump = __commonJS({
  "node_modules/pump/index.js"(exports2, module2) {
    var once7 = require_once();
    var eos = require_end_of_stream();
    var fs4;
    try {
      fs4 = require("fs");
    } catch (e) {
    }
    var noop5 = function() {
    };
    var ancient = typeof process === "undefined" ? false : /^v?\.0/.test(process.version);
    var isFn = function(fn) {
      return typeof fn === "function";
    };
    var isFS = function(stream) {
      if (!ancient) return false;
      if (!fs4) return false;
      return (stream instanceof (fs4.ReadStream || noop5) || stream instanceof (fs4.WriteStream || noop5)) && isFn(stream.close);
    };
    var isRequest = function(stream) {
      return stream.setHeader && isFn(stream.abort);
    };
    var destroyer = function(stream, reading, writing2, callback) {
      callback = once7(callback);
      var closed = false;
      stream.on("close", function() {
        closed = true;
      });
      eos(stream, { readable: reading, writable: writing2 }, function(err) {
        if (err) return callback(err);
        closed = true;
        callback();
      });
      var destroyed = false;
      return function(err) {
        if (closed) return;
        if (destroyed) return;
        destroyed = true;
        if (isFS(stream)) return stream.close(noop5);
        if (isRequest(stream)) return stream.abort();
        if (isFn(stream.destroy)) return stream.destroy();
        callback(err || new Error("stream was destroyed"));
      };
    };
    var call = function(fn) {
      fn();
    };
    var pipe = function(from, to) {
      return from.pipe(to);
    };
    var pump2 = function() {
      var streams = Array.prototype.slice.call(arguments);
      var callback = isFn(streams[streams.length - 1] || noop5) && streams.pop() || noop5;
      if (Array.isArray(streams[0])) streams = streams[0];
      if (streams.length < 2) throw new Error("pump requires two streams per minimum");
      var error2;
      var destroys = streams.map(function(stream, i) {
        var reading = i < streams.length - 1;
        var writing2 = i > 0;
        return destroyer(stream, reading, writing2, function(err) {
          if (!error2) error2 = err;
          if (err) destroys.forEach(call);
          if (reading) return;
          destroys.forEach(call);
          callback(error2);
        });
      });
      return streams.reduce(pipe);
    };
    module2.exports = pump2;
  }
});

// node_modules/range-parser/index.js
var require_range_parser = __commonJS({
  "node_modules/range-parser/index.js"(exports2, module2) {
    "use strict";
    module2.exports = rangeParser2;
    function rangeParser2(size, str, options) {
      if (typeof str !== "string") {
        throw new TypeError("argument str must be a string");
      }
      var index = str.indexOf("=");
      if (index === -1) {
        return -2;
      }
      var arr = str.slice(index + 1).split(",");
      var ranges = [];
      ranges.type = str.slice(0, index);
      for (var i = 0; i < arr.length; i++) {
        var indexOf = arr[i].indexOf("-");
        if (indexOf === -1) {
          return -2;
        }
        var startStr = arr[i].slice(0, indexOf).trim();
        var endStr = arr[i].slice(indexOf + 1).trim();
        var start = parsePos(startStr);
        var end = parsePos(endStr);
        if (startStr.length === 0) {
          start = size - end;
          end = size - 1;
        } else if (endStr.length === 0) {
          end = size - 1;
        }
        if (end > size - 1) {
          end = size - 1;
        }
        if (isNaN(start) || isNaN(end)) {
          return -2;
        }
        if (start > end || start < 0) {
          continue;
        }
        ranges.push({
          start,
          end
        });
      }
      if (ranges.length < 1) {
        return -1;
      }
      return options && options.combine ? combineRanges(ranges) : ranges;
    }
    function parsePos(str) {
      if (/^\d+$/.test(str)) return Number(str);
      return NaN;
    }
    function combineRanges(ranges) {
      var ordered = ranges.map(mapWithIndex).sort(sortByRangeStart);
      for (var j = 0, i = 1; i < ordered.length; i++) {
        var range = ordered[i];
        var current = ordered[j];
        if (range.start > current.end + 1) {
          ordered[++j] = range;
        } else if (range.end > current.end) {
          current.end = range.end;
          current.index = Math.min(current.index, range.index);
        }
      }
      ordered.length = j + 1;
      var combined = ordered.sort(sortByRangeIndex).map(mapWithoutIndex);
      combined.type = ranges.type;
      return combined;
    }
    function mapWithIndex(range, index) {
      return {
        start: range.start,
        end: range.end,
        index
      };
    }
    function mapWithoutIndex(range) {
      return {
        start: range.start,
        end: range.end
      };
    }
    function sortByRangeIndex(a, b) {
      return a.index - b.index;
    }
    function sortByRangeStart(a, b) {
      return a.start - b.start;
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
var require_constants2 = __commonJS({
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
    var { EMPTY_BUFFER } = require_constants2();
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
var require_limiter2 = __commonJS({
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
    var Limiter = require_limiter2();
    var { kStatusCode } = require_constants2();
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
    var { hasBlob } = require_constants2();
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
    function isBlob3(value) {
      return hasBlob && typeof value === "object" && typeof value.arrayBuffer === "function" && typeof value.type === "string" && typeof value.stream === "function" && (value[Symbol.toStringTag] === "Blob" || value[Symbol.toStringTag] === "File");
    }
    module2.exports = {
      isBlob: isBlob3,
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
    } = require_constants2();
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
    var { Duplex: Duplex3 } = require("stream");
    var { randomFillSync } = require("crypto");
    var {
      types: { isUint8Array }
    } = require("util");
    var PerMessageDeflate2 = require_permessage_deflate();
    var { EMPTY_BUFFER, kWebSocket, NOOP } = require_constants2();
    var { isBlob: isBlob3, isValidStatusCode } = require_validation();
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
        } else if (isBlob3(data)) {
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
        if (isBlob3(data)) {
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
        } else if (isBlob3(data)) {
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
        if (isBlob3(data)) {
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
        } else if (isBlob3(data)) {
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
        if (isBlob3(data)) {
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
    var { kForOnEventAttribute, kListener } = require_constants2();
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
    var EventEmitter10 = require("events");
    var https = require("https");
    var http3 = require("http");
    var net3 = require("net");
    var querystring2 = require("querystring");
    var tls2 = require("tls");
    var { randomBytes: randomBytes2, createHash: createHash11 } = require("crypto");
    var { Duplex: Duplex3, Readable: Readable3 } = require("stream");
    var { URL: URL2 } = require("url");
    var PerMessageDeflate2 = require_permessage_deflate();
    var Receiver2 = require_receiver();
    var Sender2 = require_sender();
    var { isBlob: isBlob3 } = require_validation();
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
    } = require_constants2();
    var {
      EventTarget: { addEventListener, removeEventListener }
    } = require_event_target();
    var { format, parse: parse2 } = require_extension();
    var { toBuffer } = require_buffer_util();
    var kAborted = /* @__PURE__ */ Symbol("kAborted");
    var protocolVersions = [8, 13];
    var readyStates = ["CONNECTING", "OPEN", "CLOSING", "CLOSED"];
    var subprotocolRegex = /^[!#$%&'*+\-.0-9A-Z^_`|a-z~]+$/;
    var WebSocket2 = class _WebSocket extends EventEmitter10 {
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
      const request = isSecure ? https.request : http3.request;
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
      return net3.connect(options);
    }
    function tlsConnect(options) {
      options.path = void 0;
      if (!options.servername && options.servername !== "") {
        options.servername = net3.isIP(options.host) ? "" : options.host;
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
        const length = isBlob3(data) ? data.size : toBuffer(data).length;
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
    var { Duplex: Duplex3 } = require("stream");
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
      const duplex = new Duplex3({
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
    var EventEmitter10 = require("events");
    var http3 = require("http");
    var { Duplex: Duplex3 } = require("stream");
    var { createHash: createHash11 } = require("crypto");
    var extension2 = require_extension();
    var PerMessageDeflate2 = require_permessage_deflate();
    var subprotocol2 = require_subprotocol();
    var WebSocket2 = require_websocket();
    var { CLOSE_TIMEOUT, GUID, kWebSocket } = require_constants2();
    var keyRegex = /^[+/0-9A-Za-z]{22}==$/;
    var RUNNING = 0;
    var CLOSING = 1;
    var CLOSED = 2;
    var WebSocketServer2 = class extends EventEmitter10 {
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
          this._server = http3.createServer((req, res) => {
            const body = http3.STATUS_CODES[426];
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
      message = message || http3.STATUS_CODES[code];
      headers = {
        Connection: "close",
        "Content-Type": "text/html",
        "Content-Length": Buffer.byteLength(message),
        ...headers
      };
      socket.once("finish", socket.destroy);
      socket.end(
        `HTTP/1.1 ${code} ${http3.STATUS_CODES[code]}\r
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

// node_modules/ip/lib/ip.js
var require_ip = __commonJS({
  "node_modules/ip/lib/ip.js"(exports2) {
    var ip = exports2;
    var { Buffer: Buffer2 } = require("buffer");
    var os3 = require("os");
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
      const interfaces = os3.networkInterfaces();
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
    var basenameOf = (path4) => {
      const end = path4.length - 1;
      const index = path4.lastIndexOf(
        SLASH,
        path4[end] === SLASH ? end - 1 : end
      );
      return index < 0 ? path4 : path4.slice(index + 1);
    };
    var parentOf = (path4) => {
      if (path4.charCodeAt(0) === SLASH_CODE || path4.indexOf(DOUBLE_SLASH) >= 0) {
        const slices = path4.split(SLASH).filter(Boolean);
        slices.pop();
        return slices.length ? slices.join(SLASH) + SLASH : EMPTY;
      }
      const end = path4.length - 1;
      const cut = path4.lastIndexOf(
        SLASH,
        path4.charCodeAt(end) === SLASH_CODE ? end - 1 : end
      );
      return cut < 0 ? EMPTY : path4.slice(0, cut + 1);
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
      testLiteral(path4) {
        const rules = this._literalRules || (this._literalRules = this._rules.filter(
          ({ body }) => body[body.length - (body[body.length - 1] === SLASH ? 2 : 1)] === "*"
        ));
        let ignored = false;
        let unignored = false;
        let matchedRule;
        for (let index = rules.length - 1; index >= 0; index--) {
          const rule = rules[index];
          if (rule.checkRegex.test(path4)) {
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
      test(path4, mode) {
        const rules = this._rules;
        const { length } = rules;
        const shortcut = this._basenameCount * 2 >= length;
        const basename3 = shortcut ? basenameOf(path4) : path4;
        for (let index = length - 1; index >= 0; index--) {
          const rule = rules[index];
          if (rule[mode].test(
            shortcut && rule._basenameOnly ? basename3 : path4
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
    var checkPath = (path4, originalPath, doThrow) => {
      if (!isString(path4)) {
        return doThrow(
          `path must be a string, but got \`${originalPath}\``,
          TypeError
        );
      }
      if (!path4) {
        return doThrow(`path must not be empty`, TypeError);
      }
      if (checkPath.isNotRelative(path4)) {
        const r = "`path.relative()`d";
        return doThrow(
          `path should be a ${r} string, but got "${originalPath}"`,
          RangeError
        );
      }
      return true;
    };
    var isNotRelative = (path4) => {
      const first = path4.charCodeAt(0);
      if (first === SLASH_CODE) {
        return true;
      }
      if (first !== DOT_CODE) {
        return false;
      }
      if (path4.length === 1) {
        return true;
      }
      const second = path4.charCodeAt(1);
      if (second === SLASH_CODE) {
        return true;
      }
      if (second !== DOT_CODE) {
        return false;
      }
      return path4.length === 2 || path4.charCodeAt(2) === SLASH_CODE;
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
      _test(originalPath, cache2, path4) {
        checkPath(
          path4,
          originalPath,
          this._strictPathCheck ? throwError : RETURN_FALSE
        );
        return path4 ? this._t(path4, cache2) : {
          ignored: false,
          unignored: false
        };
      }
      checkIgnore(target) {
        const path4 = convertPath(target);
        if (!path4 || path4.charCodeAt(path4.length - 1) !== SLASH_CODE) {
          return this._test(target, this._testCache, path4);
        }
        const dir = this._t(path4, this._testCache);
        if (dir.ignored) {
          return dir;
        }
        const literal2 = this._rules.testLiteral(path4);
        return literal2.ignored || literal2.unignored ? literal2 : dir;
      }
      _t(path4, cache2) {
        if (path4 in cache2) {
          return cache2[path4];
        }
        const parentPath2 = parentOf(path4);
        const parent = parentPath2 ? this._t(parentPath2, cache2) : UNDEFINED;
        return cache2[path4] = parent && parent.ignored ? parent : this._rules.test(path4, MODE_IGNORE);
      }
      ignores(path4) {
        return this._test(path4, this._ignoreCache, convertPath(path4)).ignored;
      }
      createFilter() {
        return (path4) => !this.ignores(path4);
      }
      filter(paths) {
        return makeArray(paths).filter(this.createFilter());
      }
      // @returns {TestResult}
      test(path4) {
        return this._test(path4, this._testCache, convertPath(path4));
      }
    };
    var factory = (options) => new Ignore(options);
    var isPathValid = (path4) => checkPath(convertPath(path4), path4, RETURN_FALSE);
    var setupWindows = () => {
      const makePosix = (str) => /^\\\\\?\\/.test(str) || /["<>|\u0000-\u001F]+/u.test(str) ? str : str.replace(/\\/g, "/");
      checkPath.convert = makePosix;
      const REGEX_TEST_WINDOWS_PATH_ABSOLUTE = /^[a-z]:\//i;
      checkPath.isNotRelative = (path4) => REGEX_TEST_WINDOWS_PATH_ABSOLUTE.test(path4) || isNotRelative(path4);
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

// src/swarm/webtorrent-engine.ts
var import_promises2 = require("node:timers/promises");

// node_modules/webtorrent/index.js
var import_events8 = __toESM(require("events"), 1);
var import_path6 = __toESM(require("path"), 1);

// node_modules/uint8-util/dist/src/node.js
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
var arr2base = (data) => Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64");
var arr2hex = (data) => Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("hex");
var hex2arr = (str) => {
  const buf = Buffer.from(str, "hex");
  return new Uint8Array(buf.buffer, buf.byteOffset, buf.byteLength);
};
var hex2bin = (hex) => Buffer.from(hex, "hex").toString("binary");
var bin2hex = (bin) => Buffer.from(bin, "binary").toString("hex");
async function hash(data, format, algo = "sha1") {
  algo = algo.replace("sha-", "sha");
  if (data instanceof ArrayBuffer)
    data = new Uint8Array(data);
  const out = (0, import_node_crypto.createHash)(algo).update(data);
  if (format)
    return out.digest(format);
  const res = out.digest();
  return new Uint8Array(res.buffer, res.byteOffset, res.byteLength);
}
var randomBytes = (size) => new Uint8Array((0, import_node_crypto.randomBytes)(size));
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

// node_modules/bitfield/dist/index.js
function bitsToBytes(numberOfBits) {
  return (numberOfBits >> 3) + Number(numberOfBits % 8 !== 0);
}
var BitField = class {
  /**
   * Grow the bitfield up to this number of entries.
   * @default 0.
   */
  grow;
  /** The internal storage of the bitfield. */
  buffer;
  /** The number of bits in the bitfield. */
  get length() {
    return this.buffer.length << 3;
  }
  /**
   * Constructs a BitField.
   * @param data Either a number representing the maximum number of supported bits, or a Uint8Array.
   * @param options Configuration for bitfield growth behavior.
   */
  constructor(data = 0, options) {
    const grow = options?.grow;
    this.grow = grow ? Number.isFinite(grow) ? bitsToBytes(grow) : grow : 0;
    this.buffer = typeof data === "number" ? new Uint8Array(bitsToBytes(data)) : data;
  }
  /**
   * Get a particular bit.
   * @param bitIndex Bit index to retrieve.
   * @returns A boolean indicating whether the `i`th bit is set.
   */
  get(bitIndex) {
    const byteIndex = bitIndex >> 3;
    return byteIndex < this.buffer.length && !!(this.buffer[byteIndex] & 128 >> bitIndex % 8);
  }
  /**
   * Set a particular bit.
   *
   * Will grow the underlying array if the bit is out of bounds and the `grow` option is set.
   * @param bitIndex Bit index to set.
   * @param value Value to set the bit to. Defaults to `true`.
   */
  set(bitIndex, value = true) {
    const byteIndex = bitIndex >> 3;
    if (value) {
      if (byteIndex >= this.buffer.length) {
        const newLength = Math.max(byteIndex + 1, Math.min(2 * this.buffer.length, this.grow));
        if (newLength <= this.grow) {
          const newBuffer = new Uint8Array(newLength);
          newBuffer.set(this.buffer);
          this.buffer = newBuffer;
        }
      }
      this.buffer[byteIndex] |= 128 >> bitIndex % 8;
    } else if (byteIndex < this.buffer.length) {
      this.buffer[byteIndex] &= ~(128 >> bitIndex % 8);
    }
  }
  /**
   * Sets a value or an array of values.
   * @param array An array of booleans to set.
   * @param offset The bit offset at which the values are to be written.
   */
  setAll(array2, offset = 0) {
    const targetLength = Math.min(bitsToBytes(offset + array2.length), this.grow);
    if (this.buffer.length < targetLength) {
      const newBuffer = new Uint8Array(targetLength);
      newBuffer.set(this.buffer);
      this.buffer = newBuffer;
    }
    let byteIndex = offset >> 3;
    let bitMask = 128 >> offset % 8;
    for (let index = 0; index < array2.length; index++) {
      const element = array2[index];
      if (element) {
        this.buffer[byteIndex] |= bitMask;
      } else {
        this.buffer[byteIndex] &= ~bitMask;
      }
      if (bitMask === 1) {
        byteIndex += 1;
        if (byteIndex >= this.buffer.length) {
          break;
        }
        bitMask = 128;
      } else {
        bitMask >>= 1;
      }
    }
  }
  /**
   * Loop through the bits in the bitfield.
   * @param callbackfn Function to be called with the bit value and index.
   * @param start Index of the first bit to look at.
   * @param end Index of the first bit that should no longer be considered.
   */
  forEach(callbackfn, start = 0, end = this.buffer.length * 8) {
    let byteIndex = start >> 3;
    let bitMask = 128 >> start % 8;
    for (let bitIndex = start; bitIndex < end; bitIndex++) {
      callbackfn(!!(this.buffer[byteIndex] & bitMask), bitIndex);
      if (bitMask === 1) {
        byteIndex += 1;
        bitMask = 128;
      } else {
        bitMask >>= 1;
      }
    }
  }
  /**
   * Check if all bits in the Bitfield are unset.
   * @returns A boolean indicating whether all bits are unset.
   */
  isEmpty() {
    for (let index = 0; index < this.buffer.length; index++) {
      if (this.buffer[index] !== 0) {
        return false;
      }
    }
    return true;
  }
};

// node_modules/bittorrent-protocol/index.js
var import_debug = __toESM(require_src(), 1);
var import_streamx = __toESM(require_streamx(), 1);
var import_throughput = __toESM(require_throughput(), 1);
var import_unordered_array_remove = __toESM(require_unordered_array_remove(), 1);

// node_modules/bittorrent-protocol/mse.js
var import_crypto = __toESM(require("crypto"), 1);
var nativeRC4 = (() => {
  try {
    import_crypto.default.createCipheriv("rc4", Buffer.alloc(16), "");
    return true;
  } catch {
    return false;
  }
})();
function createRC4Cipher(key) {
  if (nativeRC4) {
    const c = import_crypto.default.createCipheriv("rc4", key, "");
    c.update(Buffer.alloc(1024));
    return (buf) => c.update(buf);
  }
  const s = new Uint8Array(256);
  for (let i = 0; i < 256; i++) s[i] = i;
  let j = 0;
  for (let i = 0; i < 256; i++) {
    j = j + s[i] + key[i % key.length] & 255;
    const tmp = s[i];
    s[i] = s[j];
    s[j] = tmp;
  }
  let ii = 0;
  let jj = 0;
  for (let i = 0; i < 1024; i++) {
    ii = ii + 1 & 255;
    jj = jj + s[ii] & 255;
    const tmp = s[ii];
    s[ii] = s[jj];
    s[jj] = tmp;
  }
  return (buf) => {
    const out = new Uint8Array(buf.length);
    for (let i = 0; i < buf.length; i++) {
      ii = ii + 1 & 255;
      jj = jj + s[ii] & 255;
      const tmp = s[ii];
      s[ii] = s[jj];
      s[jj] = tmp;
      out[i] = buf[i] ^ s[s[ii] + s[jj] & 255];
    }
    return out;
  };
}
var DH_PRIME = "ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a63a36210000000000090563";
var DH_GENERATOR = 2;
var REQ1_STR = text2arr("req1");
var REQ2_STR = text2arr("req2");
var REQ3_STR = text2arr("req3");
var KEYA_STR = text2arr("keyA");
var KEYB_STR = text2arr("keyB");
var VC = new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0]);
var SYNC_MAX_BYTES = 512;
function xor(a, b) {
  for (let len = a.length; len--; ) a[len] ^= b[len];
  return a;
}
function sha1(...buffers) {
  const h = import_crypto.default.createHash("sha1");
  for (const buf of buffers) h.update(buf);
  return h.digest();
}
function getUint32(buffer, at = 0) {
  return buffer[at] << 24 | buffer[at + 1] << 16 | buffer[at + 2] << 8 | buffer[at + 3];
}
function getUint16(buffer, at = 0) {
  return buffer[at] << 8 | buffer[at + 1];
}
var MessageStreamEncryptor = class {
  // PE/MSE handshake flow
  //
  //   step 1  A => B    Diffie Hellman Ya, PadA
  //   step 2  B => A    Diffie Hellman Yb, PadB
  //   step 3  A => B    HASH('req1',S), HASH('req2',SKEY) XOR HASH('req3',S), ENCRYPT(VC, crypto_provide, len(PadC), PadC, len(IA))
  //   step 4  B => A    ENCRYPT(VC, crypto_select, len(padD), padD)
  //   step 5+ A <=> B   ENCRYPT2(Payload Stream)
  //
  // Initiator (outgoing, peer A):
  //   1. startAsInitiator() => generateStepA1() => send step 1 (Ya + PadA), wait for step 2 (Yb + PadB), plaintext handshake, or timeout
  //   2. handleStepA2() => compute S, init ciphers
  //   3. generateStepA3() => send step 3, then _handlePe4() resyncs on ENCRYPT(VC)
  //   4. _onPe4Select/Padding() => decode crypto_select, _finalizeCryptoHandshake()
  //   5. payload ENCRYPT2() active
  //
  // Responder (incoming, peer B):
  //   1. handleIncoming() => handleStepB1() store Ya
  //   2. generateStepB2() => send step 2 (Yb + PadB), compute S
  //   3. _handlePe3() => resync on HASH('req1',S), extract XOR'd SKEY hash => emit 'crypto-infohash'
  //   4. setInfoHash() => _initializeCiphers('B'), _handlePe3Encrypted(), decodes VC | crypto_provide | len(PadC) | PadC | len(IA) | IA
  //   5. _onPe3IaLen / _onPe3Ia => optionally process embedded payload (IA)
  //   6. _advanceEncryption() => generateStepB4() => send step 4, _finalizeCryptoHandshake()
  //   7. payload ENCRYPT2() active
  constructor(wireOrKey, skeyHex) {
    if (typeof wireOrKey === "string" || wireOrKey === null || wireOrKey === void 0) {
      this.wire = null;
      this.skeyHex = wireOrKey || null;
    } else {
      this.wire = wireOrKey;
      this.skeyHex = skeyHex || null;
    }
    this.state = "idle";
    this._dh = null;
    this._isEncrypted = false;
    this.S = null;
    this.encryptCipher = null;
    this.decryptCipher = null;
    this.ya = null;
    this.encryptionMethod = null;
    this.cryptoHandshakeDone = false;
    this._peerCryptoProvide = 0;
  }
  get dh() {
    if (!this._dh) {
      this._dh = import_crypto.default.createDiffieHellman(DH_PRIME, "hex", DH_GENERATOR);
    }
    return this._dh;
  }
  //
  // INITIATOR STEPS
  //
  startAsInitiator(infoHash2) {
    this.skeyHex = infoHash2;
    const step1 = this.generateStepA1();
    this.wire._push(step1);
    if (this.state === "gotPe2") {
      this._advanceEncryption();
    } else {
      this.state = "sentPe1";
    }
    this.wire._debug("PE: sent step 1 (initiator, gotPe2Already=%s)", this.state === "gotPe2");
  }
  generateStepA1() {
    const raw = this.dh.generateKeys();
    const ya = new Uint8Array(96);
    ya.set(raw, 96 - raw.length);
    const padA = randomBytes(Math.floor(Math.random() * 513));
    return concat([ya, padA]);
  }
  handleStepA2(step2Data) {
    const yb = step2Data.slice(0, 96);
    this.S = this.dh.computeSecret(yb);
    if (this.skeyHex) this._initializeCiphers("A");
  }
  generateStepA3(cryptoProvide = 1 | 2) {
    const req1Hash = sha1(REQ1_STR, this.S);
    const req2Hash = sha1(REQ2_STR, hex2arr(this.skeyHex));
    const req3Hash = sha1(REQ3_STR, this.S);
    const xorHash = xor(req2Hash, req3Hash);
    const cryptoProvideBuf = Buffer.alloc(4);
    cryptoProvideBuf.writeUInt32BE(cryptoProvide, 0);
    const padC = randomBytes(Math.floor(Math.random() * 513));
    const lenPadC = Buffer.alloc(2);
    lenPadC.writeUInt16BE(padC.length, 0);
    const lenIA = Buffer.alloc(2);
    lenIA.writeUInt16BE(0, 0);
    const plaintext = concat([VC, cryptoProvideBuf, lenPadC, padC, lenIA]);
    const encryptedPart = this.encryptCipher(plaintext);
    return concat([req1Hash, xorHash, encryptedPart]);
  }
  //
  // RESPONDER STEPS
  //
  handleStepB1(step1Data) {
    this.ya = step1Data.slice(0, 96);
  }
  generateStepB2() {
    const raw = this.dh.generateKeys();
    const yb = new Uint8Array(96);
    yb.set(raw, 96 - raw.length);
    this.S = this.dh.computeSecret(this.ya);
    const padB = randomBytes(Math.floor(Math.random() * 513));
    return concat([yb, padB]);
  }
  generateStepB4(cryptoSelect = 2) {
    const cryptoSelectBuf = Buffer.alloc(4);
    cryptoSelectBuf.writeUInt32BE(cryptoSelect, 0);
    const padD = randomBytes(Math.floor(Math.random() * 513));
    const lenPadD = Buffer.alloc(2);
    lenPadD.writeUInt16BE(padD.length, 0);
    const plaintext = concat([VC, cryptoSelectBuf, lenPadD, padD]);
    return this.encryptCipher(plaintext);
  }
  getSyncPattern() {
    return sha1(REQ1_STR, this.S);
  }
  extractInfoHashFromXor(xorPart) {
    const req3Hash = sha1(REQ3_STR, this.S);
    const result = new Uint8Array(xorPart);
    xor(result, req3Hash);
    return arr2hex(result);
  }
  //
  // PE STATE MACHINE
  //
  handleIncoming() {
    this._detectHandshakeOrPe(
      (handshake) => this.wire._onHandshakeBuffer(handshake),
      (pubKeyPrefix) => {
        this.wire._parse(76, (pubKeySuffix) => {
          this.handleStepB1(concat([pubKeyPrefix, pubKeySuffix]));
          const step2 = this.generateStepB2();
          this.state = "sentPe2";
          this._handlePe3();
          this.wire._debug("PE: handled step 1, sent step 2 (responder)");
          this.wire._push(step2);
        });
      }
    );
  }
  handleOutgoing() {
    this._detectHandshakeOrPe(
      (handshake) => {
        this.wire._debug("PE: peer sent plaintext handshake, falling back to no PE");
        this.state = "done";
        this.encryptionMethod = null;
        this.cryptoHandshakeDone = true;
        this.wire.emit("crypto-handshake");
        this.wire._onHandshakeBuffer(handshake);
      },
      (pubKeyPrefix) => {
        this.wire._parse(76, (pubKeySuffix) => {
          const pubKey = concat([pubKeyPrefix, pubKeySuffix]);
          this.handleStepA2(pubKey);
          this.state = "gotPe2";
          this.wire._debug("PE: handled step 2 (initiator)");
          this._advanceEncryption();
        });
      }
    );
  }
  _advanceEncryption() {
    if (this.state === "gotPe2" && this.skeyHex) {
      if (!this.encryptCipher) this._initializeCiphers("A");
      const provide = this.wire._peEnabled === 2 ? 2 : 1 | 2;
      const step3 = this.generateStepA3(provide);
      this.state = "sentPe3";
      this.wire._debug("PE: sent step 3 (initiator)");
      this._handlePe4();
      this.wire._push(step3);
    }
    if (this.state === "gotPe3" && this.skeyHex) {
      const wantPlaintext = this.wire._peEnabled === 1;
      const prefer = wantPlaintext ? 1 : 2;
      const accept = wantPlaintext ? 1 | 2 : 2;
      const cryptoSelect = this._peerCryptoProvide & prefer || this._peerCryptoProvide & accept || 0;
      if (!cryptoSelect) {
        this.wire._debug("Error: no supported crypto method to select (peerProvide=0x%s)", this._peerCryptoProvide.toString(16));
        this.wire.destroy();
        return;
      }
      const step4 = this.generateStepB4(cryptoSelect);
      this.wire._push(step4);
      this._finalizeCryptoHandshake(cryptoSelect);
      this.wire._debug("PE: sent step 4 (responder), crypto handshake done (method %s)", cryptoSelect);
      if (!this.wire.peerId) this.wire._parseHandshake(null);
      this.wire.emit("crypto-handshake");
    }
  }
  _finalizeCryptoHandshake(encMethod) {
    this.state = "done";
    this.encryptionMethod = encMethod;
    this.cryptoHandshakeDone = true;
    if (encMethod === 2) this._isEncrypted = true;
    if (this.wire._bufferSize > 0) {
      const buf = concat(this.wire._buffer, this.wire._bufferSize);
      this.wire._buffer = [this.decrypt(buf)];
    }
  }
  setInfoHash(infoHash2) {
    this.skeyHex = infoHash2.toLowerCase();
    this._initializeCiphers("B");
    this._handlePe3Encrypted();
    this.wire._pePending = false;
    this.wire._processBuffer();
  }
  //
  // PARSING HELPERS
  //
  _detectHandshakeOrPe(onHandshake, onPe) {
    this.wire._parse(20, (first20) => {
      if (first20[0] === 19 && arr2text(first20.slice(1, 20)) === "BitTorrent protocol") {
        this.wire._parse(48, (tail) => onHandshake(concat([first20.slice(1), tail])));
      } else {
        onPe(first20);
      }
    });
  }
  _handlePe3() {
    const hash1Buffer = this.getSyncPattern();
    this.wire._parseUntil(hash1Buffer, SYNC_MAX_BYTES);
    this.wire._parse(20, (buffer) => {
      const infoHashHash = this.extractInfoHashFromXor(buffer);
      this.state = "gotPe3";
      this.wire._debug("PE: handled step 3 XOR hash (responder)");
      this.wire._pePending = true;
      this.wire.emit("crypto-infohash", infoHashHash);
    });
  }
  _handlePe3Encrypted() {
    this.wire._parse(14, (buffer) => this._onPe3Header(buffer));
  }
  _onPe3Header(buffer) {
    const decHeader = this.decryptCipher(buffer);
    if (!equal(decHeader.subarray(0, 8), VC)) {
      this.wire._debug("Error: VC verification failed in pe3 (got %d bytes)", decHeader.length);
      this.wire.destroy();
      return;
    }
    this._peerCryptoProvide = getUint32(decHeader, 8);
    if (this._peerCryptoProvide === 0) {
      this.wire._debug("Error: no crypto methods provided by peer");
      this.wire.destroy();
      return;
    }
    const padCLen = getUint16(decHeader, 12);
    this.wire._parse(padCLen, (padCBuf) => this._onPe3Padding(padCBuf));
  }
  _onPe3Padding(padCBuf) {
    this.decryptCipher(padCBuf);
    this.wire._parse(2, (iaLenBuf) => this._onPe3IaLen(iaLenBuf));
  }
  _onPe3IaLen(iaLenBuf) {
    const decIaLen = this.decryptCipher(iaLenBuf);
    const iaLen = getUint16(decIaLen, 0);
    if (iaLen > 0) {
      this.wire._parse(iaLen, (iaBuffer) => this._onPe3Ia(iaBuffer));
    } else {
      this._advanceEncryption();
    }
  }
  _onPe3Ia(iaBuffer) {
    const ia = this.decryptCipher(iaBuffer);
    this._advanceEncryption();
    if (ia.length > 0 && ia[0] === 19 && arr2text(ia.slice(1, 20)) === "BitTorrent protocol") {
      this.wire._onHandshakeBuffer(ia.slice(1));
    }
  }
  _handlePe4() {
    const vcBufferEncrypted = this.decryptCipher(new Uint8Array(VC));
    this.wire._parseUntil(vcBufferEncrypted, SYNC_MAX_BYTES);
    this.wire._parse(6, (buffer) => this._onPe4Select(buffer));
  }
  _onPe4Select(buffer) {
    const peerSelect = this.decryptCipher(buffer);
    const selectedMethod = getUint32(peerSelect, 0);
    if (selectedMethod !== 1 && selectedMethod !== 2) {
      this.wire._debug("Error: peer selected unknown crypto method %s", selectedMethod);
      this.wire.destroy();
      return;
    }
    const padDLen = getUint16(peerSelect, 4);
    this.wire._parse(padDLen, (padDBuf) => this._onPe4Padding(padDBuf, selectedMethod));
  }
  _onPe4Padding(padDBuf, selectedMethod) {
    this.decryptCipher(padDBuf);
    this._finalizeCryptoHandshake(selectedMethod);
    this.wire._debug("PE: handled step 4, crypto handshake done (method %s)", selectedMethod);
    this.wire._parseHandshake(null);
    this.wire.emit("crypto-handshake");
  }
  //
  // PAYLOAD CRYPTO
  //
  encrypt(data) {
    if (!this._isEncrypted) return data;
    return this.encryptCipher(data);
  }
  decrypt(data) {
    if (!this._isEncrypted) return data;
    return this.decryptCipher(data);
  }
  _initializeCiphers(party) {
    const keyA = sha1(KEYA_STR, this.S, hex2arr(this.skeyHex));
    const keyB = sha1(KEYB_STR, this.S, hex2arr(this.skeyHex));
    const encryptKey = party === "A" ? keyA : keyB;
    const decryptKey = party === "A" ? keyB : keyA;
    this.encryptCipher = createRC4Cipher(encryptKey);
    this.decryptCipher = createRC4Cipher(decryptKey);
  }
};

// node_modules/bittorrent-protocol/index.js
var debug = (0, import_debug.default)("bittorrent-protocol");
var BITFIELD_GROW = 4e5;
var KEEP_ALIVE_TIMEOUT = 55e3;
var ALLOWED_FAST_SET_MAX_LENGTH = 100;
var MESSAGE_PROTOCOL = text2arr("BitTorrent protocol");
var MESSAGE_KEEP_ALIVE = new Uint8Array([0, 0, 0, 0]);
var MESSAGE_CHOKE = new Uint8Array([0, 0, 0, 1, 0]);
var MESSAGE_UNCHOKE = new Uint8Array([0, 0, 0, 1, 1]);
var MESSAGE_INTERESTED = new Uint8Array([0, 0, 0, 1, 2]);
var MESSAGE_UNINTERESTED = new Uint8Array([0, 0, 0, 1, 3]);
var MESSAGE_RESERVED = [0, 0, 0, 0, 0, 0, 0, 0];
var MESSAGE_PORT = [0, 0, 0, 3, 9, 0, 0];
var MESSAGE_HAVE_ALL = new Uint8Array([0, 0, 0, 1, 14]);
var MESSAGE_HAVE_NONE = new Uint8Array([0, 0, 0, 1, 15]);
function getUint322(buffer, at = 0) {
  return buffer[at] << 24 | buffer[at + 1] << 16 | buffer[at + 2] << 8 | buffer[at + 3];
}
function setUint32(buffer, at, value) {
  buffer[at] = value >>> 24 & 255;
  buffer[at + 1] = value >>> 16 & 255;
  buffer[at + 2] = value >>> 8 & 255;
  buffer[at + 3] = value & 255;
}
function indexOfBytes(haystack, needle) {
  if (needle.length === 0) return 0;
  if (haystack.length < needle.length) return -1;
  const max = haystack.length - needle.length;
  for (let i = 0; i <= max; i++) {
    let match = true;
    for (let j = 0; j < needle.length; j++) {
      if (haystack[i + j] !== needle[j]) {
        match = false;
        break;
      }
    }
    if (match) return i;
  }
  return -1;
}
var Request = class {
  constructor(piece, offset, length, callback) {
    this.piece = piece;
    this.offset = offset;
    this.length = length;
    this.callback = callback;
  }
};
var HaveAllBitField = class {
  constructor() {
    this.buffer = new Uint8Array();
  }
  get(index) {
    return true;
  }
  set(index) {
  }
};
var Wire = class extends import_streamx.Duplex {
  static nativeRC4 = nativeRC4;
  // true if Node's crypto supports RC4 (avoids slower JS fallback) Node 17+ (requires `--openssl-legacy-provider`)
  constructor(type = "", peEnabled = 0) {
    super();
    this._debugId = arr2hex(randomBytes(4));
    this._debug("new wire");
    this.peerId = null;
    this.peerIdBuffer = null;
    this.type = type;
    this.amChoking = true;
    this.amInterested = false;
    this.peerChoking = true;
    this.peerInterested = false;
    this.peerPieces = new BitField(0, { grow: BITFIELD_GROW });
    this.extensions = {};
    this.peerExtensions = {};
    this.requests = [];
    this.peerRequests = [];
    this.extendedMapping = {};
    this.peerExtendedMapping = {};
    this.extendedHandshake = {};
    this.peerExtendedHandshake = {};
    this.hasFast = false;
    this.allowedFastSet = [];
    this.peerAllowedFastSet = [];
    this._ext = {};
    this._nextExt = 1;
    this.uploaded = 0;
    this.downloaded = 0;
    this.uploadSpeed = (0, import_throughput.default)();
    this.downloadSpeed = (0, import_throughput.default)();
    this._keepAliveInterval = null;
    this._timeout = null;
    this._timeoutMs = 0;
    this._timeoutExpiresAt = null;
    this._finished = false;
    this._parserSize = 0;
    this._parser = null;
    this._buffer = [];
    this._bufferSize = 0;
    this._peEnabled = peEnabled;
    this._encryptor = null;
    this._infoHash = null;
    this._cryptoSyncPattern = null;
    this._pePending = false;
    this._waitMaxBytes = null;
    this.on("finish", this._onFinish);
    this._debug("type:", this.type);
    if (this._peEnabled) {
      this._encryptor = new MessageStreamEncryptor(this);
      if (this.type.includes("Incoming")) {
        this._encryptor.handleIncoming();
      } else if (this.type.includes("Outgoing")) {
        this._encryptor.handleOutgoing();
      }
    } else {
      this._parseHandshake(null);
    }
  }
  get _peState() {
    return this._encryptor?.state ?? "idle";
  }
  get _encryptionMethod() {
    return this._encryptor?.encryptionMethod;
  }
  get _cryptoHandshakeDone() {
    return !!this._encryptor?.cryptoHandshakeDone;
  }
  /**
   * Set whether to send a "keep-alive" ping (sent every 55s)
   * @param {boolean} enable
   */
  setKeepAlive(enable) {
    this._debug("setKeepAlive %s", enable);
    clearInterval(this._keepAliveInterval);
    if (enable === false) return;
    this._keepAliveInterval = setInterval(() => {
      this.keepAlive();
    }, KEEP_ALIVE_TIMEOUT);
  }
  /**
   * Set the amount of time to wait before considering a request to be "timed out"
   * @param {number} ms
   * @param {boolean=} unref (should the timer be unref'd? default: false)
   */
  setTimeout(ms, unref) {
    this._debug("setTimeout ms=%d unref=%s", ms, unref);
    this._timeoutMs = ms;
    this._timeoutUnref = !!unref;
    this._resetTimeout(true);
  }
  destroy() {
    if (this.destroyed) return;
    this._debug("destroy");
    this.end();
    return this;
  }
  end(data) {
    if (this.destroyed || this.destroying) return;
    this._debug("end");
    this._onUninterested();
    this._onChoke();
    return super.end(data);
  }
  /**
   * Use the specified protocol extension.
   * @param  {function} Extension
   */
  use(Extension) {
    const name = Extension.prototype.name;
    if (!name) {
      throw new Error('Extension class requires a "name" property on the prototype');
    }
    this._debug("use extension.name=%s", name);
    const ext = this._nextExt;
    const handler = new Extension(this);
    function noop5() {
    }
    if (typeof handler.onHandshake !== "function") {
      handler.onHandshake = noop5;
    }
    if (typeof handler.onExtendedHandshake !== "function") {
      handler.onExtendedHandshake = noop5;
    }
    if (typeof handler.onMessage !== "function") {
      handler.onMessage = noop5;
    }
    this.extendedMapping[ext] = name;
    this._ext[name] = handler;
    this[name] = handler;
    this._nextExt += 1;
  }
  //
  // OUTGOING MESSAGES
  //
  /**
   * Message "keep-alive": <len=0000>
   */
  keepAlive() {
    this._debug("keep-alive");
    this._push(MESSAGE_KEEP_ALIVE);
  }
  /**
   * Start the PE/MSE handshake as initiator.
   * @param {string} infoHash hex-encoded info hash
   */
  startEncryption(infoHash2) {
    if (!this._peEnabled) return;
    this._infoHash = infoHash2;
    this._encryptor.startAsInitiator(infoHash2);
  }
  /**
   * Message: "handshake" <pstrlen><pstr><reserved><info_hash><peer_id>
   * @param  {Uint8Array|string} infoHash (as Buffer or *hex* string)
   * @param  {Uint8Array|string} peerId
   * @param  {Object} extensions
   */
  handshake(infoHash2, peerId, extensions) {
    let infoHashBuffer;
    let peerIdBuffer;
    if (typeof infoHash2 === "string") {
      infoHash2 = infoHash2.toLowerCase();
      infoHashBuffer = hex2arr(infoHash2);
    } else {
      infoHashBuffer = infoHash2;
      infoHash2 = arr2hex(infoHashBuffer);
    }
    if (typeof peerId === "string") {
      peerIdBuffer = hex2arr(peerId);
    } else {
      peerIdBuffer = peerId;
      peerId = arr2hex(peerIdBuffer);
    }
    this._infoHash = infoHashBuffer;
    if (infoHashBuffer.length !== 20 || peerIdBuffer.length !== 20) {
      throw new Error("infoHash and peerId MUST have length 20");
    }
    this._debug("handshake i=%s p=%s exts=%o", infoHash2, peerId, extensions);
    const reserved = new Uint8Array(MESSAGE_RESERVED);
    this.extensions = {
      extended: true,
      dht: !!(extensions && extensions.dht),
      fast: !!(extensions && extensions.fast)
    };
    reserved[5] |= 16;
    if (this.extensions.dht) reserved[7] |= 1;
    if (this.extensions.fast) reserved[7] |= 4;
    if (this.extensions.fast && this.peerExtensions.fast) {
      this._debug("fast extension is enabled");
      this.hasFast = true;
    }
    this._push(concat([MESSAGE_PROTOCOL, reserved, infoHashBuffer, peerIdBuffer]));
    this._handshakeSent = true;
    if (this.peerExtensions.extended && !this._extendedHandshakeSent) {
      this._sendExtendedHandshake();
    }
  }
  /* Peer supports BEP-0010, send extended handshake.
   *
   * This comes after the 'handshake' event to give the user a chance to populate
   * `this.extendedHandshake` and `this.extendedMapping` before the extended handshake
   * is sent to the remote peer.
   */
  _sendExtendedHandshake() {
    const msg = Object.assign({}, this.extendedHandshake);
    msg.m = {};
    for (const ext in this.extendedMapping) {
      const name = this.extendedMapping[ext];
      msg.m[name] = Number(ext);
    }
    this.extended(0, bencode_default.encode(msg));
    this._extendedHandshakeSent = true;
  }
  /**
   * Message "choke": <len=0001><id=0>
   */
  choke() {
    if (this.amChoking) return;
    this.amChoking = true;
    this._debug("choke");
    this._push(MESSAGE_CHOKE);
    if (this.hasFast) {
      let allowedCount = 0;
      while (this.peerRequests.length > allowedCount) {
        const request = this.peerRequests[allowedCount];
        if (this.allowedFastSet.includes(request.piece)) {
          ++allowedCount;
        } else {
          this.reject(request.piece, request.offset, request.length);
        }
      }
    } else {
      while (this.peerRequests.length) {
        this.peerRequests.pop();
      }
    }
  }
  /**
   * Message "unchoke": <len=0001><id=1>
   */
  unchoke() {
    if (!this.amChoking) return;
    this.amChoking = false;
    this._debug("unchoke");
    this._push(MESSAGE_UNCHOKE);
  }
  /**
   * Message "interested": <len=0001><id=2>
   */
  interested() {
    if (this.amInterested) return;
    this.amInterested = true;
    this._debug("interested");
    this._push(MESSAGE_INTERESTED);
  }
  /**
   * Message "uninterested": <len=0001><id=3>
   */
  uninterested() {
    if (!this.amInterested) return;
    this.amInterested = false;
    this._debug("uninterested");
    this._push(MESSAGE_UNINTERESTED);
  }
  /**
   * Message "have": <len=0005><id=4><piece index>
   * @param  {number} index
   */
  have(index) {
    this._debug("have %d", index);
    this._message(4, [index], null);
  }
  /**
   * Message "bitfield": <len=0001+X><id=5><bitfield>
   * @param  {BitField|Buffer} bitfield
   */
  bitfield(bitfield) {
    this._debug("bitfield");
    if (!ArrayBuffer.isView(bitfield)) bitfield = bitfield.buffer;
    this._message(5, [], bitfield);
  }
  /**
   * Message "request": <len=0013><id=6><index><begin><length>
   * @param  {number}   index
   * @param  {number}   offset
   * @param  {number}   length
   * @param  {function} cb
   */
  request(index, offset, length, cb) {
    if (!cb) cb = () => {
    };
    if (this._finished) return cb(new Error("wire is closed"));
    if (this.peerChoking && !(this.hasFast && this.peerAllowedFastSet.includes(index))) {
      return cb(new Error("peer is choking"));
    }
    this._debug("request index=%d offset=%d length=%d", index, offset, length);
    this.requests.push(new Request(index, offset, length, cb));
    if (!this._timeout) {
      this._resetTimeout(true);
    }
    this._message(6, [index, offset, length], null);
  }
  /**
   * Message "piece": <len=0009+X><id=7><index><begin><block>
   * @param  {number} index
   * @param  {number} offset
   * @param  {Uint8Array} buffer
   */
  piece(index, offset, buffer) {
    this._debug("piece index=%d offset=%d", index, offset);
    this._message(7, [index, offset], buffer);
    this.uploaded += buffer.length;
    this.uploadSpeed(buffer.length);
    this.emit("upload", buffer.length);
  }
  /**
   * Message "cancel": <len=0013><id=8><index><begin><length>
   * @param  {number} index
   * @param  {number} offset
   * @param  {number} length
   */
  cancel(index, offset, length) {
    this._debug("cancel index=%d offset=%d length=%d", index, offset, length);
    this._callback(
      this._pull(this.requests, index, offset, length),
      new Error("request was cancelled"),
      null
    );
    this._message(8, [index, offset, length], null);
  }
  /**
   * Message: "port" <len=0003><id=9><listen-port>
   * @param {Number} port
   */
  port(port2) {
    this._debug("port %d", port2);
    const message = new Uint8Array(MESSAGE_PORT);
    const view = new DataView(message.buffer);
    view.setUint16(5, port2);
    this._push(message);
  }
  /**
   * Message: "suggest" <len=0x0005><id=0x0D><piece index> (BEP6)
   * @param {number} index
   */
  suggest(index) {
    if (!this.hasFast) throw Error("fast extension is disabled");
    this._debug("suggest %d", index);
    this._message(13, [index], null);
  }
  /**
   * Message: "have-all" <len=0x0001><id=0x0E> (BEP6)
   */
  haveAll() {
    if (!this.hasFast) throw Error("fast extension is disabled");
    this._debug("have-all");
    this._push(MESSAGE_HAVE_ALL);
  }
  /**
   * Message: "have-none" <len=0x0001><id=0x0F> (BEP6)
   */
  haveNone() {
    if (!this.hasFast) throw Error("fast extension is disabled");
    this._debug("have-none");
    this._push(MESSAGE_HAVE_NONE);
  }
  /**
   * Message "reject": <len=0x000D><id=0x10><index><offset><length> (BEP6)
   * @param  {number}   index
   * @param  {number}   offset
   * @param  {number}   length
   */
  reject(index, offset, length) {
    if (!this.hasFast) throw Error("fast extension is disabled");
    this._debug("reject index=%d offset=%d length=%d", index, offset, length);
    this._pull(this.peerRequests, index, offset, length);
    this._message(16, [index, offset, length], null);
  }
  /**
   * Message: "allowed-fast" <len=0x0005><id=0x11><piece index> (BEP6)
   * @param {number} index
   */
  allowedFast(index) {
    if (!this.hasFast) throw Error("fast extension is disabled");
    this._debug("allowed-fast %d", index);
    if (!this.allowedFastSet.includes(index)) this.allowedFastSet.push(index);
    this._message(17, [index], null);
  }
  /**
   * Message: "extended" <len=0005+X><id=20><ext-number><payload>
   * @param  {number|string} ext
   * @param  {Object} obj
   */
  extended(ext, obj) {
    this._debug("extended ext=%s", ext);
    if (typeof ext === "string" && this.peerExtendedMapping[ext]) {
      ext = this.peerExtendedMapping[ext];
    }
    if (typeof ext === "number") {
      const extId = new Uint8Array([ext]);
      const buf = ArrayBuffer.isView(obj) ? obj : bencode_default.encode(obj);
      this._message(20, [], concat([extId, buf]));
    } else {
      throw new Error(`Unrecognized extension: ${ext}`);
    }
  }
  /**
   * Sets the encryption method for this wire, as per PSE/ME specification
   * Called by conn-pool when it resolves the infoHash from a crypto-infohash event.
   * Initializes the responder's ciphers and resumes pe3 processing.
   * @param {string} infoHash hex-encoded info hash
   */
  setInfoHash(infoHash2) {
    this._infoHash = infoHash2;
    if (this._encryptor) this._encryptor.setInfoHash(infoHash2);
  }
  /**
   * Send a message to the remote peer.
   */
  _message(id, numbers, data) {
    const dataLength = data ? data.length : 0;
    const buffer = new Uint8Array(5 + 4 * numbers.length);
    setUint32(buffer, 0, buffer.length + dataLength - 4);
    buffer[4] = id;
    for (let i = 0; i < numbers.length; i++) {
      setUint32(buffer, 5 + 4 * i, numbers[i]);
    }
    this._push(buffer);
    if (data) this._push(data);
  }
  _push(data) {
    if (this._finished) return;
    if (this._encryptor) data = this._encryptor.encrypt(data);
    return this.push(data);
  }
  //
  // INCOMING MESSAGES
  //
  _onKeepAlive() {
    this._debug("got keep-alive");
    this.emit("keep-alive");
  }
  _onHandshake(infoHashBuffer, peerIdBuffer, extensions) {
    const infoHash2 = arr2hex(infoHashBuffer);
    const peerId = arr2hex(peerIdBuffer);
    this._debug("got handshake i=%s p=%s exts=%o", infoHash2, peerId, extensions);
    this.peerId = peerId;
    this.peerIdBuffer = peerIdBuffer;
    this.peerExtensions = extensions;
    if (this.extensions.fast && this.peerExtensions.fast) {
      this._debug("fast extension is enabled");
      this.hasFast = true;
    }
    this.emit("handshake", infoHash2, peerId, extensions);
    for (const name in this._ext) {
      this._ext[name].onHandshake(infoHash2, peerId, extensions);
    }
    if (extensions.extended && this._handshakeSent && !this._extendedHandshakeSent) {
      this._sendExtendedHandshake();
    }
  }
  _onChoke() {
    this.peerChoking = true;
    this._debug("got choke");
    this.emit("choke");
    if (!this.hasFast) {
      while (this.requests.length) {
        this._callback(this.requests.pop(), new Error("peer is choking"), null);
      }
    }
  }
  _onUnchoke() {
    this.peerChoking = false;
    this._debug("got unchoke");
    this.emit("unchoke");
  }
  _onInterested() {
    this.peerInterested = true;
    this._debug("got interested");
    this.emit("interested");
  }
  _onUninterested() {
    this.peerInterested = false;
    this._debug("got uninterested");
    this.emit("uninterested");
  }
  _onHave(index) {
    if (this.peerPieces.get(index)) return;
    this._debug("got have %d", index);
    this.peerPieces.set(index, true);
    this.emit("have", index);
  }
  _onBitField(buffer) {
    this.peerPieces = new BitField(buffer);
    this._debug("got bitfield");
    this.emit("bitfield", this.peerPieces);
  }
  _onRequest(index, offset, length) {
    if (this.amChoking && !(this.hasFast && this.allowedFastSet.includes(index))) {
      if (this.hasFast) this.reject(index, offset, length);
      return;
    }
    this._debug("got request index=%d offset=%d length=%d", index, offset, length);
    const respond = (err, buffer) => {
      if (request !== this._pull(this.peerRequests, index, offset, length)) return;
      if (err) {
        this._debug("error satisfying request index=%d offset=%d length=%d (%s)", index, offset, length, err.message);
        if (this.hasFast) this.reject(index, offset, length);
        return;
      }
      this.piece(index, offset, buffer);
    };
    const request = new Request(index, offset, length, respond);
    this.peerRequests.push(request);
    this.emit("request", index, offset, length, respond);
  }
  _onPiece(index, offset, buffer) {
    this._debug("got piece index=%d offset=%d", index, offset);
    this._callback(this._pull(this.requests, index, offset, buffer.length), null, buffer);
    this.downloaded += buffer.length;
    this.downloadSpeed(buffer.length);
    this.emit("download", buffer.length);
    this.emit("piece", index, offset, buffer);
  }
  _onCancel(index, offset, length) {
    this._debug("got cancel index=%d offset=%d length=%d", index, offset, length);
    this._pull(this.peerRequests, index, offset, length);
    this.emit("cancel", index, offset, length);
  }
  _onPort(port2) {
    this._debug("got port %d", port2);
    this.emit("port", port2);
  }
  _onSuggest(index) {
    if (!this.hasFast) {
      this._debug("Error: got suggest whereas fast extension is disabled");
      this.destroy();
      return;
    }
    this._debug("got suggest %d", index);
    this.emit("suggest", index);
  }
  _onHaveAll() {
    if (!this.hasFast) {
      this._debug("Error: got have-all whereas fast extension is disabled");
      this.destroy();
      return;
    }
    this._debug("got have-all");
    this.peerPieces = new HaveAllBitField();
    this.emit("have-all");
  }
  _onHaveNone() {
    if (!this.hasFast) {
      this._debug("Error: got have-none whereas fast extension is disabled");
      this.destroy();
      return;
    }
    this._debug("got have-none");
    this.emit("have-none");
  }
  _onReject(index, offset, length) {
    if (!this.hasFast) {
      this._debug("Error: got reject whereas fast extension is disabled");
      this.destroy();
      return;
    }
    this._debug("got reject index=%d offset=%d length=%d", index, offset, length);
    this._callback(
      this._pull(this.requests, index, offset, length),
      new Error("request was rejected"),
      null
    );
    this.emit("reject", index, offset, length);
  }
  _onAllowedFast(index) {
    if (!this.hasFast) {
      this._debug("Error: got allowed-fast whereas fast extension is disabled");
      this.destroy();
      return;
    }
    this._debug("got allowed-fast %d", index);
    if (!this.peerAllowedFastSet.includes(index)) this.peerAllowedFastSet.push(index);
    if (this.peerAllowedFastSet.length > ALLOWED_FAST_SET_MAX_LENGTH) this.peerAllowedFastSet.shift();
    this.emit("allowed-fast", index);
  }
  _onExtended(ext, buf) {
    if (ext === 0) {
      let info;
      try {
        info = bencode_default.decode(buf);
      } catch (err) {
        this._debug("ignoring invalid extended handshake: %s", err.message || err);
      }
      if (!info) return;
      this.peerExtendedHandshake = info;
      if (typeof info.m === "object") {
        for (const name in info.m) {
          this.peerExtendedMapping[name] = Number(info.m[name].toString());
        }
      }
      for (const name in this._ext) {
        if (this.peerExtendedMapping[name]) {
          this._ext[name].onExtendedHandshake(this.peerExtendedHandshake);
        }
      }
      this._debug("got extended handshake");
      this.emit("extended", "handshake", this.peerExtendedHandshake);
    } else {
      if (this.extendedMapping[ext]) {
        ext = this.extendedMapping[ext];
        if (this._ext[ext]) {
          this._ext[ext].onMessage(buf);
        }
      }
      this._debug("got extended message ext=%s", ext);
      this.emit("extended", ext, buf);
    }
  }
  _onTimeout() {
    this._debug("request timed out");
    this._callback(this.requests.shift(), new Error("request has timed out"), null);
    this.emit("timeout");
  }
  /**
   * Duplex stream method. Called whenever the remote peer has data for us. Data that the
   * remote peer sends gets buffered (i.e. not actually processed) until the right number
   * of bytes have arrived, determined by the last call to `this._parse(number, callback)`.
   * Once enough bytes have arrived to process the message, the callback function
   * (i.e. `this._parser`) gets called with the full buffer of data.
   * @param  {Uint8Array} data
   * @param  {function} cb
   */
  _write(data, cb) {
    if (this._encryptor) data = this._encryptor.decrypt(data);
    this._bufferSize += data.length;
    this._buffer.push(data);
    if (this._buffer.length > 1) {
      this._buffer = [concat(this._buffer, this._bufferSize)];
    }
    this._processBuffer();
    cb(null);
  }
  _processBuffer() {
    if (this._cryptoSyncPattern) {
      const index = indexOfBytes(this._buffer[0], this._cryptoSyncPattern);
      if (index !== -1) {
        this._buffer[0] = this._buffer[0].slice(index + this._cryptoSyncPattern.length);
        this._bufferSize -= index + this._cryptoSyncPattern.length;
        this._cryptoSyncPattern = null;
      } else if (this._bufferSize > this._waitMaxBytes + this._cryptoSyncPattern.length) {
        this._debug("Error: could not resynchronize");
        this.destroy();
        return;
      }
      if (this._cryptoSyncPattern) return;
    }
    while (this._bufferSize >= this._parserSize) {
      if (this._cryptoSyncPattern || this._pePending) break;
      if (this._parserSize === 0) {
        this._parser(new Uint8Array());
      } else {
        const buffer = this._buffer[0];
        this._bufferSize -= this._parserSize;
        this._buffer = this._bufferSize ? [buffer.subarray(this._parserSize)] : [];
        this._parser(buffer.subarray(0, this._parserSize));
      }
    }
  }
  _callback(request, err, buffer) {
    if (!request) return;
    this._resetTimeout(!this.peerChoking && !this._finished);
    request.callback(err, buffer);
  }
  _resetTimeout(setAgain) {
    if (!setAgain || !this._timeoutMs || !this.requests.length) {
      clearTimeout(this._timeout);
      this._timeout = null;
      this._timeoutExpiresAt = null;
      return;
    }
    const timeoutExpiresAt = Date.now() + this._timeoutMs;
    if (this._timeout) {
      if (timeoutExpiresAt - this._timeoutExpiresAt < this._timeoutMs * 0.05) {
        return;
      }
      clearTimeout(this._timeout);
    }
    this._timeoutExpiresAt = timeoutExpiresAt;
    this._timeout = setTimeout(() => this._onTimeout(), this._timeoutMs);
    if (this._timeoutUnref && this._timeout.unref) this._timeout.unref();
  }
  /**
   * Takes a number of bytes that the local peer is waiting to receive from the remote peer
   * in order to parse a complete message, and a callback function to be called once enough
   * bytes have arrived.
   * @param  {number} size
   * @param  {function} parser
   */
  _parse(size, parser) {
    this._parserSize = size;
    this._parser = parser;
  }
  _parseUntil(pattern, maxBytes) {
    this._cryptoSyncPattern = pattern;
    this._waitMaxBytes = maxBytes;
  }
  /**
   * Handle the first 4 bytes of a message, to determine the length of bytes that must be
   * waited for in order to have the whole message.
   * @param  {Uint8Array} buffer
   */
  _onMessageLength(buffer) {
    const length = getUint322(buffer);
    if (length > 0) {
      this._parse(length, this._onMessage);
    } else {
      this._onKeepAlive();
      this._parse(4, this._onMessageLength);
    }
  }
  /**
   * Handle a message from the remote peer.
   * @param  {Uint8Array} buffer
   */
  _onMessage(buffer) {
    this._parse(4, this._onMessageLength);
    switch (buffer[0]) {
      case 0:
        return this._onChoke();
      case 1:
        return this._onUnchoke();
      case 2:
        return this._onInterested();
      case 3:
        return this._onUninterested();
      case 4:
        return this._onHave(getUint322(buffer, 1));
      case 5:
        return this._onBitField(buffer.subarray(1));
      case 6:
        return this._onRequest(
          getUint322(buffer, 1),
          getUint322(buffer, 5),
          getUint322(buffer, 9)
        );
      case 7:
        return this._onPiece(
          getUint322(buffer, 1),
          getUint322(buffer, 5),
          buffer.subarray(9)
        );
      case 8:
        return this._onCancel(
          getUint322(buffer, 1),
          getUint322(buffer, 5),
          getUint322(buffer, 9)
        );
      case 9:
        return this._onPort(buffer[1] << 8 | buffer[2]);
      case 13:
        return this._onSuggest(getUint322(buffer, 1));
      case 14:
        return this._onHaveAll();
      case 15:
        return this._onHaveNone();
      case 16:
        return this._onReject(
          getUint322(buffer, 1),
          getUint322(buffer, 5),
          getUint322(buffer, 9)
        );
      case 17:
        return this._onAllowedFast(getUint322(buffer, 1));
      case 20:
        return this._onExtended(buffer[1], buffer.subarray(2));
      default:
        this._debug("got unknown message");
        return this.emit("unknownmessage", buffer);
    }
  }
  /**
   * Reads the handshake as specified by the bittorrent wire protocol.
   */
  _parseHandshake() {
    this._parse(1, (buffer) => {
      const pstrlen = buffer[0];
      if (pstrlen !== 19) {
        this._debug("Error: wire not speaking BitTorrent protocol (%s)", pstrlen.toString());
        this.end();
        return;
      }
      this._parse(pstrlen + 48, this._onHandshakeBuffer);
    });
  }
  _onHandshakeBuffer(handshake) {
    const protocol = handshake.slice(0, 19);
    if (arr2text(protocol) !== "BitTorrent protocol") {
      this._debug("Error: wire not speaking BitTorrent protocol (%s)", arr2text(protocol));
      this.end();
      return;
    }
    handshake = handshake.slice(19);
    this._onHandshake(handshake.slice(8, 28), handshake.slice(28, 48), {
      dht: !!(handshake[7] & 1),
      // see bep_0005
      fast: !!(handshake[7] & 4),
      // see bep_0006
      extended: !!(handshake[5] & 16)
      // see bep_0010
    });
    this._parse(4, this._onMessageLength);
  }
  _onFinish() {
    this._finished = true;
    this.push(null);
    while (this.read()) {
    }
    clearInterval(this._keepAliveInterval);
    this._parse(Number.MAX_VALUE, () => {
    });
    while (this.peerRequests.length) {
      this.peerRequests.pop();
    }
    while (this.requests.length) {
      this._callback(this.requests.pop(), new Error("wire was closed"), null);
    }
  }
  _debug(...args) {
    args[0] = `[${this._debugId}] ${args[0]}`;
    debug(...args);
  }
  _pull(requests, piece, offset, length) {
    for (let i = 0; i < requests.length; i++) {
      const req = requests[i];
      if (req.piece === piece && req.offset === offset && req.length === length) {
        (0, import_unordered_array_remove.default)(requests, i);
        return req;
      }
    }
    return null;
  }
};
var bittorrent_protocol_default = Wire;

// node_modules/create-torrent/index.js
var import_block_iterator = __toESM(require_block_iterator(), 1);
var import_piece_length = __toESM(require_piece_length(), 1);
var import_path2 = __toESM(require("path"), 1);
var import_is_file = __toESM(require_is_file(), 1);

// node_modules/junk/index.js
var ignoreList = [
  // # All
  "^npm-debug\\.log$",
  // Error log for npm
  "^\\..*\\.swp$",
  // Swap file for vim state
  // # macOS
  "^\\.DS_Store$",
  // Stores custom folder attributes
  "^\\.AppleDouble$",
  // Stores additional file resources
  "^\\.LSOverride$",
  // Contains the absolute path to the app to be used
  "^Icon\\r$",
  // Custom Finder icon: http://superuser.com/questions/298785/icon-file-on-os-x-desktop
  "^\\._.*",
  // Thumbnail
  "^\\.Spotlight-V100(?:$|\\/)",
  // Directory that might appear on external disk
  "\\.Trashes",
  // File that might appear on external disk
  "^__MACOSX$",
  // Resource fork
  // # Linux
  "~$",
  // Backup file
  // # Windows
  "^Thumbs\\.db$",
  // Image file cache
  "^ehthumbs\\.db$",
  // Folder config file
  "^[Dd]esktop\\.ini$",
  // Stores custom folder attributes
  "@eaDir$"
  // Synology Diskstation "hidden" folder where the server stores thumbnails
];
var junkRegex = new RegExp(ignoreList.join("|"));
function isJunk(filename) {
  return junkRegex.test(filename);
}
function isNotJunk(filename) {
  return !isJunk(filename);
}

// node_modules/create-torrent/index.js
var import_join_async_iterator = __toESM(require_join_async_iterator(), 1);
var import_run_parallel2 = __toESM(require_run_parallel(), 1);
var import_queue_microtask = __toESM(require_queue_microtask(), 1);

// node_modules/fast-readable-async-iterator/index.js
if (typeof ReadableStream !== "undefined") {
  if (!ReadableStream.prototype[Symbol.asyncIterator]) {
    ReadableStream.prototype[Symbol.asyncIterator] = function({ preventCancel } = {}) {
      const reader = this.getReader();
      const stream = this;
      let last = reader.read();
      return {
        next() {
          const temp = last;
          last = reader.read();
          return temp;
        },
        async return(value) {
          await last;
          reader.releaseLock();
          if (!preventCancel) stream.cancel();
          return { done: true, value };
        },
        async throw(err) {
          await this.return();
          throw err;
        },
        [Symbol.asyncIterator]() {
          return this;
        }
      };
    };
  }
  if (!ReadableStream.prototype.getIterator) {
    ReadableStream.prototype.getIterator = function({ preventCancel } = {}) {
      return this[Symbol.asyncIterator]({ preventCancel });
    };
  }
}

// node_modules/create-torrent/get-files.js
var import_path = __toESM(require("path"), 1);
var import_fs = __toESM(require("fs"), 1);
var import_once = __toESM(require_once(), 1);
var import_run_parallel = __toESM(require_run_parallel(), 1);
function notHidden(file) {
  return file[0] !== ".";
}
function traversePath(path4, fn, cb) {
  import_fs.default.stat(path4, (err, stats) => {
    if (err) return cb(err);
    if (stats.isDirectory()) {
      import_fs.default.readdir(path4, (err2, entries) => {
        if (err2) return cb(err2);
        (0, import_run_parallel.default)(entries.filter(notHidden).filter(isNotJunk).map((entry) => (cb2) => {
          traversePath(import_path.default.join(path4, entry), fn, cb2);
        }), cb);
      });
    } else if (stats.isFile()) {
      fn(path4, cb);
    }
  });
}
function getFilePathStream(path4) {
  return () => import_fs.default.createReadStream(path4);
}
function getFiles(path4, keepRoot, cb) {
  traversePath(path4, getFileInfo, (err, files) => {
    if (err) return cb(err);
    if (Array.isArray(files)) files = files.flat(Infinity);
    else files = [files];
    path4 = import_path.default.normalize(path4);
    if (keepRoot) {
      path4 = path4.slice(0, path4.lastIndexOf(import_path.default.sep) + 1);
    }
    if (path4[path4.length - 1] !== import_path.default.sep) path4 += import_path.default.sep;
    files.forEach((file) => {
      file.getStream = getFilePathStream(file.path);
      file.path = file.path.replace(path4, "").split(import_path.default.sep);
    });
    cb(null, files);
  });
}
function getFileInfo(path4, cb) {
  cb = (0, import_once.default)(cb);
  import_fs.default.stat(path4, (err, stat) => {
    if (err) return cb(err);
    const info = {
      length: stat.size,
      path: path4
    };
    cb(null, info);
  });
}

// node_modules/create-torrent/index.js
var announceList = [
  ["udp://tracker.leechers-paradise.org:6969"],
  ["udp://tracker.coppersurfer.tk:6969"],
  ["udp://tracker.opentrackr.org:1337"],
  ["udp://explodie.org:6969"],
  ["udp://tracker.empire-js.us:1337"],
  ["wss://tracker.btorrent.xyz"],
  ["wss://tracker.openwebtorrent.com"],
  ["wss://tracker.webtorrent.dev"]
];
function createTorrent(input, opts, cb) {
  if (typeof opts === "function") [opts, cb] = [cb, opts];
  opts = opts ? Object.assign({}, opts) : {};
  _parseInput(input, opts, (err, files, singleFileTorrent) => {
    if (err) return cb(err);
    opts.singleFileTorrent = singleFileTorrent;
    onFiles(files, opts, cb);
  });
}
function parseInput(input, opts, cb) {
  if (typeof opts === "function") [opts, cb] = [cb, opts];
  opts = opts ? Object.assign({}, opts) : {};
  _parseInput(input, opts, cb);
}
var pathSymbol = /* @__PURE__ */ Symbol("itemPath");
function _parseInput(input, opts, cb) {
  if (isFileList(input)) input = Array.from(input);
  if (!Array.isArray(input)) input = [input];
  if (input.length === 0) throw new Error("invalid input type");
  input.forEach((item) => {
    if (item == null) throw new Error(`invalid input type: ${item}`);
  });
  input = input.map((item) => {
    if (isBlob(item) && typeof item.path === "string" && typeof getFiles === "function") return item.path;
    return item;
  });
  if (input.length === 1 && typeof input[0] !== "string" && !input[0].name) input[0].name = opts.name;
  let commonPrefix = null;
  input.forEach((item, i) => {
    if (typeof item === "string") {
      return;
    }
    let path4 = item.fullPath || item.name;
    if (!path4) {
      path4 = `Unknown File ${i + 1}`;
      item.unknownName = true;
    }
    item[pathSymbol] = path4.split("/");
    if (!item[pathSymbol][0]) {
      item[pathSymbol].shift();
    }
    if (item[pathSymbol].length < 2) {
      commonPrefix = null;
    } else if (i === 0 && input.length > 1) {
      commonPrefix = item[pathSymbol][0];
    } else if (item[pathSymbol][0] !== commonPrefix) {
      commonPrefix = null;
    }
  });
  const filterJunkFiles = opts.filterJunkFiles === void 0 ? true : opts.filterJunkFiles;
  if (filterJunkFiles) {
    input = input.filter((item) => {
      if (typeof item === "string") {
        return true;
      }
      return !isJunkPath(item[pathSymbol]);
    });
  }
  if (commonPrefix) {
    input.forEach((item) => {
      const pathless = (ArrayBuffer.isView(item) || isReadable(item)) && !item[pathSymbol];
      if (typeof item === "string" || pathless) return;
      item[pathSymbol].shift();
    });
  }
  if (!opts.name && commonPrefix) {
    opts.name = commonPrefix;
  }
  if (!opts.name) {
    input.some((item) => {
      if (typeof item === "string") {
        opts.name = import_path2.default.basename(item);
        return true;
      } else if (!item.unknownName) {
        opts.name = item[pathSymbol][item[pathSymbol].length - 1];
        return true;
      }
      return false;
    });
  }
  if (!opts.name) {
    opts.name = `Unnamed Torrent ${Date.now()}`;
  }
  if (!opts.maxPieceLength) {
    opts.maxPieceLength = 4 * 1024 * 1024;
  }
  const numPaths = input.reduce((sum, item) => sum + Number(typeof item === "string"), 0);
  let isSingleFileTorrent = input.length === 1;
  if (input.length === 1 && typeof input[0] === "string") {
    if (typeof getFiles !== "function") {
      throw new Error("filesystem paths do not work in the browser");
    }
    (0, import_is_file.default)(input[0], (err, pathIsFile) => {
      if (err) return cb(err);
      isSingleFileTorrent = pathIsFile;
      processInput();
    });
  } else {
    (0, import_queue_microtask.default)(processInput);
  }
  function processInput() {
    (0, import_run_parallel2.default)(input.map((item) => (cb2) => {
      const file = {};
      if (isBlob(item)) {
        file.getStream = item.stream();
        file.length = item.size;
      } else if (ArrayBuffer.isView(item)) {
        file.getStream = [item];
        file.length = item.length;
      } else if (isReadable(item)) {
        file.getStream = getStreamStream(item, file);
        file.length = 0;
      } else if (typeof item === "string") {
        if (typeof getFiles !== "function") {
          throw new Error("filesystem paths do not work in the browser");
        }
        const keepRoot = numPaths > 1 || isSingleFileTorrent;
        getFiles(item, keepRoot, cb2);
        return;
      } else {
        throw new Error("invalid input type");
      }
      file.path = item[pathSymbol];
      cb2(null, file);
    }), (err, files) => {
      if (err) return cb(err);
      files = files.flat();
      cb(null, files, isSingleFileTorrent);
    });
  }
}
var MAX_OUTSTANDING_HASHES = 5;
async function getPieceList(files, pieceLength, estimatedTorrentLength, opts, cb) {
  const pieces = [];
  let length = 0;
  let hashedLength = 0;
  const streams = files.map((file) => file.getStream);
  const onProgress = opts.onProgress;
  let remainingHashes = 0;
  let pieceNum = 0;
  let ended = false;
  const iterator = (0, import_block_iterator.default)((0, import_join_async_iterator.default)(streams), pieceLength, { zeroPadding: false });
  try {
    for await (const chunk of iterator) {
      await new Promise((resolve3) => {
        length += chunk.length;
        const i = pieceNum;
        ++pieceNum;
        if (++remainingHashes < MAX_OUTSTANDING_HASHES) resolve3();
        hash(chunk, "hex").then((hash2) => {
          pieces[i] = hash2;
          --remainingHashes;
          hashedLength += chunk.length;
          if (onProgress) onProgress(hashedLength, estimatedTorrentLength);
          resolve3();
          if (ended && remainingHashes === 0) cb(null, hex2arr(pieces.join("")), length);
        });
      });
    }
    if (remainingHashes === 0) return cb(null, hex2arr(pieces.join("")), length);
    ended = true;
  } catch (err) {
    cb(err);
  }
}
function onFiles(files, opts, cb) {
  let _announceList = opts.announceList;
  if (!_announceList) {
    if (typeof opts.announce === "string") _announceList = [[opts.announce]];
    else if (Array.isArray(opts.announce)) {
      _announceList = opts.announce.map((u) => [u]);
    }
  }
  if (!_announceList) _announceList = [];
  if (globalThis.WEBTORRENT_ANNOUNCE) {
    if (typeof globalThis.WEBTORRENT_ANNOUNCE === "string") {
      _announceList.push([[globalThis.WEBTORRENT_ANNOUNCE]]);
    } else if (Array.isArray(globalThis.WEBTORRENT_ANNOUNCE)) {
      _announceList = _announceList.concat(globalThis.WEBTORRENT_ANNOUNCE.map((u) => [u]));
    }
  }
  if (opts.announce === void 0 && opts.announceList === void 0) {
    _announceList = _announceList.concat(announceList);
  }
  if (typeof opts.urlList === "string") opts.urlList = [opts.urlList];
  const torrent2 = {
    info: {
      name: opts.name
    },
    "creation date": Math.ceil((Number(opts.creationDate) || Date.now()) / 1e3),
    encoding: "UTF-8"
  };
  if (_announceList.length !== 0) {
    torrent2.announce = _announceList[0][0];
    torrent2["announce-list"] = _announceList;
  }
  if (opts.comment !== void 0) torrent2.comment = opts.comment;
  if (opts.createdBy !== void 0) torrent2["created by"] = opts.createdBy;
  if (opts.private !== void 0) torrent2.info.private = Number(opts.private);
  if (opts.info !== void 0) Object.assign(torrent2.info, opts.info);
  if (opts.sslCert !== void 0) torrent2.info["ssl-cert"] = opts.sslCert;
  if (opts.urlList !== void 0) torrent2["url-list"] = opts.urlList;
  const estimatedTorrentLength = files.reduce(sumLength, 0);
  const pieceLength = opts.pieceLength || Math.min((0, import_piece_length.default)(estimatedTorrentLength), opts.maxPieceLength);
  torrent2.info["piece length"] = pieceLength;
  getPieceList(
    files,
    pieceLength,
    estimatedTorrentLength,
    opts,
    (err, pieces, torrentLength) => {
      if (err) return cb(err);
      torrent2.info.pieces = pieces;
      files.forEach((file) => {
        delete file.getStream;
      });
      if (opts.singleFileTorrent) {
        torrent2.info.length = torrentLength;
      } else {
        torrent2.info.files = files;
      }
      cb(null, bencode_default.encode(torrent2));
    }
  );
}
function isJunkPath(path4) {
  const filename = path4[path4.length - 1];
  return filename[0] === "." && isJunk(filename);
}
function sumLength(sum, file) {
  return sum + file.length;
}
function isBlob(obj) {
  return typeof Blob !== "undefined" && obj instanceof Blob;
}
function isFileList(obj) {
  return typeof FileList !== "undefined" && obj instanceof FileList;
}
function isReadable(obj) {
  return typeof obj === "object" && obj != null && typeof obj.pipe === "function";
}
async function* getStreamStream(readable, file) {
  for await (const chunk of readable) {
    file.length += chunk.length;
    yield chunk;
  }
}
var create_torrent_default = createTorrent;

// node_modules/webtorrent/index.js
var import_debug11 = __toESM(require_src(), 1);
var import_bittorrent_dht2 = __toESM(require_bittorrent_dht(), 1);
var import_load_ip_set = __toESM(require_load_ip_set(), 1);
var import_run_parallel6 = __toESM(require_run_parallel(), 1);

// node_modules/parse-torrent/index.js
var import_fs2 = __toESM(require("fs"), 1);
var import_cross_fetch_ponyfill = __toESM(require_cross_fetch_ponyfill(), 1);

// node_modules/@thaunknown/thirty-two/lib/thirty-two/index.js
var byteTable = [
  255,
  255,
  26,
  27,
  28,
  29,
  30,
  31,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  0,
  1,
  2,
  3,
  4,
  5,
  6,
  7,
  8,
  9,
  10,
  11,
  12,
  13,
  14,
  15,
  16,
  17,
  18,
  19,
  20,
  21,
  22,
  23,
  24,
  25,
  255,
  255,
  255,
  255,
  255,
  255,
  0,
  1,
  2,
  3,
  4,
  5,
  6,
  7,
  8,
  9,
  10,
  11,
  12,
  13,
  14,
  15,
  16,
  17,
  18,
  19,
  20,
  21,
  22,
  23,
  24,
  25,
  255,
  255,
  255,
  255,
  255
];
var decode2 = function(encoded) {
  if (!ArrayBuffer.isView(encoded) && typeof encoded !== "string") {
    throw new TypeError("base32.decode only takes Buffer or string as parameter");
  }
  let shiftIndex = 0;
  let plainDigit = 0;
  let plainChar;
  let plainPos = 0;
  if (!ArrayBuffer.isView(encoded)) {
    encoded = text2arr(encoded);
  }
  const decoded = new Uint8Array(Math.ceil(encoded.length * 5 / 8));
  for (let i = 0; i < encoded.length; i++) {
    if (encoded[i] === 61) {
      break;
    }
    const encodedByte = encoded[i] - 48;
    if (encodedByte < byteTable.length) {
      plainDigit = byteTable[encodedByte];
      if (shiftIndex <= 3) {
        shiftIndex = (shiftIndex + 5) % 8;
        if (shiftIndex === 0) {
          plainChar |= plainDigit;
          decoded[plainPos] = plainChar;
          plainPos++;
          plainChar = 0;
        } else {
          plainChar |= 255 & plainDigit << 8 - shiftIndex;
        }
      } else {
        shiftIndex = (shiftIndex + 5) % 8;
        plainChar |= 255 & plainDigit >>> shiftIndex;
        decoded[plainPos] = plainChar;
        plainPos++;
        plainChar = 255 & plainDigit << 8 - shiftIndex;
      }
    } else {
      throw new Error("Invalid input - it is not base32 encoded string");
    }
  }
  return decoded.subarray(0, plainPos);
};

// node_modules/bep53-range/index.js
function composeRange(range) {
  return range.reduce((acc, cur, idx, arr) => {
    if (idx === 0 || cur !== arr[idx - 1] + 1) acc.push([]);
    acc[acc.length - 1].push(cur);
    return acc;
  }, []).map((cur) => {
    return cur.length > 1 ? `${cur[0]}-${cur[cur.length - 1]}` : `${cur[0]}`;
  });
}
function parseRange(range) {
  const generateRange = (start, end = start) => Array.from({ length: end - start + 1 }, (cur, idx) => idx + start);
  return range.reduce((acc, cur, idx, arr) => {
    const r = cur.split("-").map((cur2) => parseInt(cur2));
    return acc.concat(generateRange(...r));
  }, []);
}

// node_modules/magnet-uri/index.js
function magnetURIDecode(uri) {
  const result = {};
  const data = uri.split("magnet:?")[1];
  const params = data && data.length >= 0 ? data.split("&") : [];
  params.forEach((param) => {
    const keyval = param.split("=");
    if (keyval.length !== 2) return;
    const key = keyval[0];
    let val = keyval[1];
    if (key === "dn") val = decodeURIComponent(val).replace(/\+/g, " ");
    if (key === "tr" || key === "xs" || key === "as" || key === "ws") {
      val = decodeURIComponent(val);
    }
    if (key === "kt") val = decodeURIComponent(val).split("+");
    if (key === "ix") val = Number(val);
    if (key === "so") val = parseRange(decodeURIComponent(val).split(","));
    if (result[key]) {
      if (!Array.isArray(result[key])) {
        result[key] = [result[key]];
      }
      result[key].push(val);
    } else {
      result[key] = val;
    }
  });
  let m;
  if (result.xt) {
    const xts = Array.isArray(result.xt) ? result.xt : [result.xt];
    xts.forEach((xt) => {
      if (m = xt.match(/^urn:btih:(.{40})/)) {
        result.infoHash = m[1].toLowerCase();
      } else if (m = xt.match(/^urn:btih:(.{32})/)) {
        result.infoHash = arr2hex(decode2(m[1]));
      } else if (m = xt.match(/^urn:btmh:1220(.{64})/)) {
        result.infoHashV2 = m[1].toLowerCase();
      }
    });
  }
  if (result.xs) {
    const xss = Array.isArray(result.xs) ? result.xs : [result.xs];
    xss.forEach((xs) => {
      if (m = xs.match(/^urn:btpk:(.{64})/)) {
        result.publicKey = m[1].toLowerCase();
      }
    });
  }
  if (result.infoHash) result.infoHashBuffer = hex2arr(result.infoHash);
  if (result.infoHashV2) result.infoHashV2Buffer = hex2arr(result.infoHashV2);
  if (result.publicKey) result.publicKeyBuffer = hex2arr(result.publicKey);
  if (result.dn) result.name = result.dn;
  if (result.kt) result.keywords = result.kt;
  result.announce = [];
  if (typeof result.tr === "string" || Array.isArray(result.tr)) {
    result.announce = result.announce.concat(result.tr);
  }
  result.urlList = [];
  if (typeof result.as === "string" || Array.isArray(result.as)) {
    result.urlList = result.urlList.concat(result.as);
  }
  if (typeof result.ws === "string" || Array.isArray(result.ws)) {
    result.urlList = result.urlList.concat(result.ws);
  }
  result.peerAddresses = [];
  if (typeof result["x.pe"] === "string" || Array.isArray(result["x.pe"])) {
    result.peerAddresses = result.peerAddresses.concat(result["x.pe"]);
  }
  result.announce = Array.from(new Set(result.announce));
  result.urlList = Array.from(new Set(result.urlList));
  result.peerAddresses = Array.from(new Set(result.peerAddresses));
  return result;
}
function magnetURIEncode(obj) {
  obj = Object.assign({}, obj);
  let xts = /* @__PURE__ */ new Set();
  if (obj.xt && typeof obj.xt === "string") xts.add(obj.xt);
  if (obj.xt && Array.isArray(obj.xt)) xts = new Set(obj.xt);
  if (obj.infoHashBuffer) xts.add(`urn:btih:${arr2hex(obj.infoHashBuffer)}`);
  if (obj.infoHash) xts.add(`urn:btih:${obj.infoHash}`);
  if (obj.infoHashV2Buffer) xts.add(obj.xt = `urn:btmh:1220${arr2hex(obj.infoHashV2Buffer)}`);
  if (obj.infoHashV2) xts.add(`urn:btmh:1220${obj.infoHashV2}`);
  const xtsDeduped = Array.from(xts);
  if (xtsDeduped.length === 1) obj.xt = xtsDeduped[0];
  if (xtsDeduped.length > 1) obj.xt = xtsDeduped;
  if (obj.publicKeyBuffer) obj.xs = `urn:btpk:${arr2hex(obj.publicKeyBuffer)}`;
  if (obj.publicKey) obj.xs = `urn:btpk:${obj.publicKey}`;
  if (obj.name) obj.dn = obj.name;
  if (obj.keywords) obj.kt = obj.keywords;
  if (obj.announce) obj.tr = obj.announce;
  if (obj.urlList) {
    obj.ws = obj.urlList;
    delete obj.as;
  }
  if (obj.peerAddresses) obj["x.pe"] = obj.peerAddresses;
  let result = "magnet:?";
  Object.keys(obj).filter((key) => key.length === 2 || key === "x.pe").forEach((key, i) => {
    const values = Array.isArray(obj[key]) ? obj[key] : [obj[key]];
    values.forEach((val, j) => {
      if ((i > 0 || j > 0) && (key !== "kt" && key !== "so" || j === 0)) result += "&";
      if (key === "dn") val = encodeURIComponent(val).replace(/%20/g, "+");
      if (key === "tr" || key === "as" || key === "ws") {
        val = encodeURIComponent(val);
      }
      if (key === "xs" && !val.startsWith("urn:btpk:")) {
        val = encodeURIComponent(val);
      }
      if (key === "kt") val = encodeURIComponent(val);
      if (key === "so") return;
      if (key === "kt" && j > 0) result += `+${val}`;
      else result += `${key}=${val}`;
    });
    if (key === "so") result += `${key}=${composeRange(values)}`;
  });
  return result;
}
var magnet_uri_default = magnetURIDecode;

// node_modules/parse-torrent/index.js
var import_path3 = __toESM(require("path"), 1);
var import_queue_microtask2 = __toESM(require_queue_microtask(), 1);
async function parseTorrent(torrentId) {
  if (typeof torrentId === "string" && /^(stream-)?magnet:/.test(torrentId)) {
    const torrentObj = magnet_uri_default(torrentId);
    if (!torrentObj.infoHash) {
      throw new Error("Invalid torrent identifier");
    }
    return torrentObj;
  } else if (typeof torrentId === "string" && (/^[a-f0-9]{40}$/i.test(torrentId) || /^[a-z2-7]{32}$/i.test(torrentId))) {
    return magnet_uri_default(`magnet:?xt=urn:btih:${torrentId}`);
  } else if (ArrayBuffer.isView(torrentId) && torrentId.length === 20) {
    return magnet_uri_default(`magnet:?xt=urn:btih:${arr2hex(torrentId)}`);
  } else if (ArrayBuffer.isView(torrentId)) {
    return await decodeTorrentFile(torrentId);
  } else if (torrentId && torrentId.infoHash) {
    torrentId.infoHash = torrentId.infoHash.toLowerCase();
    if (!torrentId.announce) torrentId.announce = [];
    if (typeof torrentId.announce === "string") {
      torrentId.announce = [torrentId.announce];
    }
    if (!torrentId.urlList) torrentId.urlList = [];
    return torrentId;
  } else {
    throw new Error("Invalid torrent identifier");
  }
}
async function parseTorrentRemote(torrentId, opts, cb) {
  if (typeof opts === "function") return parseTorrentRemote(torrentId, {}, opts);
  if (typeof cb !== "function") throw new Error("second argument must be a Function");
  let parsedTorrent;
  try {
    parsedTorrent = await parseTorrent(torrentId);
  } catch (err) {
  }
  if (parsedTorrent && parsedTorrent.infoHash) {
    (0, import_queue_microtask2.default)(() => {
      cb(null, parsedTorrent);
    });
  } else if (isBlob2(torrentId)) {
    try {
      const torrentBuf = new Uint8Array(await torrentId.arrayBuffer());
      parseOrThrow(torrentBuf);
    } catch (err) {
      return cb(new Error(`Error converting Blob: ${err.message}`));
    }
  } else if (/^https?:/.test(torrentId)) {
    try {
      const res = await (0, import_cross_fetch_ponyfill.default)(torrentId, {
        headers: { "user-agent": "WebTorrent (https://webtorrent.io)" },
        signal: AbortSignal.timeout(30 * 1e3),
        ...opts
      });
      const torrentBuf = new Uint8Array(await res.arrayBuffer());
      parseOrThrow(torrentBuf);
    } catch (err) {
      return cb(new Error(`Error downloading torrent: ${err.message}`));
    }
  } else if (typeof import_fs2.default.readFile === "function" && typeof torrentId === "string") {
    import_fs2.default.readFile(torrentId, (err, torrentBuf) => {
      if (err) return cb(new Error("Invalid torrent identifier"));
      parseOrThrow(torrentBuf);
    });
  } else {
    (0, import_queue_microtask2.default)(() => {
      cb(new Error("Invalid torrent identifier"));
    });
  }
  async function parseOrThrow(torrentBuf) {
    try {
      parsedTorrent = await parseTorrent(torrentBuf);
    } catch (err) {
      return cb(err);
    }
    if (parsedTorrent && parsedTorrent.infoHash) cb(null, parsedTorrent);
    else cb(new Error("Invalid torrent identifier"));
  }
}
async function decodeTorrentFile(torrent2) {
  if (ArrayBuffer.isView(torrent2)) {
    torrent2 = bencode_default.decode(torrent2);
  }
  ensure(torrent2.info, "info");
  ensure(torrent2.info["name.utf-8"] || torrent2.info.name, "info.name");
  ensure(torrent2.info["piece length"], "info['piece length']");
  ensure(torrent2.info.pieces, "info.pieces");
  if (torrent2.info.files) {
    torrent2.info.files.forEach((file) => {
      ensure(typeof file.length === "number", "info.files[0].length");
      ensure(file["path.utf-8"] || file.path, "info.files[0].path");
    });
  } else {
    ensure(typeof torrent2.info.length === "number", "info.length");
  }
  const result = {
    info: torrent2.info,
    infoBuffer: bencode_default.encode(torrent2.info),
    name: arr2text(torrent2.info["name.utf-8"] || torrent2.info.name),
    announce: []
  };
  result.infoHashBuffer = await hash(result.infoBuffer);
  result.infoHash = arr2hex(result.infoHashBuffer);
  if (torrent2.info.private !== void 0) result.private = !!torrent2.info.private;
  if (torrent2["creation date"]) result.created = new Date(torrent2["creation date"] * 1e3);
  if (torrent2["created by"]) result.createdBy = arr2text(torrent2["created by"]);
  if (ArrayBuffer.isView(torrent2.comment)) result.comment = arr2text(torrent2.comment);
  if (Array.isArray(torrent2["announce-list"]) && torrent2["announce-list"].length > 0) {
    torrent2["announce-list"].forEach((urls) => {
      urls.forEach((url2) => {
        result.announce.push(arr2text(url2));
      });
    });
  } else if (torrent2.announce) {
    result.announce.push(arr2text(torrent2.announce));
  }
  if (ArrayBuffer.isView(torrent2["url-list"])) {
    torrent2["url-list"] = torrent2["url-list"].length > 0 ? [torrent2["url-list"]] : [];
  }
  result.urlList = (torrent2["url-list"] || []).map((url2) => arr2text(url2));
  result.announce = Array.from(new Set(result.announce));
  result.urlList = Array.from(new Set(result.urlList));
  let sum = 0;
  const files = torrent2.info.files || [torrent2.info];
  result.files = files.map((file, i) => {
    const parts = [].concat(result.name, file["path.utf-8"] || file.path || []).map((p) => ArrayBuffer.isView(p) ? arr2text(p) : p);
    sum += file.length;
    return {
      path: import_path3.default.join.apply(null, [import_path3.default.sep].concat(parts)).slice(1),
      name: parts[parts.length - 1],
      length: file.length,
      offset: sum - file.length
    };
  });
  result.length = sum;
  const lastFile = result.files[result.files.length - 1];
  result.pieceLength = torrent2.info["piece length"];
  result.lastPieceLength = (lastFile.offset + lastFile.length) % result.pieceLength || result.pieceLength;
  result.pieces = splitPieces(torrent2.info.pieces);
  return result;
}
function encodeTorrentFile(parsed) {
  const torrent2 = {
    info: parsed.info
  };
  torrent2["announce-list"] = (parsed.announce || []).map((url2) => {
    if (!torrent2.announce) torrent2.announce = url2;
    url2 = text2arr(url2);
    return [url2];
  });
  torrent2["url-list"] = parsed.urlList || [];
  if (parsed.private !== void 0) {
    torrent2.private = Number(parsed.private);
  }
  if (parsed.created) {
    torrent2["creation date"] = parsed.created.getTime() / 1e3 | 0;
  }
  if (parsed.createdBy) {
    torrent2["created by"] = parsed.createdBy;
  }
  if (parsed.comment) {
    torrent2.comment = parsed.comment;
  }
  return bencode_default.encode(torrent2);
}
function isBlob2(obj) {
  return typeof Blob !== "undefined" && obj instanceof Blob;
}
function splitPieces(buf) {
  const pieces = [];
  for (let i = 0; i < buf.length; i += 20) {
    pieces.push(arr2hex(buf.slice(i, i + 20)));
  }
  return pieces;
}
function ensure(bool, fieldName) {
  if (!bool) throw new Error(`Torrent is missing required field: ${fieldName}`);
}
var parse_torrent_default = parseTorrent;
var toMagnetURI = magnetURIEncode;

// node_modules/@thaunknown/simple-peer/lite.js
var import_debug2 = __toESM(require_src(), 1);

// vendor/webrtc-polyfill/index.js
var RTCPeerConnection = void 0;
var RTCSessionDescription = void 0;
var RTCIceCandidate = void 0;

// node_modules/@thaunknown/simple-peer/lite.js
var import_streamx2 = __toESM(require_streamx(), 1);
var import_err_code = __toESM(require_err_code(), 1);
var Debug2 = (0, import_debug2.default)("simple-peer");
var MAX_BUFFERED_AMOUNT = 64 * 1024;
var ICECOMPLETE_TIMEOUT = 5 * 1e3;
var CHANNEL_CLOSING_TIMEOUT = 5 * 1e3;
function filterTrickle(sdp) {
  return sdp.replace(/a=ice-options:trickle\s\n/g, "");
}
function warn(message) {
  console.warn(message);
}
function unrefTimeout(cb, timeout, ...args) {
  const timer = setTimeout(cb, timeout, ...args);
  timer.unref?.();
  return timer;
}
function unrefInterval(cb, interval, ...args) {
  const timer = setInterval(cb, interval, ...args);
  timer.unref?.();
  return timer;
}
var Peer = class _Peer extends import_streamx2.Duplex {
  /** @type {RTCPeerConnection} */
  _pc;
  constructor(opts) {
    opts = Object.assign({
      allowHalfOpen: false
    }, opts);
    super(opts);
    this.__objectMode = !!opts.objectMode;
    this._id = arr2hex(randomBytes(4)).slice(0, 7);
    this._debug("new peer %o", opts);
    this.channelName = opts.initiator ? opts.channelName || arr2hex(randomBytes(20)) : null;
    this.initiator = opts.initiator || false;
    this.channelConfig = opts.channelConfig || _Peer.channelConfig;
    this.channelNegotiated = this.channelConfig.negotiated;
    this.config = Object.assign({}, _Peer.config, opts.config);
    this.offerOptions = opts.offerOptions || {};
    this.answerOptions = opts.answerOptions || {};
    this.sdpTransform = opts.sdpTransform || ((sdp) => sdp);
    this.trickle = opts.trickle !== void 0 ? opts.trickle : true;
    this.allowHalfTrickle = opts.allowHalfTrickle !== void 0 ? opts.allowHalfTrickle : false;
    this.iceCompleteTimeout = opts.iceCompleteTimeout || ICECOMPLETE_TIMEOUT;
    this._destroying = false;
    this._connected = false;
    this.remoteAddress = void 0;
    this.remoteFamily = void 0;
    this.remotePort = void 0;
    this.localAddress = void 0;
    this.localFamily = void 0;
    this.localPort = void 0;
    if (!RTCPeerConnection) {
      if (typeof window === "undefined") {
        throw (0, import_err_code.default)(new Error("No WebRTC support: Specify `opts.wrtc` option in this environment"), "ERR_WEBRTC_SUPPORT");
      } else {
        throw (0, import_err_code.default)(new Error("No WebRTC support: Not a supported browser"), "ERR_WEBRTC_SUPPORT");
      }
    }
    this._pcReady = false;
    this._channelReady = false;
    this._iceComplete = false;
    this._iceCompleteTimer = null;
    this._channel = null;
    this._pendingCandidates = [];
    this._isNegotiating = false;
    this._firstNegotiation = true;
    this._batchedNegotiation = false;
    this._queuedNegotiation = false;
    this._sendersAwaitingStable = [];
    this._closingInterval = null;
    this._remoteTracks = [];
    this._remoteStreams = [];
    this._chunk = null;
    this._cb = null;
    this._interval = null;
    try {
      this._pc = new RTCPeerConnection(this.config);
    } catch (err) {
      this.__destroy((0, import_err_code.default)(err, "ERR_PC_CONSTRUCTOR"));
      return;
    }
    this._isReactNativeWebrtc = typeof this._pc._peerConnectionId === "number";
    this._pc.oniceconnectionstatechange = () => {
      this._onIceStateChange();
    };
    this._pc.onicegatheringstatechange = () => {
      this._onIceStateChange();
    };
    this._pc.onconnectionstatechange = () => {
      this._onConnectionStateChange();
    };
    this._pc.onsignalingstatechange = () => {
      this._onSignalingStateChange();
    };
    this._pc.onicecandidate = (event) => {
      this._onIceCandidate(event);
    };
    if (typeof this._pc.peerIdentity === "object") {
      this._pc.peerIdentity.catch((err) => {
        this.__destroy((0, import_err_code.default)(err, "ERR_PC_PEER_IDENTITY"));
      });
    }
    if (this.initiator || this.channelNegotiated) {
      this._setupData({
        channel: this._pc.createDataChannel(this.channelName, this.channelConfig)
      });
    } else {
      this._pc.ondatachannel = (event) => {
        this._setupData(event);
      };
    }
    this._debug("initial negotiation");
    this._needsNegotiation();
    this._onFinishBound = () => {
      this._onFinish();
    };
    this.once("finish", this._onFinishBound);
  }
  get bufferSize() {
    return this._channel && this._channel.bufferedAmount || 0;
  }
  // HACK: it's possible channel.readyState is "closing" before peer.destroy() fires
  // https://bugs.chromium.org/p/chromium/issues/detail?id=882743
  get connected() {
    return this._connected && this._channel.readyState === "open";
  }
  address() {
    return { port: this.localPort, family: this.localFamily, address: this.localAddress };
  }
  signal(data) {
    if (this._destroying) return;
    if (this.destroyed) throw (0, import_err_code.default)(new Error("cannot signal after peer is destroyed"), "ERR_DESTROYED");
    if (typeof data === "string") {
      try {
        data = JSON.parse(data);
      } catch (err) {
        data = {};
      }
    }
    this._debug("signal()");
    if (data.renegotiate && this.initiator) {
      this._debug("got request to renegotiate");
      this._needsNegotiation();
    }
    if (data.transceiverRequest && this.initiator) {
      this._debug("got request for transceiver");
      this.addTransceiver(data.transceiverRequest.kind, data.transceiverRequest.init);
    }
    if (data.candidate) {
      if (this._pc.remoteDescription && this._pc.remoteDescription.type) {
        this._addIceCandidate(data.candidate);
      } else {
        this._pendingCandidates.push(data.candidate);
      }
    }
    if (data.sdp) {
      this._pc.setRemoteDescription(new RTCSessionDescription(data)).then(() => {
        if (this.destroyed) return;
        this._pendingCandidates.forEach((candidate) => {
          this._addIceCandidate(candidate);
        });
        this._pendingCandidates = [];
        if (this._pc.remoteDescription.type === "offer") this._createAnswer();
      }).catch((err) => {
        this.__destroy((0, import_err_code.default)(err, "ERR_SET_REMOTE_DESCRIPTION"));
      });
    }
    if (!data.sdp && !data.candidate && !data.renegotiate && !data.transceiverRequest) {
      this.__destroy((0, import_err_code.default)(new Error("signal() called with invalid signal data"), "ERR_SIGNALING"));
    }
  }
  _addIceCandidate(candidate) {
    const iceCandidateObj = new RTCIceCandidate(candidate);
    this._pc.addIceCandidate(iceCandidateObj).catch((err) => {
      if (!iceCandidateObj.address || iceCandidateObj.address.endsWith(".local")) {
        warn("Ignoring unsupported ICE candidate.");
      } else {
        this.__destroy((0, import_err_code.default)(err, "ERR_ADD_ICE_CANDIDATE"));
      }
    });
  }
  /**
   * Send text/binary data to the remote peer.
   * @param {ArrayBufferView|ArrayBuffer|Uint8Array|string|Blob} chunk
   */
  send(chunk) {
    if (this._destroying) return;
    if (this.destroyed) throw (0, import_err_code.default)(new Error("cannot send after peer is destroyed"), "ERR_DESTROYED");
    this._channel.send(chunk);
  }
  _needsNegotiation() {
    this._debug("_needsNegotiation");
    if (this._batchedNegotiation) return;
    this._batchedNegotiation = true;
    queueMicrotask(() => {
      this._batchedNegotiation = false;
      if (this.initiator || !this._firstNegotiation) {
        this._debug("starting batched negotiation");
        this.negotiate();
      } else {
        this._debug("non-initiator initial negotiation request discarded");
      }
      this._firstNegotiation = false;
    });
  }
  negotiate() {
    if (this._destroying) return;
    if (this.destroyed) throw (0, import_err_code.default)(new Error("cannot negotiate after peer is destroyed"), "ERR_DESTROYED");
    if (this.initiator) {
      if (this._isNegotiating) {
        this._queuedNegotiation = true;
        this._debug("already negotiating, queueing");
      } else {
        this._debug("start negotiation");
        unrefTimeout(() => {
          this._createOffer();
        }, 0);
      }
    } else {
      if (this._isNegotiating) {
        this._queuedNegotiation = true;
        this._debug("already negotiating, queueing");
      } else {
        this._debug("requesting negotiation from initiator");
        this.emit("signal", {
          // request initiator to renegotiate
          type: "renegotiate",
          renegotiate: true
        });
      }
    }
    this._isNegotiating = true;
  }
  _final(cb) {
    if (!this._readableState.ended) this.push(null);
    cb(null);
  }
  __destroy(err) {
    this.end();
    this._destroy(() => {
    }, err);
  }
  _destroy(cb, err) {
    if (this.destroyed || this._destroying) return;
    this._destroying = true;
    this._debug("destroying (error: %s)", err && (err.message || err));
    unrefTimeout(() => {
      if (this._connected) this.emit("disconnect");
      this._connected = false;
      this._pcReady = false;
      this._channelReady = false;
      this._remoteTracks = null;
      this._remoteStreams = null;
      this._senderMap = null;
      clearInterval(this._closingInterval);
      this._closingInterval = null;
      clearInterval(this._interval);
      this._interval = null;
      this._chunk = null;
      this._cb = null;
      if (this._onFinishBound) this.removeListener("finish", this._onFinishBound);
      this._onFinishBound = null;
      if (this._channel) {
        try {
          this._channel.close();
        } catch (err2) {
        }
        this._channel.onmessage = null;
        this._channel.onopen = null;
        this._channel.onclose = null;
        this._channel.onerror = null;
      }
      if (this._pc) {
        try {
          this._pc.close();
        } catch (err2) {
        }
        this._pc.oniceconnectionstatechange = null;
        this._pc.onicegatheringstatechange = null;
        this._pc.onsignalingstatechange = null;
        this._pc.onicecandidate = null;
        this._pc.ontrack = null;
        this._pc.ondatachannel = null;
      }
      this._pc = null;
      this._channel = null;
      if (err) this.emit("error", err);
      cb();
    }, 0);
  }
  _setupData(event) {
    if (!event.channel) {
      return this.__destroy((0, import_err_code.default)(new Error("Data channel event is missing `channel` property"), "ERR_DATA_CHANNEL"));
    }
    this._channel = event.channel;
    this._channel.binaryType = "arraybuffer";
    if (typeof this._channel.bufferedAmountLowThreshold === "number") {
      this._channel.bufferedAmountLowThreshold = MAX_BUFFERED_AMOUNT;
    }
    this.channelName = this._channel.label;
    this._channel.onmessage = (event2) => {
      this._onChannelMessage(event2);
    };
    this._channel.onbufferedamountlow = () => {
      this._onChannelBufferedAmountLow();
    };
    this._channel.onopen = () => {
      this._onChannelOpen();
    };
    this._channel.onclose = () => {
      this._onChannelClose();
    };
    this._channel.onerror = (event2) => {
      const err = event2.error instanceof Error ? event2.error : new Error(`Datachannel error: ${event2.message} ${event2.filename}:${event2.lineno}:${event2.colno}`);
      this.__destroy((0, import_err_code.default)(err, "ERR_DATA_CHANNEL"));
    };
    let isClosing = false;
    this._closingInterval = unrefInterval(() => {
      if (this._channel && this._channel.readyState === "closing") {
        if (isClosing) this._onChannelClose();
        isClosing = true;
      } else {
        isClosing = false;
      }
    }, CHANNEL_CLOSING_TIMEOUT);
  }
  _write(chunk, cb) {
    if (this.destroyed) return cb((0, import_err_code.default)(new Error("cannot write after peer is destroyed"), "ERR_DATA_CHANNEL"));
    if (this._connected) {
      try {
        this.send(chunk);
      } catch (err) {
        return this.__destroy((0, import_err_code.default)(err, "ERR_DATA_CHANNEL"));
      }
      if (this._channel.bufferedAmount > MAX_BUFFERED_AMOUNT) {
        this._debug("start backpressure: bufferedAmount %d", this._channel.bufferedAmount);
        this._cb = cb;
      } else {
        cb(null);
      }
    } else {
      this._debug("write before connect");
      this._chunk = chunk;
      this._cb = cb;
    }
  }
  // When stream finishes writing, close socket. Half open connections are not
  // supported.
  _onFinish() {
    if (this.destroyed) return;
    const destroySoon = () => {
      unrefTimeout(() => this.__destroy(), 1e3).unref?.();
    };
    if (this._connected) {
      destroySoon();
    } else {
      this.once("connect", destroySoon);
    }
  }
  _startIceCompleteTimeout() {
    if (this.destroyed) return;
    if (this._iceCompleteTimer) return;
    this._debug("started iceComplete timeout");
    this._iceCompleteTimer = unrefTimeout(() => {
      if (!this._iceComplete) {
        this._iceComplete = true;
        this._debug("iceComplete timeout completed");
        this.emit("iceTimeout");
        this.emit("_iceComplete");
      }
    }, this.iceCompleteTimeout);
  }
  _createOffer() {
    if (this.destroyed) return;
    this._pc.createOffer(this.offerOptions).then((offer) => {
      if (this.destroyed) return;
      if (!this.trickle && !this.allowHalfTrickle) offer.sdp = filterTrickle(offer.sdp);
      offer.sdp = this.sdpTransform(offer.sdp);
      const sendOffer = () => {
        if (this.destroyed) return;
        const signal = this._pc.localDescription || offer;
        this._debug("signal");
        this.emit("signal", {
          type: signal.type,
          sdp: signal.sdp
        });
      };
      const onSuccess = () => {
        this._debug("createOffer success");
        if (this.destroyed) return;
        if (this.trickle || this._iceComplete) sendOffer();
        else this.once("_iceComplete", sendOffer);
      };
      const onError = (err) => {
        this.__destroy((0, import_err_code.default)(err, "ERR_SET_LOCAL_DESCRIPTION"));
      };
      this._pc.setLocalDescription(offer).then(onSuccess).catch(onError);
    }).catch((err) => {
      this.__destroy((0, import_err_code.default)(err, "ERR_CREATE_OFFER"));
    });
  }
  _createAnswer() {
    if (this.destroyed) return;
    this._pc.createAnswer(this.answerOptions).then((answer) => {
      if (this.destroyed) return;
      if (!this.trickle && !this.allowHalfTrickle) answer.sdp = filterTrickle(answer.sdp);
      answer.sdp = this.sdpTransform(answer.sdp);
      const sendAnswer = () => {
        if (this.destroyed) return;
        const signal = this._pc.localDescription || answer;
        this._debug("signal");
        this.emit("signal", {
          type: signal.type,
          sdp: signal.sdp
        });
        if (!this.initiator) this._requestMissingTransceivers?.();
      };
      const onSuccess = () => {
        if (this.destroyed) return;
        if (this.trickle || this._iceComplete) sendAnswer();
        else this.once("_iceComplete", sendAnswer);
      };
      const onError = (err) => {
        this.__destroy((0, import_err_code.default)(err, "ERR_SET_LOCAL_DESCRIPTION"));
      };
      this._pc.setLocalDescription(answer).then(onSuccess).catch(onError);
    }).catch((err) => {
      this.__destroy((0, import_err_code.default)(err, "ERR_CREATE_ANSWER"));
    });
  }
  _onConnectionStateChange() {
    if (this.destroyed || this._destroying) return;
    if (this._pc.connectionState === "failed") {
      this.__destroy((0, import_err_code.default)(new Error("Connection failed."), "ERR_CONNECTION_FAILURE"));
    }
  }
  _onIceStateChange() {
    if (this.destroyed) return;
    const iceConnectionState = this._pc.iceConnectionState;
    const iceGatheringState = this._pc.iceGatheringState;
    this._debug(
      "iceStateChange (connection: %s) (gathering: %s)",
      iceConnectionState,
      iceGatheringState
    );
    this.emit("iceStateChange", iceConnectionState, iceGatheringState);
    if (iceConnectionState === "connected" || iceConnectionState === "completed") {
      this._pcReady = true;
      this._maybeReady();
    }
    if (iceConnectionState === "failed") {
      this.__destroy((0, import_err_code.default)(new Error("Ice connection failed."), "ERR_ICE_CONNECTION_FAILURE"));
    }
    if (iceConnectionState === "closed") {
      this.__destroy((0, import_err_code.default)(new Error("Ice connection closed."), "ERR_ICE_CONNECTION_CLOSED"));
    }
  }
  getStats(cb) {
    const flattenValues = (report) => {
      if (Object.prototype.toString.call(report.values) === "[object Array]") {
        report.values.forEach((value) => {
          Object.assign(report, value);
        });
      }
      return report;
    };
    if (this._pc.getStats.length === 0 || this._isReactNativeWebrtc) {
      this._pc.getStats().then((res) => {
        const reports = [];
        res.forEach((report) => {
          reports.push(flattenValues(report));
        });
        cb(null, reports);
      }, (err) => cb(err));
    } else if (this._pc.getStats.length > 0) {
      this._pc.getStats((res) => {
        if (this.destroyed) return;
        const reports = [];
        res.result().forEach((result) => {
          const report = {};
          result.names().forEach((name) => {
            report[name] = result.stat(name);
          });
          report.id = result.id;
          report.type = result.type;
          report.timestamp = result.timestamp;
          reports.push(flattenValues(report));
        });
        cb(null, reports);
      }, (err) => cb(err));
    } else {
      cb(null, []);
    }
  }
  _maybeReady() {
    this._debug("maybeReady pc %s channel %s", this._pcReady, this._channelReady);
    if (this._connected || this._connecting || !this._pcReady || !this._channelReady) return;
    this._connecting = true;
    const findCandidatePair = () => {
      if (this.destroyed || this._destroying) return;
      this.getStats((err, items) => {
        if (this.destroyed || this._destroying) return;
        if (err) items = [];
        const remoteCandidates = {};
        const localCandidates = {};
        const candidatePairs = {};
        let foundSelectedCandidatePair = false;
        items.forEach((item) => {
          if (item.type === "remotecandidate" || item.type === "remote-candidate") {
            remoteCandidates[item.id] = item;
          }
          if (item.type === "localcandidate" || item.type === "local-candidate") {
            localCandidates[item.id] = item;
          }
          if (item.type === "candidatepair" || item.type === "candidate-pair") {
            candidatePairs[item.id] = item;
          }
        });
        const setSelectedCandidatePair = (selectedCandidatePair) => {
          foundSelectedCandidatePair = true;
          let local = localCandidates[selectedCandidatePair.localCandidateId];
          if (local && (local.ip || local.address)) {
            this.localAddress = local.ip || local.address;
            this.localPort = Number(local.port);
          } else if (local && local.ipAddress) {
            this.localAddress = local.ipAddress;
            this.localPort = Number(local.portNumber);
          } else if (typeof selectedCandidatePair.googLocalAddress === "string") {
            local = selectedCandidatePair.googLocalAddress.split(":");
            this.localAddress = local[0];
            this.localPort = Number(local[1]);
          }
          if (this.localAddress) {
            this.localFamily = this.localAddress.includes(":") ? "IPv6" : "IPv4";
          }
          let remote = remoteCandidates[selectedCandidatePair.remoteCandidateId];
          if (remote && (remote.ip || remote.address)) {
            this.remoteAddress = remote.ip || remote.address;
            this.remotePort = Number(remote.port);
          } else if (remote && remote.ipAddress) {
            this.remoteAddress = remote.ipAddress;
            this.remotePort = Number(remote.portNumber);
          } else if (typeof selectedCandidatePair.googRemoteAddress === "string") {
            remote = selectedCandidatePair.googRemoteAddress.split(":");
            this.remoteAddress = remote[0];
            this.remotePort = Number(remote[1]);
          }
          if (this.remoteAddress) {
            this.remoteFamily = this.remoteAddress.includes(":") ? "IPv6" : "IPv4";
          }
          this._debug(
            "connect local: %s:%s remote: %s:%s",
            this.localAddress,
            this.localPort,
            this.remoteAddress,
            this.remotePort
          );
        };
        items.forEach((item) => {
          if (item.type === "transport" && item.selectedCandidatePairId) {
            setSelectedCandidatePair(candidatePairs[item.selectedCandidatePairId]);
          }
          if (item.type === "googCandidatePair" && item.googActiveConnection === "true" || (item.type === "candidatepair" || item.type === "candidate-pair") && item.selected) {
            setSelectedCandidatePair(item);
          }
        });
        if (!foundSelectedCandidatePair && (!Object.keys(candidatePairs).length || Object.keys(localCandidates).length)) {
          unrefTimeout(findCandidatePair, 100);
          return;
        } else {
          this._connecting = false;
          this._connected = true;
        }
        if (this._chunk) {
          try {
            this.send(this._chunk);
          } catch (err2) {
            return this.__destroy((0, import_err_code.default)(err2, "ERR_DATA_CHANNEL"));
          }
          this._chunk = null;
          this._debug('sent chunk from "write before connect"');
          const cb = this._cb;
          this._cb = null;
          cb(null);
        }
        if (typeof this._channel.bufferedAmountLowThreshold !== "number") {
          this._interval = unrefInterval(() => this._onInterval(), 150);
        }
        this._debug("connect");
        this.emit("connect");
      });
    };
    findCandidatePair();
  }
  _onInterval() {
    if (!this._cb || !this._channel || this._channel.bufferedAmount > MAX_BUFFERED_AMOUNT) {
      return;
    }
    this._onChannelBufferedAmountLow();
  }
  _onSignalingStateChange() {
    if (this.destroyed) return;
    if (this._pc.signalingState === "stable") {
      this._isNegotiating = false;
      this._debug("flushing sender queue", this._sendersAwaitingStable);
      this._sendersAwaitingStable.forEach((sender) => {
        this._pc.removeTrack(sender);
        this._queuedNegotiation = true;
      });
      this._sendersAwaitingStable = [];
      if (this._queuedNegotiation) {
        this._debug("flushing negotiation queue");
        this._queuedNegotiation = false;
        this._needsNegotiation();
      } else {
        this._debug("negotiated");
        this.emit("negotiated");
      }
    }
    this._debug("signalingStateChange %s", this._pc.signalingState);
    this.emit("signalingStateChange", this._pc.signalingState);
  }
  _onIceCandidate(event) {
    if (this.destroyed) return;
    if (event.candidate && this.trickle) {
      this.emit("signal", {
        type: "candidate",
        candidate: {
          candidate: event.candidate.candidate,
          sdpMLineIndex: event.candidate.sdpMLineIndex,
          sdpMid: event.candidate.sdpMid
        }
      });
    } else if (!event.candidate && !this._iceComplete) {
      this._iceComplete = true;
      this.emit("_iceComplete");
    }
    if (event.candidate) {
      this._startIceCompleteTimeout();
    }
  }
  _onChannelMessage(event) {
    if (this.destroyed) return;
    let data = event.data;
    if (data instanceof ArrayBuffer) {
      data = new Uint8Array(data);
    } else if (this.__objectMode === false) {
      data = text2arr(data);
    }
    this.push(data);
  }
  _onChannelBufferedAmountLow() {
    if (this.destroyed || !this._cb) return;
    this._debug("ending backpressure: bufferedAmount %d", this._channel.bufferedAmount);
    const cb = this._cb;
    this._cb = null;
    cb(null);
  }
  _onChannelOpen() {
    if (this._connected || this.destroyed) return;
    this._debug("on channel open");
    this._channelReady = true;
    this._maybeReady();
  }
  _onChannelClose() {
    if (this.destroyed) return;
    this._debug("on channel close");
    this.__destroy();
  }
  _debug() {
    const args = [].slice.call(arguments);
    args[0] = "[" + this._id + "] " + args[0];
    Debug2.apply(null, args);
  }
};
Peer.WEBRTC_SUPPORT = !!RTCPeerConnection;
Peer.config = {
  iceServers: [
    {
      urls: [
        "stun:stun.l.google.com:19302",
        "stun:global.stun.twilio.com:3478"
      ]
    }
  ],
  sdpSemantics: "unified-plan"
};
Peer.channelConfig = {};
var lite_default = Peer;

// node_modules/webtorrent/index.js
var import_queue_microtask7 = __toESM(require_queue_microtask(), 1);
var import_throughput3 = __toESM(require_throughput(), 1);
var import_speed_limiter = __toESM(require_speed_limiter(), 1);
var import_nat_api = __toESM(require_nat_api(), 1);

// node_modules/webtorrent/lib/conn-pool.js
var import_net = __toESM(require("net"), 1);
var import_debug4 = __toESM(require_src(), 1);
var import_queue_microtask3 = __toESM(require_queue_microtask(), 1);

// node_modules/webtorrent/lib/peer.js
var import_events = __toESM(require("events"), 1);
var import_streamx3 = __toESM(require_streamx2(), 1);
var import_unordered_array_remove2 = __toESM(require_unordered_array_remove(), 1);
var import_debug3 = __toESM(require_src(), 1);
var CONNECT_TIMEOUT_TCP = 5e3;
var CONNECT_TIMEOUT_UTP = 5e3;
var CONNECT_TIMEOUT_WEBRTC = 25e3;
var HANDSHAKE_TIMEOUT = 25e3;
var TYPE_TCP_INCOMING = "tcpIncoming";
var TYPE_TCP_OUTGOING = "tcpOutgoing";
var TYPE_UTP_INCOMING = "utpIncoming";
var TYPE_UTP_OUTGOING = "utpOutgoing";
var TYPE_WEBRTC = "webrtc";
var TYPE_WEBSEED = "webSeed";
var SOURCE_MANUAL = "manual";
var SOURCE_TRACKER = "tracker";
var SOURCE_DHT = "dht";
var SOURCE_LSD = "lsd";
var SOURCE_UT_PEX = "ut_pex";
var debug3 = (0, import_debug3.default)("webtorrent:peer");
var Peer2 = class extends import_events.default {
  constructor(id, type, secure = 0) {
    super();
    this.id = id;
    this.type = type;
    this.secure = secure;
    debug3("new %s Peer %s", type, id);
    this.addr = null;
    this.conn = null;
    this.swarm = null;
    this.wire = null;
    this.source = null;
    this.connected = false;
    this.destroyed = false;
    this.timeout = null;
    this.retries = 0;
    this.sentHandshake = false;
  }
  /**
   * Called once the peer is connected (i.e. fired 'connect' event)
   * @param {Socket} conn
   */
  onConnect() {
    if (this.destroyed) return;
    this.connected = true;
    this.emit("connect");
    debug3("Peer %s connected", this.id);
    clearTimeout(this.connectTimeout);
    const conn = this.conn;
    conn.once("end", () => {
      this.destroy();
    });
    conn.once("close", () => {
      this.destroy();
    });
    conn.once("finish", () => {
      this.destroy();
    });
    conn.once("error", (err) => {
      this.destroy(err);
    });
    const wire = this.wire = new bittorrent_protocol_default(this.type, this.secure);
    wire.once("end", () => {
      this.destroy();
    });
    wire.once("close", () => {
      this.destroy();
    });
    wire.once("finish", () => {
      this.destroy();
    });
    wire.once("error", (err) => {
      this.destroy(err);
    });
    wire.once("crypto-infohash", (infoHashHash) => {
      if (this.swarm && this.swarm.infoHashHash !== infoHashHash) {
        this.destroy(new Error("unexpected crypto handshake info hash for this swarm"));
      }
    });
    wire.once("crypto-handshake", () => {
      if (!this.sentHandshake) this.handshake();
    });
    wire.once("handshake", (infoHash2, peerId) => {
      this.onHandshake(infoHash2, peerId);
    });
    this.startHandshakeTimeout();
    this.setThrottlePipes();
    if (this.swarm) {
      if (this.type.includes("Outgoing")) {
        if (this.secure) {
          wire.startEncryption(this.swarm.infoHash);
        } else if (!this.sentHandshake) {
          this.handshake();
        }
      } else if (!this.type.includes("Incoming") && !this.sentHandshake) {
        this.handshake();
      }
    }
  }
  clearPipes() {
    this.conn.unpipe();
    this.wire.unpipe();
  }
  setThrottlePipes() {
    const self = this;
    (0, import_streamx3.pipeline)(
      this.conn,
      this.throttleGroups.down.throttle(),
      new import_streamx3.Transform({
        transform(chunk, callback) {
          self.emit("download", chunk.length);
          if (self.destroyed) return;
          callback(null, chunk);
        }
      }),
      this.wire,
      this.throttleGroups.up.throttle(),
      new import_streamx3.Transform({
        transform(chunk, callback) {
          self.emit("upload", chunk.length);
          if (self.destroyed) return;
          callback(null, chunk);
        }
      }),
      this.conn
    );
  }
  /**
   * Called when handshake is received from remote peer.
   * @param {string} infoHash
   * @param {string} peerId
   */
  onHandshake(infoHash2, peerId) {
    if (!this.swarm) return;
    if (this.destroyed) return;
    if (this._handshakeDone) return;
    this._handshakeDone = true;
    if (this.swarm.destroyed) {
      return this.destroy(new Error("swarm already destroyed"));
    }
    if (infoHash2 !== this.swarm.infoHash) {
      return this.destroy(new Error("unexpected handshake info hash for this swarm"));
    }
    if (peerId === this.swarm.peerId) {
      return this.destroy(new Error("refusing to connect to ourselves"));
    }
    debug3("Peer %s got handshake %s", this.id, infoHash2);
    clearTimeout(this.handshakeTimeout);
    this.retries = 0;
    let addr = this.addr;
    if (!addr && this.conn.remoteAddress && this.conn.remotePort) {
      addr = `${this.conn.remoteAddress}:${this.conn.remotePort}`;
    }
    this.swarm._onWire(this.wire, addr);
    if (!this.swarm || this.swarm.destroyed) return;
    if (!this.sentHandshake) this.handshake();
  }
  handshake() {
    const opts = {
      dht: this.swarm.private ? false : !!this.swarm.client.dht,
      fast: true
    };
    this.wire.handshake(this.swarm.infoHash, this.swarm.client.peerId, opts);
    this.sentHandshake = true;
  }
  startConnectTimeout() {
    clearTimeout(this.connectTimeout);
    const connectTimeoutValues = {
      webrtc: CONNECT_TIMEOUT_WEBRTC,
      tcpOutgoing: CONNECT_TIMEOUT_TCP,
      utpOutgoing: CONNECT_TIMEOUT_UTP
    };
    this.connectTimeout = setTimeout(() => {
      this.destroy(new Error("connect timeout"));
    }, connectTimeoutValues[this.type]);
    if (this.connectTimeout.unref) this.connectTimeout.unref();
  }
  startHandshakeTimeout() {
    clearTimeout(this.handshakeTimeout);
    this.handshakeTimeout = setTimeout(() => {
      this.destroy(new Error("handshake timeout"));
    }, HANDSHAKE_TIMEOUT);
    if (this.handshakeTimeout.unref) this.handshakeTimeout.unref();
  }
  destroy(err) {
    if (this.destroyed) return;
    this.destroyed = true;
    if (this.connected) this.emit("disconnect", err);
    this.connected = false;
    debug3("destroy %s %s (error: %s)", this.type, this.id, err && (err.message || err));
    clearTimeout(this.connectTimeout);
    clearTimeout(this.handshakeTimeout);
    const swarm2 = this.swarm;
    const conn = this.conn;
    const wire = this.wire;
    this.swarm = null;
    this.conn = null;
    this.wire = null;
    if (swarm2 && wire) {
      (0, import_unordered_array_remove2.default)(swarm2.wires, swarm2.wires.indexOf(wire));
    }
    if (conn) {
      conn.on("error", () => {
      });
      conn.destroy();
    }
    if (wire) wire.destroy();
    if (swarm2) swarm2.removePeer(this.id);
  }
};
Peer2.TYPE_TCP_INCOMING = TYPE_TCP_INCOMING;
Peer2.TYPE_TCP_OUTGOING = TYPE_TCP_OUTGOING;
Peer2.TYPE_UTP_INCOMING = TYPE_UTP_INCOMING;
Peer2.TYPE_UTP_OUTGOING = TYPE_UTP_OUTGOING;
Peer2.TYPE_WEBRTC = TYPE_WEBRTC;
Peer2.TYPE_WEBSEED = TYPE_WEBSEED;
Peer2.SOURCE_MANUAL = SOURCE_MANUAL;
Peer2.SOURCE_TRACKER = SOURCE_TRACKER;
Peer2.SOURCE_DHT = SOURCE_DHT;
Peer2.SOURCE_LSD = SOURCE_LSD;
Peer2.SOURCE_UT_PEX = SOURCE_UT_PEX;
Peer2.createWebRTCPeer = (conn, swarm2, throttleGroups, source = null) => {
  const peer = new Peer2(conn.id, "webrtc", 0);
  peer.conn = conn;
  peer.swarm = swarm2;
  peer.throttleGroups = throttleGroups;
  peer.source = source;
  if (peer.conn.connected) {
    peer.onConnect();
  } else {
    const cleanup = () => {
      peer.conn.removeListener("connect", onConnect);
      peer.conn.removeListener("error", onError);
    };
    const onConnect = () => {
      cleanup();
      peer.onConnect();
    };
    const onError = (err) => {
      cleanup();
      peer.destroy(err);
    };
    peer.conn.once("connect", onConnect);
    peer.conn.once("error", onError);
    peer.startConnectTimeout();
  }
  return peer;
};
Peer2.createTCPIncomingPeer = (conn, throttleGroups, secure = 0) => {
  return Peer2._createIncomingPeer(conn, TYPE_TCP_INCOMING, throttleGroups, secure);
};
Peer2.createUTPIncomingPeer = (conn, throttleGroups, secure = 0) => {
  return Peer2._createIncomingPeer(conn, TYPE_UTP_INCOMING, throttleGroups, secure);
};
Peer2.createTCPOutgoingPeer = (addr, swarm2, throttleGroups, source, secure = 0) => {
  return Peer2._createOutgoingPeer(addr, swarm2, TYPE_TCP_OUTGOING, throttleGroups, source, secure);
};
Peer2.createUTPOutgoingPeer = (addr, swarm2, throttleGroups, source, secure = 0) => {
  return Peer2._createOutgoingPeer(addr, swarm2, TYPE_UTP_OUTGOING, throttleGroups, source, secure);
};
Peer2._createIncomingPeer = (conn, type, throttleGroups, secure = 0) => {
  const addr = `${conn.remoteAddress}:${conn.remotePort}`;
  const peer = new Peer2(addr, type, secure);
  peer.conn = conn;
  peer.addr = addr;
  peer.throttleGroups = throttleGroups;
  peer.onConnect();
  return peer;
};
Peer2._createOutgoingPeer = (addr, swarm2, type, throttleGroups, source = null, secure = 0) => {
  const peer = new Peer2(addr, type, secure);
  peer.addr = addr;
  peer.swarm = swarm2;
  peer.throttleGroups = throttleGroups;
  peer.source = source;
  return peer;
};
Peer2.createWebSeedPeer = (conn, id, swarm2, throttleGroups) => {
  const peer = new Peer2(id, TYPE_WEBSEED, 0);
  peer.swarm = swarm2;
  peer.conn = conn;
  peer.throttleGroups = throttleGroups;
  peer.onConnect();
  return peer;
};

// node_modules/webtorrent/lib/conn-pool.js
var import_utp = __toESM(require_utp(), 1);
var debug4 = (0, import_debug4.default)("webtorrent:conn-pool");
var ConnPool = class {
  constructor(client) {
    debug4("create pool (port %s)", client.torrentPort);
    this._client = client;
    this._pendingConns = /* @__PURE__ */ new Set();
    this._onTCPConnectionBound = (conn) => {
      this._onConnection(conn, "tcp");
    };
    this._onUTPConnectionBound = (conn) => {
      this._onConnection(conn, "utp");
    };
    this._onListening = () => {
      this._client._onListening();
    };
    this._onTCPError = (err) => {
      this._client._destroy(err);
    };
    this._onUTPError = (err) => {
      this._client.utp = false;
      this._client.emit("error", err);
      if (!this._client.listening) this._onListening();
    };
    this.tcpServer = import_net.default.createServer();
    this.tcpServer.on("connection", this._onTCPConnectionBound);
    this.tcpServer.on("error", this._onTCPError);
    this.tcpServer.listen(client.torrentPort, () => {
      debug4("creating tcpServer in port %s", this.tcpServer.address().port);
      if (this._client.utp) {
        this.utpServer = import_utp.default.createServer();
        this.utpServer.on("connection", this._onUTPConnectionBound);
        this.utpServer.on("listening", this._onListening);
        this.utpServer.on("error", this._onUTPError);
        debug4("creating utpServer in port %s", this.tcpServer.address().port);
        this.utpServer.listen(this.tcpServer.address().port);
        this.utpServer.setSendBufferSize(1024 * 1024);
        this.utpServer.setRecvBufferSize(1024 * 1024);
      } else {
        this._onListening();
      }
    });
  }
  /**
   * Destroy this Conn pool.
   * @param  {function} cb
   */
  destroy(cb) {
    debug4("destroy conn pool");
    if (this.utpServer) {
      this.utpServer.removeListener("connection", this._onUTPConnectionBound);
      this.utpServer.removeListener("listening", this._onListening);
      this.utpServer.removeListener("error", this._onUTPError);
    }
    this.tcpServer.removeListener("connection", this._onTCPConnectionBound);
    this.tcpServer.removeListener("error", this._onTCPError);
    this._pendingConns.forEach((conn) => {
      conn.on("error", noop);
      conn.destroy();
    });
    if (this.utpServer) {
      try {
        this.utpServer.close(cb);
      } catch (err) {
        if (cb) (0, import_queue_microtask3.default)(cb);
      }
    }
    try {
      this.tcpServer.close(cb);
    } catch (err) {
      if (cb) (0, import_queue_microtask3.default)(cb);
    }
    this.tcpServer = null;
    this.utpServer = null;
    this._client = null;
    this._pendingConns = null;
  }
  /**
   * On incoming connections, we expect the remote peer to send a handshake first. Based
   * on the infoHash in that handshake, route the peer to the right swarm.
   */
  _onConnection(conn, type) {
    const self = this;
    if (!conn.remoteAddress) {
      conn.on("error", noop);
      conn.destroy();
      return;
    }
    self._pendingConns.add(conn);
    conn.once("close", cleanupPending);
    const peer = type === "utp" ? Peer2.createUTPIncomingPeer(conn, this._client.throttleGroups, this._client.secure) : Peer2.createTCPIncomingPeer(conn, this._client.throttleGroups, this._client.secure);
    const wire = peer.wire;
    wire.once("crypto-infohash", onCryptoInfoHash);
    wire.once("handshake", onHandshake);
    async function onCryptoInfoHash(infoHashHash) {
      const torrent2 = await self._client._getByHash(infoHashHash);
      if (torrent2) {
        peer.swarm = torrent2;
        torrent2._addIncomingPeer(peer);
        await wire.setInfoHash(torrent2.infoHash);
      } else {
        peer.destroy(new Error(`Unexpected info hash hash ${infoHashHash} from incoming peer ${peer.id}`));
      }
    }
    async function onHandshake(infoHash2, peerId) {
      cleanupPending();
      const torrent2 = await self._client.get(infoHash2);
      if (torrent2) {
        if (!peer.swarm) {
          peer.swarm = torrent2;
          torrent2._addIncomingPeer(peer);
        }
        peer.onHandshake(infoHash2, peerId);
      } else {
        const err = new Error(
          `Unexpected info hash ${infoHash2} from incoming peer ${peer.id}`
        );
        peer.destroy(err);
      }
    }
    function cleanupPending() {
      conn.removeListener("close", cleanupPending);
      wire.removeListener("handshake", onHandshake);
      wire.removeListener("crypto-infohash", onCryptoInfoHash);
      if (self._pendingConns) {
        self._pendingConns.delete(conn);
      }
    }
  }
};
ConnPool.UTP_SUPPORT = Object.keys(import_utp.default).length > 0;
function noop() {
}

// node_modules/webtorrent/lib/torrent.js
var import_events7 = __toESM(require("events"), 1);
var import_fs4 = __toESM(require("fs"), 1);
var import_net2 = __toESM(require("net"), 1);
var import_os2 = __toESM(require("os"), 1);
var import_path5 = __toESM(require("path"), 1);

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

// node_modules/webtorrent/lib/torrent.js
var import_cache_chunk_store = __toESM(require_cache_chunk_store(), 1);

// node_modules/chunk-store-iterator/index.js
var import_block_iterator2 = __toESM(require_block_iterator(), 1);
async function* chunkStoreRead(store, opts = {}) {
  if (store?.[Symbol.asyncIterator]) {
    yield* store[Symbol.asyncIterator](opts.offset);
    return;
  }
  if (!store?.get) throw new Error("First argument must be an abstract-chunk-store compliant store");
  const chunkLength = opts.chunkLength || store.chunkLength;
  if (!chunkLength) throw new Error("missing required `chunkLength` property");
  let length = opts.length || store.length;
  if (!Number.isFinite(length)) throw new Error("missing required `length` property");
  const offset = opts.offset || 0;
  const get2 = (i, length2, offset2) => new Promise((resolve3, reject) => {
    store.get(i, { offset: offset2, length: length2 }, (err, chunk) => {
      if (err) reject(err);
      resolve3(chunk);
    });
  });
  let index = Math.floor(offset / chunkLength);
  const chunkOffset = offset % chunkLength;
  if (offset) {
    const target = Math.min(length, chunkLength - chunkOffset);
    length -= target;
    yield get2(index++, target, chunkOffset);
  }
  for (let remainingLength = length; remainingLength > 0; ++index, remainingLength -= chunkLength) {
    yield get2(index, Math.min(remainingLength, chunkLength));
  }
}
async function chunkStoreWrite(store, stream, opts = {}) {
  if (!store?.put) throw new Error("First argument must be an abstract-chunk-store compliant store");
  const chunkLength = opts.chunkLength || store.chunkLength;
  if (!chunkLength) throw new Error("missing required `chunkLength` property");
  const storeMaxOutstandingPuts = opts.storeMaxOutstandingPuts || 16;
  let outstandingPuts = 0;
  let index = 0;
  let cb = () => {
  };
  let ended = false;
  for await (const chunk of (0, import_block_iterator2.default)(stream, chunkLength, { zeroPadding: opts.zeroPadding || false })) {
    await new Promise((resolve3, reject) => {
      if (outstandingPuts++ <= storeMaxOutstandingPuts) resolve3();
      store.put(index++, chunk, (err) => {
        if (err) return reject(err);
        --outstandingPuts;
        resolve3();
        if (ended && outstandingPuts === 0) cb();
      });
    });
  }
  if (outstandingPuts === 0) return;
  ended = new Promise((resolve3) => {
    cb = resolve3;
  });
  await ended;
}

// node_modules/webtorrent/lib/torrent.js
var import_cpus = __toESM(require_cpus(), 1);
var import_debug10 = __toESM(require_src(), 1);

// node_modules/torrent-discovery/index.js
var import_debug5 = __toESM(require_src(), 1);
var import_bittorrent_dht = __toESM(require_bittorrent_dht(), 1);
var import_events2 = require("events");
var import_run_parallel3 = __toESM(require_run_parallel(), 1);
var import_bittorrent_tracker = __toESM(require_bittorrent_tracker(), 1);
var import_bittorrent_lsd = __toESM(require_bittorrent_lsd(), 1);
var debug5 = (0, import_debug5.default)("torrent-discovery");
var Discovery = class extends import_events2.EventEmitter {
  constructor(opts) {
    super();
    if (!opts.peerId) throw new Error("Option `peerId` is required");
    if (!opts.infoHash) throw new Error("Option `infoHash` is required");
    if (!process.browser && !opts.port) throw new Error("Option `port` is required");
    this.peerId = typeof opts.peerId === "string" ? opts.peerId : opts.peerId.toString("hex");
    this.infoHash = typeof opts.infoHash === "string" ? opts.infoHash.toLowerCase() : opts.infoHash.toString("hex");
    this._port = opts.port;
    this._userAgent = opts.userAgent;
    this.destroyed = false;
    this._announce = opts.announce || [];
    this._intervalMs = opts.intervalMs || 15 * 60 * 1e3;
    this._trackerOpts = null;
    this._dhtAnnouncing = false;
    this._dhtTimeout = false;
    this._internalDHT = false;
    this._onWarning = (err) => {
      this.emit("warning", err);
    };
    this._onError = (err) => {
      this.emit("error", err);
    };
    this._onDHTPeer = (peer, infoHash2) => {
      if (infoHash2.toString("hex") !== this.infoHash) return;
      this.emit("peer", `${peer.host}:${peer.port}`, "dht");
    };
    this._onTrackerPeer = (peer) => {
      this.emit("peer", peer, "tracker");
    };
    this._onTrackerAnnounce = () => {
      this.emit("trackerAnnounce");
    };
    this._onLSDPeer = (peer, infoHash2) => {
      this.emit("peer", peer, "lsd");
    };
    const createDHT = (port2, opts2) => {
      const dht = new import_bittorrent_dht.Client(opts2);
      dht.on("warning", this._onWarning);
      dht.on("error", this._onError);
      dht.listen(port2);
      this._internalDHT = true;
      return dht;
    };
    if (opts.tracker === false) {
      this.tracker = null;
    } else if (opts.tracker && typeof opts.tracker === "object") {
      this._trackerOpts = Object.assign({}, opts.tracker);
      this.tracker = this._createTracker();
    } else {
      this.tracker = this._createTracker();
    }
    if (opts.dht === false || typeof import_bittorrent_dht.Client !== "function") {
      this.dht = null;
    } else if (opts.dht && typeof opts.dht.addNode === "function") {
      this.dht = opts.dht;
    } else if (opts.dht && typeof opts.dht === "object") {
      this.dht = createDHT(opts.dhtPort, opts.dht);
    } else {
      this.dht = createDHT(opts.dhtPort);
    }
    if (this.dht) {
      this.dht.on("peer", this._onDHTPeer);
      this._dhtAnnounce();
    }
    if (opts.lsd === false || typeof import_bittorrent_lsd.default !== "function") {
      this.lsd = null;
    } else {
      this.lsd = this._createLSD();
    }
  }
  updatePort(port2) {
    if (port2 === this._port) return;
    this._port = port2;
    if (this.dht) this._dhtAnnounce();
    if (this.tracker) {
      this.tracker.stop();
      this.tracker.destroy(() => {
        this.tracker = this._createTracker();
      });
    }
  }
  complete(opts) {
    if (this.tracker) {
      this.tracker.complete(opts);
    }
  }
  destroy(cb) {
    if (this.destroyed) return;
    this.destroyed = true;
    clearTimeout(this._dhtTimeout);
    const tasks = [];
    if (this.tracker) {
      this.tracker.stop();
      this.tracker.removeListener("warning", this._onWarning);
      this.tracker.removeListener("error", this._onError);
      this.tracker.removeListener("peer", this._onTrackerPeer);
      this.tracker.removeListener("update", this._onTrackerAnnounce);
      tasks.push((cb2) => {
        this.tracker.destroy(cb2);
      });
    }
    if (this.dht) {
      this.dht.removeListener("peer", this._onDHTPeer);
    }
    if (this._internalDHT) {
      this.dht.removeListener("warning", this._onWarning);
      this.dht.removeListener("error", this._onError);
      tasks.push((cb2) => {
        this.dht.destroy(cb2);
      });
    }
    if (this.lsd) {
      this.lsd.removeListener("warning", this._onWarning);
      this.lsd.removeListener("error", this._onError);
      this.lsd.removeListener("peer", this._onLSDPeer);
      tasks.push((cb2) => {
        this.lsd.destroy(cb2);
      });
    }
    (0, import_run_parallel3.default)(tasks, cb);
    this.dht = null;
    this.tracker = null;
    this.lsd = null;
    this._announce = null;
  }
  _createTracker() {
    const opts = Object.assign({}, this._trackerOpts, {
      infoHash: this.infoHash,
      announce: this._announce,
      peerId: this.peerId,
      port: this._port,
      userAgent: this._userAgent
    });
    const tracker = new import_bittorrent_tracker.Client(opts);
    tracker.on("warning", this._onWarning);
    tracker.on("error", this._onError);
    tracker.on("peer", this._onTrackerPeer);
    tracker.on("update", this._onTrackerAnnounce);
    tracker.setInterval(this._intervalMs);
    tracker.start();
    return tracker;
  }
  _dhtAnnounce() {
    if (this._dhtAnnouncing) return;
    debug5("dht announce");
    this._dhtAnnouncing = true;
    clearTimeout(this._dhtTimeout);
    this.dht.announce(this.infoHash, this._port, (err) => {
      this._dhtAnnouncing = false;
      debug5("dht announce complete");
      if (err) this.emit("warning", err);
      this.emit("dhtAnnounce");
      if (!this.destroyed) {
        this._dhtTimeout = setTimeout(() => {
          this._dhtAnnounce();
        }, this._intervalMs + Math.floor(Math.random() * this._intervalMs / 5));
        if (this._dhtTimeout.unref) this._dhtTimeout.unref();
      }
    });
  }
  _createLSD() {
    const opts = Object.assign({}, {
      infoHash: this.infoHash,
      peerId: this.peerId,
      port: this._port
    });
    const lsd = new import_bittorrent_lsd.default(opts);
    lsd.on("warning", this._onWarning);
    lsd.on("error", this._onError);
    lsd.on("peer", this._onLSDPeer);
    lsd.start();
    return lsd;
  }
};
var torrent_discovery_default = Discovery;

// node_modules/fs-chunk-store/index.js
var import_fs3 = require("fs");
var import_os = __toESM(require("os"), 1);
var import_run_parallel4 = __toESM(require_run_parallel(), 1);
var import_path4 = require("path");
var import_queue_microtask4 = __toESM(require_queue_microtask(), 1);
var import_random_access_file = __toESM(require_random_access_file(), 1);
var import_thunky = __toESM(require_thunky(), 1);

// node_modules/filename-reserved-regex/index.js
function filenameReservedRegex() {
  return /[<>:"/\\|?*\u0000-\u001F]/g;
}

// node_modules/fs-chunk-store/index.js
var RESERVED_FILENAME_REGEX = filenameReservedRegex();
var TMP;
try {
  TMP = (0, import_fs3.statSync)("/tmp") && "/tmp";
} catch (err) {
  TMP = import_os.default.tmpdir();
}
var Storage = class {
  constructor(chunkLength, opts = {}) {
    this.chunkLength = Number(chunkLength);
    if (!this.chunkLength) throw new Error("First argument must be a chunk length");
    this.name = opts.name || (0, import_path4.join)("fs-chunk-store", arr2hex(randomBytes(20)));
    this.addUID = opts.addUID;
    if (opts.files) {
      this.path = opts.path;
      if (!Array.isArray(opts.files)) {
        throw new Error("`files` option must be an array");
      }
      this.files = opts.files.map((file, i, files) => {
        if (file.path == null) throw new Error("File is missing `path` property");
        if (file.length == null) throw new Error("File is missing `length` property");
        if (file.offset == null) {
          if (i === 0) {
            file.offset = 0;
          } else {
            const prevFile = files[i - 1];
            file.offset = prevFile.offset + prevFile.length;
          }
        }
        let newPath = (0, import_path4.dirname)(file.path);
        const filename = (0, import_path4.basename)(file.path);
        if (this.path) {
          newPath = this.addUID ? (0, import_path4.resolve)((0, import_path4.join)(this.path, this.name, newPath)) : (0, import_path4.resolve)((0, import_path4.join)(this.path, newPath));
        }
        newPath = (0, import_path4.join)(newPath, filename.replace(RESERVED_FILENAME_REGEX, ""));
        return { path: newPath, length: file.length, offset: file.offset };
      });
      this.length = this.files.reduce((sum, file) => {
        return sum + file.length;
      }, 0);
      if (opts.length != null && opts.length !== this.length) {
        throw new Error("total `files` length is not equal to explicit `length` option");
      }
    } else {
      const len = Number(opts.length) || Infinity;
      this.files = [{
        offset: 0,
        path: (0, import_path4.resolve)(opts.path || (0, import_path4.join)(TMP, this.name)),
        length: len
      }];
      this.length = len;
    }
    this.chunkMap = [];
    this.closed = false;
    this.files.forEach((file) => {
      file.open = (0, import_thunky.default)((cb) => {
        if (this.closed) return cb(new Error("Storage is closed"));
        (0, import_fs3.mkdir)((0, import_path4.dirname)(file.path), { recursive: true }, (err) => {
          if (err) return cb(err);
          if (this.closed) return cb(new Error("Storage is closed"));
          cb(null, new import_random_access_file.default(file.path));
        });
      });
    });
    if (this.length !== Infinity) {
      this.lastChunkLength = this.length % this.chunkLength || this.chunkLength;
      this.lastChunkIndex = Math.ceil(this.length / this.chunkLength) - 1;
      this.files.forEach((file) => {
        const fileStart = file.offset;
        const fileEnd = file.offset + file.length;
        const firstChunk = Math.floor(fileStart / this.chunkLength);
        const lastChunk = Math.floor((fileEnd - 1) / this.chunkLength);
        for (let p = firstChunk; p <= lastChunk; ++p) {
          const chunkStart = p * this.chunkLength;
          const chunkEnd = chunkStart + this.chunkLength;
          const from = fileStart < chunkStart ? 0 : fileStart - chunkStart;
          const to = fileEnd > chunkEnd ? this.chunkLength : fileEnd - chunkStart;
          const offset = fileStart > chunkStart ? 0 : chunkStart - fileStart;
          if (!this.chunkMap[p]) this.chunkMap[p] = [];
          this.chunkMap[p].push({
            from,
            to,
            offset,
            file
          });
        }
      });
    }
  }
  put(index, buf, cb) {
    if (typeof cb !== "function") cb = noop2;
    if (this.closed) return nextTick(cb, new Error("Storage is closed"));
    const isLastChunk = index === this.lastChunkIndex;
    if (isLastChunk && buf.length !== this.lastChunkLength) {
      return nextTick(cb, new Error("Last chunk length must be " + this.lastChunkLength));
    }
    if (!isLastChunk && buf.length !== this.chunkLength) {
      return nextTick(cb, new Error("Chunk length must be " + this.chunkLength));
    }
    if (this.length === Infinity) {
      this.files[0].open((err, file) => {
        if (err) return cb(err);
        file.write(index * this.chunkLength, buf, cb);
      });
    } else {
      const targets = this.chunkMap[index];
      if (!targets) return nextTick(cb, new Error("no files matching the request range"));
      const tasks = targets.map((target) => {
        return (cb2) => {
          target.file.open((err, file) => {
            if (err) return cb2(err);
            file.write(target.offset, targets.length === 1 ? buf : buf.subarray(target.from, target.to), cb2);
          });
        };
      });
      (0, import_run_parallel4.default)(tasks, cb);
    }
  }
  get(index, opts, cb) {
    if (typeof opts === "function") return this.get(index, null, opts);
    if (this.closed) return nextTick(cb, new Error("Storage is closed"));
    const chunkLength = index === this.lastChunkIndex ? this.lastChunkLength : this.chunkLength;
    const rangeFrom = opts && opts.offset || 0;
    const rangeTo = opts && opts.length ? rangeFrom + opts.length : chunkLength;
    if (rangeFrom < 0 || rangeFrom < 0 || rangeTo > chunkLength) {
      return nextTick(cb, new Error("Invalid offset and/or length"));
    }
    if (this.length === Infinity) {
      if (rangeFrom === rangeTo) return nextTick(cb, null, new Uint8Array(0));
      this.files[0].open((err, file) => {
        if (err) return cb(err);
        const offset = index * this.chunkLength + rangeFrom;
        file.read(offset, rangeTo - rangeFrom, cb);
      });
    } else {
      let targets = this.chunkMap[index];
      if (!targets) return nextTick(cb, new Error("no files matching the request range"));
      if (opts) {
        targets = targets.filter((target) => {
          return target.to > rangeFrom && target.from < rangeTo;
        });
        if (targets.length === 0) {
          return nextTick(cb, new Error("no files matching the requested range"));
        }
      }
      if (rangeFrom === rangeTo) return nextTick(cb, null, new Uint8Array(0));
      const tasks = targets.map((target) => {
        return (cb2) => {
          let from = target.from;
          let to = target.to;
          let offset = target.offset;
          if (opts) {
            if (to > rangeTo) to = rangeTo;
            if (from < rangeFrom) {
              offset += rangeFrom - from;
              from = rangeFrom;
            }
          }
          target.file.open((err, file) => {
            if (err) return cb2(err);
            file.read(offset, to - from, cb2);
          });
        };
      });
      (0, import_run_parallel4.default)(tasks, (err, buffers) => {
        if (err) return cb(err);
        cb(null, concat(buffers));
      });
    }
  }
  close(cb) {
    if (this.closed) return nextTick(cb, new Error("Storage is closed"));
    this.closed = true;
    const tasks = this.files.map((file) => {
      return (cb2) => {
        file.open((err, file2) => {
          if (err) return cb2(null);
          file2.close(cb2);
        });
      };
    });
    (0, import_run_parallel4.default)(tasks, cb);
  }
  destroy(cb) {
    this.close(() => {
      if (this.addUID && this.path) {
        (0, import_fs3.rm)((0, import_path4.resolve)((0, import_path4.join)(this.path, this.name)), { recursive: true, maxBusyTries: 10 }, cb);
      } else {
        const tasks = this.files.map((file) => {
          return (cb2) => {
            (0, import_fs3.rm)(file.path, { recursive: true, maxRetries: 10 }, (err) => {
              err && err.code === "ENOENT" ? cb2() : cb2(err);
            });
          };
        });
        (0, import_run_parallel4.default)(tasks, cb);
      }
    });
  }
};
function nextTick(cb, err, val) {
  (0, import_queue_microtask4.default)(() => {
    if (cb) cb(err, val);
  });
}
function noop2() {
}

// node_modules/webtorrent/lib/torrent.js
var import_cross_fetch_ponyfill3 = __toESM(require_cross_fetch_ponyfill(), 1);
var import_immediate_chunk_store = __toESM(require_immediate_chunk_store(), 1);

// node_modules/lt_donthave/index.js
var import_unordered_array_remove3 = __toESM(require_unordered_array_remove(), 1);
var import_events3 = require("events");
var import_debug6 = __toESM(require_src(), 1);
var debug6 = (0, import_debug6.default)("lt_donthave");
var lt_donthave_default = () => {
  class ltDontHave extends import_events3.EventEmitter {
    constructor(wire) {
      super();
      this._peerSupports = false;
      this._wire = wire;
    }
    onExtendedHandshake() {
      this._peerSupports = true;
    }
    onMessage(buf) {
      let index;
      try {
        const view = new DataView(buf.buffer, buf.byteOffset, buf.byteLength);
        index = view.getUint32(0);
      } catch (err) {
        return;
      }
      if (!this._wire.peerPieces.get(index)) return;
      debug6("got donthave %d", index);
      this._wire.peerPieces.set(index, false);
      this.emit("donthave", index);
      this._failRequests(index);
    }
    donthave(index) {
      if (!this._peerSupports) return;
      debug6("donthave %d", index);
      const buf = new Uint8Array(4);
      const view = new DataView(buf.buffer);
      view.setUint32(0, index);
      this._wire.extended("lt_donthave", buf);
    }
    _failRequests(index) {
      const requests = this._wire.requests;
      for (let i = 0; i < requests.length; i++) {
        const req = requests[i];
        if (req.piece === index) {
          (0, import_unordered_array_remove3.default)(requests, i);
          i -= 1;
          this._wire._callback(req, new Error("peer sent donthave"), null);
        }
      }
    }
  }
  ltDontHave.prototype.name = "lt_donthave";
  return ltDontHave;
};

// node_modules/webtorrent/lib/torrent.js
var import_memory_chunk_store = __toESM(require_memory_chunk_store(), 1);
var import_join_async_iterator2 = __toESM(require_join_async_iterator(), 1);
var import_run_parallel5 = __toESM(require_run_parallel(), 1);
var import_run_parallel_limit = __toESM(require_run_parallel_limit(), 1);

// node_modules/torrent-piece/index.js
var BLOCK_LENGTH = 1 << 14;
var Piece = class {
  constructor(length) {
    this.length = length;
    this.missing = length;
    this.sources = null;
    this._chunks = Math.ceil(length / BLOCK_LENGTH);
    this._remainder = length % BLOCK_LENGTH || BLOCK_LENGTH;
    this._buffered = 0;
    this._buffer = null;
    this._cancellations = null;
    this._reservations = 0;
    this._flushed = false;
  }
  chunkLength(i) {
    return i === this._chunks - 1 ? this._remainder : BLOCK_LENGTH;
  }
  chunkLengthRemaining(i) {
    return this.length - i * BLOCK_LENGTH;
  }
  chunkOffset(i) {
    return i * BLOCK_LENGTH;
  }
  reserve() {
    if (!this.init()) return -1;
    if (this._cancellations.length) return this._cancellations.pop();
    if (this._reservations < this._chunks) return this._reservations++;
    return -1;
  }
  reserveRemaining() {
    if (!this.init()) return -1;
    if (this._cancellations.length || this._reservations < this._chunks) {
      let min = this._reservations;
      while (this._cancellations.length) {
        min = Math.min(min, this._cancellations.pop());
      }
      this._reservations = this._chunks;
      return min;
    }
    return -1;
  }
  cancel(i) {
    if (!this.init()) return;
    this._cancellations.push(i);
  }
  cancelRemaining(i) {
    if (!this.init()) return;
    this._reservations = i;
  }
  get(i) {
    if (!this.init()) return null;
    return this._buffer[i];
  }
  set(i, data, source) {
    if (!this.init()) return false;
    const len = data.length;
    const blocks = Math.ceil(len / BLOCK_LENGTH);
    for (let j = 0; j < blocks; j++) {
      if (!this._buffer[i + j]) {
        const offset = j * BLOCK_LENGTH;
        const splitData = data.subarray(offset, offset + BLOCK_LENGTH);
        this._buffered++;
        this._buffer[i + j] = splitData;
        this.missing -= splitData.length;
        if (!this.sources.includes(source)) {
          this.sources.push(source);
        }
      }
    }
    return this._buffered === this._chunks;
  }
  flush() {
    if (!this._buffer || this._chunks !== this._buffered) return null;
    const buffer = concat(this._buffer, this.length);
    this._buffer = null;
    this._cancellations = null;
    this.sources = null;
    this._flushed = true;
    return buffer;
  }
  init() {
    if (this._flushed) return false;
    if (this._buffer) return true;
    this._buffer = new Array(this._chunks);
    this._cancellations = [];
    this.sources = [];
    return true;
  }
};
Piece.BLOCK_LENGTH = BLOCK_LENGTH;

// node_modules/webtorrent/lib/torrent.js
var import_once3 = __toESM(require_once(), 1);
var import_queue_microtask5 = __toESM(require_queue_microtask(), 1);
var import_random_iterate = __toESM(require_random_iterate(), 1);
var import_throughput2 = __toESM(require_throughput(), 1);

// node_modules/ut_metadata/index.js
var import_events4 = require("events");
var import_debug7 = __toESM(require_src(), 1);
var debug7 = (0, import_debug7.default)("ut_metadata");
var MAX_METADATA_SIZE = 1e7;
var BITFIELD_GROW2 = 1e3;
var PIECE_LENGTH = 1 << 14;
var ut_metadata_default = (metadata) => {
  class utMetadata extends import_events4.EventEmitter {
    constructor(wire) {
      super();
      this._wire = wire;
      this._fetching = false;
      this._metadataComplete = false;
      this._metadataSize = null;
      this._remainingRejects = null;
      this._bitfield = new BitField(0, { grow: BITFIELD_GROW2 });
      if (ArrayBuffer.isView(metadata)) {
        this.setMetadata(metadata);
      }
    }
    onHandshake(infoHash2, peerId, extensions) {
      this._infoHash = infoHash2;
    }
    onExtendedHandshake(handshake) {
      if (!handshake.m || !handshake.m.ut_metadata) {
        return this.emit("warning", new Error("Peer does not support ut_metadata"));
      }
      if (!handshake.metadata_size) {
        return this.emit("warning", new Error("Peer does not have metadata"));
      }
      if (typeof handshake.metadata_size !== "number" || MAX_METADATA_SIZE < handshake.metadata_size || handshake.metadata_size <= 0) {
        return this.emit("warning", new Error("Peer gave invalid metadata size"));
      }
      this._metadataSize = handshake.metadata_size;
      this._numPieces = Math.ceil(this._metadataSize / PIECE_LENGTH);
      this._remainingRejects = this._numPieces * 2;
      this._requestPieces();
    }
    onMessage(buf) {
      let dict;
      let trailer;
      try {
        const str = arr2text(buf);
        const trailerIndex = str.indexOf("ee") + 2;
        dict = bencode_default.decode(str.substring(0, trailerIndex));
        trailer = buf.slice(trailerIndex);
      } catch (err) {
        return;
      }
      switch (dict.msg_type) {
        case 0:
          this._onRequest(dict.piece);
          break;
        case 1:
          this._onData(dict.piece, trailer, dict.total_size);
          break;
        case 2:
          this._onReject(dict.piece);
          break;
      }
    }
    /**
     * Ask the peer to send metadata.
     * @public
     */
    fetch() {
      if (this._metadataComplete) {
        return;
      }
      this._fetching = true;
      if (this._metadataSize) {
        this._requestPieces();
      }
    }
    /**
     * Stop asking the peer to send metadata.
     * @public
     */
    cancel() {
      this._fetching = false;
    }
    async setMetadata(metadata2) {
      if (this._metadataComplete) return true;
      debug7("set metadata");
      try {
        const info = bencode_default.decode(metadata2).info;
        if (info) {
          metadata2 = bencode_default.encode(info);
        }
      } catch (err) {
      }
      if (this._infoHash && this._infoHash !== await hash(metadata2, "hex")) {
        return false;
      }
      this.cancel();
      this.metadata = metadata2;
      this._metadataComplete = true;
      this._metadataSize = this.metadata.length;
      this._wire.extendedHandshake.metadata_size = this._metadataSize;
      this.emit("metadata", bencode_default.encode({
        info: bencode_default.decode(this.metadata)
      }));
      return true;
    }
    _send(dict, trailer) {
      let buf = bencode_default.encode(dict);
      if (ArrayBuffer.isView(trailer)) {
        buf = concat([buf, trailer]);
      }
      this._wire.extended("ut_metadata", buf);
    }
    _request(piece) {
      this._send({ msg_type: 0, piece });
    }
    _data(piece, buf, totalSize) {
      const msg = { msg_type: 1, piece };
      if (typeof totalSize === "number") {
        msg.total_size = totalSize;
      }
      this._send(msg, buf);
    }
    _reject(piece) {
      this._send({ msg_type: 2, piece });
    }
    _onRequest(piece) {
      if (!this._metadataComplete) {
        this._reject(piece);
        return;
      }
      const start = piece * PIECE_LENGTH;
      let end = start + PIECE_LENGTH;
      if (end > this._metadataSize) {
        end = this._metadataSize;
      }
      const buf = this.metadata.slice(start, end);
      this._data(piece, buf, this._metadataSize);
    }
    _onData(piece, buf, totalSize) {
      if (buf.length > PIECE_LENGTH || !this._fetching) {
        return;
      }
      this.metadata.set(buf, piece * PIECE_LENGTH);
      this._bitfield.set(piece);
      this._checkDone();
    }
    _onReject(piece) {
      if (this._remainingRejects > 0 && this._fetching) {
        this._request(piece);
        this._remainingRejects -= 1;
      } else {
        this.emit("warning", new Error('Peer sent "reject" too much'));
      }
    }
    _requestPieces() {
      if (!this._fetching) return;
      this.metadata = new Uint8Array(this._metadataSize);
      for (let piece = 0; piece < this._numPieces; piece++) {
        this._request(piece);
      }
    }
    async _checkDone() {
      let done = true;
      for (let piece = 0; piece < this._numPieces; piece++) {
        if (!this._bitfield.get(piece)) {
          done = false;
          break;
        }
      }
      if (!done) return;
      const success = await this.setMetadata(this.metadata);
      if (!success) {
        this._failedMetadata();
      }
    }
    _failedMetadata() {
      this._bitfield = new BitField(0, { grow: BITFIELD_GROW2 });
      this._remainingRejects -= this._numPieces;
      if (this._remainingRejects > 0) {
        this._requestPieces();
      } else {
        this.emit("warning", new Error("Peer sent invalid metadata"));
      }
    }
  }
  utMetadata.prototype.name = "ut_metadata";
  return utMetadata;
};

// node_modules/webtorrent/lib/torrent.js
var import_ut_pex = __toESM(require_ut_pex(), 1);

// node_modules/webtorrent/lib/file.js
var import_events6 = __toESM(require("events"), 1);
var import_streamx4 = __toESM(require_streamx2(), 1);
var import_lite = __toESM(require_lite(), 1);

// node_modules/webtorrent/lib/file-iterator.js
var import_debug8 = __toESM(require_src(), 1);
var import_events5 = __toESM(require("events"), 1);
var debug8 = (0, import_debug8.default)("webtorrent:file-iterator");
var FileIterator = class extends import_events5.default {
  constructor(file, { start, end }) {
    super();
    this._torrent = file._torrent;
    this._pieceLength = file._torrent.pieceLength;
    this._startPiece = (start + file.offset) / this._pieceLength | 0;
    this._endPiece = (end + file.offset) / this._pieceLength | 0;
    this._piece = this._startPiece;
    this._offset = start + file.offset - this._startPiece * this._pieceLength;
    this._missing = end - start + 1;
    this._criticalLength = Math.min(1024 * 1024 / this._pieceLength | 0, 2);
    this._torrent._select(this._startPiece, this._endPiece, 1, null, true);
    this.destroyed = false;
  }
  [Symbol.asyncIterator]() {
    return this;
  }
  next() {
    return new Promise((resolve3, reject) => {
      if (this._missing === 0 || this.destroyed) {
        resolve3({ done: true });
        return this.destroy();
      }
      const pump2 = (index, opts) => {
        if (!this._torrent.bitfield.get(index)) {
          const listener = (i) => {
            if (i === index || this.destroyed) {
              this._torrent.removeListener("verified", listener);
              if (i === index) {
                pump2(index, opts);
              } else {
                resolve3({ done: true });
              }
            }
          };
          this._torrent.on("verified", listener);
          return this._torrent.critical(index, index + this._criticalLength);
        }
        if (this.destroyed) return resolve3({ done: true });
        this._torrent.store.get(index, opts, (err, buffer) => {
          if (this.destroyed) return resolve3({ done: true });
          debug8("read %s and yielding (length %s) (err %s)", index, buffer?.length, err?.message);
          if (err) {
            this.destroy(void 0, err);
            return resolve3({ done: true });
          }
          resolve3({ value: buffer, done: false });
        });
      };
      const length = Math.min(this._missing, this._pieceLength - this._offset);
      pump2(this._piece++, { length, offset: this._offset });
      this._missing -= length;
      this._offset = 0;
    });
  }
  /**
   * @returns {Promise<IteratorResult<Uint8Array>>}
   */
  async return() {
    this.destroy();
    return { done: true, value: void 0 };
  }
  /**
   * @param {Error} err
   * @returns {Promise<IteratorResult<Uint8Array>>}
   */
  async throw(err) {
    throw err;
  }
  destroy(cb = (_) => {
  }, err) {
    if (this.destroyed) return;
    this.destroyed = true;
    if (!this._torrent.destroyed) {
      this._torrent._deselect(this._startPiece, this._endPiece, true);
    }
    this.emit("return");
    cb(err);
  }
};

// node_modules/webtorrent/lib/file.js
var File2 = class extends import_events6.default {
  constructor(torrent2, file) {
    super();
    this._torrent = torrent2;
    this._destroyed = false;
    this._fileStreams = /* @__PURE__ */ new Set();
    this._iterators = /* @__PURE__ */ new Set();
    this.name = file.name;
    this.path = file.path;
    this.length = file.length;
    this.size = file.length;
    this.type = import_lite.default.getType(this.name) || "application/octet-stream";
    this.offset = file.offset;
    this.done = false;
    const start = file.offset;
    const end = start + file.length - 1;
    this._startPiece = start / this._torrent.pieceLength | 0;
    this._endPiece = end / this._torrent.pieceLength | 0;
    if (this.length === 0) {
      this.done = true;
      this.emit("done");
    }
    this._client = torrent2.client;
  }
  get downloaded() {
    if (this._destroyed || !this._torrent.bitfield) return 0;
    const { pieces, bitfield, pieceLength, lastPieceLength } = this._torrent;
    const { _startPiece: start, _endPiece: end } = this;
    const getPieceLength = (pieceIndex) => pieceIndex === pieces.length - 1 ? lastPieceLength : pieceLength;
    const getPieceDownloaded = (pieceIndex) => {
      const len = pieceIndex === pieces.length - 1 ? lastPieceLength : pieceLength;
      if (bitfield.get(pieceIndex)) {
        return len;
      } else {
        return len - pieces[pieceIndex].missing;
      }
    };
    let downloaded = 0;
    for (let index = start; index <= end; index += 1) {
      const pieceDownloaded = getPieceDownloaded(index);
      downloaded += pieceDownloaded;
      if (index === start) {
        const irrelevantFirstPieceBytes = this.offset % pieceLength;
        downloaded -= Math.min(irrelevantFirstPieceBytes, pieceDownloaded);
      }
      if (index === end) {
        const irrelevantLastPieceBytes = getPieceLength(end) - (this.offset + this.length) % pieceLength;
        downloaded -= Math.min(irrelevantLastPieceBytes, pieceDownloaded);
      }
    }
    return downloaded;
  }
  get progress() {
    return this.length ? this.downloaded / this.length : 0;
  }
  select(priority) {
    if (this.length === 0) return;
    this._torrent.select(this._startPiece, this._endPiece, priority);
  }
  deselect() {
    if (this.length === 0) return;
    this._torrent.deselect(this._startPiece, this._endPiece);
  }
  [Symbol.asyncIterator](opts = {}) {
    if (this.length === 0 || this._destroyed) return (async function* empty() {
    })();
    const { start = 0 } = opts ?? {};
    const end = opts?.end && opts.end < this.length ? opts.end : this.length - 1;
    if (this.done) {
      return chunkStoreRead(this._torrent.store, { offset: start + this.offset, length: end - start + 1 });
    }
    const iterator = new FileIterator(this, { start, end });
    this._iterators.add(iterator);
    iterator.once("return", () => {
      this._iterators.delete(iterator);
    });
    return iterator;
  }
  createReadStream(opts) {
    if (this._destroyed) throw new Error("File is destroyed");
    const iterator = this[Symbol.asyncIterator](opts);
    const fileStream = import_streamx4.Readable.from(iterator);
    this._fileStreams.add(fileStream);
    fileStream.once("close", () => {
      this._fileStreams.delete(fileStream);
    });
    return fileStream;
  }
  async arrayBuffer(opts = {}) {
    if (this._destroyed) throw new Error("File is destroyed");
    const { start = 0 } = opts;
    const end = opts?.end && opts.end < this.length ? opts.end : this.length - 1;
    const data = new Uint8Array(end - start + 1);
    let offset = 0;
    for await (const chunk of this[Symbol.asyncIterator]({ start, end })) {
      data.set(chunk, offset);
      offset += chunk.length;
    }
    return data.buffer;
  }
  async blob(opts) {
    if (this._destroyed) throw new Error("File is destroyed");
    return new Blob([await this.arrayBuffer(opts)], { type: this.type });
  }
  stream(opts) {
    if (this._destroyed) throw new Error("File is destroyed");
    let iterator;
    return new ReadableStream({
      start: () => {
        iterator = this[Symbol.asyncIterator](opts);
      },
      async pull(controller) {
        const { value, done } = await iterator.next();
        if (done) {
          controller.close();
        } else {
          controller.enqueue(value);
        }
      },
      cancel() {
        iterator.return();
      }
    });
  }
  get streamURL() {
    if (!this._client._server) throw new Error("No server created");
    return `${this._client._server.pathname}/${this._torrent.infoHash}/${this.path.split(/[/\\]/).map(encodeURIComponent).join("/")}`;
  }
  streamTo(elem) {
    elem.src = this.streamURL;
    return elem;
  }
  includes(piece) {
    return this._startPiece <= piece && this._endPiece >= piece;
  }
  _destroy() {
    this._destroyed = true;
    this._torrent = null;
    for (const fileStream of this._fileStreams) {
      fileStream.destroy();
    }
    this._fileStreams.clear();
    for (const iterator of this._iterators) {
      iterator.destroy();
    }
    this._iterators.clear();
  }
};

// node_modules/webtorrent/lib/rarity-map.js
var RarityMap = class {
  constructor(torrent2) {
    this._torrent = torrent2;
    this._numPieces = torrent2.pieces.length;
    this._pieces = new Array(this._numPieces);
    this._onWire = (wire) => {
      this.recalculate();
      this._initWire(wire);
    };
    this._onWireHave = (index) => {
      this._pieces[index] += 1;
    };
    this._onWireBitfield = () => {
      this.recalculate();
    };
    this._torrent.wires.forEach((wire) => {
      this._initWire(wire);
    });
    this._torrent.on("wire", this._onWire);
    this.recalculate();
  }
  /**
   * Get the index of the rarest piece. Optionally, pass a filter function to exclude
   * certain pieces (for instance, those that we already have).
   *
   * @param {function} pieceFilterFunc
   * @return {number} index of rarest piece, or -1
   */
  getRarestPiece(pieceFilterFunc) {
    let candidates = [];
    let min = Infinity;
    for (let i = 0; i < this._numPieces; ++i) {
      if (pieceFilterFunc && !pieceFilterFunc(i)) continue;
      const availability = this._pieces[i];
      if (availability === min) {
        candidates.push(i);
      } else if (availability < min) {
        candidates = [i];
        min = availability;
      }
    }
    if (candidates.length) {
      return candidates[Math.random() * candidates.length | 0];
    } else {
      return -1;
    }
  }
  destroy() {
    this._torrent.removeListener("wire", this._onWire);
    this._torrent.wires.forEach((wire) => {
      this._cleanupWireEvents(wire);
    });
    this.destroyed = true;
    this._torrent = null;
    this._pieces = null;
    this._onWire = null;
    this._onWireHave = null;
    this._onWireBitfield = null;
  }
  _initWire(wire) {
    wire._onClose = () => {
      if (this.destroyed) return;
      this._cleanupWireEvents(wire);
      for (let i = 0; i < this._numPieces; ++i) {
        this._pieces[i] -= wire.peerPieces.get(i);
      }
    };
    wire.on("have", this._onWireHave);
    wire.on("bitfield", this._onWireBitfield);
    wire.once("close", wire._onClose);
  }
  /**
   * Recalculates piece availability across all peers in the torrent.
   */
  recalculate() {
    this._pieces.fill(0);
    for (const wire of this._torrent.wires) {
      for (let i = 0; i < this._numPieces; ++i) {
        this._pieces[i] += wire.peerPieces.get(i);
      }
    }
  }
  _cleanupWireEvents(wire) {
    if (this.destroyed) return;
    wire.removeListener("have", this._onWireHave);
    wire.removeListener("bitfield", this._onWireBitfield);
    if (wire._onClose) wire.removeListener("close", wire._onClose);
    wire._onClose = null;
  }
};

// node_modules/webtorrent/lib/torrent.js
var import_utp2 = __toESM(require_utp(), 1);

// node_modules/webtorrent/lib/webconn.js
var import_debug9 = __toESM(require_src(), 1);
var import_cross_fetch_ponyfill2 = __toESM(require_cross_fetch_ponyfill(), 1);
var import_once2 = __toESM(require_once(), 1);
var import_version = __toESM(require_version2(), 1);
var debug9 = (0, import_debug9.default)("webtorrent:webconn");
var SOCKET_TIMEOUT = 6e4;
var RETRY_DELAY = 1e4;
var WebConn = class extends bittorrent_protocol_default {
  constructor(url2, torrent2) {
    super();
    this.url = url2;
    this.connId = url2;
    this._torrent = torrent2;
    this._init(url2);
  }
  _init(url2) {
    this.setKeepAlive(true);
    this.use(lt_donthave_default());
    this.once("handshake", async (infoHash2, peerId) => {
      const hex = await hash(url2, "hex");
      if (this.destroyed) return;
      this.handshake(infoHash2, hex);
      const numPieces = this._torrent.pieces.length;
      const bitfield = new BitField(numPieces);
      for (let i = 0; i <= numPieces; i++) {
        bitfield.set(i, true);
      }
      this.bitfield(bitfield);
    });
    this.once("interested", () => {
      debug9("interested");
      this.unchoke();
    });
    this.on("uninterested", () => {
      debug9("uninterested");
    });
    this.on("choke", () => {
      debug9("choke");
    });
    this.on("unchoke", () => {
      debug9("unchoke");
    });
    this.on("bitfield", () => {
      debug9("bitfield");
    });
    this.lt_donthave.on("donthave", () => {
      debug9("donthave");
    });
    this.on("request", (pieceIndex, offset, length, callback) => {
      debug9("request pieceIndex=%d offset=%d length=%d", pieceIndex, offset, length);
      this.httpRequest(pieceIndex, offset, length, (err, data) => {
        if (err) {
          this.lt_donthave.donthave(pieceIndex);
          const retryTimeout = setTimeout(() => {
            if (this.destroyed) return;
            this.have(pieceIndex);
          }, RETRY_DELAY);
          if (retryTimeout.unref) retryTimeout.unref();
        }
        callback(err, data);
      });
    });
  }
  async httpRequest(pieceIndex, offset, length, cb) {
    cb = (0, import_once2.default)(cb);
    const pieceOffset = pieceIndex * this._torrent.pieceLength;
    const rangeStart = pieceOffset + offset;
    const rangeEnd = rangeStart + length - 1;
    const files = this._torrent.files;
    let requests;
    if (files.length <= 1) {
      requests = [{
        url: this.url,
        start: rangeStart,
        end: rangeEnd
      }];
    } else {
      const requestedFiles = files.filter((file) => file.offset <= rangeEnd && file.offset + file.length > rangeStart);
      if (requestedFiles.length < 1) {
        return cb(new Error("Could not find file corresponding to web seed range request"));
      }
      requests = requestedFiles.map((requestedFile) => {
        const fileEnd = requestedFile.offset + requestedFile.length - 1;
        const url2 = this.url + (this.url[this.url.length - 1] === "/" ? "" : "/") + requestedFile.path.replace(this._torrent.path, "");
        return {
          url: url2,
          fileOffsetInRange: Math.max(requestedFile.offset - rangeStart, 0),
          start: Math.max(rangeStart - requestedFile.offset, 0),
          end: Math.min(fileEnd, rangeEnd - requestedFile.offset)
        };
      });
    }
    let chunks;
    try {
      chunks = await Promise.all(requests.map(async ({ start, end, url: url2 }) => {
        debug9(
          "Requesting url=%s pieceIndex=%d offset=%d length=%d start=%d end=%d",
          url2,
          pieceIndex,
          offset,
          length,
          start,
          end
        );
        const res = await (0, import_cross_fetch_ponyfill2.default)(url2, {
          cache: "no-store",
          method: "GET",
          headers: {
            "Cache-Control": "no-store",
            "user-agent": `WebTorrent/${import_version.default} (https://webtorrent.io)`,
            range: `bytes=${start}-${end}`
          },
          signal: AbortSignal.timeout(SOCKET_TIMEOUT)
        });
        if (!res.ok) throw new Error(`Unexpected HTTP status code ${res.status}`);
        const data = new Uint8Array(await res.arrayBuffer());
        debug9("Got data of length %d", data.length);
        return data;
      }));
    } catch (e) {
      return cb(e);
    }
    cb(null, concat(chunks));
  }
  destroy() {
    super.destroy();
    this._torrent = null;
  }
};

// node_modules/webtorrent/lib/selections.js
var Selections = class {
  /** @type {Array<SelectionItem>} */
  _items = [];
  /**
   * @param {MinimalSelectionItem & {isStreamSelection?: boolean}} item Interval to be removed from the selection
   */
  remove(item) {
    for (let i = 0; i < this._items.length; i++) {
      const existing = this._items[i];
      if (!existing.isStreamSelection !== !item.isStreamSelection) continue;
      if (existing.isStreamSelection) {
        if (existing.from === item.from && existing.to === item.to) {
          this._items.splice(i, 1);
          break;
        }
      } else {
        if (isLowerIntersecting(item, existing)) {
          existing.to = Math.max(item.from - 1, 0);
        } else if (isUpperIntersecting(item, existing)) {
          existing.from = item.to + 1;
        } else if (isInsideExisting(item, existing)) {
          const replacingItems = [];
          const existingStart = { ...existing, to: Math.max(item.from - 1, 0) };
          if (existingStart.to - existingStart.from >= 0 && item.from !== 0) replacingItems.push(existingStart);
          const existingEnd = { ...existing, from: item.to + 1 };
          if (existingEnd.to - existingEnd.from >= 0) replacingItems.push(existingEnd);
          this._items.splice(i, 1, ...replacingItems);
          i = i - 1 + replacingItems.length;
        } else if (isCoveringExisting(item, existing)) {
          this._items.splice(i, 1);
          i--;
        }
      }
    }
  }
  /**
   * Merges the priority and notify functions of two selection items.
   * @param {SelectionItem} newItem
   * @param {SelectionItem} existing
   */
  _mergePriorityAndNotify(newItem, existing) {
    if ((existing.priority ?? 0) > (newItem.priority ?? 0)) {
      newItem.priority = existing.priority;
    }
    if (newItem.notify && existing.notify) {
      const oldNotify = newItem.notify;
      newItem.notify = () => {
        oldNotify();
        existing.notify?.();
      };
    } else {
      newItem.notify = existing.notify || newItem.notify;
    }
  }
  concatenate(newItem) {
    for (let i = 0; i < this._items.length; i++) {
      const existing = this._items[i];
      if (!existing.isStreamSelection) {
        if (isLowerIntersecting(newItem, existing)) {
          newItem.from = existing.from;
        } else if (isUpperIntersecting(newItem, existing)) {
          newItem.to = existing.to;
        } else if (isInsideExisting(newItem, existing)) {
          newItem.from = existing.from;
          newItem.to = existing.to;
        } else if (isCoveringExisting(newItem, existing)) {
          continue;
        } else {
          continue;
        }
        this._mergePriorityAndNotify(newItem, existing);
      }
    }
    this.remove(newItem);
  }
  /**
   * @param {SelectionItem & NotificationItem} newItem
   */
  insert(newItem) {
    if (newItem.from > newItem.to) {
      throw new Error("Invalid interval");
    }
    if (!newItem.isStreamSelection) this.concatenate(newItem);
    this._items.push(newItem);
  }
  /** @param {(a: SelectionItem, b: SelectionItem) => number} sortFn */
  sort(sortFn = (a, b) => a.from - b.from) {
    this._items.sort(sortFn);
  }
  get length() {
    return this._items.length;
  }
  /**  @param {number} index */
  get(index) {
    return this._items[index];
  }
  swap(i, j) {
    const temp = this._items[i];
    this._items[i] = this._items[j];
    this._items[j] = temp;
  }
  clear() {
    this._items.length = 0;
  }
  /** @returns {Generator<SelectionItem & {remove: function}>} */
  *[Symbol.iterator]() {
    for (let i = 0; i < this._items.length; i++) {
      const item = this._items[i];
      item.remove = () => {
        this._items.splice(i, 1);
        i--;
      };
      yield item;
      delete item.remove;
    }
  }
};
function isLowerIntersecting(newItem, existing) {
  return newItem.from <= existing.to + 1 && newItem.from > existing.from && newItem.to > existing.to;
}
function isUpperIntersecting(newItem, existing) {
  return newItem.to >= existing.from - 1 && newItem.to < existing.to && newItem.from < existing.from;
}
function isInsideExisting(newItem, existing) {
  const existingIntervalSize = existing.to - existing.from;
  const newItemIntervalSize = newItem.to - newItem.from;
  return newItem.from >= existing.from && newItem.to <= existing.to && newItemIntervalSize < existingIntervalSize;
}
function isCoveringExisting(newItem, existing) {
  return newItem.from <= existing.from && newItem.to >= existing.to;
}

// node_modules/webtorrent/lib/torrent.js
var debug10 = (0, import_debug10.default)("webtorrent:torrent");
var MAX_BLOCK_LENGTH = 128 * 1024;
var PIECE_TIMEOUT = 3e4;
var CHOKE_TIMEOUT = 5e3;
var SPEED_THRESHOLD = 3 * Piece.BLOCK_LENGTH;
var PIPELINE_MIN_DURATION = 0.5;
var PIPELINE_MAX_DURATION = 1;
var RECHOKE_INTERVAL = 1e4;
var RECHOKE_OPTIMISTIC_DURATION = 2;
var DEFAULT_NO_PEERS_INTERVAL = 3e4;
var FILESYSTEM_CONCURRENCY = process.browser ? (0, import_cpus.default)().length : 2;
var RECONNECT_WAIT = [1e3, 5e3, 15e3];
var SUPPORTS_FSA = globalThis.navigator?.storage?.getDirectory && globalThis.FileSystemFileHandle?.prototype?.createWritable;
var FALLBACK_STORE = !process.browser || SUPPORTS_FSA ? Storage : import_memory_chunk_store.default;
var TMP2;
try {
  TMP2 = import_path5.default.join(import_fs4.default.statSync("/tmp") && "/tmp", "webtorrent");
} catch (err) {
  TMP2 = import_path5.default.join(typeof import_os2.default.tmpdir === "function" ? import_os2.default.tmpdir() : "/", "webtorrent");
}
var IDLE_CALLBACK = typeof window !== "undefined" && typeof window.requestIdleCallback === "function" && window.requestIdleCallback;
var Torrent = class extends import_events7.default {
  /**
   * Start downloading a new torrent.
   * @param {string|ArrayBufferView|Object} torrentId
   * @param {import('../index.js').default} client
   * @param {TorrentOpts} opts
   */
  constructor(torrentId, client, opts) {
    super();
    this._debugId = "unknown infohash";
    this.client = client;
    this.announce = opts.announce;
    this.urlList = opts.urlList;
    this.path = opts.path || TMP2;
    this.addUID = opts.addUID || false;
    this.rootDir = opts.rootDir || null;
    this.skipVerify = !!opts.skipVerify;
    this._startupBitfield = opts.bitfield;
    this._store = opts.store || FALLBACK_STORE;
    this._preloadedStore = opts.preloadedStore || null;
    this._storeCacheSlots = opts.storeCacheSlots !== void 0 ? opts.storeCacheSlots : 20;
    this._destroyStoreOnDestroy = opts.destroyStoreOnDestroy || false;
    this.store = null;
    this.storeOpts = opts.storeOpts;
    this.alwaysChokeSeeders = opts.alwaysChokeSeeders ?? true;
    this._getAnnounceOpts = opts.getAnnounceOpts;
    if (typeof opts.private === "boolean") this.private = opts.private;
    this.strategy = opts.strategy || "sequential";
    this.maxWebConns = opts.maxWebConns || 4;
    this._rechokeNumSlots = opts.uploads === false || opts.uploads === 0 ? 0 : +opts.uploads || 10;
    this._rechokeOptimisticWire = null;
    this._rechokeOptimisticTime = 0;
    this._rechokeIntervalId = null;
    this._noPeersIntervalId = null;
    this._noPeersIntervalTime = opts.noPeersIntervalTime ? opts.noPeersIntervalTime * 1e3 : DEFAULT_NO_PEERS_INTERVAL;
    this._startAsDeselected = opts.deselect || false;
    this.ready = false;
    this.destroyed = false;
    this.paused = opts.paused || false;
    this.done = false;
    this.metadata = null;
    this.files = [];
    this.pieces = [];
    this._amInterested = false;
    this._selections = new Selections();
    this._critical = [];
    this.wires = [];
    this._queue = [];
    this._peers = /* @__PURE__ */ new Map();
    this.received = 0;
    this.uploaded = 0;
    this._downloadSpeed = (0, import_throughput2.default)();
    this._uploadSpeed = (0, import_throughput2.default)();
    this._servers = [];
    this._xsRequests = [];
    this._fileModtimes = opts.fileModtimes;
    if (torrentId !== null) this._onTorrentId(torrentId);
    this._debug("new torrent");
  }
  get _peersLength() {
    return this._peers?.size ?? 0;
  }
  get timeRemaining() {
    if (this.done) return 0;
    if (this.downloadSpeed === 0) return Infinity;
    return (this.length - this.downloaded) / this.downloadSpeed * 1e3;
  }
  get downloaded() {
    if (!this.bitfield) return 0;
    let downloaded = 0;
    for (let index = 0, len = this.pieces.length; index < len; ++index) {
      if (this.bitfield.get(index)) {
        downloaded += index === len - 1 ? this.lastPieceLength : this.pieceLength;
      } else {
        const piece = this.pieces[index];
        downloaded += piece.length - piece.missing;
      }
    }
    return downloaded;
  }
  // TODO: re-enable this. The number of missing pieces. Used to implement 'end game' mode.
  // Object.defineProperty(Storage.prototype, 'numMissing', {
  //   get: function () {
  //     var self = this
  //     var numMissing = self.pieces.length
  //     for (var index = 0, len = self.pieces.length; index < len; index++) {
  //       numMissing -= self.bitfield.get(index)
  //     }
  //     return numMissing
  //   }
  // })
  get downloadSpeed() {
    return this._downloadSpeed();
  }
  get uploadSpeed() {
    return this._uploadSpeed();
  }
  get progress() {
    return this.length ? this.downloaded / this.length : 0;
  }
  get ratio() {
    return this.uploaded / (this.received || this.length);
  }
  get numPeers() {
    return this.wires.length;
  }
  get torrentFileBlob() {
    if (!this.torrentFile) return null;
    return new Blob([this.torrentFile], { type: "application/x-bittorrent" });
  }
  get _numQueued() {
    return this._queue.length + (this._peersLength - this._numConns);
  }
  _numConns = 0;
  _numPending = 0;
  /**
   * Parse a torrent from its magnet/torrent file/remote url and kickstart downloading it
   * @param {string|ArrayBufferView|Object} torrentId
   * @returns {Promise<void>}
   * @private
   */
  async _onTorrentId(torrentId) {
    if (this.destroyed) return;
    let parsedTorrent;
    try {
      parsedTorrent = await parse_torrent_default(torrentId);
    } catch (err) {
    }
    if (parsedTorrent) {
      this.infoHash = parsedTorrent.infoHash;
      this._debugId = parsedTorrent.infoHash?.substring(0, 7);
      (0, import_queue_microtask5.default)(() => {
        if (this.destroyed) return;
        this._onParsedTorrent(parsedTorrent);
      });
    } else {
      parseTorrentRemote(torrentId, (err, parsedTorrent2) => {
        if (this.destroyed) return;
        if (err) return this._destroy(err);
        this._onParsedTorrent(parsedTorrent2);
      });
    }
  }
  _onParsedTorrent(parsedTorrent) {
    if (this.destroyed) return;
    this._processParsedTorrent(parsedTorrent);
    if (!this.infoHash) {
      return this._destroy(new Error("Malformed torrent data: No info hash"));
    }
    this._rechokeIntervalId = setInterval(() => {
      this._rechoke();
    }, RECHOKE_INTERVAL);
    if (this._rechokeIntervalId.unref) this._rechokeIntervalId.unref();
    this.emit("_infoHash", this.infoHash);
    if (this.destroyed) return;
    this.emit("infoHash", this.infoHash);
    if (this.destroyed) return;
    if (this.client.listening) {
      this._onListening();
    } else {
      this.client.once("listening", () => {
        this._onListening();
      });
    }
  }
  _processParsedTorrent(parsedTorrent) {
    this._debugId = parsedTorrent.infoHash?.substring(0, 7);
    if (typeof this.private !== "undefined") {
      parsedTorrent.private = this.private;
    }
    if (Array.isArray(this.announce)) {
      parsedTorrent.announce = parsedTorrent.announce.concat(this.announce);
    }
    if (this.client.tracker && Array.isArray(this.client.tracker.announce) && !parsedTorrent.private) {
      parsedTorrent.announce = parsedTorrent.announce.concat(this.client.tracker.announce);
    }
    if (this.client.tracker && global.WEBTORRENT_ANNOUNCE && !parsedTorrent.private) {
      parsedTorrent.announce = parsedTorrent.announce.concat(global.WEBTORRENT_ANNOUNCE);
    }
    if (this.urlList) {
      parsedTorrent.urlList = parsedTorrent.urlList.concat(this.urlList);
    }
    parsedTorrent.announce = Array.from(new Set(parsedTorrent.announce));
    parsedTorrent.urlList = Array.from(new Set(parsedTorrent.urlList));
    Object.assign(this, parsedTorrent);
    this.magnetURI = toMagnetURI(parsedTorrent);
    this.torrentFile = encodeTorrentFile(parsedTorrent);
  }
  _onListening() {
    if (this.destroyed) return;
    if (this.info) {
      this._onMetadata(this);
    } else {
      if (this.xs) this._getMetadataFromServer();
      this._startDiscovery();
    }
  }
  _startDiscovery() {
    if (this.discovery || this.destroyed) return;
    let trackerOpts = this.client.tracker;
    if (trackerOpts) {
      trackerOpts = Object.assign({}, this.client.tracker, {
        getAnnounceOpts: () => {
          if (this.destroyed) return;
          const opts = {
            uploaded: this.uploaded,
            downloaded: this.downloaded,
            left: Math.max(this.length - this.downloaded, 0)
          };
          if (this.client.tracker.getAnnounceOpts) {
            Object.assign(opts, this.client.tracker.getAnnounceOpts());
          }
          if (this._getAnnounceOpts) {
            Object.assign(opts, this._getAnnounceOpts());
          }
          return opts;
        }
      });
    }
    if (this.peerAddresses) {
      this.peerAddresses.forEach((peer) => this.addPeer(peer, Peer2.SOURCE_MANUAL));
    }
    this.discovery = new torrent_discovery_default({
      infoHash: this.infoHash,
      announce: this.announce,
      peerId: this.client.peerId,
      dht: !this.private && this.client.dht,
      tracker: trackerOpts,
      port: this.client.torrentPort,
      userAgent: this.client.userAgent,
      lsd: this.client.lsd
    });
    this.discovery.on("error", (err) => {
      this._destroy(err);
    });
    this.discovery.on("peer", (peer, source) => {
      this._debug("peer %s discovered via %s", peer, source);
      if (!this.client.seedOutgoingConnections && this.done) {
        this._debug("discovery ignoring peer %s: torrent is done and seedOutgoingConnections is false", peer);
        return;
      }
      this.addPeer(peer, source);
    });
    this.discovery.on("trackerAnnounce", () => {
      this.emit("trackerAnnounce");
    });
    this.discovery.on("dhtAnnounce", () => {
      this.emit("dhtAnnounce");
    });
    this.discovery.on("warning", (err) => {
      this.emit("warning", err);
    });
    this._noPeersIntervalId = setInterval(() => {
      if (this.destroyed) return;
      const counters = {
        [Peer2.SOURCE_TRACKER]: {
          enabled: !!this.client.tracker,
          numPeers: 0
        },
        [Peer2.SOURCE_DHT]: {
          enabled: !!this.client.dht,
          numPeers: 0
        },
        [Peer2.SOURCE_LSD]: {
          enabled: !!this.client.lsd,
          numPeers: 0
        },
        [Peer2.SOURCE_UT_PEX]: {
          enabled: this.client.utPex && typeof import_ut_pex.default === "function",
          numPeers: 0
        }
      };
      for (const peer of this._peers.values()) {
        const counter = counters[peer.source];
        if (typeof counter !== "undefined") counter.numPeers++;
      }
      for (const source of Object.keys(counters)) {
        const counter = counters[source];
        if (counter.enabled && counter.numPeers === 0) this.emit("noPeers", source);
      }
    }, this._noPeersIntervalTime);
    if (this._noPeersIntervalId.unref) this._noPeersIntervalId.unref();
  }
  _getMetadataFromServer() {
    const self = this;
    const urls = Array.isArray(this.xs) ? this.xs : [this.xs];
    self._xsRequestsController = new AbortController();
    const signal = self._xsRequestsController.signal;
    const tasks = urls.map((url2) => (cb) => {
      getMetadataFromURL(url2, cb);
    });
    (0, import_run_parallel5.default)(tasks);
    async function getMetadataFromURL(url2, cb) {
      if (url2.indexOf("http://") !== 0 && url2.indexOf("https://") !== 0) {
        self.emit("warning", new Error(`skipping non-http xs param: ${url2}`));
        return cb(null);
      }
      const opts = {
        method: "GET",
        headers: {
          "user-agent": self.client.userAgent
        },
        signal
      };
      let res;
      try {
        res = await (0, import_cross_fetch_ponyfill3.default)(url2, opts);
      } catch (err) {
        self.emit("warning", new Error(`http error from xs param: ${url2}`));
        return cb(null);
      }
      if (self.destroyed) return cb(null);
      if (self.metadata) return cb(null);
      if (res.status !== 200) {
        self.emit("warning", new Error(`non-200 status code ${res.status} from xs param: ${url2}`));
        return cb(null);
      }
      let torrent2;
      try {
        torrent2 = new Uint8Array(await res.arrayBuffer());
      } catch (e) {
        self.emit("warning", e);
        return cb(null);
      }
      let parsedTorrent;
      try {
        parsedTorrent = await parse_torrent_default(torrent2);
      } catch (err) {
      }
      if (!parsedTorrent) {
        self.emit("warning", new Error(`got invalid torrent file from xs param: ${url2}`));
        return cb(null);
      }
      if (parsedTorrent.infoHash !== self.infoHash) {
        self.emit("warning", new Error(`got torrent file with incorrect info hash from xs param: ${url2}`));
        return cb(null);
      }
      self._onMetadata(parsedTorrent);
      cb(null);
    }
  }
  /**
   * Called when the full torrent metadata is received.
   */
  async _onMetadata(metadata) {
    if (this.metadata || this.destroyed) return;
    this._debug("got metadata");
    this._xsRequestsController?.abort();
    this._xsRequestsController = null;
    let parsedTorrent;
    if (metadata && metadata.infoHash) {
      parsedTorrent = metadata;
    } else {
      try {
        parsedTorrent = await parse_torrent_default(metadata);
      } catch (err) {
        return this._destroy(err);
      }
    }
    this._processParsedTorrent(parsedTorrent);
    this.metadata = this.torrentFile;
    if (this.client.enableWebSeeds) {
      this.urlList.forEach((url2) => {
        this.addWebSeed(url2);
      });
    }
    this._rarityMap = new RarityMap(this);
    this.files = this.files.map((file) => new File2(this, file));
    let rawStore = this._preloadedStore;
    if (!rawStore) {
      rawStore = new this._store(this.pieceLength, {
        ...this.storeOpts,
        torrent: this,
        path: this.path,
        files: this.files,
        length: this.length,
        name: this.name + " - " + this.infoHash.slice(0, 8),
        addUID: this.addUID,
        rootDir: this.rootDir,
        max: this._storeCacheSlots
      });
    }
    if (this._storeCacheSlots > 0 && !(rawStore instanceof import_memory_chunk_store.default)) {
      rawStore = new import_cache_chunk_store.default(rawStore, {
        max: this._storeCacheSlots
      });
    }
    this.store = new import_immediate_chunk_store.default(
      rawStore
    );
    if (this.so && !this._startAsDeselected) {
      this.files.forEach((v, i) => {
        if (this.so.includes(i)) {
          this.files[i].select();
        }
      });
    } else {
      if (this.pieces.length !== 0 && !this._startAsDeselected) {
        this.select(0, this.pieces.length - 1);
      }
    }
    this._hashes = this.pieces;
    this._hasStartupBitfield = this._startupBitfield && this._startupBitfield.length === Math.ceil(this.pieces.length / 8) && !this.skipVerify;
    this.bitfield = new BitField(this._hasStartupBitfield ? new Uint8Array(this._startupBitfield) : this.pieces.length);
    this._reservations = this._hasStartupBitfield ? this.pieces.map((_, index) => this.bitfield.get(index) ? null : []) : this.pieces.map(() => []);
    this.pieces = this.pieces.map((hash2, i) => {
      if (this._hasStartupBitfield && this.bitfield.get(i)) {
        return null;
      }
      const pieceLength = i === this.pieces.length - 1 ? this.lastPieceLength : this.pieceLength;
      return new Piece(pieceLength);
    });
    this.emit("metadata");
    if (this.destroyed) return;
    if (this.skipVerify) {
      this._markAllVerified();
      this._onStore();
    } else {
      const onPiecesVerified = (err) => {
        if (err) return this._destroy(err);
        this._debug("done verifying");
        this._onStore();
      };
      this._debug("verifying existing torrent data");
      if (this._fileModtimes && this._store === Storage) {
        this.getFileModtimes((err, fileModtimes) => {
          if (err) return this._destroy(err);
          const unchanged = this.files.map((_, index) => fileModtimes[index] === this._fileModtimes[index]).every((x) => x);
          if (unchanged) {
            this._markAllVerified();
            this._onStore();
          } else {
            this._verifyPieces(onPiecesVerified);
          }
        });
      } else {
        this._verifyPieces(onPiecesVerified);
      }
    }
  }
  /*
   * TODO: remove this
   * Gets the last modified time of every file on disk for this torrent.
   * Only valid in Node, not in the browser.
   */
  getFileModtimes(cb) {
    const ret = [];
    (0, import_run_parallel_limit.default)(this.files.map((file, index) => (cb2) => {
      const filePath = this.addUID ? import_path5.default.join(this.name + " - " + this.infoHash.slice(0, 8)) : import_path5.default.join(this.path, file.path);
      import_fs4.default.stat(filePath, (err, stat) => {
        if (err && err.code !== "ENOENT") return cb2(err);
        ret[index] = stat && stat.mtime.getTime();
        cb2(null);
      });
    }), FILESYSTEM_CONCURRENCY, (err) => {
      this._debug("done getting file modtimes");
      cb(err, ret);
    });
  }
  /**
   * Callback called after a piece is verified
   * @callback verifyPieceCallback
   * @param {Error=} error
   * @param {boolean=} isValid
   */
  /**
   * Verify a single piece using hashing
   * @param index
   * @param {verifyPieceCallback} cb
   * @private
   */
  _verifyPiece(index, cb) {
    if (this.destroyed) return cb(new Error("torrent is destroyed"));
    const getOpts = {};
    if (index === this.pieces.length - 1) {
      getOpts.length = this.lastPieceLength;
    }
    this.store.get(index, getOpts, async (err, buf) => {
      if (this.destroyed) return cb(new Error("torrent is destroyed"));
      if (err) return (0, import_queue_microtask5.default)(() => cb(null, false));
      const hex = await hash(buf, "hex");
      if (this.destroyed) return cb(new Error("torrent is destroyed"));
      cb(null, hex === this._hashes[index]);
    });
  }
  /**
   * Verify pieces using bitfield, in case of in-congruences it will re-verify the file using hashing
   * @param {callbackWithError} cb
   * @private
   */
  _verifyPiecesUsingBitfield(cb) {
    const piecesToCheck = /* @__PURE__ */ new Set();
    const piecesToFilesMap = /* @__PURE__ */ new Map();
    for (const file of this.files) {
      let checkFile = 2;
      let pieceToCheckForThisFile = null;
      for (let i = file._startPiece; i <= file._endPiece; ++i) {
        if (this.bitfield.get(i)) {
          if (checkFile) {
            pieceToCheckForThisFile = i;
            checkFile--;
          }
          if (!piecesToFilesMap.has(i)) {
            piecesToFilesMap.set(i, []);
          }
          piecesToFilesMap.get(i).push(file);
        }
      }
      if (pieceToCheckForThisFile !== null) {
        piecesToCheck.add(pieceToCheckForThisFile);
      }
    }
    this._verifyPiecesUsingHash([...piecesToCheck], (err) => {
      if (err) {
        return cb(err);
      }
      const filesToCheck = /* @__PURE__ */ new Set();
      for (const piece of piecesToCheck) {
        if (!this.bitfield.get(piece)) {
          const filesOnPiece = piecesToFilesMap.get(piece);
          for (const file of filesOnPiece) {
            filesToCheck.add(file);
          }
        }
      }
      if (filesToCheck.size) {
        const piecesToRecheck = [];
        for (const file of filesToCheck) {
          for (let i = file._startPiece; i <= file._endPiece; ++i) {
            if (piecesToRecheck.indexOf(i) === -1) {
              piecesToRecheck.push(i);
            }
          }
        }
        return this._verifyPiecesUsingHash(piecesToRecheck, cb);
      }
      cb(null);
    });
  }
  /**
   * Verifies the pieces of the torrent using hashing ( it can be very slow )
   * @param {Array<number>} pieces
   * @param {callbackWithError} cb
   * @private
   */
  _verifyPiecesUsingHash(pieces, cb) {
    (0, import_run_parallel_limit.default)(pieces.map((piece, index) => (cb2) => {
      const target = Number.isInteger(piece) ? piece : index;
      this._verifyPiece(target, (err, isVerified) => {
        if (err) return cb2(err);
        if (isVerified) {
          this._debug("piece verified %s", target);
          this._markVerified(target);
        } else {
          this._markUnverified(target);
          this._debug("piece invalid %s", target);
        }
        cb2(null);
      });
    }), FILESYSTEM_CONCURRENCY, cb);
  }
  /**
   * Verifies the pieces of the torrent, if a startup bitfield is provided it will be used for verification
   * @param {callbackWithError} cb
   * @private
   */
  _verifyPieces(cb) {
    if (this._hasStartupBitfield) {
      return this._verifyPiecesUsingBitfield(cb);
    }
    this._verifyPiecesUsingHash(this.pieces, cb);
  }
  /**
   * Verify the hashes of all pieces in the store and update the bitfield for any new valid
   * pieces. Useful if data has been added to the store outside WebTorrent, e.g. if another
   * process puts a valid file in the right place. Once the scan is complete,
   * `callback(null)` will be called (if provided), unless the torrent was destroyed during
   * the scan, in which case `callback` will be called with an error.
   * @param  {callbackWithError=} cb
   */
  rescanFiles(cb) {
    if (this.destroyed) throw new Error("torrent is destroyed");
    if (!cb) cb = noop3;
    this._verifyPiecesUsingHash(this.pieces, (err) => {
      if (err) {
        this._destroy(err);
        return cb(err);
      }
      this._checkDone();
      cb(null);
    });
  }
  /**
   * Mark the entire torrent as verified ( i.e. fully downloaded )
   * @private
   */
  _markAllVerified() {
    for (let index = 0; index < this.pieces.length; index++) {
      this._markVerified(index);
    }
  }
  /**
   * Mark one piece as verified
   * @param {number} index
   * @private
   */
  _markVerified(index) {
    this.pieces[index] = null;
    this._reservations[index] = null;
    this.bitfield.set(index, true);
    this.emit("verified", index);
  }
  /**
   * Mark one piece as unverified
   * @param {number} index
   * @private
   */
  _markUnverified(index) {
    const len = index === this.pieces.length - 1 ? this.lastPieceLength : this.pieceLength;
    this.pieces[index] = new Piece(len);
    this.bitfield.set(index, false);
    if (!this._startAsDeselected) this.select(index, index);
    for (const file of this.files) {
      if (file.done && file.includes(index)) file.done = false;
    }
  }
  _hasAllPieces() {
    for (let index = 0; index < this.pieces.length; index++) {
      if (!this.bitfield.get(index)) return false;
    }
    return true;
  }
  _hasNoPieces() {
    return !this._hasMorePieces(0);
  }
  _hasMorePieces(threshold) {
    let count = 0;
    for (let index = 0; index < this.pieces.length; index++) {
      if (this.bitfield.get(index)) {
        count += 1;
        if (count > threshold) return true;
      }
    }
    return false;
  }
  /**
   * Called when the metadata, listening server, and underlying chunk store is initialized.
   */
  _onStore() {
    if (this.destroyed) return;
    this._debug("on store");
    this._startDiscovery();
    this.ready = true;
    this.emit("ready");
    this._checkDone();
    this._updateSelections();
    this.wires.forEach((wire) => {
      if (wire.ut_metadata) wire.ut_metadata.setMetadata(this.metadata);
      this._onWireWithMetadata(wire);
    });
  }
  destroy(opts, cb) {
    if (typeof opts === "function") return this.destroy(null, opts);
    this._destroy(null, opts, cb);
  }
  _destroy(err, opts, cb) {
    if (typeof opts === "function") return this._destroy(err, null, opts);
    if (this.destroyed) return;
    this.destroyed = true;
    this._debug("destroy");
    this.client._remove(this);
    this._selections.clear();
    clearInterval(this._rechokeIntervalId);
    clearInterval(this._noPeersIntervalId);
    this._xsRequestsController?.abort();
    if (this._rarityMap) {
      this._rarityMap.destroy();
    }
    for (const id of this._peers.keys()) {
      this.removePeer(id);
    }
    for (const file of this.files) {
      if (file instanceof File2) file._destroy();
    }
    const tasks = this._servers.map((server) => (cb2) => {
      server.destroy(cb2);
    });
    if (this.discovery) {
      tasks.push((cb2) => {
        this.discovery.destroy(cb2);
      });
    }
    if (this.store) {
      let destroyStore = this._destroyStoreOnDestroy;
      if (opts && opts.destroyStore !== void 0) {
        destroyStore = opts.destroyStore;
      }
      tasks.push((cb2) => {
        if (destroyStore) {
          this.store.destroy(cb2);
        } else {
          this.store.close(cb2);
        }
      });
    }
    (0, import_run_parallel5.default)(tasks, cb);
    if (err) {
      if (this.listenerCount("error") === 0) {
        this.client.emit("error", err);
      } else {
        this.emit("error", err);
      }
    }
    this.emit("close");
    this.client = null;
    this.files = [];
    this.discovery = null;
    this.store = null;
    this._rarityMap = null;
    this._peers.clear();
    this._peers = null;
    this._servers = null;
    this._xsRequests = null;
    this._queue = null;
  }
  addPeer(peer, source) {
    if (this.destroyed) throw new Error("torrent is destroyed");
    if (!this.infoHash) throw new Error("addPeer() must not be called before the `infoHash` event");
    let host;
    if (typeof peer === "string") {
      let parts;
      try {
        parts = addrToIPPort(peer);
      } catch (e) {
        this._debug("ignoring peer: invalid %s", peer);
        this.emit("invalidPeer", peer);
        return false;
      }
      host = parts[0];
    } else if (typeof peer.remoteAddress === "string") {
      host = peer.remoteAddress;
    }
    if (this.client.blocked && host && this.client.blocked.contains(host)) {
      this._debug("ignoring peer: blocked %s", peer);
      if (typeof peer !== "string") peer.destroy();
      this.emit("blockedPeer", peer);
      return false;
    }
    const type = this.client.utp && this._isIPv4(host) ? "utp" : "tcp";
    const wasAdded = !!this._addPeer(peer, type, source);
    if (wasAdded) {
      this.emit("peer", peer);
    } else {
      this.emit("invalidPeer", peer);
    }
    return wasAdded;
  }
  _addPeer(peer, type, source) {
    if (this.destroyed) {
      if (typeof peer !== "string") peer.destroy();
      return null;
    }
    if (typeof peer === "string" && !this._validAddr(peer)) {
      this._debug("ignoring peer: invalid %s", peer);
      return null;
    }
    const id = peer && peer.id || peer;
    if (this._peers.has(id)) {
      this._debug("ignoring peer: duplicate (%s)", id);
      if (typeof peer !== "string") peer.destroy();
      return null;
    }
    if (this.paused) {
      this._debug("ignoring peer: torrent is paused");
      if (typeof peer !== "string") peer.destroy();
      return null;
    }
    this._debug("add peer %s", id);
    let newPeer;
    if (typeof peer === "string") {
      newPeer = type === "utp" ? Peer2.createUTPOutgoingPeer(peer, this, this.client.throttleGroups, source, this.client.secure) : Peer2.createTCPOutgoingPeer(peer, this, this.client.throttleGroups, source, this.client.secure);
    } else {
      newPeer = Peer2.createWebRTCPeer(peer, this, this.client.throttleGroups, source);
    }
    this._registerPeer(newPeer);
    if (typeof peer === "string") {
      this._queue.push(newPeer);
      this._drain();
    }
    return newPeer;
  }
  addWebSeed(urlOrConn) {
    if (this.destroyed) throw new Error("torrent is destroyed");
    let id;
    let conn;
    if (typeof urlOrConn === "string") {
      id = urlOrConn;
      if (!/^https?:\/\/.+/.test(id)) {
        this.emit("warning", new Error(`ignoring invalid web seed: ${id}`));
        this.emit("invalidPeer", id);
        return;
      }
      if (this._peers.has(id)) {
        this.emit("warning", new Error(`ignoring duplicate web seed: ${id}`));
        this.emit("invalidPeer", id);
        return;
      }
      conn = new WebConn(id, this);
    } else if (urlOrConn && typeof urlOrConn.connId === "string") {
      conn = urlOrConn;
      id = conn.connId;
      if (this._peers.has(id)) {
        this.emit("warning", new Error(`ignoring duplicate web seed: ${id}`));
        this.emit("invalidPeer", id);
        return;
      }
    } else {
      this.emit("warning", new Error("addWebSeed must be passed a string or connection object with id property"));
      return;
    }
    this._debug("add web seed %s", id);
    const newPeer = Peer2.createWebSeedPeer(conn, id, this, this.client.throttleGroups);
    this._registerPeer(newPeer);
    this.emit("peer", id);
  }
  /**
   * Called whenever a new incoming TCP peer connects to this torrent swarm. Called with a
   * peer that has already sent a handshake.
   */
  _addIncomingPeer(peer) {
    if (this.destroyed) return peer.destroy(new Error("torrent is destroyed"));
    if (this.paused) return peer.destroy(new Error("torrent is paused"));
    this._debug("add incoming peer %s", peer.id);
    this._registerPeer(peer);
  }
  /**
   * @param {Peer} newPeer
   */
  _registerPeer(newPeer) {
    newPeer.on("download", (downloaded) => {
      if (this.destroyed) return;
      this.received += downloaded;
      this._downloadSpeed(downloaded);
      this.client._downloadSpeed(downloaded);
      this.emit("download", downloaded);
      if (this.destroyed) return;
      this.client.emit("download", downloaded);
    });
    newPeer.on("upload", (uploaded) => {
      if (this.destroyed) return;
      this.uploaded += uploaded;
      this._uploadSpeed(uploaded);
      this.client._uploadSpeed(uploaded);
      this.emit("upload", uploaded);
      if (this.destroyed) return;
      this.client.emit("upload", uploaded);
    });
    if (newPeer.connected) {
      this._numConns += 1;
    } else {
      newPeer.once("connect", () => {
        if (this.destroyed) return;
        this._numConns += 1;
      });
    }
    newPeer.once("disconnect", () => {
      this._numConns -= 1;
    });
    this._peers.set(newPeer.id, newPeer);
  }
  removePeer(peer) {
    const id = peer?.id || peer;
    if (peer && !peer.id) peer = this._peers?.get(id);
    if (!peer) return;
    peer.destroy();
    if (this.destroyed) return;
    this._debug("removePeer %s", id);
    this._peers.delete(id);
    this._drain();
  }
  _select(start = 0, end = this.pieces.length - 1, priority, notify, isStreamSelection = false) {
    if (this.destroyed) throw new Error("torrent is destroyed");
    if (start < 0 || end < start || this.pieces.length <= end) {
      throw new Error(`invalid selection ${start} : ${end}`);
    }
    priority = Number(priority) || 0;
    this._debug("select %s-%s (priority %s)", start, end, priority);
    this._selections.insert({
      from: start,
      to: end,
      offset: 0,
      priority,
      notify,
      isStreamSelection
    });
    this._selections.sort((a, b) => b.priority - a.priority);
    this._updateSelections();
  }
  select(start, end, priority, notify) {
    this._select(start, end, priority, notify, false);
  }
  _deselect(from, to, isStreamSelection = false) {
    if (this.destroyed) throw new Error("torrent is destroyed");
    this._debug("deselect %s-%s", from, to);
    this._selections.remove({ from, to, isStreamSelection });
    this._updateSelections();
  }
  deselect(start, end) {
    this._deselect(start, end, false);
  }
  critical(start, end) {
    if (this.destroyed) throw new Error("torrent is destroyed");
    this._debug("critical %s-%s", start, end);
    for (let i = start; i <= end; ++i) {
      this._critical[i] = true;
    }
    this._updateSelections();
  }
  _onWire(wire, addr) {
    this._debug("got wire %s (%s)", wire._debugId, addr || "Unknown");
    this.wires.push(wire);
    if (addr) {
      const parts = addrToIPPort(addr);
      wire.remoteAddress = parts[0];
      wire.remotePort = parts[1];
    }
    if (this.client.dht && this.client.dht.listening) {
      wire.on("port", (port2) => {
        if (this.destroyed || this.client.dht.destroyed) {
          return;
        }
        if (!wire.remoteAddress) {
          return this._debug("ignoring PORT from peer with no address");
        }
        if (port2 === 0 || port2 > 65536) {
          return this._debug("ignoring invalid PORT from peer");
        }
        this._debug("port: %s (from %s)", port2, addr);
        this.client.dht.addNode({ host: wire.remoteAddress, port: port2 });
      });
    }
    wire.on("timeout", () => {
      this._debug("wire timeout (%s)", addr);
      wire.destroy();
    });
    if (wire.type !== "webSeed") {
      wire.setTimeout(PIECE_TIMEOUT, true);
    }
    wire.setKeepAlive(true);
    wire.use(ut_metadata_default(this.metadata));
    wire.ut_metadata.on("warning", (err) => {
      this._debug("ut_metadata warning: %s", err.message);
    });
    if (!this.metadata) {
      wire.ut_metadata.on("metadata", (metadata) => {
        this._debug("got metadata via ut_metadata");
        this._onMetadata(metadata);
      });
      wire.ut_metadata.fetch();
    }
    if (this.client.utPex && typeof import_ut_pex.default === "function" && !this.private) {
      wire.use((0, import_ut_pex.default)());
      wire.ut_pex.on("peer", (peer) => {
        if (!this.client.seedOutgoingConnections && this.done) {
          this._debug("ut_pex ignoring peer %s: torrent is done and seedOutgoingConnections is false", peer);
          return;
        }
        this._debug("ut_pex: got peer: %s (from %s)", peer, addr);
        this.addPeer(peer, Peer2.SOURCE_UT_PEX);
      });
      wire.ut_pex.on("dropped", (peer) => {
        const peerObj = this._peers.get(peer);
        if (peerObj && !peerObj.connected) {
          this._debug("ut_pex: dropped peer: %s (from %s)", peer, addr);
          this.removePeer(peer);
        }
      });
      wire.once("close", () => {
        wire.ut_pex.reset();
      });
    }
    wire.use(lt_donthave_default());
    this.emit("wire", wire, addr);
    if (this.ready) {
      (0, import_queue_microtask5.default)(() => {
        this._onWireWithMetadata(wire);
      });
    }
  }
  /**
   * @param {import('bittorrent-protocol').default} wire
   */
  _onWireWithMetadata(wire) {
    let timeoutId = null;
    const onChokeTimeout = () => {
      if (this.destroyed || wire.destroyed) return;
      if (this._numQueued > 2 * (this._numConns - this.numPeers) && wire.amInterested) {
        wire.destroy();
      } else {
        timeoutId = setTimeout(onChokeTimeout, CHOKE_TIMEOUT);
        if (timeoutId.unref) timeoutId.unref();
      }
    };
    let i;
    const updateSeedStatus = () => {
      if (wire.peerPieces.buffer.length && !!wire.peerPieces.setAll) {
        if (wire.peerPieces.buffer.length !== this.bitfield.buffer.length) return;
        for (i = 0; i < this.pieces.length; ++i) {
          if (!wire.peerPieces.get(i)) return;
        }
      }
      wire.isSeeder = true;
      if (this.alwaysChokeSeeders) wire.choke();
    };
    wire.on("bitfield", () => {
      updateSeedStatus();
      this._update();
      this._updateWireInterest(wire);
    });
    wire.on("have", () => {
      updateSeedStatus();
      this._update();
      this._updateWireInterest(wire);
    });
    wire.lt_donthave.on("donthave", () => {
      updateSeedStatus();
      this._update();
      this._updateWireInterest(wire);
    });
    wire.on("have-all", () => {
      wire.isSeeder = true;
      if (this.alwaysChokeSeeders) wire.choke();
      this._update();
      this._updateWireInterest(wire);
    });
    wire.on("have-none", () => {
      wire.isSeeder = false;
      this._update();
      this._updateWireInterest(wire);
    });
    wire.on("allowed-fast", (index) => {
      this._update();
    });
    wire.once("interested", () => {
      wire.unchoke();
    });
    wire.once("close", () => {
      clearTimeout(timeoutId);
    });
    wire.on("choke", () => {
      clearTimeout(timeoutId);
      timeoutId = setTimeout(onChokeTimeout, CHOKE_TIMEOUT);
      if (timeoutId.unref) timeoutId.unref();
    });
    wire.on("unchoke", () => {
      clearTimeout(timeoutId);
      this._update();
    });
    wire.on("request", (index, offset, length, cb) => {
      if (length > MAX_BLOCK_LENGTH) {
        return wire.destroy();
      }
      if (this.pieces[index]) return;
      this.store.get(index, { offset, length }, cb);
    });
    if (wire.hasFast && this._hasAllPieces()) wire.haveAll();
    else if (wire.hasFast && this._hasNoPieces()) wire.haveNone();
    else wire.bitfield(this.bitfield);
    this._updateWireInterest(wire);
    if (wire.peerExtensions.dht && this.client.dht && this.client.dht.listening) {
      wire.port(this.client.dht.address().port);
    }
    if (wire.type !== "webSeed") {
      timeoutId = setTimeout(onChokeTimeout, CHOKE_TIMEOUT);
      if (timeoutId.unref) timeoutId.unref();
    }
    wire.isSeeder = false;
    updateSeedStatus();
  }
  /**
   * Called on selection changes.
   */
  _updateSelections() {
    if (!this.ready || this.destroyed) return;
    (0, import_queue_microtask5.default)(() => {
      this._gcSelections();
    });
    this._updateInterest();
    this._update();
  }
  /**
   * Garbage collect selections with respect to the store's current state.
   */
  _gcSelections() {
    for (const s of this._selections) {
      const oldOffset = s.offset;
      while (this.bitfield.get(s.from + s.offset) && s.from + s.offset < s.to) {
        s.offset += 1;
      }
      if (oldOffset !== s.offset) s.notify?.();
      if (s.to !== s.from + s.offset) continue;
      if (!this.bitfield.get(s.from + s.offset)) continue;
      s.remove();
      s.notify?.();
      this._updateInterest();
    }
    if (!this._selections.length) this.emit("idle");
  }
  /**
   * Update interested status for all peers.
   */
  _updateInterest() {
    const prev = this._amInterested;
    this._amInterested = !!this._selections.length;
    this.wires.forEach((wire) => this._updateWireInterest(wire));
    if (prev === this._amInterested) return;
    if (this._amInterested) this.emit("interested");
    else this.emit("uninterested");
  }
  _updateWireInterest(wire) {
    let interested = false;
    for (let index = 0; index < this.pieces.length; ++index) {
      if (this.pieces[index] && wire.peerPieces.get(index)) {
        interested = true;
        break;
      }
    }
    if (interested) wire.interested();
    else wire.uninterested();
  }
  /**
   * Heartbeat to update all peers and their requests.
   */
  _update() {
    if (IDLE_CALLBACK) {
      IDLE_CALLBACK(() => this._updateWireWrapper(), { timeout: 250 });
    } else {
      this._updateWireWrapper();
    }
  }
  _updateWireWrapper() {
    if (this.destroyed) return;
    const ite = (0, import_random_iterate.default)(this.wires);
    let wire;
    while (wire = ite()) {
      this._updateWire(wire);
    }
  }
  /**
   * Attempts to update a peer's requests
   * @param {import('bittorrent-protocol').default} wire
   */
  _updateWire(wire) {
    if (wire.destroyed) return false;
    const self = this;
    const isWebSeed = wire.type === "webSeed";
    const minOutstandingRequests = isWebSeed ? Math.min(
      getPiecePipelineLength(wire, PIPELINE_MIN_DURATION, this.pieceLength),
      self.maxWebConns
    ) : getBlockPipelineLength(wire, PIPELINE_MIN_DURATION);
    if (wire.requests.length >= minOutstandingRequests) return;
    const maxOutstandingRequests = isWebSeed ? Math.min(
      getPiecePipelineLength(wire, PIPELINE_MAX_DURATION, this.pieceLength),
      self.maxWebConns
    ) : getBlockPipelineLength(wire, PIPELINE_MAX_DURATION);
    if (wire.peerChoking) {
      if (wire.hasFast && wire.peerAllowedFastSet.length > 0 && !this._hasMorePieces(wire.peerAllowedFastSet.length - 1)) {
        requestAllowedFastSet();
      }
      return;
    }
    if (!wire.downloaded) return validateWire();
    trySelectWire(false) || trySelectWire(true);
    function requestAllowedFastSet() {
      if (wire.requests.length >= maxOutstandingRequests) return false;
      for (const piece of wire.peerAllowedFastSet) {
        if (wire.peerPieces.get(piece) && !self.bitfield.get(piece)) {
          while (self._request(wire, piece, false) && wire.requests.length < maxOutstandingRequests) {
          }
        }
        if (wire.requests.length < maxOutstandingRequests) continue;
        return true;
      }
      return false;
    }
    function genPieceFilterFunc(start, end, tried, rank) {
      return (i) => i >= start && i <= end && !(i in tried) && wire.peerPieces.get(i) && (!rank || rank(i));
    }
    function validateWire() {
      if (wire.requests.length) return;
      let i = self._selections.length;
      while (i--) {
        const next = self._selections.get(i);
        let piece;
        if (self.strategy === "rarest") {
          const start = next.from + next.offset;
          const end = next.to;
          const len = end - start + 1;
          const tried = {};
          let tries = 0;
          const filter = genPieceFilterFunc(start, end, tried);
          while (tries < len) {
            piece = self._rarityMap.getRarestPiece(filter);
            if (piece < 0) break;
            if (self._request(wire, piece, false)) return;
            tried[piece] = true;
            tries += 1;
          }
        } else {
          for (piece = next.to; piece >= next.from + next.offset; --piece) {
            if (!wire.peerPieces.get(piece)) continue;
            if (self._request(wire, piece, false)) return;
          }
        }
      }
    }
    function speedRanker() {
      const speed = wire.downloadSpeed() || 1;
      if (speed > SPEED_THRESHOLD) return () => true;
      const secs = Math.max(1, wire.requests.length) * Piece.BLOCK_LENGTH / speed;
      let tries = 10;
      let ptr = 0;
      return (index) => {
        if (!tries || self.bitfield.get(index)) return true;
        let missing = self.pieces[index].missing;
        for (; ptr < self.wires.length; ptr++) {
          const otherWire = self.wires[ptr];
          const otherSpeed = otherWire.downloadSpeed();
          if (otherSpeed < SPEED_THRESHOLD) continue;
          if (otherSpeed <= speed) continue;
          if (!otherWire.peerPieces.get(index)) continue;
          if ((missing -= otherSpeed * secs) > 0) continue;
          tries--;
          return false;
        }
        return true;
      };
    }
    function shufflePriority(i) {
      let last = i;
      for (let j = i; j < self._selections.length && self._selections.get(j).priority; j++) {
        last = j;
      }
      self._selections.swap(i, last);
    }
    function trySelectWire(hotswap) {
      if (wire.requests.length >= maxOutstandingRequests) return true;
      const rank = speedRanker();
      for (let i = 0; i < self._selections.length; i++) {
        const next = self._selections.get(i);
        let piece;
        if (self.strategy === "rarest") {
          const start = next.from + next.offset;
          const end = next.to;
          const len = end - start + 1;
          const tried = {};
          let tries = 0;
          const filter = genPieceFilterFunc(start, end, tried, rank);
          while (tries < len) {
            piece = self._rarityMap.getRarestPiece(filter);
            if (piece < 0) break;
            while (self._request(wire, piece, self._critical[piece] || hotswap) && wire.requests.length < maxOutstandingRequests) {
            }
            if (wire.requests.length < maxOutstandingRequests) {
              tried[piece] = true;
              tries++;
              continue;
            }
            if (next.priority) shufflePriority(i);
            return true;
          }
        } else {
          for (piece = next.from + next.offset; piece <= next.to; piece++) {
            if (!wire.peerPieces.get(piece) || !rank(piece)) continue;
            while (self._request(wire, piece, self._critical[piece] || hotswap) && wire.requests.length < maxOutstandingRequests) {
            }
            if (wire.requests.length < maxOutstandingRequests) continue;
            if (next.priority) shufflePriority(i);
            return true;
          }
        }
      }
      return false;
    }
  }
  /**
   * Called periodically to update the choked status of all peers, handling optimistic
   * unchoking as described in BEP3.
   */
  _rechoke() {
    if (!this.ready) return;
    const wireStack = this.wires.map((wire) => ({ wire, random: Math.random(), downspeed: wire.downloadSpeed() })).sort((objA, objB) => {
      const wireA = objA.wire;
      const wireB = objB.wire;
      if (objA.downspeed !== objB.downspeed) {
        return objA.downspeed - objB.downspeed;
      }
      const aup = wireA.uploadSpeed();
      const bup = wireB.uploadSpeed();
      if (aup !== bup) {
        return aup - bup;
      }
      if (wireA.amChoking !== wireB.amChoking) {
        return wireA.amChoking ? -1 : 1;
      }
      return objA.random - objB.random;
    }).map((obj) => obj.wire);
    if (this._rechokeOptimisticTime <= 0) {
      this._rechokeOptimisticWire = null;
    } else {
      this._rechokeOptimisticTime -= 1;
    }
    let numInterestedUnchoked = 0;
    while (wireStack.length > 0 && numInterestedUnchoked < this._rechokeNumSlots - 1) {
      const wire = wireStack.pop();
      if (wire.isSeeder || wire === this._rechokeOptimisticWire) {
        continue;
      }
      wire.unchoke();
      if (wire.peerInterested) {
        numInterestedUnchoked++;
      }
    }
    if (this._rechokeOptimisticWire === null && this._rechokeNumSlots > 0) {
      const remaining = wireStack.filter((wire) => wire.peerInterested);
      if (remaining.length > 0) {
        const newOptimisticPeer = remaining[randomInt(remaining.length)];
        newOptimisticPeer.unchoke();
        this._rechokeOptimisticWire = newOptimisticPeer;
        this._rechokeOptimisticTime = RECHOKE_OPTIMISTIC_DURATION;
      }
    }
    wireStack.filter((wire) => wire !== this._rechokeOptimisticWire).forEach((wire) => wire.choke());
  }
  /**
   * Attempts to cancel a slow block request from another wire such that the
   * given wire may effectively swap out the request for one of its own.
   */
  _hotswap(wire, index) {
    const speed = wire.downloadSpeed();
    if (speed < Piece.BLOCK_LENGTH) return false;
    if (!this._reservations[index]) return false;
    const r = this._reservations[index];
    if (!r) {
      return false;
    }
    let minSpeed = Infinity;
    let minWire;
    let i;
    for (i = 0; i < r.length; i++) {
      const otherWire = r[i];
      if (!otherWire || otherWire === wire) continue;
      const otherSpeed = otherWire.downloadSpeed();
      if (otherSpeed >= SPEED_THRESHOLD) continue;
      if (2 * otherSpeed > speed || otherSpeed > minSpeed) continue;
      minWire = otherWire;
      minSpeed = otherSpeed;
    }
    if (!minWire) return false;
    for (i = 0; i < r.length; i++) {
      if (r[i] === minWire) r[i] = null;
    }
    for (i = 0; i < minWire.requests.length; i++) {
      const req = minWire.requests[i];
      if (req.piece !== index) continue;
      this.pieces[index].cancel(req.offset / Piece.BLOCK_LENGTH | 0);
    }
    this.emit("hotswap", minWire, wire, index);
    return true;
  }
  /**
   * Attempts to request a block from the given wire.
   */
  _request(wire, index, hotswap) {
    const self = this;
    const numRequests = wire.requests.length;
    const isWebSeed = wire.type === "webSeed";
    if (self.bitfield.get(index)) return false;
    const maxOutstandingRequests = isWebSeed ? Math.min(
      getPiecePipelineLength(wire, PIPELINE_MAX_DURATION, self.pieceLength),
      self.maxWebConns
    ) : getBlockPipelineLength(wire, PIPELINE_MAX_DURATION);
    if (numRequests >= maxOutstandingRequests) return false;
    const piece = self.pieces[index];
    let reservation = isWebSeed ? piece.reserveRemaining() : piece.reserve();
    if (reservation === -1 && hotswap && self._hotswap(wire, index)) {
      reservation = isWebSeed ? piece.reserveRemaining() : piece.reserve();
    }
    if (reservation === -1) return false;
    let r = self._reservations[index];
    if (!r) r = self._reservations[index] = [];
    let i = r.indexOf(null);
    if (i === -1) i = r.length;
    r[i] = wire;
    const chunkOffset = piece.chunkOffset(reservation);
    const chunkLength = isWebSeed ? piece.chunkLengthRemaining(reservation) : piece.chunkLength(reservation);
    wire.request(index, chunkOffset, chunkLength, async function onChunk(err, chunk) {
      if (self.destroyed) return;
      if (!self.ready) return self.once("ready", () => {
        onChunk(err, chunk);
      });
      if (r[i] === wire) r[i] = null;
      if (piece !== self.pieces[index]) return onUpdateTick();
      if (err) {
        self._debug(
          "error getting piece %s (offset: %s length: %s) from %s: %s",
          index,
          chunkOffset,
          chunkLength,
          `${wire.remoteAddress}:${wire.remotePort}`,
          err.message
        );
        isWebSeed ? piece.cancelRemaining(reservation) : piece.cancel(reservation);
        onUpdateTick();
        return;
      }
      self._debug(
        "got piece %s (offset: %s length: %s) from %s",
        index,
        chunkOffset,
        chunkLength,
        `${wire.remoteAddress}:${wire.remotePort}`
      );
      if (!piece.set(reservation, chunk, wire)) return onUpdateTick();
      const buf = piece.flush();
      const hex = await hash(buf, "hex");
      if (self.destroyed) return;
      if (hex === self._hashes[index]) {
        self._debug("piece verified %s", index);
        self.store.put(index, buf, (err2) => {
          if (err2) {
            self._destroy(err2);
            return;
          } else {
            self.pieces[index] = null;
            self._markVerified(index);
            self.wires.forEach((wire2) => {
              wire2.have(index);
            });
          }
          self._checkDone();
          onUpdateTick();
        });
      } else {
        self.pieces[index] = new Piece(piece.length);
        self.emit("warning", new Error(`Piece ${index} failed verification`));
        onUpdateTick();
      }
    });
    function onUpdateTick() {
      (0, import_queue_microtask5.default)(() => {
        self._update();
      });
    }
    return true;
  }
  _checkDone() {
    if (this.destroyed) return;
    this.files.forEach((file) => {
      if (file.done) return;
      for (let i = file._startPiece; i <= file._endPiece; ++i) {
        if (!this.bitfield.get(i)) return;
      }
      file.done = true;
      file.emit("done");
      this._debug(`file done: ${file.name}`);
    });
    const done = this.files.every((file) => file.done);
    if (!this.done && done) {
      this.done = true;
      this._debug(`torrent done: ${this.infoHash}`);
      this.emit("done");
      if (!this.destroyed) this.discovery.complete();
    } else if (this.done && !done) {
      this.done = false;
      this.discovery.tracker?.start();
    }
    this._gcSelections();
    return done;
  }
  async load(streams, cb) {
    if (this.destroyed) throw new Error("torrent is destroyed");
    if (!this.ready) return this.once("ready", () => {
      this.load(streams, cb);
    });
    if (!Array.isArray(streams)) streams = [streams];
    if (!cb) cb = noop3;
    try {
      await chunkStoreWrite(this.store, (0, import_join_async_iterator2.default)(streams), { chunkLength: this.pieceLength });
      this._markAllVerified();
      this._checkDone();
      cb(null);
    } catch (err) {
      cb(err);
      return err;
    }
  }
  pause() {
    if (this.destroyed) return;
    this._debug("pause");
    this.paused = true;
  }
  resume() {
    if (this.destroyed) return;
    this._debug("resume");
    this.paused = false;
    this._drain();
  }
  _debug(...args) {
    args[0] = `[${this.client._debugId}] [${this._debugId}] ${args[0]}`;
    debug10(...args);
  }
  /**
   * Pop a peer off the FIFO queue and connect to it. When _drain() gets called,
   * the queue will usually have only one peer in it, except when there are too
   * many peers (over `this.maxConns`) in which case they will just sit in the
   * queue until another connection closes.
   */
  _drain() {
    this._debug("_drain numConns %s maxConns %s _peersLength %s _numPending %s", this._numConns, this.client.maxConns, this._peersLength, this._numPending);
    if (typeof import_net2.default.connect !== "function" || this.destroyed || this.paused || this._numConns + this._numPending >= this.client.maxConns) {
      return;
    }
    this._debug("drain (%s queued, %s/%s peers)", this._numQueued, this.numPeers, this.client.maxConns);
    const peer = this._queue.shift();
    if (!peer) return;
    this._debug("%s connect attempt to %s", peer.type, peer.addr);
    const parts = addrToIPPort(peer.addr);
    const opts = {
      host: parts[0],
      port: parts[1]
    };
    if (this.client.utp && peer.type === Peer2.TYPE_UTP_OUTGOING) {
      const utpServer = this.client._utpServer;
      peer.conn = utpServer ? utpServer.connect(opts.port, opts.host) : import_utp2.default.connect(opts.port, opts.host);
    } else {
      peer.conn = import_net2.default.connect(opts);
    }
    const conn = peer.conn;
    this._numPending += 1;
    const donePending = (0, import_once3.default)(() => {
      this._numPending -= 1;
    });
    conn.once("connect", () => {
      donePending();
      if (!this.destroyed) peer.onConnect();
    });
    conn.once("error", (err) => {
      donePending();
      peer.destroy(err);
    });
    conn.once("close", donePending);
    peer.startConnectTimeout();
    conn.on("close", () => {
      if (this.destroyed) return;
      if (peer.retries >= RECONNECT_WAIT.length) {
        if (this.client.utp) {
          const newPeer = this._addPeer(peer.addr, "tcp", peer.source);
          if (newPeer) newPeer.retries = 0;
        } else {
          this._debug(
            "conn %s closed: will not re-add (max %s attempts)",
            peer.addr,
            RECONNECT_WAIT.length
          );
        }
        return;
      }
      const ms = RECONNECT_WAIT[peer.retries];
      this._debug(
        "conn %s closed: will re-add to queue in %sms (attempt %s)",
        peer.addr,
        ms,
        peer.retries + 1
      );
      const reconnectTimeout = setTimeout(() => {
        if (this.destroyed) return;
        const host = addrToIPPort(peer.addr)[0];
        const type = this.client.utp && this._isIPv4(host) ? "utp" : "tcp";
        const newPeer = this._addPeer(peer.addr, type, peer.source);
        if (newPeer) newPeer.retries = peer.retries + 1;
      }, ms);
      if (reconnectTimeout.unref) reconnectTimeout.unref();
    });
  }
  /**
   * Returns `true` if string is valid IPv4/6 address.
   * @param {string} addr
   * @return {boolean}
   */
  _validAddr(addr) {
    let parts;
    try {
      parts = addrToIPPort(addr);
    } catch (e) {
      return false;
    }
    const host = parts[0];
    const port2 = parts[1];
    return port2 > 0 && port2 < 65535 && !(host === "127.0.0.1" && port2 === this.client.torrentPort);
  }
  /**
   * Return `true` if string is a valid IPv4 address.
   * @param {string} addr
   * @return {boolean}
   */
  _isIPv4(addr) {
    const IPv4Pattern = /^((?:[0-9]|[1-9][0-9]|1[0-9][0-9]|2[0-4][0-9]|25[0-5])[.]){3}(?:[0-9]|[1-9][0-9]|1[0-9][0-9]|2[0-4][0-9]|25[0-5])$/;
    return IPv4Pattern.test(addr);
  }
};
function getBlockPipelineLength(wire, duration2) {
  let length = 2 + Math.ceil(duration2 * wire.downloadSpeed() / Piece.BLOCK_LENGTH);
  if (wire.peerExtendedHandshake) {
    const reqq = wire.peerExtendedHandshake.reqq;
    if (typeof reqq === "number" && reqq > 0) {
      length = Math.min(length, reqq);
    }
  }
  return length;
}
function getPiecePipelineLength(wire, duration2, pieceLength) {
  return 1 + Math.ceil(duration2 * wire.downloadSpeed() / pieceLength);
}
function randomInt(high) {
  return Math.random() * high | 0;
}
function noop3() {
}

// node_modules/webtorrent/lib/server.js
var import_http = __toESM(require("http"), 1);
var import_escape_html = __toESM(require_escape_html(), 1);
var import_pump = __toESM(require_pump(), 1);
var import_range_parser = __toESM(require_range_parser(), 1);
var import_queue_microtask6 = __toESM(require_queue_microtask(), 1);
var import_streamx5 = __toESM(require_streamx2(), 1);
var keepAliveTime = 2e4;
var ServerBase = class _ServerBase {
  constructor(client, opts = {}) {
    this.client = client;
    if (!opts.origin) opts.origin = "*";
    this.opts = opts;
    this.pendingReady = /* @__PURE__ */ new Set();
  }
  static serveIndexPage(res, torrents, pathname) {
    const listHtml = torrents.map((torrent2) => `<li>
        <a href="${(0, import_escape_html.default)(pathname)}/${torrent2.infoHash}">
          ${(0, import_escape_html.default)(torrent2.name)}
        </a>
        (${(0, import_escape_html.default)(torrent2.length)} bytes)
      </li>`).join("<br>");
    res.status = 200;
    res.headers["Content-Type"] = "text/html";
    res.body = getPageHTML(
      "WebTorrent",
      `<h1>WebTorrent</h1>
       <ol>${listHtml}</ol>`
    );
    return res;
  }
  isOriginAllowed(req) {
    if (this.opts.origin === false) return false;
    if (this.opts.origin === "*") return true;
    return req.headers.origin === this.opts.origin;
  }
  static serveMethodNotAllowed(res) {
    res.status = 405;
    res.headers["Content-Type"] = "text/html";
    res.body = getPageHTML(
      "405 - Method Not Allowed",
      "<h1>405 - Method Not Allowed</h1>"
    );
    return res;
  }
  static serve404Page(res) {
    res.status = 404;
    res.headers["Content-Type"] = "text/html";
    res.body = getPageHTML(
      "404 - Not Found",
      "<h1>404 - Not Found</h1>"
    );
    return res;
  }
  static serveTorrentPage(torrent2, res, pathname) {
    const listHtml = torrent2.files.map((file) => `<li>
        <a href="${(0, import_escape_html.default)(file.streamURL)}">
          ${(0, import_escape_html.default)(file.path)}
        </a>
        (${(0, import_escape_html.default)(file.length)} bytes)
      </li>`).join("<br>");
    res.status = 200;
    res.headers["Content-Type"] = "text/html";
    res.body = getPageHTML(
      `${(0, import_escape_html.default)(torrent2.name)} - WebTorrent`,
      `<h1>${(0, import_escape_html.default)(torrent2.name)}</h1>
      <ol>${listHtml}</ol>`
    );
    return res;
  }
  static serveOptionsRequest(req, res) {
    res.status = 204;
    res.headers["Access-Control-Max-Age"] = "600";
    res.headers["Access-Control-Allow-Methods"] = "GET,HEAD";
    if (req.headers["access-control-request-headers"]) {
      res.headers["Access-Control-Allow-Headers"] = req.headers["access-control-request-headers"];
    }
    return res;
  }
  static serveFile(file, req, res) {
    res.status = 200;
    res.headers.Expires = "0";
    res.headers["Cache-Control"] = "no-cache, no-store, must-revalidate, max-age=0";
    res.headers["Accept-Ranges"] = "bytes";
    res.headers["Content-Type"] = file.type;
    res.headers["transferMode.dlna.org"] = "Streaming";
    res.headers["contentFeatures.dlna.org"] = "DLNA.ORG_OP=01;DLNA.ORG_CI=0;DLNA.ORG_FLAGS=01700000000000000000000000000000";
    if (req.destination === "document") {
      res.headers["Content-Type"] = "application/octet-stream";
      res.headers["Content-Disposition"] = `attachment; filename*=UTF-8''${encodeRFC5987(file.name)}`;
      res.body = "DOWNLOAD";
    } else {
      res.headers["Content-Disposition"] = `inline; filename*=UTF-8''${encodeRFC5987(file.name)}`;
    }
    let range = (0, import_range_parser.default)(file.length, req.headers.range || "");
    if (Array.isArray(range)) {
      res.status = 206;
      range = range[0];
      res.headers["Content-Range"] = `bytes ${range.start}-${range.end}/${file.length}`;
      res.headers["Content-Length"] = range.end - range.start + 1;
    } else {
      res.statusCode = 200;
      range = null;
      res.headers["Content-Length"] = file.length;
    }
    if (req.method === "GET") {
      const iterator = file[Symbol.asyncIterator](range);
      let transform = null;
      file.emit("iterator", { iterator, req, file }, (target) => {
        transform = target;
      });
      const stream = import_streamx5.Readable.from(transform || iterator);
      let pipe = null;
      file.emit("stream", { stream, req, file }, (target) => {
        pipe = (0, import_pump.default)(stream, target);
      });
      res.body = pipe || stream;
    } else {
      res.body = false;
    }
    return res;
  }
  async onRequest(req, cb) {
    let pathname = new URL(req.url, "http://example.com").pathname;
    pathname = pathname.slice(pathname.indexOf(this.pathname) + this.pathname.length + 1);
    const res = {
      headers: {
        // Prevent browser mime-type sniffing
        "X-Content-Type-Options": "nosniff",
        // Defense-in-depth: Set a strict Content Security Policy to mitigate XSS
        "Content-Security-Policy": "base-uri 'none'; frame-ancestors 'none'; form-action 'none';"
      }
    };
    if (this.isOriginAllowed(req)) {
      res.headers["Access-Control-Allow-Origin"] = this.opts.origin === "*" ? "*" : req.headers.origin;
    }
    if (pathname === "favicon.ico") {
      return cb(_ServerBase.serve404Page(res));
    }
    if (req.method === "OPTIONS") {
      if (this.isOriginAllowed(req)) return cb(_ServerBase.serveOptionsRequest(req, res));
      else return cb(_ServerBase.serveMethodNotAllowed(res));
    }
    const onReady = async () => {
      this.pendingReady.delete(onReady);
      const res2 = await handleRequest();
      cb(res2);
    };
    const handleRequest = async () => {
      if (pathname === "") {
        return _ServerBase.serveIndexPage(res, this.client.torrents, this.pathname);
      }
      let [infoHash2, ...filePath] = pathname.split("/");
      filePath = decodeURIComponent(filePath.join("/"));
      const torrent2 = await this.client.get(infoHash2);
      if (!infoHash2 || !torrent2) {
        return _ServerBase.serve404Page(res);
      }
      if (!filePath) {
        return _ServerBase.serveTorrentPage(torrent2, res, this.pathname);
      }
      const file = torrent2.files.find((file2) => file2.path.replace(/\\/g, "/") === filePath);
      if (!file) {
        return _ServerBase.serve404Page(res);
      }
      return _ServerBase.serveFile(file, req, res);
    };
    if (req.method === "GET" || req.method === "HEAD") {
      if (this.client.ready) {
        const res2 = await handleRequest();
        return cb(res2);
      } else {
        this.pendingReady.add(onReady);
        this.client.once("ready", onReady);
        return;
      }
    }
    return cb(_ServerBase.serveMethodNotAllowed(res));
  }
  close(cb = () => {
  }) {
    this.closed = true;
    this.pendingReady.forEach((onReady) => {
      this.client.removeListener("ready", onReady);
    });
    this.pendingReady.clear();
    (0, import_queue_microtask6.default)(cb);
  }
  destroy(cb = () => {
  }) {
    if (this.closed) (0, import_queue_microtask6.default)(cb);
    else this.close(cb);
    this.client = null;
  }
};
var NodeServer = class extends ServerBase {
  constructor(client, opts) {
    super(client, opts);
    this.server = import_http.default.createServer();
    this._listen = this.server.listen;
    this.server.listen = this.listen.bind(this);
    this._close = this.server.close;
    this.server.close = this.close.bind(this);
    this.sockets = /* @__PURE__ */ new Set();
    this.closed = false;
    this.pathname = opts?.pathname || "/webtorrent";
  }
  wrapRequest(req, res) {
    if (this.opts.hostname && req.headers.host !== `${this.opts.hostname}:${this.server.address().port}`) {
      return req.destroy();
    }
    if (!new URL(req.url, "http://example.com").pathname.startsWith(this.pathname)) {
      return req.destroy();
    }
    this.onRequest(req, ({ status, headers, body }) => {
      res.writeHead(status, headers);
      if (!!body?._readableState || !!body?._writableState) {
        (0, import_pump.default)(body, res);
      } else {
        res.end(body);
      }
    });
  }
  onConnection(socket) {
    socket.setTimeout(36e6);
    this.sockets.add(socket);
    socket.once("close", () => {
      this.sockets.delete(socket);
    });
  }
  address() {
    return this.server.address();
  }
  listen(...args) {
    this.closed = false;
    this.server.on("connection", this.onConnection.bind(this));
    this.server.on("request", this.wrapRequest.bind(this));
    return this._listen.apply(this.server, args);
  }
  close(cb = () => {
  }) {
    this.server.removeAllListeners("connection");
    this.server.removeAllListeners("request");
    this.server.removeAllListeners("listening");
    super.close();
    this._close.call(this.server, cb);
  }
  destroy(cb) {
    this.sockets.forEach((socket) => {
      socket.destroy();
    });
    super.destroy(cb);
  }
};
var BrowserServer = class extends ServerBase {
  constructor(client, opts) {
    super(client, opts);
    this.registration = opts.controller;
    this.workerKeepAliveInterval = null;
    this.workerPortCount = 0;
    const scope = new URL(opts.controller.scope);
    this.pathname = scope.pathname + "webtorrent";
    this._address = {
      port: scope.port,
      family: "IPv4",
      // might be a bad idea?
      address: scope.hostname
    };
    this.boundHandler = this.wrapRequest.bind(this);
    navigator.serviceWorker.addEventListener("message", this.boundHandler);
    fetch(`${this.pathname}/cancel/`).then((res) => {
      res.body.cancel();
    });
  }
  wrapRequest(event) {
    const req = event.data;
    if (!req?.type === "webtorrent" || !req.url) return null;
    const [port2] = event.ports;
    this.onRequest(req, ({ status, headers, body }) => {
      const asyncIterator = body[Symbol.asyncIterator]?.();
      const cleanup = () => {
        port2.onmessage = null;
        if (body?.destroy) body.destroy();
        this.workerPortCount--;
        if (!this.workerPortCount) {
          clearInterval(this.workerKeepAliveInterval);
          this.workerKeepAliveInterval = null;
        }
      };
      port2.onmessage = async (msg) => {
        if (msg.data) {
          let chunk;
          try {
            chunk = (await asyncIterator.next()).value;
          } catch (e) {
          }
          port2.postMessage(chunk);
          if (!chunk) cleanup();
          if (!this.workerKeepAliveInterval) {
            this.workerKeepAliveInterval = setInterval(() => fetch(`${this.pathname}/keepalive/`), keepAliveTime);
          }
        } else {
          cleanup();
        }
      };
      this.workerPortCount++;
      port2.postMessage({
        status,
        headers,
        body: asyncIterator ? "STREAM" : body
      });
    });
  }
  // for compatibility with node version
  listen(_, cb) {
    cb();
  }
  address() {
    return this._address;
  }
  close(cb) {
    navigator.serviceWorker.removeEventListener("message", this.boundHandler);
    super.close(cb);
  }
  destroy(cb) {
    super.destroy(cb);
  }
};
function getPageHTML(title, pageHtml) {
  return `
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <title>${title}</title>
      </head>
      <body>
        ${pageHtml}
      </body>
    </html>
  `;
}
function encodeRFC5987(str) {
  return encodeURIComponent(str).replace(/['()]/g, escape).replace(/\*/g, "%2A").replace(/%(?:7C|60|5E)/g, unescape);
}

// node_modules/webtorrent/index.js
var import_version2 = __toESM(require_version2(), 1);
var debug11 = (0, import_debug11.default)("webtorrent");
var VERSION_STR = import_version2.default.replace(/\d*./g, (v) => `0${v % 100}`.slice(-2)).slice(0, 4);
var VERSION_PREFIX = `-WW${VERSION_STR}-`;
var WebTorrent = class _WebTorrent extends import_events8.default {
  constructor(opts = {}) {
    super();
    if (typeof opts.peerId === "string") {
      this.peerId = opts.peerId;
    } else if (ArrayBuffer.isView(opts.peerId)) {
      this.peerId = arr2hex(opts.peerId);
    } else {
      this.peerId = arr2hex(text2arr(VERSION_PREFIX + arr2base(randomBytes(9))));
    }
    this.peerIdBuffer = hex2arr(this.peerId);
    if (typeof opts.nodeId === "string") {
      this.nodeId = opts.nodeId;
    } else if (ArrayBuffer.isView(opts.nodeId)) {
      this.nodeId = arr2hex(opts.nodeId);
    } else {
      this.nodeId = arr2hex(randomBytes(20));
    }
    this.nodeIdBuffer = hex2arr(this.nodeId);
    this.userAgent = opts.userAgent ?? `WebTorrent/${import_version2.default} (https://webtorrent.io)`;
    this._debugId = this.peerId.substring(0, 7);
    this.destroyed = false;
    this.listening = false;
    this.torrentPort = opts.torrentPort || 0;
    this.dhtPort = opts.dhtPort || 0;
    this.tracker = opts.tracker !== void 0 ? opts.tracker : {};
    this.lsd = opts.lsd !== false;
    this.utPex = opts.utPex !== false;
    this.natUpnp = opts.natUpnp ?? true;
    this.natPmp = opts.natPmp ?? true;
    this.torrents = [];
    this.maxConns = Number(opts.maxConns) || 55;
    this.utp = _WebTorrent.UTP_SUPPORT && opts.utp !== false;
    this.seedOutgoingConnections = opts.seedOutgoingConnections ?? true;
    this._downloadLimit = Math.max(typeof opts.downloadLimit === "number" ? opts.downloadLimit : -1, -1);
    this._uploadLimit = Math.max(typeof opts.uploadLimit === "number" ? opts.uploadLimit : -1, -1);
    if ((this.natUpnp || this.natPmp) && typeof import_nat_api.default === "function") {
      this.natTraversal = new import_nat_api.default({
        enableUPNP: this.natUpnp,
        enablePMP: this.natPmp,
        upnpPermanentFallback: opts.natUpnp === "permanent"
      });
    }
    this.secure = Number(opts.secure ?? 1);
    if (this.secure === 2 && !bittorrent_protocol_default.nativeRC4) console.warn("Native RC4 implementation is not available. This WILL cause performance issues when using `opts.secure=2`. Consider enabling `--openssl-legacy-provider` or using `opts.secure=1` instead.");
    this._debug(
      "new webtorrent (peerId %s, nodeId %s, port %s)",
      this.peerId,
      this.nodeId,
      this.torrentPort
    );
    this.throttleGroups = {
      down: new import_speed_limiter.ThrottleGroup({ rate: Math.max(this._downloadLimit, 0), enabled: this._downloadLimit >= 0 }),
      up: new import_speed_limiter.ThrottleGroup({ rate: Math.max(this._uploadLimit, 0), enabled: this._uploadLimit >= 0 })
    };
    if (this.tracker) {
      if (typeof this.tracker !== "object") this.tracker = {};
      if (globalThis.WRTC && !this.tracker.wrtc) this.tracker.wrtc = globalThis.WRTC;
    }
    if (typeof ConnPool === "function") {
      this._connPool = new ConnPool(this);
    } else {
      (0, import_queue_microtask7.default)(() => {
        this._onListening();
      });
    }
    this._downloadSpeed = (0, import_throughput3.default)();
    this._uploadSpeed = (0, import_throughput3.default)();
    if (opts.dht !== false && typeof import_bittorrent_dht2.Client === "function") {
      this.dht = new import_bittorrent_dht2.Client(Object.assign({}, { nodeId: this.nodeId }, opts.dht));
      this.dht.once("error", (err) => {
        this._destroy(err);
      });
      this.dht.once("listening", () => {
        const address2 = this.dht.address();
        if (address2) {
          this.dhtPort = address2.port;
          if (this.natTraversal) {
            this.natTraversal.map({
              publicPort: this.dhtPort,
              privatePort: this.dhtPort,
              protocol: "udp",
              description: "WebTorrent DHT"
            }).catch((err) => {
              debug11("error mapping DHT port via UPnP/PMP: %o", err);
            });
          }
        }
      });
      this.dht.setMaxListeners(0);
      this.dht.listen(this.dhtPort);
    } else {
      this.dht = false;
    }
    this.enableWebSeeds = opts.webSeeds !== false;
    const ready2 = () => {
      if (this.destroyed) return;
      this.ready = true;
      this.emit("ready");
    };
    if (typeof import_load_ip_set.default === "function" && opts.blocklist != null) {
      (0, import_load_ip_set.default)(opts.blocklist, {
        headers: {
          "user-agent": `WebTorrent/${import_version2.default} (https://webtorrent.io)`
        }
      }, (err, ipSet) => {
        if (err) return console.error(`Failed to load blocklist: ${err.message}`);
        this.blocked = ipSet;
        ready2();
      });
    } else {
      (0, import_queue_microtask7.default)(ready2);
    }
  }
  /**
   * Creates an http server to serve the contents of this torrent,
   * dynamically fetching the needed torrent pieces to satisfy http requests.
   * Range requests are supported.
   *
   * @param {{controller: ServiceWorkerRegistration}} options
   * @param {'browser' | 'node'} [force]
   * @return {BrowserServer | NodeServer}
   */
  createServer(options, force) {
    if (this.destroyed) throw new Error("torrent is destroyed");
    if (this._server) throw new Error("server already created");
    if ((typeof window === "undefined" || force === "node") && force !== "browser") {
      this._server = new NodeServer(this, options);
      return this._server;
    } else {
      if (!(options?.controller instanceof ServiceWorkerRegistration)) throw new Error("Invalid worker registration");
      if (options.controller.active?.state !== "activated" && options.controller.active?.state !== "activating") throw new Error("Worker isn't activated");
      this._server = new BrowserServer(this, options);
      return this._server;
    }
  }
  get downloadSpeed() {
    return this._downloadSpeed();
  }
  get uploadSpeed() {
    return this._uploadSpeed();
  }
  get progress() {
    const torrents = this.torrents.filter((torrent2) => torrent2.progress !== 1);
    const downloaded = torrents.reduce((total, torrent2) => total + torrent2.downloaded, 0);
    const length = torrents.reduce((total, torrent2) => total + (torrent2.length || 0), 0) || 1;
    return downloaded / length;
  }
  get ratio() {
    const uploaded = this.torrents.reduce((total, torrent2) => total + torrent2.uploaded, 0);
    const received = this.torrents.reduce((total, torrent2) => total + torrent2.received, 0) || 1;
    return uploaded / received;
  }
  /**
   * Returns the torrent with the given `torrentId`. Convenience method. Easier than
   * searching through the `client.torrents` array. Returns `null` if no matching torrent
   * found.
   *
   * @param  {string|Buffer|Object|Torrent} torrentId
   * @return {Promise<Torrent|null>}
   */
  async get(torrentId) {
    if (torrentId instanceof Torrent) {
      if (this.torrents.includes(torrentId)) return torrentId;
    } else {
      const torrents = this.torrents;
      let parsed;
      try {
        parsed = await parse_torrent_default(torrentId);
      } catch (err) {
      }
      if (!parsed) return null;
      if (!parsed.infoHash) throw new Error("Invalid torrent identifier");
      for (const torrent2 of torrents) {
        if (torrent2.infoHash === parsed.infoHash) return torrent2;
      }
    }
    return null;
  }
  /**
   * Start downloading a new torrent. Aliased as `client.download`.
   * @param {string|Buffer|Object} torrentId
   * @param {import('./lib/torrent.js').TorrentOpts | function(torrent: Torrent): void=} opts torrent-specific options
   * @param {function(torrent: Torrent): void=} ontorrent called when the torrent is ready (has metadata)
   */
  add(torrentId, opts = {}, ontorrent = () => {
  }) {
    if (this.destroyed) throw new Error("client is destroyed");
    if (typeof opts === "function") [opts, ontorrent] = [{}, opts];
    const onInfoHash = () => {
      if (this.destroyed) return;
      for (const t of this.torrents) {
        if (t.infoHash === torrent2.infoHash && t !== torrent2) {
          torrent2._destroy(new Error(`Cannot add duplicate torrent ${torrent2.infoHash}`));
          ontorrent(t);
          return;
        }
      }
    };
    const onReady = () => {
      if (this.destroyed) return;
      ontorrent(torrent2);
      this.emit("torrent", torrent2);
    };
    function onClose() {
      torrent2.removeListener("_infoHash", onInfoHash);
      torrent2.removeListener("ready", onReady);
      torrent2.removeListener("close", onClose);
    }
    this._debug("add");
    opts = opts ? Object.assign({}, opts) : {};
    const torrent2 = new Torrent(torrentId, this, opts);
    this.torrents.push(torrent2);
    torrent2.once("_infoHash", onInfoHash);
    torrent2.once("ready", onReady);
    torrent2.once("close", onClose);
    this.emit("add", torrent2);
    return torrent2;
  }
  /**
   * Start seeding a new file/folder.
   * @param  {string|File|FileList|Buffer|Array.<string|File|Buffer>} input
   * @param  {Object=} opts
   * @param  {function=} onseed called when torrent is seeding
   */
  seed(input, opts, onseed) {
    if (this.destroyed) throw new Error("client is destroyed");
    if (typeof opts === "function") [opts, onseed] = [{}, opts];
    this._debug("seed");
    opts = opts ? Object.assign({}, opts) : {};
    opts.skipVerify = true;
    const isFilePath = typeof input === "string";
    if (isFilePath) opts.path = import_path6.default.dirname(input);
    if (!opts.createdBy) opts.createdBy = `WebTorrent/${VERSION_STR}`;
    const onTorrent = (torrent3) => {
      const tasks = [
        (cb) => {
          if (isFilePath || opts.preloadedStore) return cb();
          torrent3.load(streams, cb);
        }
      ];
      if (this.dht) {
        tasks.push((cb) => {
          torrent3.once("dhtAnnounce", cb);
        });
      }
      (0, import_run_parallel6.default)(tasks, (err) => {
        if (this.destroyed) return;
        if (err) return torrent3._destroy(err);
        _onseed(torrent3);
      });
    };
    const _onseed = (torrent3) => {
      this._debug("on seed");
      if (typeof onseed === "function") onseed(torrent3);
      torrent3.emit("seed");
      this.emit("seed", torrent3);
    };
    const torrent2 = this.add(null, opts, onTorrent);
    let streams;
    if (isFileList2(input)) input = Array.from(input);
    else if (!Array.isArray(input)) input = [input];
    (0, import_run_parallel6.default)(input.map((item) => async (cb) => {
      if (!opts.preloadedStore && isReadable2(item)) {
        const chunks = [];
        try {
          for await (const chunk of item) {
            chunks.push(chunk);
          }
        } catch (err) {
          return cb(err);
        }
        const buf = concat(chunks);
        buf.name = item.name;
        cb(null, buf);
      } else {
        cb(null, item);
      }
    }), (err, input2) => {
      if (this.destroyed) return;
      if (err) return torrent2._destroy(err);
      parseInput(input2, opts, (err2, files) => {
        if (this.destroyed) return;
        if (err2) return torrent2._destroy(err2);
        streams = files.map((file) => file.getStream);
        create_torrent_default(input2, opts, async (err3, torrentBuf) => {
          if (this.destroyed) return;
          if (err3) return torrent2._destroy(err3);
          const existingTorrent = await this.get(torrentBuf);
          if (existingTorrent) {
            console.warn("A torrent with the same id is already being seeded");
            torrent2._destroy();
            if (typeof onseed === "function") onseed(existingTorrent);
          } else {
            torrent2._onTorrentId(torrentBuf);
          }
        });
      });
    });
    return torrent2;
  }
  /**
   * Remove a torrent from the client.
   * @param  {string|Buffer|Torrent}   torrentId
   * @param  {function} cb
   */
  async remove(torrentId, opts, cb) {
    if (typeof opts === "function") return this.remove(torrentId, null, opts);
    this._debug("remove");
    const torrent2 = await this.get(torrentId);
    if (!torrent2) throw new Error(`No torrent with id ${torrentId}`);
    this._remove(torrent2, opts, cb);
  }
  _remove(torrent2, opts, cb) {
    if (!torrent2) return;
    if (typeof opts === "function") return this._remove(torrent2, null, opts);
    const index = this.torrents.indexOf(torrent2);
    if (index === -1) return;
    this.torrents.splice(index, 1);
    torrent2.destroy(opts, cb);
    if (this.dht) {
      this.dht._tables.remove(torrent2.infoHash);
    }
    this.emit("remove", torrent2);
  }
  address() {
    if (!this.listening) return null;
    return this._connPool ? this._connPool.tcpServer.address() : { address: "0.0.0.0", family: "IPv4", port: 0 };
  }
  /**
   * Set global download throttle rate.
   * @param  {Number} rate (must be bigger or equal than zero, or -1 to disable throttling)
   */
  throttleDownload(rate) {
    rate = Number(rate);
    if (isNaN(rate) || !isFinite(rate) || rate < 0 && rate !== -1) return false;
    this._downloadLimit = Math.round(rate);
    if (this._downloadLimit === -1) return this.throttleGroups.down.setEnabled(false);
    this.throttleGroups.down.setEnabled(true);
    this.throttleGroups.down.setRate(this._downloadLimit);
  }
  /**
   * Set global upload throttle rate
   * @param  {Number} rate (must be bigger or equal than zero, or -1 to disable throttling)
   */
  throttleUpload(rate) {
    rate = Number(rate);
    if (isNaN(rate) || !isFinite(rate) || rate < 0 && rate !== -1) return false;
    this._uploadLimit = Math.round(rate);
    if (this._uploadLimit === -1) return this.throttleGroups.up.setEnabled(false);
    this.throttleGroups.up.setEnabled(true);
    this.throttleGroups.up.setRate(this._uploadLimit);
  }
  /**
   * Destroy the client, including all torrents and connections to peers.
   * @param  {function} cb
   */
  destroy(cb) {
    if (this.destroyed) throw new Error("client already destroyed");
    this._destroy(null, cb);
  }
  _destroy(err, cb) {
    this._debug("client destroy");
    this.destroyed = true;
    const tasks = this.torrents.map((torrent2) => (cb2) => {
      torrent2.destroy(cb2);
    });
    if (this._connPool) {
      tasks.push((cb2) => {
        this._connPool.destroy(cb2);
      });
    }
    if (this.dht) {
      tasks.push((cb2) => {
        this.dht.destroy(cb2);
      });
    }
    if (this._server) {
      tasks.push((cb2) => {
        this._server.destroy(cb2);
      });
    }
    if (this.natTraversal) {
      tasks.push((cb2) => {
        this.natTraversal.destroy().then(() => cb2());
      });
    }
    (0, import_run_parallel6.default)(tasks, cb);
    if (err) this.emit("error", err);
    this.torrents = [];
    this._connPool = null;
    this.dht = null;
    this.throttleGroups.down.destroy();
    this.throttleGroups.up.destroy();
  }
  _onListening() {
    this._debug("listening");
    this.listening = true;
    if (this._connPool) {
      const address2 = this._connPool.tcpServer.address();
      if (address2) {
        this.torrentPort = address2.port;
        if (this.natTraversal) {
          this.natTraversal.map({
            publicPort: this.torrentPort,
            privatePort: this.torrentPort,
            protocol: this.utp ? null : "tcp",
            description: "WebTorrent Torrent"
          }).catch((err) => {
            debug11("error mapping WebTorrent port via UPnP/PMP: %o", err);
          });
        }
      }
    }
    this.emit("listening");
  }
  _debug() {
    const args = [].slice.call(arguments);
    args[0] = `[${this._debugId}] ${args[0]}`;
    debug11(...args);
  }
  get _utpServer() {
    return this._connPool?.utpServer || null;
  }
  async _getByHash(infoHashHash) {
    for (const torrent2 of this.torrents) {
      if (!torrent2.infoHashHash) {
        torrent2.infoHashHash = await hash(hex2arr("72657132" + torrent2.infoHash), "hex");
      }
      if (infoHashHash === torrent2.infoHashHash) {
        return torrent2;
      }
    }
    return null;
  }
};
WebTorrent.WEBRTC_SUPPORT = lite_default.WEBRTC_SUPPORT;
WebTorrent.UTP_SUPPORT = ConnPool.UTP_SUPPORT;
WebTorrent.VERSION = import_version2.default;
function isReadable2(obj) {
  return typeof obj === "object" && obj != null && typeof obj.pipe === "function";
}
function isFileList2(obj) {
  return typeof FileList !== "undefined" && obj instanceof FileList;
}

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

// src/core/torrent.ts
var import_node_crypto2 = require("node:crypto");
var PIECE_HASH_BYTES = 20;
var BLOCK_LENGTH_BYTES = 16 * 1024;
var PIECE_LENGTH_MIN_BYTES = 16 * 1024;
var PIECE_LENGTH_MAX_BYTES = 16 * 1024 * 1024;
var PIECES_MAX = 65536;
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
    infoHash: (0, import_node_crypto2.createHash)("sha1").update(info).digest("hex"),
    infoSha256: (0, import_node_crypto2.createHash)("sha256").update(info).digest("hex")
  };
}

// src/swarm/acceptor.ts
var import_node_net = require("node:net");

// src/swarm/listen.ts
var import_node_events = require("node:events");
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
    if (this.#server.listening) await new Promise((resolve3) => this.#server.close(resolve3));
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

// src/swarm/piece-blame.ts
var import_node_crypto3 = require("node:crypto");
var ALONE_MS = 5e3;
var SUSPECTS_MAX = 4096;
var PieceBlame = class {
  #onGuilty;
  /** Of pieces on their way, by offset. */
  #blocks = /* @__PURE__ */ new Map();
  /** Blocks of attempts that failed. */
  #suspects = /* @__PURE__ */ new Map();
  /** Who alone is asked for a piece now. */
  #alone = /* @__PURE__ */ new Map();
  #asked = /* @__PURE__ */ new WeakMap();
  #guilty = /* @__PURE__ */ new WeakSet();
  constructor(onGuilty) {
    this.#onGuilty = onGuilty;
  }
  /** From now on it is known what comes over this connection. */
  watch(wire, peer) {
    const request = wire.request;
    wire.request = (piece, offset, length, callback) => {
      this.#hideOthersPieces(wire, peer);
      request.call(wire, piece, offset, length, (error2, block) => {
        if (!error2 && block) this.#note(piece, offset, { peer, bytes: block });
        callback(error2, block);
      });
    };
  }
  /** All its blocks are there, and its hash is wrong. */
  bad(piece) {
    const blocks = this.#blocks.get(piece) ?? /* @__PURE__ */ new Map();
    this.#blocks.delete(piece);
    const peers = [...new Set([...blocks.values()].map(({ peer: peer2 }) => peer2))];
    if (peers.length === 1) {
      this.#alone.delete(piece);
      this.#condemn(peers[0], piece);
      return;
    }
    if (peers.some((peer2) => this.#guilty.has(peer2))) return;
    const suspects = this.#suspects.get(piece) ?? [];
    for (const [offset, { peer: peer2, bytes: bytes2 }] of blocks)
      suspects.push({ peer: peer2, offset, length: bytes2.length, sha1: sha12(bytes2) });
    this.#suspects.set(piece, suspects.slice(-SUSPECTS_MAX));
    const peer = peers[Math.floor(Math.random() * peers.length)];
    if (peer !== void 0) this.#alone.set(piece, { peer, untilMs: performance.now() + ALONE_MS });
  }
  good(piece, bytes2) {
    this.#blocks.delete(piece);
    this.#alone.delete(piece);
    const guilty = /* @__PURE__ */ new Set();
    for (const { peer, offset, length, sha1: digest } of this.#suspects.get(piece) ?? []) {
      if (!sha12(bytes2.subarray(offset, offset + length)).equals(digest)) guilty.add(peer);
    }
    this.#suspects.delete(piece);
    for (const peer of guilty) this.#condemn(peer, piece);
  }
  left(peer) {
    for (const [piece, alone] of this.#alone) if (alone.peer === peer) this.#alone.delete(piece);
  }
  #condemn(peer, piece) {
    if (this.#guilty.has(peer)) return;
    this.#guilty.add(peer);
    this.#onGuilty(peer, piece);
  }
  /** webtorrent keeps the block that came first. */
  #note(piece, offset, block) {
    const blocks = this.#blocks.get(piece) ?? /* @__PURE__ */ new Map();
    this.#blocks.set(piece, blocks);
    if (!blocks.has(offset)) blocks.set(offset, block);
  }
  /** It asks a connection for what that says it has. There is a new set of pieces with each message that names all. */
  #hideOthersPieces(wire, peer) {
    const pieces = wire.peerPieces;
    if (this.#asked.get(wire) === pieces) return;
    this.#asked.set(wire, pieces);
    const has = pieces.get.bind(pieces);
    pieces.get = (piece) => has(piece) && this.#mayAsk(piece, peer);
  }
  #mayAsk(piece, peer) {
    const alone = this.#alone.get(piece);
    return alone === void 0 || alone.peer === peer || performance.now() > alone.untilMs;
  }
};
function sha12(bytes2) {
  return (0, import_node_crypto3.createHash)("sha1").update(bytes2).digest();
}

// src/swarm/webtorrent-options.ts
var PLAIN_TCP = {
  dht: false,
  lsd: false,
  utp: false,
  natUpnp: false,
  natPmp: false,
  utPex: false,
  webSeeds: false,
  secure: 0,
  tracker: false
};

// src/swarm/webtorrent-store.ts
var import_promises = require("node:timers/promises");

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

// src/swarm/webtorrent-store.ts
var WebTorrentStore = class {
  chunkLength;
  #options;
  #buffers;
  #stopping = new AbortController();
  /** When the last of those who wait for the upload limit may send. */
  #lastUpload = Promise.resolve();
  constructor(options) {
    const { torrent: torrent2, store } = options;
    this.chunkLength = torrent2.pieceLengthBytes;
    this.#options = options;
    this.#buffers = new PieceBuffers(store, torrent2.pieceLengthBytes, (piece) => pieceBytes(torrent2, piece));
  }
  /** Nobody is told any more what becomes of what is under way. */
  stop() {
    this.#stopping.abort();
  }
  put(piece, bytes2, done) {
    const { store, onGood, onStored, onFailed } = this.#options;
    onGood(piece, bytes2);
    store.writePiece(piece, bytes2).then(
      () => {
        if (this.#stopping.signal.aborted) return;
        this.#keep(piece, bytes2);
        done(null);
        onStored();
      },
      (error2) => onFailed(error2)
    );
  }
  /** Without `offset` webtorrent wants to check what is there; with it a peer asks. */
  get(piece, range, done) {
    const { torrent: torrent2 } = this.#options;
    const wholeBytes = piece < pieceCount(torrent2) ? pieceBytes(torrent2, piece) : 0;
    const offset = range?.offset ?? 0;
    const length = range?.length ?? wholeBytes - offset;
    if (length <= 0 || offset + length > wholeBytes) {
      done(new Error(`piece ${piece} has no ${length} bytes at ${offset}`));
      return;
    }
    this.#read(piece, offset, length, range?.offset !== void 0).then(
      (block) => {
        if (!this.#stopping.signal.aborted) done(null, block);
      },
      (error2) => {
        if (!this.#stopping.signal.aborted) this.#options.onFailed(error2);
      }
    );
  }
  close(done) {
    done(null);
  }
  destroy(done) {
    done(null);
  }
  async #read(piece, offset, length, isUpload) {
    if (isUpload) await this.#mayUpload(length);
    const buffer = await this.#buffers.read(piece);
    try {
      return new Uint8Array(buffer.bytes.subarray(offset, offset + length));
    } finally {
      buffer.release();
    }
  }
  /** One after the other, in the order in which they were asked for. */
  #mayUpload(bytes2) {
    const { limiter } = this.#options;
    this.#lastUpload = this.#lastUpload.then(async () => {
      const waitMs = limiter.waitMs(performance.now());
      if (waitMs > 0) await (0, import_promises.setTimeout)(waitMs, void 0, { signal: this.#stopping.signal }).catch(() => {
      });
      limiter.spend(bytes2, performance.now());
    });
    return this.#lastUpload;
  }
  /** For those who ask for what has just come. */
  #keep(piece, bytes2) {
    const buffer = this.#buffers.acquire(piece);
    buffer.bytes.set(bytes2);
    this.#buffers.keep(piece, buffer);
    buffer.release();
  }
};

// src/swarm/webtorrent-wire.ts
var MESSAGE_MAX_BYTES = 256 * 1024;
var REQUESTS_MAX = 2e3;
var UNREAD_MAX_BYTES = 16 * 1024 * 1024;
function guardWire(wire, socket) {
  const parse2 = wire._parse;
  wire._parse = (bytes2, parser) => {
    if (bytes2 > MESSAGE_MAX_BYTES && bytes2 !== Number.MAX_VALUE) {
      socket.destroy();
      parse2.call(wire, Number.MAX_VALUE, () => {
      });
    } else {
      parse2.call(wire, bytes2, parser);
    }
  };
  const write4 = wire._write;
  wire._write = (bytes2, done) => {
    if (socket.destroyed) {
      done(null);
      return;
    }
    if (wire._readableState.buffered > UNREAD_MAX_BYTES) socket.destroy();
    try {
      write4.call(wire, bytes2, done);
    } catch {
      socket.destroy();
      done(null);
    }
  };
  wire.on("request", () => {
    if (wire.peerRequests.length > REQUESTS_MAX) socket.destroy();
  });
}

// src/swarm/webtorrent-engine.ts
var CONNECTIONS_MAX = 400;
var DESTROY_TIMEOUT_MS = 2e3;
var TICK_MS = 500;
var RUNS_MAX = 256;
async function startWebTorrentEngine(options) {
  if (options.key !== null) {
    throw new MurmurationError("INPUT_INVALID", "engine: webtorrent can't encrypt, it needs encryption: off");
  }
  const engine = new WebTorrentEngine(options);
  try {
    await engine.start();
  } catch (error2) {
    await engine[Symbol.asyncDispose]();
    throw error2;
  }
  return engine;
}
var WebTorrentEngine = class {
  peerId;
  complete;
  storeFailed;
  #options;
  #client = new WebTorrent(PLAIN_TCP);
  #torrent;
  #store;
  #roster;
  #blame;
  #acceptor;
  #dialler;
  /** By the remote end's `address:port`. */
  #connections = /* @__PURE__ */ new Map();
  #ticker;
  #ready = Promise.withResolvers();
  #resolveComplete;
  #resolveStoreFailed;
  #port = 0;
  #bytesUploaded = 0;
  #isSelected = "nothing";
  #isAdopting;
  #closed = false;
  constructor(options) {
    const { torrent: torrent2, store, seeders } = options;
    this.#options = options;
    this.peerId = Buffer.from(this.#client.peerId, "hex");
    this.complete = new Promise((resolve3) => {
      this.#resolveComplete = resolve3;
    });
    this.storeFailed = new Promise((resolve3) => {
      this.#resolveStoreFailed = resolve3;
    });
    this.#roster = new PeerRoster(this.peerId, seeders);
    this.#blame = new PieceBlame((connection, piece) => this.#refuse(connection, piece));
    this.#acceptor = new Acceptor({
      key: null,
      wanted: (socket) => this.#roster.mayConnect(socket.remoteAddress ?? ""),
      onSocket: (socket) => this.#connect(socket, void 0)
    });
    this.#dialler = new Dialler({
      key: null,
      onSocket: (socket, address2) => this.#connect(socket, address2),
      isConnected: (address2) => this.#roster.isConnected(address2)
    });
    this.#store = new WebTorrentStore({
      torrent: torrent2,
      store,
      limiter: new RateLimiter(options.uploadLimitBytesPerSecond),
      onGood: (piece, bytes2) => this.#blame.good(piece, bytes2),
      onStored: () => this.#stored(),
      onFailed: (error2) => this.#fail(error2)
    });
    this.#isAdopting = store.adoption !== void 0;
    this.#torrent = this.#addTorrent();
    if (store.adoption !== void 0) this.#awaitAdoption(store.adoption);
    this.#ticker = setInterval(() => this.#torrent._update(), TICK_MS);
  }
  async start() {
    await this.#ready.promise;
    this.#client._connPool?.tcpServer.close();
    const { ports } = this.#options;
    if (ports !== null) this.#port = await this.#acceptor.listen(ports);
    for (const seeder of this.#options.seeders) this.#dialler.add(seeder, { always: true });
  }
  get port() {
    return this.#port;
  }
  addPeer(address2) {
    if (!this.#closed) this.#dialler.add(address2, { always: false });
  }
  addSeeder(address2) {
    this.#roster.addSeeder(address2);
    if (!this.#closed) this.#dialler.add(address2, { always: true });
  }
  stats() {
    return {
      ...this.#roster.bytesReceived,
      // It knows no zones: it fetches from whomever it finds.
      bytesFromOtherZones: 0,
      bytesUploaded: this.#bytesUploaded,
      peers: [...this.#connections.values()].filter(({ joined: joined2 }) => joined2).length,
      lastConnectError: this.#dialler.lastError
    };
  }
  async [Symbol.asyncDispose]() {
    this.#close();
    await this.#acceptor[Symbol.asyncDispose]();
    if (this.#client.destroyed) return;
    const destroyed = new Promise((resolve3) => this.#client.destroy(resolve3));
    const over = new AbortController();
    await Promise.race([destroyed, (0, import_promises2.setTimeout)(DESTROY_TIMEOUT_MS, void 0, { signal: over.signal })]);
    over.abort();
  }
  #close() {
    this.#closed = true;
    clearInterval(this.#ticker);
    this.#store.stop();
    this.#dialler.close();
    for (const { socket } of this.#connections.values()) socket.destroy();
  }
  #addTorrent() {
    const { store, torrent: torrent2 } = this.#options;
    this.#client.on("error", (error2) => this.#fail(error2));
    const added = this.#client.add(
      Buffer.concat([Buffer.from("d4:info"), infoDictionary(torrent2), Buffer.from("e")]),
      {
        preloadedStore: this.#store,
        storeCacheSlots: 0,
        // What our store has it has checked; of a part webtorrent reads one piece again, of all none.
        ...store.have.complete ? { skipVerify: true } : { bitfield: store.have.bytes },
        deselect: true,
        strategy: "sequential"
      }
    );
    added.on("error", (error2) => this.#fail(error2));
    added.on("warning", (warning) => this.#onWarning(messageOf(warning)));
    added.on("wire", (wire, address2) => this.#onWire(wire, address2 ?? ""));
    added.on("ready", () => {
      this.#stored();
      this.#ready.resolve();
    });
    return added;
  }
  // Connections.
  #connect(socket, dialled) {
    const { remoteAddress, remotePort } = socket;
    socket.on("error", () => socket.destroy());
    if (this.#closed || remoteAddress === void 0 || this.#connections.size >= CONNECTIONS_MAX) {
      socket.destroy();
      if (dialled !== void 0 && !this.#closed) this.#dialler.lost(dialled);
      return;
    }
    const id = `${remoteAddress}:${remotePort}`;
    const connection = {
      socket,
      dialled,
      remote: void 0,
      remoteHost: remoteAddress,
      joined: false
    };
    this.#connections.set(id, connection);
    socket.on("close", () => this.#disconnected(id, connection));
    this.#torrent.addPeer(Object.assign(socket, { id, connected: true }));
  }
  /** It has shaken hands. */
  #onWire(wire, id) {
    const connection = this.#connections.get(id);
    if (connection === void 0) {
      wire.destroy();
      return;
    }
    const peerId = Buffer.from(wire.peerId, "hex");
    connection.remote = { peerId };
    const admission = this.#roster.admit(connection, peerId);
    if (admission.kind === "unwelcome" && connection.dialled !== void 0)
      this.#dialler.refuse(connection.dialled);
    guardWire(wire, connection.socket);
    if (admission.kind !== "joins") {
      connection.socket.destroy();
      return;
    }
    admission.insteadOf?.socket.destroy();
    connection.joined = true;
    this.#blame.watch(wire, connection);
    wire.on("download", (bytes2) => this.#roster.received(peerId, bytes2));
    wire.on("upload", (bytes2) => {
      this.#bytesUploaded += bytes2;
    });
  }
  #disconnected(id, connection) {
    this.#connections.delete(id);
    this.#blame.left(connection);
    const addresses = this.#roster.leave(connection);
    if (this.#closed) return;
    for (const address2 of addresses) {
      if (this.#options.store.have.complete) this.#dialler.forget(address2);
      else this.#dialler.lost(address2);
    }
  }
  #refuse(connection, piece) {
    this.#options.log(`swarm: ${connection.remoteHost} sent piece ${piece} with a wrong hash and is banned`);
    this.#roster.ban(connection);
    if (connection.dialled !== void 0) this.#dialler.refuse(connection.dialled);
    connection.socket.destroy();
  }
  // Pieces.
  /** Webtorrent fetches whole pieces only: of what the store holds it uses the pieces that it holds all of. */
  #awaitAdoption(adoption) {
    adoption.listen((piece) => {
      if (this.#closed || this.#torrent.destroyed) return;
      this.#torrent._markVerified(piece);
      for (const wire of this.#torrent.wires) wire.have(piece);
    });
    adoption.over.then(
      () => {
        this.#isAdopting = false;
        this.#stored();
      },
      (error2) => this.#fail(error2)
    );
  }
  /** The first pieces before all others, as the store wants them. */
  #stored() {
    const { store, torrent: torrent2 } = this.#options;
    const { have, firstPieces } = store;
    if (have.complete) this.#resolveComplete();
    if (this.#closed || this.#torrent.destroyed || have.complete || this.#isSelected === "all") return;
    let firstLacking = 0;
    while (have.has(firstLacking)) firstLacking += 1;
    if (firstLacking >= firstPieces) {
      if (this.#isAdopting) return;
      this.#isSelected = "all";
      for (const [from, to] of shuffledRuns(firstLacking, pieceCount(torrent2)))
        this.#torrent._select(from, to, 0, void 0, true);
    } else if (this.#isSelected === "nothing") {
      this.#isSelected = "first pieces";
      this.#torrent.select(firstLacking, firstPieces - 1);
    }
  }
  #onWarning(warning) {
    const badPiece = /^Piece (\d+) failed verification$/.exec(warning)?.[1];
    if (badPiece === void 0) this.#options.log(`swarm: ${warning}`);
    else this.#blame.bad(Number(badPiece));
  }
  /** Without its store, or webtorrent itself, it is no peer any more. */
  #fail(error2) {
    this.#resolveStoreFailed(error2);
    this.#ready.reject(error2);
    this.#close();
  }
};
function shuffledRuns(from, end) {
  const length = Math.ceil((end - from) / RUNS_MAX);
  const runs = [];
  for (let first = from; first < end; first += length) runs.push([first, Math.min(end, first + length) - 1]);
  for (let at = runs.length - 1; at > 0; at--) {
    const other = Math.floor(Math.random() * (at + 1));
    [runs[at], runs[other]] = [runs[other], runs[at]];
  }
  return runs;
}

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
function prefixIssues(path4, issues) {
  return issues.map((iss) => {
    var _a2;
    (_a2 = iss).path ?? (_a2.path = []);
    iss.path.unshift(path4);
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
  const path4 = _path.map((seg) => typeof seg === "object" ? seg.key : seg);
  for (const seg of path4) {
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
var WAITING_MAX = 1e5;
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
      await new Promise((resolve3) => {
        this.#wake = resolve3;
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
        if (this.#waiting.length > WAITING_MAX)
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
var import_promises6 = require("node:dns/promises");
var import_promises7 = require("node:timers/promises");

// src/release/write-tar.ts
var import_node_crypto4 = require("node:crypto");
var import_promises4 = require("node:fs/promises");
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
function parentPath(path4) {
  if (path4 === ROOT_PATH) return void 0;
  const slash = path4.lastIndexOf("/");
  return slash === -1 ? ROOT_PATH : path4.slice(0, slash);
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
function findPathFault(path4) {
  if (!path4.isWellFormed() || path4.includes("\0")) return "has a name that no file can have";
  if (utf8Length(path4) > PATH_BYTES_MAX) return `is a path of more than ${PATH_BYTES_MAX} bytes`;
  for (const component of path4.split("/")) {
    if (component === "" || component === "." || component === "..") return "is not a plain relative path";
    if (utf8Length(component) > COMPONENT_BYTES_MAX)
      return `has a name of more than ${COMPONENT_BYTES_MAX} bytes`;
  }
  if (path4 === MANIFEST_MEMBER_NAME || path4.startsWith(`${MANIFEST_MEMBER_NAME}/`)) {
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
function describePath(path4) {
  const quoted = JSON.stringify(path4);
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
function diskError(thrown, doing, path4) {
  if (thrown instanceof MurmurationError) return thrown;
  const errno = errnoOf(thrown) ?? messageOf(thrown);
  if (DISK_FULL.has(errno)) {
    const what = errno === "EDQUOT" ? "the quota is used up" : "no space or no inode is left";
    return new MurmurationError("DISK_FULL", `${doing} ${describePath(path4)}: ${what} (${errno})`, {
      cause: thrown
    });
  }
  return new MurmurationError("DEPLOY_DIR_UNWRITABLE", `${doing} ${describePath(path4)}: ${reasonOf(errno)}`, {
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
function freeSpace(path4) {
  return spaceOf((0, import_node_fs.statfsSync)(path4));
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
function requireSpace(path4, needed, free = freeSpace(path4)) {
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
  throw new MurmurationError("DISK_FULL", `no room in ${describePath(path4)}: ${lacking2.join("; ")}`);
}

// src/release/time-slice.ts
var import_promises3 = require("node:timers/promises");
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
    await (0, import_promises3.setImmediate)();
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
async function writeTar(torrent2, store, path4, { signal, onProgress }) {
  const totalBytes = torrent2.lengthBytes;
  requireSpace((0, import_node_path.dirname)(path4), { bytes: totalBytes, inodes: 1 });
  const report = paced(onProgress);
  const slice = new TimeSlice(signal);
  const sha2562 = (0, import_node_crypto4.createHash)("sha256");
  const buffer = Buffer.allocUnsafe(torrent2.pieceLengthBytes);
  const file = await create(path4);
  try {
    for (let piece = 0; piece < pieceCount(torrent2); piece++) {
      signal.throwIfAborted();
      const bytes2 = buffer.subarray(0, pieceBytes(torrent2, piece));
      await store.readPiece(piece, bytes2);
      sha2562.update(bytes2);
      await writeWhole(file, bytes2, path4);
      report({ bytes: piece * torrent2.pieceLengthBytes + bytes2.length, totalBytes });
      if (slice.over) await slice.next();
    }
    report.flush();
    return sha2562.digest("hex");
  } finally {
    await file.close();
  }
}
async function create(path4) {
  try {
    return await (0, import_promises4.open)(path4, "wx", 384);
  } catch (error2) {
    throw cannotWrite(error2, path4);
  }
}
async function writeWhole(file, bytes2, path4) {
  let doneBytes = 0;
  try {
    while (doneBytes < bytes2.length) {
      doneBytes += (await file.write(bytes2, doneBytes)).bytesWritten;
    }
  } catch (error2) {
    throw cannotWrite(error2, path4);
  }
}
function cannotWrite(thrown, path4) {
  const error2 = diskError(thrown, "writing", path4);
  if (error2.code === "DISK_FULL") return error2;
  const why = errnoOf(thrown) ?? messageOf(thrown);
  return new MurmurationError("ARTIFACT_NOT_STORED", `cannot write ${describePath(path4)} (${why})`, {
    cause: thrown
  });
}

// src/swarm/announcer.ts
var import_node_http = require("node:http");
var import_promises5 = require("node:timers/promises");

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
    await (0, import_promises5.setTimeout)(pauseMs * (0.75 + 0.5 * Math.random()), void 0, { signal }).catch(() => {
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
  return new Promise((resolve3, reject) => {
    const request = (0, import_node_http.get)(url2, { signal, agent: false }, (response) => {
      const chunks = [];
      let bytes2 = 0;
      response.on("data", (chunk) => {
        chunks.push(chunk);
        bytes2 += chunk.length;
        if (bytes2 > RESPONSE_MAX_BYTES) request.destroy(new Error("the tracker's answer is too long"));
      });
      response.on("end", () => resolve3(Buffer.concat(chunks)));
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
var import_debug13 = __toESM(require_src(), 1);
var import_dgram = __toESM(require("dgram"), 1);
var import_events9 = __toESM(require("events"), 1);
var import_http2 = __toESM(require("http"), 1);

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
var import_unordered_array_remove4 = __toESM(require_unordered_array_remove(), 1);
var import_debug12 = __toESM(require_src(), 1);
var import_lru = __toESM(require_lru(), 1);
var import_random_iterate2 = __toESM(require_random_iterate(), 1);
var debug12 = (0, import_debug12.default)("bittorrent-tracker:swarm");
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
      debug12("unexpected `started` event from peer that is already in swarm");
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
      debug12("unexpected `stopped` event from peer that is not in swarm");
      return;
    }
    if (peer.complete) this.complete -= 1;
    else this.incomplete -= 1;
    if (peer.socket && !peer.socket.destroyed) {
      const index = peer.socket.infoHashes.indexOf(this.infoHash);
      (0, import_unordered_array_remove4.default)(peer.socket.infoHashes, index);
    }
    this.peers.remove(id);
  }
  _onAnnounceCompleted(params, peer, id) {
    if (!peer) {
      debug12("unexpected `completed` event from peer that is not in swarm");
      return this._onAnnounceStarted(params, peer, id);
    }
    if (peer.complete) {
      debug12("unexpected `completed` event from peer that is already completed");
      return this._onAnnounceUpdate(params, peer, id);
    }
    this.complete += 1;
    this.incomplete -= 1;
    peer.complete = true;
    this.peers.set(id, peer);
  }
  _onAnnounceUpdate(params, peer, id) {
    if (!peer) {
      debug12("unexpected `update` event from peer that is not in swarm");
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
      debug12("unexpected `paused` event from peer that is not in swarm");
      return this._onAnnounceStarted(params, peer, id);
    }
    this._onAnnounceUpdate(params, peer, id);
  }
  _getPeers(numwant, ownPeerId, isWebRTC) {
    const peers = [];
    const ite = (0, import_random_iterate2.default)(this.peers.keys);
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
var debug13 = (0, import_debug13.default)("bittorrent-tracker:server");
var hasOwnProperty = Object.prototype.hasOwnProperty;
var Server = class _Server extends import_events9.default {
  constructor(opts = {}) {
    super();
    debug13("new server %s", JSON.stringify(opts));
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
      this.http = import_http2.default.createServer(isObject2(opts.http) ? opts.http : void 0);
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
        this.http = import_http2.default.createServer();
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
        this.http = import_http2.default.createServer();
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
        debug13("listening");
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
    debug13("listen (port: %o hostname: %o)", port2, hostname);
    const httpPort = isObject2(port2) ? port2.http || 0 : port2;
    const udpPort = isObject2(port2) ? port2.udp || 0 : port2;
    const httpHostname = isObject2(hostname) ? hostname.http : hostname;
    const udp4Hostname = isObject2(hostname) ? hostname.udp : hostname;
    const udp6Hostname = isObject2(hostname) ? hostname.udp6 : hostname;
    if (this.http) this.http.listen(httpPort, httpHostname);
    if (this.udp4) this.udp4.bind(udpPort, udp4Hostname);
    if (this.udp6) this.udp6.bind(udpPort, udp6Hostname);
  }
  close(cb = noop4) {
    debug13("close");
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
        debug13("sent response %s to %s", JSON.stringify(response), params.peer_id);
      }
      if (Array.isArray(params.offers)) {
        debug13("got %s offers from %s", params.offers.length, params.peer_id);
        debug13("got %s peers from swarm %s", peers.length, params.info_hash);
        peers.forEach((peer, i) => {
          peer.socket.send(JSON.stringify({
            action: "announce",
            offer: params.offers[i].offer,
            offer_id: params.offers[i].offer_id,
            peer_id: hex2bin(params.peer_id),
            info_hash: hex2bin(params.info_hash)
          }), peer.socket.onSend);
          debug13("sent offer to %s from %s", peer.peerId, params.peer_id);
        });
      }
      const done = () => {
        if (params.action === common_default.ACTIONS.ANNOUNCE) {
          this.emit(common_default.EVENT_NAMES[params.event], params.peer_id, params);
        }
      };
      if (params.answer) {
        debug13("got answer %s from %s", JSON.stringify(params.answer), params.peer_id);
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
          debug13("sent answer to %s from %s", toPeer.peerId, params.peer_id);
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
    debug13("websocket close %s", socket.peerId);
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
    socket.onSend = noop4;
    socket.on("error", noop4);
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
    debug13("websocket error %s", err.message || err);
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
function noop4() {
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

// src/swarm/peer-id.ts
var MAKE = "-MU";
var CLIENT = `${MAKE}0100-`;
var NO_ZONE = "----";
var TAG_END = CLIENT.length + NO_ZONE.length;
function zoneOf(peerId) {
  if (peerId.indexOf(CLIENT) !== 0) return void 0;
  const tag = peerId.toString("latin1", CLIENT.length, TAG_END);
  return tag === NO_ZONE ? void 0 : tag;
}

// src/swarm/tracker-server.ts
var ANNOUNCE_INTERVAL_MS = 15e3;
var PEERS_MAX = 5e4;
var REQUEST_TIMEOUT_MS2 = 1e4;
var Tracker2 = class {
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
    const { http: http3 } = this.#server;
    if (http3 === null) throw new MurmurationError("INTERNAL", "the tracker has no HTTP server");
    http3.requestTimeout = REQUEST_TIMEOUT_MS2;
    http3.headersTimeout = REQUEST_TIMEOUT_MS2;
    http3.prependListener("request", (request, response) => {
      if (!request.url?.startsWith("/announce?")) response.writeHead(404).end();
    });
    return await listenInRange(http3, ports, "the tracker");
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
    await new Promise((resolve3) => this.#server.close(() => resolve3()));
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
  const path4 = (0, import_node_path2.join)(folder, "uplink");
  const open3 = /* @__PURE__ */ new Set();
  const server = (0, import_node_net5.createServer)((socket) => {
    open3.add(socket);
    socket.on("close", () => open3.delete(socket));
    socket.on("error", () => socket.destroy());
    onSocket(socket);
  });
  server.on("error", () => {
  });
  server.listen(path4);
  await (0, import_node_events3.once)(server, "listening");
  return {
    path: path4,
    async [Symbol.asyncDispose]() {
      for (const socket of open3) socket.destroy();
      await new Promise((resolve3) => server.close(resolve3));
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
var VERSION3 = 1;
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
  return `${JSON.stringify({ murmuration: VERSION3, entries })}
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
  const [type, path4, third, sizeBytes, sha2562] = fields;
  if (typeof path4 !== "string" || typeof third !== "string") return void 0;
  if (type === "l") return { type: "link", path: path4, target: third };
  const mode = Number.parseInt(third, 8);
  if (type === "d") return { type: "directory", path: path4, mode };
  if (type !== "f" || typeof sizeBytes !== "number" || typeof sha2562 !== "string") return void 0;
  return { type: "file", path: path4, mode, sizeBytes, sha256: sha2562 };
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
  async read(path4, sizeBytes, onChunk, check) {
    const fd = (0, import_node_fs3.openSync)(path4, OPEN_FOR_READING);
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
var CONTENT_PIECES_MAX = PIECES_MAX - 1;
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
    `piece-length ${pieceLengthBytes / 1024}KiB makes ${Math.ceil(lengthBytes / pieceLengthBytes)} pieces of this release, and at most ${PIECES_MAX} are possible: ${advice}`
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
  unsupported(path4, why) {
    this.#add("SOURCE_UNSUPPORTED", `${describePath(path4)} ${why}`);
  }
  unsupportedBytes(prefix, name, why) {
    const printable = name.toString("latin1").replace(/[^ -~]|["\\]/g, (character) => {
      return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
    });
    this.#add("SOURCE_UNSUPPORTED", `"${JSON.stringify(prefix).slice(1, -1)}${printable}" ${why}`);
  }
  unreadable(path4, cause) {
    const errno = errnoOf(cause);
    if (errno === void 0) throw cause;
    if (errno === "ENAMETOOLONG") this.unsupported(path4, "is a path too long for this system");
    else if (path4 !== ROOT_PATH && (errno === "ENOENT" || errno === "ENOTDIR")) {
      this.#add("SOURCE_CHANGED", `${describePath(path4)} vanished while it was scanned`);
    } else {
      const why = errno === "EACCES" ? "permission denied" : errno;
      this.#add("SOURCE_UNREADABLE", `${describePath(path4)} cannot be read (${why})`);
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
async function scanTree(path4, options) {
  const real = realPathOf(path4);
  const stats = (0, import_node_fs4.statSync)(real, { bigint: true });
  if (stats.isDirectory()) return scanDirectory(real, stats, options);
  const name = (0, import_node_path3.basename)((0, import_node_path3.resolve)(path4));
  const faults = new ScanFaults();
  if (!stats.isFile()) faults.unsupported(name, kindOf(stats));
  const nameFault = findPathFault(name);
  if (nameFault !== void 0) faults.unsupported(name, nameFault);
  faults.throwIfAny(path4);
  return {
    locate: () => real,
    entries: [{ type: "directory", path: ROOT_PATH, mode: SINGLE_FILE_ROOT_MODE }, fileEntry(name, stats)]
  };
}
function realPathOf(path4) {
  try {
    return (0, import_node_fs4.realpathSync)(path4);
  } catch (cause) {
    const why = errnoOf(cause) === "ENOENT" ? "it does not exist" : `it cannot be reached (${errnoOf(cause)})`;
    throw new MurmurationError("SOURCE_UNREADABLE", `cannot read path ${describePath(path4)}: ${why}`, {
      cause
    });
  }
}
async function scanDirectory(root, rootStats, options) {
  const excluded = excludeFilter(options.exclude);
  const faults = new ScanFaults();
  const slice = new TimeSlice(options.signal);
  const locate = (path4) => path4 === ROOT_PATH ? root : `${root}/${path4}`;
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
  const path4 = `${prefix}${name.toString()}`;
  if (!(0, import_node_buffer.isUtf8)(name)) {
    if (!excluded(path4, false) && !excluded(path4, true)) {
      faults.unsupportedBytes(prefix, name, "has a name that is not UTF-8");
    }
    return void 0;
  }
  try {
    const stats = (0, import_node_fs4.lstatSync)(locate(path4), { bigint: true });
    if (excluded(path4, stats.isDirectory())) return void 0;
    const fault = findPathFault(path4);
    if (fault !== void 0) faults.unsupported(path4, fault);
    else if (stats.isDirectory()) return { type: "directory", path: path4, mode: modeOf(stats) };
    else if (stats.isFile()) return fileEntry(path4, stats);
    else if (stats.isSymbolicLink()) return linkEntry(path4, locate(path4), faults);
    else faults.unsupported(path4, kindOf(stats));
  } catch (cause) {
    faults.unreadable(path4, cause);
  }
  return void 0;
}
function fileEntry(path4, stats) {
  return { type: "file", path: path4, mode: modeOf(stats), identity: identityOf(stats) };
}
function linkEntry(path4, location, faults) {
  const target = (0, import_node_fs4.readlinkSync)(location, { encoding: "buffer" });
  if ((0, import_node_buffer.isUtf8)(target)) return { type: "link", path: path4, target: target.toString() };
  faults.unsupported(path4, "is a link whose target is not UTF-8");
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
  return (path4, isDirectory) => rules.ignores(isDirectory ? `${path4}/` : path4);
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
      onPiece: (piece, sha13) => {
        if (sha13 !== void 0) this.#hashes.set(sha13, piece * PIECE_HASH_BYTES);
      }
    });
  }
};

// src/release/pack.ts
var UNKNOWN_SHA256 = "0".repeat(64);
var EMPTY_SHA256 = (0, import_node_crypto7.createHash)("sha256").digest("hex");
async function packTree(path4, options) {
  const report = paced(options.onProgress);
  const scanned = await scanTree(path4, {
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
      const { type, path: path4, mode, identity } = entry;
      return { type, path: path4, mode, sizeBytes: identity.sizeBytes, sha256: UNKNOWN_SHA256 };
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
    const sha13 = (0, import_node_crypto8.createHash)("sha1").update(into.subarray(0, lengthBytes)).digest();
    if (sha13.equals(pieceHash(torrent2, piece))) return;
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
      onPiece: (piece, sha13) => {
        if (!sha13?.equals(pieceHash(torrent2, piece))) throw notTheTar(`its piece ${piece} is another`);
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
async function prove({ path: path4, torrent: torrent2, manifest }, { signal, onProgress }) {
  const proof = new TarProof(torrent2, await readLayout(path4, manifest, torrent2.pieceLengthBytes));
  const report = paced(onProgress);
  const totalBytes = torrent2.lengthBytes;
  let bytes2 = 0;
  const readBytes = await new FileReader(new TimeSlice(signal)).read(
    path4,
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
async function readLayout(path4, manifest, pieceLengthBytes) {
  const { offsetBytes, lengthBytes } = manifestRange(manifest.lengthBytes);
  if (lengthBytes > MANIFEST_BYTES_MAX) throw notTheTar(`a manifest has at most ${MANIFEST_BYTES_MAX} bytes`);
  const text2 = Buffer.alloc(lengthBytes);
  const fd = (0, import_node_fs8.openSync)(path4, OPEN_FOR_READING);
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
    const sha13 = (0, import_node_crypto10.createHash)("sha1").update(bytes2).digest();
    if (readBytes === bytes2.length && sha13.equals(pieceHash(torrent2, piece))) return;
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
async function pack2({ path: path4, exclude, pieceLengthBytes }, { commands, send }) {
  const onProgress = rarely(
    (progress2) => send({ type: "packing", ...progress2 })
  );
  const packed2 = await packTree(path4, { exclude, pieceLengthBytes, signal: commands.signal, onProgress });
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
async function openTar({ path: path4, torrent: text2, manifest }, { commands, send }) {
  const { torrent: torrent2, digests } = torrentFromText(text2);
  const onProgress = rarely(
    (progress2) => send({ type: "packing", files: 0, ...progress2 })
  );
  const store = await openTarStore({ path: path4, torrent: torrent2, manifest }, { signal: commands.signal, onProgress });
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
async function write3({ torrent: torrent2, store }, path4, { commands, send }) {
  const onProgress = rarely(
    (progress2) => send({ type: "writing", ...progress2 })
  );
  const sha2562 = await writeTar(torrent2, store, path4, { signal: commands.signal, onProgress });
  await send({ type: "written", sizeBytes: torrent2.lengthBytes, sha256: sha2562 });
}
async function seed2({ torrent: torrent2, digests, store }, serve2, conversation, startEngine) {
  var _stack = [];
  try {
    const { send, log } = conversation;
    const announceAs = await addressOf(serve2.announceHost, "announce-address");
    const tracker = __using(_stack, new Tracker2(digests.infoHash, log), true);
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
    const tracker = __using(_stack, new Tracker2(infoHash2, conversation.log), true);
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
      await (0, import_promises7.setTimeout)(LOOKUP_PAUSE_MS * attempt, void 0, { signal }).catch(() => {
      });
    }
  }
}
function peakMemoryBytes() {
  return process.resourceUsage().maxRSS * 1024;
}
async function addressOf(host, where) {
  try {
    return (await (0, import_promises6.lookup)(host)).address;
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

// src/origin/main-webtorrent.ts
void runOrigin(startWebTorrentEngine);
