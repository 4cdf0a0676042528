import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AssayError } from '@assay/core';
import { GOOGLE_HARDWARE_ANCHORS } from '@assay/evidence';
import { readUint32, utf8 } from '@assay/formats';
import { generateSigningKey } from '@assay/tokens';
import { createSeededRandom } from '@assay/virtual-devices';
import { parseAdvisories, readAdvisories, signAdvisories } from '../../src/trust/advisories.ts';
import { isFit, parseRoots, ROOT_FORMS } from '../../src/trust/published-roots.ts';

const { key } = generateSigningKey();
const DOCUMENT = parseAdvisories(
  JSON.stringify({
    ...{ assay: 'advisories/1', version: 1, issued: 1, expires: 2 },
    advisories: [{ id: 'a', title: 't', severity: 'low', affects: { app: 'x', patchBefore: '2026-01' } }],
  }),
);
const SIGNED = signAdvisories(DOCUMENT, key);
const ROOTS = JSON.stringify(GOOGLE_HARDWARE_ANCHORS.map(({ pem }) => pem));
const random = createSeededRandom(utf8('hostile trust data'));
const ROUNDS = 400;

const below = (limit: number): number => readUint32(random(4), 0) % limit;
const SPOILS = ['0', 'A', '"', '{', '\\', '.', '-', '\n', '', '😀'] as const;

/** The text with one to four characters changed. */
function changed(text: string): string {
  const characters = [...text];
  for (let changes = below(4); changes >= 0; changes--) {
    characters[below(characters.length)] = SPOILS[below(SPOILS.length)] ?? '';
  }
  return characters.join('');
}

function times(rounds: number, round: () => void): void {
  for (let count = 0; count < rounds; count++) round();
}

/** What it gives, or undefined for an error of ours; any other error is a fault of the program. */
function readOrRefuse<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof AssayError) return undefined;
    throw error;
  }
}

describe('hostile trust data', () => {
  it('is refused with an error of ours, and no changed file of advisories is read', () => {
    times(ROUNDS, () => {
      const text = changed(SIGNED);
      const read = readOrRefuse(() => readAdvisories(text, [key.publicJwk]));
      if (read !== undefined) assert.equal(text.trim(), SIGNED, 'the very text that was signed');
    });
  });

  it('is no document of advisories by chance', () => {
    times(ROUNDS, () => {
      const read = readOrRefuse(() => parseAdvisories(changed(JSON.stringify(DOCUMENT))));
      if (read !== undefined) assert.ok(read.expires > read.issued && read.version >= 1);
    });
  });

  it('makes no root that is fit to be believed and that nobody signed', () => {
    const published = new Set(parseRoots('jsonOfPem', ROOTS, 'test').map(({ sha256 }) => sha256));
    times(ROUNDS / 4, () => {
      const roots = readOrRefuse(() => parseRoots('jsonOfPem', changed(ROOTS), 'test')) ?? [];
      for (const root of roots) if (isFit(root)) assert.ok(published.has(root.sha256));
    });
  });

  it('is refused in every form as bytes', () => {
    times(ROUNDS, () => {
      const bytes = random(below(200) + 1);
      for (const form of ['jsonOfPem', 'pem', 'der'] as const) {
        const roots = readOrRefuse(() => parseRoots(form, ROOT_FORMS[form].decode(bytes), 'test')) ?? [];
        assert.ok(!roots.some(isFit));
      }
      readOrRefuse(() => readAdvisories(Buffer.from(bytes).toString('latin1'), [key.publicJwk]));
    });
  });
});
