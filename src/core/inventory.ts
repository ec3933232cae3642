import { posix } from "node:path";
import { expandRanges, hasRange, rangeCount } from "./inventory-range.ts";
import { hostAndPort, isLinkLocal, plainAddress } from "./ip-address.ts";
import { isHost, isSshUser, parsePort, parseSshAddress } from "./ssh-address.ts";

export interface Target {
  /** What people see: the host as written, with its port (and folder) only where that is what tells two targets apart. */
  readonly name: string;
  /** An IPv6 address is without brackets. */
  readonly host: string;
  readonly user: string;
  readonly port: number;
  /** Whether its own line names these; else they are the fleet's defaults. */
  readonly written: { readonly user: boolean; readonly port: boolean };
  /** Where its peers reach it, when that differs from the SSH address. */
  readonly address: string | null;
  /** Absolute. */
  readonly deployTo: string;
  readonly zone: string | null;
  readonly rack: string | null;
  readonly group: string | null;
  /** Of the inventory, from 1. */
  readonly line: number;
}

export interface InventoryDefaults {
  readonly user: string;
  readonly port: number;
  /** Null: every line must name its own. */
  readonly deployTo: string | null;
}

export interface Inventory {
  readonly targets: readonly Target[];
  /** One sentence for each mistake, with its line's number and text. The targets are to be used only where there is none. */
  readonly problems: readonly string[];
}

/** Ten times the largest fleet we simulate. */
export const TARGETS_MAX = 100_000;
/** A line of 160 characters for each of them. */
const INVENTORY_CHARACTERS_MAX = 16 * 1024 * 1024;
const LINE_CHARACTERS_MAX = 8_192;
const VALUE_CHARACTERS_MAX = 4_096;
/** A file that is no inventory at all has a mistake on every line; nobody reads more than these. */
const PROBLEMS_MAX = 50;

const KEYS = ["user", "port", "address", "deploy_to", "zone", "rack"] as const;
type Key = (typeof KEYS)[number];
type Values = Partial<Record<Key, string>>;
type Unnamed = Omit<Target, "name">;

/** Reads an inventory (docs: README, "Inventory"). Never throws: every mistake is a problem that names its line. */
export function parseInventory(text: string, defaults: InventoryDefaults): Inventory {
  if (text.length > INVENTORY_CHARACTERS_MAX) {
    return { targets: [], problems: [`an inventory has at most ${INVENTORY_CHARACTERS_MAX} characters`] };
  }
  const targets: Unnamed[] = [];
  const problems: string[] = [];
  let group: string | null = null;
  for (const [index, written] of text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = index + 1;
    const report = (problem: string) => problems.push(`line ${line} ${quoteLine(written)}: ${problem}`);
    const words = splitWords(written);
    if (typeof words === "string") report(words);
    else if (words.length > 0) {
      const heading = words.length === 1 ? parseHeading(words[0] ?? "") : undefined;
      if (heading === undefined) parseLine(words, { line, group, defaults, targets, report });
      else if (heading.kind === "group") group = heading.name;
      else report(heading.problem);
    }
    if (problems.length > PROBLEMS_MAX) {
      problems.push("and perhaps more: reading stopped here");
      break;
    }
  }
  problems.push(...findDuplicates(targets));
  if (targets.length === 0 && problems.length === 0) problems.push("the inventory names no target");
  return { targets: nameTargets(targets), problems };
}

