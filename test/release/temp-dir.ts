import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder of its own for one test, removed at the end of the scope, whatever names and modes are in it. */
export function tempDir(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), "murmuration-release-"));
  return {
    path,
    [Symbol.dispose]() {
      spawnSync("chmod", ["-R", "u+rwX", path]);
      spawnSync("rm", ["-rf", path]);
    },
  };
}
