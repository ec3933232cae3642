// Says so, and removes all releases of the deploy directory in argv that need not stay.
import { deployDirAt } from "../../src/release/deploy-dir.ts";
import { pruneReleases } from "../../src/release/prune.ts";

const [deployTo = ""] = process.argv.slice(2);
process.stdout.write("begins\n");
await pruneReleases(deployDirAt(deployTo), { keep: 1, signal: new AbortController().signal });
