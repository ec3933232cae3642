import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SshdFleet } from "./sshd-fleet.ts";

/**
 * Makes `build/` from the version: something hidden, a link, some bytes, and the commands that examples run on a server. A version that is called
 * broken is not healthy. Each command notes that it ran.
 */
const BUILD_SCRIPT = `
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
const version = readFileSync("version.txt", "utf8").trim();
mkdirSync("build/assets", { recursive: true });
writeFileSync("build/index.html", "<title>" + version + "</title>\\n");
writeFileSync("build/.htaccess", "deny from all\\n");
writeFileSync("build/assets/app.js", version.repeat(200_000));
const commands = {
  migrate: 'test "$1" = --check',
  reload: "grep -q SHARED app.env",
  health: "! grep -q broken index.html",
};
for (const [name, command] of Object.entries(commands)) {
  writeFileSync("build/" + name, "#!/bin/sh\\necho " + name + " $MURMURATION_RELEASE >> /srv/notes\\n" + command + "\\n");
  chmodSync("build/" + name, 0o755);
}
symlinkSync("assets/app.js", "build/latest.js");
`;

/** A repository that the examples can build and deploy: two data centres, one after the other in the fleet. */
export interface ExampleShop extends Disposable {
  readonly repository: string;
  /** What the files in `secrets` and `vars` of the examples are. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
  /** The next push. */
  setVersion(version: string): void;
  writeInventory(name: string, indexes: readonly number[]): void;
}

export function makeExampleShop(fleet: SshdFleet): ExampleShop {
  const repository = mkdtempSync(join(tmpdir(), "murmuration-shop-"));
  const write = (path: string, content: string) => writeFileSync(join(repository, path), content);
  const name = { name: "shop", version: "1.0.0" };
  write("package.json", JSON.stringify({ ...name, type: "module", scripts: { build: "node build.js" } }));
  write("package-lock.json", JSON.stringify({ ...name, lockfileVersion: 3, packages: { "": name } }));
  write("build.js", BUILD_SCRIPT);
  write("version.txt", "one\n");
  mkdirSync(join(repository, "fleet"));
  chmodSync(repository, 0o755);
  return {
    repository,
    secrets: { DEPLOY_SSH_KEY: fleet.privateKey },
    vars: { FLEET_KNOWN_HOSTS: fleet.knownHostsText },
    setVersion: (version) => write("version.txt", `${version}\n`),
    writeInventory(inventory, indexes) {
      const targets = indexes.map((index) => fleet.targets[index]!);
      const lines = targets.map(({ host, port }) => `root@${host}:${port}\n`);
      write(`fleet/${inventory}.ini`, `[web]\n${lines.join("")}`);
    },
    [Symbol.dispose]: () => rmSync(repository, { recursive: true, force: true }),
  };
}
