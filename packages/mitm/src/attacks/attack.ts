import type { Need } from './needs.ts';
import type { Scene } from './scene.ts';

/** Who says no. The API is the middleware before it; the server is the issuer; the client is the app itself. */
export const REFUSERS = ['server', 'api', 'client'] as const;
export type Refuser = (typeof REFUSERS)[number];

export const ATTACK_GROUPS = {
  token: 'A stolen token',
  shape: 'Another shape of token',
  proof: 'The proof of possession',
  target: 'Address, host and headers',
  statement: 'Enrolment and refresh',
  challenge: 'Challenges and nonces',
  reply: 'What the client is told',
  secret: 'Secrets',
  pins: 'Pins and their keys',
} as const;
export type AttackGroup = keyof typeof ATTACK_GROUPS;

/** What one attempt came to. */
export interface Attempt {
  /** The attacker has what he wanted. */
  readonly succeeded: boolean;
  /** Codes that were seen: the operator's where they could be learned, the public ones; none where nobody answers with one. */
  readonly codes: readonly string[];
  /** What was seen, in one sentence for people. */
  readonly seen: string;
}

/** One thing that whoever reads and writes the app's traffic may try. */
export interface Attack {
  readonly id: string;
  readonly title: string;
  readonly group: AttackGroup;
  /** What the attacker does. */
  readonly does: string;
  /** What stops it. */
  readonly stops: string;
  readonly by: Refuser;
  /** Reason codes of a refusal for the right thing; empty where nothing is answered and nothing is gained. */
  readonly codes: readonly string[];
  /** Rows of the table of attacks in docs/protocol.md. */
  readonly protocol: readonly number[];
  readonly needs: readonly Need[];
  /** Carries it out on real traffic. Whatever it throws means that it was not carried out. */
  run(scene: Scene): Promise<Attempt>;
}

/** The attack could not be carried out: it proves nothing. */
export class NotReached extends Error {
  override readonly name = 'NotReached';
}

/** The value, or the end of the attempt. @throws NotReached */
export function reached<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new NotReached(what);
  return value;
}

/** @throws NotReached */
export function assertReached(condition: boolean, what: string): void {
  if (!condition) throw new NotReached(what);
}
