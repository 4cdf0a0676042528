import type { Server } from '@assay/server';

/** A refusal as the operator's side knows it. */
export interface Refusal {
  /** Reason codes, the first one decided. */
  readonly reasons: readonly string[];
  readonly support: string;
}

export interface Refusals {
  /**
   * The refusal under a support code. A phone whose reply was tampered with on the way has none to show: then the latest
   * refusal since `mark` is its own, as phones take turns.
   */
  find(support: string | undefined, mark: number): Refusal | undefined;
  /** How many there were so far. */
  mark(): number;
}

const REMEMBERED = 100;

/** Listens to the server's events, as the console does. */
export function watchRefusals({ service }: Pick<Server, 'service'>): Refusals {
  const latest: Refusal[] = [];
  let count = 0;
  const note = (refusal: Refusal) => {
    count += 1;
    latest.unshift(refusal);
    if (latest.length > REMEMBERED) latest.pop();
  };
  service.events.subscribe((event) => {
    if (event.type === 'rejection') note({ reasons: [event.rejection.code], support: event.rejection.support });
    if (event.type !== 'appraisal' || event.result === 'ok') return;
    note({ reasons: event.appraisal.verdict.reasons, support: event.appraisal.support });
  });
  return {
    find(support, mark) {
      if (support !== undefined) return latest.find((refusal) => refusal.support === support);
      return count > mark ? latest[0] : undefined;
    },
    mark: () => count,
  };
}
