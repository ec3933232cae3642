import {
  limitRate,
  namespaceCalled,
  prefixOf,
  removeNamespaces,
  removeStaleNamespaces,
  runIp,
} from "../../bench/network-namespaces.ts";
import { runCommand } from "../../bench/run-command.ts";
import { hostEnd, joinRouters, type Link, prepareRouter, routerEnd } from "./network-links.ts";

export type Family = "ipv4" | "ipv6";

export interface NetHostPlan {
  readonly name: string;
  /** The first network of a host in two is the outer one; they follow each other. */
  readonly networks: readonly [number] | readonly [number, number];
  readonly families: readonly Family[];
}

/** A network namespace with a link to the router of each of its networks. */
export interface NetHost {
  readonly name: string;
  readonly namespace: string;
  /** Put before a command, this runs it there. */
  readonly prefix: readonly string[];
  /** The outer network's before the inner one's, IPv4 before IPv6. */
  readonly addresses: readonly string[];
  /** Devices, as `addresses`: `eth0`, `eth1`. */
  readonly devices: readonly string[];
}

/** Who no longer reaches whom; what is left out means anybody, and every port. */
export interface BlockedPath {
  readonly from?: NetHost | readonly NetHost[];
  readonly to?: NetHost | readonly NetHost[];
  /** Of TCP. */
  readonly port?: number;
  /** `drop`: packets vanish, as with most firewalls. `reject`: the sender is told; TCP believes it when the second packet, a second later, is rejected too. */
  readonly how?: "drop" | "reject";
}

export interface Networks extends AsyncDisposable {
  /** In the order of their plans. */
  readonly hosts: readonly NetHost[];
  /** Works on connections that are there too. Disposing of the block ends it. */
  block(path: BlockedPath): Promise<AsyncDisposable>;
  /** From now on this link has this rate, in each direction. */
  limit(host: NetHost, rateMbit: number, device?: string): Promise<void>;
  /** What has crossed the links so far, headers included: all of them, or the one of this device. */
  linkBytes(host: NetHost, device?: string): Promise<{ readonly sent: number; readonly received: number }>;
}

export interface NetworksOptions {
  readonly hosts: readonly NetHostPlan[];
  /** Whether the networks' routers know each other. If not, only hosts in two networks reach both. */
  readonly joined: boolean;
}

/** Addresses below it are for joints between routers. */
const FIRST_HOST = 10;
/** Of rules that block; before those that route. */
const BLOCK_PREFERENCE_MIN = 1_000;
const HOSTS_AT_ONCE = 8;

let made = 0;

/** Makes hosts around one router for each network, as `bench/lab.ts` does: nothing of it is seen by the machine's own network. */
export async function startNetworks({ hosts: plans, joined }: NetworksOptions): Promise<Networks> {
  await removeStaleNamespaces();
  await using acquired = new AsyncDisposableStack();
  const mark = `n${made++}`;
  const count = Math.max(...plans.flatMap(({ networks }) => networks)) + 1;
  const routers = Array.from({ length: count }, (_, index) => namespaceCalled(`${mark}-router-${index}`));
  const linksOf = new Map<NetHost, readonly Link[]>();
  const members = routers.map(() => 0);
  for (const plan of plans) {
    const links = plan.networks.map((network, at) =>
      planLink(plan, { network, at, router: routers[network]!, place: members[network]!++ }),
    );
    linksOf.set(planHost(plan.name, namespaceCalled(`${mark}-${plan.name}`), links), links);
  }
  const hosts = [...linksOf.keys()];

  const namespaces = [...routers, ...hosts.map(({ namespace }) => namespace)];
  acquired.defer(() => removeNamespaces(namespaces));
  // Every command is a process: what can be is told to few.
  await runIp(
    null,
    namespaces.map((namespace) => `netns add ${namespace}`),
  );
  await makeRouters(routers, linksOf, joined);
  for (let first = 0; first < hosts.length; first += HOSTS_AT_ONCE) {
    const group = hosts.slice(first, first + HOSTS_AT_ONCE);
    await Promise.all(group.map((host) => makeHost(host, linksOf.get(host)!, joined ? count : 0)));
  }
  const resources = acquired.move();
  let preference = BLOCK_PREFERENCE_MIN;
  return {
    hosts,
    block: (path) => block(routers, path, preference++),
    async limit(host, rateMbit, device = "eth0") {
      const link = linksOf.get(host)?.find((one) => one.device === device);
      if (link === undefined) throw new RangeError(`${host.name} has no ${device}`);
      await limitRate(host.namespace, device, rateMbit);
      await limitRate(link.router, link.port, rateMbit);
    },
    linkBytes,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

interface LinkPlace {
  readonly network: number;
  /** Among the host's own links. */
  readonly at: number;
  readonly router: string;
  /** Among the hosts of the network. */
  readonly place: number;
}

function planLink({ families }: NetHostPlan, { network, at, router, place }: LinkPlace): Link {
  const number = FIRST_HOST + place;
  return {
    network,
    router,
    device: `eth${at}`,
    port: `h${place}`,
    ipv4: families.includes("ipv4") ? `10.77.${network}.${number}` : null,
    ipv6: families.includes("ipv6") ? `fd77:0:0:${network}::${number.toString(16)}` : null,
  };
}

function planHost(name: string, namespace: string, links: readonly Link[]): NetHost {
  return {
    name,
    namespace,
    prefix: prefixOf(namespace),
    addresses: links.flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6].filter((address) => address !== null)),
    devices: links.map(({ device }) => device),
  };
}

