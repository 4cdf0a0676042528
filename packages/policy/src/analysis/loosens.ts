import { isAtLeast } from '@assay/core';
import type { Text } from '../cel/check.ts';
import type { Annotation, Policy, Rule } from '../policy.ts';
import { coversBan, coversRow, coversRule, type Side, sideOf } from './covers.ts';
import { impliesTrue, isSame } from './implies.ts';

/** `no`: shown by the texts of both policies. `yes`: something was taken away or weakened. `maybe`: everything else. */
export type Loosens = 'no' | 'maybe' | 'yes';

export interface Loosening {
  readonly loosens: Exclude<Loosens, 'no'>;
  readonly because: string;
}

interface Sides {
  readonly old: Side;
  readonly next: Side;
}

/** Everything by which the next policy may admit what the old one refuses, or grant more. */
export function looseningsOf(old: Policy, next: Policy): readonly Loosening[] {
  const sides = { old: sideOf(old), next: sideOf(next) };
  return [
    ...ofRules(sides),
    ...ofLifting(sides),
    ...ofAssurance(sides),
    ...ofOutage(sides),
    ...ofBans(sides),
    ...ofAnnotations(sides),
  ];
}

function ofRules({ old, next }: Sides): readonly Loosening[] {
  return old.policy.rules
    .filter((rule) => !next.policy.rules.some((each) => coversRule(each, rule, [next, old])))
    .map((rule) => ofRule(rule, { old, next }));
}

function ofRule(rule: Rule, { old, next }: Sides): Loosening {
  const successor = next.policy.rules.find(({ id }) => id === rule.id);
  if (successor === undefined) return { loosens: 'yes', because: `rule ${rule.id} is gone` };
  const isWeaker = coversRule(rule, successor, [old, next]);
  return isWeaker
    ? { loosens: 'yes', because: `rule ${rule.id} refuses less` }
    : { loosens: 'maybe', because: `rule ${rule.id} is another one` };
}

/**
 * A verdict that nothing lifts ends at `none`. A rule that refuses when it fails makes sure of that by itself; where all
 * lifting rules only warn, a new one that lifts may let in what nothing lifted before.
 */
function ofLifting({ old, next }: Sides): readonly Loosening[] {
  const lifting = old.policy.rules.filter(({ lifts }) => lifts);
  const isSafe = lifting.some(({ otherwise }) => otherwise.tier !== 'warning');
  const isCovered = ({ require, lifts }: Rule): boolean =>
    !lifts || lifting.some((each) => impliesTrue(next.stated(require), old.stated(each.require)));
  return isSafe || next.policy.rules.every(isCovered)
    ? []
    : [{ loosens: 'maybe', because: 'another rule may lift a verdict' }];
}

function ofAssurance({ old, next }: Sides): readonly Loosening[] {
  return next.policy.assurance
    .filter((row) => !old.policy.assurance.some((each) => coversRow(each, row, [old, next])))
    .map(({ level, when }) => ({ loosens: 'maybe', because: `assurance ${level} is granted when ${when.text}` }));
}

function ofOutage({ old, next }: Sides): readonly Loosening[] {
  const [before, after] = [old.policy.outage, next.policy.outage];
  const steps = (['vendor', 'revocation'] as const).filter((step) => before[step] === 'deny' && after[step] !== 'deny');
  const denied = steps.map((step) => ({
    loosens: 'yes' as const,
    because: `an outage (${step}) does not deny any more`,
  }));
  const isCapped = isAtLeast(before.assurance, after.assurance);
  return [
    ...denied,
    ...(isCapped ? [] : [{ loosens: 'yes' as const, because: `a degraded verdict may be ${after.assurance}` }]),
  ];
}

function ofBans({ old, next }: Sides): readonly Loosening[] {
  return old.policy.bans
    .filter((ban) => !next.policy.bans.some((each) => coversBan(each, ban, [next, old])))
    .map((ban) => {
      const isThere = next.policy.bans.some(({ id }) => id === ban.id);
      return isThere
        ? { loosens: 'maybe', because: `ban ${ban.id} is another one` }
        : { loosens: 'yes', because: `ban ${ban.id} is gone` };
    });
}

/** What an annotation means, the routes that read it decide: one that is new, gone or says something else may open one. */
function ofAnnotations({ old, next }: Sides): readonly Loosening[] {
  const names = [...old.policy.annotations, ...next.policy.annotations].map(({ name }) => name);
  return [...new Set(names)]
    .filter((name) => !isKept(name, { old, next }))
    .map((name) => ({ loosens: 'maybe', because: `annotation ${name} says something else` }));
}

function isKept(name: string, { old, next }: Sides): boolean {
  const [one, other] = [old, next].map(({ policy }) => policy.annotations.find((each) => each.name === name));
  return one !== undefined && other !== undefined && isSameAnnotation(one, other, { old, next });
}

function isSameAnnotation(one: Annotation, other: Annotation, { old, next }: Sides): boolean {
  const isSameText = (before: Text | undefined, after: Text | undefined): boolean =>
    before === undefined || after === undefined ? before === after : isSame(old.stated(before), next.stated(after));
  return isSameText(one.value, other.value) && isSameText(one.when, other.when) && one.known === other.known;
}
