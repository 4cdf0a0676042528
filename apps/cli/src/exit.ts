import { AssayError, type ErrorFamily } from '@assay/core';

/** One table of exit codes for the whole command. */
export const EXIT = {
  /** Done; for a question: the answer is yes. */
  ok: 0,
  /** The answer is no: rejected, refused, findings. */
  no: 1,
  /** The command line is wrong, or the input is not of the kind that the command reads. */
  usage: 2,
  /** A file, a server or the network could not be reached. */
  unreachable: 3,
  /** Nothing is wrong, but not every case that applies was decided. */
  notReached: 4,
  /** A configuration that cannot be served. */
  config: 5,
  /** A fault of ours. */
  fault: 70,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const BY_FAMILY: Readonly<Record<ErrorFamily, ExitCode>> = {
  evidence: EXIT.no,
  request: EXIT.usage,
  upstream: EXIT.unreachable,
  config: EXIT.config,
};

/** The exit code of an error, by whose problem it is. */
export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof AssayError ? BY_FAMILY[error.family] : EXIT.fault;
}
