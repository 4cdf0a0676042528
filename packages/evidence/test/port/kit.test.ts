import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatOfModule } from '../../src/index.ts';
import { loadExample } from './example.ts';

describe('formatOfModule', () => {
  const others: readonly unknown[] = [undefined, null, {}, { default: {} }, { defineFormat: () => ({}) }, 'x'];
  for (const [index, module] of others.entries()) {
    it(`refuses a module that exports no format (${index + 1})`, () => {
      assert.throws(() => formatOfModule(module), { code: 'port.module_invalid', family: 'config' });
    });
  }

  it('checks whatever the function returns', async () => {
    const { verify, ...rest } = await loadExample();
    assert.throws(() => formatOfModule({ default: () => rest }), { code: 'port.format_invalid' });
    assert.equal(formatOfModule({ default: () => ({ ...rest, verify }) }).role, 'x-acme-badge');
  });
});
