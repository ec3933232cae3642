/** A platform as nodejs.org names its builds: `linux-x64`, `linux-arm64`, `linux-x64-musl`. */
export type NodePlatform = string;

const SYSTEMS: Readonly<Record<string, string>> = {
  linux: "linux",
  darwin: "darwin",
  freebsd: "freebsd",
  sunos: "sunos",
  aix: "aix",
};

/** What `uname -m` says, in Node's own words. */
const MACHINES: Readonly<Record<string, string>> = {
  x86_64: "x64",
  amd64: "x64",
  aarch64: "arm64",
  arm64: "arm64",
  armv7l: "armv7l",
  armv8l: "armv7l",
  armv6l: "armv6l",
  i386: "x86",
  i486: "x86",
  i586: "x86",
  i686: "x86",
  ppc64le: "ppc64le",
  s390x: "s390x",
  riscv64: "riscv64",
  loongarch64: "loong64",
};

/** From `Linux x86_64 glibc`: what the system, the machine and its C library are called. A word that is not known stays as it is. */
export function platformOfMachine(words: string): NodePlatform {
  const [system = "", machine = "", library = ""] = words.trim().toLowerCase().split(/\s+/);
  const base = `${SYSTEMS[system] ?? (system || "unknown")}-${MACHINES[machine] ?? (machine || "unknown")}`;
  return library === "musl" ? `${base}-musl` : base;
}

/** Of the Node.js that runs this. `glibc` is undefined where it is linked against another C library. */
export function platformOfProcess(
  platform: string,
  architecture: string,
  glibc: string | undefined,
): NodePlatform {
  const arch = { ia32: "x86", arm: "armv7l", ppc64: "ppc64le" }[architecture] ?? architecture;
  return platform === "linux" && glibc === undefined ? `linux-${arch}-musl` : `${platform}-${arch}`;
}

const NAME =
  /^(?:node-v\d+(?:\.\d+){0,2}-)?((?:linux|darwin|freebsd|sunos|aix)-(?:x64|x86|arm64|armv[67]l|ppc64le|s390x|riscv64|loong64)(?:-musl)?)(?:-glibc-\d+)?(\.\w.*)?$/;

/**
 * What the name of a file or folder in `node-runtime` says that it is: `node-v24.11.0-linux-arm64.tar.gz`, `linux-x64-musl`. Builds for an older glibc
 * (`linux-x64-glibc-217`) run with any newer one. Undefined where it says nothing of the kind.
 */
export function parseRuntimeName(
  name: string,
): { readonly platform: NodePlatform; readonly extension: string } | undefined {
  const found = NAME.exec(name);
  return found === null ? undefined : { platform: found[1] ?? "", extension: found[2] ?? "" };
}

/** What `<runtime> --version` did where it did not print a version. */
export interface FailedStart {
  readonly exitCode: number;
  /** What it, or the shell, wrote. */
  readonly words: string;
}

/** Why a runtime does not run on a target, and what the input `node-runtime` would have to hold. */
export function whyItDoesNotRun({ exitCode, words }: FailedStart, platform: NodePlatform): string {
  const versions = [...words.matchAll(/version [`'](GLIBC(?:XX)?_[\d.]+)'/g)].map((found) => found[1] ?? "");
  const said = words === "" ? `exit code ${exitCode}` : words;
  if (versions.length > 0) {
    const needed = [...new Set(versions)].join(", ");
    return `the target's C library is too old: the runtime needs ${needed}, which it lacks; give a build for an older one in \`node-runtime\`, such as node-v24.11.0-${platform}-glibc-217.tar.gz (from unofficial-builds.nodejs.org)`;
  }
  if (/error while loading shared libraries|Error relocating|Error loading shared/i.test(words))
    return `a library is missing there: ${said}`;
  if (exitCode === 127 || /not found|No such file/.test(words)) {
    const other = platform.endsWith("-musl") ? platform.slice(0, -"-musl".length) : `${platform}-musl`;
    return `the file is there, but not the loader that it asks for: it is built for another C library; give node-v24.11.0-${other}.tar.gz in \`node-runtime\`, or what the target is (${said})`;
  }
  if (/exec format|cannot execute|syntax error/i.test(words))
    return `it is built for another processor than ${platform}: ${said}`;
  return said;
}
