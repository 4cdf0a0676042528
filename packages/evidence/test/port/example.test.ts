import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertFormatVectors, runFormatVectors } from '../../src/index.ts';
import { EXAMPLE_SOURCE, loadExample } from './example.ts';

describe('the example of docs/evidence-port.md', () => {
  it('is a format whose every case is right', async () => {
    const results = runFormatVectors(await loadExample());
    assert.deepEqual(
      results.filter(({ outcome }) => outcome === 'wrong'),
      [],
    );
    assert.ok(results.length > 70, String(results.length));
  });

  const spoiled: readonly (readonly [string, string, string])[] = [
    ['the signature', 'isSignedEs256(jws, key) ?', 'true ?'],
    ['the binding', 'jws.payload.binding === context.binding ?', 'true ?'],
    ['the app', 'context.apps.includes(jws.payload.app) ?', 'true ?'],
    ['the age', '<= 120_000 ?', '>= 0 ?'],
    ['that a header may be no object', 'header?.alg', 'header.alg'],
  ];
  for (const [what, code, instead] of spoiled) {
    it(`is refused once it does not look at ${what}`, async () => {
      assert.ok(EXAMPLE_SOURCE.includes(code), code);
      const format = await loadExample(EXAMPLE_SOURCE.replace(code, instead));
      assert.throws(() => assertFormatVectors(format), { code: 'port.vectors_failed' });
    });
  }
});
