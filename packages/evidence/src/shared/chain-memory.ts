import { hash } from 'node:crypto';
import { type Certificate, createSignatureMemory, parseCertificate, type SignatureMemory } from '@assay/x509';

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
 * which costs as much as the verification itself.
 */
export interface IssuerMemory {
  find(der: Uint8Array): Certificate | undefined;
  add(certificate: Certificate): void;
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
export function recallIssuer(memory: ChainMemory, der: Uint8Array): Certificate {
  return memory.issuers.find(der) ?? parseCertificate(der);
}

function createIssuerMemory(capacity: number): IssuerMemory {
  const certificates = new Map<string, Certificate>();
  return {
    find(der) {
      const digest = hash('sha256', der, 'base64');
      const found = certificates.get(digest);
      if (found === undefined) return undefined;
      certificates.delete(digest);
      certificates.set(digest, found);
      return found;
    },
    add({ der }) {
      const digest = hash('sha256', der, 'base64');
      if (certificates.has(digest)) return;
      // A copy: a certificate's members are views of its input, which belongs to the caller and may be used again.
      certificates.set(digest, parseCertificate(Uint8Array.from(der)));
      if (certificates.size > capacity)
        for (const oldest of certificates.keys()) return void certificates.delete(oldest);
    },
  };
}
