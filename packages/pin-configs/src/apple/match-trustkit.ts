import { dayOf } from '../match/day.ts';
import { comparable, isBeneath } from '../match/names.ts';
import type { Connection, Outcome, Step } from '../match/outcome.ts';
import { canonicalBase64 } from './base64.ts';
import type { TrustKitConfig, TrustKitDomain } from './trustkit.ts';

/** Would TrustKit for iOS let a connection through? The most specific domain alone counts (`configuration_utils.m`). */
export function matchTrustKitIos(config: TrustKitConfig, connection: Connection): Outcome {
  const [problem] = config.problems;
  if (problem !== undefined) {
    const step = { text: `TrustKit throws at start: ${problem.message}`, place: problem.place };
    return { answer: 'crashes', because: 'configuration_invalid', trace: [step] };
  }
  const domain = mostSpecific(config.domains, comparable(connection.host));
  if (domain === undefined) return pass('unpinned', [{ text: `no domain covers ${connection.host}` }], connection);
  const first = { text: `${domain.host.text} is the most specific domain`, place: domain.place };
  return judge(domain, connection, [first]);
}

/** Names are compared as they are written: capital letters and a dot at the end match nothing. */
function mostSpecific(domains: readonly TrustKitDomain[], name: string): TrustKitDomain | undefined {
  const exact = domains.find(({ host }) => host.text === name);
  if (exact !== undefined) return exact;
  return domains
    .filter(({ host, includeSubdomains }) => includeSubdomains === true && isBeneath(name, host.text))
    .sort((a, b) => b.host.text.length - a.host.text.length)[0];
}

function judge(domain: TrustKitDomain, connection: Connection, trace: readonly Step[]): Outcome {
  const { excludedFromParent, expiration, hashes, enforce } = domain;
  const said = (text: string, place = domain.place): readonly Step[] => [...trace, { text, place }];
  if (excludedFromParent === true) return pass('unpinned', said('it is excluded from its parent'), connection);
  const end = expiration === undefined ? undefined : dayOf(expiration.text);
  // The first instant of the day still holds (`TSKPinningValidator.m` asks for a day before now).
  if (end !== undefined && connection.at > end) {
    return pass('expired', said('its pins expired at midnight UTC', expiration?.place), connection);
  }
  const hit = hashes.find(({ text }) => connection.path.includes(canonicalBase64(text)));
  if (hit !== undefined) return pass('pin_matched', said('a pin matches', hit.place), connection);
  if (enforce === false) return pass('report_only', said('no pin matches, which is only reported'), connection);
  return { answer: 'refused', because: 'no_pin_matched', trace: said(`none of ${hashes.length} pins matches`) };
}

/** TrustKit never accepts a chain that the platform does not trust. */
function pass(because: Outcome['because'], trace: readonly Step[], { path }: Connection): Outcome {
  if (path.length > 0) return { answer: 'connects', because, trace };
  return { answer: 'refused', because: 'untrusted', trace: [...trace, { text: 'no path validates' }] };
}
