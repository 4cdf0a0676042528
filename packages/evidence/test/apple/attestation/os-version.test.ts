import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { der, utf8 } from '@assay/formats';
import { parseCertificate } from '@assay/x509';
import { readOperatingSystem } from '../../../src/apple/attestation/os-version.ts';
import { DAY, device, intermediate, NOW } from '../../support/mint-apple.ts';
import { commonName, extension, mintCertificate } from '../../support/mint-certificate.ts';

const leafWith = (...extensions: readonly Uint8Array[]) =>
  parseCertificate(
    mintCertificate({
      subject: commonName('Test key'),
      publicKey: device.publicKey,
      issuer: intermediate,
      serial: 3n,
      notBefore: NOW,
      notAfter: NOW + DAY,
      extensions: [extension('1.2.3', false, der.null()), ...extensions],
    }),
  );

const system = (value: Uint8Array) => extension('1.2.840.113635.100.8.7', false, value);
const text = (tag: number, value: string) => der.explicit(tag, der.octets(utf8(value)));
const UNKNOWN = { version: undefined, build: undefined, family: undefined };

describe('readOperatingSystem', () => {
  it('reads version and build among other tags', () => {
    const value = der.sequence(
      text(1400, '26.2'),
      der.explicit(1104, der.integer(2)),
      text(1403, '23C55'),
      text(1404, ''),
    );
    assert.deepEqual(readOperatingSystem(leafWith(system(value))), {
      ...{ version: '26.2', build: '23C55', family: undefined },
    });
  });

  it('reads a version alone, as iOS 14 writes it', () => {
    assert.deepEqual(readOperatingSystem(leafWith(system(der.sequence(text(1400, '14.2'))))), {
      ...UNKNOWN,
      version: '14.2',
    });
  });

  const families: readonly (readonly [string, string | undefined])[] = [
    ['iphoneos', 'ios'],
    ['macosx', 'macos'],
    ['appletvos', 'tvos'],
    ['watchos', 'watchos'],
    ['xros', 'visionos'],
    ['bridgeos', undefined],
    ['constructor', undefined],
  ];
  for (const [name, family] of families) {
    it(`reads ${name} as ${family ?? 'no family'}`, () => {
      assert.equal(readOperatingSystem(leafWith(system(der.sequence(text(1026, name))))).family, family);
    });
  }

  const unreadable: readonly (readonly [string, Uint8Array])[] = [
    ['no sequence', der.null()],
    ['bytes after the sequence', Uint8Array.of(...der.sequence(), 0)],
    ['another type', der.sequence(der.explicit(1400, der.integer(26)))],
    ['an empty tag', der.sequence(der.explicit(1400))],
    ['text with a line break', der.sequence(text(1400, '26\n2'))],
    ['long text', der.sequence(text(1400, '2'.repeat(33)))],
  ];
  for (const [name, value] of unreadable) {
    it(`knows nothing from ${name}`, () => assert.deepEqual(readOperatingSystem(leafWith(system(value))), UNKNOWN));
  }

  it('knows nothing without the extension', () => assert.deepEqual(readOperatingSystem(leafWith()), UNKNOWN));
});
