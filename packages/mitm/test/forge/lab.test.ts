import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { describe, it } from 'node:test';
import { spkiPin } from '@assay/x509';
import { KEYS } from '../../src/index.ts';
import { forge, LAB, trust } from './support/client.ts';

describe('createLab', () => {
  it('forges a chain that strict validators accept, with the pinned key', async () => {
    const forged = await forge({});
    const path = trust(forged);
    assert.equal(path.length, 2);
    const [pinned] = await LAB.pins(['pinned']);
    assert.equal(spkiPin(forged.chain[0] ?? new Uint8Array()), pinned?.pin);
    assert.deepEqual(
      new Uint8Array(createPublicKey(forged.key).export({ format: 'der', type: 'spki' })),
      path[0]?.spki,
    );
    assert.equal(KEYS[0].name, pinned?.key);
  });
});
