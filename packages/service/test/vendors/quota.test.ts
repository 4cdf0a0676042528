import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reserveOf, type Spending, shareOf, spend } from '../../src/vendors/quota.ts';
import { faultOf } from './faults.ts';
import { openVendorStore } from './store.ts';

const AT = Date.UTC(2026, 10, 21, 12, 30);
const HOUR = 3_600_000;
const store = await openVendorStore();

let subjects = 0;
/** Calls for a subject of its own, 200 a day unless said otherwise: 2 an hour from one network, 40 in reserve. */
function spender(quota = 200) {
  const vendor = `play:com.example.app${subjects++}`;
  const take = (address: string | undefined, change: Partial<Spending> = {}, at = AT) =>
    spend(store, { iss: 'https://a.example', vendor, quota, address, isKnown: false, ...change }, at);
  return { vendor, take };
}
const outOf = async (act: Promise<void>) => (await faultOf(() => act)).code;
/** The n-th of many networks. */
const network = (n: number, host = 1) => `10.${Math.floor(n / 256)}.${n % 256}.${host}`;

describe('quota of a vendor', () => {
  it('gives a network one hundredth in an hour, whatever its addresses', async () => {
    const { take } = spender();
    await take('192.0.2.1');
    await take('192.0.2.2');
    assert.equal(await outOf(take('192.0.2.3')), 'service.vendor_share_spent');
    await take('192.0.3.1');
    await take('192.0.2.1', {}, AT + HOUR);
  });

  it('gives known keys a share of their own: a flood of new ones does not stop its neighbours', async () => {
    const { take } = spender();
    for (const host of [1, 2]) await take(`192.0.2.${host}`);
    assert.equal(await outOf(take('192.0.2.3')), 'service.vendor_share_spent');
    for (const host of [4, 5]) await take(`192.0.2.${host}`, { isKnown: true });
    assert.equal(await outOf(take('192.0.2.6', { isKnown: true })), 'service.vendor_share_spent');
  });

  it('counts an IPv6 network by /48, and everybody without an address together', async () => {
    const { take } = spender();
    for (const address of ['2001:db8:1:1::1', '2001:db8:1:2::1', undefined, 'unix']) await take(address);
    assert.equal(await outOf(take('2001:db8:1:ffff::1')), 'service.vendor_share_spent');
    assert.equal(await outOf(take(undefined)), 'service.vendor_share_spent');
    await take('2001:db8:2::1');
  });

  it('keeps a fifth for keys that are known', async () => {
    const { take } = spender();
    for (let n = 0; n < 160; n++) await take(network(n));
    assert.equal(await outOf(take(network(200))), 'service.vendor_unavailable');
    for (let n = 0; n < 40; n++) await take(network(300 + n), { isKnown: true });
    assert.equal(await outOf(take(network(400), { isKnown: true })), 'service.vendor_unavailable');
    await take(network(500), {}, AT + 24 * HOUR);
  });

  it('is one for each issuer and subject', async () => {
    const [one, other] = [spender(100), spender(100)];
    await one.take('192.0.2.1');
    await other.take('192.0.2.1');
    await one.take('192.0.2.1', { iss: 'https://b.example' });
    assert.equal(await outOf(one.take('192.0.2.1')), 'service.vendor_share_spent');
  });

  for (const [quota, share, reserve] of [
    [10_000, 100, 2000],
    [1, 1, 1],
    [99, 1, 20],
    [1_000_000, 10_000, 200_000],
  ] as const) {
    it(`of ${quota}: ${share} an hour from one network, ${reserve} in reserve`, () => {
      assert.deepEqual([shareOf(quota), reserveOf(quota)], [share, reserve]);
    });
  }

  it('remembers networks and no addresses', async () => {
    const { vendor, take } = spender();
    await take('198.51.100.77');
    const rows = await store.quotaSpent('https://a.example', '2026-11-21T12');
    const [row] = rows.filter((each) => each.vendor === vendor);
    assert.deepEqual([row?.network, row?.calls], ['198.51.100.0/24', 1]);
  });
});
