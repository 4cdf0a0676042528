import type { CtLogStateName } from './log.ts';

/** How a timestamp reached the client: inside the certificate, in the handshake, or in a stapled OCSP response. */
export type SctOrigin = 'embedded' | 'tls' | 'ocsp';

/** How many timestamps a certificate of at most so many days needs, and how many of one operator's logs count at most. */
export interface CtLifetimeRow {
  readonly maxDays: number;
  readonly scts: number;
  readonly perOperator: number;
}

/** One way to satisfy a policy. Every number is "at least". */
export interface CtWay {
  readonly id: string;
  /** Timestamps of other origins are not looked at. */
  readonly origins: readonly SctOrigin[];
  /** Whether a log that was retired since it signed still counts towards `lifetimes`, `operators` and `rfc6962`. */
  readonly admitsRetired: boolean;
  /** By lifetime, shortest first; a longer lifetime than the last row's cannot satisfy this way. */
  readonly lifetimes: readonly CtLifetimeRow[];
  /** Logs approved at the time of the check. */
  readonly current: number;
  /** Timestamps by handshake or OCSP. */
  readonly delivered: number;
  readonly operators: number;
  readonly rfc6962: number;
}

/** What a publisher of a root programme demands, as data. One of the ways is enough. */
export interface CtPolicy {
  readonly id: string;
  readonly source: string;
  /** Day on which the source was read, `YYYY-MM-DD`. */
  readonly date: string;
  /** States in which a log counts as approved at the time of the check. */
  readonly approved: readonly CtLogStateName[];
  readonly ways: readonly CtWay[];
}

const ANY = Number.POSITIVE_INFINITY;
const APPROVED: readonly CtLogStateName[] = ['qualified', 'usable', 'readonly'];

/** Chrome's policy; Android's for apps that opt in has the same rules. */
export const CHROME_CT_POLICY: CtPolicy = {
  id: 'chrome',
  source: 'https://googlechrome.github.io/CertificateTransparency/ct_policy.html',
  date: '2026-11-21',
  approved: APPROVED,
  ways: [
    {
      id: 'embedded',
      origins: ['embedded'],
      admitsRetired: true,
      lifetimes: [
        { maxDays: 180, scts: 2, perOperator: ANY },
        { maxDays: ANY, scts: 3, perOperator: ANY },
      ],
      current: 1,
      delivered: 0,
      operators: 2,
      rfc6962: 1,
    },
    {
      id: 'delivered',
      origins: ['tls', 'ocsp'],
      admitsRetired: false,
      lifetimes: [{ maxDays: ANY, scts: 2, perOperator: ANY }],
      current: 2,
      delivered: 0,
      operators: 2,
      rfc6962: 1,
    },
  ],
};

/** Apple's policy. It bounds how many of one operator's logs count, where Chrome's asks for two operators. */
export const APPLE_CT_POLICY: CtPolicy = {
  id: 'apple',
  source: 'https://support.apple.com/103214',
  date: '2026-11-21',
  approved: APPROVED,
  ways: [
    {
      id: 'embedded',
      origins: ['embedded'],
      admitsRetired: true,
      lifetimes: [
        { maxDays: 180, scts: 2, perOperator: 1 },
        { maxDays: 398, scts: 3, perOperator: 2 },
      ],
      current: 1,
      delivered: 0,
      operators: 1,
      rfc6962: 1,
    },
    {
      id: 'delivered',
      origins: ['embedded', 'tls', 'ocsp'],
      admitsRetired: false,
      lifetimes: [{ maxDays: ANY, scts: 2, perOperator: ANY }],
      current: 2,
      delivered: 1,
      operators: 1,
      rfc6962: 1,
    },
  ],
};
