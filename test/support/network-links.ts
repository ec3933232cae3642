import { prefixOf, runIp } from "../../bench/network-namespaces.ts";
import { runCommand } from "../../bench/run-command.ts";

/** A host's link to the router of one of its networks. */
export interface Link {
  readonly network: number;
  readonly router: string;
  /** The host's end, and the router's. */
  readonly device: string;
  readonly port: string;
  readonly ipv4: string | null;
  readonly ipv6: string | null;
}

/** The routers', on every one of their links. */
const ROUTER = { ipv4: "10.77.255.254", ipv6: "fe80::1" } as const;
const HOST_LINK_LOCAL = "fe80::2";

/** What a router has no way for it drops, as the internet does with private addresses. */
export async function prepareRouter(router: string): Promise<void> {
  const forward = ["ipv4/ip_forward", "ipv6/conf/all/forwarding"].map(
    (setting) => `echo 1 > /proc/sys/net/${setting}`,
  );
  await runCommand([...prefixOf(router), "sh", "-c", forward.join(" && ")]);
  await runIp(router, ["link set lo up", "route add blackhole default"]);
  await runIp(router, ["route add blackhole default"], "-6");
}

/** A link to the router of the network before, so that each finds the networks at the other's side. */
export async function joinRouters(earlier: readonly string[], before: number, router: string): Promise<void> {
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

/** Commands of `ip` that make the router's end of a link that is there. */
export function routerEnd({ port, ipv4, ipv6 }: Link): string[] {
  return [
    `link set dev ${port} addrgenmode none`,
    `link set dev ${port} up`,
    `address add ${ROUTER.ipv4}/32 dev ${port}`,
    `address add ${ROUTER.ipv6}/64 dev ${port} nodad`,
    ...(ipv4 === null ? [] : [`route add ${ipv4}/32 dev ${port}`]),
    ...(ipv6 === null ? [] : [`route add ${ipv6}/128 dev ${port}`]),
  ];
}

/** The same for the host's end. `networks`: how many there are, where their routers are joined; else 0. */
export function hostEnd({ device, network, ipv4, ipv6 }: Link, isInner: boolean, networks: number): string[] {
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
