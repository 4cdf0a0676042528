import { effectiveScope } from '../../android/effective.ts';
import type { NscConfig } from '../../android/nsc.ts';
import type { Spelled } from '../../pinned-host.ts';
import type { Rule } from '../rule.ts';
import { domainConfig, nsc } from './support/examples.ts';
import { ANY_TARGET, configsIn, nscDocuments } from './support/nsc.ts';

const ENCRYPTED = '    <domainEncryption mode="enabled"/>\n';
const DOMAIN = '<domain>example.com</domain>';
const anchors = (src: string): string =>
  `    <trust-anchors>\n      <certificates src="${src}"/>\n    </trust-anchors>\n`;

/** Modes in which the name of the host is hidden from the network. */
const HIDING = ['enabled', 'required', 'opportunistic'];

/** N015: hidden names in networks that look inside. */
export const rule: Rule = {
  id: 'N015',
  name: 'encrypted-hello',
  severity: 'info',
  summary: 'Encrypted Client Hello is asked for where certificates of users are trusted.',
  why: 'Who trusts such certificates lets networks look into the traffic; these tell hosts by the server name in the clear, which Encrypted Client Hello hides. One defeats the other.',
  attacker: 'nothing',
  lockout: 'users in networks that refuse what they cannot look into',
  fix: 'Decide for one: no certificates of users, or mode="disabled" for the hosts that such networks must see.',
  masvs: 'MASVS-NETWORK-1',
  maswe: 'MASWE-0052',
  fires: [nsc(domainConfig(DOMAIN, ENCRYPTED + anchors('user')))],
  passes: [
    nsc(domainConfig(DOMAIN, ENCRYPTED + anchors('system'))),
    nsc(domainConfig(DOMAIN, ENCRYPTED.replace('enabled', 'disabled') + anchors('user'))),
  ],
  *check(project) {
    for (const { config } of nscDocuments(project)) {
      for (const { mode, host } of statementsIn(config)) {
        const { value } = effectiveScope(config, host, 'release', ANY_TARGET).anchors;
        if (!HIDING.includes(mode.text) || !value.some(({ source }) => source === 'user')) continue;
        const message = `expected no hidden host names where certificates of users are trusted, found mode="${mode.text}"`;
        yield { message, place: mode.place };
      }
    }
  },
};

/** Each mode with a host for which it holds; no host's name is empty, so that base-config answers for it. */
function statementsIn({ base, domains }: NscConfig): readonly { readonly mode: Spelled; readonly host: string }[] {
  const scopes = [
    { mode: base?.domainEncryption, host: '' },
    ...configsIn(domains).map((config) => ({
      mode: config.domainEncryption,
      host: config.domains[0]?.name.text.trim() ?? '',
    })),
  ];
  return scopes.flatMap(({ mode, host }) => (mode === undefined ? [] : [{ mode, host }]));
}
