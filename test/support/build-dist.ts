import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Whatever runs `dist/` in a test runs what the sources say now. That it is also what is committed, `.ci/run` checks. */
export default function setup(): void {
  execFileSync(process.execPath, [fileURLToPath(new URL("../../scripts/build.ts", import.meta.url))], {
    stdio: "inherit",
  });
}
