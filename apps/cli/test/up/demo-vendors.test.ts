import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createTestRoots } from '@assay/virtual-devices';
import { createDemoVendors, SHOP_HOST, vendorNetwork, writeVendors } from '../../src/up/demo-vendors.ts';
import { random } from '../../src/up/random.ts';
import { createFolder } from '../support/assay.ts';

const TURNSTILE = 'https://challenges.cloudflare.com/turnstile/v0/siteverify';

describe("the demo's vendors", () => {
  const vendors = createDemoVendors();
  const network = vendorNetwork(vendors);

  async function verified(response: string) {
    const body = new URLSearchParams({ secret: 's', response });
    const answer = await network(new Request(TURNSTILE, { method: 'POST', body }));
    return (await answer.json()) as { success: boolean; hostname?: string; cdata?: string };
  }

  it('redeem a captcha once, with its host and what it is bound to', async () => {
    const token = vendors.captcha.solve('a binding');
    const { success, hostname, cdata } = await verified(token);
    assert.deepEqual([success, hostname, cdata], [true, SHOP_HOST, 'a binding']);
    assert.equal((await verified(token)).success, false);
    assert.equal((await verified('made up')).success, false);
  });

  it('say of a captcha of another site on which host it was solved', async () => {
    const { success, hostname } = await verified(vendors.captchaElsewhere.solve('a binding'));
    assert.deepEqual([success, hostname], [true, 'shop.example.net']);
  });

  it('ask nobody in the world', async () => {
    await assert.rejects(network(new Request('https://playintegrity.googleapis.com/v1/x')), TypeError);
  });

  it('keep their keys in files that nobody else may read', () => {
    const data = createFolder();
    writeVendors(data, createTestRoots(random));
    for (const name of ['vendors.json', 'play-decryption-key', 'captcha-secret'])
      assert.equal(statSync(join(data, name)).mode & 0o077, 0, name);
  });
});
