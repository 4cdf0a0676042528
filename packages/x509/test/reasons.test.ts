import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { describe, it } from 'node:test';
import { der, toPem } from '@assay/formats';
import { APPLE, loadAnchor, matchPins, parseCertificate, validateChain, WEB_PKI } from '@assay/x509';
import { CT_ROWS } from '../src/ct/reasons.ts';
import { OCSP_ROWS } from '../src/ocsp/reasons.ts';
import { OID } from '../src/oids.ts';
import { X509_REASONS } from '../src/reasons.ts';
import { fault, intermediate, leaf, root, validate, withIntermediate, withLeaf, withRoot } from './support/chain.ts';
import {
  algorithmId,
  anchor,
  DAY,
  ecKeys,
  ext,
  extensionDer,
  type Minted,
  mintCrl,
  mintIntermediate,
  mintLeaf,
  mintRoot,
  NOW,
  name,
  parsed,
  rsaKeys,
} from './support/mint.ts';

const UNKNOWN = '1.3.6.1.4.1.55555.1';

/** Those of CT and OCSP have tests of their own, `ct/reasons.test.ts` and `ocsp/reasons.test.ts`. */
type PathCode = Exclude<keyof typeof X509_REASONS, keyof typeof CT_ROWS | keyof typeof OCSP_ROWS>;

/** For every code of path validation, one thing that differs from a chain that holds. */
const FAULTS: Readonly<Record<PathCode, () => unknown>> = {
  'x509.version_invalid': () => parsed(mintLeaf(root, { version: 2 })),
  'x509.serial_invalid': () => parsed(mintLeaf(root, { serial: Uint8Array.of(0) })),
  'x509.algorithm_mismatch': () => parsed(mintLeaf(root, { outerAlgorithm: algorithmId(OID.ecdsaSha384) })),
  'x509.extension_duplicate': () =>
    parsed(mintLeaf(root, { rawExtensions: [extensionDer(OID.keyUsage, ext.keyUsage(0))] })),
  'x509.extension_malformed': () =>
    parsed(mintLeaf(root, { extensions: { [OID.subjectAltName]: ext.names(name.ip(1, 2, 3)) } })),
  'x509.key_malformed': () =>
    parsed(
      mintLeaf(root, {
        spki: der.sequence(
          algorithmId(OID.rsaEncryption, der.null()),
          der.bits(der.sequence(der.integer(0), der.integer(3))),
        ),
      }),
    ),
  'x509.signature_malformed': () =>
    parseCertificate(der.sequence(parsed(leaf).tbs, algorithmId(OID.ecdsaSha256), der.bits(Uint8Array.of(0), 1))),
  'x509.key_unsupported': () => validate(withUnusableIntermediate()),
  'x509.key_refused': () => validate(withLeaf({ keys: rsaKeys(1024) })),
  'x509.algorithm_refused': () => validate(withLeaf({ hash: 'sha1', algorithm: algorithmId('1.2.840.10045.4.1') })),
  'x509.signature_invalid': () => validate(withLeaf({ tamper: true })),
  'x509.not_yet_valid': () => validate({ at: NOW - DAY - 1 }),
  'x509.expired': () => validate({ at: NOW + DAY + 1000 }),
  'x509.chain_empty': () => validateChain({ chain: [], anchors: [anchor(root)], at: NOW, profile: WEB_PKI }),
  'x509.untrusted': () => validate({ root: mintRoot({ name: 'Other Root' }) }),
  'x509.issuer_mismatch': () => validateFixed([mintLeaf(intermediate, { issuerName: root.subject }), intermediate]),
  'x509.not_a_ca': () => validate(withIntermediate({ extensions: { [OID.basicConstraints]: undefined } })),
  'x509.key_usage': () => validate(withIntermediate({ extensions: { [OID.keyUsage]: ext.keyUsage(6) } })),
  'x509.purpose_mismatch': () =>
    validate(withLeaf({ extensions: { [OID.extKeyUsage]: ext.extKeyUsage(OID.clientAuth) } })),
  'x509.path_too_long': () =>
    validate(withRoot({ extensions: { [OID.basicConstraints]: ext.basicConstraints(true, 0) } })),
  'x509.critical_extension_unknown': () =>
    validate(withLeaf({ extensions: { [UNKNOWN]: { critical: true, value: der.null() } } })),
  'x509.profile_violation': () => validate(withLeaf({ extensions: { [OID.authorityKeyIdentifier]: undefined } })),
  'x509.name_mismatch': () => validate({ name: { kind: 'dns', value: 'other.example.test' } }),
  'x509.name_constraint_violated': () =>
    validate(
      withIntermediate({ extensions: { [OID.nameConstraints]: ext.nameConstraints([name.dns('example.org')], []) } }),
    ),
  'x509.name_constraint_unsupported': () =>
    validate(
      withIntermediate(
        { extensions: { [OID.nameConstraints]: ext.nameConstraints([], [name.uri('example.org')]) } },
        {
          extensions: {
            [OID.subjectAltName]: ext.names(name.dns('www.example.test'), name.uri('https://example.test')),
          },
        },
      ),
    ),
  'x509.revoked': () => validate({ crls: [mintCrl(intermediate, { serials: [parsed(leaf).serial] }), mintCrl(root)] }),
  'x509.revocation_unknown': () => validate({ crls: [mintCrl(root)] }),
  'x509.crl_invalid': () => validate({ crls: [mintCrl(intermediate, { extensions: [] }), mintCrl(root)] }),
  'x509.budget_exhausted': () => {
    const excluded = Array.from({ length: 300 }, (_, index) => name.dns(`x${index}.example.org`));
    const names = Array.from({ length: 400 }, (_, index) => name.dns(`y${index}.example.test`));
    return validate(
      withIntermediate(
        { extensions: { [OID.nameConstraints]: ext.nameConstraints([], excluded) } },
        { extensions: { [OID.subjectAltName]: ext.names(name.dns('www.example.test'), ...names) } },
      ),
    );
  },
  'x509.anchors_empty': () => validateChain({ chain: [parsed(leaf)], anchors: [], at: NOW, profile: WEB_PKI }),
  'x509.anchor_not_genuine': () => load(mintRoot({ tamper: true })),
  'x509.pins_empty': () => matchPins(validate(), []),
  'x509.pin_malformed': () => matchPins(validate(), ['not a digest']),
  'x509.peer_name_missing': () => validate({ name: undefined }),
  'x509.peer_name_invalid': () => validate({ name: { kind: 'dns', value: 'foo_bar.example.test' } }),
};

