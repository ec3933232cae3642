import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A test may hide what lies on the PATH. */
const environment = { ...process.env };

/** A folder of its own for one test, removed at the end of the scope, whatever names and modes are in it. */
export function tempDir(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), "murmuration-release-"));
  return {
    path,
    [Symbol.dispose]() {
      spawnSync("chmod", ["-R", "u+rwX", path], { env: environment });
      spawnSync("rm", ["-rf", path], { env: environment });
    },
  };
}
