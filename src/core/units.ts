/** Quantities as people write and read them. Every parser returns undefined for what it does not understand. */

/** setTimeout fires at once for anything longer than this (2^31 − 1 ms, a little under 25 days). */
export const DURATION_MAX_MS = 2 ** 31 - 1;

const DURATION = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;

/** `30s`, `5m`, `1h30m`, `0s` → milliseconds, at most DURATION_MAX_MS. */
export function parseDurationMs(text: string): number | undefined {
  const match = DURATION.exec(text);
  if (match === null || text === "") return undefined;
  const [, hours = "0", minutes = "0", seconds = "0"] = match;
  const totalMs = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
  return totalMs <= DURATION_MAX_MS ? totalMs : undefined;
}

const SIZE = /^(\d+)(KiB|MiB|GiB|TiB)?$/;
const SIZE_UNIT_BYTES: Readonly<Record<string, number>> = {
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
};

/** `64KiB`, `4MiB`, `1GiB`, or plain bytes → bytes. `MB` is refused: it means two things. */
export function parseSizeBytes(text: string): number | undefined {
  const match = SIZE.exec(text);
  if (match === null) return undefined;
  const [, count, unit] = match;
  const sizeBytes = Number(count) * (unit === undefined ? 1 : SIZE_UNIT_BYTES[unit]!);
  return Number.isSafeInteger(sizeBytes) ? sizeBytes : undefined;
}

/** A size per second; `/s` may be written or left out. */
export function parseRateBytesPerSecond(text: string): number | undefined {
  return parseSizeBytes(text.endsWith("/s") ? text.slice(0, -2) : text);
}

/** Three significant digits or more, never `1024 KiB` for `1.0 MiB`. */
function scaled(value: number, step: number, units: readonly string[]): string {
  let scaledValue = value;
  let index = 0;
  // What would be printed as `step` belongs to the next unit.
  while (index < units.length - 1 && Math.round(scaledValue) >= step) {
    scaledValue /= step;
    index += 1;
  }
  const digits = index === 0 || scaledValue >= 99.95 ? 0 : 1;
  return `${scaledValue.toFixed(digits)} ${units[index]}`;
}

/** `12.3 MiB`, `512 B`. */
export function formatBytes(bytes: number): string {
  return scaled(bytes, 1024, ["B", "KiB", "MiB", "GiB", "TiB"]);
}

/** `412 MiB/s`. */
export function formatByteRate(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}

/** `50.1 Mbit/s`: the unit in which links are sold. */
export function formatBitRate(bytesPerSecond: number): string {
  return scaled(bytesPerSecond * 8, 1000, ["bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s"]);
}

/** `850 ms`, `4.2 s`, `1 m 05 s`, `2 h 03 m`. */
export function formatDuration(durationMs: number): string {
  const wholeMs = Math.round(durationMs);
  if (wholeMs < 1_000) return `${wholeMs} ms`;
  if (wholeMs < 59_950) return `${(wholeMs / 1_000).toFixed(1)} s`;
  const seconds = Math.round(wholeMs / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} m ${twoDigits(seconds % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} m`;
}

function twoDigits(count: number): string {
  return String(count).padStart(2, "0");
}

/** `62%`, rounded down so that `100%` means all. */
export function formatShare(done: number, total: number): string {
  return total === 0 ? "0%" : `${Math.floor((done / total) * 100)}%`;
}

/** `1 target`, `16 targets`, `1,024 files`. */
export function formatCount(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? singular : plural}`;
}
