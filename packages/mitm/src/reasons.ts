import { ConfigError, type Detail, defineReasons, type Reason, RequestError, UpstreamError } from '@assay/core';

const COMMON = { class: 'evidence', action: 'retry' } as const;

const ROWS = {
  'mitm.no_cases': {
    ...COMMON,
    family: 'request',
    summary: 'no case is left to run',
    hint: 'choose other cases; `assay mitm cases` lists them',
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
