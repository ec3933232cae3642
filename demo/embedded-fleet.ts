import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ssh2 from "ssh2";
import { type EmbeddedHost, generateKeyPair, startEmbeddedHost } from "./embedded-host.ts";

export interface EmbeddedTarget {
  /** `web-03`: the name of its folder. */
  readonly label: string;
  /** As the action names it: its host, with the port where several targets share the host. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** HOME on the target. */
  readonly home: string;
  readonly deployTo: string;
}

export interface EmbeddedFleet extends AsyncDisposable {
  /** One folder below which everything of the fleet lives. */
  readonly folder: string;
  readonly targets: readonly EmbeddedTarget[];
  readonly user: string;
  readonly inventoryText: string;
  readonly knownHostsText: string;
  /** OpenSSH format; made for this fleet only. */
  readonly privateKey: string;
  /** SIGKILL to whatever runs on the target: its agent dies as in a crash. */
  killAgent(target: number): void;
  /** Process groups that run on the target now. */
  processGroups(target: number): readonly number[];
}

export interface EmbeddedFleetOptions {
  readonly count: number;
  /** Leave the fleet's folder where it is when the fleet ends. */
  readonly keep?: boolean;
}

const USER = "demo";

/** Starts `count` SSH servers inside this process, each with a folder and, where the system allows, an address of its own. */
export async function startEmbeddedFleet(options: EmbeddedFleetOptions): Promise<EmbeddedFleet> {
  await using acquired = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "murmuration-demo-"));
  if (!options.keep) acquired.defer(() => rm(folder, { recursive: true, force: true }));

  const keyPair = generateKeyPair();
  const authorizedKey = ssh2.utils.parseKey(keyPair.public);
  if (authorizedKey instanceof Error) throw authorizedKey;

  const hosts: EmbeddedHost[] = [];
  const addresses: string[] = [];
  let manyAddresses = true;
  for (let index = 0; index < options.count; index++) {
    const common = { home: join(folder, labelOf(index, options.count)), authorizedKey };
    const own = { ...common, address: loopbackAddress(index), port: hosts[0]?.port ?? 0 };
    const shared = { ...common, address: "127.0.0.1", port: 0 };
    let host = manyAddresses ? await tryStart(own) : undefined;
    if (host === undefined) {
      if (index > 0 && manyAddresses) throw new Error(`cannot listen on ${own.address}`);
      manyAddresses = false;
      host = await startEmbeddedHost(shared);
    }
    acquired.use(host);
    hosts.push(host);
    addresses.push(manyAddresses ? own.address : shared.address);
  }

  const targets = hosts.map((host, index): EmbeddedTarget => {
    const address = addresses[index]!;
    const label = labelOf(index, options.count);
    const home = join(folder, label);
    return {
      label,
      name: manyAddresses || options.count === 1 ? address : `${address}:${host.port}`,
      host: address,
      port: host.port,
      home,
      deployTo: join(home, "srv", "app"),
    };
  });
  const resources = acquired.move();
  return {
    folder,
    targets,
    user: USER,
    inventoryText: `[web]\n${targets.map(inventoryLine).join("")}`,
    knownHostsText: targets
      .map((target, index) => `[${target.host}]:${target.port} ${hosts[index]!.hostKey}\n`)
      .join(""),
    privateKey: keyPair.private,
    killAgent: (target) => hosts[target]?.kill(),
    processGroups: (target) => hosts[target]?.processGroups() ?? [],
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** 127.0.0.11, .12, … and on with 127.0.1.11 after 127.0.0.250: all of 127.0.0.0/8 is loopback on Linux. */
function loopbackAddress(index: number): string {
  const perBlock = 240;
  return `127.0.${Math.floor(index / perBlock)}.${11 + (index % perBlock)}`;
}

function labelOf(index: number, count: number): string {
  return `web-${String(index + 1).padStart(Math.max(2, String(count).length), "0")}`;
}

function inventoryLine(target: EmbeddedTarget): string {
  return `${USER}@${target.host}:${target.port}  address=${target.host}  deploy_to="${target.deployTo}"\n`;
}

/** Undefined where this system has no such address (macOS has 127.0.0.1 only). */
async function tryStart(options: Parameters<typeof startEmbeddedHost>[0]): Promise<EmbeddedHost | undefined> {
  try {
    return await startEmbeddedHost(options);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EADDRNOTAVAIL") return undefined;
    throw error;
  }
}
