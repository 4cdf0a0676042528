import assert from 'node:assert/strict';
import { createPublicKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type CtLogList, parseAppleLogList, parseGoogleLogList, verifyGoogleLogList } from '@assay/x509';
import { describeVectors } from '../../../../tools/vectors.ts';
import { fault } from '../support/chain.ts';
import { listJson, logJson, mintLog } from '../support/ct.ts';
import { ecKeys, rsaKeys } from '../support/mint.ts';
import { assertHardened, outcome } from '../support/mutate.ts';

const log = mintLog();
const tiled = mintLog();
const operators = [
  { name: 'A', email: ['a@example.test'], logs: [logJson(log)], tiled_logs: [logJson(tiled)] },
  { name: 'B', email: [], logs: [] },
];
const list = listJson(operators);

/** The list with one log, and this in it. */
const withLog = (extra: Readonly<Record<string, unknown>>): Uint8Array =>
  listJson([{ name: 'A', logs: [logJson(log, extra)] }]);

describe('parseGoogleLogList', () => {
  it('reads logs of both kinds', () => {
    const { version, timestamp, logs } = parseGoogleLogList(list);
    assert.deepEqual([version, timestamp], ['1.2', Date.parse('2026-08-20T13:34:57Z')]);
    assert.deepEqual(
      logs.map(({ id, api, operator, state }) => [id, api, operator, state?.name]),
      [
        [log.id, 'rfc6962', 'A', 'usable'],
        [tiled.id, 'static-ct-api', 'A', 'usable'],
      ],
    );
  });

  it('reads previous operators in order of time', () => {
    const previous_operators = [
      { name: 'later', end_time: '2025-01-01T00:00:00Z' },
      { name: 'earlier', end_time: '2024-01-01T00:00:00Z' },
    ];
    const [first] = parseGoogleLogList(withLog({ previous_operators })).logs;
    assert.deepEqual(
      first?.previousOperators.map(({ name }) => name),
      ['earlier', 'later'],
    );
  });

  it('approves nothing by a state that is missing or that it does not know', () => {
    const at = { timestamp: '2025-01-01T00:00:00Z' };
    assert.equal(parseGoogleLogList(withLog({ state: undefined })).logs[0]?.state, undefined);
    assert.equal(parseGoogleLogList(withLog({ state: { splendid: at } })).logs[0]?.state, undefined);
    assert.equal(parseGoogleLogList(withLog({ state: { rejected: at } })).logs[0]?.state?.name, 'rejected');
  });

  const at = { timestamp: '2025-01-01T00:00:00Z' };
  for (const [what, json] of [
    ['another digest than the key has', withLog({ log_id: tiled.id })],
    ['a key that is no key', withLog({ key: 'AAAA' })],
    ['a key that is not base64', withLog({ key: '?' })],
    ['a log without a description', withLog({ description: undefined })],
    ['a log in two states', withLog({ state: { usable: at, retired: at } })],
    ['a log in no state of an object', withLog({ state: {} })],
    ['a state without its time', withLog({ state: { usable: {} } })],
    ['a time with an offset', withLog({ state: { usable: { timestamp: '2025-01-01T00:00:00+01:00' } } })],
    ['a time that is none', withLog({ state: { usable: { timestamp: '2025-13-01T00:00:00Z' } } })],
    ['a log that is listed twice', listJson([{ name: 'A', logs: [logJson(log), logJson(log)] }])],
    ['an operator without a name', listJson([{ logs: [logJson(log)] }])],
    ['operators that are no list', listJson({})],
    ['a log that is text', listJson([{ name: 'A', logs: ['log'] }])],
    ['no time of its own', listJson(operators, { log_list_timestamp: undefined })],
    ['no version', listJson(operators, { version: undefined })],
  ] as const) {
    it(`refuses ${what}`, () => assert.throws(() => parseGoogleLogList(json), fault('ct.log_list_malformed')));
  }

  it('refuses a list without logs', () => {
    assert.throws(() => parseGoogleLogList(listJson([])), fault('ct.logs_empty'));
    assert.throws(() => parseGoogleLogList(listJson([{ name: 'A' }])), fault('ct.logs_empty'));
  });

  it('refuses what is no JSON, and too much of it', () => {
    assert.throws(() => parseGoogleLogList('{'), { code: 'json.syntax' });
    assert.throws(() => parseGoogleLogList(' '.repeat((4 << 20) + 1)), { code: 'json.input_too_large' });
  });

  it('ends in a list or a coded error, whatever one changes', () => {
    assertHardened(list, parseGoogleLogList, 1000);
  });
});

describe('verifyGoogleLogList', () => {
  const keys = rsaKeys(2048);
  const signature = sign('sha256', list, keys.privateKey);

  it('parses what the key signed', () => {
    assert.equal(verifyGoogleLogList(list, signature, keys.publicKey).logs.length, 2);
  });

  it('refuses one other octet, another key, and a key of another kind', () => {
    const other = listJson(operators, { version: '1.3' });
    const ec = ecKeys();
    for (const run of [
      () => verifyGoogleLogList(other, signature, keys.publicKey),
      () => verifyGoogleLogList(list, signature.subarray(1), keys.publicKey),
      () => verifyGoogleLogList(list, signature, rsaKeys(2048).publicKey),
      () => verifyGoogleLogList(list, sign('sha256', list, ec.privateKey), ec.publicKey),
    ]) {
      assert.throws(run, fault('ct.log_list_not_genuine'));
    }
  });
});

describe('parseAppleLogList', () => {
  it('reads a list that does not say when it was made', () => {
    const apple = parseAppleLogList(listJson(operators, { log_list_timestamp: undefined, assetVersion: 32 }));
    assert.deepEqual([apple.timestamp, apple.logs.length], [undefined, 2]);
  });

  it('ends in a list or a coded error, whatever one changes', () => {
    assertHardened(list, parseAppleLogList, 500);
  });
});

describeVectors('published lists of logs', (dir) => {
  const read = (file: string) => readFileSync(join(dir, 'x509/ct/lists', file));
  const key = createPublicKey(read('google-log_list_pubkey.pem'));
  const count = ({ logs }: CtLogList, api: string) => logs.filter((each) => each.api === api).length;

  for (const [name, version, rfc6962, tiledLogs] of [
    ['google-all_logs_list', '89.25', 42, 75],
    ['google-log_list-80.14', '80.14', 49, 26],
  ] as const) {
    it(`${name} verifies with Google's key`, () => {
      const google = verifyGoogleLogList(read(`${name}.json`), read(`${name}.sig`), key);
      assert.equal(google.version, version);
      assert.deepEqual([count(google, 'rfc6962'), count(google, 'static-ct-api')], [rfc6962, tiledLogs]);
    });

    it(`${name} does not verify when changed, or by the signature of the other`, () => {
      const json = read(`${name}.json`);
      const other = name === 'google-all_logs_list' ? 'google-log_list-80.14' : 'google-all_logs_list';
      assert.equal(
        outcome(() => verifyGoogleLogList(json, read(`${other}.sig`), key)),
        undefined,
      );
      json[100] = (json[100] ?? 0) ^ 1;
      assert.equal(
        outcome(() => verifyGoogleLogList(json, read(`${name}.sig`), key)),
        undefined,
      );
    });
  }

  it('apple-current_log_list parses', () => {
    const { logs, version } = parseAppleLogList(read('apple-current_log_list.json'));
    assert.deepEqual([version, logs.length], ['511', 166]);
  });
});
