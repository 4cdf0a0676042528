import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { it } from 'node:test';
import { type CborMap, parseBase64, parseCbor, parsePem } from '@assay/formats';
import {
  ANDROID_TOLERANCES,
  APPLE,
  anchorOf,
  type Certificate,
  GOOGLE_FACTORY,
  GOOGLE_RKP,
  GOOGLE_SOFTWARE,
  type Profile,
  parseCertificate,
  spkiDigest,
  spkiPin,
  type TrustAnchor,
  validateChain,
} from '@assay/x509';
import { describeVectors } from '../../../tools/vectors.ts';

const PROFILES: Readonly<Record<string, Profile>> = {
  factory: GOOGLE_FACTORY,
  rkp: GOOGLE_RKP,
  software: GOOGLE_SOFTWARE,
};

/** Chains in which something does not hold, and what. */
const REFUSED: Readonly<Record<string, string>> = {
  'google-rsa_securitylevel_strongbox': 'x509.untrusted',
  'ka-invalid-tags_not_in_ascending_order': 'x509.signature_invalid',
};

const TODAY = Date.parse('2026-11-21T00:00:00Z');

describeVectors('genuine device certificates', (dir) => {
  const attestation = join(dir, 'attestation');
  const anchors = globSync(join(attestation, 'roots/*.pem')).map(toAnchor);

  for (const file of globSync(join(attestation, 'android/**/*.pem'))) {
    it(`${basename(file)} parses, and its pins agree`, () => {
      for (const certificate of readChain(file)) assert.equal(spkiPin(certificate.der), spkiDigest(certificate.spki));
    });
  }

  for (const file of globSync(join(attestation, 'android/key-attestation/*.pem'))) {
    const { id, provisioning, verifyAt } = JSON.parse(readFileSync(file.replace(/pem$/, 'json'), 'utf8'));
    const profile = PROFILES[provisioning] ?? GOOGLE_SOFTWARE;

    it(`${id} ends at a root of Google under ${profile.id}`, () => {
      const run = () => validateChain({ chain: readChain(file), anchors, at: Date.parse(verifyAt), profile });
      const code = REFUSED[id];
      if (code === undefined) assert.match(run().anchor.id, /google/);
      else assert.throws(run, { code });
    });

    if (id in REFUSED) continue;
    it(`${id} outlives its dates unless it was provisioned remotely`, () => {
      const run = () => validateChain({ chain: readChain(file), anchors, at: Date.UTC(2046, 0), profile });
      if (profile === GOOGLE_RKP) assert.throws(run, { code: 'x509.expired' });
      else assert.doesNotThrow(run);
    });
  }

  for (const file of globSync(join(attestation, 'apple/attestations/*.json'))) {
    const { id, attestationObject, verifyAt } = JSON.parse(readFileSync(file, 'utf8'));

    it(`${id} ends at the root of App Attest`, () => {
      const chain = readAppleChain(attestationObject);
      const path = validateChain({ chain, anchors, at: Date.parse(verifyAt), profile: APPLE });
      assert.match(path.anchor.id, /apple_app_attestation/);
      const late = () => validateChain({ chain, anchors, at: TODAY + 10 ** 11, profile: APPLE });
      assert.throws(late, { code: 'x509.expired' });
    });
  }
});

function readChain(file: string): readonly Certificate[] {
  const blocks = parsePem(readFileSync(file, 'utf8'), 'CERTIFICATE');
  return blocks.map((der) => parseCertificate(der, { tolerate: ANDROID_TOLERANCES }));
}

function toAnchor(file: string): TrustAnchor {
  const [der = new Uint8Array()] = parsePem(readFileSync(file, 'utf8'), 'CERTIFICATE');
  return anchorOf(parseCertificate(der), { id: basename(file), source: 'vectors', date: '2026-11-21' });
}

function readAppleChain(attestationObject: string): readonly Certificate[] {
  const statement = (parseCbor(parseBase64(attestationObject)) as CborMap).get('attStmt') as CborMap;
  return (statement.get('x5c') as Uint8Array[]).map((der) => parseCertificate(der));
}
