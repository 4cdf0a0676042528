import { AssayError } from '@assay/core';
import { type JsonValue, parseBase64url, parseStrictJson, utf8 } from '@assay/formats';
import {
  type Enforcement,
  enforcementOf,
  type RootContext,
  type RootDocument,
  replyKeys,
  type StoredPinSet,
  type VerifiedPinSet,
  verifyPinSet,
  verifyRootDocument,
  walkRoots,
} from '@assay/pins/wire';
import type { PinSetMark, VerifyReplyKey } from '@assay/tokens/wire';
import type { ClientCrypto } from './ports.ts';

/** Signed documents in any number, from anywhere: they prove themselves. */
export interface Documents {
  readonly roots: readonly JsonValue[];
  readonly set?: JsonValue | undefined;
}

/** A document that was not taken. `pins.rollback` and `pins.equivocation` are signs of an attack. */
export type ReportDocument = (code: string) => void;

export interface Trust {
  readonly verifyReply: VerifyReplyKey;
  readonly mark: PinSetMark | undefined;
  enforcement(hostname: string): Enforcement;
  /** Takes what may be taken, and says whether anything changed. `signedAt`: seconds, out of a signed reply. */
  follow(documents: Documents, signedAt: number): Promise<boolean>;
  /** For the next start. */
  readonly stored: { readonly roots: readonly string[]; readonly pinSet?: string };
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
export async function createTrust(
  options: TrustOptions,
  stored: { readonly roots: readonly string[]; readonly pinSet?: string | undefined; readonly signedAt: number },
): Promise<Trust> {
  const { app, env, crypto, report } = options;
  const context = { app, env, ...crypto };
  const bundled = await verifyRootDocument(options.trustedRoot, context);
  const trust = new TrustStore(bundled, context, report, stored.signedAt);
  await trust.load(options.bundledPins, stored);
  return trust;
}

class TrustStore implements Trust {
  #root: RootDocument;
  #roots: readonly string[] = [];
  #held: HeldSet | undefined;
  #signedAt: number;
  readonly #context: Omit<RootContext, 'now'>;
  readonly #report: ReportDocument;

  constructor(root: RootDocument, context: Omit<RootContext, 'now'>, report: ReportDocument, signedAt: number) {
    this.#root = root;
    this.#context = context;
    this.#report = report;
    this.#signedAt = signedAt;
  }

  /**
   * A stored set was signed by the pins key of one of the stored root documents, so it is tried under each: what was in
   * force before a restart is in force after it.
   */
  async load(
    bundled: string | undefined,
    { roots, pinSet }: { readonly roots: readonly string[]; readonly pinSet?: string | undefined },
  ): Promise<void> {
    if (bundled !== undefined) await this.#attempt(() => this.#take(bundled, validFrom(bundled)));
    const faults: string[] = [];
    const restore = async (wire: string) => {
      await this.#attempt(
        () => this.#take(wire, validFrom(wire)),
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

  verifyReply: VerifyReplyKey = async (kid, signingInput, signature) => {
    const key = replyKeys(this.#root).get(kid);
    return key !== undefined && (await this.#context.verify(key, utf8(signingInput), signature));
  };

  get mark(): PinSetMark | undefined {
    return this.#held && { epoch: this.#held.set.epoch, v: this.#held.set.v };
  }

  get stored(): Trust['stored'] {
    return { roots: this.#roots, ...(this.#held === undefined ? {} : { pinSet: this.#held.wire }) };
  }

  /** By the newest time that the server signed, never by the device's clock or a header: neither may end a pin. */
  enforcement(hostname: string): Enforcement {
    if (this.#held === undefined) return { act: 'not_pinned' };
    return enforcementOf(this.#held.set, hostname, this.#signedAt * 1000);
  }

  async follow({ roots, set }: Documents, signedAt: number): Promise<boolean> {
    this.#signedAt = Math.max(this.#signedAt, signedAt);
    const now = this.#signedAt * 1000;
    const hasRoot = await this.#attempt(() => this.#walk(roots.map(toWire), now));
    const hasSet = set !== undefined && (await this.#attempt(() => this.#take(toWire(set), now)));
    return hasRoot || hasSet;
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

  async #take(wire: string, now: number): Promise<boolean> {
    const stored = this.#held && markOf(this.#held);
    const verified = await verifyPinSet(wire, this.#root, { ...this.#context, now, ...(stored && { stored }) });
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
