import { describe, test } from "vitest";
import { ensureOpenSsh } from "./open-ssh.ts";

/** Tests that need real sshd. Where it cannot run they are left out with one line that says so; in CI that is a failure. */
export function describeWithOpenSsh(name: string, body: () => void): void {
  const { available, why } = ensureOpenSsh();
  if (available) {
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
