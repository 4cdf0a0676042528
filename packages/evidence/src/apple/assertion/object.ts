import { parseCbor } from '@assay/formats';
import { assertSize, bytesMember, mapOf } from '../../shared/members.ts';
import { parseAssertionData } from '../authenticator-data.ts';
import type { AssertionObject } from './state.ts';

/** Genuine objects have 140 to 220 bytes. */
const MAX_BYTES = 1024;

/** @throws RequestError `cbor.*`, `evidence.*` */
export function parseAssertionObject(object: Uint8Array): AssertionObject {
  assertSize(object, MAX_BYTES);
  const map = mapOf(parseCbor(object), 'assertion object');
  const bytes = bytesMember(map, 'authenticatorData');
  return { signature: bytesMember(map, 'signature'), bytes, authenticatorData: parseAssertionData(bytes) };
}
