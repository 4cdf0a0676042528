import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type ClientState, NO_STATE, readState, writeState } from '../src/state.ts';

const STATE: ClientState = {
  instance: { id: 'key-1', jkt: 'jkt-1', anchor: 'anchor' },
  candidate: { id: 'key-2', jkt: 'jkt-2' },
  roots: ['{}'],
  pinSet: '{}',
  signedAt: 1_795_257_600,
  signedBy: 'x-1',
  floors: {
    failures: 2,
    reenrolments: [1, 2],
    pause: {
      until: 3,
      version: '4.2.0',
      outcome: { kind: 'refused', support: 'S', class: 'device', action: 'stop', reasons: ['r'], retryAt: 3 },
    },
  },
};

describe('state', () => {
  it('comes back as it was written', () => {
    assert.deepEqual(readState(writeState(STATE)), STATE);
    const pause = { until: 3, outcome: { kind: 'wait', code: 'c', retryAt: 3 } } as const;
    const waiting = { ...NO_STATE, floors: { ...NO_STATE.floors, pause } };
    assert.deepEqual(readState(writeState(waiting)), waiting);
    assert.deepEqual(readState(writeState(NO_STATE)), NO_STATE);
  });

  it('counts no time whose signer is not named', () => {
    const { signedBy: _, ...older } = STATE;
    assert.deepEqual(readState(JSON.stringify(older)), { ...STATE, signedBy: '' });
  });

  it('starts anew from nothing, and from what is not in its form', () => {
    const written = writeState(STATE);
    for (const text of [
      undefined,
      '',
      'null',
      '[]',
      '{}',
      '{"roots":1}',
      written.slice(1),
      written.replace('stop', 'x'),
    ]) {
      assert.deepEqual(readState(text), NO_STATE);
    }
  });

  it('never throws on damaged storage', () => {
    const written = writeState(STATE);
    fc.assert(
      fc.property(fc.nat(written.length - 1), fc.string({ maxLength: 3 }), (at, put) => {
        readState(written.slice(0, at) + put + written.slice(at + 1));
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
