import { generateKeyPairSync, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { der, toPem } from '@assay/formats';

const YEAR = 31_536_000_000;

/** Writes a self-signed certificate for `localhost` and its key; what a certificate tool would renew. */
export function writeCertificate(
  folder: string,
  serial: number,
): { readonly tlsCert: string; readonly tlsKey: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der.sequence(der.oid('1.2.840.10045.4.3.2'));
  const name = der.sequence(der.set(der.sequence(der.oid('2.5.4.3'), der.utf8('localhost'))));
  const tbs = der.sequence(
    ...[der.explicit(0, der.integer(2n)), der.integer(BigInt(serial)), algorithm, name],
    der.sequence(der.utcTime(Date.now() - YEAR), der.utcTime(Date.now() + YEAR)),
    ...[name, publicKey.export({ format: 'der', type: 'spki' })],
  );
  const certificate = der.sequence(tbs, algorithm, der.bits(sign('sha256', tbs, privateKey)));
  const [tlsCert, tlsKey] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  writeFileSync(tlsCert, toPem(certificate, 'CERTIFICATE'));
  writeFileSync(tlsKey, privateKey.export({ format: 'pem', type: 'pkcs8' }));
  return { tlsCert, tlsKey };
}
