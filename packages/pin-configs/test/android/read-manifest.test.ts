import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { XmlElement } from '@assay/formats';
import { readManifest } from '../../src/android/read-manifest.ts';
import { createPlacer } from '../../src/place.ts';
import { UnreadableFile } from '../../src/unreadable.ts';
import { parseXml } from '../../src/xml/read.ts';

const ANDROID = 'http://schemas.android.com/apk/res/android';

const read = (inner: string) => {
  const text = `<manifest xmlns:android="${ANDROID}" xmlns:tools="http://schemas.android.com/tools" package="p.q">\n${inner}</manifest>`;
  return readManifest('m.xml', parseXml('m.xml', text), createPlacer('m.xml', text));
};

it('reads what an app says of its security, with places', () => {
  const manifest = read(
    '<uses-sdk android:minSdkVersion="24" android:targetSdkVersion="36"/>\n' +
      '<application android:networkSecurityConfig="@xml/n" android:debuggable="true" android:usesCleartextTraffic="false"' +
      ' android:testOnly="false" android:allowBackup="true"/>',
  );
  assert.deepEqual([manifest.package?.text, manifest.minSdk, manifest.targetSdk], ['p.q', 24, 36]);
  assert.deepEqual(manifest.networkSecurityConfig, {
    text: '@xml/n',
    place: { file: 'm.xml', line: 3, column: 45, endLine: 3, endColumn: 51 },
  });
  const { debuggable, usesCleartextTraffic, testOnly, allowBackup } = manifest;
  assert.deepEqual(
    [debuggable, usesCleartextTraffic, testOnly, allowBackup].map((spelled) => spelled?.text),
    ['true', 'false', 'false', 'true'],
  );
});

it('leaves out what is not written, not a number, or not of Android', () => {
  const manifest = read(
    '<uses-sdk android:targetSdkVersion="$target"/><application debuggable="true" tools:testOnly="true"/>',
  );
  assert.deepEqual(Object.keys(manifest).toSorted(), ['package', 'root']);
});

it('goes by the resource id where a binary document has one', () => {
  const at = { line: 0, column: 0 };
  const debuggable = { name: 'debuggable', namespace: 'urn:other', resourceId: 0x0101000f, value: 'true', at };
  const application: XmlElement = { name: 'application', attributes: [debuggable], children: [], text: '', at };
  const manifest = readManifest('m.xml', { name: 'manifest', attributes: [], children: [application], text: '', at });
  assert.equal(manifest.debuggable?.text, 'true');
});

it('refuses another root', () => {
  assert.throws(() => readManifest('m.xml', parseXml('m.xml', '<resources/>')), UnreadableFile);
});
