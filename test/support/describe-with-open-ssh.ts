import { describe, test } from "vitest";
import { whyNoNetworks } from "./net-fleet.ts";
import { ensureOpenSsh } from "./open-ssh.ts";

/** Tests that need real sshd. Where it cannot run they are left out with one line that says so; in CI that is a failure. */
export function describeWithOpenSsh(name: string, body: () => void): void {
  describeUnless(ensureOpenSsh().why, name, body);
}

/** The same for tests whose hosts have networks of their own: `startNetFleet`. */
export function describeWithNetworks(name: string, body: () => void): void {
  describeUnless(ensureOpenSsh().why ?? whyNoNetworks(), name, body);
}

function describeUnless(why: string | undefined, name: string, body: () => void): void {
  if (why === undefined) {
    describe(name, body);
  } else if (process.env.CI) {
    test(`${name}: needs real sshd`, () => {
      throw new Error(why);
    });
  } else {
    console.error(`${name}: ${why}`);
    describe.skip(name, body);
  }
}
