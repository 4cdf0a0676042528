import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alarmsOf, rootAlarms } from '../../src/trust/alarms.ts';

const DAY = 86_400_000;
const NOW = 1_790_000_000_000;
const well = { triedAt: NOW, failures: 0, error: undefined, nextAt: NOW };
const failed = (error: string) => ({ ...well, failures: 1, error });
const namesOf = (...args: Parameters<typeof alarmsOf>) => alarmsOf(...args).map(({ alarm }) => alarm);

describe('alarms', () => {
  it('are none of what is well, of what was not tried yet, and of a short outage', () => {
    assert.deepEqual(alarmsOf(NOW, well, DAY, NOW + DAY), []);
    assert.deepEqual(alarmsOf(undefined, { ...well, triedAt: undefined }, DAY, NOW), []);
    for (const outage of ['service.trust_unreachable', 'store.unavailable']) {
      assert.deepEqual(alarmsOf(NOW, failed(outage), DAY, NOW), []);
    }
  });

  it('tell what was never there from what has grown old', () => {
    assert.deepEqual(namesOf(undefined, failed('service.trust_unreachable'), DAY, NOW), ['missing']);
    assert.deepEqual(namesOf(NOW, failed('service.trust_unreachable'), DAY, NOW + DAY + 1), ['stale']);
  });

  it('say at once that something else is published than should be, and why', () => {
    for (const code of ['service.trust_malformed', 'service.advisories_rollback', 'json.trailing_text']) {
      assert.deepEqual(alarmsOf(NOW, failed(code), DAY, NOW), [{ alarm: 'refused', about: code }]);
    }
  });

  it('name the roots that they are about', () => {
    const unknown = [{ sha256: 'ab', anchor: undefined }];
    assert.deepEqual(rootAlarms({ unknown, withdrawn: ['old'] }), [
      { alarm: 'root_unknown', about: 'ab' },
      { alarm: 'root_withdrawn', about: 'old' },
    ]);
  });
});
