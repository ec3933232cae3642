import { createCipheriv } from "node:crypto";
import { chmod, mkdir, open, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const MIB = 1024 * 1024;
/** At most this many small files: a demo shows a transfer, not how fast a temp folder makes inodes. */
const SMALL_FILES_MAX = 2_000;
const SMALL_FILE_MEAN_BYTES = 12 * 1024;
const WRITE_BYTES = MIB;

interface PlannedFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly mode?: number;
}

/**
 * Writes what a build of a web application leaves: bundles, many small assets, dotfiles, an executable, empty directories and links.
 * Its files have `sizeBytes` in sum. The same size and `variant` give the same tree, and its bytes don't compress.
 */
export async function makeSampleBuild(
  folder: string,
  sizeBytes: number,
  variant = 0,
): Promise<{ files: number }> {
  const files = planFiles(sizeBytes);
  const content = contentStream(variant);
  const folders = new Set(files.map((file) => dirname(file.path)));
  for (const path of [...folders, "bin", "public", "storage/logs", "storage/cache/pages"]) {
    await mkdir(join(folder, path), { recursive: true });
  }
  for (const file of files) await writeContent(join(folder, file.path), file, content);
  await symlink("assets/chunks", join(folder, "public/js"));
  await symlink("../server/main.mjs", join(folder, "bin/latest"));
  await symlink("../../shared/storage", join(folder, "storage/shared"));
  return { files: files.length };
}

/** Names and sizes only: about an eighth in small files, the rest in bundles and media up to an eighth each. */
function planFiles(sizeBytes: number): PlannedFile[] {
  const fixed: PlannedFile[] = [
    { path: ".env.production", sizeBytes: 212 },
    { path: "public/.htaccess", sizeBytes: 96 },
    { path: "public/.well-known/security.txt", sizeBytes: 64 },
    { path: "public/robots.txt", sizeBytes: 0 },
    { path: "bin/serve", sizeBytes: 1_800, mode: 0o755 },
    { path: "server/main.mjs", sizeBytes: 48_000 },
    { path: "public/assets/Größe & Übersicht.svg", sizeBytes: 3_000 },
  ];
  const files = fixed.filter((file) => file.sizeBytes <= sizeBytes / 100);
  let leftBytes = sizeBytes - files.reduce((sum, file) => sum + file.sizeBytes, 0);

  const smallCount = Math.min(SMALL_FILES_MAX, Math.floor(sizeBytes / 8 / SMALL_FILE_MEAN_BYTES));
  for (let index = 0; index < smallCount; index++) {
    // Sizes from a few hundred bytes to eight times the mean, small ones more often, as assets have them.
    const share = ((index * 7_919) % 1_000) / 1_000;
    const smallBytes = Math.min(leftBytes, Math.floor(256 + SMALL_FILE_MEAN_BYTES * 8 * share ** 6));
    files.push({ path: smallPath(index), sizeBytes: smallBytes });
    leftBytes -= smallBytes;
  }
  const largest = Math.max(64 * 1024, Math.floor(sizeBytes / 8));
  for (let index = 0; leftBytes > 0; index++) {
    const largeBytes = Math.min(leftBytes, Math.max(1, Math.floor(largest / (1 + (index % 4)))));
    files.push({ path: largePath(index), sizeBytes: largeBytes });
    leftBytes -= largeBytes;
  }
  return files;
}

function smallPath(index: number): string {
  const name = ((index * 2_654_435_761) >>> 0).toString(16).padStart(8, "0");
  const kinds = ["chunks/%.js", "chunks/%.js.map", "styles/%.css", "images/%.webp", "locales/%.json"];
  return `public/assets/${kinds[index % kinds.length]!.replace("%", `${name}-${index}`)}`;
}

function largePath(index: number): string {
  const kinds = [
    "server/vendor-%.mjs",
    "public/media/intro-%.mp4",
    "public/assets/app-%.wasm",
    "data/search-%.idx",
  ];
  return kinds[index % kinds.length]!.replace("%", String(index));
}

/** A generator of the same pseudo-random bytes each time: AES in counter mode over zeros, at gigabytes a second. */
function contentStream(variant: number): (lengthBytes: number) => Uint8Array {
  const cipher = createCipheriv("aes-128-ctr", Buffer.from("murmuration demo"), Buffer.alloc(16, variant));
  return (lengthBytes) => cipher.update(Buffer.alloc(lengthBytes));
}

async function writeContent(
  path: string,
  file: PlannedFile,
  content: (lengthBytes: number) => Uint8Array,
): Promise<void> {
  if (file.sizeBytes <= WRITE_BYTES) {
    await writeFile(path, content(file.sizeBytes));
  } else {
    await using handle = await open(path, "w");
    for (let doneBytes = 0; doneBytes < file.sizeBytes; doneBytes += WRITE_BYTES) {
      await handle.writeFile(content(Math.min(WRITE_BYTES, file.sizeBytes - doneBytes)));
    }
  }
  // Said expressly, so that the tree does not depend on the umask.
  await chmod(path, file.mode ?? 0o644);
}
