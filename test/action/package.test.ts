import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import parseTorrent from "parse-torrent";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { encodePackageFile, parsePackageFile } from "../../src/core/package-file.ts";
import { type ActionRun, type Inputs, reachInputs, requirePassed, runAction } from "../support/action-run.ts";
import { type ArtifactService, startArtifactService } from "../support/artifact-service.ts";
import { digestOf, type ServedRun } from "../support/artifact-shelf.ts";
import { currentDigest, deployedState, untilQuiet } from "../support/deployed-state.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { makeOddTree } from "../support/odd-tree.ts";
import { type SshdFleet, startSshdFleet } from "../support/sshd-fleet.ts";
import { treeDigest } from "../support/tree-digest.ts";

// Some package and deploy four times: seconds on an idle machine, a minute on a busy one.
vi.setConfig({ testTimeout: 120_000 });

const MANIFEST = ".murmuration-manifest.json";

let folder: string;
let source: string;
let service: ArtifactService;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "murmuration-package-"));
  source = join(folder, "build");
  makeOddTree(source, { largeBytes: 9 * 1024 * 1024 + 5 });
  service = await startArtifactService();
});
afterEach(async () => {
  await service?.[Symbol.asyncDispose]();
  execFileSync("chmod", ["-R", "u+rwX", folder]);
  rmSync(folder, { recursive: true, force: true });
});

type Options = NonNullable<Parameters<typeof runAction>[1]>;

async function packageIt(inputs: Inputs = {}, options: Options = {}): Promise<ActionRun> {
  const given = { mode: "package", path: source, artifact: "shop", ...inputs };
  return await runAction(given, { environment: service.environment(), ...options });
}

test("stores the tar and its torrent as they are, which every tool opens to the same tree", async () => {
  const run = requirePassed(await packageIt({ release: "v1" }));
  const tar = service.shelf.get("shop.tar");
  expect(run.outputs).toMatchObject({
    release: "v1",
    status: "success",
    "artifact-id": String(tar.id),
    "artifact-digest": tar.digest.replace("sha256:", ""),
    "targets-total": "0",
    "info-hash": expect.stringMatching(/^[0-9a-f]{40}$/),
  });
  expect(run.report.artifact).toMatchObject({ name: "shop.tar", id: tar.id, sizeBytes: tar.content.length });
  expect(run.report.run).toMatchObject({ mode: "package", activate: false });
  expect(run.summary).toContain("## Packaging succeeded");
  expect(run.summary).toContain(run.outputs["info-hash"]);
  expect(run.log).toContain("stored release v1");
  expect(run.log).not.toMatch(/^target +state/m);

  const opened = join(folder, "opened");
  mkdirSync(opened);
  writeFileSync(join(folder, "shop.tar"), tar.content);
  execFileSync("tar", ["-xpf", join(folder, "shop.tar"), "-C", opened]);
  expect(treeDigest(opened, { without: [MANIFEST] })).toBe(treeDigest(source));

  const torrent = await parseTorrent(service.shelf.get("shop.torrent").content);
  expect(torrent).toMatchObject({ infoHash: run.outputs["info-hash"], length: tar.content.length });
});

test("leaves nothing in the runner's folder, and a service that fails twice is asked again", async () => {
  service.faults.failing.set("CreateArtifact", 1);
  service.faults.failing.set("block", 1);
  const temp = join(folder, "temp");
  mkdirSync(temp);
  const run = requirePassed(
    await packageIt({}, { environment: { ...service.environment(), RUNNER_TEMP: temp } }),
  );
  expect(run.errors).toEqual([]);
  expect(readdirSync(temp).filter((name) => name.startsWith("murmuration-package-"))).toEqual([]);
  expect(run.outputs.release).toMatch(/^\d{14}-4f2a9c1$/);
});

