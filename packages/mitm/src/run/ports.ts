import type { Clock, Random } from '@assay/core';
import type { Case, PinSetRecipe } from '../case.ts';
import type { ClientExit, PinReport } from '../observation.ts';
import type { CaseResult, RunReport } from '../outcome.ts';
import type { Recipe } from '../recipe.ts';
import type { Forged, Stage, StageOrder } from '../stage.ts';

export type RunWay = RunReport['way'];

/** Where one case waits for its client. */
export interface Place {
  readonly way: RunWay;
  /** Address and port of the case's own listener. */
  readonly address: string;
  readonly port: number;
  /** The host that the client is sent to, and the sibling of a second request. */
  readonly host: string;
  readonly secondHost: string;
  readonly url: string;
  readonly secondUrl: string;
  readonly plainUrl: string;
  /** SHA-256 of the certificate that is shown, for apps that pin certificates; absent where no such app would know it. */
  readonly fingerprint?: string;
  /** Where a refusal is reported, with a report endpoint. */
  readonly reportUrl?: string;
  /** Where signed pin sets are offered, for a case that has one. */
  readonly pinsUrl?: string;
}

export interface LaunchOrder {
  readonly case: Case;
  readonly place: Place;
  /** Seconds by which the client's clock is off. */
  readonly clockSeconds: number;
  /**
   * Aborted when the client's time is over, and in any case when its watch window is: then the client ends, with
   * everything that it has started and left behind.
   */
  readonly signal: AbortSignal;
}

/** Resolves when the client has ended by itself or was made to; undefined where nothing is known of its end. */
export type Launch = (order: LaunchOrder) => Promise<ClientExit | undefined>;

/** What {@link runTrial} needs of the lab. */
export type Forge = (recipe: Recipe, about: { readonly host: string; readonly at: number }) => Promise<Forged>;

/** Takes reports of refusals. */
export interface ReportEndpoint {
  urlFor(caseId: string): string;
  reportsOf(caseId: string): readonly PinReport[];
  close(): Promise<void>;
}

/** Offers one signed pin set for as long as a case lasts. */
export type OfferPins = (
  recipe: PinSetRecipe,
  onServed: () => void,
) => Promise<{ readonly url: string; close(): Promise<void> }>;

/** Everything that a run rests on; each a port, so that a run can be played without a network. */
export interface RunPorts {
  readonly forge: Forge;
  readonly openStage: (order: StageOrder) => Promise<Stage>;
  readonly launch: Launch;
  readonly clock: Clock;
  readonly random: Random;
  /** Waits, and comes back at once when the signal is aborted. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly reports?: ReportEndpoint;
  readonly offerPins?: OfferPins;
  /** Shell words that run this case alone. */
  readonly reproduce: (item: Case) => string;
}

export interface StageSettings {
  /** Address to listen on. */
  readonly address: string;
  /** Another port than 0 is one for all cases, which then run one after another, each with its watch window. */
  readonly port: number;
  readonly handshakeMs: number;
  readonly idleMs: number;
}

/** What happens while a run lasts. */
export type Progress =
  | { readonly kind: 'begun'; readonly case: Case }
  | { readonly kind: 'watched'; readonly case: Case }
  | { readonly kind: 'judged'; readonly result: CaseResult; readonly done: number; readonly total: number };
