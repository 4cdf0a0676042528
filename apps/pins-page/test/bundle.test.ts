import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { pinsPage } from '@assay/pins-page';
import { MAX_PAGE_BYTES } from '../src/bundle.ts';

const digestOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('the bundled page', () => {
  let page: string;
  before(async () => {
    page = await pinsPage();
  });

  it('keeps to its size', () =>
    assert.ok(Buffer.byteLength(page) <= MAX_PAGE_BYTES, `${Buffer.byteLength(page)} bytes`));

  it('has one script and one style, allowed by their digests, and a policy that allows nothing else', () => {
    const [, script = '', ...scripts] = page
      .split(/<script>|<\/script>/)
      .filter((_, index) => index < 2 || index % 2 === 1);
    const [style = ''] = /(?<=<style>)[\s\S]*?(?=<\/style>)/.exec(page) ?? [];
    const [policy = ''] = /(?<=http-equiv="Content-Security-Policy" content=")[^"]*/.exec(page) ?? [];
    assert.deepEqual(scripts, []);
    assert.deepEqual(policy.split('; '), [
      "default-src 'none'",
      `script-src ${digestOf(script)}`,
      `style-src ${digestOf(style)}`,
      'img-src data:',
      'worker-src blob:',
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it('names nothing outside of itself', () => {
    const markup = page.replace(/<(script|style)>[\s\S]*?<\/\1>/g, '');
    const addresses = markup.match(/\b(?:src|href|action)="[^"]*/g) ?? [];
    assert.ok(
      addresses.every((address) => address.startsWith('href="data:')),
      addresses.join(),
    );
  });
});
