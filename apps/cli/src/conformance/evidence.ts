import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TrustAnchor } from '@assay/x509';
import { anchorsOfPem } from '../cases/anchors.ts';
import { type Judgement, judge } from '../cases/judge.ts';
import { Bytes } from '../cases/members.ts';
import { kindOf, readCase } from '../cases/read.ts';
import { readBeside } from '../input.ts';
import { fault } from '../reasons.ts';
import { isObject, objectsOf, type VectorDocument } from './documents.ts';
import { expectationOf, whyOf } from './expectation.ts';
import type { CaseOutcome, CaseRun, CaseSet } from './run.ts';

type Members = Readonly<Record<string, unknown>>;

/** Where a case stands: its folder for the files it names, the roots it brings, and the clock for cases without one. */
interface Place {
  readonly dir: string;
  readonly anchors: (() => readonly TrustAnchor[] | undefined) | undefined;
  readonly now: number;
}

/** Single documents of one folder form a set: genuine evidence with its expectation. */
export function genuineSets(documents: readonly VectorDocument[], now: number): readonly CaseSet[] {
  const singles = documents.filter(({ value }) => kindOf(value) !== undefined && 'expected' in value);
  const folders = Map.groupBy(singles, ({ path }) => path.split('/').slice(0, -1).join('/'));
  return [...folders].map(([name, members]) => ({
    ...{ name, pedantic: false },
    cases: members.map(({ value, dir }) => caseRun(value, { dir, anchors: undefined, now })),
  }));
}

/**
 * A document with `cases` of evidence, most often synthetic under a root of its own. What stands beside the cases holds for
 * each of them that says nothing else. One case among them that is of no known kind is undecided, and hides none of the others.
 */
export function listedSets(documents: readonly VectorDocument[], now: number): readonly CaseSet[] {
  return documents.flatMap(({ path, dir, value }) => {
    const { cases: listed, rootPem, defaults, ...shared } = value;
    const common = { ...shared, ...(isObject(defaults) ? defaults : {}) };
    const cases = objectsOf(listed).map((each) => ({ ...common, ...each }));
    if (cases.every((each) => kindOf(each) === undefined)) return [];
    const runs = cases.map((each) => caseRun(each, { dir, anchors: ownRoots(rootPem, each, path, now), now }));
    return [{ name: path, pedantic: false, cases: runs }];
  });
}

/** The roots of a document: one for all of its cases, or one for each flavour of them. */
function ownRoots(rootPem: unknown, { flavour }: Members, path: string, now: number): Place['anchors'] {
  const pem = isObject(rootPem) ? rootPem[String(flavour)] : rootPem;
  return typeof pem === 'string' ? () => rootsOf(pem, path, now) : undefined;
}

function rootsOf(pem: string, source: string, now: number): readonly TrustAnchor[] {
  return anchorsOfPem(pem, source, new Date(now).toISOString().slice(0, 10));
}

/** Changes of one input each: lists of `{vector, override, expected}`, applied to the genuine document they name. */
export function derivedSets(documents: readonly VectorDocument[], now: number): readonly CaseSet[] {
  const byId = new Map(documents.map((document) => [document.value['id'], document]));
  return documents.flatMap(({ path, value }) =>
    Object.entries(value).flatMap(([group, list]) => {
      const derived = objectsOf(list).filter((each) => 'vector' in each && isObject(each['override']));
      if (derived.length === 0) return [];
      const cases = derived.map((each) => derivedRun(each, byId.get(each['vector']), documents, now));
      return [{ name: `${path}#${group}`, pedantic: false, cases }];
    }),
  );
}