function validateFixed(chain: readonly Minted[]): unknown {
  return validateChain({ chain: chain.map(parsed), anchors: [anchor(root)], at: NOW, profile: APPLE });
}

function load(minted: Minted): unknown {
  return loadAnchor({
    id: 'minted',
    pem: toPem(minted.der, 'CERTIFICATE'),
    sha256: hash('sha256', minted.der, 'hex'),
    source: 'made by a test',
    date: '2026-11-21',
  });
}

/** The key of the intermediate is a point that is not on its curve. */
function withUnusableIntermediate(): ReturnType<typeof withIntermediate> {
  const spki = new Uint8Array(ecKeys().publicKey.export({ format: 'der', type: 'spki' }));
  spki[spki.length - 1] = (spki.at(-1) ?? 0) ^ 1;
  const broken = mintIntermediate(root, { spki });
  return { intermediates: [broken], leaf: mintLeaf(broken) };
}

describe('reason codes', () => {
  it('start from a chain that holds', () => {
    assert.equal(validate().certificates.length, 2);
    assert.equal(parseCertificate(leaf.der).version, 3);
  });

  for (const [code, run] of Object.entries(FAULTS)) {
    it(code, () => assert.throws(run, fault(code as keyof typeof X509_REASONS)));
  }

  it('are all here', () => {
    const elsewhere = [...Object.keys(CT_ROWS), ...Object.keys(OCSP_ROWS)];
    assert.deepEqual([...Object.keys(FAULTS), ...elsewhere].sort(), Object.keys(X509_REASONS).sort());
  });
});
