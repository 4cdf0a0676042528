import { hash } from 'node:crypto';
import { FormatError, parsePem, toPem } from '@assay/formats';
import { loadAnchor, type TrustAnchor } from '@assay/x509';
import { fault } from '../reasons.ts';

/**
 * Roots out of a PEM text, on the word of whoever names the file. Each must be self-signed.
 *
 * @throws ConfigError `cli.roots_empty`, `x509.anchor_not_genuine`
 */
export function anchorsOfPem(pem: string, source: string, date: string): readonly TrustAnchor[] {
  return certificatesOf(pem, source).map((der, index) =>
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

function certificatesOf(pem: string, source: string): readonly Uint8Array[] {
  try {
    return parsePem(pem, 'CERTIFICATE');
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw fault('cli.roots_empty', { found: `${error.code} in ${source}` }, error);
  }
}
