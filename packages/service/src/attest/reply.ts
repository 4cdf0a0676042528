import { type Appraisal, type AssayError, isAdmitted, type Verdict } from '@assay/core';
import { type ParsedRequest, type RefusedReply, type Reply, sha256, signReply, thumbprint } from '@assay/tokens';
import { nextChallenge } from '../challenge.ts';
import type { Service } from '../context.ts';
import { newerPins } from '../pins.ts';
import type { Answer } from './answer.ts';
import { replyHead } from './reply-head.ts';
import { answerSealed, type SealedAsk } from './sealed-reply.ts';
import type { Scene, Situation } from './situation.ts';
import { type Freshness, tokensFor } from './tokens.ts';

/** The reply to valid evidence: tokens and secrets for a passing verdict, a refusal for any other. Pins ride in both. */
export async function answerAppraisal(
  situation: Situation,
  appraisal: Appraisal,
  freshness: Freshness,
  secrets: Readonly<Record<string, string>>,
): Promise<Answer> {
  const { service, issuer, app, request, keys } = situation;
  const ask = askOf(request, request.statement.want.aud);
  const { support } = appraisal;
  if (app.refusals === 'sealed') return answerSealed(situation, ask, { appraisal, freshness }, support);
  const common = {
    ...replyHead(situation, ask, support),
    ...(await newerPins(service, issuer.iss, app.id, ask.pins)),
    next: await nextChallenge(service, issuer, app.id, ask.jkt),
  };
  const reply: Reply = isAdmitted(appraisal.verdict)
    ? { ...common, result: 'ok', tokens: await tokensFor(situation, ask, appraisal, freshness), secrets }
    : { ...common, ...(await refusalOf(situation, appraisal.verdict)) };
  return { status: reply.result === 'ok' ? 200 : 403, reply: signReply(reply, keys.reply), support };
}

/**
 * The reply to evidence that does not hold: class and action, and nothing that helps a forger. What is signed names the sender's
 * key and request by hashes of our own making, and registered names: nobody can have text of his choice signed.
 */
export async function answerRejection(
  scene: Omit<Scene, 'app'> & { readonly app: Scene['app'] | undefined },
  parsed: ParsedRequest,
  error: AssayError,
  support: string,
): Promise<Answer> {
  const { app, service, keys } = scene;
  const ask = askOf(
    parsed,
    parsed.statement.want.aud.filter((audience) => app?.audiences.includes(audience)),
  );
  if (app?.refusals === 'sealed') return answerSealed({ ...scene, app }, ask, undefined, support);
  const reply: Reply = { ...replyHead(scene, ask, support), ...refusal(service, error.code, undefined) };
  return { status: 403, reply: signReply(reply, keys.reply), support };
}

function askOf({ jwk, request, statement }: ParsedRequest, audiences: readonly string[]): SealedAsk {
  const { want, claims } = statement;
  return {
    ...{ jwk, jkt: thumbprint(jwk), requestHash: sha256(request), version: claims.ver, audiences },
    pins: want.pins,
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
