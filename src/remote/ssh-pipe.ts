import type { Readable, Writable } from "node:stream";
import type { ProgramEnd } from "./program.ts";

/** A command that runs at the other end of a connection, whoever carries it. */
export interface SshPipe {
  readonly stdin: Writable;
  /** A reader that leaves does not disturb the command: what follows is dropped. */
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Where it exited, resolves when all that it said was read or dropped; where it was lost, at once. Never rejects. */
  readonly ended: Promise<ProgramEnd>;
  /** Closes the pipe and has what runs at its other end killed, as far as the server or the client can. */
  kill(): void;
}
