import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const ROOT = join(import.meta.dirname, '../../..');
const [, section = ''] = readFileSync(join(ROOT, 'docs/protocol.md'), 'utf8').split('\n## Attacks\n');
const rows = [...section.matchAll(/^\| (\d+) \| ([^|]+) \| ([^|]+) \|(?: `([^`]+)`)? \|$/gm)].map(
  ([, number = '', , stoppedBy = '', file]) => ({ number, stoppedBy, file }),
);

describe('the table of attacks', () => {
  it('names each attack once, in order', () => {
    const numbers = rows.map(({ number }) => Number(number));
    assert.ok(numbers.length > 20);
    assert.deepEqual(
      numbers,
      [...new Set(numbers)].toSorted((a, b) => a - b),
    );
  });

  for (const { number, stoppedBy, file } of rows) {
    it(`${number} has a test, or says that it comes later`, () => {
      if (file === undefined) assert.match(stoppedBy, /later/);
      else assert.ok(existsSync(join(ROOT, file)), file);
    });
  }
});
