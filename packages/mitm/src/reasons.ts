import { ConfigError, type Detail, defineReasons, type Reason, RequestError, UpstreamError } from '@assay/core';

const COMMON = { class: 'evidence', action: 'retry' } as const;

const ROWS = {
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
  'mitm.recipe_unforgeable': {
    ...COMMON,
    family: 'config',
    summary: 'no server can be made of this recipe',
    hint: 'read in the detail which member is at fault',
  },
  'mitm.port_unavailable': {
    ...COMMON,
    family: 'config',
    summary: 'the address cannot be listened on',
    hint: 'end the other process, or choose another address',
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
