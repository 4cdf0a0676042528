import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isNoted, matchPublicKeyPins } from '../../src/hpkp/match.ts';
import type { Connection } from '../../src/match/outcome.ts';

const header = (pins: readonly string[], includeSubdomains = false, maxAge = 60) => ({
  pins,
  maxAge,
  includeSubdomains,
});

const NOTED = [
  { host: 'Example.', header: header(['three'], true), notedAt: 1000 },
  { host: 'a.example', header: header(['one', 'two']), notedAt: 1000 },
];

const answer = (host: string, changes: Partial<Connection> = {}) => {
  const connection: Connection = {
    host,
    at: 2000,
    zoneMinutes: 0,
    build: 'release',
    path: ['one', 'root'],
    anchor: 'system',
    ...changes,
  };
  const { answer, because } = matchPublicKeyPins(NOTED, connection);
  return `${answer} ${because}`;
};

it('isNoted asks for a pin in the path, a backup outside it and a time', () => {
  assert.equal(isNoted(header(['one', 'two']), ['one']), true);
  assert.equal(isNoted(header(['one']), ['one']), false);
  assert.equal(isNoted(header(['two', 'three']), ['one']), false);
  assert.equal(isNoted(header(['one', 'two'], false, 0), ['one']), false);
});

describe('matchPublicKeyPins', () => {
  it('the host itself counts before its parents', () => {
    assert.equal(answer('A.example.'), 'connects pin_matched');
    assert.equal(answer('a.example', { path: ['three'] }), 'refused no_pin_matched');
    assert.equal(answer('b.a.example'), 'refused no_pin_matched');
    assert.equal(answer('b.a.example', { path: ['three'] }), 'connects pin_matched');
    assert.equal(answer('other.test'), 'connects unpinned');
  });

  it('pins end with their time', () => {
    assert.equal(answer('b.example', { at: 60_999 }), 'refused no_pin_matched');
    assert.equal(answer('b.example', { at: 61_000 }), 'connects unpinned');
  });

  it('asks for trust first, and yields to an anchor that the user added', () => {
    assert.equal(answer('a.example', { path: [] }), 'refused untrusted');
    assert.equal(answer('a.example', { path: ['proxy'], anchor: 'user' }), 'connects overridden');
  });
});
