import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseStrictJson } from '@assay/formats';
import { ShapeError } from '@assay/formats/shape';
import { decodeJwt } from 'jose';
import { readTokenClaims } from '../../src/token/claims.ts';
import { issue } from './kit.ts';

const read = (claims: object) => readTokenClaims(parseStrictJson(JSON.stringify(claims)), '$');

describe('readTokenClaims', () => {
  it('reads back exactly what is issued', () => {
    const annotations = { channel: 'store', risk: 3, vip: true };
    const claims = decodeJwt(issue({ degraded: ['vendor_unavailable'], admitted: 'monitor', annotations }));
    assert.deepEqual(read(claims), claims);
  });

  it('refuses a stage or annotations of another form', () => {
    const claims = decodeJwt<{ att: object }>(issue());
    for (const att of [{ stg: 'enforce' }, { stg: true }, { ann: [] }, { ann: { Name: 1 } }, { ann: { a: {} } }]) {
      assert.throws(() => read({ ...claims, att: { ...claims.att, ...att } }), ShapeError);
    }
  });
});
