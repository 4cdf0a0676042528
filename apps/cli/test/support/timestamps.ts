import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { concat, DerReader, der, TAG, toPem, uint32 } from '@assay/formats';
import type { Minted } from './certificates.ts';

/** A log of Certificate Transparency whose key we hold. */
export interface MintedLog {
  readonly id: Uint8Array;
  readonly spki: Uint8Array;
  readonly key: KeyObject;
}

export function mintLog(): MintedLog {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return { id: createHash('sha256').update(spki).digest(), spki, key: privateKey };
}

export const TIMESTAMP: number = Date.UTC(2026, 0, 1);

const SCT_LIST = '1.3.6.1.4.1.11129.2.4.2';
const uint = (value: number, octets: number): Uint8Array => uint32(value).subarray(4 - octets);
const opaque = (content: Uint8Array, octets: number): Uint8Array => concat(uint(content.length, octets), content);
const time = concat(uint32(Math.floor(TIMESTAMP / 2 ** 32)), uint32(TIMESTAMP % 2 ** 32));

/**
 * The certificate with a timestamp of each log inside, in PEM. Its own signature is not made again: who looks at timestamps
 * does not look at it. `behind` are octets after the list.
 */
export function stamped(
  leaf: Minted,
  issuer: Minted,
  logs: readonly MintedLog[],
  behind: readonly number[] = [],
): string {
  const tbs = DerReader.of(leaf.der).enter(TAG.SEQUENCE).raw();
  const scts = logs.map((log) => opaque(timestamp(log, issuer, tbs), 2));
  const list = concat(opaque(concat(...scts), 2), Uint8Array.from(behind));
  const extension = der.sequence(der.oid(SCT_LIST), der.octets(der.octets(list)));
  const algorithm = der.sequence(der.oid('1.2.840.10045.4.3.2'));
  return toPem(der.sequence(withExtension(tbs, extension), algorithm, der.bits(Uint8Array.of(1))), 'CERTIFICATE');
}

/** RFC 6962 3.2, over a precertificate. */
function timestamp(log: MintedLog, issuer: Minted, tbs: Uint8Array): Uint8Array {
  const entry = concat(uint(1, 2), createHash('sha256').update(issuer.spki).digest(), opaque(tbs, 3));
  const signature = sign('sha256', concat(Uint8Array.of(0, 0), time, entry, uint(0, 2)), log.key);
  return concat(Uint8Array.of(0), log.id, time, uint(0, 2), Uint8Array.of(4, 3), opaque(signature, 2));
}

function withExtension(tbs: Uint8Array, extension: Uint8Array): Uint8Array {
  const fields = DerReader.of(tbs).enter(TAG.SEQUENCE);
  const parts: Uint8Array[] = [];
  while (!fields.isEmpty && fields.peek() !== 0xa3) parts.push(fields.raw());
  const { content } = fields.enter(0xa3).element();
  return der.sequence(...parts, der.explicit(3, der.raw(TAG.SEQUENCE, concat(content, extension))));
}

const NO_CONTENT = new Uint8Array();

/** An OCSP response of the issuer: the certificate is good from a day before `at` to a day after. */
export function goodOcsp(leaf: Minted, issuer: Minted, at: number): Uint8Array {
  const serial = serialOf(leaf);
  const sha1 = (bytes: Uint8Array) => der.octets(createHash('sha1').update(bytes).digest());
  const certId = der.sequence(
    der.sequence(der.oid('1.3.14.3.2.26'), der.null()),
    sha1(der.sequence(der.set(der.sequence(der.oid('2.5.4.3'), der.utf8(issuer.subject))))),
    sha1(issuer.spki.subarray(-65)),
    serial,
  );
  const day = 86_400_000;
  const next = der.explicit(0, der.generalizedTime(at + day));
  const single = der.sequence(certId, der.raw(0x80, NO_CONTENT), der.generalizedTime(at - day), next);
  const responder = der.explicit(2, sha1(issuer.spki.subarray(-65)));
  const tbs = der.sequence(responder, der.generalizedTime(at), der.sequence(single));
  const algorithm = der.sequence(der.oid('1.2.840.10045.4.3.2'));
  const basic = der.sequence(tbs, algorithm, der.bits(sign('sha256', tbs, issuer.key)));
  const body = der.sequence(der.oid('1.3.6.1.5.5.7.48.1.1'), der.octets(basic));
  return der.sequence(der.enumerated(0), der.explicit(0, body));
}

/** The second field of the signed part, after the version. */
function serialOf({ der: whole }: Minted): Uint8Array {
  const fields = DerReader.of(whole).enter(TAG.SEQUENCE).enter(TAG.SEQUENCE);
  fields.skip();
  return fields.raw(TAG.INTEGER);
}
