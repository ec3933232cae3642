import type { FromAgent, MessageOf } from "../contract.ts";
import type { TargetSession } from "./target-session.ts";

export type Ready = MessageOf<FromAgent, "ready">;

/** A target, or a bastion, that is prepared. */
export interface Machine {
  readonly session: TargetSession;
  readonly ready: Ready;
}
