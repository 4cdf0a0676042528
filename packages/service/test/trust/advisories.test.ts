import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { generateSigningKey } from '@assay/tokens';
import {
  type Advisories,
  assertCurrent,
  assertSuccessor,
  parseAdvisories,
  readAdvisories,
  signAdvisories,
} from '../../src/trust/advisories.ts';
import type { AdvisoriesDocument } from '../../src/trust/advisory-document.ts';

const ISSUED = 1_790_000_000;
const { key } = generateSigningKey();
const keys = [key.publicJwk];
const encode = (text: string) => Buffer.from(text).toString('base64url');

function makeDocument(change: Partial<AdvisoriesDocument> = {}): AdvisoriesDocument {
  return {
    assay: 'advisories/1',
    version: 7,
    issued: ISSUED,
    expires: ISSUED + 86_400,
    advisories: [
      { id: 'CVE-2026-1', title: 'A leak', severity: 'high', affects: { app: 'com.example.bank', appUpTo: '4.2.0' } },
    ],
    ...change,
  };
}

const refusal = (code: string) => ({ family: 'request', code });

describe('signed advisories', () => {
  it('are read by whoever holds the public half', () => {
    const document = makeDocument();
    const read = readAdvisories(`${signAdvisories(document, key)}\n`, [generateSigningKey().key.publicJwk, ...keys]);
    assert.equal(read.version, 7);
    assert.equal(read.expiresAt, (ISSUED + 86_400) * 1000);
    assert.deepEqual(read.advisories, document.advisories);
  });

  it('are refused when another key signed them, or none is configured', () => {
    const signed = signAdvisories(makeDocument(), key);
    const { publicJwk } = generateSigningKey().key;
    for (const configured of [[], [publicJwk]]) {
      assert.throws(() => readAdvisories(signed, configured), refusal('service.advisories_unsigned'));
    }
  });

  it('are refused when anything of them was changed', () => {
    const [header = '', payload = '', signature = ''] = signAdvisories(makeDocument(), key).split('.');
    const other = encode(JSON.stringify(makeDocument({ version: 8 })));
    assert.throws(
      () => readAdvisories(`${header}.${other}.${signature}`, keys),
      refusal('service.advisories_unsigned'),
    );
    const flipped = encode(Buffer.from(signature, 'base64url').fill(1, 10, 11).toString('latin1'));
    for (const text of [
      `${header}.${payload}`,
      `${header}.${payload}.${flipped}`,
      `.${payload}.${signature}`,
      '',
      '{}',
    ]) {
      assert.throws(() => readAdvisories(text, keys), { family: 'request' });
    }
  });

  it('take no other algorithm and no other kind of signed text', () => {
    const payload = encode(JSON.stringify(makeDocument()));
    const { kid } = key;
    const headers: readonly object[] = [
      { alg: 'none', typ: 'assay-advisories+jws', kid },
      { alg: 'HS256', typ: 'assay-advisories+jws', kid },
      { alg: 'ES256', typ: 'assay-pins+jws', kid },
      { alg: 'ES256', typ: 'assay-advisories+jws', kid, jwk: key.publicJwk },
      { alg: 'ES256', typ: 'assay-advisories+jws' },
    ];
    for (const header of headers) {
      const input = `${encode(JSON.stringify(header))}.${payload}`;
      const signature = Buffer.from(key.sign(Buffer.from(input))).toString('base64url');
      assert.throws(() => readAdvisories(`${input}.${signature}`, keys), refusal('service.advisories_malformed'));
    }
  });

  it('are refused when a rightly signed text is not strictly written', () => {
    for (const text of ['{"version":1,"version":2}', '[]', JSON.stringify({ ...makeDocument(), extra: 1 })]) {
      const input = `${encode(JSON.stringify({ alg: 'ES256', typ: 'assay-advisories+jws', kid: key.kid }))}.${encode(text)}`;
      const signature = Buffer.from(key.sign(Buffer.from(input))).toString('base64url');
      assert.throws(() => readAdvisories(`${input}.${signature}`, keys), refusal('service.advisories_malformed'));
    }
  });

  it('only step forward', () => {
    const read = (change: Partial<AdvisoriesDocument>): Advisories =>
      readAdvisories(signAdvisories(makeDocument(change), key), keys);
    const current = read({});
    assertSuccessor(current, undefined);
    assertSuccessor(read({}), current);
    assertSuccessor(read({ version: 8 }), current);
    for (const change of [{ version: 6 }, { advisories: [] }]) {
      assert.throws(() => assertSuccessor(read(change), current), refusal('service.advisories_rollback'));
    }
  });

  it('end', () => {
    const read = readAdvisories(signAdvisories(makeDocument(), key), keys);
    assertCurrent(read, read.expiresAt - 1);
    assert.throws(() => assertCurrent(read, read.expiresAt), refusal('service.advisories_expired'));
  });
});

describe('the document', () => {
  const [advisory] = makeDocument().advisories;
  assert.ok(advisory !== undefined);
  const wrong: Readonly<Record<string, unknown>> = {
    'no conditions': { ...makeDocument(), advisories: [{ ...advisory, affects: {} }] },
    'an unknown condition': { ...makeDocument(), advisories: [{ ...advisory, affects: { os: 'x' } }] },
    'an empty list': { ...makeDocument(), advisories: [{ ...advisory, affects: { models: [] } }] },
    'two of one id': { ...makeDocument(), advisories: [advisory, advisory] },
    'a severity of its own': { ...makeDocument(), advisories: [{ ...advisory, severity: 'bad' }] },
    'a title of two lines': { ...makeDocument(), advisories: [{ ...advisory, title: 'a\nb' }] },
    'a month 13': { ...makeDocument(), advisories: [{ ...advisory, affects: { patchBefore: '2026-13' } }] },
    'no version': { ...makeDocument(), version: 0 },
    'an end before its beginning': makeDocument({ expires: ISSUED }),
    'an end in milliseconds': makeDocument({ expires: (ISSUED + 1) * 1000 }),
    'an end after two years': makeDocument({ expires: ISSUED + 2 * 366 * 86_400 }),
  };
  for (const [name, document] of Object.entries(wrong)) {
    it(`is not ${name}`, () => {
      assert.throws(() => parseAdvisories(JSON.stringify(document)), refusal('service.advisories_malformed'));
    });
  }

  it('may name nothing', () => {
    assert.deepEqual(parseAdvisories(JSON.stringify(makeDocument({ advisories: [] }))).advisories, []);
  });

  it('is not signed when it would not be read', () => {
    assert.throws(() => signAdvisories(makeDocument({ expires: 0 }), key), refusal('service.advisories_malformed'));
  });
});
