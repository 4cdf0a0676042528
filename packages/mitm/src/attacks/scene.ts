import type { Random } from '@assay/core';
import type { SigningKey } from '@assay/tokens';
import type { Need } from './needs.ts';
import type { Captured, WireAnswer, WireRequest } from './wire.ts';

export type Forward = (request: WireRequest) => Promise<WireAnswer>;

/** What the interceptor does with a decrypted request: forward it, changed or not, or answer in the place of the server. */
export type Tamper = (request: WireRequest, forward: Forward) => Promise<WireAnswer>;

/** A phone with the app on it. Its pinning is switched off, and everything it says passes through the proxy. */
export interface Victim {
  /** Calls the API, or the wallet: another API, whose tokens ride beside the user's own. */
  call(order: CallOrder): Promise<CallOutcome>;
  refresh(): Promise<CallOutcome>;
  rekey(): Promise<CallOutcome>;
  /** The plain value of a secret; undefined while the app has none. */
  secret(name: string): Promise<string | undefined>;
  /** Pins in force for the host that the lab pins. */
  pins(): Promise<readonly string[]>;
  /** What the app would report of documents, replies and boxes that it did not take, since it was asked last. */
  reports(): readonly string[];
}

export interface CallOrder {
  readonly method?: string;
  readonly target: string;
  readonly at?: 'api' | 'wallet';
  readonly body?: string;
  /** The user's own token; the wallet alone takes one. */
  readonly user?: string;
}

export interface CallOutcome {
  readonly kind: 'ok' | 'refused' | 'wait' | 'config' | 'threw';
  readonly code?: string | undefined;
  readonly status?: number;
  readonly text?: string;
}

/** Phones of the lab: the bank's app on Android and iOS, and the shop's on Android with Google Play. */
export type VictimKind = 'android' | 'ios' | 'shop';

/** Everything that an attack works with. */
export interface Scene {
  /** What this scene can offer; attacks that need more are not carried out. */
  readonly offers: ReadonlySet<Need>;
  readonly hosts: SceneHosts;
  readonly routes: SceneRoutes;
  /** Issuers of the app, and of its production environment where there is one. */
  readonly issuer: string;
  readonly otherIssuer: string;
  /** The app's name in statements, and another one's of the same tenant. */
  readonly app: string;
  readonly otherApp: string;
  /** A new phone, enrolled, which has called its API once. */
  victim(kind?: VictimKind): Promise<Victim>;
  /** A new phone that has said nothing yet. */
  stranger(kind?: VictimKind): Promise<Victim>;
  /** What the proxy does with everything that passes while `act` runs. */
  tampering<T>(tamper: Tamper, act: () => Promise<T>): Promise<T>;
  /** Everything that has passed so far. */
  readonly seen: readonly Captured[];
  /** A request on a connection of the attacker's own. */
  send(request: WireRequest): Promise<WireAnswer>;
  /** Octets on such a connection, and all that comes back until it closes or falls silent. */
  sendRaw(host: string, octets: string): Promise<string>;
  /** Whether the operator's side is at hand. Where it is not, public codes must do. */
  readonly knowsReasons: boolean;
  /** The operator's reason codes behind a support code; none where the operator's side is not at hand. */
  reasonsOf(support: string): Promise<readonly string[]>;
  /** Runs `act` with every clock of the lab moved on by so many seconds. */
  later<T>(seconds: number, act: () => Promise<T>): Promise<T>;
  /** The operator revokes the token of this name. */
  revoke(tokenId: string): Promise<void>;
  /** The leaked reply key, where the scene offers one. */
  readonly replyKey: SigningKey | undefined;
  /** Signed pin sets that were published: the one before, and that of another app. */
  readonly published: { readonly earlier: string; readonly otherApp: string; readonly current: string };
  /** Name of the pinned host, and of two secrets of the app. */
  readonly pinnedHost: string;
  readonly secrets: readonly [string, string];
  /** Epoch milliseconds. */
  now(): number;
  readonly random: Random;
}

export interface SceneHosts {
  readonly issuer: string;
  readonly api: string;
  readonly wallet: string;
  /** An API of somebody else's that takes tokens of the same issuer. */
  readonly partner: string;
  /** The API of production: another issuer, the same audience. */
  readonly production: string;
  /** Where the attacker listens himself. */
  readonly attacker: string;
}

/** Targets of the API. */
export interface SceneRoutes {
  /** Answers GET. */
  readonly read: string;
  /** Answers POST with a JSON body. */
  readonly write: string;
  /** Answers GET with whom it takes the caller for. */
  readonly whoami: string;
}
