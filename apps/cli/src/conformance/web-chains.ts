import { parseBase64 } from '@assay/formats';
import { CHROME_CT_POLICY, CT_LOG_STATES, type CtLog, createCtLog, evaluateCtPolicy } from '@assay/x509';
import { z } from 'zod';
import { Time } from '../cases/members.ts';
import type { VectorDocument } from './documents.ts';
import { asTold, certificateOf, formRuns } from './forms.ts';
import type { CaseOutcome, CaseRun, CaseSet } from './run.ts';
import { embeddedOutcomes, type Stamped } from './timestamps.ts';

/** A chain of the public web, what is known about the logs of its timestamps, and whether Chrome's policy is met. */
const WebChain = z.looseObject({
  id: z.string(),
  chain_pem: z.array(z.string()).min(1),
  scts: z.array(
    z.looseObject({
      log: z.string(),
      operator: z.string(),
      log_api: z.enum(['rfc6962', 'static-ct-api']),
      state_in_list_80_14: z.enum(CT_LOG_STATES).nullish(),
      timestamp_ms: z.int(),
      key_spki_b64: z.string(),
      /** `null` where the chain does not show it: without its issuer. */
      signature_valid: z.boolean().nullable(),
    }),
  ),
  validation_time: Time.nullish(),
  expected: z.looseObject({ chrome_embedded_rule_met_with_list_80_14: z.boolean() }),
});

type WebChain = z.output<typeof WebChain>;

/** Single documents of web chains with their `scts` decoded; those of one folder form a set. */
export function webChainSets(documents: readonly VectorDocument[], now: number): readonly CaseSet[] {
  const chains = documents.filter(({ value }) => 'chain_pem' in value && 'scts' in value);
  const folders = Map.groupBy(chains, ({ path }) => path.split('/').slice(0, -1).join('/'));
  return [...folders].map(([name, members]) => ({
    ...{ name, pedantic: false },
    cases: members.flatMap(({ value }) => formRuns(value, WebChain, (given) => webChainRuns(given, now))),
  }));
}

/** One run for the signatures and one for the policy. */
function webChainRuns(given: WebChain, now: number): readonly CaseRun[] {
  const met = given.expected.chrome_embedded_rule_met_with_list_80_14;
  return [
    { id: `${given.id}#signatures`, expected: 'accept', why: '', run: () => comparedWithSignatures(given, now) },
    { id: `${given.id}#policy`, expected: met ? 'accept' : 'reject', why: '', run: () => judgedByPolicy(given, now) },
  ];
}

function comparedWithSignatures(given: WebChain, now: number): CaseOutcome {
  const expected = given.scts.map(({ signature_valid: isValid }) => (isValid === true ? 'valid' : 'not proven'));
  const outcomes = embeddedOutcomes(toStamped(given, now));
  const found = outcomes.map(({ status }) => (status === 'valid' ? 'valid' : 'not proven'));
  return asTold(expected, found, found.join() === expected.join());
}

function judgedByPolicy(given: WebChain, now: number): CaseOutcome {
  const stamped = toStamped(given, now);
  const scts = embeddedOutcomes(stamped).map((outcome) => ({ origin: 'embedded' as const, outcome }));
  const { met, why } = evaluateCtPolicy(CHROME_CT_POLICY, { leaf: stamped.leaf, scts, at: stamped.at });
  return { found: met ? 'accept' : 'reject', reasons: why, trace: [] };
}

/**
 * The leaf is the first of the chain, whatever else the server sent. Chains are dated one second into the certificate's life,
 * and issuers date certificates back: nobody can have seen one until after its timestamps.
 */
function toStamped({ chain_pem, scts, validation_time }: WebChain, now: number): Stamped {
  const [leaf = '', issuer] = chain_pem;
  return {
    leaf: certificateOf(leaf),
    issuer: issuer === undefined ? undefined : certificateOf(issuer),
    logs: scts.map(toLog),
    at: Math.max(validation_time ?? now, ...scts.map(({ timestamp_ms }) => timestamp_ms + 1)),
  };
}

/** The state has no date here: a retired log is taken to have signed before. */
function toLog(sct: WebChain['scts'][number]): CtLog {
  const name = sct.state_in_list_80_14;
  return createCtLog(parseBase64(sct.key_spki_b64), {
    description: sct.log,
    operator: sct.operator,
    previousOperators: [],
    api: sct.log_api,
    state: name == null ? undefined : { name, since: name === 'retired' ? sct.timestamp_ms + 1 : 0 },
  });
}
