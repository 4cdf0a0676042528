import { AssayError, type CheckResult, EvidenceError, type Purpose } from '@assay/core';
import { type ParsedRequest, PURPOSES, type PurposeRow, sha256, verifyRequest } from '@assay/tokens';
import type { Service } from '../context.ts';
import { fault } from '../fault.ts';
import type { Issuer } from '../issuers.ts';
import type { IssuerKeys } from '../keys/issuer-keys.ts';
import type { AppDocument } from '../registry/documents.ts';
import { type Attempt, accept, answerAgain, MAX_REISSUES } from './accept.ts';
import type { Answer } from './answer.ts';
import { assess } from './assess.ts';
import { markOf, supportCodeOf } from './record.ts';
import { redemptionOf } from './redemption.ts';
import { noteRejection } from './refused-input.ts';
import { Rejected } from './rejected.ts';
import { answerRejection } from './reply.ts';
import { assertSealable } from './sealed-reply.ts';
import { type Caller, findInstances, ownInstance, type Situation } from './situation.ts';
import { createStopwatch, type Stopwatch } from './stopwatch.ts';

export type AttestPath = PurposeRow['path'];

/** One request at one moment. */
interface Arrival {
  readonly service: Service;
  readonly issuer: Issuer;
  readonly keys: IssuerKeys;
  readonly at: number;
  readonly caller: Caller;
}

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
  const watch = createStopwatch(service.elapsed, caller.parseMs ?? 0);
  const arrival = { service, issuer, keys: await service.keys.of(issuer.iss), at: service.clock(), caller };
  try {
    const situation = await prepare(arrival, path, parsed);
    watch.end('verify');
    return await oneAtATime(situation, () => proceed(situation, watch));
  } catch (error) {
    if (error instanceof Rejected) return reject(arrival, parsed, error.error, error.checks);
    return reject(arrival, parsed, error, []);
  }
}

/** Everything that needs no row of the instance: challenge, signature, registry. */
async function prepare(arrival: Arrival, path: AttestPath, parsed: ParsedRequest): Promise<Situation> {
  const { service, issuer, keys, at, caller } = arrival;
  const request = verifyRequest(parsed, {
    iss: issuer.iss,
    purposes: purposesOf(path),
    challengeKeys: keys.challenge,
    keys: service.instanceKeys,
    at,
  });
  const app = await registeredApp(service, issuer, parsed);
  return { service, issuer, keys, app, request, caller, at, sdk: request.statement.claims.sdk };
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
  await assertSealable({ service, issuer }, app, statement.want.aud);
  return app;
}

/**
 * Attempts at one challenge that are under way in this process run one after another. The first that is accepted redeems
 * the challenge, and those behind it are answered from its appraisal; one that fails leaves the next its turn.
 */
async function oneAtATime({ service, issuer, request }: Situation, attempt: () => Promise<Answer>): Promise<Answer> {
  const key = `${issuer.iss} ${request.statement.challenge}`;
  const before = service.inFlight.get(key) ?? Promise.resolve();
  const mine = before.then(attempt, attempt);
  service.inFlight.set(key, mine);
  try {
    return await mine;
  } finally {
    if (service.inFlight.get(key) === mine) service.inFlight.delete(key);
  }
}

/**
 * A request that was committed before is answered from its appraisal, before anything is asked of an instance that it
 * replaces: a rekey that is sent again finds that superseded by itself. The instance of its own key is looked at first, so
 * that none that was ended spends a repetition.
 */
async function proceed(situation: Situation, watch: Stopwatch): Promise<Answer> {
  watch.end('wait');
  const { service, issuer, request } = situation;
  const own = await ownInstance(service, issuer.iss, request);
  const { statement, challenge, requestHash } = request;
  const attempt: Attempt = { redemption: redemptionOf(statement.challenge, challenge.expiresAt, requestHash), watch };
  const repeated = await service.store.repeat(issuer.iss, attempt.redemption, MAX_REISSUES);
  if (repeated === 'challenge_used') throw fault('service.challenge_used');
  if (repeated !== undefined) return answerAgain(situation, repeated);
  const assessment = await assess({ ...situation, ...(await findInstances(service, issuer.iss, request, own)) });
  watch.end('evidence');
  return accept(situation, assessment, attempt);
}

/** Counts and samples a rejection, and signs the refusal. What is none goes on as it is. */
async function reject(
  arrival: Arrival,
  parsed: ParsedRequest,
  error: unknown,
  checks: readonly CheckResult[],
): Promise<Answer> {
  const { service, issuer, keys, at, caller } = arrival;
  const { app: id, claims } = parsed.statement;
  if (!(error instanceof EvidenceError) && !isUsedChallenge(error)) throw error;
  const app = await service.registry.app(issuer.iss, id);
  if (!(error instanceof EvidenceError) && app?.refusals !== 'sealed') throw error;
  const scene = { ...arrival, app, sdk: claims.sdk };
  const support = supportCodeOf(scene, sha256(parsed.request));
  const addressHmac = markOf(keys, caller, at);
  noteRejection(service, { iss: issuer.iss, app: id, code: error.code, at, support, checks, addressHmac });
  return answerRejection(scene, parsed, error, support);
}

/** That a challenge is used tells a sealed app that valid evidence came with it: it is answered as everything else. */
function isUsedChallenge(error: unknown): error is AssayError {
  return error instanceof AssayError && error.code === 'service.challenge_used';
}
