import { MurmurationError } from "../core/errors.ts";
import {
  checkHostKey,
  type HostKeyVerdict,
  type KnownHostEntry,
  keyFingerprint,
  keyTypeOf,
  knownHostsLine,
  knownKeyTypes,
} from "../core/known-hosts.ts";

/** What ssh2 can verify, in its order; without `ssh-rsa`, whose signatures are SHA-1. */
const VERIFIABLE = [
  "ssh-ed25519",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
  "rsa-sha2-512",
  "rsa-sha2-256",
] as const;
type HostKeyAlgorithm = (typeof VERIFIABLE)[number];

/** Its message holds the line to pin; here it is by itself, so that a run can list the lines of all its new hosts. */
export class HostKeyUnknownError extends MurmurationError {
  readonly knownHostsLine: string;

  constructor(message: string, line: string) {
    super("HOST_KEY_UNKNOWN", message);
    this.knownHostsLine = line;
  }
}

export interface HostKeyPolicy {
  readonly knownHosts: readonly KnownHostEntry[];
  /** False accepts a host that has no pinned key, with a warning that prints the line to pin. */
  readonly strict: boolean;
  readonly warn: (message: string) => void;
}

/** Judges the key that one host shows, for as many attempts as it takes. */
export interface HostKeyJudge {
  /** In the order of our liking: pinned types first, so that a host with several keys shows a pinned one. */
  readonly algorithms: HostKeyAlgorithm[];
  /** True: go on. False: `refusal` says why. */
  readonly accept: (keyBlob: Buffer) => boolean;
  readonly refusal: () => MurmurationError | undefined;
}

export function judgeHostKey(
  address: { readonly name: string; readonly host: string; readonly port: number },
  policy: HostKeyPolicy,
): HostKeyJudge {
  const { name, host, port } = address;
  let refusal: MurmurationError | undefined;
  let warned = false;
  const pinned = new Set(knownKeyTypes(policy.knownHosts, host, port));
  const isPinned = (algorithm: string) => pinned.has(algorithm);
  const unverifiable = VERIFIABLE.some(isPinned) ? [] : [...pinned];
  // The others are offered too: a host that shows only those is refused below with the key it showed, and not with "no matching format".
  const algorithms = [...VERIFIABLE.filter(isPinned), ...VERIFIABLE.filter((one) => !isPinned(one))];

  const judge = (keyBlob: Buffer): MurmurationError | undefined => {
    const verdict = checkHostKey(policy.knownHosts, host, port, keyBlob);
    const failure = hostKeyFailure(address, keyBlob, verdict, unverifiable);
    if (policy.strict || !(failure instanceof HostKeyUnknownError)) return failure;
    if (!warned) policy.warn(acceptedWarning(name, keyBlob, failure.knownHostsLine));
    warned = true;
    return undefined;
  };

  return {
    algorithms,
    accept: (keyBlob) => {
      refusal = judge(keyBlob);
      return refusal === undefined;
    },
    refusal: () => refusal,
  };
}

/** What is wrong with a key that a host shows; undefined where it is known. */
export function hostKeyFailure(
  { name, host, port }: { readonly name: string; readonly host: string; readonly port: number },
  keyBlob: Buffer,
  verdict: HostKeyVerdict,
  /** Types of the pinned keys, where the client knows none of them and so could not ask for them. */
  unverifiable: readonly string[] = [],
): MurmurationError | undefined {
  const shown = shownKey(keyBlob);
  const line = knownHostsLine(host, port, keyBlob);
  switch (verdict.kind) {
    case "known":
      return undefined;
    case "revoked":
      return new MurmurationError(
        "HOST_KEY_REVOKED",
        `${name}: the host shows the key ${shown}, which line ${verdict.line} of the known hosts revokes`,
      );
    case "changed": {
      const why =
        unverifiable.length === 0
          ? ""
          : `: of type ${unverifiable.join(", ")}, which needs ssh-client: openssh`;
      return new MurmurationError(
        "HOST_KEY_CHANGED",
        `${name}: the host shows the key ${shown}, but another is pinned (known hosts, ${listLines(verdict.lines)})${why}. The line of the key it shows is: ${line}`,
      );
    }
    case "unknown":
      return new HostKeyUnknownError(
        `${name}: no key is known for this host. It shows ${shown}; the line to pin is: ${line}`,
        line,
      );
  }
}

export function acceptedWarning(name: string, keyBlob: Buffer, line: string): string {
  return `${name}: accepted the unknown host key ${shownKey(keyBlob)}. Pin it with the line: ${line}`;
}

/** For messages. */
export function shownKey(keyBlob: Buffer): string {
  return `${keyTypeOf(keyBlob)} ${keyFingerprint(keyBlob)}`;
}

export function listLines(lines: readonly number[]): string {
  return `${lines.length === 1 ? "line" : "lines"} ${lines.slice(0, 5).join(", ")}`;
}
