import type { SshAddress } from "../../src/remote/ssh-attempts.ts";
import { JumpHosts } from "../../src/remote/ssh-jump.ts";
import type { Way } from "../../src/remote/ssh-way.ts";
import type { ClientOptions, ClientUnderTest } from "./client-under-test.ts";

/** Reaches a target by way of jump hosts, of which one is silenced for good then, and tells what becomes of all that it carried. */
export async function watchSilentHop(
  client: ClientUnderTest,
  options: ClientOptions,
  way: { readonly hops: readonly SshAddress[]; readonly target: SshAddress; readonly silence: () => void },
) {
  const { signal } = options;
  await using run = await client.startRun(options);
  await using chain = new JumpHosts<SshAddress, Way>(way.hops, run.connect);
  const via = await chain.lastHop({ signal });
  const connect = () => run.connect(way.target, via, { signal });
  const connections = [await connect(), await connect()] as const;
  const pipe = await connections[0].open("sleep 90", { signal });
  way.silence();
  const started = performance.now();
  const notStarted = connections[1].run("sleep 90", { timeoutMs: 90_000, signal });
  const failure: unknown = await notStarted.catch((thrown: unknown) => thrown);
  const afterMs = performance.now() - started;
  const lost = await Promise.all(connections.map((connection) => connection.lost));
  return { failure, end: await pipe.ended, afterMs, lost, broken: via.broken };
}
