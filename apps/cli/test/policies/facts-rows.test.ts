import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import { noFacts } from '@assay/core';
import { FactsLine, readFacts } from '../../src/policies/facts-rows.ts';
import { createFolder } from '../support/assay.ts';

const VERDICT = { tier: 'none', assurance: 'none', reasons: [], policy: 'strict@1', trace: [] };
const ROW = {
  ...{ id: '0'.repeat(32), at: 5, app: 'bank', purpose: 'enrol', platform: 'android', lineage: 'A' },
  ...{ facts: noFacts(), verdict: VERDICT },
};
const from = (text: string) => allOf(readFacts({ stdin: Readable.from([text]) }, '-'));

async function allOf<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

describe('rows of facts', () => {
  it('are read from stdin, or from a file', async () => {
    const text = `${JSON.stringify(ROW)}\n${JSON.stringify({ ...ROW, platform: null })}\n`;
    assert.deepEqual(
      (await from(text)).map(({ platform }) => platform),
      ['android', null],
    );
    const folder = createFolder({ 'facts.ndjson': text });
    const read = readFacts({ stdin: Readable.from([]) }, join(folder, 'facts.ndjson'));
    assert.equal((await allOf(read)).length, 2);
  });

  it('of an older release are completed', () => {
    const { runtime: _, history: __, ...older } = noFacts();
    const row = FactsLine.parse({ ...ROW, facts: older });
    assert.deepEqual(row.facts, noFacts());
  });

  const wrong: Readonly<Record<string, unknown>> = {
    'a number': 5,
    'a list': [],
    'no facts': { ...ROW, facts: undefined },
    'facts of another form': { ...ROW, facts: { ...noFacts(), v: 2 } },
    'a section that is a text': { ...ROW, facts: { ...noFacts(), app: 'bank' } },
    'a fact that is bare': { ...ROW, facts: { ...noFacts(), device: { locked: true } } },
    'a fact known by nobody': { ...ROW, facts: { ...noFacts(), device: { locked: { known: 'sure', value: true } } } },
    'a fact without its value': { ...ROW, facts: { ...noFacts(), device: { locked: { known: 'proven' } } } },
    'no platform': { ...ROW, facts: { ...noFacts(), platform: 'ios' } },
    'no verdict': { ...ROW, verdict: null },
    'a verdict without reasons': { ...ROW, verdict: { ...VERDICT, reasons: 'none' } },
    'a time as text': { ...ROW, at: '2026' },
    'no lineage': { ...ROW, lineage: undefined },
  };
  for (const [name, row] of Object.entries(wrong)) {
    it(`are not ${name}`, async () => {
      const text = `${JSON.stringify(ROW)}\n${JSON.stringify(row)}\n`;
      await assert.rejects(from(text), (error: Error & { code?: string }) => {
        assert.match(error.message, /document 2/);
        return error.code === 'cli.document_invalid';
      });
    });
  }

  it('in a file that is not there are told as such', async () => {
    const read = readFacts({ stdin: Readable.from([]) }, '/nowhere/facts.ndjson');
    await assert.rejects(allOf(read), { code: 'cli.file_unreadable' });
  });
});
