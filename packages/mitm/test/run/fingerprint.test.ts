import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { it } from 'node:test';
import { CASES, createLab } from '@assay/mitm';
import { fingerprintOf } from '../../src/run/fingerprint.ts';

it('an app that pins certificates knows those with a pinned key, and no others', async () => {
  const lab = createLab({ clock: Date.now, hosts: ['api.assay.test'] });
  const known = { P1: true, P2: true, N4: false, N15: true } as const;
  for (const [id, isKnown] of Object.entries(known)) {
    const item = CASES.find((each) => each.id === id);
    assert.ok(item !== undefined, id);
    const forged = await lab.forge(item.recipe, { host: 'api.assay.test', at: Date.now() });
    const [leaf] = forged.chain;
    const shown = new X509Certificate(leaf ?? new Uint8Array()).fingerprint256.replaceAll(':', '').toLowerCase();
    assert.equal(fingerprintOf(item, forged), isKnown ? shown : undefined, id);
  }
});
