import { createPublicKey } from 'node:crypto';
import {
  APPLE_CT_POLICY,
  CHROME_CT_POLICY,
  type CtLogList,
  type CtPolicy,
  parseAppleLogList,
  parseGoogleLogList,
  verifyGoogleLogList,
} from '@assay/x509';
import { readInput } from '../../input.ts';
import { fault } from '../../reasons.ts';
import { GOOGLE_LIST_KEY } from './google-key.ts';

/** A list of logs that was given, and how far it is to be believed. */
export interface GivenList {
  readonly publisher: 'google' | 'apple';
  readonly version: string;
  /** True when Google's signature was given and holds; Apple signs none. */
  readonly signed: boolean;
  /** ISO 8601; Apple's does not say. */
  readonly made: string | null;
  readonly logs: CtLogList['logs'];
}

/**
 * @throws ConfigError `ct.*` for a list that cannot be used or is not genuine; RequestError `cli.usage`; FormatError;
 * UpstreamError `cli.file_unreadable`
 */
export function readLogLists(files: readonly string[], signature: string | undefined): readonly GivenList[] {
  const lists = files.map((file) => readLogList(file, signature));
  if (signature !== undefined && !lists.some(({ signed }) => signed)) {
    throw fault('cli.usage', {
      message: '--log-list-sig has no list',
      expected: '--log-list FILE with the list of Google',
    });
  }
  return lists;
}

/** Only Google's list says when it was made. */
function readLogList(file: string, signature: string | undefined): GivenList {
  const bytes = readInput(file);
  if (!new TextDecoder().decode(bytes).includes('"log_list_timestamp"')) {
    return { publisher: 'apple', signed: false, made: null, ...pick(parseAppleLogList(bytes)) };
  }
  const key = createPublicKey(GOOGLE_LIST_KEY);
  const list =
    signature === undefined ? parseGoogleLogList(bytes) : verifyGoogleLogList(bytes, readInput(signature), key);
  const made = list.timestamp === undefined ? null : new Date(list.timestamp).toISOString();
  return { publisher: 'google', signed: signature !== undefined, made, ...pick(list) };
}

const pick = ({ version, logs }: CtLogList) => ({ version, logs });

const PUBLISHERS: readonly (readonly [CtPolicy, GivenList['publisher']])[] = [
  [CHROME_CT_POLICY, 'google'],
  [APPLE_CT_POLICY, 'apple'],
];

/** Each policy with the list of its publisher where that was given; with another one, which is said, where it was not. */
export function policiesWith(
  lists: readonly GivenList[],
): readonly { readonly policy: CtPolicy; readonly list: GivenList }[] {
  return PUBLISHERS.flatMap(([policy, publisher]) => {
    const list = lists.find((each) => each.publisher === publisher) ?? lists[0];
    return list === undefined ? [] : [{ policy, list }];
  });
}
