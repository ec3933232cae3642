// Takes the lock of the deploy directory in argv, as the user in argv where one is given, says so, and keeps it until its stdin
// closes; or says who has it.
import { text } from "node:stream/consumers";
import { messageOf } from "../../src/core/errors.ts";
import { deployDirAt } from "../../src/release/deploy-dir.ts";
import { acquireLock } from "../../src/release/lock.ts";

const [deployTo = "", startAtMs = "0", user] = process.argv.slice(2);
if (user !== undefined) {
  process.setgroups?.([]);
  process.setgid?.(Number(user));
  process.setuid?.(Number(user));
}
while (Date.now() < Number(startAtMs)) {
  // All start at the same millisecond: that is when a race shows.
}
try {
  const lock = await acquireLock(deployDirAt(deployTo), { run: `run of ${process.pid}` });
  process.stdout.write("taken\n");
  await text(process.stdin);
  await lock[Symbol.asyncDispose]();
} catch (error) {
  process.stdout.write(`${messageOf(error)}\n`);
}
