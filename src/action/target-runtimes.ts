import { performance } from "node:perf_hooks";
import { nameList } from "../core/blocked-way.ts";
import type { Target } from "../core/inventory.ts";
import { type NodePlatform, platformOfMachine, platformOfProcess } from "../core/node-platform.ts";
import { formatBytes, formatCount, formatDuration } from "../core/units.ts";
import type { TargetRuntimes as RuntimesOfTarget } from "../remote/ssh-agent-program.ts";
import type { PortRange } from "./config.ts";
import { Runtime, type RuntimeFile } from "./runtime-file.ts";
import { RuntimeSupply } from "./runtime-supply.ts";

const LINE_INTERVAL_MS = 2_000;

export interface FleetRuntimesOptions {
  /** Of `node-runtime`; what these do not cover may be the runner's own. */
  readonly files: readonly RuntimeFile[];
  /** Of the agents. */
  readonly peerPorts: PortRange | null;
  readonly log: (line: string) => void;
  readonly debug: (line: string) => void;
  readonly warn: (line: string) => void;
}

/** Node.js for all targets that have none. Nothing is read, and nobody is asked, before the first of them. */
export class FleetRuntimes implements AsyncDisposable {
  readonly #options: FleetRuntimesOptions;
  readonly #supplies = new Map<NodePlatform, Promise<SuppliedPlatform>>();

  constructor(options: FleetRuntimesOptions) {
    this.#options = options;
  }

  /** `onWait` is called where the target is there, but has to wait for its runtime. */
  of({ address }: Target, onWait: () => void): RuntimesOfTarget {
    return {
      bring: async (host, { signal }) => {
        const platform = platformOfMachine(host.machine);
        const file = this.#fileFor(platform);
        if (file === undefined) return { kind: "none", why: this.#whatIsMissing(platform) };
        const { supply } = await this.#supplyOf(file);
        return { kind: "brought", path: await supply.bring(host, { address, onWait, signal }) };
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const begun = await Promise.allSettled(this.#supplies.values());
    await Promise.all(
      begun.map(async (one) => {
        if (one.status === "fulfilled") await one.value[Symbol.asyncDispose]();
      }),
    );
  }

  #fileFor(platform: NodePlatform): RuntimeFile | undefined {
    return this.#options.files.find((file) => file.platform === platform) ?? ownFile(platform);
  }

  #supplyOf(file: RuntimeFile): Promise<SuppliedPlatform> {
    let supplied = this.#supplies.get(file.platform);
    if (supplied === undefined) {
      supplied = Runtime.read(file).then((runtime) => new SuppliedPlatform(runtime, this.#options));
      this.#supplies.set(file.platform, supplied);
    }
    return supplied;
  }

  #whatIsMissing(platform: NodePlatform): string {
    const { files } = this.#options;
    const held = files.length === 0 ? "is not set" : `has ${files.map((file) => file.platform).join(", ")}`;
    return `the target is ${platform}, the runner ${ownPlatform()}, and \`node-runtime\` ${held}: give a folder with node-${process.version}-${platform}.tar.gz`;
  }
}

/** One runtime on its way to the fleet, and what the log says of it. */
class SuppliedPlatform implements AsyncDisposable {
  readonly supply: RuntimeSupply;
  readonly #runtime: Runtime;
  readonly #log: (line: string) => void;
  #timer: NodeJS.Timeout | undefined;
  #startMs = 0;
  #told = "";
  readonly #warn: (line: string) => void;
  /** Those that nobody else could give it to, and why the last of them. */
  #cutOff: { readonly names: readonly string[]; readonly why: string } | undefined;

  constructor(runtime: Runtime, { peerPorts, log, debug, warn }: FleetRuntimesOptions) {
    this.#runtime = runtime;
    this.#log = log;
    this.#warn = warn;
    this.supply = new RuntimeSupply({
      runtime,
      ports: lendingPorts(peerPorts),
      debug,
      onCutOff: (name, { message }) => {
        // Each address that was tried has a line.
        const why = message.replace(`${name}: `, "").split("\n")[0] ?? "";
        this.#cutOff = { names: [...(this.#cutOff?.names ?? []), name], why };
      },
      onChange: () => this.#follow(),
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.supply[Symbol.asyncDispose]();
  }

  #follow(): void {
    const { wanted, pushed, fetched, failed } = this.supply.counts;
    const isOver = pushed + fetched + failed === wanted;
    if (!isOver && this.#timer === undefined) {
      this.#startMs = performance.now();
      this.#timer = setInterval(() => this.#tell(), LINE_INTERVAL_MS);
    } else if (isOver && this.#timer !== undefined) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      const took = formatDuration(performance.now() - this.#startMs);
      const ways = [`${pushed} over SSH`, `${fetched} from others`];
      if (failed > 0) ways.push(`${failed} failed`);
      this.#log(`${this.#what(wanted)}: ${ways.join(", ")} · ${took}`);
      this.#tellCutOff();
    }
  }

  #tellCutOff(): void {
    if (this.#cutOff === undefined) return;
    const { names, why } = this.#cutOff;
    this.#cutOff = undefined;
    this.#warn(
      `${nameList(names)} could not fetch the Node.js runtime from others, so the runner sent it: ${why}. Where few ports are open between targets, open a range and name it in \`peer-port\`: its upper ports are for this.`,
    );
  }

  #tell(): void {
    const { wanted, pushed, fetched } = this.supply.counts;
    const line = `bringing ${this.#what(wanted)}: ${pushed + fetched} done`;
    if (line !== this.#told) this.#log(line);
    this.#told = line;
  }

  /** A bastion is one of them. */
  #what(machines: number): string {
    const { file, sizeBytes } = this.#runtime;
    return `a Node.js runtime (${file.platform}, ${formatBytes(sizeBytes)}) to ${formatCount(machines, "machine")} without one`;
  }
}

/** The runner's own, where that is what the target needs. */
function ownFile(platform: NodePlatform): RuntimeFile | undefined {
  if (platform !== ownPlatform()) return undefined;
  return { platform, path: process.execPath, form: "binary" };
}

function ownPlatform(): NodePlatform {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return platformOfProcess(process.platform, process.arch, header.glibcVersionRuntime);
}

/** Where only certain ports are open between targets, the first of them is left to the agent that deploys. */
function lendingPorts(peerPorts: PortRange | null): PortRange {
  if (peerPorts === null || peerPorts.from === peerPorts.to) return { from: 0, to: 0 };
  return { from: peerPorts.from + 1, to: peerPorts.to };
}
