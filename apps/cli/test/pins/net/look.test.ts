import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AssayError } from '@assay/core';
import { look } from '../../../src/pins/net/look.ts';
import { startTlsOf } from '../../../src/pins/net/starttls.ts';
import { mint } from '../../support/certificates.ts';
import { conversing, serving } from '../../support/listeners.ts';

const root = mint({ subject: 'Test Root' });
const leaf = mint({ subject: 'api.example.com', issuer: root, names: ['api.example.com'] });

function at(address: string, options: Partial<Parameters<typeof look>[1]> = {}) {
  const [host = '', port = ''] = address.split(':');
  const target = { host: 'api.example.com', port: 443, connectTo: { host, port: Number(port) } };
  return look(target, { timeoutMs: 1000, signal: new AbortController().signal, roots: [], ...options });
}

async function foundOf(looking: Promise<unknown>): Promise<string> {
  try {
    await looking;
  } catch (error) {
    assert.ok(error instanceof AssayError && error.code === 'cli.host_unreachable', String(error));
    return error.detail.found ?? '';
  }
  return assert.fail('it should not have come to an end');
}

describe('a look at a host', { concurrency: true }, () => {
  it('shows the chain as it was sent, and who answered', async () => {
    const { chain, address, protocol, ocsp } = await at(await serving([leaf, root]));
    assert.deepEqual(
      chain.map((der) => Buffer.from(der)),
      [leaf, root].map(({ der }) => Buffer.from(der)),
    );
    assert.deepEqual([address, protocol, ocsp], ['127.0.0.1', 'TLSv1.3', undefined]);
  });

  it('says why OpenSSL does not trust it', async () => {
    const address = await serving([leaf]);
    assert.equal((await at(address, { roots: [root.pem] })).refusal, undefined);
    assert.notEqual((await at(address)).refusal, undefined);
  });

  const hostile: readonly (readonly [string, Parameters<typeof conversing>[0], RegExp, string?])[] = [
    ['is mute', () => {}, /no answer in 1000 ms/],
    ['hangs up', (socket) => socket.end(), /closed|ECONNRESET|disconnected/],
    ['sends garbage for TLS', (socket) => socket.end(Buffer.alloc(4096, 0x41)), /./],
    [
      'never ends its greeting',
      (socket) => void setInterval(() => socket.write('220-x\r\n'), 5).unref(),
      /no answer|64 KiB/,
      'smtp',
    ],
    ['sends a greeting without end', (socket) => socket.write(Buffer.alloc(1 << 20, 0x61)), /64 KiB/, 'imap'],
    ['drips', (socket) => void setInterval(() => socket.write('\x16'), 50).unref(), /no answer|./],
    [
      'announces more than it sends',
      (socket) => socket.write(Buffer.from([0xff, 0xff, 0, 0, 1])),
      /no answer/,
      'mysql',
    ],
  ];
  for (const [name, talk, found, protocol] of hostile) {
    it(`ends when the host ${name}`, async () => {
      const address = await conversing(talk);
      assert.match(await foundOf(at(address, { startTls: startTlsOf(protocol) })), found);
    });
  }

  it('ends when the caller is interrupted', async () => {
    const stop = new AbortController();
    const looking = at(await conversing(() => stop.abort()), { signal: stop.signal, timeoutMs: 60_000 });
    assert.equal(await foundOf(looking), 'interrupted');
  });

  it('does not begin when the caller was interrupted before', { timeout: 10_000 }, async () => {
    const looking = at(await conversing(() => {}), { signal: AbortSignal.abort() });
    assert.equal(await foundOf(looking), 'interrupted');
  });

  it('refuses a chain of more than any server needs', async () => {
    const many = Array.from({ length: 300 }, (_, index) => mint({ subject: `Extra ${index}`, issuer: root }));
    const answered = await at(await serving([leaf, ...many]), { timeoutMs: 5000 }).then(
      ({ chain }) => chain.length <= 16,
      (error: unknown) => error instanceof AssayError,
    );
    assert.ok(answered);
  });
});
