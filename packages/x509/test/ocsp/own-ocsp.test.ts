import assert from 'node:assert/strict';
import { it } from 'node:test';
import { describeVectors } from '../../../../tools/vectors.ts';
import { ownOcspCases } from '../support/own-vectors.ts';

describeVectors('own OCSP responses', (dir) => {
  for (const { id, expected, run } of ownOcspCases(dir)) it(id, () => assert.deepEqual(run(), expected));
});
