import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GOOGLE_HARDWARE_ANCHORS, loadAppleTrust, loadGoogleHardwareAnchors } from '@assay/evidence';
import { utf8 } from '@assay/formats';
import { generateSigningKey } from '@assay/tokens';
import { createSeededRandom, createTestRoots } from '@assay/virtual-devices';
import { signAdvisories } from '../../src/trust/advisories.ts';
import { createTrustFeed, type FeedOptions } from '../../src/trust/feed.ts';
import { document, memoryCopies, type Publisher, usePublisher } from './publisher.ts';

const NOW = 1_790_000_000_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const { signal } = new AbortController();
const { key } = generateSigningKey();
const roots = createTestRoots(createSeededRandom(utf8('feed')));
const [stranger = ''] = roots.anchors.android.map(({ pem }) => pem);
const google = GOOGLE_HARDWARE_ANCHORS.map(({ pem }) => pem);
const apple = loadAppleTrust();

const PATHS = {
  'google-status': '/status',
  'google-roots': '/roots',
  'apple-attestation-root': '/apple.pem',
  'apple-receipt-root': '/apple.cer',
  advisories: '/advisories',
} as const;

function signed(version: number, expires: number): string {
  const advisory = { id: 'a', title: 't', severity: 'low', affects: { models: ['Pixel 9'] } } as const;
  const document = { assay: 'advisories/1', version, issued: NOW / 1000 - 1, expires, advisories: [advisory] } as const;
  return signAdvisories(document, key);
}

function publishAll(publisher: Publisher): void {
  publisher.answer('/status', document(roots.statusList));
  publisher.answer('/roots', document(JSON.stringify(google)));
  publisher.answer('/apple.pem', document(apple.attestation[0]?.certificate ? pemOf(apple.attestation) : ''));
  publisher.answer('/apple.cer', document(apple.receipt[0]?.certificate?.der ?? ''));
  publisher.answer('/advisories', document(signed(1, NOW / 1000 + 7_200)));
}

function pemOf([anchor]: typeof apple.attestation): string {
  const body =
    Buffer.from(anchor?.certificate?.der ?? [])
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...body, '-----END CERTIFICATE-----', ''].join('\n');
}

