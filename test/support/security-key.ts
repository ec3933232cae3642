import { generateKeyPairSync } from "node:crypto";
import { string, uint32 } from "../../src/core/ssh-wire.ts";

const TYPE = "sk-ssh-ed25519@openssh.com";
const MAY_SIGN_IF_TOUCHED = 1;
/** Of the cipher `none`: the private half fills whole blocks. */
const BLOCK_BYTES = 8;

/** What `ssh-keygen -t ed25519-sk` leaves of a key whose private half is in a FIDO token (OpenSSH's PROTOCOL.u2f and PROTOCOL.key); the token is nowhere. */
export function makeSecurityKey(): { readonly text: string; readonly publicLine: string } {
  const { x = "" } = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
  const point = [string(TYPE), string(Buffer.from(x, "base64url")), string("ssh:")];
  const handle = [Buffer.of(MAY_SIGN_IF_TOUCHED), string(Buffer.alloc(64, 7)), string("")];
  const check = Buffer.from("same");
  const inner = Buffer.concat([check, check, ...point, ...handle, string("a token")]);
  const padding = Buffer.from(Array.from({ length: -inner.length & (BLOCK_BYTES - 1) }, (_, at) => at + 1));
  const body = Buffer.concat([
    Buffer.from("openssh-key-v1\0"),
    ...[string("none"), string("none"), string(""), uint32(1)],
    ...[string(Buffer.concat(point)), string(Buffer.concat([inner, padding]))],
  ]);
  const lines = body.toString("base64").match(/.{1,70}/g) ?? [];
  const [begin, end] = ["BEGIN", "END"].map((word) => `-----${word} OPENSSH PRIVATE KEY-----`);
  return {
    text: `${[begin, ...lines, end].join("\n")}\n`,
    publicLine: `${TYPE} ${Buffer.concat(point).toString("base64")}\n`,
  };
}
