import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { concat, der, parsePem } from '@assay/formats';
import {
  type Certificate,
  type CtLog,
  createCtLog,
  isPoisoned,
  parseCertificate,
  parseOcspResponse,
  parseSct,
  parseSctList,
  type Sct,
  sctsOf,
  sctsOfOcsp,
  verifySct,
  verifySctEntry,
} from '@assay/x509';
import { describeVectors } from '../../../../tools/vectors.ts';
import { OID } from '../../src/oids.ts';
import { fault } from '../support/chain.ts';

const P256 = der.sequence(der.oid(OID.ecPublicKey), der.oid(OID.p256));

const logOf = (spki: Uint8Array): CtLog =>
  createCtLog(spki, { description: 'log', operator: 'A', previousOperators: [], api: 'rfc6962', state: undefined });

describeVectors('timestamps by every way', (dir) => {
  const read = (file: string): Uint8Array => readFileSync(join(dir, 'x509/ct/entry-types', file));
  const block = (text: string, label: string): Uint8Array => {
    const from = text.indexOf(`-----BEGIN ${label}`);
    return parsePem(text.slice(from), label)[0] ?? new Uint8Array();
  };
  const pem = (file: string, label: string) => block(Buffer.from(read(file)).toString(), label);
  const certificate = (file: string): Certificate =>
    parseCertificate(pem(file, 'CERTIFICATE'), { tolerate: ['zero_serial'] });
  const logs = [logOf(pem('conscrypt-ct-server-key-public.pem', 'PUBLIC KEY'))];
  const issuer = certificate('conscrypt-ca-cert.pem');
  const leaf = certificate('conscrypt-cert.pem');
  const at = Date.UTC(2016, 0);

  const statuses = (scts: readonly Sct[], entry: 'x509' | 'precert', of: Certificate) =>
    scts.map((sct) => verifySct({ sct, leaf: of, issuer, entry, logs, at }).status);

  it('verifies the one inside the certificate', () => {
    const embedded = certificate('conscrypt-cert-ct-embedded.pem');
    assert.deepEqual(statuses(sctsOf(embedded), 'precert', embedded), ['valid']);
    assert.deepEqual(statuses(sctsOf(embedded), 'x509', embedded), ['invalid']);
  });

  it('verifies the one of the handshake', () => {
    assert.deepEqual(statuses(parseSctList(read('conscrypt-ct-signed-timestamp-list')), 'x509', leaf), ['valid']);
  });

  it('verifies the one of the OCSP response', () => {
    const response = parseOcspResponse(read('conscrypt-ocsp-response.der'));
    assert.ok(response.kind === 'basic');
    const [single] = response.basic.responses;
    assert.ok(single);
    assert.deepEqual(statuses(sctsOfOcsp(single), 'x509', leaf), ['valid']);
  });

  it('never takes the poisoned certificate for one of a server', () => {
    const poisoned = certificate('conscrypt-cert-ct-poisoned.pem');
    assert.ok(isPoisoned(poisoned));
    const list = parseSctList(read('conscrypt-ct-signed-timestamp-list'));
    for (const entry of ['x509', 'precert'] as const) {
      const [found] = list.map((sct) => verifySct({ sct, leaf: poisoned, issuer, entry, logs, at }));
      assert.deepEqual(found, { status: 'invalid', code: 'ct.poisoned' });
    }
  });

  for (const [sct, key] of [
    ['sctrs-google-sct0.bin', 'sctrs-google-pilot-pubkey.bin'],
    ['sctrs-google-sct1.bin', 'sctrs-symantec-log-pubkey.bin'],
  ] as const) {
    it(`verifies ${sct}`, () => {
      const log = logOf(der.sequence(P256, der.bits(read(key))));
      const entry = { kind: 'x509', certificate: read('sctrs-google-cert.bin') } as const;
      assert.equal(
        verifySctEntry({ sct: parseSct(read(sct)), entry, logs: [log], at: Date.UTC(2018, 0) }).status,
        'valid',
      );
    });
  }

  const raw = logOf(der.sequence(P256, der.bits(read('sctrs-ecdsa-prime256v1-pub.raw'))));
  const entry = { kind: 'x509', certificate: Uint8Array.from(Buffer.from('cert')) } as const;
  const verifyRaw = (name: string, time = 1235) =>
    verifySctEntry({ sct: parseSct(read(`sctrs-ecdsa_p256-${name}-sct.bin`)), entry, logs: [raw], at: time });

  for (const [name, expected] of [
    ['basic', 'valid'],
    ['version', 'ct.version_unsupported'],
    ['wrongcert', 'ct.signature_invalid'],
    ['wrongtime', 'ct.signature_invalid'],
    ['badsigalg', 'ct.algorithm_refused'],
  ] as const) {
    it(`finds ${expected} in ${name}`, () => {
      const found = verifyRaw(name);
      assert.equal('code' in found ? found.code : found.status, expected);
    });
  }

  it('finds the basic one too early a moment before its time', () => {
    const found = verifyRaw('basic', 1233);
    assert.deepEqual('code' in found && found.code, 'ct.timestamp_in_future');
  });

  it('cannot read junk', () => assert.throws(() => verifyRaw('junk'), fault('ct.sct_malformed')));

  it('cannot read the short one at any shorter length', () => {
    const short = read('sctrs-ecdsa_p256-short-sct.bin');
    for (let length = 0; length < short.length; length++) {
      assert.throws(() => parseSct(short.subarray(0, length)), fault('ct.sct_malformed'));
    }
    assert.equal(verifyRaw('short').status, 'valid');
  });

  it('reads a basic one with a byte behind it as broken', () => {
    const basic = read('sctrs-ecdsa_p256-basic-sct.bin');
    assert.throws(() => parseSct(concat(basic, Uint8Array.of(0))), fault('ct.sct_malformed'));
  });
});
