import type { PolicyHost } from '../../policy/model.ts';
import type { Abilities } from '../target.ts';

/** What code can say that we write ourselves: everything but sending reports, which is the app's to do. */
export const OWN_CODE: Abilities = {
  subdomains: ['none', 'one', 'all'],
  overlap: 'most-specific',
  positions: 'any',
  expires: true,
  reports: true,
  sendsReports: false,
  privateTrust: true,
  transparency: 'none',
  pins: 'spki',
};

/** How many labels more than the host are covered; 127 is more than any name has. */
export const DEPTHS: Readonly<Record<PolicyHost['subdomains'], number>> = { none: 0, one: 1, all: 127 };
