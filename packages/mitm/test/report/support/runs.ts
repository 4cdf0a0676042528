import type { Case } from '../../../src/case.ts';
import { judge, summarize } from '../../../src/judge/judge.ts';
import type { Observation } from '../../../src/observation.ts';
import type { CaseResult, RunReport } from '../../../src/outcome.ts';
import { NEGATIVE, PASSED, POSITIVE, seen, shape } from '../../judge/support/shapes.ts';

export const caseLike = (id: string, change: Partial<Case> = {}): Case => ({ ...NEGATIVE, id, ...change });

export function result(one: Case, observation: Observation, change: Partial<CaseResult> = {}): CaseResult {
  const startedAt = Date.UTC(2026, 10, 21, 12, 0, 1);
  return {
    ...judge(one, observation, PASSED),
    ...{ case: one, observation, settled: true, startedAt, endedAt: startedAt + 3_250 },
    ...{ reproduce: `assay mitm run --exec 'app' --only ${one.id}`, ...change },
  };
}

const skipped: CaseResult = {
  ...result(caseLike('N34', { group: 'revocation', title: 'A staple that says revoked' }), seen()),
  ...{ standing: 'not-applicable', because: 'the client lacks staples', settled: false },
};

/** One of each standing, a leak first. */
export const RESULTS: readonly CaseResult[] = [
  result(POSITIVE, seen(shape('a request'))),
  result(caseLike('N8', { group: 'name', title: 'The name as common name alone' }), seen(shape('a request')), {
    known: 'falls back to the common name',
  }),
  result(NEGATIVE, seen(shape('curl finds the wrong pin')), { silent: true }),
  result(caseLike('N1', { title: 'Self-signed' }), seen(shape('OpenSSL says unknown_ca in clear'))),
  result(caseLike('P2', { expect: 'accept', group: 'control' }), seen(shape('Node closes in silence'))),
  result(caseLike('N3'), seen()),
  result(caseLike('N43', { expect: 'report', group: 'protocol' }), seen(shape('a request'))),
  skipped,
];

export function runOf(results: readonly CaseResult[] = RESULTS, change: Partial<RunReport> = {}): RunReport {
  const startedAt = Date.UTC(2026, 10, 21, 12, 0, 0);
  return {
    ...{ schema: 'assay.mitm.run/1', version: '0.1.0', startedAt, endedAt: startedAt + 65_000 },
    ...{ hosts: ['api.assay.test'], way: 'proxy', clockSeconds: 0, reportsExpected: true, controls: 'passed' },
    client: { profile: 'curl', command: 'curl "$ASSAY_URL"', version: 'curl 7.88.1' },
    ...{ by: 'J. Doe', ranOn: 'Linux, Node 24' },
    ...{ results, summary: summarize(results), ...change },
  };
}

/** What a client could print, or a file hold, to break out of whatever it is written into. */
const HOSTILE = `</pre></script><script>alert(1)</script>"' onload=x ]]>&amp; \u0000\u001b[31m\u202Eevil\u2066 \uD800`;

/** A run in which everything that another side wrote is hostile. */
export function hostileRun(): RunReport {
  const connection = shape('a request', {
    host: HOSTILE,
    failure: HOSTILE,
    requests: [
      {
        protocol: 'http/1.1',
        method: HOSTILE,
        path: HOSTILE,
        host: HOSTILE,
        userAgent: HOSTILE,
        headers: [HOSTILE],
        marked: false,
      },
    ],
  });
  const observation: Observation = {
    connections: [connection],
    reports: [{ at: 1, form: 'trustkit', host: HOSTILE }],
    exit: { status: HOSTILE, stdout: HOSTILE, stderr: HOSTILE, milliseconds: 5 },
  };
  const one = caseLike('N4', {
    title: HOSTILE,
    why: HOSTILE,
    clauses: [HOSTILE],
    recipe: { ...NEGATIVE.recipe, http: { redirect: HOSTILE } },
  });
  const results = [result(one, observation, { reproduce: HOSTILE, known: HOSTILE, because: HOSTILE })];
  return runOf(results, {
    hosts: [HOSTILE],
    client: { profile: HOSTILE, command: HOSTILE, version: HOSTILE },
    by: HOSTILE,
  });
}
