import { ConfigError, type Detail, defineReasons, type Reason, RequestError, UpstreamError } from '@assay/core';

const COMMON = { class: 'evidence', action: 'retry' } as const;

const ROWS = {
  'mitm.cases_malformed': {
    ...COMMON,
    family: 'config',
    summary: 'the cases cannot be read',
    hint: 'write them as docs/mitm-cases.md says; every fault is named with its place',
  },
  'mitm.cipher_unknown': {
    ...COMMON,
    family: 'request',
    summary: 'the recipe names a cipher suite that has no number here',
    hint: 'name a suite as IANA has it; CIPHER_NAMES lists those that can be named',
  },
  'mitm.host_invalid': {
    ...COMMON,
    family: 'config',
    summary: 'a host is neither a host name nor an address',
    hint: 'name the host as it stands in the address, without scheme and port',
  },
  'mitm.host_not_named': {
    ...COMMON,
    family: 'config',
    summary: 'nobody named this host, so nothing is forged for it',
    hint: 'name it with `--host` if it is yours',
  },
  'mitm.hosts_empty': {
    ...COMMON,
    family: 'config',
    summary: 'no host is named',
    hint: 'name at least one host of your own',
  },
  'mitm.lab_expired': {
    ...COMMON,
    family: 'config',
    summary: 'the authority of this lab has expired',
    hint: 'make a new lab with `assay mitm lab`, and have the device trust its authority',
  },
  'mitm.lab_malformed': {
    ...COMMON,
    family: 'config',
    summary: 'the keys of this lab cannot be read',
    hint: 'make a new lab with `assay mitm lab`',
  },
  'mitm.leaf_key_unusable': {
    ...COMMON,
    family: 'config',
    summary: 'the leaf key is not a private key of the kind EC, RSA or Ed25519',
    hint: 'give the private key, as PEM, whose public key the app pins',
  },
  'mitm.no_cases': {
    ...COMMON,
    family: 'request',
    summary: 'no case is left to run',
    hint: 'choose other cases; `assay mitm cases` lists them',
  },
  'mitm.profile_malformed': {
    ...COMMON,
    family: 'config',
    summary: 'the profile of the client cannot be read',
    hint: 'write it as docs/mitm.md says; every fault is named with its place',
  },
  'mitm.port_unavailable': {
    ...COMMON,
    family: 'config',
    summary: 'the address cannot be listened on',
    hint: 'end the other process, or choose another address',
  },
  'mitm.recipe_unforgeable': {
    ...COMMON,
    family: 'config',
    summary: 'no server can be made of this recipe',
    hint: 'read in the detail which member is at fault',
  },
  'mitm.wire_broken': {
    ...COMMON,
    family: 'config',
    summary: 'our own TLS server failed for a reason that it has no word for',
    hint: 'report it, with the case that it happened in',
  },
  'mitm.wire_ended': {
    ...COMMON,
    family: 'upstream',
    summary: 'the client ended the connection',
    hint: 'look at what its case came to',
  },
  'mitm.wire_finished_wrong': {
    ...COMMON,
    family: 'upstream',
    summary: 'the Finished message of the client does not fit the handshake',
    hint: 'look for something between the client and the harness that changes what they say',
  },
  'mitm.wire_key_unusable': {
    ...COMMON,
    family: 'config',
    summary: 'the key of the certificate makes no signature that TLS has',
    hint: 'choose another key for the leaf',
  },
  'mitm.wire_malformed': {
    ...COMMON,
    family: 'upstream',
    summary: 'the client sent octets that are no TLS',
    hint: 'look at the records of the connection',
  },
  'mitm.wire_no_cipher': {
    ...COMMON,
    family: 'upstream',
    summary: 'the client and the forged server have no cipher suite in common',
    hint: 'look at the ciphers of the ClientHello, and at the key of the leaf',
  },
  'mitm.wire_no_group': {
    ...COMMON,
    family: 'upstream',
    summary: 'the client offers neither X25519 nor P-256',
    hint: 'allow the client one of these groups for the test',
  },
  'mitm.wire_no_version': {
    ...COMMON,
    family: 'upstream',
    summary: 'the client offers neither TLS 1.2 nor 1.3',
    hint: 'look at the versions of the ClientHello',
  },
  'mitm.wire_probe_over': {
    ...COMMON,
    family: 'upstream',
    summary: 'the client went on after a ServerHello that nobody should accept',
    hint: 'look at the case: this handshake is not meant to end',
  },
  'mitm.wire_refused': {
    ...COMMON,
    family: 'upstream',
    summary: 'the client sent a fatal alert',
    hint: 'look at the alert',
  },
  'mitm.wire_share_invalid': {
    ...COMMON,
    family: 'upstream',
    summary: 'the key share of the client is no point of its group, or missing',
    hint: 'look at the records of the connection',
  },
  'mitm.wire_timeout': {
    ...COMMON,
    family: 'upstream',
    summary: 'the handshake was not over in time',
    hint: 'look at what the client waits for',
  },
  'mitm.wire_too_long': {
    ...COMMON,
    family: 'upstream',
    summary: 'a record or message of the client is longer than TLS allows, or than this server takes',
    hint: 'look at the records of the connection',
  },
  'mitm.wire_undecryptable': {
    ...COMMON,
    family: 'upstream',
    summary: 'a record of the client cannot be decrypted',
    hint: 'look for something between the client and the harness that changes what they say',
  },
  'mitm.wire_unexpected': {
    ...COMMON,
    family: 'upstream',
    summary: 'the client sent a message out of place',
    hint: 'look at the records of the connection',
  },
} as const;

export type MitmCode = keyof typeof ROWS;

/** Reason codes of `@assay/mitm`. */
export const MITM_REASONS: Readonly<Record<MitmCode, Reason>> = defineReasons(ROWS);

interface FaultDetail extends Detail {
  /** Replaces the summary where a name helps. */
  readonly message?: string;
}

/** An error of the family that the table gives the code, with the table's next step unless a nearer one is known. */
export function mitmFault(
  code: MitmCode,
  { message, ...given }: FaultDetail = {},
  cause?: unknown,
): RequestError | UpstreamError | ConfigError {
  const row: Reason = MITM_REASONS[code];
  const [text, detail, options] = [message ?? row.summary, { hint: row.hint, ...given }, { cause }];
  if (row.family === 'request') return new RequestError(code, text, detail, options);
  if (row.family === 'upstream') return new UpstreamError(code, text, false, detail, options);
  return new ConfigError(code, text, detail, options);
}