test("asks for the days that it is to be kept", async () => {
  requirePassed(await packageIt({ "retention-days": "3" }));
  for (const name of ["shop.tar", "shop.torrent"]) {
    const days = (Date.parse(service.shelf.get(name).expiresAt ?? "") - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(3, 0);
  }
});

test("without the service fails before anything is packed, and says what is missing", async () => {
  const { ACTIONS_RUNTIME_TOKEN: _, ...environment } = service.environment();
  const run = await packageIt({}, { environment });
  expect(run.exitCode).toBe(1);
  expect(run.errors[0]).toContain("ARTIFACT_UNAVAILABLE");
  expect(run.errors[0]).toContain("ACTIONS_RUNTIME_TOKEN is not set");
  expect(run.report?.release).toBeNull();
  expect(run.summary).toContain("## Packaging failed");
});

test("on GitHub Enterprise Server packs, says so in a notice, and stores nothing", async () => {
  const environment = { ...service.environment(), GITHUB_SERVER_URL: "https://github.example.com" };
  const run = requirePassed(await packageIt({}, { environment }));
  expect(run.rawLog).toMatch(/^::notice::@actions\/artifact does not work on GitHub Enterprise Server/m);
  expect(run.outputs).toMatchObject({ "artifact-id": "", "artifact-digest": "" });
  expect(run.outputs["info-hash"]).toMatch(/^[0-9a-f]{40}$/);
  expect(service.requests).toEqual([]);
});

test("a name that is taken in this run fails with the service's words", async () => {
  requirePassed(await packageIt());
  const run = await packageIt();
  expect(run.exitCode).toBe(1);
  expect(run.errors[0]).toContain("ARTIFACT_NOT_STORED");
  expect(run.errors[0]).toContain("already exists");
});

test("cancelled while the service does not answer ends at once", async () => {
  service.faults.hanging.add("CreateArtifact");
  const cancel = new AbortController();
  const asked = setInterval(() => {
    if (service.requests.includes("CreateArtifact")) cancel.abort();
  }, 50);
  const run = await packageIt({}, { signal: cancel.signal }).finally(() => clearInterval(asked));
  expect(run.exitCode).toBe(1);
  expect(run.errors[0]).toContain("CANCELLED");
  expect(run.wallMs).toBeLessThan(10_000);
});

describeWithOpenSsh("a deploy of a package", () => {
  let fleet: SshdFleet;
  let packaged: ActionRun;

  beforeEach(async () => {
    fleet = await startSshdFleet({ count: 3 });
    packaged = requirePassed(await packageIt({ release: "v7" }));
  });
  afterEach(async () => {
    await fleet?.[Symbol.asyncDispose]();
  });

  async function deploy(
    inputs: Inputs = {},
    { run, ...options }: Options & { readonly run?: ServedRun } = {},
  ): Promise<ActionRun> {
    const given = { ...reachInputs(fleet), artifact: "shop", ...inputs };
    return await runAction(given, { environment: service.environment(run), ...options });
  }

  function expectRefused(run: ActionRun, code: string, ...says: readonly (string | RegExp)[]): void {
    expect(run.exitCode, run.log).toBe(1);
    expect(run.errors[0]).toContain(code);
    for (const words of says) expect(run.errors[0]).toMatch(words);
    expect(run.outputs).toMatchObject({ status: "failed", "targets-verified": "0", "targets-total": "3" });
    expect(run.report?.error?.code).toBe(code);
    expect(fleet.targets.map((host) => deployedState(host).current)).toEqual([null, null, null]);
  }

  test("by every job of a matrix is the same release, tree and info-hash", async () => {
    const jobs = [[0, 1], [2]] as const;
    const runs = await Promise.all(jobs.map((indexes) => deploy(reachInputs(fleet, indexes))));
    for (const run of runs) {
      requirePassed(run);
      expect(run.outputs).toMatchObject({
        release: "v7",
        "info-hash": packaged.outputs["info-hash"],
        "size-bytes": packaged.outputs["size-bytes"],
      });
      expect(run.report?.phases.map(({ name }) => name)).toContain("download");
      expect(run.rawLog).not.toContain("::warning");
    }
    for (const host of fleet.targets) {
      expect(currentDigest(host)).toBe(treeDigest(source));
      expect(deployedState(host).current).toBe("releases/v7");
    }
    await untilQuiet(fleet);
  });

  test("of the same tree from path has the same info-hash, and an id of its own where one is given", async () => {
    const fromPath = await runAction({ ...reachInputs(fleet), path: source, release: "here" });
    const packed = requirePassed(fromPath);
    const run = requirePassed(await deploy({ release: "there" }));
    expect(run.outputs["info-hash"]).toBe(packed.outputs["info-hash"]);
    expect(run.outputs.release).toBe("there");
    expect(Number(run.outputs["transferred-bytes"])).toBeLessThan(1_000_000);
  });

  test("of another run is read by its number with a token", async () => {
    const run = service.newRun();
    const inputs = { "run-id": String(service.run.runId), "github-token": service.readToken };
    const passed = requirePassed(await deploy(inputs, { run }));
    expect(passed.outputs["info-hash"]).toBe(packaged.outputs["info-hash"]);
    expect(passed.rawLog).toContain(`::add-mask::${service.readToken}`);

    const refused = await deploy({ ...inputs, "github-token": "a-token-for-nothing" }, { run });
    expect(refused.exitCode).toBe(1);
    expect(refused.errors[0]).toMatch(/run 1001 of example\/shop: github-token may not read it/);
    const said = refused.rawLog.split("\n").filter((line) => !line.startsWith("::add-mask::"));
    expect(said.join("\n")).not.toContain("a-token-for-nothing");
  });

  test("that was damaged on the way is refused before a target is reached", async () => {
    service.faults.corrupt.add("shop.tar");
    expectRefused(await deploy(), "ARTIFACT_DAMAGED", /"shop\.tar": what was downloaded has another SHA-256/);
    service.faults.corrupt.clear();
    service.faults.corrupt.add("shop.torrent");
    expectRefused(await deploy(), "ARTIFACT_DAMAGED", /"shop\.torrent"/);
  });

  test("whose torrent lies about its tar is refused before a byte of it leaves the runner", async () => {
    const tar = service.shelf.get("shop.tar");
    tar.content = Buffer.from(tar.content);
    tar.content[tar.content.length - 600_000]! ^= 1;
    tar.digest = digestOf(tar.content);
    const torrent = service.shelf.get("shop.torrent");
    const tarSha256 = tar.digest.replace("sha256:", "");
    torrent.content = Buffer.from(encodePackageFile({ ...parsePackageFile(torrent.content), tarSha256 }));
    torrent.digest = digestOf(torrent.content);
    const run = await deploy();
    expectRefused(run, "ARTIFACT_DAMAGED", /the package's tar is not what its torrent says: its piece \d+/);
    expect(run.outputs["transferred-bytes"]).toBe("0");
  });

  test("that has expired, or never was, is told with what there is instead", async () => {
    expectRefused(
      await deploy({ artifact: "shops" }),
      "ARTIFACT_UNAVAILABLE",
      /artifact "shops\.torrent" of this run: there is none, or it has expired; the run has shop\.\w+, shop\.\w+/,
    );
    for (const name of ["shop.tar", "shop.torrent"]) service.shelf.get(name).isExpired = true;
    expectRefused(await deploy(), "ARTIFACT_UNAVAILABLE", /it has expired; the run has no artifacts/);
    const other = { "run-id": String(service.run.runId), "github-token": service.readToken };
    expectRefused(await deploy(other), "ARTIFACT_UNAVAILABLE", /run 1001 of example\/shop: it has expired/);
  });

  test("on GitHub Enterprise Server packs path instead, and says so; without path it is an input error", async () => {
    const environment = { ...service.environment(), GITHUB_SERVER_URL: "https://github.example.com" };
    const run = requirePassed(await deploy({ path: source }, { environment }));
    expect(run.rawLog).toMatch(/^::notice::.*path is packed instead of reading artifact shop$/m);
    expect(run.outputs["info-hash"]).toBe(packaged.outputs["info-hash"]);
    const without = await deploy({}, { environment });
    expect(without.exitCode).toBe(1);
    expect(without.errors[0]).toMatch(
      /path: required here, since artifact can't be read: @actions\/artifact/,
    );
  });

  test("cancelled while it is downloaded ends at once and leaves nothing", async () => {
    service.faults.hanging.add("blob");
    const temp = join(folder, "temp");
    mkdirSync(temp);
    const cancel = new AbortController();
    const asked = setInterval(() => {
      if (service.requests.includes("blob")) cancel.abort();
    }, 50);
    const environment = { ...service.environment(), RUNNER_TEMP: temp };
    const run = await deploy({}, { signal: cancel.signal, environment }).finally(() => clearInterval(asked));
    expectRefused(run, "CANCELLED");
    expect(run.wallMs).toBeLessThan(10_000);
    expect(readdirSync(temp).filter((name) => name.startsWith("murmuration-package-"))).toEqual([]);
  });
});
