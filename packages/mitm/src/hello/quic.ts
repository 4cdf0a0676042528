/** The header of a client's first datagram over QUIC; nothing is decrypted. */
export interface QuicInitial {
  /** Wire value: 1 for RFC 9000, 0x6b3343cf for RFC 9369. */
  readonly version: number;
  readonly name: string;
  /** A ClientHello is likely within: an Initial packet, padded to 1,200 octets as servers demand (RFC 9000 14.1). */
  readonly padded: boolean;
}

const VERSION_2 = 0x6b3343cf;
const LONG = 0x80;
const FIXED = 0x40;
const MOST_ID = 20;
const LEAST_DATAGRAM = 1_200;

/** A draft's number is in its last octet; reserved ones force a negotiation (RFC 9000 15). */
const NAMES: readonly (readonly [holds: (version: number) => boolean, name: (version: number) => string])[] = [
  [(version) => version === 1, () => 'QUIC 1'],
  [(version) => version === VERSION_2, () => 'QUIC 2'],
  [(version) => version >>> 8 === 0xff0000, (version) => `QUIC draft ${version & 0xff}`],
  [(version) => (version & 0x0f0f0f0f) === 0x0a0a0a0a, () => 'QUIC, reserved version'],
];

/** The Initial packet of a datagram (RFC 9000 17.2.2; other type bits in version 2, RFC 9369 3.2); nothing where it is none. */
export function readQuicInitial(datagram: Uint8Array): QuicInitial | undefined {
  const first = datagram[0] ?? 0;
  if (datagram.length < 7 || (first & (LONG | FIXED)) !== (LONG | FIXED)) return undefined;
  const version = new DataView(datagram.buffer, datagram.byteOffset).getUint32(1);
  const type = (first >> 4) & 3;
  // Version 0 is a negotiation, which only servers send.
  if (version === 0 || type !== (version === VERSION_2 ? 1 : 0) || !hasIds(datagram)) return undefined;
  const name = NAMES.find(([holds]) => holds(version))?.[1](version) ?? `QUIC 0x${version.toString(16)}`;
  return { version, name, padded: datagram.length >= LEAST_DATAGRAM };
}

function hasIds(datagram: Uint8Array): boolean {
  const destination = datagram[5] ?? 0;
  const source = datagram[6 + destination];
  return (
    destination <= MOST_ID && source !== undefined && source <= MOST_ID && datagram.length > 7 + destination + source
  );
}
