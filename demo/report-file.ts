import { readFile } from "node:fs/promises";
import { z } from "zod";

const phase = z.object({ name: z.string(), startMs: z.number(), endMs: z.number() });

/** What is read here of the file at `report-path`; docs/report.schema.json has all of it. */
const reportFile = z.object({
  version: z.literal(1),
  status: z.enum(["success", "failed"]),
  release: z.object({ id: z.string(), tarBytes: z.number().nullable() }).nullable(),
  transfer: z.object({ durationMs: z.number() }),
  origin: z.object({ memoryBytes: z.number() }).nullable(),
  targets: z.array(
    z.object({
      name: z.string(),
      state: z.enum(["verified", "activated", "held-back", "failed"]),
      error: z.object({ code: z.string(), message: z.string() }).nullable(),
      phases: z.array(phase),
      bytes: z.object({ fromSeeder: z.number(), fromPeers: z.number() }),
      memoryBytes: z.number(),
    }),
  ),
});

export type ReportFile = z.infer<typeof reportFile>;

export async function readReport(path: string): Promise<ReportFile> {
  return reportFile.parse(JSON.parse(await readFile(path, "utf8")));
}

/** Targets that failed by themselves; not those that were held back because others did. */
export function culprits(report: ReportFile): ReportFile["targets"] {
  return report.targets.filter(({ state }) => state === "failed");
}

/** For each target that fetched: milliseconds from the first target's begin to its own end, ascending. */
export function fetchTimesMs(report: ReportFile): number[] {
  const spans = fetchSpans(report);
  const firstMs = Math.min(...spans.map(({ startMs }) => startMs));
  return spans.map(({ endMs }) => endMs - firstMs).sort((one, other) => one - other);
}

/** Milliseconds from the first target's begin to the last one's: that much of the time to the last is not the swarm's. */
export function startSpreadMs(report: ReportFile): number {
  const starts = fetchSpans(report).map(({ startMs }) => startMs);
  return Math.max(...starts) - Math.min(...starts);
}

/** How many whole copies left the seeder, and what part of all bytes received was received before. */
export function seederLoad(report: ReportFile): { copies: number; duplicated: number } {
  const sizeBytes = report.release?.tarBytes ?? 0;
  const sum = (part: "fromSeeder" | "fromPeers") =>
    report.targets.reduce((total, { bytes }) => total + bytes[part], 0);
  const fromSeeder = sum("fromSeeder");
  return {
    copies: fromSeeder / sizeBytes,
    duplicated: (fromSeeder + sum("fromPeers")) / (sizeBytes * report.targets.length) - 1,
  };
}

function fetchSpans(report: ReportFile): { startMs: number; endMs: number }[] {
  return report.targets.flatMap(({ phases }) => phases.filter(({ name }) => name === "transfer"));
}
