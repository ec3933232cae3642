import { randomBytes } from "node:crypto";
import type { Endpoint } from "../core/blocked-way.ts";
import { hostAndPort } from "../core/ip-address.ts";
import type { LeadWatch } from "./lead-watch.ts";
import type { Machine } from "./machine.ts";
import type { OriginSession } from "./origin-session.ts";
import { announcingFrom } from "./seed-address.ts";
import type { TargetSession } from "./target-session.ts";

/** What the tracker sees of an agent on its own machine. */
const LOOPBACK = ["127.0.0.1", "::1"] as const;

export interface TrackerPlace extends Endpoint {
  /** Where it announces itself. */
  readonly url: string;
}

interface Admitted {
  readonly machine: Machine;
  readonly by: OriginSession;
  readonly place: TrackerPlace;
}

/** Lets machines in at the tracker that there is now, each with a token of its own, and knows whom. */
export class TrackerAdmission {
  readonly #lead: LeadWatch;
  readonly #admitted = new Map<TargetSession, Admitted>();

  constructor(lead: LeadWatch) {
    this.#lead = lead;
  }

  /** Who was let in, by this tracker or one before. */
  get machines(): readonly Machine[] {
    return [...this.#admitted.values()].map(({ machine }) => machine);
  }

  /** Where a machine finds the tracker. One that this tracker does not know yet is let in first. */
  trackerOf(machine: Machine): TrackerPlace {
    const known = this.#admitted.get(machine.session);
    return known?.by === this.#lead.now.tracker ? known.place : this.#admit(machine);
  }

  #admit(machine: Machine): TrackerPlace {
    const { session } = machine;
    const { tracker } = this.#lead.now;
    const token = newToken();
    const host = this.#lead.hostOn(session);
    if (host !== undefined) {
      tracker.admit({ token, addresses: [...LOOPBACK], announceAs: host.announceAs });
    } else {
      const { address } = session.target;
      tracker.admit({ token, addresses: announcingFrom(machine), announceAs: address });
    }
    const endpoint = this.#lead.trackerFor(machine);
    const place = { ...endpoint, url: `http://${hostAndPort(endpoint)}/announce?token=${token}` };
    this.#admitted.set(session, { machine, by: tracker, place });
    return place;
  }
}

export function newToken(): string {
  return randomBytes(16).toString("hex");
}
