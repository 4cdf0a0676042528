import assert from 'node:assert/strict';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, it } from 'node:test';
import { DerReader, der, parsePem, TAG } from '@assay/formats';
import fc from 'fast-check';
import { tlv } from '../src/der-write.ts';
import { hostile } from './fuzz.ts';
import { assertRefused, hex, outcome, refuses, SEEDED } from './helpers.ts';

describe('the cursor', () => {
  const input = der.sequence(der.integer(5), der.explicit(704, der.boolean(true)), der.octets(hex('ab')));

  it('gives elements as views with their place', () => {
    const reader = DerReader.of(input).enter(TAG.SEQUENCE);
    assert.equal(reader.offset, 2);
    const element = reader.element();
    assert.deepEqual(element.tag, { class: 'universal', constructed: false, number: 2 });
    assert.equal(element.identifier, TAG.INTEGER);
    assert.deepEqual(element.raw, hex('020105'));
    assert.deepEqual(element.content, hex('05'));
    assert.equal(element.offset, 2);
    assert.equal(element.raw.buffer, input.buffer);
    assert.equal(reader.offset, 5);
  });

  it('looks ahead without moving', () => {
    const reader = DerReader.of(input).enter(TAG.SEQUENCE);
    assert.equal(reader.peek(), TAG.INTEGER);
    reader.skip();
    assert.deepEqual(reader.peekTag(), { class: 'context', constructed: true, number: 704 });
    assert.equal(reader.explicit(703), undefined);
    assert.equal(reader.explicit(704)?.boolean(), true);
    assert.deepEqual(reader.raw(TAG.OCTET_STRING), hex('0401ab'));
    assert.equal(reader.isEmpty, true);
    assert.equal(reader.peek(), undefined);
    assert.equal(reader.peekTag(), undefined);
    assert.equal(reader.explicit(0), undefined);
    reader.end();
  });

  it('takes explicit tags only when they are context-specific and constructed', () => {
    assert.equal(DerReader.of(hex('a1 02 0500')).explicit(1)?.raw().length, 2);
    for (const other of ['81 02 0500', '61 02 0500', 'e1 02 0500', '21 02 0500', 'a2 02 0500']) {
      assert.equal(DerReader.of(hex(other)).explicit(1), undefined);
    }
  });

  it('keeps a nested reader inside its element', () => {
    const outer = DerReader.of(hex('30 02 0500 0401ff'));
    const inner = outer.enter(TAG.SEQUENCE);
    inner.nullValue();
    assertRefused(() => inner.octetString(), 'der.element_missing', 4);
    assert.deepEqual(outer.octetString(), hex('ff'));
    assertRefused(() => DerReader.of(hex('30 02 0403 0401ff')).enter(TAG.SEQUENCE).octetString(), 'der.truncated', 4);
  });

  it('enters an element and hands it out whole', () => {
    const input = hex('30 05 3003 020105');
    const { raw, inside } = DerReader.of(input).enter(TAG.SEQUENCE).enterWhole(TAG.SEQUENCE);
    assert.deepEqual(raw, input.subarray(2));
    assert.deepEqual([inside.offset, inside.smallInteger(), inside.isEmpty], [4, 5, true]);
    assertRefused(() => DerReader.of(input).enterWhole(TAG.SET), 'der.unexpected_tag', 0);
    assertRefused(() => DerReader.of(input, { maxDepth: 0 }).enterWhole(TAG.SEQUENCE), 'der.too_deep', 2);
  });

  it('enters DER that an OCTET STRING wraps, under the same budget and offsets', () => {
    const outer = DerReader.of(hex('04 04 3002 0500'), { maxNodes: 2 });
    const inner = outer.enter(TAG.OCTET_STRING).enter(TAG.SEQUENCE);
    assert.equal(inner.offset, 4);
    outer.end();
    assertRefused(() => inner.nullValue(), 'der.too_many_elements', 4);
  });

  it('lets readers of one input take turns', () => {
    const outer = DerReader.of(der.sequence(der.sequence(der.integer(1), der.integer(2)), der.integer(3))).enter(
      TAG.SEQUENCE,
    );
    const inner = outer.enter(TAG.SEQUENCE);
    assert.deepEqual([inner.integer(), outer.integer(), inner.integer()], [1n, 3n, 2n]);
  });

  refuses<(reader: DerReader) => unknown>(
    [
      ['another type', (reader) => reader.octetString(), 'der.unexpected_tag', 0],
      ['another type to enter', (reader) => reader.enter(TAG.SEQUENCE), 'der.unexpected_tag', 0],
      ['another type to take raw', (reader) => reader.raw(TAG.SET), 'der.unexpected_tag', 0],
      ['an unread rest', (reader) => reader.end(), 'der.trailing_bytes', 0],
      ['an unread second element', (reader) => [reader.nullValue(), reader.end()], 'der.trailing_bytes', 2],
    ],
    (run) => run(DerReader.of(hex('0500 0500'))),
  );
  refuses(
    [
      ['a high tag number where an identifier octet is asked for', 'bf 8540 00', 'der.unexpected_tag', 0],
      ['another high tag number', 'bf 1f 00', 'der.unexpected_tag', 0],
    ],
    (digits) => DerReader.of(hex(digits)).enter(0xbf),
  );
});

/** Reads everything by its type and writes it again. */
function rewrite(reader: DerReader): Uint8Array[] {
  const parts: Uint8Array[] = [];
  while (!reader.isEmpty) parts.push(rewriteNext(reader));
  return parts;
}

