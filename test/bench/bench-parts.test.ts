import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { readBenchOptions } from "../../bench/bench-options.ts";
import { watchProcesses } from "../../bench/process-watch.ts";
import { runCommand } from "../../bench/run-command.ts";
import { markdownTable, median } from "../../bench/table.ts";

const MIB = 1024 * 1024;

test.runIf(process.platform === "linux")(
  "the peak memory and CPU time of a grandchild are still known after it has ended",
  async () => {
    // Holds 96 MiB for a moment, works without it for 400 ms of processor time however busy the machine is, and waits to be told to end.
    const work = `
      let held = Buffer.alloc(${96 * MIB}, 1);
      process.stdin.resume();
      setTimeout(() => {
        held = undefined;
        const end = process.cpuUsage().user + 400_000;
        while (process.cpuUsage().user < end);
      }, 400)`;
    using watch = watchProcesses(process.pid);
    const shell = spawn("sh", ["-c", `"$0" -e "$1" the-grandchild; :`, process.execPath, work]);
    const cpuSeconds = () =>
      Math.max(0, ...watch.figures("the-grandchild").map((figures) => figures.cpuSeconds));
    await expect.poll(cpuSeconds, { timeout: 30_000 }).toBeGreaterThan(0.35);
    shell.stdin.end();
    await once(shell, "close");
    const [grandchild, ...others] = watch
      .figures("the-grandchild")
      .filter(({ command }) => !command.startsWith("sh "));
    expect(others).toEqual([]);
    expect(grandchild!.peakResidentBytes).toBeGreaterThan(96 * MIB);
    expect(grandchild!.peakResidentBytes).toBeLessThan(400 * MIB);
    expect(grandchild!.cpuSeconds).toBeGreaterThan(0.35);
    expect(grandchild!.cpuSeconds).toBeLessThan(5);
  },
);

test("a command that fails is named with its last words", async () => {
  await expect(runCommand(["sh", "-c", "echo no such link >&2; exit 3"])).rejects.toThrow(
    /exit code 3: no such link/,
  );
  await expect(runCommand(["/no/such/program"])).rejects.toThrow(/ENOENT/);
});

test("the median of an even number of values is the lower one of the two in the middle", () => {
  expect(median([4, 1, 3, 2])).toBe(2);
  expect(median([5])).toBe(5);
});

test("the table is aligned and is Markdown", () => {
  const columns = [
    { heading: "", align: "left" },
    { heading: "last target", align: "right" },
  ] as const;
  expect(markdownTable(columns, [["rsync", "87.1 s"]])).toBe(
    "|       | last target |\n| ----- | ----------: |\n| rsync |      87.1 s |",
  );
});

test("bad options are all named at once", () => {
  expect(() => readBenchOptions(["--only", "speed", "--rate", "0", "--size", "1GB"])).toThrow(
    /speed.*--rate "0".*--size "1GB"/s,
  );
  expect(() => readBenchOptions(["--targets", "4", "--slow", "4"])).toThrow(/--slow "4": expected 0 to 3/);
});
