import type { Holding, RunResult } from "../core/outcome.ts";
import { cut, logLine } from "./escape.ts";

/** The newest are the ones that somebody goes back to. */
const RELEASES_MAX = 20;
const NAMED_MAX = 3;
const NAME_LENGTH_MAX = 60;

export interface HeldReleaseRow {
  readonly release: string;
  /** Numbers of the targets that were asked. */
  readonly heldBy: number;
  readonly liveOn: number;
  /** Names, a few of them; empty where all hold it. */
  readonly lackedBy: string;
}

/** Who holds what, of a rollback that found nothing to go back to: newest first. Empty where that is not the question. */
export function heldReleaseRows({ holdings = [], verdict, targets }: RunResult): HeldReleaseRow[] {
  const isUntouched = targets.every(({ state }) => state.kind === "failed" && state.current === "kept");
  if (verdict.status !== "failed" || !isUntouched) return [];
  const releases = new Set(holdings.flatMap((holding) => holding.releases));
  return [...releases]
    .sort()
    .reverse()
    .slice(0, RELEASES_MAX)
    .map((release) => rowOf(release, holdings));
}

function rowOf(release: string, holdings: readonly Holding[]): HeldReleaseRow {
  const lacking = holdings.filter(({ releases }) => !releases.includes(release));
  const named = lacking.slice(0, NAMED_MAX).map(({ target }) => cut(target, NAME_LENGTH_MAX));
  const more = lacking.length > named.length ? ` and ${lacking.length - named.length} more` : "";
  return {
    release,
    heldBy: holdings.length - lacking.length,
    liveOn: holdings.filter(({ current }) => current === release).length,
    lackedBy: `${named.join(", ")}${more}`,
  };
}

/** For the log; empty where there is nothing to tell. */
export function holdingsTable(result: RunResult): string[] {
  const rows = heldReleaseRows(result);
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(({ release }) => release.length), "release".length);
  const asked = result.holdings?.length ?? 0;
  return [
    `${"release".padEnd(width)}  held by  live on  lacked by`,
    ...rows.map(({ release, heldBy, liveOn, lackedBy }) =>
      logLine(
        `${release.padEnd(width)}  ${`${heldBy}/${asked}`.padStart(7)}  ${String(liveOn).padStart(7)}  ${lackedBy || "nobody"}`,
      ),
    ),
  ];
}
