import {
  limitRate,
  namespaceCalled,
  prefixOf,
  removeNamespace,
  removeStaleNamespaces,
  runIp,
} from "../../bench/network-namespaces.ts";
import { runCommand } from "../../bench/run-command.ts";

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

/** The routers', on every one of their links. */
const ROUTER = { ipv4: "10.77.255.254", ipv6: "fe80::1" } as const;
const HOST_LINK_LOCAL = "fe80::2";
/** Addresses below it are for joints between routers. */
const FIRST_HOST = 10;
/** Of rules that block; before those that route. */
const BLOCK_PREFERENCE_MIN = 1_000;

interface Link {
  readonly network: number;
  readonly router: string;
  /** The host's end, and the router's. */
  readonly device: string;
  readonly port: string;
  readonly ipv4: string | null;
  readonly ipv6: string | null;
}

let made = 0;

/**
 * Makes hosts around one router for each network, as `bench/lab.ts` does: nothing of it is seen by the machine's own network. What a router has no way
 * for it drops, as the internet does with private addresses.
 */
export async function startNetworks({ hosts: plans, joined }: NetworksOptions): Promise<Networks> {
  await removeStaleNamespaces();
  await using acquired = new AsyncDisposableStack();
  const mark = `n${made++}`;
  const addNamespace = async (name: string): Promise<string> => {
    const namespace = namespaceCalled(`${mark}-${name}`);
    await runIp(null, [`netns add ${namespace}`]);
    acquired.defer(() => removeNamespace(namespace));
    return namespace;
  };
  const routers: string[] = [];
  for (let index = 0; index <= Math.max(...plans.flatMap(({ networks }) => networks)); index++) {
    const router = await addNamespace(`router-${index}`);
    await prepareRouter(router);
    if (joined && index > 0) await joinRouters(routers, index - 1, router);
    routers.push(router);
  }
  const linksOf = new Map<NetHost, readonly Link[]>();
  const members = routers.map(() => 0);
  for (const { name, networks, families } of plans) {
    const links = networks.map((network, at): Link => {
      const place = members[network]!++;
      const number = FIRST_HOST + place;
      return {
        network,
        router: routers[network]!,
        device: `eth${at}`,
        port: `h${place}`,
        ipv4: families.includes("ipv4") ? `10.77.${network}.${number}` : null,
        ipv6: families.includes("ipv6") ? `fd77:0:0:${network}::${number.toString(16)}` : null,
      };
    });
    const host = await addHost(name, await addNamespace(name), links, joined ? routers.length : 0);
    linksOf.set(host, links);
  }
  const resources = acquired.move();
  let preference = BLOCK_PREFERENCE_MIN;
  return {
    hosts: [...linksOf.keys()],
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

async function prepareRouter(router: string): Promise<void> {
  const forward = ["ipv4/ip_forward", "ipv6/conf/all/forwarding"].map(
    (setting) => `echo 1 > /proc/sys/net/${setting}`,
  );
  await runCommand([...prefixOf(router), "sh", "-c", forward.join(" && ")]);
  await runIp(router, ["link set lo up", "route add blackhole default"]);
  await runIp(router, ["route add blackhole default"], "-6");
}

/** A link to the router of the network before, so that each finds the networks at the other's side. */
async function joinRouters(earlier: readonly string[], before: number, router: string): Promise<void> {
  const [outer, inner] = [earlier[before]!, router];
  await runIp(null, [`link add inward netns ${outer} type veth peer name outward netns ${inner}`]);
  const end = (device: string, self: string, other: string, networks: readonly number[]) => [
    `link set dev ${device} addrgenmode none`,
    `link set dev ${device} up`,
    `address add 10.77.254.${self}/32 dev ${device}`,
    `address add fe80::${self}/64 dev ${device} nodad`,
    ...networks.flatMap((network) => [
      `route add 10.77.${network}.0/24 via 10.77.254.${other} dev ${device} onlink`,
      `route add fd77:0:0:${network}::/64 via fe80::${other} dev ${device}`,
    ]),
  ];
  const [low, high] = [`${2 * before + 10}`, `${2 * before + 11}`];
  const outerNetworks = earlier.map((_, network) => network);
  await runIp(inner, end("outward", high, low, outerNetworks));
  await runIp(outer, end("inward", low, high, [before + 1]));
  // Those further out send by way of the one before.
  for (const [index, farther] of earlier.slice(0, before).entries()) {
    const other = `${2 * index + 11}`;
    await runIp(farther, [
      `route add 10.77.${before + 1}.0/24 via 10.77.254.${other} dev inward onlink`,
      `route add fd77:0:0:${before + 1}::/64 via fe80::${other} dev inward`,
    ]);
  }
}

/** `networks`: how many there are on this side of the routers, where those are joined; else 0. */
async function addHost(
  name: string,
  namespace: string,
  links: readonly Link[],
  networks: number,
): Promise<NetHost> {
  for (const { device, port, router, ipv4, ipv6 } of links) {
    await runIp(null, [`link add ${device} netns ${namespace} type veth peer name ${port} netns ${router}`]);
    await runIp(router, [
      `link set dev ${port} addrgenmode none`,
      `link set dev ${port} up`,
      `address add ${ROUTER.ipv4}/32 dev ${port}`,
      `address add ${ROUTER.ipv6}/64 dev ${port} nodad`,
      ...(ipv4 === null ? [] : [`route add ${ipv4}/32 dev ${port}`]),
      ...(ipv6 === null ? [] : [`route add ${ipv6}/128 dev ${port}`]),
    ]);
  }
  await runIp(namespace, ["link set lo up", ...links.flatMap((link, at) => hostEnd(link, at > 0, networks))]);
  // A host in two networks is no router, whatever the machine's own default is.
  if (links.length > 1)
    await runCommand([...prefixOf(namespace), "sh", "-c", "echo 0 > /proc/sys/net/ipv4/ip_forward"]);
  const addresses = links.flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6].filter((address) => address !== null));
  return {
    name,
    namespace,
    prefix: prefixOf(namespace),
    addresses,
    devices: links.map(({ device }) => device),
  };
}

function hostEnd({ device, network, ipv4, ipv6 }: Link, isInner: boolean, networks: number): string[] {
  const lines = [`link set dev ${device} addrgenmode none`, `link set dev ${device} up`];
  // By its inner link a host reaches the network there and what lies behind it, by the outer one all else.
  const behind = Array.from({ length: Math.max(networks - network, 1) }, (_, at) => network + at);
  if (ipv4 !== null) {
    const ways = isInner ? behind.map((one) => `10.77.${one}.0/24`) : ["default"];
    lines.push(`address add ${ipv4}/32 dev ${device}`);
    lines.push(...ways.map((way) => `route add ${way} via ${ROUTER.ipv4} dev ${device} onlink`));
  }
  if (ipv6 !== null) {
    const ways = isInner ? behind.map((one) => `fd77:0:0:${one}::/64`) : ["default"];
    lines.push(`address add ${HOST_LINK_LOCAL}/64 dev ${device} nodad`);
    lines.push(`address add ${ipv6}/128 dev ${device} nodad`);
    lines.push(...ways.map((way) => `route add ${way} via ${ROUTER.ipv6} dev ${device}`));
  }
  return lines;
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
