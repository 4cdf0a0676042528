import { booleanOf, type DataValue, dictOf, entryOf, itemsOf, stringOf } from '../data/value.ts';
import { parseJson } from '../json/read.ts';
import type { PinnedHost, Spelled } from '../pinned-host.ts';
import { UnreadableFile } from '../unreadable.ts';
import type { HarmonyConfig, HarmonyScope } from './config.ts';

/** Keys of each level (OpenHarmony's guide to network_config.json); whatever else stands there is skipped without a word. */
const KEYS = {
  file: ['network-security-config', 'trust-global-user-ca', 'trust-current-user-ca'],
  config: ['base-config', 'domain-config', 'component-config'],
  scope: ['domains', 'trust-anchors', 'pin-set', 'cleartextTrafficPermitted'],
  pinSet: ['expiration', 'pin'],
} as const;

/** HarmonyOS' network_config.json. @throws UnreadableFile */
export function readHarmony(file: string, text: string): HarmonyConfig {
  const root = parseJson(file, text);
  const entry = entryOf(root, 'network-security-config');
  if (entry === undefined) throw new UnreadableFile('expected the key network-security-config', root.place);
  const base = dictOf(entry.value, 'base-config');
  const domains = itemsOf(entry.value, 'domain-config');
  const trustGlobalUserCa = booleanOf(root, 'trust-global-user-ca');
  const trustCurrentUserCa = booleanOf(root, 'trust-current-user-ca');
  return {
    ...(base === undefined ? {} : { base: scopeOf(base) }),
    domains: domains.map(scopeOf),
    components: componentsOf(dictOf(entry.value, 'component-config')),
    ...(trustGlobalUserCa === undefined ? {} : { trustGlobalUserCa }),
    ...(trustCurrentUserCa === undefined ? {} : { trustCurrentUserCa }),
    unknownKeys: unknownKeysIn(root, entry.value, [...(base === undefined ? [] : [base]), ...domains]),
    place: entry.key.place,
  };
}

function scopeOf(value: DataValue): HarmonyScope {
  const anchors = entryOf(value, 'trust-anchors');
  const cleartextTrafficPermitted = booleanOf(value, 'cleartextTrafficPermitted');
  const pinSet = dictOf(value, 'pin-set');
  return {
    domains: itemsOf(value, 'domains').flatMap(domainOf),
    ...(anchors === undefined ? {} : { anchors: itemsOf(value, 'trust-anchors').flatMap(certificatesOf) }),
    ...(cleartextTrafficPermitted === undefined ? {} : { cleartextTrafficPermitted }),
    ...(pinSet === undefined ? {} : { pinSet: pinSetOf(pinSet) }),
    place: value.place,
  };
}

function domainOf(value: DataValue): HarmonyScope['domains'] {
  const name = stringOf(value, 'name');
  return name === undefined ? [] : [{ name, includeSubdomains: booleanOf(value, 'include-subdomains') ?? false }];
}

function certificatesOf(value: DataValue): readonly Spelled[] {
  const path = stringOf(value, 'certificates');
  return path === undefined ? [] : [path];
}

function pinSetOf(value: DataValue): NonNullable<HarmonyScope['pinSet']> {
  const expiration = stringOf(value, 'expiration');
  const pins = itemsOf(value, 'pin').flatMap((pin) => {
    const algorithm = stringOf(pin, 'digest-algorithm');
    const digest = stringOf(pin, 'digest') ?? { text: '', place: pin.place };
    return [{ ...(algorithm === undefined ? {} : { algorithm }), digest }];
  });
  return { ...(expiration === undefined ? {} : { expiration }), pins, place: value.place };
}

function componentsOf(value: DataValue | undefined): ReadonlyMap<string, boolean> {
  const entries = value?.kind === 'dict' ? value.entries : [];
  return new Map(entries.flatMap(({ key, value: on }) => (on.kind === 'boolean' ? [[key.text, on.value]] : [])));
}

function unknownKeysIn(root: DataValue, config: DataValue, scopes: readonly DataValue[]): readonly Spelled[] {
  const pinSets = scopes.map((scope) => dictOf(scope, 'pin-set'));
  return [
    ...strange(root, KEYS.file),
    ...strange(config, KEYS.config),
    ...scopes.flatMap((scope) => strange(scope, KEYS.scope)),
    ...pinSets.flatMap((pinSet) => strange(pinSet, KEYS.pinSet)),
  ];
}

function strange(value: DataValue | undefined, known: readonly string[]): readonly Spelled[] {
  const entries = value?.kind === 'dict' ? value.entries : [];
  return entries.map(({ key }) => key).filter(({ text }) => !known.includes(text));
}

/** The hosts with a pin-set in the common form. */
export function harmonyPinnedHosts({ domains }: HarmonyConfig, variant: string): readonly PinnedHost[] {
  return domains.flatMap((scope) => {
    const { pinSet } = scope;
    if (pinSet === undefined) return [];
    return scope.domains.map(({ name, includeSubdomains }) => ({
      format: 'harmony' as const,
      host: name,
      subdomains: includeSubdomains ? ('all' as const) : ('none' as const),
      apex: true,
      pins: pinSet.pins.map(({ digest }) => digest),
      position: 'any' as const,
      ...(pinSet.expiration === undefined ? {} : { expiration: pinSet.expiration }),
      enforced: true,
      release: variant !== 'debug' && variant !== 'test',
      place: pinSet.place,
    }));
  });
}
