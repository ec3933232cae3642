import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type ActionRunOptions,
  onceFetching,
  reachInputs,
  requirePassed,
  runAction,
} from "../support/action-run.ts";
import { startArtifactService } from "../support/artifact-service.ts";
import { currentDigest, untilHostsQuiet } from "../support/deployed-state.ts";
import { describeWithNetworks } from "../support/describe-with-open-ssh.ts";
import { endUplinkOf } from "../support/end-connection.ts";
import { lendPort } from "../support/lend-port.ts";
import { type NetFleet, startNetFleet } from "../support/net-fleet.ts";
import { noise } from "../support/odd-tree.ts";
import { treeDigest } from "../support/tree-digest.ts";

const TARGETS = 12;
const MIB = 1024 * 1024;
const FILES = 100;
const FEW = [0, 1, 2];
const FILE_BYTES = Math.round((64 * MIB) / FILES);

describeWithNetworks("a fleet that the runner can't be dialled by", () => {
  let fleet: NetFleet;
  let folder: string;
  let source: string;

  const all = () => [...fleet.bastions, ...fleet.targets];
  const bastion = () => fleet.bastions[0]!;
  const bastionName = () => `bastion root@${bastion().host}:22`;
  const change = (seed: string, files: readonly number[]) => {
    for (const file of files) writeFileSync(join(source, String(file)), noise(`${seed} ${file}`, FILE_BYTES));
  };
  const deploy = (
    inputs: Record<string, string>,
    indexes?: readonly number[],
    options: ActionRunOptions = {},
  ) =>
    runAction(
      { ...reachInputs(fleet, indexes), "jump-hosts": fleet.jumpHostsText, path: source, ...inputs },
      { ...options, commandPrefix: fleet.runner.prefix },
    );
  /** What a deploy sends over the runner's link, and what it reports. */
  const measured = async (inputs: Record<string, string>) => {
    const before = await fleet.linkBytes(fleet.runner);
    const run = requirePassed(await deploy(inputs));
    const { sent } = await fleet.linkBytes(fleet.runner);
    return { ...run, sentBytes: sent - before.sent };
  };
  const expectQuiet = async () => await untilHostsQuiet(all(), fleet.idleProcesses, 20_000);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "murmuration-seed-"));
    source = join(folder, "build");
    mkdirSync(source);
    change("first", [...Array(FILES).keys()]);
    fleet = await startNetFleet({ count: TARGETS, bastions: 1 });
  }, 120_000);
  afterAll(async () => {
    await fleet?.[Symbol.asyncDispose]();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  test.each(["bastion", "first-target"])(
    "gets 64 MiB by way of the %s, which leave the runner once; then only what changed",
    async (kind) => {
      const first = await measured({ "seed-from": kind, release: "v1" });
      const { tarBytes } = first.report.release!;
      expect(first.sentBytes / tarBytes!).toBeLessThan(1.05);
      // Targets know the bastion by another address than the runner does, which is no blocked path.
      expect(first.warnings).toEqual([]);
      for (const host of fleet.targets) expect(currentDigest(host)).toBe(treeDigest(source));
      const name = kind === "bastion" ? bastionName() : expect.stringMatching(/^10\.77\.1\./);
      expect(first.report.seedHosts).toEqual([expect.objectContaining({ name, bytesReused: 0 })]);
      expect(first.report.seedHosts[0]!.bytesFromRunner).toBeGreaterThan(0.99 * tarBytes!);
      await expectQuiet();

      change(`second ${kind}`, [7]);
      const second = await measured({ "seed-from": kind, release: "v2" });
      expect(second.sentBytes / tarBytes!).toBeLessThan(0.03);
      for (const host of fleet.targets) expect(currentDigest(host)).toBe(treeDigest(source));
      await expectQuiet();
      for (const host of fleet.targets) host.inside("rm -rf /srv/app");
    },
    120_000,
  );

  test("gets what compresses by fewer bytes than it has, and each progress line says how far the bastion is", async () => {
    const words = join(folder, "words");
    mkdirSync(words);
    const line = (index: number) => `${index} the quick brown fox ${index % 7} jumps over the lazy dog\n`;
    writeFileSync(join(words, "text"), Array.from({ length: 250_000 }, (_, index) => line(index)).join(""));
    const run = await measured({
      "seed-from": "bastion",
      release: "words",
      path: words,
      "upload-limit": "4MiB",
    });
    expect(run.report.release!.tarBytes!).toBeGreaterThan(10 * MIB);
    expect(run.sentBytes / run.report.release!.tarBytes!).toBeLessThan(0.5);
    expect(run.log).toMatch(
      /bastion root@10\.77\.0\.\d+:22: [\d.]+ MiB of [\d.]+ MiB received, [\d.]+ MiB\/s/,
    );
  }, 60_000);

  test.each(["first-target", "bastion"])(
    "goes back by way of the %s to a release that nobody holds, which an artifact has",
    async (kind) => {
      const packed = join(folder, `packed-${kind}`);
      mkdirSync(packed);
      for (let file = 0; file < 4; file++)
        writeFileSync(join(packed, String(file)), noise(`${kind} ${file}`, MIB));
      await using service = await startArtifactService();
      await using _way = await lendPort(fleet.runner, service.port);
      const environment = service.environment();
      const release = { mode: "package", path: packed, release: `packed-${kind}`, artifact: "build" };
      requirePassed(await runAction(release, { environment }));
      const before = await fleet.linkBytes(fleet.runner);
      const inputs = { mode: "rollback", "rollback-to": `packed-${kind}`, artifact: "build", path: "" };
      const run = requirePassed(await deploy({ ...inputs, "seed-from": kind }, FEW, { environment }));
      const { sent } = await fleet.linkBytes(fleet.runner);
      // Once, and not to each of the three; beside it what SSH and the programs take.
      expect((sent - before.sent) / (4 * MIB)).toBeLessThan(1.5);
      expect(run.warnings).toEqual([]);
      expect(run.report.seedHosts).toEqual([expect.objectContaining({ bytesReused: 0 })]);
      expect(run.report.seedHosts[0]!.bytesFromRunner).toBeGreaterThan(4 * MIB);
      for (const index of FEW) expect(currentDigest(fleet.targets[index]!)).toBe(treeDigest(packed));
      await expectQuiet();
    },
    60_000,
  );

  test("goes on where the connection to the bastion broke", async () => {
    const small = join(folder, "small");
    mkdirSync(small);
    for (let file = 0; file < 16; file++)
      writeFileSync(join(small, String(file)), noise(`small ${file}`, MIB));
    const before = await fleet.linkBytes(fleet.runner);
    const cut = onceFetching(() => endUplinkOf(bastion()), bastionName());
    const inputs = { "seed-from": "bastion", release: "v3", path: small, "upload-limit": "8MiB" };
    const run = requirePassed(await deploy(inputs, FEW, { onProgress: cut }));
    expect(run.warnings.join()).toContain("trying to reach it again");
    expect(run.report.seedHosts).toHaveLength(2);
    const { sent } = await fleet.linkBytes(fleet.runner);
    expect((sent - before.sent) / run.report.release!.tarBytes!).toBeLessThan(1.15);
    for (const index of FEW) expect(currentDigest(fleet.targets[index]!)).toBe(treeDigest(small));
    await expectQuiet();
  }, 120_000);
});
