import { permitsCleartext } from '../../android/effective.ts';
import type { AtsConfig } from '../../apple/ats.ts';
import type { Place } from '../../place.ts';
import type { Document } from '../../project.ts';
import type { Rule } from '../rule.ts';
import { ats, harmony, NO_USER_CAS, nsc } from './support/examples.ts';
import { ships, weight } from './support/weight.ts';

/** N004: everything may go in the clear. */
export const rule: Rule = {
  id: 'N004',
  name: 'cleartext',
  severity: 'error',
  summary: 'Connections without TLS are permitted to every host.',
  why: 'Whatever is loaded by http can be read and changed on its way, and one link or redirect is enough. Platforms refuse it unless the app asks for it.',
  attacker: 'reads and changes what goes over http, anywhere on the way',
  lockout: 'nobody',
  fix: 'Permit cleartext for the hosts that need it, by name, or for none.',
  masvs: 'MASVS-NETWORK-1',
  maswe: 'MASWE-0050',
  fires: [
    nsc('  <base-config cleartextTrafficPermitted="true"/>'),
    // Android takes what is no boolean, and a reference to one, for true.
    nsc('  <base-config cleartextTrafficPermitted="no"/>'),
    nsc('  <base-config cleartextTrafficPermitted="@bool/cleartext"/>'),
    ats('<key>NSAllowsArbitraryLoads</key>\n<true/>'),
    harmony({ 'base-config': { cleartextTrafficPermitted: true } }, NO_USER_CAS),
  ],
  passes: [
    nsc('  <base-config cleartextTrafficPermitted="false"/>'),
    ats('<key>NSAllowsArbitraryLoads</key>\n<false/>'),
    // From iOS 10 on the narrower key makes the broad one void.
    ats('<key>NSAllowsArbitraryLoads</key>\n<true/>\n<key>NSAllowsLocalNetworking</key>\n<true/>'),
    harmony({ 'base-config': { cleartextTrafficPermitted: false } }, NO_USER_CAS),
  ],
  *check({ documents }) {
    for (const document of documents) {
      const place = permittedAt(document);
      if (place === undefined) continue;
      const message = 'expected TLS for hosts that are not named, found that all may be reached without';
      yield { message, place, ...weight(ships(document)) };
    }
  },
};

function permittedAt(document: Document): Place | undefined {
  if (document.kind === 'plist') return arbitraryLoads(document.ats);
  if (document.kind === 'nsc') {
    const cleartext = document.config.base?.cleartextTrafficPermitted;
    return cleartext !== undefined && permitsCleartext(cleartext) ? cleartext.place : undefined;
  }
  if (document.kind === 'harmony') {
    const { base } = document.config;
    return base?.cleartextTrafficPermitted === true ? base.place : undefined;
  }
  return undefined;
}

/** Keys besides which iOS 10 and later take no notice of NSAllowsArbitraryLoads. */
const NARROWER = ['NSAllowsArbitraryLoadsInWebContent', 'NSAllowsArbitraryLoadsForMedia', 'NSAllowsLocalNetworking'];

function arbitraryLoads(config: AtsConfig | undefined): Place | undefined {
  const flag = config?.flags.get('NSAllowsArbitraryLoads');
  const isVoid = NARROWER.some((key) => config?.flags.has(key));
  return flag?.value === true && !isVoid ? flag.place : undefined;
}
