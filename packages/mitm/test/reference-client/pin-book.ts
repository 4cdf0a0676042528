import {
  enforcementOf,
  NODE_PIN_CRYPTO,
  type PinSetContext,
  type RootDocument,
  type VerifiedPinSet,
  verifyPinSet,
  verifyRootDocument,
} from '@assay/pins';

/** The keys that an app holds to be right, and how it takes news of them. */
export interface PinBook {
  /** Pins of a host; undefined where anything goes. */
  pinsOf(host: string): readonly string[] | undefined;
  /** Takes a pin set, or throws and goes on with what it has. Says whether anything changed. */
  take(wire: string): Promise<boolean>;
}

/** What an app has built in: ASSAY_PINS_KEY. */
export interface Bundle {
  readonly app: string;
  readonly env: string;
  readonly root: unknown;
  readonly set: unknown;
}

/** Starts from the built-in documents; a newer set must prove itself against them. */
export async function openPinBook({ app, env, root: wire, set }: Bundle, now: () => number): Promise<PinBook> {
  const context = () => ({ app, env, now: now(), ...NODE_PIN_CRYPTO });
  const root = await verifyRootDocument(JSON.stringify(wire), context());
  return new CarefulPinBook(root, await verifyPinSet(JSON.stringify(set), root, context()), context);
}

class CarefulPinBook implements PinBook {
  readonly #root: RootDocument;
  readonly #context: () => PinSetContext;
  #held: VerifiedPinSet;

  constructor(root: RootDocument, held: VerifiedPinSet, context: () => PinSetContext) {
    this.#root = root;
    this.#held = held;
    this.#context = context;
  }

  pinsOf(host: string): readonly string[] | undefined {
    const enforcement = enforcementOf(this.#held.set, host, this.#context().now);
    return enforcement.act === 'enforce' ? enforcement.pins : enforcement.act === 'block' ? [] : undefined;
  }

  async take(wire: string): Promise<boolean> {
    const { set, hash } = this.#held;
    const stored = { epoch: set.epoch, v: set.v, hash };
    const offered = await verifyPinSet(wire, this.#root, { ...this.#context(), stored });
    if (offered.isNewer) this.#held = offered;
    return offered.isNewer;
  }
}
