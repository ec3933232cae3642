/** Of every answer this many are in other zones, so that what a zone lacks comes in from several sides. */
const FAR_PEERS = 4;

/**
 * Which peers a tracker names to one that asks: at random, but nearly all of its own zone where there are enough. What comes in from other zones is then passed on inside.
 *
 * `wanted`: how many; `random` in [0, 1).
 */
export function choosePeers<Peer>(
  peers: Iterable<Peer>,
  isNear: (peer: Peer) => boolean,
  wanted: number,
  random: () => number,
): Peer[] {
  const near: Peer[] = [];
  const far: Peer[] = [];
  for (const peer of peers) (isNear(peer) ? near : far).push(peer);
  const farWanted = Math.max(Math.min(FAR_PEERS, wanted), wanted - near.length);
  const chosenFar = takeAtRandom(far, farWanted, random);
  return [...takeAtRandom(near, wanted - chosenFar.length, random), ...chosenFar];
}

/** The first steps of a Fisher–Yates shuffle, in place. */
function takeAtRandom<Item>(items: Item[], count: number, random: () => number): Item[] {
  const end = Math.min(count, items.length);
  for (let at = 0; at < end; at++) {
    const other = at + Math.floor(random() * (items.length - at));
    [items[at], items[other]] = [items[other]!, items[at]!];
  }
  return items.slice(0, end);
}
