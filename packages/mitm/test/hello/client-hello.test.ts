import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { HELLO_LIMITS, parseClientHello } from '../../src/hello/client-hello.ts';
import type { HelloFault } from '../../src/hello/faults.ts';
import type { ClientHello } from '../../src/observation.ts';
import {
  algorithms,
  all2,
  alpn,
  empty,
  groups,
  type HelloFields,
  helloMessage,
  helloRecord,
  n1,
  pointFormats,
  record,
  serverName,
  v1,
  v2,
  versions,
} from './support/write-hello.ts';

const FULL: HelloFields = {
  sessionId: Buffer.alloc(32, 1),
  ciphers: [0x1a1a, 0x1301, 0xc02b],
  extensions: [
    ...[empty(0xfafa), serverName('API.assay.test'), alpn(Buffer.from([0x2a, 0x2a]), 'h2', 'http/1.1')],
    ...[groups(0x4a4a, 29, 23), pointFormats(0), algorithms(0x0403, 0x0804), versions(0x5a5a, 0x0304, 0x0303)],
    ...[empty(18), [5, Buffer.from([1, 0, 0, 0, 0])] as const, empty(42), [41, Buffer.alloc(40)] as const],
  ],
};

function helloOf(octets: Uint8Array): ClientHello {
  const reading = parseClientHello(octets);
  assert.equal(reading.kind, 'hello', JSON.stringify(reading));
  assert.ok(reading.kind === 'hello');
  return reading.hello;
}

function faultOf(octets: Uint8Array): HelloFault | string {
  const reading = parseClientHello(octets);
  return reading.kind === 'malformed' ? reading.fault : reading.kind;
}

describe('a ClientHello', () => {
  it('is read without its GREASE', () => {
    const { ja3, ja4, ...hello } = helloOf(helloRecord(FULL));
    assert.deepEqual(hello, {
      ...{ versions: [0x0304, 0x0303], serverName: 'API.assay.test', alpn: ['h2', 'http/1.1'] },
      ...{ ciphers: [0x1301, 0xc02b], extensions: [0, 16, 10, 11, 13, 43, 18, 5, 42, 41], groups: [29, 23] },
      ...{ signatureAlgorithms: [0x0403, 0x0804], asksForStaple: true, asksForTimestamps: true },
      ...{ offersSession: true, offersEarlyData: true },
    });
    assert.match(ja3, /^[0-9a-f]{32}$/);
    assert.match(ja4, /^t13d0210/);
  });

  it('may be without extensions', () => {
    const hello = helloOf(helloRecord({ legacyVersion: 0x0301 }));
    assert.deepEqual([hello.versions, hello.extensions, hello.serverName], [[0x0301], [], undefined]);
  });

  it('offers a session by key, by ticket, or by id where that is no camouflage', () => {
    const offers = (fields: HelloFields): boolean => helloOf(helloRecord(fields)).offersSession;
    const sessionId = Buffer.alloc(32, 1);
    assert.equal(offers({ sessionId, extensions: [versions(0x0304)] }), false);
    assert.equal(offers({ sessionId, extensions: [versions(0x0303)] }), true);
    assert.equal(offers({ sessionId }), true);
    assert.equal(offers({ extensions: [empty(35)] }), false);
    assert.equal(offers({ extensions: [[35, Buffer.alloc(8)]] }), true);
  });

  it('may come in many records, and what follows is left alone', () => {
    const message = helloMessage(FULL);
    const cuts = [message.subarray(0, 1), message.subarray(1, 3), message.subarray(3, 100), message.subarray(100)];
    const octets = Buffer.concat([...cuts.map((cut) => record(cut)), record(Buffer.from([1]), 20)]);
    const reading = parseClientHello(octets);
    assert.ok(reading.kind === 'hello');
    assert.equal(reading.length, octets.length - 6);
    assert.deepEqual(reading.hello, helloOf(helloRecord(FULL)));
  });

  it('waits for more at every length', () => {
    const octets = helloRecord(FULL);
    for (let length = 0; length < octets.length; length += 1)
      assert.deepEqual(parseClientHello(octets.subarray(0, length)), { kind: 'more' }, String(length));
  });
});

