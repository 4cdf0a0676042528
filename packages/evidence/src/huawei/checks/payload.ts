import type { CheckStep } from '@assay/core';
import { parseStrictJson } from '@assay/formats';
import { readMembers } from '../../shared/compact.ts';
import { decoding } from '../../shared/decoding.ts';
import { passedOver } from '../../shared/vendor-json.ts';
import { CLAUSE } from '../clauses.ts';
import type { SysIntegrityState } from '../state.ts';

const LIMITS = { maxDepth: 8, maxMembers: 512 };

/** Decodes what the result says. Members that are missing are for the checks that need them. */
export const payload: CheckStep<SysIntegrityState> = {
  id: 'huawei.payload',
  clause: CLAUSE.payload,
  proves: 'the result decodes',
  codes: ['huawei.payload_malformed'],
  run({ row, jws, payload }) {
    return decoding('huawei.payload_malformed', 'the result', CLAUSE.payload, () => {
      const value = parseStrictJson(jws.value.payload, LIMITS);
      payload.value = readMembers(value, row.read);
      const unknown = passedOver(value, row.shape);
      return unknown.length === 0 ? undefined : `members passed over: ${unknown.join(', ')}`;
    });
  },
};
