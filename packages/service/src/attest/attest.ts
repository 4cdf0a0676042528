import type { Purpose, Redemption } from '@assay/core';
import { type AssayError, type CheckResult, EvidenceError, RequestError } from '@assay/core';
import { toBase64url } from '@assay/formats';
import { evaluatePolicy } from '@assay/policy';
import { type ParsedRequest, PURPOSES, type PurposeRow, sha256, thumbprintBytes, verifyRequest } from '@assay/tokens';
import type { Service } from '../context.ts';
import { fault } from '../fault.ts';
import type { Issuer } from '../issuers.ts';
import type { IssuerKeys } from '../keys/issuer-keys.ts';
import type { AppDocument } from '../registry/documents.ts';
import { type Assessment, assess } from './assess.ts';
import { planDeliveries, sealDeliveries, toDelivery } from './deliveries.ts';
import { policyOf } from './policies.ts';
import { type Caller, markOf, newSupportCode, toAppraisal } from './record.ts';
import { noteRejection } from './refused-input.ts';
import { Rejected } from './rejected.ts';
import { type Answer, answerAppraisal, answerRejection } from './reply.ts';
import { findInstances, type Situation } from './situation.ts';

export type AttestPath = PurposeRow['path'];

/** A repeated request is answered again this often. */
const MAX_REISSUES = 3;
/** A redemption outlives its challenge by this, for replicas whose clocks differ. */
const REDEMPTION_GRACE_MS = 60_000;

/**
 * Appraises one parsed request: challenge, signature, evidence, policy, and one transaction; then the signed reply.
 * Cheap steps come before dear ones (`docs/protocol.md`, order of the checks).
 *
 * @throws RequestError, UpstreamError, ConfigError: none of them is a refusal, and none changed any state. Evidence that
 * does not hold is no error here but a signed answer.
 */
export async function attest(
  service: Service,
  issuer: Issuer,
  path: AttestPath,
  parsed: ParsedRequest,
  caller: Caller,
): Promise<Answer> {
  const started = service.elapsed();
  const at = service.clock();
  const keys = await service.keys.of(issuer.iss);
  const timed = { service, issuer, keys, at, started, caller };
  try {
    const situation = await prepare(timed, path, parsed);
    return await oneAtATime(service, situation, () => decide(situation, caller, started));
  } catch (error) {
    if (error instanceof Rejected) return reject(timed, parsed, error.error, error.checks);
    if (error instanceof EvidenceError) return reject(timed, parsed, error, []);
    throw error;
  }
}

interface Timed {
  readonly service: Service;
  readonly issuer: Issuer;
  readonly keys: IssuerKeys;
  readonly at: number;
  readonly started: number;
  readonly caller: Caller;
}

/** Everything before the evidence: challenge, signature, registry, instances. */
async function prepare(
  { service, issuer, keys, at }: Timed,
  path: AttestPath,
  parsed: ParsedRequest,
): Promise<Situation> {
  const request = verifyRequest(parsed, {
    iss: issuer.iss,
    purposes: purposesOf(path),
    challengeKeys: keys.challenge,
    keys: service.instanceKeys,
    at,
  });
  const app = await registeredApp(service, issuer, parsed);
  return { service, issuer, keys, app, request, at, ...(await findInstances(service, issuer.iss, request)) };
}

function purposesOf(path: AttestPath): readonly Purpose[] {
  return Object.entries(PURPOSES).flatMap(([purpose, row]) => (row.path === path ? [purpose as Purpose] : []));
}

/** @throws RequestError `service.app_unknown`, `service.audience_unknown` */
async function registeredApp(service: Service, issuer: Issuer, { statement }: ParsedRequest): Promise<AppDocument> {
  const app = await service.registry.app(issuer.iss, statement.app);
  if (app === undefined) throw fault('service.app_unknown');
  const foreign = statement.want.aud.find((audience) => !app.audiences.includes(audience));
  if (foreign !== undefined)
    throw fault('service.audience_unknown', { expected: app.audiences.join(', '), found: foreign });
  return app;
}

