import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { connect } from 'node:tls';
import { HOST } from './support/chain.ts';
import { listen } from './support/listen.ts';

test('node:tls completes TLS 1.3, and what it says is read', async (context) => {
  const { port, chain, ended } = await listen(context);
  const options = { port, host: '127.0.0.1', servername: HOST, ca: chain.authorityPem, ALPNProtocols: ['http/1.1'] };
  const socket = connect(options);
  await once(socket, 'secureConnect');
  assert.deepEqual([socket.authorized, socket.getProtocol(), socket.alpnProtocol], [true, 'TLSv1.3', 'http/1.1']);
  socket.write('GET / HTTP/1.1\r\n\r\n');
  const [octets] = await once(socket, 'data');
  assert.match(String(octets), /hello$/);
  socket.end();
  const seen = await ended;
  assert.deepEqual(seen, {
    handshake: 'completed',
    version: 'TLSv1.3',
    cipher: 'TLS_AES_128_GCM_SHA256',
    alpn: 'http/1.1',
    certificateSent: true,
    received: 'GET / HTTP/1.1\r\n\r\n',
  });
});
