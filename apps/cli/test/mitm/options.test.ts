import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readRunOptions } from '../../src/mitm/options.ts';

const read = (values: Readonly<Record<string, string | boolean | string[]>>) =>
  readRunOptions({ exec: 'x', ...values });

describe('options of mitm run', () => {
  it('name hosts as they go over the wire', () => {
    const host = ['B\u00fccher.test', 'api.example.test.', '192.0.2.1', '::1'];
    assert.deepEqual(read({ host }).hosts, ['xn--bcher-kva.test', 'api.example.test.', '192.0.2.1', '::1']);
  });

  it('are modest unless told', () => {
    const { hosts, way, watchMs, limitMs, clockSeconds, jobs, listen } = read({});
    assert.deepEqual(
      [hosts, way, watchMs, limitMs, clockSeconds, jobs],
      [['api.assay.test'], 'proxy', 3_000, 10_000, 0, 2],
    );
    assert.deepEqual(listen, { address: '127.0.0.1', port: 0 });
  });

  it('take lists with commas and by repetition', () => {
    assert.deepEqual(read({ only: ['N4,name', 'P1'] }).only, ['N4', 'name', 'P1']);
    assert.deepEqual(read({ can: ['clock,webview'] }).can, ['clock', 'webview']);
    assert.deepEqual(read({ cannot: ['http2', 'redirects'] }).cannot, ['http2', 'redirects']);
    assert.throws(() => read({ cannot: ['http'] }), { code: 'cli.usage', message: /--cannot/ });
  });

  it('take clocks either way', () => {
    const spans = { '+1y': 31_536_000, '-30d': -2_592_000, '+90s': 90, '-2w': -1_209_600 };
    for (const [clock, seconds] of Object.entries(spans)) assert.equal(read({ clock }).clockSeconds, seconds);
    for (const clock of ['1y', '+0d', '+1', '-y', '+1.5h', '+ 1h', '+1234567d']) {
      assert.throws(() => read({ clock }), { code: 'cli.usage' }, clock);
    }
  });

  it('listen on loopback, of either family', () => {
    const addresses = {
      '127.0.0.1': ['127.0.0.1', 0],
      '127.0.0.2:8443': ['127.0.0.2', 8443],
      '::1': ['::1', 0],
      '[::1]:443': ['::1', 443],
    } as const;
    for (const [listen, [address, port]] of Object.entries(addresses)) {
      assert.deepEqual(read({ listen }).listen, { address, port }, listen);
    }
  });

  it('listen beyond it only where that is said in full', () => {
    for (const listen of ['0.0.0.0', '192.0.2.1:8443', '[::]:443', '::']) {
      assert.throws(() => read({ listen }), { code: 'cli.listen_refused' }, listen);
      assert.doesNotThrow(() => read({ listen, 'reachable-from-network': true }));
    }
    for (const listen of ['localhost', ':8443', '127.0.0.1:99999', '127.0.0.1:', '[::1', 'x']) {
      assert.throws(() => read({ listen, 'reachable-from-network': true }), { code: 'cli.usage' }, listen);
    }
  });
});
