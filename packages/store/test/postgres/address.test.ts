import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parsePostgresUrl, toAddress } from '../../src/postgres/address.ts';

describe('parsePostgresUrl', () => {
  it('reads every part', () => {
    assert.deepEqual(parsePostgresUrl('postgres://ann:p%40ss%2F@db.example:6543/assay?sslmode=require'), {
      host: 'db.example',
      port: 6543,
      user: 'ann',
      password: 'p@ss/',
      database: 'assay',
      sslmode: 'require',
    });
  });

  it('reads sockets and IPv6', () => {
    assert.equal(parsePostgresUrl('postgresql://u@%2Ftmp%2Fpg/d').host, '/tmp/pg');
    assert.equal(parsePostgresUrl('postgres://u@[::1]/d').host, '::1');
  });

  const wrong = [
    'nonsense hunter2',
    'mysql://u:hunter2@h/d',
    'postgres://u:hunter2@h',
    'postgres://u:hunter2@h/',
    'postgres://:hunter2@h/d',
    'postgres:///d',
    'postgres://u:hunter2%@h/d',
    'postgres://u:hunter2@h/d?sslmode=prefer',
    'postgres://u:hunter2@h/d?sslmode=require&sslmode=disable',
    'postgres://u:hunter2@h/d?host=hunter2',
    'postgres://u:hunter2@h:99999/d',
  ];
  for (const [index, url] of wrong.entries()) {
    it(`refuses wrong URL ${index + 1}, and does not quote it`, () => {
      assert.throws(
        () => parsePostgresUrl(url),
        (error: unknown) => {
          assert.ok(error instanceof Error && 'code' in error && 'detail' in error);
          assert.equal(error.code, 'store.url_invalid');
          assert.doesNotMatch(`${error.stack} ${JSON.stringify(error.detail)} ${String(error.cause)}`, /hunter2/);
          return true;
        },
      );
    });
  }
});

describe('toAddress', () => {
  const base = { user: 'u', database: 'd' };

  it('verifies the server wherever the way leaves this machine', () => {
    const modeFor = (host: string) => toAddress({ ...base, host }).sslmode;
    assert.deepEqual(['db.example', '10.0.0.1'].map(modeFor), ['verify-full', 'verify-full']);
    assert.deepEqual(['/tmp', 'localhost', '127.0.0.1', '::1'].map(modeFor), Array(4).fill('disable'));
  });

  it('lets the operator say otherwise', () => {
    assert.equal(toAddress({ ...base, host: 'db.example', sslmode: 'disable' }).sslmode, 'disable');
    assert.equal(toAddress({ ...base, host: 'h' }).port, 5432);
  });
});
