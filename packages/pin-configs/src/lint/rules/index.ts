import type { Rule } from '../rule.ts';
import { rule as e001 } from './e001-expired.ts';
import { rule as e002 } from './e002-expiring.ts';
import { rule as e003 } from './e003-no-expiration.ts';
import { rule as e004 } from './e004-far-expiration.ts';
import { rule as e005 } from './e005-bad-date.ts';
import { rule as e006 } from './e006-ends-before-support.ts';
import { rule as e007 } from './e007-time-zones.ts';
import { rule as h001 } from './h001-no-host-name.ts';
import { rule as h002 } from './h002-wildcard.ts';
import { rule as h003 } from './h003-untidy-name.ts';
import { rule as h005 } from './h005-subdomain-depth.ts';
import { rule as p002 } from './p002-no-independent-backup.ts';
import { rule as p009 } from './p009-certificate-hash.ts';
import { rule as p012 } from './p012-duplicate-pin.ts';
import { rule as p015 } from './p015-root-only.ts';
import { rule as p016 } from './p016-leaf-only.ts';
import { rule as p019 } from './p019-live-mismatch.ts';
import { rule as p020 } from './p020-one-live-match.ts';
import { rule as p022 } from './p022-chain-near-expiry.ts';
import { rule as p023 } from './p023-certificate-lifetime.ts';
import { rule as s001 } from './s001-unreadable-file.ts';

/** Every rule, in the order of ids. */
export const RULES: readonly Rule[] = [
  e001,
  e002,
  e003,
  e004,
  e005,
  e006,
  e007,
  h001,
  h002,
  h003,
  h005,
  p002,
  p009,
  p012,
  p015,
  p016,
  p019,
  p020,
  p022,
  p023,
  s001,
];
