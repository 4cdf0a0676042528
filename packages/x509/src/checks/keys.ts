import { refused } from '../faults.ts';
import { describeKey, type PublicKeyAlgorithm } from '../key-info.ts';
import type { KeyRule } from '../profile.ts';

/** Baseline Requirements 6.1.5 and 6.1.6, or the profile's own list: small and odd keys are refused before any use of them. */
export function assertKeyAllowed(key: PublicKeyAlgorithm, rules: readonly KeyRule[] | 'any'): void {
  if (rules !== 'any' && !rules.some((rule) => isAllowed(key, rule))) {
    throw refused('x509.key_refused', { clause: 'CA/B BR 6.1.5', found: describeKey(key) });
  }
}

function isAllowed(key: PublicKeyAlgorithm, rule: KeyRule): boolean {
  if (rule.kind === 'ec') return key.kind === 'ec' && rule.curves.includes(key.curve);
  if (key.kind !== 'rsa') return false;
  const isSize = key.bits >= rule.minBits && key.bits <= rule.maxBits && key.bits % 8 === 0;
  return isSize && key.exponent >= rule.minExponent && key.exponent % 2n === 1n && key.exponent < 1n << 256n;
}
