import type { Spelled } from '../pinned-host.ts';
import type { Place } from '../place.ts';
import { findDomain } from './find-domain.ts';
import type { NscAnchor, NscConfig, NscDomain, NscPinSet, NscScope, NscTrustKit } from './nsc.ts';
import { readBoolean } from './values.ts';

/** What holds where the configuration is silent. */
export interface ManifestDefaults {
  readonly targetSdk: number;
  /** `<name>_debug` beside the configuration: its debug-overrides count where the configuration has none. */
  readonly debugResource?: NscConfig;
}

/** A value and the place that decided it; no place: the platform's default. */
export interface Decided<T> {
  readonly value: T;
  readonly place?: Place;
}

export interface EffectiveAnchor {
  readonly source: 'system' | 'user' | 'wfa' | 'app';
  readonly overridePins: boolean;
  readonly place?: Place;
}

/** What holds for one host: its own entry, what that inherits, and the platform's defaults. */
export interface EffectiveScope {
  /** The entry that covers the host; absent: base-config and the defaults. */
  readonly domain?: NscDomain;
  /** From the most specific to base-config. */
  readonly lineage: readonly NscScope[];
  readonly anchors: Decided<readonly EffectiveAnchor[]>;
  readonly pinSet?: NscPinSet;
  readonly trustKit: readonly NscTrustKit[];
  readonly cleartextTrafficPermitted: Decided<boolean>;
  readonly certificateTransparency: Decided<boolean>;
  readonly domainEncryption: Decided<string>;
}

/** Targets up to and with these keep the older default (AOSP `NetworkSecurityConfig.createBaseConfigBuilder`). */
const LAST_TARGET = { trustsUser: 23, permitsCleartext: 27, withoutTransparency: 36, withoutEncryption: 36 } as const;

/**
 * Resolves what holds for a host as the platform does: the exact domain, else the longest that includes subdomains, else
 * base-config; what an entry leaves out comes from the entries around it, then base-config, then the target's defaults.
 */
export function effectiveScope(
  config: NscConfig,
  host: string,
  build: 'release' | 'debug',
  defaults: ManifestDefaults,
): EffectiveScope {
  const found = findDomain(config.domains, host);
  const lineage = [...(found?.lineage ?? []), ...(config.base === undefined ? [] : [config.base])];
  const debug = build === 'debug' ? debugAnchors(config, defaults) : [];
  const pinSet = lineage.find((scope) => scope.pinSet !== undefined)?.pinSet;
  return {
    ...(found === undefined ? {} : { domain: found.domain }),
    ...(pinSet === undefined ? {} : { pinSet }),
    lineage,
    anchors: anchorsOf(lineage, debug, defaults),
    trustKit: lineage.flatMap(({ trustKit }) => trustKit ?? []),
    cleartextTrafficPermitted: cleartextOf(lineage, defaults),
    certificateTransparency: transparencyOf(lineage, debug, defaults),
    domainEncryption: encryptionOf(lineage, defaults),
  };
}

function debugAnchors(config: NscConfig, { debugResource }: ManifestDefaults): readonly EffectiveAnchor[] {
  const scope = config.debug ?? debugResource?.debug;
  return (scope?.anchors ?? []).map((anchor) => anchorOf(anchor, true));
}

function anchorOf({ src, overridePins, place }: NscAnchor, byDefault: boolean): EffectiveAnchor {
  const named = (['system', 'user', 'wfa'] as const).find((source) => source === src.text);
  const overrides = overridePins === undefined ? undefined : readBoolean(overridePins.text);
  return { source: named ?? 'app', overridePins: overrides ?? byDefault, place };
}

/** Anchors of debug-overrides are added to whichever list counts; a list of one's own replaces an inherited one. */
function anchorsOf(
  lineage: readonly NscScope[],
  debug: readonly EffectiveAnchor[],
  defaults: ManifestDefaults,
): EffectiveScope['anchors'] {
  const own = lineage.find(({ anchors }) => anchors !== undefined);
  if (own?.anchors === undefined) return { value: [...defaultAnchors(defaults), ...debug] };
  return { value: [...own.anchors.map((anchor) => anchorOf(anchor, false)), ...debug], place: own.place };
}

function defaultAnchors({ targetSdk }: ManifestDefaults): readonly EffectiveAnchor[] {
  const system = { source: 'system', overridePins: false } as const;
  return targetSdk <= LAST_TARGET.trustsUser ? [system, { source: 'user', overridePins: false }] : [system];
}

function cleartextOf(lineage: readonly NscScope[], { targetSdk }: ManifestDefaults): Decided<boolean> {
  const own = lineage.find((scope) => scope.cleartextTrafficPermitted !== undefined)?.cleartextTrafficPermitted;
  if (own === undefined) return { value: targetSdk <= LAST_TARGET.permitsCleartext };
  return { value: permitsCleartext(own), place: own.place };
}

/** Text that is no boolean is read as the constant DEFAULT_CLEARTEXT_TRAFFIC_PERMITTED, true whatever the target. */
export const permitsCleartext = ({ text }: Spelled): boolean => readBoolean(text) ?? true;

/**
 * The nearest entry decides that says so, or that trusts more than the system's store: certificates of users and of the
 * app itself are in no public log, and switch the check off unless the same entry asks for it.
 */
function transparencyOf(
  lineage: readonly NscScope[],
  debug: readonly EffectiveAnchor[],
  defaults: ManifestDefaults,
): Decided<boolean> {
  for (const { certificateTransparency, anchors } of lineage) {
    if (certificateTransparency !== undefined) {
      return { value: readBoolean(certificateTransparency.text) ?? false, place: certificateTransparency.place };
    }
    const unlogged = anchors && firstUnlogged([...anchors.map((anchor) => anchorOf(anchor, false)), ...debug]);
    if (unlogged !== undefined) return decided(false, unlogged.place);
  }
  const unlogged = firstUnlogged([...defaultAnchors(defaults), ...debug]);
  if (unlogged !== undefined) return decided(false, unlogged.place);
  return { value: defaults.targetSdk > LAST_TARGET.withoutTransparency };
}

const firstUnlogged = (anchors: readonly EffectiveAnchor[]): EffectiveAnchor | undefined =>
  anchors.find(({ source }) => source !== 'system');

const decided = <T>(value: T, place: Place | undefined): Decided<T> =>
  place === undefined ? { value } : { value, place };

const MODES: ReadonlySet<string> = new Set(['disabled', 'opportunistic', 'enabled', 'required']);

/** Encrypted Client Hello, Android 17 (AOSP `NetworkSecurityConfig.defaultDomainEncryptionMode`). */
function encryptionOf(lineage: readonly NscScope[], { targetSdk }: ManifestDefaults): Decided<string> {
  const own = lineage.find(({ domainEncryption }) => domainEncryption !== undefined)?.domainEncryption;
  const byDefault = targetSdk > LAST_TARGET.withoutEncryption ? 'opportunistic' : 'disabled';
  if (own === undefined) return { value: byDefault };
  return { value: MODES.has(own.text) ? own.text : byDefault, place: own.place };
}
