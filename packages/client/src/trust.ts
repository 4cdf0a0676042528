import { AssayError, RequestError } from '@assay/core';
import { type JsonValue, parseBase64url, parseStrictJson, utf8 } from '@assay/formats';
import {
  type Enforcement,
  enforcementOf,
  identityOf,
  type PinSetContext,
  type RootContext,
  type RootDocument,
  replyKeys,
  type StoredPinSet,
  type VerifiedPinSet,
  verifyPinSet,
  verifyRootDocument,
  walkRoots,
} from '@assay/pins/wire';
import { openReply, type PinSetMark, type Reply, type ReplyExpectation } from '@assay/tokens/wire';
import type { ClientCrypto } from './ports.ts';

/** Signed documents in any number, from anywhere: they prove themselves. */
export interface Documents {
  readonly roots: readonly JsonValue[];
  readonly set?: JsonValue | undefined;
}

/** A document that was not taken. `pins.rollback` and `pins.equivocation` are signs of an attack. */
export type ReportDocument = (code: string) => void;

/** A time that a reply named. It counts only while the root document in force names the key that signed the reply. */
export interface SaidTime {
  readonly seconds: number;
  /** The identity of the key. */
  readonly by: string;
}

export interface Heard {
  readonly reply: Reply;
  readonly said: SaidTime;
}

/** What outlives the app. */
export interface StoredTrust {
  readonly roots: readonly string[];
  readonly pinSet?: string;
  /** A {@link SaidTime}. */
  readonly signedAt: number;
  readonly signedBy: string;
}

export interface Trust {
  /**
   * Opens a reply with the keys that the root document in force names.
   *
   * @throws UpstreamError `tokens.*`; RequestError `pins.root_expired` when the reply was signed after that document's end
   */
  hear(text: string, expected: ReplyExpectation): Promise<Heard>;
  readonly mark: PinSetMark | undefined;
  enforcement(hostname: string): Enforcement;
  /** Takes what may be taken, and says whether anything changed. `said`: of the reply that the documents came in. */
  follow(documents: Documents, said?: SaidTime): Promise<boolean>;
  /** For the next start. */
  readonly stored: StoredTrust;
}

export interface TrustOptions {
  readonly app: string;
  readonly env: string;
  readonly crypto: Pick<ClientCrypto, 'verify' | 'sha256'>;
  /** The root document that was compiled into the app. Every key that the client believes comes from it. */
  readonly trustedRoot: string;
  readonly bundledPins?: string | undefined;
  readonly report: ReportDocument;
}

interface HeldSet extends VerifiedPinSet {
  readonly wire: string;
}

/**
 * Starts from the built-in root document and what was stored of its successors. Nothing expires here: after years in a
 * drawer the last pins are still in force, and the next reply brings newer ones.
 *
 * @throws RequestError `pins.*` when the built-in root document is not what it must be
 */
export async function createTrust(options: TrustOptions, stored: StoredTrust): Promise<Trust> {
  const { app, env, crypto, report } = options;
  const context = { app, env, ...crypto };
  const bundled = await verifyRootDocument(options.trustedRoot, context);
  const trust = new TrustStore(bundled, context, report, { seconds: stored.signedAt, by: stored.signedBy });
  await trust.load(options.bundledPins, stored);
  return trust;
}

class TrustStore implements Trust {
  #root: RootDocument;
  #roots: readonly string[] = [];
  #held: HeldSet | undefined;
  #said: SaidTime;
  readonly #context: Omit<RootContext, 'now'>;
  readonly #report: ReportDocument;

  constructor(root: RootDocument, context: Omit<RootContext, 'now'>, report: ReportDocument, said: SaidTime) {
    this.#root = root;
    this.#context = context;
    this.#report = report;
    this.#said = said;
  }

