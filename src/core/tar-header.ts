import { utf8Length } from "./manifest.ts";

export const TAR_BLOCK_BYTES = 512;

/** One member of a tar as its header needs it. `path` has no `/` at the end, directories neither. */
export type TarMember =
  | { readonly type: "directory"; readonly path: string; readonly mode: number }
  | { readonly type: "file"; readonly path: string; readonly mode: number; readonly sizeBytes: number }
  | { readonly type: "link"; readonly path: string; readonly target: string };

const NAME_FIELD_BYTES = 100;
/** Eleven octal digits (POSIX ustar); from here on the size stands in a pax record. */
const USTAR_SIZE_END_BYTES = 8 * 1024 ** 3;
const PAX_NAME = "./PaxHeaders/release";
const LINK_MODE = 0o777;

// Fields that are the same in every header.
const OWNER = octal(0, 7);
const TIME = octal(0, 11);
const MAGIC_AND_VERSION = "ustar\u000000";
const NO_NAMES = "\0".repeat(64);
const DEVICE = octal(0, 7);

/** A content's length in whole blocks, in bytes. */
export function paddedBytes(lengthBytes: number): number {
  return Math.ceil(lengthBytes / TAR_BLOCK_BYTES) * TAR_BLOCK_BYTES;
}

/**
 * The header blocks of one member: ustar (POSIX.1-1988) where everything fits, preceded by a pax extended header (POSIX.1-2001) where
 * it does not. Nothing in it depends on the machine: owner 0, time 0, no names.
 */
export function tarHeader(member: TarMember): Uint8Array {
  const name = memberName(member);
  const linkName = member.type === "link" ? member.target : "";
  const sizeBytes = member.type === "file" ? member.sizeBytes : 0;
  const mode = member.type === "link" ? LINK_MODE : member.mode;
  const typeFlag = { directory: "5", file: "0", link: "2" }[member.type];
  const records = paxRecords(name, linkName, sizeBytes);
  const ustarSize = sizeBytes < USTAR_SIZE_END_BYTES ? sizeBytes : 0;
  const header = ustarBlock(name, linkName, ustarSize, mode, typeFlag);
  if (records === "") return header;
  const extension = Buffer.from(records);
  const blocks = Buffer.alloc(TAR_BLOCK_BYTES + paddedBytes(extension.length) + TAR_BLOCK_BYTES);
  blocks.set(ustarBlock(PAX_NAME, "", extension.length, 0o644, "x"), 0);
  blocks.set(extension, TAR_BLOCK_BYTES);
  blocks.set(header, blocks.length - TAR_BLOCK_BYTES);
  return blocks;
}

/** Length of `tarHeader(member)` in bytes, without making it. */
export function tarHeaderBytes(member: TarMember): number {
  const linkName = member.type === "link" ? member.target : "";
  const records = paxRecords(memberName(member), linkName, member.type === "file" ? member.sizeBytes : 0);
  return records === "" ? TAR_BLOCK_BYTES : 2 * TAR_BLOCK_BYTES + paddedBytes(utf8Length(records));
}

function memberName(member: TarMember): string {
  return member.type === "directory" ? `${member.path}/` : member.path;
}

function paxRecords(name: string, linkName: string, sizeBytes: number): string {
  let records = "";
  if (!fitsNameField(name)) records += paxRecord("path", name);
  if (!fitsNameField(linkName)) records += paxRecord("linkpath", linkName);
  if (sizeBytes >= USTAR_SIZE_END_BYTES) records += paxRecord("size", String(sizeBytes));
  return records;
}

/** ustar says nothing about the encoding of a name, so that only ASCII is safe there. */
function fitsNameField(name: string): boolean {
  if (name.length > NAME_FIELD_BYTES) return false;
  for (let index = 0; index < name.length; index++) {
    if (name.charCodeAt(index) >= 0x80) return false;
  }
  return true;
}

/** `"<length> <key>=<value>\n"`, where the length counts its own digits too. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const restBytes = utf8Length(rest);
  let lengthBytes = restBytes + 1;
  while (restBytes + String(lengthBytes).length !== lengthBytes) lengthBytes += 1;
  return `${lengthBytes}${rest}`;
}

function ustarBlock(
  name: string,
  linkName: string,
  sizeBytes: number,
  mode: number,
  typeFlag: string,
): Uint8Array {
  const block = Buffer.alloc(TAR_BLOCK_BYTES);
  const beforeChecksum = `${nameField(name)}${octal(mode, 7)}${OWNER}${OWNER}${octal(sizeBytes, 11)}${TIME}`;
  // The checksum is taken with its own field as spaces.
  const afterChecksum = `${typeFlag}${nameField(linkName)}${MAGIC_AND_VERSION}${NO_NAMES}${DEVICE}${DEVICE}`;
  const usedBytes = block.write(`${beforeChecksum}        ${afterChecksum}`, "latin1");
  let sum = 0;
  for (let index = 0; index < usedBytes; index++) sum += block[index]!;
  block.write(`${octal(sum, 6)} `, beforeChecksum.length, "latin1");
  return block;
}

/** What a reader without pax sees: the name cut to its field, other than ASCII replaced. */
function nameField(name: string): string {
  const ascii = fitsNameField(name) ? name : name.slice(0, NAME_FIELD_BYTES).replace(/[^\0-\x7f]/g, "_");
  return ascii.padEnd(NAME_FIELD_BYTES, "\0");
}

function octal(value: number, digits: number): string {
  return `${value.toString(8).padStart(digits, "0")}\0`;
}
