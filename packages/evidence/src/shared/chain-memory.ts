import {
  type Certificate,
  createSignatureMemory,
  parseCertificate,
  type SignatureMemory,
  type Tolerance,
} from '@assay/x509';

/**
 * What verifiers may remember of the vendor's issuing certificates, so that an attestation costs one signature check and
 * not two. Positive results only: a lost or full memory costs time and nothing else.
 */
export interface ChainMemory {
  readonly signatures: SignatureMemory;
  readonly issuers: IssuerMemory;
}

/**
 * Issuers that were part of a valid path. The gain is their imported key: node:crypto prepares a key at its first use,
 * which costs as much as the verification itself. One memory serves every format, so an issuer is remembered together with
 * the tolerances it was parsed with: what one format forgives must not reach another.
 */
export interface IssuerMemory {
  find(der: Uint8Array, tolerate?: readonly Tolerance[]): Certificate | undefined;
  add(certificate: Certificate, tolerate?: readonly Tolerance[]): void;
}

/** Keeps what the last `capacity` certificates and issuers proved; vendors have a handful of issuers. */
export function createChainMemory(capacity: number): ChainMemory {
  return { signatures: createSignatureMemory(capacity), issuers: createIssuerMemory(capacity) };
}

/** For callers that keep no memory. */
export const FORGETFUL: ChainMemory = {
  signatures: { has: () => false, add: () => undefined },
  issuers: { find: () => undefined, add: () => undefined },
};

/** The certificate as it was remembered, else parsed. Raises as parseCertificate. */
export function recallIssuer(memory: ChainMemory, der: Uint8Array, tolerate: readonly Tolerance[] = []): Certificate {
  return memory.issuers.find(der, tolerate) ?? parseCertificate(der, { tolerate });
}

function createIssuerMemory(capacity: number): IssuerMemory {
  const certificates = new Map<string, Certificate>();
  /** What was given out by `find`, so that giving it back costs nothing. */
  const held = new WeakSet<Certificate>();
  const find: IssuerMemory['find'] = (der, tolerate = []) => {
    const name = nameOf(der, tolerate);
    const found = certificates.get(name);
    if (found === undefined || Buffer.compare(found.der, der) !== 0) return undefined;
    certificates.delete(name);
    certificates.set(name, found);
    return found;
  };
  const add: IssuerMemory['add'] = (certificate, tolerate = []) => {
    if (held.has(certificate) || find(certificate.der, tolerate) !== undefined) return;
    // A copy: a certificate's members are views of its input, which belongs to the caller and may be used again.
    const copy = parseCertificate(Uint8Array.from(certificate.der), { tolerate });
    held.add(copy);
    certificates.set(nameOf(copy.der, tolerate), copy);
    if (certificates.size > capacity) for (const oldest of certificates.keys()) return void certificates.delete(oldest);
  };
  return { find, add };
}

/** Octets at the end of a certificate, out of its signature: as good as a digest to look it up, and the bytes decide. */
const TAIL_BYTES = 24;

function nameOf(der: Uint8Array, tolerate: readonly Tolerance[]): string {
  const tail = der.subarray(-TAIL_BYTES);
  return tolerate.join() + Buffer.from(tail.buffer, tail.byteOffset, tail.length).toString('latin1');
}
