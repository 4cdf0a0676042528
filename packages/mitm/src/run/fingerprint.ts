import { hash } from 'node:crypto';
import type { Case } from '../case.ts';
import { KEYS } from '../recipe.ts';
import type { Forged } from '../stage.ts';

/**
 * Hexadecimal SHA-256 of the certificate that the case shows, where its key is a pinned one: what an app that pins
 * certificates, not keys, would have built in. So each fault stands alone for such an app too.
 */
export function fingerprintOf(
  { recipe: { chain } }: Case,
  { chain: [first] }: Pick<Forged, 'chain'>,
): string | undefined {
  const key = KEYS.find(({ name }) => name === (chain?.leaf?.key ?? 'pinned'));
  const isLeaf = (chain?.send?.[0] ?? 'leaf') === 'leaf';
  return first !== undefined && isLeaf && key?.pinned === true ? hash('sha256', first, 'hex') : undefined;
}
