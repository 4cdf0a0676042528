import type { Place } from '../../place.ts';

/** The parts of an audit, in the order in which they are told. */
export const TOPICS = ['build', 'network', 'components', 'signature', 'program', 'code'] as const;

export type Topic = (typeof TOPICS)[number];

/** One thing that a built app says about its hardening. `error`: whoever can touch the device or the network gets in by it. */
export interface AuditFact {
  readonly topic: Topic;
  /** Published name, stable for ever: `debuggable`, `cleartext`, … */
  readonly id: string;
  readonly level: 'error' | 'warning' | 'info';
  /** One sentence. Never a secret, and never a value that could be one. */
  readonly says: string;
  /** Where it was read. */
  readonly place: Place;
}
