import { readFileSync } from "node:fs";
import { parseInventory } from "../src/core/inventory.ts";
import type { DemoOptions } from "./demo-options.ts";
import { startEmbeddedFleet } from "./embedded-fleet.ts";

export interface DemoTarget {
  readonly label: string;
  /** As the action names it. */
  readonly name: string;
  /** Its deploy-to, as seen from here. */
  readonly folder: string;
}

/** What the demo needs of a fleet, whatever its servers are. */
export interface DemoFleet extends AsyncDisposable {
  readonly targets: readonly DemoTarget[];
  /** Inputs that say who the targets are and how to reach them. */
  readonly inputs: Readonly<Record<string, string>>;
  killAgent(target: number): void;
}

export async function startDemoFleet(options: DemoOptions): Promise<DemoFleet> {
  return options.sshd ? startRealFleet(options) : startBuiltInFleet(options);
}

async function startBuiltInFleet({ targets: count, keep }: DemoOptions): Promise<DemoFleet> {
  const fleet = await startEmbeddedFleet({ count, keep });
  return {
    targets: fleet.targets.map(({ label, name, deployTo }) => ({ label, name, folder: deployTo })),
    inputs: {
      targets: fleet.inventoryText,
      "ssh-key": fleet.privateKey,
      "ssh-known-hosts": fleet.knownHostsText,
    },
    killAgent: (target) => fleet.killAgent(target),
    [Symbol.asyncDispose]: () => fleet[Symbol.asyncDispose](),
  };
}

/** @throws Error with one sentence where this machine can't run several sshd side by side. */
async function startRealFleet({ targets: count, sizeBytes }: DemoOptions): Promise<DemoFleet> {
  if (process.platform !== "linux" || process.getuid?.() !== 0) {
    throw new Error("--sshd needs Linux and root, to run one OpenSSH server for each target");
  }
  // Loaded only here: it belongs to the tests.
  const { ensureOpenSsh, startSshdFleet } = await import("../test/support/sshd-fleet.ts");
  const { available, why } = ensureOpenSsh();
  if (!available) throw new Error(`--sshd: ${why}`);
  const srvSize = `${Math.ceil(sizeBytes / 1024 / 1024) * 2 + 64}m`;
  const fleet = await startSshdFleet({ count, srvSize });
  const deployTo = "/srv/app";
  const named = parseInventory(fleet.inventoryText, { user: "root", port: 22, deployTo }).targets;
  return {
    targets: fleet.targets.map(({ name: label, rootPath }, index) => {
      return { label, name: named[index]!.name, folder: `${rootPath}${deployTo}` };
    }),
    inputs: {
      "deploy-to": deployTo,
      targets: fleet.inventoryText,
      "ssh-key": fleet.privateKey,
      "ssh-known-hosts": fleet.knownHostsText,
    },
    killAgent: (target) => fleet.processesOf(target).filter(isAgent).forEach(kill),
    [Symbol.asyncDispose]: () => fleet[Symbol.asyncDispose](),
  };
}

function isAgent(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("agent.cjs");
  } catch {
    return false;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
