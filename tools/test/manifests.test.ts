import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ROOT } from '../command.ts';
import { manifests } from '../guards/manifests/guard.ts';

// Also a test, since what runs here is what npm installed: it follows the lock without a word where package.json differs.
it('has one say on every dependency in package.json, lock and references', async () => {
  assert.deepEqual((await manifests.inspect(ROOT)).problems, []);
});
