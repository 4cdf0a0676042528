import { ConfigError } from '@assay/core';
import { equalBytes } from '@assay/formats';
import type { Certificate } from './certificate.ts';
import { isHostName, isPresentedDnsName, wildcardBase } from './dns-names.ts';
import { refused } from './faults.ts';
import type { GeneralName } from './general-names.ts';
import { parseIpAddress } from './ip-addresses.ts';
import { normalMailbox } from './mailboxes.ts';
import { X509_REASONS } from './reasons.ts';

/** The name that was meant to be reached (RFC 9525 2, reference identifier). Host names in their ASCII form. */
export interface PeerName {
  readonly kind: 'dns' | 'ip' | 'email';
  readonly value: string;
}

type NameTest = (presented: GeneralName) => boolean;

/** How each kind of expected name is compared; undefined when the expected name itself is malformed. */
const TESTS: Readonly<Record<PeerName['kind'], (value: string) => NameTest | undefined>> = {
  dns: dnsTest,
  ip: ipTest,
  email: emailTest,
};

/**
 * Proves that the certificate is for `name` (RFC 9525 6). Only the subject alternative names count: a common name is text
 * that no name constraint covers. Raises x509.name_mismatch, and ConfigError x509.peer_name_invalid.
 */
export function matchName(certificate: Certificate, name: PeerName): void {
  const test = TESTS[name.kind](name.value);
  if (test === undefined) {
    throw new ConfigError('x509.peer_name_invalid', X509_REASONS['x509.peer_name_invalid'].summary, {
      found: name.kind,
    });
  }
  if (!(certificate.subjectAltNames ?? []).some(test)) {
    throw refused('x509.name_mismatch', { clause: 'RFC 9525 6', expected: name.value });
  }
}

/** RFC 9525 6.3: labels compare without case; a wildcard stands for exactly one whole left-most label. */
function dnsTest(value: string): NameTest | undefined {
  const reference = value.toLowerCase().replace(/\.$/, '');
  if (!isHostName(reference)) return undefined;
  const parent = reference.slice(reference.indexOf('.') + 1);
  return (presented) => {
    if (presented.kind !== 'dns' || !isPresentedDnsName(presented.value)) return false;
    const pattern = presented.value.toLowerCase();
    const base = wildcardBase(pattern);
    return base === undefined ? pattern === reference : base === parent;
  };
}

/** RFC 9525 6.4: octet for octet, never as text. */
function ipTest(value: string): NameTest | undefined {
  const reference = parseIpAddress(value);
  if (reference === undefined) return undefined;
  return (presented) => presented.kind === 'ip' && equalBytes(presented.value, reference);
}

/** RFC 5280 7.5: the local part with case, the host without. */
function emailTest(value: string): NameTest | undefined {
  const reference = normalMailbox(value);
  if (reference === undefined) return undefined;
  return (presented) => presented.kind === 'email' && normalMailbox(presented.value) === reference;
}
