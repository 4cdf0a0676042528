import type { Connection, Outcome, Step } from '../match/outcome.ts';
import { effectiveScope, type ManifestDefaults } from './effective.ts';
import { brokenIn, matchNsc } from './match-nsc.ts';
import type { NscConfig, NscDomainConfig, NscProblem, NscTrustKit } from './nsc.ts';

/** TrustKit's own minimum, where it enforces (`DomainPinningPolicy`). */
const MINIMUM_PINS = 2;

/** Whether TrustKit enforces, by the nearest element that says so. Silence means no. */
export function isEnforced(trustKit: readonly NscTrustKit[]): boolean {
  const own = trustKit.find(({ enforcePinning }) => enforcePinning !== undefined)?.enforcePinning;
  return own?.text.toLowerCase() === 'true';
}

/** Whether any entry is meant for TrustKit at all; without one the library is not in play. */
export function usesTrustKit({ domains }: NscConfig): boolean {
  return domains.some(
    (config) => config.trustKit !== undefined || usesTrustKit({ domains: config.nested, problems: [] }),
  );
}

/**
 * What TrustKit for Android answers with an exception when it is started, beyond what the platform refuses (its
 * `TrustKitConfigurationParser` and `DomainPinningPolicy`, read 2026-08).
 */
export function trustKitProblems(config: NscConfig): readonly NscProblem[] {
  return usesTrustKit(config) ? config.domains.flatMap((domain) => problemsOf(domain, [])) : [];
}

function problemsOf(config: NscDomainConfig, outer: readonly NscDomainConfig[]): readonly NscProblem[] {
  const lineage = [config, ...outer];
  const nested = config.nested.flatMap((inner) => problemsOf(inner, lineage));
  return [...digestProblems(config), ...countProblems(lineage), ...nested];
}

function digestProblems({ pinSet }: NscDomainConfig): readonly NscProblem[] {
  const wrong = (pinSet?.pins ?? []).filter(({ digest }) => digest !== undefined && digest.text !== 'SHA-256');
  return wrong.map(({ digest, value }) =>
    crash(
      'trustkit_digest',
      'TrustKit takes no other spelling of the digest than SHA-256',
      digest?.place ?? value.place,
    ),
  );
}

function countProblems(lineage: readonly NscDomainConfig[]): readonly NscProblem[] {
  if (!isEnforced(lineage.flatMap(({ trustKit }) => trustKit ?? []))) return [];
  const pinSet = lineage.find((scope) => scope.pinSet !== undefined)?.pinSet;
  const count = new Set(pinSet?.pins.map(({ value }) => value.text)).size;
  const place = pinSet?.place ?? lineage[0]?.place;
  if (count >= MINIMUM_PINS || place === undefined) return [];
  return [crash('trustkit_pins', `TrustKit enforces ${MINIMUM_PINS} pins or more, not ${count}`, place)];
}

const crash = (code: string, message: string, place: NscProblem['place']): NscProblem => ({
  code,
  effect: 'crash',
  message,
  place,
});

/**
 * Would a connection be let through that uses TrustKit's trust manager, on Android 7 or later? There the library has the
 * platform check the pins, and where it does not enforce it reports the refusal and drops it. Whatever does not go through the
 * library (WebView, other sockets) is as {@link matchNsc} says: the platform knows no report-only.
 */
export function matchTrustKitAndroid(config: NscConfig, defaults: ManifestDefaults, connection: Connection): Outcome {
  const broken: readonly Step[] = [
    ...brokenIn(config, connection.build),
    ...trustKitProblems(config).map(({ message, place }) => ({ text: message, place })),
  ];
  if (broken.length > 0) return { answer: 'crashes', because: 'configuration_invalid', trace: broken };
  const platform = matchNsc(config, defaults, connection);
  const { domain, trustKit, lineage } = effectiveScope(config, connection.host, connection.build, defaults);
  const isOwn = usesTrustKit(config) && domain !== undefined && !isEnforced(trustKit);
  if (platform.because !== 'no_pin_matched' || !isOwn) return platform;
  const place = (trustKit.find(({ enforcePinning }) => enforcePinning !== undefined) ?? lineage[0])?.place;
  const text = 'enforcePinning is not true: TrustKit reports the refusal and connects; other connections stay refused';
  return {
    answer: 'connects',
    because: 'report_only',
    trace: [...platform.trace, place === undefined ? { text } : { text, place }],
  };
}
