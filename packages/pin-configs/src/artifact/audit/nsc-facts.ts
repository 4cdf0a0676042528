import { type EffectiveScope, effectiveScope, type ManifestDefaults } from '../../android/effective.ts';
import type { NscConfig } from '../../android/nsc.ts';
import { readBoolean } from '../../android/values.ts';
import type { Document, ManifestDocument, NscDocument } from '../../project.ts';
import type { AuditFact } from './fact.ts';

const EMPTY: NscConfig = { domains: [], problems: [] };
/** A name that no configuration can cover. */
const NOWHERE = 'host.invalid';

/** What an Android app trusts and pins: its own configuration where it has one, else the platform's defaults. */
export function networkFacts(manifest: ManifestDocument, documents: readonly Document[]): readonly AuditFact[] {
  const configs = documents.filter((document): document is NscDocument => document.kind === 'nsc');
  const used = configs.filter(({ isReferenced }) => isReferenced === true);
  const unused = configs.filter(({ isReferenced }) => isReferenced !== true);
  return [
    ...(used.length === 0 ? withoutConfig(manifest) : used.flatMap((config) => configFacts(config, manifest))),
    ...unused.map(({ file }): AuditFact => {
      const says = 'a network security configuration that the manifest does not refer to: it does nothing';
      return { topic: 'network', id: 'nsc-unused', level: 'warning', says, place: { file, line: 0, column: 0 } };
    }),
  ];
}

const defaultsOf = ({ manifest: { targetSdk, minSdk } }: ManifestDocument): ManifestDefaults => ({
  targetSdk: targetSdk ?? minSdk ?? 1,
});

function withoutConfig(document: ManifestDocument): readonly AuditFact[] {
  const { usesCleartextTraffic, root } = document.manifest;
  const place = { file: document.file, line: root.at.line, column: 0 };
  const scope = effectiveScope(EMPTY, NOWHERE, 'release', defaultsOf(document));
  const written = usesCleartextTraffic === undefined ? undefined : readBoolean(usesCleartextTraffic.text);
  const permitted = written ?? scope.cleartextTrafficPermitted.value;
  return [
    {
      ...{ topic: 'network', id: 'nsc', level: 'info', place },
      says: 'no network security configuration: nothing is pinned by the platform, its defaults hold',
    },
    cleartextFact(permitted, 'everywhere', usesCleartextTraffic?.place ?? place),
    trustFact(scope, 'everywhere', place),
  ];
}

function configFacts({ config, file }: NscDocument, manifest: ManifestDocument): readonly AuditFact[] {
  const place = { file, line: 0, column: 0 };
  const defaults = defaultsOf(manifest);
  const base = effectiveScope(config, NOWHERE, 'release', defaults);
  const crash = config.problems.find(({ effect, build }) => effect === 'crash' && build === undefined);
  return [
    {
      topic: 'network',
      id: 'nsc',
      level: 'info',
      says: 'a network security configuration, referred to by the manifest',
      place,
    },
    ...(crash === undefined ? [] : [crashFact(crash)]),
    cleartextFact(base.cleartextTrafficPermitted.value, 'by default', base.cleartextTrafficPermitted.place ?? place),
    trustFact(base, 'by default', base.anchors.place ?? place),
    ...hostsOf(config).flatMap((host) =>
      hostFacts(host, effectiveScope(config, host, 'release', defaults), base, file),
    ),
  ];
}

const crashFact = ({ message, place }: NscConfig['problems'][number]): AuditFact => ({
  ...{ topic: 'network', id: 'nsc-crash', level: 'error', place },
  says: `the platform refuses the configuration, and the app ends: ${message}`,
});

function hostsOf(config: NscConfig): readonly string[] {
  const all = (domains: NscConfig['domains']): string[] =>
    domains.flatMap((scope) => [...scope.domains.map(({ name }) => name.text), ...all(scope.nested)]);
  return [...new Set(all(config.domains))].slice(0, 200);
}

/** What differs for one host. */
function hostFacts(host: string, scope: EffectiveScope, base: EffectiveScope, file: string): readonly AuditFact[] {
  const place = scope.domain?.name.place ?? { file, line: 0, column: 0 };
  const facts: AuditFact[] = [pinFact(host, scope, place)];
  if (scope.cleartextTrafficPermitted.value !== base.cleartextTrafficPermitted.value) {
    facts.push(cleartextFact(scope.cleartextTrafficPermitted.value, `for ${host}`, place));
  }
  if (describe(scope) !== describe(base)) facts.push(trustFact(scope, `for ${host}`, scope.anchors.place ?? place));
  return facts;
}

function pinFact(host: string, { pinSet, anchors }: EffectiveScope, place: AuditFact['place']): AuditFact {
  const count = pinSet?.pins.length ?? 0;
  if (count === 0) return { topic: 'network', id: 'pins', level: 'info', says: `${host}: not pinned`, place };
  const end = pinSet?.expiration === undefined ? 'without an end' : `until ${pinSet.expiration.text}`;
  const overridden = anchors.value.find(({ overridePins }) => overridePins);
  const but = overridden === undefined ? '' : `; paths to ${overridden.source} certificates are not held to them`;
  const level = overridden === undefined ? 'info' : 'error';
  return { topic: 'network', id: 'pins', level, says: `${host}: ${count} pins, ${end}${but}`, place };
}

function cleartextFact(permitted: boolean, where: string, place: AuditFact['place']): AuditFact {
  const says = permitted ? `cleartext traffic is permitted ${where}` : `cleartext traffic is refused ${where}`;
  return { topic: 'network', id: 'cleartext', level: permitted ? 'error' : 'info', says, place };
}

const describe = ({ anchors }: EffectiveScope): string =>
  [...new Set(anchors.value.map(({ source }) => source))].join(', ');

function trustFact(scope: EffectiveScope, where: string, place: AuditFact['place']): AuditFact {
  const trustsUser = scope.anchors.value.some(({ source }) => source === 'user');
  const says = `trusts ${describe(scope) || 'nothing'} ${where}${trustsUser ? ': whoever installs a certificate reads the traffic' : ''}`;
  return { topic: 'network', id: 'trust', level: trustsUser ? 'error' : 'info', says, place };
}
