import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";

/**
 * SHA-256, hex, over all that a tree is: for each entry, sorted by the bytes of its path, the path, type, mode, and content or link
 * target. Shares no code with the product.
 */
export function treeDigest(root: string, options: { readonly without?: readonly string[] } = {}): string {
  const hash = createHash("sha256");
  for (const line of treeLines(root, options.without ?? [])) hash.update(`${line.length}:`).update(line);
  return hash.digest("hex");
}

/** The same as text, one line an entry: what to compare when digests differ. */
export function treeListing(root: string, options: { readonly without?: readonly string[] } = {}): string[] {
  return treeLines(root, options.without ?? []).map((line) => line.toString("latin1"));
}

function treeLines(root: string, without: readonly string[]): Buffer[] {
  const found: { path: Buffer; line: Buffer }[] = [];
  const visit = (path: Buffer, relative: Buffer) => {
    const stats = lstatSync(path);
    const what = stats.isDirectory()
      ? "directory"
      : stats.isSymbolicLink()
        ? `link ${readlinkSync(path, { encoding: "buffer" }).toString("hex")}`
        : stats.isFile()
          ? `file ${createHash("sha256").update(readFileSync(path)).digest("hex")}`
          : "other";
    const mode = stats.isSymbolicLink() ? "-" : (stats.mode & 0o7777).toString(8);
    found.push({ path: relative, line: Buffer.concat([relative, Buffer.from(`\0${mode} ${what}`)]) });
    if (!stats.isDirectory()) return;
    for (const name of readdirSync(path, { encoding: "buffer" })) {
      const below = relative.length === 0 ? name : Buffer.concat([relative, Buffer.from("/"), name]);
      if (without.includes(below.toString())) continue;
      visit(Buffer.concat([path, Buffer.from("/"), name]), below);
    }
  };
  visit(Buffer.from(root), Buffer.alloc(0));
  return found.sort((a, b) => Buffer.compare(a.path, b.path)).map(({ line }) => line);
}
