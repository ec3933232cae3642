import type { MessageOf, ToAgent } from "../contract.ts";
import { MurmurationError } from "../core/errors.ts";
import { pieceCount } from "../core/torrent.ts";
import { type DeployDir, deployDirAt } from "../release/deploy-dir.ts";
import { findHeldRelease, heldReleases } from "../release/held-release.ts";
import { openHeld, type ReleaseInPlace, type WantedRelease } from "../release/open-release.ts";
import type { TreeVerification } from "../release/verify-tree.ts";
import type { AgentConversation } from "./converse.ts";
import { ProgressTeller } from "./progress.ts";

const NAMED_MAX = 10;

/** Re-reads a release that is there already, and changes nothing. */
export async function verifyHeldRelease(
  { deployTo, release }: MessageOf<ToAgent, "verify">,
  conversation: AgentConversation,
): Promise<void> {
  await using _held = await proveHeldRelease(deployDirAt(deployTo), release, conversation);
  await conversation.commands.next("finish");
}

/** A release that was re-read, and can be read from by others until it is disposed of. */
export interface ProvedRelease extends ReleaseInPlace {
  readonly wanted: WantedRelease;
}

/**
 * Re-reads the release of this id, or the current one for null, and says what it is.
 * @throws MurmurationError `RELEASE_UNKNOWN`, `RELEASE_DAMAGED`
 */
export async function proveHeldRelease(
  deployDir: DeployDir,
  release: string | null,
  { commands, send }: AgentConversation,
): Promise<ProvedRelease> {
  const held = await findHeldRelease(deployDir, release);
  if (held === undefined) {
    const what = release === null ? "has no current release" : `holds no release ${release}`;
    throw new MurmurationError("RELEASE_UNKNOWN", `${deployDir.root} ${what}${others(deployDir)}`);
  }
  const { torrent, digests } = held;
  const manifest = { lengthBytes: held.text.length, sha256: held.manifestSha256 };
  const wanted = { release: held.release, torrent, digests, manifest };
  using teller = new ProgressTeller(send, pieceCount(torrent));
  const opened = await openHeld(deployDir, wanted, {
    signal: commands.signal,
    onProgress: ({ piecesDone }) => teller.at("verify", piecesDone),
  });
  await tellVerified(wanted, opened.verification, send);
  return { ...opened, wanted };
}

export async function tellVerified(
  { release, digests, manifest }: WantedRelease,
  { piecesRight, files, sizeBytes }: TreeVerification,
  send: AgentConversation["send"],
): Promise<void> {
  const { infoHash, infoSha256 } = digests;
  await send({
    type: "verified",
    release,
    infoHash,
    infoSha256,
    manifestSha256: manifest.sha256,
    pieces: piecesRight,
    files,
    sizeBytes,
  });
}

/** What could be asked for instead. */
function others(deployDir: DeployDir): string {
  const ids = heldReleases(deployDir);
  if (ids.length === 0) return "; it holds none at all";
  const more = ids.length > NAMED_MAX ? `, and ${ids.length - NAMED_MAX} more` : "";
  return `; it holds ${ids.slice(-NAMED_MAX).reverse().join(", ")}${more}`;
}
