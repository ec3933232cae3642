import { z } from "zod";

/** What the action writes after `::debug::` for each message `progress` of an agent. */
const progressLine = z.object({
  progress: z.object({
    target: z.string(),
    step: z.string(),
    piecesDone: z.number(),
    piecesTotal: z.number(),
    bytesFromSeeder: z.number(),
    bytesFromPeers: z.number(),
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

/** The share that a target holds, 0 to 1. */
export function shareOf(progress: TargetProgress): number {
  return progress.piecesTotal === 0 ? 0 : progress.piecesDone / progress.piecesTotal;
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
