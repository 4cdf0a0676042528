import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { CASES } from '../../src/battery/battery.ts';
import type { RunReport } from '../../src/outcome.ts';
import { type SarifOptions, toSarif } from '../../src/report/sarif.ts';
import { CASES_PAGE } from '../battery/cases-page.ts';
import { hostileRun, runOf } from './support/runs.ts';

/** The members that SARIF 2.1.0 demands, and those that code scanning tells findings apart by. */
interface Log {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly name: string;
        readonly rules: readonly { readonly id: string; readonly name: string; readonly helpUri: string }[];
      };
    };
    readonly invocations: readonly {
      readonly executionSuccessful: boolean;
      readonly toolExecutionNotifications: readonly { readonly associatedRule: { readonly id: string } }[];
    }[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly {
        readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
      }[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly suppressions?: readonly { readonly kind: string; readonly justification: string }[];
    }[];
  }[];
}

function only(report: RunReport, options: Partial<SarifOptions> = {}): Log['runs'][number] {
  const log: Log = JSON.parse(JSON.stringify(toSarif(report, { casesUri: 'https://assay.example/cases', ...options })));
  assert.equal(log.version, '2.1.0');
  return log.runs[0] ?? assert.fail('no run');
}

describe('a SARIF report', () => {
  const { tool, results, invocations } = only(runOf());

  it('holds findings alone, by weight', () => {
    assert.deepEqual(
      results.map(({ ruleId, level }) => `${ruleId} ${level}`),
      ['N8 error', 'N4 note', 'P2 warning'],
    );
  });

  it('refers each to its rule', () => {
    for (const { ruleId, ruleIndex } of results) assert.equal(tool.driver.rules[ruleIndex]?.id, ruleId);
    const [first] = tool.driver.rules;
    assert.deepEqual([first?.name, first?.helpUri], ['ControlP1', 'https://assay.example/cases#p1']);
  });

  it('leads to a place that the page of cases has, for each of the battery and for others', () => {
    const run = runOf();
    const [one = assert.fail()] = run.results;
    const cases = [...CASES, { ...one.case, id: 'X1' }];
    const { rules } = only({ ...run, results: cases.map((each) => ({ ...one, case: each })) }).tool.driver;
    const page = readFileSync(CASES_PAGE, 'utf8');
    const ids = [...page.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id);
    const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, text = '']) => text.toLowerCase().replaceAll(' ', '-'));
    const places = [...ids, ...headings];
    for (const { helpUri } of rules) {
      const place = new URL(helpUri).hash.slice(1);
      assert.equal(places.filter((each) => each === place).length, 1, helpUri);
    }
    assert.equal(rules.find(({ id }) => id === 'N11.b')?.helpUri, 'https://assay.example/cases#n11.b');
  });

  it('says what was not proven among the notifications', () => {
    assert.deepEqual(
      invocations[0]?.toolExecutionNotifications.map(({ associatedRule }) => associatedRule.id),
      ['N3'],
    );
  });

  it('suppresses what is known, with the reason', () => {
    assert.deepEqual(
      results.map(({ suppressions }) => suppressions?.[0]?.justification),
      ['falls back to the common name', undefined, undefined],
    );
  });

  it('tells findings apart, and knows them again in another run', () => {
    const later = only(runOf(undefined, { startedAt: 0, endedAt: 9 })).results;
    const prints = (list: typeof results) => list.map(({ partialFingerprints }) => partialFingerprints['assayMitm/v1']);
    assert.equal(new Set(prints(results)).size, results.length);
    assert.deepEqual(prints(later), prints(results));
  });

  it('shows findings at a relative path', () => {
    const uriOf = (artifact?: string): string | undefined =>
      only(runOf(), artifact === undefined ? {} : { artifact }).results[0]?.locations[0]?.physicalLocation
        .artifactLocation.uri;
    assert.equal(uriOf(), 'clients/curl');
    assert.equal(uriOf('/app\\my app#1.apk'), 'app/my%20app%231.apk');
  });

  it('takes any text', () => assert.equal(only(hostileRun()).results.length, 1));
});
