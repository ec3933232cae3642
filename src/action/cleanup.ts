import * as core from "@actions/core";
import { messageOf } from "../core/errors.ts";
import { endRememberedOrigin } from "./origin-state.ts";
import { endRememberedSsh } from "./ssh-folder.ts";

// The post step. Agents ended with their SSH connections and the origin with its stdin; this is for the case that it did not.
try {
  if (await endRememberedOrigin()) core.info("Ended a tracker and seeder that the step had left behind.");
} catch (error) {
  core.warning(`could not end the tracker and seeder: ${messageOf(error)}`);
}
try {
  if (await endRememberedSsh()) core.info("Ended SSH connections that the step had left behind.");
} catch (error) {
  core.warning(`could not end the step's SSH connections: ${messageOf(error)}`);
}
