import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ALERTS, alertName, isFatal, isOfNegotiation } from '../../src/judge/alerts.ts';

it('alerts have the names of their registry', () => {
  assert.equal(ALERTS[48], 'unknown_ca');
  assert.equal(alertName(46), 'certificate_unknown');
  assert.equal(alertName(200), 'unknown (200)');
  assert.ok(Object.keys(ALERTS).every((code) => Number(code) < 256));
});

it('to say goodbye is not to refuse', () => {
  const alert = (code: number) => ({ code, name: alertName(code), by: 'wire' }) as const;
  assert.deepEqual(
    [0, 90, 42, 46].map((code) => isFatal(alert(code))),
    [false, false, true, true],
  );
  assert.equal(isFatal(undefined), false);
  assert.ok(isOfNegotiation(alert(70)) && !isOfNegotiation(alert(42)));
});
