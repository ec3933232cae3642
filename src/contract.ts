import * as z from "zod/mini";

/**
 * Every message between the action and its agents and origin: one JSON object a line, UTF-8, `\n` at the end.
 * Both sides parse every message against these schemas. A program that gets a line it does not understand stops.
 * Units are in the names; bytes of binary data travel as base64.
 */
export const CONTRACT_VERSION = 1;

/** Of what a hook writes, the end is kept. */
export const HOOK_OUTPUT_CHARACTERS_MAX = 4_096;
export const HOOK_COMMAND_CHARACTERS_MAX = 65_536;

/** A plan with 65,536 pieces is 1.8 MB; twice that is room enough and still bounds what a reader holds. */
export const LINE_BYTES_MAX = 4 * 1024 * 1024;

/** The action sends a `ping` this often; a program that hears nothing for `SILENCE_MAX_MS` stops: its runner is gone. */
export const PING_INTERVAL_MS = 5_000;
export const SILENCE_MAX_MS = 60_000;

/**
 * How a target tries an endpoint: TCP asks again after 1 s, so that an attempt is two packets. Together they have to be told as blocked
 * well within 10 s.
 */
export const PROBE_ATTEMPTS = 2;
export const PROBE_ATTEMPT_MS = 2_500;
export const PROBE_PAUSE_MS = 250;
export const PROBE_MAX_MS = PROBE_ATTEMPTS * (PROBE_ATTEMPT_MS + PROBE_PAUSE_MS);
/** The action asks for four at most. */
const PROBE_ENDPOINTS_MAX = 16;
/** Of a machine's interfaces. */
export const ADDRESSES_MAX = 256;
const TEXT_CHARACTERS_MAX = 4_096;

const bytes = z.int().check(z.nonnegative());
const someBytes = z.int().check(z.positive());
const port = z.int().check(z.nonnegative(), z.maximum(65_535));
const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const infoHash = z.string().check(z.regex(/^[0-9a-f]{40}$/));
const address = z.string().check(z.minLength(1), z.maxLength(255));
export const releaseId = z.string().check(z.regex(/^(?!\.)[A-Za-z0-9._-]{1,100}$/));
/** Shown to people, so bounded: a traceback of a broken target must not fill a report. */
const text = z.string().check(z.maxLength(TEXT_CHARACTERS_MAX));

/** As much of what is told to people as a message may hold. */
export function bounded(told: string): string {
  return told.slice(0, TEXT_CHARACTERS_MAX);
}

const torrent = z.object({
  name: z.string().check(z.minLength(1), z.maxLength(255)),
  lengthBytes: someBytes,
  pieceLengthBytes: someBytes,
  pieces: z.base64(),
  infoHash,
  infoSha256: sha256,
});

const manifestMember = z.object({ lengthBytes: someBytes, sha256 });

const portRange = z.object({ from: port, to: port });
const token = z.string().check(z.regex(/^[0-9a-f]{32}$/));

/** How a program takes part in the swarm. Without `key` the swarm is plain BitTorrent. */
const swarm = z.object({
  key: z.nullable(z.base64()),
  uploadLimitBytesPerSecond: bytes,
});

/** Why something failed: `code` is one of ERROR_CODES; a code this version does not know is read as INTERNAL. */
const failed = z.object({
  type: z.literal("failed"),
  code: z.string().check(z.maxLength(64)),
  message: text,
});
const ping = z.object({ type: z.literal("ping") });

const trackerUrl = z.url({ protocol: /^http$/ });
const peerAddress = z.object({ host: address, port });
const zone = z.nullable(z.string().check(z.minLength(1), z.maxLength(255)));
const sharedPaths = z.array(z.string().check(z.minLength(1), z.maxLength(1_024))).check(z.maxLength(1_000));

