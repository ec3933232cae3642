import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { dirname } from "node:path";
import ssh2, { type AuthContext, type ParsedKey, type PublicKeyAuthContext } from "ssh2";
import { type EmbeddedSession, endSessions, startEmbeddedSession } from "./embedded-session.ts";

export interface EmbeddedHostOptions {
  /** Loopback address to listen on. */
  readonly address: string;
  /** `0`: any free one. Taken already: any free one too. */
  readonly port: number;
  /** HOME and working directory of every command. Created. */
  readonly home: string;
  /** Whose private half may log in. */
  readonly authorizedKey: ParsedKey;
}

/** An SSH server inside this process that runs commands in one folder: a whole target on any machine, without root. */
export interface EmbeddedHost extends AsyncDisposable {
  readonly port: number;
  /** The public host key as in a known_hosts line: `ssh-ed25519 AAAA…`. */
  readonly hostKey: string;
  /** Process groups of the commands that run now. */
  processGroups(): readonly number[];
  /** SIGKILL to whatever runs there; the connections stay. */
  kill(): void;
}

export async function startEmbeddedHost(options: EmbeddedHostOptions): Promise<EmbeddedHost> {
  const hostKeyPair = generateKeyPair();
  const sessions = new Set<EmbeddedSession>();
  const environment = environmentOf(options.home);

  const ssh = new ssh2.Server({ hostKeys: [hostKeyPair.private] }, (connection) => {
    // A reset connection closes too, and that is what the sessions listen to.
    connection.on("error", () => {});
    connection.on("authentication", (context) => authenticate(context, options.authorizedKey));
    connection.on("session", (accept) => {
      accept().on("exec", (acceptExec, _reject, { command }) => {
        const session = startEmbeddedSession(acceptExec(), { command, directory: options.home, environment });
        sessions.add(session);
        session.ended.then(() => sessions.delete(session));
      });
    });
  });

  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    ssh.injectSocket(socket);
  });

  await mkdir(options.home, { recursive: true });
  await listen(server, options);
  return {
    port: (server.address() as AddressInfo).port,
    hostKey: hostKeyPair.public,
    processGroups: () => [...sessions].flatMap((session) => session.processGroup ?? []),
    kill: () => {
      for (const session of sessions) session.kill();
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await endSessions(sessions);
      await closed;
    },
  };
}

/** Ed25519 in OpenSSH's format. ssh2 makes a key that it cannot read itself about once in a hundred, so each is tried. */
export function generateKeyPair(): { private: string; public: string } {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync("ed25519");
    if (!(ssh2.utils.parseKey(pair.private) instanceof Error)) return pair;
  }
}

function authenticate(context: AuthContext, authorized: ParsedKey): void {
  if (context.method === "publickey" && isAuthorized(context, authorized)) context.accept();
  else context.reject(["publickey"]);
}

function isAuthorized(context: PublicKeyAuthContext, authorized: ParsedKey): boolean {
  if (context.key.algo !== authorized.type) return false;
  if (!context.key.data.equals(authorized.getPublicSSH())) return false;
  // Without a signature the client only asks whether the key would do (RFC 4252 §7).
  if (context.signature === undefined || context.blob === undefined) return true;
  return authorized.verify(context.blob, context.signature, context.hashAlgo);
}

/** What a login by SSH would give, with the Node.js that runs this on its PATH, and nothing of the caller's own environment. */
function environmentOf(home: string): Record<string, string> {
  const node = dirname(process.execPath);
  return {
    HOME: home,
    PATH: `${node}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin`,
    SHELL: "/bin/sh",
    LANG: "C.UTF-8",
    USER: "demo",
    LOGNAME: "demo",
  };
}

async function listen(server: Server, { address, port }: EmbeddedHostOptions): Promise<void> {
  try {
    server.listen(port, address);
    await once(server, "listening");
  } catch (error) {
    if (port === 0 || (error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    server.listen(0, address);
    await once(server, "listening");
  }
}
