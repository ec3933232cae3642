import { renameSync, writeFileSync } from "node:fs";
import { open, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Replaces a file so that whoever reads it sees the old or the new content, whole. After a crash of the machine it may be neither. */
export function replaceFile(path: string, content: Uint8Array): void {
  const temporary = `${path}.${process.pid}.new`;
  writeFileSync(temporary, content);
  renameSync(temporary, path);
}

/** Replaces a file so that after a crash at any moment either the old or the new content is there, whole. */
export async function replaceFileDurably(path: string, content: Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.new`;
  await writeFile(temporary, content, { flush: true, mode: 0o644 });
  renameSync(temporary, path);
  await syncDirectory(dirname(path));
}

/** Makes what was created, renamed or removed in a directory survive a crash. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
