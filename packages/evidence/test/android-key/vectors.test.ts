import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { knownValue } from '@assay/core';
import { parsePem, toHex } from '@assay/formats';
import { ANDROID_TOLERANCES, anchorOf, parseCertificate, type TrustAnchor } from '@assay/x509';
import { describeVectors } from '../../../../tools/vectors.ts';
import {
  inspectKeyAttestation,
  loadGoogleHardwareAnchors,
  parseStatusList,
  verifyKeyAttestation,
} from '../../src/android-key/index.ts';
import type { Appraisal } from '../../src/shared/appraisal.ts';
import { brokenRules } from '../support/strict-rules.ts';

interface GenuineVector {
  readonly id: string;
  readonly chainFile: string;
  readonly verifyAt: string;
  readonly provisioning: string;
  readonly provisioningInfo: Readonly<Record<string, unknown>> | null;
  readonly challenge: { readonly base64: string };
  readonly expectedApp: {
    readonly packages: readonly { readonly name: string }[];
    readonly signatureDigestsSha256Hex?: readonly string[];
  };
  readonly serialsHex: readonly string[];
  readonly statusList?: object;
  readonly trustAnchors?: readonly string[];
  readonly keyDescription: {
    readonly attestationVersion: number;
    readonly keymasterVersion: number;
    readonly hardwareEnforced: Readonly<Record<string, unknown>>;
  };
  readonly expected: {
    readonly chainSignatures: string;
    readonly trustedHardwareRoot: boolean;
    readonly strictPolicy: 'accept' | 'reject';
  };
}

interface SyntheticCase {
  readonly id: string;
  readonly chainFile: string;
  readonly challenge: string;
  readonly challengeOverride?: string;
  readonly expectedPackage: string;
  readonly expectedDigestSha256Hex: string;
  readonly verifyAt: string;
  readonly expected: 'accept' | 'reject' | 'accept-or-reject';
  readonly reason: string | null;
  readonly statusList?: object;
}

interface DerivedCase {
  readonly vector: string;
  readonly override: Partial<GenuineVector>;
  readonly expected: 'accept' | 'reject';
  readonly reason: string | null;
}

const HARDWARE = loadGoogleHardwareAnchors();
const TODAY = Date.UTC(2026, 10, 21);
const LATER = Date.UTC(2030, 0, 1);

/** The vectors' labels for what we call otherwise: codes of the verifier, rules of the policy. */
const CAUSES: Readonly<Record<string, string>> = {
  'challenge-mismatch': 'android.challenge_mismatch',
  'package-mismatch': 'android.package_mismatch',
  'application-id-missing': 'android.app_id_missing',
  'target-missing-attestation-extension': 'android.key_description_missing',
  revoked: 'android.revoked',
  'untrusted-root': 'android.root_untrusted',
  'certificate-expired': 'x509.expired',
  'certificate-not-yet-valid': 'x509.not_yet_valid',
  'boot-state-self_signed': 'boot_state',
  'origin-not-generated': 'origin',
  'root-of-trust-missing': 'root_of_trust',
};

/** Cases whose label is wider than our code. */
const NARROWER: Readonly<Record<string, string>> = {
  'keystore2-unknown-package': 'android.os_transient_unknown_package',
};

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function readChain(file: string): readonly Uint8Array[] {
  return parsePem(readFileSync(file, 'utf8'), 'CERTIFICATE');
}

function anchorFrom(der: Uint8Array | undefined, kind: string): TrustAnchor {
  assert.ok(der);
  const certificate = parseCertificate(der, { tolerate: ANDROID_TOLERANCES });
  return anchorOf(certificate, { id: 'from-the-vector', source: 'vector', date: '2026-11-21', kind });
}

function expectedApps({ packages, signatureDigestsSha256Hex: digests = [] }: GenuineVector['expectedApp']) {
  return packages.map(({ name }) => ({ package: name, ...(digests.length > 0 && { digests }) }));
}

