import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePem } from '@assay/formats';
import { spkiOf, spkiPin } from '@assay/x509';
import { vectorsDir } from '../../tools/vectors.ts';
import { compare } from '../measure.ts';
import { notMeasured, perSecond, type Row } from '../row.ts';

/** The SPKI pin of a certificate straight from its DER, against hashing the bare SubjectPublicKeyInfo. */
export async function bench(): Promise<readonly Row[]> {
  const dir = vectorsDir();
  if (dir === undefined) return [notMeasured('SPKI pin', 'no shared vectors beside this checkout')];
  const own = JSON.parse(readFileSync(join(dir, 'x509/own/own-path.json'), 'utf8'));
  const [der = new Uint8Array()] = parsePem(own.cases[0].peer_certificate, 'CERTIFICATE');
  const spki = spkiOf(der);
  const { ratio, subject } = await compare(
    () => spkiPin(der),
    () => hash('sha256', spki, 'base64'),
  );
  const holds = subject >= 1_000_000 || ratio >= 0.5;
  return [
    {
      name: 'SPKI pin from DER',
      found: `${ratio.toFixed(2)}  ${perSecond(subject)}`,
      bar: '≥ 1,000,000/s or ≥ 0.5 of bare hashing',
      holds,
    },
  ];
}
