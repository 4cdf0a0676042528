import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noFacts } from '@assay/core';
import type { FactPath } from '@assay/policy';
import { frameOf, viewOf } from '../src/view.ts';
import { androidFacts, withFact } from './support.ts';

const PATHS: readonly FactPath[] = ['device.sdk', 'key.purposes', 'app.id', 'evidence'];
const SETTINGS = { raised: ['vpn'], proven: ['root'], degraded: [], weight: 3n, now: 7n };
const frame = frameOf(PATHS, { lists_keys: ['a'] }, 5);

describe('a view', () => {
  it('holds what is known well enough, in the forms of the evaluator', () => {
    const facts = withFact(withFact(androidFacts(), 'device.sdk', 36), 'app.id', 'x', 'claimed');
    const { values, results } = viewOf(facts, 'proven', frame, SETTINGS);
    assert.deepEqual(values, {
      ...{ device_sdk: 36n, key_purposes: [2n], app_id: undefined, evidence: ['android-key'] },
      ...{ lists_keys: ['a'], raised: ['vpn'], proven: ['root'], degraded: [], weight: 3n, now: 7n },
    });
    assert.equal(results.length, 5);
    assert.equal(viewOf(facts, 'claimed', frame, SETTINGS).values['app_id'], 'x');
  });

  it('leaves the frame as it was', () => {
    viewOf(androidFacts(), 'proven', frame, SETTINGS);
    const { values } = viewOf(noFacts(), 'proven', frame, SETTINGS);
    assert.deepEqual([values['app_id'], values['key_purposes'], values['evidence']], [undefined, undefined, undefined]);
  });
});
