import type { CheckStep } from '@assay/core';
import { CLAUSE } from '../clauses.ts';
import { toDigest } from '../digests.ts';
import type { SysIntegrityPayload } from '../flavours.ts';
import { refused } from '../reasons.ts';
import type { ExpectedHuaweiApp, SysIntegrityState } from '../state.ts';

/**
 * Stops other apps, and this app signed by others. The device says it: with its integrity broken the facts of the app are
 * claims.
 */
export const app: CheckStep<SysIntegrityState> = {
  id: 'huawei.app',
  clause: CLAUSE.app,
  proves: 'an expected app, signed as expected, asked for the result',
  codes: ['huawei.package_mismatch', 'huawei.signer_mismatch', 'huawei.app_id_mismatch'],
  run({ input: { apps }, payload, app }) {
    const found = apps.find((each) => each.package === payload.value.package);
    if (found === undefined) {
      throw refused('huawei.package_mismatch', {
        clause: CLAUSE.app,
        expected: apps.map((each) => each.package).join(' or '),
        found: payload.value.package ?? 'no package',
      });
    }
    assertSigners(payload.value, found);
    assertAppId(payload.value, found);
    app.value = found;
    return found.package;
  },
};

/** Every signer must be an expected one; a result without any names none. */
function assertSigners({ signers }: SysIntegrityPayload, { digests }: ExpectedHuaweiApp): void {
  if (digests === undefined) return;
  const expected = digests.map(toDigest);
  const found = signers.map(toDigest);
  if (found.length > 0 && found.every((signer) => signer !== undefined && expected.includes(signer))) return;
  throw refused('huawei.signer_mismatch', {
    clause: CLAUSE.app,
    expected: expected.join(' or '),
    found: found.map((signer) => signer ?? 'no SHA-256').join(', ') || 'no signer',
  });
}

function assertAppId({ appId }: SysIntegrityPayload, expected: ExpectedHuaweiApp): void {
  if (expected.appId === undefined || expected.appId === appId) return;
  const detail = { clause: CLAUSE.app, expected: expected.appId, found: appId ?? 'no app id' };
  throw refused('huawei.app_id_mismatch', detail);
}