async function makeRouters(
  routers: readonly string[],
  linksOf: ReadonlyMap<NetHost, readonly Link[]>,
  joined: boolean,
): Promise<void> {
  for (const [index, router] of routers.entries()) {
    await prepareRouter(router);
    if (joined && index > 0) await joinRouters(routers.slice(0, index), index - 1, router);
  }
  const veths = [...linksOf].flatMap(([{ namespace }, links]) =>
    links.map(
      ({ device, port, router }) =>
        `link add ${device} netns ${namespace} type veth peer name ${port} netns ${router}`,
    ),
  );
  await runIp(null, veths);
  const all = [...linksOf.values()].flat();
  for (const router of routers)
    await runIp(
      router,
      all.filter((link) => link.router === router).flatMap((link) => routerEnd(link)),
    );
}

async function makeHost({ namespace }: NetHost, links: readonly Link[], networks: number): Promise<void> {
  const ends = links.flatMap((link, at) => hostEnd(link, at > 0, networks));
  await runIp(namespace, ["link set lo up", ...ends]);
  // A host in two networks is no router, whatever the machine's own default is.
  if (links.length > 1)
    await runCommand([...prefixOf(namespace), "sh", "-c", "echo 0 > /proc/sys/net/ipv4/ip_forward"]);
}

/** As rules of all routers: a block in the sender's own namespace would be an error at once, which no firewall causes. */
async function block(
  routers: readonly string[],
  { from, to, port, how = "drop" }: BlockedPath,
  preference: number,
): Promise<AsyncDisposable> {
  const what = [
    ...(port === undefined ? [] : [`ipproto tcp dport ${port}`]),
    `pref ${preference}`,
    how === "drop" ? "blackhole" : "prohibit",
  ].join(" ");
  const rules = (["-4", "-6"] as const).flatMap((family) =>
    addressesOf(from, family).flatMap((sender) =>
      addressesOf(to, family).map((receiver) => ({ family, rule: `from ${sender} to ${receiver} ${what}` })),
    ),
  );
  const change = async (verb: "add" | "delete") => {
    for (const router of routers) {
      for (const family of ["-4", "-6"] as const) {
        const own = rules.filter((one) => one.family === family).map(({ rule }) => `rule ${verb} ${rule}`);
        if (own.length > 0) await runIp(router, own, family);
      }
    }
  };
  await change("add");
  return { [Symbol.asyncDispose]: () => change("delete") };
}

function addressesOf(hosts: NetHost | readonly NetHost[] | undefined, family: "-4" | "-6"): string[] {
  if (hosts === undefined) return ["all"];
  const all = "addresses" in hosts ? hosts.addresses : hosts.flatMap(({ addresses }) => addresses);
  return all.filter((address) => address.includes(":") === (family === "-6"));
}

async function linkBytes(
  host: NetHost,
  device?: string,
): Promise<{ readonly sent: number; readonly received: number }> {
  const figures = await runCommand(["ip", "-n", host.namespace, "-statistics", "-json", "link", "show"]);
  const links = JSON.parse(figures) as {
    readonly ifname: string;
    readonly stats64: { readonly rx: { readonly bytes: number }; readonly tx: { readonly bytes: number } };
  }[];
  let [sent, received] = [0, 0];
  for (const { ifname, stats64 } of links) {
    if (device === undefined ? ifname === "lo" : ifname !== device) continue;
    sent += stats64.tx.bytes;
    received += stats64.rx.bytes;
  }
  return { sent, received };
}
