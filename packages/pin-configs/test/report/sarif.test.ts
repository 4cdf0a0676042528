import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toSarif } from '../../src/index.ts';
import { editAt } from '../../src/lint/rules/support/edit.ts';
import { documentOf, finding, ruleOf } from '../support/findings.ts';

const RULES = [ruleOf('E001'), ruleOf('P001')];
const MAKER = { version: '1.2.3', rulesUri: 'https://assay.example/rules' };

/** The members that SARIF 2.1.0 demands, and those that code scanning tells findings apart by. */
interface Log {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly {
        readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region?: object };
      }[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly suppressions?: readonly object[];
      readonly fixes?: readonly object[];
    }[];
  }[];
}

function run(findings: Parameters<typeof toSarif>[0]['findings'], suppressed: typeof findings = []) {
  const log: Log = JSON.parse(JSON.stringify(toSarif({ findings, suppressed }, RULES, MAKER)));
  assert.equal(log.version, '2.1.0');
  const [only] = log.runs;
  assert.ok(only);
  return only;
}

describe('a SARIF report', () => {
  it('refers each result to its rule', () => {
    const { tool, results } = run([finding()]);
    const [result] = results;
    assert.equal(tool.driver.rules[result?.ruleIndex ?? -1]?.id, result?.ruleId);
    assert.equal(result?.level, 'error');
  });

  it('says where, and nothing where the file does not', () => {
    const nowhere = finding({ place: { file: 'app.apk!/AndroidManifest.xml', line: 0, column: 0 } });
    const [first, second] = run([finding(), nowhere]).results;
    assert.deepEqual(first?.locations[0]?.physicalLocation.region, {
      ...{ startLine: 3, startColumn: 7, endLine: 3, endColumn: 12 },
    });
    assert.deepEqual(second?.locations[0]?.physicalLocation, {
      artifactLocation: { uri: 'app.apk!/AndroidManifest.xml' },
    });
  });

  it('writes paths as URIs', () => {
    const odd = finding({ place: { file: 'a b\\c#d?e.xml', line: 1, column: 1 } });
    assert.equal(run([odd]).results[0]?.locations[0]?.physicalLocation.artifactLocation.uri, 'a%20b/c%23d%3Fe.xml');
  });

  it('gives equal findings fingerprints of their own', () => {
    const { results } = run([finding({ line: 1 }), finding({ line: 2 })]);
    assert.equal(new Set(results.map(({ partialFingerprints }) => partialFingerprints['assayFinding/v1'])).size, 2);
  });

  it('keeps what the files suppress, marked', () => {
    const { results } = run([finding()], [finding({ line: 9 })]);
    assert.deepEqual(
      results.map(({ suppressions }) => suppressions),
      [undefined, [{ kind: 'inSource' }]],
    );
  });

  it('offers the edit that mends a finding', () => {
    const file = 'res/xml/n.xml';
    const before = '\u{1F512}\n<!-- \u{1F512}\u{1F512} --><domain>Example.com</domain>';
    const start = before.indexOf('Example.com');
    const fix = editAt(documentOf(file, before), { start, end: start + 'Example.com'.length }, 'example.com');
    assert.ok(fix);
    const [result] = run([finding({ fix })]).results;
    const deletedRegion = { startLine: 2, startColumn: 22, endLine: 2, endColumn: 33 };
    assert.deepEqual(result?.fixes, [
      {
        artifactChanges: [
          {
            artifactLocation: { uri: file },
            replacements: [{ deletedRegion, insertedContent: { text: 'example.com' } }],
          },
        ],
      },
    ]);
  });
});
