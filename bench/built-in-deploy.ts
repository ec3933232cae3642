import { join } from "node:path";
import { startEmbeddedFleet } from "../demo/embedded-fleet.ts";
import { type MeasuredStep, runMeasuredStep } from "./measured-step.ts";
import type { ProcessFigures } from "./process-watch.ts";

export interface BuiltInDeploy {
  readonly targets: number;
  readonly encryption: "on" | "off";
  readonly verbose: boolean;
  /** Of the build. */
  readonly source: string;
  /** For the runner's own files. */
  readonly folder: string;
}

/** Deploys over loopback to targets that this process starts, as fast as the machine can. */
export async function deployToBuiltIn(
  { targets, encryption, verbose, source, folder }: BuiltInDeploy,
  { signal }: { signal: AbortSignal },
): Promise<MeasuredStep> {
  await using fleet = await startEmbeddedFleet({ count: targets });
  const step = await runMeasuredStep(
    {
      inputs: {
        path: source,
        targets: fleet.inventoryText,
        "ssh-key": fleet.privateKey,
        "ssh-known-hosts": fleet.knownHostsText,
        encryption,
      },
      tempFolder: join(folder, "runner"),
      workspace: folder,
      verbose,
    },
    { signal },
  );
  return step;
}

/** The one that needed the most memory of those whose command line has this part. */
export function largestProcess(step: MeasuredStep, commandPart: string): ProcessFigures | undefined {
  const found = step.processes.figures(commandPart);
  return found.toSorted((one, other) => other.peakResidentBytes - one.peakResidentBytes)[0];
}
