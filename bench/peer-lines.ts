import { z } from "zod";

/** What a peer of the bench is told at its start, as JSON in its last argument. */
export interface PeerConfig {
  readonly torrentPath: string;
  /** Where the content is, or is put. */
  readonly folder: string;
  /** To listen at. */
  readonly address: string;
  /** It has the content already. */
  readonly seed: boolean;
}

/** The one line on its stdin: whom to dial. It begins to fetch then, and ends when its stdin does. */
export const peersLine = z.object({ peers: z.array(z.tuple([z.string(), z.number()])) });
export type PeersLine = z.infer<typeof peersLine>;

/** The lines on its stdout, in this order. Times are those of the machine's clock, in milliseconds. */
export const peerLine = z.union([
  z.object({ port: z.number() }),
  z.object({ startedMs: z.number() }),
  z.object({ endedMs: z.number() }),
  z.object({ uploadedBytes: z.number() }),
]);
export type PeerLine = z.infer<typeof peerLine>;
