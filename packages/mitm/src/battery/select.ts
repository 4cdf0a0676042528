import { isIP } from 'node:net';
import { CAPABILITIES, type Capability, type Case } from '../case.ts';
import type { Profile } from '../profile.ts';
import { CASES, CONTROL } from './battery.ts';
import { fillTemplate, unfillable } from './template.ts';

/** What the user asks for. */
export interface Wish {
  /** Ids, rows (`N11` for all its variants) or groups; everything unless told. */
  readonly only?: readonly string[];
  readonly except?: readonly string[];
  /** Hosts that the user named; the first is the one that clients are sent to. */
  readonly hosts: readonly string[];
  /** The user gave the private key that the client pins. */
  readonly leafKey?: boolean;
  /** The battery unless told: cases of an operator beside it. */
  readonly cases?: readonly Case[];
}

export interface Selection {
  /** {@link CONTROL}, with what this client demands of every server. */
  readonly control: Case;
  /** As they are to be run, in the order of the battery. */
  readonly applicable: readonly Case[];
  readonly left: readonly { readonly case: Case; readonly because: string }[];
}

interface Sifting {
  readonly profile: Profile;
  readonly wish: Wish;
  readonly host: string;
  readonly can: ReadonlySet<Capability>;
}

const OWN_HOST = '{host}';

/** Why a case is not run, or nothing. The first that holds is told. */
const SIEVES: readonly ((one: Case, sifting: Sifting) => string | undefined)[] = [
  (one, { wish }) => (wish.only !== undefined && !names(wish.only, one) ? 'not among the chosen cases' : undefined),
  (one, { wish }) => (names(wish.except ?? [], one) ? 'left out by the user' : undefined),
  (one, { profile }) => Object.entries(profile.except).find(([name]) => names([name], one))?.[1],
  ({ needs }, { wish }) =>
    wish.leafKey === true && needs.includes('lab-pins')
      ? 'the client pins the given key, and no other of the harness'
      : undefined,
  (one, { can }) => {
    const missing = one.needs.filter((each) => !can.has(each));
    return missing.length === 0 ? undefined : unknownOf(missing);
  },
  (one, { host }) =>
    (one.host === OWN_HOST ? undefined : unfillable([one.host], host)) ??
    unfillable(textsOf(one.recipe), fillTemplate(one.host, host)),
];

/**
 * The cases that say something about this client. Whatever is left out is left out for a reason in words.
 */
export function selectCases(profile: Profile, wish: Wish): Selection {
  const host = wish.hosts[0] ?? '';
  const can = new Set<Capability>([...profile.can, ...(wish.leafKey === true ? (['lab-key'] as const) : [])]);
  const sifting: Sifting = { profile, wish, host, can };
  const sifted = (wish.cases ?? CASES).map((one) => ({ one, because: because(one, sifting) }));
  return {
    control: furnished(CONTROL, can),
    applicable: sifted.filter((each) => each.because === undefined).map(({ one }) => furnished(one, can)),
    left: sifted.flatMap((each) => (each.because === undefined ? [] : [{ case: each.one, because: each.because }])),
  };
}

function because(one: Case, sifting: Sifting): string | undefined {
  for (const sieve of SIEVES) {
    const reason = sieve(one, sifting);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** Id, row or group, in any case of letters. */
function names(wanted: readonly string[], { id, group }: Case): boolean {
  const own = [id, id.replace(/\.[a-z]$/, ''), group].map((each) => each.toLowerCase());
  return wanted.some((each) => own.includes(each.toLowerCase()));
}

const unknownOf = (missing: readonly Capability[]): string =>
  `nobody said that the client ${missing.map((each) => CAPABILITIES[each]).join(', and ')}: if it does, add --can ${missing.join(',')}`;

/**
 * What a client that checks staples or timestamps demands of every server: without it, it would refuse each case for the
 * lack of it, and the fault of the case would go untested.
 */
function furnished(one: Case, can: ReadonlySet<Capability>): Case {
  const { chain, staple } = one.recipe;
  // Only version 3 has extensions to embed them in.
  const isBare = (chain?.leaf?.version ?? 3) < 3;
  const timestamps = { by: isBare ? 'handshake' : 'embedded', fault: 'none' } as const;
  const isStapled = can.has('staples') && staple === undefined;
  const isLogged = can.has('timestamps') && chain?.leaf?.timestamps === undefined;
  const recipe = {
    ...one.recipe,
    ...(isStapled ? { staple: { status: 'good' } as const } : {}),
    ...(isLogged ? { chain: { ...chain, leaf: { ...chain?.leaf, timestamps } } } : {}),
  };
  return isStapled || isLogged ? { ...one, recipe } : one;
}

/** Every text of a recipe; those without placeholders need nothing. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

/** The hosts of a case: where the client is sent, and where a second request of it goes. */
export function hostsOf(one: Case, host: string): { readonly host: string; readonly secondHost: string } {
  const own = fillTemplate(one.host, host);
  return { host: own, secondHost: isIP(own) === 0 ? `second.${own}` : own };
}
