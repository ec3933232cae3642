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
        function debug12(...args) {
          if (!debug12.enabled) {
            return;
          }
          const self = debug12;
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
        debug12.namespace = namespace;
        debug12.useColors = createDebug.useColors();
        debug12.color = createDebug.selectColor(namespace);
        debug12.extend = extend3;
        debug12.destroy = createDebug.destroy;
        Object.defineProperty(debug12, "enabled", {
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
          createDebug.init(debug12);
        }
        return debug12;
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
    exports2.log = log2;
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
    function log2(...args) {
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
    function init(debug12) {
      debug12.inspectOpts = {};
      const keys = Object.keys(exports2.inspectOpts);
      for (let i = 0; i < keys.length; i++) {
        debug12.inspectOpts[keys[i]] = exports2.inspectOpts[keys[i]];
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
    function write3(buffer, string3, offset, length, encoding) {
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
      write: write3,
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
    var { EventEmitter: EventEmitter9 } = require_default();
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
        if (cb) this.stream.on("error", noop4);
        if (isStreamx(pipeTo)) {
          pipeTo._writableState.pipeline = this.pipeline;
          if (cb) pipeTo.on("error", noop4);
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
    var Stream = class extends EventEmitter9 {
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
    var Readable4 = class _Readable extends Stream {
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
          pipeline4(src, out, noop4);
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
    var Duplex3 = class extends Readable4 {
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
        return pipeline4(...streams, (err) => {
          if (err) return reject(err);
          resolve3();
        });
      });
    }
    function pipeline4(stream, ...streams) {
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
    function noop4() {
    }
    function abort() {
      this.destroy(StreamError.ABORTED());
    }
    function isWritev(s) {
      return s._writev !== Writable.prototype._writev && s._writev !== Duplex3.prototype._writev;
    }
    module2.exports = {
      pipeline: pipeline4,
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
      Readable: Readable4,
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
    module2.exports = remove2;
    function remove2(arr, i) {
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
    module2.exports = function isFile3(path4, cb) {
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
    module2.exports = wrappy(once8);
    module2.exports.strict = wrappy(onceStrict);
    once8.proto = once8(function() {
      Object.defineProperty(Function.prototype, "once", {
        value: function() {
          return once8(this);
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
    function once8(fn) {
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
      removeTokens: function(count2, callback) {
        var self = this;
        if (!this.bucketSize) {
          process.nextTick(callback.bind(null, null, count2, Number.POSITIVE_INFINITY));
          return true;
        }
        if (count2 > this.bucketSize) {
          process.nextTick(callback.bind(null, "Requested tokens " + count2 + " exceeds bucket size " + this.bucketSize, null));
          return false;
        }
        this.drip();
        if (count2 > this.content)
          return comeBackLater();
        if (this.parentBucket) {
          return this.parentBucket.removeTokens(count2, function(err, remainingTokens) {
            if (err) return callback(err, null);
            if (count2 > self.content)
              return comeBackLater();
            self.content -= count2;
            callback(null, Math.min(remainingTokens, self.content));
          });
        } else {
          this.content -= count2;
          process.nextTick(callback.bind(null, null, this.content));
          return true;
        }
        function comeBackLater() {
          var waitInterval = Math.ceil(
            (count2 - self.content) * (self.interval / self.tokensPerInterval)
          );
          setTimeout(function() {
            self.removeTokens(count2, callback);
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
      tryRemoveTokens: function(count2) {
        if (!this.bucketSize)
          return true;
        if (count2 > this.bucketSize)
          return false;
        this.drip();
        if (count2 > this.content)
          return false;
        if (this.parentBucket && !this.parentBucket.tryRemoveTokens(count2))
          return false;
        this.content -= count2;
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
      removeTokens: function(count2, callback) {
        if (count2 > this.tokenBucket.bucketSize) {
          process.nextTick(callback.bind(
            null,
            "Requested tokens " + count2 + " exceeds maximum tokens per interval " + this.tokenBucket.bucketSize,
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
        if (count2 > this.tokenBucket.tokensPerInterval - this.tokensThisInterval) {
          if (this.fireImmediately) {
            process.nextTick(callback.bind(null, null, -1));
          } else {
            var waitInterval = Math.ceil(
              this.curIntervalStart + this.tokenBucket.interval - now
            );
            setTimeout(function() {
              self.tokenBucket.removeTokens(count2, afterTokensRemoved);
            }, waitInterval);
          }
          return false;
        }
        return this.tokenBucket.removeTokens(count2, afterTokensRemoved);
        function afterTokensRemoved(err, tokensRemaining) {
          if (err) return callback(err, null);
          self.tokensThisInterval += count2;
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
      tryRemoveTokens: function(count2) {
        if (count2 > this.tokenBucket.bucketSize)
          return false;
        var now = getMilliseconds();
        if (now < this.curIntervalStart || now - this.curIntervalStart >= this.tokenBucket.interval) {
          this.curIntervalStart = now;
          this.tokensThisInterval = 0;
        }
        if (count2 > this.tokenBucket.tokensPerInterval - this.tokensThisInterval)
          return false;
        var removed = this.tokenBucket.tryRemoveTokens(count2);
        if (removed) {
          this.tokensThisInterval += count2;
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
    var { EventEmitter: EventEmitter9 } = require("events");
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
        this._emitter = new EventEmitter9();
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
    var { EventEmitter: EventEmitter9 } = require_default();
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
        if (cb) this.stream.on("error", noop4);
        if (isStreamx(pipeTo)) {
          pipeTo._writableState.pipeline = this.pipeline;
          if (cb) pipeTo.on("error", noop4);
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
    var Stream = class extends EventEmitter9 {
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
    var Readable4 = class _Readable extends Stream {
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
          pipeline4(src, out, noop4);
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
    var Duplex3 = class extends Readable4 {
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
        return pipeline4(...streams, (err) => {
          if (err) return reject(err);
          resolve3();
        });
      });
    }
    function pipeline4(stream, ...streams) {
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
    function noop4() {
    }
    function abort() {
      this.destroy(StreamError.ABORTED());
    }
    function isWritev(s) {
      return s._writev !== Writable.prototype._writev && s._writev !== Duplex3.prototype._writev;
    }
    module2.exports = {
      pipeline: pipeline4,
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
      Readable: Readable4,
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
    module2.exports = LRU;
    function LRU(opts) {
      if (!(this instanceof LRU)) return new LRU(opts);
      if (typeof opts === "number") opts = { max: opts };
      if (!opts) opts = {};
      events.EventEmitter.call(this);
      this.cache = {};
      this.head = this.tail = null;
      this.length = 0;
      this.max = opts.max || 1e3;
      this.maxAge = opts.maxAge || 0;
    }
    inherits(LRU, events.EventEmitter);
    Object.defineProperty(LRU.prototype, "keys", {
      get: function() {
        return Object.keys(this.cache);
      }
    });
    LRU.prototype.clear = function() {
      this.cache = {};
      this.head = this.tail = null;
      this.length = 0;
    };
    LRU.prototype.remove = function(key) {
      if (typeof key !== "string") key = "" + key;
      if (!this.cache.hasOwnProperty(key)) return;
      var element = this.cache[key];
      delete this.cache[key];
      this._unlink(key, element.prev, element.next);
      return element.value;
    };
    LRU.prototype._unlink = function(key, prev, next) {
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
    LRU.prototype.peek = function(key) {
      if (!this.cache.hasOwnProperty(key)) return;
      var element = this.cache[key];
      if (!this._checkAge(key, element)) return;
      return element.value;
    };
    LRU.prototype.set = function(key, value) {
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
    LRU.prototype._checkAge = function(key, element) {
      if (this.maxAge && Date.now() - element.modified > this.maxAge) {
        this.remove(key);
        this.emit("evict", { key, value: element.value });
        return false;
      }
      return true;
    };
    LRU.prototype.get = function(key) {
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
    LRU.prototype.evict = function() {
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
    var LRU = require_lru();
    var queueMicrotask9 = require_queue_microtask();
    var CacheStore = class {
      constructor(store, opts) {
        this.store = store;
        this.chunkLength = store.chunkLength;
        this.inProgressGets = /* @__PURE__ */ new Map();
        if (!this.store || !this.store.get || !this.store.put) {
          throw new Error("First argument must be abstract-chunk-store compliant");
        }
        this.cache = new LRU(opts);
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
    var EventEmitter9 = require("events");
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
    module2.exports = class RandomAccessStorage extends EventEmitter9 {
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
        if (!cb) cb = noop4;
        this.run(new Request2(this, WRITE_OP, offset, data.length, data, cb), true);
      }
      _write(req) {
        return NOT_WRITABLE(req);
      }
      del(offset, size, cb) {
        if (!cb) cb = noop4;
        this.run(new Request2(this, DEL_OP, offset, size, null, cb), true);
      }
      _del(req) {
        return NOT_DELETABLE(req);
      }
      truncate(offset, cb) {
        if (!cb) cb = noop4;
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
        if (!cb) cb = noop4;
        if (this.opened && !this._needsOpen) return nextTickCallback(cb);
        this._needsOpen = false;
        queueAndRun(this, new Request2(this, OPEN_OP, 0, 0, null, cb));
      }
      _open(req) {
        return DEFAULT_OPEN(req);
      }
      suspend(cb) {
        if (!cb) cb = noop4;
        if (this.closed || this.suspended) return nextTickCallback(cb);
        this._needsOpen = true;
        queueAndRun(this, new Request2(this, SUSPEND_OP, 0, 0, null, cb));
      }
      _suspend(req) {
        this._close(req);
      }
      close(cb) {
        if (!cb) cb = noop4;
        if (this.closed) return nextTickCallback(cb);
        queueAndRun(this, new Request2(this, CLOSE_OP, 0, 0, null, cb));
      }
      _close(req) {
        return DEFAULT_CLOSE(req);
      }
      unlink(cb) {
        if (!cb) cb = noop4;
        if (!this.closed) this.close(noop4);
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
        if (this._needsOpen) this.open(noop4);
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
    function noop4() {
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
    var constants7 = require_constants();
    var symbols = {
      [constants7.EQ]: "=",
      [constants7.LT]: "<",
      [constants7.LTE]: "<=",
      [constants7.GT]: ">",
      [constants7.GTE]: ">="
    };
    module2.exports = class Comparator {
      constructor(operator, version2) {
        this.operator = operator;
        this.version = version2;
      }
      test(version2) {
        const result = version2.compare(this.version);
        switch (this.operator) {
          case constants7.LT:
            return result < 0;
          case constants7.LTE:
            return result <= 0;
          case constants7.GT:
            return result > 0;
          case constants7.GTE:
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
    var constants7 = require_constants();
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
          let operator = constants7.EQ;
          let caret = false;
          let tilde = false;
          if (c === "<") {
            operator = constants7.LT;
            c = input[++i];
            if (c === "=") {
              operator = constants7.LTE;
              c = input[++i];
            }
          } else if (c === ">") {
            operator = constants7.GT;
            c = input[++i];
            if (c === "=") {
              operator = constants7.GTE;
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
          if (c === "-" && input[i + 1] === " " && operator === constants7.EQ && !caret && !tilde) {
            c = input[++i];
            while (c === " ") c = input[++i];
            state2.position = i;
            const high = Version.parse(input, state2);
            c = input[i = state2.position];
            set.push(new Comparator(constants7.GTE, lower));
            if (state2.precision === 3) {
              set.push(new Comparator(constants7.LTE, high));
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
            } else if (operator === constants7.EQ) {
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
      return new Comparator(constants7.LT, new Version(major, minor, patch, { prerelease: ["0"] }));
    }
    function expandPartial(version2, precision) {
      if (precision === 0) return [new Comparator(constants7.GTE, new Version(0, 0, 0))];
      if (precision === 3) return [new Comparator(constants7.EQ, version2)];
      const set = [new Comparator(constants7.GTE, version2)];
      if (precision === 1) set.push(upper(version2.major + 1, 0, 0));
      else set.push(upper(version2.major, version2.minor + 1, 0));
      return set;
    }
    function expandCaret(version2, precision) {
      if (precision === 0) return [new Comparator(constants7.GTE, new Version(0, 0, 0))];
      const { major, minor, patch } = version2;
      const set = [new Comparator(constants7.GTE, version2)];
      if (major !== 0) set.push(upper(major + 1, 0, 0));
      else if (precision === 1) set.push(upper(1, 0, 0));
      else if (minor !== 0) set.push(upper(0, minor + 1, 0));
      else if (precision === 2) set.push(upper(0, 1, 0));
      else set.push(upper(0, 0, patch + 1));
      return set;
    }
    function expandTilde(version2, precision) {
      if (precision === 0) return [new Comparator(constants7.GTE, new Version(0, 0, 0))];
      const { major, minor } = version2;
      const set = [new Comparator(constants7.GTE, version2)];
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
        const relative2 = keys.filter((key) => key.startsWith(".")).length;
        if (relative2 !== 0 && relative2 !== keys.length) {
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
    exports2.directory = function* (dirname9, parentURL, opts = {}) {
      const { directories = false } = opts;
      if (hasOpaquePath(parentURL)) return UNRESOLVED;
      let directoryURL;
      if (dirname9[dirname9.length - 1] === "/" || dirname9[dirname9.length - 1] === "\\") {
        directoryURL = new URL(dirname9, parentURL);
      } else {
        directoryURL = new URL(dirname9 + "/", parentURL);
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
    exports2.directory = function* (dirname9, version2, parentURL, opts = {}) {
      const {
        host = null,
        // Shorthand for single host resolution
        hosts = host !== null ? [host] : [],
        builtins = [],
        matchedConditions = []
      } = opts;
      if (hasOpaquePath(parentURL)) return UNRESOLVED;
      let directoryURL;
      if (dirname9[dirname9.length - 1] === "/" || dirname9[dirname9.length - 1] === "\\") {
        directoryURL = new URL(dirname9, parentURL);
      } else {
        directoryURL = new URL(dirname9 + "/", parentURL);
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
    var constants7 = fs4.constants;
    var fsext = null;
    try {
      fsext = require_fs_native_extensions();
    } catch {
    }
    var RDWR = constants7.O_RDWR;
    var RDONLY = constants7.O_RDONLY;
    var WRONLY = constants7.O_WRONLY;
    var CREAT = constants7.O_CREAT;
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
        const create = this._alwaysCreate || this.writing;
        const self = this;
        const mode = this.mode | (create ? CREAT : 0);
        if (create) fs4.mkdir(path4.dirname(this.filename), { recursive: true }, ondir);
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
        state(callback || noop4);
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
    function noop4() {
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
    var once8 = require_once();
    var noop4 = function() {
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
      callback = once8(callback || noop4);
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
    var once8 = require_once();
    var eos = require_end_of_stream();
    var fs4;
    try {
      fs4 = require("fs");
    } catch (e) {
    }
    var noop4 = function() {
    };
    var ancient = typeof process === "undefined" ? false : /^v?\.0/.test(process.version);
    var isFn = function(fn) {
      return typeof fn === "function";
    };
    var isFS = function(stream) {
      if (!ancient) return false;
      if (!fs4) return false;
      return (stream instanceof (fs4.ReadStream || noop4) || stream instanceof (fs4.WriteStream || noop4)) && isFn(stream.close);
    };
    var isRequest = function(stream) {
      return stream.setHeader && isFn(stream.abort);
    };
    var destroyer = function(stream, reading, writing2, callback) {
      callback = once8(callback);
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
        if (isFS(stream)) return stream.close(noop4);
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
      var callback = isFn(streams[streams.length - 1] || noop4) && streams.pop() || noop4;
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
    function noop4() {
    }
    if (typeof handler.onHandshake !== "function") {
      handler.onHandshake = noop4;
    }
    if (typeof handler.onExtendedHandshake !== "function") {
      handler.onExtendedHandshake = noop4;
    }
    if (typeof handler.onMessage !== "function") {
      handler.onMessage = noop4;
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
    let count2 = 0;
    for (let index = 0; index < this.pieces.length; index++) {
      if (this.bitfield.get(index)) {
        count2 += 1;
        if (count2 > threshold) return true;
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
var AUTO_MIN_BYTES = 64 * 1024;
var PIECES_WANTED = [
  { upToPieceLengthBytes: 4 * 1024 * 1024, pieces: 724 },
  { upToPieceLengthBytes: PIECE_LENGTH_MAX_BYTES, pieces: 2048 }
];
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
  const write3 = wire._write;
  wire._write = (bytes2, done) => {
    if (socket.destroyed) {
      done(null);
      return;
    }
    if (wire._readableState.buffered > UNREAD_MAX_BYTES) socket.destroy();
    try {
      write3.call(wire, bytes2, done);
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
  let count2 = units;
  for (let i = 0; i < units - 1; i++) {
    if ((str.charCodeAt(i) & 64512) === 55296 && (str.charCodeAt(i + 1) & 64512) === 56320) {
      count2--;
      i++;
    }
  }
  return count2;
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
var uuid = (version2) => {
  if (!version2)
    return /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$/;
  return new RegExp(`^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-${version2}[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12})$`);
};
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
var $ZodUUID = /* @__PURE__ */ $constructor("$ZodUUID", (inst, def) => {
  if (def.version) {
    const versionMap = {
      v1: 1,
      v2: 2,
      v3: 3,
      v4: 4,
      v5: 5,
      v6: 6,
      v7: 7,
      v8: 8
    };
    const v = versionMap[def.version];
    if (v === void 0)
      throw new Error(`Invalid UUID version: "${def.version}"`);
    def.pattern ?? (def.pattern = uuid(v));
  } else
    def.pattern ?? (def.pattern = uuid());
  $ZodStringFormat.init(inst, def);
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
function urlHostnameOk(url2, hostname2) {
  hostname2.lastIndex = 0;
  return hostname2.test(url2.hostname);
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
  const isObject2 = isObject;
  const catchall = def.catchall;
  let value;
  const memo = globalConfig.memoizer;
  memo?.attach(inst);
  inst._zod.parse = (payload, ctx) => {
    value ?? (value = _normalized.value);
    const input = payload.value;
    if (!isObject2(input)) {
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
function handleOptionalResult(payload, result) {
  payload.value = result.issues.length ? void 0 : result.value;
  return payload;
}
var $ZodOptional = /* @__PURE__ */ $constructor("$ZodOptional", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
  inst._zod.optout = "optional";
  defineLazyInternal(inst, "values", (zod) => {
    const values = zod.def.innerType._zod.values;
    return values ? /* @__PURE__ */ new Set([...values, void 0]) : void 0;
  });
  defineLazyInternal(inst, "pattern", (zod) => {
    const pattern = zod.def.innerType._zod.pattern;
    return pattern ? new RegExp(`^(${cleanRegex(pattern.source)})?$`) : void 0;
  });
  inst._zod.parse = (payload, ctx) => {
    if (payload.value === void 0) {
      if (def.innerType._zod.optin !== "defaulted")
        return payload;
      const result = def.innerType._zod.run({ value: payload.value, issues: [] }, ctx);
      if (result instanceof Promise)
        return result.then((result2) => handleOptionalResult(payload, result2));
      return handleOptionalResult(payload, result);
    }
    return def.innerType._zod.run(payload, ctx);
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
function _uuid(Class, params) {
  return new Class({
    type: "string",
    format: "uuid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
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
var ZodMiniUUID = /* @__PURE__ */ $constructor("ZodMiniUUID", (inst, def) => {
  $ZodUUID.init(inst, def);
  ZodMiniStringFormat.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function uuid2(params) {
  return _uuid(ZodMiniUUID, params);
}
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
var ZodMiniOptional = /* @__PURE__ */ $constructor("ZodMiniOptional", (inst, def) => {
  $ZodOptional.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function optional(innerType) {
  return new ZodMiniOptional({
    type: "optional",
    innerType
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
      const others2 = this.#waiting.filter((command) => command.type !== type);
      this.#waiting.splice(0, this.#waiting.length, ...others2);
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
  const log2 = (line) => void process.stderr.write(`${line}
`);
  let exitCode = 0;
  try {
    await converse2({ commands, send: (message) => channel.send(message), log: log2 });
  } catch (error2) {
    exitCode = 1;
    const { code, message } = asMurmurationError(error2);
    if (code === "INTERNAL") log2(error2 instanceof Error ? error2.stack ?? error2.message : messageOf(error2));
    await channel.send(failedMessage(code, bounded(message)));
  }
  process.stdout.end(() => process.exit(exitCode));
  setTimeout(() => process.exit(exitCode), STOP_GRACE_MS).unref();
}

// src/agent/deploy.ts
var import_node_os4 = require("node:os");
var import_node_path14 = require("node:path");

// src/release/activate.ts
var import_node_fs5 = require("node:fs");
var import_node_path5 = require("node:path");

// src/release/current-link.ts
var import_node_fs = require("node:fs");
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

// src/release/current-link.ts
function readCurrent(deployDir) {
  try {
    const stats = (0, import_node_fs.lstatSync)(deployDir.current);
    if (!stats.isSymbolicLink()) return { kind: "occupied", by: stats.isDirectory() ? "directory" : "file" };
  } catch (error2) {
    if (errnoOf(error2) === "ENOENT" || errnoOf(error2) === "ENOTDIR") return { kind: "none" };
    throw error2;
  }
  const target = (0, import_node_fs.readlinkSync)(deployDir.current);
  const absolute = (0, import_node_path.resolve)(deployDir.root, target);
  if ((0, import_node_path.dirname)(absolute) === (0, import_node_path.resolve)(deployDir.releases))
    return { kind: "release", release: (0, import_node_path.basename)(absolute) };
  const real = realpathIfAny(deployDir.current);
  if ((0, import_node_path.dirname)(real) === realpathIfAny(deployDir.releases))
    return { kind: "release", release: (0, import_node_path.basename)(real) };
  return { kind: "elsewhere", target };
}
function realpathIfAny(path4) {
  try {
    return (0, import_node_fs.realpathSync)(path4);
  } catch {
    return path4;
  }
}

// src/release/durable-file.ts
var import_node_fs2 = require("node:fs");
var import_promises3 = require("node:fs/promises");
var import_node_path2 = require("node:path");
function replaceFile(path4, content) {
  const temporary = `${path4}.${process.pid}.new`;
  (0, import_node_fs2.writeFileSync)(temporary, content);
  (0, import_node_fs2.renameSync)(temporary, path4);
}
async function replaceFileDurably(path4, content) {
  const temporary = `${path4}.${process.pid}.new`;
  await (0, import_promises3.writeFile)(temporary, content, { flush: true, mode: 420 });
  (0, import_node_fs2.renameSync)(temporary, path4);
  await syncDirectory((0, import_node_path2.dirname)(path4));
}
async function syncDirectory(path4) {
  const directory = await (0, import_promises3.open)(path4, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

// src/release/held-release.ts
var import_node_fs4 = require("node:fs");
var import_node_path4 = require("node:path");

// src/core/manifest-text.ts
var import_node_crypto4 = require("node:crypto");
var MANIFEST_BYTES_MAX = 256 * 1024 * 1024;
var MANIFEST_ENTRIES_MAX = 2e6;
var VERSION3 = 1;
var NEWLINE = 10;
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
  return (0, import_node_crypto4.createHash)("sha256").update(text2).digest("hex");
}
function parseManifest(text2) {
  if (text2.length > MANIFEST_BYTES_MAX) throw violated(`it is longer than ${MANIFEST_BYTES_MAX} bytes`);
  const entries = [];
  let count2 = -1;
  for (const line of lines2(text2)) {
    if (count2 === -1) {
      count2 = parseHeader(line);
      continue;
    }
    if (entries.length === count2) throw violated("it has more entries than it says");
    const entry = tryParseEntry(line);
    if (entry === void 0) throw violated(`line ${entries.length + 2} is no entry`);
    entries.push(entry);
  }
  if (entries.length !== count2) throw violated("it has fewer entries than it says");
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
  const count2 = isRecord(header) ? header.entries : void 0;
  if (typeof count2 !== "number" || headerLine(count2) !== line) throw violated("its first line is unknown");
  if (!Number.isInteger(count2) || count2 < 0 || count2 > MANIFEST_ENTRIES_MAX) {
    throw violated(`it has more than ${MANIFEST_ENTRIES_MAX} entries`);
  }
  return count2;
}
function tryParseEntry(line) {
  const fields = tryParseJson(line);
  if (!Array.isArray(fields)) return void 0;
  const entry = toEntry(fields);
  return entry !== void 0 && entryLine(entry) === line ? entry : void 0;
}
function toEntry(fields) {
  const [type, path4, third, sizeBytes, sha2563] = fields;
  if (typeof path4 !== "string" || typeof third !== "string") return void 0;
  if (type === "l") return { type: "link", path: path4, target: third };
  const mode = Number.parseInt(third, 8);
  if (type === "d") return { type: "directory", path: path4, mode };
  if (type !== "f" || typeof sizeBytes !== "number" || typeof sha2563 !== "string") return void 0;
  return { type: "file", path: path4, mode, sizeBytes, sha256: sha2563 };
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
  const extension = Buffer.from(records);
  const blocks = Buffer.alloc(TAR_BLOCK_BYTES + paddedBytes(extension.length) + TAR_BLOCK_BYTES);
  blocks.set(ustarBlock(PAX_NAME, "", extension.length, 420, "x"), 0);
  blocks.set(extension, TAR_BLOCK_BYTES);
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
function fillAfterManifest(manifestLengthBytes, lastPiece) {
  lastPiece.fill(EMPTY_LINE, lastPiece.length - bytesAfterManifest(manifestLengthBytes, lastPiece.length));
}
function bytesAfterManifest(manifestLengthBytes, pieceLengthBytes) {
  const pieces = manifestPieces(manifestLengthBytes, pieceLengthBytes);
  return pieces * pieceLengthBytes - MANIFEST_OFFSET_BYTES - manifestLengthBytes;
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

// src/release/placed-manifest.ts
function readPlacedManifest(text2, sha2563, torrent2) {
  if (manifestDigest(text2) !== sha2563) {
    throw new MurmurationError(
      "CONTRACT_VIOLATED",
      "the release's manifest is not the one that the plan names"
    );
  }
  const manifest = parseManifest(text2);
  const layout = new TarLayout(manifest, text2, torrent2.pieceLengthBytes);
  if (layout.lengthBytes !== torrent2.lengthBytes) {
    throw new MurmurationError(
      "CONTRACT_VIOLATED",
      `the release's manifest makes a tar of ${layout.lengthBytes} bytes, the plan says ${torrent2.lengthBytes}`
    );
  }
  return { manifest, text: text2, layout };
}

// src/release/release-record.ts
var import_node_fs3 = require("node:fs");
var import_node_path3 = require("node:path");
var count = int().check(_nonnegative());
var sha2562 = string2().check(_regex(/^[0-9a-f]{64}$/));
var recordSchema = object({
  version: literal(1),
  release: string2(),
  infoHash: string2().check(_regex(/^[0-9a-f]{40}$/)),
  infoSha256: sha2562,
  torrent: object({
    name: string2(),
    lengthBytes: count,
    pieceLengthBytes: count,
    pieces: base64()
  }),
  manifest: object({ lengthBytes: count, sha256: sha2562 }),
  files: count,
  sizeBytes: count,
  /** ISO 8601. */
  verifiedAt: string2(),
  run: string2(),
  good: boolean2(),
  /** Whether the deploy that brought it was to switch to it. */
  toActivate: optional(boolean2()),
  /** When `current` was switched to it last; ISO 8601. Written just before. */
  activatedAt: optional(string2())
});
function recordPath(deployDir, release) {
  return (0, import_node_path3.join)(deployDir.records, `${release}.json`);
}
function recordedManifestPath(deployDir, release) {
  return (0, import_node_path3.join)(deployDir.records, `${release}.manifest`);
}
async function writeRecord(deployDir, record2, manifestText) {
  const path4 = recordPath(deployDir, record2.release);
  try {
    await replaceFileDurably(recordedManifestPath(deployDir, record2.release), manifestText);
    await replaceFileDurably(path4, Buffer.from(`${JSON.stringify(record2)}
`));
  } catch (cause) {
    throw diskError(cause, "writing", path4);
  }
}
async function noteActivation(deployDir, release) {
  await change(deployDir, release, { good: true, activatedAt: (/* @__PURE__ */ new Date()).toISOString() });
}
async function markBad(deployDir, release) {
  await change(deployDir, release, { good: false });
}
async function change(deployDir, release, changes) {
  const record2 = findRecord(deployDir, release);
  if (record2 === void 0) return;
  const path4 = recordPath(deployDir, release);
  try {
    await replaceFileDurably(path4, Buffer.from(`${JSON.stringify({ ...record2, ...changes })}
`));
  } catch (cause) {
    throw diskError(cause, "writing", path4);
  }
}
function findRecord(deployDir, release) {
  const path4 = recordPath(deployDir, release);
  let record2;
  try {
    record2 = recordSchema.parse(JSON.parse((0, import_node_fs3.readFileSync)(path4, "utf8")));
  } catch (cause) {
    if (errnoOf(cause) === "ENOENT") return void 0;
    throw new MurmurationError(
      "RELEASE_DAMAGED",
      `the record of release ${release} cannot be read: ${path4}`,
      { cause }
    );
  }
  const digests = torrentDigests(torrentOf(record2));
  if (digests.infoHash !== record2.infoHash || digests.infoSha256 !== record2.infoSha256) {
    throw new MurmurationError(
      "RELEASE_DAMAGED",
      `the record of release ${release} contradicts itself: ${path4}`
    );
  }
  return record2;
}
function torrentOf(record2) {
  return { ...record2.torrent, pieces: Buffer.from(record2.torrent.pieces, "base64") };
}

// src/release/held-release.ts
function releaseTree(deployDir, release) {
  return (0, import_node_path4.join)(deployDir.releases, release);
}
async function findHeldRelease(deployDir, release) {
  const id = release ?? currentRelease(deployDir);
  if (id === void 0 || !isDirectory(releaseTree(deployDir, id))) return void 0;
  const record2 = findRecord(deployDir, id);
  return record2 === void 0 ? void 0 : readHeldRelease(deployDir, record2);
}
function heldReleases(deployDir) {
  return recordNames(deployDir).map((name) => name.slice(0, -".json".length)).filter((release) => isDirectory(releaseTree(deployDir, release))).sort();
}
function findHeldManifest(deployDir, sha2563, torrent2) {
  for (const release of heldReleases(deployDir)) {
    try {
      const record2 = findRecord(deployDir, release);
      if (record2?.manifest.sha256 !== sha2563) continue;
      return readPlacedManifest((0, import_node_fs4.readFileSync)(recordedManifestPath(deployDir, release)), sha2563, torrent2);
    } catch (error2) {
      if (errnoOf(error2) === void 0) throw error2;
    }
  }
  return void 0;
}
function readHeldRelease(deployDir, record2) {
  const torrent2 = torrentOf(record2);
  const path4 = recordedManifestPath(deployDir, record2.release);
  try {
    return {
      ...readPlacedManifest((0, import_node_fs4.readFileSync)(path4), record2.manifest.sha256, torrent2),
      release: record2.release,
      tree: releaseTree(deployDir, record2.release),
      torrent: torrent2,
      digests: { infoHash: record2.infoHash, infoSha256: record2.infoSha256 },
      manifestSha256: record2.manifest.sha256
    };
  } catch (cause) {
    const message = `the manifest of release ${record2.release} cannot be read: ${messageOf(cause)}`;
    throw new MurmurationError("RELEASE_DAMAGED", message, { cause });
  }
}
function currentRelease(deployDir) {
  const current = readCurrent(deployDir);
  return current.kind === "release" ? current.release : void 0;
}
function recordNames(deployDir) {
  try {
    return (0, import_node_fs4.readdirSync)(deployDir.records).filter((name) => name.endsWith(".json"));
  } catch (error2) {
    if (errnoOf(error2) === "ENOENT") return [];
    throw error2;
  }
}
function isDirectory(path4) {
  try {
    return (0, import_node_fs4.lstatSync)(path4).isDirectory();
  } catch (error2) {
    if (errnoOf(error2) === void 0) throw error2;
    return false;
  }
}

// src/release/activate.ts
async function activateRelease(deployDir, release) {
  const before = requireSwitchable(deployDir);
  const tree = releaseTree(deployDir, release);
  if ((0, import_node_fs5.lstatSync)(tree, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new MurmurationError(
      "RELEASE_UNKNOWN",
      `cannot activate ${release}: there is no directory ${tree}`
    );
  }
  await noteActivation(deployDir, release);
  try {
    await pointAt(deployDir, (0, import_node_path5.join)((0, import_node_path5.basename)(deployDir.releases), release));
  } catch (error2) {
    if (releaseOf(readCurrent(deployDir)) === release)
      await restoreCurrent(deployDir, before).catch(() => {
      });
    throw error2;
  }
  return before;
}
async function restoreCurrent(deployDir, before) {
  if (before.kind === "release") await activateRelease(deployDir, before.release);
  else if (before.kind === "elsewhere") await pointAt(deployDir, before.target);
  else {
    requireSwitchable(deployDir);
    try {
      (0, import_node_fs5.rmSync)(deployDir.current, { force: true });
      await syncDirectory(deployDir.root);
    } catch (cause) {
      throw diskError(cause, "removing", deployDir.current);
    }
  }
}
function releaseOf(current) {
  return current.kind === "release" ? current.release : null;
}
async function pointAt(deployDir, target) {
  const next = (0, import_node_path5.join)(deployDir.internal, "next");
  try {
    (0, import_node_fs5.rmSync)(next, { force: true });
    (0, import_node_fs5.symlinkSync)(target, next);
    (0, import_node_fs5.renameSync)(next, deployDir.current);
    await syncDirectory(deployDir.root);
  } catch (cause) {
    throw diskError(cause, "switching", deployDir.current);
  }
}
function requireSwitchable(deployDir) {
  const current = readCurrent(deployDir);
  if (current.kind !== "occupied") return current;
  throw new MurmurationError("CURRENT_NOT_A_LINK", `${deployDir.current} is a ${current.by}, not a link`);
}

// src/release/deploy-dir.ts
var import_node_fs7 = require("node:fs");
var import_node_path6 = require("node:path");

// src/release/free-space.ts
var import_node_fs6 = require("node:fs");

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
function formatDuration(durationMs) {
  const wholeMs = Math.round(durationMs);
  if (wholeMs < 1e3) return `${wholeMs} ms`;
  if (wholeMs < 59950) return `${(wholeMs / 1e3).toFixed(1)} s`;
  const seconds = Math.round(wholeMs / 1e3);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${twoDigits(seconds % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} m`;
}
function twoDigits(count2) {
  return String(count2).padStart(2, "0");
}

// src/release/free-space.ts
function freeSpace(path4) {
  return spaceOf((0, import_node_fs6.statfsSync)(path4));
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

// src/release/deploy-dir.ts
function deployDirAt(deployTo) {
  const internal = (0, import_node_path6.join)(deployTo, ".murmuration");
  return {
    root: (0, import_node_path6.join)(deployTo, "."),
    current: (0, import_node_path6.join)(deployTo, "current"),
    releases: (0, import_node_path6.join)(deployTo, "releases"),
    shared: (0, import_node_path6.join)(deployTo, "shared"),
    internal,
    staging: (0, import_node_path6.join)(internal, "staging"),
    records: (0, import_node_path6.join)(internal, "releases"),
    lock: (0, import_node_path6.join)(internal, "lock"),
    log: (0, import_node_path6.join)(internal, "log.jsonl")
  };
}
async function probeDeployDir(deployTo) {
  const deployDir = deployDirAt(deployTo);
  for (const directory of [deployDir.root, deployDir.releases, deployDir.staging, deployDir.records]) {
    attempt("creating", directory, () => (0, import_node_fs7.mkdirSync)(directory, { recursive: true }));
    attempt("using", directory, () => requireDirectory(directory));
    attempt("writing in", directory, () => (0, import_node_fs7.accessSync)(directory, import_node_fs7.constants.W_OK | import_node_fs7.constants.X_OK));
  }
  attempt("writing", deployDir.log, () => requireAppendable(deployDir.log));
  const probe2 = (0, import_node_path6.join)(deployDir.internal, `probe.${process.pid}`);
  attempt("writing", probe2, () => (0, import_node_fs7.writeFileSync)(probe2, "x"));
  attempt("removing", probe2, () => (0, import_node_fs7.rmSync)(probe2));
  const current = readCurrent(deployDir);
  return {
    ...freeSpace(deployDir.internal),
    currentRelease: current.kind === "release" ? current.release : null,
    currentElsewhere: current.kind === "elsewhere" ? current.target : null
  };
}
function requireDirectory(path4) {
  if (!(0, import_node_fs7.statSync)(path4).isDirectory()) throw Object.assign(new Error("not a directory"), { code: "ENOTDIR" });
}
function requireAppendable(path4) {
  if ((0, import_node_fs7.existsSync)(path4)) (0, import_node_fs7.closeSync)((0, import_node_fs7.openSync)(path4, "r+"));
}
function attempt(doing, path4, work) {
  try {
    work();
  } catch (cause) {
    const error2 = diskError(cause, doing, path4);
    const errno = errnoOf(cause);
    if (errno !== "EACCES" && errno !== "EPERM") throw error2;
    throw new MurmurationError(error2.code, `${error2.message}; ${whoseIsIt(path4)}`, { cause });
  }
}
function whoseIsIt(path4) {
  const there = nearestExisting(path4);
  const { uid } = (0, import_node_fs7.statSync)(there);
  return `${describePath(there)} is of user ${uid}, and the agent runs as user ${process.getuid?.()}`;
}
function nearestExisting(path4) {
  try {
    (0, import_node_fs7.statSync)(path4);
    return path4;
  } catch {
    return nearestExisting((0, import_node_path6.dirname)(path4));
  }
}

// src/release/lock-wait.ts
var import_node_perf_hooks2 = require("node:perf_hooks");
var import_promises4 = require("node:timers/promises");

// src/release/lock.ts
var import_node_crypto5 = require("node:crypto");
var import_node_fs9 = require("node:fs");
var import_node_path7 = require("node:path");

// src/release/process-identity.ts
var import_node_fs8 = require("node:fs");
var import_node_os = require("node:os");
function ownProcess() {
  return { host: (0, import_node_os.hostname)(), pid: process.pid, start: startOf(process.pid) ?? null };
}
function isAlive(identity) {
  if (identity.host !== (0, import_node_os.hostname)()) return true;
  const { start, pid } = identity;
  const found = start === null ? void 0 : startOf(pid);
  if (found !== void 0) return found === start;
  return isPidTaken(pid) && (start === null || start.startsWith(`${bootId()}:`));
}
function isPidTaken(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error2) {
    return errnoOf(error2) === "EPERM";
  }
}
function startOf(pid) {
  try {
    const stat = (0, import_node_fs8.readFileSync)(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state] = fields;
    const startTicks = fields[22 - 3];
    if (state === "Z" || state === "X" || startTicks === void 0) return "ended";
    return `${bootId()}:${startTicks}`;
  } catch (error2) {
    if (errnoOf(error2) === void 0) throw error2;
    return void 0;
  }
}
function bootId() {
  return (0, import_node_fs8.readFileSync)("/proc/sys/kernel/random/boot_id", "latin1").trim();
}

// src/release/lock.ts
var lockSchema = object({
  /** Never used twice, so that one lock is told from the next. */
  nonce: uuid2(),
  pid: int().check(_positive()),
  start: nullable(string2()),
  host: string2(),
  run: string2(),
  /** ISO 8601. */
  since: string2()
});
var EMPTY_AT_MOST_MS = 6e4;
async function acquireLock(deployDir, { run }) {
  const content = {
    nonce: (0, import_node_crypto5.randomUUID)(),
    ...ownProcess(),
    run,
    since: (/* @__PURE__ */ new Date()).toISOString()
  };
  try {
    take(deployDir, deployDir.lock, content);
    sweep(deployDir, content);
  } catch (cause) {
    throw diskError(cause, "locking", deployDir.lock);
  }
  return {
    async [Symbol.asyncDispose]() {
      const found = tryReadLock(deployDir.lock);
      if (found !== "none" && found !== "unknown" && found.nonce === content.nonce)
        (0, import_node_fs9.rmSync)(deployDir.lock, { force: true });
    }
  };
}
function take(deployDir, path4, content) {
  while (true) {
    const found = tryReadLock(path4);
    if (found === "none") {
      if (tryCreate(deployDir, path4, content)) return;
      continue;
    }
    if (found === "unknown") {
      throw new MurmurationError(
        "LOCK_HELD",
        `${path4} is not a lock that this version understands; remove it if no deploy runs`
      );
    }
    if (found.nonce === content.nonce) return;
    if (hasOwner(found)) throw heldBy(found, deployDir.lock);
    const successor = `${deployDir.lock}.after-${found.nonce}`;
    take(deployDir, successor, content);
    const now = tryReadLock(path4);
    const isStillIt = now !== "none" && now !== "unknown" && now.nonce === found.nonce;
    if (isStillIt) {
      const temporary = writeTemporary(deployDir, content);
      (0, import_node_fs9.renameSync)(temporary, path4);
    }
    (0, import_node_fs9.rmSync)(successor, { force: true });
    if (isStillIt) return;
  }
}
function tryCreate(deployDir, path4, content) {
  const temporary = writeTemporary(deployDir, content);
  try {
    (0, import_node_fs9.linkSync)(temporary, path4);
    return true;
  } catch (error2) {
    if (errnoOf(error2) === "EEXIST") return false;
    throw error2;
  } finally {
    (0, import_node_fs9.rmSync)(temporary, { force: true });
  }
}
function writeTemporary(deployDir, content) {
  const temporary = `${deployDir.lock}.${content.nonce}`;
  (0, import_node_fs9.writeFileSync)(temporary, `${JSON.stringify(content)}
`, { flush: true });
  return temporary;
}
function tryReadLock(path4) {
  try {
    const text2 = (0, import_node_fs9.readFileSync)(path4, "utf8");
    if (text2 === "") return tryReadEmptied(path4);
    return lockSchema.parse(JSON.parse(text2));
  } catch (error2) {
    if (errnoOf(error2) === "ENOENT") return "none";
    if (errnoOf(error2) !== void 0) throw error2;
    return "unknown";
  }
}
function tryReadEmptied(path4) {
  const { ino, mtimeMs } = (0, import_node_fs9.statSync)(path4);
  if (Math.abs(Date.now() - mtimeMs) < EMPTY_AT_MOST_MS) return "unknown";
  return { nonce: `${ino}-${mtimeMs}` };
}
function hasOwner(found) {
  return "pid" in found && isAlive(found);
}
function sweep(deployDir, own2) {
  for (const name of (0, import_node_fs9.readdirSync)(deployDir.internal)) {
    if (!name.startsWith(`${(0, import_node_path7.basename)(deployDir.lock)}.`)) continue;
    const path4 = (0, import_node_path7.join)(deployDir.internal, name);
    const found = tryReadLock(path4);
    if (found === "none" || found === "unknown" || found.nonce === own2.nonce || hasOwner(found)) continue;
    (0, import_node_fs9.rmSync)(path4, { force: true });
  }
}
function heldBy(lock, path4) {
  return new MurmurationError(
    "LOCK_HELD",
    `${path4} is held since ${lock.since} by ${lock.run} (process ${lock.pid} on ${lock.host})`
  );
}

// src/release/lock-wait.ts
var LOOK_AGAIN_MS = 250;
async function acquireLockWithin(deployDir, { run, waitMs, signal, onHeld }) {
  const untilMs = import_node_perf_hooks2.performance.now() + waitMs;
  for (; ; ) {
    signal.throwIfAborted();
    try {
      return await acquireLock(deployDir, { run });
    } catch (error2) {
      if (!(error2 instanceof MurmurationError) || error2.code !== "LOCK_HELD" || waitMs === 0) throw error2;
      const leftMs = untilMs - import_node_perf_hooks2.performance.now();
      if (leftMs <= 0) {
        const message = `${error2.message}; waited ${formatDuration(waitMs)} for it`;
        throw new MurmurationError("LOCK_HELD", message, { cause: error2 });
      }
      onHeld(error2.message);
      await (0, import_promises4.setTimeout)(Math.min(LOOK_AGAIN_MS, leftMs), void 0, { signal }).catch(() => {
      });
    }
  }
}

// src/release/deploy-log.ts
var import_node_fs10 = require("node:fs");
var import_promises5 = require("node:fs/promises");
var switchSchema = object({
  action: literal("activated"),
  release: string2(),
  previous: nullable(string2())
});
function switchesLatestFirst(deployDir) {
  let text2;
  try {
    text2 = (0, import_node_fs10.readFileSync)(deployDir.log, "utf8");
  } catch (error2) {
    if (errnoOf(error2) === "ENOENT") return [];
    throw diskError(error2, "reading", deployDir.log);
  }
  return text2.split("\n").reverse().flatMap((line) => trySwitch(line) ?? []);
}
function trySwitch(line) {
  try {
    return switchSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return void 0;
  }
}
async function appendDeployLog(deployDir, entry) {
  try {
    await (0, import_promises5.appendFile)(deployDir.log, `${JSON.stringify(entry)}
`, { flush: true });
  } catch (cause) {
    throw diskError(cause, "writing", deployDir.log);
  }
}

// src/release/previous-release.ts
function previousRelease(deployDir, current) {
  const held = new Set(heldReleases(deployDir));
  for (const { release, previous } of switchesLatestFirst(deployDir)) {
    for (const candidate of [release, previous])
      if (candidate !== null && candidate !== current && held.has(candidate) && isGood(deployDir, candidate))
        return candidate;
  }
  return void 0;
}
function isGood(deployDir, release) {
  try {
    return findRecord(deployDir, release)?.good === true;
  } catch (error2) {
    if (error2 instanceof MurmurationError) return false;
    throw error2;
  }
}

// src/release/shared-links.ts
var import_node_fs11 = require("node:fs");
var import_node_path8 = require("node:path");
var NAMED_MAX = 5;
function requireSharedFiles(deployDir, { files }) {
  const missing = files.filter((path4) => !isFile2((0, import_node_path8.join)(deployDir.shared, path4)));
  if (missing.length === 0) return;
  const more = missing.length > NAMED_MAX ? `, and ${missing.length - NAMED_MAX} more` : "";
  const named = missing.slice(0, NAMED_MAX).map((path4) => (0, import_node_path8.join)(deployDir.shared, path4));
  throw new MurmurationError("SHARED_FILE_MISSING", `there is no file ${named.join(", ")}${more}`);
}
function linkShared(deployDir, tree, release, shared) {
  for (const path4 of shared.directories) {
    const directory = (0, import_node_path8.join)(deployDir.shared, path4);
    attempt2("creating", directory, () => (0, import_node_fs11.mkdirSync)(directory, { recursive: true }));
  }
  const finalTree = releaseTree(deployDir, release);
  for (const path4 of [...shared.directories, ...shared.files]) {
    const target = (0, import_node_path8.relative)((0, import_node_path8.dirname)((0, import_node_path8.join)(finalTree, path4)), (0, import_node_path8.join)(deployDir.shared, path4));
    makeParents(tree, path4);
    makeLink((0, import_node_path8.join)(tree, path4), target);
  }
}
function makeParents(tree, path4) {
  const parts = path4.split("/").slice(0, -1);
  for (let depth = 1; depth <= parts.length; depth++) {
    const parent = (0, import_node_path8.join)(tree, ...parts.slice(0, depth));
    const stats = (0, import_node_fs11.lstatSync)(parent, { throwIfNoEntry: false });
    if (stats === void 0) writeIn((0, import_node_path8.dirname)(parent), () => (0, import_node_fs11.mkdirSync)(parent, { mode: 493 }));
    else if (!stats.isDirectory()) throw taken(parent, "no directory");
  }
}
function makeLink(link, target) {
  const stats = (0, import_node_fs11.lstatSync)(link, { throwIfNoEntry: false });
  if (stats === void 0) {
    writeIn((0, import_node_path8.dirname)(link), () => (0, import_node_fs11.symlinkSync)(target, link));
    return;
  }
  if (!stats.isSymbolicLink()) throw taken(link, stats.isDirectory() ? "a directory" : "a file");
  if ((0, import_node_fs11.readlinkSync)(link) !== target) throw taken(link, `a link to ${(0, import_node_fs11.readlinkSync)(link)}`);
}
function writeIn(directory, work) {
  attempt2("linking in", directory, () => {
    const { mode } = (0, import_node_fs11.statSync)(directory);
    const isWritable = (mode & 128) !== 0;
    if (!isWritable) (0, import_node_fs11.chmodSync)(directory, mode | 128);
    try {
      work();
    } finally {
      if (!isWritable) (0, import_node_fs11.chmodSync)(directory, mode);
    }
  });
}
function taken(path4, by) {
  return new MurmurationError("SHARED_PATH_TAKEN", `cannot link ${path4} into shared/: ${by} stands there`);
}
function isFile2(path4) {
  try {
    return (0, import_node_fs11.statSync)(path4).isFile();
  } catch (error2) {
    if (errnoOf(error2) === void 0) throw error2;
    return false;
  }
}
function attempt2(doing, path4, work) {
  try {
    work();
  } catch (cause) {
    throw diskError(cause, doing, path4);
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

// src/release/commit.ts
var import_node_fs18 = require("node:fs");
var import_promises7 = require("node:fs/promises");
var import_node_path10 = require("node:path");

// src/release/flush-tree.ts
var import_node_child_process = require("node:child_process");

// src/release/output-tail.ts
var import_node_string_decoder = require("node:string_decoder");
var OutputTail = class {
  #charactersMax;
  #decoder = new import_node_string_decoder.StringDecoder("utf8");
  #text = "";
  #bytesWritten = 0;
  constructor(charactersMax) {
    this.#charactersMax = charactersMax;
  }
  add(chunk) {
    this.#bytesWritten += chunk.length;
    this.#text += this.#decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length));
    if (this.#text.length > 2 * this.#charactersMax) this.#text = this.#text.slice(-this.#charactersMax);
  }
  get text() {
    const end = this.#text.slice(-this.#charactersMax);
    return /^[\udc00-\udfff]/.test(end) ? end.slice(1) : end;
  }
  get bytesDropped() {
    return Math.max(0, this.#bytesWritten - Buffer.byteLength(this.text));
  }
};

// src/release/flush-tree.ts
var FLUSH_TIMEOUT_MS = 12e4;
var WORDS_CHARACTERS_MAX = 300;
var NOT_FOUND = 127;
async function flushFileSystem(directory, signal) {
  signal.throwIfAborted();
  const failure2 = await new Promise((resolve3) => {
    const child = (0, import_node_child_process.spawn)("env", ["LC_ALL=C", "sync", "-f", "."], {
      cwd: directory,
      stdio: ["ignore", "ignore", "pipe"],
      signal: AbortSignal.any([signal, AbortSignal.timeout(FLUSH_TIMEOUT_MS)])
    });
    const words = new OutputTail(WORDS_CHARACTERS_MAX);
    child.stderr?.on("data", (chunk) => words.add(chunk));
    child.on("error", () => resolve3(void 0));
    child.once("close", (code2, killedBy) => {
      const text2 = words.text.trim();
      const isUnable = code2 === NOT_FOUND || /\boption\b/i.test(text2);
      resolve3(code2 === 0 || isUnable ? void 0 : text2 || `sync ended with ${code2 ?? killedBy}`);
    });
  });
  signal.throwIfAborted();
  if (failure2 === void 0) return;
  const code = /no space left|quota exceeded/i.test(failure2) ? "DISK_FULL" : "VERIFY_FAILED";
  throw new MurmurationError(code, `writing ${describePath(directory)} out to the disk: ${failure2}`);
}

// src/release/remove-tree.ts
var import_node_fs12 = require("node:fs");
var SEPARATOR = Buffer.from("/");
function below(directory, name) {
  return Buffer.concat([directory, SEPARATOR, name]);
}
async function removeTree(path4, slice) {
  const location = Buffer.from(path4);
  try {
    await remove(location, slice);
  } catch (cause) {
    throw diskError(cause, "removing", location.toString());
  }
}
async function remove(path4, slice) {
  if (slice.over) await slice.next();
  try {
    if (!(0, import_node_fs12.lstatSync)(path4).isDirectory()) {
      (0, import_node_fs12.unlinkSync)(path4);
      return;
    }
    (0, import_node_fs12.chmodSync)(path4, 448);
    for (const name of (0, import_node_fs12.readdirSync)(path4, { encoding: "buffer" })) await remove(below(path4, name), slice);
    (0, import_node_fs12.rmdirSync)(path4);
  } catch (error2) {
    if (errnoOf(error2) !== "ENOENT") throw error2;
  }
}

// src/release/seal-tree.ts
var import_node_fs14 = require("node:fs");

// src/release/stray-entries.ts
var import_node_buffer = require("node:buffer");
var import_node_fs13 = require("node:fs");
async function* strayEntries(tree, manifest, slice) {
  const known = new Set(manifest.entries.map((entry) => entry.path));
  for (const entry of manifest.entries) {
    if (entry.type !== "directory") continue;
    const directory = Buffer.from(entryLocation(tree, entry.path));
    for (const name of namesIn(directory)) {
      if (slice.over) await slice.next();
      const path4 = entry.path === ROOT_PATH ? name.toString() : `${entry.path}/${name}`;
      if (!(0, import_node_buffer.isUtf8)(name) || !known.has(path4)) yield below(directory, name);
    }
  }
}
function entryLocation(tree, path4) {
  return path4 === ROOT_PATH ? tree : `${tree}/${path4}`;
}
function namesIn(directory) {
  try {
    return (0, import_node_fs13.lstatSync)(directory).isDirectory() ? (0, import_node_fs13.readdirSync)(directory, { encoding: "buffer" }) : [];
  } catch (error2) {
    if (errnoOf(error2) === void 0) throw error2;
    return [];
  }
}

// src/release/time-slice.ts
var import_promises6 = require("node:timers/promises");
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
    await (0, import_promises6.setImmediate)();
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
  const take2 = (progress2) => {
    heldBack = { progress: progress2 };
    if (performance.now() >= nextAtMs) flush();
  };
  return Object.assign(take2, { flush });
}

// src/release/seal-tree.ts
var CREATE_EMPTY = import_node_fs14.constants.O_WRONLY | import_node_fs14.constants.O_CREAT | import_node_fs14.constants.O_NOFOLLOW;
async function sealTree(tree, manifest, { signal }) {
  const slice = new TimeSlice(signal);
  for (const entry of manifest.entries) {
    if (slice.over) await slice.next();
    await complete(entryLocation(tree, entry.path), entry, slice);
  }
  for (const entry of [...manifest.entries].reverse()) {
    if (entry.type === "link") continue;
    if (slice.over) await slice.next();
    const location = entryLocation(tree, entry.path);
    try {
      (0, import_node_fs14.chmodSync)(location, entry.mode);
    } catch (cause) {
      throw diskError(cause, "setting the mode of", location);
    }
  }
}
async function complete(location, entry, slice) {
  try {
    if (entry.type === "link") {
      await replaceByLink(location, entry.target, slice);
    } else if (entry.type === "file" && entry.sizeBytes === 0) {
      (0, import_node_fs14.closeSync)((0, import_node_fs14.openSync)(location, CREATE_EMPTY, 384));
    }
  } catch (cause) {
    throw diskError(cause, "creating", location);
  }
}
async function replaceByLink(location, target, slice) {
  try {
    (0, import_node_fs14.symlinkSync)(target, location);
  } catch (error2) {
    if (errnoOf(error2) !== "EEXIST") throw error2;
    await removeTree(location, slice);
    (0, import_node_fs14.symlinkSync)(target, location);
  }
}

// src/release/staging.ts
var import_node_fs15 = require("node:fs");
var import_node_path9 = require("node:path");
var stateSchema = object({ version: literal(1), infoSha256: string2() });
function stagingAt(deployDir, release) {
  const root = (0, import_node_path9.join)(deployDir.staging, release);
  return {
    root,
    tree: (0, import_node_path9.join)(root, "tree"),
    manifest: (0, import_node_path9.join)(root, "manifest"),
    state: (0, import_node_path9.join)(root, "state.json"),
    replaced: (0, import_node_path9.join)(root, "replaced")
  };
}
async function openStaging(deployDir, wanted, signal) {
  const staging = stagingAt(deployDir, wanted.release);
  const left = findStagingOf(deployDir, wanted);
  if (left === wanted.release) return staging;
  await removeTree(staging.root, new TimeSlice(signal));
  try {
    if (left !== void 0) {
      (0, import_node_fs15.renameSync)(stagingAt(deployDir, left).root, staging.root);
      return staging;
    }
    (0, import_node_fs15.mkdirSync)(staging.root, { mode: 448 });
    (0, import_node_fs15.mkdirSync)(staging.tree, { mode: 448 });
    const state = { version: 1, infoSha256: wanted.infoSha256 };
    replaceFile(staging.state, Buffer.from(`${JSON.stringify(state)}
`));
    return staging;
  } catch (cause) {
    throw diskError(cause, "creating", staging.root);
  }
}
async function removeStagings(deployDir) {
  for (const name of stagingNames(deployDir)) {
    await removeTree(Buffer.concat([Buffer.from(`${deployDir.staging}/`), name]), new TimeSlice());
  }
}
function findStagingOf(deployDir, wanted) {
  const names = stagingNames(deployDir).map((name) => name.toString());
  const ordered = names.sort((a, b) => Number(b === wanted.release) - Number(a === wanted.release));
  return ordered.find((name) => tryReadInfoSha256(stagingAt(deployDir, name)) === wanted.infoSha256);
}
function stagingNames(deployDir) {
  try {
    return (0, import_node_fs15.readdirSync)(deployDir.staging, { encoding: "buffer" });
  } catch (cause) {
    if (errnoOf(cause) === "ENOENT") return [];
    throw diskError(cause, "listing", deployDir.staging);
  }
}
function tryReadInfoSha256(staging) {
  try {
    return stateSchema.parse(JSON.parse((0, import_node_fs15.readFileSync)(staging.state, "utf8"))).infoSha256;
  } catch {
    return void 0;
  }
}

// src/release/verify-tree.ts
var import_node_crypto8 = require("node:crypto");
var import_node_fs17 = require("node:fs");

// src/release/hash-tree.ts
var import_node_crypto7 = require("node:crypto");

// src/release/file-reader.ts
var import_node_fs16 = require("node:fs");
var import_node_util = require("node:util");
var readAsync = (0, import_node_util.promisify)(import_node_fs16.read);
var CHUNK_BYTES = 1024 * 1024;
var SYNCHRONOUS_BYTES_MAX = 128 * 1024;
var OPEN_FOR_READING = import_node_fs16.constants.O_RDONLY | import_node_fs16.constants.O_NOFOLLOW | import_node_fs16.constants.O_NONBLOCK;
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
    const fd = (0, import_node_fs16.openSync)(path4, OPEN_FOR_READING);
    try {
      check?.(statOf(fd));
      const doneBytes = sizeBytes <= SYNCHRONOUS_BYTES_MAX ? this.#readSmall(fd, sizeBytes, onChunk) : await this.#readLarge(fd, sizeBytes, onChunk);
      check?.(statOf(fd));
      return doneBytes;
    } finally {
      (0, import_node_fs16.closeSync)(fd);
    }
  }
  #readSmall(fd, sizeBytes, onChunk) {
    const [buffer] = this.#buffers;
    let doneBytes = 0;
    while (doneBytes < sizeBytes) {
      const readBytes = (0, import_node_fs16.readSync)(fd, buffer, doneBytes, sizeBytes - doneBytes, doneBytes);
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
  return (0, import_node_fs16.fstatSync)(fd, { bigint: true });
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
      const take2 = Math.min(bytes2.length - start, this.#pieceLengthBytes - this.#filledBytes);
      this.#hash?.update(bytes2.subarray(start, start + take2));
      this.#advance(take2);
      start += take2;
    }
  }
  /** The next bytes are not to be had: every piece they belong to is missing. */
  skip(lengthBytes) {
    let leftBytes = lengthBytes;
    while (leftBytes > 0) {
      this.#hash = void 0;
      const take2 = Math.min(leftBytes, this.#pieceLengthBytes - this.#filledBytes);
      this.#advance(take2);
      leftBytes -= take2;
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

// src/release/hash-tree.ts
async function hashTree(tree, { manifest, layout }, torrent2, { signal, onPiece, onFile, ...options }) {
  const slice = new TimeSlice(signal);
  const reader = new FileReader(slice);
  const readFile = options.readFile ?? ((_index, { path: path4, sizeBytes }, onChunk) => reader.read(entryLocation(tree, path4), sizeBytes, onChunk));
  const hasher = new PieceHasher({
    firstPiece: 0,
    pieceLengthBytes: torrent2.pieceLengthBytes,
    onPiece: (piece, sha13) => onPiece(piece, sha13?.equals(pieceHash(torrent2, piece)) ?? false)
  });
  for (const segment of layout.segments(0, layout.lengthBytes)) {
    if (segment.kind === "bytes") {
      hasher.update(segment.bytes);
      continue;
    }
    if (slice.over) await slice.next();
    const entry = manifest.entries[segment.entry];
    if (entry?.type !== "file")
      throw new MurmurationError("INTERNAL", "the layout has content of what is no file");
    const sha2563 = onFile === void 0 ? void 0 : (0, import_node_crypto7.createHash)("sha256");
    let readBytes = 0;
    let errno;
    try {
      await readFile(segment.entry, entry, (bytes2) => {
        sha2563?.update(bytes2);
        hasher.update(bytes2);
        readBytes += bytes2.length;
      });
    } catch (error2) {
      errno = errnoOf(error2);
      if (error2 instanceof MurmurationError || errno === void 0) throw error2;
    }
    hasher.skip(entry.sizeBytes - readBytes);
    if (errno !== void 0) onFile?.(segment.entry, { kind: "unreadable", errno });
    else if (readBytes < entry.sizeBytes) onFile?.(segment.entry, { kind: "short", sizeBytes: readBytes });
    else if (sha2563 !== void 0) onFile?.(segment.entry, { kind: "whole", sha256: sha2563.digest("hex") });
  }
  hasher.end();
}

// src/release/verify-tree.ts
var PROBLEMS_NAMED_MAX = 20;
var EXTRAS_NAMED_MAX = 5;
var EMPTY_SHA256 = (0, import_node_crypto8.createHash)("sha256").digest("hex");
async function verifyTree(root, release, torrent2, options) {
  const { entries } = release.manifest;
  const problems = new Problems();
  const slice = new TimeSlice(options.signal);
  let files = 0;
  let sizeBytes = 0;
  for (const [index, entry] of entries.entries()) {
    if (slice.over) await slice.next();
    problems.note(index, entry, findEntryFault2(entryLocation(root, entry.path), entry));
    if (entry.type !== "file") continue;
    files += 1;
    sizeBytes += entry.sizeBytes;
  }
  const piecesTotal = pieceCount(torrent2);
  const report = paced(options.onProgress);
  let piecesRight = 0;
  await hashTree(root, release, torrent2, {
    signal: options.signal,
    onPiece: (piece, isRight2) => {
      if (isRight2) piecesRight += 1;
      report({ piecesDone: piece + 1, piecesTotal });
    },
    onFile: (index, found) => {
      const entry = entries[index];
      if (entry !== void 0) problems.note(index, entry, findContentFault(found, entry));
    }
  });
  report.flush();
  if (piecesRight < piecesTotal)
    problems.add(`${piecesTotal - piecesRight} of ${piecesTotal} pieces are wrong`);
  const extraNames = [];
  let extraEntries = 0;
  for await (const extra of strayEntries(root, release.manifest, slice)) {
    extraEntries += 1;
    if (extraEntries <= EXTRAS_NAMED_MAX)
      extraNames.push(describePath(extra.toString().slice(root.length + 1)));
  }
  return {
    piecesRight,
    piecesTotal,
    files,
    sizeBytes,
    problems: problems.named,
    problemCount: problems.count,
    extraEntries,
    extraNames
  };
}
function requireVerified(verification, options) {
  const sentences = [...verification.problems];
  const unnamed = verification.problemCount - sentences.length;
  if (unnamed > 0) sentences.push(`and ${unnamed} more`);
  if (options.extras === "refuse" && verification.extraEntries > 0) {
    sentences.push(
      `${verification.extraEntries} entries that are not part of the release: ${verification.extraNames.join(", ")}`
    );
  }
  if (sentences.length === 0) return;
  throw new MurmurationError(
    options.code,
    `${describePath(options.root)} is not what was deployed: ${sentences.join("; ")}`
  );
}
var Problems = class {
  named = [];
  count = 0;
  #noted = /* @__PURE__ */ new Set();
  add(sentence) {
    this.count += 1;
    if (this.named.length < PROBLEMS_NAMED_MAX) this.named.push(sentence);
  }
  /** One sentence an entry: a missing file cannot be read either. */
  note(index, entry, fault) {
    if (fault === void 0 || this.#noted.has(index)) return;
    this.#noted.add(index);
    this.add(`${describePath(entry.path)} ${fault}`);
  }
};
function findEntryFault2(location, entry) {
  try {
    const stats = (0, import_node_fs17.lstatSync)(location, { bigint: true });
    if (typeOf(stats) !== entry.type) return `is ${typeOf(stats)}, not ${entry.type}`;
    if (entry.type === "link") {
      const target = (0, import_node_fs17.readlinkSync)(location);
      return target === entry.target ? void 0 : `points to ${describePath(target)}, not ${describePath(entry.target)}`;
    }
    const mode = Number(stats.mode & 0o7777n);
    if (mode !== entry.mode) return `has mode ${octal3(mode)}, not ${octal3(entry.mode)}`;
    if (entry.type === "directory") return void 0;
    if (Number(stats.size) !== entry.sizeBytes) return `has ${stats.size} bytes, not ${entry.sizeBytes}`;
    if (entry.sizeBytes === 0 && entry.sha256 !== EMPTY_SHA256)
      return "is empty, and its SHA-256 is of something";
    return void 0;
  } catch (error2) {
    const errno = errnoOf(error2);
    if (errno === void 0) throw error2;
    return errno === "ENOENT" ? "is missing" : `cannot be looked at (${errno})`;
  }
}
function findContentFault(found, entry) {
  switch (found.kind) {
    case "unreadable":
      return `cannot be read (${found.errno})`;
    case "short":
      return `ends after ${found.sizeBytes} bytes`;
    case "whole":
      return entry.type === "file" && found.sha256 === entry.sha256 ? void 0 : "has other content";
  }
}
function typeOf(stats) {
  if (stats.isDirectory()) return "directory";
  if (stats.isFile()) return "file";
  return stats.isSymbolicLink() ? "link" : "something else";
}
function octal3(mode) {
  return mode.toString(8).padStart(4, "0");
}

// src/release/commit.ts
var OWNER_WRITES = 128;
async function sealAndVerify(opened, wanted, options) {
  if (opened.kind === "held") return opened.verification;
  const placed = completeManifest(opened.store);
  const { tree } = opened.store;
  opened.store.endWriting();
  await sealTree(tree, placed.manifest, options);
  const verification = await whileWritingOut(
    opened.staging,
    options,
    (signal) => verifyTree(tree, placed, wanted.torrent, { ...options, signal })
  );
  requireVerified(verification, { code: "VERIFY_FAILED", extras: "refuse", root: tree });
  return verification;
}
async function whileWritingOut(staging, { signal, onDiskBehind }, work) {
  const failing = new AbortController();
  let isWritten = false;
  const writing2 = writeOut(staging, signal).then(
    () => {
      isWritten = true;
    },
    (error2) => {
      failing.abort(error2);
      throw error2;
    }
  );
  const working = work(AbortSignal.any([signal, failing.signal])).finally(() => {
    if (!isWritten) onDiskBehind?.();
  });
  const [written2, worked] = await Promise.allSettled([writing2, working]);
  if (written2.status === "rejected") throw written2.reason;
  if (worked.status === "rejected") throw worked.reason;
  return worked.value;
}
async function writeOut(staging, signal) {
  try {
    await flushFileSystem(staging.root, signal);
  } catch (error2) {
    if (!signal.aborted) await (0, import_promises7.rm)(staging.state, { force: true }).catch(() => {
    });
    throw error2;
  }
}
async function commitRelease(deployDir, opened, wanted, { run, toActivate, signal }) {
  if (opened.kind === "held") return;
  signal.throwIfAborted();
  const placed = completeManifest(opened.store);
  await record(deployDir, wanted, placed, { run, toActivate });
  await moveIntoPlace(deployDir, opened, wanted.release, placed);
  await removeTree(opened.staging.root, new TimeSlice());
}
async function removeStaleStagings(deployDir) {
  await removeStagings(deployDir);
}
function completeManifest(store) {
  if (store.placed === void 0 || !store.have.complete) {
    throw new MurmurationError("INTERNAL", "a release was to be verified before all of it was there");
  }
  return store.placed;
}
async function record(deployDir, wanted, placed, { run, toActivate }) {
  const { torrent: torrent2, digests, manifest, release } = wanted;
  const sizes = placed.manifest.entries.flatMap((entry) => entry.type === "file" ? [entry.sizeBytes] : []);
  await writeRecord(
    deployDir,
    {
      version: 1,
      release,
      infoHash: digests.infoHash,
      infoSha256: digests.infoSha256,
      torrent: { ...torrent2, pieces: Buffer.from(torrent2.pieces).toString("base64") },
      manifest: { ...manifest },
      files: sizes.length,
      sizeBytes: sizes.reduce((sum, sizeBytes) => sum + sizeBytes, 0),
      verifiedAt: (/* @__PURE__ */ new Date()).toISOString(),
      run,
      good: true,
      toActivate
    },
    placed.text
  );
}
async function moveIntoPlace(deployDir, opened, release, placed) {
  const { store, staging } = opened;
  const destination = releaseTree(deployDir, release);
  const rootMode = placed.manifest.entries[0]?.type === "directory" ? placed.manifest.entries[0].mode : 493;
  try {
    if (opened.replacesDamaged) {
      await removeTree(staging.replaced, new TimeSlice());
      (0, import_node_fs18.chmodSync)(destination, 448);
      (0, import_node_fs18.renameSync)(destination, staging.replaced);
    }
    if ((rootMode & OWNER_WRITES) === 0) (0, import_node_fs18.chmodSync)(staging.tree, rootMode | OWNER_WRITES);
    (0, import_node_fs18.renameSync)(staging.tree, destination);
    store.movedTo(destination);
    (0, import_node_fs18.chmodSync)(destination, rootMode);
    await syncDirectory((0, import_node_path10.dirname)(staging.tree));
    await syncDirectory(deployDir.releases);
  } catch (cause) {
    throw diskError(cause, "creating", destination);
  }
}

// src/release/open-release.ts
var import_node_fs26 = require("node:fs");

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

// src/release/staged-store.ts
var import_node_fs25 = require("node:fs");

// src/release/adopt-files.ts
var import_node_crypto9 = require("node:crypto");

// src/release/file-copy.ts
var import_node_fs20 = require("node:fs");

// src/release/file-range.ts
var import_node_fs19 = require("node:fs");
var import_node_util2 = require("node:util");
var readAsync2 = (0, import_node_util2.promisify)(import_node_fs19.read);
var writeAsync = (0, import_node_util2.promisify)(import_node_fs19.write);
var SYNCHRONOUS_BYTES_MAX2 = 128 * 1024;
async function readRange(fd, into, offsetBytes) {
  let doneBytes = 0;
  while (doneBytes < into.length) {
    const rest = into.length - doneBytes;
    const at = offsetBytes + doneBytes;
    const readBytes = into.length <= SYNCHRONOUS_BYTES_MAX2 ? (0, import_node_fs19.readSync)(fd, into, doneBytes, rest, at) : (await readAsync2(fd, into, doneBytes, rest, at)).bytesRead;
    if (readBytes === 0) break;
    doneBytes += readBytes;
  }
  return doneBytes;
}
async function writeRange(fd, bytes2, offsetBytes) {
  let doneBytes = 0;
  while (doneBytes < bytes2.length) {
    const rest = bytes2.length - doneBytes;
    const at = offsetBytes + doneBytes;
    doneBytes += bytes2.length <= SYNCHRONOUS_BYTES_MAX2 ? (0, import_node_fs19.writeSync)(fd, bytes2, doneBytes, rest, at) : (await writeAsync(fd, bytes2, doneBytes, rest, at)).bytesWritten;
  }
}

// src/release/file-copy.ts
var OPEN_FOR_COPY = import_node_fs20.constants.O_WRONLY | import_node_fs20.constants.O_CREAT | import_node_fs20.constants.O_TRUNC | import_node_fs20.constants.O_NOFOLLOW;
var STAGED_FILE_MODE = 384;
var CHUNK_BYTES2 = 1024 * 1024;
var CANNOT_CLONE = /* @__PURE__ */ new Set(["ENOTSUP", "EOPNOTSUPP", "EXDEV", "EINVAL", "ENOTTY", "ENOSYS"]);
var FileCopier = class {
  #slice;
  #buffers = [Buffer.allocUnsafe(CHUNK_BYTES2), Buffer.allocUnsafe(CHUNK_BYTES2)];
  #clones = true;
  constructor(slice) {
    this.#slice = slice;
  }
  /** False where that cannot be: a copy then tells why. A file system that has no clones is not asked again. `to` is replaced. */
  tryClone(from, to) {
    if (!this.#clones) return false;
    try {
      (0, import_node_fs20.rmSync)(to, { force: true });
      (0, import_node_fs20.copyFileSync)(from, to, import_node_fs20.constants.COPYFILE_FICLONE_FORCE | import_node_fs20.constants.COPYFILE_EXCL);
      (0, import_node_fs20.chmodSync)(to, STAGED_FILE_MODE);
      return true;
    } catch (error2) {
      if (errnoOf(error2) === void 0) throw error2;
      this.#clones = !CANNOT_CLONE.has(errnoOf(error2) ?? "");
      return false;
    }
  }
  /**
   * Copies the first `sizeBytes`, and hands what it reads to `onChunk`, whose argument is valid until it returns. Returns how many bytes
   * there were: fewer where the file is shorter.
   * @throws the system's error where `from` cannot be opened or read; MurmurationError `DISK_FULL`, `DEPLOY_DIR_UNWRITABLE` for `to`.
   */
  async copy(from, to, sizeBytes, onChunk) {
    const source = (0, import_node_fs20.openSync)(from, OPEN_FOR_READING);
    try {
      const target = orDiskError(to, () => (0, import_node_fs20.openSync)(to, OPEN_FOR_COPY, STAGED_FILE_MODE));
      try {
        return await this.#copyContent(source, { fd: target, path: to }, sizeBytes, onChunk);
      } finally {
        (0, import_node_fs20.closeSync)(target);
      }
    } finally {
      (0, import_node_fs20.closeSync)(source);
    }
  }
  /** A chunk is handed on when it is written, since it may complete a piece that peers ask for, and while the next one is copied. */
  async #copyContent(source, target, sizeBytes, onChunk) {
    let [copying, hashing] = this.#buffers;
    const copyChunk = async (atBytes) => {
      const wanted = copying.subarray(0, Math.min(CHUNK_BYTES2, sizeBytes - atBytes));
      const chunk = wanted.subarray(0, await readRange(source, wanted, atBytes));
      try {
        await writeRange(target.fd, chunk, atBytes);
      } catch (cause) {
        throw diskError(cause, "copying to", target.path);
      }
      return chunk;
    };
    let doneBytes = 0;
    let pending = copyChunk(0);
    try {
      while (true) {
        const chunk = await pending;
        doneBytes += chunk.length;
        const isMore = chunk.length > 0 && doneBytes < sizeBytes;
        [copying, hashing] = [hashing, copying];
        if (isMore) pending = copyChunk(doneBytes);
        onChunk(chunk);
        if (!isMore) return doneBytes;
        if (this.#slice.over) await this.#slice.next();
      }
    } finally {
      await pending.catch(() => {
      });
    }
  }
};
function orDiskError(path4, work) {
  try {
    return work();
  } catch (cause) {
    throw diskError(cause, "creating", path4);
  }
}

// src/release/file-sources.ts
var import_node_fs21 = require("node:fs");
async function findFileSources(deployDir, wanted, signal) {
  const slice = new TimeSlice(signal);
  const lacking2 = /* @__PURE__ */ new Set();
  for (const entry of wanted.entries)
    if (entry.type === "file" && entry.sizeBytes > 0) lacking2.add(entry.sha256);
  const sources = /* @__PURE__ */ new Map();
  for (const release of heldReleases(deployDir).reverse()) {
    if (lacking2.size === 0) break;
    const held = await tryFindHeldRelease(deployDir, release);
    if (held === void 0) continue;
    for (const entry of held.manifest.entries) {
      if (entry.type !== "file" || !lacking2.has(entry.sha256)) continue;
      if (slice.over) await slice.next();
      const location = entryLocation(held.tree, entry.path);
      if (!isFileOf(location, entry.sizeBytes)) continue;
      sources.set(entry.sha256, location);
      lacking2.delete(entry.sha256);
    }
  }
  return sources;
}
async function tryFindHeldRelease(deployDir, release) {
  try {
    return await findHeldRelease(deployDir, release);
  } catch (error2) {
    if (error2 instanceof MurmurationError) return void 0;
    throw error2;
  }
}
function isFileOf(path4, sizeBytes) {
  try {
    const stats = (0, import_node_fs21.lstatSync)(path4);
    return stats.isFile() && stats.size === sizeBytes;
  } catch (error2) {
    if (errnoOf(error2) === void 0) throw error2;
    return false;
  }
}

// src/release/adopt-files.ts
async function adoptFiles(tree, placed, torrent2, sources, { signal, onPiece }) {
  const files = new AdoptedFiles(tree, sources, placed.manifest.entries.length, signal);
  const wrongPieces = [];
  await hashTree(tree, placed, torrent2, {
    signal,
    readFile: (index, entry, onChunk) => files.read(index, entry, onChunk),
    onPiece: (piece, isRight2) => {
      if (!isRight2) wrongPieces.push(piece);
      onPiece(piece, isRight2);
    }
  });
  const suspects = /* @__PURE__ */ new Set();
  for (const piece of wrongPieces) {
    const entries = entriesOf(placed, torrent2, piece);
    if (entries.every((entry) => files.held.has(entry))) for (const entry of entries) suspects.add(entry);
  }
  for (const entry of await findChangedFiles(tree, placed, suspects, signal)) files.held.remove(entry);
  return files.held;
}
function entriesOf({ layout }, torrent2, piece) {
  const entries = [];
  for (const segment of layout.segments(piece * torrent2.pieceLengthBytes, pieceBytes(torrent2, piece)))
    if (segment.kind === "file") entries.push(segment.entry);
  return entries;
}
async function findChangedFiles(tree, { manifest }, suspects, signal) {
  const slice = new TimeSlice(signal);
  const reader = new FileReader(slice);
  const changed = [];
  for (const index of suspects) {
    const entry = manifest.entries[index];
    if (slice.over) await slice.next();
    if (entry?.type === "file" && !await isRight(reader, entryLocation(tree, entry.path), entry))
      changed.push(index);
  }
  return changed;
}
async function isRight(reader, location, entry) {
  const sha2563 = (0, import_node_crypto9.createHash)("sha256");
  try {
    await reader.read(location, entry.sizeBytes, (bytes2) => sha2563.update(bytes2));
  } catch (error2) {
    if (errnoOf(error2) === void 0) throw error2;
    return false;
  }
  return sha2563.digest("hex") === entry.sha256;
}
var AdoptedFiles = class {
  held;
  #tree;
  #sources;
  #reader;
  #copier;
  constructor(tree, sources, entries, signal) {
    const slice = new TimeSlice(signal);
    this.held = new Bitfield(entries);
    this.#tree = tree;
    this.#sources = sources;
    this.#reader = new FileReader(slice);
    this.#copier = new FileCopier(slice);
  }
  async read(index, entry, onChunk) {
    const location = entryLocation(this.#tree, entry.path);
    const readHere = () => this.#reader.read(location, entry.sizeBytes, onChunk);
    if (isFileOf(location, entry.sizeBytes) && await isRight(this.#reader, location, entry)) {
      this.held.add(index);
      return await readHere();
    }
    const source = this.#sources.get(entry.sha256);
    if (source === void 0) return await readHere();
    const readBytes = this.#copier.tryClone(source, location) ? await readHere() : await this.#copyOrRead(source, location, entry, onChunk);
    if (readBytes === entry.sizeBytes) this.held.add(index);
    return readBytes;
  }
  /** Where the source is gone or unreadable, what is there already is all there is. */
  async #copyOrRead(source, location, entry, onChunk) {
    let readBytes = 0;
    try {
      return await this.#copier.copy(source, location, entry.sizeBytes, (bytes2) => {
        readBytes += bytes2.length;
        onChunk(bytes2);
      });
    } catch (error2) {
      if (error2 instanceof MurmurationError || errnoOf(error2) === void 0) throw error2;
      if (readBytes > 0) return readBytes;
      return await this.#reader.read(location, entry.sizeBytes, onChunk);
    }
  }
};

// src/release/prepare-tree.ts
var import_node_fs22 = require("node:fs");
var import_node_path11 = require("node:path");
var ALLOCATION_BYTES_MAX = 4096;
async function prepareTree(tree, manifest, signal) {
  const slice = new TimeSlice(signal);
  const needed = await cleanTree(tree, manifest, slice);
  requireSpace((0, import_node_path11.dirname)(tree), needed);
  for (const entry of manifest.entries) {
    if (entry.type !== "directory") continue;
    if (slice.over) await slice.next();
    const location = entryLocation(tree, entry.path);
    try {
      (0, import_node_fs22.mkdirSync)(location, { mode: 448 });
    } catch (cause) {
      if (errnoOf(cause) !== "EEXIST") throw diskError(cause, "creating", location);
    }
  }
}
async function cleanTree(tree, manifest, slice) {
  let bytes2 = 0;
  let inodes = 0;
  for (const entry of manifest.entries) {
    if (slice.over) await slice.next();
    const location = entryLocation(tree, entry.path);
    const stats = await keepIf(location, slice, (found) => {
      if (entry.type === "directory") return found.isDirectory();
      return entry.type === "file" && found.isFile() && found.nlink === 1;
    });
    const wantedBytes = entry.type === "file" ? entry.sizeBytes : 0;
    if (stats === void 0) {
      inodes += 1;
      bytes2 += allocatedBytes(entry.type === "directory" ? 1 : wantedBytes);
      continue;
    }
    try {
      (0, import_node_fs22.chmodSync)(location, entry.type === "directory" ? 448 : 384);
      if (entry.type === "file" && stats.size > wantedBytes) (0, import_node_fs22.truncateSync)(location, wantedBytes);
    } catch (cause) {
      throw diskError(cause, "preparing", location);
    }
    bytes2 += Math.max(0, allocatedBytes(wantedBytes) - stats.blocks * 512);
  }
  for await (const stray of strayEntries(tree, manifest, slice)) await removeTree(stray, slice);
  return { bytes: bytes2, inodes };
}
async function keepIf(location, slice, wanted) {
  const stats = tryLstat(location);
  if (stats === void 0) return void 0;
  if (wanted(stats)) return stats;
  await removeTree(location, slice);
  return void 0;
}
function tryLstat(location) {
  try {
    return (0, import_node_fs22.lstatSync)(location, { throwIfNoEntry: false });
  } catch (cause) {
    throw diskError(cause, "looking at", location);
  }
}
function allocatedBytes(sizeBytes) {
  return Math.ceil(sizeBytes / ALLOCATION_BYTES_MAX) * ALLOCATION_BYTES_MAX;
}

// src/release/tree-store.ts
var import_node_crypto10 = require("node:crypto");

// src/core/missing-ranges.ts
function missingRanges(segments, isHeld) {
  const ranges = [];
  let heldFiles = 0;
  let atBytes = 0;
  for (const segment of segments) {
    const startBytes = atBytes;
    atBytes += segment.kind === "bytes" ? segment.bytes.length : segment.lengthBytes;
    if (segment.kind === "bytes") continue;
    if (isHeld(segment.entry)) {
      heldFiles += 1;
      continue;
    }
    const last = ranges.at(-1);
    if (last?.endBytes === startBytes) last.endBytes = atBytes;
    else ranges.push({ startBytes, endBytes: atBytes });
  }
  if (heldFiles === 0 || ranges.length === 0) return void 0;
  return requestsFor(ranges) > Math.ceil(atBytes / BLOCK_LENGTH_BYTES) ? void 0 : ranges;
}
function requestsFor(ranges) {
  return ranges.reduce(
    (sum, { startBytes, endBytes }) => sum + Math.ceil((endBytes - startBytes) / BLOCK_LENGTH_BYTES),
    0
  );
}
function rangesBytes(ranges) {
  return ranges.reduce((sum, { startBytes, endBytes }) => sum + endBytes - startBytes, 0);
}
function isWithin(ranges, atBytes) {
  return ranges.some(({ startBytes, endBytes }) => startBytes <= atBytes && atBytes < endBytes);
}

// src/release/tree-files.ts
var import_node_fs24 = require("node:fs");

// src/release/open-files.ts
var import_node_fs23 = require("node:fs");
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
      if (file.retired && file.users === 0) (0, import_node_fs23.closeSync)(file.fd);
    }
  }
  /** Opens it anew when it is used next. */
  retire(entry) {
    const file = this.#files.get(entry);
    if (file === void 0) return;
    this.#files.delete(entry);
    file.retired = true;
    if (file.users === 0) (0, import_node_fs23.closeSync)(file.fd);
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

// src/release/tree-files.ts
var OPEN_FOR_WRITING = import_node_fs24.constants.O_WRONLY | import_node_fs24.constants.O_CREAT | import_node_fs24.constants.O_NOFOLLOW;
var SMALL_FILE_BYTES_MAX = 64 * 1024;
var TreeFiles = class {
  #readers = new OpenFiles((entry) => (0, import_node_fs24.openSync)(this.location(entry), OPEN_FOR_READING));
  #writers = new OpenFiles(
    (entry) => (0, import_node_fs24.openSync)(this.location(entry), OPEN_FOR_WRITING, STAGED_FILE_MODE)
  );
  #tree;
  #manifest;
  /** `tree`: absolute path. */
  constructor(tree) {
    this.#tree = tree;
  }
  get tree() {
    return this.#tree;
  }
  /** Before any file is asked for. */
  knows(manifest) {
    this.#manifest = manifest;
  }
  /** The tree was renamed, just now: nothing else has run since. */
  movedTo(tree) {
    this.#tree = tree;
  }
  /** Closes what was open for writing; a complete tree is only read. */
  endWriting() {
    this.#writers.retireAll();
  }
  [Symbol.dispose]() {
    this.#readers[Symbol.dispose]();
    this.#writers[Symbol.dispose]();
  }
  /** @throws MurmurationError `DISK_FULL`, `DEPLOY_DIR_UNWRITABLE` */
  async write(entry, bytes2, offsetBytes) {
    const file = this.#manifest?.entries[entry];
    const isWhole = file?.type === "file" && file.sizeBytes === bytes2.length;
    try {
      if (isWhole && bytes2.length <= SMALL_FILE_BYTES_MAX) this.#writeSmall(entry, bytes2);
      else await this.#writers.use(entry, (fd) => writeRange(fd, bytes2, offsetBytes));
    } catch (cause) {
      throw diskError(cause, "writing", this.location(entry));
    }
  }
  /** @throws MurmurationError `VERIFY_FAILED` where it is not there, or not as long. */
  async read(entry, into, offsetBytes) {
    const path4 = describePath(this.location(entry));
    try {
      const readBytes = await this.#readers.use(entry, (fd) => readRange(fd, into, offsetBytes));
      if (readBytes === into.length) return;
    } catch (cause) {
      const errno = errnoOf(cause);
      if (errno === void 0) throw cause;
      throw new MurmurationError(
        "VERIFY_FAILED",
        `${path4} was written and can no longer be read (${errno})`,
        { cause }
      );
    }
    throw new MurmurationError("VERIFY_FAILED", `${path4} became shorter after it was written`);
  }
  location(entry) {
    return entryLocation(this.#tree, this.#manifest?.entries[entry]?.path ?? "?");
  }
  #writeSmall(entry, bytes2) {
    const fd = (0, import_node_fs24.openSync)(this.location(entry), OPEN_FOR_WRITING, STAGED_FILE_MODE);
    try {
      (0, import_node_fs24.writeFileSync)(fd, bytes2);
    } finally {
      (0, import_node_fs24.closeSync)(fd);
    }
  }
};

// src/release/tree-parts.ts
var TreeParts = class {
  #torrent;
  #manifestBytes;
  #files;
  #placed;
  #held = new Bitfield(0);
  constructor(torrent2, manifestLengthBytes, files) {
    this.#torrent = torrent2;
    this.#manifestBytes = manifestLengthBytes;
    this.#files = files;
  }
  /** The files (by entry) that are whole as far as is known. */
  knows(placed, held) {
    this.#placed = placed;
    this.#held = held;
  }
  missing(piece) {
    if (this.#placed === void 0) return this.#missingOfManifest(piece);
    return missingRanges(this.#segments(this.#placed, piece), (entry) => this.#held.has(entry));
  }
  async fill(piece, bytes2, fetched2) {
    if (piece < this.#manifestPieces) return fillAfterManifest(this.#manifestBytes, bytes2);
    for (const { segment, atBytes } of this.#filled(piece, fetched2)) {
      if (segment.kind === "bytes") {
        bytes2.set(segment.bytes, atBytes);
        continue;
      }
      try {
        const part = bytes2.subarray(atBytes, atBytes + segment.lengthBytes);
        await this.#files.read(segment.entry, part, segment.fileOffsetBytes);
      } catch (error2) {
        if (!(error2 instanceof MurmurationError)) throw error2;
      }
    }
  }
  async recheck(piece, fetched2) {
    if (this.#placed === void 0) return true;
    const suspects = /* @__PURE__ */ new Set();
    for (const { segment } of this.#filled(piece, fetched2))
      if (segment.kind === "file") suspects.add(segment.entry);
    const changed = await findChangedFiles(this.#files.tree, this.#placed, suspects);
    for (const entry of changed) this.#held.remove(entry);
    return changed.length === 0;
  }
  get #manifestPieces() {
    return manifestPieces(this.#manifestBytes, this.#torrent.pieceLengthBytes);
  }
  #missingOfManifest(piece) {
    if (piece !== this.#manifestPieces - 1) return void 0;
    const { pieceLengthBytes } = this.#torrent;
    const endBytes = pieceLengthBytes - bytesAfterManifest(this.#manifestBytes, pieceLengthBytes);
    return [{ startBytes: 0, endBytes }];
  }
  #segments({ layout }, piece) {
    return layout.segments(piece * this.#torrent.pieceLengthBytes, pieceBytes(this.#torrent, piece));
  }
  /** What `fill` fills in. A file's content in a piece is fetched as a whole or not at all. */
  *#filled(piece, fetched2) {
    if (this.#placed === void 0) return;
    let atBytes = 0;
    for (const segment of this.#segments(this.#placed, piece)) {
      if (!isWithin(fetched2, atBytes)) yield { segment, atBytes };
      atBytes += segment.kind === "bytes" ? segment.bytes.length : segment.lengthBytes;
    }
  }
};

// src/release/tree-store.ts
var TreeStore = class {
  have;
  firstPieces;
  parts;
  adoption;
  /** Bytes of pieces that did not have to be fetched. */
  bytesReused = 0;
  #options;
  #files;
  #held = /* @__PURE__ */ new Map();
  #adopted = Promise.withResolvers();
  #tellAdopted = () => {
  };
  #placed;
  #placing;
  #closing = new AbortController();
  constructor(options) {
    const { torrent: torrent2, manifest, known } = options;
    this.#options = options;
    this.#files = new TreeFiles(options.tree);
    this.have = known?.have ?? new Bitfield(pieceCount(torrent2));
    this.firstPieces = manifestPieces(manifest.lengthBytes, torrent2.pieceLengthBytes);
    this.parts = new TreeParts(torrent2, manifest.lengthBytes, this.#files);
    this.#adopted.promise.catch(() => {
    });
    if (known !== void 0) {
      this.#knows(known.placed);
      this.parts.knows(known.placed, known.heldFiles);
      for (let piece = 0; piece < this.have.size; piece++)
        if (this.have.has(piece)) this.bytesReused += pieceBytes(torrent2, piece);
    } else if (options.adopt !== void 0) {
      this.adoption = {
        over: this.#adopted.promise,
        listen: (listener) => {
          this.#tellAdopted = listener;
        }
      };
    }
  }
  /** Undefined until the manifest's pieces have come. */
  get placed() {
    return this.#placed;
  }
  /** Absolute path of the tree. */
  get tree() {
    return this.#files.tree;
  }
  /** The tree was renamed, just now: nothing else has run since. */
  movedTo(tree) {
    this.#files.movedTo(tree);
  }
  /** Closes what was open for writing; a complete tree is only read. */
  endWriting() {
    this.#files.endWriting();
  }
  async readPiece(piece, into) {
    const held = this.#held.get(piece);
    if (held !== void 0) {
      into.set(held);
      return;
    }
    const placed = this.#placed;
    if (placed === void 0 || !this.have.has(piece)) {
      throw new MurmurationError("INTERNAL", `piece ${piece} was asked for and is not there`);
    }
    const { torrent: torrent2 } = this.#options;
    const lengthBytes = pieceBytes(torrent2, piece);
    let filledBytes = 0;
    for (const segment of placed.layout.segments(piece * torrent2.pieceLengthBytes, lengthBytes)) {
      if (segment.kind === "bytes") {
        into.set(segment.bytes, filledBytes);
        filledBytes += segment.bytes.length;
        continue;
      }
      const part = into.subarray(filledBytes, filledBytes + segment.lengthBytes);
      await this.#files.read(segment.entry, part, segment.fileOffsetBytes);
      filledBytes += part.length;
    }
    const sha13 = (0, import_node_crypto10.createHash)("sha1").update(into.subarray(0, lengthBytes)).digest();
    if (!sha13.equals(pieceHash(torrent2, piece))) throw this.#noLongerThere(piece);
  }
  async writePiece(piece, bytes2, fetched2) {
    if (this.have.has(piece)) return;
    if (this.#placed === void 0 && this.#placing === void 0) {
      this.#held.set(piece, new Uint8Array(bytes2));
      this.have.add(piece);
      if (!this.#manifestIsHeld()) return;
      this.#placing = this.#placeHeld();
      return this.adoption === void 0 ? this.#placing : void 0;
    }
    await this.#placing;
    if (this.have.has(piece)) return;
    await this.#place(piece, bytes2, fetched2);
    if (!this.have.add(piece)) return;
    if (fetched2 !== void 0) this.bytesReused += bytes2.length - rangesBytes(fetched2);
    if (this.have.complete) this.endWriting();
  }
  async [Symbol.asyncDispose]() {
    this.#closing.abort();
    await this.#placing?.catch(() => {
    });
    this.#files[Symbol.dispose]();
  }
  #manifestIsHeld() {
    for (let piece = 0; piece < this.firstPieces; piece++) {
      if (!this.#held.has(piece)) return false;
    }
    return true;
  }
  #placeHeld() {
    const placing = this.#placeHeldNow();
    placing.then(this.#adopted.resolve, this.#adopted.reject);
    return placing;
  }
  async #placeHeldNow() {
    const { manifest, torrent: torrent2, onManifest } = this.#options;
    const placed = readPlacedManifest(this.#heldManifest(), manifest.sha256, torrent2);
    await onManifest?.(placed);
    this.#knows(placed);
    for (const [piece, bytes2] of this.#held) {
      await this.#place(piece, bytes2);
      this.#held.delete(piece);
    }
    await this.#adopt(placed);
    if (this.have.complete) this.endWriting();
  }
  async #adopt(placed) {
    const onPiece = (piece) => {
      if (!this.have.add(piece)) return;
      this.bytesReused += pieceBytes(this.#options.torrent, piece);
      this.#tellAdopted(piece);
    };
    const held = await this.#options.adopt?.(placed, onPiece, this.#closing.signal);
    this.parts.knows(placed, held ?? new Bitfield(placed.manifest.entries.length));
  }
  #knows(placed) {
    this.#placed = placed;
    this.#files.knows(placed.manifest);
  }
  #heldManifest() {
    const { offsetBytes, lengthBytes } = manifestRange(this.#options.manifest.lengthBytes);
    const text2 = new Uint8Array(lengthBytes);
    for (let piece = 0; piece < this.firstPieces; piece++) {
      const pieceOffsetBytes = piece * this.#options.torrent.pieceLengthBytes;
      const bytes2 = this.#held.get(piece);
      const start = Math.max(0, offsetBytes - pieceOffsetBytes);
      const end = Math.min(bytes2.length, offsetBytes + lengthBytes - pieceOffsetBytes);
      text2.set(bytes2.subarray(start, end), pieceOffsetBytes + start - offsetBytes);
    }
    return text2;
  }
  /** `fetched`: only that is written, since the rest was read from the tree and is right. */
  async #place(piece, bytes2, fetched2) {
    const { layout } = this.#placed;
    const { torrent: torrent2 } = this.#options;
    const slice = new TimeSlice();
    let doneBytes = 0;
    for (const segment of layout.segments(piece * torrent2.pieceLengthBytes, bytes2.length)) {
      if (slice.over) await slice.next();
      const lengthBytes = segment.kind === "bytes" ? segment.bytes.length : segment.lengthBytes;
      const isNew = fetched2 === void 0 || isWithin(fetched2, doneBytes);
      if (isNew) await this.#placeSegment(piece, segment, bytes2.subarray(doneBytes, doneBytes + lengthBytes));
      doneBytes += lengthBytes;
    }
  }
  async #placeSegment(piece, segment, given) {
    if (segment.kind === "file")
      return await this.#files.write(segment.entry, given, segment.fileOffsetBytes);
    if (Buffer.compare(given, segment.bytes) === 0) return;
    throw new MurmurationError(
      "CONTRACT_VIOLATED",
      `piece ${piece} of the release is not what its manifest says: the release was packed by another version`
    );
  }
  #noLongerThere(piece) {
    const { torrent: torrent2 } = this.#options;
    const range = [piece * torrent2.pieceLengthBytes, pieceBytes(torrent2, piece)];
    const names = /* @__PURE__ */ new Set();
    for (const segment of this.#placed.layout.segments(...range)) {
      if (segment.kind === "file") names.add(describePath(this.#files.location(segment.entry)));
    }
    const named = [...names].slice(0, 5).join(" or ");
    return new MurmurationError("VERIFY_FAILED", `${named} changed on the disk after it was written`);
  }
};

// src/release/staged-store.ts
async function openStagedStore(deployDir, staging, { torrent: torrent2, manifest }, { signal, onProgress }) {
  const { tree } = staging;
  const onManifest = async (placed2) => {
    keepManifest(staging, placed2.text);
    await prepareTree(tree, placed2.manifest, signal);
  };
  const adopt = async (placed2, options) => {
    const sources = await findFileSources(deployDir, placed2.manifest, options.signal);
    return await adoptFiles(tree, placed2, torrent2, sources, options);
  };
  const placed = tryReadManifest(staging, manifest.sha256, torrent2) ?? findHeldManifest(deployDir, manifest.sha256, torrent2);
  if (placed === void 0) {
    const contentBytes = torrent2.lengthBytes - manifestPieces(manifest.lengthBytes, torrent2.pieceLengthBytes) * torrent2.pieceLengthBytes;
    requireSpace(staging.root, { bytes: contentBytes, inodes: 0 });
    if (heldReleases(deployDir).length === 0) return new TreeStore({ torrent: torrent2, manifest, tree, onManifest });
    return new TreeStore({
      ...{ torrent: torrent2, manifest, tree, onManifest },
      adopt: (known, onRight, closed) => adopt(known, {
        signal: AbortSignal.any([signal, closed]),
        onPiece: (piece, isRight2) => {
          if (isRight2) onRight(piece);
        }
      })
    });
  }
  await onManifest(placed);
  const piecesTotal = pieceCount(torrent2);
  const have = new Bitfield(piecesTotal);
  const report = paced(onProgress);
  const onPiece = (piece, isRight2) => {
    if (isRight2) have.add(piece);
    report({ piecesDone: piece + 1, piecesTotal });
  };
  const heldFiles = await adopt(placed, { signal, onPiece });
  report.flush();
  return new TreeStore({ torrent: torrent2, manifest, tree, known: { placed, have, heldFiles } });
}
function keepManifest(staging, text2) {
  try {
    replaceFile(staging.manifest, text2);
  } catch (cause) {
    throw diskError(cause, "writing", staging.manifest);
  }
}
function tryReadManifest(staging, sha2563, torrent2) {
  try {
    return readPlacedManifest((0, import_node_fs25.readFileSync)(staging.manifest), sha2563, torrent2);
  } catch (error2) {
    if (error2 instanceof MurmurationError || errnoOf(error2) !== void 0) return void 0;
    throw error2;
  }
}

// src/release/open-release.ts
async function openRelease(deployDir, wanted, options) {
  try {
    if (!isThere(deployDir, wanted))
      return await openStaged(deployDir, wanted, { ...options, replacesDamaged: false });
    return await openHeld(deployDir, wanted, options);
  } catch (error2) {
    const isDamaged = error2 instanceof MurmurationError && error2.code === "RELEASE_DAMAGED";
    const current = readCurrent(deployDir);
    if (!isDamaged || current.kind === "release" && current.release === wanted.release) throw error2;
    return openStaged(deployDir, wanted, { ...options, replacesDamaged: true });
  }
}
function isThere(deployDir, wanted) {
  const tree = releaseTree(deployDir, wanted.release);
  if ((0, import_node_fs26.lstatSync)(tree, { throwIfNoEntry: false }) === void 0) return false;
  const record2 = findRecord(deployDir, wanted.release);
  if (record2 === void 0) {
    throw new MurmurationError("RELEASE_CONFLICT", `${tree} is there, and no deploy has put it there`);
  }
  if (record2.infoSha256 === wanted.digests.infoSha256) return true;
  throw new MurmurationError(
    "RELEASE_CONFLICT",
    `${tree} holds other contents: info-hash ${record2.infoHash}, now wanted is ${wanted.digests.infoHash}`
  );
}
async function openHeld(deployDir, { release, torrent: torrent2, manifest }, options) {
  const tree = releaseTree(deployDir, release);
  const committed2 = await findHeldRelease(deployDir, release);
  if (committed2 === void 0)
    throw new MurmurationError("RELEASE_DAMAGED", `${tree} is no directory any more`);
  const verification = await verifyTree(tree, committed2, torrent2, options);
  requireVerified(verification, { code: "RELEASE_DAMAGED", extras: "allow", root: tree });
  const have = Bitfield.full(pieceCount(torrent2));
  const heldFiles = Bitfield.full(committed2.manifest.entries.length);
  const store = new TreeStore({ torrent: torrent2, manifest, tree, known: { placed: committed2, have, heldFiles } });
  return {
    kind: "held",
    store,
    verification,
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]()
  };
}
async function openStaged(deployDir, wanted, options) {
  const { infoSha256 } = wanted.digests;
  const staging = await openStaging(deployDir, { release: wanted.release, infoSha256 }, options.signal);
  const store = await openStagedStore(deployDir, staging, wanted, options);
  return {
    kind: "staged",
    store,
    staging,
    replacesDamaged: options.replacesDamaged,
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]()
  };
}

// src/swarm/announcer.ts
var import_node_http = require("node:http");
var import_promises8 = require("node:timers/promises");

// src/swarm/compact-address.ts
var import_node_net3 = require("node:net");
function addressText(bytes2) {
  if (bytes2.length === 4) return bytes2.join(".");
  const groups = (bytes2.toString("hex").match(/.{4}/g) ?? []).join(":");
  return new import_node_net3.SocketAddress({ address: groups, family: "ipv6" }).address;
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
    await (0, import_promises8.setTimeout)(pauseMs * (0.75 + 0.5 * Math.random()), void 0, { signal }).catch(() => {
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
function* compactPeers(field, addressBytes) {
  if (!(field instanceof Uint8Array)) return;
  const bytes2 = Buffer.from(field);
  for (let at = 0; at + addressBytes + 2 <= bytes2.length; at += addressBytes + 2) {
    const address2 = bytes2.subarray(at, at + addressBytes);
    const port2 = bytes2.readUInt16BE(at + addressBytes);
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

// src/swarm/private-socket.ts
var import_node_events3 = require("node:events");
var import_node_fs27 = require("node:fs");
var import_node_net4 = require("node:net");
var import_node_os2 = require("node:os");
var import_node_path12 = require("node:path");
var FOLDER_BYTES_MAX = 80;
async function listenPrivately(onSocket) {
  const temporary = Buffer.byteLength((0, import_node_os2.tmpdir)()) > FOLDER_BYTES_MAX ? "/tmp" : (0, import_node_os2.tmpdir)();
  const folder = (0, import_node_fs27.mkdtempSync)((0, import_node_path12.join)(temporary, "murmuration-"));
  const remove2 = () => (0, import_node_fs27.rmSync)(folder, { recursive: true, force: true });
  process.once("exit", remove2);
  const path4 = (0, import_node_path12.join)(folder, "uplink");
  const open3 = /* @__PURE__ */ new Set();
  const server = (0, import_node_net4.createServer)((socket) => {
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
      process.off("exit", remove2);
      remove2();
    }
  };
}

// src/agent/lead.ts
function followLead(membership, { commands, send }) {
  let socket;
  const { engine } = membership;
  const handling = [
    commands.handleBeside("track", ({ trackerUrl: trackerUrl2, seeder }) => membership.follow({ trackerUrl: trackerUrl2, seeder })),
    commands.handleBeside("uplink", async () => {
      if (engine.takePeer === void 0)
        throw new MurmurationError("INTERNAL", "this engine can't take the release from an uplink");
      socket ??= listenPrivately((end) => engine.takePeer?.(end, { speaksFirst: false, isSeeder: true }));
      await send({ type: "listening", peerPort: engine.port, uplinkPath: (await socket).path });
    })
  ];
  return {
    async [Symbol.asyncDispose]() {
      for (const handler of handling) handler[Symbol.dispose]();
      await (await socket)?.[Symbol.asyncDispose]();
    }
  };
}

// src/agent/progress.ts
var import_node_perf_hooks3 = require("node:perf_hooks");
var INTERVAL_MS = 1e3;
var RATE_INTERVAL_MIN_MS = 200;
var NOTHING_YET = {
  piecesDone: 0,
  piecesTotal: 0,
  bytesFromSeeder: 0,
  bytesFromPeers: 0,
  bytesReused: 0,
  bytesUploaded: 0
};
var ProgressTeller = class {
  #send;
  #piecesTotal;
  #timer;
  #opened;
  #membership;
  #step = "resume";
  #piecesDone = 0;
  #lastBytes = 0;
  #lastMs = import_node_perf_hooks3.performance.now();
  #peakRateBytesPerSecond = 0;
  constructor(send, piecesTotal) {
    this.#send = send;
    this.#piecesTotal = piecesTotal;
    this.#timer = setInterval(() => this.#tell(), INTERVAL_MS);
  }
  /** Bytes a second, whole. */
  get peakRateBytesPerSecond() {
    this.#measure();
    return Math.round(this.#peakRateBytesPerSecond);
  }
  at(step, piecesDone) {
    this.#step = step;
    this.#piecesDone = piecesDone;
  }
  /** From now on the figures are the store's and the swarm's. */
  watch(opened, membership) {
    this.#opened = opened;
    this.#membership = membership;
    this.#step = "fetch";
    this.#lastMs = import_node_perf_hooks3.performance.now();
  }
  figures() {
    const stats = this.#membership?.engine.stats();
    return {
      piecesDone: this.#step === "fetch" ? this.#opened?.store.have.count ?? 0 : this.#piecesDone,
      piecesTotal: this.#piecesTotal,
      bytesFromSeeder: stats?.bytesFromSeeder ?? 0,
      bytesFromPeers: stats?.bytesFromPeers ?? 0,
      bytesReused: this.#opened?.store.bytesReused ?? 0,
      bytesUploaded: stats?.bytesUploaded ?? 0
    };
  }
  [Symbol.dispose]() {
    clearInterval(this.#timer);
  }
  #tell() {
    this.#measure();
    const trouble = bounded(this.#membership?.trouble() ?? "") || null;
    void this.#send({ type: "progress", step: this.#step, ...this.figures(), trouble });
  }
  #measure() {
    const { bytesFromSeeder, bytesFromPeers } = this.figures();
    const bytes2 = bytesFromSeeder + bytesFromPeers;
    const nowMs = import_node_perf_hooks3.performance.now();
    const tookMs = nowMs - this.#lastMs;
    if (tookMs < RATE_INTERVAL_MIN_MS && this.#peakRateBytesPerSecond > 0) return;
    const rate = (bytes2 - this.#lastBytes) * 1e3 / Math.max(1, tookMs);
    this.#peakRateBytesPerSecond = Math.max(this.#peakRateBytesPerSecond, rate);
    this.#lastBytes = bytes2;
    this.#lastMs = nowMs;
  }
};

// src/release/hook.ts
var import_node_child_process2 = require("node:child_process");
var import_node_perf_hooks4 = require("node:perf_hooks");
var import_promises9 = require("node:timers/promises");

// src/core/shell-quote.ts
var PLAIN_WORD = /^[A-Za-z0-9_./:@,+-]+$/;
function shellQuote(text2) {
  if (text2.includes("\0")) throw new RangeError("a NUL cannot be part of a shell word");
  if (PLAIN_WORD.test(text2)) return text2;
  return `'${text2.replaceAll("'", `'"'"'`)}'`;
}

// src/release/hook.ts
var TERMINATION_GRACE_MS = 2e3;
var GROUP_POLL_MS = 20;
var LAST_WORDS_MS = 200;
var RETRY_PAUSE_MS = 1e3;
async function runHook(deployDir, call, surroundings) {
  const { hook: hook2, retryForMs } = call;
  const { signal, release } = surroundings;
  const startMs = import_node_perf_hooks4.performance.now();
  const elapsedMs = () => import_node_perf_hooks4.performance.now() - startMs;
  for (let attempts = 1; ; attempts++) {
    signal.throwIfAborted();
    const leftMs = retryForMs === 0 ? call.timeoutMs : Math.max(1, retryForMs - elapsedMs());
    const timeoutMs = Math.ceil(Math.min(call.timeoutMs, leftMs));
    const { end, output } = await attempt3(deployDir, { ...call, timeoutMs }, surroundings);
    signal.throwIfAborted();
    const passed = end.kind === "exited" && end.code === 0;
    if (passed || elapsedMs() + RETRY_PAUSE_MS >= retryForMs) {
      return {
        hook: hook2,
        release,
        end,
        attempts,
        durationMs: Math.round(elapsedMs()),
        output: output.text,
        outputBytesDropped: output.bytesDropped
      };
    }
    await (0, import_promises9.setTimeout)(RETRY_PAUSE_MS, void 0, { signal });
  }
}
async function attempt3(deployDir, { command, timeoutMs }, surroundings) {
  const { release, outputCharactersMax, signal } = surroundings;
  const output = new OutputTail(outputCharactersMax);
  let child;
  try {
    child = (0, import_node_child_process2.spawn)("/bin/sh", ["-e", "-c", `${preamble(deployDir, surroundings)}
${command}`], {
      cwd: releaseTree(deployDir, release),
      detached: true,
      stdio: ["ignore", "pipe", "ignore"]
    });
  } catch (error2) {
    return { end: { kind: "not-started", why: messageOf(error2) }, output };
  }
  child.stdout.on("data", (chunk) => output.add(chunk));
  const closed = new Promise((resolve3) => child.stdout.once("close", resolve3));
  let timedOut = false;
  let stopped;
  const stop = () => {
    stopped ??= endGroup(child);
  };
  const timer = setTimeout(() => {
    timedOut = true;
    stop();
  }, timeoutMs);
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  try {
    const end = await endOf(child);
    await Promise.race([closed, (0, import_promises9.setTimeout)(LAST_WORDS_MS, void 0, { ref: false })]);
    await stopped;
    return { end: timedOut ? { kind: "timed-out", afterMs: timeoutMs } : end, output };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    child.stdout.destroy();
  }
}
function preamble(deployDir, { release, previous, target }) {
  const variables = {
    MURMURATION_RELEASE: release,
    MURMURATION_PREVIOUS: previous ?? "",
    MURMURATION_CURRENT: deployDir.current,
    MURMURATION_TARGET: target
  };
  const assignments = Object.entries(variables).map(([name, value]) => `${name}=${shellQuote(value)}`);
  return `exec 2>&1; export ${assignments.join(" ")}`;
}
function endOf(child) {
  return new Promise((resolve3) => {
    child.once("error", (error2) => resolve3({ kind: "not-started", why: error2.message }));
    child.once(
      "exit",
      (code, killedBy) => resolve3(code === null ? { kind: "killed", signal: killedBy ?? "?" } : { kind: "exited", code })
    );
  });
}
async function endGroup(child) {
  const untilMs = import_node_perf_hooks4.performance.now() + TERMINATION_GRACE_MS;
  let isLeft = signalGroup(child, "SIGTERM");
  while (isLeft && import_node_perf_hooks4.performance.now() < untilMs) {
    await (0, import_promises9.setTimeout)(GROUP_POLL_MS);
    isLeft = signalGroup(child, 0);
  }
  if (isLeft) signalGroup(child, "SIGKILL");
}
function signalGroup({ pid }, signal) {
  if (pid === void 0) return false;
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

// src/release/prune.ts
var import_node_fs28 = require("node:fs");
var import_promises10 = require("node:fs/promises");
var import_node_path13 = require("node:path");
async function pruneReleases(deployDir, { keep, signal }) {
  const current = readCurrent(deployDir);
  const live = current.kind === "release" ? current.release : void 0;
  const kept = /* @__PURE__ */ new Set([live, previousRelease(deployDir, live ?? null)]);
  const records = heldRecords(deployDir);
  const successful = records.filter(isSuccessful);
  for (const { release } of successful.slice(Math.max(0, successful.length - keep))) kept.add(release);
  const removed = [];
  let failure2;
  for (const { release } of records) {
    if (kept.has(release)) continue;
    signal.throwIfAborted();
    try {
      await removeRelease(deployDir, release, signal);
      removed.push(release);
    } catch (error2) {
      failure2 ??= error2;
    }
  }
  if (failure2 !== void 0) throw failure2;
  return removed;
}
function isSuccessful({ good, toActivate, activatedAt }) {
  return good && (toActivate !== true || activatedAt !== void 0);
}
function heldRecords(deployDir) {
  const placeOf = ({ activatedAt, verifiedAt, release }) => `${activatedAt ?? verifiedAt} ${release}`;
  return heldReleases(deployDir).flatMap((release) => tryFindRecord(deployDir, release) ?? []).sort((one, other) => placeOf(one) < placeOf(other) ? -1 : 1);
}
function tryFindRecord(deployDir, release) {
  try {
    const record2 = findRecord(deployDir, release);
    return record2?.release === release ? record2 : void 0;
  } catch (error2) {
    if (error2 instanceof MurmurationError && error2.code === "RELEASE_DAMAGED") return void 0;
    throw error2;
  }
}
async function removeRelease(deployDir, release, signal) {
  const tree = releaseTree(deployDir, release);
  const aside = (0, import_node_path13.join)(deployDir.staging, `${release}.pruned`);
  try {
    await removeTree(aside, new TimeSlice(signal));
    (0, import_node_fs28.mkdirSync)(aside, { mode: 448 });
    (0, import_node_fs28.chmodSync)(tree, 448);
    (0, import_node_fs28.renameSync)(tree, (0, import_node_path13.join)(aside, "tree"));
    await syncDirectory(deployDir.releases);
    (0, import_node_fs28.rmSync)(recordPath(deployDir, release), { force: true });
    (0, import_node_fs28.rmSync)(recordedManifestPath(deployDir, release), { force: true });
  } catch (cause) {
    await (0, import_promises10.rmdir)(aside).catch(() => {
    });
    throw diskError(cause, "removing", tree);
  }
  await removeTree(aside, new TimeSlice(signal));
}

// src/agent/switching.ts
var SWITCH_COMMANDS = ["hook", "activate", "revert", "prune", "finish"];
async function serveSwitching(deployDir, subject, conversation, first) {
  await new Switching(deployDir, subject, conversation).serve(first);
}
async function restoreForAnother(deployDir, { release, elsewhere }, run, { commands, send }) {
  const before = elsewhere === null ? { kind: "none" } : { kind: "elsewhere", target: elsewhere };
  await takeBack(deployDir, before, { release, run });
  await send({ type: "reverted", release: releaseOf(readCurrent(deployDir)) });
  await commands.next("finish");
  return 0;
}
async function takeBack(deployDir, before, { release, run }) {
  await restoreCurrent(deployDir, before);
  const restored = releaseOf(before);
  if (restored !== release) await markBad(deployDir, release);
  const infoHash2 = findRecord(deployDir, release)?.infoHash;
  if (infoHash2 === void 0) return;
  if (restored === null) await log(deployDir, "put-back", { run, release, infoHash: infoHash2, previous: null });
  else await log(deployDir, "activated", { run, release: restored, infoHash: infoHash2, previous: release });
}
async function log(deployDir, action, what) {
  await appendDeployLog(deployDir, { at: (/* @__PURE__ */ new Date()).toISOString(), ...what, action });
}
var Switching = class {
  #deployDir;
  #subject;
  #conversation;
  /** What `current` was before it was switched; undefined while it is that. */
  #before;
  #upcoming;
  constructor(deployDir, subject, conversation) {
    this.#deployDir = deployDir;
    this.#subject = subject;
    this.#conversation = conversation;
  }
  async serve(first) {
    if (first !== void 0) this.#upcoming = Promise.resolve(first);
    for (; ; ) {
      const command = await this.#next();
      if (command.type === "finish") return;
      if (command.type === "hook") await this.#hook(command);
      else if (command.type === "activate") await this.#activate();
      else if (command.type === "revert") await this.#revert();
      else await this.#prune(command.keepReleases);
    }
  }
  #next() {
    const upcoming = this.#upcoming ?? this.#conversation.commands.next(...SWITCH_COMMANDS);
    this.#upcoming = void 0;
    return upcoming;
  }
  /** A command that comes meanwhile ends the hook: who sends it waits for no answer any more. */
  async #hook({ type: _, ...call }) {
    const interruption = new AbortController();
    const { commands, send } = this.#conversation;
    const next = this.#next();
    this.#upcoming = next;
    void next.then(
      () => interruption.abort(),
      () => interruption.abort()
    );
    const now = releaseOf(readCurrent(this.#deployDir));
    const { release, target } = this.#subject;
    const isTakenBack = call.hook === "after-activate" && now !== null && now !== release;
    const before = this.#before === void 0 ? now : releaseOf(this.#before);
    const surroundings = {
      release: isTakenBack ? now : release,
      previous: isTakenBack ? release : before,
      target,
      outputCharactersMax: HOOK_OUTPUT_CHARACTERS_MAX,
      signal: AbortSignal.any([commands.signal, interruption.signal])
    };
    try {
      const hooked2 = await runHook(this.#deployDir, call, surroundings);
      await send({ type: "hooked", ...hooked2 });
    } catch (error2) {
      if (!interruption.signal.aborted) throw error2;
    }
  }
  async #activate() {
    const { release, leavesBad } = this.#subject;
    const before = await activateRelease(this.#deployDir, release);
    const previous = releaseOf(before);
    this.#before = before;
    await this.#conversation.send({ type: "activated", release, previous });
    if (leavesBad && previous !== null && previous !== release) await markBad(this.#deployDir, previous);
    const { run, infoHash: infoHash2 } = this.#subject;
    await log(this.#deployDir, "activated", { run, release, infoHash: infoHash2, previous });
  }
  async #revert() {
    if (this.#before !== void 0) {
      await takeBack(this.#deployDir, this.#before, this.#subject);
      this.#before = void 0;
    }
    await this.#conversation.send({ type: "reverted", release: releaseOf(readCurrent(this.#deployDir)) });
  }
  /** The new release is live: what can't be removed is told, and fails nothing. */
  async #prune(keep) {
    const { commands, send } = this.#conversation;
    const { signal } = commands;
    try {
      const removed = await pruneReleases(this.#deployDir, { keep, signal });
      await send({ type: "pruned", removed: removed.length, trouble: null });
    } catch (error2) {
      if (signal.aborted) throw error2;
      await send({ type: "pruned", removed: 0, trouble: bounded(messageOf(error2)) });
    }
  }
};

// src/agent/verify.ts
var NAMED_MAX2 = 10;
async function verifyHeldRelease({ deployTo, release }, conversation) {
  var _stack = [];
  try {
    const _held = __using(_stack, await proveHeldRelease(deployDirAt(deployTo), release, conversation), true);
    await conversation.commands.next("finish");
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
async function proveHeldRelease(deployDir, release, { commands, send }) {
  var _stack = [];
  try {
    const held = await findHeldRelease(deployDir, release);
    if (held === void 0) {
      const what = release === null ? "has no current release" : `holds no release ${release}`;
      throw new MurmurationError("RELEASE_UNKNOWN", `${deployDir.root} ${what}${others(deployDir)}`);
    }
    const { torrent: torrent2, digests } = held;
    const manifest = { lengthBytes: held.text.length, sha256: held.manifestSha256 };
    const wanted = { release: held.release, torrent: torrent2, digests, manifest };
    const teller = __using(_stack, new ProgressTeller(send, pieceCount(torrent2)));
    const opened = await openHeld(deployDir, wanted, {
      signal: commands.signal,
      onProgress: ({ piecesDone }) => teller.at("verify", piecesDone)
    });
    await tellVerified(wanted, opened.verification, send);
    return { ...opened, wanted };
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    __callDispose(_stack, _error, _hasError);
  }
}
async function tellVerified({ release, digests, manifest }, { piecesRight, files, sizeBytes }, send) {
  const { infoHash: infoHash2, infoSha256 } = digests;
  await send({
    type: "verified",
    release,
    infoHash: infoHash2,
    infoSha256,
    manifestSha256: manifest.sha256,
    pieces: piecesRight,
    files,
    sizeBytes
  });
}
function others(deployDir) {
  const ids = heldReleases(deployDir);
  if (ids.length === 0) return "; it holds none at all";
  const more = ids.length > NAMED_MAX2 ? `, and ${ids.length - NAMED_MAX2} more` : "";
  return `; it holds ${ids.slice(-NAMED_MAX2).reverse().join(", ")}${more}`;
}

// src/agent/obtain.ts
async function obtainRelease(deployDir, { prepare: prepare2, plan: plan2, leavesBad }, conversation, startEngine) {
  var _stack = [];
  try {
    const { commands, send } = conversation;
    const wanted = {
      release: plan2.release,
      ...torrentFromText(plan2.torrent),
      manifest: plan2.manifest
    };
    const teller = __using(_stack, new ProgressTeller(send, pieceCount(wanted.torrent)));
    const opened = __using(_stack, await openRelease(deployDir, wanted, {
      signal: commands.signal,
      onProgress: ({ piecesDone }) => teller.at("resume", piecesDone)
    }), true);
    const membership = __using(_stack, await join11(plan2, wanted, opened, conversation, startEngine), true);
    const _lead = __using(_stack, followLead(membership, conversation), true);
    await fetchAll(opened, membership, teller, conversation);
    await verify2(opened, wanted, teller, conversation);
    if (await isToCommit(membership, conversation)) {
      await commit2(deployDir, opened, wanted, prepare2, conversation);
      const { run, target } = prepare2;
      const { infoHash: infoHash2 } = wanted.digests;
      const subject = { release: wanted.release, infoHash: infoHash2, run, target, leavesBad };
      await serveSwitching(deployDir, subject, conversation);
      await removeStaleStagings(deployDir);
    }
    return membership.engine.stats().bytesUploaded;
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
async function isToCommit(membership, { commands }) {
  const next = await orStoreFails(membership, commands.next("commit", "finish"));
  return next.type === "commit";
}
function join11(plan2, wanted, opened, conversation, startEngine) {
  return joinSwarm({
    startEngine,
    torrent: wanted.torrent,
    digests: wanted.digests,
    store: opened.store,
    key: plan2.swarm.key === null ? null : Buffer.from(plan2.swarm.key, "base64"),
    ports: plan2.peerPorts,
    uploadLimitBytesPerSecond: plan2.swarm.uploadLimitBytesPerSecond,
    firstSeeder: plan2.firstSeeder,
    zone: plan2.zone,
    seeders: plan2.seeder === null ? [] : [plan2.seeder],
    trackerUrl: plan2.tracker.url,
    onNamed: (address2) => void conversation.send({ type: "joined", ...address2 }),
    log: conversation.log
  });
}
async function fetchAll(opened, membership, teller, { commands, send }) {
  teller.watch(opened, membership);
  await orStoreFails(membership, orEnds(commands.signal, membership.engine.complete));
  await send({
    type: "fetched",
    ...teller.figures(),
    peakRateBytesPerSecond: teller.peakRateBytesPerSecond,
    memoryBytes: peakMemoryBytes()
  });
}
async function verify2(opened, wanted, teller, { commands, send }) {
  teller.at("flush", 0);
  const verification = await sealAndVerify(opened, wanted, {
    signal: commands.signal,
    onProgress: ({ piecesDone }) => teller.at("verify", piecesDone),
    onDiskBehind: () => teller.at("flush", pieceCount(wanted.torrent))
  });
  teller.at("seed", verification.piecesTotal);
  await tellVerified(wanted, verification, send);
}
async function commit2(deployDir, opened, wanted, { run, activate: activate2, shared }, { commands, send }) {
  const { release, digests } = wanted;
  linkShared(deployDir, opened.store.tree, release, shared);
  await commitRelease(deployDir, opened, wanted, { run, toActivate: activate2, signal: commands.signal });
  await send({ type: "committed", release });
  const at = (/* @__PURE__ */ new Date()).toISOString();
  const { infoHash: infoHash2 } = digests;
  await appendDeployLog(deployDir, { at, run, release, infoHash: infoHash2, action: "committed", previous: null });
}
async function orStoreFails(membership, work) {
  const failed2 = membership.engine.storeFailed.then((error2) => Promise.reject(error2));
  return await Promise.race([work, failed2]);
}
async function orEnds(signal, work) {
  signal.throwIfAborted();
  const done = new AbortController();
  const ends = new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true, signal: done.signal });
  });
  try {
    return await Promise.race([work, ends]);
  } finally {
    done.abort();
  }
}

// src/agent/own-addresses.ts
var import_node_os3 = require("node:os");
function ownAddresses(interfaces = (0, import_node_os3.networkInterfaces)()) {
  const addresses = Object.values(interfaces).flatMap((ofOne) => ofOne ?? []).map(({ address: address2 }) => address2);
  const isOnLinkOnly = (address2) => /^fe[89ab]/i.test(address2);
  return [...addresses.filter((address2) => !isOnLinkOnly(address2)), ...addresses.filter(isOnLinkOnly)].slice(
    0,
    ADDRESSES_MAX
  );
}

// src/agent/recall.ts
var CURABLE = /* @__PURE__ */ new Set(["RELEASE_UNKNOWN", "RELEASE_DAMAGED"]);
async function recallRelease(deployDir, { prepare: prepare2, release }, conversation, startEngine) {
  var _stack = [];
  try {
    const { commands, send } = conversation;
    let proved;
    try {
      proved = await proveHeldRelease(deployDir, release, conversation);
    } catch (thrown) {
      const { code, message } = asMurmurationError(thrown);
      if (!CURABLE.has(code) || commands.signal.aborted) throw thrown;
      await send({ type: "lacking", code, message: bounded(message) });
      const plan2 = await commands.next("plan", "finish");
      if (plan2.type === "finish") return 0;
      return await obtainRelease(deployDir, { prepare: prepare2, plan: plan2, leavesBad: true }, conversation, startEngine);
    }
    const held = __using(_stack, proved, true);
    const giving = __using(_stack, new Giving(held, conversation, startEngine), true);
    const first = await giving.untilSwitching();
    const { run, target } = prepare2;
    const { infoHash: infoHash2 } = held.wanted.digests;
    await serveSwitching(deployDir, { release, infoHash: infoHash2, run, target, leavesBad: true }, conversation, first);
    return giving.bytesUploaded;
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
var Giving = class {
  #held;
  #conversation;
  #startEngine;
  #membership;
  #lead;
  constructor(held, conversation, startEngine) {
    this.#held = held;
    this.#conversation = conversation;
    this.#startEngine = startEngine;
  }
  get bytesUploaded() {
    return this.#membership?.engine.stats().bytesUploaded ?? 0;
  }
  /** Returns the first command that is about the switch. */
  async untilSwitching() {
    const { commands, send } = this.#conversation;
    for (; ; ) {
      const command = await commands.next("describe", "seed", ...SWITCH_COMMANDS);
      if (command.type === "seed") await this.#join(command);
      else if (command.type === "describe") {
        const { torrent: torrent2, digests, manifest } = this.#held.wanted;
        await send({
          type: "described",
          torrent: torrentToText(torrent2, digests),
          manifest: { ...manifest }
        });
      } else return command;
    }
  }
  async #join(command) {
    this.#membership = await this.#seed(command);
    this.#lead = followLead(this.#membership, this.#conversation);
  }
  async #seed({ swarm: swarm2, peerPorts, zone: zone2, trackerUrl: trackerUrl2 }) {
    const { torrent: torrent2, digests } = this.#held.wanted;
    return await joinSwarm({
      startEngine: this.#startEngine,
      torrent: torrent2,
      digests,
      store: this.#held.store,
      key: swarm2.key === null ? null : Buffer.from(swarm2.key, "base64"),
      ports: peerPorts,
      uploadLimitBytesPerSecond: swarm2.uploadLimitBytesPerSecond,
      firstSeeder: true,
      zone: zone2,
      seeders: [],
      trackerUrl: trackerUrl2,
      onNamed: (address2) => void this.#conversation.send({ type: "joined", ...address2 }),
      log: this.#conversation.log
    });
  }
  async [Symbol.asyncDispose]() {
    await this.#lead?.[Symbol.asyncDispose]();
    await this.#membership?.[Symbol.asyncDispose]();
  }
};

// src/agent/deploy.ts
var HELD_TOLD_MAX = 1e3;
async function deployRelease(prepare2, conversation, { startEngine, ssh }) {
  var _stack = [];
  try {
    const { commands, send } = conversation;
    const deployTo = homeExpanded(prepare2.deployTo);
    const deployDir = deployDirAt(deployTo);
    await probeDeployDir(deployTo);
    const _lock = __using(_stack, await acquireLockWithin(deployDir, {
      run: prepare2.run,
      waitMs: prepare2.lockWaitMs,
      signal: commands.signal,
      onHeld: (by) => void send({ type: "progress", step: "lock", trouble: bounded(by), ...NOTHING_YET })
    }), true);
    const state = await probeDeployDir(deployTo);
    if (prepare2.activate) requireSwitchable(deployDir);
    requireSharedFiles(deployDir, prepare2.shared);
    await send({
      type: "ready",
      ...state,
      previousRelease: previousRelease(deployDir, state.currentRelease) ?? null,
      heldReleases: heldReleases(deployDir).slice(-HELD_TOLD_MAX),
      addresses: ownAddresses(),
      ssh
    });
    const plan2 = await commands.next("plan", "recall", "restore", "finish");
    if (plan2.type === "finish") return 0;
    if (plan2.type === "restore") return await restoreForAnother(deployDir, plan2, prepare2.run, conversation);
    if (plan2.type === "recall")
      return await recallRelease(deployDir, { prepare: prepare2, release: plan2.release }, conversation, startEngine);
    return await obtainRelease(deployDir, { prepare: prepare2, plan: plan2, leavesBad: false }, conversation, startEngine);
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
function homeExpanded(path4) {
  return path4.startsWith("~/") ? (0, import_node_path14.join)((0, import_node_os4.homedir)(), path4.slice(2)) : path4;
}

// src/agent/lend-runtime.ts
var import_node_fs29 = require("node:fs");
var import_node_http2 = require("node:http");
var import_node_stream = require("node:stream");
var import_node_zlib = require("node:zlib");
var CONNECTIONS_MAX2 = 16;
var REQUEST_TIMEOUT_MS2 = 1e4;
var SILENCE_MAX_MS2 = 3e4;
var RESPONSE_MAX_MS = 5 * 6e4;
var GZIP_LEVEL = 1;
var CHUNK_BYTES3 = 256 * 1024;
async function lendRuntime({ token: token2, ports }, { commands, send, log: log2 }) {
  let gzipped;
  const openGzipped = () => {
    gzipped ??= new GzippedOnce(openBinary());
    return import_node_stream.Readable.from(gzipped.read());
  };
  const openBinary = () => (0, import_node_fs29.createReadStream)(process.execPath, { highWaterMark: CHUNK_BYTES3 });
  const contents = /* @__PURE__ */ new Map([
    [`/${token2}/`, () => import_node_stream.Readable.from([])],
    [`/${token2}/node`, openBinary],
    [`/${token2}/node.gz`, openGzipped]
  ]);
  const server = (0, import_node_http2.createServer)((request, response) => {
    const open3 = request.method === "GET" ? contents.get(request.url ?? "") : void 0;
    response.writeHead(open3 === void 0 ? 404 : 200, { connection: "close" });
    if (open3 === void 0) response.end();
    else give(request, response, open3());
  });
  server.maxConnections = CONNECTIONS_MAX2;
  server.requestTimeout = REQUEST_TIMEOUT_MS2;
  server.headersTimeout = REQUEST_TIMEOUT_MS2;
  server.setTimeout(SILENCE_MAX_MS2);
  const port2 = await listenInRange(server, ports, "targets that have no Node.js");
  server.on("error", (error2) => log2(`lending the runtime: ${error2.message}`));
  try {
    await send({ type: "lending", port: port2, addresses: ownAddresses() });
    await commands.next("finish");
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
function give(request, response, binary) {
  const late = setTimeout(() => request.socket.destroy(), RESPONSE_MAX_MS);
  (0, import_node_stream.pipeline)(binary, response, () => clearTimeout(late));
}
var GzippedOnce = class {
  #chunks = [];
  #more = Promise.withResolvers();
  #isWhole = false;
  #failure;
  constructor(source) {
    void this.#collect(source);
  }
  async *read() {
    for (let at = 0; ; at++) {
      while (at === this.#chunks.length && !this.#isWhole) {
        if (this.#failure !== void 0) throw this.#failure;
        await this.#more.promise;
      }
      const chunk = this.#chunks[at];
      if (chunk === void 0) return;
      yield chunk;
    }
  }
  async #collect(source) {
    try {
      const gzip = (0, import_node_zlib.createGzip)({ level: GZIP_LEVEL, chunkSize: CHUNK_BYTES3 });
      (0, import_node_stream.pipeline)(source, gzip, () => {
      });
      for await (const chunk of gzip) {
        this.#chunks.push(chunk);
        this.#tell();
      }
      this.#isWhole = true;
    } catch (error2) {
      this.#failure = error2;
    }
    this.#tell();
  }
  #tell() {
    this.#more.resolve();
    this.#more = Promise.withResolvers();
  }
};

// src/swarm/tcp-probe.ts
var import_node_net5 = require("node:net");
var import_promises11 = require("node:timers/promises");
var ENDS = {
  ECONNREFUSED: { kind: "refused" },
  ETIMEDOUT: { kind: "timed-out" },
  EHOSTUNREACH: { kind: "no-route" },
  EHOSTDOWN: { kind: "no-route" },
  ENETUNREACH: { kind: "no-route" },
  ENETDOWN: { kind: "no-route" },
  ENOTFOUND: { kind: "unresolved" },
  EAI_AGAIN: { kind: "unresolved" },
  EACCES: { kind: "forbidden" },
  EPERM: { kind: "forbidden" }
};
async function probeTcp(endpoint, { signal }) {
  for (let attempt4 = 1; ; attempt4++) {
    const end = await tryTcp(endpoint, signal);
    if (end.kind === "reached" || attempt4 === PROBE_ATTEMPTS || signal.aborted) return end;
    await (0, import_promises11.setTimeout)(PROBE_PAUSE_MS, void 0, { signal }).catch(() => {
    });
  }
}
async function tryTcp({ host, port: port2 }, signal) {
  const { promise, resolve: resolve3 } = Promise.withResolvers();
  const onAbort = () => resolve3({ kind: "unknown", why: "it was stopped" });
  if (signal.aborted) onAbort();
  signal.addEventListener("abort", onAbort, { once: true });
  const timer = setTimeout(() => setImmediate(resolve3, { kind: "timed-out" }), PROBE_ATTEMPT_MS);
  const socket = (0, import_node_net5.connect)({ host, port: port2 });
  socket.once("connect", () => resolve3({ kind: "reached" }));
  socket.on("error", (error2) => resolve3(endOf2(error2)));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
    socket.destroy();
  }
}
function endOf2(error2) {
  const code = "code" in error2 ? String(error2.code) : "";
  return ENDS[code] ?? { kind: "unknown", why: messageOf(error2).slice(0, 1e3) };
}

// src/agent/probing.ts
function answerProbes({ commands, send }) {
  const { signal } = commands;
  commands.handleBeside("probe", async ({ id, endpoints }) => {
    const ends = await Promise.all(endpoints.map((endpoint) => probeTcp(endpoint, { signal })));
    await send({ type: "probed", id, ends });
  });
}

// src/agent/converse.ts
async function converse(conversation, means) {
  const { commands, send } = conversation;
  answerProbes(conversation);
  await send({
    type: "hello",
    version: CONTRACT_VERSION,
    program: "agent",
    node: process.version,
    platform: `${process.platform}-${process.arch}`
  });
  const command = await commands.next("prepare", "verify", "lend", "finish");
  let bytesUploaded = 0;
  if (command.type === "prepare") bytesUploaded = await deployRelease(command, conversation, means);
  else if (command.type === "verify") await verifyHeldRelease(command, conversation);
  else if (command.type === "lend") await lendRuntime(command, conversation);
  await send({ type: "finished", bytesUploaded, memoryBytes: peakMemoryBytes() });
}
function peakMemoryBytes() {
  return process.resourceUsage().maxRSS * 1024;
}

// src/agent/start-options.ts
var UPLINK = "--uplink=";
var SSH = "--ssh-connection=";
function readStartOptions(words) {
  const valueAfter = (prefix) => words.find((word) => word.startsWith(prefix))?.slice(prefix.length);
  const [clientAddress = "", , serverAddress = ""] = (valueAfter(SSH) ?? "").split(" ");
  const isTold = clientAddress !== "" && serverAddress !== "";
  return {
    uplink: valueAfter(UPLINK) || void 0,
    ssh: isTold ? { clientAddress, serverAddress } : void 0
  };
}

// src/agent/uplink-program.ts
var import_node_events4 = require("node:events");
var import_node_fs30 = require("node:fs");
var import_node_net6 = require("node:net");
var import_node_path15 = require("node:path");

// src/remote/uplink-pipe.ts
var import_promises12 = require("node:stream/promises");
var zlib = __toESM(require("node:zlib"), 1);
var CHUNK_BYTES4 = 64 * 1024;
function bestCoding() {
  return typeof zlib.createZstdCompress === "function" ? "zstd" : "plain";
}
async function carry(local, connection, coding) {
  const { input, output } = connection;
  const there = coding === "plain" ? [] : [compressor()];
  const back = coding === "plain" ? [] : [zlib.createZstdDecompress({ chunkSize: CHUNK_BYTES4 })];
  const over = new AbortController();
  const { signal } = over;
  const ways = [
    (0, import_promises12.pipeline)([local, ...there, output], { signal }),
    (0, import_promises12.pipeline)([input, ...back, local], { signal })
  ];
  try {
    await Promise.race(ways);
  } finally {
    over.abort();
    await Promise.allSettled(ways);
  }
}
function compressor() {
  return zlib.createZstdCompress({ chunkSize: CHUNK_BYTES4, flush: zlib.constants.ZSTD_e_flush });
}
var GREETING = "@murmuration uplink ";
function greetingOf(coding) {
  return `${GREETING}${coding}`;
}

// src/agent/uplink-program.ts
var NEW_LINE = 10;
async function runUplink(socketPath) {
  let code = 0;
  try {
    const agent = (0, import_node_net6.connect)(socketPath);
    await (0, import_node_events4.once)(agent, "connect");
    const coding = bestCoding();
    process.stdout.write(`${greetingOf(coding)}
`);
    await passOverLines(process.stdin);
    await carry(agent, { input: process.stdin, output: process.stdout }, coding);
  } catch (error2) {
    code = 1;
    process.stderr.write(`uplink: ${messageOf(error2)}
`);
  }
  await removeLeftSocket(socketPath);
  process.exit(code);
}
async function removeLeftSocket(path4) {
  try {
    await (0, import_node_events4.once)((0, import_node_net6.connect)(path4), "connect");
  } catch (error2) {
    if (errnoOf(error2) === "ECONNREFUSED") (0, import_node_fs30.rmSync)((0, import_node_path15.dirname)(path4), { recursive: true });
  }
}
async function passOverLines(input) {
  for (; ; ) {
    const chunk = input.read();
    if (chunk === null) {
      if (input.readableEnded) return;
      await Promise.race([(0, import_node_events4.once)(input, "readable"), (0, import_node_events4.once)(input, "end")]);
      continue;
    }
    const start = chunk.findIndex((byte) => byte !== NEW_LINE);
    if (start === -1) continue;
    input.unshift(chunk.subarray(start));
    return;
  }
}

// src/agent/run-agent.ts
async function runAgent(startEngine) {
  const { uplink: uplink2, ssh } = readStartOptions(process.argv.slice(2));
  if (uplink2 !== void 0) return await runUplink(uplink2);
  await serveRunner(
    toAgent,
    (code, message) => ({ type: "failed", code, message }),
    (conversation) => converse(conversation, { startEngine, ssh: ssh ?? null })
  );
}

// src/agent/main-webtorrent.ts
void runAgent(startWebTorrentEngine);
