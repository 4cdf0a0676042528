import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readReport } from '../../src/run/report-form.ts';

const read = (document: unknown) => readReport(Buffer.from(JSON.stringify(document)), 7);
const RFC7469 = {
  'date-time': '2026-11-21T12:00:00Z',
  hostname: 'api.test',
  'noted-hostname': 'test',
  'known-pins': [],
  'served-certificate-chain': [],
};

describe('reports of refusals', () => {
  it('are known by their members', () => {
    assert.deepEqual(read(RFC7469), { at: 7, form: 'rfc7469', host: 'api.test' });
    const trustKit = { ...RFC7469, 'app-bundle-id': 'com.example', 'validated-certificate-chain': [] };
    assert.deepEqual(read(trustKit), { at: 7, form: 'trustkit', host: 'api.test' });
    assert.deepEqual(read({ assay: 1, host: 'api.test' }), { at: 7, form: 'assay', host: 'api.test' });
  });

  it('count, whatever they are: a client that speaks up was heard', () => {
    for (const other of [
      {},
      [],
      'text',
      null,
      12,
      { hostname: { nested: true } },
      { __proto__: { 'known-pins': 1 } },
    ]) {
      assert.deepEqual(read(other), { at: 7, form: 'unknown' });
    }
    assert.deepEqual(readReport(Uint8Array.of(0xff, 0x00), 7), { at: 7, form: 'unknown' });
    assert.deepEqual(read({ host: 'api.test' }), { at: 7, form: 'unknown', host: 'api.test' });
  });

  it('name no host that is none', () => {
    for (const hostname of ['a'.repeat(300), 'a b', '<script>', 'a\u001B[2J', '']) {
      assert.equal(read({ ...RFC7469, hostname, 'noted-hostname': 'fallback.test' }).host, 'fallback.test');
    }
  });

  it('never fail', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((text) => Buffer.from(text)),
        ),
        (body) => {
          assert.equal(readReport(body, 7).at, 7);
        },
      ),
      { seed: 5, numRuns: 500 },
    );
  });
});
