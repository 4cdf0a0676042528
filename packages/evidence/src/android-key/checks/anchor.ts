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
  run({ shape, context, anchor }) {
    const found = context.trust.anchors.find((candidate) => isAnchorOf(shape.value, candidate));
    if (found === undefined) {
      throw refused('android.root_untrusted', {
        clause: CLAUSE.anchor,
        expected: context.trust.anchors.map(({ id }) => id).join(' or '),
        found: shape.value.presentedRoot ? 'a root with another public key' : 'an issuer with another name',
      });
    }
    anchor.value = found;
    return found.id;
  },
};

/** Without a presented root the name only selects the anchor; its key proves the path in the next check. */
function isAnchorOf({ path, presentedRoot }: ChainShape, { name, spki }: TrustAnchor): boolean {
  if (presentedRoot !== undefined) return equalBytes(presentedRoot.spki, spki);
  const issuer = path.at(-1)?.issuer.raw;
  return issuer !== undefined && sameName(issuer, name);
}
