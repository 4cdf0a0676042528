import { dayOf } from '../match/day.ts';
import { comparable, isBeneath } from '../match/names.ts';
import type { Connection, Outcome, Step } from '../match/outcome.ts';
import type { HarmonyConfig, HarmonyScope } from './config.ts';

const MINUTE_MS = 60_000;

/**
 * Would a request by HarmonyOS' Network Kit go through? It hands the pins to libcurl (OpenHarmony netstack, `http_exec.cpp`),
 * which compares them with the leaf's key alone. They end at the start of their day in the device's own zone. Remote
 * Communication Kit skips pin sets and anchors: it is not asked here.
 */
export function matchHarmony(config: HarmonyConfig, connection: Connection): Outcome {
  const untrusted = untrustedBy(config, connection);
  if (untrusted !== undefined) return { answer: 'refused', because: 'untrusted', trace: [untrusted] };
  const scope = mostSpecific(config.domains, comparable(connection.host));
  if (scope === undefined) return connects('unpinned', [{ text: `no domain covers ${connection.host}` }]);
  const trace = [{ text: 'the most specific domain-config', place: scope.place }];
  return scope.pinSet === undefined
    ? connects('unpinned', [...trace, { text: 'it has no pin-set', place: scope.place }])
    : judge(scope.pinSet, connection, trace);
}

/** Certificates that a user added are trusted unless the file says otherwise. */
function untrustedBy({ trustCurrentUserCa, trustGlobalUserCa, place }: HarmonyConfig, { path, anchor }: Connection) {
  if (path.length === 0) return { text: 'no path validates' };
  const refusesUsers = trustCurrentUserCa === false && trustGlobalUserCa === false;
  return anchor === 'user' && refusesUsers ? { text: 'certificates of users are not trusted', place } : undefined;
}

function mostSpecific(scopes: readonly HarmonyScope[], name: string): HarmonyScope | undefined {
  const named = scopes.flatMap((scope) =>
    scope.domains.map((domain) => ({ scope, ...domain, own: comparable(domain.name.text) })),
  );
  const exact = named.find(({ own }) => own === name);
  const above = named.filter(({ own, includeSubdomains }) => includeSubdomains && isBeneath(name, own));
  return (exact ?? above.sort((a, b) => b.own.length - a.own.length)[0])?.scope;
}

function judge(
  { expiration, pins, place }: NonNullable<HarmonyScope['pinSet']>,
  connection: Connection,
  before: readonly Step[],
): Outcome {
  const { at, zoneMinutes, path } = connection;
  const end = expiration === undefined ? undefined : dayOf(expiration.text);
  if (end !== undefined && at >= end - zoneMinutes * MINUTE_MS) {
    return connects('expired', [
      ...before,
      { text: 'the pin-set expired: pinning is off', place: expiration?.place ?? place },
    ]);
  }
  const hit = pins.find(({ digest }) => path[0] === digest.text);
  if (hit !== undefined)
    return connects('pin_matched', [...before, { text: "a pin is the leaf's", place: hit.digest.place }]);
  if (pins.length === 0) return connects('unpinned', [...before, { text: 'the pin-set is empty', place }]);
  return {
    answer: 'refused',
    because: 'no_pin_matched',
    trace: [...before, { text: `none of ${pins.length} pins is the leaf's`, place }],
  };
}

const connects = (because: Outcome['because'], trace: readonly Step[]): Outcome => ({
  answer: 'connects',
  because,
  trace,
});
