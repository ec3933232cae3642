import { chownSync } from "node:fs";

/** An id that no user has. */
export const NOBODY = 54_321;

/**
 * Runs `work` without root's rights, which see no permissions; `owned` are given to that user. Where the tests do not run as root,
 * nothing needs to be done.
 */
export async function asUser(work: () => Promise<void>, ...owned: string[]): Promise<void> {
  if (process.getuid?.() !== 0) return work();
  for (const path of owned) chownSync(path, NOBODY, NOBODY);
  process.setegid!(NOBODY);
  process.seteuid!(NOBODY);
  try {
    await work();
  } finally {
    process.seteuid!(0);
    process.setegid!(0);
  }
}
