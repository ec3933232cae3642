import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { formatGrowthCsv, type GrowthRow, parseGrowthCsv } from "../../bench/growth-csv.ts";
import { growthPlot } from "../../bench/growth-plot.ts";

const rows: GrowthRow[] = [2, 4, 8].flatMap((targets) =>
  [1, 2].map((run) => ({
    peer: run === 1 ? "murmuration" : "rsync",
    targets,
    run: 1,
    secondsToLast: 6.5 * targets,
    secondsFromLastStart: 6.25 * targets,
    sizeBytes: 16_777_216,
    rateMbit: 20,
    pieces: 260,
  })),
);

test("the figures of a growth run are read back as they were written", () => {
  expect(parseGrowthCsv(formatGrowthCsv(rows))).toEqual(rows);
});

test("a line that is no figure is named", () => {
  const text = formatGrowthCsv(rows).replace("murmuration,4,1,26.000", "murmuration,4,1,soon");
  expect(() => parseGrowthCsv(text)).toThrow(/^line 4: .*soon/);
  expect(() => parseGrowthCsv("peer,seconds\n")).toThrow(/^line 1/);
});

test("the plot has a line for each peer that ran and for both bounds, and is the same each time", () => {
  const svg = growthPlot(rows);
  for (const name of ["murmuration", "rsync", "T*", "F/B", "every link 20 Mbit/s"])
    expect(svg).toContain(name);
  expect(svg).not.toContain("webtorrent");
  expect(svg).toMatch(/^<svg [^>]*>\s*<title>.+<\/title>\s*<rect [^>]*fill="#ffffff"/);
  expect(growthPlot(rows)).toBe(svg);
});

test("the kept plot shows the kept figures", () => {
  const kept = (name: string) => readFileSync(join(import.meta.dirname, "../../docs", name), "utf8");
  const why = "run `node scripts/plot-growth.ts`";
  expect(kept("growth.svg") === growthPlot(parseGrowthCsv(kept("growth.csv"))), why).toBe(true);
});
