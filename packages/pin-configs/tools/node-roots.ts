/**
 * Prints `src/known/node-roots.ts`: the pins of the roots that Node carries (Mozilla's list of its release).
 * Run with the Node whose list is wanted: `node packages/pin-configs/tools/node-roots.ts > packages/pin-configs/src/known/node-roots.ts`
 */
import { createHash, X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';

type Row = readonly [pin: string, name: string, owner: string, notAfter: string];

function rowOf(pem: string): Row {
  const { publicKey, subject, validToDate } = new X509Certificate(pem);
  const pin = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
  const part = (key: string): string | undefined =>
    subject
      .split('\n')
      .find((line) => line.startsWith(`${key}=`))
      ?.slice(key.length + 1)
      .replaceAll('\\', '');
  const name = part('CN') ?? part('OU') ?? '';
  return [pin, name, part('O') ?? name, validToDate.toISOString().slice(0, 10)];
}

const quote = (text: string): string => `'${text.replaceAll("'", "\\'")}'`;
const rows = rootCertificates.map(rowOf).sort(([, a], [, b]) => (a < b ? -1 : Number(a > b)));
console.log(`// Written by tools/node-roots.ts. Do not edit.
export const NODE_ROOTS_SOURCE = ${quote(`Node ${process.version}, tls.rootCertificates`)};

/** Pin, name, organisation, last day. */
export const NODE_ROOTS: readonly (readonly [pin: string, name: string, owner: string, notAfter: string])[] = [
${rows.map((row) => `  [${row.map(quote).join(', ')}],`).join('\n')}
];`);
