import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mentionsIn } from '../../src/analysis/domains.ts';
import { createSourceEnvironment } from '../../src/cel/environment.ts';

const LISTS = { few: ['c', 'd'] };
const environment = createSourceEnvironment(Object.keys(LISTS));

/** For every variable: its constants, the sizes it is compared with, and whether they are all that matters. */
function mentions(...sources: string[]): Record<string, unknown[]> {
  const table = mentionsIn(
    sources.map((source) => environment.parse(source).ast),
    LISTS,
  );
  return Object.fromEntries(
    [...table].map(([path, { constants, sizes, isExact }]) => [
      path,
      [[...constants, ...sizes].map(String).join(), isExact],
    ]),
  );
}

describe('what a variable is compared with', () => {
  it('is gathered from comparisons, lists and measures, on either side', () => {
    assert.deepEqual(mentions('"a" == app.id || app.id in lists.few || app.id in ["x"]'), {
      'app.id': ['a,c,d,x', true],
    });
    assert.deepEqual(mentions('3 < device.sdk', 'device.sdk in [7]'), { 'device.sdk': ['3,7', true] });
    assert.deepEqual(mentions('size(evidence) == 2 && "x" in evidence'), { evidence: ['x,2', true] });
    assert.deepEqual(mentions('daysSince(device.osPatch, now) < 1'), {
      'device.osPatch': ['2026-11-01,2026-10-31,2026-10-30', true],
    });
    assert.deepEqual(mentions('!has(app.category) ? device.locked : "vpn" in raised'), {
      'app.category': ['', true],
      'device.locked': ['', true],
      raised: ['vpn', true],
    });
  });

  it('is not all that matters under patterns, macros, arithmetic and between variables', () => {
    assert.deepEqual(mentions('glob(app.id, "a*b")'), { 'app.id': ['ab', false] });
    assert.deepEqual(mentions('evidence.exists(e, e == "x")'), { evidence: ['x', false] });
    assert.deepEqual(mentions('app.id == device.model'), {
      'app.id': ['first,second', false],
      'device.model': ['first,second', false],
    });
    assert.deepEqual(mentions('app.id in app.signers')['app.id'], ['', false]);
    assert.deepEqual(mentions('device.sdk + 1 == 3')['device.sdk']?.[1], false);
  });
});
