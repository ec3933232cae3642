import type { CommandOptions, CommandResult } from "./ssh-command.ts";
import type { SshPipe } from "./ssh-pipe.ts";

/** A connection to one host, authenticated both ways. Disposing it ends it. */
export interface SshConnection extends AsyncDisposable {
  /** The host's name for people. */
  readonly name: string;
  /** The runner's own address on the way to this host, or to the first jump host on it; empty where nobody knows. */
  readonly localAddress: string;
  /** The host's address as it is reached; empty where only a jump host knows it. */
  readonly remoteAddress: string;
  /** Resolves when the connection is gone, whoever ended it, with a phrase that says why. Never rejects. */
  readonly lost: Promise<string>;
  /**
   * Runs a command through the user's login shell and waits for its end. It is written for a POSIX shell.
   * @throws MurmurationError `SSH_LOST`; `TARGET_SILENT` where it takes longer than `timeoutMs`. The signal's reason where it aborts.
   */
  run(command: string, options: CommandOptions): Promise<CommandResult>;
  /**
   * Starts a command and hands out its pipe.
   * @throws MurmurationError `SSH_LOST`.
   */
  open(command: string, options: { readonly signal: AbortSignal }): Promise<SshPipe>;
}
