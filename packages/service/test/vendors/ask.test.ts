import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EvidenceError, type Purpose } from '@assay/core';
import type { JsonValue } from '@assay/formats';
import { askCaptcha, askDeviceBits, openPlayToken } from '../../src/vendors/ask.ts';
import { unavailable } from '../../src/vendors/endpoint.ts';
import type { CaptchaAnswer, Vendors } from '../../src/vendors/types.ts';
import { faultOf } from './faults.ts';
import { openVendorStore } from './store.ts';

const ISS = 'https://attest.example.com/t/acme/e/prod';
const PACKAGE = 'com.example.bank';
const store = await openVendorStore();
const hands = { now: Date.UTC(2026, 10, 21, 12) };
const clock = () => hands.now;
const asker = (vendors: Partial<Vendors>) => ({ store, clock, vendors: { playKeys: () => undefined, ...vendors } });

/** Google, with the tokens that it was asked about. */
function google(answer: (token: string) => JsonValue = (token) => ({ token }), quota?: number) {
  const asked: string[] = [];
  const playDecode = async (_: string, token: string) => {
    asked.push(token);
    return answer(token);
  };
  return { asked, ...asker({ playDecode, ...(quota === undefined ? {} : { playQuota: () => quota }) }) };
}
const about = (
  token: string,
  change: { purpose?: Purpose; address?: string; iss?: string; package?: string } = {},
) => ({
  ...{ iss: ISS, package: PACKAGE, token, purpose: 'enrol' as const, address: '192.0.2.1' },
  ...change,
});

