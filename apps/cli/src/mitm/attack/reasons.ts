import type { VerificationEvent } from '@assay/middleware';
import type { Server } from '@assay/server';

/** What operators know of refusals, by support code. */
export interface ReasonBook {
  note(event: VerificationEvent): void;
  of(support: string): readonly string[];
}

/** Listens to the server's events, as the console does; APIs tell theirs. */
export function createReasonBook({ service }: Pick<Server, 'service'>): ReasonBook {
  const known = new Map<string, readonly string[]>();
  service.events.subscribe((event) => {
    if (event.type === 'rejection') known.set(event.rejection.support, [event.rejection.code]);
    else if (event.type === 'appraisal') known.set(event.appraisal.support, event.appraisal.verdict.reasons);
  });
  return {
    note: ({ support, code }) => {
      if (support !== undefined && code !== undefined) known.set(support, [code]);
    },
    of: (support) => known.get(support) ?? [],
  };
}
