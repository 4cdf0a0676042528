import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ABSENT, claimed, noFacts, proven } from '@assay/core';
import { withAssertedKey, withClaims, withoutMessage, withSoftwareKey } from '../src/facts.ts';

const claims = { version: '1.0', os: '14', signals: [{ provider: 'p', version: '1', name: 'hooks', value: true }] };

describe('facts', () => {
  it('take a claim only where nothing is proven', () => {
    const bare = withClaims(noFacts(), claims);
    assert.deepEqual([bare.app.version.known, bare.device.osVersion.known], ['claimed', 'claimed']);
    const known = noFacts();
    const device = { ...known.device, osVersion: proven('16', 'android-key') };
    assert.deepEqual(withClaims({ ...known, device }, claims).device.osVersion, device.osVersion);
    assert.deepEqual(bare.signals, claims.signals);
  });

  it('say that an iOS key is the app’s word', () => {
    assert.equal(withAssertedKey(noFacts()).key.protection.known, 'claimed');
  });

  it('of an instance hold nothing that was said with one message alone', () => {
    const said = withClaims({ ...noFacts(), platform: proven('ios', 'a'), degraded: ['play_unavailable'] }, claims);
    const kept = withoutMessage(said);
    assert.deepEqual([kept.signals, kept.degraded, kept.app.version], [[], [], ABSENT]);
    assert.deepEqual(kept.platform, said.platform);
  });

  it('of a key in software are the app’s word, whatever the evidence said of a key', () => {
    const { key } = noFacts();
    const boasting = {
      ...noFacts(),
      key: { ...key, protection: proven('hardware', 'x'), origin: proven('generated', 'x') },
    };
    const facts = withSoftwareKey(boasting as ReturnType<typeof noFacts>); // literals, as a verifier would give them
    assert.deepEqual(facts.key.protection, claimed('software', 'the app'));
    assert.deepEqual(facts.key.origin, ABSENT);
  });
});
