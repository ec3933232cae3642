import { type ErrorCode, MurmurationError } from "../core/errors.ts";
import { describePath, ROOT_PATH } from "../core/manifest.ts";
import { errnoOf } from "./errno.ts";

/** As many as a person reads; the rest is a number. */
const NAMED_MAX = 20;

/** All that a scan found and a release can't hold, told in one error. */
export class ScanFaults {
  readonly #found = new Map<ErrorCode, string[]>();

  /** `why` completes a sentence about the entry: `is a socket`. */
  unsupported(path: string, why: string): void {
    this.#add("SOURCE_UNSUPPORTED", `${describePath(path)} ${why}`);
  }

  unsupportedBytes(prefix: string, name: Buffer, why: string): void {
    const printable = name.toString("latin1").replace(/[^ -~]|["\\]/g, (character) => {
      return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
    });
    this.#add("SOURCE_UNSUPPORTED", `"${JSON.stringify(prefix).slice(1, -1)}${printable}" ${why}`);
  }

  unreadable(path: string, cause: unknown): void {
    const errno = errnoOf(cause);
    if (errno === undefined) throw cause;
    if (errno === "ENAMETOOLONG") this.unsupported(path, "is a path too long for this system");
    else if (path !== ROOT_PATH && (errno === "ENOENT" || errno === "ENOTDIR")) {
      this.#add("SOURCE_CHANGED", `${describePath(path)} vanished while it was scanned`);
    } else {
      const why = errno === "EACCES" ? "permission denied" : errno;
      this.#add("SOURCE_UNREADABLE", `${describePath(path)} cannot be read (${why})`);
    }
  }

  /** What can't be shipped comes first, since it stays wrong whatever else is mended. */
  throwIfAny(root: string): void {
    for (const code of ["SOURCE_UNSUPPORTED", "SOURCE_UNREADABLE", "SOURCE_CHANGED"] as const) {
      const sentences = this.#found.get(code);
      if (sentences === undefined) continue;
      const named = sentences.slice(0, NAMED_MAX).join("; ");
      const more = sentences.length > NAMED_MAX ? `; and ${sentences.length - NAMED_MAX} more` : "";
      throw new MurmurationError(code, `cannot ship ${describePath(root)}: ${named}${more}`);
    }
  }

  #add(code: ErrorCode, sentence: string): void {
    const sentences = this.#found.get(code);
    if (sentences === undefined) this.#found.set(code, [sentence]);
    else sentences.push(sentence);
  }
}
