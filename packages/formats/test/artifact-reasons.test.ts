import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { joinReasons } from '@assay/core';
import { FORMAT_REASONS } from '@assay/formats';
import { ARTIFACT_REASONS } from '@assay/formats/artifacts';

const tests = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
  .join('\n');

describe('every reason of a built app', () => {
  for (const [code, reason] of Object.entries(ARTIFACT_REASONS)) {
    it(`${code} is a fault of the input, with words for the reader, and a test demands it`, () => {
      assert.match(
        code,
        /^(artifact|binary_xml|dex|mach_o|protobuf|resource_chunk|resource_table|string_pool)\.[a-z_]+$/,
      );
      assert.deepEqual([reason.code, reason.family], [code, 'request']);
      assert.ok(reason.summary.length > 0 && reason.hint.length > 0);
      assert.ok(tests.includes(`'${code}'`), `no test refuses anything with ${code}`);
    });
  }

  it('is a reason of no other kind', () => {
    assert.ok(joinReasons([FORMAT_REASONS, ARTIFACT_REASONS]).has('dex.header_invalid'));
  });
});
