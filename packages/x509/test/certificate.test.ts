import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AssayError, RequestError } from '@assay/core';
import { der, FormatError } from '@assay/formats';
import { ANDROID_TOLERANCES, parseCertificate, type Tolerance } from '@assay/x509';
import fc from 'fast-check';
import { OID } from '../src/oids.ts';
import { fault, intermediate, leaf, root } from './support/chain.ts';
import {
  algorithmId,
  commonName,
  DAY,
  ext,
  extensionDer,
  mintLeaf,
  NO_EXTENSIONS,
  NOW,
  parsed,
  type Spec,
} from './support/mint.ts';

describe('parseCertificate', () => {
  it('reads every field', () => {
    const certificate = parseCertificate(leaf.der);
    assert.equal(certificate.version, 3);
    assert.deepEqual(certificate.subject.attributes, [{ oid: OID.commonName, value: 'www.example.test' }]);
    assert.deepEqual(certificate.issuer.raw, new Uint8Array(intermediate.subject));
    assert.deepEqual([certificate.notBefore, certificate.notAfter], [NOW - DAY, NOW + DAY]);
    assert.deepEqual(certificate.key, { kind: 'ec', curve: 'P-256' });
    assert.deepEqual(certificate.spki, new Uint8Array(leaf.keys.publicKey.export({ format: 'der', type: 'spki' })));
    assert.equal(certificate.signatureAlgorithm.oid, OID.ecdsaSha256);
    assert.deepEqual(certificate.keyUsage, new Set(['digitalSignature']));
    assert.deepEqual(certificate.extKeyUsage, [OID.serverAuth]);
    assert.deepEqual(certificate.subjectAltNames, [{ kind: 'dns', value: 'www.example.test' }]);
    assert.equal(certificate.basicConstraints, undefined);
    assert.deepEqual(certificate.extensions.get(OID.keyUsage)?.critical, true);
  });

  it('keeps the signed bytes as a view of the input', () => {
    const certificate = parseCertificate(leaf.der);
    assert.equal(certificate.tbs.buffer, leaf.der.buffer);
    assert.equal(certificate.spki.buffer, leaf.der.buffer);
  });

  it('reads versions 1 and 2 without extensions', () => {
    assert.equal(parsed(mintLeaf(root, { ...NO_EXTENSIONS, version: 1 })).version, 1);
    assert.equal(parsed(mintLeaf(root, { ...NO_EXTENSIONS, version: 2 })).version, 2);
    assert.throws(
      () => parsed(mintLeaf(root, { ...NO_EXTENSIONS, version: 4 as never })),
      fault('x509.version_invalid'),
    );
  });

  it('reads a subject with no attribute, and values that are no text', () => {
    assert.deepEqual(parsed(mintLeaf(root, { subject: der.sequence() })).subject.rdns, []);
    const odd = der.sequence(der.set(der.sequence(der.oid(OID.commonName), der.integer(5))));
    assert.equal(parsed(mintLeaf(root, { subject: odd })).subject.attributes[0]?.value, '#020105');
  });

  for (const [octets, hex] of [
    [[0x00, 0xf9, 0x20], 'f920'],
    [[0x01, 0x02], '102'],
    [[0x7f], '7f'],
  ] as const) {
    it(`spells serial ${hex} as the status list does`, () => {
      assert.equal(parsed(mintLeaf(root, { serial: Uint8Array.from(octets) })).serialHex, hex);
    });
  }

  it('refuses bytes after the certificate and inside it', () => {
    assert.throws(() => parseCertificate(Uint8Array.of(...leaf.der, 0)), FormatError);
    assert.throws(() => parseCertificate(leaf.der.subarray(0, -1)), FormatError);
  });

  it('refuses a signature of broken octets', () => {
    const [tbs, algorithm] = [parsed(leaf).tbs, algorithmId(OID.ecdsaSha256)];
    const broken = der.sequence(tbs, algorithm, der.raw(0x03, Uint8Array.of(4, 0x10)));
    assert.throws(() => parseCertificate(broken), fault('x509.signature_malformed'));
  });

  it('refuses serial numbers of 21 octets even with tolerances', () => {
    const long = mintLeaf(root, { serial: new Uint8Array(21).fill(1) });
    assert.throws(() => parseCertificate(long.der, { tolerate: ANDROID_TOLERANCES }), fault('x509.serial_invalid'));
  });
});

