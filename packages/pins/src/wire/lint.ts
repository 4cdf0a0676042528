import type { PinnedHost, PinSet } from './pin-set.ts';
import type { RootDocument } from './root.ts';

const DAY = 86_400;

/** What can be wrong with a set although it is in its form. Errors are not signed. */
const RULES = {
  single_pin: { severity: 'error', why: 'When the one key is lost or replaced, the app is cut off (RFC 7469 4.3).' },
  live_mismatch: {
    severity: 'error',
    why: 'No pin is in the chain that the host serves now: the app is cut off at once.',
  },
  no_backup: {
    severity: 'error',
    why: 'Every pin is in the served chain, so one event at that CA or host breaks all.',
  },
  placeholder_pin: { severity: 'error', why: 'The pin is the digest of nothing or an example, and matches no key.' },
  revoked_pin_listed: { severity: 'error', why: 'A pin cannot be dropped at once and be valid.' },
  already_expired: { severity: 'error', why: 'No app accepts a set that is past its expiry.' },
  open_on_expiry: {
    severity: 'error',
    why: 'After expiry any CA would do; whoever holds back updates opens the channel.',
  },
  root_ends_first: { severity: 'error', why: 'Once the root document has expired, apps accept no newer set.' },
  expires_soon: { severity: 'warning', why: 'Apps that are offline for a week miss the next set.' },
  expires_late: { severity: 'warning', why: 'A set that lives over a year gives old pins a long life.' },
  root_expires_soon: { severity: 'warning', why: 'Collecting the offline keys takes time.' },
  not_checked_live: { severity: 'warning', why: 'Without the served chain, neither a match nor a backup is proven.' },
} as const;

export type LintRule = keyof typeof RULES;

export const LINT_RULES: Readonly<Record<LintRule, Pick<Finding, 'severity' | 'why'>>> = RULES;

export interface Finding {
  readonly rule: LintRule;
  readonly severity: 'error' | 'warning';
  readonly host?: string;
  readonly why: string;
}

export interface LintContext {
  readonly root: RootDocument;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** For each host, the pins of the chain that it serves now, validated. */
  readonly served?: ReadonlyMap<string, readonly string[]>;
  /** Lets a set with `on_expiry: system` pass. Never read this from a document. */
  readonly acceptOpenOnExpiry?: true;
}

/** SHA-256 of nothing: what a failed pipe into a digest gives. */
const EMPTY = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';

/** Everything that would cut apps off or weaken them, errors first. */
export function lintPinSet(set: PinSet, context: LintContext): Finding[] {
  const findings = [...setFaults(set, context), ...set.hosts.flatMap((host) => hostFaults(host, context))];
  const isError = ({ severity }: Finding): boolean => severity === 'error';
  return [...findings.filter(isError), ...findings.filter((finding) => !isError(finding))];
}

function setFaults(set: PinSet, { root, now, acceptOpenOnExpiry }: LintContext): Finding[] {
  const seconds = now / 1000;
  return chosen([
    ['already_expired', set.exp <= seconds],
    ['open_on_expiry', set.on_expiry === 'system' && acceptOpenOnExpiry !== true],
    ['root_ends_first', root.exp < set.exp],
    ['expires_soon', set.exp > seconds && set.exp < seconds + 7 * DAY],
    ['expires_late', set.exp > seconds + 366 * DAY],
    ['root_expires_soon', root.exp < seconds + 90 * DAY],
  ]);
}

function hostFaults(host: PinnedHost, { now, served }: LintContext): Finding[] {
  const chain = served?.get(host.h);
  const matching = host.spki.filter((pin) => chain?.includes(pin));
  return chosen(
    [
      ['single_pin', host.spki.length < 2],
      ['placeholder_pin', host.spki.some(isPlaceholder)],
      ['revoked_pin_listed', host.spki.some((pin) => host.revoked?.includes(pin))],
      ['already_expired', host.exp <= now / 1000],
      ['live_mismatch', chain !== undefined && matching.length === 0],
      ['no_backup', chain !== undefined && matching.length === host.spki.length],
      ['not_checked_live', chain === undefined],
    ],
    host.h,
  );
}

function chosen(rows: readonly (readonly [LintRule, boolean])[], host?: string): Finding[] {
  const fired = rows.filter(([, isFaulty]) => isFaulty).map(([rule]) => rule);
  return fired.map((rule) => ({ rule, ...LINT_RULES[rule], ...(host === undefined ? {} : { host }) }));
}

/** The digest of nothing, or text with so few different characters that no digest ever made it. */
function isPlaceholder(pin: string): boolean {
  return pin === EMPTY || new Set(pin).size < 12;
}
