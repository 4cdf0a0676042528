import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { readDocuments } from '@assay/pin-configs';
import { pinsPage } from '@assay/pins-page';
import { launchBrowser, openPage, type Page, textOf, type Watched } from '../../../tools/browser/browser.ts';
import { contrastFaults } from '../../../tools/browser/contrast.ts';
import { EXAMPLE } from '../src/analysis/example.ts';

const [CHAIN = '', REQUEST = '', NSC = ''] = EXAMPLE.map(({ text }) => text);
const HOSTILE = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>\u202Eetsop`;

/** The page over HTTP, as `assay up` serves it, with a note of everything that is asked for. */
async function servePage(): Promise<{ server: Server; url: string; asked: string[] }> {
  const page = await pinsPage();
  const asked: string[] = [];
  const server = createServer(({ url }, response) => {
    asked.push(url ?? '');
    response.setHeader('content-type', 'text/html; charset=utf-8').end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return { server, url: `http://127.0.0.1:${address.port}/pins/`, asked };
}

describe('the pins page, in a browser', () => {
  let browser: Awaited<ReturnType<typeof launchBrowser>>;
  let served: Awaited<ReturnType<typeof servePage>>;
  let watched: Watched;
  let page: Page;

  before(async () => {
    [browser, served] = await Promise.all([launchBrowser(), servePage()]);
    watched = await openPage(browser, served.url);
    page = watched.page;
    await page.evaluate(`document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      (window.violations ??= []).push(effectiveDirective);
    })`);
  });
  after(async () => {
    await browser.close();
    served.server.closeAllConnections();
    served.server.close();
  });

  const shows = (selector: string, text: string) => page.locator(selector).filter({ hasText: text }).first().waitFor();
  const write = async (text: string) => {
    if ((await page.locator('#text').inputValue()) !== '') await page.locator('[aria-label="Add a file"]').click();
    await page.locator('#text').fill(text);
  };
  const open = (name: string, buffer: Buffer) =>
    page.locator('#choose').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  const clear = async () => {
    for (let left = 10; left > 0 && (await page.locator('#text').inputValue()) !== ''; left -= 1) {
      await page.locator('#remove').click();
    }
  };

  it('says what it does and that nothing leaves it', async () => {
    await shows('.private', 'What you paste stays in this page.');
    assert.match(await textOf(page.locator('#welcome')), /checked by \d\d+ rules/);
    assert.equal(await page.locator('#lint-panel').isVisible(), false);
  });

  it('shows the pins of a pasted chain with role and end, and the policy to keep', async () => {
    await write(CHAIN);
    await shows('#keys .key', 'intermediate');
    await shows('#keys .validity', 'until 20');
    await shows('#policy-hint', 'No backup yet');
    await write(REQUEST);
    await shows('#keys .key', 'request');
    await shows('#policy pre', 'role: backup');
    assert.equal((await textOf(page.locator('#policy pre'))).split('\n').length, 6);
    assert.equal(await page.locator('#policy-hint').isVisible(), false);
  });

  it('shows findings with excerpt, reasons and fix', async () => {
    await write(NSC);
    await shows('.finding', 'P001');
    assert.equal(await page.locator('#name').inputValue(), 'res/xml/network_security_config.xml');
    const single = page.locator('.finding').filter({ hasText: 'P001' }).first();
    const text = await textOf(single);
    assert.match(text, /example\.com<\/domain>\s+\^+/);
    assert.match(text, /Fix Add/);
    await shows('#answer', 'Yes, it connects');
    await single.locator('summary').click();
    await page.locator('#sdk').fill('34');
    await page.locator('body:not([data-busy])').waitFor();
    assert.match(await textOf(single.locator('dl')), /Attackers gain\s+\S[\s\S]*Locked out\s+\S/);
    assert.equal(await single.locator('dl').isVisible(), true, 'what a reader has opened stays open');
  });

  it('answers whether the app would connect, for a host and a day', async () => {
    await shows('#answer', 'Yes, it connects');
    assert.equal(await page.locator('#host').inputValue(), 'api.example.com');
    await page.locator('#at').fill('2027-06-01');
    await shows('#answer', 'the pins have expired');
    await page.locator('#anchor').selectOption('user');
    await shows('#answer', '');
    await page.locator('#host').fill('other.test');
    await shows('#answer', 'nothing is pinned for this host');
  });

  it('writes configurations that are read back', async () => {
    await page.locator('#policy button').nth(1).click();
    await page.locator('#target').selectOption('android-nsc');
    await shows('#written pre', 'network-security-config');
    const written = await textOf(page.locator('#written figure pre').first());
    const [document] = readDocuments('network_security_config.xml', new TextEncoder().encode(written));
    const pins = document?.pinned.flatMap((host) => host.pins.map(({ text }) => text)) ?? [];
    const policy = await textOf(page.locator('#policy pre'));
    assert.equal(pins.length, 2);
    for (const pin of pins) assert.ok(policy.includes(pin), pin);
    await page.locator('#target').selectOption('okhttp-kotlin');
    await shows('#written pre', 'CertificatePinner');
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [width, height] of [
      [1280, 900],
      [390, 844],
    ] as const) {
      it(`is legible: ${colorScheme}, ${width} wide`, async () => {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height });
        assert.deepEqual(await contrastFaults(page), []);
        assert.ok((await page.evaluate<number>('document.documentElement.scrollWidth')) <= width, 'scrolls sideways');
      });
    }
  }

  it('has a name for every control', async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    const nameless = await page.evaluate<string[]>(`[...document.querySelectorAll('button, input, select, textarea')]
      .filter((control) => !(control.labels?.length || control.getAttribute('aria-label') || control.textContent.trim()))
      .map((control) => control.outerHTML)`);
    assert.deepEqual(nameless, []);
  });

  it('is worked by keyboard', async () => {
    await page.locator('#text').focus();
    await page.keyboard.press('Shift+Tab');
    assert.equal(await page.evaluate('document.activeElement.id'), 'remove');
    assert.equal(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle'), 'solid');
    const before = await page.locator('#sheets li').count();
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('#sheets li').count(), before - 1);
    assert.equal(await page.evaluate('document.activeElement.id'), 'text');
  });

  it('reads files of several platforms, a binary one too', async () => {
    await clear();
    await open('Info.plist', Buffer.from('bplist00\xff', 'latin1'));
    await page.locator('#state[data-fault="true"]').waitFor();
    assert.notEqual(await textOf(page.locator('#state')), '');
    await clear();
    await open(
      'Net.kt',
      Buffer.from('val p = CertificatePinner.Builder().add("a.example.com", "sha256/AAAA").build()'),
    );
    await shows('.finding', 'Net.kt:1');
    await clear();
  });

  it('refuses a private key loudly and keeps nothing of it', async () => {
    const key = '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----';
    await page.locator('#text').fill(key);
    await shows('#alarm', 'That was a private key.');
    assert.equal(await page.locator('#text').inputValue(), '');
    await page.locator('#text').fill('version: 1');
    assert.equal(await page.locator('#alarm').isVisible(), false);
    await open('server.key', Buffer.from(key));
    await shows('#alarm', 'That was a private key.');
    const paste = `(() => {
      const data = new DataTransfer();
      data.setData('text/plain', ${JSON.stringify(key)});
      const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
      return document.getElementById('text').dispatchEvent(event);
    })()`;
    assert.equal(await page.evaluate(paste), false);
    const everything = await page.evaluate<string>(
      'document.documentElement.outerHTML + [...document.querySelectorAll("input, textarea")].map(({ value }) => value)',
    );
    assert.ok(!everything.includes('c2VjcmV0'));
    await clear();
  });

  it('shows hostile text as text, wherever it stands', async () => {
    await write(NSC.replace('example.com', HOSTILE.replaceAll('<', '&lt;')));
    await page.locator('#name').fill(`${HOSTILE}.xml`);
    await page.locator('.finding').first().waitFor();
    const text = await textOf(page.locator('main'));
    assert.ok(text.includes('<img src=x onerror=') && text.includes('\\u{202e}'));
    assert.equal(await page.locator('main img, main script').count(), 0);
    assert.equal(await page.evaluate('document.title'), 'Assay pins');
    await clear();
  });

  it('stays at work under a megabyte of anything', async () => {
    const million = 1_000_000;
    const pastes: readonly (readonly [string, string])[] = [
      ['deep.xml', `<network-security-config>${'<domain-config>'.repeat(million / 16)}`],
      ['long.kt', `val x = CertificatePinner.Builder()${'.add("'.repeat(million / 6)}`],
      ['open.yaml/assay.pins.yaml', `version: 1\n${'['.repeat(million)}`],
      ['many.pem', '-----BEGIN CERTIFICATE-----'.repeat(million / 27)],
    ];
    for (const [name, text] of pastes) {
      await open(name.replaceAll('/', '_'), Buffer.from(text));
      await page.evaluate('new Promise((resolve) => setTimeout(resolve, 200))');
      await page.evaluate('new Promise((resolve) => requestAnimationFrame(resolve))');
      await clear();
    }
    await write(NSC);
    await shows('.finding', 'P001');
    await open('large.json', Buffer.alloc(1_100_000, 0x20));
    await shows('#alarm', 'larger than 1 MiB');
  });

  it('broke no rule of its policy, had no fault, and asked nobody for anything', async () => {
    assert.equal(await page.evaluate('window.violations'), undefined);
    assert.deepEqual(watched.faults, []);
    assert.deepEqual(served.asked, ['/pins/']);
    assert.deepEqual(
      [...watched.origins].filter((origin) => origin !== 'null'),
      [new URL(served.url).origin],
    );
  });

  it('may not connect to anything', async () => {
    assert.equal(await page.evaluate(`fetch('/x').then(() => 'sent', () => 'kept')`), 'kept');
    assert.deepEqual(served.asked, ['/pins/']);
  });
});