/** Words of one line; quotes group, and a word that starts with # ends it. A sentence where a quote stays open. */
function splitWords(line: string): string[] | string {
  if (line.length > LINE_CHARACTERS_MAX) return `a line has at most ${LINE_CHARACTERS_MAX} characters`;
  const words: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  for (const character of line) {
    if (quote !== null) {
      if (character === quote) quote = null;
      else word += character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= "";
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (character === "#" && word === null) {
      break;
    } else {
      word = (word ?? "") + character;
    }
  }
  if (quote !== null) return `the quote ${quote} is not closed`;
  if (word !== null) words.push(word);
  return words;
}

type Heading = { kind: "group"; name: string } | { kind: "problem"; problem: string };

/** A word in brackets is a heading, unless it has two colons (an IPv6 address). A range alone, `[2:20]`, is neither. */
function parseHeading(word: string): Heading | undefined {
  const inside = /^\[([^[\]]*)\]$/.exec(word)?.[1];
  if (inside === undefined || inside.split(":").length > 2) return undefined;
  if (/^[\p{L}\p{N}_.-]{1,100}$/u.test(inside)) return { kind: "group", name: inside };
  if (/:(vars|children)$/.test(inside)) {
    return {
      kind: "problem",
      problem: "variables and children of groups are not supported; write them on each target's line",
    };
  }
  return { kind: "problem", problem: "expected a group's name in brackets, such as [web]" };
}

interface LineContext {
  readonly line: number;
  readonly group: string | null;
  readonly defaults: InventoryDefaults;
  readonly targets: Unnamed[];
  readonly report: (problem: string) => void;
}

function parseLine(words: readonly string[], context: LineContext): void {
  const [host = "", ...settings] = words;
  const values = host.includes("=") ? undefined : parseSettings(settings, context.report);
  const count = rangeCount([host, ...Object.values(values ?? {})]);
  if (host.includes("=")) context.report("expected a host first, then settings such as user=deploy");
  else if (typeof count === "string") context.report(count);
  else if (count > 1 && !hasRange(host)) context.report("a setting has a range, but the host has none");
  else if (context.targets.length + count > TARGETS_MAX) {
    context.report(`a fleet has at most ${TARGETS_MAX} targets`);
  } else if (values !== undefined) {
    addTargets(host, values, count, context);
  }
}

function addTargets(host: string, values: Values, count: number, context: LineContext): void {
  for (let index = 0; index < count; index++) {
    const expanded: Values = {};
    for (const key of KEYS) {
      if (values[key] !== undefined) expanded[key] = expandRanges(values[key], index);
    }
    const target = makeTarget(expandRanges(host, index), expanded, context);
    // What is wrong with one target of a range is most likely wrong with all: said once.
    if (target === undefined) return;
    context.targets.push(target);
  }
}

function parseSettings(words: readonly string[], report: (problem: string) => void): Values | undefined {
  const values: Values = {};
  let sound = true;
  const refuse = (problem: string) => {
    sound = false;
    report(problem);
  };
  for (const word of words) {
    const equals = word.indexOf("=");
    const key = word.slice(0, Math.max(equals, 0));
    const value = word.slice(equals + 1);
    if (equals < 1) refuse(`${JSON.stringify(word)}: expected key=value`);
    else if (!isKey(key)) refuse(`unknown key ${JSON.stringify(key)}; known are ${KEYS.join(", ")}`);
    else if (values[key] !== undefined) refuse(`${key} is given twice`);
    else if (value === "") refuse(`${key} has no value`);
    else if (value.length > VALUE_CHARACTERS_MAX)
      refuse(`${key} has more than ${VALUE_CHARACTERS_MAX} characters`);
    else if (/\p{Cc}/u.test(value)) refuse(`${key} holds a control character`);
    else values[key] = value;
  }
  return sound ? values : undefined;
}

function isKey(key: string): key is Key {
  return (KEYS as readonly string[]).includes(key);
}

function makeTarget(hostWord: string, values: Values, context: LineContext): Unnamed | undefined {
  const { line, group, defaults, report } = context;
  const found: string[] = [];
  const written = parseSshAddress(hostWord);
  if (typeof written === "string") {
    report(written);
    return undefined;
  }
  if (written.user !== null && values.user !== undefined)
    found.push("the user is given twice, before @ and as user=");
  if (written.port !== null && values.port !== undefined)
    found.push("the port is given twice, after : and as port=");
  if (values.user !== undefined && !isSshUser(values.user))
    found.push(`user ${JSON.stringify(values.user)} is not a user name`);
  const port = values.port === undefined ? (written.port ?? defaults.port) : parsePort(values.port);
  if (port === undefined) found.push(`port ${JSON.stringify(values.port)}: expected 1–65535`);
  const address = values.address?.replace(/^\[(.*)\]$/, "$1") ?? null;
  if (address !== null && !isHost(address)) {
    found.push(`address ${JSON.stringify(values.address)} is not a host name or address`);
  }
  if (address !== null && isLinkLocal(address)) {
    found.push(
      `address ${JSON.stringify(values.address)} is good on one link only, so that peers can't be told it`,
    );
  }
  const deployTo = values.deploy_to === undefined ? defaults.deployTo : parseDeployTo(values.deploy_to);
  if (deployTo === null) found.push("no deploy_to here, and no `deploy-to` for the whole fleet");
  if (deployTo === undefined) {
    found.push(
      `deploy_to ${JSON.stringify(values.deploy_to)}: expected an absolute path below /, without ..`,
    );
  }
  for (const problem of found) report(problem);
  if (found.length > 0 || port === undefined || typeof deployTo !== "string") return undefined;
  const writtenUser = values.user ?? written.user;
  return {
    host: written.host,
    user: writtenUser ?? defaults.user,
    port,
    written: { user: writtenUser !== null, port: (values.port ?? written.port) !== null },
    address,
    deployTo,
    zone: values.zone ?? null,
    rack: values.rack ?? null,
    group,
    line,
  };
}

function parseDeployTo(text: string): string | undefined {
  if (!text.startsWith("/") || text.split("/").includes("..")) return undefined;
  return posix.normalize(text).replace(/\/$/, "") || undefined;
}

function findDuplicates(targets: readonly Unnamed[]): string[] {
  const problems: string[] = [];
  const lines = new Map<string, number>();
  for (const target of targets) {
    const key = `${placeOf(target)} ${target.deployTo}`;
    const earlier = lines.get(key);
    if (earlier === undefined) lines.set(key, target.line);
    else if (problems.length < PROBLEMS_MAX) {
      problems.push(`line ${target.line}: ${hostAndPort(target)} is there already, on line ${earlier}`);
    }
  }
  return problems;
}

function nameTargets(targets: readonly Unnamed[]): Target[] {
  const hosts = countBy(targets, hostKey);
  const places = countBy(targets, placeOf);
  return targets.map((target) => {
    const shared = (hosts.get(hostKey(target)) ?? 0) > 1;
    const name = shared ? hostAndPort(target) : target.host;
    const sharesPlace = (places.get(placeOf(target)) ?? 0) > 1;
    return { name: sharesPlace ? `${name}:${target.deployTo}` : name, ...target };
  });
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

function placeOf(target: Pick<Target, "host" | "port">): string {
  return `${hostKey(target)} ${target.port}`;
}

/** Equal for what is the same host, however it is written; a zone tells two links apart. */
function hostKey({ host }: Pick<Target, "host">): string {
  return host.includes("%") ? host.toLowerCase() : (plainAddress(host) ?? host.toLowerCase());
}

function quoteLine(line: string): string {
  const trimmed = line.trim();
  return JSON.stringify(trimmed.length > 120 ? `${trimmed.slice(0, 117)}…` : trimmed);
}
