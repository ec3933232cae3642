/** A client of package `webtorrent` with everything off but plain BitTorrent over TCP. `secure` would encrypt, at 17 ms of CPU a connection. */
export const PLAIN_TCP = {
  dht: false,
  lsd: false,
  utp: false,
  natUpnp: false,
  natPmp: false,
  utPex: false,
  webSeeds: false,
  secure: 0,
  tracker: false,
} as const;
