import { existsSync } from "node:fs";
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
  /** Input `deploy-to`; undefined where the inventory names a folder for each target. */
  readonly deployTo: string | undefined;
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
    deployTo: undefined,
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
async function startRealFleet(_options: DemoOptions): Promise<DemoFleet> {
  if (process.platform !== "linux" || process.getuid?.() !== 0) {
    throw new Error(
      "--sshd needs Linux and root, to run an OpenSSH server for each target; without it the demo needs neither",
    );
  }
  if (!existsSync("/usr/sbin/sshd")) {
    throw new Error("--sshd needs OpenSSH's server; on Debian and Ubuntu: apt-get install openssh-server");
  }
  throw new Error("not yet");
}
