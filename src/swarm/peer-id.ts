import { createHash, randomBytes } from "node:crypto";

/** BEP 20, in the style of Azureus. */
const MAKE = "-MU";
const CLIENT = `${MAKE}0100-`;
/** No base64 has such characters. */
const NO_ZONE = "----";
const TAG_END = CLIENT.length + NO_ZONE.length;

/**
 * 20 bytes (BEP 3): client, zone, and 8 random bytes. Peers tell each other's zones by them: the tracker's compact answers have no room for it, and who is
 * dialled has no answer at all.
 */
export function newPeerId(zone: string | null): Buffer {
  return Buffer.concat([Buffer.from(CLIENT + zoneTag(zone), "latin1"), randomBytes(20 - TAG_END)]);
}

/** The same for all peers of one zone, and for them only; undefined: it has none. */
export function zoneOf(peerId: Buffer): string | undefined {
  if (peerId.indexOf(CLIENT) !== 0) return undefined;
  const tag = peerId.toString("latin1", CLIENT.length, TAG_END);
  return tag === NO_ZONE ? undefined : tag;
}

/** Whether the other is in the same zone, or `own` has none. */
export function isNearPeer(own: Buffer, other: Buffer): boolean {
  const mark = own.subarray(0, TAG_END);
  const hasZone = mark.indexOf(CLIENT) === 0 && mark.indexOf(NO_ZONE, CLIENT.length) < 0;
  return !hasZone || mark.equals(other.subarray(0, TAG_END));
}

export function isOfThisProject(peerId: Buffer): boolean {
  return peerId.indexOf(MAKE) === 0;
}

/** 32 bits of the random part. */
export function peerKey(peerId: Buffer): number {
  return peerId.readUInt32BE(16);
}

function zoneTag(zone: string | null): string {
  if (zone === null) return NO_ZONE;
  return createHash("sha1").update(zone).digest("base64").slice(0, NO_ZONE.length);
}
