import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AssayError } from '@assay/core';
import { der, toPem } from '@assay/formats';
import { pinsOf } from '@assay/pins';
import fc from 'fast-check';
import { withCode } from '../wire/documents.ts';
import { certificate, pkcs7, SIGNED_DATA } from './samples.ts';

const pinsIn = (input: Uint8Array | string) => pinsOf(input).map(({ pin }) => pin);
const [pin = ''] = pinsIn(certificate);

/** The same SEQUENCE with an indefinite length, as some writers of Windows and Java have it. */
const indefinite = (content: Uint8Array): Uint8Array =>
  Buffer.concat([Uint8Array.of(0x30, 0x80), content, Uint8Array.of(0, 0)]);

describe('PKCS#7 bundles', () => {
  it('give their certificates in their order, in DER and PEM under both labels', () => {
    const bundle = pkcs7([certificate, certificate]);
    for (const input of [bundle, toPem(bundle, 'PKCS7'), toPem(bundle, 'CMS')])
      assert.deepEqual(pinsIn(input), [pin, pin]);
  });

  it('may be BER', () => {
    const inner = pkcs7([certificate]).subarray(4);
    assert.deepEqual(pinsIn(indefinite(inner)), [pin]);
  });

  it('leave out certificates of obsolete kinds', () => {
    assert.deepEqual(pinsIn(pkcs7([der.raw(0xa1, der.null()), certificate])), [pin]);
  });

  const refused: readonly (readonly [string, Uint8Array, string])[] = [
    ['without certificates', pkcs7([]), 'pins.container_empty'],
    [
      'of another content',
      der.sequence(der.oid('1.2.840.113549.1.7.3'), der.explicit(0, der.null())),
      'pins.input_unknown',
    ],
    ['cut short', pkcs7([certificate]).subarray(0, -1), 'der.truncated'],
    ['with bytes behind', Buffer.concat([pkcs7([certificate]), Uint8Array.of(0)]), 'der.trailing_bytes'],
    ['with nothing in it', der.sequence(der.oid(SIGNED_DATA)), 'der.element_missing'],
    ['with other bytes for a certificate', pkcs7([der.sequence(der.null())]), 'der.truncated'],
  ];
  for (const [kind, input, code] of refused)
    it(`are refused ${kind}`, () => assert.throws(() => pinsOf(input), withCode(code)));

  it('give pins or a coded error when they are damaged', () => {
    const bundle = pkcs7([certificate]);
    fc.assert(
      fc.property(fc.nat(bundle.length - 1), fc.nat(255), (at, byte) => {
        try {
          pinsOf(Uint8Array.from(bundle).with(at, byte));
        } catch (error) {
          assert.ok(error instanceof AssayError, String(error));
        }
      }),
      { seed: 12, numRuns: 800 },
    );
  });
});
