import { toBase64 } from '@assay/formats';
import type { Connection, Outcome, Step } from '../match/outcome.ts';
import type { Place } from '../place.ts';
import { type EffectiveAnchor, type EffectiveScope, effectiveScope, type ManifestDefaults } from './effective.ts';
import type { NscConfig, NscPinSet } from './nsc.ts';
import { decodeAndroidBase64, parseNscExpiration } from './values.ts';

/**
 * Would the platform's trust manager let this connection be? AOSP `ApplicationConfig` chooses the entry, `NetworkSecurityTrustManager`
 * checks the path. Stacks that bring a trust manager of their own never ask it.
 */
export function matchNsc(config: NscConfig, defaults: ManifestDefaults, connection: Connection): Outcome {
  const broken = brokenIn(config, connection.build);
  if (broken.length > 0) return { answer: 'crashes', because: 'configuration_invalid', trace: broken };
  const scope = effectiveScope(config, connection.host, connection.build, defaults);
  const trace = [chosenStep(scope, connection), transparencyStep(scope)];
  const anchor = trustingAnchor(scope, connection);
  if (anchor === undefined) {
    return { answer: 'refused', because: 'untrusted', trace: [...trace, untrustedStep(scope, connection)] };
  }
  const checked = checkPins(scope.pinSet, anchor, connection);
  return { ...checked, trace: [...trace, ...checked.trace] };
}

/** What makes the platform refuse the configuration in this build. */
export function brokenIn({ problems }: NscConfig, build: Connection['build']): readonly Step[] {
  return problems
    .filter((problem) => problem.effect === 'crash' && (problem.build === undefined || problem.build === build))
    .map(({ message, place }) => ({ text: message, place }));
}

function chosenStep({ domain, lineage }: EffectiveScope, { host }: Connection): Step {
  if (domain !== undefined)
    return { text: `${host} falls under the domain ${domain.name.text.trim()}`, place: domain.name.place };
  return step(`no domain covers ${host}: base-config and the defaults of the target hold`, lineage[0]?.place);
}

function transparencyStep({ certificateTransparency: { value, place } }: EffectiveScope): Step {
  return step(`certificate transparency is ${value ? 'asked for besides' : 'not asked for'}`, place);
}

/** Of several entries of one source the one that overrides pins comes first, as on the device. */
function trustingAnchor({ anchors }: EffectiveScope, { anchor, path }: Connection): EffectiveAnchor | undefined {
  if (path.length === 0) return undefined;
  const fitting = anchors.value.filter(({ source }) => source === anchor);
  return fitting.find(({ overridePins }) => overridePins) ?? fitting[0];
}

function untrustedStep({ anchors }: EffectiveScope, { anchor, path }: Connection): Step {
  const text =
    path.length === 0
      ? 'no path to a trusted certificate was found'
      : `certificates of the ${anchor} are not trusted here`;
  return step(text, anchors.place);
}

function checkPins(pinSet: NscPinSet | undefined, anchor: EffectiveAnchor, connection: Connection): Outcome {
  if (pinSet === undefined) return connects('unpinned', step('no pin-set holds for the host'));
  if (pinSet.pins.length === 0) return connects('unpinned', step('the pin-set is empty', pinSet.place));
  const { expiration } = pinSet;
  if (expiration !== undefined && hasEnded(expiration.text, connection)) {
    return connects('expired', step(`the pins ended on ${expiration.text} and hold no more`, expiration.place));
  }
  if (anchor.overridePins) {
    return connects('overridden', step(`pins do not hold for certificates of the ${anchor.source}`, anchor.place));
  }
  const match = pinSet.pins.find(({ value }) => connection.path.includes(toPin(value.text)));
  if (match !== undefined) return connects('pin_matched', step('this pin is in the path', match.value.place));
  return {
    answer: 'refused',
    because: 'no_pin_matched',
    trace: [step('no pin of the set is in the path', pinSet.place)],
  };
}

/** Ends at midnight at the start of the day, in the zone of the device; the first millisecond still holds. */
export function hasEnded(expiration: string, { at, zoneMinutes }: Connection): boolean {
  const day = parseNscExpiration(expiration);
  return day !== undefined && at > day - zoneMinutes * 60_000;
}

/** The platform compares bytes: stray characters and spare bits of the spelling do not count. */
const toPin = (text: string): string => toBase64(decodeAndroidBase64(text) ?? new Uint8Array());

const connects = (because: Outcome['because'], why: Step): Outcome => ({ answer: 'connects', because, trace: [why] });

const step = (text: string, place?: Place): Step => (place === undefined ? { text } : { text, place });
