import {
  type Appraisal,
  type AssayError,
  type Assurance,
  isAdmitted,
  isAtLeast,
  isPassing,
  knownValue,
  type Verdict,
} from '@assay/core';
import { toBase64url } from '@assay/formats';
import {
  issueToken,
  pairwiseId,
  type RefusedReply,
  type Reply,
  type ReplyToken,
  signReply,
  type TokenType,
} from '@assay/tokens';
import { nextChallenge } from '../challenge.ts';
import type { Service } from '../context.ts';
import { newerPins } from '../pins.ts';
import type { ApiDocument } from '../registry/documents.ts';
import type { Answer } from './answer.ts';
import type { Scene, Situation } from './situation.ts';

const SHAPES: Readonly<
  Record<ApiDocument['shape'], { readonly type: TokenType; readonly scheme: ReplyToken['type'] }>
> = {
  'at+jwt': { type: 'at+jwt', scheme: 'DPoP' },
  attestation: { type: 'oauth-client-attestation+jwt', scheme: 'attestation' },
};

/** Times of the instance as the token states them. */
export interface Freshness {
  readonly vat: number;
  readonly fat: number;
}

/** The reply to valid evidence: tokens and secrets for a passing verdict, a refusal for any other. Pins ride in both. */
export async function answerAppraisal(
  situation: Situation,
  appraisal: Appraisal,
  freshness: Freshness,
  secrets: Readonly<Record<string, string>>,
): Promise<Answer> {
  const { service, issuer, app, request, keys } = situation;
  const common = {
    ...replyHead(situation, appraisal.support),
    ...(await newerPins(service, issuer.iss, app.id, request.statement.want.pins)),
    next: await nextChallenge(service, issuer, app.id, request.jkt),
  };
  const reply: Reply = isAdmitted(appraisal.verdict)
    ? { ...common, result: 'ok', tokens: await tokensFor(situation, appraisal, freshness), secrets }
    : { ...common, ...(await refusalOf(situation, appraisal.verdict)) };
  return { status: reply.result === 'ok' ? 200 : 403, reply: signReply(reply, keys.reply), support: appraisal.support };
}

/** The reply to evidence that does not hold: class and action, and nothing that helps a forger. */
export function answerRejection(
  asked: Asked & Pick<Situation, 'service' | 'keys'>,
  error: AssayError,
  support: string,
): Answer {
  const reply: Reply = { ...replyHead(asked, support), ...refusal(asked.service, error.code, undefined) };
  return { status: 403, reply: signReply(reply, asked.keys.reply), support };
}

/** Who asked, and what. */
interface Asked extends Pick<Situation, 'issuer' | 'at'> {
  readonly request: Pick<Situation['request'], 'jkt' | 'requestHash'>;
}

function replyHead({ issuer, request, at }: Asked, support: string) {
  return {
    ...{ v: 1 as const, iss: issuer.iss, aud: request.jkt, iat: Math.floor(at / 1000), support },
    rqh: toBase64url(request.requestHash),
  };
}

function refusal(service: Service, code: string | undefined, reasons: readonly string[] | undefined) {
  const { class: kind, action } = service.reasons.get(code ?? '') ?? { class: 'evidence', action: 'retry' };
  const told: Pick<RefusedReply, 'result' | 'class' | 'action'> = { result: 'refused', class: kind, action };
  return reasons === undefined ? told : { ...told, reasons };
}

/** What a refused app is told. A rule with a code of the operator's own says itself what a device is told. */
export async function refusalOf({ service, issuer, app }: Scene, { reasons, policy }: Verdict) {
  const told = refusal(service, reasons[0], app.reasonsToApp ? reasons : undefined);
  if (reasons[0]?.startsWith('custom.') !== true) return told;
  const [name = '', version] = policy.split('@');
  const rules = (await service.policies.findVersion(issuer.iss, name, Number(version)))?.rules ?? [];
  const own = rules.find(({ otherwise }) => otherwise.code === reasons[0])?.otherwise;
  return { ...told, class: own?.class ?? told.class, action: own?.action ?? told.action };
}

/** One token for each API that the app asked for and whose minimum the verdict reaches. */
async function tokensFor(situation: Situation, { verdict, ...appraisal }: Appraisal, freshness: Freshness) {
  const tokens = situation.request.statement.want.aud.map(async (audience) => {
    const api = await situation.service.registry.api(situation.issuer.iss, audience);
    if (api === undefined || !isAtLeast(assuranceOf(verdict), api.minimum)) return [];
    return [[audience, tokenFor(situation, api, verdict, appraisal, freshness)] as const];
  });
  return Object.fromEntries((await Promise.all(tokens)).flat());
}

/** A token of an install that the rules refuse says `low`, with why it was let through. */
const assuranceOf = (verdict: Verdict): Assurance => (isPassing(verdict) ? verdict.assurance : 'low');

function tokenFor(
  { service, issuer, keys, app, request, at }: Situation,
  api: ApiDocument,
  verdict: Verdict,
  { facts, lineage }: Pick<Appraisal, 'facts' | 'lineage'>,
  { vat, fat }: Freshness,
): ReplyToken {
  const { type, scheme } = SHAPES[api.shape];
  const platform = knownValue(facts.platform) ?? 'dev';
  const value = issueToken(
    {
      ...{ type, iss: issuer.iss, audience: api.audience, app: app.id, key: request.jwk },
      ...{ assurance: verdict.assurance, tier: verdict.tier, policy: verdict.policy, platform },
      keyProtection: knownValue(facts.key.protection) ?? 'software',
      appVersion: request.statement.claims.ver,
      attestedAt: vat,
      freshAt: fat,
      instance: pairwiseId(keys.record, api.audience, lineage),
      lifetimeSeconds: api.lifetime,
      degraded: verdict.degraded,
      admitted: verdict.admitted,
      annotations: verdict.annotations,
    },
    { signingKey: keys.token, at, random: service.random },
  );
  service.events.emit({ type: 'token', iss: issuer.iss, platform, assurance: assuranceOf(verdict) });
  return { value, type: scheme, expires_in: api.lifetime };
}
