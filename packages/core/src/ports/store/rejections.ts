import type { CheckResult } from '../../checks.ts';

/** Invalid evidence and malformed requests: counters, and a bounded sample for each (app, class, hour). */
export interface RejectionSample {
  readonly iss: string;
  readonly app: string;
  readonly code: string;
  readonly at: number;
  readonly support: string;
  readonly checks: readonly CheckResult[];
  readonly addressHmac: string | null;
}

export interface RejectionStore {
  /** Adds `counts` (code -> times) for an hour and keeps samples while fewer than `maxSamples` exist for (iss, app, hour). */
  recordRejections(
    iss: string,
    app: string,
    hour: number,
    counts: Readonly<Record<string, number>>,
    samples: readonly RejectionSample[],
    maxSamples: number,
  ): Promise<void>;
  rejectionCounts(
    iss: string,
    since: number,
  ): Promise<readonly { app: string; hour: number; code: string; count: number }[]>;
  rejectionSamples(iss: string, limit: number): Promise<readonly RejectionSample[]>;
  rejectionBySupport(iss: string, support: string): Promise<RejectionSample | undefined>;
}