function appraise(vector: GenuineVector, folder: string, at: number, anchors: readonly TrustAnchor[]) {
  return verifyKeyAttestation(
    {
      chain: readChain(join(folder, vector.chainFile)),
      challenge: Buffer.from(vector.challenge.base64, 'base64'),
      apps: expectedApps(vector.expectedApp),
    },
    {
      trust: { anchors },
      at,
      ...(vector.statusList && { statusList: parseStatusList(JSON.stringify(vector.statusList)) }),
    },
  );
}

/** The code that stopped the verifier, else the rules of the strict policy that the facts break. */
function causesOf(appraisal: Appraisal<unknown>): readonly string[] {
  return appraisal.outcome === 'verified' ? brokenRules(appraisal.facts) : [appraisal.error.code];
}

/** With today's clock: what it is at the vector's own, unless short-lived issuers have ended meanwhile. */
function expectedLater(vector: GenuineVector, causes: readonly string[]): readonly string[] {
  return vector.provisioning === 'rkp' ? ['x509.expired'] : causes;
}

describeVectors('genuine Android chains', (dir) => {
  const folder = join(dir, 'attestation/android/key-attestation');
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const vector = readJson<GenuineVector>(join(folder, file));
    const at = Date.parse(vector.verifyAt);
    describe(vector.id, () => {
      it('verifies exactly when signatures and root are good', () => {
        const { chainSignatures, trustedHardwareRoot } = vector.expected;
        const isGood = chainSignatures === 'valid' && trustedHardwareRoot;
        assert.equal(appraise(vector, folder, at, HARDWARE).outcome, isGood ? 'verified' : 'rejected');
      });

      it('has good signatures under its own root, where the vector says so', () => {
        const own = anchorFrom(readChain(join(folder, vector.chainFile)).at(-1), 'hardware');
        const { outcome } = appraise(vector, folder, at, [own]);
        assert.equal(outcome, vector.expected.chainSignatures === 'valid' ? 'verified' : 'rejected');
      });

      it('meets the strict policy as expected, at three clocks', () => {
        const causes = causesOf(appraise(vector, folder, at, HARDWARE));
        assert.equal(causes.length === 0 ? 'accept' : 'reject', vector.expected.strictPolicy, causes.join());
        for (const clock of [TODAY, LATER]) {
          assert.deepEqual(causesOf(appraise(vector, folder, clock, HARDWARE)), expectedLater(vector, causes));
        }
      });

      it('states what the vector states', () => {
        const own = anchorFrom(readChain(join(folder, vector.chainFile)).at(-1), 'hardware');
        const appraisal = appraise(vector, folder, at, [own]);
        if (appraisal.outcome === 'rejected') return;
        assertStatement(vector, appraisal);
      });

      it('keeps identifiers of the device out of everything', () => {
        const outputs = [
          appraise(vector, folder, at, HARDWARE),
          inspectKeyAttestation(readChain(join(folder, vector.chainFile))),
        ];
        const text = JSON.stringify(outputs, (_, value) => (value instanceof Uint8Array ? toHex(value) : value));
        for (const identifier of identifiersOf(vector)) assert.ok(!text.includes(identifier));
      });
    });
  }

  it('hold an IMEI to keep out', () => {
    const vector = readJson<GenuineVector>(join(folder, 'ka-blueline-sdk28-tee_rsa_base_imei.json'));
    assert.equal(identifiersOf(vector).length, 2);
  });
});

