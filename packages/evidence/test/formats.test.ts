import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { assuranceCeiling, FORMATS, type FormatRow, unprovenFormats } from '../src/index.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../docs/evidence-port.md'), 'utf8');
const SOURCES = join(import.meta.dirname, '../src');

const row = ({ format, roles, title, samples, ceiling, note }: FormatRow) =>
  `| \`${format}\` | ${roles.map((role) => `\`${role}\``).join(', ')} | ${title} | ${samples} | \`${ceiling}\` | ${note} |`;

describe('FORMATS', () => {
  it('is the table of docs/evidence-port.md', () => {
    const shown = PAGE.split('\n').filter((line) => /^\| `[a-z-]+` \| `[a-z-]+`/.test(line));
    assert.deepEqual(shown, FORMATS.map(row));
  });

  it('names each format and each role once', () => {
    for (const names of [FORMATS.map(({ format }) => format), FORMATS.flatMap(({ roles }) => roles)]) {
      assert.equal(new Set(names).size, names.length);
    }
  });

  it('has a folder of code for each format', () => {
    const folders = readdirSync(SOURCES).filter((name) => statSync(join(SOURCES, name)).isDirectory());
    const own = folders.filter((name) => !['port', 'shared'].includes(name));
    // Two flavours of Huawei's service share one folder.
    assert.equal(own.length, FORMATS.length - 1);
  });

  it('gives nothing for no evidence, and the best of several', () => {
    const rows: readonly (readonly [readonly string[], string])[] = [
      [[], 'none'],
      [['apple-device-check'], 'none'],
      [['web'], 'low'],
      [['firebase-app-check'], 'low'],
      [['web', 'firebase-app-check'], 'low'],
      [['firebase-app-check', 'apple-app-attest'], 'high'],
      [['android-key'], 'high'],
      [['x-acme-badge'], 'high'],
      // Another spelling is no format.
      [['acme-badge'], 'none'],
      [['android-key-attestation'], 'none'],
    ];
    for (const [evidence, expected] of rows) assert.equal(assuranceCeiling(evidence), expected, evidence.join());
  });

  it('tells which formats no genuine sample has proven', () => {
    assert.deepEqual(unprovenFormats(['apple-app-attest', 'android-key', 'play-integrity', 'x-acme-badge']), [
      'play-integrity',
    ]);
  });
});
