import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { brokenIn, hasEnded, matchNsc } from '../../src/android/match-nsc.ts';
import type { Connection } from '../../src/match/outcome.ts';
import { connectionTo, domainConfig, nscOf, PIN_A, PIN_B, PIN_C, PINS } from './nsc-of.ts';

const TARGET = { targetSdk: 36 };

const outcome = (inner: string, changes: Partial<Connection> = {}, targetSdk = 36) =>
  matchNsc(nscOf(inner), { targetSdk }, connectionTo('a.example', changes));

const answer = (inner: string, changes: Partial<Connection> = {}, targetSdk = 36) => {
  const { answer, because } = outcome(inner, changes, targetSdk);
  return `${answer} ${because}`;
};

const pinned = domainConfig(`<pin-set>${PINS}</pin-set>`);
const elsewhere = { path: [PIN_C] };

describe('matchNsc', () => {
  it('one pin anywhere in the path is enough', () => {
    assert.equal(answer(pinned), 'connects pin_matched');
    assert.equal(answer(pinned, { path: [PIN_B, PIN_C] }), 'connects pin_matched');
    assert.equal(answer(pinned, elsewhere), 'refused no_pin_matched');
  });

  it('compares bytes: case and padding of the spelling do not count', () => {
    const spelled = `<pin-set><pin digest="sha-256"> ${PIN_A.slice(0, -1)}\n</pin></pin-set>`;
    assert.equal(answer(domainConfig(spelled)), 'connects pin_matched');
  });

  it('no pins, or an empty set of them, is no pinning', () => {
    assert.equal(answer('', elsewhere), 'connects unpinned');
    assert.equal(answer(domainConfig('<pin-set/>'), elsewhere), 'connects unpinned');
    const flat = '<domain-config><domain includeSubdomains="true">example</domain>';
    assert.equal(
      answer(`${flat}<pin-set>${PINS}</pin-set></domain-config>${domainConfig('')}`, elsewhere),
      'connects unpinned',
    );
  });

  it('pins hold until midnight at the start of the day, in the zone of the device', () => {
    const ends = domainConfig(`<pin-set expiration="2030-06-01">${PINS}</pin-set>`);
    const midnight = Date.UTC(2030, 5, 1);
    assert.equal(answer(ends, { ...elsewhere, at: midnight }), 'refused no_pin_matched');
    assert.equal(answer(ends, { ...elsewhere, at: midnight + 1 }), 'connects expired');
    const inAuckland = { ...elsewhere, zoneMinutes: 720 };
    assert.equal(answer(ends, { ...inAuckland, at: midnight - 12 * 3_600_000 }), 'refused no_pin_matched');
    assert.equal(answer(ends, { ...inAuckland, at: midnight - 12 * 3_600_000 + 1 }), 'connects expired');
    assert.equal(answer(ends, { ...elsewhere, zoneMinutes: -300, at: midnight + 1 }), 'refused no_pin_matched');
  });

  it('an expired set does not hold even when a pin would match', () => {
    assert.equal(answer(domainConfig(`<pin-set expiration="2020-01-01">${PINS}</pin-set>`)), 'connects expired');
  });

  it('overridePins lets every path of that source through, and no other', () => {
    const anchors =
      '<trust-anchors><certificates src="system"/><certificates src="user" overridePins="true"/></trust-anchors>';
    const inner = domainConfig(`<pin-set>${PINS}</pin-set>${anchors}`);
    assert.equal(answer(inner, { ...elsewhere, anchor: 'user' }), 'connects overridden');
    assert.equal(answer(inner, elsewhere), 'refused no_pin_matched');
    const trace = outcome(inner, { ...elsewhere, anchor: 'user' }).trace.at(-1);
    assert.equal(trace?.place?.line, 2);
  });

  it('a source that is not among the anchors is not trusted', () => {
    assert.equal(answer(pinned, { anchor: 'user' }), 'refused untrusted');
    assert.equal(answer(pinned, { anchor: 'user' }, 23), 'connects pin_matched');
    assert.equal(answer(domainConfig('<trust-anchors/>')), 'refused untrusted');
    assert.equal(
      answer(domainConfig('<trust-anchors><certificates src="@raw/ca"/></trust-anchors>')),
      'refused untrusted',
    );
    assert.equal(
      answer(domainConfig('<trust-anchors><certificates src="wfa"/></trust-anchors>'), { anchor: 'app' }),
      'refused untrusted',
    );
    assert.equal(answer('', { path: [] }), 'refused untrusted');
  });

  it('debug-overrides speak in debuggable builds only', () => {
    const debug = '<debug-overrides><trust-anchors><certificates src="user"/></trust-anchors></debug-overrides>';
    const proxy = { ...elsewhere, anchor: 'user' } as const;
    assert.equal(answer(pinned + debug, proxy), 'refused untrusted');
    assert.equal(answer(pinned + debug, { ...proxy, build: 'debug' }), 'connects overridden');
    const broken = '<debug-overrides><pin-set/></debug-overrides>';
    assert.equal(answer(pinned + broken), 'connects pin_matched');
    assert.equal(answer(pinned + broken, { build: 'debug' }), 'crashes configuration_invalid');
  });

  it('a configuration that the platform refuses lets nothing connect, whatever the host', () => {
    const broken = domainConfig('<pin-set><pin digest="SHA-256">AAAA</pin></pin-set>');
    const result = matchNsc(nscOf(broken), TARGET, connectionTo('other.test'));
    assert.deepEqual([result.answer, result.because], ['crashes', 'configuration_invalid']);
    assert.equal(result.trace[0]?.place?.line, 2);
    assert.equal(answer(domainConfig('<pins/>')), 'connects unpinned');
  });

  it('names the place that decided', () => {
    const [chosen, transparency, pins] = outcome(pinned).trace;
    assert.deepEqual([chosen?.place?.column, chosen?.place?.endColumn], [24, 33]);
    assert.equal(transparency?.place, undefined);
    assert.equal(pins?.place?.line, 2);
  });
});

it('brokenIn tells the builds apart', () => {
  const config = nscOf('<debug-overrides><pin-set/></debug-overrides><x/>');
  assert.deepEqual([brokenIn(config, 'release').length, brokenIn(config, 'debug').length], [0, 1]);
});

it('hasEnded takes no day for no end', () => {
  assert.equal(hasEnded('soon', connectionTo('a.example')), false);
});
