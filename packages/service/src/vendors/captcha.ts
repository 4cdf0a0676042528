import { ConfigError } from '@assay/core';
import { flag, list, misfit, object, type Reader, word } from '@assay/formats/shape';
import { readAnswer, unexpectedStatus } from './answers.ts';
import { createLine, type Endpoint, type Network, refusedUs, unavailable } from './endpoint.ts';
import type { CaptchaAnswer, CaptchaPort } from './types.ts';

export interface CaptchaOptions {
  readonly provider: CaptchaPort['provider'];
  readonly secret: string;
  /**
   * reCAPTCHA v3 gives a score from 0 to 1 instead of a yes or no; from this on it counts as passed. Default 0.5; once it is
   * set, an answer without a score is none that passed.
   */
  readonly minScore?: number;
  /** Another address than the provider's is for tests. */
  readonly endpoint?: Partial<Endpoint>;
}

const PROVIDERS: Readonly<Record<CaptchaPort['provider'], Endpoint>> = {
  turnstile: { name: 'Turnstile', url: 'https://challenges.cloudflare.com/turnstile/v0/siteverify' },
  hcaptcha: { name: 'hCaptcha', url: 'https://api.hcaptcha.com/siteverify' },
  recaptcha: { name: 'reCAPTCHA', url: 'https://www.google.com/recaptcha/api/siteverify' },
};

/** hCaptcha's score is a risk: 0 is none, 1 a confirmed threat. reCAPTCHA's is the other way round. */
const SCORES_RISK: ReadonlySet<CaptchaPort['provider']> = new Set(['hcaptcha']);

/**
 * Codes of the three providers that are about our secret, or about their own state; all others are about the token. So is a
 * site key that is not that of our secret: the token says which, and whoever drives the page may take one of another site.
 */
const OURS = new Set(['missing-input-secret', 'invalid-input-secret']);
const THEIRS = new Set(['internal-error']);

const DEFAULT_MIN_SCORE = 0.5;

const score: Reader<number> = (value, path) =>
  typeof value === 'number' && value >= 0 && value <= 1 ? value : misfit(path, 'a score from 0 to 1');

/** ISO 8601 with or without fractions of a second. */
const moment: Reader<number> = (value, path) => {
  const isForm = typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|\+00:00)$/.test(value);
  const time = isForm ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? misfit(path, 'a time in UTC') : time;
};

const text: Reader<string> = (value, path) =>
  typeof value === 'string' && value.length <= 255 ? value : misfit(path, 'at most 255 characters');

const readVerified = object(
  { success: flag },
  {
    ...{ challenge_ts: moment, hostname: text, action: text, cdata: text, score },
    'error-codes': list(word(64), 16),
  },
  { open: true },
);

type Verified = ReturnType<typeof readVerified>;

/**
 * A provider's `siteverify`. It redeems a token once: ask through `askCaptcha`, which remembers the answer.
 *
 * @throws of the call: UpstreamError `service.vendor_unavailable`, ConfigError `service.vendor_refused_us`
 */
export function createCaptcha(
  network: Network,
  { provider, secret, minScore, endpoint = {} }: CaptchaOptions,
): CaptchaPort {
  if (minScore !== undefined) assertScore(minScore);
  const about = { ...PROVIDERS[provider], ...endpoint };
  const call = createLine(network, about);
  return {
    provider,
    async verify(token) {
      const body = new URLSearchParams({ secret, response: token }).toString();
      const reply = await call({ headers: { 'content-type': 'application/x-www-form-urlencoded' }, body });
      // Turnstile says what is wrong with a request by status 400 and the same body.
      if (reply.status !== 200 && reply.status !== 400) unexpectedStatus(about.name, reply);
      const verified = readAnswer(about.name, reply, readVerified);
      assertAsked(about.name, verified);
      return { ...toAnswer(verified), passed: isPassed(verified) && scoresEnough(provider, verified, minScore) };
    },
  };
}

/** Beyond the two ends a slip of the pen would let everybody in, or nobody. */
function assertScore(minScore: number): void {
  if (minScore > 0 && minScore <= 1) return;
  throw new ConfigError('service.vendor_not_configured', 'the least score is above 0 and at most 1', {
    expected: 'a number above 0, at most 1',
  });
}

/** That the provider looked at the token. */
function assertAsked(name: string, { 'error-codes': codes = [] }: Verified): void {
  if (codes.some((code) => OURS.has(code))) throw refusedUs(name, codes.join(', '));
  if (codes.some((code) => THEIRS.has(code))) throw unavailable(name, codes.join(', '));
}

const isPassed = ({ success, 'error-codes': codes = [] }: Verified): boolean => success && codes.length === 0;

function scoresEnough(
  provider: CaptchaPort['provider'],
  { score: given }: Verified,
  minScore: number | undefined,
): boolean {
  if (given === undefined) return minScore === undefined;
  return (SCORES_RISK.has(provider) ? 1 - given : given) >= (minScore ?? DEFAULT_MIN_SCORE);
}

function toAnswer({ action, cdata, hostname, challenge_ts: solvedAt }: Verified): Omit<CaptchaAnswer, 'passed'> {
  return {
    hostname,
    action: action === '' ? undefined : action,
    bound: cdata === '' ? undefined : cdata,
    solvedAt,
  };
}
