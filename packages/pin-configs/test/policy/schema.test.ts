import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { importWeight } from '../../../../tools/weights.ts';
import { PolicyRefused } from '../../src/policy/faults.ts';
import { readPolicy } from '../../src/policy/read.ts';
import { policySchema } from '../../src/policy/schema.ts';
import { UnreadableFile } from '../../src/unreadable.ts';
import { BAD_FORMS, LARGEST, SMALLEST } from './documents.ts';

/** A validator that is not ours. */
async function compiled(): Promise<(document: unknown) => unknown> {
  const { Ajv2020 } = await importWeight('ajv/dist/2020.js');
  assert.ok(typeof Ajv2020 === 'function');
  const ajv: unknown = Reflect.construct(Ajv2020, [{ strict: true, strictRequired: false, strictTypes: false }]);
  assert.ok(typeof ajv === 'object' && ajv !== null && 'compile' in ajv && typeof ajv.compile === 'function');
  return ajv.compile(policySchema);
}

const validate = await compiled();

describe('the schema of a policy', () => {
  it('is the one that is published', () => {
    const file = join(import.meta.dirname, '../../schema/assay.pins.schema.json');
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), JSON.parse(JSON.stringify(policySchema)));
  });

  for (const [name, text] of [
    ['the smallest', SMALLEST],
    ['the largest', LARGEST],
  ] as const) {
    it(`and the reader take ${name}`, () => {
      assert.equal(validate(parse(text)), true);
      assert.ok(readPolicy('assay.pins.yaml', text).hosts.length > 0);
    });
  }

  for (const [name, text] of BAD_FORMS) {
    it(`and the reader refuse ${name}`, () => {
      assert.equal(validate(parse(text)), false);
      assert.throws(
        () => readPolicy('assay.pins.yaml', text),
        (error) => error instanceof PolicyRefused || error instanceof UnreadableFile,
      );
    });
  }
});
