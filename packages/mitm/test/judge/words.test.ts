import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeAll, describeConnection } from '../../src/judge/words.ts';
import { seen, shape } from './support/shapes.ts';

describe('a connection in words', () => {
  const rows = [
    ['Node closes in silence', 'handshake not finished, the client reset the connection'],
    ['OpenSSL says unknown_ca in clear', 'handshake not finished, alert 48 unknown_ca in clear, the client closed'],
    ['JSSE says certificate_unknown in cipher', 'alert 46 certificate_unknown, the client reset'],
    ['curl finds the wrong pin over HTTP/2', 'handshake finished, HTTP/2 settings and no stream, the client closed'],
    ['a request', '180 octets of data, 1 request with the marker'],
    ['no common version', 'our end: ERR_SSL_UNSUPPORTED_PROTOCOL, closed by the harness'],
    ['a session resumed, and closed', 'an old session was resumed'],
  ] as const;

  for (const [name, words] of rows)
    it(name, () => {
      const text = describeConnection(shape(name));
      assert.ok(text.startsWith('connection 1 to api.assay.test (connect): ') && text.includes(words), text);
    });

  it('without a host', () => {
    const { host: _, ...nameless } = shape('only looked');
    assert.match(describeConnection(nameless), /^connection 1 \(connect\): no handshake/);
  });
});

describe('all connections in words', () => {
  it('leaves out what is not of the case', () => {
    assert.equal(describeAll(seen(shape('a request', { stranger: true }))), 'No connection came.');
  });

  it('counts in the right number', () => {
    assert.match(
      describeAll(seen(shape('a request'))),
      /^1 connection, by 1 TLS stack \(JA4 t13d.*\), 1 with requests\.$/,
    );
    assert.match(describeAll(seen(shape('only looked', { way: 'udp' }))), /^1 connection, 1 by UDP \(HTTP\/3\)\.$/);
  });
});
