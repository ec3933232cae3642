import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ERROR_CODES, type ErrorCode } from "../../src/core/error-codes.ts";
import { type ActionRun, type Inputs, reachInputs, requirePassed, runAction } from "../support/action-run.ts";
import { untilQuiet } from "../support/deployed-state.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { makeOddTree } from "../support/odd-tree.ts";
import { makeSmallBuild } from "../support/small-build.ts";
import { type SshdFleet, startSshdFleet } from "../support/sshd-fleet.ts";
import { treeDigest } from "../support/tree-digest.ts";

const VICTIM = 1;

describeWithOpenSsh("mode: verify", () => {
  let folder: string;
  let fleet: SshdFleet;

  const digests = () => fleet.targets.map(({ rootPath }) => treeDigest(join(rootPath, "srv")));
  const onVictim = (path: string) => join(fleet.targets[VICTIM]!.rootPath, "srv/app/releases/odd", path);
  /** A verification; whatever it finds, it must not touch anything. */
  const verify = async (inputs: Inputs = {}): Promise<ActionRun> => {
    const before = digests();
    const run = await runAction({ ...reachInputs(fleet), mode: "verify", ...inputs });
    expect(digests()).toEqual(before);
    await untilQuiet(fleet);
    return run;
  };
  const expectVictim = (run: ActionRun, code: ErrorCode, says: RegExp) => {
    const name = fleet.targets[VICTIM]!.host;
    expect(run.exitCode, run.log).toBe(1);
    expect(run.outputs.status).toBe("failed");
    expect(JSON.parse(run.outputs["failed-targets"] ?? "")).toEqual([name]);
    expect(run.outputs["targets-verified"]).toBe("2");
    expect(run.errors[0]).toContain(`${name}: ${code}\n`);
    expect(run.errors[0]).toMatch(says);
    expect(run.errors[0]).toContain(ERROR_CODES[code]);
    expect(run.summary).toContain("## Verification failed");
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "murmuration-verify-"));
    makeSmallBuild(join(folder, "plain"), "plain");
    makeOddTree(join(folder, "odd"));
    fleet = await startSshdFleet({ count: 3 });
    for (const release of ["plain", "odd"]) {
      requirePassed(await runAction({ ...reachInputs(fleet), path: join(folder, release), release }));
    }
  });
  afterAll(async () => {
    await fleet?.[Symbol.asyncDispose]();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  test("an untouched fleet passes, and nothing is moved or changed", async () => {
    const { outputs, summary, report } = requirePassed(await verify());
    expect(outputs.release).toBe("odd");
    expect(outputs["targets-verified"]).toBe("3");
    expect(outputs["targets-activated"]).toBe("0");
    expect(outputs["transferred-bytes"]).toBe("0");
    expect(summary).toContain("## Verification succeeded");
    expect(report.targets.map(({ state }) => state)).toEqual(["verified", "verified", "verified"]);
  });

  test("a release that is not current is verified by its id", async () => {
    const { outputs } = requirePassed(await verify({ release: "plain" }));
    expect(outputs.release).toBe("plain");
  });

  test("one flipped byte fails the job and names the target and the file", async () => {
    const file = onVictim("large");
    const byte = readFileSync(file)[1_000_000]!;
    const put = (value: number) => {
      const fd = openSync(file, "r+");
      writeSync(fd, Buffer.of(value), 0, 1, 1_000_000);
      closeSync(fd);
    };
    put(byte ^ 1);
    try {
      expectVictim(await verify(), "RELEASE_DAMAGED", /"large" has other content/);
    } finally {
      put(byte);
    }
    requirePassed(await verify());
  });

  test("a missing file, a changed mode and a changed link are each named", async () => {
    const host = fleet.targets[VICTIM]!;
    host.inside(`cd /srv/app/releases/odd && mv .htaccess /srv/away && chmod 666 secret &&
      rm 'link to file' && ln -s elsewhere 'link to file'`);
    try {
      const run = await verify();
      expectVictim(run, "RELEASE_DAMAGED", /"\.htaccess" is missing/);
      expect(run.errors[0]).toMatch(/"secret" has mode 0666, not 0600/);
      expect(run.errors[0]).toMatch(/"link to file" points to "elsewhere", not "zero"/);
    } finally {
      host.inside(`cd /srv/app/releases/odd && mv /srv/away .htaccess && chmod 600 secret &&
        rm 'link to file' && ln -s zero 'link to file'`);
    }
  });

  test("a target on which another release is current differs from the fleet", async () => {
    const host = fleet.targets[VICTIM]!;
    host.inside("ln -sfn releases/plain /srv/app/current");
    try {
      const run = await verify();
      expectVictim(run, "RELEASE_DIFFERS", /its release is plain, that of most targets is odd/);
    } finally {
      host.inside("ln -sfn releases/odd /srv/app/current");
    }
  });

  test("a target that holds no release at all, and a release that nobody holds, are told", async () => {
    const host = fleet.targets[VICTIM]!;
    host.inside("mv /srv/app/current /srv/app/away");
    try {
      expectVictim(await verify(), "RELEASE_UNKNOWN", /\/srv\/app has no current release/);
    } finally {
      host.inside("mv /srv/app/away /srv/app/current");
    }
    const run = await verify({ release: "never-deployed" });
    expect(run.exitCode).toBe(1);
    expect(run.outputs["targets-verified"]).toBe("0");
    expect(run.errors.filter((error) => /holds no release never-deployed/.test(error))).toHaveLength(3);
  });

  test("what an application wrote into the live release is no damage", async () => {
    writeFileSync(onVictim("cache.tmp"), "x");
    try {
      requirePassed(await verify());
    } finally {
      rmSync(onVictim("cache.tmp"));
    }
  });
});
