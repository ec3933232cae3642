import { hostAndPort } from "../../src/core/ip-address.ts";
import { type SshdGroup, startSshdGroup, type TargetTraits } from "./sshd-group.ts";
import type { SshdHost } from "./sshd-host.ts";

export { ensureOpenSsh } from "./open-ssh.ts";
export type { SshdHost } from "./sshd-host.ts";
export { eventually } from "./sshd-host.ts";

export interface SshdFleetOptions extends TargetTraits {
  readonly count: number;
  /** What differs for single targets, by index. */
  readonly targets?: Readonly<Record<number, TargetTraits>>;
}

export interface SshdFleet extends AsyncDisposable {
  readonly targets: readonly SshdHost[];
  /** `root@host:port`, one a line, for the input `targets`. */
  readonly inventoryText: string;
  readonly knownHostsText: string;
  /** Of the fleet's login: an ed25519 key in OpenSSH form. */
  readonly privateKey: string;
  readonly privateKeyPath: string;
  /** Pids (outer) on one target. An idle one has the same number as right after its start: `idleProcesses`. */
  processesOf(index: number): number[];
  readonly idleProcesses: number;
  stop(index: number): Promise<void>;
  freeze(index: number): void;
  thaw(index: number): void;
  /** From now on nothing can be written to /srv of this target; `writable` undoes it. */
  readOnly(index: number, path?: string): void;
  writable(index: number, path?: string): void;
}

/** The shell that waits, its `cat`, and sshd. */
const IDLE_PROCESSES = 3;

/** Starts real sshd targets at 127.0.0.10, 127.0.0.11, … See `SshdHost` for what a target is. Needs root: ask `ensureOpenSsh` first. */
export async function startSshdFleet(options: SshdFleetOptions): Promise<SshdFleet> {
  const group = await startSshdGroup(
    Array.from({ length: options.count }, (_, index) => ({
      name: `target-${index}`,
      addresses: [`127.0.${Math.floor((10 + index) / 256)}.${(10 + index) % 256}`],
      namespace: null,
      port: null,
      traits: { ...options, ...options.targets?.[index] },
    })),
  );
  return { ...fleetOver(group, group.hosts), [Symbol.asyncDispose]: () => group[Symbol.asyncDispose]() };
}

/** Some of a group's hosts as targets. */
export function fleetOver<Host extends SshdHost>(
  { hosts, privateKey, privateKeyPath }: SshdGroup,
  targets: readonly Host[],
): Omit<SshdFleet, typeof Symbol.asyncDispose> & { readonly targets: readonly Host[] } {
  const at = (index: number): SshdHost => {
    const target = targets[index];
    if (target === undefined) throw new RangeError(`the fleet has no target ${index}`);
    return target;
  };
  return {
    targets,
    inventoryText: targets.map((host) => `root@${hostAndPort(host)}\n`).join(""),
    knownHostsText: hosts.map(({ hostKeyLine }) => `${hostKeyLine}\n`).join(""),
    privateKey,
    privateKeyPath,
    idleProcesses: IDLE_PROCESSES,
    processesOf: (index) => at(index).processes(),
    stop: (index) => at(index).stop(),
    freeze: (index) => at(index).freeze(),
    thaw: (index) => at(index).thaw(),
    readOnly: (index, path = "/srv") => void at(index).inside(`mount -o remount,ro ${path}`),
    writable: (index, path = "/srv") => void at(index).inside(`mount -o remount,rw ${path}`),
  };
}
