/** A part of a fleet, as people write it: a number of targets, or a percentage of all. */
export type FleetShare =
  | { readonly kind: "count"; readonly count: number }
  | { readonly kind: "percent"; readonly percent: number };

const COUNT = /^\d{1,9}$/;
const PERCENT = /^(\d{1,3}(?:\.\d{1,3})?)%$/;

/** `14`, `95%` or `99.5%`; undefined for anything else, and for nothing of a fleet. */
export function parseFleetShare(text: string): FleetShare | undefined {
  if (COUNT.test(text)) return Number(text) === 0 ? undefined : { kind: "count", count: Number(text) };
  const percent = Number(PERCENT.exec(text)?.[1]);
  return percent > 0 && percent <= 100 ? { kind: "percent", percent } : undefined;
}

export const WHOLE_FLEET: FleetShare = { kind: "percent", percent: 100 };

/** The fewest targets that are this share: what is to be reached is never rounded down. */
export function leastOf(share: FleetShare, total: number): number {
  if (share.kind === "count") return share.count;
  return Math.ceil(Number(((total * share.percent) / 100).toFixed(6)));
}

/**
 * The sizes of the waves in which `total` targets go: one for each of `shares`, the last again and again until all have gone. At
 * least one target a wave, and rounded down: a first wave is small because it may fail.
 */
export function waveSizes(total: number, shares: readonly FleetShare[]): number[] {
  const sizes: number[] = [];
  let left = total;
  while (left > 0) {
    const share = shares[Math.min(sizes.length, shares.length - 1)] ?? WHOLE_FLEET;
    const wanted = share.kind === "count" ? share.count : Math.floor((total * share.percent) / 100);
    const size = Math.min(left, Math.max(1, wanted));
    sizes.push(size);
    left -= size;
  }
  return sizes;
}
