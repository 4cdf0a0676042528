import { AssayError } from '@assay/core';
import {
  type Certificate,
  type CtLog,
  evaluateCtPolicy,
  type OcspStatus,
  type Sct,
  type SctOrigin,
  sctsOf,
  sctsOfOcsp,
  verifySct,
} from '@assay/x509';
import { type GivenList, policiesWith } from './log-lists.ts';

/** One timestamp as people see it. */
export interface ToldTimestamp {
  readonly origin: SctOrigin;
  /** `valid`, `not checked` without a list, else a reason code. */
  readonly outcome: string;
  readonly log: string | null;
  readonly operator: string | null;
  /** ISO 8601. */
  readonly time: string | null;
}

export interface ToldPolicy {
  readonly policy: string;
  readonly met: boolean;
  /** What it lacks, in codes. */
  readonly why: readonly string[];
  readonly list: { readonly publisher: string; readonly version: string; readonly signed: boolean };
}

export interface Transparency {
  readonly timestamps: readonly ToldTimestamp[];
  /** Empty when no list was given: nothing was checked then. */
  readonly policies: readonly ToldPolicy[];
  /** A list of timestamps that cannot be read. */
  readonly fault: string | null;
}

export interface TransparencyInput {
  readonly leaf: Certificate;
  readonly issuer: Certificate | undefined;
  readonly ocsp: OcspStatus | undefined;
  readonly lists: readonly GivenList[];
  /** Epoch milliseconds. */
  readonly at: number;
}

interface Stamp {
  readonly origin: SctOrigin;
  readonly sct: Sct;
}

/** Every timestamp that came with a leaf, verified, and what the policies say. Those of the handshake Node does not show. */
export function judgeTransparency(input: TransparencyInput): Transparency {
  try {
    const stamps = stampsOf(input);
    const logs = input.lists.flatMap((list) => list.logs);
    return {
      timestamps: stamps.map((stamp) => tell(stamp, input, logs)),
      policies: policiesWith(input.lists).map(({ policy, list }) => {
        const scts = stamps.map((stamp) => ({ origin: stamp.origin, outcome: verify(stamp, input, list.logs) }));
        const { met, why } = evaluateCtPolicy(policy, { leaf: input.leaf, scts, at: input.at });
        const { publisher, version, signed } = list;
        return { policy: policy.id, met, why, list: { publisher, version, signed } };
      }),
      fault: null,
    };
  } catch (error) {
    if (error instanceof AssayError && error.family === 'request') {
      return { timestamps: [], policies: [], fault: error.code };
    }
    throw error;
  }
}

function stampsOf({ leaf, ocsp }: TransparencyInput): readonly Stamp[] {
  const stamp = (origin: SctOrigin) => (sct: Sct) => ({ origin, sct });
  return [...sctsOf(leaf).map(stamp('embedded')), ...(ocsp === undefined ? [] : sctsOfOcsp(ocsp).map(stamp('ocsp')))];
}

function verify({ origin, sct }: Stamp, { leaf, issuer, at }: TransparencyInput, logs: readonly CtLog[]) {
  return verifySct({ sct, leaf, issuer, entry: origin === 'embedded' ? 'precert' : 'x509', logs, at });
}

function tell(stamp: Stamp, input: TransparencyInput, logs: readonly CtLog[]): ToldTimestamp {
  const { origin, sct } = stamp;
  const time = sct.kind === 'v1' ? new Date(sct.timestamp).toISOString() : null;
  if (logs.length === 0) return { origin, outcome: 'not checked', log: null, operator: null, time };
  const outcome = verify(stamp, input, logs);
  const log = 'log' in outcome ? outcome.log : undefined;
  return {
    ...{ origin, outcome: outcome.status === 'valid' ? 'valid' : outcome.code },
    ...{ log: log?.description ?? null, operator: log?.operator ?? null, time },
  };
}
