import { createHash, X509Certificate } from 'node:crypto';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';

/** What `checkServerIdentity` of node:tls is: the fault found, or undefined. */
type IdentityCheck = (host: string, certificate: PeerCertificate) => Error | undefined;

/** The keys that are right for a host; undefined where any is. */
type PinsOf = (host: string) => readonly string[] | undefined;

/** A name by the rules of RFC 9525 (no common name, no partial wildcard), and a key that is pinned. */
export function carefulCheck(pinsOf: PinsOf): IdentityCheck {
  return (host, { raw }) => {
    const certificate = new X509Certificate(raw);
    const name = host.replace(/\.$/, '');
    const matched = certificate.checkHost(name, { subject: 'never', partialWildcards: false });
    if (matched === undefined) return new Error(`the certificate is not for ${name}`);
    return pinFault(certificate, pinsOf(name));
  };
}

/** What most pinning code of Node does: the names as Node sees them, then the key. */
export function usualCheck(pinsOf: PinsOf): IdentityCheck {
  return (host, peer) => checkServerIdentity(host, peer) ?? pinFault(new X509Certificate(peer.raw), pinsOf(host));
}

function pinFault(certificate: X509Certificate, pins: readonly string[] | undefined): Error | undefined {
  const spki = certificate.publicKey.export({ type: 'spki', format: 'der' });
  const pin = createHash('sha256').update(spki).digest('base64');
  return pins === undefined || pins.includes(pin) ? undefined : new Error(`no pin matches ${pin}`);
}
