import { parse as parseDomain } from 'tldts';
import { booleanOf, type DataDict, type DataEntry, type DataValue, dictOf, entryOf, stringOf } from '../data/value.ts';
import { comparable, isBeneath } from '../match/names.ts';
import type { PinnedHost } from '../pinned-host.ts';
import type { Place } from '../place.ts';
import { canonicalBase64, isBase64 } from './base64.ts';
import type { TrustKitConfig, TrustKitDomain } from './trustkit.ts';

const PINNED = 'TSKPinnedDomains';
const EXCLUDED = 'TSKExcludeSubdomainFromParentPolicy';

/** The keys that `TSKTrustKitConfig.h` names, those of the whole and those of a domain. */
const CONFIG_KEYS = [PINNED, 'TSKSwizzleNetworkDelegates', 'TSKIgnorePinningForUserDefinedTrustAnchors'];
const DOMAIN_KEYS = [
  'TSKPublicKeyHashes',
  'TSKIncludeSubdomains',
  'TSKEnforcePinning',
  'TSKExpirationDate',
  'TSKReportUris',
  'TSKDisableDefaultReportUri',
  'TSKPublicKeyAlgorithms',
  EXCLUDED,
];

/** `TSKConfiguration` of an Info.plist, or a file that is TrustKit's dictionary itself; undefined where there is none. */
export function readTrustKit(_file: string, plist: DataValue): TrustKitConfig | undefined {
  const nested = dictOf(plist, 'TSKConfiguration');
  const config = nested ?? (entryOf(plist, PINNED) === undefined || plist.kind !== 'dict' ? undefined : plist);
  if (config === undefined) return undefined;
  const entries = dictOf(config, PINNED)?.entries ?? [];
  const domains = entries.map(domainOf);
  const swizzle = entryOf(config, 'TSKSwizzleNetworkDelegates');
  const ignoreUserAnchors = booleanOf(config, 'TSKIgnorePinningForUserDefinedTrustAnchors');
  return {
    ...(swizzle?.value.kind === 'boolean' ? { swizzle: { value: swizzle.value.value, place: swizzle.key.place } } : {}),
    ...(ignoreUserAnchors === undefined ? {} : { ignoreUserAnchors }),
    domains,
    unknownKeys: [
      ...(nested === undefined ? [] : unknownIn(nested, CONFIG_KEYS)),
      ...entries.flatMap(({ value }) => unknownIn(value, DOMAIN_KEYS)),
    ],
    problems: problemsOf(config, domains),
    place: entryOf(plist, 'TSKConfiguration')?.key.place ?? config.place,
  };
}

/** A key that code computes has no text here. */
function unknownIn(value: DataValue, known: readonly string[]): TrustKitConfig['unknownKeys'] {
  const keys = value.kind === 'dict' ? value.entries.map(({ key }) => key) : [];
  return keys.filter(({ text }) => text !== '' && !known.includes(text)).map((key) => ({ key, known }));
}

function domainOf({ key, value }: DataEntry): TrustKitDomain {
  const enforce = truthOf(value, 'TSKEnforcePinning');
  const includeSubdomains = truthOf(value, 'TSKIncludeSubdomains');
  const excludedFromParent = truthOf(value, EXCLUDED);
  const expiration = stringOf(value, 'TSKExpirationDate');
  const disableDefaultReportUri = truthOf(value, 'TSKDisableDefaultReportUri');
  const algorithms = entryOf(value, 'TSKPublicKeyAlgorithms');
  return {
    host: key,
    hashes: textsOf(value, 'TSKPublicKeyHashes'),
    reportUris: textsOf(value, 'TSKReportUris'),
    ...(enforce === undefined ? {} : { enforce }),
    ...(includeSubdomains === undefined ? {} : { includeSubdomains }),
    ...(excludedFromParent === undefined ? {} : { excludedFromParent }),
    otherKeys:
      value.kind === 'dict' ? value.entries.map((entry) => entry.key).filter(({ text }) => text !== EXCLUDED) : [],
    ...(expiration === undefined ? {} : { expiration }),
    ...(disableDefaultReportUri === undefined ? {} : { disableDefaultReportUri }),
    ...(algorithms === undefined ? {} : { algorithms: algorithms.key.place }),
    place: key.place,
  };
}

