import assert from 'node:assert/strict';
import { createSecretKey } from 'node:crypto';
import { describe, it } from 'node:test';
import { newLineage, shareOf } from '../../src/attest/lineage.ts';
import { random } from '../support/world.ts';

const keys = { record: createSecretKey(random(32)) };

function lineageOf(deviceSerial: string | undefined, address: string | undefined, app = 'a'): string {
  const attested = { attestedKey: '', attestedSpki: '', environment: null, anchor: null, certificates: [] };
  return newLineage(
    { service: { random }, keys, app: { id: app }, caller: { address } },
    deviceSerial === undefined ? undefined : { ...attested, deviceSerial },
  );
}

describe('a new lineage', () => {
  it('is another one each time, in one share for one device: attack 44', () => {
    const lineages = Array.from({ length: 1_000 }, (_, index) => lineageOf('4d2', `10.0.${index % 256}.1`));
    assert.equal(new Set(lineages).size, 1_000);
    assert.equal(new Set(lineages.map((lineage) => shareOf(keys, lineage, 'a', 'rollout'))).size, 1);
    assert.ok(lineages.every((lineage) => lineage.length === 22));
  });

  it('follows the network where no certificate names the device', () => {
    const shares = (addresses: readonly string[]) =>
      new Set(addresses.map((address) => shareOf(keys, lineageOf(undefined, address), 'a', 'rollout'))).size;
    assert.equal(shares(['192.0.2.7', '192.0.2.8', '192.0.2.250']), 1);
    assert.equal(shares(['192.0.2.7', '198.51.100.7', '203.0.113.7']), 3);
  });

  it('spreads devices evenly, and anew for each roll-out, cohort and app', () => {
    const lineages = Array.from({ length: 2_000 }, (_, index) => lineageOf(index.toString(16), undefined));
    const below = (name: string, app = 'a') => lineages.filter((each) => shareOf(keys, each, app, name) < 30);
    for (const name of ['rollout', 'cohort beta']) {
      assert.ok(Math.abs(below(name).length - 600) < 100, `${name}: ${below(name).length}`);
    }
    const both = below('rollout').filter((each) => below('cohort beta').includes(each)).length;
    assert.ok(both < 300, 'a share is not a subset of another');
    assert.notDeepEqual(below('rollout'), below('rollout', 'b'));
  });
});
