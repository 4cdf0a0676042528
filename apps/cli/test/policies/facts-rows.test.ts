import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import { noFacts } from '@assay/core';
import type { z } from 'zod';
import { FactsLine, fetchFacts, readFacts } from '../../src/policies/facts-rows.ts';
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

/** A server with so many rows, and what it was asked. */
function createServer(count: number) {
  const asked: string[] = [];
  async function* lines<T>(path: string, line: z.ZodType<T>): AsyncGenerator<T> {
    const query = new URL(path, 'http://server.test').searchParams;
    asked.push(`${query.get('after') ?? 'the first'} ${query.get('app')}`);
    const from = Number(query.get('after') ?? 0);
    for (let id = from + 1; id <= Math.min(count, from + Number(query.get('limit'))); id++)
      yield line.parse({ ...ROW, id: `${id}` });
  }
  return { asked, lines };
}

describe('rows of a server', () => {
  const window = { from: 0, to: 9, app: 'bank' };

  for (const [count, asked] of [
    [0, ['the first bank']],
    [2, ['the first bank']],
    [3, ['the first bank', '3 bank']],
    [7, ['the first bank', '3 bank', '6 bank']],
  ] as const) {
    it(`are all read: ${count} of them, three an answer`, async () => {
      const server = createServer(count);
      const rows = await allOf(fetchFacts(server, window, 3));
      assert.deepEqual(
        rows.map(({ id }) => id),
        Array.from({ length: count }, (_, index) => `${index + 1}`),
      );
      assert.deepEqual(server.asked, asked);
    });
  }
});

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
