import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';
import { createLab } from '@assay/mitm';
import { toMobileConfig, toNowPage, toPac, toPage } from '../../../src/mitm/phone/texts.ts';

const { authority } = createLab({ clock: Date.now, hosts: ['api.assay.test'] });

describe('the proxy configuration', () => {
  const script = toPac(['api.example.com', 'cdn.example.com'], '192.0.2.7:8877');
  const asked = (host: string): string =>
    runInNewContext(`${script}; FindProxyForURL('https://x/', ${JSON.stringify(host)})`);

  it('sends named hosts through the proxy, and nothing else', () => {
    assert.equal(asked('api.example.com'), 'PROXY 192.0.2.7:8877');
    assert.equal(asked('CDN.example.com'), 'PROXY 192.0.2.7:8877');
    for (const host of ['example.com', 'x.api.example.com', 'api.example.com.evil.example', '']) {
      assert.equal(asked(host), 'DIRECT', host);
    }
  });

  it('is data, whatever a host is called', () => {
    assert.equal(runInNewContext(`${toPac(['"]; throw 1; //'], 'p:1')}; FindProxyForURL('', 'a')`), 'DIRECT');
  });
});

describe('the profile for Apple’s systems', () => {
  it('holds the authority alone, and is the same for the same one', () => {
    const text = toMobileConfig(authority.pem);
    const [, data = ''] = /<data>([^<]+)<\/data>/.exec(text) ?? [];
    assert.ok(new X509Certificate(Buffer.from(data, 'base64')).raw.equals(authority.certificate));
    assert.equal(text, toMobileConfig(authority.pem));
    assert.deepEqual(text.match(/<string>com\.apple\.[^<]+/g), ['<string>com.apple.security.root']);
    const ids = [...text.matchAll(/[0-9A-F]{8}-[0-9A-F]{4}-8[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}/g)].map(String);
    assert.equal(new Set(ids).size, 2);
  });
});

describe('the pages', () => {
  it('show text as text', () => {
    const hostile = '<script>alert(1)</script>"&';
    const pages = [
      toPage({ hosts: [hostile], proxy: 'p:1', setup: 'p:2', untrusted: false }),
      toNowPage({ heading: hostile, ask: hostile, done: [hostile] }),
    ];
    for (const page of pages) {
      assert.ok(!page.includes('<script'));
      assert.ok(page.includes('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&amp;'));
    }
  });

  it('ask an app that is tested as shipped to trust nothing', () => {
    const page = toPage({ hosts: ['a.example'], proxy: 'p:8877', setup: 'p:8878', untrusted: true });
    assert.ok(page.includes('Install nothing') && !page.includes('CA certificate'));
    assert.ok(page.includes('adb reverse tcp:8877 tcp:8877'));
  });
});
