import { shellQuote } from "../core/shell-quote.ts";
import {
  type AgentPlace,
  DEFINE_SHA256,
  directoryOf,
  FIND_INPUT,
  MARK,
  ownPart,
  pruneOthers,
  throughLoginShell,
} from "./ssh-agent-scripts.ts";

/** Where a Node.js binary is kept on a target: `<agentDir>/<its SHA-256>/node`. */
export type RuntimePlace = Omit<AgentPlace, "fileName">;

/** Between two targets. Who does not answer by then is at another of its addresses, or behind a firewall. */
const CONNECT_TIMEOUT_S = 4;
/** A source that sends nothing for so long is gone. */
const SILENCE_MAX_S = 15;
/** Less than what the runner waits. */
const FETCH_MAX_S = 170;

/** What a target says of the runtime that it should have. */
export type RuntimeCheck =
  /** It is there, whole, and prints its version. */
  | { readonly kind: "runs"; readonly path: string; readonly version: string }
  /** It is there and whole. */
  | { readonly kind: "does-not-run"; readonly exitCode: number; readonly words: string }
  | {
      readonly kind: "lacking";
      /** No program may be started from this file system. */
      readonly noExec: boolean;
      /** Undefined where the target can't tell. */
      readonly freeBytes: number | undefined;
    };

/** Names in the scripts: `d` the folder, `f` the runtime, `t` what is not yet one. What programs write is read by us, so it is to be English. */
function setNames(place: RuntimePlace, uniqueName: string): string {
  return [
    "LC_ALL=C; export LC_ALL; unset NODE_OPTIONS; umask 077;",
    `d=${directoryOf(place)}; f="$d"/node; t="$d"/${shellQuote(uniqueName)};`,
    `trap 'rm -f "$t"' EXIT; trap "exit 1" HUP INT PIPE TERM;`,
    'mkdir -p "$d" || exit 1;',
  ].join(" ");
}

/** The runtime says its version, or the shell says why not; on one line. Where the loader is missing it is the shell that calls the file missing. */
const DEFINE_TRY =
  'try() { v=$("$f" --version 2>&1 </dev/null); c=$?; ' +
  `if [ "$c" -eq 0 ]; then echo "${MARK} runs $v $f"; else set -f; echo "${MARK} fails $c" $v; set +f; fi; };`;

/**
 * Whether a file is the runtime: size and SHA-256. A target without any program for that one believes what came over SSH by its size, and takes
 * nothing from others.
 */
function defineIsWhole(place: RuntimePlace, { trusted }: { readonly trusted: boolean }): string {
  const sum = trusted ? `\${s:-${place.sha256}}` : "$s";
  return (
    `whole() { [ -f "$1" ] && n=$(wc -c < "$1") && [ "$n" -eq ${place.sizeBytes} ] && ` +
    `s=$(sha256 < "$1") && [ "${sum}" = ${place.sha256} ]; };`
  );
}

/** What takes its place under its name does so whole; whoever else brings the same does no harm. */
const PUT_IN_PLACE = 'chmod 700 "$t" && mv -f "$t" "$f" || exit 1; try;';

/**
 * Looks for the runtime, tries it, and where it is not there or not whole says what has to be known before 126 MB are moved. Read by `readRuntimeCheck`.
 * What an interrupted run left is removed here: the folder is the runtime's own.
 */
export function findRuntimeCommand(place: RuntimePlace, uniqueName: string): string {
  return throughLoginShell(
    DEFINE_SHA256,
    setNames(place, uniqueName),
    DEFINE_TRY,
    defineIsWhole(place, { trusted: true }),
    'touch "$d"; find "$d" -name ".node.*" -mtime +1 -exec rm -f {} + 2>/dev/null;',
    'if whole "$f"; then [ -x "$f" ] || chmod 700 "$f"; try; else rm -f "$f";',
    // A script without a first line that names an interpreter: the shell runs it itself, once the kernel has let it be started.
    'echo "exit 0" > "$t" 2>/dev/null && chmod 700 "$t" && { "$t" >/dev/null 2>&1 </dev/null;',
    `[ $? -ne 126 ] || echo "${MARK} noexec"; };`,
    `df -Pk "$d" 2>/dev/null | { read -r h; read -r n b u a h; echo "${MARK} free $a"; };`,
    `echo "${MARK} lacking"; fi;`,
    `echo "${MARK} end"`,
  );
}

