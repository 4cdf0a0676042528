/**
 * The form of a document: one table from which both the strict reader and the published JSON Schema are made, so that they
 * cannot disagree. What takes the calendar, a list of public suffixes or several entries to decide is in `rules.ts`.
 */
export type Shape =
  | { readonly kind: 'text'; readonly pattern: RegExp; readonly expected: string; readonly about: string }
  | { readonly kind: 'choice'; readonly values: readonly string[]; readonly about: string }
  | { readonly kind: 'constant'; readonly value: number; readonly about: string }
  | {
      readonly kind: 'list';
      readonly of: Shape;
      readonly minimum: number;
      readonly maximum: number;
      readonly about: string;
    }
  | ObjectShape;

export interface ObjectShape {
  readonly kind: 'object';
  readonly members: Readonly<Record<string, Member>>;
  readonly about: string;
}

export interface Member {
  readonly shape: Shape;
  readonly required?: true;
  /** Belongs to this choice of another member of the same entry, and to nothing else. */
  readonly only?: { readonly with: string; readonly being: string; readonly required?: true };
}

const text = (pattern: RegExp, expected: string, about: string): Shape => ({ kind: 'text', pattern, expected, about });
const choice = (about: string, ...values: readonly string[]): Shape => ({ kind: 'choice', values, about });
const list = (of: Shape, minimum: number, maximum: number, about: string): Shape => ({
  kind: 'list',
  of,
  minimum,
  maximum,
  about,
});

/** 32 bytes: 43 digits, the last with two bits that must be zero, and one sign of padding. */
const DIGEST = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;
const HOST = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;
const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const HTTPS = /^https:\/\/[a-z0-9.-]+(?::\d{1,5})?(?:\/[A-Za-z0-9._~/-]*)?$/;
const AUTHORITY = /^[a-z][a-z0-9_]{0,63}$/;
const NOTE = /^[^\p{Cc}\p{Cf}]{1,200}$/u;

const digest = text(DIGEST, 'base64 of a SHA-256 digest: 43 characters and one =', 'base64 SHA-256, 32 bytes');
const hostName = text(
  HOST,
  'a host name in lower case, non-ASCII labels as xn--…, without scheme, port, wildcard or last dot',
  'a DNS name; subdomains are said by `subdomains`',
);
const authority = text(
  AUTHORITY,
  'the name of a certificate resource: a-z, 0-9 and _, first a letter',
  'certificate authority: @raw/NAME on Android, NAME.cer or NAME.pem beside the app elsewhere',
);

const mode = choice('report: a mismatch is told and the connection goes on', 'enforce', 'report');
const expires = text(DAY, 'a day as yyyy-MM-dd', 'day (UTC) from which the pins no longer hold');
const reportTo = list(text(HTTPS, 'an https URL without query', 'URL'), 0, 8, 'where mismatches are told');
const trust = choice('private: nothing of the device store is trusted, only `authorities`', 'system', 'private');
const authorities = list(authority, 1, 16, 'the certificate authorities of trust: private');
const transparency = choice(
  'required: connections without certificate transparency are refused where the platform can',
  'required',
  'platform-default',
);

/** What a host may leave to `defaults`. */
const SHARED = {
  mode: { shape: mode },
  expires: { shape: expires },
  reportTo: { shape: reportTo },
  trust: { shape: trust },
  authorities: { shape: authorities, only: { with: 'trust', being: 'private', required: true } },
  certificateTransparency: { shape: transparency },
} as const satisfies Readonly<Record<string, Member>>;

const PIN: ObjectShape = {
  kind: 'object',
  about: 'one public key',
  members: {
    spki: { shape: digest, required: true },
    role: { shape: choice('whose key it is', 'leaf', 'intermediate', 'root', 'backup'), required: true },
    position: {
      shape: choice('where a backup key will stand in the path', 'leaf', 'ca'),
      only: { with: 'role', being: 'backup' },
    },
    certificates: { shape: list(digest, 1, 16, 'base64 SHA-256 of whole certificates with this key') },
    note: { shape: text(NOTE, 'one line of up to 200 characters', 'where the key lies, who owns it') },
  },
};

const HOST_ENTRY: ObjectShape = {
  kind: 'object',
  about: 'one host with its pins',
  members: {
    host: { shape: hostName, required: true },
    subdomains: { shape: choice('one: one label more; all: any number', 'none', 'one', 'all') },
    covers: { shape: list(hostName, 1, 256, 'names beneath the host that are in use') },
    pins: { shape: list(PIN, 2, 64, 'any one of them in the validated path is enough'), required: true },
    ...SHARED,
  },
};

export const POLICY_SHAPE: ObjectShape = {
  kind: 'object',
  about: 'What is pinned, once for all platforms',
  members: {
    $schema: { shape: text(/^.{1,300}$/, 'the name of this schema', 'for editors') },
    version: { shape: { kind: 'constant', value: 1, about: 'version of this form' }, required: true },
    defaults: { shape: { kind: 'object', about: 'what hosts leave out', members: SHARED } },
    debug: {
      shape: {
        kind: 'object',
        about: 'what debug builds trust besides',
        members: { authorities: { shape: authorities, required: true } },
      },
    },
    hosts: { shape: list(HOST_ENTRY, 1, 1024, 'the pinned hosts'), required: true },
  },
};
