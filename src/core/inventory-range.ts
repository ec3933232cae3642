const RANGE = /\[(\d+):(\d+)\]/g;
/** Keeps numbers exact and a mistyped end from being taken for billions of hosts. */
const RANGE_DIGITS_MAX = 9;

interface Range {
  readonly text: string;
  readonly first: number;
  readonly count: number;
  /** Width to which numbers are padded with zeros; 0: not at all. */
  readonly width: number;
}

/**
 * How many targets the ranges `[02:20]` of one inventory line make: 1 where there is none. All ranges of a line expand together, so they are equally long.
 * Returns a sentence where they are not, or where one is not a range.
 */
export function rangeCount(texts: readonly string[]): number | string {
  let longest: Range | undefined;
  for (const match of texts.flatMap((text) => [...text.matchAll(RANGE)])) {
    const range = readRange(match);
    if (typeof range === "string") return range;
    if (longest !== undefined && longest.count !== range.count) {
      return `ranges of different lengths: ${longest.text} has ${longest.count}, ${range.text} has ${range.count}`;
    }
    longest = range;
  }
  return longest?.count ?? 1;
}

/** The text with the number at `index` (from 0) of each of its ranges. `rangeCount` has accepted them. */
export function expandRanges(text: string, index: number): string {
  return text.replaceAll(RANGE, (written, from: string, to: string) => {
    const range = readRange([written, from, to]);
    if (typeof range === "string") throw new RangeError(range);
    return String(range.first + index).padStart(range.width, "0");
  });
}

export function hasRange(text: string): boolean {
  return text.search(RANGE) !== -1;
}

function readRange([text = "", from = "", to = ""]: readonly string[]): Range | string {
  if (from.length > RANGE_DIGITS_MAX || to.length > RANGE_DIGITS_MAX) {
    return `range ${text}: numbers of at most ${RANGE_DIGITS_MAX} digits`;
  }
  const padded = isPadded(from) || isPadded(to);
  if (padded && from.length !== to.length) {
    return `range ${text}: with leading zeros both ends have the same number of digits`;
  }
  const first = Number(from);
  const last = Number(to);
  if (last < first) return `range ${text} ends before it starts`;
  return { text, first, count: last - first + 1, width: padded ? from.length : 0 };
}

function isPadded(digits: string): boolean {
  return digits.length > 1 && digits.startsWith("0");
}
