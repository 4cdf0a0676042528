import type { CheckStep } from '@assay/core';
import { equalBytes } from '@assay/formats';
import { sameName, type TrustAnchor } from '@assay/x509';
import { CLAUSE } from '../clauses.ts';
import { refused } from '../reasons.ts';
import type { ChainShape } from '../shapes.ts';
import type { KeyAttestationState } from '../state.ts';

/**
 * Stops roots of one's own, lookalikes included. Roots compare by public key, never by name, bytes or dates: one Google key
 * is in four certificates, and devices keep sending the one that expired in 2026.
 */
export const anchor: CheckStep<KeyAttestationState> = {
  id: 'android-key.anchor',
  clause: CLAUSE.anchor,
  proves: 'the presented root, or else the last issuer, is a trust anchor',
  codes: ['android.root_untrusted'],
  run({ shape, context, candidates }) {
    const found = context.trust.anchors.filter((candidate) => isAnchorOf(shape.value, candidate));
    if (found.length === 0) {
      throw refused('android.root_untrusted', {
        clause: CLAUSE.anchor,
        expected: context.trust.anchors.map(({ id }) => id).join(' or '),
        found: shape.value.presentedRoot ? 'a root with another public key' : 'an issuer with another name',
      });
    }
    candidates.value = found;
    return found.map(({ id }) => id).join(' or ');
  },
};

/** Without a presented root the name only selects, and several anchors may share it; the next check proves which one signed. */
function isAnchorOf({ path, presentedRoot }: ChainShape, { name, spki }: TrustAnchor): boolean {
  if (presentedRoot !== undefined) return equalBytes(presentedRoot.spki, spki);
  const issuer = path.at(-1)?.issuer.raw;
  return issuer !== undefined && sameName(issuer, name);
}
