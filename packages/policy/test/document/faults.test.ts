import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError } from '@assay/core';
import { PolicyDocumentError } from '../../src/document/faults.ts';

const fault = (line: number, column: number) => ({ line, column, path: '$.rules', expected: `x${line}` });

describe('a refused document', () => {
  it('is a fault of configuration, with its places in order', () => {
    const error = new PolicyDocumentError([fault(3, 1), fault(1, 9), fault(1, 2)]);
    assert.ok(error instanceof ConfigError);
    assert.equal(error.code, 'policy.document_invalid');
    assert.deepEqual(
      error.faults.map(({ line, column }) => [line, column]),
      [
        [1, 2],
        [1, 9],
        [3, 1],
      ],
    );
    assert.deepEqual(error.detail, { expected: 'x1', found: '1:2 $.rules' });
  });

  it('names the first ones in its message, and counts the others', () => {
    const { message, faults } = new PolicyDocumentError(Array.from({ length: 500 }, (_, at) => fault(at + 1, 1)));
    assert.equal(faults.length, 200);
    assert.ok(message.length < 1000 && message.endsWith('and 480 more'));
  });
});
