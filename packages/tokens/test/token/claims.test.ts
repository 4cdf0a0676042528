import assert from 'node:assert/strict';
import { it } from 'node:test';
import { parseStrictJson } from '@assay/formats';
import { decodeJwt } from 'jose';
import { readTokenClaims } from '../../src/token/claims.ts';
import { issue } from './kit.ts';

it('reads back exactly what is issued', () => {
  const claims = decodeJwt(issue({ degraded: ['vendor_unavailable'] }));
  assert.deepEqual(readTokenClaims(parseStrictJson(JSON.stringify(claims)), '$'), claims);
});
