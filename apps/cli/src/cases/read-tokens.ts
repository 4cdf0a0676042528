import type { PlayBinding, PlayIntegrityKeys } from '@assay/evidence';
import { toHex } from '@assay/formats';
import { fault } from '../reasons.ts';
import type { PlayIntegrityCase, SysIntegrityCase } from './case.ts';
import type { PlayMembers, SysIntegrityMembers } from './members.ts';

/** Cases of vendors' tokens out of their members. */

export function playCase(members: PlayMembers): Omit<PlayIntegrityCase, 'anchors'> {
  const { id, expectedPackage, expectedDigest, expectedDigestSha256Hex, maxAgeSeconds, verifyAt, now } = members;
  const digest = expectedDigestSha256Hex ?? (expectedDigest && toHex(expectedDigest));
  return {
    kind: 'play-integrity',
    ...{ id, at: verifyAt ?? now, maxAgeMs: toMilliseconds(maxAgeSeconds) },
    source: sourceOf(members),
    keys: keysOf(members),
    binding: bindingOf(members),
    apps: [{ package: expectedPackage, ...(digest === undefined ? {} : { digests: [digest] }) }],
  };
}

/** A token wins over a verdict that stands beside it: what is encrypted is what the phone sent. */
function sourceOf({ token, tokenPayloadExternal }: PlayMembers): PlayIntegrityCase['source'] {
  if (token !== undefined) return { token };
  if (tokenPayloadExternal !== undefined) return { payload: tokenPayloadExternal };
  throw fault('cli.member_invalid', { found: 'token: neither it nor tokenPayloadExternal is there' });
}

/** A verdict that Google's endpoint opened needs none. */
function keysOf({ token, decryptionKey, verificationKey }: PlayMembers): PlayIntegrityKeys | undefined {
  if (decryptionKey !== undefined && verificationKey !== undefined) return { decryptionKey, verificationKey };
  if (token === undefined) return undefined;
  throw fault('cli.member_invalid', {
    found: 'a token without both keys of the Play Console: --decryption-key FILE, --verification-key FILE',
  });
}

function bindingOf({ expectedRequestHash, expectedNonce, expectedNonceBytes }: PlayMembers): PlayBinding {
  const nonce = expectedNonceBytes ?? expectedNonce;
  if (nonce !== undefined) return { kind: 'classic', nonce };
  if (expectedRequestHash !== undefined) return { kind: 'standard', requestHash: expectedRequestHash };
  throw fault('cli.member_invalid', {
    found: 'expectedRequestHash is missing: --request-hash TEXT, or --nonce BYTES for a classic request',
  });
}

export function sysIntegrityCase(members: SysIntegrityMembers): Omit<SysIntegrityCase, 'anchors'> {
  const { id, jws, flavour, expectedNonce, expectedPackage, expectedAppId, maxAgeSeconds, verifyAt } = members;
  const digest = members.expectedDigestSha256Hex ?? digestOf(members);
  const app = {
    package: expectedPackage,
    ...(digest === undefined ? {} : { digests: [digest] }),
    ...(expectedAppId === undefined ? {} : { appId: expectedAppId }),
  };
  return {
    kind: 'huawei-sysintegrity',
    ...{ id, jws, flavour, nonce: expectedNonce, apps: [app], at: verifyAt, maxAgeMs: toMilliseconds(maxAgeSeconds) },
  };
}

/** Both services write digests in their own way, and documents about both hold both. */
function digestOf({ flavour, ...members }: SysIntegrityMembers): string | undefined {
  return flavour === 'hms' ? members.expectedCertDigestBase64 : members.expectedHapCertificateSha256;
}

function toMilliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000;
}
