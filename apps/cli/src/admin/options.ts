/** Options of every command that talks to a server. */
export const SERVER_OPTIONS = {
  server: { type: 'string' },
  issuer: { type: 'string' },
  'credential-file': { type: 'string' },
} as const;

/** The same, for the help. */
export const SERVER_HELP = `  --server URL             operator listener of the server (default: ASSAY_SERVER, else http://127.0.0.1:8081)
  --issuer TENANT/ENV      which issuer (default: ASSAY_ISSUER, else main/prod)
  --credential-file FILE   operator credential (default: ASSAY_CREDENTIAL_FILE, else .assay/operator-token)`;
