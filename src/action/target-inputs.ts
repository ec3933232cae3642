import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { messageOf } from "../core/errors.ts";
import { parseInventory, type Target } from "../core/inventory.ts";
import { isLinkLocal } from "../core/ip-address.ts";
import { isSshUser, SSH_USER } from "../core/ssh-address.ts";
import { parsePort, parseRemoteDirectory } from "./input-values.ts";
import type { Inputs } from "./inputs.ts";

/** An inventory of 100,000 targets is a few MB; more is another file by mistake. */
const TARGETS_FILE_MAX_BYTES = 16 * 1024 * 1024;

/** What is wrong with one target is most likely wrong with all. */
const PROBLEMS_MAX = 10;

/** Whom the run reaches; empty where that can't be read. */
export function readTargets(inputs: Inputs, workspace: string, runnerUser: string): readonly Target[] {
  const user =
    inputs.parsed("ssh-user", (text) => (text === "" ? "" : parseUser(text)), SSH_USER) || runnerUser;
  if (!isSshUser(user))
    inputs.complain(
      "ssh-user",
      `required, since the runner's own, ${JSON.stringify(user)}, is not ${SSH_USER}`,
    );
  const port = inputs.parsed("ssh-port", parsePort, "1–65535");
  const deployTo = inputs.parsed(
    "deploy-to",
    (text) => (text === "" ? null : parseRemoteDirectory(text)),
    "an absolute path below /, without ..",
  );
  const source = inputs.isSet("targets-file") ? "targets-file" : "targets";
  if (inputs.isSet("targets-file") && inputs.isSet("targets")) {
    inputs.complain("targets-file", "give either targets or targets-file, not both");
    return [];
  }
  if (!inputs.isSet(source)) {
    inputs.complain("targets", "required: give targets or targets-file");
    return [];
  }
  const text = source === "targets" ? inputs.written("targets") : readTargetsFile(inputs, workspace);
  if (text === undefined) return [];
  const inventory = parseInventory(text, { user, port, deployTo });
  for (const problem of inventory.problems) inputs.complain(source, problem);
  return inventory.targets;
}

function parseUser(text: string): string | undefined {
  return isSshUser(text) ? text : undefined;
}

/** A link-local address is enough for SSH, but peers can't be told it: where there are peers, others have to be given. */
export function requireTellableAddresses(inputs: Inputs, targets: readonly Target[]): void {
  const linkLocal = targets.filter(({ host }) => isLinkLocal(host));
  const source = inputs.isSet("targets-file") ? "targets-file" : "targets";
  for (const { host, line } of linkLocal.filter(({ address }) => address === null).slice(0, PROBLEMS_MAX))
    inputs.complain(
      source,
      `line ${line}: ${host} is good on one link only; give address=, at which peers reach it`,
    );
  if (linkLocal.length > 0 && !inputs.isSet("announce-address"))
    inputs.complain(
      "announce-address",
      "required, as the runner reaches targets at link-local addresses only",
    );
}

function readTargetsFile(inputs: Inputs, workspace: string): string | undefined {
  const path = resolve(workspace, inputs.text("targets-file"));
  try {
    const { size } = statSync(path);
    if (size <= TARGETS_FILE_MAX_BYTES) return readFileSync(path, "utf8");
    inputs.reject("targets-file", `it has ${size} bytes, at most ${TARGETS_FILE_MAX_BYTES} are read`);
  } catch (thrown) {
    inputs.reject("targets-file", `can't be read: ${messageOf(thrown)}`);
  }
  return undefined;
}
