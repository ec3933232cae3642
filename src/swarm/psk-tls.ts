import type { Socket, TcpSocketConnectOpts } from "node:net";
import * as tls from "node:tls";

/**
 * TLS 1.3 with a pre-shared key (RFC 8446 §2.2): no certificate, both sides prove that they know the run's key. AES-128-GCM
 * was 0.8 of plain TCP's rate on one connection; the key is made for one run and dies with it.
 */
const SUITE = { ciphers: "TLS_AES_128_GCM_SHA256", minVersion: "TLSv1.3", maxVersion: "TLSv1.3" } as const;
const IDENTITY = "murmuration";

/** One for all connections; without any certificate authority, so that no certificate stands in for the key. */
const CONTEXT = tls.createSecureContext({ ...SUITE, ca: [] });

/** Wraps an accepted socket. The peer has authenticated when `secure` is emitted. */
export function acceptPskTls(socket: Socket, key: Buffer): tls.TLSSocket {
  return new tls.TLSSocket(socket, {
    isServer: true,
    secureContext: CONTEXT,
    pskCallback: (_socket: tls.TLSSocket, identity: string) => (identity === IDENTITY ? key : null),
  } as tls.TLSSocketOptions);
}

/** `secureConnect` is emitted when the peer has authenticated. */
export function connectPskTls(to: TcpSocketConnectOpts, key: Buffer): tls.TLSSocket {
  return tls.connect({
    ...to,
    secureContext: CONTEXT,
    pskCallback: () => ({ psk: key, identity: IDENTITY }),
    // Called for a peer that showed a certificate, which TLS 1.3 allows it to do instead of using the key.
    checkServerIdentity: () => new Error("the peer does not use this run's key"),
  } as tls.ConnectionOptions);
}
