/**
 * Orders of an operator about single instances or groups of them, each with its reason and end: bans, passes, policies for
 * one instance, and the switch that lets an app's policy rest.
 */
export type OrderEffect = 'ban' | 'pass' | 'policy' | 'enforce_off';

/**
 * Whom an order names. `lineage`: an install, whatever keys it had since. `signer`: SHA-256 of a signing certificate, hex.
 * `model`: as the evidence names it. `network`: a prefix in CIDR form. `app`: every instance of the app.
 */
export type OrderTarget = 'lineage' | 'signer' | 'model' | 'network' | 'app';

export interface Order {
  readonly iss: string;
  readonly id: string;
  readonly effect: OrderEffect;
  readonly target: OrderTarget;
  readonly value: string;
  /** The app that it concerns, or null for every app of the issuer. */
  readonly app: string | null;
  /** Name of the policy, with effect `policy` only. */
  readonly policy: string | null;
  readonly reason: string;
  /** Credential of the operator, or `policy:<name>/<rule>` for an automatic ban. */
  readonly author: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  /** When it was taken back, or null. */
  readonly endedAt: number | null;
}

export interface OrderKey {
  readonly target: OrderTarget;
  readonly value: string;
}

export interface OrderStore {
  /** False when the id exists. */
  addOrder(order: Order): Promise<boolean>;
  /** Ends an order; false when there is none in force under this id. */
  endOrder(iss: string, id: string, at: number): Promise<boolean>;
  /** Orders in force at `at` that name one of these targets, oldest first. */
  ordersFor(iss: string, keys: readonly OrderKey[], at: number): Promise<readonly Order[]>;
  /** Every order that names this target, ended ones too: newest first, at most `limit`. */
  ordersAbout(iss: string, key: OrderKey, limit: number): Promise<readonly Order[]>;
  /** Newest first, those in force at `at` or, with `at` undefined, all; keyset paging by id. */
  orders(
    iss: string,
    page: { readonly at?: number; readonly before?: string; readonly limit: number },
  ): Promise<readonly Order[]>;
}
