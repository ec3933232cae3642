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
  takePeer(socket, taken2) {
    this.#connect(socket, void 0, taken2);
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
  #connect(socket, dialled, taken2) {
    const { torrent: torrent2 } = this.#options;
    const peer = new PeerConnection({
      id: this.#nextId++,
      socket,
      dialled,
      speaksFirst: taken2?.speaksFirst ?? dialled !== void 0,
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
    peer.isSeeder = taken2?.isSeeder ?? false;
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
function realpathIfAny(path) {
  try {
    return (0, import_node_fs.realpathSync)(path);
  } catch {
    return path;
  }
}

// src/release/durable-file.ts
var import_node_fs2 = require("node:fs");
var import_promises = require("node:fs/promises");
var import_node_path2 = require("node:path");
function replaceFile(path, content) {
  const temporary = `${path}.${process.pid}.new`;
  (0, import_node_fs2.writeFileSync)(temporary, content);
  (0, import_node_fs2.renameSync)(temporary, path);
}
async function replaceFileDurably(path, content) {
  const temporary = `${path}.${process.pid}.new`;
  await (0, import_promises.writeFile)(temporary, content, { flush: true, mode: 420 });
  (0, import_node_fs2.renameSync)(temporary, path);
  await syncDirectory((0, import_node_path2.dirname)(path));
}
async function syncDirectory(path) {
  const directory = await (0, import_promises.open)(path, "r");
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
var VERSION = 1;
var NEWLINE = 10;
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
  const [type, path, third, sizeBytes, sha2563] = fields;
  if (typeof path !== "string" || typeof third !== "string") return void 0;
  if (type === "l") return { type: "link", path, target: third };
  const mode = Number.parseInt(third, 8);
  if (type === "d") return { type: "directory", path, mode };
  if (type !== "f" || typeof sizeBytes !== "number" || typeof sha2563 !== "string") return void 0;
  return { type: "file", path, mode, sizeBytes, sha256: sha2563 };
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
  const path = recordPath(deployDir, record2.release);
  try {
    await replaceFileDurably(recordedManifestPath(deployDir, record2.release), manifestText);
    await replaceFileDurably(path, Buffer.from(`${JSON.stringify(record2)}
`));
  } catch (cause) {
    throw diskError(cause, "writing", path);
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
  const path = recordPath(deployDir, release);
  try {
    await replaceFileDurably(path, Buffer.from(`${JSON.stringify({ ...record2, ...changes })}
`));
  } catch (cause) {
    throw diskError(cause, "writing", path);
  }
}
function findRecord(deployDir, release) {
  const path = recordPath(deployDir, release);
  let record2;
  try {
    record2 = recordSchema.parse(JSON.parse((0, import_node_fs3.readFileSync)(path, "utf8")));
  } catch (cause) {
    if (errnoOf(cause) === "ENOENT") return void 0;
    throw new MurmurationError(
      "RELEASE_DAMAGED",
      `the record of release ${release} cannot be read: ${path}`,
      { cause }
    );
  }
  const digests = torrentDigests(torrentOf(record2));
  if (digests.infoHash !== record2.infoHash || digests.infoSha256 !== record2.infoSha256) {
    throw new MurmurationError(
      "RELEASE_DAMAGED",
      `the record of release ${release} contradicts itself: ${path}`
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
  const path = recordedManifestPath(deployDir, record2.release);
  try {
    return {
      ...readPlacedManifest((0, import_node_fs4.readFileSync)(path), record2.manifest.sha256, torrent2),
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
function isDirectory(path) {
  try {
    return (0, import_node_fs4.lstatSync)(path).isDirectory();
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
function freeSpace(path) {
  return spaceOf((0, import_node_fs6.statfsSync)(path));
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
function requireDirectory(path) {
  if (!(0, import_node_fs7.statSync)(path).isDirectory()) throw Object.assign(new Error("not a directory"), { code: "ENOTDIR" });
}
function requireAppendable(path) {
  if ((0, import_node_fs7.existsSync)(path)) (0, import_node_fs7.closeSync)((0, import_node_fs7.openSync)(path, "r+"));
}
function attempt(doing, path, work) {
  try {
    work();
  } catch (cause) {
    const error2 = diskError(cause, doing, path);
    const errno = errnoOf(cause);
    if (errno !== "EACCES" && errno !== "EPERM") throw error2;
    throw new MurmurationError(error2.code, `${error2.message}; ${whoseIsIt(path)}`, { cause });
  }
}
function whoseIsIt(path) {
  const there = nearestExisting(path);
  const { uid } = (0, import_node_fs7.statSync)(there);
  return `${describePath(there)} is of user ${uid}, and the agent runs as user ${process.getuid?.()}`;
}
function nearestExisting(path) {
  try {
    (0, import_node_fs7.statSync)(path);
    return path;
  } catch {
    return nearestExisting((0, import_node_path6.dirname)(path));
  }
}

// src/release/lock-wait.ts
var import_node_perf_hooks3 = require("node:perf_hooks");
var import_promises2 = require("node:timers/promises");

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
function take(deployDir, path, content) {
  while (true) {
    const found = tryReadLock(path);
    if (found === "none") {
      if (tryCreate(deployDir, path, content)) return;
      continue;
    }
    if (found === "unknown") {
      throw new MurmurationError(
        "LOCK_HELD",
        `${path} is not a lock that this version understands; remove it if no deploy runs`
      );
    }
    if (found.nonce === content.nonce) return;
    if (hasOwner(found)) throw heldBy(found, deployDir.lock);
    const successor = `${deployDir.lock}.after-${found.nonce}`;
    take(deployDir, successor, content);
    const now = tryReadLock(path);
    const isStillIt = now !== "none" && now !== "unknown" && now.nonce === found.nonce;
    if (isStillIt) {
      const temporary = writeTemporary(deployDir, content);
      (0, import_node_fs9.renameSync)(temporary, path);
    }
    (0, import_node_fs9.rmSync)(successor, { force: true });
    if (isStillIt) return;
  }
}
function tryCreate(deployDir, path, content) {
  const temporary = writeTemporary(deployDir, content);
  try {
    (0, import_node_fs9.linkSync)(temporary, path);
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
function tryReadLock(path) {
  try {
    const text2 = (0, import_node_fs9.readFileSync)(path, "utf8");
    if (text2 === "") return tryReadEmptied(path);
    return lockSchema.parse(JSON.parse(text2));
  } catch (error2) {
    if (errnoOf(error2) === "ENOENT") return "none";
    if (errnoOf(error2) !== void 0) throw error2;
    return "unknown";
  }
}
function tryReadEmptied(path) {
  const { ino, mtimeMs } = (0, import_node_fs9.statSync)(path);
  if (Math.abs(Date.now() - mtimeMs) < EMPTY_AT_MOST_MS) return "unknown";
  return { nonce: `${ino}-${mtimeMs}` };
}
function hasOwner(found) {
  return "pid" in found && isAlive(found);
}
function sweep(deployDir, own2) {
  for (const name of (0, import_node_fs9.readdirSync)(deployDir.internal)) {
    if (!name.startsWith(`${(0, import_node_path7.basename)(deployDir.lock)}.`)) continue;
    const path = (0, import_node_path7.join)(deployDir.internal, name);
    const found = tryReadLock(path);
    if (found === "none" || found === "unknown" || found.nonce === own2.nonce || hasOwner(found)) continue;
    (0, import_node_fs9.rmSync)(path, { force: true });
  }
}
function heldBy(lock, path) {
  return new MurmurationError(
    "LOCK_HELD",
    `${path} is held since ${lock.since} by ${lock.run} (process ${lock.pid} on ${lock.host})`
  );
}

// src/release/lock-wait.ts
var LOOK_AGAIN_MS = 250;
async function acquireLockWithin(deployDir, { run, waitMs, signal, onHeld }) {
  const untilMs = import_node_perf_hooks3.performance.now() + waitMs;
  for (; ; ) {
    signal.throwIfAborted();
    try {
      return await acquireLock(deployDir, { run });
    } catch (error2) {
      if (!(error2 instanceof MurmurationError) || error2.code !== "LOCK_HELD" || waitMs === 0) throw error2;
      const leftMs = untilMs - import_node_perf_hooks3.performance.now();
      if (leftMs <= 0) {
        const message = `${error2.message}; waited ${formatDuration(waitMs)} for it`;
        throw new MurmurationError("LOCK_HELD", message, { cause: error2 });
      }
      onHeld(error2.message);
      await (0, import_promises2.setTimeout)(Math.min(LOOK_AGAIN_MS, leftMs), void 0, { signal }).catch(() => {
      });
    }
  }
}

// src/release/deploy-log.ts
var import_node_fs10 = require("node:fs");
var import_promises3 = require("node:fs/promises");
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
    await (0, import_promises3.appendFile)(deployDir.log, `${JSON.stringify(entry)}
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
  const missing = files.filter((path) => !isFile((0, import_node_path8.join)(deployDir.shared, path)));
  if (missing.length === 0) return;
  const more = missing.length > NAMED_MAX ? `, and ${missing.length - NAMED_MAX} more` : "";
  const named = missing.slice(0, NAMED_MAX).map((path) => (0, import_node_path8.join)(deployDir.shared, path));
  throw new MurmurationError("SHARED_FILE_MISSING", `there is no file ${named.join(", ")}${more}`);
}
function linkShared(deployDir, tree, release, shared) {
  for (const path of shared.directories) {
    const directory = (0, import_node_path8.join)(deployDir.shared, path);
    attempt2("creating", directory, () => (0, import_node_fs11.mkdirSync)(directory, { recursive: true }));
  }
  const finalTree = releaseTree(deployDir, release);
  for (const path of [...shared.directories, ...shared.files]) {
    const target = (0, import_node_path8.relative)((0, import_node_path8.dirname)((0, import_node_path8.join)(finalTree, path)), (0, import_node_path8.join)(deployDir.shared, path));
    makeParents(tree, path);
    makeLink((0, import_node_path8.join)(tree, path), target);
  }
}
function makeParents(tree, path) {
  const parts = path.split("/").slice(0, -1);
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
function taken(path, by) {
  return new MurmurationError("SHARED_PATH_TAKEN", `cannot link ${path} into shared/: ${by} stands there`);
}
function isFile(path) {
  try {
    return (0, import_node_fs11.statSync)(path).isFile();
  } catch (error2) {
    if (errnoOf(error2) === void 0) throw error2;
    return false;
  }
}
function attempt2(doing, path, work) {
  try {
    work();
  } catch (cause) {
    throw diskError(cause, doing, path);
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
var import_promises5 = require("node:fs/promises");
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
  const failure2 = await new Promise((resolve2) => {
    const child = (0, import_node_child_process.spawn)("env", ["LC_ALL=C", "sync", "-f", "."], {
      cwd: directory,
      stdio: ["ignore", "ignore", "pipe"],
      signal: AbortSignal.any([signal, AbortSignal.timeout(FLUSH_TIMEOUT_MS)])
    });
    const words = new OutputTail(WORDS_CHARACTERS_MAX);
    child.stderr?.on("data", (chunk) => words.add(chunk));
    child.on("error", () => resolve2(void 0));
    child.once("close", (code2, killedBy) => {
      const text2 = words.text.trim();
      const isUnable = code2 === NOT_FOUND || /\boption\b/i.test(text2);
      resolve2(code2 === 0 || isUnable ? void 0 : text2 || `sync ended with ${code2 ?? killedBy}`);
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
async function removeTree(path, slice) {
  const location = Buffer.from(path);
  try {
    await remove(location, slice);
  } catch (cause) {
    throw diskError(cause, "removing", location.toString());
  }
}
async function remove(path, slice) {
  if (slice.over) await slice.next();
  try {
    if (!(0, import_node_fs12.lstatSync)(path).isDirectory()) {
      (0, import_node_fs12.unlinkSync)(path);
      return;
    }
    (0, import_node_fs12.chmodSync)(path, 448);
    for (const name of (0, import_node_fs12.readdirSync)(path, { encoding: "buffer" })) await remove(below(path, name), slice);
    (0, import_node_fs12.rmdirSync)(path);
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
      const path = entry.path === ROOT_PATH ? name.toString() : `${entry.path}/${name}`;
      if (!(0, import_node_buffer.isUtf8)(name) || !known.has(path)) yield below(directory, name);
    }
  }
}
function entryLocation(tree, path) {
  return path === ROOT_PATH ? tree : `${tree}/${path}`;
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
var import_promises4 = require("node:timers/promises");
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
    await (0, import_promises4.setImmediate)();
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
  async read(path, sizeBytes, onChunk, check) {
    const fd = (0, import_node_fs16.openSync)(path, OPEN_FOR_READING);
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
  const readFile = options.readFile ?? ((_index, { path, sizeBytes }, onChunk) => reader.read(entryLocation(tree, path), sizeBytes, onChunk));
  const hasher = new PieceHasher({
    firstPiece: 0,
    pieceLengthBytes: torrent2.pieceLengthBytes,
    onPiece: (piece, sha1) => onPiece(piece, sha1?.equals(pieceHash(torrent2, piece)) ?? false)
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
    if (!signal.aborted) await (0, import_promises5.rm)(staging.state, { force: true }).catch(() => {
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
function orDiskError(path, work) {
  try {
    return work();
  } catch (cause) {
    throw diskError(cause, "creating", path);
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
function isFileOf(path, sizeBytes) {
  try {
    const stats = (0, import_node_fs21.lstatSync)(path);
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
    const path = describePath(this.location(entry));
    try {
      const readBytes = await this.#readers.use(entry, (fd) => readRange(fd, into, offsetBytes));
      if (readBytes === into.length) return;
    } catch (cause) {
      const errno = errnoOf(cause);
      if (errno === void 0) throw cause;
      throw new MurmurationError(
        "VERIFY_FAILED",
        `${path} was written and can no longer be read (${errno})`,
        { cause }
      );
    }
    throw new MurmurationError("VERIFY_FAILED", `${path} became shorter after it was written`);
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
    const sha1 = (0, import_node_crypto10.createHash)("sha1").update(into.subarray(0, lengthBytes)).digest();
    if (!sha1.equals(pieceHash(torrent2, piece))) throw this.#noLongerThere(piece);
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
var import_promises6 = require("node:timers/promises");

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
    await (0, import_promises6.setTimeout)(pauseMs * (0.75 + 0.5 * Math.random()), void 0, { signal }).catch(() => {
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
  const path = (0, import_node_path12.join)(folder, "uplink");
  const open3 = /* @__PURE__ */ new Set();
  const server = (0, import_node_net4.createServer)((socket) => {
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
var import_node_perf_hooks4 = require("node:perf_hooks");
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
  #lastMs = import_node_perf_hooks4.performance.now();
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
    this.#lastMs = import_node_perf_hooks4.performance.now();
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
    const nowMs = import_node_perf_hooks4.performance.now();
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
var import_node_perf_hooks5 = require("node:perf_hooks");
var import_promises7 = require("node:timers/promises");

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
  const startMs = import_node_perf_hooks5.performance.now();
  const elapsedMs = () => import_node_perf_hooks5.performance.now() - startMs;
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
    await (0, import_promises7.setTimeout)(RETRY_PAUSE_MS, void 0, { signal });
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
  const closed = new Promise((resolve2) => child.stdout.once("close", resolve2));
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
    await Promise.race([closed, (0, import_promises7.setTimeout)(LAST_WORDS_MS, void 0, { ref: false })]);
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
  return new Promise((resolve2) => {
    child.once("error", (error2) => resolve2({ kind: "not-started", why: error2.message }));
    child.once(
      "exit",
      (code, killedBy) => resolve2(code === null ? { kind: "killed", signal: killedBy ?? "?" } : { kind: "exited", code })
    );
  });
}
async function endGroup(child) {
  const untilMs = import_node_perf_hooks5.performance.now() + TERMINATION_GRACE_MS;
  let isLeft = signalGroup(child, "SIGTERM");
  while (isLeft && import_node_perf_hooks5.performance.now() < untilMs) {
    await (0, import_promises7.setTimeout)(GROUP_POLL_MS);
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
var import_promises8 = require("node:fs/promises");
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
    await (0, import_promises8.rmdir)(aside).catch(() => {
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
    const membership = __using(_stack, await join10(plan2, wanted, opened, conversation, startEngine), true);
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
function join10(plan2, wanted, opened, conversation, startEngine) {
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
function homeExpanded(path) {
  return path.startsWith("~/") ? (0, import_node_path14.join)((0, import_node_os4.homedir)(), path.slice(2)) : path;
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
var import_promises9 = require("node:timers/promises");
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
    await (0, import_promises9.setTimeout)(PROBE_PAUSE_MS, void 0, { signal }).catch(() => {
    });
  }
}
async function tryTcp({ host, port: port2 }, signal) {
  const { promise, resolve: resolve2 } = Promise.withResolvers();
  const onAbort = () => resolve2({ kind: "unknown", why: "it was stopped" });
  if (signal.aborted) onAbort();
  signal.addEventListener("abort", onAbort, { once: true });
  const timer = setTimeout(() => setImmediate(resolve2, { kind: "timed-out" }), PROBE_ATTEMPT_MS);
  const socket = (0, import_node_net5.connect)({ host, port: port2 });
  socket.once("connect", () => resolve2({ kind: "reached" }));
  socket.on("error", (error2) => resolve2(endOf2(error2)));
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
  const isTold2 = clientAddress !== "" && serverAddress !== "";
  return {
    uplink: valueAfter(UPLINK) || void 0,
    ssh: isTold2 ? { clientAddress, serverAddress } : void 0
  };
}

// src/agent/uplink-program.ts
var import_node_events4 = require("node:events");
var import_node_fs30 = require("node:fs");
var import_node_net6 = require("node:net");
var import_node_path15 = require("node:path");

// src/remote/uplink-pipe.ts
var import_promises10 = require("node:stream/promises");
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
    (0, import_promises10.pipeline)([local, ...there, output], { signal }),
    (0, import_promises10.pipeline)([input, ...back, local], { signal })
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
async function removeLeftSocket(path) {
  try {
    await (0, import_node_events4.once)((0, import_node_net6.connect)(path), "connect");
  } catch (error2) {
    if (errnoOf(error2) === "ECONNREFUSED") (0, import_node_fs30.rmSync)((0, import_node_path15.dirname)(path), { recursive: true });
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

// src/agent/main.ts
void runAgent(startTurnsEngine);
