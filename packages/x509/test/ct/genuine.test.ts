import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { it } from 'node:test';
import { parseBase64, toHex } from '@assay/formats';
import {
  APPLE_CT_POLICY,
  type Certificate,
  CHROME_CT_POLICY,
  type CtLog,
  type CtPolicy,
  createCtLog,
  evaluateCtPolicy,
  leafIndexOf,
  parseAppleLogList,
  parseCertificate,
  parseGoogleLogList,
  type SctOutcome,
  sctsOf,
  verifySct,
} from '@assay/x509';
import { describeVectors } from '../../../../tools/vectors.ts';
import { pemOf } from '../support/pem.ts';

interface RealSct {
  readonly log_id: string;
  readonly log: string;
  readonly operator: string;
  readonly log_api: CtLog['api'];
  readonly state_in_list_80_14: string | null;
  readonly timestamp_ms: number;
  readonly extensions_hex: string;
  readonly key_spki_b64: string;
  readonly signature_valid: boolean | null;
}

interface RealCase {
  readonly id: string;
  readonly chain_pem: readonly string[];
  readonly scts: readonly RealSct[];
  readonly validation_time?: string;
  readonly expected: {
    readonly chrome_required_scts: number;
    readonly distinct_known_logs: number;
    readonly distinct_operators: number;
    readonly chrome_embedded_rule_met_with_list_80_14: boolean;
  };
}

/**
 * The cases name a time for path validation, one second into the certificate's life. Issuers date certificates back, so
 * their timestamps are later; nobody can have seen the certificate before them.
 */
function timeOf({ validation_time, scts }: RealCase): number {
  const given = Date.parse(validation_time ?? '2026-11-21T00:00:00Z');
  return Math.max(given, ...scts.map(({ timestamp_ms }) => timestamp_ms));
}

describeVectors('genuine web chains', (dir) => {
  const read = (file: string) => readFileSync(join(dir, 'x509/ct', file));
  const google = parseGoogleLogList(read('lists/google-log_list-80.14.json')).logs;
  const apple = parseAppleLogList(read('lists/apple-current_log_list.json')).logs;

  for (const file of globSync(join(dir, 'x509/ct/real/*.json'))) {
    const given: RealCase = JSON.parse(readFileSync(file, 'utf8'));
    const at = timeOf(given);
    const [leaf, issuer] = given.chain_pem.map((pem) => parseCertificate(pemOf(pem)));
    assert.ok(leaf);

    it(`${given.id}: reads every timestamp`, () => {
      const found = sctsOf(leaf).map((sct) => {
        assert.ok(sct.kind === 'v1');
        return [sct.logId, sct.timestamp, toHex(sct.extensions)];
      });
      const expected = given.scts.map((sct) => [sct.log_id, sct.timestamp_ms, sct.extensions_hex]);
      assert.deepEqual(found, expected);
    });

    it(`${given.id}: verifies every timestamp with the key of its log`, () => {
      if (given.scts.length === 0) return;
      const outcomes = verifyAll(leaf, issuer, given.scts.map(toLog), at);
      const expected = given.scts.map((sct) => (sct.signature_valid === null ? 'issuer_missing' : 'valid'));
      assert.deepEqual(
        outcomes.map(({ status }) => status),
        expected,
      );
    });

    it(`${given.id}: meets Chrome's policy exactly when it should`, () => {
      const outcomes = verifyAll(leaf, issuer, google, at);
      const { met, rows } = evaluate(CHROME_CT_POLICY, leaf, outcomes, at);
      assert.equal(met, given.expected.chrome_embedded_rule_met_with_list_80_14);
      const row = (code: string) => rows.find((each) => each.way === 'embedded' && each.code === code);
      assert.equal(row('ct.policy_count')?.wanted, given.expected.chrome_required_scts);
      assert.equal(row('ct.policy_count')?.found, given.expected.distinct_known_logs);
      assert.equal(row('ct.policy_operators')?.found, given.expected.distinct_operators);
    });

    it(`${given.id}: meets Apple's policy where it meets Chrome's`, () => {
      const { met } = evaluate(APPLE_CT_POLICY, leaf, verifyAll(leaf, issuer, apple, at), at);
      assert.equal(met, given.expected.chrome_embedded_rule_met_with_list_80_14);
    });

    for (const sct of given.scts.filter(({ log_api }) => log_api === 'static-ct-api')) {
      it(`${given.id}: reads the leaf index of ${sct.log}`, () => {
        const found = sctsOf(leaf).find((each) => each.kind === 'v1' && each.logId === sct.log_id);
        assert.ok(found?.kind === 'v1');
        assert.equal(leafIndexOf(found), Number.parseInt(sct.extensions_hex.slice(6), 16), basename(file));
      });
    }
  }
});

function verifyAll(leaf: Certificate, issuer: Certificate | undefined, logs: readonly CtLog[], at: number) {
  return sctsOf(leaf).map((sct) => verifySct({ sct, leaf, issuer, entry: 'precert', logs, at }));
}

function evaluate(policy: CtPolicy, leaf: Certificate, outcomes: readonly SctOutcome[], at: number) {
  return evaluateCtPolicy(policy, { leaf, scts: outcomes.map((outcome) => ({ origin: 'embedded', outcome })), at });
}

function toLog(sct: RealSct): CtLog {
  const { log: description, operator, log_api: api } = sct;
  return createCtLog(parseBase64(sct.key_spki_b64), {
    description,
    operator,
    previousOperators: [],
    api,
    state: undefined,
  });
}
