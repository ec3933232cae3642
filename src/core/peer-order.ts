/** Of every answer this many are in other zones, so that what a zone lacks comes in from several sides. */
const FAR_PEERS = 4;

interface Choice<Peer> {
  /** Of the asking peer's zone, in one list or several: nobody copies them, so that the choice costs as much as what is chosen. */
  readonly near: readonly (readonly Peer[])[];
  readonly far: readonly (readonly Peer[])[];
  /** How many. */
  readonly wanted: number;
  /** In [0, 1). */
  readonly random: () => number;
  /** Who is never named: the one that asks. */
  readonly isLeftOut?: (peer: Peer) => boolean;
}

/**
 * Which peers a tracker names to one that asks: at random, but nearly all of its own zone where there are enough. What comes in from other zones is then passed on inside.
 */
export function choosePeers<Peer>({ near, far, wanted, random, isLeftOut }: Choice<Peer>): Peer[] {
  const [fromNear, fromFar] = [atRandom(near, random), atRandom(far, random)];
  const take = (from: Iterator<Peer>, count: number) => {
    const taken: Peer[] = [];
    while (taken.length < count) {
      const next = from.next();
      if (next.done === true) break;
      if (isLeftOut?.(next.value) !== true) taken.push(next.value);
    }
    return taken;
  };
  const chosenFar = take(fromFar, Math.max(Math.min(FAR_PEERS, wanted), wanted - countOf(near)));
  const chosenNear = take(fromNear, wanted - chosenFar.length);
  return [...chosenNear, ...chosenFar, ...take(fromFar, wanted - chosenFar.length - chosenNear.length)];
}

/** Everything in the lists once, as a Fisher–Yates shuffle would have it, which keeps only what it has moved. */
function* atRandom<Item>(lists: readonly (readonly Item[])[], random: () => number): Generator<Item> {
  const moved = new Map<number, number>();
  const count = countOf(lists);
  for (let at = 0; at < count; at++) {
    const other = at + Math.floor(random() * (count - at));
    let index = moved.get(other) ?? other;
    moved.set(other, moved.get(at) ?? at);
    for (const list of lists) {
      if (index < list.length) {
        yield list[index]!;
        break;
      }
      index -= list.length;
    }
  }
}

function countOf(lists: readonly (readonly unknown[])[]): number {
  return lists.reduce((sum, { length }) => sum + length, 0);
}
