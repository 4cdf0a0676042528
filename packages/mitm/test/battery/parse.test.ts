import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError } from '@assay/core';
import fc from 'fast-check';
import { parseCases } from '../../src/battery/battery.ts';
import { BASES, ROWS } from '../../src/battery/data.ts';
import { readBattery } from '../../src/battery/parse.ts';

const ROW = {
  ...{ id: 'X1', title: 'A case of an operator', group: 'trust', why: 'Somebody gains something.', expect: 'refuse' },
  ...{ needs: ['lab-ca'], from: 'valid', masvs: [], mastg: [], maswe: [], clauses: [] },
};
const CHANGE = { chain: { leaf: { key: 'other' } } };
const VARIANT = { letter: 'a', title: 'One of two', change: CHANGE };
const [ONE, TWO] = [VARIANT, { ...VARIANT, letter: 'b', change: { chain: { depth: 2 } } }];

const one = (members: object): unknown => ({ cases: [{ ...ROW, change: CHANGE, ...members }] });
const many = (members: object): unknown => ({ cases: [{ ...ROW, variants: [ONE, TWO], ...members }] });

/** Refused, with a fault at this path. */
function refused(json: unknown, path: string): void {
  assert.throws(
    () => parseCases(json),
    (error: unknown) => {
      assert.ok(error instanceof ConfigError);
      assert.equal(error.code, 'mitm.cases_malformed');
      assert.ok(`${error.detail.found}`.includes(`${path}: `), `${path}: expected, ${error.detail.found}: found`);
      return true;
    },
  );
}

describe('cases of an operator', () => {
  it('have the members of a case, the recipe whole', () => {
    const [read] = parseCases(one({ from: 'N8' }));
    assert.equal(read?.id, 'X1');
    assert.deepEqual(read?.recipe, { chain: { leaf: { names: [], key: 'other' } } });
    assert.deepEqual([read?.host, read?.steps], ['{host}', ['request']]);
  });

  it('take variants with what differs from the row', () => {
    const [first, second] = parseCases(
      many({ variants: [ONE, { ...TWO, expect: 'report', needs: ['clock'], why: 'Told.', clauses: ['RFC 1 2'] }] }),
    );
    assert.deepEqual([first?.id, first?.expect, first?.needs, first?.why], ['X1.a', 'refuse', ['lab-ca'], ROW.why]);
    assert.deepEqual([second?.id, second?.expect, second?.needs], ['X1.b', 'report', ['lab-ca', 'clock']]);
    assert.deepEqual([second?.why, second?.clauses, second?.title], ['Told.', ['RFC 1 2'], 'One of two']);
  });

  it('differ from bases of the harness, from bases of their own, and from one another', () => {
    const own = { why: 'A server of ours.', from: 'two-intermediates', change: { tls: { versions: ['tls1.3'] } } };
    const [read, next] = parseCases({
      bases: { ours: own },
      cases: [
        { ...ROW, from: 'ours', change: CHANGE },
        { ...ROW, id: 'X2', from: 'X1', change: { host: '{host}.' } },
      ],
    });
    assert.deepEqual(read?.recipe, { chain: { depth: 2, leaf: { key: 'other' } }, tls: { versions: ['tls1.3'] } });
    assert.deepEqual([next?.recipe, next?.host], [read?.recipe, '{host}.']);
  });
});

