import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { createServer, loadConfig } from '@assay/server';
import { loadFormats } from '../src/formats.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../docs/evidence-port.md'), 'utf8');
const EXAMPLE = /^```js\n(.*?)^```/ms.exec(PAGE)?.[1] ?? '';

const dir = mkdtempSync(join(tmpdir(), 'assay-formats-'));
after(() => rmSync(dir, { recursive: true, force: true }));

/** A module in a folder of its own. */
let folders = 0;
function write(source: string, { file = 0o644, folder = 0o755 } = {}): string {
  const place = join(dir, String(folders++));
  mkdirSync(place);
  const path = join(place, 'format.mjs');
  writeFileSync(path, source);
  chmodSync(path, file);
  chmodSync(place, folder);
  return path;
}

/** A link to it, in a folder of its own. */
function linkTo(target: string, folder = 0o755): string {
  const place = join(dir, String(folders++));
  mkdirSync(place);
  const path = join(place, 'format.mjs');
  symlinkSync(target, path);
  chmodSync(place, folder);
  return path;
}

describe('formats of an operator’s own', () => {
  it('are loaded by their roles', async () => {
    const other = EXAMPLE.replaceAll('acme-badge', 'acme-pass').replaceAll('x_acme_badge', 'x_acme_pass');
    // Its vectors are signed for another type of token.
    const formats = await loadFormats([write(EXAMPLE), write(other.replaceAll('acme-pass+jwt', 'acme-badge+jwt'))]);
    assert.deepEqual([...formats.keys()], ['x-acme-badge', 'x-acme-pass']);
  });

  it('are none unless some are named', async () => assert.equal((await loadFormats([])).size, 0));

  const refused: readonly (readonly [string, string, () => string[]])[] = [
    ['a module that fails a vector', 'port.vectors_failed', () => [write(EXAMPLE.replace('120_000', '1e12'))]],
    [
      'a module that checks no signature',
      'port.vectors_failed',
      () => [write(EXAMPLE.replace('isSignedEs256(jws, key)', 'true'))],
    ],
    [
      'a module without anchors',
      'port.format_invalid',
      () => [write(EXAMPLE.replace(/anchors: \[.*\]/, 'anchors: []'))],
    ],
    ['a module without a format', 'port.module_invalid', () => [write('export const a = 1;')]],
    ['no module', 'server.format_unreadable', () => [join(dir, 'nowhere.mjs')]],
    ['a module that does not parse', 'server.format_unreadable', () => [write('export default {')]],
    ['a module that throws', 'server.format_unreadable', () => [write('throw new Error("no")')]],
    ['one role twice', 'server.format_twice', () => [write(EXAMPLE), write(EXAMPLE)]],
    ['a module that others may write', 'server.format_writable_by_others', () => [write(EXAMPLE, { file: 0o666 })]],
    ['a module whose group may write', 'server.format_writable_by_others', () => [write(EXAMPLE, { file: 0o664 })]],
    ['a folder that others may write', 'server.format_writable_by_others', () => [write(EXAMPLE, { folder: 0o777 })]],
    [
      'a link into a folder that others may write',
      'server.format_writable_by_others',
      () => [linkTo(write(EXAMPLE, { folder: 0o777 }))],
    ],
    [
      'a link out of a folder that others may write',
      'server.format_writable_by_others',
      () => [linkTo(write(EXAMPLE), 0o777)],
    ],
    ['a link to nothing', 'server.format_unreadable', () => [linkTo(join(dir, 'nowhere.mjs'))]],
  ];
  for (const [name, code, paths] of refused) {
    it(`stop a start: ${name}`, { skip: code.includes('writable') && process.platform === 'win32' }, async () => {
      await assert.rejects(loadFormats(paths()), { code, family: 'config' });
    });
  }

  it('may lie in a folder that others share, where they cannot take it away', async () => {
    assert.equal((await loadFormats([write(EXAMPLE, { folder: 0o1777 })])).size, 1);
  });
});

describe('a server', () => {
  it('appraises by the formats and vendors that its settings name', async () => {
    const [data, secretFile] = [join(dir, 'data'), join(dir, 'secret')];
    const vendorsFile = join(dir, 'vendors.json');
    writeFileSync(secretFile, '0x4AAA-secret', { mode: 0o600 });
    const captcha = { provider: 'turnstile', secretFile: 'secret' };
    writeFileSync(vendorsFile, JSON.stringify({ captcha }), { mode: 0o600 });
    const settings = {
      ...{ origin: 'http://127.0.0.1:1', data, logLevel: 'silent', trustRefresh: 'off', vendorsFile },
      ...{ environments: [{ name: 'dev', kind: 'development' }], formats: [write(EXAMPLE)] },
    };
    const { service, stop } = await createServer(loadConfig(settings, {}, {}), { clock: Date.now, talk: () => {} });
    try {
      assert.ok(service.formats.has('x-acme-badge'));
      assert.equal(service.reasons.get('x_acme_badge.stale')?.family, 'evidence');
      assert.equal(service.vendors.captcha?.provider, 'turnstile');
    } finally {
      await stop();
    }
  });
});
