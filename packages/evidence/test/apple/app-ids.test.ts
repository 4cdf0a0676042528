import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError, EvidenceError } from '@assay/core';
import { utf8 } from '@assay/formats';
import { assertAppIds, matchAppId } from '../../src/apple/app-ids.ts';
import { APP_ID, sha256 } from '../support/mint-apple.ts';

const HASH = sha256(utf8(APP_ID));

describe('App IDs', () => {
  it('match by the hash of the whole id, whichever comes first', () => {
    assert.equal(matchAppId(HASH, ['TEAM123456.com.example.other', APP_ID], 'test'), APP_ID);
  });

  it('do not match in part', () => {
    for (const appIds of [['com.example.bank'], [`${APP_ID} `], ['team123456.com.example.bank'], []]) {
      assert.throws(
        () => matchAppId(HASH, appIds, 'test'),
        (error) => error instanceof EvidenceError && error.code === 'apple.app_id_mismatch',
      );
    }
  });

  it('must be configured', () => {
    assert.throws(
      () => assertAppIds([]),
      (error) => error instanceof ConfigError && error.code === 'apple.app_ids_empty',
    );
  });
});
