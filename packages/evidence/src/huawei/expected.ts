import { toDigest } from './digests.ts';
import { misconfigured } from './reasons.ts';
import type { ExpectedHuaweiApp, SysIntegrityInput } from './state.ts';

/**
 * An empty expectation would be met by a result that says nothing, and a digest that is none would never match.
 *
 * @throws ConfigError `huawei.apps_empty`, `huawei.signer_digest_malformed`, `huawei.nonce_empty`
 */
export function assertExpected({ apps, nonce }: Pick<SysIntegrityInput, 'apps' | 'nonce'>): void {
  if (apps.length === 0) throw misconfigured('huawei.apps_empty');
  for (const app of apps) assertDigests(app);
  if (nonce.length === 0) throw misconfigured('huawei.nonce_empty');
}

function assertDigests({ package: name, digests }: ExpectedHuaweiApp): void {
  if (digests === undefined) return;
  if (digests.length === 0) throw misconfigured('huawei.apps_empty', { found: `no signing digest for ${name}` });
  if (digests.every((digest) => toDigest(digest) !== undefined)) return;
  throw misconfigured('huawei.signer_digest_malformed', { found: `a digest of ${name}` });
}
