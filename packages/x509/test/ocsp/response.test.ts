import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concat, der } from '@assay/formats';
import { parseOcspResponse } from '@assay/x509';
import { fault, intermediate, leaf } from '../support/chain.ts';
import { extensionDer, NOW } from '../support/mint.ts';
import { assertHardened } from '../support/mutate.ts';
import { mintOcsp, mintResponder, mintSingle, type OcspSpec, wrap } from '../support/ocsp.ts';

const basicOf = (spec: OcspSpec = {}) => {
  const response = parseOcspResponse(mintOcsp(leaf, intermediate, spec));
  assert.ok(response.kind === 'basic');
  return response.basic;
};

describe('parseOcspResponse', () => {
  it('reads who answered, when, and about what', () => {
    const { responder, producedAt, responses, certificates, extensions } = basicOf();
    assert.ok(responder.by === 'key');
    assert.deepEqual([responder.keyHash.length, producedAt, responses.length], [20, NOW, 1]);
    assert.deepEqual([certificates.length, extensions.size], [0, 0]);
  });

  it('reads a responder by name, several responses, certificates and extensions', () => {
    const single = mintSingle(leaf, intermediate);
    const nonce = extensionDer('1.3.6.1.5.5.7.48.1.2', { value: der.octets(new Uint8Array(16)) });
    const responder = mintResponder(intermediate);
    const basic = basicOf({ by: 'name', singles: [single, single], responder, responseExtensions: [nonce] });
    assert.ok(basic.responder.by === 'name');
    assert.deepEqual(Buffer.from(basic.responder.name.raw), Buffer.from(responder.subject));
    assert.deepEqual([basic.responses.length, basic.certificates.length, basic.extensions.size], [2, 1, 1]);
  });

  it('reads no responses at all', () => assert.equal(basicOf({ singles: [] }).responses.length, 0));

  for (const [number, error] of [
    [1, 'malformedRequest'],
    [2, 'internalError'],
    [3, 'tryLater'],
    [5, 'sigRequired'],
    [6, 'unauthorized'],
  ] as const) {
    it(`reads the error ${error}`, () => assert.deepEqual(parseOcspResponse(wrap(number)), { kind: 'error', error }));
  }

  for (const [what, bytes] of [
    ['success without a response', wrap(0)],
    ['an error with a response', wrap(3, der.sequence())],
    ['the status that is not used', wrap(4)],
    ['a status out of range', wrap(7)],
    ['another type of response', wrap(0, der.sequence(), '1.3.6.1.5.5.7.48.1.9')],
    ['a responder of neither kind', mintOcsp(leaf, intermediate, { responderId: der.explicit(3, der.null()) })],
  ] as const) {
    it(`refuses ${what}`, () => assert.throws(() => parseOcspResponse(bytes), fault('ocsp.response_malformed')));
  }

  it('refuses any version, as there is only the one that is left out', () => {
    for (const version of [0, 1]) {
      const bytes = mintOcsp(leaf, intermediate, { version: der.explicit(0, der.integer(version)) });
      assert.throws(() => parseOcspResponse(bytes), fault('ocsp.response_malformed'));
    }
  });

  it('refuses bytes behind, and more than a response has', () => {
    const good = mintOcsp(leaf, intermediate);
    assert.throws(() => parseOcspResponse(concat(good, Uint8Array.of(0))), { code: 'der.trailing_bytes' });
    assert.throws(() => parseOcspResponse(new Uint8Array(1 << 17)), { code: 'der.input_too_large' });
  });

  it('ends in a response or a coded error, whatever one changes', () => {
    const responder = mintResponder(intermediate);
    assertHardened(mintOcsp(leaf, intermediate, { responder }), parseOcspResponse, 2000);
  });
});
