import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { FORMAT_REASONS } from '@assay/formats';

const tests = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
  .join('\n');

describe('every reason', () => {
  for (const [code, reason] of Object.entries(FORMAT_REASONS)) {
    it(`${code} is a fault of the request, with words for the operator, and a test demands it`, () => {
      assert.match(code, /^(ber|base64|bytes|cbor|der|hex|json|pem|utf8)\.[a-z0-9_]+$/);
      assert.deepEqual(
        [reason.code, reason.family, reason.class, reason.action],
        [code, 'request', 'evidence', 'retry'],
      );
      assert.ok(reason.summary.length > 0 && reason.hint.length > 0);
      assert.ok(tests.includes(`'${code}'`), `no test refuses anything with ${code}`);
    });
  }
});
