import { userInfo } from "node:os";
import * as core from "@actions/core";
import { ERROR_CODES } from "../core/error-codes.ts";
import { asMurmurationError, MurmurationError } from "../core/errors.ts";
import { type Config, readInputs } from "./inputs.ts";
import { publishResult } from "./publish-result.ts";
import { runMode } from "./run-mode.ts";

const stop = new AbortController();

/** GitHub cancels with SIGINT, then SIGTERM after 7.5 s. The second signal ends at once what the first did not. */
function onSignal(signal: NodeJS.Signals): void {
  if (stop.signal.aborted) process.exit(1);
  stop.abort(new MurmurationError("CANCELLED", `the run was cancelled (${signal})`));
}

/** Whatever is thrown, Error or not, fails the job. */
function fail(thrown: unknown): void {
  const error = asMurmurationError(thrown);
  if (error.code === "INTERNAL" && thrown instanceof Error) core.info(thrown.stack ?? thrown.message);
  core.setOutput("status", "failed");
  core.setFailed(`${error.code}: ${error.message}\n${ERROR_CODES[error.code]}`);
}

async function main(): Promise<void> {
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  process.on("uncaughtException", (error) => {
    fail(error);
    process.exit(1);
  });
  const config = configure();
  const result = await runMode(config, stop.signal);
  await publishResult(config, result);
}

function configure(): Config {
  const config = readInputs(process.env, { now: new Date(), user: userInfo().username, cwd: process.cwd() });
  for (const secret of config.secrets) core.setSecret(secret);
  for (const warning of config.warnings) core.warning(warning);
  for (const notice of config.notices) core.notice(notice);
  return config;
}

try {
  await main();
} catch (error) {
  fail(error);
}
// A socket or timer that somebody forgot must not hang the step.
process.exit();
