import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { CASES } from '@assay/mitm';
import { casesWith } from '../../src/mitm/own-cases.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-cases-'));
after(() => rmSync(folder, { recursive: true }));

const ROW = {
  ...{ id: 'X1', title: 'The intermediate of a neighbour', group: 'name', expect: 'refuse', why: 'A neighbour.' },
  ...{ needs: ['lab-ca', 'lab-key'], from: 'valid', masvs: [], mastg: [], maswe: [], clauses: [] },
  change: { chain: { intermediate: { permitted: ['neighbour.{parent}'] } } },
};

function fileOf(content: unknown): string {
  const path = join(folder, 'cases.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe("an operator's own cases", () => {
  it('come after the battery, which stands alone without them', () => {
    assert.equal(casesWith(undefined), CASES);
    const cases = casesWith(fileOf({ cases: [ROW] }));
    assert.deepEqual(cases.slice(0, -1), CASES);
    assert.equal(cases.at(-1)?.id, 'X1');
  });

  it('may differ from one another and from bases of their own', () => {
    const bases = { quick: { why: 'HTTP/1.1 alone.', from: 'valid', change: { tls: { alpn: ['http/1.1'] } } } };
    const second = { ...ROW, id: 'X2', from: 'quick' };
    const third = { ...ROW, id: 'X3', from: 'N4', change: { tls: { alpn: ['h2'] } } };
    assert.deepEqual(
      casesWith(fileOf({ cases: [ROW, second, third], bases }))
        .slice(CASES.length)
        .map(({ recipe }) => recipe.tls?.alpn),
      [undefined, ['http/1.1'], ['h2']],
    );
  });

  const BAD: readonly (readonly [what: string, content: unknown, code: string])[] = [
    ['an id that the battery has', { cases: [{ ...ROW, id: 'N4' }] }, 'mitm.cases_malformed'],
    [
      'a member that there is not',
      { cases: [{ ...ROW, change: { chain: { leaf: { kex: 'x' } } } }] },
      'mitm.cases_malformed',
    ],
    ['two changes', { cases: [{ ...ROW, change: { host: 'x.{host}', clock: 1 } }] }, 'mitm.cases_malformed'],
    ['no case', { cases: [] }, 'mitm.cases_malformed'],
    ['a name twice', '{"cases":[],"cases":[]}', 'json.name_duplicate'],
    ['no JSON', 'cases', 'json.syntax'],
  ];
  for (const [what, content, code] of BAD)
    it(`with ${what} are refused`, () => assert.throws(() => casesWith(fileOf(content)), { code }));

  it('that cannot be read are refused', () =>
    assert.throws(() => casesWith(join(folder, 'none.json')), { code: 'cli.file_unreadable' }));
});
