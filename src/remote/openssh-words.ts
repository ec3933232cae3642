/** What `ssh` says on stderr when it ends. It has no codes; these sentences have stood in it for twenty years. */
export type OpenSshFailure =
  | { readonly kind: "host-key"; readonly verdict: "unknown" | "changed" | "revoked"; readonly words: string }
  | {
      readonly kind: "authentication";
      readonly who: string | null;
      readonly methods: string;
      /** What kept keys from being used here, such as a token that wants a PIN; null: nothing is known of it. */
      readonly remarks: string | null;
    }
  /** `lasting`: another attempt would meet it again. */
  | { readonly kind: "lasting" | "config" | "passing"; readonly words: string };

/** Lines that do not say why it ended. */
const BESIDE_THE_POINT =
  /^(Authenticated to |\*\* |Transferred: |Bytes per second: |no such identity: |Host key verification failed|debug\d)/;

/** What carries it has ended: where `ssh` has connected by itself, the peer's address stands here. */
const WAY_CLOSED = /^(Connection (closed|reset) by|ssh_dispatch_run_fatal: Connection to) UNKNOWN port 65535/;
const WAY_NOISE = /^(Authenticated to |debug\d|(kex|ssh)_exchange_identification: )/;
const WAY_WORDS_MAX = 3;

/** Of keys that could not be read, unlocked or asked to sign. A server's banner is on the same stderr, so it is not all that stands there. */
const KEY_REMARK =
  /^(pin required|sign_and_send_pubkey: |Load key |no such identity: |Warning: Identity file |(provider|dlopen|lib_contains_symbol:|pkcs11_\w+:?|C_[A-Z]\w+) )/;
const KEY_REMARKS_MAX = 3;

export function readFailure(stderr: string): OpenSshFailure {
  const lines = stderr
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const ofTheWay = readWayFailure(lines);
  if (ofTheWay !== undefined) return ofTheWay;
  const find = (pattern: RegExp) => lines.findLast((line) => pattern.test(line));
  const revoked = find(/^The .* host key for .* is marked as revoked\.$/);
  if (revoked !== undefined) return { kind: "host-key", verdict: "revoked", words: revoked };
  if (find(/REMOTE HOST IDENTIFICATION HAS CHANGED/) !== undefined) {
    const offending = find(/^Offending .* key in /) ?? "the host key has changed";
    return { kind: "host-key", verdict: "changed", words: offending };
  }
  const unknown = find(/ host key is known for .* and you have requested strict checking/);
  if (unknown !== undefined || find(/^Host key verification failed/) !== undefined) {
    const words = find(/^Certificate |[Cc]ertificate (invalid|has expired)/) ?? unknown ?? lastOf(lines);
    return { kind: "host-key", verdict: "unknown", words };
  }
  const denied = find(/Permission denied \(.*\)/);
  if (denied !== undefined) {
    const [, who, methods] = /^(?:(\S+): )?Permission denied \((.*)\)/.exec(denied) ?? [];
    return {
      kind: "authentication",
      who: who ?? null,
      methods: (methods ?? "").split(",").join(", "),
      remarks: readKeyRemarks(lines),
    };
  }
  const tooMany = find(/Too many authentication failures/);
  if (tooMany !== undefined)
    return { kind: "authentication", who: null, methods: "too many keys were offered", remarks: null };
  const algorithms = find(/no matching .* found/i);
  if (algorithms !== undefined) return { kind: "lasting", words: algorithms };
  if (find(/terminating, \d+ bad configuration options/) !== undefined)
    return { kind: "config", words: lines[0] ?? "" };
  return { kind: "passing", words: lastOf(lines) };
}

function readKeyRemarks(lines: readonly string[]): string | null {
  const remarks = [...new Set(lines.filter((line) => KEY_REMARK.test(line)))];
  return remarks.length === 0 ? null : remarks.slice(-KEY_REMARKS_MAX).join("; ");
}

/** What a ProxyCommand says stands on the same stderr, and may well be an `ssh` that was refused somewhere else. */
function readWayFailure(lines: readonly string[]): OpenSshFailure | undefined {
  if (!lines.some((line) => WAY_CLOSED.test(line))) return undefined;
  const own = lines.filter((line) => !WAY_CLOSED.test(line) && !WAY_NOISE.test(line)).slice(-WAY_WORDS_MAX);
  if (own.length === 0)
    return { kind: "passing", words: "what carries the connection there closed it without a word" };
  const isLasting = own.some((line) =>
    /Permission denied \(|^Host key verification failed|^jumphost loop/.test(line),
  );
  const words = `what carries the connection there (ProxyCommand, ProxyJump) failed: ${own.join("; ")}`;
  return { kind: isLasting ? "lasting" : "passing", words };
}

/** The address in `Authenticated to web-1 ([10.0.0.7]:22)`; undefined where there is none: through a proxy it is not known. */
export function readPeerAddress(line: string): string | undefined {
  return /^Authenticated to \S+ \(\[([^\]]+)\]:\d+\)/.exec(line)?.[1];
}

/** What a shared connection says where its host could not, or would not, forward to another; undefined where the line is something else. */
export function readForwardFailure(line: string): string | undefined {
  return /^channel \d+: open failed: (.*)$/.exec(line.trim())?.[1];
}

/** Whether it is what carries the connection that failed. */
export function isForwardFailure(stderr: string): boolean {
  return /^Stdio forwarding request failed/m.test(stderr);
}

export function isAuthenticated(line: string): boolean {
  return line.startsWith("Authenticated to ");
}

function lastOf(lines: readonly string[]): string {
  return lines.findLast((line) => !BESIDE_THE_POINT.test(line)) ?? "it ended without a word";
}
