import { readFile, stat } from "node:fs/promises";
import { userInfo } from "node:os";
import { join, resolve } from "node:path";
import { type KnownHostEntry, parseKnownHosts } from "../core/known-hosts.ts";
import { describeArguments, type OpenSshHost, type OpenSshRunOptions } from "./openssh-options.ts";
import { askSsh, type OpenSshProgram } from "./openssh-process.ts";

/** As much as `ssh-known-hosts` may have. */
const FILE_BYTES_MAX = 16 * 1024 * 1024;
/** `ssh` reads at most 32 of a kind. */
const WORDS_MAX = 64;

export interface PinnedLines {
  /** For messages. */
  readonly place: string;
  readonly entries: readonly KnownHostEntry[];
  readonly authorities: readonly KnownHostEntry[];
}

export interface OwnKnownHosts {
  readonly files: readonly PinnedLines[];
  /** Why there may be pinned lines that were not read; null: there are none. */
  readonly unread: string | null;
}

/**
 * What is pinned in the files that `ssh` looks at where no `ssh-known-hosts` are given. The words with which `ssh` refuses a host do not tell: to it the plain key of a host whose authority
 * is pinned is a new key, and a host can have any words printed before its key is checked.
 */
export async function readOwnKnownHosts(
  host: OpenSshHost,
  { configPath, program }: Pick<OpenSshRunOptions, "configPath"> & { readonly program: OpenSshProgram },
): Promise<OwnKnownHosts> {
  const answer = await askSsh(describeArguments(host, configPath), program);
  if (answer.kind !== "done") return { files: [], unread: "`ssh -G` fails" };
  const files: PinnedLines[] = [];
  let unread = /^knownhostscommand /m.test(answer.stdout) ? "ssh-config has a KnownHostsCommand" : null;
  for (const [, names = ""] of answer.stdout.matchAll(/^(?:user|global)knownhostsfile (.*)$/gm)) {
    for (const name of possibleNames(names)) {
      const read = await readLines(name, program.workingDirectory);
      if (typeof read === "string") unread ??= read;
      else if (read !== null) files.push(read);
    }
  }
  return { files, unread };
}

/** They come with single blanks between them, and those of their own are not marked: so each row of words may be a name. */
function possibleNames(names: string): string[] {
  const words = names.split(" ").slice(0, WORDS_MAX);
  return words.flatMap((_, from) =>
    words.slice(from).map((_, more) => words.slice(from, from + more + 1).join(" ")),
  );
}

/** Null: there is nothing that `ssh` could read. A sentence: there is something that can't be read here. */
async function readLines(name: string, workingDirectory: string): Promise<PinnedLines | string | null> {
  // `ssh -G` expands tokens, but before 8.4, and for the global files, no tilde.
  if (/^~[^/]/.test(name)) return `${name} is in another user's home`;
  const path = name.startsWith("~/")
    ? join(userInfo().homedir, name.slice(2))
    : resolve(workingDirectory, name);
  let text: string;
  try {
    const status = await stat(path);
    if (!status.isFile()) return null;
    if (status.size > FILE_BYTES_MAX) return `${path} has more than ${FILE_BYTES_MAX} bytes`;
    text = await readFile(path, "utf8");
  } catch {
    return null;
  }
  const { entries, authorities, problems } = parseKnownHosts(text);
  if (problems[0] !== undefined) return `${path}: ${problems[0]}`;
  return { place: path, entries, authorities };
}
