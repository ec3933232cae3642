import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from "vitest";
import { type ActionRun, type Inputs, reachInputs, requirePassed, runAction } from "../support/action-run.ts";
import { startArtifactService } from "../support/artifact-service.ts";
import { currentDigest, currentLink, deployedState, untilQuiet } from "../support/deployed-state.ts";
import { describeWithOpenSsh } from "../support/describe-with-open-ssh.ts";
import { saveState } from "../support/saved-state.ts";
import { makeSmallBuild } from "../support/small-build.ts";
import { type SshdFleet, startSshdFleet } from "../support/sshd-fleet.ts";
import { treeDigest } from "../support/tree-digest.ts";

/** What the agent says of the release that others are to fetch is made another manifest, before it leaves the target. */
const LIAR = `
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = (text, ...rest) =>
  write(
    String(text).startsWith('{"type":"described"')
      ? String(text).replace(/"sha256":"[0-9a-f]{64}"/, '"sha256":"' + "e".repeat(64) + '"')
      : text,
    ...rest,
  );
`;

describeWithOpenSsh("a rollback", () => {
  let folder: string;
  let fleet: SshdFleet;
  let backToV3: () => void;

  const sourceOf = (release: string) => join(folder, release);
  const deploy = async (release: string, inputs: Inputs = {}): Promise<void> => {
    makeSmallBuild(sourceOf(release), release, 64 * 1024);
    requirePassed(await runAction({ ...reachInputs(fleet), path: sourceOf(release), release, ...inputs }));
  };
  const rollBack = async (inputs: Inputs = {}): Promise<ActionRun> =>
    await runAction({ ...reachInputs(fleet), mode: "rollback", ...inputs });
  const live = () => fleet.targets.map((host) => currentLink(host));
  const app = (index: number) => join(fleet.targets[index]!.rootPath, "srv/app");
  const goodOf = (index: number, release: string): boolean =>
    JSON.parse(readFileSync(join(app(index), `.murmuration/releases/${release}.json`), "utf8")).good;
  const all = (release: string) => fleet.targets.map(() => `releases/${release}`);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "murmuration-rollback-"));
    fleet = await startSshdFleet({ count: 3 });
    for (const release of ["v1", "v2", "v3"]) await deploy(release);
    backToV3 = saveState(fleet);
  });
  afterEach(async () => {
    await untilQuiet(fleet);
    backToV3();
  });
  afterAll(async () => {
    await fleet?.[Symbol.asyncDispose]();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  test("switches the fleet to what was live before without moving a byte, and the next one goes further back", async () => {
    const run = requirePassed(await rollBack());
    expect(live()).toEqual(all("v2"));
    for (const host of fleet.targets) expect(currentDigest(host)).toBe(treeDigest(sourceOf("v2")));
    expect(run.outputs).toMatchObject({
      release: "v2",
      "previous-release": "v3",
      "transferred-bytes": "0",
      "targets-activated": "3",
      status: "success",
    });
    expect(run.log).toContain("3 of 3 targets verified and activated release v2");
    expect(goodOf(0, "v3")).toBe(false);

    requirePassed(await rollBack());
    expect(live()).toEqual(all("v1"));
    const last = await rollBack();
    expect(last.exitCode).toBe(1);
    expect(last.errors[0]).toMatch(/v1 is live, and before it was no release that it holds/);
    expect(live()).toEqual(all("v1"));

    // What is deployed once more is good again, and what was left for bad goes.
    await deploy("v3", { "keep-releases": "5" });
    expect(goodOf(0, "v3")).toBe(true);
    expect(Object.keys(deployedState(fleet.targets[0]!).releases)).toEqual(["v1", "v3"]);
    await untilQuiet(fleet);
  });

  test("to a release that one target lacks and one holds damaged brings it there from the third, without the runner's seeder", async () => {
    rmSync(join(app(0), "releases/v1"), { recursive: true });
    appendFileSync(join(app(2), "releases/v1/index.html"), "x");
    const run = requirePassed(await rollBack({ "rollback-to": "v1" }));
    expect(live()).toEqual(all("v1"));
    for (const host of fleet.targets) expect(currentDigest(host)).toBe(treeDigest(sourceOf("v1")));
    const [lost, held, damaged] = run.report.targets.map(({ bytes }) => bytes);
    expect([lost!.fromSeeder, held!.fromPeers, damaged!.fromSeeder]).toEqual([0, 0, 0]);
    expect(lost!.fromPeers).toBeGreaterThan(64 * 1024);
    // What is right of it is not fetched again.
    expect(damaged!.reused).toBeGreaterThan(0);
    expect(damaged!.fromPeers).toBeLessThan(lost!.fromPeers);
    expect(run.report.origin).toMatchObject({ bytesUploaded: 0 });
    expect(goodOf(0, "v3")).toBe(false);
    await untilQuiet(fleet);
  });

  test("to a release that nobody holds fails before anything is touched, with a table of who holds what", async () => {
    for (const index of [0, 1, 2]) rmSync(join(app(index), "releases/v1"), { recursive: true });
    rmSync(join(app(2), "releases/v2"), { recursive: true });
    const run = await rollBack({ "rollback-to": "v1" });
    expect(run.exitCode).toBe(1);
    expect(live()).toEqual(all("v3"));
    expect(run.report!.targets.map(({ error }) => error?.code)).toEqual(Array(3).fill("RELEASE_UNKNOWN"));
    expect(run.errors[0]).toContain("/srv/app holds no release v1; it holds v3, v2");
    expect(run.log).toMatch(/^release {2}held by {2}live on {2}lacked by$/m);
    expect(run.log).toMatch(/^v3 +3\/3 +3 {2}nobody$/m);
    expect(run.log).toMatch(new RegExp(`^v2 +2/3 +0 {2}${fleet.targets[2]!.host}$`, "m"));
    expect(run.summary).toContain("| v2 | 2 of 3 | 0 |");
    expect(goodOf(0, "v3")).toBe(true);
    requirePassed(await rollBack({ "rollback-to": "v2" }));
    expect(live()).toEqual(all("v2"));
  });

  test("to a release that nobody holds takes it from the artifact, and refuses one that holds another release", async () => {
    await using service = await startArtifactService();
    const environment = service.environment();
    for (const release of ["v1", "v2"])
      requirePassed(
        await runAction(
          { mode: "package", path: sourceOf(release), release, artifact: `build-${release}` },
          { environment },
        ),
      );
    for (const index of [0, 1, 2]) rmSync(join(app(index), "releases/v1"), { recursive: true });
    const back = { ...reachInputs(fleet), mode: "rollback", "rollback-to": "v1" };

    const wrong = await runAction({ ...back, artifact: "build-v2" }, { environment });
    expect(wrong.exitCode).toBe(1);
    expect(wrong.errors[0]).toContain('artifact "build-v2" holds release v2, wanted is v1');
    const none = await runAction({ ...back, artifact: "build-v0" }, { environment });
    expect(none.errors[0]).toMatch(/ARTIFACT_UNAVAILABLE\n.*build-v0/);
    expect(live()).toEqual(all("v3"));

    const run = requirePassed(await runAction({ ...back, artifact: "build-v1" }, { environment }));
    expect(live()).toEqual(all("v1"));
    for (const host of fleet.targets) expect(currentDigest(host)).toBe(treeDigest(sourceOf("v1")));
    expect(run.report.origin!.bytesUploaded).toBeGreaterThan(64 * 1024);
    await untilQuiet(fleet);
  });

  test("to a release that is damaged where it is live is refused there, since something runs from it", async () => {
    appendFileSync(join(app(2), "releases/v3/index.html"), "x");
    const run = await rollBack({ "rollback-to": "v3" });
    expect(run.exitCode).toBe(1);
    expect(live()).toEqual(all("v3"));
    expect(run.report!.targets[2]!.error?.code).toBe("RELEASE_DAMAGED");
    expect(run.errors[0]).toContain("index.html");
  });

  test("to an id under which the targets hold different builds switches nobody, and names who differs", async () => {
    const texts = reachInputs(fleet).targets!.trim().split("\n");
    for (const [index, targets] of texts.entries()) {
      const path = sourceOf(index === 1 ? "v3" : "v1");
      requirePassed(await runAction({ ...reachInputs(fleet), targets, path, release: "mixed" }));
    }
    await deploy("v4");
    const run = await rollBack({ "rollback-to": "mixed" });
    expect(run.exitCode).toBe(1);
    expect(live()).toEqual(all("v4"));
    expect(JSON.parse(run.outputs["failed-targets"]!)).toEqual([fleet.targets[1]!.host]);
    expect(run.report!.targets.map(({ error }) => error?.code)).toEqual([
      "FLEET_INCOMPLETE",
      "RELEASE_DIFFERS",
      "FLEET_INCOMPLETE",
    ]);
  });

  test("gives nobody what a target under foreign control describes: it is what the others have proved, and that target fails", async () => {
    rmSync(join(app(2), "releases/v1"), { recursive: true });
    const liar = fleet.targets[0]!;
    const node = liar.inside("command -v node").trim();
    writeFileSync(join(liar.rootPath, "srv/liar.cjs"), LIAR);
    liar.inside(
      `mkdir /srv/bin; printf '#!/bin/sh\\nexec ${node} --require /srv/liar.cjs "$@"\\n' > /srv/bin/node; chmod 755 /srv/bin/node`,
    );
    const startUp = join(liar.rootPath, "root/.bashrc");
    writeFileSync(startUp, "PATH=/srv/bin:$PATH\n");
    onTestFinished(() => rmSync(startUp));
    const enough = { "min-verified": "2", "allow-failures": "true" };
    const run = requirePassed(await rollBack({ "rollback-to": "v1", ...enough }));
    expect(JSON.parse(run.outputs["failed-targets"]!)).toEqual([liar.host]);
    expect(run.report.targets[0]!.error).toMatchObject({ code: "RELEASE_DIFFERS" });
    expect(run.report.targets[0]!.error!.message).toContain("what it says of v1 is not what it has proved");
    expect(live()).toEqual(["releases/v3", "releases/v1", "releases/v1"]);
    for (const host of fleet.targets.slice(1)) expect(currentDigest(host)).toBe(treeDigest(sourceOf("v1")));
  });

  test("to an id under which as many hold one build as another switches nobody", async () => {
    const [first, second] = reachInputs(fleet).targets!.trim().split("\n");
    for (const [targets, path] of [
      [first!, sourceOf("v1")],
      [second!, sourceOf("v3")],
    ] as const)
      requirePassed(await runAction({ ...reachInputs(fleet), targets, path, release: "split" }));
    const before = live();
    const enough = { "min-verified": "1", "allow-failures": "true" };
    const run = await rollBack({ "rollback-to": "split", ...enough });
    expect(run.exitCode).toBe(1);
    expect(live()).toEqual(before);
    expect(run.report!.targets.map(({ error }) => error?.code)).toEqual(Array(3).fill("RELEASE_DIFFERS"));
  });

  test("of a fleet that has no common release before is refused with what each had, and works by name", async () => {
    const one = { ...reachInputs(fleet), targets: reachInputs(fleet).targets!.split("\n")[0]! };
    requirePassed(await runAction({ ...one, mode: "rollback" }));
    const run = await rollBack();
    expect(run.exitCode).toBe(1);
    expect(run.report!.targets.map(({ error }) => error?.code)).toEqual(Array(3).fill("ROLLBACK_UNCLEAR"));
    expect(run.report!.targets[0]!.error?.message).toContain("v2 is live, and before it was v1");
    expect(run.report!.targets[1]!.error?.message).toContain("v3 is live, and before it was v2");
    requirePassed(await rollBack({ "rollback-to": "v2" }));
    expect(live()).toEqual(all("v2"));
  });
});
