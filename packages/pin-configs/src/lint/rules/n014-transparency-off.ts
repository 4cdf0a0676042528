import type { NscDomainConfig, NscScope } from '../../android/nsc.ts';
import { readBoolean } from '../../android/values.ts';
import type { Place } from '../../place.ts';
import type { Report, Rule } from '../rule.ts';
import { domainConfig, nsc } from './support/examples.ts';
import { nscDocuments } from './support/nsc.ts';

const ON = '<certificateTransparency enabled="true"/>';
const BASE = `  <base-config>\n    ${ON}\n  </base-config>`;
const RAW = '    <trust-anchors>\n      <certificates src="@raw/my_root"/>\n    </trust-anchors>\n';
const DOMAIN = '<domain>example.com</domain>';

/** N014: certificate transparency is off. */
export const rule: Rule = {
  id: 'N014',
  name: 'transparency-off',
  severity: 'info',
  summary: 'Certificate transparency is switched off, by itself or by trust anchors that are in no log.',
  why: 'Where it is on, Android wants proof that a certificate is in public logs, so that a wrong issuance is seen. An entry that trusts certificates of users or of the app loses it unless it repeats the element.',
  attacker: 'a certificate that was issued in secret passes',
  lockout: 'nobody',
  fix: 'Remove enabled="false"; repeat the element in an entry with anchors of its own whose hosts have public certificates.',
  masvs: 'MASVS-NETWORK-1',
  maswe: 'MASWE-0052',
  fires: [
    nsc(BASE.replace('true', 'false')),
    nsc(`${BASE}\n${domainConfig(DOMAIN, RAW)}`),
    nsc(domainConfig(DOMAIN, `    ${ON}\n${domainConfig('<domain>a.example.com</domain>', RAW)}\n`)),
  ],
  passes: [nsc(BASE), nsc(`${BASE}\n${domainConfig(DOMAIN, `    ${ON}\n${RAW}`)}`), nsc(domainConfig(DOMAIN, RAW))],
  *check(project) {
    for (const { config } of nscDocuments(project)) {
      const isOn = isEnabled(config.base) ?? false;
      if (config.base !== undefined) yield* inScope(config.base, false);
      for (const domain of config.domains) yield* inDomain(domain, isOn);
    }
  },
};

const isEnabled = (scope: NscScope | undefined): boolean | undefined =>
  scope?.certificateTransparency === undefined ? undefined : readBoolean(scope.certificateTransparency.text) === true;

function* inDomain(config: NscDomainConfig, inherited: boolean): Iterable<Report> {
  yield* inScope(config, inherited);
  const isOn = isEnabled(config) ?? (inherited && unlogged(config) === undefined);
  for (const nested of config.nested) yield* inDomain(nested, isOn);
}

function* inScope(scope: NscScope, inherited: boolean): Iterable<Report> {
  const { certificateTransparency: own } = scope;
  if (own !== undefined && readBoolean(own.text) !== true) {
    yield { message: 'expected certificate transparency, found that it is switched off', place: own.place };
  }
  const place = unlogged(scope);
  if (own === undefined && inherited && place !== undefined) {
    const message = 'expected the inherited certificate transparency, found anchors that switch it off';
    yield { message, place };
  }
}

const unlogged = ({ anchors }: NscScope): Place | undefined => anchors?.find(({ src }) => src.text !== 'system')?.place;
