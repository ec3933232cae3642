import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ssh2 from "ssh2";
import { parseInventory } from "../src/core/inventory.ts";
import { type EmbeddedHost, generateKeyPair, startEmbeddedHost } from "./embedded-host.ts";

interface EmbeddedPlace {
  /** `web-03`: the name of its folder. */
  readonly label: string;
  readonly host: string;
  readonly port: number;
  /** HOME on the target. */
  readonly home: string;
  readonly deployTo: string;
}

export interface EmbeddedTarget extends EmbeddedPlace {
  /** As the action names it. */
  readonly name: string;
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

  const addressOf = (await canListen(loopbackAddress(0))) ? loopbackAddress : () => "127.0.0.1";
  const hosts: EmbeddedHost[] = [];
  const places: EmbeddedPlace[] = [];
  for (let index = 0; index < options.count; index++) {
    const label = labelOf(index, options.count);
    const home = join(folder, label);
    const address = addressOf(index);
    // One port for all, where each has an address of its own and it is free there.
    const host = await startEmbeddedHost({ address, port: hosts[0]?.port ?? 0, home, authorizedKey });
    acquired.use(host);
    hosts.push(host);
    places.push({ label, home, host: address, port: host.port, deployTo: join(home, "srv", "app") });
  }
  const inventoryText = `[web]\n${places.map(inventoryLine).join("")}`;
  const names = parseInventory(inventoryText, { user: USER, port: 22, deployTo: null }).targets;
  const targets = places.map((place, index) => ({ ...place, name: names[index]!.name }));
  const resources = acquired.move();
  return {
    folder,
    targets,
    user: USER,
    inventoryText,
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

function inventoryLine(target: EmbeddedPlace): string {
  return `${USER}@${target.host}:${target.port}  address=${target.host}  deploy_to="${target.deployTo}"\n`;
}

/** False where this system has no such address: macOS has 127.0.0.1 only. */
async function canListen(address: string): Promise<boolean> {
  const probe = createServer();
  try {
    probe.listen(0, address);
    await once(probe, "listening");
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EADDRNOTAVAIL") return false;
    throw error;
  } finally {
    probe.close();
  }
}
