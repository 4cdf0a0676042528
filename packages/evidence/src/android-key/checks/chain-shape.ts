import type { CheckStep } from '@assay/core';
import { CLAUSE } from '../clauses.ts';
import { refused } from '../reasons.ts';
import { describeShapes, shapeOf } from '../shapes.ts';
import type { KeyAttestationState } from '../state.ts';

/** Stops chains with a certificate more than the vendor put there, and chooses the rules on dates. */
export const chainShape: CheckStep<KeyAttestationState> = {
  id: 'android-key.chain_shape',
  clause: CLAUSE.shape,
  proves: 'the chain has one of the known shapes, so that nothing was appended below the attested key',
  codes: ['android.chain_shape_unknown'],
  run({ certificates, shape }) {
    const found = shapeOf(certificates.value);
    if (found === undefined) {
      throw refused('android.chain_shape_unknown', {
        clause: CLAUSE.shape,
        expected: describeShapes(),
        found: `${certificates.value.length} certificates of another kind`,
      });
    }
    shape.value = found;
    return found.provisioning;
  },
};
