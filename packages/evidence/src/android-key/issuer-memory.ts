import { hash } from 'node:crypto';
import type { Certificate } from '@assay/x509';

/**
 * Remembers decoded issuers. Decoding the issuers of a chain and importing their keys costs more than verifying its leaf, and
 * thousands of devices share them. It says nothing about trust: every chain is validated again.
 */
export interface IssuerMemory {
  get(der: Uint8Array): Certificate | undefined;
  add(certificate: Certificate): void;
}

/** A memory of at most `capacity` certificates; the oldest leaves first. Only verified chains write, so junk displaces nobody. */
export function createIssuerMemory(capacity: number): IssuerMemory {
  const issuers = new Map<string, Certificate>();
  const known = new WeakSet<Certificate>();
  return {
    get: (der) => issuers.get(nameOf(der)),
    add(certificate) {
      if (known.has(certificate)) return;
      known.add(certificate);
      issuers.set(nameOf(certificate.der), certificate);
      if (issuers.size > capacity) for (const oldest of issuers.keys()) return void issuers.delete(oldest);
    },
  };
}

function nameOf(der: Uint8Array): string {
  return hash('sha256', der, 'base64');
}
