import { misconfigured } from './reasons.ts';
import type { ExpectedApp } from './state.ts';

const SHA256_HEX = /^[0-9a-f]{64}$/;

/**
 * An empty list would skip the comparison in silence, and a digest in another spelling would never match.
 *
 * @throws ConfigError `android.apps_empty`, `android.signer_digest_malformed`
 */
export function assertApps(apps: readonly ExpectedApp[]): void {
  if (apps.length === 0) throw misconfigured('android.apps_empty');
  for (const { package: name, digests } of apps) {
    if (digests === undefined) continue;
    if (digests.length === 0) throw misconfigured('android.apps_empty', { found: `no signing digest for ${name}` });
    if (!digests.every((digest) => SHA256_HEX.test(digest))) {
      throw misconfigured('android.signer_digest_malformed', { found: `a digest of ${name}` });
    }
  }
}
