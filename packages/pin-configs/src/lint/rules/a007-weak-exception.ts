import type { AtsConfig, AtsException } from '../../apple/ats.ts';
import { comparable, isBeneath } from '../../match/names.ts';
import type { Rule } from '../rule.ts';
import { atsOf } from './support/apple.ts';
import { ats, atsDomain, KEY_1, KEY_2, pinnedDomains } from './support/examples.ts';
import { ships, weight } from './support/weight.ts';

/** Keys that let a host's TLS be weaker than the platform's default, and the values that do. */
const WEAKER: readonly { readonly key: string; readonly isWeak: (value: unknown) => boolean }[] = [
  { key: 'NSExceptionMinimumTLSVersion', isWeak: (value) => value === 'TLSv1.0' || value === 'TLSv1.1' },
  { key: 'NSExceptionRequiresForwardSecrecy', isWeak: (value) => value === false },
];

const PINNED = pinnedDomains(atsDomain('example.com', { ca: [KEY_1, KEY_2] }));
const exception = (host: string, inner: string): string =>
  `<key>NSExceptionDomains</key>\n<dict>\n<key>${host}</key>\n<dict>\n${inner}\n</dict>\n</dict>\n`;
const OLD = '<key>NSExceptionMinimumTLSVersion</key>\n<string>TLSv1.0</string>';

/** A007: pinned, and yet weaker than the rest. */
export const rule: Rule = {
  id: 'A007',
  name: 'weak-exception',
  severity: 'warning',
  summary: 'A pinned host is excepted from what the platform demands of TLS.',
  why: 'NSExceptionDomains lets the host go without TLS 1.2 or without forward secrecy. The hosts worth pinning are the last that should.',
  attacker: 'uses the weaknesses of old versions, or decrypts recorded traffic once the key is known',
  lockout: 'nobody',
  fix: 'Remove the exception; the platform then asks for TLS 1.2 and forward secrecy.',
  masvs: 'MASVS-NETWORK-1',
  maswe: 'MASWE-0050',
  fires: [
    ats(exception('example.com', OLD) + PINNED),
    ats(exception('example.com', '<key>NSExceptionRequiresForwardSecrecy</key>\n<false/>') + PINNED),
  ],
  passes: [
    ats(PINNED),
    ats(exception('example.org', OLD) + PINNED),
    ats(exception('example.com', OLD.replace('1.0', '1.3')) + PINNED),
  ],
  *check(project) {
    for (const { document, ats: config } of atsOf(project)) {
      for (const each of config.exceptions.filter((one) => isPinned(one, config))) {
        for (const { key, isWeak } of WEAKER) {
          const found = each.keys.get(key);
          if (found === undefined || !isWeak(found.value)) continue;
          const message = `expected the platform's default for a pinned host, found ${key} ${String(found.value)}`;
          yield { message, place: found.place, host: each.host.text, ...weight(ships(document)) };
        }
      }
    }
  },
};

function isPinned({ host, keys }: AtsException, { pinnedDomains: pinned }: AtsConfig): boolean {
  const name = comparable(host.text);
  const reaches = keys.get('NSIncludesSubdomains')?.value === true;
  return pinned.some((domain) => {
    const other = comparable(domain.host.text);
    return other === name || (reaches && isBeneath(other, name));
  });
}
