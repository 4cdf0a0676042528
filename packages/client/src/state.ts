import { FormatError, type JsonValue, parseStrictJson } from '@assay/formats';
import { type Floors, NO_FLOORS, type Pause } from './floors.ts';
import type { Setback } from './outcome.ts';

/** How a key is found again. */
export interface KeyRecord {
  readonly id: string;
  readonly jkt: string;
  readonly anchor?: string;
}

/** What outlives the app. No token, no secret, no private key. */
export interface ClientState {
  /** A signed reply was given to it. */
  readonly instance?: KeyRecord;
  /** It was sent, and no signed reply has said what became of it. */
  readonly candidate?: KeyRecord;
  /** Key id of an A that is not attested yet; Apple only. */
  readonly spare?: string;
  /** Successors of the built-in root document, oldest first, as they came. */
  readonly roots: readonly string[];
  /** The newest accepted pin set, as it came. */
  readonly pinSet?: string;
  /** Newest time that the server signed, in seconds, and the identity of the reply key that signed it. */
  readonly signedAt: number;
  readonly signedBy: string;
  readonly floors: Floors;
}

export const NO_STATE: ClientState = { roots: [], signedAt: 0, signedBy: '', floors: NO_FLOORS };

const LIMITS = { maxBytes: 4 << 20, maxDepth: 8 };

export function writeState(state: ClientState): string {
  return JSON.stringify(state);
}

/**
 * Reads what was written. Storage can be lost or damaged, never believed more than that: documents in it are verified
 * again, and a text in another form counts as nothing at all.
 */
export function readState(text: string | undefined): ClientState {
  if (text === undefined) return NO_STATE;
  try {
    return toState(membersOf(parseStrictJson(text, LIMITS)));
  } catch (error) {
    if (error instanceof FormatError || error instanceof Unreadable) return NO_STATE;
    throw error;
  }
}

class Unreadable extends Error {}

type Members = { readonly [name: string]: JsonValue };

function toState({ instance, candidate, spare, roots, pinSet, signedAt, signedBy, floors }: Members): ClientState {
  return {
    ...(instance === undefined ? {} : { instance: toKey(membersOf(instance)) }),
    ...(candidate === undefined ? {} : { candidate: toKey(membersOf(candidate)) }),
    ...(spare === undefined ? {} : { spare: textOf(spare) }),
    roots: listOf(roots).map(textOf),
    ...(pinSet === undefined ? {} : { pinSet: textOf(pinSet) }),
    signedAt: numberOf(signedAt),
    signedBy: signedBy === undefined ? '' : textOf(signedBy), // older texts do not say: their time counts for nothing
    floors: toFloors(membersOf(floors)),
  };
}

function toKey({ id, jkt, anchor }: Members): KeyRecord {
  return { id: textOf(id), jkt: textOf(jkt), ...(anchor === undefined ? {} : { anchor: textOf(anchor) }) };
}

function toFloors({ failures, reenrolments, pause }: Members): Floors {
  return {
    failures: numberOf(failures),
    reenrolments: listOf(reenrolments).map(numberOf),
    ...(pause === undefined ? {} : { pause: toPause(membersOf(pause)) }),
  };
}

function toPause({ until, version, outcome }: Members): Pause {
  return {
    until: numberOf(until),
    ...(version === undefined ? {} : { version: textOf(version) }),
    outcome: toSetback(membersOf(outcome)),
  };
}

const CLASSES = ['device', 'app', 'version', 'account', 'evidence'] as const;
const ACTIONS = ['retry', 'reenroll', 'update_app', 'stop'] as const;
const KINDS = ['refused', 'wait', 'config'] as const;

function toSetback({ kind, support, code, retryAt, ...more }: Members): Setback {
  const known = oneOf(KINDS, kind);
  if (known !== 'refused') {
    const said = { kind: known, code: textOf(code), retryAt: numberOf(retryAt) };
    return support === undefined ? said : { ...said, support: textOf(support) };
  }
  const { class: family, action, reasons } = more;
  return {
    ...{ kind: known, support: textOf(support), retryAt: numberOf(retryAt) },
    ...{ class: oneOf(CLASSES, family), action: oneOf(ACTIONS, action) },
    ...(reasons === undefined ? {} : { reasons: listOf(reasons).map(textOf) }),
  };
}

function oneOf<const T extends string>(values: readonly T[], value: JsonValue | undefined): T {
  const found = values.find((each) => each === value);
  if (found === undefined) throw new Unreadable();
  return found;
}

function membersOf(value: JsonValue | undefined): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Unreadable();
  return value as Members; // neither null nor a list: of JSON values only objects are left
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (!Array.isArray(value)) throw new Unreadable();
  return value;
}

function textOf(value: JsonValue | undefined): string {
  if (typeof value !== 'string') throw new Unreadable();
  return value;
}

function numberOf(value: JsonValue | undefined): number {
  if (typeof value !== 'number') throw new Unreadable();
  return value;
}
