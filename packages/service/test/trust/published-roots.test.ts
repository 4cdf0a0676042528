import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { GOOGLE_HARDWARE_ANCHORS, loadAppleTrust, loadGoogleHardwareAnchors } from '@assay/evidence';
import { toPem, utf8 } from '@assay/formats';
import { createSeededRandom, createTestRoots } from '@assay/virtual-devices';
import { describeVectors } from '../../../../tools/vectors.ts';
import { compareRoots, isFit, parseRoots } from '../../src/trust/published-roots.ts';
import { readStatusCopy } from '../../src/trust/sources.ts';

const SOURCE = 'https://example.com/root';
const google = loadGoogleHardwareAnchors();
const pems = GOOGLE_HARDWARE_ANCHORS.map(({ pem }) => pem);
const [stranger = ''] = createTestRoots(createSeededRandom(utf8('roots'))).anchors.android.map(({ pem }) => pem);
const parse = (list: unknown) => parseRoots('jsonOfPem', JSON.stringify(list), SOURCE);

describe('published roots', () => {
  it('are read in each of their forms', () => {
    const [apple] = loadAppleTrust().attestation;
    assert.ok(apple?.certificate !== undefined);
    const { der } = apple.certificate;
    const pem = toPem(der, 'CERTIFICATE');
    for (const [form, text] of [
      ['pem', pem],
      ['der', pem],
      ['jsonOfPem', JSON.stringify([pem])],
    ] as const) {
      const [root, ...others] = parseRoots(form, text, SOURCE);
      assert.deepEqual([root?.anchor?.spki, others.length], [apple.spki, 0]);
    }
  });

  it('are known by their keys', () => {
    const published = parse(pems);
    assert.deepEqual(compareRoots(google, published), { unknown: [], withdrawn: [] });
  });

  it('are news when their key is, and when one is missing', () => {
    const { unknown, withdrawn } = compareRoots(google, parse([pems[0], stranger]));
    assert.deepEqual(withdrawn, [google[1]?.id]);
    assert.equal(unknown.length, 1);
    assert.ok(unknown[0] !== undefined && isFit(unknown[0]));
    assert.match(unknown[0].sha256, /^[0-9a-f]{64}$/);
  });

  it('are news, and fit for nothing, when they are no roots that can be verified', () => {
    const body = stranger.split('\n').slice(1, -2).join('');
    const der = Buffer.from(body, 'base64');
    der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
    for (const bytes of [der, Uint8Array.of(1, 2, 3)]) {
      const [root, ...others] = compareRoots(google, parse([...pems, toPem(bytes, 'CERTIFICATE')])).unknown;
      assert.ok(root !== undefined && others.length === 0);
      assert.equal(root.anchor, undefined);
      assert.equal(isFit(root), false);
    }
  });

  const malformed: Readonly<Record<string, unknown>> = {
    'no list': { roots: pems },
    'an empty list': [],
    'a list of something else': [1],
    'a list with a text that is no PEM': [pems[0], 'x'],
    'more roots than anybody has': Array(65).fill(pems[0]),
  };
  for (const [name, list] of Object.entries(malformed)) {
    it(`are not ${name}`, () => {
      assert.throws(() => parse(list), { code: /^(service\.trust_malformed|json\.|pem\.)/ });
    });
  }
});

describeVectors('roots as vendors published them', (dir) => {
  const folder = join(dir, 'attestation/roots');
  const read = (file: string) => parseRoots('pem', readFileSync(join(folder, file), 'utf8'), SOURCE);
  const files = readdirSync(folder).filter((file) => file.endsWith('.pem'));

  it('are read, every one of them, and fit for an anchor unless their key is short', () => {
    assert.ok(files.flatMap(read).every(({ anchor }) => anchor !== undefined));
    const unfit = files.filter((file) => !read(file).every(isFit));
    assert.deepEqual(unfit, ['google_SOFTWARE_rsa.pem'], 'RSA with 1024 bits');
  });

  it('are no news in any of the certificates that one key had', () => {
    const published = files.filter((file) => file.startsWith('google_hw_')).flatMap(read);
    assert.ok(published.length >= 5);
    assert.deepEqual(compareRoots(google, published), { unknown: [], withdrawn: [] });
  });

  it('are news where they are those of emulators', () => {
    assert.equal(compareRoots(google, read('google_SOFTWARE_ec.pem')).unknown.length, 1);
  });

  it('stand beside a status list that is read whole', () => {
    const text = readFileSync(join(dir, 'attestation/android/status/status-list-2025-01.json'), 'utf8');
    assert.equal(readStatusCopy(text).list.entries.size, 467);
  });
});
