import type { MessageOf, ToAgent } from "../contract.ts";
import { MurmurationError } from "../core/errors.ts";
import { type DeployDir, deployDirAt } from "../release/deploy-dir.ts";
import { findHeldRelease, heldReleases } from "../release/held-release.ts";
import { requireVerified, verifyTree } from "../release/verify-tree.ts";
import type { AgentConversation } from "./converse.ts";
import { ProgressTeller } from "./progress.ts";

const NAMED_MAX = 10;

/** Re-reads a release that is there already, and changes nothing. */
export async function verifyHeldRelease(
  { deployTo, release }: MessageOf<ToAgent, "verify">,
  conversation: AgentConversation,
): Promise<void> {
  await proveHeldRelease(deployDirAt(deployTo), release, conversation);
  await conversation.commands.next("finish");
}

/**
 * Re-reads the release of this id, or the current one for null, and says what it is.
 * @throws MurmurationError `RELEASE_UNKNOWN`, `RELEASE_DAMAGED`
 */
export async function proveHeldRelease(
  deployDir: DeployDir,
  release: string | null,
  { commands, send }: AgentConversation,
): Promise<void> {
  const held = await findHeldRelease(deployDir, release);
  if (held === undefined) {
    const what = release === null ? "has no current release" : `holds no release ${release}`;
    throw new MurmurationError("RELEASE_UNKNOWN", `${deployDir.root} ${what}${others(deployDir)}`);
  }
  const piecesTotal = held.torrent.pieces.length / 20;
  using teller = new ProgressTeller(send, piecesTotal);
  const verification = await verifyTree(held.tree, held, held.torrent, {
    signal: commands.signal,
    onProgress: ({ piecesDone }) => teller.at("verify", piecesDone),
  });
  requireVerified(verification, { code: "RELEASE_DAMAGED", extras: "allow", root: held.tree });
  await send({
    type: "verified",
    release: held.release,
    infoHash: held.digests.infoHash,
    infoSha256: held.digests.infoSha256,
    manifestSha256: held.manifestSha256,
    pieces: verification.piecesRight,
    files: verification.files,
    sizeBytes: verification.sizeBytes,
  });
}

/** What could be asked for instead. */
function others(deployDir: DeployDir): string {
  const ids = heldReleases(deployDir);
  if (ids.length === 0) return "; it holds none at all";
  const more = ids.length > NAMED_MAX ? `, and ${ids.length - NAMED_MAX} more` : "";
  return `; it holds ${ids.slice(-NAMED_MAX).reverse().join(", ")}${more}`;
}