function assertStatement(vector: GenuineVector, appraisal: ReturnType<typeof verifyKeyAttestation>): void {
  assert.ok(appraisal.outcome === 'verified');
  const { proven, facts } = appraisal;
  const { attestationVersion, keymasterVersion, hardwareEnforced } = vector.keyDescription;
  assert.equal(proven.attestationVersion, attestationVersion);
  assert.equal(proven.keyMintVersion, keymasterVersion);
  assert.deepEqual(
    proven.certificates.map(({ serialHex }) => serialHex),
    vector.serialsHex,
  );
  assert.equal(proven.provisioning, vector.provisioning === 'unknown' ? 'software' : vector.provisioning);
  assert.equal(knownValue(facts.chain.certificatesIssued), vector.provisioningInfo?.['1']);
  if ('purpose' in hardwareEnforced) assert.deepEqual(knownValue(facts.key.purposes), hardwareEnforced['purpose']);
  if ('model' in hardwareEnforced) assert.equal(knownValue(facts.device.model), hardwareEnforced['model']);
}

function identifiersOf({ keyDescription }: GenuineVector): readonly string[] {
  const { imei, meid, serial, secondImei } = keyDescription.hardwareEnforced;
  const texts = [imei, meid, serial, secondImei].filter((value) => typeof value === 'string');
  return texts.flatMap((text) => [text, toHex(Buffer.from(text))]);
}

describeVectors('one-input changes of genuine Android chains', (dir) => {
  const folder = join(dir, 'attestation/android/key-attestation');
  const { android } = readJson<{ readonly android: readonly DerivedCase[] }>(
    join(dir, 'attestation/derived-cases.json'),
  );
  assert.equal(android.length, 45);
  for (const { vector: id, override, expected, reason } of android) {
    const [[member, value] = []] = Object.entries(override);
    it(`${id}#${member}=${JSON.stringify(value)}: ${reason ?? expected}`, () => {
      const vector = { ...readJson<GenuineVector>(join(folder, `${id}.json`)), ...override };
      const anchors = vector.trustAnchors?.map((name) => anchorFrom(readChain(rootFile(dir, name))[0], 'software'));
      const causes = causesOf(appraise(vector, folder, Date.parse(vector.verifyAt), anchors ?? HARDWARE));
      assert.deepEqual(causes, reason === null ? [] : [CAUSES[reason]]);
    });
  }
});

function rootFile(dir: string, name: string): string {
  return join(dir, 'attestation/roots', basename(name));
}

describeVectors('synthetic Android chains', (dir) => {
  const folder = join(dir, 'attestation/android/synthetic');
  const { rootPem, cases } = readJson<{ readonly rootPem: string; readonly cases: readonly SyntheticCase[] }>(
    join(folder, 'cases.json'),
  );
  const anchor = anchorFrom(parsePem(rootPem, 'CERTIFICATE')[0], 'hardware');
  for (const test of cases) {
    it(`${test.id}: ${test.expected}`, () => {
      const appraisal = verifyKeyAttestation(
        {
          chain: readChain(join(folder, test.chainFile)),
          challenge: Buffer.from(test.challengeOverride ?? test.challenge, 'base64'),
          apps: [{ package: test.expectedPackage, digests: [test.expectedDigestSha256Hex] }],
        },
        {
          trust: { anchors: [anchor] },
          at: Date.parse(test.verifyAt),
          ...(test.statusList && { statusList: parseStatusList(JSON.stringify(test.statusList)) }),
        },
      );
      const causes = causesOf(appraisal);
      if (test.expected === 'accept') assert.deepEqual(causes, []);
      if (test.expected !== 'reject') return;
      assert.equal(causes[0], NARROWER[test.id] ?? CAUSES[test.reason ?? '']);
    });
  }
});

describeVectors('published status lists', (dir) => {
  const folder = join(dir, 'attestation/android/status');
  it('read whole, SUSPENDED included', () => {
    const current = parseStatusList(readFileSync(join(folder, 'status-list-2025-01.json')));
    assert.equal(current.entries.size, 467);
    const sample = parseStatusList(readFileSync(join(folder, 'status-list-sample-google.json')));
    assert.equal(sample.entries.get('cc66e9a93713b6e643b26c15879786f7')?.status, 'SUSPENDED');
  });
});
