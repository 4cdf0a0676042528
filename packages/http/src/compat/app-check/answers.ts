import type { Exchanged } from '@assay/service';
import type { FastifyReply } from 'fastify';
import { PROBLEM_MEDIA_TYPE } from '../../problems/problem.ts';

/**
 * What the client's back-off makes of a status (google/app-check, GACAppCheckBackoffWrapper, read 2026-11-21): a day for 400 and
 * 404, so neither stands for anything that passes; exponential from a second to four hours for everything else. A 403 to an
 * attestation drops the Apple key, and another one is attested at once. It reads no `Retry-After`; a connection that is sent one
 * rests for that long, and what the phone asks next over it is no less welcome than anybody's.
 */
interface Row {
  readonly status: number;
  readonly title: string;
}

const CHALLENGE_ROW: Row = { status: 409, title: 'The challenge is of no use any more: ask for another one' };

const OUTCOMES: Readonly<Record<Exclude<Exchanged['outcome'], 'issued'>, Row & { readonly code: string }>> = {
  refused: { status: 403, code: 'refused', title: 'Refused' },
  deferred: { status: 429, code: 'deferred', title: 'Not in this state' },
  crossed: { status: 409, code: 'crossed', title: 'Another request came first' },
  key_unknown: { status: 503, code: 'key_unknown', title: 'The key is not known now' },
};

/** Codes of errors with a status of their own here; every other is answered as everywhere. */
const ERRORS: ReadonlyMap<string, Row> = new Map([
  ['service.facade_unknown', { status: 404, title: 'No such project and app' }],
  ['service.challenge_used', CHALLENGE_ROW],
  ['tokens.challenge_malformed', CHALLENGE_ROW],
  ['tokens.challenge_invalid', CHALLENGE_ROW],
  ['tokens.challenge_expired', CHALLENGE_ROW],
  ['tokens.challenge_from_future', CHALLENGE_ROW],
  ['tokens.challenge_purpose', CHALLENGE_ROW],
  ['tokens.version_unsupported', CHALLENGE_ROW],
]);

/** Answers an exchange that gave no token. */
export function sendOutcome(reply: FastifyReply, { outcome, support }: Exclude<Exchanged, { outcome: 'issued' }>) {
  const { code, ...row } = OUTCOMES[outcome];
  return sendRow(reply, row, code, support);
}

/** Answers an error of this facade; undefined for one that has no status of its own here. */
export function sendError(reply: FastifyReply, code: string, support: string): FastifyReply | undefined {
  const row = ERRORS.get(code);
  return row === undefined ? undefined : sendRow(reply, row, code.slice(code.indexOf('.') + 1), support);
}

function sendRow(reply: FastifyReply, { status, title }: Row, code: string, support: string) {
  const problem = { type: `urn:assay:problem:${code}`, title, status, code, support };
  return reply.code(status).header('cache-control', 'no-store').type(PROBLEM_MEDIA_TYPE).send(problem);
}