const prepare = z.object({
  type: z.literal("prepare"),
  target: z.string().check(z.minLength(1), z.maxLength(512)),
  /** Absolute, or below the SSH user's home with `~/`. */
  deployTo: z.string().check(z.regex(/^(\/|~\/)/), z.maxLength(4_096)),
  /** Written into the lock and the log: who deploys. */
  run: z.string().check(z.maxLength(1_024)),
  /** Whether `current` is to be switched in the end, so that what forbids it is told before the first byte. */
  activate: z.boolean(),
  /** How long to wait for another deploy's lock; 0: not at all. */
  lockWaitMs: bytes,
  /** Paths in the release that are to be links into `shared/`. */
  shared: z.object({ files: sharedPaths, directories: sharedPaths }),
});
const plan = z.object({
  type: z.literal("plan"),
  release: releaseId,
  torrent,
  manifest: manifestMember,
  swarm,
  peerPorts: portRange,
  /** The target's label: it fetches from targets with the same one first. */
  zone,
  tracker: z.object({ url: trackerUrl }),
  /** Null where it is only targets that have the release. */
  seeder: z.nullable(peerAddress),
  /** What nobody else has comes here first: it is handed out as by a seeder that holds the only copy. */
  firstSeeder: z.boolean(),
});
/**
 * Take the release from the runner, by an uplink, and give it to the others meanwhile: answered with `listening`. At any moment after `plan`, also again.
 */
const uplink = z.object({ type: z.literal("uplink") });
/** Tracker and seeder are to be found there from now on. At any moment after `plan` or `seed`, without an answer. */
const track = z.object({ type: z.literal("track"), trackerUrl, seeder: z.nullable(peerAddress) });
/** Re-hash a release that is there already and change nothing; without `release`, the current one. */
const verify = z.object({
  type: z.literal("verify"),
  deployTo: z.string().check(z.startsWith("/"), z.maxLength(4_096)),
  release: z.nullable(releaseId),
});
/**
 * Re-hash a release that is there already, so that `current` can be switched to it. Answered with `verified`, or with `lacking`: then `plan` says
 * how to obtain it.
 */
const recall = z.object({ type: z.literal("recall"), release: releaseId });
/**
 * Let `current` be what it was before another agent of this run, which is gone, had switched it to this release: the link `elsewhere`, or nothing. The release is marked bad. Answered
 * with `reverted`.
 */
const restore = z.object({ type: z.literal("restore"), release: releaseId, elsewhere: z.nullable(text) });
/** What has to be known to fetch the release that was recalled. Answered with `described`. */
const describe = z.object({ type: z.literal("describe") });
/** Give the release that was recalled to those who lack it, until the end of the run. Without an answer. */
const seed = z.object({
  type: z.literal("seed"),
  swarm,
  peerPorts: portRange,
  zone,
  trackerUrl,
});
/**
 * Give the Node.js binary by which the agent runs to targets that have none, until `finish`: at `/<token>/node` by HTTP. Answered with `lending`. Only to an agent that
 * has nothing else to do.
 */
const lend = z.object({ type: z.literal("lend"), token, ports: portRange });
/** Move the verified tree to `releases/<id>`. Sent when the whole fleet has verified. */
const commit = z.object({ type: z.literal("commit") });
const hookName = z.enum(["before-activate", "after-activate", "health-check"]);
/**
 * Run a command by `sh -e` in the directory of the release. Any command that comes meanwhile ends it, unanswered.
 */
const hook = z.object({
  type: z.literal("hook"),
  hook: hookName,
  command: z.string().check(z.minLength(1), z.maxLength(HOOK_COMMAND_CHARACTERS_MAX)),
  /** For each attempt. */
  timeoutMs: someBytes,
  /** Tried again until so much time has passed; 0: once. */
  retryForMs: bytes,
});
/** Switch `current`. Sent when the fleet has committed, so that what can fail has failed before. */
const activate = z.object({ type: z.literal("activate") });
/** Let `current` be what it was before `activate`, and mark the release bad. Without `activate` nothing happens. */
const revert = z.object({ type: z.literal("revert") });
/** Remove old releases. Sent when the whole fleet has switched. */
const prune = z.object({ type: z.literal("prune"), keepReleases: someBytes });
/**
 * Try to connect to these. Answered with `probed`, whatever else the agent does meanwhile; without endpoints it is a question whether the agent
 * is well.
 */
const probe = z.object({
  type: z.literal("probe"),
  id: bytes,
  endpoints: z.array(z.object({ host: address, port })).check(z.maxLength(PROBE_ENDPOINTS_MAX)),
});
/** Stop seeding, release everything, exit. */
const finish = z.object({ type: z.literal("finish") });

export const toAgent = z.discriminatedUnion("type", [
  prepare,
  plan,
  verify,
  recall,
  restore,
  describe,
  seed,
  lend,
  uplink,
  track,
  commit,
  hook,
  activate,
  revert,
  prune,
  probe,
  finish,
  ping,
]);

