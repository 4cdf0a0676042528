import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Alert } from '../../src/observation.ts';
import { createRecordTap, MOST_SHAPES, type RecordTap, type Side } from '../../src/tap/record-tap.ts';
import { helloMessage, helloRecord, n2, record, serverName, v1, v2 } from '../hello/support/write-hello.ts';

const RETRY = Buffer.from('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c', 'hex');
const CCS = record(Buffer.from([1]), 20);

const message = (type: number, body: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([type, 0]), n2(body.length), body]);

function serverHello({ version = 0x0303, session = false, random = Buffer.alloc(32, 9) } = {}): Buffer {
  const extensions = [
    ...(version === 0x0304 ? [Buffer.concat([n2(43), v2(n2(version))])] : []),
    ...(session ? [Buffer.concat([n2(41), v2(n2(0))])] : []),
  ];
  const head = [n2(0x0303), random, v1(Buffer.alloc(32, 1)), n2(0x1301), Buffer.from([0])];
  return message(2, Buffer.concat([...head, v2(Buffer.concat(extensions))]));
}

const CERTIFICATE = message(11, Buffer.alloc(700, 3));
const cipher = (length: number, type = 23): Buffer => record(Buffer.alloc(length, 0xee), type, 0x0303);

type Said = readonly [from: Side, octets: Uint8Array];

function tapOf(said: readonly Said[], piece = Number.POSITIVE_INFINITY): RecordTap {
  const tap = createRecordTap();
  for (const [from, octets] of said)
    for (let at = 0; at < octets.length; at += piece)
      tap.feed(from, octets.subarray(at, Math.min(octets.length, at + piece)));
  return tap;
}

const HELLO: Said = ['client', helloRecord({ extensions: [serverName('api.assay.test')] })];
const ANSWER_13: Said = ['server', Buffer.concat([record(serverHello({ version: 0x0304 })), CCS])];

describe('a tap', () => {
  const said: readonly Said[] = [
    HELLO,
    ANSWER_13,
    ['server', cipher(900)],
    ['client', record(Buffer.from([2, 48]), 21)],
  ];

  it('sees shapes, the hello and an alert in clear, whatever the pieces', () => {
    for (const piece of [1, 2, 7, 1_000]) {
      const seen = tapOf(said, piece).seen();
      assert.deepEqual(
        seen.records.map(({ from, type, length }) => `${from} ${type} ${length}`),
        ['client 22 67', 'server 22 82', 'server 20 1', 'server 23 900', 'client 21 2'].map((row, index) =>
          index === 0
            ? `client 22 ${HELLO[1].length - 5}`
            : index === 1
              ? `server 22 ${serverHello({ version: 0x0304 }).length}`
              : row,
        ),
      );
      assert.equal(seen.hello?.serverName, 'api.assay.test');
      assert.deepEqual(seen.alerts, { client: { code: 48, name: 'unknown_ca', by: 'wire' } });
      assert.deepEqual(seen.choice, { version: 0x0304, cipher: 0x1301, usesSession: false, isRetry: false });
      assert.equal(seen.certificateSent, true);
    }
  });

  it('keeps no content', () => {
    const marks = Buffer.alloc(40, 0x7a);
    const tap = tapOf([...said, ['client', record(marks, 23)], ['server', record(marks, 22)]]);
    assert.ok(!JSON.stringify(tap.seen()).includes('zzz') && !JSON.stringify(tap.seen()).includes('122,122'));
  });

  it('keeps the first shapes of each side, and counts the rest', () => {
    const many = Array.from({ length: 100 }, (): Said => ['client', cipher(10)]);
    const seen = tapOf([HELLO, ...many, ANSWER_13]).seen();
    assert.equal(seen.records.filter(({ from }) => from === 'client').length, MOST_SHAPES);
    assert.deepEqual(seen.counts, { client: 101, server: 2 });
  });

  it('tells as things happen', () => {
    const told: string[] = [];
    const tap = createRecordTap({
      onRecord: ({ from, type }) => told.push(`${from} ${type}`),
      onHello: ({ kind }) => told.push(kind),
      onAlert: (from, { code }: Alert) => told.push(`${from} alert ${code}`),
      onCertificate: () => told.push('certificate'),
    });
    for (const [from, octets] of said) tap.feed(from, octets);
    assert.deepEqual(told, [
      ...['hello', 'client 22', 'server 22', 'server 20', 'server 23', 'certificate', 'client 21', 'client alert 48'],
    ]);
  });
});

