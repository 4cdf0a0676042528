import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { CASES, CONTROL, parseCases } from '../../src/battery/battery.ts';
import { BASES } from '../../src/battery/data.ts';
import { bases as readBases } from '../../src/battery/rows.ts';
import { CAPABILITIES, CASE_GROUPS, type Case, STEPS } from '../../src/case.ts';
import { KEYS } from '../../src/recipe.ts';

const FOLDER = join(import.meta.dirname, '../../src/battery/cases');
const ROWS = [...numbered('P', 8), ...numbered('N', 66)];

function numbered(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
}

const rowOf = ({ id }: Case): string => id.replace(/\.[a-z]$/, '');
const named = (id: string): Case => CASES.find((one) => one.id === id) ?? assert.fail(`no case ${id}`);
const idsOf = (which: (one: Case) => boolean): string[] => CASES.filter(which).map(({ id }) => id);

/** What surrounds and makes the server, by member; written again here, so that the proof does not rest on what it proves. */
function membersOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path}=${JSON.stringify(value)}`];
  return Object.entries(value).flatMap(([name, each]) => membersOf(each, `${path}.${name}`));
}

const settingOf = ({ recipe, host, steps, clock, pinSet }: Case): object => ({
  ...{ recipe, host, steps },
  ...(clock === undefined ? {} : { clock }),
  ...(pinSet === undefined ? {} : { pinSet }),
});

/** The paths at which two settings differ. */
function apart(one: object, other: object): string[] {
  const [left, right] = [membersOf(one), membersOf(other)];
  const differing = [...left.filter((each) => !right.includes(each)), ...right.filter((each) => !left.includes(each))];
  return [...new Set(differing.map((each) => each.slice(0, each.indexOf('='))))];
}

describe('the battery', () => {
  it('has every row, in its order, and every file', () => {
    assert.deepEqual([...new Set(CASES.map(rowOf))], ROWS);
    assert.deepEqual(readdirSync(FOLDER).toSorted(), ROWS.map((row) => `${row}.json`).toSorted());
    for (const row of ROWS) {
      const { id }: { id: unknown } = JSON.parse(readFileSync(join(FOLDER, `${row}.json`), 'utf8'));
      assert.equal(id, row);
    }
  });

  it('has the variants that a row needs', () => {
    const counts = new Map(ROWS.map((row) => [row, CASES.filter((one) => rowOf(one) === row).length]));
    const several = [...counts].filter(([, count]) => count > 1);
    assert.deepEqual(Object.fromEntries(several), {
      ...{ P4: 2, P5: 2, P7: 2, P8: 4, N3: 2, N11: 4, N12: 2, N13: 2, N19: 2, N21: 2, N24: 2, N26: 2, N33: 4 },
      ...{ N36: 5, N39: 5, N40: 4, N41: 3, N42: 9, N44: 3, N55: 4, N56: 2, N57: 3, N58: 5, N63: 3, N64: 2, N66: 5 },
    });
  });

  it('has a control that changes nothing', () => {
    assert.equal(CONTROL.id, 'P1');
    assert.deepEqual(settingOf(CONTROL), { recipe: {}, host: '{host}', steps: ['request'] });
    assert.deepEqual(CONTROL.needs, ['lab-ca', 'lab-key']);
  });

  it('accepts what is positive, and refuses the rest, apart from rows that only report', () => {
    assert.deepEqual(
      idsOf(({ expect, id }) => expect === 'accept' && id.startsWith('N')),
      ['N18', 'N41.c', 'N44.a', 'N44.b'],
    );
    assert.deepEqual(
      idsOf(({ expect, id }) => expect !== 'accept' && id.startsWith('P')),
      [],
    );
    assert.deepEqual(
      idsOf(({ expect }) => expect === 'report'),
      ['N42.f', 'N42.g', 'N42.h', 'N43', 'N44.c', 'N53', 'N58.a', 'N58.b', 'N58.e', 'N60'],
    );
  });

  it('says of each case that may be refused why, and of no other', () => {
    assert.deepEqual(
      idsOf(({ mayRefuse }) => mayRefuse !== undefined),
      ['P5.a', 'P5.b', 'P8.d', 'N41.c'],
    );
  });

  it('sends nothing twice: no two cases are the same to a client', () => {
    const settings = CASES.map((one) => [one.id, JSON.stringify(membersOf(settingOf(one)).toSorted())] as const);
    const twins = settings.filter(([, setting]) => settings.filter(([, other]) => other === setting).length > 1);
    // What the device or the report differs in.
    assert.deepEqual(
      twins.map(([id]) => id),
      ['P1', 'N4', 'N6', 'N43', 'N60'],
    );
  });

  it('shows the pinned key, unless a case is about a key that is not', () => {
    const unpinned = new Set<string>(KEYS.filter(({ pinned }) => !pinned).map(({ name }) => name));
    assert.deepEqual(
      [...new Set(CASES.filter(({ recipe }) => unpinned.has(recipe.chain?.leaf?.key ?? 'pinned')).map(rowOf))],
      [
        ...['N1', 'N3', 'N4', 'N28', 'N46', 'N51', 'N54', 'N55', 'N56', 'N57', 'N58', 'N59', 'N60', 'N61'],
        ...['N62', 'N63', 'N64'],
      ],
    );
  });

  it('asks for the pinned key where a fault is to stand alone', () => {
    for (const { id, recipe, needs, expect } of CASES) {
      const { key = 'pinned' } = recipe.chain?.leaf ?? {};
      const isOctets = recipe.raw !== undefined;
      if (key === 'other' || isOctets || expect === 'report') continue;
      assert.ok(needs.includes('lab-key'), id);
      if (key !== 'pinned') assert.ok(needs.includes('lab-pins'), id);
    }
  });

  it('asks for what its steps, host, clock and pin set need', () => {
    for (const { id, host, steps, clock, pinSet, needs, recipe } of CASES) {
      const other = host !== '{host}' && !['{host}.', '{HOST}'].includes(host);
      if (other) assert.ok(needs.includes('many-hosts'), id);
      if (clock !== undefined) assert.ok(needs.includes('clock'), id);
      if (pinSet !== undefined || steps.includes('update-pins')) assert.ok(needs.includes('pin-updates'), id);
      assert.equal(pinSet !== undefined, steps.includes('update-pins'), id);
      if (steps.length > 1 && steps.includes('second-host')) assert.ok(needs.includes('resumption'), id);
      if (steps.includes('websocket')) assert.ok(needs.includes('websocket'), id);
      if (steps.includes('web-view')) assert.ok(needs.includes('webview'), id);
      if (recipe.staple !== undefined) assert.ok(needs.includes('staples'), id);
      if (recipe.chain?.leaf?.timestamps !== undefined) assert.ok(needs.includes('timestamps'), id);
      if (recipe.http?.redirect !== undefined) assert.ok(needs.includes('redirects'), id);
    }
  });

  it('uses every capability, group and step', () => {
    const needed = new Set(CASES.flatMap(({ needs }) => needs));
    assert.deepEqual([...needed].toSorted(), Object.keys(CAPABILITIES).toSorted());
    assert.deepEqual(new Set(CASES.map(({ group }) => group)), new Set(CASE_GROUPS));
    assert.deepEqual(new Set(CASES.flatMap(({ steps }) => steps)), new Set(Object.keys(STEPS)));
  });

  it('names ids of MASVS, MASTG and MASWE that were looked up', () => {
    const used = (member: 'masvs' | 'mastg' | 'maswe'): string[] =>
      [...new Set(CASES.flatMap((one) => one[member]))].toSorted();
    assert.deepEqual(used('masvs'), ['MASVS-NETWORK-1', 'MASVS-NETWORK-2']);
    assert.deepEqual(
      used('mastg'),
      ['0218', '0236', '0243', '0244', '0282', '0283', '0284', '0285', '0286'].map((number) => `MASTG-TEST-${number}`),
    );
    assert.deepEqual(used('maswe'), ['MASWE-0047', 'MASWE-0050', 'MASWE-0052']);
    assert.deepEqual(
      idsOf(({ masvs }) => masvs.length === 0),
      [],
    );
  });
});

describe('a case and what it differs from', () => {
  const written = readBases(BASES, '$');
  /** Bases as cases: run by nobody, read by the same reader. */
  const rowsOfBases = Object.entries(written).map(([name, base]) => ({
    ...{ id: `B-${name}`, title: name, group: 'control', why: base.why, expect: 'report', needs: [] },
    ...{ from: name, masvs: [], mastg: [], maswe: [], clauses: [], change: {} },
  }));
  const bases = new Map(parseCases({ cases: rowsOfBases }).map((one) => [one.from, one]));
  const originOf = ({ from }: Case): Case => (from === 'valid' ? CONTROL : (bases.get(from) ?? named(from)));
  /** The device differs (N6), or nothing is judged (N43). */
  const UNCHANGED = ['P1', 'N6', 'N43'];

  for (const one of CASES) {
    it(`${one.id}: ${one.title}`, () => {
      const paths = apart(settingOf(one), settingOf(originOf(one)));
      assert.equal(paths.length, UNCHANGED.includes(one.id) ? 0 : 1, paths.join(', '));
    });
  }

  it('has no base that nothing differs from', () => {
    const underBases = Object.values(written).map(({ from }) => from);
    assert.deepEqual(
      Object.keys(written).filter((name) => !CASES.some(({ from }) => from === name) && !underBases.includes(name)),
      [],
    );
  });
});
