/** What the runner says when it starts the program, before any message. */
export interface StartOptions {
  /** The private socket of an agent that runs already: only carry bytes between it and the runner. */
  readonly uplink: string | undefined;
  /** The SSH connection that it was started through; undefined: by none, or by a server that does not tell. */
  readonly ssh: SshEnds | undefined;
}

/** Where a connection begins, and where it ends on this machine. */
export interface SshEnds {
  readonly clientAddress: string;
  readonly serverAddress: string;
}

const UPLINK = "--uplink=";
/** What sshd puts into `SSH_CONNECTION`: client address and port, server address and port. */
const SSH = "--ssh-connection=";

export function readStartOptions(words: readonly string[]): StartOptions {
  const valueAfter = (prefix: string) => words.find((word) => word.startsWith(prefix))?.slice(prefix.length);
  const [clientAddress = "", , serverAddress = ""] = (valueAfter(SSH) ?? "").split(" ");
  const isTold = clientAddress !== "" && serverAddress !== "";
  return {
    uplink: valueAfter(UPLINK) || undefined,
    ssh: isTold ? { clientAddress, serverAddress } : undefined,
  };
}
