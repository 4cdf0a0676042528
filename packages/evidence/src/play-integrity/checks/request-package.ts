import type { CheckStep } from '@assay/core';
import { CLAUSE } from '../clauses.ts';
import { refused } from '../reasons.ts';
import type { PlayIntegrityState } from '../state.ts';

/**
 * Stops tokens that another app asked for. The requesting app's name is not attested (whoever drives the device can forge
 * it), so it only selects what the next checks compare; the app that Play saw is compared by `play-integrity.app`.
 */
export const requestPackage: CheckStep<PlayIntegrityState> = {
  id: 'play-integrity.request_package',
  clause: CLAUSE.requestPackage,
  proves: 'an expected package requested the token',
  codes: ['play.request_package_mismatch'],
  run({ input: { apps }, payload, app }) {
    const name = payload.value.requestDetails?.requestPackageName;
    const found = apps.find((each) => each.package === name);
    if (found === undefined) {
      throw refused('play.request_package_mismatch', {
        clause: CLAUSE.requestPackage,
        expected: apps.map((each) => each.package).join(' or '),
        found: name ?? 'no package',
      });
    }
    app.value = found;
    return found.package;
  },
};
