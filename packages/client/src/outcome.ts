import type { Action, RefusalClass } from '@assay/core';

/** The server's signed no. */
export interface Refused {
  readonly kind: 'refused';
  readonly support: string;
  readonly class: RefusalClass;
  readonly action: Action;
  /** Only where the app's registration asks for them. */
  readonly reasons?: readonly string[];
  /** When the client will ask again, in milliseconds of its clock. */
  readonly retryAt: number;
}

/** Nothing was decided: no network, a busy server, an answer that nobody signed. Keys, pins and trust are as before. */
export interface Wait {
  readonly kind: 'wait';
  readonly code: string;
  readonly support?: string;
  readonly retryAt: number;
}

/** A developer's matter: server and app do not fit together. */
export interface Misconfigured {
  readonly kind: 'config';
  readonly code: string;
  readonly support?: string;
  readonly retryAt: number;
}

/** Whatever is not a success. */
export type Setback = Refused | Wait | Misconfigured;

/** What every call of the client comes to. */
export type Outcome<T = unknown> = (T & { readonly kind: 'ok'; readonly support: string }) | Setback;
