import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RequestError } from '@assay/core';
import { decodeUtf8, utf8 } from '@assay/formats';
import { MAX_HOSTS } from '@assay/pins';
import fc from 'fast-check';
import { parsePinSet, toPinSetPayload } from '../../src/wire/pin-set.ts';
import { BACKUP, host, LIVE, pinSet, withCode } from './documents.ts';

const good = JSON.parse(decodeUtf8(toPinSetPayload(pinSet)));
const parse = (change: object) => parsePinSet(utf8(JSON.stringify({ ...good, ...change })));
const withHost = (change: object) => ({ hosts: [{ ...host, ...change }] });

const hosts = [
  'localhost',
  '127.0.0.1',
  '::1',
  '*.example.com',
  'Api.example.com',
  'api.example.com.',
  'api.example.com:443',
  'https://api.example.com',
  '-a.example.com',
  'a_b.example.com',
  'bücher.example',
  '',
  'a..example.com',
  `${'a'.repeat(64)}.example.com`,
];
const pins = [
  '',
  LIVE.slice(0, -1),
  `sha256/${LIVE}`,
  LIVE.replace('=', ''),
  `${LIVE.slice(0, 42)}B=`,
  LIVE.replace(/^./, '-'),
  Buffer.from(LIVE, 'base64').toString('hex'),
];

const rows: readonly [string, object][] = [
  ['another kind', { _: 'assay-root/1' }],
  ['an unknown member', { ca: [] }],
  ['no hosts', { hosts: [] }],
  [
    'too many hosts',
    { hosts: Array.from({ length: MAX_HOSTS + 1 }, (_, at) => ({ ...host, h: `h${at}.example.com` })) },
  ],
  ['one host twice', { hosts: [host, { ...host, sub: true }] }],
  ['an unknown way at expiry', { on_expiry: 'allow' }],
  ['milliseconds for seconds', { exp: good.exp * 1000 }],
  ['an end before its beginning', { exp: good.nbf }],
  ['a refresh of no time', { refresh: 0 }],
  ['a report address elsewhere', { report_to: 'https://evil.example/r' }],
  ['a version beyond whole numbers', { v: 2 ** 53 }],
  ['a host without pins', withHost({ spki: [] })],
  ['one pin twice', withHost({ spki: [LIVE, LIVE] })],
  ['17 pins', withHost({ spki: Array.from({ length: 17 }, (_, at) => Buffer.alloc(32, at).toString('base64')) })],
  ['an unknown mode', withHost({ mode: 'off' })],
  ['text for a boolean', withHost({ sub: 'false' })],
  ['an unknown member of a host', withHost({ pins: [] })],
  ...hosts.map((h): [string, object] => [`the host “${h}”`, withHost({ h })]),
  ...pins.map((pin): [string, object] => [`the pin “${pin}”`, withHost({ spki: [BACKUP, pin] })]),
];

describe('pin set', () => {
  it('reads what it writes', () => {
    const whole = {
      ...pinSet,
      report_to: '/v1/reports',
      hosts: [
        { ...host, revoked: [LIVE] },
        { ...host, h: 'xn--bcher-kva.example' },
      ],
    };
    assert.deepEqual(parsePinSet(toPinSetPayload(whole)), whole);
    assert.deepEqual(parsePinSet(toPinSetPayload(pinSet)), pinSet);
  });

  for (const [name, change] of rows) {
    it(`refuses ${name}`, () =>
      assert.throws(
        () => parse(change),
        (error: RequestError) =>
          error.code === 'json.number_out_of_range' || withCode('pins.document_malformed')(error),
      ));
  }

  it('gives a set or a coded error for any JSON', () => {
    const member = fc.constantFrom(...Object.keys(good));
    const changed = fc.tuple(member, fc.jsonValue()).map(([name, value]) => JSON.stringify({ ...good, [name]: value }));
    const changedHost = fc
      .tuple(fc.constantFrom(...Object.keys(host)), fc.jsonValue())
      .map(([name, value]) => JSON.stringify({ ...good, ...withHost({ [name]: value }) }));
    fc.assert(
      fc.property(fc.oneof(fc.json(), changed, changedHost), (text) => {
        try {
          parsePinSet(utf8(text));
        } catch (error) {
          assert.ok(error instanceof RequestError);
        }
      }),
      { seed: 9, numRuns: 500 },
    );
  });
});
