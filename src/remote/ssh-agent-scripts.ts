import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { shellQuote } from "../core/shell-quote.ts";

/** The oldest runtime that the agent's bundle is built for. */
export const NODE_MAJOR_MIN = 22;

/** Starts our own lines, so that what a login script prints is not taken for them. */
export const MARK = "@murmuration";

/** Input for login scripts that ask a question: they would wait for ever, or take the first lines of what is meant for us. */
export const LINES_TO_READ = "\n".repeat(16);

/** Passes over what login scripts have left of `LINES_TO_READ`. `read` takes no byte beyond its line. */
export const FIND_INPUT =
  `while IFS= read -r l; do [ "$l" = "${MARK} input" ] && break; done; ` +
  `[ "$l" = "${MARK} input" ] || { echo "a start-up file of the login shell has read what was sent" >&2; exit 1; };`;

/** Where Node.js is looked for after the PATH, which is short in sessions without a terminal. Expanded by the target's shell. */
const NODE_PLACES = [
  "/usr/local/bin/node",
  "/usr/bin/node",
  "/opt/node/bin/node",
  '"$HOME"/.nvm/versions/node/*/bin/node',
  '"$HOME"/.volta/bin/node',
  '"$HOME"/.asdf/installs/nodejs/*/bin/node',
  '"$HOME"/.asdf/shims/node',
  '"$HOME"/.local/share/fnm/node-versions/*/installation/bin/node',
  '"$HOME"/.fnm/node-versions/*/installation/bin/node',
];

/** An agent of another version that nobody started for so long is removed by the next push. */
const AGENT_UNUSED_DAYS = 30;

/** A program of ours that runs at the other end of a connection: the agent, or the origin. */
export interface AgentBundle {
  /** On the target. */
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** The same bytes as a gzip file: a quarter of them, and they cross the runner's link once for each target. */
  readonly gzipped: Uint8Array;
  /** Of `bytes`, hex. */
  readonly sha256: string;
}

