import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ConfigError, RequestError } from '@assay/core';
import { HTTP_REASONS } from '@assay/http';
import { asInput } from '../src/fault.ts';

const SRC = join(import.meta.dirname, '../src');
const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && file !== 'reasons.ts')
  .map((file) => readFileSync(join(SRC, file), 'utf8'))
  .join('\n');

describe('reasons', () => {
  it('are raised, and those that are raised are registered', () => {
    const named = new Set([...sources.matchAll(/'(http\.[a-z_]+)'/g)].map(([, code]) => code));
    named.delete('http.fault');
    for (const each of ['request_malformed', 'request_too_large']) named.add(`http.${each}`);
    assert.deepEqual([...named].toSorted(), Object.keys(HTTP_REASONS).toSorted());
  });
});

describe('input of an operator', () => {
  it('that would be a faulty configuration is a faulty request; other errors stay what they are', async () => {
    const config = new ConfigError('policy.document_invalid', 'x', { expected: 'rules' });
    await assert.rejects(
      asInput(() => Promise.reject(config)),
      (error) =>
        error instanceof RequestError && error.code === 'http.input_refused' && error.detail['expected'] === 'rules',
    );
    const other = new Error('x');
    await assert.rejects(
      asInput(() => Promise.reject(other)),
      (error) => error === other,
    );
    assert.equal(await asInput(() => 7), 7);
  });
});
