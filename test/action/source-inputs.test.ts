import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type InputName, readInputs } from "../../src/action/inputs.ts";
import { messageOf } from "../../src/core/errors.ts";

let workspace = "";
beforeAll(() => {
  workspace = mkdtempSync(join(tmpdir(), "murmuration-source-inputs-"));
  writeFileSync(join(workspace, "app.txt"), "app");
});
afterAll(() => rmSync(workspace, { recursive: true, force: true }));

type Values = Partial<Record<InputName, string>>;

const GITHUB = {
  GITHUB_REPOSITORY: "example/shop",
  ACTIONS_RUNTIME_TOKEN: "a.b.c",
  ACTIONS_RESULTS_URL: "https://results.example.com/",
  SSH_AUTH_SOCK: "/run/agent.sock",
};
const ENTERPRISE = { ...GITHUB, GITHUB_SERVER_URL: "https://github.example.com" };
const DEPLOY = { targets: "web-1", "deploy-to": "/srv/app", artifact: "shop" };
const PACKAGE = { mode: "package", path: ".", artifact: "shop" };

function read(values: Values, environment: Record<string, string> = GITHUB) {
  const given = Object.entries(values).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  const all = { GITHUB_WORKSPACE: workspace, ...environment, ...Object.fromEntries(given) };
  return readInputs(all, { now: new Date("2026-07-14T09:30:00Z"), user: "runner", cwd: "/" });
}

function problemsOf(values: Values, environment?: Record<string, string>): string {
  try {
    read(values, environment);
  } catch (thrown) {
    return messageOf(thrown);
  }
  throw new Error("the inputs were accepted");
}

test("package needs a path and a name, and neither targets nor keys", () => {
  expect(read(PACKAGE, {})).toMatchObject({
    mode: "package",
    source: { kind: "tree", path: workspace, exclude: [".git"] },
    release: "20260714093000",
    name: "shop",
    retentionDays: 0,
    pieceLengthBytes: null,
    run: { artifacts: { kind: "missing" } },
  });
  const all = { ...PACKAGE, release: "v1", "retention-days": "7", "piece-length": "1MiB" };
  expect(read(all)).toMatchObject({ release: "v1", retentionDays: 7, pieceLengthBytes: 1_048_576 });
  // What is shared is not shipped, whoever packs: the info-hash is that of a deploy from the same path.
  expect(read({ ...PACKAGE, "shared-dirs": "uploads" })).toMatchObject({
    source: { exclude: [".git", "/uploads"] },
  });
  const message = problemsOf({ mode: "package" });
  expect(message).toMatch(/^ {2}path: required for mode: package$/m);
  expect(message).toMatch(/^ {2}artifact: required for mode: package$/m);
});

test("package refuses what says something about targets, and shows no secret", () => {
  const message = problemsOf({
    ...PACKAGE,
    targets: "web-1",
    "ssh-key": "hidden-key",
    "github-token": "hidden-token",
    "keep-releases": "3",
    "retention-days": "401",
    artifact: "a/b",
  });
  expect(message).toContain('targets "web-1": does not apply to mode: package');
  expect(message).toContain("ssh-key: does not apply to mode: package");
  expect(message).toContain("github-token: does not apply to mode: package");
  expect(message).toContain('keep-releases "3": does not apply');
  expect(message).toContain('retention-days "401": expected 0');
  expect(message).toContain('artifact "a/b": expected');
  expect(message).not.toContain("hidden");
});

test("a deploy by artifact needs no path, and takes the package's id unless it has its own", () => {
  const config = read(DEPLOY);
  expect(config).toMatchObject({
    source: { kind: "package", name: "shop", place: { kind: "this-run" } },
    release: null,
    notices: [],
  });
  expect(read({ ...DEPLOY, release: "v1" })).toMatchObject({ release: "v1" });
  expect(read({ ...DEPLOY, path: "not-there" })).toMatchObject({ source: { kind: "package" } });
});

test("another run is named by its number, and needs a token and a repository", () => {
  const other = { ...DEPLOY, "run-id": "17", "github-token": "hidden-token" };
  const place = { kind: "run", runId: 17, repository: "example/shop", token: "hidden-token" };
  const config = read(other);
  expect(config).toMatchObject({ source: { place } });
  expect(config.secrets).toContain("hidden-token");
  expect(read({ ...DEPLOY, "github-token": "hidden-token" })).toMatchObject({
    source: { place: { kind: "this-run" } },
  });
  expect(problemsOf({ ...DEPLOY, "run-id": "17" })).toContain("github-token: required with run-id");
  expect(problemsOf({ ...other, "run-id": "last" })).toContain('run-id "last": expected a run\'s number');
  expect(problemsOf(other, { SSH_AUTH_SOCK: "/x" })).toContain("GITHUB_REPOSITORY is not set");
});

test("what does not apply to a deploy by artifact is refused", () => {
  const message = problemsOf({ ...DEPLOY, "piece-length": "1MiB", exclude: "*.map", "retention-days": "3" });
  expect(message).toContain('piece-length "1MiB": does not apply with artifact');
  expect(message).toContain('exclude "*.map": does not apply with artifact');
  expect(message).toContain('retention-days "3": does not apply to mode: deploy');
  const { artifact: _, ...tree } = { ...DEPLOY, path: "." };
  const without = problemsOf({ ...tree, "run-id": "17", "github-token": "hidden-token" });
  expect(without).toContain("run-id: does not apply without artifact");
  expect(without).toContain("github-token: does not apply without artifact");
  expect(problemsOf({ ...DEPLOY, mode: "verify", "github-token": "hidden-token" })).not.toContain("hidden");
});

test("on GitHub Enterprise Server a deploy packs its path, and one without path is told why", () => {
  const config = read({ ...DEPLOY, path: "." }, ENTERPRISE);
  expect(config).toMatchObject({
    source: { kind: "tree", path: workspace },
    release: "20260714093000",
    notices: [expect.stringContaining("path is packed instead of reading artifact shop")],
  });
  expect(problemsOf(DEPLOY, ENTERPRISE)).toContain("path: required here, since artifact can't be read");
  expect(read(PACKAGE, ENTERPRISE)).toMatchObject({ notices: [expect.stringContaining("not stored")] });
});

test.each(["https://github.com", "https://shop.ghe.com", "https://actions.localhost:8443", ""])(
  "the server %j has artifacts",
  (url) => {
    expect(read(DEPLOY, { ...GITHUB, GITHUB_SERVER_URL: url })).toMatchObject({
      run: { artifacts: { kind: "service" } },
    });
  },
);
