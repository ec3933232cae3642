/** Where things are on a target (interface.md, "On a target"). All paths are absolute. */
export interface DeployDir {
  readonly root: string;
  readonly current: string;
  readonly releases: string;
  /** `.murmuration` */
  readonly internal: string;
  readonly staging: string;
  readonly records: string;
  readonly lock: string;
  readonly log: string;
}

export function deployDirAt(_deployTo: string): DeployDir {
  throw new Error("not yet");
}

export interface DeployDirState {
  readonly freeBytes: number;
  /** Null where the file system has no fixed number of inodes. */
  readonly freeInodes: number | null;
  readonly currentRelease: string | null;
}

/**
 * Creates what is missing of `deployTo`, and proves by writing that a deploy can work there.
 * @throws MurmurationError `DEPLOY_DIR_UNWRITABLE`
 */
export async function probeDeployDir(_deployTo: string): Promise<DeployDirState> {
  throw new Error("not yet");
}
