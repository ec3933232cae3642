/**
 * Names and messages come from inventories, remote shells and other machines' disks. None of them may break a table, forge a
 * line of the log, or speak to the runner.
 */

/** C0 and C1 controls, and what reorders or breaks lines: U+2028/9 and the directional formatting characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** The text on one line, with everything invisible written out; ends of lines become spaces. */
export function oneLine(text: string): string {
  return text
    .trim()
    .replace(/\s*[\r\n]+\s*/g, " ")
    .replace(INVISIBLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** As `oneLine`, but keeps its lines. */
export function visibleLines(text: string): string {
  return text.trim().split(/\r?\n/).map(oneLine).join("\n");
}

/**
 * One line of the log that the runner takes for text: it reads `::name::` at the start of a line and `##[name]` anywhere as
 * a command.
 */
export function logLine(text: string): string {
  return oneLine(text).replace(/^::/, ": :").replaceAll("##[", "# #[");
}

/** Text for a paragraph or a table's cell of GitHub's Markdown. */
export function markdownText(text: string): string {
  return oneLine(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[\\`*_[\]|~$#]/g, "\\$&");
}

/** The start of a text that is too long, with a sign that it was cut. */
export function cut(text: string, lengthMax: number): string {
  const characters = Array.from(text.slice(0, lengthMax * 2));
  if (characters.length <= lengthMax && text.length <= lengthMax * 2) return text;
  return `${characters.slice(0, lengthMax - 1).join("")}…`;
}