/** Attempts at one challenge that are in flight in this process wait for the first: its outcome decides theirs. */
async function oneAtATime(service: Service, situation: Situation, run: () => Promise<Answer>): Promise<Answer> {
  const key = `${situation.issuer.iss} ${situation.request.statement.challenge}`;
  const before = service.inFlight.get(key) ?? Promise.resolve();
  const mine = before.then(run, run);
  service.inFlight.set(key, mine);
  try {
    return await mine;
  } finally {
    if (service.inFlight.get(key) === mine) service.inFlight.delete(key);
  }
}

async function decide(situation: Situation, caller: Caller, started: number): Promise<Answer> {
  const redemption = redemptionOf(situation);
  const repeated = await situation.service.store.repeat(situation.issuer.iss, redemption, MAX_REISSUES);
  if (repeated === 'challenge_used') throw fault('service.challenge_used');
  if (repeated !== undefined) return answerAgain(situation, repeated);
  const assessment = assess(situation);
  return accept(situation, assessment, redemption, caller, started);
}

function redemptionOf({ request }: Situation): Redemption {
  return {
    challengeHash: toBase64url(sha256(request.statement.challenge)),
    requestHash: toBase64url(request.requestHash),
    expiresAt: request.challenge.expiresAt + REDEMPTION_GRACE_MS,
  };
}

/** Policy, transaction, reply. Only what was committed is answered. */
async function accept(
  situation: Situation,
  assessment: Assessment,
  redemption: Redemption,
  caller: Caller,
  started: number,
): Promise<Answer> {
  const { service, issuer, app, at } = situation;
  const verdict = evaluatePolicy(await policyOf(service, issuer.iss, app.policy), assessment.facts);
  const planned = await planDeliveries(situation, verdict);
  const appraisal = toAppraisal(situation, assessment, verdict, caller, { total: service.elapsed() - started });
  const outcome = await service.store.accept({
    ...{ iss: issuer.iss, redemption, change: assessment.change, appraisal },
    deliveries: planned.map((delivery) => toDelivery(delivery, assessment.lineage, at)),
  });
  if (outcome.outcome === 'repeated') return answerAgain(situation, outcome.appraisal);
  if (outcome.outcome !== 'accepted') throw fault(`service.${outcome.outcome}`);
  const delivered = planned.filter(({ row }) => outcome.delivered.includes(row.name));
  for (const { row } of planned) {
    service.events.emit({
      type: 'delivery',
      iss: issuer.iss,
      secret: row.name,
      delivered: outcome.delivered.includes(row.name),
    });
  }
  const answer = await answerAppraisal(situation, appraisal, assessment, await sealDeliveries(situation, delivered));
  service.events.emit({ type: 'appraisal', appraisal, result: answer.status === 200 ? 'ok' : 'refused' });
  return answer;
}

/** The answer to a request that was committed before: the recorded verdict, new tokens and boxes for the same keys. */
async function answerAgain(situation: Situation, appraisal: Parameters<typeof answerAppraisal>[1]): Promise<Answer> {
  const { service, issuer, request } = situation;
  const instance = await service.store.instance(issuer.iss, request.jkt);
  if (instance === undefined) throw fault('service.instance_unknown');
  if (instance.status !== 'active') throw fault('service.instance_revoked');
  const planned = await planDeliveries(situation, appraisal.verdict);
  return answerAppraisal(situation, appraisal, instance, await sealDeliveries(situation, planned));
}

/** Counts and samples a rejection, and signs the refusal. */
function reject(timed: Timed, parsed: ParsedRequest, error: AssayError, checks: readonly CheckResult[]): Answer {
  if (error instanceof RequestError) throw error;
  const { service, issuer, keys, at, caller } = timed;
  const support = newSupportCode(service);
  const addressHmac = markOf(keys, caller, at);
  noteRejection(service, {
    iss: issuer.iss,
    app: parsed.statement.app,
    code: error.code,
    at,
    support,
    checks,
    addressHmac,
  });
  const request = { jkt: toBase64url(thumbprintBytes(parsed.jwk)), requestHash: sha256(parsed.request) };
  return answerRejection({ service, issuer, keys, at, request }, error, support);
}
