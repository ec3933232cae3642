/** One run of one peer in the part `growth`. */
export interface GrowthRow {
  readonly peer: string;
  readonly targets: number;
  readonly run: number;
  readonly secondsToLast: number;
  readonly secondsFromLastStart: number;
  readonly sizeBytes: number;
  readonly rateMbit: number;
  readonly pieces: number;
}

const HEADER = "peer,targets,run,seconds_to_last,seconds_from_last_start,size_bytes,rate_mbit,pieces";

export function formatGrowthCsv(rows: readonly GrowthRow[]): string {
  const lines = rows.map((row) =>
    [
      ...[row.peer, row.targets, row.run, row.secondsToLast.toFixed(3), row.secondsFromLastStart.toFixed(3)],
      ...[row.sizeBytes, row.rateMbit, row.pieces],
    ].join(","),
  );
  return `${[HEADER, ...lines].join("\n")}\n`;
}

/** @throws Error where it is not what `formatGrowthCsv` writes, with the line's number. */
export function parseGrowthCsv(text: string): GrowthRow[] {
  const [header, ...lines] = text.trimEnd().split("\n");
  if (header !== HEADER) throw new Error(`line 1: expected ${HEADER}`);
  return lines.map((line, index) => {
    const [peer, ...cells] = line.split(",");
    const figures = cells.map((cell) => (/^\d+(\.\d+)?$/.test(cell) ? Number(cell) : Number.NaN));
    const [targets, run, secondsToLast, secondsFromLastStart, sizeBytes, rateMbit, pieces] = figures;
    if (!peer || figures.length !== 7 || figures.some(Number.isNaN)) {
      throw new Error(`line ${index + 2}: expected a name and 7 numbers, not ${line}`);
    }
    return {
      peer,
      targets: targets!,
      run: run!,
      secondsToLast: secondsToLast!,
      secondsFromLastStart: secondsFromLastStart!,
      sizeBytes: sizeBytes!,
      rateMbit: rateMbit!,
      pieces: pieces!,
    };
  });
}
