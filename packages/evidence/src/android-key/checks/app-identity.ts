import type { CheckStep } from '@assay/core';
import { CLAUSE } from '../clauses.ts';
import type { ApplicationId } from '../key-description/index.ts';
import { refused } from '../reasons.ts';
import type { ExpectedApp, KeyAttestationState } from '../state.ts';

/** What keystore2 writes when it cannot reach the package manager, until the device is restarted. */
const UNKNOWN_PACKAGE = 'UnknownPackage';

/**
 * Stops other apps, and this app signed by others. The operating system writes the application id, so it is worth what the
 * boot state is worth: the fact `app.id` is proven only with a verified, locked boot.
 */
export const appIdentity: CheckStep<KeyAttestationState> = {
  id: 'android-key.app_identity',
  clause: CLAUSE.app,
  proves: 'an expected app, signed as expected, asked for the key',
  codes: [
    'android.app_id_missing',
    'android.os_transient_unknown_package',
    'android.package_mismatch',
    'android.signer_mismatch',
  ],
  run({ input: { apps = [] }, keyDescription, matchedApp }) {
    const attested = assertNamed(keyDescription.value.softwareEnforced.applicationId);
    const candidates = apps.filter(({ package: name }) => attested.packages.some((found) => found.name === name));
    assertPackage(candidates, attested, apps);
    const app = assertSigner(candidates, attested);
    matchedApp.value = attested.packages.find(({ name }) => name === app.package);
    return app.package;
  },
};

/** Only the software list counts: the secure world does not know apps, so a 709 elsewhere is nobody's word. */
function assertNamed(applicationId: ApplicationId | undefined): ApplicationId {
  if (applicationId !== undefined) return applicationId;
  throw refused('android.app_id_missing', { clause: CLAUSE.app, expected: 'tag 709 in softwareEnforced' });
}

function assertPackage(
  candidates: readonly ExpectedApp[],
  { packages }: ApplicationId,
  apps: readonly ExpectedApp[],
): void {
  if (candidates.length > 0) return;
  const found = packages.map(({ name }) => name);
  const code = found.includes(UNKNOWN_PACKAGE) ? 'android.os_transient_unknown_package' : 'android.package_mismatch';
  throw refused(code, {
    clause: CLAUSE.app,
    expected: apps.map(({ package: name }) => name).join(' or '),
    found: found.join(', ') || 'no package',
  });
}

/** The first candidate all of whose attested signers are expected. */
function assertSigner(candidates: readonly ExpectedApp[], { signers }: ApplicationId): ExpectedApp {
  for (const app of candidates) if (isSignedAsExpected(app, signers)) return app;
  throw refused(signers.length === 0 ? 'android.os_transient_unknown_package' : 'android.signer_mismatch', {
    clause: CLAUSE.app,
    expected: candidates.flatMap(({ digests }) => digests ?? []).join(' or '),
    found: signers.join(', ') || 'no signer',
  });
}

function isSignedAsExpected({ digests }: ExpectedApp, signers: readonly string[]): boolean {
  if (digests === undefined) return true;
  return signers.length > 0 && signers.every((signer) => digests.includes(signer));
}
