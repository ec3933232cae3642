/** What every shell takes as one word, unquoted. Without `~`, `=` and `%`, which some expand at the start of a word. */
const PLAIN_WORD = /^[A-Za-z0-9_./:@,+-]+$/;

/**
 * One word for a POSIX shell that stands for exactly this text. It adds no backslash and no `!`, so that it passes unharmed through
 * the login shell of a target, which may be fish or csh.
 * @throws RangeError where the text holds a NUL, which no argument can carry.
 */
export function shellQuote(text: string): string {
  if (text.includes("\0")) throw new RangeError("a NUL cannot be part of a shell word");
  if (PLAIN_WORD.test(text)) return text;
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}
