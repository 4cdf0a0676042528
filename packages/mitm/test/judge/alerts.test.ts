import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isFatal, isOfNegotiation } from '../../src/judge/alerts.ts';
import { alertName } from '../../src/wire/codes.ts';

it('to say goodbye is not to refuse', () => {
  const alert = (code: number) => ({ code, name: alertName(code), by: 'wire' }) as const;
  assert.deepEqual(
    [0, 90, 42, 46].map((code) => isFatal(alert(code))),
    [false, false, true, true],
  );
  assert.equal(isFatal(undefined), false);
  assert.ok(isOfNegotiation(alert(70)) && !isOfNegotiation(alert(42)));
});
