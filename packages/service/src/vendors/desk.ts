/**
 * How use cases ask vendors: an answer is remembered for ten minutes under what was asked, so that a request that is sent again
 * gets the same answer and spends nothing. Copies of one request in one process wait for each other before they come here.
 */
import { createHash } from 'node:crypto';
import { lengthPrefixed, parseStrictJson, utf8 } from '@assay/formats';
import type { Reader } from '@assay/formats/shape';
import type { Service } from '../context.ts';

/** What is asked, and whose answer it is. */
export interface Question<T> {
  readonly iss: string;
  /** What the answer depends on: the vendor, its subject, the token, and whatever else must be the same. */
  readonly about: readonly string[];
  readonly read: Reader<T>;
}

type Desk = Pick<Service, 'store' | 'clock'>;

const REMEMBERED_MS = 600_000;
const LIMITS = { maxBytes: 1 << 16, maxDepth: 10 };

/** The remembered answer, else what `ask` gives; what it throws is not remembered. */
export async function remembered<T>({ store, clock }: Desk, question: Question<T>, ask: () => Promise<T>): Promise<T> {
  const { iss, about, read } = question;
  const tokenHash = hashOf(about);
  const kept = await store.vendorAnswer(iss, tokenHash, clock());
  if (kept !== undefined) return read(parseStrictJson(kept.answer, LIMITS), '$');
  const answer = await ask();
  await store.keepVendorAnswer({ iss, tokenHash, answer: JSON.stringify(answer), expiresAt: clock() + REMEMBERED_MS });
  return answer;
}

/** Lengths stand before every part, so that no two questions share a hash. */
function hashOf(about: readonly string[]): string {
  const hash = createHash('sha256').update('assay/vendor-answer/v1\0');
  for (const part of about) hash.update(lengthPrefixed(utf8(part)));
  return hash.digest('base64url');
}
