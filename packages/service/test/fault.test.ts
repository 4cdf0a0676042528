import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type AssayError, ConfigError, EvidenceError, RequestError, UpstreamError } from '@assay/core';
import { SERVICE_REASONS } from '@assay/service';
import { fault } from '../src/fault.ts';

const SRC = join(import.meta.dirname, '../src');
const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && file !== 'reasons.ts')
  .map((file) => readFileSync(join(SRC, file), 'utf8'))
  .join('\n');
/** `fault(`service.${outcome}`)`: these are the store's words. */
const OUTCOMES = [
  'key_registered',
  'counter_replayed',
  'instance_unknown',
  'instance_revoked',
  'challenge_used',
  'grant_spent',
];

describe('reasons', () => {
  it('are raised, and those that are raised are registered', () => {
    const named = new Set([...sources.matchAll(/'(service\.[a-z_]+)'/g)].map(([, code]) => code ?? ''));
    for (const outcome of OUTCOMES) named.add(`service.${outcome}`);
    assert.deepEqual([...named].toSorted(), Object.keys(SERVICE_REASONS).toSorted());
  });

  it('make errors of their family, with the hint', () => {
    const families: Readonly<Record<string, new (...args: never[]) => AssayError>> = {
      ...{ request: RequestError, evidence: EvidenceError, config: ConfigError, upstream: UpstreamError },
    };
    for (const { code, family, hint } of Object.values(SERVICE_REASONS)) {
      if (family === 'policy') continue; // a verdict's, never thrown
      const error = fault(code, { found: 'x' });
      assert.equal(error.constructor, families[family], code);
      assert.deepEqual([error.code, error.detail['hint'], error.detail['found']], [code, hint, 'x']);
    }
  });
});
