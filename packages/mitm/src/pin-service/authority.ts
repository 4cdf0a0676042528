import { isIP } from 'node:net';
import type { Clock } from '@assay/core';
import { type PinnedHost, type PinSet, type RootDocument, signPinSet, signRoot } from '@assay/pins';
import type { PinSetRecipe } from '../case.ts';
import { makeRoleKey, type RoleKey, roleOf } from './keys.ts';

export interface PinAuthorityOptions {
  readonly clock: Clock;
  /** Hosts of the run, in any spelling. The sets pin those that have names; addresses cannot be pinned. */
  readonly hosts: readonly string[];
  /** The lab's keys by name, with their pins: base64 SHA-256 of each SubjectPublicKeyInfo. */
  readonly pins: readonly { readonly key: string; readonly pin: string }[];
  /** The pin of the lab's key that is not pinned: what an interceptor would have pinned. */
  readonly otherPin: string;
}

/** What the pin service answers. */
export interface PinOffer {
  readonly status: number;
  /** A signed pin set (JWS, General JSON); empty where the service is unavailable. */
  readonly body: string;
  /** Whoever offers it shows a key that is not pinned: an app may leave before it has asked. */
  readonly intercepted: boolean;
}

/** The harness' publisher of pin sets, good ones and forged ones. */
export interface PinAuthority {
  /**
   * What an app of the harness has built in, as JSON: `app`, `env`, `root` (its trusted root document) and `set` (the pin
   * set that it starts from, with every pinned key of the lab). The content of the file that ASSAY_PINS_KEY names.
   */
  readonly bundle: string;
  /** What is offered to the client at `update-pins`. */
  offer(recipe: PinSetRecipe): Promise<PinOffer>;
}

/** One set to be signed. `v` is below, at or above the built-in one's. */
interface Draft {
  readonly app: string;
  readonly epoch: number;
  readonly v: number;
  /** Seconds from now to the end of the set; negative when it has passed. */
  readonly lives: number;
  /** Signed by whoever has no right to. */
  readonly stranger: boolean;
}

const APP = 'assay.mitm.lab';
const ENV = 'lab';
const DAY = 86_400;
const BUILT_IN: Draft = { app: APP, epoch: 2, v: 2, lives: 60 * DAY, stranger: false };
const NEWER: Draft = { ...BUILT_IN, v: 3 };

/** How each fault differs from a newer set that every client must take. */
const DRAFTS: Readonly<Record<'none' | Exclude<NonNullable<PinSetRecipe['fault']>, 'unavailable'>, Draft>> = {
  none: NEWER,
  signature: { ...NEWER, stranger: true },
  'rolled-back': { ...NEWER, v: 1 },
  'other-app': { ...NEWER, app: 'assay.mitm.other' },
  // Of the epoch before the keys were replaced, with a version that looks newer: who compares versions alone takes it.
  stale: { ...NEWER, epoch: 1, v: 99 },
  expired: { ...NEWER, lives: -DAY },
};

/** Makes the keys and signs what the app has built in. */
export async function createPinAuthority(options: PinAuthorityOptions): Promise<PinAuthority> {
  const publisher = new Publisher(options);
  const all = options.pins.map(({ pin }) => pin);
  const [root, set] = await Promise.all([publisher.signedRoot(), publisher.signedSet(BUILT_IN, all)]);
  const bundle = { app: APP, env: ENV, root: JSON.parse(root), set: JSON.parse(set) };
  return { bundle: JSON.stringify(bundle), offer: (recipe) => publisher.offer(recipe) };
}

class Publisher {
  readonly #options: PinAuthorityOptions;
  readonly #root: RoleKey = makeRoleKey('root-1');
  readonly #pins: RoleKey = makeRoleKey('pins-1');
  readonly #reply: RoleKey = makeRoleKey('reply-1');
  /** Names itself like the pins key, and is another. */
  readonly #stranger: RoleKey = makeRoleKey(this.#pins.kid);
  /** Of a key that nobody holds: a set of one pin is never signed. */
  readonly #spare: string = Buffer.from(makeRoleKey('spare').jwk.x, 'base64url').toString('base64');

  constructor(options: PinAuthorityOptions) {
    this.#options = options;
  }

  async offer({ pins, fault, intercepted = false }: PinSetRecipe): Promise<PinOffer> {
    if (fault === 'unavailable') return { status: 503, body: '', intercepted };
    const draft = DRAFTS[fault ?? 'none'];
    const known = [...this.#options.pins, { key: 'other', pin: this.#options.otherPin }];
    const offered = known.filter(({ key }) => pins.includes(key)).map(({ pin }) => pin);
    // Whoever stands between app and service can offer what they like, and sign nothing.
    const signed = await this.signedSet({ ...draft, stranger: draft.stranger || intercepted }, offered);
    return { status: 200, body: signed, intercepted };
  }

  signedRoot(): Promise<string> {
    return signRoot(this.#rootDocument(BUILT_IN), [this.#root]);
  }

  signedSet(draft: Draft, pins: readonly string[]): Promise<string> {
    const signer = draft.stranger ? this.#stranger : this.#pins;
    const set = this.#set(draft, [...pins, this.#spare]);
    // Judged at its beginning: a set that has ended is never signed.
    return signPinSet(set, [signer], { root: this.#rootDocument(draft), now: set.iat * 1000 });
  }

  #rootDocument({ app, epoch }: Draft): RootDocument {
    const [iat, exp] = [this.#now() - 90 * DAY, this.#now() + 900 * DAY];
    const roles = { root: roleOf(this.#root), pins: roleOf(this.#pins), reply: roleOf(this.#reply) };
    return { app, env: ENV, v: 1, epoch, iat, exp, roles };
  }

  #set({ app, epoch, v, lives }: Draft, spki: readonly string[]): PinSet {
    const [iat, exp] = [this.#now() - 30 * DAY, this.#now() + lives];
    const pinned = (h: string): PinnedHost => ({ h, sub: true, mode: 'enforce', exp, spki });
    const hosts = namesOf(this.#options.hosts).map(pinned);
    return { app, env: ENV, epoch, v, iat, nbf: iat, exp, refresh: 3600, hosts, on_expiry: 'keep' };
  }

  #now(): number {
    return Math.floor(this.#options.clock() / 1000);
  }
}

/** As a set spells them: each name once, in small letters, without a dot at its end. */
function namesOf(hosts: readonly string[]): readonly string[] {
  const names = hosts.map((host) => host.toLowerCase().replace(/\.$/, ''));
  return [...new Set(names)].filter((name) => isIP(name) === 0);
}
