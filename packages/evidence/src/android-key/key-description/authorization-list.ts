import type { DerReader } from '@assay/formats';
import { CLAUSE } from '../clauses.ts';
import { malformed } from '../reasons.ts';
import { readApplicationId } from './application-id.ts';
import { readRootOfTrust } from './root-of-trust.ts';
import type { AuthorizationList, ListedAuthorizations } from './types.ts';
import { readFlag, readNumber, readNumbers, readOctets, readText } from './values.ts';

type Draft = { -readonly [F in keyof AuthorizationList]: AuthorizationList[F] };

/** Reads the value of one tag into its member. */
interface Row {
  readonly field: keyof AuthorizationList;
  readonly read: (value: DerReader, into: Draft) => void;
}

function row<F extends keyof AuthorizationList>(field: F, read: (value: DerReader) => AuthorizationList[F]): Row {
  return {
    field,
    read: (value, into) => {
      into[field] = read(value);
    },
  };
}

/**
 * AuthorizationList, tag by tag (Android: Key and ID Attestation, schema of version 500). Older versions use a part of it;
 * no version gave a tag another meaning.
 */
const ROWS: ReadonlyMap<number, Row> = new Map([
  [1, row('purposes', readNumbers)],
  [2, row('algorithm', readNumber)],
  [3, row('keySize', readNumber)],
  [5, row('digests', readNumbers)],
  [6, row('paddings', readNumbers)],
  [10, row('ecCurve', readNumber)],
  [11, row('mlDsaVariant', readNumber)],
  [200, row('rsaPublicExponent', readNumber)],
  [303, row('rollbackResistance', readFlag)],
  [305, row('earlyBootOnly', readFlag)],
  [405, row('usageCountLimit', readNumber)],
  [503, row('noAuthRequired', readFlag)],
  [504, row('userAuthType', readNumber)],
  [505, row('authTimeout', readNumber)],
  [507, row('trustedUserPresenceRequired', readFlag)],
  [508, row('trustedConfirmationRequired', readFlag)],
  [509, row('unlockedDeviceRequired', readFlag)],
  [600, row('allApplications', readFlag)],
  [701, row('creationDateTime', readNumber)],
  [702, row('origin', readNumber)],
  [704, row('rootOfTrust', readRootOfTrust)],
  [705, row('osVersion', readNumber)],
  [706, row('osPatchLevel', readNumber)],
  [709, row('applicationId', readApplicationId)],
  [710, row('brand', readText)],
  [711, row('device', readText)],
  [712, row('product', readText)],
  [716, row('manufacturer', readText)],
  [717, row('model', readText)],
  [718, row('vendorPatchLevel', readNumber)],
  [719, row('bootPatchLevel', readNumber)],
  [720, row('deviceUniqueAttestation', readFlag)],
  [724, row('moduleHash', readOctets)],
]);

/**
 * Known tags whose values are never looked at: identifiers of a user or a device (502 secure user id, 713 serial, 714 IMEI,
 * 715 MEID, 723 second IMEI), and what says nothing about a signing key (block modes, MGF digests, dates, 506 and 703).
 */
const PASSED_OVER: ReadonlySet<number> = new Set([4, 203, 400, 401, 402, 502, 506, 703, 713, 714, 715, 723]);

/** Reads one list. Tags may come in any order; a tag that occurs twice makes the statement ambiguous. Raises FormatError. */
export function readAuthorizationList(list: DerReader): ListedAuthorizations {
  const read: Draft & { readonly unknownTags: number[] } = { unknownTags: [] };
  while (!list.isEmpty) {
    const tag = contextTag(list);
    const known = ROWS.get(tag);
    if (known === undefined) {
      list.skip();
      if (!PASSED_OVER.has(tag)) read.unknownTags.push(tag);
    } else {
      readTag(list, tag, known, read);
    }
  }
  return read;
}

/** The number of the next tag: every member of the list is a context-specific, constructed element. */
function contextTag(list: DerReader): number {
  const tag = list.peekTag();
  if (tag?.class === 'context' && tag.constructed) return tag.number;
  throw ambiguous('an element without an authorization tag');
}

function readTag(list: DerReader, tag: number, { field, read }: Row, into: Draft): void {
  const value = list.explicit(tag);
  if (value === undefined || field in into) throw ambiguous(`tag ${tag} twice`);
  read(value, into);
  value.end();
}

function ambiguous(found: string): Error {
  return malformed('android.key_description_malformed', { clause: CLAUSE.schema, found });
}
