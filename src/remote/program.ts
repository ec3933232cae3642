import type { MessageChannel } from "./message-channel.ts";

/** How a program ended. `lost`: nobody knows, the connection to it broke; never a success. */
export type ProgramEnd =
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "killed"; readonly signal: string }
  | { readonly kind: "lost"; readonly why: string };

/**
 * A program of ours at the other end of a pipe: a child process or an SSH channel.
 * Disposing it closes its stdin, waits a short while for its end, and then kills it or drops the connection.
 */
export interface Program<In, Out> extends AsyncDisposable {
  readonly channel: MessageChannel<In, Out>;
  /** Never rejects. */
  readonly ended: Promise<ProgramEnd>;
  /** The end of what it wrote to stderr. */
  lastWords(): string;
}

export function describeEnd(end: ProgramEnd): string {
  switch (end.kind) {
    case "exited":
      return `exited with code ${end.code}`;
    case "killed":
      return `was killed by ${end.signal}`;
    case "lost":
      return `was lost: ${end.why}`;
  }
}