function rewriteNext(reader: DerReader): Uint8Array {
  const tag = reader.peekTag();
  const identifier = reader.peek() ?? 0;
  if (identifier === TAG.SEQUENCE) return der.sequence(...rewrite(reader.enter(identifier)));
  if (identifier === TAG.SET) return der.raw(identifier, Buffer.concat(rewrite(reader.enter(identifier))));
  const inner = tag === undefined ? undefined : reader.explicit(tag.number);
  if (inner !== undefined && tag !== undefined) return der.explicit(tag.number, ...rewrite(inner));
  const typed = TYPED[identifier];
  if (typed !== undefined) return typed(reader);
  const { raw, content } = reader.element();
  return tlv(raw.subarray(0, raw.length - content.length - lengthSize(content.length)), content);
}

const lengthSize = (length: number) => (length < 0x80 ? 1 : 1 + Math.ceil(length.toString(16).length / 2));

const TYPED: Readonly<Record<number, (reader: DerReader) => Uint8Array>> = {
  [TAG.BOOLEAN]: (reader) => der.boolean(reader.boolean()),
  [TAG.INTEGER]: (reader) => der.integer(reader.integer()),
  [TAG.ENUMERATED]: (reader) => der.enumerated(reader.enumerated()),
  [TAG.OID]: (reader) => der.oid(reader.oid()),
  [TAG.OCTET_STRING]: (reader) => der.octets(reader.octetString()),
  [TAG.UTF8]: (reader) => der.utf8(reader.text()),
  [TAG.PRINTABLE]: (reader) => der.printable(reader.text()),
  [TAG.IA5]: (reader) => der.ia5(reader.text()),
  [TAG.UTC_TIME]: (reader) => der.utcTime(reader.time()),
  [TAG.GENERALIZED_TIME]: (reader) => der.generalizedTime(reader.time()),
  [TAG.BIT_STRING]: (reader) => {
    const { bytes, unused } = reader.bitString();
    return der.bits(bytes, unused);
  },
  [TAG.NULL]: (reader) => {
    reader.nullValue();
    return der.null();
  },
};

const name = der.sequence(der.set(der.sequence(der.oid('2.5.4.3'), der.utf8('Assay test'))));
const algorithm = der.sequence(der.oid('1.2.840.10045.4.3.2'));
const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const spki = Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' }));
const extensions = der.sequence(
  der.sequence(der.oid('2.5.29.19'), der.boolean(true), der.octets(der.sequence(der.boolean(true), der.integer(3)))),
);
const tbs = der.sequence(
  der.explicit(0, der.integer(2)),
  der.integer(hex('8001')),
  algorithm,
  name,
  der.sequence(der.utcTime(0), der.generalizedTime(Date.UTC(2106, 1, 7))),
  name,
  spki,
  der.explicit(3, extensions),
);
const certificate = der.sequence(tbs, algorithm, der.bits(der.sequence(der.integer(1), der.integer(2))));
const authorizations = der.sequence(
  der.explicit(1, der.set(der.integer(2))),
  der.explicit(704, der.sequence(der.octets(new Uint8Array(32)), der.boolean(true), der.enumerated(0))),
  der.explicit(724, der.octets(hex('00'))),
  der.implicit(31, hex('abcd')),
  der.printable('x'),
  der.ia5('y@z'),
  der.null(),
);

describe('against X509Certificate', () => {
  it('reads the same certificate', () => {
    const oracle = new X509Certificate(certificate);
    const fields = DerReader.of(certificate).enter(TAG.SEQUENCE).enter(TAG.SEQUENCE);
    assert.equal(fields.explicit(0)?.smallInteger(), 2);
    assert.equal(fields.integer(), BigInt(`0x${oracle.serialNumber}`));
    fields.skip();
    fields.skip();
    const validity = fields.enter(TAG.SEQUENCE);
    assert.deepEqual(
      [validity.time(), validity.time()],
      [oracle.validFromDate.getTime(), oracle.validToDate.getTime()],
    );
    validity.end();
    const rdn = fields.enter(TAG.SEQUENCE).enter(TAG.SET).enter(TAG.SEQUENCE);
    assert.equal(`${rdn.oid() === '2.5.4.3' ? 'CN' : ''}=${rdn.text()}`, oracle.subject);
    assert.deepEqual(Buffer.from(fields.raw(TAG.SEQUENCE)), oracle.publicKey.export({ type: 'spki', format: 'der' }));
  });

  it('reads the PEM form too', () => {
    const [parsed] = parsePem(new X509Certificate(certificate).toString(), 'CERTIFICATE');
    assert.deepEqual(parsed, certificate);
  });
});

describe('properties', () => {
  for (const [what, valid] of Object.entries({ certificate, authorizations })) {
    it(`reads a ${what} that it wrote, and writes the same octets`, () => {
      assert.deepEqual(rewrite(DerReader.of(valid)), [valid]);
    });
    it(`refuses every truncation of a ${what}`, () => {
      for (let length = 1; length < valid.length; length += 1) {
        assertRefused(() => rewrite(DerReader.of(valid.subarray(0, length))), 'der.truncated');
      }
    });
  }

  it('accepts of hostile bytes only what it would write itself', () => {
    let accepted = 0;
    fc.assert(
      fc.property(hostile([certificate, authorizations, spki, name, algorithm, extensions]), (bytes) => {
        const parts = outcome(() => rewrite(DerReader.of(bytes)));
        if ('code' in parts) return;
        accepted += 1;
        assert.deepEqual(Buffer.concat(parts.value), Buffer.from(bytes));
      }),
      { ...SEEDED, numRuns: 6000 },
    );
    assert.ok(accepted > 100, 'the property must not hold by refusing everything');
  });
});
