import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ABSENT, claimed, noFacts, proven } from '@assay/core';
import { renewed, withAssertedKey, withClaims } from '../src/facts.ts';

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

  it('of a refresh are those of the enrolment, without its claims', () => {
    const enrolled = withClaims({ ...noFacts(), evidence: ['a'], platform: proven('ios', 'a') }, claims);
    assert.deepEqual(renewed(enrolled, undefined).signals, []);
    const fresh = { ...noFacts(), evidence: ['b'], app: { ...noFacts().app, build: proven('77', 'b') } };
    const both = renewed(enrolled, fresh);
    assert.deepEqual(both.evidence, ['a', 'b']);
    assert.deepEqual([both.app.build, both.app.version], [proven('77', 'b'), ABSENT]);
    const dated = { ...enrolled, app: { ...enrolled.app, category: proven('store', 'a') } } as typeof enrolled;
    assert.deepEqual(renewed(dated, fresh).app.category, dated.app.category);
    assert.deepEqual(both.platform, enrolled.platform);
    assert.deepEqual(claimed(undefined, 'x'), ABSENT);
  });
});
