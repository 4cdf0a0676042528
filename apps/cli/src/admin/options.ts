/** Options of every command that asks for something of the whole server. */
export const ADDRESS_OPTIONS = {
  server: { type: 'string' },
  'credential-file': { type: 'string' },
} as const;

/** Options of every command that asks for something of one issuer. */
export const SERVER_OPTIONS = { ...ADDRESS_OPTIONS, issuer: { type: 'string' } } as const;

const SERVER = `  --server URL             operator listener of the server (default: ASSAY_SERVER, else http://127.0.0.1:8081)`;
const ISSUER = `  --issuer TENANT/ENV      which issuer (default: ASSAY_ISSUER, else main/prod)`;
const CREDENTIAL = `  --credential-file FILE   operator credential (default: ASSAY_CREDENTIAL_FILE, else .assay/operator-token)`;

/** The same, for the help. */
export const ADDRESS_HELP: string = [SERVER, CREDENTIAL].join('\n');
export const SERVER_HELP: string = [SERVER, ISSUER, CREDENTIAL].join('\n');
