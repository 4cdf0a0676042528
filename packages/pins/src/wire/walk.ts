import { assertThreshold, parseEnvelope } from './envelope.ts';
import { refused } from './fault.ts';
import type { EcJwk, PinCrypto } from './keys.ts';
import { MAX_ROOT_HOPS } from './limits.ts';
import { parseRoot, type RootDocument } from './root.ts';

export interface RootContext extends PinCrypto {
  readonly app: string;
  readonly env: string;
  /** Milliseconds since the epoch, from a source that may end a root document: no online key may. */
  readonly now: number;
}

/**
 * Reads the root document that was built into the app, or that a publisher starts from. It must be signed by its own
 * keys; that it is the right one, only its source can say.
 *
 * @throws RequestError `pins.*`, or a format's code.
 */
export async function verifyRootDocument(wire: string, context: Omit<RootContext, 'now'>): Promise<RootDocument> {
  const envelope = parseEnvelope(wire, 'assay-root+jws');
  const root = parseRoot(envelope.payload);
  assertMine(root, context);
  await assertThreshold(envelope, root.roles.root, context);
  return root;
}

/**
 * Follows the successors of a trusted root document, oldest first (TUF 5.3): each exactly one version on, signed by a
 * threshold of the keys before it and of its own. Only the last must be within its time, so that a phone which slept for
 * years still gets here.
 *
 * @throws RequestError `pins.root_out_of_order`, `pins.root_expired`, `pins.threshold_not_met`, `pins.wrong_app`,
 * `pins.too_large`, `pins.document_malformed`, or a format's code. The trusted one stays in force then.
 */
export async function walkRoots(
  trusted: RootDocument,
  wires: readonly string[],
  context: RootContext,
): Promise<RootDocument> {
  if (wires.length > MAX_ROOT_HOPS) throw refused('pins.too_large', 'more than 32 root documents in a row');
  let newest = trusted;
  for (const wire of wires) newest = await successor(newest, wire, context);
  assertMine(newest, context);
  if (context.now >= newest.exp * 1000) throw refused('pins.root_expired', 'the newest root document has expired');
  return newest;
}

async function successor(before: RootDocument, wire: string, context: RootContext): Promise<RootDocument> {
  const envelope = parseEnvelope(wire, 'assay-root+jws');
  await assertThreshold(envelope, before.roles.root, context);
  const next = parseRoot(envelope.payload);
  assertMine(next, context);
  if (next.v !== before.v + 1 || next.epoch < before.epoch) {
    throw refused('pins.root_out_of_order', 'a root document does not follow', `${before.v + 1}`, `${next.v}`);
  }
  await assertThreshold(envelope, next.roles.root, context);
  return next;
}

/** Exact comparison: a document of one environment means nothing in another. */
export function assertMine(document: { app: string; env: string }, expected: { app: string; env: string }): void {
  if (document.app !== expected.app || document.env !== expected.env) {
    throw refused('pins.wrong_app', 'the document is for another app or environment');
  }
}

/** The keys that may sign replies, by key id. There is no other way to them than a verified root document. */
export function replyKeys(root: RootDocument): ReadonlyMap<string, EcJwk> {
  return root.roles.reply.keys;
}
