import { ASSURANCES, STAGES } from '@assay/core';
import { misconfigured } from './fault.ts';
import type { RouteDemands } from './options.ts';

/** The demands of a route, complete and checked. Ages in seconds, infinite where none is set. */
export type Demands = Required<Omit<RouteDemands, 'keyProtection'>> & Pick<RouteDemands, 'keyProtection'>;

const DEFAULTS: Demands = {
  acr: 'low',
  tier: 'warning',
  maxAge: Number.POSITIVE_INFINITY,
  maxEnrolmentAge: Number.POSITIVE_INFINITY,
  degraded: 'refuse',
  unenforced: 'accept',
  nonce: 'required',
  query: 'any',
  body: 'any',
  bodyLimit: 1_048_576,
  stage: 'enforce',
};

const isAge = (value: unknown): boolean => typeof value === 'number' && value >= 0;
const oneOf =
  (values: readonly string[]) =>
  (value: unknown): boolean =>
    values.some((each) => each === value);

const PROTECTIONS = oneOf(['hardware', 'app_asserted', 'software']);

interface MemberRow {
  readonly expected: string;
  fits(value: unknown): boolean;
}

const MEMBERS: Readonly<Record<keyof RouteDemands, MemberRow>> = {
  // A token of assurance none admits to nothing, so it is no minimum either.
  acr: { expected: 'low, substantial or high', fits: oneOf(ASSURANCES.filter((each) => each !== 'none')) },
  tier: { expected: 'affirming or warning', fits: oneOf(['affirming', 'warning']) },
  maxAge: { expected: 'seconds', fits: isAge },
  maxEnrolmentAge: { expected: 'seconds', fits: isAge },
  keyProtection: {
    expected: 'at least one of hardware, app_asserted, software',
    fits: (value) => Array.isArray(value) && value.length > 0 && value.every(PROTECTIONS),
  },
  degraded: { expected: 'refuse or accept', fits: oneOf(['refuse', 'accept']) },
  unenforced: { expected: 'accept or refuse', fits: oneOf(['accept', 'refuse']) },
  nonce: { expected: 'required or offered', fits: oneOf(['required', 'offered']) },
  query: { expected: 'any or proven', fits: oneOf(['any', 'proven']) },
  body: { expected: 'any or proven', fits: oneOf(['any', 'proven']) },
  bodyLimit: { expected: 'octets, at least one', fits: (value) => Number.isSafeInteger(value) && Number(value) > 0 },
  stage: { expected: STAGES.join(', '), fits: oneOf(STAGES) },
};

export const DEMAND_NAMES: readonly string[] = Object.keys(MEMBERS);

/**
 * Demands with changes on top. A name that is not known would otherwise be a demand that nobody makes.
 *
 * @throws ConfigError `middleware.options_invalid`
 */
export function withDemands(changes: RouteDemands, base: Demands = DEFAULTS): Demands {
  const set = Object.entries(changes).filter(([, value]) => value !== undefined);
  for (const [name, value] of set) assertMember(name, value);
  return { ...base, ...Object.fromEntries(set) };
}

const isMember = (name: string): name is keyof RouteDemands => Object.hasOwn(MEMBERS, name);

function assertMember(name: string, value: unknown): void {
  if (!isMember(name)) throw misconfigured(`a demand by a known name, not ${name}`);
  const { fits, expected } = MEMBERS[name];
  if (!fits(value)) throw misconfigured(`${name}: ${expected}`);
}

/** The demands among the options of an API. */
export function demandsIn(options: RouteDemands): RouteDemands {
  return Object.fromEntries(Object.entries(options).filter(([name]) => isMember(name)));
}
