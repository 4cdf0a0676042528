import type { Rule } from '../rule.ts';
import { trustKitsOf } from './support/apple.ts';
import { KEY_1, KEY_2 } from './support/examples.ts';
import { code } from './support/fact-rule.ts';

const swift = (swizzle: boolean) =>
  code(
    'App/Pins.swift',
    `TrustKit.initSharedInstance(withConfiguration: [kTSKSwizzleNetworkDelegates: ${swizzle}, kTSKPinnedDomains: [`,
    `  "example.com": [kTSKPublicKeyHashes: ["${KEY_1}", "${KEY_2}"]]]])`,
  );

/** T005: pinning by methods that are exchanged at run time. */
export const rule: Rule = {
  id: 'T005',
  name: 'swizzling',
  severity: 'info',
  summary: 'TrustKit exchanges the methods of network delegates.',
  why: 'TSKSwizzleNetworkDelegates reaches delegates of NSURLSession that implement the challenge, and no others: sessions without a delegate, other stacks and web views stay unpinned, and other libraries exchange the same methods.',
  attacker: 'looks for a connection without a delegate',
  lockout: 'nobody',
  fix: 'Set it to NO and call pinningValidator.handle in your delegates, or pin in NSPinnedDomains.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [swift(true)],
  passes: [swift(false)],
  *check(project) {
    for (const { config } of trustKitsOf(project)) {
      if (config.swizzle?.value !== true) continue;
      yield { message: 'expected TSKSwizzleNetworkDelegates NO, found YES', place: config.swizzle.place };
    }
  },
};
