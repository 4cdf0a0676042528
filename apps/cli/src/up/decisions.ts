import { isAdmitted } from '@assay/core';
import type { Server } from '@assay/server';

/** A decision as the operator's side knows it. */
export interface Decision {
  readonly passed: boolean;
  /** Reason codes, the first one decided. */
  readonly reasons: readonly string[];
  readonly support: string;
  /** Absent where no policy was asked. */
  readonly assurance?: string;
  /** Why it was let through although the policy refuses it. */
  readonly admitted?: string;
}

export interface Decisions {
  /**
   * The decision under a support code. A phone whose reply was tampered with on the way has none to show: then the latest
   * refusal since `mark` is its own, as phones take turns.
   */
  find(support: string | undefined, mark: number): Decision | undefined;
  /** How many there were so far. */
  mark(): number;
}

const REMEMBERED = 100;

/** Listens to the server's events, as the console does. */
export function watchDecisions({ service }: Pick<Server, 'service'>): Decisions {
  const latest: (Decision & { readonly number: number })[] = [];
  let count = 0;
  const note = (decision: Decision) => {
    count += 1;
    latest.unshift({ ...decision, number: count });
    if (latest.length > REMEMBERED) latest.pop();
  };
  service.events.subscribe((event) => {
    if (event.type === 'rejection') {
      const { code, support } = event.rejection;
      note({ passed: false, reasons: [code], support });
    } else if (event.type === 'appraisal') {
      const { verdict, support } = event.appraisal;
      const { reasons, assurance, admitted } = verdict;
      const passed = event.result === 'ok' && isAdmitted(verdict);
      note({ passed, reasons, support, assurance, ...(admitted === undefined ? {} : { admitted }) });
    }
  });
  return {
    find(support, mark) {
      if (support !== undefined) return latest.find((decision) => decision.support === support);
      return latest.find(({ passed, number }) => !passed && number > mark);
    },
    mark: () => count,
  };
}
