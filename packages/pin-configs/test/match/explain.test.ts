import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explain, readDocuments, verdictOf } from '../../src/index.ts';
import { CA, connectionTo, LEAF, OTHER } from '../apple/connection.ts';

const documents = (path: string, text: string) => readDocuments(path, new TextEncoder().encode(text));
const nsc = (pin: string) => `<network-security-config><domain-config><domain>a.example</domain>
  <pin-set><pin digest="SHA-256">${pin}</pin></pin-set></domain-config></network-security-config>`;
const list = (pin: string) => JSON.stringify({ 'a.example': [`sha256/${pin}`] });

describe('explain', () => {
  const ask = (files: ReturnType<typeof documents>, host = 'a.example') =>
    explain(files, connectionTo(host), { targetSdk: 35 });

  it('asks every mechanism, and the worst answer is the app’s', () => {
    const files = [...documents('res/xml/n.xml', nsc(CA)), ...documents('pins.json', list(OTHER))];
    const explained = ask(files);
    assert.deepEqual(
      explained.map(({ mechanism, outcome }) => `${mechanism} ${outcome.answer}`),
      ['nsc connects', 'pin-list refused'],
    );
    assert.equal(verdictOf(explained), 'refused');
  });

  it('weighs a crash more than a refusal', () => {
    const files = [...documents('res/xml/n.xml', nsc('AAAA')), ...documents('pins.json', list(OTHER))];
    assert.equal(verdictOf(ask(files)), 'crashes');
  });

  it('has no answer where nothing decides', () => {
    assert.equal(verdictOf(ask([])), undefined);
  });

  it('takes the target from a manifest before the one that it is told', () => {
    const manifest = `<manifest xmlns:android="http://schemas.android.com/apk/res/android"><uses-sdk android:targetSdkVersion="23"/></manifest>`;
    const files = [
      ...documents('AndroidManifest.xml', manifest),
      ...documents('res/xml/n.xml', '<network-security-config/>'),
    ];
    const [answer] = explain(files, connectionTo('a.example', { anchor: 'user' }), { targetSdk: 35 });
    assert.equal(answer?.outcome.answer, 'connects');
  });

  it('asks React Native’s pins as OkHttp on Android and as TrustKit on iOS', () => {
    const answers = (entry: object, host = 'api.example.org') =>
      ask(documents('assay-pins.json', JSON.stringify({ 'example.org': entry })), host).map(
        ({ mechanism, platform, outcome }) => `${mechanism} ${platform} ${outcome.answer} ${outcome.because}`,
      );
    const both = (android: string, ios = android) => [`react-native android ${android}`, `react-native ios ${ios}`];
    const all = { includeSubdomains: true, publicKeyHashes: [CA, OTHER] };
    assert.deepEqual(answers(all), both('connects pin_matched'));
    assert.deepEqual(answers(all, 'example.org'), both('connects pin_matched'));
    assert.deepEqual(answers({ ...all, includeSubdomains: false }), both('connects unpinned'));
    assert.deepEqual(
      answers({ ...all, publicKeyHashes: [OTHER, LEAF.replace('b', 'c')] }),
      both('refused no_pin_matched'),
    );
    assert.deepEqual(answers({ ...all, expirationDate: '2026-11-20' }), both('connects expired'));
    assert.deepEqual(answers({ ...all, expirationDate: '2026-11-21' }), both('connects pin_matched'));
    const one = { ...all, publicKeyHashes: [CA] };
    assert.deepEqual(answers(one), both('connects pin_matched', 'crashes configuration_invalid'));
  });

  it('asks TrustKit’s dictionary in code', () => {
    const swift = `let c = [kTSKPinnedDomains: ["example.org": [kTSKPublicKeyHashes: ["${OTHER}", "${LEAF.replace('b', 'c')}"]]]]`;
    assert.equal(verdictOf(ask(documents('Pins.swift', swift), 'example.org')), 'refused');
  });

  it('takes <name>_debug.xml for the debug-overrides of a debuggable build, and for nothing else', () => {
    const overrides = `<network-security-config><debug-overrides><trust-anchors>
      <certificates src="user"/></trust-anchors></debug-overrides></network-security-config>`;
    const files = [
      ...documents('src/main/res/xml/n.xml', nsc(OTHER)),
      ...documents('src/debug/res/xml/n_debug.xml', overrides),
    ];
    const answers = (build: 'debug' | 'release') =>
      explain(files, connectionTo('a.example', { anchor: 'user', build }), { targetSdk: 35 }).map(
        ({ file, outcome }) => `${file} ${outcome.answer} ${outcome.because}`,
      );
    assert.deepEqual(answers('debug'), ['src/main/res/xml/n.xml connects overridden']);
    assert.deepEqual(answers('release'), ['src/main/res/xml/n.xml refused untrusted']);
  });
});
