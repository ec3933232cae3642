import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { reachInputs, requirePassed, runAction } from "../support/action-run.ts";
import { currentDigest } from "../support/deployed-state.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { makeSmallBuild } from "../support/small-build.ts";
import { startSshdFleet } from "../support/sshd-fleet.ts";
import { treeDigest } from "../support/tree-digest.ts";

const MIB = 1024 * 1024;

function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "murmuration-rates-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Whoever computes beside a test takes a part of the rate and of the time: one try without that is enough. */
const MEASURED = { retry: 2, timeout: 120_000 };

describeWithOpenSsh("a whole run", () => {
  test(
    "keeps to upload-limit within a tenth at the seeder and at each peer, and uses it",
    MEASURED,
    async () => {
      const path = scratchFolder();
      makeSmallBuild(path, "large", 3 * MIB);
      await using fleet = await startSshdFleet({ count: 3 });
      const limit = 512 * 1024;
      const inputs = { ...reachInputs(fleet), path, release: "r", "upload-limit": "512KiB" };
      const all = requirePassed(await runAction(inputs)).report;
      const most = (1.1 * limit * all.transfer.durationMs) / 1_000;
      const uploads = [all.origin!.bytesUploaded, ...all.targets.map(({ bytes }) => bytes.uploaded)];
      expect(uploads.filter((bytes) => bytes > most)).toEqual([]);

      // One target alone has all from the seeder, which so has to be busy all the time.
      const alone = { ...inputs, ...reachInputs(fleet, [0]), "deploy-to": "/srv/other" };
      const { transfer, origin } = requirePassed(await runAction(alone)).report;
      const rate = (origin!.bytesUploaded * 1_000) / transfer.durationMs;
      expect(rate / limit).toBeGreaterThan(0.9);
      expect(rate / limit).toBeLessThan(1.1);
    },
  );

  test(
    "rolls 16 targets that all hold 64 MiB back in less than 5 s, with every byte read and hashed on each",
    MEASURED,
    async () => {
      const folder = scratchFolder();
      await using fleet = await startSshdFleet({ count: 16 });
      for (const [release, sizeBytes] of [
        ["v1", 64 * MIB],
        ["v2", 64 * 1024],
      ] as const) {
        const path = join(folder, release);
        makeSmallBuild(path, release, sizeBytes);
        requirePassed(await runAction({ ...reachInputs(fleet), path, release }));
      }
      const run = requirePassed(await runAction({ ...reachInputs(fleet), mode: "rollback" }));
      expect(run.outputs).toMatchObject({ "targets-activated": "16", "transferred-bytes": "0" });
      expect(Number(run.outputs["duration-seconds"])).toBeLessThan(5);
      for (const host of fleet.targets) expect(currentDigest(host)).toBe(treeDigest(join(folder, "v1")));
    },
  );
});
