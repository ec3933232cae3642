import type { MurmurationError } from "../core/errors.ts";
import { type OpenSshAddress, startOpenSsh } from "../remote/openssh-run.ts";
import { connectSsh } from "../remote/ssh-connect.ts";
import type { SshConnection } from "../remote/ssh-connection.ts";
import type { JumpConnection } from "../remote/ssh-forward.ts";
import { JumpHosts } from "../remote/ssh-jump.ts";
import type { Way } from "../remote/ssh-way.ts";
import type { RunContext, SshConfig } from "./config.ts";
import { makeSshFolder } from "./ssh-folder.ts";

/** What reaches targets in this run, by way of jump hosts where there are any. Connections are disposed of before it. */
export interface SshClientInUse extends AsyncDisposable {
  /** @throws MurmurationError, see `JumpHosts`, `connectSsh` and `connectOpenSsh` */
  connect(target: OpenSshAddress, options: { readonly signal: AbortSignal }): Promise<ConnectedHost>;
}

export interface ConnectedHost {
  readonly connection: SshConnection;
  /** What carries it, and why that is gone; undefined: nothing but the network. */
  readonly via: { readonly broken: MurmurationError | undefined } | undefined;
}

/** @throws MurmurationError `INPUT_INVALID` where the runner has no `ssh` that will do, or that does not understand `ssh-config` */
export async function startSshClient(
  { client, jumpHosts, ...ssh }: SshConfig,
  { run, warn }: { readonly run: RunContext; readonly warn: (message: string) => void },
): Promise<SshClientInUse> {
  await using held = new AsyncDisposableStack();
  if (client.kind === "builtin") {
    const options = { ...ssh, ...client, warn };
    return clientOver<JumpConnection>(jumpHosts, held, (address, via, { signal }) =>
      connectSsh(address, { ...options, via }, { signal }),
    );
  }
  const folder = held.use(makeSshFolder(run.tempDir));
  const program = { workingDirectory: run.workspace, environment: client.environment };
  const openSsh = held.use(await startOpenSsh({ ...ssh, ...client, warn, program, folder: folder.path }));
  return clientOver(jumpHosts, held, openSsh.connect);
}

/** Takes over what is held. */
function clientOver<Hop extends Way>(
  hops: readonly OpenSshAddress[],
  held: AsyncDisposableStack,
  connect: (
    address: OpenSshAddress,
    via: Hop | undefined,
    options: { readonly signal: AbortSignal },
  ) => Promise<Hop>,
): SshClientInUse {
  const jumpHosts = hops.length === 0 ? undefined : held.use(new JumpHosts(hops, connect));
  const all = held.move();
  return {
    async connect(target, { signal }) {
      const via = await jumpHosts?.lastHop({ signal });
      return { connection: await connect(target, via, { signal }), via };
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
