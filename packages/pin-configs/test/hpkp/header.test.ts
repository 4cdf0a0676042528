import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parsePublicKeyPins } from '../../src/hpkp/header.ts';
import { UnreadableFile } from '../../src/unreadable.ts';

const refused =
  (column: number, code = 'pin_configs.unreadable') =>
  (error: unknown) =>
    error instanceof UnreadableFile && error.code === code && error.place.column === column;

describe('parsePublicKeyPins', () => {
  it('reads the directives, in any order and case', () => {
    const header =
      'max-age=3000;PIN-SHA256="AQ==" ; pin-sha256 = "Ag\\=\\="; includeSubDomains;; report-uri="https://r.example/;x"; other=1; pin-sha512="x"';
    assert.deepEqual(parsePublicKeyPins(header), {
      pins: ['AQ==', 'Ag=='],
      maxAge: 3000,
      includeSubdomains: true,
      reportUri: 'https://r.example/;x',
    });
    assert.deepEqual(parsePublicKeyPins('max-age="0"'), { pins: [], maxAge: 0, includeSubdomains: false });
  });

  it('refuses what a user agent ignores as a whole', () => {
    assert.throws(() => parsePublicKeyPins(''), refused(1));
    assert.throws(() => parsePublicKeyPins('pin-sha256="AQ=="'), refused(1));
    assert.throws(() => parsePublicKeyPins('max-age=-1'), refused(1));
    assert.throws(() => parsePublicKeyPins('max-age=1; max-age=2'), refused(11));
    assert.throws(() => parsePublicKeyPins('max-age=1; pin-sha256="AQ'), refused(11));
    assert.throws(() => parsePublicKeyPins('max-age=1; a b'), refused(11));
    assert.throws(() => parsePublicKeyPins(`max-age=1;${' '.repeat(8192)}`), refused(1, 'pin_configs.too_large'));
  });

  it('throws nothing else', () => {
    const pieces = fc.array(fc.constantFrom('max-age', '=', '1', ';', '"', '\\', 'pin-sha256', ' ', '\t', 'é', ','), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(pieces, (parts) => {
        try {
          parsePublicKeyPins(`max-age=1;${parts.join('')}`);
        } catch (error) {
          assert(error instanceof UnreadableFile, String(error));
        }
      }),
      { seed: 9, numRuns: 1000 },
    );
  });
});
