import { misconfigured } from './reasons.ts';
import type { ExpectedPlayApp, PlayBinding } from './state.ts';

const SHA256_HEX = /^[0-9a-f]{64}$/;

/**
 * An empty expectation would be met by a token that says nothing, and a digest in another spelling would never match.
 *
 * @throws ConfigError `play.apps_empty`, `play.signer_digest_malformed`, `play.binding_empty`
 */
export function assertExpected(apps: readonly ExpectedPlayApp[], binding: PlayBinding): void {
  if (apps.length === 0) throw misconfigured('play.apps_empty');
  for (const app of apps) assertDigests(app);
  const { length } = binding.kind === 'standard' ? binding.requestHash : binding.nonce;
  if (length === 0) throw misconfigured('play.binding_empty');
}

function assertDigests({ package: name, digests }: ExpectedPlayApp): void {
  if (digests === undefined) return;
  if (digests.length === 0) throw misconfigured('play.apps_empty', { found: `no signing digest for ${name}` });
  if (digests.every((digest) => SHA256_HEX.test(digest))) return;
  throw misconfigured('play.signer_digest_malformed', { found: `a digest of ${name}` });
}
