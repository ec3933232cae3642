import { parseLogLine, readableLine } from "../../../demo/workflow-command.ts";

/** A job's log as GitHub keeps it: what is secret, or has been said to be, is `***` in every later line. */
export class MaskedLog {
  readonly #masks = new Set<string>();
  readonly #lines: string[] = [];

  constructor(secrets: readonly string[]) {
    for (const secret of secrets) this.#mask(secret);
  }

  add(line: string): void {
    const parsed = parseLogLine(line);
    if (parsed.kind === "command" && parsed.command === "add-mask") {
      this.#mask(parsed.message);
      return;
    }
    const text = readableLine(parsed);
    if (text !== undefined) this.#lines.push(this.#masked(text));
  }

  get text(): string {
    return this.#lines.join("\n");
  }

  #mask(secret: string): void {
    for (const part of [secret, ...secret.split(/\r?\n/)]) if (part.trim() !== "") this.#masks.add(part);
  }

  #masked(text: string): string {
    const longestFirst = [...this.#masks].sort((one, other) => other.length - one.length);
    return longestFirst.reduce((masked, secret) => masked.replaceAll(secret, "***"), text);
  }
}
