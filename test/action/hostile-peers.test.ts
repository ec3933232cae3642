import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Inputs, reachInputs, requirePassed, runAction } from "../support/action-run.ts";
import { currentDigest, untilQuiet } from "../support/deployed-state.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { type HostilePeer, type Malice, startHostilePeer } from "../support/hostile-peer.ts";
import { makeSmallBuild } from "../support/small-build.ts";
import { type SshdFleet, startSshdFleet } from "../support/sshd-fleet.ts";
import { treeDigest } from "../support/tree-digest.ts";

/** All targets share this machine's ports, so each gets another one of the range. */
const PORTS = { from: 28_410, to: 28_413 };
const ATTACKERS: readonly (readonly [Malice, string])[] = [
  ["bad pieces", "127.6.6.1"],
  ["noise", "127.6.6.2"],
  ["endless message", "127.6.6.3"],
];

describeWithOpenSsh("a peer that is an enemy", () => {
  let folder: string;
  let source: string;
  let fleet: SshdFleet;
  let infoHash: string;

  /** Deploys while each kind of enemy knocks at every peer and at the seeder. */
  const deployUnderAttack = async (deployTo: string, inputs: Inputs) => {
    await using attack = new AsyncDisposableStack();
    const peers: HostilePeer[] = ATTACKERS.map(([malice, localAddress]) =>
      attack.use(startHostilePeer({ malice, localAddress, ports: PORTS, infoHash })),
    );
    const run = requirePassed(
      await runAction({
        ...reachInputs(fleet),
        path: source,
        release: "r",
        "deploy-to": deployTo,
        "peer-port": `${PORTS.from}-${PORTS.to}`,
        "seed-port": `${PORTS.from}-${PORTS.to}`,
        "upload-limit": "2MiB",
        ...inputs,
      }),
    );
    expect(run.warnings).toEqual([]);
    for (const host of fleet.targets) expect(currentDigest(host, deployTo)).toBe(treeDigest(source));
    await untilQuiet(fleet);
    return { run, peers };
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "murmuration-hostile-"));
    source = join(folder, "build");
    makeSmallBuild(source, "hostile", 6 * 1024 * 1024);
    fleet = await startSshdFleet({ count: 3 });
    const inputs = { ...reachInputs(fleet, [0]), path: source, release: "r", "deploy-to": "/srv/first" };
    infoHash = requirePassed(await runAction(inputs)).outputs["info-hash"] ?? "";
  });
  afterAll(async () => {
    await fleet?.[Symbol.asyncDispose]();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  test("garbage, bad pieces and endless messages in a plain swarm cost nobody the deploy", async () => {
    const { peers } = await deployUnderAttack("/srv/plain", { encryption: "off" });
    // The attack was real: all were let in, and one was believed until its pieces were hashed.
    for (const [index, { admitted }] of peers.entries())
      expect([ATTACKERS[index]?.[0], admitted > 0]).toEqual([ATTACKERS[index]?.[0], true]);
    expect(peers[0]?.blocksSent).toBeGreaterThan(0);
  });

  test("who lacks the key never gets as far as a handshake", async () => {
    const { peers } = await deployUnderAttack("/srv/encrypted", {});
    expect(peers.map(({ admitted }) => admitted)).toEqual([0, 0, 0]);
  });
});
