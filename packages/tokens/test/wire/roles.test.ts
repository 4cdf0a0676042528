import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ROLE_NAMES, roleRow } from '../../src/wire/roles.ts';

it('leaves the key out of the binding only where the call that takes the binding makes the key', () => {
  assert.deepEqual(
    ROLE_NAMES.filter((role) => !roleRow(role).bindsKey),
    ['android-key'],
  );
});

it('names a role in at least one purpose', () => {
  assert.ok(ROLE_NAMES.every((role) => roleRow(role).purposes.length > 0));
});
