/** App Attest beyond the iPhone app: other systems of Apple, app extensions, app clips, iOS apps on a Mac. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { provenValue } from '@assay/core';
import { der, utf8 } from '@assay/formats';
import { describeVectors } from '../../../../tools/vectors.ts';
import { verifyAppAttestAttestation } from '../../src/index.ts';
import { type AttestationVector, attest, readFolder } from '../support/apple-vectors.ts';
import { APP_ID, type AttestationSpec, launchMap, mintAttestation } from '../support/mint-apple.ts';
import { extension, LEAF_EXTENSIONS } from '../support/mint-certificate.ts';

const ACL = '1.2.840.113635.100.8.6';
const system = (family: string) =>
  extension(
    '1.2.840.113635.100.8.7',
    false,
    der.sequence(der.explicit(1400, der.octets(utf8('27.0'))), der.explicit(1026, der.octets(utf8(family)))),
  );
/** As genuine certificates carry it since iOS 26: [3] with a blob that says who may use the key. */
const acl = (critical: boolean) =>
  extension(ACL, critical, der.sequence(der.explicit(3, der.octets(der.set(der.utf8('okd'))))));

function attestOn(changes: Partial<AttestationSpec>, appIds: readonly string[] = [APP_ID]) {
  const { input, context } = mintAttestation(changes);
  return verifyAppAttestAttestation({ ...input, appIds }, context);
}

describe('App Attest on every system of Apple', () => {
  const rows: readonly (readonly [name: string, family: string])[] = [
    ['iphoneos', 'ios'],
    ['macosx', 'macos'],
    ['appletvos', 'tvos'],
    ['watchos', 'watchos'],
    ['xros', 'visionos'],
  ];
  for (const [name, family] of rows) {
    it(`${name}: platform ios, family ${family}`, () => {
      const result = attestOn({ leafExtensions: [...LEAF_EXTENSIONS, acl(false), system(name)] });
      assert.equal(result.outcome, 'verified');
      assert.equal(provenValue(result.facts.platform), 'ios');
      assert.equal(provenValue(result.facts.device.osFamily), family);
      assert.equal(provenValue(result.facts.device.osVersion), '27.0');
    });
  }

  it('leaves the family absent where the certificate does not say it', () => {
    const result = attestOn({ leafExtensions: LEAF_EXTENSIONS });
    assert.equal(result.outcome === 'verified' && result.facts.device.osFamily.known, 'absent');
  });

  it('passes over the access control blob, and refuses it once it is critical', () => {
    assert.equal(attestOn({ leafExtensions: [...LEAF_EXTENSIONS, acl(false)] }).outcome, 'verified');
    const refused = attestOn({ leafExtensions: [...LEAF_EXTENSIONS, acl(true)] });
    assert.equal(refused.outcome === 'rejected' && refused.error.code, 'x509.critical_extension_unknown');
  });

  it('a Mac app by Developer ID says so in its category', () => {
    const result = attestOn({ extensions: launchMap(Uint8Array.of(6, 0, 0, 0), '12') });
    assert.equal(result.outcome === 'verified' && provenValue(result.facts.app.category), 'developer_id');
  });
});

describe('App Attest of extensions and app clips', () => {
  const FAMILY = [APP_ID, `${APP_ID}.share`, `${APP_ID}.Clip`, `${APP_ID}.watchkitapp`];
  for (const appId of FAMILY) {
    it(`${appId} attests under its own App ID`, () => {
      const result = attestOn({ appId }, FAMILY);
      assert.equal(result.outcome === 'verified' && provenValue(result.facts.app.id), appId);
    });
  }

  it('an extension that is not registered is another app', () => {
    const result = attestOn({ appId: `${APP_ID}.keyboard` }, FAMILY);
    assert.equal(result.outcome === 'rejected' && result.error.code, 'apple.app_id_mismatch');
  });
});

describeVectors('the family in genuine certificates', (dir) => {
  const vectors = readFolder<AttestationVector>(dir, 'apple/attestations');
  const familyOf = (vector: AttestationVector) => {
    const result = attest(vector);
    assert.equal(result.outcome, 'verified');
    return provenValue(result.facts.device.osFamily);
  };

  it('is ios or absent, and said by systems from iOS 18 on', () => {
    const said = vectors.filter((vector) => familyOf(vector) === 'ios').map(({ id }) => id);
    assert.deepEqual(
      said.sort(),
      ['apple-guide-2024-ios18', 'apple-guide-2026-ios27', 'appattestdecoder-2026-01'].sort(),
    );
    for (const vector of vectors) assert.ok(['ios', undefined].includes(familyOf(vector)), vector.id);
  });
});
