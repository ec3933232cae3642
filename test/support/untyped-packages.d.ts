declare module "parse-torrent" {
  /** Reads a `.torrent` file as webtorrent does. */
  export default function parseTorrent(
    file: Uint8Array,
  ): Promise<{ readonly infoHash: string; readonly length: number; readonly private?: boolean }>;
}
