import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { SERVER_REASONS } from '../src/reasons.ts';

const SRC = join(import.meta.dirname, '../src');
const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && file !== 'reasons.ts')
  .map((file) => readFileSync(join(SRC, file), 'utf8'))
  .join('\n');

it('every code of the server is registered, and every registered one is raised', () => {
  const named = new Set([...sources.matchAll(/'(server\.[a-z_]+)'/g)].map(([, code]) => code));
  assert.deepEqual([...named].toSorted(), Object.keys(SERVER_REASONS).toSorted());
});
