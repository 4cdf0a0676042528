import type { VerificationEvent } from '@assay/middleware';
import type { FeedItem } from '@assay/server';
import type { Scene } from './play.ts';

/**
 * A decision of the demo API, as the live page shows it. Nothing for the answer that hands a caller its first nonce
 * (RFC 9449 8.2): it is a step of the protocol, and nobody is kept out.
 */
export function itemOfCall({ at, outcome, code, problem, support, detail }: VerificationEvent): FeedItem | undefined {
  if (problem === 'use_dpop_nonce') return undefined;
  const passed = outcome === 'admitted';
  const { expected, found } = detail ?? {};
  return {
    ...{ at, kind: 'call', outcome: passed ? 'pass' : 'refused', subject: 'demo API' },
    headline: passed ? 'API call let in' : 'API call blocked',
    code: code ?? '',
    why: passed ? 'Token and proof of possession hold.' : `The API answered ${problem ?? 'no'}.`,
    ...(support === undefined ? {} : { support }),
    steps: expected === undefined ? [] : [{ name: code ?? 'check', outcome: 'failed', expected, found }],
  };
}

/** A turn of a phone. The page adds what the server knows under the same support code. */
export function itemOfScene(scene: Scene, at: number): FeedItem {
  const { who, differs, limit, passed, got, reasons, support } = scene;
  return {
    ...{ at, kind: 'phone', outcome: passed ? 'pass' : 'refused', headline: who },
    subject: differs ?? [got.join(' · '), limit].filter((each) => each !== undefined).join('. '),
    code: reasons[0] ?? '',
    ...{ why: '', steps: [] },
    ...(support === undefined ? {} : { support }),
  };
}
