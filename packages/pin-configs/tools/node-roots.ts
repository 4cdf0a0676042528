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

const rows = rootCertificates.map(rowOf).sort(([, a], [, b]) => (a < b ? -1 : Number(a > b)));
console.log(`// Written by tools/node-roots.ts. Do not edit.
export const NODE_ROOTS_SOURCE = 'Node ${process.version}, tls.rootCertificates';

/** A root a line: pin, last day, organisation, name, with a bar between them. */
export const NODE_ROOTS = \`
${rows.map(([pin, name, owner, notAfter]) => [pin, notAfter, owner, name].join('|')).join('\n')}
\`;`);
