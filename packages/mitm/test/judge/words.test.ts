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

  it('names no code of ours', () => {
    const text = describeConnection(shape('no common version', { failure: 'mitm.wire_probe_over' }));
    assert.ok(text.includes('the client went on after a ServerHello that nobody should accept'), text);
    assert.ok(!text.includes('mitm.'), text);
  });

  it('without a host', () => {
    const { host: _, ...nameless } = shape('only looked');
    assert.match(describeConnection(nameless), /^connection 1 \(connect\): no handshake/);
  });
});

describe('all connections in words', () => {
  it('leaves out what is not of the case', () => {
    assert.equal(describeAll(seen()), 'No connection came.');
    const one = shape('a request', { stranger: true, host: 'ads.test' });
    assert.equal(
      describeAll(seen(one)),
      'No connection came for this case; 1 connection to ads.test, not among its hosts, turned away or passed through.',
    );
    const { host: _, ...nameless } = one;
    assert.equal(
      describeAll(seen(nameless, nameless)),
      'No connection came for this case; 2 connections, not among its hosts, turned away or passed through.',
    );
    assert.ok(describeAll(seen(one, shape('only looked'))).startsWith('1 connection'));
  });

  it('tells stacks apart, by where they went and what they called themselves', () => {
    const hello = shape('a request').hello ?? assert.fail();
    const other = shape('Node closes in silence', {
      host: 'ads.test',
      hello: { ...hello, ja4: 't12other' },
    });
    const text = describeAll(seen(shape('a request'), shape('a request'), other));
    assert.equal(
      text,
      `3 connections, by 2 TLS stacks (JA4 t12other to ads.test; JA4 ${hello.ja4} to api.assay.test as curl/7.88.1), 2 with requests.`,
    );
  });

  it('has an end', () => {
    const hosts = Array.from({ length: 50 }, (_, index) => shape('a request', { host: `${index}.test` }));
    assert.ok(describeAll(seen(...hosts)).includes('to 0.test, 1.test, 2.test, 3.test, 4.test and 45 more as'));
  });

  it('counts in the right number', () => {
    assert.match(
      describeAll(seen(shape('a request'))),
      /^1 connection, by 1 TLS stack \(JA4 t13d.*\), 1 with requests\.$/,
    );
    assert.match(describeAll(seen(shape('only looked', { way: 'udp' }))), /^1 connection, 1 by UDP \(HTTP\/3\)\.$/);
  });
});
