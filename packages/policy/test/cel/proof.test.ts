import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCompiler } from '../../src/cel/expression.ts';
import { needsProof } from '../../src/cel/proof.ts';

function proves(source: string): boolean {
  const compiled = createCompiler([]).question(source);
  assert.ok('expression' in compiled, source);
  return needsProof(compiled.expression.root);
}

describe('what needs proof', () => {
  it('is a fact that decides', () => {
    for (const source of [
      'device.locked',
      'has(app.id)',
      '!(7 in key.purposes)',
      'device.locked && !("root" in raised)',
      'platform == "ios" || device.locked',
      'weight < 5 ? device.locked : has(app.id)',
      'has(app.id) ? device.locked : platform == "ios"',
    ]) {
      assert.equal(proves(source), true, source);
    }
  });

  it('is not silence, nor what the app can say or leave out', () => {
    for (const source of [
      'true',
      'weight < 100',
      'size(raised) > 0',
      '!("root" in raised)',
      '"root" in proven',
      '!("root" in proven)',
      'now > 0',
      '!has(app.category)',
      '!has(app.category) || app.category == "app_store"',
      'device.locked || "root" in raised',
      '!(device.locked && "root" in raised)',
      'has(app.id) ? device.locked : weight < 5',
      'weight < 5 ? device.locked : true',
      'raised.all(r, device.locked)',
    ]) {
      assert.equal(proves(source), false, source);
    }
  });
});
