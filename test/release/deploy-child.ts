// One deploy of argv's tree to argv's directory under argv's id, to be killed at any moment. Says when it begins.
import { acquireLock } from "../../src/release/lock.ts";
import { deploy, newDeployDir, pack } from "./deploy-fixture.ts";

const [path = "", deployTo = "", release = ""] = process.argv.slice(2);
const packed = await pack(path);
const deployDir = await newDeployDir(deployTo);
await using _lock = await acquireLock(deployDir, { run: "a child" });
process.stdout.write("begins\n");
await deploy(deployDir, packed, release);
process.stdout.write("done\n");
