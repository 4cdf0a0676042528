import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assay, createFolder, inProcess } from '../../support/assay.ts';
import { startServer } from '../../support/server.ts';

const PLACE = ['--origin', 'http://127.0.0.1', '--environment', 'main/dev:development'];
const RESTORED = ['db', 'restored', ...PLACE];

describe('assay db restored', { concurrency: true }, () => {
  it('is for a server that is stopped; says what it did and what else is to be done; stands in the chain', async () => {
    const folder = createFolder();
    const server = await startServer(folder);
    try {
      const { code, stdout, stderr } = await assay(folder, RESTORED);
      assert.deepEqual([code, stdout], [5, '']);
      assert.match(stderr, /\(server\.data_in_use\)/);
    } finally {
      await server.stop();
    }
    const { code, stdout, stderr } = await assay(folder, RESTORED);
    const issuer = 'http://127.0.0.1/t/main/e/dev';
    assert.equal(code, 0, stderr);
    assert.equal(stdout, `${issuer}: 1 challenge keys and 0 token keys are gone, new ones are in force\n`);
    assert.match(stderr, /^assay: what was written after the backup is lost:\n(?:assay: {3}\S.*\n){5}$/);
    const again = JSON.parse((await assay(folder, [...RESTORED, '--token-keys', '--json'])).stdout);
    assert.equal(again.schema, 'assay.db.restored/1');
    assert.deepEqual(again.issuers, [{ iss: issuer, challengeKeys: 1, tokenKeys: 1 }]);
    const next = await startServer(folder);
    try {
      const verify = ['audit', 'verify', '--server', next.operatorUrl, '--issuer', 'main/dev'];
      assert.equal((await assay(folder, verify)).stdout, 'HOLDS  3 rows\n');
    } finally {
      await next.stop();
    }
  });

  it('makes no installation where none is, and takes no operand', async () => {
    const folder = createFolder();
    const { code, stdout, stderr } = await inProcess([...RESTORED, '--data', folder]);
    assert.deepEqual([code, stdout], [5, '']);
    assert.match(stderr, /\(server\.database_missing\)/);
    assert.equal((await inProcess([...RESTORED, 'now'])).code, 2);
  });
});
