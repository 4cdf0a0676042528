import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ATTACK_GROUPS, ATTACKS, REFUSERS } from '../../src/attacks/index.ts';
import { ATTACKS_PAGE, renderAttacks } from './support/attacks-page.ts';

const PROTOCOL = readFileSync(join(import.meta.dirname, '../../../../docs/protocol.md'), 'utf8');

describe('ATTACKS', () => {
  it('are many, each with a name of its own, in every group and against everybody', () => {
    assert.ok(ATTACKS.length >= 35);
    const ids = ATTACKS.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) assert.match(id, /^[a-z]+(-[a-z]+)*$/);
    for (const group of Object.keys(ATTACK_GROUPS)) assert.ok(!ids.includes(group), 'an id that is a group too');
    assert.deepEqual(new Set(ATTACKS.map(({ group }) => group)), new Set(Object.keys(ATTACK_GROUPS)));
    assert.deepEqual(new Set(ATTACKS.map(({ by }) => by)), new Set(REFUSERS));
  });

  it('name rows that the protocol has', () => {
    for (const { id, protocol } of ATTACKS)
      for (const row of protocol) assert.match(PROTOCOL, new RegExp(`^\\| ${row} \\|`, 'm'), `${id} names ${row}`);
  });

  it('are described in docs/mitm-attacks.md as they are', () => {
    assert.equal(readFileSync(ATTACKS_PAGE, 'utf8'), renderAttacks());
  });
});
