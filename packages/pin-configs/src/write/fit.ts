import { isBeneath } from '../match/names.ts';
import type { PinPolicy, PolicyHost } from '../policy/model.ts';
import type { Abilities, FittedPolicy, Target, Warning, WriteOptions } from './target.ts';

export interface Fitted {
  readonly policy: FittedPolicy;
  readonly warnings: readonly Warning[];
  /** Nothing may be written while there is one. */
  readonly refusals: readonly Warning[];
}

/** Cuts a policy to what a target can say: expands what can be listed, tells what is stricter, refuses what would be weaker. */
export function fit(policy: PinPolicy, { can, id }: Target, { acceptCertificatePins }: WriteOptions): Fitted {
  const expanded = expandAll(policy.hosts, can);
  const accepted = acceptCertificatePins === true;
  const refusals = [
    ...(can.pins === 'certificate' && !accepted ? [{ message: CERTIFICATE_PINS }] : []),
    ...expanded.refusals,
    ...policy.hosts.flatMap((host) => unsayable(host, can, id)),
  ];
  const hosts =
    can.overlap === 'union' ? expanded.hosts.filter((host) => can.reports || isEnforced(host)) : expanded.hosts;
  const warnings = [...expanded.warnings, ...policy.hosts.flatMap((host) => unsaid(host, can))];
  return { policy: { ...policy, hosts }, warnings, refusals };
}

const CERTIFICATE_PINS =
  'it compares whole certificates, so that every renewal ends the app; give --accept-certificate-pins to write it all the same';

export const isEnforced = ({ mode }: PolicyHost): boolean => mode === 'enforce';

const NO_LIST = 'list the names in use under `covers`';

interface Expanded extends Pick<Fitted, 'warnings' | 'refusals'> {
  readonly hosts: readonly PolicyHost[];
}

const NOTHING: Expanded = { hosts: [], warnings: [], refusals: [] };

function expandAll(hosts: readonly PolicyHost[], can: Abilities): Expanded {
  return hosts.reduce<Expanded>((done, host) => {
    const next = expand(host, hosts, can);
    return {
      hosts: [...done.hosts, ...next.hosts],
      warnings: [...done.warnings, ...next.warnings],
      refusals: [...done.refusals, ...next.refusals],
    };
  }, NOTHING);
}

/** A host that the target cannot cover by a rule becomes the names that are listed; one without a list is refused. */
function expand(entry: PolicyHost, hosts: readonly PolicyHost[], can: Abilities): Expanded {
  const reason = whyListed(entry, hosts, can);
  if (reason === undefined) return { ...NOTHING, hosts: [entry] };
  const { host, covers } = entry;
  if (covers.length === 0) return { ...NOTHING, refusals: [{ host, message: `${reason}; ${NO_LIST}` }] };
  const outer = can.overlap === 'union' ? undefined : outerRule(entry, hosts);
  if (outer !== undefined) {
    return {
      ...NOTHING,
      refusals: [{ host, message: `${reason}, and names that are not listed would fall under ${outer.host}` }],
    };
  }
  const named = covers.filter((name) => mostSpecific(name, hosts) === entry);
  const listed = [host, ...named].map((name) => ({ ...entry, host: name, subdomains: 'none', covers: [] }) as const);
  return {
    ...NOTHING,
    hosts: listed,
    warnings: [{ host, message: `${reason}: only ${host} and the names under covers are pinned` }],
  };
}

/** An entry with other pins whose rule reaches what this one would cover. */
const outerRule = (entry: PolicyHost, hosts: readonly PolicyHost[]): PolicyHost | undefined =>
  hosts.find((other) => other.subdomains === 'all' && isBeneath(entry.host, other.host) && !saysTheSame(entry, other));

function whyListed(entry: PolicyHost, hosts: readonly PolicyHost[], can: Abilities): string | undefined {
  if (entry.subdomains === 'none') return undefined;
  if (!can.subdomains.includes(entry.subdomains)) return DEPTHS[entry.subdomains];
  if (can.overlap === 'most-specific') return undefined;
  const inner = hosts.find((other) => other !== entry && covers(entry, other.host) && !saysTheSame(entry, other));
  if (inner === undefined || (!isEnforced(entry) && !can.reports)) return undefined;
  return `the pins of ${entry.host} would count for ${inner.host} too, because all entries that fit are united here`;
}

const DEPTHS = {
  one: 'subdomains of exactly one label cannot be said here',
  all: 'subdomains of any depth cannot be said here',
} as const;

/** Whether an entry's rule reaches a name beneath it. */
export function covers({ host, subdomains }: Pick<PolicyHost, 'host' | 'subdomains'>, name: string): boolean {
  if (subdomains === 'none' || !isBeneath(name, host)) return false;
  return subdomains === 'all' || !name.slice(0, -host.length - 1).includes('.');
}

/** The entry that holds for a name: its own, else the longest that reaches it. */
export function mostSpecific<Host extends Pick<PolicyHost, 'host' | 'subdomains'>>(
  name: string,
  hosts: readonly Host[],
): Host | undefined {
  const own = hosts.find(({ host }) => host === name);
  if (own !== undefined) return own;
  const reaching = hosts.filter((host) => covers(host, name));
  return reaching.sort((a, b) => b.host.length - a.host.length)[0];
}

function saysTheSame(a: PolicyHost, b: PolicyHost): boolean {
  const said = ({ pins, mode, expires }: PolicyHost): string =>
    JSON.stringify([pins.map(({ spki }) => spki).sort(), mode, expires ?? null]);
  return said(a) === said(b);
}

/** What would be weaker, or would refuse what the policy lets through. */
function unsayable(entry: PolicyHost, can: Abilities, id: string): readonly Warning[] {
  const { host, pins, trust } = entry;
  const positions = new Set(pins.map(({ position }) => position));
  const messages = [
    trust.store === 'private' && !can.privateTrust
      ? `${id} trusts the device store and cannot be kept to private authorities; android-nsc and node can`
      : undefined,
    can.pins === 'certificate' && pins.every(({ certificates }) => certificates.length === 0)
      ? 'no pin lists its certificates, which are all that can be compared here'
      : undefined,
    isEnforced(entry) && can.positions === 'leaf' && positions.has('ca')
      ? 'only the key of the leaf can be compared here; pin leaf keys alone, or leave the target out'
      : undefined,
    isEnforced(entry) && can.positions === 'one-kind' && positions.size > 1
      ? 'leaf and CA pins of one host must both match here, where the policy asks for one of them; pin keys of one kind'
      : undefined,
  ];
  return messages.filter((message) => message !== undefined).map((message) => ({ host, message }));
}

/** What the target leaves out, where that is stricter or harmless; said all the same. */
function unsaid(entry: PolicyHost, can: Abilities): readonly Warning[] {
  const { host, expires, reportTo, certificateTransparency } = entry;
  const messages = [
    expires !== undefined && isEnforced(entry) && !can.expires
      ? `pins have no end here: they hold after ${expires} too, until the app is updated`
      : undefined,
    !isEnforced(entry) && !can.reports
      ? 'mode: report cannot be said here: the host is not pinned, and nothing is told'
      : undefined,
    reportTo.length > 0 && !can.sendsReports ? 'nothing is sent to reportTo from here' : undefined,
    certificateTransparency === 'required' && can.transparency === 'none'
      ? 'certificate transparency is not asked for here'
      : undefined,
  ];
  return messages.filter((message) => message !== undefined).map((message) => ({ host, message }));
}