function derivedRun(
  derived: Members,
  vector: VectorDocument | undefined,
  documents: readonly VectorDocument[],
  now: number,
): CaseRun {
  const override = isObject(derived['override']) ? derived['override'] : {};
  const [[member, value] = ['', '']] = Object.entries(override);
  const id = `${String(derived['vector'])}#${member}=${JSON.stringify(value).slice(0, 60)}`;
  const expected = expectationOf(derived);
  if (expected === undefined) return undecidable(id, derived, NO_EXPECTATION);
  if (vector === undefined) return undecidable(id, derived, 'the vector that it derives from is not here');
  const { trustAnchors, ...members } = override;
  const changed = merged(vector.value, renamed(members));
  return {
    ...{ id, expected, why: whyOf(derived) },
    run: () => outcomeOf(changed, { dir: vector.dir, anchors: () => namedRoots(trustAnchors, documents, now), now }),
  };
}

/** A changed challenge is what the server expected; evidence bytes stay as they are. */
function renamed({ challengeOverride, ...members }: Members): Members {
  return challengeOverride === undefined ? members : { ...members, challenge: challengeOverride };
}

/** Replaces only the members that an override names, at any depth; a list or a tagged value is one value. */
function merged(base: Members, override: Members): Members {
  const members = Object.entries(override).map(([name, value]) => {
    const before = base[name];
    const deep = isObject(value) && isObject(before) && !isBytes(value) && name !== 'statusList';
    return [name, deep ? merged(before, value) : value] as const;
  });
  return { ...base, ...Object.fromEntries(members) };
}

/** Bytes as an object that names their form. */
function isBytes(value: Members): boolean {
  return Bytes.safeParse(value).success;
}

/** Anchors that a case names as files in a `roots` folder of the vectors. */
function namedRoots(names: unknown, documents: readonly VectorDocument[], now: number) {
  if (!Array.isArray(names)) return undefined;
  const folders = [...new Set(documents.flatMap(rootFolders))];
  return names.flatMap((name) => rootsOf(rootFile(folders, String(name)), String(name), now));
}

/** Beside a document, or above it as far as the vectors go. */
function rootFolders({ path, dir }: VectorDocument): readonly string[] {
  return path.split('/').map((_, up) => join(dir, '../'.repeat(up), 'roots'));
}

function rootFile(folders: readonly string[], name: string): string {
  const folder = folders.find((each) => existsSync(join(each, name)));
  if (folder !== undefined) return readBeside(folder, name);
  throw fault('cli.case_unreadable', { message: 'a root that the case names is not here', found: name });
}

const NO_EXPECTATION = 'what it expects is not said in a word that is known here';

function undecidable(id: string, value: Members, reason: string): CaseRun {
  const run = (): CaseOutcome => ({ found: 'undecided', reasons: ['cli.case_unreadable'], trace: [reason] });
  return { id, expected: expectationOf(value) ?? 'either', why: whyOf(value), run };
}

function caseRun(value: Members, place: Place): CaseRun {
  const id = String(value['id']);
  const expected = expectationOf(value);
  if (expected === undefined) return undecidable(id, value, NO_EXPECTATION);
  return { id, expected, why: whyOf(value), run: () => outcomeOf(value, place) };
}

function outcomeOf(value: Members, { dir, anchors, now }: Place): CaseOutcome {
  const file = (name: string) => readBeside(dir, name);
  return toOutcome(judge(readCase(value, { file, anchors: anchors?.() }), { now }));
}

function toOutcome({ outcome, checks, error, verdict }: Judgement): CaseOutcome {
  const failed = checks.filter((check) => check.outcome === 'failed');
  const rules = verdict?.trace.filter((rule) => rule.outcome === 'failed') ?? [];
  return {
    found: outcome === 'verified' ? 'accept' : 'reject',
    reasons: error === undefined ? (verdict?.reasons ?? []) : [error.code],
    trace: [
      ...failed.map(({ check, code, note, detail }) => `${check}: ${code}: ${note} ${JSON.stringify(detail ?? {})}`),
      ...rules.map(({ rule, code, expected, found }) => `${rule}: ${code}: expected ${expected}, found ${found}`),
    ],
  };
}