describe('our Certificate', () => {
  const sent = (...said: readonly Said[]): boolean => tapOf([HELLO, ...said], 11).seen().certificateSent;

  it('is seen in clear up to TLS 1.2, in whatever records', () => {
    const flight = Buffer.concat([serverHello(), CERTIFICATE]);
    assert.equal(sent(['server', record(flight)]), true);
    assert.equal(sent(['server', record(flight.subarray(0, 30))], ['server', record(flight.subarray(30))]), true);
  });

  it('is not sent where a session is continued', () => {
    assert.equal(sent(['server', Buffer.concat([record(serverHello()), CCS, cipher(40, 22)])]), false);
    assert.equal(
      sent(['server', record(serverHello({ version: 0x0304, session: true }))], ['server', cipher(80)]),
      false,
    );
  });

  it('is not sent before the ServerHello that counts', () => {
    const retry = record(serverHello({ version: 0x0304, random: RETRY }));
    assert.equal(sent(['server', Buffer.concat([retry, CCS])]), false);
    assert.equal(sent(['server', Buffer.concat([retry, CCS])], HELLO, ANSWER_13, ['server', cipher(900)]), true);
  });
});

describe('alerts', () => {
  it('in cipher are only shapes', () => {
    const seen = tapOf([HELLO, ['client', cipher(26, 21)]]).seen();
    assert.deepEqual([seen.alerts, seen.goodbyes.client], [{}, false]);
  });

  it('that warn are no refusal', () => {
    const seen = tapOf([
      HELLO,
      ['client', record(Buffer.from([1, 0]), 21)],
      ['server', record(Buffer.from([1, 112]), 21)],
    ]).seen();
    assert.deepEqual([seen.alerts, seen.goodbyes], [{}, { client: true, server: false }]);
  });

  it('count once: the first', () => {
    const seen = tapOf([
      HELLO,
      ['client', record(Buffer.from([2, 42]), 21)],
      ['client', record(Buffer.from([2, 48]), 21)],
    ]).seen();
    assert.equal(seen.alerts.client?.code, 42);
  });
});

describe('what is no TLS', () => {
  it('is noticed, and counted in octets alone', () => {
    const seen = tapOf([['client', Buffer.from('GET / HTTP/1.1\r\n\r\n')]]).seen();
    assert.deepEqual([seen.lost, seen.records, seen.octets.client], [{ client: true, server: false }, [], 18]);
    assert.deepEqual(seen.helloReading, { kind: 'malformed', fault: 'not_tls' });
  });

  it('is a record longer than any', () => {
    assert.equal(tapOf([['client', Buffer.from([22, 3, 1, 0x48, 1])]]).seen().lost.client, true);
  });

  it('never throws, in whatever pieces', () => {
    const side = fc.constantFrom<Side>('client', 'server');
    const octets = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.constantFrom<Uint8Array>(
        HELLO[1],
        ANSWER_13[1],
        helloMessage(),
        CCS,
        cipher(3),
        record(CERTIFICATE),
        record(serverHello()),
      ),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(side, octets), { maxLength: 12 }),
        fc.integer({ min: 1, max: 40 }),
        (said, piece) => {
          const whole = tapOf(said).seen();
          assert.deepEqual(tapOf(said, piece).seen(), whole);
        },
      ),
      { seed: 8, numRuns: 300 },
    );
  });
});
