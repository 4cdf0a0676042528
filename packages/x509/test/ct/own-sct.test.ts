import assert from 'node:assert/strict';
import { it } from 'node:test';
import { describeVectors } from '../../../../tools/vectors.ts';
import { ownSctCases } from '../support/own-vectors.ts';

describeVectors('own timestamps', (dir) => {
  for (const { id, expected, run } of ownSctCases(dir)) it(id, () => assert.deepEqual(run(), expected));
});
