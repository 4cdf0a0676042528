import { refused } from '../faults.ts';
import { isSelfIssued } from '../names.ts';
import type { Link } from './state.ts';

/** Whether the profile demands an authority in this place. */
function mustBeAuthority({ profile, path, issuer }: Link): boolean {
  return profile.authorities === 'every_issuer' || path.length > 1 || issuer.position === 'anchor';
}

/** RFC 5280 6.1.4 (k): version 3 and cA. Stops the owner of any leaf certificate from issuing others. */
export function assertAuthority(link: Link): void {
  const certificate = link.issuer.certificate;
  if (certificate && mustBeAuthority(link) && certificate.basicConstraints?.ca !== true) {
    throw refused('x509.not_a_ca', { clause: 'RFC 5280 6.1.4 (k)', found: link.issuer.position });
  }
}

/** RFC 5280 6.1.4 (n): keyCertSign, where key usage is present. Stops keys made for something else from issuing. */
export function assertMaySign(link: Link): void {
  const usage = link.issuer.certificate?.keyUsage;
  if (usage && mustBeAuthority(link) && !usage.has('keyCertSign')) {
    throw refused('x509.key_usage', {
      clause: 'RFC 5280 6.1.4 (n)',
      expected: 'keyCertSign',
      found: link.issuer.position,
    });
  }
}

/**
 * RFC 5280 6.1.4 (l), (m): no more non-self-issued intermediates below than the issuer allows, and no more intermediates at
 * all than the profile allows. Stops a constrained authority from making authorities of its own.
 */
export function assertPathLength({ path, issuer, profile }: Link): void {
  const limit = issuer.certificate?.basicConstraints?.pathLength;
  const counted = limit === undefined ? 0 : path.slice(1).filter((certificate) => !isSelfIssued(certificate)).length;
  if (limit !== undefined && counted > limit) {
    throw refused('x509.path_too_long', {
      clause: 'RFC 5280 6.1.4 (m)',
      expected: `${limit} below`,
      found: `${counted}`,
    });
  }
  const depth = path.length - 1 + (issuer.position === 'issuer' ? 1 : 0);
  if (!(depth <= profile.maxIntermediates)) {
    throw refused('x509.path_too_long', { expected: `${profile.maxIntermediates} intermediates`, found: `${depth}` });
  }
}
