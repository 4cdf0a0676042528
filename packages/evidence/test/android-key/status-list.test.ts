import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UpstreamError } from '@assay/core';
import { utf8 } from '@assay/formats';
import { parseStatusList } from '../../src/android-key/index.ts';

const revoked = { status: 'REVOKED', reason: 'KEY_COMPROMISE' };

describe('parseStatusList', () => {
  it('reads serials as they stand, text or bytes', () => {
    const entries = { '16580768335559031605': revoked, cc66e9a9: { status: 'SUSPENDED', comment: 'x' }, 0: revoked };
    for (const json of [JSON.stringify({ entries }), utf8(JSON.stringify({ entries }))]) {
      const list = parseStatusList(json);
      assert.deepEqual([...list.entries.keys()].sort(), ['0', '16580768335559031605', 'cc66e9a9']);
      assert.deepEqual(list.entries.get('cc66e9a9'), { status: 'SUSPENDED', reason: undefined });
    }
  });

  it('reads a list that names nobody', () => {
    assert.equal(parseStatusList('{"entries":{}}').entries.size, 0);
  });

  for (const [name, json] of [
    ['no JSON', 'entries'],
    ['an empty answer', ''],
    ['a page of HTML', '<html></html>'],
    ['a list', '[]'],
    ['null', 'null'],
    ['no entries', '{}'],
    ['entries as a list', '{"entries":[]}'],
    ['a serial twice', '{"entries":{"1":{"status":"REVOKED"},"1":{"status":"REVOKED"}}}'],
    ['upper-case hex', '{"entries":{"AB":{"status":"REVOKED"}}}'],
    ['a leading zero', '{"entries":{"0a":{"status":"REVOKED"}}}'],
    ['a prefix', '{"entries":{"0xab":{"status":"REVOKED"}}}'],
    ['an empty serial', '{"entries":{"":{"status":"REVOKED"}}}'],
    ['an unknown status', '{"entries":{"ab":{"status":"revoked"}}}'],
    ['an entry without status', '{"entries":{"ab":{}}}'],
    ['an entry that is none', '{"entries":{"ab":"REVOKED"}}'],
  ] as const) {
    it(`refuses ${name}`, () => {
      assert.throws(
        () => parseStatusList(json),
        (error) => error instanceof UpstreamError && error.code === 'android.status_list_malformed' && error.retryable,
      );
    });
  }
});
