import { expect, test } from "vitest";
import { type Environment, InputReader } from "../../src/action/input-reader.ts";
import { INPUT_DEFAULTS, type InputName } from "../../src/action/inputs.ts";
import { readShared, readSwitching, sharedPatterns } from "../../src/action/switch-inputs.ts";

type Values = Partial<Record<InputName, string>>;

function inputsOf(values: Values): InputReader<InputName> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...INPUT_DEFAULTS, ...values }))
    environment[`INPUT_${name.toUpperCase()}`] = value;
  return new InputReader(environment satisfies Environment, INPUT_DEFAULTS);
}

function problemsOf(values: Values): readonly string[] {
  const inputs = inputsOf(values);
  readSwitching(inputs, 16);
  readShared(inputs);
  return inputs.problems;
}

test("without any input the whole fleet goes live at once, and what fails is taken back", () => {
  expect(readSwitching(inputsOf({}), 16)).toEqual({
    minVerified: { kind: "percent", percent: 100 },
    allowFailures: false,
    batchSizes: [{ kind: "percent", percent: 100 }],
    batchWaitMs: 0,
    hooks: { "before-activate": null, "after-activate": null, "health-check": null },
    hookTimeoutMs: 300_000,
    healthTimeoutMs: 60_000,
    onFailure: "rollback",
  });
});

test("waves, limits and commands of several lines are read", () => {
  const config = readSwitching(
    inputsOf({
      "min-verified": "15",
      "allow-failures": "true",
      "batch-size": "1, 10%,100%",
      "batch-wait": "1m30s",
      "after-activate": "set -u\nsudo systemctl restart app\n",
      "health-check": "curl -fsS localhost",
      "health-timeout": "2m",
      "hook-timeout": "10s",
      "on-failure": "keep",
    }),
    16,
  );
  expect(config).toMatchObject({
    minVerified: { kind: "count", count: 15 },
    batchSizes: [
      { kind: "count", count: 1 },
      { kind: "percent", percent: 10 },
      { kind: "percent", percent: 100 },
    ],
    batchWaitMs: 90_000,
    hooks: { "after-activate": "set -u\nsudo systemctl restart app" },
    healthTimeoutMs: 120_000,
    onFailure: "keep",
  });
});

test("what can't be meant is told, all of it", () => {
  const problems = problemsOf({
    "min-verified": "17",
    "batch-size": "1,,100%",
    "batch-wait": "soon",
    "health-timeout": "2m",
    "hook-timeout": "0s",
    "on-failure": "panic",
    "shared-files": "../etc/passwd",
    "shared-dirs": "/var/log",
  });
  expect(problems).toEqual([
    'min-verified "17": there are only 16 targets',
    'health-timeout "2m": there is no health-check',
    'hook-timeout "0s": there is no before-activate and no after-activate',
    expect.stringContaining('batch-size "1,,100%": expected the sizes of the waves'),
    expect.stringContaining('batch-wait "soon"'),
    expect.stringContaining('hook-timeout "0s"'),
    'on-failure "panic": expected rollback or keep',
    expect.stringContaining('shared-files "../etc/passwd"'),
    expect.stringContaining('shared-dirs "/var/log"'),
  ]);
});

test("allow-failures that could not matter is refused", () => {
  expect(problemsOf({ "allow-failures": "true" })).toEqual([
    expect.stringContaining('allow-failures "true": with it, set min-verified'),
  ]);
});

test("shared paths that lie in each other are refused, and they are left out of the release by their very names", () => {
  expect(problemsOf({ "shared-files": "log/a\n.env", "shared-dirs": "log/\n./log" })).toEqual([
    "shared-files: log/a is shared already",
    "shared-dirs: log is shared already",
  ]);
  const shared = readShared(inputsOf({ "shared-files": "a*b\n# none\n[x] y", "shared-dirs": "log/" }));
  expect(shared).toEqual({ files: ["a*b", "[x] y"], directories: ["log"] });
  expect(sharedPatterns(shared)).toEqual(["/a\\*b", "/\\[x\\]\\ y", "/log"]);
});
