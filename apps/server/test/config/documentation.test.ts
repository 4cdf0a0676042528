import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { ENVIRONMENT, loadConfig } from '../../src/config/load.ts';
import { ConfigSchema } from '../../src/config/schema.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../../docs/configuration.md'), 'utf8');
const ROW = /^\| `(\w+)` \| `(\w+)` \| (required|none|`[^|]*`) \| \S/gm;

const { properties = {}, required = [] } = z.toJSONSchema(ConfigSchema, { io: 'input' });

/** What the page must say of a member's default. */
function defaultOf(member: string): string {
  const property = properties[member];
  const value = typeof property === 'object' ? property.default : undefined;
  if (value !== undefined) return `\`${JSON.stringify(value)}\``;
  return required.includes(member) ? 'required' : 'none';
}

describe('docs/configuration.md', () => {
  it('has a row for every member, with its variable and its default', () => {
    const rows = [...PAGE.matchAll(ROW)].map(([, ...cells]) => cells);
    const members = Object.entries(ENVIRONMENT).map(([member, name]) => [member, name, defaultOf(member)]);
    assert.deepEqual(rows, members);
    assert.deepEqual(Object.keys(properties).sort(), Object.keys(ENVIRONMENT).sort());
  });

  it('shows an example that loads', () => {
    const [, example = ''] = /^```json\n(.*?)^```/ms.exec(PAGE) ?? [];
    assert.equal(loadConfig({}, {}, JSON.parse(example)).environments.length, 2);
  });
});
