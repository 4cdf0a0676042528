import { concat, parseBase64url, toBase64url } from '@assay/formats';
import { fault } from '../../fault.ts';

const VERSION = 1;
const HANDLE_BYTES = 32;

/**
 * What the client keeps after an attestation and sends with each assertion: a version, then the name of the instance. A plain
 * handle of one length, nothing secret and nothing sealed: the client hashes `artifact ‖ challenge` without lengths, so both
 * are fixed, and one that no longer opened would lock the install out until it is installed anew.
 */
export function toArtifact(jkt: string): Uint8Array {
  return concat(Uint8Array.of(VERSION), parseBase64url(jkt));
}

/** The instance that an artifact names. @throws EvidenceError `service.artifact_unknown` for what was never made here */
export function parseArtifact(artifact: Uint8Array): string {
  if (artifact.length !== 1 + HANDLE_BYTES || artifact[0] !== VERSION) throw fault('service.artifact_unknown');
  return toBase64url(artifact.subarray(1));
}