/** `boolValue` of whatever stands there: of a text the first letter or digit decides. */
function truthOf(value: DataValue, key: string): boolean | undefined {
  const found = entryOf(value, key)?.value;
  if (found?.kind === 'number') return found.value !== 0;
  if (found?.kind === 'string') return /^\s*[+-]?0*[1-9YyTt]/.test(found.value);
  return found?.kind === 'boolean' ? found.value : undefined;
}

function textsOf(value: DataValue, key: string): TrustKitDomain['hashes'] {
  const list = entryOf(value, key)?.value;
  const items = list?.kind === 'array' ? list.items : [];
  return items.flatMap((item) => (item.kind === 'string' ? [{ text: item.value, place: item.place }] : []));
}

type Problem = TrustKitConfig['problems'][number];

/** What `parse_configuration.m` answers with an exception, in its order. */
function problemsOf(config: DataDict, domains: readonly TrustKitDomain[]): readonly Problem[] {
  const empty = domains.length === 0 ? [problem('no_domains', 'no domain is pinned', config.place)] : [];
  return [...empty, ...domains.flatMap((domain) => domainProblems(domain, domains))];
}

function domainProblems(domain: TrustKitDomain, all: readonly TrustKitDomain[]): readonly Problem[] {
  const { host, hashes, place } = domain;
  if (!hasRegistry(host.text)) return [problem('no_registry', `${host.text} ends in no public suffix`, place)];
  if (domain.excludedFromParent === true) return parentProblems(domain, all);
  const bad = hashes.filter(({ text }) => !isSha256(text));
  const distinct = new Set(hashes.map(({ text }) => canonicalBase64(text))).size;
  const least = domain.enforce === false ? 1 : 2;
  return [
    ...bad.map((hash) => problem('hash', 'a hash is not the base64 of 32 bytes', hash.place)),
    ...(distinct < least
      ? [problem('too_few_hashes', `${distinct} distinct hashes, expected ${least} or more`, place)]
      : []),
    ...(domain.includeSubdomains === true && isPublicSuffix(host.text)
      ? [problem('public_suffix', 'subdomains of a public suffix', place)]
      : []),
  ];
}

function parentProblems(
  { host, otherKeys, place }: TrustKitDomain,
  all: readonly TrustKitDomain[],
): readonly Problem[] {
  const hasParent = all.some((other) => other.includeSubdomains === true && isBeneath(host.text, other.host.text));
  return [
    ...(hasParent ? [] : [problem('no_parent', 'excluded from a parent that is not there', place)]),
    ...otherKeys.map((key) =>
      problem('excluded_with_more', `excluded from its parent, and has ${key.text} besides`, key.place),
    ),
  ];
}

const problem = (code: string, message: string, place: Place): Problem => ({ code, message, place });

const SHA256_BASE64 = 44;
const isSha256 = (text: string): boolean => isBase64(text) && text.length === SHA256_BASE64 && /[^=]=$/.test(text);

/** Addresses, `localhost` and made-up top-level domains are refused. */
function hasRegistry(host: string): boolean {
  const { isIcann, isPrivate } = parseDomain(comparable(host), { allowPrivateDomains: true });
  return isIcann === true || isPrivate === true;
}

/** TrustKit carries a list of public suffixes; private ones (`appspot.com`) are among them. */
function isPublicSuffix(host: string): boolean {
  const { publicSuffix, hostname } = parseDomain(comparable(host), { allowPrivateDomains: true });
  return publicSuffix !== null && publicSuffix === hostname;
}

/** The domains of TrustKit in the common form. Domains that are excluded from their parent have no pins. */
export function trustKitPinnedHosts({ domains }: TrustKitConfig, variant: string): readonly PinnedHost[] {
  return domains
    .filter(({ excludedFromParent }) => excludedFromParent !== true)
    .map(({ host, hashes, enforce, includeSubdomains, expiration, place }) => ({
      format: 'trustkit-ios',
      host,
      subdomains: includeSubdomains === true ? 'all' : 'none',
      apex: true,
      pins: hashes,
      position: 'any',
      ...(expiration === undefined ? {} : { expiration }),
      enforced: enforce !== false,
      release: variant !== 'debug' && variant !== 'test',
      place,
    }));
}
