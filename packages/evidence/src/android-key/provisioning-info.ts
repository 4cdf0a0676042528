import { FormatError, parseCbor } from '@assay/formats';
import type { Certificate } from '@assay/x509';

/** Extension on the attestation certificate of a remotely provisioned chain: CBOR, without an OCTET STRING of its own. */
export const PROVISIONING_INFO_OID = '1.3.6.1.4.1.11129.2.1.30';

/** Key 1 of its map: certificates that the device was given in the last 30 days. High counts hint at farming. */
const CERTIFICATES_ISSUED = 1;

/**
 * How many certificates the issuer says it gave this device in 30 days; undefined when it does not say, as in 2023. Google
 * signs the extension but documents it loosely, so another form of it says nothing rather than costing the device.
 */
export function certificatesIssued(attestation: Certificate | undefined): number | undefined {
  const extension = attestation?.extensions.get(PROVISIONING_INFO_OID);
  const info = extension && decode(extension.value);
  const count = info instanceof Map ? info.get(CERTIFICATES_ISSUED) : undefined;
  return typeof count === 'number' && count >= 0 ? count : undefined;
}

function decode(bytes: Uint8Array): unknown {
  try {
    return parseCbor(bytes);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
