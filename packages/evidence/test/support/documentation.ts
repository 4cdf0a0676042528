/** What a page of docs/verification says of its checks, held against the code. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Check } from '@assay/core';

const PACKAGE = join(import.meta.dirname, '../..');

/** A row of a table of checks. */
export interface CheckRow {
  readonly clause: string;
  readonly check: string;
  readonly name: string;
  /** From the folder of the format, such as `checks/size.ts`. */
  readonly file: string;
  readonly proves: string;
  readonly codes: readonly string[];
  /** Refused cases of the vectors that stop here. */
  readonly labels: readonly string[];
}

export interface Page {
  readonly text: string;
  readonly rows: readonly CheckRow[];
}

export function readPage(name: string): Page {
  const text = readFileSync(join(PACKAGE, '../../docs/verification', name), 'utf8');
  const lines = text.split('\n').filter((line) => /\| `([a-z]+\/)?checks\//.test(line));
  return { text, rows: lines.map(readRow) };
}

/** Everything between single backticks. */
function quoted(text = ''): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, inner = '']) => inner);
}

function readRow(line: string): CheckRow {
  const [, clause = '', check, name, file, proves = '', codes, labels] = line.split('|').map((cell) => cell.trim());
  const [id = '', fn = '', path = ''] = [...quoted(check), ...quoted(name), ...quoted(file)];
  return { clause, check: id, name: fn, file: path, proves, codes: quoted(codes), labels: quoted(labels) };
}

/** Tests that the rows are these checks in this order, in the words of the code, each in its file with a test of its own. */
export function describeRows({ rows }: Page, checks: readonly Check[], folder: string): void {
  describe(`checks in the documentation of ${folder}`, () => {
    it('come in the order in which they run', () => {
      assert.deepEqual(
        rows.map(({ check }) => check),
        checks.map(({ id }) => id),
      );
    });
    for (const [index, check] of checks.entries()) {
      it(`${check.id} is as the code says`, () => assertRow(rows[index], check, folder));
    }
  });
}

async function assertRow(row: CheckRow | undefined, check: Check, folder: string): Promise<void> {
  assert.ok(row);
  assert.deepEqual([row.clause, row.proves], [check.clause, check.proves]);
  assert.deepEqual(row.codes, codesOf(check));
  const module = await import(pathToFileURL(join(PACKAGE, 'src', folder, row.file)).href);
  assert.equal(module[row.name], check);
  assert.ok(existsSync(join(PACKAGE, 'test', folder, row.file.replace(/\.ts$/, '.test.ts'))));
}

/** Codes of path validation are one entry. */
function codesOf({ codes }: Check): readonly string[] {
  return [...new Set(codes.map((code) => (code.startsWith('x509.') ? 'x509.*' : code)))];
}

/** A case of the vectors that is to be refused, by a check or by the policy. */
export interface DocumentedCase {
  readonly label: string;
  readonly name: string;
  readonly run: () => {
    readonly outcome: string;
    readonly checks: readonly { readonly check: string; readonly outcome: string }[];
  };
}

/** Tests that the page names each refused case once, and that each stops where it says; `kinds` is how labels begin. */
export function testRefusals({ text, rows }: Page, kinds: RegExp, refused: readonly DocumentedCase[]): void {
  it('names every refused case once, and none that does not exist', () => {
    const named = quoted(text).filter((each) => kinds.test(each));
    assert.deepEqual(named.toSorted(), [...new Set(refused.map(({ label }) => label))].sort());
  });
  for (const { label, name, run } of refused) {
    it(`${label} (${name}) stops where the table says`, () => {
      const row = rows.find(({ labels }) => labels.includes(label));
      const result = run();
      // A case outside the tables is one for the policy.
      assert.equal(result.outcome, row === undefined ? 'verified' : 'rejected');
      assert.equal(result.checks.find(({ outcome }) => outcome === 'failed')?.check, row?.check);
    });
  }
}
