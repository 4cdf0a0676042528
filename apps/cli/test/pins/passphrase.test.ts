import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { askPassphrase } from '../../src/pins/passphrase.ts';

/** What comes of these keys at a terminal, and what it showed. */
async function typing(keys: string, isTTY = true) {
  const shown: string[] = [];
  const stdin = Object.assign(new PassThrough(), { isTTY });
  const asked = askPassphrase('key.p12', { stdin, stderr: { isTTY, write: (text) => shown.push(text) } });
  stdin.write(keys);
  return { typed: await asked, shown: shown.join('') };
}

describe('the passphrase that is asked for', () => {
  it('is what is typed, and is not shown', async () => {
    assert.deepEqual(await typing('secret\r'), { typed: 'secret', shown: 'passphrase of key.p12: \n' });
  });

  it('is none when whoever is asked ends it', async () => {
    for (const key of ['\x03', '\x04', 'half\x03']) assert.equal((await typing(key)).typed, undefined);
  });

  it('is not asked for where nobody sits', async () => {
    assert.deepEqual(await typing('secret\r', false), { typed: undefined, shown: '' });
  });
});
