import type { Server } from '@assay/server';

/** What the operator's side knows about refusals, by support code. */
export interface Refusals {
  reasonOf(support: string): string;
}

const REMEMBERED = 500;

/** Listens to the server's events, as the console does. */
export function watchRefusals({ service }: Pick<Server, 'service'>): Refusals {
  const reasons = new Map<string, string>();
  service.events.subscribe((event) => {
    if (event.type === 'appraisal') note(reasons, event.appraisal.support, event.appraisal.verdict.reasons.join(', '));
    if (event.type === 'rejection') note(reasons, event.rejection.support, event.rejection.code);
  });
  return { reasonOf: (support) => reasons.get(support) ?? 'refused' };
}

function note(reasons: Map<string, string>, support: string, reason: string): void {
  reasons.set(support, reason);
  if (reasons.size > REMEMBERED) for (const oldest of reasons.keys()) return void reasons.delete(oldest);
}
