import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import {
  type CborMap,
  type CborValue,
  DerReader,
  encodeCbor,
  normaliseBer,
  parseBase64,
  parseCbor,
  parsePem,
  parseStrictJson,
  TAG,
} from '@assay/formats';
import { describeVectors } from '../../../tools/vectors.ts';

/** Reads every element of a genuine encoding, strings and times by their types; returns how many there were. */
function walk(reader: DerReader): number {
  let count = 0;
  for (; !reader.isEmpty; count += 1) {
    const tag = reader.peekTag();
    const identifier = reader.peek() ?? 0;
    const inner = tag?.constructed === true && tag.class === 'context' ? reader.explicit(tag.number) : undefined;
    if (inner !== undefined) count += walk(inner);
    else if (identifier === TAG.SEQUENCE || identifier === TAG.SET) count += walk(reader.enter(identifier));
    else if (TEXTS.has(identifier)) reader.text();
    else if (identifier === TAG.OID) reader.oid();
    else if (identifier === TAG.UTC_TIME || identifier === TAG.GENERALIZED_TIME) reader.time();
    else reader.skip();
  }
  return count;
}

const TEXTS: ReadonlySet<number> = new Set([TAG.UTF8, TAG.PRINTABLE, TAG.IA5, TAG.TELETEX, TAG.VISIBLE, TAG.BMP]);

function asMap(value: CborValue | undefined): CborMap {
  assert.ok(value instanceof Map);
  return value;
}

function asBytes(value: CborValue | undefined): Uint8Array {
  assert.ok(value instanceof Uint8Array);
  return value;
}

describeVectors('genuine encodings', (dir) => {
  const files = (pattern: string) => globSync(pattern, { cwd: dir }).sort();
  const read = (file: string) => readFileSync(join(dir, file), 'utf8');

  it('every JSON vector, as JSON.parse reads it', () => {
    const names = files('attestation/**/*.json');
    assert.ok(names.length > 0);
    for (const name of names) assert.deepEqual(parseStrictJson(read(name)), JSON.parse(read(name)), name);
  });

  it('every certificate of the attestation vectors', () => {
    const names = files('attestation/**/*.pem');
    assert.ok(names.length > 0);
    for (const name of names) {
      for (const der of parsePem(read(name), 'CERTIFICATE')) assert.ok(walk(DerReader.of(der)) > 20, name);
    }
  });

  for (const name of files('attestation/apple/attestations/*.json')) {
    it(`${name}: CBOR, certificates and receipt`, () => {
      const object = parseBase64(JSON.parse(read(name)).attestationObject);
      const attestation = asMap(parseCbor(object));
      assert.deepEqual(encodeCbor(attestation), object);
      const statement = asMap(attestation.get('attStmt'));
      const chain = statement.get('x5c');
      assert.ok(Array.isArray(chain) && chain.length === 2);
      for (const der of chain) assert.ok(walk(DerReader.of(asBytes(der))) > 20);
      assert.ok(walk(DerReader.of(normaliseBer(asBytes(statement.get('receipt'))))) > 100);
    });
  }
});
