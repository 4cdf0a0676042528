import { distinct, integer, list, matching, misfit, object, oneOf, type Reader } from '@assay/formats/shape';

/** One vulnerable thing. Every condition that is given must be met by a fact, proven or claimed. */
export interface Advisory {
  readonly id: string;
  readonly title: string;
  readonly severity: 'low' | 'medium' | 'high' | 'critical';
  readonly affects: Affected;
}

/** Texts that end in `*` stand for all that begin so. */
export interface Affected {
  /** Package name, or bundle id with or without Apple's team in front. */
  readonly app?: string;
  /** App versions (with a dot) or builds (without one) up to and including this one. */
  readonly appUpTo?: string;
  readonly sdk?: readonly string[];
  readonly osBuilds?: readonly string[];
  readonly models?: readonly string[];
  /** `YYYY-MM`: patch levels before this one. */
  readonly patchBefore?: string;
}

/** What an operator writes and signs. */
export interface AdvisoriesDocument {
  readonly assay: 'advisories/1';
  /** Counts up with every change. */
  readonly version: number;
  /** Epoch seconds: when it was written, and after when it counts as none. */
  readonly issued: number;
  readonly expires: number;
  readonly advisories: readonly Advisory[];
}

const MAX_ADVISORIES = 5_000;
const MAX_NAMES = 500;
/** Year 2200: a time in milliseconds by mistake would never end. */
const MAX_TIME = 7_258_118_400;
/** The longest life: an author who went away is noticed within it. */
const MAX_LIFE_S = 366 * 86_400;

const title = matching(/^[^\p{Cc}]{1,200}$/u, '1 to 200 characters on one line');
const name = matching(/^[\x20-\x7e]{1,128}$/, '1 to 128 printable ASCII characters');
const names = list(name, MAX_NAMES, 1);

const affects: Reader<Affected> = (value, path) => {
  const read = object(
    {},
    {
      app: name,
      appUpTo: matching(/^\d{1,18}(\.\d{1,18}){0,7}$/, 'whole numbers with dots between them'),
      ...{ sdk: names, osBuilds: names, models: names },
      patchBefore: matching(/^\d{4}-(0[1-9]|1[0-2])$/, 'YYYY-MM'),
    },
  )(value, path);
  // Nothing named would mean everybody.
  return Object.keys(read).length > 0 ? read : misfit(path, 'at least one condition');
};

const advisory = object({
  id: matching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, '1 to 64 letters, digits, dots, dashes'),
  title,
  severity: oneOf(['low', 'medium', 'high', 'critical']),
  affects,
});

const shape = object({
  assay: oneOf(['advisories/1']),
  version: integer(1),
  issued: integer(0, MAX_TIME),
  expires: integer(0, MAX_TIME),
  advisories: distinct(advisory, MAX_ADVISORIES, 0, ({ id }) => id),
});

/** Reads decoded JSON; an empty list of advisories is a statement too: nothing is known. */
export const readDocument: Reader<AdvisoriesDocument> = (value, path) => {
  const read = shape(value, path);
  const life = read.expires - read.issued;
  return life > 0 && life <= MAX_LIFE_S ? read : misfit(`${path}.expires`, 'behind `issued`, by a year at most');
};
