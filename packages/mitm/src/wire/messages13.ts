import { concat } from '@assay/formats';
import type { Forged } from '../stage.ts';
import type { Offer } from './client-hello.ts';
import { EXTENSION, HANDSHAKE, VERSION } from './codes.ts';
import { SCHEMES, type Scheme } from './signing.ts';
import { extension, handshake, number, vector } from './writer.ts';

/** Messages of a TLS 1.3 server after its hello (RFC 8446 4.3, 4.4), and the extensions of the hello. */

export function shareExtensions(group: number, publicKey: Uint8Array): Uint8Array[] {
  return [selectedVersion(), extension(EXTENSION.keyShare, number(2, group), vector(2, publicKey))];
}

/** Of a HelloRetryRequest: the group that the client is to send a share for. */
export function retryExtensions(group: number): Uint8Array[] {
  return [selectedVersion(), extension(EXTENSION.keyShare, number(2, group))];
}

function selectedVersion(): Uint8Array {
  return extension(EXTENSION.supportedVersions, number(2, VERSION['tls1.3']));
}

export function alpnExtension(protocol: string): Uint8Array {
  return extension(EXTENSION.alpn, vector(2, vector(1, Buffer.from(protocol, 'latin1'))));
}

/** Of a ServerHello: the first session that the client named goes on. */
export function sessionExtension(): Uint8Array {
  return extension(EXTENSION.preSharedKey, number(2, 0));
}

export function encryptedExtensions(alpn: string | undefined, takesEarlyData: boolean): Uint8Array {
  const extensions = [
    ...(alpn === undefined ? [] : [alpnExtension(alpn)]),
    ...(takesEarlyData ? [extension(EXTENSION.earlyData)] : []),
  ];
  return handshake(HANDSHAKE.encryptedExtensions, vector(2, ...extensions));
}

/** SignatureSchemes that we name where we ask for a client's certificate: nothing is verified, so all that are usual. */
export function schemeList(): Uint8Array {
  return vector(2, ...SCHEMES.map(({ id }) => number(2, id)));
}

export function certificateRequest13(): Uint8Array {
  const extensions = extension(EXTENSION.signatureAlgorithms, schemeList());
  return handshake(HANDSHAKE.certificateRequest, vector(1), vector(2, extensions));
}

/** The leaf brings staple and timestamps where the client asked for them (RFC 8446 4.4.2.1, RFC 6962 3.3.1). */
export function certificate13(forged: Forged, offer: Offer): Uint8Array {
  const [leaf, ...others] = forged.chain.map((der) => vector(3, der));
  const extensions = [
    ...(forged.staple && offer.extensions.has(EXTENSION.statusRequest) ? [stapleExtension(forged.staple)] : []),
    ...(forged.timestamps && offer.extensions.has(EXTENSION.timestamps)
      ? [extension(EXTENSION.timestamps, forged.timestamps)]
      : []),
  ];
  const entries = leaf === undefined ? [] : [leaf, vector(2, ...extensions)];
  const further = others.flatMap((der) => [der, vector(2)]);
  return handshake(HANDSHAKE.certificate, vector(1), vector(3, ...entries, ...further));
}

function stapleExtension(staple: Uint8Array): Uint8Array {
  return extension(EXTENSION.statusRequest, certificateStatus(staple));
}

/** CertificateStatus: an OCSP response (RFC 6066 8). */
export function certificateStatus(staple: Uint8Array): Uint8Array {
  return concat(number(1, 1), vector(3, staple));
}

/** RFC 8446 4.4.3: what a server's CertificateVerify signs. */
export function signedContent13(transcript: Uint8Array): Uint8Array {
  const context = Buffer.from('TLS 1.3, server CertificateVerify\0');
  return concat(new Uint8Array(64).fill(0x20), context, transcript);
}

export function certificateVerify(scheme: Scheme, signature: Uint8Array): Uint8Array {
  return handshake(HANDSHAKE.certificateVerify, number(2, scheme.id), vector(2, signature));
}
