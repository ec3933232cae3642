import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import type { ParsedKey } from "ssh2";
import { string, uint32 } from "../core/ssh-wire.ts";
import type { ParsedPrivateKey } from "./ssh-private-key.ts";

/** The agent protocol, draft-ietf-sshm-ssh-agent §5: message numbers, and flags that ask for other hashes than SHA-1. */
const FAILURE = 5;
const REQUEST_IDENTITIES = 11;
const IDENTITIES_ANSWER = 12;
const SIGN_REQUEST = 13;
const SIGN_RESPONSE = 14;
const RSA_SHA2_256 = 2;
const RSA_SHA2_512 = 4;
/** What is signed is a few hundred bytes; OpenSSH's own agent takes no more either. */
const MESSAGE_BYTES_MAX = 256 * 1024;

/**
 * An SSH agent in this process that holds one key: OpenSSH's programs sign with it, and the key itself is never in a file or another process.
 * It ends with this process, however that ends. Whoever may open `socketPath` may sign, so its folder must be closed to others.
 *
 * The one of ssh2 does not understand what OpenSSH says first since its version 8.9 (an extension, which it takes for the start of other messages).
 */
export async function serveKey({ parsed }: ParsedPrivateKey, socketPath: string): Promise<AsyncDisposable> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    converse(socket, parsed);
  });
  server.listen(socketPath);
  await once(server, "listening");
  return {
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function converse(socket: Socket, key: ParsedKey): void {
  let pending = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 4) {
      const end = 4 + pending.readUInt32BE(0);
      if (end > MESSAGE_BYTES_MAX) return void socket.destroy();
      if (pending.length < end) return;
      socket.write(string(answer(pending.subarray(4, end), key)));
      pending = pending.subarray(end);
    }
  });
}

function answer(message: Buffer, key: ParsedKey): Buffer {
  const failure = Buffer.of(FAILURE);
  try {
    const blob = key.getPublicSSH();
    if (message[0] === REQUEST_IDENTITIES)
      return Buffer.concat([Buffer.of(IDENTITIES_ANSWER), uint32(1), string(blob), string("")]);
    if (message[0] !== SIGN_REQUEST) return failure;
    const [wanted, afterWanted] = readString(message, 1);
    const [data, afterData] = readString(message, afterWanted);
    if (!wanted.equals(blob)) return failure;
    const signature = sign(key, data, message.readUInt32BE(afterData));
    return signature === undefined ? failure : Buffer.concat([Buffer.of(SIGN_RESPONSE), string(signature)]);
  } catch {
    // It ends before it is whole.
    return failure;
  }
}

/** RFC 4253 §6.6: the format's name and its bytes. */
function sign(key: ParsedKey, data: Buffer, flags: number): Buffer | undefined {
  const isRsa = key.type === "ssh-rsa";
  const bits = flags & RSA_SHA2_512 ? 512 : 256;
  // With SHA-1 nothing is signed.
  if (isRsa && (flags & (RSA_SHA2_256 | RSA_SHA2_512)) === 0) return undefined;
  const signed = isRsa ? key.sign(data, `sha${bits}`) : key.sign(data);
  if (signed instanceof Error) return undefined;
  const bytes = key.type.startsWith("ecdsa-") ? ecdsaSignature(signed) : signed;
  return Buffer.concat([string(isRsa ? `rsa-sha2-${bits}` : key.type), string(bytes)]);
}

/** From the DER that Node makes, `SEQUENCE { INTEGER r, INTEGER s }`, to the two `mpint` of RFC 5656 §3.1.2. Both hold an integer in the same bytes. */
function ecdsaSignature(der: Buffer): Buffer {
  // A sequence of 128 bytes and more, as P-521 makes, has one more byte of length.
  const r = der[1]! < 0x80 ? 2 : 3;
  const s = r + 2 + der[r + 1]!;
  return Buffer.concat(
    [r, s].map((integer) => string(der.subarray(integer + 2, integer + 2 + der[integer + 1]!))),
  );
}

/** The string at `offset` and where the next field begins. @throws RangeError where it is not whole */
function readString(message: Buffer, offset: number): [Buffer, number] {
  const start = offset + 4;
  const end = start + message.readUInt32BE(offset);
  if (end > message.length) throw new RangeError("a string is cut off");
  return [message.subarray(start, end), end];
}
