import type { Rule } from '../rule.ts';
import { nsc } from './support/examples.ts';
import { nscDocuments, scopesOf, titleOf } from './support/nsc.ts';

const trusting = (element: string, src: string): string =>
  `  <${element}>\n    <trust-anchors>\n      <certificates src="${src}"/>\n    </trust-anchors>\n  </${element}>`;

/** N011: the app brings authorities of its own. */
export const rule: Rule = {
  id: 'N011',
  name: 'own-authorities',
  severity: 'info',
  summary: 'Certificates in the app itself are trust anchors of release builds.',
  why: 'They replace or widen what the device trusts, do not change without an update of the app, and switch certificate transparency off unless it is asked for.',
  attacker: 'whoever has the key of such a certificate can pose as every host that it is trusted for',
  lockout: 'everybody when the certificate expires and nothing else is trusted',
  fix: 'Check that each is an authority (CA:TRUE), when it expires, and who has its key.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [nsc(trusting('base-config', '@raw/my_root'))],
  passes: [nsc(trusting('base-config', 'system')), nsc(trusting('debug-overrides', '@raw/my_root'))],
  *check(project) {
    for (const document of nscDocuments(project)) {
      for (const scope of scopesOf(document.config)) {
        for (const { src, place } of scope.anchors ?? []) {
          if (!src.text.startsWith('@')) continue;
          yield { message: `${src.text} is trusted in ${titleOf(scope)}`, place };
        }
      }
    }
  },
};
