import type { MessageOf, ToAgent } from "../contract.ts";
import { MurmurationError } from "../core/errors.ts";
import { deployDirAt } from "../release/deploy-dir.ts";
import { findHeldRelease } from "../release/held-release.ts";
import { requireVerified, verifyTree } from "../release/verify-tree.ts";
import type { AgentConversation } from "./converse.ts";
import { ProgressTeller } from "./progress.ts";

/** Re-reads a release that is there already, and changes nothing. */
export async function verifyHeldRelease(
  { deployTo, release }: MessageOf<ToAgent, "verify">,
  { commands, send }: AgentConversation,
): Promise<void> {
  const held = await findHeldRelease(deployDirAt(deployTo), release);
  if (held === undefined) {
    const what = release === null ? "has no current release" : `holds no release ${release}`;
    throw new MurmurationError("RELEASE_UNKNOWN", `${deployTo} ${what}`);
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
  await commands.next("finish");
}
