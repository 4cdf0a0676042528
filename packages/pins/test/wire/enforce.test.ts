import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { enforcementOf, type PinSet } from '@assay/pins';
import { BACKUP, host, ISSUER, LIVE, NOW, pinSet } from './documents.ts';

const wide = { ...host, h: 'example.com', sub: true, spki: [ISSUER, BACKUP] };
const set: PinSet = { ...pinSet, hosts: [wide, host] };
const after = set.exp * 1000;

describe('enforcement', () => {
  it('takes the exact host before a parent, and no other names', () => {
    const pinsFor = (name: string) => {
      const enforcement = enforcementOf(set, name, NOW);
      return 'pins' in enforcement ? enforcement.pins : enforcement.act;
    };
    assert.deepEqual(pinsFor('api.example.com'), [LIVE, BACKUP]);
    assert.deepEqual(pinsFor('API.Example.COM.'), [LIVE, BACKUP]);
    assert.deepEqual(pinsFor('a.b.example.com'), [ISSUER, BACKUP]);
    assert.deepEqual(pinsFor('v2.api.example.com'), [ISSUER, BACKUP]);
    for (const name of ['badexample.com', 'example.org', 'com', '', 'example.com.evil.org'])
      assert.equal(pinsFor(name), 'not_pinned');
  });

  it('gives the mode of the host', () => {
    assert.equal(enforcementOf({ ...set, hosts: [{ ...host, mode: 'monitor' }] }, host.h, NOW).act, 'monitor');
  });

  it('leaves out what is revoked, and every pin when all are', () => {
    const pinsWith = (...revoked: string[]) => enforcementOf({ ...set, hosts: [{ ...host, revoked }] }, host.h, NOW);
    assert.deepEqual(pinsWith(LIVE), { act: 'enforce', pins: [BACKUP], stale: false });
    assert.deepEqual(pinsWith(LIVE, BACKUP), { act: 'enforce', pins: [], stale: false });
  });

  it('keeps the last pins after expiry, unless the set says otherwise', () => {
    assert.deepEqual(enforcementOf(set, host.h, after - 1), { act: 'enforce', pins: [LIVE, BACKUP], stale: false });
    assert.deepEqual(enforcementOf(set, host.h, after), { act: 'enforce', pins: [LIVE, BACKUP], stale: true });
    assert.deepEqual(enforcementOf({ ...set, on_expiry: 'block' }, host.h, after), { act: 'block', stale: true });
    assert.deepEqual(enforcementOf({ ...set, on_expiry: 'system' }, host.h, after), { act: 'system', stale: true });
  });

  it('does the same when only the host’s entry has expired', () => {
    const brief = { ...set, hosts: [{ ...host, exp: NOW / 1000 }] };
    assert.deepEqual(enforcementOf(brief, host.h, NOW), { act: 'enforce', pins: [LIVE, BACKUP], stale: true });
  });
});
