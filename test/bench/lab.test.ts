import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { type BenchOptions, readBenchOptions } from "../../bench/bench-options.ts";
import { whyNoLab } from "../../bench/lab.ts";
import { measurePair } from "../../bench/pair-part.ts";
import { findLibtorrentVersion } from "../../bench/peer-process.ts";
import { runCommand } from "../../bench/run-command.ts";
import { measureTransfer } from "../../bench/transfer-part.ts";

const BENCH = join(import.meta.dirname, "../../bench/bench.ts");
const why = whyNoLab();
if (why !== undefined) console.error(`the bench's lab: left out: ${why}`);

function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "murmuration-bench-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function namespacesOf(pid: number): string[] {
  return (existsSync("/run/netns") ? readdirSync("/run/netns") : []).filter((name) =>
    name.startsWith(`mur-${pid}-`),
  );
}

/** Command lines of all processes that name this. */
function processesNaming(text: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")];
      } catch {
        return [];
      }
    })
    .filter((command) => command.includes(text));
}

/** The cells of the table's row with this name, as numbers. */
function figuresOf(name: string, table: string): number[] {
  const row = table.split("\n").find((line) => line.startsWith(`| ${name} `));
  const [, , ...cells] = (row ?? "").split("|");
  return cells.map((cell) => Number.parseFloat(cell)).slice(0, -1);
}

const context = { signal: new AbortController().signal, say: () => {} };
const options = (...argv: string[]): BenchOptions => readBenchOptions([...argv, "--runs", "1"])!;

describe.skipIf(why !== undefined)("in a lab of 2 targets", () => {
  test("all peers move the same build, and nothing is left of them", async () => {
    const folder = scratchFolder();
    const libtorrents = (await findLibtorrentVersion()) === undefined ? [] : (["libtorrent"] as const);
    const peers = ["murmuration", ...libtorrents, "webtorrent"] as const;
    const asked = options("--targets", "2", "--size", "2MiB");
    const text = await measureTransfer(asked, peers, folder, context);
    for (const peer of peers) {
      const [first, , last, ofBound, , copies] = figuresOf(`${peer}, run 1`, text);
      expect(first, peer).toBeGreaterThan(0.2);
      expect(last, peer).toBeGreaterThanOrEqual(first!);
      // No link is faster than its rate: less than F/B would mean that the lab limits nothing.
      expect(ofBound, peer).toBeGreaterThan(0.8);
      // Ours never fetches what the manifest's piece is filled up with, which is less than that one piece: a thirty-third of this tar.
      expect(copies, peer).toBeGreaterThanOrEqual(peer === "murmuration" ? 0.97 : 1);
      expect(copies, peer).toBeLessThan(2.5);
    }
    expect(text).toMatch(/^\| webtorrent .* ×\s+\|$/m);
    expect(namespacesOf(process.pid)).toEqual([]);
    expect(processesNaming(folder)).toEqual([]);
  });

  test("a bench that is interrupted leaves no namespace, process or folder", async () => {
    const temp = scratchFolder();
    const bench = spawn(
      process.execPath,
      [BENCH, "--only", "swarm", "--peers", "webtorrent", "--targets", "2", "--rate", "2", "--size", "8MiB"],
      { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, TMPDIR: temp } },
    );
    onTestFinished(() => void bench.kill("SIGKILL"));
    // Both clients and the seeder run; what there is to move would take them half a minute at least.
    await expect
      .poll(() => processesNaming(temp).filter((command) => command.includes("webtorrent-peer")).length, {
        timeout: 20_000,
      })
      .toBeGreaterThanOrEqual(3);
    expect(namespacesOf(bench.pid!)).toHaveLength(4);
    bench.kill("SIGINT");
    expect(await once(bench, "close")).toEqual([130, null]);
    expect(namespacesOf(bench.pid!)).toEqual([]);
    expect(processesNaming(temp)).toEqual([]);
    expect(readdirSync(temp)).toEqual([]);
  });

  test("where libtorrent is not installed one line says so, and the others are measured", async () => {
    const peers = ["--peers", "libtorrent,libtorrent-tuned,webtorrent"];
    const hidden = [
      'if [ -e /usr/bin/python3 ]; then mount --bind /dev/null "$(realpath /usr/bin/python3)"; fi',
      'exec "$0" "$@" 2>&1',
    ].join("\n");
    const text = await runCommand([
      ...["unshare", "--mount", "sh", "-c", hidden, process.execPath, BENCH],
      ...["--only", "pair", "--pair-size", "2MiB", "--runs", "1", ...peers],
    ]);
    expect(text.match(/^left out: .*$/gm)).toEqual([
      "left out: libtorrent, libtorrent-tuned: not installed (apt-get install python3-libtorrent)",
    ]);
    expect(text).toMatch(/^\| webtorrent +\| +\d+ MiB\/s/m);
  });
});

test.runIf(process.platform === "linux")(
  "a pair's rate, CPU and memory are known for both ends of each peer",
  async () => {
    const asked = options("--pair-size", "8MiB");
    const text = await measurePair(asked, ["murmuration", "webtorrent"], scratchFolder(), context);
    for (const name of ["murmuration, encryption off", "murmuration, encryption on", "webtorrent"]) {
      const [rate, , ...figures] = figuresOf(name, text);
      expect(rate, name).toBeGreaterThan(1);
      expect(
        figures.filter((figure) => figure > 0),
        name,
      ).toHaveLength(4);
    }
    expect(text).toMatch(/^- encryption on ÷ off: \d\.\d\d/m);
    expect(text).toMatch(/^- agent's peak memory: .*MiB, goal/m);
  },
);
