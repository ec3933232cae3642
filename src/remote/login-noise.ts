import { MurmurationError } from "../core/errors.ts";

/** What our commands print is far less; a broken login script may print for ever. */
export const OUTPUT_BYTES_MAX = 256 * 1024;

const SHOWN_CHARACTERS = 200;

/** A login shell that drowns what is said. `printed`: some of what it printed. */
export function tooNoisy(name: string, printed: string): MurmurationError {
  const shown = JSON.stringify(printed.trim().slice(0, SHOWN_CHARACTERS));
  return new MurmurationError(
    "LOGIN_SHELL_UNFIT",
    `${name}: the login shell prints more than ${OUTPUT_BYTES_MAX / 1024} KiB beside what it is told to run, such as ${shown}`,
  );
}
