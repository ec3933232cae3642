import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Inputs, reachInputs, requirePassed, runAction } from "../support/action-run.ts";
import { currentDigest, deployedState, untilQuiet } from "../support/deployed-state.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { startHostilePeer } from "../support/hostile-peer.ts";
import { makeOddTree } from "../support/odd-tree.ts";
import { type SshdFleet, startSshdFleet } from "../support/sshd-fleet.ts";
import { treeDigest, treeListing } from "../support/tree-digest.ts";

const MIB = 1024 * 1024;
const WEBTORRENT = { engine: "webtorrent", encryption: "off" };
const PORTS = { from: 28_460, to: 28_463 };

describeWithOpenSsh("engine: webtorrent", () => {
  let folder: string;
  let source: string;
  let fleet: SshdFleet;

  const deploy = (release: string, inputs: Inputs) =>
    runAction({ ...reachInputs(fleet), path: source, release, ...inputs });
  /** What was ever pushed to each target, by its SHA-256. */
  const agentsThere = (agentDir: string) =>
    fleet.targets.map(({ rootPath }) => readdirSync(join(rootPath, agentDir)));
  const everywhere = (...files: readonly string[]) =>
    fleet.targets.map(() => files.map((file) => sha256(`dist/${file}`)));
  const expectDeployed = (deployTo?: string) => {
    for (const host of fleet.targets) {
      const digest = currentDigest(host, deployTo);
      if (digest !== treeDigest(source))
        expect(treeListing(join(host.rootPath, deployTo ?? "srv/app", "current/."))).toEqual(
          treeListing(source),
        );
      expect(digest).toBe(treeDigest(source));
    }
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "murmuration-webtorrent-"));
    source = join(folder, "build");
    makeOddTree(source, { largeBytes: 24 * MIB });
    fleet = await startSshdFleet({ count: 3 });
  });
  afterEach(async () => await untilQuiet(fleet));
  afterAll(async () => {
    await fleet?.[Symbol.asyncDispose]();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  test("its agent is pushed where it is chosen, and only there; the release is the same", async () => {
    const usual = requirePassed(await deploy("usual", { "agent-dir": "/srv/usual", "deploy-to": "/srv/a" }));
    expect(agentsThere("srv/usual")).toEqual(everywhere("agent.cjs"));

    const run = requirePassed(
      await deploy("one", { ...WEBTORRENT, "agent-dir": "/srv/webtorrent", "upload-limit": "8MiB" }),
    );
    expect(agentsThere("srv/webtorrent")).toEqual(everywhere("webtorrent-agent.cjs"));
    expectDeployed();
    expect(run.outputs["info-hash"]).toBe(usual.outputs["info-hash"]);
    expect(run.outputs["targets-activated"]).toBe("3");
    expect(run.warnings).toEqual([]);
    const tarBytes = run.report.release?.tarBytes ?? 0;
    for (const { bytes } of run.report.targets) {
      expect(bytes.fromSeeder + bytes.fromPeers).toBeGreaterThanOrEqual(tarBytes);
      expect(bytes.fromSeeder + bytes.fromPeers).toBeLessThan(1.2 * tarBytes);
    }
    // A swarm and no star: some of it came from other targets.
    expect(run.report.origin?.bytesUploaded).toBeLessThan(0.95 * run.report.transfer.bytes);
  });

  test("with encryption: on it is refused before anything is touched", async () => {
    const run = await deploy("refused", { engine: "webtorrent", "deploy-to": "/srv/refused" });
    expect(run.exitCode).toBe(1);
    expect(run.errors[0]).toContain('engine "webtorrent": it can\'t encrypt, set encryption: off with it');
    for (const host of fleet.targets)
      expect(deployedState(host, "/srv/refused")).toEqual({ current: null, releases: {} });
  });

  test("a peer that sends bad pieces costs nobody the deploy", async () => {
    const first = requirePassed(await deploy("r", { "deploy-to": "/srv/before" }));
    using enemy = startHostilePeer({
      malice: "bad pieces",
      localAddress: "127.6.7.1",
      ports: PORTS,
      infoHash: first.outputs["info-hash"] ?? "",
    });
    const range = `${PORTS.from}-${PORTS.to}`;
    const inputs = { "deploy-to": "/srv/attacked", "seed-port": range, "peer-port": range };
    requirePassed(await deploy("r", { ...WEBTORRENT, ...inputs, "upload-limit": "4MiB" }));
    expectDeployed("/srv/attacked");
    expect(enemy.blocksSent).toBeGreaterThan(0);
  });

  test("what an interrupted run has fetched is not fetched again", async () => {
    const inputs = { ...WEBTORRENT, "deploy-to": "/srv/resumed" };
    const cancelled = new AbortController();
    const run = await runAction(
      { ...reachInputs(fleet), path: source, release: "r", ...inputs, "upload-limit": "4MiB" },
      {
        signal: cancelled.signal,
        onProgress: ({ piecesDone, piecesTotal }) => {
          if (piecesDone > piecesTotal / 3) cancelled.abort();
        },
      },
    );
    expect(run.exitCode).toBe(1);
    await untilQuiet(fleet);
    const { report } = requirePassed(await deploy("r", inputs));
    expectDeployed("/srv/resumed");
    const tarBytes = report.release?.tarBytes ?? 0;
    expect(Math.max(...report.targets.map(({ bytes }) => bytes.reused))).toBeGreaterThan(tarBytes / 4);
    for (const { bytes } of report.targets)
      expect(bytes.reused + bytes.fromSeeder + bytes.fromPeers).toBeLessThan(1.2 * tarBytes);
  });
});

function sha256(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}
