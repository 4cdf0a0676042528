import type { CheckStep } from '@assay/core';
import { decoding } from '../../shared/decoding.ts';
import { CLAUSE } from '../clauses.ts';
import { parseJws } from '../jws.ts';
import { refused } from '../reasons.ts';
import type { SysIntegrityState } from '../state.ts';

/** Stops what is no JWS, and algorithms that would have its key used in another way: `none` first of all. */
export const token: CheckStep<SysIntegrityState> = {
  id: 'huawei.token',
  clause: CLAUSE.token,
  proves: 'the result is a compact JWS with certificates, by an algorithm that this service uses',
  codes: ['huawei.token_malformed', 'huawei.algorithm_refused'],
  run({ input, row, jws }) {
    const parsed = decoding('huawei.token_malformed', 'the result', CLAUSE.token, () => parseJws(input.jws));
    const algorithm = row.algorithms.find(({ name }) => name === parsed.alg);
    if (algorithm === undefined) {
      const expected = row.algorithms.map(({ name }) => name).join(', ');
      throw refused('huawei.algorithm_refused', { clause: CLAUSE.token, expected });
    }
    jws.value = { ...parsed, algorithm };
    return algorithm.name;
  },
};