/** Takes the runtime from stdin, after `INPUT_START`. What it says is read by `readRuntimeCheck`; exit code 0 says that it is in place. */
export function pushRuntimeCommand(
  place: RuntimePlace,
  uniqueName: string,
  { gzipped }: { readonly gzipped: boolean },
): string {
  return throughLoginShell(
    DEFINE_SHA256,
    setNames(place, uniqueName),
    DEFINE_TRY,
    defineIsWhole(place, { trusted: true }),
    FIND_INPUT,
    `${gzipped ? "gzip -dc" : "cat"} > "$t" || exit 1;`,
    'whole "$t" || { echo "what arrived is not what was sent" >&2; exit 1; };',
    PUT_IN_PLACE,
    `echo "${MARK} end";`,
    pruneOthers(place),
  );
}

/**
 * `get URL` writes to stdout what is there. busybox has no option that limits its time (and 1.35, told `-T`, crashes), so `timeout` does where it is
 * there: a first request, for nothing, finds out soon whether the address is the right one.
 */
const DEFINE_GET = [
  "l=; m=; if timeout 9 true 2>/dev/null; then",
  `l="timeout ${CONNECT_TIMEOUT_S}"; m="timeout ${FETCH_MAX_S}"; fi;`,
  "get() { if command -v curl >/dev/null 2>&1; then",
  `echo "url = $1" | curl -q -g -fsS --connect-timeout ${CONNECT_TIMEOUT_S} --speed-limit 4096 --speed-time ${SILENCE_MAX_S} -K -;`,
  'else case "$(wget --version 2>/dev/null </dev/null)" in',
  `*"GNU Wget"*) wget --no-config -q -t 1 -T ${SILENCE_MAX_S} -O - "$1" </dev/null;;`,
  '*) $l wget -q -O - "$(dirname "$1")/" </dev/null >/dev/null && $m wget -q -O - "$1" </dev/null;; esac; fi; };',
].join(" ");

/**
 * Fetches the runtime from the first URL that gives it; they come one a line over stdin, after `INPUT_START`. For curl the URL, which holds a token, stays out of its arguments. busybox
 * has no such way, and who reads it there can fetch a Node.js binary for as long as others do, no more. What arrives is believed by its SHA-256 only, and is
 * never more than the runtime has.
 */
export function fetchRuntimeCommand(
  place: RuntimePlace,
  uniqueName: string,
  { gzipped }: { readonly gzipped: boolean },
): string {
  return throughLoginShell(
    DEFINE_SHA256,
    setNames(place, uniqueName),
    DEFINE_TRY,
    defineIsWhole(place, { trusted: false }),
    // Proxies and settings of the user are for another world than this network.
    "unset http_proxy HTTP_PROXY all_proxy ALL_PROXY;",
    FIND_INPUT,
    DEFINE_GET,
    "g=; while read -r u; do",
    `get "$u" ${gzipped ? "| gzip -dc " : ""}| head -c ${place.sizeBytes + 1} > "$t";`,
    'if whole "$t"; then g=1; break; fi; echo "nothing whole from there" >&2; done;',
    '[ -n "$g" ] || exit 1;',
    PUT_IN_PLACE,
    `echo "${MARK} end";`,
    pruneOthers(place),
  );
}

/** Undefined where the output does not hold a whole answer. */
export function readRuntimeCheck(stdout: string): RuntimeCheck | undefined {
  const lines = stdout.split("\n").map(ownPart);
  if (!lines.includes(`${MARK} end`)) return undefined;
  const said = (pattern: string) => {
    for (const line of lines) {
      const found = new RegExp(`^${MARK} ${pattern}$`).exec(line);
      if (found !== null) return found;
    }
    return undefined;
  };
  const runs = said("runs (v\\d\\S*) (/.+)");
  if (runs !== undefined) return { kind: "runs", version: runs[1] ?? "", path: runs[2] ?? "" };
  if (lines.includes(`${MARK} lacking`)) {
    const freeKiB = said("free (\\d{1,15})")?.[1];
    const freeBytes = freeKiB === undefined ? undefined : Number(freeKiB) * 1024;
    return { kind: "lacking", noExec: lines.includes(`${MARK} noexec`), freeBytes };
  }
  const fails = said("fails (\\d{1,3})(?: (.*))?");
  if (fails !== undefined) return { kind: "does-not-run", exitCode: Number(fails[1]), words: fails[2] ?? "" };
  // It runs, and is no Node.js.
  const odd = said("runs (.*)");
  return odd === undefined ? undefined : { kind: "does-not-run", exitCode: 0, words: odd[1] ?? "" };
}
