import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explain, readDocuments, verdictOf } from '../../src/index.ts';
import { CA, connectionTo, OTHER } from '../apple/connection.ts';

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
});
