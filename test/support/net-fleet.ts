import { whyNoLab } from "../../bench/lab.ts";
import { hostAndPort } from "../../src/core/ip-address.ts";
import { type Family, type NetHost, type NetHostPlan, type Networks, startNetworks } from "./networks.ts";
import { fleetOver, type SshdFleet } from "./sshd-fleet.ts";
import { type SshdHostPlan, startSshdGroup, type TargetTraits } from "./sshd-group.ts";
import type { SshdHost } from "./sshd-host.ts";

export interface NetTraits extends TargetTraits {
  /** Default: IPv4 only. The runner, and a bastion that is not told otherwise, have those of all targets. */
  readonly families?: readonly Family[];
}

export interface NetFleetOptions extends NetTraits {
  readonly count: number;
  /** What differs for single targets, by index. */
  readonly targets?: Readonly<Record<number, NetTraits>>;
  /**
   * So many machines stand in a row between runner and targets, each in the network before it and the one behind it, and nobody else is in two.
   * Default 0: runner and targets are in one network.
   */
  readonly bastions?: number;
  readonly bastionTraits?: Readonly<Record<number, NetTraits>>;
  /** The networks' routers know each other, as by a VPN: everybody reaches everybody. Default: each network ends at its bastion. */
  readonly joined?: boolean;
  /** Of every link, in each direction. Default: no limit. */
  readonly rateMbit?: number;
}

export type NetSshdHost = SshdHost & NetHost;

/** A fleet whose machines have network namespaces of their own, and a runner's machine to run the action on: `runAction(…, { commandPrefix: fleet.runner.prefix })`. */
export interface NetFleet extends SshdFleet, Pick<Networks, "block" | "limit" | "linkBytes"> {
  readonly runner: NetHost;
  /** The first is the runner's neighbour. */
  readonly bastions: readonly NetSshdHost[];
  readonly targets: readonly NetSshdHost[];
  /** `root@host`, one a line, for the input `jump-hosts`. `knownHostsText` has their keys too. */
  readonly jumpHostsText: string;
}

/** They are machines of their own: no port is taken. */
const SSH_PORT = 22;
const IPV4_ONLY: readonly Family[] = ["ipv4"];

/** Why there can be no such fleet here, in one line; undefined where there can. Ask `ensureOpenSsh` too. */
export const whyNoNetworks = whyNoLab;

export async function startNetFleet(options: NetFleetOptions): Promise<NetFleet> {
  const { count, bastions = 0, rateMbit } = options;
  await using cleanup = new AsyncDisposableStack();
  const targets = numbered(count, (index): NetTraits => ({ ...options, ...options.targets?.[index] }));
  const families = [...new Set(targets.flatMap((target) => target.families ?? IPV4_ONLY))];
  const between = numbered(
    bastions,
    (index): NetTraits => ({ ...options, families, ...options.bastionTraits?.[index] }),
  );
  const machinePlans = [
    ...between.map((bastion, index): NetHostPlan => {
      return {
        name: `bastion-${index}`,
        networks: [index, index + 1],
        families: bastion.families ?? families,
      };
    }),
    ...targets.map((target, index): NetHostPlan => {
      return { name: `target-${index}`, networks: [bastions], families: target.families ?? IPV4_ONLY };
    }),
  ];
  const hostPlans = [{ name: "runner", networks: [0] as const, families }, ...machinePlans];
  const networks = cleanup.use(await startNetworks({ hosts: hostPlans, joined: options.joined ?? false }));
  const [runner, ...machines] = networks.hosts;
  const traits = [...between, ...targets];
  if (rateMbit !== undefined) {
    for (const host of networks.hosts)
      for (const device of host.devices) await networks.limit(host, rateMbit, device);
  }
  const group = cleanup.use(
    await startSshdGroup(
      machines.map(({ name, addresses, namespace }, index): SshdHostPlan => {
        const [first, ...others] = addresses;
        return { name, addresses: [first!, ...others], namespace, port: SSH_PORT, traits: traits[index]! };
      }),
    ),
  );
  // The very objects that the networks know, so that they can be asked for them.
  const hosts = machines.map((machine, index): NetSshdHost => Object.assign(machine, group.hosts[index]!));
  const held = cleanup.move();
  return {
    ...fleetOver(group, hosts.slice(bastions)),
    runner: runner!,
    bastions: hosts.slice(0, bastions),
    jumpHostsText: hosts
      .slice(0, bastions)
      .map((host) => `root@${hostAndPort(host)}\n`)
      .join(""),
    block: networks.block,
    limit: networks.limit,
    linkBytes: networks.linkBytes,
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

function numbered<Value>(count: number, make: (index: number) => Value): Value[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
