import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parsePem, toPem } from '@assay/formats';
import fc from 'fast-check';
import { assertRefused, hex, outcome, refuses, SEEDED } from './helpers.ts';

const LABEL = 'CERTIFICATE';
const BEGIN = `-----BEGIN ${LABEL}-----`;
const END = `-----END ${LABEL}-----`;
const ONE = Uint8Array.from({ length: 100 }, (_, index) => index);
const TWO = hex('30 00');
const LINE = 'A'.repeat(64);

describe('reading', () => {
  it('gives every block in order', () => {
    assert.deepEqual(parsePem(toPem(ONE, LABEL) + toPem(TWO, LABEL), LABEL), [ONE, TWO]);
  });

  it('takes CRLF, blank lines, # comments and a last line without an end', () => {
    const text = `# a root, 2026\n \t\n${toPem(TWO, LABEL)}\n#\n${toPem(ONE, LABEL)}`;
    assert.deepEqual(parsePem(text.replaceAll('\n', '\r\n').trimEnd(), LABEL), [TWO, ONE]);
  });

  it('reads a last body line of any length up to 64', () => {
    for (const size of [1, 47, 48, 49, 96]) {
      const der = new Uint8Array(size).fill(7);
      assert.deepEqual(parsePem(toPem(der, LABEL), LABEL), [der]);
    }
  });

  refuses(
    [
      ['an empty text', '', 'pem.block_missing', 0],
      ['comments alone', '# nothing\n', 'pem.block_missing'],
      ['text before a block', `subject=CN\n${toPem(TWO, LABEL)}`, 'pem.text_outside_block', 0],
      ['text behind a block', `${toPem(TWO, LABEL)}x`, 'pem.text_outside_block'],
      ['a damaged BEGIN line', toPem(TWO, LABEL).replace('-----B', '----B'), 'pem.text_outside_block', 0],
      ['an END line alone', END, 'pem.text_outside_block', 0],
      ['another label', toPem(TWO, 'PRIVATE KEY'), 'pem.label_unexpected', 0],
      ['another label in the second block', toPem(TWO, LABEL) + toPem(TWO, 'X509 CRL'), 'pem.label_unexpected'],
      ['another label at the end', `${BEGIN}\nMAA=\n-----END X-----`, 'pem.label_unexpected', 33],
      ['no END line', `${BEGIN}\nMAA=\n`, 'pem.block_unterminated', 0],
      ['a block that begins inside a block', `${BEGIN}\nMAA=\n${toPem(TWO, LABEL)}`, 'pem.block_unterminated', 0],
      ['no body', `${BEGIN}\n${END}`, 'pem.block_empty', 0],
      ['a blank line in the body', `${BEGIN}\n${LINE}\n\nMAA=\n${END}`, 'pem.body_invalid', 0],
      ['a short line in the body', `${BEGIN}\n${LINE.slice(4)}\nMAA=\n${END}`, 'pem.body_invalid'],
      ['a long line', `${BEGIN}\n${LINE}AAAA\n${END}`, 'pem.body_invalid'],
      ['a header in the body', `${BEGIN}\nProc-Type: 4,ENCRYPTED\nMAA=\n${END}`, 'pem.body_invalid'],
      ['white space behind a line', `${BEGIN}\nMAA= \n${END}`, 'pem.body_invalid'],
      ['white space behind the END line', `${BEGIN}\nMAA=\n${END} `, 'pem.label_unexpected'],
      ['base64 with unused bits', `${BEGIN}\nMAB=\n${END}`, 'pem.body_invalid'],
      ['padding in the middle', `${BEGIN}\n${LINE.slice(2)}==\nMAA=\n${END}`, 'pem.body_invalid'],
    ],
    (text) => parsePem(text, LABEL),
  );

  it('refuses more than its limits', () => {
    const text = toPem(TWO, LABEL).repeat(3);
    assert.equal(parsePem(text, LABEL, { maxBytes: text.length, maxBlocks: 3 }).length, 3);
    assertRefused(() => parsePem(text, LABEL, { maxBytes: text.length - 1 }), 'pem.input_too_large');
    assertRefused(() => parsePem(text, LABEL, { maxBlocks: 2 }), 'pem.too_many_blocks');
  });
});

it('writes lines of 64 characters', () => {
  assert.equal(toPem(new Uint8Array(49), LABEL), `${BEGIN}\n${LINE}\nAA==\n${END}\n`);
});

it('survives hostile text with a FormatError or whole blocks', () => {
  const piece = fc.constantFrom(BEGIN, END, 'MAA=', LINE, '\n', '\r\n', '\r', '# x', ' ', '-----', 'é');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 16 }), (pieces) => {
      const parsed = outcome(() => parsePem(pieces.join(''), LABEL));
      if ('value' in parsed) assert.ok(parsed.value.every((block) => block.length > 0));
    }),
    SEEDED,
  );
});
