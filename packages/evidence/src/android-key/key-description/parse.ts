import type { SecurityLevel } from '@assay/core';
import { DerReader, FormatError, TAG } from '@assay/formats';
import { CLAUSE } from '../clauses.ts';
import { malformed } from '../reasons.ts';
import { readAuthorizationList } from './authorization-list.ts';
import type { KeyDescription } from './types.ts';

/** The extension that makes a certificate a key attestation. */
export const KEY_DESCRIPTION_OID = '1.3.6.1.4.1.11129.2.1.17';

/** Android 17. Later versions are read all the same; what they append is passed over. */
const NEWEST_KNOWN_VERSION = 500;

/** SecurityLevel by number; 100 (keystore, as of AIDL) and whatever may come has no name here. */
const LEVELS: readonly SecurityLevel[] = ['software', 'tee', 'strongbox'];

/**
 * Decodes the value of the KeyDescription extension, of any version.
 *
 * @throws RequestError `android.key_description_malformed`
 */
export function parseKeyDescription(bytes: Uint8Array): KeyDescription {
  try {
    return readKeyDescription(bytes);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const detail = { ...error.detail, clause: CLAUSE.schema, found: error.code };
    throw malformed('android.key_description_malformed', detail, error);
  }
}

function readKeyDescription(bytes: Uint8Array): KeyDescription {
  const outer = DerReader.of(bytes);
  const fields = outer.enter(TAG.SEQUENCE);
  outer.end();
  const attestationVersion = fields.smallInteger();
  const attestationSecurityLevel = LEVELS[fields.enumerated()];
  const keyMintVersion = fields.smallInteger();
  const keyMintSecurityLevel = LEVELS[fields.enumerated()];
  const challenge = fields.octetString();
  // uniqueId identifies the device for an app: never read.
  fields.skip();
  const softwareEnforced = readAuthorizationList(fields.enter(TAG.SEQUENCE));
  const hardwareEnforced = readAuthorizationList(fields.enter(TAG.SEQUENCE));
  if (attestationVersion <= NEWEST_KNOWN_VERSION) fields.end();
  return {
    attestationVersion,
    attestationSecurityLevel,
    keyMintVersion,
    keyMintSecurityLevel,
    challenge,
    softwareEnforced,
    hardwareEnforced,
  };
}