const hello = z.object({
  type: z.literal("hello"),
  version: z.int(),
  program: z.enum(["agent", "origin"]),
  node: z.string().check(z.maxLength(64)),
  platform: z.string().check(z.maxLength(64)),
});
const ready = z.object({
  type: z.literal("ready"),
  currentRelease: z.nullable(z.string().check(z.maxLength(255))),
  /** Where `current` leads if it is a link that no deploy made; null where it is not. */
  currentElsewhere: z.nullable(text),
  /** What was live before, is held, and was not marked bad. */
  previousRelease: z.nullable(z.string().check(z.maxLength(255))),
  /** By their names, which is in the order of time where no other ids were given. */
  heldReleases: z.array(z.string().check(z.maxLength(255))).check(z.maxLength(1_000)),
  freeBytes: bytes,
  /** Null where the file system has no fixed number of inodes (btrfs). */
  freeInodes: z.nullable(bytes),
  /** Addresses of the target's interfaces: those at which the tracker lets it announce. */
  addresses: z.array(address).check(z.maxLength(ADDRESSES_MAX)),
  /** The ends of the SSH connection through which it was started, as sshd sees them; null where that is not told. */
  ssh: z.nullable(z.object({ clientAddress: address, serverAddress: address })),
});
/** Where an uplink finds the agent on its machine, and where its peers do. */
const listening = z.object({
  type: z.literal("listening"),
  peerPort: port,
  uplinkPath: z.string().check(z.startsWith("/"), z.maxLength(108)),
});
/** Of the probe with this id: how each endpoint was found, in their order. */
const probed = z.object({
  type: z.literal("probed"),
  id: bytes,
  ends: z
    .array(
      z.discriminatedUnion("kind", [
        z.object({
          kind: z.enum(["reached", "refused", "timed-out", "no-route", "unresolved", "forbidden"]),
        }),
        z.object({ kind: z.literal("unknown"), why: text }),
      ]),
    )
    .check(z.maxLength(PROBE_ENDPOINTS_MAX)),
});
/** It takes part in the swarm, and this is the address that the tracker gives to its peers. Told once, unasked. */
const joined = z.object({ type: z.literal("joined"), host: address, port });
const transferred = z.object({
  piecesDone: bytes,
  piecesTotal: bytes,
  bytesFromSeeder: bytes,
  bytesFromPeers: bytes,
  /** Taken from what the target held: an interrupted run, or the same release under another id. */
  bytesReused: bytes,
  bytesUploaded: bytes,
});
const progress = z.extend(transferred, {
  type: z.literal("progress"),
  /**
   * `lock`: another deploy works here, and `trouble` says which. `flush`: writing out to the disk, within a limit of its own; nothing can be counted
   * meanwhile.
   */
  step: z.enum(["lock", "resume", "fetch", "flush", "verify", "seed"]),
  /** What keeps it from the swarm at the moment: shown when it stalls. */
  trouble: z.nullable(text),
});
const fetched = z.extend(transferred, {
  type: z.literal("fetched"),
  peakRateBytesPerSecond: bytes,
  /** Peak resident memory of the agent so far. */
  memoryBytes: bytes,
});
const verified = z.object({
  type: z.literal("verified"),
  release: releaseId,
  infoHash,
  infoSha256: sha256,
  manifestSha256: sha256,
  pieces: bytes,
  files: bytes,
  sizeBytes: bytes,
});
/** It does not hold the release that was recalled, or holds it damaged; code and message as in `failed`. */
const lacking = z.object({
  type: z.literal("lacking"),
  code: z.string().check(z.maxLength(64)),
  message: text,
});
const described = z.object({ type: z.literal("described"), torrent, manifest: manifestMember });
const lending = z.object({
  type: z.literal("lending"),
  port,
  /** Of the target's interfaces. */
  addresses: z.array(address).check(z.maxLength(ADDRESSES_MAX)),
});
const committed = z.object({ type: z.literal("committed"), release: releaseId });
const activated = z.object({
  type: z.literal("activated"),
  release: releaseId,
  previous: z.nullable(z.string().check(z.maxLength(255))),
});
const hooked = z.object({
  type: z.literal("hooked"),
  hook: hookName,
  release: releaseId,
  end: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("exited"), code: bytes }),
    z.object({ kind: z.literal("killed"), signal: z.string().check(z.maxLength(32)) }),
    z.object({ kind: z.literal("timed-out"), afterMs: bytes }),
    z.object({ kind: z.literal("not-started"), why: text }),
  ]),
  attempts: bytes,
  durationMs: bytes,
  output: z.string().check(z.maxLength(HOOK_OUTPUT_CHARACTERS_MAX)),
  outputBytesDropped: bytes,
});
const reverted = z.object({
  type: z.literal("reverted"),
  /** What `current` names now; null where that is no release. */
  release: z.nullable(z.string().check(z.maxLength(255))),
});
const pruned = z.object({
  type: z.literal("pruned"),
  removed: bytes,
  /** Why not all that should be gone is. */
  trouble: z.nullable(text),
});
const finished = z.object({ type: z.literal("finished"), bytesUploaded: bytes, memoryBytes: bytes });