describe('trust data', () => {
  const publisher = usePublisher();

  function setUp() {
    const at = { now: NOW };
    const urls = Object.fromEntries(
      Object.entries(PATHS).map(([name, path]) => [name, `${publisher.origin}${path}?key=1`]),
    );
    const options: FeedOptions = {
      ...{ fetch: (request) => fetch(request), clock: () => at.now, random: (length) => new Uint8Array(length) },
      ...{ urls, statusMaxAgeMs: 72 * HOUR, advisoryKeys: [key.publicJwk] },
      anchors: {
        'google-roots': loadGoogleHardwareAnchors(),
        'apple-attestation-root': apple.attestation,
        'apple-receipt-root': apple.receipt,
        'huawei-roots': [],
      },
    };
    const [feed, store] = [createTrustFeed(options), memoryCopies()];
    const alarms = () =>
      feed.states().flatMap((state) => state.alarms.map((each) => [state.source, each.alarm, each.about]));
    return { at, feed, store, options, alarms, refresh: () => feed.refresh(store, signal) };
  }

  it('is nothing before it was fetched, and then what is published', async () => {
    publishAll(publisher);
    const { feed, alarms, refresh } = setUp();
    assert.deepEqual([feed.statusList(), feed.advisories(), feed.newRoots('google-roots')], [undefined, undefined, []]);
    assert.equal(feed.advisoriesAreMissing(), true);
    await refresh();
    assert.ok((feed.statusList()?.list.entries.size ?? 0) > 0);
    assert.equal(feed.statusListAt(), NOW);
    assert.equal(feed.advisories()?.version, 1);
    assert.equal(feed.advisoriesAreMissing(), false);
    assert.deepEqual(alarms(), []);
    const [status] = feed.states();
    assert.equal(status?.from, `${publisher.origin}/status`, 'without its query');
    assert.match(status.version ?? '', /^[0-9a-f]{16}$/);
    assert.deepEqual(
      feed.states().map(({ source }) => source),
      ['google-status', 'google-roots', 'apple-attestation-root', 'apple-receipt-root', 'advisories'],
    );
  });

  it('grows old: an alarm first, and then the status list counts as none', async () => {
    publishAll(publisher);
    const { at, feed, alarms, refresh } = setUp();
    await refresh();
    for (const path of Object.values(PATHS)) publisher.answer(path, (_, response) => response.destroy());
    at.now += 48 * HOUR + 1;
    await refresh();
    assert.deepEqual(alarms(), [
      ['google-status', 'stale', null],
      ['advisories', 'stale', null],
      ['advisories', 'unusable', null],
    ]);
    assert.notEqual(feed.statusList(), undefined);
    assert.equal(feed.advisories(), undefined, 'they have ended');
    assert.equal(feed.advisoriesAreMissing(), true);
    at.now = NOW + 72 * HOUR;
    assert.notEqual(feed.statusList(), undefined);
    at.now += 1;
    assert.equal(feed.statusList(), undefined);
    assert.equal(feed.statusListAt(), NOW, 'its age is told');
    assert.ok(alarms().some(([source, alarm]) => source === 'google-status' && alarm === 'unusable'));
    at.now = NOW + 16 * DAY;
    assert.equal(alarms().filter(([, alarm]) => alarm === 'stale').length, 5);
    publishAll(publisher);
    await refresh();
    assert.notEqual(feed.statusList(), undefined);
  });

  it('says when it was never there', async () => {
    for (const path of Object.values(PATHS)) publisher.answer(path, (_, response) => response.writeHead(500).end());
    const { alarms, refresh } = setUp();
    assert.deepEqual(alarms(), [], 'nobody was asked yet');
    await refresh();
    assert.deepEqual(
      alarms().map(([, alarm]) => alarm),
      Array(5).fill('missing'),
    );
  });

  it('tells of a root that a vendor publishes and nobody believes, and of one that is published no more', async () => {
    publishAll(publisher);
    publisher.answer('/roots', document(JSON.stringify([google[0], stranger])));
    const { feed, options, alarms, refresh } = setUp();
    await refresh();
    const [unknown, withdrawn] = alarms();
    assert.deepEqual(unknown?.slice(0, 2), ['google-roots', 'root_unknown']);
    assert.deepEqual(withdrawn, ['google-roots', 'root_withdrawn', options.anchors['google-roots'][1]?.id]);
    assert.equal(feed.newRoots('google-roots').length, 1);
    assert.deepEqual(feed.newRoots('apple-receipt-root'), []);
  });

  it('refuses what is not what it should be, and keeps what it has', async () => {
    publishAll(publisher);
    const { at, feed, alarms, refresh } = setUp();
    await refresh();
    at.now += HOUR;
    publisher.answer('/status', document('{"entries":[]}'));
    publisher.answer('/advisories', document(signed(1, NOW / 1000 + 9_000)));
    await refresh();
    assert.deepEqual(alarms(), [
      ['google-status', 'refused', 'android.status_list_malformed'],
      ['advisories', 'refused', 'service.advisories_rollback'],
    ]);
    assert.notEqual(feed.statusList(), undefined);
    assert.equal(feed.advisories()?.expiresAt, NOW + 7_200_000);
  });

  it('is there after a restart before anybody is asked', async () => {
    publishAll(publisher);
    const first = setUp();
    await first.refresh();
    const { feed } = setUp();
    const before = publisher.asked.length;
    await feed.load(first.store);
    assert.notEqual(feed.statusList(), undefined);
    assert.equal(feed.advisories()?.version, 1);
    assert.equal(publisher.asked.length, before);
  });
});
