import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCaptcha } from '../../src/vendors/captcha.ts';
import { describeHostile, faultOf, PATIENT } from './faults.ts';
import { json, openStandIn, realFetch } from './stand-in.ts';

const server = await openStandIn();
const SECRET = '0x4secret';
const network = { fetch: realFetch, clock: () => Date.UTC(2026, 10, 21) };
type Options = Parameters<typeof createCaptcha>[1];
const captcha = (options: Partial<Options> = {}, url = server.url, bounds = PATIENT) =>
  createCaptcha(network, { provider: 'turnstile', secret: SECRET, endpoint: { url, ...bounds }, ...options });

const PASSED = { success: true, challenge_ts: '2026-11-21T12:00:00.123Z', hostname: 'shop.example.com' };
const AT = Date.UTC(2026, 10, 21, 12, 0, 0, 123);
const READ = { passed: true, hostname: 'shop.example.com', action: undefined, bound: undefined, solvedAt: AT };

describe('siteverify', () => {
  const rows: readonly (readonly [string, Options['provider'], object, object])[] = [
    [
      'Turnstile with binding and action',
      'turnstile',
      { ...PASSED, action: 'enrol', cdata: 'A'.repeat(43), 'error-codes': [], metadata: { interactive: false } },
      { ...READ, action: 'enrol', bound: 'A'.repeat(43) },
    ],
    ['Turnstile without', 'turnstile', { ...PASSED, action: '', cdata: '' }, READ],
    ['hCaptcha', 'hcaptcha', { ...PASSED, challenge_ts: '2026-11-21T12:00:00.123000Z', credit: false }, READ],
    ['reCAPTCHA v2', 'recaptcha', { ...PASSED, challenge_ts: '2026-11-21T12:00:00Z' }, { ...READ, solvedAt: AT - 123 }],
    ['reCAPTCHA v3', 'recaptcha', { ...PASSED, score: 0.9, action: 'enrol' }, { ...READ, action: 'enrol' }],
    ['a score at the edge', 'recaptcha', { ...PASSED, score: 0.5 }, READ],
    ['a score below it', 'recaptcha', { ...PASSED, score: 0.4 }, { ...READ, passed: false }],
    ['hCaptcha that sees no risk', 'hcaptcha', { ...PASSED, score: 0, score_reason: [] }, READ],
    ['hCaptcha at the edge', 'hcaptcha', { ...PASSED, score: 0.5 }, READ],
    ['hCaptcha that sees a threat', 'hcaptcha', { ...PASSED, score: 0.9 }, { ...READ, passed: false }],
    ['success with error codes', 'turnstile', { ...PASSED, 'error-codes': ['x'] }, { ...READ, passed: false }],
    [
      'a token that was redeemed before',
      'turnstile',
      { success: false, 'error-codes': ['timeout-or-duplicate'] },
      { ...READ, passed: false, hostname: undefined, solvedAt: undefined },
    ],
  ];
  for (const [name, provider, answer, expected] of rows) {
    it(`reads ${name}`, async () => {
      server.answer(json(answer));
      assert.deepEqual(await captcha({ provider }).verify('token'), expected);
    });
  }

  it('sends secret and token in the body alone', async () => {
    server.answer(json(PASSED));
    await captcha().verify('to ken&secret=x');
    const { path, body, headers } = server.asked.at(-1) ?? assert.fail();
    assert.deepEqual([path, headers['content-type']], ['/', 'application/x-www-form-urlencoded']);
    assert.deepEqual(
      [...new URLSearchParams(body)],
      [
        ['secret', SECRET],
        ['response', 'to ken&secret=x'],
      ],
    );
  });

  const faults: readonly (readonly [string, string])[] = [
    ['invalid-input-secret', 'service.vendor_refused_us'],
    ['missing-input-secret', 'service.vendor_refused_us'],
    ['internal-error', 'service.vendor_unavailable'],
  ];
  for (const [word, code] of faults) {
    it(`${word} refuses nobody: ${code}`, async () => {
      server.answer(json({ success: false, 'error-codes': [word] }, 400));
      assert.equal((await faultOf(() => captcha().verify('token'), SECRET)).code, code);
    });
  }

  const misread: readonly object[] = [
    { ...PASSED, success: 'true' },
    { ...PASSED, challenge_ts: 'just now' },
    { ...PASSED, challenge_ts: 1_795_262_400 },
    { ...PASSED, score: 2 },
    { ...PASSED, score: '0.9' },
    { ...PASSED, hostname: 'x'.repeat(256) },
    { ...PASSED, 'error-codes': 'none' },
  ];
  for (const answer of misread) {
    it(`does not guess what ${JSON.stringify(answer).slice(0, 90)} means`, async () => {
      server.answer(json(answer));
      assert.equal((await faultOf(() => captcha().verify('token'))).code, 'service.vendor_unavailable');
    });
  }

  // Whoever drives the page chooses which site key the token is of.
  for (const word of ['sitekey-secret-mismatch', 'not-using-dummy-secret', 'not-using-dummy-passcode']) {
    it(`${word} refuses the token, and is no fault of ours`, async () => {
      server.answer(json({ success: false, 'error-codes': [word] }));
      assert.equal((await captcha({ provider: 'hcaptcha' }).verify('token')).passed, false);
    });
  }

  it('takes no answer without a score for one above the least score', async () => {
    server.answer(json(PASSED));
    assert.equal((await captcha({ provider: 'recaptcha', minScore: 0.7 }).verify('token')).passed, false);
  });

  for (const minScore of [0, -1, 1.1, Number.NaN]) {
    it(`is not made with ${minScore} as the least score`, () => {
      assert.throws(() => captcha({ minScore }), { code: 'service.vendor_not_configured' });
    });
  }

  describeHostile({
    ask: (url, bounds) => captcha({}, url, bounds).verify('t0ken'),
    server: () => server,
    secrets: [SECRET, 't0ken'],
  });
});
