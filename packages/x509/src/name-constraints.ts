import type { Budget } from './budget.ts';
import { spend } from './budget.ts';
import type { Certificate } from './certificate.ts';
import type { Link } from './checks/state.ts';
import { isHostName, isWithinDomain, wildcardBase } from './dns-names.ts';
import type { NameConstraints } from './extensions/name-constraints.ts';
import { refused } from './faults.ts';
import type { GeneralName } from './general-names.ts';
import { hasPrefixMask, isWithinRange } from './ip-addresses.ts';
import { normalMailbox } from './mailboxes.ts';
import { attributeValues, isEmptyName, isSelfIssued, isWithinName } from './names.ts';
import { OID } from './oids.ts';

/**
 * RFC 5280 6.1.3 (b), (c) and 4.2.1.10: every name of every certificate below the issuer lies inside its permitted subtrees
 * and outside its excluded ones. Self-issued certificates are exempt unless they are the leaf. Each issuer on the path is
 * asked by itself, so that an inner authority can only narrow what an outer one gave. Stops a constrained authority from
 * certifying names that are not its own.
 */
export function assertNameConstraints({ path, issuer, budget }: Link): void {
  const constraints = issuer.certificate?.nameConstraints;
  if (constraints === undefined) return;
  for (const [index, certificate] of path.entries()) {
    if (index === 0 || !isSelfIssued(certificate)) assertNamesWithin(certificate, constraints, budget);
  }
}

function assertNamesWithin(certificate: Certificate, constraints: NameConstraints, budget: Budget): void {
  for (const name of namesOf(certificate)) assertNameWithin(name, constraints, budget);
}

/** The subject, every alternative name, and where there are none, the mailboxes in the subject (RFC 5280 4.2.1.10). */
function namesOf({ subject, subjectAltNames }: Certificate): readonly GeneralName[] {
  const directory: GeneralName[] = isEmptyName(subject) ? [] : [{ kind: 'directory', value: subject }];
  const mailboxes = subjectAltNames ? [] : attributeValues(subject, OID.emailAddress);
  return [...directory, ...(subjectAltNames ?? []), ...mailboxes.map((value) => ({ kind: 'email', value }) as const)];
}

function assertNameWithin(name: GeneralName, { permitted, excluded }: NameConstraints, budget: Budget): void {
  spend(budget, 'comparisons', (permitted.length + excluded.length) * weightOf(name));
  const clause = 'RFC 5280 4.2.1.10';
  const [allows, forbids] = [permitted.filter(isOfForm(name)), excluded.filter(isOfForm(name))];
  if (![...allows, ...forbids].every(isSubtree)) {
    throw refused('x509.name_constraint_unsupported', { clause, found: `a subtree for ${name.kind} names` });
  }
  if (forbids.some((base) => overlaps(name, base))) {
    throw refused('x509.name_constraint_violated', { clause, found: `an excluded ${name.kind} name` });
  }
  if (allows.length > 0 && !allows.some((base) => isWithin(name, base))) {
    throw refused('x509.name_constraint_violated', { clause, found: `a ${name.kind} name that is not permitted` });
  }
}

/**
 * True when `base` is a subtree in a form that 4.2.1.10 gives and that can be compared: a host name, an address with a mask
 * of leading ones, a mailbox, host or domain, a directory name. One that cannot be read could hold more, or less, than its
 * author meant.
 */
export function isSubtree(base: GeneralName): boolean {
  if (base.kind === 'dns') return base.value === '' || isHostName(base.value);
  if (base.kind === 'ip') return hasPrefixMask(base.value);
  if (base.kind !== 'email') return base.kind === 'directory';
  return base.value.includes('@') ? normalMailbox(base.value) !== undefined : isHostName(base.value.replace(/^\./, ''));
}

/** What one comparison of this name costs: one unit, and one more for every hundred octets of it. */
function weightOf(name: GeneralName): number {
  if (name.kind === 'unsupported') return 1;
  const { length } = name.kind === 'directory' ? name.value.raw : name.value;
  return 1 + Math.floor(length / 100);
}

/** Constraints bind names of their own form only. */
function isOfForm(name: GeneralName): (base: GeneralName) => boolean {
  return (base) =>
    base.kind === name.kind && (base.kind !== 'unsupported' || name.kind !== 'unsupported' || base.tag === name.tag);
}

/** True when all that `name` stands for lies within `base`. A name that cannot be compared lies nowhere. */
function isWithin(name: GeneralName, base: GeneralName): boolean {
  if (name.kind === 'dns' && base.kind === 'dns') {
    const presented = name.value.toLowerCase();
    return isWithinDomain(wildcardBase(presented) ?? presented, base.value.toLowerCase());
  }
  if (name.kind === 'email' && base.kind === 'email') return isMailboxWithin(name.value, base.value);
  if (name.kind === 'ip' && base.kind === 'ip') return isWithinRange(name.value, base.value);
  return name.kind === 'directory' && base.kind === 'directory' && isWithinName(name.value, base.value);
}

/**
 * True when something that `name` stands for may lie within `base`: a wildcard could be used for an excluded host one label
 * further down, which neither RFC 5280 nor RFC 9525 thought of (CVE-2025-61727). A mailbox that cannot be read may lie anywhere.
 */
function overlaps(name: GeneralName, base: GeneralName): boolean {
  if (isWithin(name, base)) return true;
  if (name.kind === 'email') return normalMailbox(name.value) === undefined;
  if (name.kind !== 'dns' || base.kind !== 'dns') return false;
  const parent = wildcardBase(name.value.toLowerCase());
  const excluded = base.value.toLowerCase();
  return parent !== undefined && excluded.slice(excluded.indexOf('.') + 1) === parent;
}

/** RFC 5280 4.2.1.10: a mailbox, a host (`example.com`), or all hosts of a domain (`.example.com`). Nothing is a wildcard. */
function isMailboxWithin(value: string, base: string): boolean {
  const mailbox = normalMailbox(value);
  if (mailbox === undefined) return false;
  if (base.includes('@')) return mailbox === normalMailbox(base);
  const host = mailbox.slice(mailbox.indexOf('@') + 1);
  const domain = base.toLowerCase();
  return domain.startsWith('.') ? host.endsWith(domain) : host === domain;
}