export function agentBundleOf(bytes: Uint8Array, fileName = "agent.cjs"): AgentBundle {
  return {
    fileName,
    bytes,
    gzipped: gzipSync(bytes),
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
}

export interface AgentPlace {
  /** `~` at its start is the home of the SSH user. */
  readonly agentDir: string;
  readonly sha256: string;
  readonly fileName: string;
  readonly sizeBytes: number;
}

export interface Probe {
  /** The agent's file is there, whole. */
  readonly agentThere: boolean;
  /** The target can unpack what is sent to it compressed. */
  readonly gzipThere: boolean;
  /** The first that is new enough. */
  readonly node: FoundNode | undefined;
  /** Those that were found before it and are too old. */
  readonly tooOld: readonly FoundNode[];
  /** Told where no Node.js is new enough: what a runtime for this target would have to be. */
  readonly machine: FoundMachine | undefined;
}

/** Of a target without Node.js. */
export interface FoundMachine {
  /** As `uname -s`, `uname -m` and the names of its loaders say: `Linux x86_64 glibc`. */
  readonly words: string;
  /** It can fetch a file by HTTP. */
  readonly httpThere: boolean;
}

export interface FoundNode {
  readonly path: string;
  /** As it prints it: `v22.11.0`. */
  readonly version: string;
}

/**
 * All scripts are one line without backslash and exclamation mark: the login shell that hands them to `sh` may be one that
 * reads these inside quotes.
 */
export function throughLoginShell(...script: readonly string[]): string {
  return `exec sh -c ${shellQuote(script.join(" "))}`;
}

/** Each of these programs prints the digest of its stdin first; without any of them nothing is printed. */
export const DEFINE_SHA256 =
  "sha256() { if command -v sha256sum >/dev/null 2>&1; then sha256sum; " +
  "elif command -v shasum >/dev/null 2>&1; then shasum -a 256; " +
  "elif command -v openssl >/dev/null 2>&1; then openssl dgst -sha256 -r; fi | cut -c 1-64; };";

/**
 * A machine may have the loaders of both C libraries; programs for glibc run there. `httpThere` is for `get` in the scripts of the runtime.
 */
const TELL_MACHINE = [
  "l=; for i in /lib*/ld-linux*.so.* /lib/*/ld-linux*.so.* /lib*/ld64.so.*; do",
  '[ -e "$i" ] && l=glibc; done;',
  '[ -n "$l" ] || for i in /lib/ld-musl-*.so.*; do [ -e "$i" ] && l=musl; done;',
  `echo "${MARK} machine $(uname -s) $(uname -m) $l";`,
  `if command -v curl >/dev/null 2>&1 || command -v wget >/dev/null 2>&1; then echo "${MARK} http"; fi`,
].join(" ");

/** Prints whether the agent is there and which Node.js is; read by `readProbe`. */
export function probeCommand(place: AgentPlace): string {
  return throughLoginShell(
    DEFINE_SHA256,
    `d=${directoryOf(place)}; f="$d"/${place.fileName}; s=;`,
    `if [ -s "$f" ] && [ -r "$f" ] && [ "$(wc -c < "$f")" -eq ${place.sizeBytes} ]; then s=$(sha256 < "$f");`,
    `if [ "\${s:-${place.sha256}}" = ${place.sha256} ]; then touch "$d" 2>/dev/null; echo "${MARK} agent"; fi; fi;`,
    `if command -v gzip >/dev/null 2>&1; then echo "${MARK} gzip"; fi;`,
    `k=; for n in "$(command -v node)" ${NODE_PLACES.join(" ")}; do`,
    `[ -f "$n" ] && [ -x "$n" ] || continue;`,
    'v=$("$n" --version 2>/dev/null </dev/null) || continue;',
    `m=\${v#v}; m=\${m%%.*};`,
    `if [ "$m" -ge ${NODE_MAJOR_MIN} ] 2>/dev/null; then k=1; echo "${MARK} node $v $n"; break; fi;`,
    `echo "${MARK} old $v $n"; done;`,
    `[ -n "$k" ] || { ${TELL_MACHINE}; };`,
    `echo "${MARK} end"`,
  );
}

/** Undefined where the output does not hold a whole probe. */
export function readProbe(stdout: string): Probe | undefined {
  const lines = stdout.split("\n").map(ownPart);
  if (!lines.includes(`${MARK} end`)) return undefined;
  const nodes = (kind: string) =>
    lines.flatMap((line) => {
      const found = new RegExp(`^${MARK} ${kind} (\\S+) (.+)$`).exec(line);
      return found === null ? [] : [{ version: found[1] ?? "", path: found[2] ?? "" }];
    });
  // A PATH that holds a usual place finds the same program twice.
  const tooOld = new Map(nodes("old").map((node) => [node.path, node]));
  const machine = lines.find((line) => line.startsWith(`${MARK} machine `))?.slice(`${MARK} machine `.length);
  return {
    agentThere: lines.includes(`${MARK} agent`),
    gzipThere: lines.includes(`${MARK} gzip`),
    node: nodes("node")[0],
    tooOld: [...tooOld.values()],
    machine:
      machine === undefined ? undefined : { words: machine, httpThere: lines.includes(`${MARK} http`) },
  };
}

/** Without what a login script printed before it and did not end with a newline. */
export function ownPart(line: string): string {
  return line.slice(Math.max(0, line.indexOf(MARK))).trim();
}

/**
 * Takes the agent from stdin (see `pushInput`), as it is or as a gzip file. It appears under its name whole or not at all, whoever else pushes at the same time; `uniqueName` is for the file that it is
 * until then. What goes wrong is said on stderr.
 */
export function pushCommand(
  place: AgentPlace,
  uniqueName: string,
  { gzipped }: { readonly gzipped: boolean },
): string {
  return throughLoginShell(
    DEFINE_SHA256,
    `umask 077; d=${directoryOf(place)}; t="$d"/${shellQuote(uniqueName)};`,
    `trap 'rm -f "$t"' EXIT; trap "exit 1" HUP INT PIPE TERM;`,
    'mkdir -p "$d" || exit 1;',
    FIND_INPUT,
    `${gzipped ? "gzip -dc" : "cat"} > "$t" || exit 1;`,
    'n=$(wc -c < "$t");',
    `[ "$n" -eq ${place.sizeBytes} ] || { echo "${place.sizeBytes} bytes were sent, $n arrived" >&2; exit 1; };`,
    's=$(sha256 < "$t");',
    `[ "\${s:-${place.sha256}}" = ${place.sha256} ] || { echo "what arrived is not what was sent" >&2; exit 1; };`,
    `mv -f "$t" "$d"/${place.fileName} || exit 1;`,
    pruneOthers(place),
  );
}

/** Before what a script with `FIND_INPUT` takes. */
export const INPUT_START: Uint8Array = Buffer.from(`${LINES_TO_READ}${MARK} input\n`);

/** What `pushCommand` takes. */
export function pushInput(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([INPUT_START, bytes]);
}

/**
 * Becomes the agent: its stdin and stdout are the channel's. Says its process id on stderr first, for `readPid`. What a machine loads into
 * each of its Node.js programs stays out of this one; and as it trusts no certificate authority, it need not parse Node's own (7 of 51 ms).
 * It is told the ends of the connection, which sshd knows: by arguments, since it reads no environment.
 */
export function startCommand(place: AgentPlace, nodePath: string, words: readonly string[] = []): string {
  return throughLoginShell(
    `echo "${MARK} pid $$" >&2; unset NODE_OPTIONS NODE_EXTRA_CA_CERTS;`,
    `exec ${shellQuote(nodePath)} --use-openssl-ca ${directoryOf(place)}/${place.fileName}`,
    '"--ssh-connection=$SSH_CONNECTION"',
    ...words.map(shellQuote),
  );
}

/** Undefined where the line is another one. */
export function readPid(line: string): number | undefined {
  const pid = new RegExp(`^${MARK} pid (\\d{1,10})$`).exec(ownPart(line))?.[1];
  return pid === undefined ? undefined : Number(pid);
}

export function killCommand(pid: number): string {
  return `kill -KILL ${pid}`;
}

/** Only folders whose name is a SHA-256 are ours. A probe touches its own, so that none is removed under a run that is about to start it. */
export function pruneOthers(place: Pick<AgentPlace, "agentDir">): string {
  const sha256Pattern = "[0-9a-f]".repeat(64);
  const [agentDir, unused] = [homeExpanded(place.agentDir), `-mtime +${AGENT_UNUSED_DAYS}`];
  return [
    `find ${agentDir}/ -maxdepth 1 -type d -name "${sha256Pattern}" ${unused} -exec rm -rf {} + 2>/dev/null;`,
    // What a bastion keeps of a fleet; each run writes a file into this folder, and removes it.
    `for s in ${agentDir}/seed/*/.murmuration; do`,
    `[ -n "$(find "$s" -maxdepth 0 ${unused} 2>/dev/null)" ] || continue; s=\${s%/.murmuration};`,
    'chmod -R u+w "$s"; rm -rf "$s"; done 2>/dev/null; exit 0',
  ].join(" ");
}

export function directoryOf(place: Pick<AgentPlace, "agentDir" | "sha256">): string {
  return `${homeExpanded(place.agentDir)}/${place.sha256}`;
}

function homeExpanded(path: string): string {
  const trimmed = path.replace(/(?<=.)\/+$/, "");
  if (trimmed === "~") return '"$HOME"';
  return trimmed.startsWith("~/") ? `"$HOME"/${shellQuote(trimmed.slice(2))}` : shellQuote(trimmed);
}