  /**
   * A stored set was signed by the pins key of one of the stored root documents, so it is tried under each: what was in
   * force before a restart is in force after it.
   */
  async load(bundled: string | undefined, { roots, pinSet }: StoredTrust): Promise<void> {
    if (bundled !== undefined) await this.#attempt(() => this.#take(bundled, { now: validFrom(bundled) }));
    const faults: string[] = [];
    const restore = async (wire: string) => {
      await this.#attempt(
        () => this.#take(wire, { now: validFrom(wire) }),
        (code) => faults.push(code),
      );
    };
    if (pinSet !== undefined) await restore(pinSet);
    for (const root of roots) {
      await this.#attempt(() => this.#walk([root], 0));
      if (pinSet !== undefined) await restore(pinSet);
    }
    if (faults.length > roots.length) this.#report(faults.at(-1) ?? '');
  }

  async hear(text: string, expected: ReplyExpectation): Promise<Heard> {
    const root = this.#root;
    let by = '';
    const reply = await openReply(text, expected, async (kid, signingInput, signature) => {
      const key = replyKeys(root).get(kid);
      if (key === undefined) return false;
      by = identityOf(key);
      return this.#context.verify(key, utf8(signingInput), signature);
    });
    if (reply.iat >= root.exp) {
      throw new RequestError('pins.root_expired', 'the reply is dated after the end of the root document');
    }
    return { reply, said: { seconds: reply.iat, by } };
  }

  get mark(): PinSetMark | undefined {
    return this.#held && { epoch: this.#held.set.epoch, v: this.#held.set.v };
  }

  get stored(): Trust['stored'] {
    const signed = { signedAt: this.#saidAt, signedBy: this.#said.by };
    return { roots: this.#roots, ...(this.#held === undefined ? {} : { pinSet: this.#held.wire }), ...signed };
  }

  /** By the newest time that the server signed, never by the device's clock or a header: neither may end a pin. */
  enforcement(hostname: string): Enforcement {
    if (this.#held === undefined) return { act: 'not_pinned' };
    return enforcementOf(this.#held.set, hostname, Math.max(this.#provenAt, this.#saidAt) * 1000);
  }

  /**
   * A reply key is online. Were documents ended by the time it says, one stolen key could date replies far ahead and shut
   * out its own successor; so that time begins a set and marks one stale, and ends nothing.
   */
  async follow({ roots, set }: Documents, said = this.#said): Promise<boolean> {
    const hasRoot = await this.#attempt(() => this.#walk(roots.map(toWire), this.#root.iat * 1000));
    if (said.seconds > this.#saidAt) this.#said = said;
    const now = Math.max(this.#provenAt, this.#saidAt, said.seconds) * 1000;
    const times = { now, provenNow: this.#provenAt * 1000 };
    const hasSet = set !== undefined && (await this.#attempt(() => this.#take(toWire(set), times)));
    return hasRoot || hasSet;
  }

  /** Nothing, once a successor has replaced the key that said it: the documents' own times are what is left. */
  get #saidAt(): number {
    const { seconds, by } = this.#said;
    const isNamed = [...replyKeys(this.#root).values()].some((key) => identityOf(key) === by);
    return isNamed && seconds < this.#root.exp ? seconds : 0;
  }

  /** Out of documents of offline roles. A set of an earlier epoch may be by the stolen key that the epoch put away. */
  get #provenAt(): number {
    const { iat, epoch } = this.#root;
    return this.#held?.set.epoch === epoch ? Math.max(iat, this.#held.set.iat) : iat;
  }

  /** What is not taken leaves everything as it was. */
  async #attempt(take: () => Promise<boolean>, report: ReportDocument = this.#report): Promise<boolean> {
    try {
      return await take();
    } catch (error) {
      if (!(error instanceof AssayError)) throw error;
      report(error.code);
      return false;
    }
  }

  /** A server sends the whole row of root documents; those up to the trusted one are known already. */
  async #walk(wires: readonly string[], now: number): Promise<boolean> {
    const successors = wires.filter((wire) => numberIn(wire, 'v') > this.#root.v);
    if (successors.length === 0) return false;
    this.#root = await walkRoots(this.#root, successors, { ...this.#context, now });
    this.#roots = [...this.#roots, ...successors];
    return true;
  }

  async #take(wire: string, times: Pick<PinSetContext, 'now' | 'provenNow'>): Promise<boolean> {
    const stored = this.#held && markOf(this.#held);
    const verified = await verifyPinSet(wire, this.#root, { ...this.#context, ...times, ...(stored && { stored }) });
    if (!verified.isNewer) return false;
    this.#held = { ...verified, wire };
    return true;
  }
}

function markOf({ set, hash }: HeldSet): StoredPinSet {
  return { epoch: set.epoch, v: set.v, hash };
}

function toWire(document: JsonValue): string {
  return JSON.stringify(document);
}

/** A time at which the set was valid: one that was accepted before stays in force past its expiry. */
function validFrom(wire: string): number {
  return Math.max(numberIn(wire, 'nbf'), numberIn(wire, 'iat')) * 1000;
}

/** A number in the payload of a document, before anything of it is verified: good for choosing what to verify. */
function numberIn(wire: string, member: string): number {
  const payload = memberOf(parseStrictJson(wire), 'payload');
  const value = typeof payload === 'string' ? memberOf(parseStrictJson(parseBase64url(payload)), member) : undefined;
  return typeof value === 'number' ? value : 0;
}

function memberOf(value: JsonValue, name: string): JsonValue | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return (value as { readonly [name: string]: JsonValue })[name]; // of JSON values only objects are left
}
