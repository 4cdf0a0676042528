import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assuranceCeiling, FORMATS } from '@assay/evidence';
import { FACT_FORMATS } from '@assay/policy';
import { isRole, ROLE_NAMES } from '@assay/tokens';
import { ATTESTED_EVIDENCE, HARMONY_KEY_FORMAT, pieceRow } from '../../../src/attest/pieces/rows.ts';

describe('names of formats', () => {
  it('are one in every table: of roles, of instances, of facts and of what is said about them', () => {
    for (const { format, roles } of FORMATS) {
      for (const role of roles) assert.equal(isRole(role) ? pieceRow(role)?.format : role, format);
      assert.ok((FACT_FORMATS as readonly string[]).includes(format), format);
    }
  });

  it('are all in the table, but the one that is always refused', () => {
    const names = FORMATS.map(({ format }) => format);
    const others = ROLE_NAMES.map((role) => pieceRow(role)?.format).filter((format) => !names.includes(format ?? ''));
    assert.deepEqual(others, [HARMONY_KEY_FORMAT]);
    for (const format of ATTESTED_EVIDENCE) assert.equal(assuranceCeiling([format]), 'high');
  });
});
