import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A vector of the attestation folder, as its JSON. */
export const readVector = (dir: string, path: string) =>
  JSON.parse(readFileSync(join(dir, 'attestation', path), 'utf8'));

export function mustVerify(appraisal: { readonly outcome: string }): void {
  if (appraisal.outcome !== 'verified')
    throw new Error('the genuine vector was refused: the figure would mean nothing');
}
