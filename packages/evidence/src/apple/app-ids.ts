import { hash } from 'node:crypto';
import { ConfigError, EvidenceError } from '@assay/core';
import { equalBytes } from '@assay/formats';

/** @throws ConfigError `apple.app_ids_empty` */
export function assertAppIds(appIds: readonly string[]): void {
  if (appIds.length > 0) return;
  throw new ConfigError('apple.app_ids_empty', 'no App ID is configured to compare App Attest evidence with', {
    hint: 'register the app with its App ID, TEAMID.bundle.id',
  });
}

/**
 * The configured App ID (`TEAMID.bundle.id`) whose SHA-256 the authenticator data carries.
 *
 * @throws EvidenceError `apple.app_id_mismatch`
 */
export function matchAppId(rpIdHash: Uint8Array, appIds: readonly string[], clause: string): string {
  for (const appId of appIds) {
    if (equalBytes(hash('sha256', appId, 'buffer'), rpIdHash)) return appId;
  }
  throw new EvidenceError('apple.app_id_mismatch', 'the evidence names another app', {
    clause,
    expected: appIds.join(' or '),
    found: 'the SHA-256 of another App ID',
    hint: 'compare the team id (or App ID prefix) and the bundle id of this build with the registered ones',
  });
}
