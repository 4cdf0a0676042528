import type { Facts } from '@assay/core';

/** One vulnerable thing. Every condition that is given must be met by a fact, proven or claimed as `known` says. */
export interface Advisory {
  readonly id: string;
  readonly title: string;
  readonly severity: 'low' | 'medium' | 'high' | 'critical';
  readonly affects: {
    readonly app?: string;
    /** Builds or app versions up to and including this one. */
    readonly appUpTo?: string;
    readonly sdk?: readonly string[];
    readonly osBuilds?: readonly string[];
    readonly models?: readonly string[];
    /** `YYYY-MM`: patch levels before this one. */
    readonly patchBefore?: string;
  };
}

/** Advisories in force, out of a signed file. */
export interface Advisories {
  readonly version: number;
  /** Epoch milliseconds after which the file counts as none. */
  readonly expiresAt: number;
  readonly advisories: readonly Advisory[];
  /** Ids of the advisories that name what these facts show. */
  matching(facts: Facts, sdk: string | null): readonly string[];
}
