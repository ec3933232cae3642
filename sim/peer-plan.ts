import type { Link } from "./flow-network.ts";

/** `silent` and `lying` say that they have everything; then they send nothing, or other bytes. */
export type PeerKind = "honest" | "silent" | "lying";

/** Why a target's time is not one of the figures. */
export type PeerTrait = "slow" | "slowUp" | "leaves" | "late" | "stalls";

/** What is to become of one peer. */
export interface PeerPlan {
  readonly kind: PeerKind;
  readonly traits: readonly PeerTrait[];
  readonly link: Link;
  /** Undefined: outside all zones. */
  readonly zone: number | undefined;
  readonly joinsMs: number;
  readonly leavesMs: number | undefined;
  /** In that time it sends nothing, neither pieces nor messages. */
  readonly stall: { readonly atMs: number; readonly forMs: number } | undefined;
}
