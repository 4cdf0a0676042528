import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createIssuer, createIssuers } from '@assay/service';
import { withCode } from './support/world.ts';

const refused = withCode('service.issuer_invalid');

describe('issuer', () => {
  it('is the origin with tenant and environment', () => {
    const issuer = createIssuer('https://attest.example.com', 'acme', 'prod', 'production');
    assert.deepEqual(issuer, {
      ...{ iss: 'https://attest.example.com/t/acme/e/prod', tenant: 'acme', env: 'prod', kind: 'production' },
    });
  });

  for (const origin of [
    'attest.example.com',
    'https://a.example/',
    'https://a.example/path',
    'https://A.example',
    `https://${'a'.repeat(63)}.${'b'.repeat(63)}.example`,
    '',
  ]) {
    it(`is not built on ${JSON.stringify(origin)}`, () => {
      assert.throws(() => createIssuer(origin, 'acme', 'prod', 'production'), refused);
    });
  }

  for (const name of ['', 'A', '-a', 'a-', 'a/b', 'a..b', 'ä', 'x'.repeat(41), '%2e']) {
    it(`has no part named ${JSON.stringify(name)}`, () => {
      assert.throws(() => createIssuer('https://a.example', name, 'prod', 'production'), refused);
      assert.throws(() => createIssuer('https://a.example', 'acme', name, 'production'), refused);
    });
  }
});

describe('issuers', () => {
  const one = createIssuer('https://a.example', 'acme', 'prod', 'production');

  it('are at least one, each once', () => {
    assert.throws(() => createIssuers([]), refused);
    assert.throws(() => createIssuers([one, { ...one, kind: 'development' }]), refused);
    assert.equal(createIssuers([one]).get(one.iss), one);
  });
});
