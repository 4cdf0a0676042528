import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  type Locator,
  launchBrowser,
  openPage,
  type Page,
  textOf,
  type Watched,
} from '../../../../tools/browser/browser.ts';
import { contrastFaults } from '../../../../tools/browser/contrast.ts';
import type { FeedItem } from '../../src/live/feed.ts';
import { type LiveServer, startServer } from './server.ts';

const CALL: FeedItem = {
  ...{ at: Date.now(), kind: 'call', outcome: 'refused', headline: 'API call blocked', subject: 'demo API' },
  ...{ code: 'middleware.token_missing', why: 'No token.', steps: [] },
};

/** Would run, would break a row, or would turn what follows it around, were it anything but text. */
const HOSTILE = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>\u202Eetsop\u001B[31m`;

const MARK = { name: HOSTILE, text: HOSTILE, loud: HOSTILE };

describe('the live page, in a browser', () => {
  let browser: Awaited<ReturnType<typeof launchBrowser>>;
  let server: LiveServer;
  let watched: Watched;
  let page: Page;

  before(async () => {
    [browser, server] = await Promise.all([launchBrowser(), startServer()]);
    watched = await openPage(browser, server.url);
    page = watched.page;
  });
  after(async () => {
    await browser.close();
    await server.stop();
  });

  const rows = (outcome?: string): Locator =>
    page.locator(outcome === undefined ? '#feed .item' : `#feed .item[data-outcome="${outcome}"]`);
  const shows = (selector: string, text: string) => page.locator(selector).filter({ hasText: text }).first().waitFor();

  it('says that nothing has happened yet, and where it is', async () => {
    await shows('#link', 'live');
    await shows('#feed', 'Waiting for the first phone.');
    await shows('#notice', 'the phones below are virtual');
    await shows('#issuer', '/t/main/e/dev');
    assert.match(await textOf(page.locator('#clock')), /^\d\d:\d\d:\d\d$/);
    assert.equal(await page.locator('.genuine').isVisible(), false);
  });

  it('shows a genuine phone that passes and forged ones with what was expected and what was found', async () => {
    await server.enrol();
    await server.enrol('other-signer');
    await server.enrol('unlocked-bootloader');
    await rows('pass').first().waitFor();
    const refused = rows('refused').filter({ hasText: 'android.signer_mismatch' }).first();
    await refused.locator('summary').click();
    const text = await textOf(refused);
    assert.match(text, /step\s+android-key\.app_identity/);
    assert.match(text, /clause\s+Android, Key and ID attestation/);
    assert.match(text, /expected\s+(?:ab){32}/);
    assert.match(text, /found\s+(?:ee){32}/);
    assert.match(text, /Next: /);
    assert.match(text, /support code [0-9A-Z]{5}-/);
    assert.match(text, /✕ fails/);
    await refused.locator('summary').click();
    const byPolicy = rows('refused').filter({ hasText: 'policy.bootloader_unlocked' }).first();
    await byPolicy.locator('summary').click();
    assert.match(await textOf(byPolicy), /expected\s+device\.locked\s+found\s+device\.locked = false \(proven\)/);
    await byPolicy.locator('summary').click();
    assert.equal(await textOf(page.locator('#passed')), '1');
    assert.equal(await textOf(page.locator('#refused')), '2');
    await shows('#reasons', 'android.signer_mismatch');
  });

  it('draws passes above the line and refusals below it, and says so in words', async () => {
    await page.locator('#chart .refuse').first().waitFor({ state: 'attached' });
    assert.match((await page.locator('#chart').getAttribute('aria-label')) ?? '', /1 passed, 2 refused/);
    const places = `(name) => [...document.querySelectorAll('#chart ' + name)].filter((bar) => bar.getAttribute('height') > 0).map((bar) => Number(bar.getAttribute('y')) < 60)`;
    assert.deepEqual(
      await page.evaluate(`[(${places})('.pass').every(Boolean), (${places})('.refuse').some(Boolean)]`),
      [true, false],
    );
  });

  it('shows what each phone of a demo came to, once, with the trace that the server has', async () => {
    const phone = (outcome: FeedItem['outcome'], headline: string, subject: string) =>
      server.live?.push({ ...CALL, kind: 'phone', outcome, headline, subject, code: '' });
    phone('pass', 'Test Phone A1', 'GET /v1/balance 200');
    phone('pass', 'Test Phone A1', 'GET /v1/balance 200 · secret maps');
    phone('refused', 'Repackaged app', 'Signed by another certificate.');
    await shows('#genuine', 'secret maps');
    await shows('#forged', 'Repackaged app');
    assert.equal(await page.locator('#genuine .item').count(), 1);
  });

  it('shows what a pass is worth, and what the outcome alone would hide', async () => {
    const marks = [
      { name: 'tier', text: 'contraindicated' },
      { name: 'assurance', text: 'none' },
      { name: 'let through', text: 'monitor', loud: 'let through although refused: monitor' },
      { name: 'annotations', text: 'channel = store' },
    ];
    server.live?.push({ ...CALL, kind: 'phone', outcome: 'pass', headline: 'Rooted, and let in', marks });
    const row = page.locator('#genuine .item').filter({ hasText: 'Rooted, and let in' });
    await row.waitFor();
    const badges = `[...document.querySelectorAll('#genuine [data-mark]')].map((each) => each.textContent)`;
    const shown = ['assurance none', 'let through although refused: monitor'];
    assert.deepEqual(await page.evaluate(badges), shown);
    await row.locator('summary').click();
    assert.match(await textOf(row.locator('.marks')), /tier\s+contraindicated[\s\S]*annotations\s+channel = store/);
    await row.locator('summary').click();
    const judged = rows('pass').first();
    await judged.locator('summary').click();
    assert.match(await textOf(judged.locator('.marks')), /assurance\s+high\s+policy\s+strict@1\s+roll-out\s+enforce/);
    await judged.locator('summary').click();
  });

  it('filters by outcome', async () => {
    await page.locator('[data-show="pass"][type]').click();
    assert.equal(await rows('pass').first().isVisible(), true);
    assert.equal(await rows('refused').first().isVisible(), false);
    await page.locator('[data-show="refused"][type]').click();
    assert.equal(await rows('pass').first().isVisible(), false);
    assert.equal(await page.locator('[data-show="refused"][type]').getAttribute('aria-pressed'), 'true');
    await page.locator('[data-show="all"][type]').click();
    assert.equal(await rows('pass').first().isVisible(), true);
  });

  it('holds still when asked and while a row is open, and catches up afterwards', async () => {
    const held = await rows().count();
    await page.locator('#hold').click();
    server.live?.push(CALL);
    await shows('#waiting', '1 more waiting');
    assert.equal(await rows().count(), held);
    await page.locator('#hold').click();
    await rows().nth(held).waitFor({ state: 'attached' });
    const open = rows('refused').nth(1).locator('summary');
    await open.click();
    server.live?.push(CALL);
    await shows('#waiting', '1 more waiting');
    await open.click();
    await rows()
      .nth(held + 1)
      .waitFor({ state: 'attached' });
  });

  it('is worked by keyboard', async () => {
    await page.locator('[data-show="all"][type]').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('#feed').getAttribute('data-show'), 'refused');
    await page.locator('#hold').focus();
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(`document.activeElement.tagName`), 'SUMMARY');
    const ring = await page.evaluate(`getComputedStyle(document.activeElement).outlineStyle`);
    assert.equal(ring, 'solid');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(`document.activeElement.parentElement.open`), true);
    await page.keyboard.press('Enter');
    await page.locator('[data-show="all"][type]').click();
  });

  it('shows hostile text as text, wherever it stands', async () => {
    const step = {
      name: HOSTILE,
      outcome: 'failed',
      clause: HOSTILE,
      note: HOSTILE,
      expected: HOSTILE,
      found: HOSTILE,
    };
    const hostile = {
      headline: HOSTILE,
      subject: HOSTILE,
      code: HOSTILE,
      why: HOSTILE,
      support: HOSTILE,
      marks: [MARK],
    };
    server.live?.push({ ...CALL, ...hostile, steps: [step, { ...step, outcome: HOSTILE }] });
    server.live?.push({ ...CALL, ...hostile, kind: 'phone', steps: [step] });
    const row = rows().filter({ hasText: 'owned' }).first();
    await row.locator('summary').click();
    const text = await textOf(row);
    assert.ok(text.includes('<img src=x onerror='));
    assert.ok(text.includes('\\u{202e}etsop\\u{1b}[31m'));
    assert.ok(!text.includes('\u202E') && !text.includes('\u001B'));
    assert.equal(await page.locator('main img, main script').count(), 0);
    assert.equal(await page.evaluate('document.title'), 'Assay, live');
    await row.locator('summary').click();
  });

  it('runs no script that is put into it', async () => {
    const seen = await page.evaluate(`new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective), { once: true });
      const script = document.createElement('script');
      script.textContent = "document.title = 'owned'";
      document.body.append(script);
    })`);
    assert.equal(seen, 'script-src-elem');
    assert.equal(await page.evaluate('document.title'), 'Assay, live');
    assert.match(watched.faults.join('\n'), /Content Security Policy/);
    watched.faults.splice(0);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [width, height] of [
      [1280, 900],
      [390, 844],
    ] as const) {
      it(`is legible: ${colorScheme}, ${width} wide`, async () => {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height });
        const refused = rows('refused').filter({ hasText: 'android.signer_mismatch' }).first();
        await refused.locator('summary').click();
        assert.deepEqual(await contrastFaults(page), []);
        assert.ok((await page.evaluate<number>('document.documentElement.scrollWidth')) <= width, 'scrolls sideways');
        await refused.locator('summary').click();
      });
    }
  }

  it('keeps its size under 5,000 events, and counts every one', async () => {
    const before = Number(await textOf(page.locator('#blocked')));
    for (let count = 0; count < 5_000; count++) server.live?.push({ ...CALL, headline: `call ${count}` });
    await shows('#feed', 'call 4999');
    assert.equal(await rows().count(), 200);
    await shows('#blocked', String(before + 5_000));
    for (let count = 0; count < 200; count++) server.live?.push({ ...CALL, kind: 'phone', headline: `phone ${count}` });
    await shows('#forged', 'phone 10');
    assert.ok((await page.locator('.phones .item').count()) <= 60);
  });

  it('says that the connection is lost, comes back by itself, and starts anew with a new run', async () => {
    await server.stop();
    await shows('#link', 'connection lost');
    server = await startServer(server);
    server.live?.push({ ...CALL, headline: 'after the restart' });
    await shows('#link', 'live');
    await shows('#feed', 'after the restart');
    assert.equal(await rows().count(), 1);
    assert.equal(await textOf(page.locator('#blocked')), '1');
    assert.equal(await page.locator('.forged').isVisible(), false);
  });

  it('had no fault, and asked nobody else for anything', () => {
    assert.deepEqual(watched.faults, []);
    assert.deepEqual([...watched.origins], [new URL(server.url).origin]);
  });
});