describe('cases that are refused', () => {
  it('are no document', () => {
    for (const json of [undefined, null, 1, 'cases', []]) refused(json, '$');
    refused({}, '$.cases');
    refused({ cases: [] }, '$.cases');
    refused({ cases: [ROW], more: 1 }, '$');
  });

  it('change two members, or none', () => {
    refused(one({ change: { chain: { leaf: { key: 'other', names: [] } } } }), '$.cases[0].change');
    refused(one({ change: {} }), '$.cases[0].change');
    refused(one({ change: { chain: { leaf: {} } } }), '$.cases[0].change');
    refused(one({ change: { host: '{host}' } }), '$.cases[0].change');
  });

  it('change nothing, unless nothing is judged or the device differs', () => {
    assert.equal(parseCases(one({ change: {}, expect: 'report' })).length, 1);
    assert.equal(parseCases(one({ change: {}, group: 'device' })).length, 1);
    refused(one({ change: {}, expect: 'accept' }), '$.cases[0].change');
  });

  it('differ from nothing that there is, or from themselves', () => {
    refused(one({ from: 'nowhere' }), '$.cases[0].from');
    refused(one({ from: 'X1' }), '$.cases[0].from');
    refused(one({ from: 'toString' }), '$.cases[0].from');
    refused(one({ from: '' }), '$.cases[0].from');
    const circle = [
      { ...ROW, from: 'X2', change: CHANGE },
      { ...ROW, id: 'X2', from: 'X1', change: { host: '{host}.' } },
    ];
    assert.throws(() => parseCases({ cases: circle }), { code: 'mitm.cases_malformed' });
  });

  it('take an id that another case has', () => {
    refused(one({ id: 'P1' }), '$.cases[0].id');
    refused(
      {
        cases: [
          { ...ROW, change: CHANGE },
          { ...ROW, change: CHANGE },
        ],
      },
      '$.cases[1].id',
    );
    refused(many({ variants: [ONE, ONE] }), '$.cases[0].variants');
    refused(many({ id: 'N11' }), '$.cases[0].variants[0].id');
  });

  it('have bases with names that others have', () => {
    const base = { why: 'Ours.', from: 'valid', change: CHANGE };
    for (const name of ['stapled', 'valid']) {
      refused({ bases: { [name]: base }, cases: [{ ...ROW, change: CHANGE }] }, `$.bases.${name}`);
    }
  });

  it('have a change and variants, or neither', () => {
    refused(many({ change: CHANGE }), '$.cases[0]');
    refused({ cases: [ROW] }, '$.cases[0]');
    refused(many({ variants: [ONE] }), '$.cases[0].variants');
  });

  const MALFORMED: readonly (readonly [members: object, path: string])[] = [
    [{ id: 'x1' }, '.id'],
    [{ id: 'X1.a' }, '.id'],
    [{ id: '../X' }, '.id'],
    [{ title: '' }, '.title'],
    [{ title: 'two\nlines' }, '.title'],
    [{ title: '\u001b[31m' }, '.title'],
    [{ why: 'x'.repeat(401) }, '.why'],
    [{ why: 'right \u202e to left' }, '.why'],
    [{ group: 'other' }, '.group'],
    [{ expect: 'maybe' }, '.expect'],
    [{ needs: ['magic'] }, '.needs[0]'],
    [{ needs: ['lab-ca', 'lab-ca'] }, '.needs'],
    [{ masvs: ['MASVS'] }, '.masvs[0]'],
    [{ mastg: ['0244'] }, '.mastg[0]'],
    [{ maswe: ['MASWE-47'] }, '.maswe[0]'],
    [{ measured: { curl: 1 } }, '.measured.curl'],
    [{ colour: 'red' }, ''],
    [{ change: { colour: 'red' } }, '.change'],
    [{ change: { chain: { leaf: { colour: 'red' } } } }, '.change.chain.leaf'],
    [{ change: { chain: { leaf: { key: 'mine' } } } }, '.change.chain.leaf.key'],
    [{ change: { chain: { leaf: { names: ['{nobody}'] } } } }, '.change.chain.leaf.names[0]'],
    [{ change: { chain: { leaf: { names: Array(17).fill('a') } } } }, '.change.chain.leaf.names'],
    [{ change: { chain: { leaf: { furtherNames: 1e6 } } } }, '.change.chain.leaf.furtherNames'],
    [{ change: { chain: { leaf: { notAfter: 'tomorrow' } } } }, '.change.chain.leaf.notAfter'],
    [{ change: { chain: { leaf: { keyUsage: 'all' } } } }, '.change.chain.leaf.keyUsage'],
    [{ change: { chain: { leaf: { extKeyUsage: ['all'] } } } }, '.change.chain.leaf.extKeyUsage[0]'],
    [{ change: { chain: { send: [] } } }, '.change.chain.send'],
    [{ change: { chain: { send: ['nobody'] } } }, '.change.chain.send[0]'],
    [{ change: { chain: { strangers: 1e4 } } }, '.change.chain.strangers'],
    [{ change: { tls: { cipher: 'NULL' } } }, '.change.tls.cipher'],
    [{ change: { tls: { versions: [] } } }, '.change.tls.versions'],
    [{ change: { staple: { fault: 'expired' } } }, '.change.staple.status'],
    [{ change: { http: { redirect: 'file:///etc/passwd' } } }, '.change.http.redirect'],
    [{ change: { http: { redirect: 'http://a b/' } } }, '.change.http.redirect'],
    [{ change: { raw: {} } }, '.change.raw.kind'],
    [{ change: { host: 1 } }, '.change.host'],
    [{ change: { steps: ['dance'] } }, '.change.steps[0]'],
    [{ change: { clock: 0.5 } }, '.change.clock'],
    [{ change: { pinSet: { pins: ['mine'] } } }, '.change.pinSet.pins[0]'],
  ];
  for (const [members, path] of MALFORMED) {
    it(`${JSON.stringify(members).slice(0, 90)}`, () => refused(one(members), `$.cases[0]${path}`));
  }

  it('are told all faults together', () => {
    assert.throws(
      () => parseCases(one({ id: 'x', group: 'y' })),
      (error: unknown) => error instanceof ConfigError && /\.id: .*\.group: /.test(`${error.detail.found}`),
    );
  });
});

describe('rows that somebody damaged', () => {
  const junk = fc.oneof(
    fc.constantFrom<unknown>(null, '', -1, 1e9, [], {}, '{host}', '__proto__', 'valid', 'N4', true),
    fc.jsonValue(),
  );

  it('are read or refused, and never anything else', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), junk, (at, place, value) => {
        const text = JSON.stringify(ROWS[at % ROWS.length]);
        const spots = [...text.matchAll(/(?<=[:[,])(?:"(?:[^"\\]|\\.)*"|-?\d+|true|\[\]|\{\})(?=[,\]}])/g)];
        const spot = spots[place % spots.length] ?? assert.fail('a row has values');
        const damaged = `${text.slice(0, spot.index)}${JSON.stringify(value)}${text.slice(spot.index + spot[0].length)}`;
        const rows = ROWS.with(at % ROWS.length, JSON.parse(damaged));
        try {
          readBattery(rows, BASES);
        } catch (error) {
          assert.ok(error instanceof ConfigError && error.code === 'mitm.cases_malformed', `${error}`);
        }
      }),
      { seed: 5, numRuns: 50 },
    );
  });

  it('as a whole: any JSON is read or refused', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (cases, bases) => {
        assert.throws(() => readBattery(cases, bases), { code: 'mitm.cases_malformed' });
      }),
      { seed: 6, numRuns: 200 },
    );
  });
});
