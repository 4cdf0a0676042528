import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ShapeError } from '@assay/formats/shape';
import { changed, differences, VALID_SETTING } from '../../src/battery/setting.ts';

const with_ = (change: Parameters<typeof changed>[1], from = VALID_SETTING) => changed(from, change, '$');

describe('a change', () => {
  it('keeps the members that it does not have', () => {
    const other = with_({ chain: { leaf: { key: 'other', names: [] } }, clock: 5 });
    const further = with_({ chain: { leaf: { key: 'backup' }, depth: 2 } }, other);
    assert.deepEqual(further, {
      ...{ host: '{host}', steps: ['request'], clock: 5 },
      chain: { leaf: { key: 'backup', names: [] }, depth: 2 },
    });
  });

  it('replaces lists as a whole', () => {
    const first = with_({ chain: { send: ['leaf', 'intermediate'] } });
    assert.deepEqual(with_({ chain: { send: ['leaf'] } }, first).chain, { send: ['leaf'] });
  });

  it('does not change what it is laid over', () => {
    const from = with_({ staple: { status: 'good' } });
    with_({ staple: { status: 'revoked' } }, from);
    assert.deepEqual(from.staple, { status: 'good' });
  });

  it('may be part of a staple or a pin set only where the rest is there', () => {
    const expected = (path: string) => (error: unknown) =>
      error instanceof ShapeError && error.faults[0]?.path === path;
    assert.throws(() => with_({ staple: { fault: 'expired' } }), expected('$.staple.status'));
    assert.throws(() => with_({ pinSet: { fault: 'stale' } }), expected('$.pinSet.pins'));
    const stapled = with_({ staple: { status: 'good' } });
    assert.deepEqual(with_({ staple: { fault: 'expired' } }, stapled).staple, { status: 'good', fault: 'expired' });
  });
});

describe('differences', () => {
  it('are none between equals, and one for each member', () => {
    const one = with_({ chain: { leaf: { key: 'other' } } });
    assert.deepEqual(differences(one, one), []);
    assert.deepEqual(differences(VALID_SETTING, one), ['chain.leaf.key']);
    assert.deepEqual(differences(one, with_({ chain: { leaf: { key: 'other' } }, host: '{host}.', clock: 1 })), [
      'host',
      'clock',
    ]);
  });

  it('take a list as one member', () => {
    const [one, other] = [with_({ steps: ['request', 'request'] }), with_({ steps: ['plain-request'] })];
    assert.deepEqual(differences(one, other), ['steps']);
  });

  it('are none for members without content', () => {
    assert.deepEqual(differences(VALID_SETTING, with_({ chain: { leaf: {} } })), []);
  });
});
