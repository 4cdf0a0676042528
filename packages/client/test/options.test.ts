import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createApp } from './support/app.ts';

describe('createClient', () => {
  const refused = {
    'an issuer without TLS': { iss: 'http://attest.example.com/t/acme/e/prod' },
    'an issuer without environment': { iss: 'https://attest.example.com/t/acme' },
    'an issuer with a query': { iss: 'https://attest.example.com/t/acme/e/prod?x' },
    'no API at all': { audiences: [] },
    'too many APIs': { audiences: ['1', '2', '3', '4', '5'].map((name) => `https://${name}.example.com`) },
    'an API without TLS': { audiences: ['http://api.example.com'] },
    'an API that is no address': { audiences: ['api'] },
    'an API with a query': { audiences: ['https://api.example.com/?x'] },
    'an API that can be read in two ways': { audiences: ['https://api.example.com/a//b'] },
    'a secret with an impossible name': { secrets: ['a b'] },
  };
  for (const [name, options] of Object.entries(refused)) {
    it(`refuses ${name}`, () => {
      assert.throws(() => createApp('android', options), { code: 'client.options_invalid' });
    });
  }

  it('takes a server on the same machine without TLS', () => {
    for (const host of ['127.0.0.1:8080', 'localhost', '[::1]:8080']) {
      createApp('android', { iss: `http://${host}/t/acme/e/dev`, audiences: [`http://${host}/api`] });
    }
    const lookalike = { iss: 'http://localhost.example.com/t/acme/e/dev' };
    assert.throws(() => createApp('android', lookalike), { code: 'client.options_invalid' });
  });

  it('refuses names that it was not made for', async () => {
    const { client } = createApp();
    await assert.rejects(client.token('https://other.example.com'), { code: 'client.audience_unknown' });
    await assert.rejects(client.secret('other'), { code: 'client.secret_unknown' });
  });
});
