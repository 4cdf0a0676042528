import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { describeVectors } from '../../../../tools/vectors.ts';
import { ANDROID_KEY_REASONS, KEY_ATTESTATION_CHECKS } from '../../src/android-key/index.ts';
import { derivedCases, genuineCases, syntheticCases, type VectorCase } from '../support/android-vectors.ts';

const PACKAGE = join(import.meta.dirname, '../..');
const DOC = readFileSync(join(PACKAGE, '../../docs/verification/android-key-attestation.md'), 'utf8');

interface Row {
  readonly clause: string;
  readonly check: string;
  readonly name: string;
  readonly file: string;
  readonly proves: string;
  readonly codes: readonly string[];
  readonly labels: readonly string[];
}

const quoted = (cell = ''): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);

function readRow(line: string): Row {
  const [, clause = '', check, name, file, proves = '', codes, labels] = line.split('|').map((cell) => cell.trim());
  const [id = '', fn = '', path = ''] = [...quoted(check), ...quoted(name), ...quoted(file)];
  return { clause, check: id, name: fn, file: path, proves, codes: quoted(codes), labels: quoted(labels) };
}

const ROWS = DOC.split('\n')
  .filter((line) => line.includes('| `checks/'))
  .map(readRow);

describe('documentation of key attestation', () => {
  it('lists the checks in the order in which they run', () => {
    assert.deepEqual(
      ROWS.map(({ check }) => check),
      KEY_ATTESTATION_CHECKS.map(({ id }) => id),
    );
  });

  for (const [index, check] of KEY_ATTESTATION_CHECKS.entries()) {
    it(`says of ${check.id} what the code says`, async () => {
      const row = ROWS[index];
      assert.ok(row);
      assert.deepEqual([row.clause, row.proves], [check.clause, check.proves]);
      const codes = check.codes.map((code) => (code.startsWith('x509.') ? 'x509.*' : code));
      assert.deepEqual(row.codes, [...new Set(codes)]);
      const module = await import(pathToFileURL(join(PACKAGE, 'src/android-key', row.file)).href);
      assert.equal(module[row.name], check);
      assert.ok(existsSync(join(PACKAGE, 'test/android-key', row.file.replace(/\.ts$/, '.test.ts'))));
    });
  }

  it('knows every reason code that no check has', () => {
    const ofChecks = new Set(KEY_ATTESTATION_CHECKS.flatMap(({ codes }) => codes));
    for (const code of Object.keys(ANDROID_KEY_REASONS))
      assert.ok(ofChecks.has(code) || DOC.includes(`\`${code}\``), code);
  });
});

describeVectors('documentation of key attestation against the vectors', (dir) => {
  const cases = [...genuineCases(dir), ...derivedCases(dir), ...syntheticCases(dir)];
  const refused = cases.filter(({ expected }) => expected === 'reject');

  it('names every refused case once, and none that does not exist', () => {
    const named = quoted(DOC).filter((text) => /^(genuine|derived|synthetic): /.test(text));
    assert.deepEqual([...named].sort(), [...new Set(refused.map(({ label }) => label))].sort());
  });

  for (const vector of refused) {
    it(`${vector.label} (${vector.name}) stops where the table says`, () => stopsWhereDocumented(vector));
  }
});

function stopsWhereDocumented({ label, run }: VectorCase): void {
  const result = run();
  const row = ROWS.find(({ labels }) => labels.includes(label));
  const stopped = result.checks.find(({ outcome }) => outcome === 'failed');
  // A case outside the table is one for the policy.
  assert.equal(stopped?.check, row?.check);
}
