import { createHash } from "node:crypto";
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { hostAndPort } from "../../src/core/ip-address.ts";
import type { PeerAddress } from "../../src/swarm/engine.ts";
import { type Inputs, reachInputs, requirePassed, runAction } from "../support/action-run.ts";
import { ensureDebianPackage } from "../support/debian-package.ts";
import { agentsOn, untilQuiet } from "../support/deployed-state.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { Relay } from "../support/raw-peer.ts";
import { makeSmallBuild } from "../support/small-build.ts";
import { eventually, type SshdFleet, type SshdHost, startSshdFleet } from "../support/sshd-fleet.ts";

/** Everything on it is an applet of busybox, its login shell too. */
const BUSYBOX = 1;
const OLD_NODE = 2;
/** Has neither curl nor wget, so that it can have it from the runner only. */
const NO_HTTP = 0;
const FLEET = [0, 1, 2, 3, 4, 5, 6, 7];

const RUNTIME = readFileSync(process.execPath);
const SHA256 = sha256(RUNTIME);
/** Whoever got less over SSH did not get the runtime, which compresses to 45 MB. */
const RUNTIME_BYTES_MIN = 20_000_000;

describeWithOpenSsh("targets without Node.js", () => {
  let folder: string;
  let fleet: SshdFleet;
  let relays: Relay[] = [];
  let releases = 0;

  const host = (index: number): SshdHost => fleet.targets[index]!;
  const runtimeOn = (index: number) => join(host(index).rootPath, "root/.cache/murmuration", SHA256, "node");
  const deploy = async (indexes: readonly number[], inputs: Inputs = {}, onLine?: (line: string) => void) =>
    await runAction(
      {
        ...reachInputs(fleet, indexes),
        path: join(folder, "build"),
        release: `r${releases++}`,
        ...inputs,
      },
      onLine === undefined ? {} : { onLine, onProgress: () => {} },
    );
  /** As `reachInputs`, through relays that count. */
  const countedInputs = (): Inputs => {
    const lines = (lineOf: (relay: PeerAddress, target: SshdHost) => string) =>
      relays.map((relay, index) => `${lineOf(relay.address, host(index))}\n`).join("");
    return {
      targets: lines((relay) => `root@${relay.host}:${relay.port}`),
      "ssh-known-hosts": lines((relay, { hostKeyLine, port }) =>
        hostKeyLine.replace(`:${port} `, `:${relay.port} `),
      ),
    };
  };
  /** The agent that is reading its own runtime. */
  const lenderOn = (index: number): number | undefined =>
    agentsOn(fleet, index).find((pid) => {
      const files = readdirSync(`/proc/${pid}/fd`).map((fd) => tryReadLink(`/proc/${pid}/fd/${fd}`));
      return files.some((file) => file.endsWith(`${SHA256}/node`));
    });
  const bytesSent = () => relays.map((relay) => relay.bytesSent);

  beforeAll(async () => {
    const missing = ensureDebianPackage({ name: "busybox-static", file: "/bin/busybox" });
    if (missing !== undefined) throw new Error(missing);
    folder = mkdtempSync(join(tmpdir(), "murmuration-runtime-"));
    makeSmallBuild(join(folder, "build"), "build");
    fleet = await startSshdFleet({
      count: 8,
      node: { kind: "none" },
      targets: {
        [BUSYBOX]: { loginShell: "/srv/bin/ash", sshdConfig: ["SetEnv PATH=/srv/bin"] },
        [OLD_NODE]: { node: { kind: "pretended", version: "v20.19.4" } },
        [NO_HTTP]: { sshdConfig: ["SetEnv PATH=/srv/bin"] },
      },
    });
    relays = await Promise.all(FLEET.map((index) => Relay.start(host(index), { host: host(index).host })));
    host(BUSYBOX).inside("mkdir /srv/bin && /bin/busybox --install -s /srv/bin");
    const others = 'for f in /usr/bin/*; do case $f in */curl|*/wget) ;; *) ln -s "$f" .; esac; done';
    host(NO_HTTP).inside(`mkdir /srv/bin && cd /srv/bin && ${others}`);
  });
  afterEach(async () => await untilQuiet(fleet));
  afterAll(async () => {
    for (const relay of relays) await relay[Symbol.asyncDispose]();
    await fleet?.[Symbol.asyncDispose]();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  test("eight of them, one with busybox only and one with neither curl nor wget, get it from each other, and the runner sends it twice; the next deploy sends nothing", async () => {
    // Whoever waits for its runtime does not keep the next one from its handshake: else one would have it before the second asks.
    const first = requirePassed(await deploy(FLEET, { ...countedInputs(), "ssh-concurrency": "1" }));
    expect(first.log).toMatch(
      /runtime \(linux-\w+, 121 MiB\) to 8 machines without one: 2 over SSH, 6 from others/,
    );
    const afterFirst = bytesSent();
    expect(afterFirst.filter((bytes) => bytes > RUNTIME_BYTES_MIN)).toHaveLength(2);
    expect(afterFirst[NO_HTTP]).toBeGreaterThan(RUNTIME_BYTES_MIN);
    for (const index of FLEET) expect(sha256(readFileSync(runtimeOn(index)))).toBe(SHA256);
    const second = requirePassed(await deploy(FLEET, countedInputs()));
    expect(second.log).not.toContain("Node.js runtime");
    const sent = bytesSent().map((bytes, index) => bytes - afterFirst[index]!);
    for (const bytes of sent) expect(bytes).toBeLessThan(50_000);
  }, 200_000);

  test("what is lost on one and damaged on another is brought again, although who lends it dies meanwhile", async () => {
    rmSync(runtimeOn(3));
    const file = openSync(runtimeOn(4), "r+");
    writeSync(file, Buffer.from([RUNTIME[60_000_000]! ^ 1]), 0, 1, 60_000_000);
    closeSync(file);
    let killed: Promise<void> | undefined;
    const killLender = async () => {
      await eventually(() => lenderOn(0) !== undefined, 20_000);
      process.kill(lenderOn(0)!, "SIGKILL");
    };
    const run = await deploy([0, 3, 4], {}, (line) => {
      if (line.includes(`gets the Node.js runtime from ${host(0).host}`)) killed ??= killLender();
    });
    await killed;
    requirePassed(run);
    expect(killed).toBeDefined();
    expect(run.log).toContain("to 2 machines without one: 2 over SSH, 0 from others");
    expect(run.warnings.join()).toMatch(
      / could not fetch the Node\.js runtime from others, so the runner sent it: /,
    );
    expect(sha256(readFileSync(runtimeOn(4)))).toBe(SHA256);
  });

  test("a bastion with busybox only gets it as they do, and one of another platform says what to set", async () => {
    const byWayOf = (index: number) => {
      const bastion = `root@${hostAndPort(host(index))}`;
      return { "seed-from": "bastion", bastion };
    };
    rmSync(runtimeOn(BUSYBOX));
    const uname = "#!/bin/sh\\ncase $1 in -m) echo aarch64;; *) echo Linux;; esac\\n";
    host(NO_HTTP).inside(`cd /srv/bin && rm uname && printf '${uname}' > uname && chmod 755 uname`);
    const [run, foreign] = await Promise.all([deploy([3], byWayOf(BUSYBOX)), deploy([4], byWayOf(NO_HTTP))]);
    const { log, report } = requirePassed(run);
    expect(log).toContain("to 1 machine without one: ");
    expect(report.seedHosts[0]?.name).toBe(`bastion ${byWayOf(BUSYBOX).bastion}`);
    expect(foreign.errors[0]).toMatch(
      /^NODE_MISSING\nbastion root@\S+: .* the target is linux-arm64, .*`node-runtime` is not set: give a folder with node-\S+-linux-arm64\.tar\.gz\n/,
    );
  }, 120_000);
});

function tryReadLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
