import { defineReasons, type Reason, type ReasonTable } from '@assay/core';

type Row = Omit<Reason, 'code'>;

const row =
  (family: 'config' | 'request') =>
  (summary: string, hint: string): Row => ({ family, class: 'evidence', action: 'retry', summary, hint });

/** Keys and rows at rest: the operator's to repair, never told to a device. */
const config = row('config');
/** Boxes, and the keys they are sealed to. */
const request = row('request');

/** Reason codes of `@assay/secrets`. */
export const SECRETS_REASONS: ReasonTable = defineReasons({
  'secrets.kek_file_malformed': config(
    'The file of key-encryption keys is not in its form.',
    'Restore the file from its copy; it holds one line for each key: v1, id, key, check value.',
  ),
  'secrets.kek_check_failed': config(
    'A key-encryption key does not fit its check value.',
    'The key was mistyped or exchanged; restore the one that bears this id.',
  ),
  'secrets.kek_missing': config(
    'There is no key-encryption key.',
    'Give the server its key file; without it nothing at rest can be sealed or opened.',
  ),
  'secrets.kek_unknown': config(
    'A row is sealed by a key-encryption key that the server does not hold.',
    'Add the old key to the key file, below the current one, until every row is rewrapped.',
  ),
  'secrets.kek_wrong': config(
    'The key-encryption key with the id of the row does not open it.',
    'Compare the key file with its copy: two keys bear one id, or the row was damaged.',
  ),
  'secrets.row_malformed': config(
    'A sealed row is not in its form.',
    'The database was changed by other means; restore the row.',
  ),
  'secrets.row_not_opened': config(
    'A sealed row does not open in its place: it was changed, moved, or put back from an older version.',
    'The database was changed by other means; restore the row.',
  ),
  'secrets.value_too_large': config(
    'The value is larger than a secret may be.',
    'Deliver a key, and fetch what it opens from your own API.',
  ),
  'secrets.name_invalid': config(
    'The name of the secret is not one that a box can carry.',
    'Use 1 to 64 letters, digits, dots, dashes and underscores.',
  ),
  'secrets.recipient_invalid': request(
    'The key that the secret is to be sealed to is no point on P-256.',
    'The app must send the uncompressed point of a new P-256 key.',
  ),
  'secrets.box_malformed': request(
    'The box is not a compact JWE with exactly the members it must have.',
    'Compare the versions of server and app.',
  ),
  'secrets.box_mismatch': request(
    'The box was made for another request, key, issuer or secret.',
    'Boxes are good for the reply they came in only; ask again.',
  ),
  'secrets.box_expired': request(
    'The box is past its expiry.',
    'Ask again; if new boxes are expired, compare the clocks.',
  ),
  'secrets.box_not_opened': request(
    'The box does not open: its content or its key is another.',
    'Ask again with a new encryption key.',
  ),
});
