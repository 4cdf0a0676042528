import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { describeVectors } from '../../../../tools/vectors.ts';
import { lint } from '../../src/lint/lint.ts';
import { RULES } from '../../src/lint/rules/index.ts';
import { readDocuments } from '../../src/read/read-documents.ts';

/** What somebody who knows pinning finds in a file, written down before the rules were. */
interface Expected {
  readonly findings: readonly string[];
  /** Those of them that let attackers in or lock users out of what is shipped. */
  readonly errors: readonly string[];
}

const NOW = Date.UTC(2026, 10, 21);

const expected: Readonly<Record<string, Expected>> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'expected.json'), 'utf8'),
);

function resultOf(path: string, bytes: Uint8Array): Expected {
  const documents = readDocuments(path, bytes);
  const { findings } = lint({ documents, now: NOW, expiryLeadDays: 90 }, { rules: RULES });
  const idsOf = (wanted: typeof findings) => [...new Set(wanted.map(({ rule }) => rule))].sort();
  return { findings: idsOf(findings), errors: idsOf(findings.filter(({ severity }) => severity === 'error')) };
}

describeVectors('every shared configuration', (dir) => {
  const root = join(dir, 'pinning-configs');
  const [, ...rows] = readFileSync(join(root, 'INDEX.tsv'), 'utf8').trimEnd().split('\n');

  it('is expected, and nothing else is', () => {
    const digests = rows.map((row) => digestOf(readFileSync(join(root, row.split('\t')[0] ?? ''))));
    assert.deepEqual(digests.sort(), Object.keys(expected).sort());
  });

  for (const row of rows) {
    const [file = '', , path = ''] = row.split('\t');
    it(`${file} gets the findings that were written down`, () => {
      const bytes = readFileSync(join(root, file));
      // The path in its repository tells for which build a file is; one list was put together out of several.
      assert.deepEqual(resultOf(path.includes('/') ? path : file, bytes), expected[digestOf(bytes)]);
    });
  }
});

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