export const fromAgent = z.discriminatedUnion("type", [
  hello,
  ready,
  probed,
  joined,
  listening,
  progress,
  fetched,
  verified,
  lacking,
  described,
  lending,
  committed,
  hooked,
  activated,
  reverted,
  pruned,
  finished,
  failed,
]);

const pack = z.object({
  type: z.literal("pack"),
  path: z.string().check(z.minLength(1), z.maxLength(4_096)),
  exclude: z.array(z.string().check(z.maxLength(4_096))).check(z.maxLength(10_000)),
  pieceLengthBytes: z.nullable(someBytes),
});
/** Instead of `pack`: a release that was packed elsewhere and lies here as a tar. Answered with `packed` once all of it is proved. */
const open = z.object({
  type: z.literal("open"),
  path: z.string().check(z.minLength(1), z.maxLength(4_096)),
  torrent,
  manifest: manifestMember,
});
/** Instead of `pack`: the release is elsewhere, so that there is nothing to seed. Answered with `serving`, whose `seedPort` is 0. */
const trackOnly = z.object({ type: z.literal("track"), infoHash, trackerPorts: portRange });
/** Write what was packed as a tar to a file that is not there yet. Answered with `written`. */
const write = z.object({
  type: z.literal("write"),
  path: z.string().check(z.minLength(1), z.maxLength(4_096)),
});
const serve = z.object({
  type: z.literal("serve"),
  swarm,
  /** The seeder's own, with which it announces. */
  token,
  /** The seeder announces itself here so that standard clients find it. */
  announceHost: address,
  trackerPorts: portRange,
  seedPorts: portRange,
});
/**
 * Instead of `serve`: give the release to whoever connects to a private socket, without encryption, and to nobody else. Answered with `feeding`.
 */
const feed = z.object({ type: z.literal("feed"), uploadLimitBytesPerSecond: bytes });
/** From now on this target may announce, from these addresses only. `announceAs` replaces what the tracker sees. */
const admit = z.object({
  type: z.literal("admit"),
  token,
  addresses: z.array(address).check(z.maxLength(ADDRESSES_MAX)),
  announceAs: z.nullable(address),
});

export const toOrigin = z.discriminatedUnion("type", [
  pack,
  open,
  trackOnly,
  write,
  serve,
  feed,
  admit,
  finish,
  ping,
]);

const packing = z.object({ type: z.literal("packing"), files: bytes, bytes, totalBytes: z.nullable(bytes) });
const packed = z.object({
  type: z.literal("packed"),
  torrent,
  manifest: manifestMember,
  pieces: bytes,
  files: bytes,
  sizeBytes: bytes,
});
const writing = z.object({ type: z.literal("writing"), bytes, totalBytes: bytes });
const written = z.object({ type: z.literal("written"), sizeBytes: bytes, sha256 });
const serving = z.object({ type: z.literal("serving"), trackerPort: port, seedPort: port });
const feeding = z.object({
  type: z.literal("feeding"),
  uplinkPath: z.string().check(z.startsWith("/"), z.maxLength(108)),
});
const seeding = z.object({ type: z.literal("seeding"), bytesUploaded: bytes, peers: bytes });

export const fromOrigin = z.discriminatedUnion("type", [
  hello,
  packing,
  packed,
  writing,
  written,
  serving,
  feeding,
  seeding,
  finished,
  failed,
]);

export type ToAgent = z.infer<typeof toAgent>;
export type FromAgent = z.infer<typeof fromAgent>;
export type ToOrigin = z.infer<typeof toOrigin>;
export type FromOrigin = z.infer<typeof fromOrigin>;
export type MessageOf<Union extends { type: string }, Type extends Union["type"]> = Extract<
  Union,
  { type: Type }
>;
export type Plan = MessageOf<ToAgent, "plan">;
export type Packed = MessageOf<FromOrigin, "packed">;
