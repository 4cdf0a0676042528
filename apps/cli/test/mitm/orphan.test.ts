import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { signalOf } from '../../src/mitm/orphan.ts';

const { signal } = new AbortController();

describe('the signal that ends a run', () => {
  it('is the one of the process where nobody handed over to it', () => {
    assert.equal(signalOf({ signal, env: {} }), signal);
  });

  it('has not come while who handed over is there', () => {
    assert.equal(signalOf({ signal, env: { ASSAY_REEXEC: String(process.ppid) } }).aborted, false);
  });

  it('has come where who handed over was gone before', () => {
    assert.equal(signalOf({ signal, env: { ASSAY_REEXEC: String(process.ppid + 1) } }).aborted, true);
  });
});
