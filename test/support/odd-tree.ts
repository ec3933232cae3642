import { createCipheriv, createHash } from "node:crypto";
import { chmodSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";

type OddEntry =
  | { readonly path: string; readonly directory: number }
  | { readonly path: string; readonly file: number; readonly content: Buffer | string }
  | { readonly path: string; readonly link: string };

export interface OddTreeOptions {
  /** Size of the large file in bytes; 3 MiB and a bit by default. */
  readonly largeBytes?: number;
  /** Create it back to front, with other times: the release must not depend on either. */
  readonly reversed?: boolean;
}

const DEEP = Array.from({ length: 12 }, (_, depth) => `a-rather-long-directory-name-${depth}`);

/** Everything that a file system allows and a careless deploy loses. Makes `root`. */
export function makeOddTree(root: string, options: OddTreeOptions = {}): void {
  const entries = oddEntries(options.largeBytes ?? 3 * 1024 * 1024 + 17);
  mkdirSync(root, { recursive: true });
  const directories = entries.filter((entry) => "directory" in entry);
  for (const entry of directories) mkdirSync(`${root}/${entry.path}`, { recursive: true });
  const ordered = options.reversed ? [...entries].reverse() : entries;
  for (const entry of ordered) {
    const path = `${root}/${entry.path}`;
    if ("link" in entry) symlinkSync(entry.link, path);
    if (!("file" in entry)) continue;
    writeFileSync(path, entry.content);
    chmodSync(path, entry.file);
    if (options.reversed) utimesSync(path, 1_000_000_000, 1_000_000_000);
  }
  for (const entry of directories.reverse()) chmodSync(`${root}/${entry.path}`, entry.directory);
  chmodSync(root, 0o750);
}

function oddEntries(largeBytes: number): OddEntry[] {
  return [
    { path: ".htaccess", file: 0o644, content: "deny from all\n" },
    { path: ".well-known", directory: 0o755 },
    { path: ".well-known/security.txt", file: 0o644, content: "Contact: security@example.com\n" },
    { path: "empty", directory: 0o755 },
    { path: "empty/empty inside", directory: 0o700 },
    { path: "zero", file: 0o644, content: "" },
    { path: "zero too", file: 0o600, content: "" },
    { path: "block", file: 0o644, content: noise("block", 512) },
    { path: "block and one", file: 0o644, content: noise("block and one", 513) },
    { path: "large", file: 0o644, content: noise("large", largeBytes) },
    { path: "bin", directory: 0o755 },
    { path: "bin/run", file: 0o755, content: "#!/bin/sh\nexit 0\n" },
    { path: "bin/setuid", file: 0o4755, content: "x" },
    { path: "secret", file: 0o600, content: "s" },
    { path: "read only", file: 0o444, content: "r" },
    { path: "read-only", directory: 0o555 },
    { path: "read-only/inside", file: 0o444, content: "i" },
    { path: "read-only/below", directory: 0o555 },
    { path: "read-only/below/deep", file: 0o400, content: "d" },
    { path: "sticky", directory: 0o1777 },
    { path: " leading and trailing ", file: 0o644, content: "spaces" },
    { path: "-rf", file: 0o644, content: "dash" },
    { path: "--checkpoint-action=exec=sh", file: 0o644, content: "dashes" },
    { path: "quotes ' \" ` $HOME $(id)", file: 0o644, content: "quotes" },
    { path: "back\\slash", file: 0o644, content: "backslash" },
    { path: "new\nline", file: 0o644, content: "newline" },
    { path: "tab\tand\rreturn\u0001", file: 0o644, content: "control" },
    { path: "*?[a-z]", file: 0o644, content: "glob" },
    { path: "...", file: 0o644, content: "dots" },
    { path: "~", directory: 0o755 },
    { path: "#comment", file: 0o644, content: "hash" },
    { path: "n".repeat(255), file: 0o644, content: "long name" },
    { path: "é".repeat(127), file: 0o644, content: "long name of two bytes each" },
    { path: "caf\u00e9", file: 0o644, content: "NFC" },
    { path: "cafe\u0301", file: 0o644, content: "NFD" },
    { path: "\ue000 private use", file: 0o644, content: "sorts before" },
    { path: "😀 beyond the basic plane", file: 0o644, content: "sorts after" },
    { path: "assets", directory: 0o755 },
    { path: "assets-old", directory: 0o755 },
    {
      path: "assets-old/app.js",
      file: 0o644,
      content: "a name that sorts between a directory and its content",
    },
    { path: "assets/app.js", file: 0o644, content: noise("app", 100_000) },
    { path: "link to file", link: "zero" },
    { path: "link to directory", link: "assets" },
    { path: "link to nothing", link: "no/such/file" },
    { path: "link outside", link: "../../etc/passwd" },
    { path: "absolute link", link: "/etc" },
    { path: "link to itself", link: "link to itself" },
    { path: "link é\n", link: "n".repeat(255) },
    { path: "long link", link: `x/${"y".repeat(200)}` },
    ...DEEP.map((_, depth) => ({ path: DEEP.slice(0, depth + 1).join("/"), directory: 0o755 })),
    { path: `${DEEP.join("/")}/leaf`, file: 0o644, content: "deep" },
  ];
}

/** Bytes that do not compress and are the same in every run. */
export function noise(seed: string, lengthBytes: number): Buffer {
  const key = createHash("sha256").update(seed).digest().subarray(0, 16);
  return createCipheriv("aes-128-ctr", key, Buffer.alloc(16)).update(Buffer.alloc(lengthBytes));
}
