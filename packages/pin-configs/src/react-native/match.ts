import { matchTrustKitIos } from '../apple/match-trustkit.ts';
import { readTrustKit } from '../apple/read-trustkit.ts';
import type { DataEntry, DataValue } from '../data/value.ts';
import { dayOf } from '../match/day.ts';
import { comparable, isBeneath } from '../match/names.ts';
import type { Connection, Outcome } from '../match/outcome.ts';
import { matchOkHttp, type OkHttpEntry } from '../okhttp/match.ts';
import type { PinnedHost } from '../pinned-host.ts';
import type { Place } from '../place.ts';

/**
 * Would an app with react-native-ssl-public-key-pinning connect on Android? The library hands its entries to OkHttp, subdomains
 * as `**.`, and leaves out those whose day has come, in UTC (its README).
 */
export function matchReactNativeAndroid(hosts: readonly PinnedHost[], connection: Connection): Outcome {
  const ended = hosts.filter((host) => hasEnded(host, connection));
  const outcome = matchOkHttp(hosts.filter((host) => !ended.includes(host)).map(okHttpEntry), connection);
  const gone = ended.find((host) => holdsFor(host, connection.host));
  if (outcome.because !== 'unpinned' || gone === undefined) return outcome;
  const step = { text: 'its pins expired at midnight UTC', place: gone.expiration?.place ?? gone.place };
  return { ...outcome, because: 'expired', trace: [step] };
}

function hasEnded({ expiration }: PinnedHost, { at }: Connection): boolean {
  const end = expiration === undefined ? undefined : dayOf(expiration.text);
  return end !== undefined && at > end;
}

function okHttpEntry({ host, subdomains, pins }: PinnedHost): OkHttpEntry {
  return {
    pattern: { ...host, text: subdomains === 'all' ? `**.${host.text}` : host.text },
    pins: pins.map(({ text, place }) => ({ text: `sha256/${text}`, place })),
  };
}

function holdsFor({ host, subdomains }: PinnedHost, name: string): boolean {
  const own = comparable(host.text);
  return own === comparable(name) || (subdomains === 'all' && isBeneath(comparable(name), own));
}

/** The same on iOS, where the library makes TrustKit's dictionary of its entries and enforces each of them. */
export function matchReactNativeIos(file: string, hosts: readonly PinnedHost[], connection: Connection): Outcome {
  const place = hosts[0]?.place ?? { file, line: 0, column: 0 };
  const domains = hosts.map((entry) => ({ key: entry.host, value: trustKitDomain(entry) }));
  const config = readTrustKit(file, dict(place, [member('TSKPinnedDomains', dict(place, domains))]));
  if (config === undefined) throw new TypeError('a dictionary of TrustKit is one');
  return matchTrustKitIos(config, connection);
}

function trustKitDomain({ pins, subdomains, expiration, place }: PinnedHost): DataValue {
  const hashes = pins.map((pin): DataValue => ({ kind: 'string', value: pin.text, place: pin.place }));
  return dict(place, [
    member('TSKPublicKeyHashes', { kind: 'array', items: hashes, place }),
    member('TSKIncludeSubdomains', { kind: 'boolean', value: subdomains === 'all', place }),
    member('TSKEnforcePinning', { kind: 'boolean', value: true, place }),
    ...(expiration === undefined
      ? []
      : [member('TSKExpirationDate', { kind: 'string', value: expiration.text, place: expiration.place })]),
  ]);
}

const dict = (place: Place, entries: readonly DataEntry[]): DataValue => ({ kind: 'dict', entries, place });

const member = (text: string, value: DataValue): DataEntry => ({ key: { text, place: value.place }, value });
