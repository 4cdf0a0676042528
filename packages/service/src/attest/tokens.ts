import { type Appraisal, type Facts, isAtLeast, knownValue, type Verdict } from '@assay/core';
import type { EcJwk, ReplyToken, TokenType } from '@assay/tokens';
import type { ApiDocument } from '../registry/documents.ts';
import { assuranceOf, issueFor } from './issue.ts';
import type { Scene } from './situation.ts';

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

/** Who asks for tokens, in his own words where they are not proven. */
export interface TokenAsk {
  readonly jwk: EcJwk;
  /** The app's version, as it states it. */
  readonly version: string;
  readonly audiences: readonly string[];
}

export type ReplyTokens = Readonly<Record<string, ReplyToken>>;

/** One token for each API that the app asked for and whose minimum the verdict reaches. */
export function tokensFor(
  scene: Scene,
  ask: TokenAsk,
  appraisal: Appraisal,
  freshness: Freshness,
): Promise<ReplyTokens> {
  return tokensOf(scene, ask, (api) =>
    isAtLeast(assuranceOf(appraisal.verdict), api.minimum)
      ? tokenFor(scene, api, ask, appraisal, freshness)
      : undefined,
  );
}

/** What each API that the app asked for gives, in the order in which it did. One that is not registered is passed over. */
export async function tokensOf(
  { service, issuer }: Scene,
  { audiences }: TokenAsk,
  make: (api: ApiDocument) => ReplyToken | undefined,
): Promise<ReplyTokens> {
  const apis = await Promise.all(audiences.map((audience) => service.registry.api(issuer.iss, audience)));
  const tokens = apis.map((api) => [api?.audience ?? '', api && make(api)] as const);
  return Object.fromEntries(tokens.flatMap(([audience, token]) => (token === undefined ? [] : [[audience, token]])));
}

/** A token for an API, by the decision about its install. */
export function tokenFor(
  scene: Scene,
  api: ApiDocument,
  ask: TokenAsk,
  { facts, lineage, verdict }: Pick<Appraisal, 'facts' | 'lineage' | 'verdict'>,
  freshness: Freshness,
): ReplyToken {
  const { service, issuer } = scene;
  const platform = knownValue(facts.platform) ?? 'dev';
  service.events.emit({ type: 'token', iss: issuer.iss, platform, assurance: assuranceOf(verdict) });
  return replyToken(scene, api, ask, { facts, lineage, verdict }, freshness);
}

/** What a decoy says: nothing that any route takes. */
const NOTHING = { tier: 'contraindicated', assurance: 'none' } as const;

/** A token that its API refuses, and that is like every other on the way there: only for APIs that tokens are sealed to. */
export function decoyFor(
  scene: Scene,
  api: ApiDocument,
  ask: TokenAsk,
  about: { readonly facts: Facts; readonly lineage: string; readonly policy: string },
  freshness: Freshness,
): ReplyToken {
  return replyToken(scene, api, ask, { ...about, verdict: { ...NOTHING, policy: about.policy } }, freshness);
}

function replyToken(
  scene: Scene,
  api: ApiDocument,
  { jwk: key, version: appVersion }: TokenAsk,
  { facts, lineage, verdict }: { facts: Facts; lineage: string; verdict: Omit<Verdict, 'trace' | 'reasons'> },
  { vat: attestedAt, fat: freshAt }: Freshness,
): ReplyToken {
  const { type, scheme } = SHAPES[api.shape];
  const platform = knownValue(facts.platform) ?? 'dev';
  const keyProtection = knownValue(facts.key.protection) ?? 'software';
  const said = { type, key, platform, keyProtection, appVersion, attestedAt, freshAt, verdict, lineage };
  return { value: issueFor(scene, api, said), type: scheme, expires_in: api.lifetime };
}
