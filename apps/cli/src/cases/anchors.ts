import { hash } from 'node:crypto';
import { parsePem, toPem } from '@assay/formats';
import { loadAnchor, type TrustAnchor } from '@assay/x509';
import { fault } from '../reasons.ts';

/**
 * Roots out of a PEM text, on the word of whoever names the file. Each must be self-signed.
 *
 * @throws ConfigError `cli.roots_empty`, `x509.anchor_not_genuine`
 */
export function anchorsOfPem(pem: string, source: string, date: string): readonly TrustAnchor[] {
  const certificates = parsePem(pem, 'CERTIFICATE');
  if (certificates.length === 0) throw fault('cli.roots_empty', { found: source });
  return certificates.map((der, index) =>
    loadAnchor({
      id: `${source}#${index + 1}`,
      pem: toPem(der, 'CERTIFICATE'),
      sha256: hash('sha256', der, 'hex'),
      source,
      date,
      kind: 'hardware',
    }),
  );
}
