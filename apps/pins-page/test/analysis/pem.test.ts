import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { blocksIn } from '../../src/analysis/pem.ts';

const block = (label: string, body: string) => `-----BEGIN ${label}-----${body}-----END ${label}-----`;

describe('PEM blocks as a terminal prints them', () => {
  it('are found among other text, in any width of lines', () => {
    const text = `s:CN=x\n${block('CERTIFICATE', '\r\nAQ\n  ID\n')}\n---\n${block('PUBLIC KEY', 'BA==')}`;
    const found = blocksIn(text).map(({ label, der }) => [label, ...der]);
    assert.deepEqual(found, [
      ['CERTIFICATE', 1, 2, 3],
      ['PUBLIC KEY', 4],
    ]);
    assert.deepEqual(blocksIn('no block'), []);
  });

  it('are refused when they do not end, hold no base64, or are too many', () => {
    const refused = (text: string, code: string) => assert.throws(() => blocksIn(text), { code });
    refused('-----BEGIN CERTIFICATE', 'pem.block_unterminated');
    refused(`-----BEGIN ${'A'.repeat(100)}-----`, 'pem.block_unterminated');
    refused('-----BEGIN A-----AQID-----END B-----', 'pem.block_unterminated');
    refused(block('A', 'A*=='), 'base64.character_invalid');
    refused(block('A', 'AQID').repeat(65), 'pem.too_many_blocks');
  });
});
