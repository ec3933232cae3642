import type { SchedulerOptions } from "./scheduler.ts";

/**
 * Chosen in the simulator and the lab (docs/benchmarks.md): with fewer pieces on their way some link is always idle, with more nobody has a
 * whole one soon. The first seeder's share the targets' links with those of all others, so that it needs more.
 */
const SLOTS = 6;
const FIRST_SEEDER_SLOTS = 8;
const DOWNLOADS_MAX = 8;
/** Who is refused at once asks where less is to do; waiting, it would leave another's link idle. */
const WAITING_MAX = 3;
/** What is on its way at once: eight pieces of up to 2 MiB, six of 4 MiB, two of 16 MiB. */
const DOWNLOADS_BYTES_MAX = 24 * 1024 * 1024;
const DOWNLOADS_MIN = 2;
/** Pieces that wait in memory for the manifest. */
const EARLY_BYTES_MAX = 16 * 1024 * 1024;
/** Pieces that wait in memory for the disk: six of those of up to 4 MiB, two of 16 MiB. */
const UNSTORED_BYTES_MAX = 24 * 1024 * 1024;
const UNSTORED_MIN = 2;
const UNSTORED_MAX = 6;

export type SwarmPolicy = Pick<
  SchedulerOptions,
  "slots" | "waitingMax" | "downloadsMax" | "earlyPiecesMax" | "unstoredMax"
>;

/** How many pieces are sent, taken and kept at once, by agents, the origin and the simulator alike. */
export function swarmPolicy(
  pieceLengthBytes: number,
  { firstSeeder }: { firstSeeder: boolean },
): SwarmPolicy {
  const within = (bytes: number, min: number, max: number) =>
    Math.min(max, Math.max(min, Math.floor(bytes / pieceLengthBytes)));
  return {
    slots: firstSeeder ? FIRST_SEEDER_SLOTS : SLOTS,
    waitingMax: WAITING_MAX,
    downloadsMax: within(DOWNLOADS_BYTES_MAX, DOWNLOADS_MIN, DOWNLOADS_MAX),
    earlyPiecesMax: within(EARLY_BYTES_MAX, 1, Number.POSITIVE_INFINITY),
    unstoredMax: within(UNSTORED_BYTES_MAX, UNSTORED_MIN, UNSTORED_MAX),
  };
}
