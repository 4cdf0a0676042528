import type { Rule } from '../rule.ts';
import { rule as a001 } from './a001-misplaced.ts';
import { rule as a002 } from './a002-missing-identities.ts';
import { rule as a003 } from './a003-no-usable-pin.ts';
import { rule as a004 } from './a004-leaf-and-authority.ts';
import { rule as a005 } from './a005-role-mismatch.ts';
import { rule as a006 } from './a006-extension-without-pins.ts';
import { rule as a007 } from './a007-weak-exception.ts';
import { rule as c001 } from './c001-trust-all.ts';
import { rule as c002 } from './c002-custom-trust-manager.ts';
import { rule as c003 } from './c003-stack-not-covered.ts';
import { rule as c004 } from './c004-probe-pinning.ts';
import { rule as c005 } from './c005-runtime-disable.ts';
import { rule as c006 } from './c006-pins-over-the-air.ts';
import { rule as c007 } from './c007-key-match-only.ts';
import { rule as c008 } from './c008-presented-list.ts';
import { rule as c009 } from './c009-hostname-any.ts';
import { rule as c010 } from './c010-webview-proceed.ts';
import { rule as c011 } from './c011-remote-pins.ts';
import { rule as c012 } from './c012-weak-protocol.ts';
import { rule as c013 } from './c013-weak-cipher.ts';
import { rule as c014 } from './c014-pinning-off.ts';
import { rule as c015 } from './c015-unlisted-hosts.ts';
import { rule as c016 } from './c016-adds-root.ts';
import { rule as c017 } from './c017-user-authorities.ts';
import { rule as c018 } from './c018-legacy-client.ts';
import { rule as c019 } from './c019-process-wide.ts';
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
import { rule as h004 } from './h004-public-suffix.ts';
import { rule as h005 } from './h005-subdomain-depth.ts';
import { rule as h006 } from './h006-single-star.ts';
import { rule as h007 } from './h007-union-weakening.ts';
import { rule as n001 } from './n001-user-authorities.ts';
import { rule as n002 } from './n002-override-pins.ts';
import { rule as n003 } from './n003-debug-in-release.ts';
import { rule as n004 } from './n004-cleartext.ts';
import { rule as n005 } from './n005-cleartext-pinned.ts';
import { rule as n006 } from './n006-old-target.ts';
import { rule as n007 } from './n007-unknown-element.ts';
import { rule as n008 } from './n008-refused-structure.ts';
import { rule as n009 } from './n009-shadowed-pins.ts';
import { rule as n010 } from './n010-empty-pin-set.ts';
import { rule as n011 } from './n011-own-authorities.ts';
import { rule as n012 } from './n012-not-referenced.ts';
import { rule as n013 } from './n013-variant-drift.ts';
import { rule as n014 } from './n014-transparency-off.ts';
import { rule as n015 } from './n015-encrypted-hello.ts';
import { rule as n016 } from './n016-manifest-cleartext.ts';
import { rule as p001 } from './p001-single-pin.ts';
import { rule as p002 } from './p002-no-independent-backup.ts';
import { rule as p003 } from './p003-bad-base64.ts';
import { rule as p004 } from './p004-bad-length.ts';
import { rule as p005 } from './p005-empty-input-hash.ts';
import { rule as p006 } from './p006-placeholder.ts';
import { rule as p007 } from './p007-pasted-certificate.ts';
import { rule as p008 } from './p008-hex-pin.ts';
import { rule as p009 } from './p009-certificate-hash.ts';
import { rule as p010 } from './p010-wrong-prefix.ts';
import { rule as p011 } from './p011-sha1-pin.ts';
import { rule as p012 } from './p012-duplicate-pin.ts';
import { rule as p013 } from './p013-known-authority-typo.ts';
import { rule as p014 } from './p014-retired-authority.ts';
import { rule as p015 } from './p015-root-only.ts';
import { rule as p016 } from './p016-leaf-only.ts';
import { rule as p017 } from './p017-rotating-intermediates.ts';
import { rule as p018 } from './p018-many-authorities.ts';
import { rule as p019 } from './p019-live-mismatch.ts';
import { rule as p020 } from './p020-one-live-match.ts';
import { rule as p021 } from './p021-backup-without-owner.ts';
import { rule as p022 } from './p022-chain-near-expiry.ts';
import { rule as p023 } from './p023-certificate-lifetime.ts';
import { rule as r001 } from './r001-hashes-on-one-platform.ts';
import { rule as s001 } from './s001-unreadable-file.ts';
import { rule as t001 } from './t001-not-enforced.ts';
import { rule as t002 } from './t002-default-report-uri.ts';
import { rule as t003 } from './t003-report-address.ts';
import { rule as t004 } from './t004-deprecated-algorithms.ts';
import { rule as t005 } from './t005-swizzling.ts';
import { rule as t006 } from './t006-report-only-contradiction.ts';
import { rule as t007 } from './t007-refused-by-trustkit.ts';
import { rule as x001 } from './x001-platform-drift.ts';
import { rule as x002 } from './x002-staging-in-release.ts';
import { rule as x003 } from './x003-unpinned-host.ts';
import { rule as x004 } from './x004-static-over-dynamic.ts';
import { rule as x005 } from './x005-lab-build.ts';

/** Every rule, in the order of ids. */
export const RULES: readonly Rule[] = [
  a001,
  a002,
  a003,
  a004,
  a005,
  a006,
  a007,
  c001,
  c002,
  c003,
  c004,
  c005,
  c006,
  c007,
  c008,
  c009,
  c010,
  c011,
  c012,
  c013,
  c014,
  c015,
  c016,
  c017,
  c018,
  c019,
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
  h004,
  h005,
  h006,
  h007,
  n001,
  n002,
  n003,
  n004,
  n005,
  n006,
  n007,
  n008,
  n009,
  n010,
  n011,
  n012,
  n013,
  n014,
  n015,
  n016,
  p001,
  p002,
  p003,
  p004,
  p005,
  p006,
  p007,
  p008,
  p009,
  p010,
  p011,
  p012,
  p013,
  p014,
  p015,
  p016,
  p017,
  p018,
  p019,
  p020,
  p021,
  p022,
  p023,
  r001,
  s001,
  t001,
  t002,
  t003,
  t004,
  t005,
  t006,
  t007,
  x001,
  x002,
  x003,
  x004,
  x005,
];
