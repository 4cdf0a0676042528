import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readPhoneOptions } from '../../../src/mitm/phone/options.ts';

const host = ['Api.Example.com.'];

describe('the options of a walk', () => {
  it('name a port that stays the same', () => {
    const of = (listen: string) => {
      const { listen: at, setupPort } = readPhoneOptions({ host, listen, 'reachable-from-network': true });
      return [at.address, at.port, setupPort];
    };
    assert.deepEqual(of('127.0.0.1'), ['127.0.0.1', 8877, 8878]);
    assert.deepEqual(of('192.0.2.7'), ['192.0.2.7', 8877, 8878]);
    assert.deepEqual(of('::1'), ['::1', 8877, 8878]);
    assert.deepEqual(of('[::1]:9000'), ['::1', 9000, 9001]);
    assert.deepEqual(of('127.0.0.1:0'), ['127.0.0.1', 0, 0]);
    const { hosts, listen } = readPhoneOptions({ host });
    assert.deepEqual([hosts, listen], [['api.example.com'], { address: '127.0.0.1', port: 8877 }]);
  });

  it('watch for as long as is said', () => {
    assert.equal(readPhoneOptions({ host }).settleMs, 3_000);
    assert.equal(readPhoneOptions({ host, thorough: true }).settleMs, 30_000);
    assert.equal(readPhoneOptions({ host, settle: '0' }).settleMs, 0);
    assert.equal(readPhoneOptions({ host }).limitMs, 300_000);
  });

  it('say where real servers are', () => {
    const { connect } = readPhoneOptions({
      host,
      connect: ['A.example=127.0.0.1:1', 'b.example=[::1]:443', 'c.example=::1:444'],
    });
    assert.deepEqual(
      [...connect],
      [
        ['a.example', { address: '127.0.0.1', port: 1 }],
        ['b.example', { address: '::1', port: 443 }],
        ['c.example', { address: '::1', port: 444 }],
      ],
    );
    for (const wrong of [
      '',
      'a',
      'a=b',
      'a=b:1',
      'a=127.0.0.1',
      'a=127.0.0.1:0',
      'a=127.0.0.1:65536',
      '=127.0.0.1:1',
    ]) {
      assert.throws(() => readPhoneOptions({ host, connect: [wrong] }), { code: 'cli.usage' }, wrong);
    }
  });

  it('are refused where they would test nothing, or too much at once', () => {
    assert.throws(() => readPhoneOptions({}), { code: 'cli.usage' });
    assert.throws(() => readPhoneOptions({ host: ['a.example', 'b.example'], untrusted: true }), { code: 'cli.usage' });
    assert.throws(() => readPhoneOptions({ host, listen: '0.0.0.0' }), { code: 'cli.listen_refused' });
    assert.throws(() => readPhoneOptions({ host, settle: '61' }), { code: 'cli.usage' });
  });
});
