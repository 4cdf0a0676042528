import type { Facts, ThreatName } from '@assay/core';

/** What a fact's value may be. */
export type FactValue = string | number | boolean | readonly string[] | readonly number[];

/**
 * What a fact's values are. `version`: dotted decimal numbers, compared by `versionAtLeast`. `date`: `YYYY-MM` or
 * `YYYY-MM-DD`; a month alone stands for its first day.
 */
export type FactType = 'text' | 'choice' | 'boolean' | 'number' | 'version' | 'date' | 'texts' | 'numbers';

type Section = 'app' | 'key' | 'device' | 'chain' | 'runtime' | 'history';

/** The name of a fact in a policy, for example `device.bootState`. */
export type FactPath =
  | 'platform'
  | 'evidence'
  | { [S in Section]: `${S}.${keyof Facts[S] & string}` }[Section]
  | `threats.${ThreatName}`;
