import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { FACT_PATHS, policySchema } from '@assay/policy';
import { renderSchema, SCHEMA_FILE } from './schema-file.ts';

describe('the schema for editors', () => {
  it('is published as it is', () => {
    assert.ok(existsSync(SCHEMA_FILE), 'make it: node --conditions=@assay/source packages/policy/test/schema-file.ts');
    assert.deepEqual(JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')), JSON.parse(renderSchema()));
  });

  it('names what a document must have, and admits nothing else', () => {
    assert.partialDeepStrictEqual(policySchema(), {
      type: 'object',
      required: ['assay', 'name', 'description', 'rules', 'assurance'],
      additionalProperties: false,
    });
  });

  it('completes facts, codes and devices', () => {
    const text = renderSchema();
    for (const word of [...FACT_PATHS, 'policy.bootloader_unlocked', 'android-tee', 'contraindicated']) {
      assert.ok(text.includes(`"${word}"`), word);
    }
    assert.ok(!text.includes('policy.document_invalid'));
  });
});
