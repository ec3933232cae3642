/**
 * Every way in which a run can fail, with what a person does about it. The codes are stable: the report, the annotations and
 * the troubleshooting table of the README (generated from this list) use them. Programs on targets know the codes only as a type.
 */
export const ERROR_CODES = {
  INPUT_INVALID: "Correct the inputs that the message lists; nothing was contacted or changed.",
  SOURCE_UNREADABLE: "Check that `path` exists and that the runner's user may read everything below it.",
  SOURCE_UNSUPPORTED:
    "Remove what the message names or list it in `exclude`; only files, directories and symbolic links are shipped.",
  SOURCE_CHANGED:
    "Something wrote to `path` during the deploy. Let the build finish first, or deploy a copy, and run again.",
  HOST_UNREACHABLE:
    "Check name, port and firewall, and that sshd runs there; then run again, the other targets resume from what they hold.",
  HOST_KEY_UNKNOWN:
    "Compare the printed key with the host's own, then add the printed line to `ssh-known-hosts`.",
  HOST_KEY_CHANGED:
    "The host shows another key than the pinned one. If it was reinstalled, replace its line in `ssh-known-hosts`; if not, somebody may be in between.",
  HOST_KEY_REVOKED: "The key is marked @revoked in `ssh-known-hosts`. Give the host a new key and pin that.",
  AUTH_REFUSED:
    "Check `ssh-user` and that the public half of `ssh-key` stands in authorized_keys of that user on the host that the message names.",
  SSH_LOST:
    "The connection broke. Check the network and sshd's log on the target; then run again, the target resumes from what it holds.",
  LOGIN_SHELL_UNFIT:
    "`ssh USER@HOST echo hello` must print hello and little else. Give the user a shell that runs commands (`usermod --shell /bin/sh USER`) and no `ForceCommand`; what start-up files such as .bashrc print, ask or `exec` belongs into sessions with a terminal.",
  JUMP_REFUSED:
    "Let sshd on the jump host forward: `AllowTcpForwarding yes` or `local`, no `DisableForwarding`, the target in `PermitOpen` where that is set, and neither `restrict` nor `no-port-forwarding` before the key in authorized_keys.",
  JUMP_LOST:
    "The connection to the jump host broke, and with it those to all targets behind it. Check the network and sshd's log there; then run again, the targets resume from what they hold.",
  NODE_MISSING:
    "Give a runtime for the target's platform in `node-runtime`, or install Node.js 22 or newer on the target, on the PATH of non-interactive SSH sessions.",
  NODE_TOO_OLD:
    "Give a runtime for the target's platform in `node-runtime`, or install Node.js 22 or newer on the target.",
  NODE_UNUSABLE:
    "The message says why the Node.js runtime does not run on the target. Give a build that does in `node-runtime`, or install Node.js 22 or newer there.",
  AGENT_DIR_NOEXEC:
    "Set `agent-dir` to a directory on the target from which programs may be run; its file system must not be mounted noexec.",
  AGENT_PUSH_FAILED:
    "Set `agent-dir` to a folder on the target that the SSH user may write to, with room for a few MiB, or for 130 where the target has no Node.js.",
  AGENT_FAILED:
    "The agent on the target stopped unexpectedly. Its last words are in the message; if they do not help, report them as a bug.",
  ORIGIN_FAILED:
    "Tracker and seeder, on the runner or where `seed-from` has them, stopped unexpectedly. The last words are in the message.",
  CONTRACT_VIOLATED:
    "The other program sent something that this version does not understand. Remove `agent-dir` on the target and run again.",
  DEPLOY_DIR_UNWRITABLE:
    "Give the SSH user write permission to `deploy-to` on the target, or create it for that user.",
  DISK_FULL: "Free the space (or inodes) that the message names, then run again.",
  LOCK_HELD:
    "Another deploy works on this target. Wait until it has ended, then run again; or set `lock-wait`, and this one waits for it.",
  RELEASE_CONFLICT: "A release of this id with other contents is on the target. Choose another `release`.",
  RELEASE_DAMAGED:
    "Files of the release differ from what was deployed. Deploy the same build again under a new `release`.",
  RELEASE_UNKNOWN: "The target holds no such release. Check `release` or `rollback-to`, or deploy first.",
  RELEASE_DIFFERS:
    "The target holds another release, or other contents, than the rest of the fleet. Deploy again.",
  ROLLBACK_UNCLEAR:
    "Name the release in `rollback-to`; who lacks it gets it from the others. The messages say what was live where.",
  CURRENT_NOT_A_LINK:
    "Move the file or directory at `current` away; it was not made by a deploy and is never replaced.",
  SHARED_FILE_MISSING: "Create the file on the target, in `shared/` below `deploy-to`; nothing was touched.",
  SHARED_PATH_TAKEN:
    "The release ships something at a path that `shared-files` or `shared-dirs` is to link. Leave it out of the build, or off the list.",
  HOOK_FAILED:
    "The command's last words are in the message, more of them in the report. Correct the command, or what it found on the target.",
  HEALTH_CHECK_FAILED:
    "The new release did not become healthy on this target within `health-timeout`. The check's last words are in the message; look into the application's own log there.",
  PUT_BACK: "Nothing is wrong with this target: the release failed elsewhere, and it was put back.",
  PUT_BACK_FAILED:
    "This target may still be on the new release, while others were put back. Run `mode: rollback`, or deploy again.",
  TRACKER_UNREACHABLE:
    "Open the way from the target to the tracker; `tracker-port` makes it one port or a small range. If the address in the message is not the one at which the fleet reaches that machine, set `announce-address`. If it is the runner, and the fleet can't reach it at all, as behind NAT: `seed-from: bastion` or `first-target`.",
  SEEDER_UNREACHABLE:
    "Open the way from the targets to the seeder; `seed-port` makes it one port or a small range. If the address in the message is not the one at which the fleet reaches that machine, set `announce-address`. If it is the runner, and the fleet can't reach it at all, as behind NAT: `seed-from: bastion` or `first-target`.",
  PEER_PORT_TAKEN: "No port of `peer-port`, `seed-port` or `tracker-port` is free; widen the range.",
  SEED_HOST_LOST:
    "The machine by way of which the fleet gets the release (`seed-from`) was lost. Check it, its network and sshd's log there; then run again: it and the targets resume from what they hold.",
  TRANSFER_STALLED:
    "No byte came for `stall-timeout`. Check the firewall between the targets and to the runner (`peer-port`, `seed-port`), or raise it.",
  TRANSFER_TIMEOUT: "The swarm did not finish within `transfer-timeout`. Raise it if the links are slow.",
  VERIFY_FAILED:
    "What the disk returned is not what was written. Check the target's disk, and what else writes to `deploy-to`.",
  TARGET_SILENT: "The agent did not answer in time. Check the target's load and disk, then run again.",
  FLEET_INCOMPLETE:
    "Other targets failed. Mend those and run again; this one has done its part and moves nothing twice.",
  ARTIFACT_UNAVAILABLE:
    "Check `artifact` and `run-id`, that the run with `mode: package` succeeded and its artifacts have not expired, and that `github-token` has `actions: read`. Else package again.",
  ARTIFACT_DAMAGED: "What was read is not what was packaged. Run again; if it stays, package again.",
  ARTIFACT_NOT_STORED:
    "The release was packed, but GitHub did not take it. Check the storage quota and GitHub's status, then run again.",
  CANCELLED:
    "The run was cancelled; `current` was left as it was on every target that had not been activated.",
  INTERNAL: "This is a bug. Please report the message and the log.",
} as const satisfies Record<string, string>;

export type ErrorCode = keyof typeof ERROR_CODES;

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CODES, code);
}
