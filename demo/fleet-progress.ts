import { z } from "zod";

/** What the action writes after `::debug::` for each message `progress` of an agent. */
const progressLine = z.object({
  progress: z.object({
    target: z.string(),
    step: z.string(),
    piecesDone: z.number(),
    piecesTotal: z.number(),
    bytesFromSeeder: z.number().default(0),
    bytesFromPeers: z.number().default(0),
  }),
});

export type TargetProgress = z.infer<typeof progressLine>["progress"];

/** Undefined for every other debug line. */
export function tryParseProgress(message: string): TargetProgress | undefined {
  if (!message.startsWith('{"progress":')) return undefined;
  try {
    return progressLine.safeParse(JSON.parse(message)).data?.progress;
  } catch {
    return undefined;
  }
}

/** The share of its present step that a target has done, 0 to 1. */
export function shareOf(progress: TargetProgress): number {
  return progress.piecesTotal === 0 ? 0 : progress.piecesDone / progress.piecesTotal;
}

/** Steps of a target that holds every piece. */
const AFTER_FETCH: ReadonlySet<string> = new Set(["verify", "commit", "done"]);

export function holdsAll(progress: TargetProgress): boolean {
  return AFTER_FETCH.has(progress.step);
}

/** The share of the release that a target holds, 0 to 1. */
export function heldShare(progress: TargetProgress): number {
  if (holdsAll(progress)) return 1;
  return progress.step === "fetch" || progress.step === "resume" ? shareOf(progress) : 0;
}

/** The last progress of every target, and what the demo did to it. */
export class FleetProgress {
  readonly #latest = new Map<string, TargetProgress>();
  readonly #notes = new Map<string, string>();

  take(progress: TargetProgress): void {
    this.#latest.set(progress.target, progress);
  }

  of(target: string): TargetProgress | undefined {
    return this.#latest.get(target);
  }

  note(target: string, text: string): void {
    this.#notes.set(target, text);
  }

  noteOn(target: string): string | undefined {
    return this.#notes.get(target);
  }
}
