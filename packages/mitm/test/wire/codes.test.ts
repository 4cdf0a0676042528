import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ALERT, alertName } from '../../src/wire/codes.ts';

test('alerts have the names of their registry', () => {
  assert.deepEqual([0, 46, 48, 86].map(alertName), [
    'close_notify',
    'certificate_unknown',
    'unknown_ca',
    'inappropriate_fallback',
  ]);
  assert.equal(alertName(200), 'unknown (200)');
  assert.ok(Object.values(ALERT).every((code) => code < 256));
});
