import { toHex } from '@assay/formats';
import { spend } from '../budget.ts';
import type { Certificate } from '../certificate.ts';
import type { Crl } from '../crl.ts';
import { refused } from '../faults.ts';
import { publicKeyOf } from '../keys.ts';
import { sameName } from '../names.ts';
import { OID } from '../oids.ts';
import { verifySignedBy } from '../signatures.ts';
import type { Link } from './state.ts';

/**
 * RFC 5280 6.3.3, for complete direct lists: the child is on no list of its issuer, and one current list speaks for it.
 * A list that cannot be relied on refuses the path rather than being passed over, or whoever can damage it could hide a
 * revocation.
 */
export function assertNotRevoked(link: Link): void {
  if (link.revocation === undefined) return;
  const lists = link.revocation.filter((crl) => sameName(crl.issuer.raw, link.issuer.name));
  if (lists.length === 0) throw refused('x509.revocation_unknown', { clause: 'RFC 5280 6.3.3' });
  for (const crl of lists) {
    assertUsable(crl, link);
    if (isRevoked(crl, link.child)) throw refused('x509.revoked', { clause: 'RFC 5280 6.3.3 (i)' });
  }
}

function isRevoked(crl: Crl, certificate: Certificate): boolean {
  return crl.revoked.has(toHex(certificate.serial));
}

function assertUsable(crl: Crl, link: Link): void {
  assertCurrent(crl, link.at);
  assertNumbered(crl);
  assertUnderstood(crl);
  assertSignedByIssuer(crl, link);
}

/** RFC 5280 6.3.3 (a)(1)(ii): an old list may miss what was revoked since. */
function assertCurrent({ thisUpdate, nextUpdate }: Crl, at: number): void {
  const second = Math.floor(at / 1000) * 1000;
  if (nextUpdate === undefined || !(second >= thisUpdate && second <= nextUpdate)) {
    throw refused('x509.revocation_unknown', { clause: 'RFC 5280 6.3.3 (a)(1)(ii)', found: 'a list for another time' });
  }
}

/** RFC 5280 5.2.3: a CRL number, not critical, tells lists of one issuer apart. */
function assertNumbered({ extensions }: Crl): void {
  if (extensions.get(OID.crlNumber)?.critical !== false) {
    throw refused('x509.crl_invalid', { clause: 'RFC 5280 5.2.3', expected: 'a CRL number that is not critical' });
  }
}

/** RFC 5280 5.2, 5.3: partial, indirect and delta lists say so by critical extensions, none of which is processed here. */
function assertUnderstood({ extensions, criticalEntryExtensions }: Crl): void {
  const critical =
    [...extensions.values()].find((extension) => extension.critical)?.oid ?? [...criticalEntryExtensions][0];
  if (critical !== undefined) throw refused('x509.crl_invalid', { clause: 'RFC 5280 5.2', found: critical });
}

/** RFC 5280 6.3.3 (f), (g): cRLSign where key usage is present, and the issuer's signature. */
function assertSignedByIssuer(crl: Crl, { issuer, profile, budget }: Link): void {
  if (issuer.certificate?.keyUsage?.has('cRLSign') === false) {
    throw refused('x509.crl_invalid', { clause: 'RFC 5280 6.3.3 (f)', expected: 'cRLSign' });
  }
  spend(budget, 'signatures', 1);
  verifySignedBy(crl, publicKeyOf(issuer), profile.signatures);
}
