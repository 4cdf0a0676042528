import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { describe, it } from 'node:test';
import { der } from '@assay/formats';
import { createCtLog } from '@assay/x509';
import { assertLogs, operatorAt } from '../../src/ct/log.ts';
import { fault } from '../support/chain.ts';
import { mintLog } from '../support/ct.ts';

describe('logs', () => {
  it('are named by the digest of their key', () => {
    const log = mintLog();
    assert.equal(log.id, hash('sha256', log.spki, 'base64'));
  });

  it('have keys that load', () => {
    const { spki, ...description } = mintLog();
    const broken = Uint8Array.from(spki);
    broken[broken.length - 1] = (broken.at(-1) ?? 0) ^ 1;
    assert.throws(() => createCtLog(broken, description), fault('ct.log_list_malformed'));
    assert.throws(() => createCtLog(Uint8Array.of(0x30, 0), description), fault('ct.log_list_malformed'));
  });

  it('keep keys of an algorithm that is not known, for what else they say', () => {
    const spki = der.sequence(der.sequence(der.oid('2.16.840.1.101.3.4.3.17')), der.bits(new Uint8Array(8)));
    const { id, key } = createCtLog(spki, mintLog());
    assert.deepEqual([id, key.kind], [hash('sha256', spki, 'base64'), 'unsupported']);
  });

  it('belong to whoever operated them at the time', () => {
    const previousOperators = [
      { name: 'first', until: 100 },
      { name: 'second', until: 200 },
    ];
    const log = mintLog({ operator: 'third', previousOperators });
    assert.deepEqual(
      [99, 100, 199, 200].map((time) => operatorAt(log, time)),
      ['first', 'second', 'second', 'third'],
    );
  });

  it('are never none', () => assert.throws(() => assertLogs([]), fault('ct.logs_empty')));
});
