import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { messageOf } from "../core/errors.ts";
import { parseRuntimeName } from "../core/node-platform.ts";
import type { Inputs } from "./inputs.ts";
import type { RuntimeFile } from "./runtime-file.ts";

/** There are a dozen platforms; a folder with more entries than this is another one by mistake. */
const ENTRIES_MAX = 1_000;
const SHOWN_MAX = 5;

/** What the folder in `node-runtime` holds, one file a platform; empty for `auto`. */
export function readRuntimeFiles(inputs: Inputs, workspace: string): readonly RuntimeFile[] {
  const text = inputs.text("node-runtime");
  if (text === "auto") return [];
  const folder = resolve(workspace, text);
  let names: string[];
  try {
    names = readdirSync(folder).sort();
  } catch (thrown) {
    inputs.reject("node-runtime", `expected auto, or a folder: ${messageOf(thrown)}`);
    return [];
  }
  const files: RuntimeFile[] = [];
  for (const name of names.slice(0, ENTRIES_MAX)) {
    const found = findRuntime(folder, name);
    if (typeof found === "string") inputs.reject("node-runtime", found);
    else if (found !== undefined) files.push(found);
  }
  for (const { platform, path } of files) {
    const other = files.find((file) => file.platform === platform);
    if (other?.path !== path)
      inputs.reject("node-runtime", `both ${other?.path} and ${path} are for ${platform}`);
  }
  if (files.length === 0) {
    const seen =
      names.length === 0
        ? "it is empty"
        : `it has ${names.slice(0, SHOWN_MAX).join(", ")}${names.length > SHOWN_MAX ? " and more" : ""}`;
    inputs.reject(
      "node-runtime",
      `expected files such as node-v24.11.0-linux-arm64.tar.gz, or a folder linux-arm64 with bin/node; ${seen}`,
    );
  }
  return files;
}

/** Undefined where the name is of something else; a sentence where it is a runtime that can't be used. */
function findRuntime(folder: string, name: string): RuntimeFile | string | undefined {
  const named = parseRuntimeName(name);
  if (named === undefined) return undefined;
  const { platform, extension } = named;
  const path = join(folder, name);
  if (extension === ".tar.gz" || extension === ".tgz") {
    return isFile(path) ? { platform, path, form: "tar.gz" } : `${name} is no file`;
  }
  if (extension !== "") return `${name} can't be read; nodejs.org has the same as .tar.gz`;
  if (isFile(path)) return { platform, path, form: "binary" };
  const binary = [join(path, "bin", "node"), join(path, "node")].find(isFile);
  return binary === undefined ? `${name} holds no bin/node` : { platform, path: binary, form: "binary" };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
