import { X509Certificate } from 'node:crypto';
import { parsePem } from '@assay/formats';
import { type FoundPin, pinsOf } from '@assay/pins';
import { plain } from '../speech.ts';

/** A pin with what it stands for. Subject and expiry are for people: nothing is decided by them. */
export interface DescribedPin {
  readonly pin: string;
  readonly role: 'leaf' | 'intermediate' | 'root' | 'request' | 'public key';
  readonly subject: string | null;
  /** ISO 8601. */
  readonly expires: string | null;
}

/**
 * Pins of a chain, a request or a public key, PEM or DER.
 *
 * @throws ConfigError `pins.private_key_given`, whose message holds nothing of the input, `pins.input_unknown`,
 * `pins.request_signature_invalid`; FormatError
 */
export function describePins(input: Uint8Array): readonly DescribedPin[] {
  const text = new TextDecoder().decode(input);
  if (!text.includes('-----BEGIN ')) return pinsOf(input).map((pin) => described(pin, input));
  const pins = pinsOf(text);
  const certificates = pins[0]?.source === 'certificate' ? parsePem(text, 'CERTIFICATE') : [];
  return pins.map((pin, index) => described(pin, certificates[index]));
}

/** The same for certificates as a host sends them. */
export function describeChain(chain: readonly Uint8Array[]): readonly DescribedPin[] {
  return chain.flatMap((der) => pinsOf(der).map((pin) => described(pin, der)));
}

function described({ pin, source }: FoundPin, der: Uint8Array | undefined): DescribedPin {
  if (source === 'request') return { pin, role: 'request', subject: null, expires: null };
  const certificate = source === 'certificate' && der !== undefined ? certificateOf(der) : undefined;
  if (certificate === undefined) {
    return { pin, role: source === 'certificate' ? 'leaf' : 'public key', subject: null, expires: null };
  }
  return {
    pin,
    role: roleOf(certificate),
    subject: plain(certificate.subject.replaceAll('\n', ', ')),
    expires: timeOf(certificate.validTo),
  };
}

function roleOf(certificate: X509Certificate): DescribedPin['role'] {
  if (!certificate.ca) return 'leaf';
  return certificate.checkIssued(certificate) ? 'root' : 'intermediate';
}

/** A certificate that OpenSSL cannot read still has a pin; it only goes without its description. */
function certificateOf(der: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}

function timeOf(text: string): string | null {
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
