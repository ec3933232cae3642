import { lstatSync, readlinkSync, realpathSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import type { DeployDir } from "./deploy-dir.ts";
import { errnoOf } from "./errno.ts";

/** What stands at `current`. `elsewhere`: a link that no deploy of ours made. `occupied`: no link at all. */
export type CurrentLink =
  | { readonly kind: "none" }
  | { readonly kind: "release"; readonly release: string }
  | { readonly kind: "elsewhere"; readonly target: string }
  | { readonly kind: "occupied"; readonly by: "directory" | "file" };

export function readCurrent(deployDir: DeployDir): CurrentLink {
  try {
    const stats = lstatSync(deployDir.current);
    if (!stats.isSymbolicLink()) return { kind: "occupied", by: stats.isDirectory() ? "directory" : "file" };
  } catch (error) {
    if (errnoOf(error) === "ENOENT" || errnoOf(error) === "ENOTDIR") return { kind: "none" };
    throw error;
  }
  const target = readlinkSync(deployDir.current);
  const absolute = resolve(deployDir.root, target);
  if (dirname(absolute) === resolve(deployDir.releases))
    return { kind: "release", release: basename(absolute) };
  // Whoever made it by hand may have come another way, past a link: it is that release all the same, and nobody may remove it.
  const real = realpathIfAny(deployDir.current);
  if (dirname(real) === realpathIfAny(deployDir.releases))
    return { kind: "release", release: basename(real) };
  return { kind: "elsewhere", target };
}

/** `path` itself where it leads nowhere. */
function realpathIfAny(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
