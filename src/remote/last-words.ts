import type { Readable } from "node:stream";

/** Enough for a traceback; a program that floods stderr does not fill our memory. */
const KEPT_CHARACTERS = 8_192;

/** Enough to see why it ended, short enough for a table. */
const SHOWN_CHARACTERS = 500;

/** The last whole lines of a program's last words, for a message. */
export function shownWords(words: string): string {
  if (words.length <= SHOWN_CHARACTERS) return words.trim();
  const end = words.slice(-SHOWN_CHARACTERS);
  return end.slice(end.indexOf("\n") + 1).trim();
}

/** Keeps the end of what a stream carries, and hands each line to `log` where one is given. */
export function keepLastWords(stream: Readable, log?: (line: string) => void): () => string {
  let kept = "";
  let pending = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    kept = (kept + chunk).slice(-KEPT_CHARACTERS);
    if (log === undefined) return;
    const parts = (pending + chunk).split("\n");
    pending = (parts.pop() ?? "").slice(-KEPT_CHARACTERS);
    for (const line of parts) log(line);
  });
  stream.on("error", () => {});
  return () => kept.trim();
}
