import { ABSENT, type Fact, type Facts, provenValue } from '@assay/core';
import { mergeThreats } from '@assay/policy';
import { fault } from '../fault.ts';

/** Sections of facts whose members are all facts. What holds K and how it was certified is the primary piece's to say alone. */
const SHARED_SECTIONS = ['app', 'device', 'runtime'] as const;
type SharedSection = (typeof SHARED_SECTIONS)[number];

type Combine = (first: Fact<unknown>, second: Fact<unknown>, path: string) => Fact<unknown>;

/**
 * Facts of several pieces of one request. Proven beats claimed; what two pieces prove differently of one fact did not
 * come from one app on one device. Nothing proves that two pieces of evidence came from one device (`docs/protocol.md`): this finds
 * the pairs that cannot have.
 *
 * @throws EvidenceError `service.evidence_inconsistent`
 */
export function mergeFacts(primary: Facts, companions: readonly Facts[]): Facts {
  return companions.reduce((merged, companion) => {
    const both = joined(merged, companion, agree);
    assertOneSystem(both, (attested, level) => attested === level);
    return both;
  }, primary);
}

/**
 * Facts of a refresh: those of the enrolment, with what newer evidence says. An app or a system may have been updated since,
 * but an app is never another one and a system never older.
 *
 * @param voided formats whose earlier answers count no more
 * @throws EvidenceError `service.evidence_inconsistent`
 */
export function renewFacts(enrolled: Facts, fresh: Facts, voided: readonly string[]): Facts {
  assertSame('platform', enrolled.platform, fresh.platform);
  assertSame('app.id', enrolled.app.id, fresh.app.id);
  const renewed = joined(without(enrolled, voided), fresh, newer);
  assertOneSystem(renewed, (attested, level) => attested <= level);
  return renewed;
}

function joined(first: Facts, second: Facts, combine: Combine): Facts {
  const section = <S extends SharedSection>(name: S): Facts[S] => eachFact(first[name], second[name], name, combine);
  return {
    ...first,
    evidence: [...new Set([...first.evidence, ...second.evidence])],
    platform: combine(first.platform, second.platform, 'platform') as Facts['platform'], // one of the two
    app: section('app'),
    device: section('device'),
    runtime: section('runtime'),
    threats: mergeThreats(first.threats, second.threats),
    degraded: [...new Set([...first.degraded, ...second.degraded])],
  };
}

function eachFact<S extends object>(first: S, second: S, section: string, combine: Combine): S {
  const [left, right] = [Object.entries(first), new Map<string, Fact<unknown>>(Object.entries(second))];
  const facts = left.map(([name, fact]) => [name, combine(fact, right.get(name) ?? ABSENT, `${section}.${name}`)]);
  return Object.fromEntries(facts) as S; // the members of `first`, each with a fact of its own type
}

/** Proof before claim, and the first of two claims. Two proofs must not contradict each other. */
const agree: Combine = (first, second, path) => {
  if (first.known !== 'proven' || second.known !== 'proven') {
    return second.known === 'proven' || first.known === 'absent' ? second : first;
  }
  if (Array.isArray(first.value) && Array.isArray(second.value)) {
    return { ...first, value: agreeOnList(first.value, second.value, path) };
  }
  assertSame(path, first, second);
  return first;
};

/** An app has several signers at most in its history, of which both pieces must know one. Other lists add up. */
function agreeOnList(first: readonly unknown[], second: readonly unknown[], path: string): readonly unknown[] {
  if (path !== 'app.signers') return [...new Set([...first, ...second])];
  const common = first.filter((signer) => second.includes(signer));
  if (common.length === 0) throw inconsistent(path, 'a signer that both name', 'none');
  return common;
}

/** What an update of the app or of its system changes. */
const UPDATED: ReadonlySet<string> = new Set([
  ...['app.build', 'app.version'],
  ...['osVersion', 'osBuild', 'osPatch', 'vendorPatch', 'bootPatch', 'sdk'].map((name) => `device.${name}`),
]);

/**
 * Evidence of one kind replaces what it said before. What another kind proved, such as the hardware at the enrolment, it can
 * neither better nor take over: its word would be void with the next message, and the fact gone.
 */
const newer: Combine = (enrolled, fresh, path) => {
  if (fresh.known !== 'proven') return fresh.known === 'claimed' && enrolled.known !== 'proven' ? fresh : enrolled;
  const isOwn = enrolled.known !== 'proven' || enrolled.by === fresh.by;
  return isOwn || UPDATED.has(path) ? fresh : agree(enrolled, fresh, path);
};

function assertSame(path: string, first: Fact<unknown>, second: Fact<unknown>): void {
  const [left, right] = [provenValue(first), provenValue(second)];
  if (left === undefined || right === undefined || left === right) return;
  throw inconsistent(path, String(left), String(right));
}

function inconsistent(path: string, expected: string, found: string) {
  return fault('service.evidence_inconsistent', { expected: `${path}: ${expected}`, found });
}

/** Major version of Android by API level (source.android.com, "Codenames, tags, and build numbers"). */
const ANDROID_VERSIONS: ReadonlyMap<number, number> = new Map(
  Object.entries({
    8: [26, 27],
    9: [28],
    10: [29],
    11: [30],
    12: [31, 32],
    13: [33],
    14: [34],
    15: [35],
    16: [36],
    17: [37],
  }).flatMap(([version, levels]) => levels.map((level) => [level, Number(version)] as const)),
);

/** Hardware states the version of the system, Google's service its API level. */
function assertOneSystem({ device }: Facts, fits: (attested: number, level: number) => boolean): void {
  const version = Number.parseInt(provenValue(device.osVersion) ?? '', 10);
  const sdk = provenValue(device.sdk);
  const expected = sdk === undefined ? undefined : ANDROID_VERSIONS.get(sdk);
  if (expected === undefined || Number.isNaN(version) || fits(version, expected)) return;
  throw inconsistent('device.osVersion', `${expected}, as API level ${sdk} has it`, String(version));
}

/** Facts without those that these formats gave. */
function without(facts: Facts, formats: readonly string[]): Facts {
  const kept: Combine = (fact) => (fact.known !== 'absent' && formats.includes(fact.by) ? ABSENT : fact);
  const section = <S extends SharedSection>(name: S): Facts[S] => eachFact(facts[name], facts[name], name, kept);
  const threats = Object.entries(facts.threats).filter(([, fact]) => kept(fact, fact, '').known !== 'absent');
  return {
    ...facts,
    evidence: facts.evidence.filter((format) => !formats.includes(format)),
    ...{ app: section('app'), device: section('device'), runtime: section('runtime') },
    threats: Object.fromEntries(threats),
  };
}
