import type { Clock, Random } from '@assay/core';
import { toHex } from '@assay/formats';

/** What a captcha's provider says of a solved one. */
export interface CaptchaSolution {
  readonly passed: boolean;
  readonly hostname: string | undefined;
  readonly action: string | undefined;
  readonly bound: string | undefined;
  /** Epoch milliseconds. */
  readonly solvedAt: number | undefined;
}

/** A captcha whose provider lives in the test: pages solve it, and a server asks it as it would ask Turnstile. */
export interface VirtualCaptcha {
  readonly provider: 'turnstile';
  /** What a page gets for a binding on its host. */
  solve(binding: string): string;
  /** Answers once for each token, as providers do. */
  verify(token: string): Promise<CaptchaSolution>;
}

const UNKNOWN: CaptchaSolution = {
  passed: false,
  hostname: undefined,
  action: undefined,
  bound: undefined,
  solvedAt: undefined,
};

export function createVirtualCaptcha({
  host,
  random,
  clock,
}: {
  readonly host: string;
  readonly random: Random;
  readonly clock: Clock;
}): VirtualCaptcha {
  const solved = new Map<string, CaptchaSolution>();
  return {
    provider: 'turnstile',
    solve(bound) {
      const token = toHex(random(16));
      solved.set(token, { passed: true, hostname: host, action: undefined, bound, solvedAt: clock() });
      return token;
    },
    async verify(token) {
      const answer = solved.get(token) ?? UNKNOWN;
      solved.delete(token);
      return answer;
    },
  };
}
