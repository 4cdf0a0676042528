import type { JsonObject } from '@assay/formats';
import {
  type Appraisal,
  type PlayIntegrityContext,
  type PlayIntegrityInput,
  type PlayVerdict,
  verifyPlayIntegrity,
} from '../../src/index.ts';
import { mintPlayIntegrity, type PlayTokenSpec, verdictWith } from './mint-play.ts';

type Run = () => Appraisal<PlayVerdict>;

/** Each returns a verification, to be run later. */
export function opening(token: string, context: Partial<PlayIntegrityContext> = {}): Run {
  return () => {
    const attempt = mintPlayIntegrity();
    return verifyPlayIntegrity({ ...attempt.input, token }, { ...attempt.context, ...context });
  };
}

export function verifying(
  changes: Partial<PlayTokenSpec> = {},
  input: Partial<Pick<PlayIntegrityInput, 'binding' | 'apps'>> = {},
  context: Partial<PlayIntegrityContext> = {},
): Run {
  return () => {
    const attempt = mintPlayIntegrity(changes);
    return verifyPlayIntegrity({ ...attempt.input, ...input }, { ...attempt.context, ...context });
  };
}

export function withHeader(members: JsonObject): Run {
  return verifying({ jweHeader: { alg: 'A256KW', enc: 'A256GCM', ...members } });
}

/** A verdict with some members of one group changed. */
export function saying(group: string, members: Readonly<Record<string, unknown>>): Run {
  return verifying({ verdict: verdictWith(group, members) });
}
