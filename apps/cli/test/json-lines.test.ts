import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { jsonLines } from '../src/json-lines.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function read(parts: readonly Uint8Array[]): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const line of jsonLines(parts)) all.push(line);
  return all;
}

describe('lines of JSON', () => {
  it('are read out of whatever pieces they come in', async () => {
    const all = bytes('{"a":1}\n\n{"b":"ü"}\r\n[2]');
    for (const size of [1, 2, 3, 7, all.length]) {
      const parts = Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
        all.subarray(at * size, (at + 1) * size),
      );
      assert.deepEqual(await read(parts), [{ a: 1 }, { b: 'ü' }, [2]], `pieces of ${size}`);
    }
    assert.deepEqual(await read([]), []);
  });

  const wrong: readonly (readonly [string, Uint8Array[], RegExp])[] = [
    ['half a document', [bytes('{"a":1}\n{"b":')], /line 2 /],
    ['no JSON', [bytes('1\n2\nhello\n')], /line 3 /],
    ['no UTF-8', [Uint8Array.of(0x22, 0xff, 0x22, 0x0a)], /line 1 /],
    ['half a character at the end', [bytes('1\n'), Uint8Array.of(0x22, 0xc3)], /line 2 /],
    ['a line without an end', Array.from({ length: 40 }, () => bytes('x'.repeat(65_536))), /line 1 /],
  ];
  for (const [name, parts, message] of wrong) {
    it(`that hold ${name} are refused with their number, and nothing of their text`, async () => {
      await assert.rejects(read(parts), (error: Error & { code?: string; cause?: unknown }) => {
        assert.equal(error.code, 'cli.document_invalid');
        assert.match(error.message, message);
        assert.equal(error.cause, undefined);
        return !error.message.includes('hello');
      });
    });
  }
});