describe('openPlayToken', () => {
  it('asks once for each token, and again when the answer is forgotten', async () => {
    const it = google();
    for (let n = 0; n < 5; n++) assert.deepEqual(await openPlayToken(it, about('one')), { token: 'one' });
    assert.deepEqual(it.asked, ['one']);
    hands.now += 600_000;
    await openPlayToken(it, about('one'));
    assert.equal(it.asked.length, 2);
  });

  it('gives nobody the answer of another issuer, package or token', async () => {
    const it = google();
    await openPlayToken(it, about('two'));
    await openPlayToken(it, about('two', { iss: `${ISS}2` }));
    await openPlayToken(it, about('two', { package: 'com.example.ban' }));
    await openPlayToken(it, about('ktwo', { package: 'com.example.ban' }));
    assert.equal(it.asked.length, 4);
  });

  it('spends no quota on a retry, and remembers no failure', async () => {
    const asked: string[] = [];
    const failing = google((token) => {
      asked.push(token);
      if (asked.length === 1) throw unavailable('Play Integrity', 'status 500');
      return { at: asked.length };
    });
    const package_ = { package: 'com.example.retry' };
    await faultOf(() => openPlayToken(failing, about('three', package_)));
    assert.deepEqual(await openPlayToken(failing, about('three', package_)), { at: 2 });
    await openPlayToken(failing, about('three', package_));
    const rows = await store.quotaSpent(ISS, '2026-11-21');
    assert.equal(rows.find(({ vendor }) => vendor === 'play:com.example.retry')?.calls, 2);
  });

  it('spends nothing while Google does not answer: an outage leaves the quota of the day', async () => {
    const package_ = { package: 'com.example.outage' };
    const state = { isAway: true };
    const it = google(() => {
      if (state.isAway) throw unavailable('Play Integrity', 'status 503');
      return {};
    });
    const spent = async () => {
      const rows = await store.quotaSpent(ISS, '2026-11-21');
      return rows.find(({ vendor }) => vendor === 'play:com.example.outage')?.calls;
    };
    for (let n = 0; n < 20; n++) {
      assert.equal(
        (await faultOf(() => openPlayToken(it, about(`a${n}`, package_)))).code,
        'service.vendor_unavailable',
      );
    }
    assert.deepEqual([await spent(), it.asked.length], [10, 10]);
    hands.now += 10_000;
    for (let n = 0; n < 5; n++) await faultOf(() => openPlayToken(it, about(`b${n}`, package_)));
    assert.deepEqual([await spent(), it.asked.length], [11, 11], 'one tries whether it answers again');
    hands.now += 10_000;
    state.isAway = false;
    for (let n = 0; n < 3; n++) await openPlayToken(it, about(`c${n}`, package_));
    assert.equal(await spent(), 14);
  });

  it('a network that has spent its share does not keep others from trying whether Google answers again', async () => {
    const it = google(() => {
      throw unavailable('Play Integrity', 'status 503');
    }, 1100);
    const flood = { package: 'com.example.slot', address: '198.51.100.1' };
    const other = { package: 'com.example.slot', address: '203.0.113.1' };
    for (let n = 0; n < 10; n++) await faultOf(() => openPlayToken(it, about(`d${n}`, flood)));
    hands.now += 10_000;
    await faultOf(() => openPlayToken(it, about('d10', flood)));
    hands.now += 10_000;
    const { code } = await faultOf(() => openPlayToken(it, about('d11', flood)));
    assert.equal(code, 'service.vendor_share_spent');
    await faultOf(() => openPlayToken(it, about('d12', other)));
    assert.deepEqual(it.asked.slice(10), ['d10', 'd12']);
  });

  it('is a fault of the configuration without an account', async () => {
    const { code } = await faultOf(() => openPlayToken(asker({}), about('four')));
    assert.equal(code, 'service.vendor_not_configured');
  });

  it('attack 38: junk tokens leave the reserve to apps in use', async () => {
    const quota = 200;
    const refusing = google((token) => {
      if (token.startsWith('junk')) throw new EvidenceError('service.vendor_refused_token', 'junk');
      return {};
    }, quota);
    const flood = { package: 'com.example.flood' };
    // 100 networks, eight tokens each, all new, within one hour.
    const codes = new Map<string, number>();
    for (let n = 0; n < 800; n++) {
      const address = `203.0.${n % 100}.${n % 250}`;
      const { code } = await faultOf(() => openPlayToken(refusing, about(`junk ${n}`, { ...flood, address })));
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    assert.equal(refusing.asked.length, 160);
    assert.deepEqual(Object.fromEntries(codes), {
      'service.vendor_refused_token': 160,
      'service.vendor_unavailable': 40,
      'service.vendor_share_spent': 600,
    });
    for (let n = 0; n < 40; n++) {
      const address = `198.51.${n}.7`;
      await openPlayToken(refusing, about(`good ${n}`, { ...flood, address, purpose: 'refresh' }));
    }
    assert.equal(refusing.asked.length, quota);
  });

  it('one network alone takes one hundredth of the day in an hour', async () => {
    const it = google(undefined, 1_000);
    const one = { package: 'com.example.one' };
    for (let n = 0; n < 10; n++) await openPlayToken(it, about(`n ${n}`, one));
    const fault = await faultOf(() => openPlayToken(it, about('n 10', one)));
    assert.deepEqual([fault.code, fault.family], ['service.vendor_share_spent', 'upstream']);
    assert.deepEqual(await openPlayToken(it, about('n 3', one)), { token: 'n 3' });
  });
});

describe('askCaptcha', () => {
  const SOLVED: CaptchaAnswer = {
    ...{ passed: true, hostname: 'shop.example.com', action: undefined, bound: undefined },
    solvedAt: Date.UTC(2026, 10, 21, 12),
  };
  /** Redeems each token once, as providers do. */
  function provider() {
    const redeemed = new Set<string>();
    const verify = async (token: string): Promise<CaptchaAnswer> => {
      const passed = !redeemed.has(token);
      redeemed.add(token);
      return { ...SOLVED, passed };
    };
    return asker({ captcha: { provider: 'hcaptcha', verify } });
  }

  it('gives the same answer to a request that is sent again', async () => {
    const it = provider();
    for (let n = 0; n < 3; n++) {
      assert.deepEqual(await askCaptcha(it, ISS, 'one', 'binding'), { ...SOLVED, provider: 'hcaptcha' });
    }
  });

  it('a solved captcha serves one statement', async () => {
    const it = provider();
    assert.equal((await askCaptcha(it, ISS, 'two', 'binding')).passed, true);
    assert.equal((await askCaptcha(it, ISS, 'two', 'another')).passed, false);
  });

  it('remembers whatever words a provider uses', async () => {
    const answer = { ...SOLVED, action: 'sign up — now', bound: 'a b' };
    const it = asker({ captcha: { provider: 'turnstile', verify: async () => answer } });
    for (let n = 0; n < 2; n++) {
      assert.deepEqual(await askCaptcha(it, ISS, 'three', 'binding'), { ...answer, provider: 'turnstile' });
    }
  });

  it('is a fault of the configuration without a provider', async () => {
    const { code } = await faultOf(() => askCaptcha(asker({}), ISS, 'four', 'binding'));
    assert.equal(code, 'service.vendor_not_configured');
  });
});

describe('askDeviceBits', () => {
  const DEVICE = { team: 'TEAM123456', environment: 'production', token: 'token' } as const;

  it('asks once for each token and environment', async () => {
    let asked = 0;
    const query = async () => ({ bit0: asked++ > 0, bit1: true, updated: '2026-10' });
    const it = asker({ deviceCheck: { query, update: async () => {} } });
    for (let n = 0; n < 3; n++) {
      assert.deepEqual(await askDeviceBits(it, ISS, DEVICE), { bit0: false, bit1: true, updated: '2026-10' });
    }
    await askDeviceBits(it, ISS, { ...DEVICE, environment: 'development' });
    assert.equal(asked, 2);
  });

  it('is a fault of the configuration without a key', async () => {
    const { code } = await faultOf(() => askDeviceBits(asker({}), ISS, DEVICE));
    assert.equal(code, 'service.vendor_not_configured');
  });
});
