import type { SshdFleet } from "./sshd-fleet.ts";

/** In a target's home, which no deploy looks into but for the agent's own folder. */
const SAVED = "/root/as-it-was";

/**
 * Keeps what real deploys have left in /srv of every target, so that each test of a file begins with it and none has to make it
 * again. What is returned puts it back; nothing may run on the fleet then.
 */
export function saveState(fleet: SshdFleet): () => void {
  for (const host of fleet.targets) host.inside(`cp -a /srv ${SAVED}`);
  return () => {
    for (const host of fleet.targets) host.inside(`find /srv -mindepth 1 -delete && cp -a ${SAVED}/. /srv/`);
  };
}
