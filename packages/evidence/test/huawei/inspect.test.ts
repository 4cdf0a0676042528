import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RequestError } from '@assay/core';
import { toBase64 } from '@assay/formats';
import { inspectSysIntegrity } from '../../src/index.ts';
import { APP_ID, HOST, mintResult, NONCE, PACKAGE } from '../support/mint-huawei.ts';

describe('inspectSysIntegrity', () => {
  for (const flavour of ['hms', 'harmony'] as const) {
    it(`describes a result as plain JSON, without the nonce: ${flavour}`, () => {
      const description = inspectSysIntegrity(mintResult({ flavour }));
      assert.deepEqual(JSON.parse(JSON.stringify(description)), description);
      assert.equal(description.flavour, flavour);
      assert.equal(description.certificates[0]?.commonName, HOST);
      const { result } = description;
      assert.deepEqual([result.package, result.appId, result.basicIntegrity], [PACKAGE, APP_ID, true]);
      assert.equal(result.madeAt, '2026-11-21T00:00:00.000Z');
      assert.ok(!JSON.stringify(description).includes(toBase64(NONCE)));
    });
  }

  it('describes what no verifier would take', () => {
    const bare = inspectSysIntegrity(mintResult({ alg: 'none', resultText: '{"news":1}' }));
    assert.deepEqual([bare.alg, bare.result.package, bare.result.madeAt], ['none', null, null]);
    assert.deepEqual(bare.result.passedOver, ['news']);
    assert.equal(inspectSysIntegrity(mintResult({ result: { timestampMs: 9e15 } })).result.madeAt, null);
  });

  it('refuses what does not decode', () => {
    assert.throws(() => inspectSysIntegrity('a.b.c'), RequestError);
    assert.throws(() => inspectSysIntegrity(mintResult({ resultText: '[]' })), RequestError);
  });
});
