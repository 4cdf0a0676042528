import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANDROID_NAMESPACE } from '@assay/formats/artifacts';
import { attributeName, knownAttribute } from '../../src/android/attributes.ts';

describe('the names of attributes', () => {
  it('are those of Android by their id, whatever the document says', () => {
    const debuggable = { name: 'debuggable', namespace: ANDROID_NAMESPACE, resourceId: 0x0101000f };
    assert.deepEqual(attributeName(0x0101000f, 'debuggable', ANDROID_NAMESPACE), debuggable);
    assert.deepEqual(attributeName(0x0101000f, '', undefined), debuggable);
    assert.deepEqual(attributeName(0x0101000f, 'harmless', 'urn:x'), debuggable);
  });

  it('are as written without an id, or with one that is not known', () => {
    assert.deepEqual(attributeName(undefined, 'src', undefined), { name: 'src' });
    assert.deepEqual(attributeName(undefined, 'src', ''), { name: 'src' });
    assert.deepEqual(attributeName(0x7f010000, 'a', 'urn:x'), {
      name: 'a',
      namespace: 'urn:x',
      resourceId: 0x7f010000,
    });
  });

  it('have the ids that Android published', () => {
    const ids = {
      name: 0x01010003,
      debuggable: 0x0101000f,
      exported: 0x01010010,
      minSdkVersion: 0x0101020c,
      targetSdkVersion: 0x01010270,
      testOnly: 0x01010272,
      allowBackup: 0x01010280,
      extractNativeLibs: 0x010104ea,
      usesCleartextTraffic: 0x010104ec,
      networkSecurityConfig: 0x01010527,
    };
    for (const [name, id] of Object.entries(ids)) assert.equal(knownAttribute(id)?.name, name);
    assert.equal(knownAttribute(undefined), undefined);
  });
});
