import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { aptInstall } from "./debian-package.ts";

/** Runs workflows as GitHub's runner does, by a program that is not ours. */
const MODULE = "github.com/nektos/act";
const VERSION = "v0.2.89";
/** A minute on two cores, the download of its modules included. */
const BUILD_TIMEOUT_MS = 480_000;

/** Kept between runs; a version of its own has a folder of its own. */
export const ACT = join(tmpdir(), `murmuration-act-${VERSION}`, "act");

/** Builds it where it is missing. Undefined: it is there; else why it is not. */
export function ensureAct(): string | undefined {
  if (existsSync(ACT)) return undefined;
  if (!hasGo() && process.platform === "linux" && process.getuid?.() === 0) aptInstall(["golang-go"]);
  if (!hasGo()) return `there is no Go (1.21 or newer) to build ${MODULE} with, and apt could not install it`;
  const folder = join(ACT, "..");
  mkdirSync(folder, { recursive: true });
  const built = spawnSync("go", ["install", `${MODULE}@${VERSION}`], {
    env: { ...process.env, GOBIN: folder, GOFLAGS: "-buildvcs=false -trimpath" },
    encoding: "utf8",
    timeout: BUILD_TIMEOUT_MS,
  });
  if (existsSync(ACT)) return undefined;
  return `${MODULE}@${VERSION} could not be built: ${(built.stderr ?? String(built.error)).slice(-500)}`;
}

function hasGo(): boolean {
  return spawnSync("go", ["version"], { stdio: "ignore" }).status === 0;
}
