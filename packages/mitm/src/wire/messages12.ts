import type { Forged } from '../stage.ts';
import type { Offer } from './client-hello.ts';
import { EXTENSION, HANDSHAKE, VERSION } from './codes.ts';
import { alpnExtension, certificateStatus, schemeList } from './messages13.ts';
import type { Plan } from './plan.ts';
import { extension, handshake, number, vector } from './writer.ts';

/** Messages of a server up to TLS 1.2 (RFC 5246 7.4, RFC 8422 5), and the extensions of its hello. */

/** SSL 3.0 has no extensions. */
export function extensions12(plan: Plan, forged: Forged, offer: Offer): Uint8Array[] {
  if (plan.version === VERSION.ssl3) return [];
  const asked = (type: number): boolean => offer.extensions.has(type);
  return [
    ...(saysRenegotiation(offer) ? [extension(EXTENSION.renegotiationInfo, vector(1))] : []),
    ...(asked(EXTENSION.extendedMasterSecret) ? [extension(EXTENSION.extendedMasterSecret)] : []),
    ...(asked(EXTENSION.pointFormats) ? [extension(EXTENSION.pointFormats, vector(1, number(1, 0)))] : []),
    ...(plan.alpn === undefined ? [] : [alpnExtension(plan.alpn)]),
    ...(forged.staple && asked(EXTENSION.statusRequest) ? [extension(EXTENSION.statusRequest)] : []),
    ...(forged.timestamps && asked(EXTENSION.timestamps) ? [extension(EXTENSION.timestamps, forged.timestamps)] : []),
  ];
}

/** By extension or by TLS_EMPTY_RENEGOTIATION_INFO_SCSV (RFC 5746 3.4). */
function saysRenegotiation(offer: Offer): boolean {
  return offer.extensions.has(EXTENSION.renegotiationInfo) || offer.ciphers.includes(0x00ff);
}

export function certificate12(forged: Forged): Uint8Array {
  return handshake(HANDSHAKE.certificate, vector(3, ...forged.chain.map((der) => vector(3, der))));
}

export function certificateStatus12(staple: Uint8Array): Uint8Array {
  return handshake(HANDSHAKE.certificateStatus, certificateStatus(staple));
}

/** rsa_sign and ecdsa_sign; the schemes are named from TLS 1.2 on; no authorities. */
export function certificateRequest12(version: number): Uint8Array {
  const schemes = version === VERSION['tls1.2'] ? [schemeList()] : [];
  return handshake(HANDSHAKE.certificateRequest, vector(1, Uint8Array.of(1, 64)), ...schemes, vector(2));
}

export function serverHelloDone(): Uint8Array {
  return handshake(HANDSHAKE.serverHelloDone);
}
