import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { noise } from "./odd-tree.ts";

/** A tree that looks like a build: a page, an asset of the given size, and a link. The seed makes it another release. */
export function makeSmallBuild(root: string, seed: string, assetBytes = 300_000): void {
  mkdirSync(join(root, "assets"), { recursive: true });
  writeFileSync(join(root, "index.html"), `<title>${seed}</title>\n`);
  writeFileSync(join(root, ".htaccess"), "deny from all\n");
  writeFileSync(join(root, "assets", "app.js"), noise(seed, assetBytes));
}
