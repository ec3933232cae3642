import type { Config } from "./config.ts";

export type { Config, DeployConfig, VerifyConfig } from "./config.ts";

/** Reads and checks every input. Throws one INPUT_INVALID that lists all that is wrong. */
export function readInputs(_environment: Readonly<Record<string, string | undefined>>, _now: Date): Config {
  throw new Error("not yet");
}