/** A leaf that shows one deviation, and how it then reads. */
const DEVIATIONS: Readonly<Record<Tolerance, Spec>> = {
  algorithm_trailing_bytes: { algorithm: algorithmId(OID.ecdsaSha256, der.null(), der.integer(1)) },
  non_der_boolean: {
    rawExtensions: [
      der.sequence(
        der.oid(OID.certificatePolicies),
        der.raw(0x01, Uint8Array.of(1)),
        der.octets(ext.subjectKey(Uint8Array.of(1)).value),
      ),
    ],
  },
  non_positive_time: {
    validity: der.sequence(der.raw(0x17, Buffer.from('-00101000000Z')), der.utcTime(NOW)),
  },
  negative_serial: { serial: Uint8Array.of(0x80) },
  zero_serial: { serial: Uint8Array.of(0) },
};

describe('tolerances', () => {
  it('take no validity that lacks a time, or whose elements do not end', () => {
    for (const validity of [der.sequence(), der.sequence(der.utcTime(NOW)), der.sequence(Uint8Array.of(0x17, 0x7f))]) {
      const deviant = mintLeaf(root, { validity }).der;
      assert.throws(() => parseCertificate(deviant, { tolerate: ANDROID_TOLERANCES }), FormatError);
    }
  });

  for (const [tolerance, spec] of Object.entries(DEVIATIONS)) {
    it(`${tolerance} is refused unless it is named`, () => {
      const others = ANDROID_TOLERANCES.filter((named) => named !== tolerance);
      const deviant = mintLeaf(root, spec).der;
      assert.throws(() => parseCertificate(deviant), RequestError);
      assert.throws(() => parseCertificate(deviant, { tolerate: others }), RequestError);
      assert.doesNotThrow(() => parseCertificate(deviant, { tolerate: [tolerance as Tolerance] }));
    });
  }

  it('are all of them what the Android list names', () => {
    assert.deepEqual([...ANDROID_TOLERANCES].sort(), Object.keys(DEVIATIONS).sort());
  });
});

describe('hostile bytes', () => {
  const seeds = [
    leaf.der,
    root.der,
    mintLeaf(root, { subject: commonName('x'), rawExtensions: [rawConstraints()] }).der,
  ];

  it('end in a coded error or a certificate, whatever one changes', () => {
    const change = fc.record({ seed: fc.nat(2), at: fc.nat(2000), to: fc.nat(255), cut: fc.nat(40) });
    fc.assert(
      fc.property(change, fc.boolean(), ({ seed, at, to, cut }, tolerant) => {
        const bytes = Uint8Array.from(seeds[seed] ?? leaf.der);
        bytes[at % bytes.length] = to;
        parseOrFault(cut === 0 ? bytes.subarray(0, at % bytes.length) : bytes, tolerant);
      }),
      { numRuns: 3000, seed: 20261121 },
    );
  });

  it('end in a coded error when they are random', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => parseOrFault(bytes, true)),
      { numRuns: 1000, seed: 20261121 },
    );
  });
});

function rawConstraints(): Uint8Array {
  return extensionDer(OID.nameConstraints, ext.nameConstraints([der.raw(0x82, Buffer.from('a.test'))], []));
}

function parseOrFault(bytes: Uint8Array, tolerant: boolean): void {
  try {
    parseCertificate(bytes, tolerant ? { tolerate: ANDROID_TOLERANCES } : {});
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
  }
}
