import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concat, DerReader, TAG } from '@assay/formats';
import { parseSignedData } from '../../../src/apple/receipt/cms.ts';
import { mintReceipt } from '../../support/mint-receipt.ts';

const END = Uint8Array.of(0, 0);

/** The same value as Apple writes it: indefinite lengths, octet strings in two segments. */
function toBer(der: Uint8Array): Uint8Array {
  const { identifier, tag, content } = DerReader.of(der).element();
  if (tag.constructed) return concat(Uint8Array.of(identifier, 0x80), ...elementsOf(content).map(toBer), END);
  if (identifier !== TAG.OCTET_STRING) return der;
  const half = Math.min(100, content.length >> 1);
  return concat(Uint8Array.of(0x24, 0x80), segment(content.subarray(0, half)), segment(content.subarray(half)), END);
}

function elementsOf(content: Uint8Array): readonly Uint8Array[] {
  const reader = DerReader.of(content);
  const elements: Uint8Array[] = [];
  while (!reader.isEmpty) elements.push(reader.raw());
  return elements;
}

function segment(bytes: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(0x04, 0x82, bytes.length >> 8, bytes.length), bytes);
}

describe('parseSignedData', () => {
  it('reads BER as the DER of the same value', () => {
    const { receipt } = mintReceipt().input;
    const [plain, segmented] = [parseSignedData(receipt), parseSignedData(toBer(receipt))];
    assert.deepEqual(Buffer.from(segmented.content), Buffer.from(plain.content));
    assert.deepEqual(segmented.certificates.map(Buffer.from), plain.certificates.map(Buffer.from));
    assert.deepEqual(Buffer.from(segmented.signer.signature), Buffer.from(plain.signer.signature));
  });
});
