import type { CheckStep } from '@assay/core';
import { CLAUSE } from '../clauses.ts';
import { KEY_DESCRIPTION_OID, type KeyDescription, parseKeyDescription } from '../key-description/index.ts';
import type { KeyAttestationState } from '../state.ts';

const NOTHING = new Uint8Array();

/** Decodes the statement. Its version is reported, never a reason to refuse: new ones come with every Android. */
export const keyDescription: CheckStep<KeyAttestationState> = {
  id: 'android-key.key_description',
  clause: CLAUSE.schema,
  proves: 'the KeyDescription decodes',
  codes: ['android.key_description_malformed'],
  run({ certificates, keyDescription }) {
    const extension = certificates.value[0]?.extensions.get(KEY_DESCRIPTION_OID);
    keyDescription.value = parseKeyDescription(extension?.value ?? NOTHING);
    return describe(keyDescription.value);
  },
};

function describe({ attestationVersion, softwareEnforced, hardwareEnforced }: KeyDescription): string {
  const unknown = [...softwareEnforced.unknownTags, ...hardwareEnforced.unknownTags];
  const passedOver = unknown.length === 0 ? '' : `; tags passed over: ${unknown.join(', ')}`;
  return `version ${attestationVersion}${passedOver}`;
}