describe('a hello in the form of SSL 2.0', () => {
  const octets = Buffer.from([0x80, 0x2e, 1, 3, 1, 0, 0x15, 0, 0, 0, 0x10]);

  it('is named, with the version that it offers', () => {
    assert.deepEqual(parseClientHello(octets), { kind: 'ssl2', version: 0x0301 });
    assert.deepEqual(parseClientHello(Buffer.from([0x80, 0x2e, 1, 0, 2])), { kind: 'ssl2', version: 2 });
  });

  it('waits for more at every length', () => {
    for (let length = 0; length < 5; length += 1)
      assert.equal(parseClientHello(octets.subarray(0, length)).kind, 'more', String(length));
  });
});

describe('what is no ClientHello', () => {
  const message = helloMessage(FULL);
  const withExtensions = (...extensions: NonNullable<HelloFields['extensions']>): Buffer => helloRecord({ extensions });
  const longName = Buffer.alloc(256, 'a');
  const rows: readonly (readonly [octets: Uint8Array, fault: HelloFault])[] = [
    [Buffer.from('GET / HTTP/1.1\r\n'), 'not_tls'],
    [Buffer.from([0x80, 0x2e, 2]), 'not_tls'],
    [record(Buffer.from([1, 0]), 21), 'not_tls'],
    [Buffer.from([22, 2]), 'record_version'],
    [record(Buffer.alloc(0)), 'record_empty'],
    [Buffer.from([22, 3, 1, 0x40, 1]), 'record_too_long'],
    [record(Buffer.from([2, 0, 0, 1, 0])), 'not_hello'],
    [record(Buffer.from([1, 1, 0, 0])), 'too_long'],
    [Buffer.concat([record(message.subarray(0, 9)), record(Buffer.from([1]), 20)]), 'interrupted'],
    [record(Buffer.concat([message, Buffer.from([0])])), 'trailing'],
    [
      Buffer.concat(Array.from({ length: HELLO_LIMITS.records + 1 }, (_, at) => record(message.subarray(at, at + 1)))),
      'too_many',
    ],
    [record(Buffer.concat([Buffer.from([1, 0, 0, 2]), Buffer.from([3, 3])])), 'truncated'],
    [helloRecord({ ciphers: [] }), 'empty_list'],
    [helloRecord({ compression: [] }), 'empty_list'],
    [helloRecord({ ciphers: Array.from({ length: 1_025 }, () => 1) }), 'too_many'],
    [withExtensions(empty(23), empty(23)), 'repeated_extension'],
    [withExtensions([41, Buffer.alloc(4)], empty(23)), 'key_not_last'],
    [withExtensions(empty(0)), 'truncated'],
    [withExtensions([0, v2(Buffer.alloc(0))]), 'empty_list'],
    [withExtensions(serverName('')), 'server_name'],
    [withExtensions(serverName('a\0b')), 'server_name'],
    [withExtensions(serverName(longName)), 'server_name'],
    [withExtensions([0, v2(Buffer.concat([n1(1), v2(Buffer.from('a'))]))]), 'server_name'],
    [
      withExtensions([0, v2(Buffer.concat(['a', 'b'].map((name) => Buffer.concat([n1(0), v2(Buffer.from(name))]))))]),
      'server_name',
    ],
    [withExtensions([10, v2(Buffer.from([0, 29, 0]))]), 'truncated'],
    [withExtensions([10, Buffer.concat([v2(all2([29])), n1(0)])]), 'truncated'],
    [withExtensions([16, v2(v1(Buffer.alloc(0)))]), 'empty_list'],
    [withExtensions([43, v1(Buffer.alloc(0))]), 'empty_list'],
  ];

  for (const [index, [octets, fault]] of rows.entries())
    it(`${index + 1}: ${fault}`, () => assert.equal(faultOf(octets), fault));
});

describe('any octets', () => {
  it('are answered with a value', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (octets) => {
        parseClientHello(octets);
        parseClientHello(record(octets));
        parseClientHello(
          record(Buffer.concat([Buffer.from([1, 0, octets.length >> 8, octets.length & 0xff]), octets])),
        );
      }),
      { seed: 5, numRuns: 1_000 },
    );
  });

  it('that differ from a hello in some places are answered with a value', () => {
    const octets = helloRecord(FULL);
    const change = fc.tuple(fc.nat(octets.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const changed = Buffer.from(octets);
        for (const [at, value] of changes) changed[at] = value;
        const reading = parseClientHello(changed);
        if (reading.kind === 'hello') assert.ok(reading.length <= changed.length);
      }),
      { seed: 6, numRuns: 2_000 },
    );
  });
});
