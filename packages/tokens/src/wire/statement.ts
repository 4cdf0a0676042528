import type { Purpose } from '@assay/core';
import { parseStrictJson } from '@assay/formats';
import {
  distinct,
  encodedBytes,
  flag,
  integer,
  list,
  misfit,
  object,
  oneOf,
  type Reader,
  word,
} from '@assay/formats/shape';
import { fault, within } from '../fault.ts';
import { CHALLENGE_CHARACTERS } from './challenge.ts';
import { PURPOSE_NAMES, PURPOSES } from './purposes.ts';
import { type Role, readRole, roleRow } from './roles.ts';

/** A pin set that the client holds. */
export interface PinSetMark {
  readonly epoch: number;
  readonly v: number;
}

/** A signal as the app states it: provider, its version, name, value. */
export interface StatementSignal {
  readonly p: string;
  readonly pv: string;
  readonly n: string;
  readonly v: boolean;
}

/** What the app says about itself: it may tighten a verdict, never loosen one, and never decides which checks apply. */
export interface StatementClaims {
  readonly ver: string;
  readonly build: string;
  readonly os: string;
  readonly sdk: string;
  /** The pin set compiled into the app. */
  readonly bundled?: PinSetMark;
  readonly signals?: readonly StatementSignal[];
}

/** What the app asks for. */
export interface StatementWishes {
  readonly aud: readonly string[];
  readonly secrets?: readonly string[];
  readonly pins?: PinSetMark;
}

/** The statement S: everything that the app says, in one signed byte string (`docs/protocol.md`, Statement S). */
export interface Statement {
  readonly v: 1;
  readonly purpose: Purpose;
  /** The issuer that this is said to. */
  readonly aud: string;
  readonly app: string;
  readonly challenge: string;
  /** 16 random bytes. */
  readonly rid: string;
  /** Uncompressed point of the encryption key E, made for this statement. */
  readonly enc: string;
  /** Declared evidence, in order: a piece stripped on the way is noticed. */
  readonly ev: readonly Role[];
  /** App Attest key id, 32 bytes; with evidence of Apple's only. */
  readonly akid?: string;
  /** Thumbprint of the key that this one follows; rekey only. */
  readonly old?: string;
  readonly want: StatementWishes;
  readonly claims: StatementClaims;
}

/** A statement together with the exact bytes that were signed and attested. */
export interface ParsedStatement {
  readonly bytes: Uint8Array;
  readonly statement: Statement;
}

/** Limits of a statement, in bytes or entries. */
export const STATEMENT_LIMITS = {
  bytes: 8192,
  depth: 5,
  app: 155,
  audiences: 4,
  audience: 512,
  secrets: 32,
  secret: 64,
  signals: 64,
  signal: 128,
  evidence: 3,
  claim: 64,
} as const;

const LIMITS = STATEMENT_LIMITS;

const pinSetMark: Reader<PinSetMark> = object({ epoch: integer(0), v: integer(0) });
const claim = word(LIMITS.claim);

const signalShape = object({ p: word(LIMITS.signal), pv: word(LIMITS.signal), n: word(LIMITS.signal), v: flag });

const signal: Reader<StatementSignal> = (value, path) => {
  const read = signalShape(value, path);
  if (read.p.length + read.pv.length + read.n.length > LIMITS.signal) {
    misfit(path, `at most ${LIMITS.signal} bytes of text`);
  }
  return read;
};

const readStatement: Reader<Statement> = object(
  {
    v: oneOf([1]),
    purpose: oneOf(PURPOSE_NAMES),
    aud: word(LIMITS.audience),
    app: word(LIMITS.app),
    challenge: word(CHALLENGE_CHARACTERS),
    rid: encodedBytes(16),
    enc: encodedBytes(65),
    ev: distinct(readRole, LIMITS.evidence),
    want: object(
      { aud: distinct(word(LIMITS.audience), LIMITS.audiences) },
      { secrets: distinct(word(LIMITS.secret), LIMITS.secrets), pins: pinSetMark },
    ),
    claims: object(
      { ver: claim, build: claim, os: claim, sdk: claim },
      { bundled: pinSetMark, signals: list(signal, LIMITS.signals) },
    ),
  },
  { akid: encodedBytes(32), old: encodedBytes(32) },
);

/**
 * Reads S once, strictly; unknown members and duplicate names are refused.
 *
 * @throws RequestError `tokens.statement_malformed`, `tokens.version_unsupported`, `tokens.request_too_large`
 */
export function parseStatement(bytes: Uint8Array): ParsedStatement {
  if (bytes.length > LIMITS.bytes) throw fault('tokens.request_too_large', { expected: `${LIMITS.bytes} bytes of S` });
  const statement = within('tokens.statement_malformed', () => {
    const json = parseStrictJson(bytes, { maxBytes: LIMITS.bytes, maxDepth: LIMITS.depth });
    assertVersion(json);
    return readStatement(json, '$');
  });
  assertConsistent(statement);
  return { bytes, statement };
}

/** Another version is told apart from nonsense: its sender may be honest and newer. */
function assertVersion(json: unknown): void {
  const isVersioned = typeof json === 'object' && json !== null && 'v' in json && typeof json.v === 'number';
  if (isVersioned && json.v !== 1) throw fault('tokens.version_unsupported', { expected: 'statement version 1' });
}

interface Rule {
  readonly expected: string;
  readonly holds: (statement: Statement) => boolean;
}

/** What must hold between members. */
const RULES: readonly Rule[] = [
  {
    expected: '$.old: exactly with purpose rekey',
    holds: ({ purpose, old }) => (old !== undefined) === (purpose === 'rekey'),
  },
  {
    expected: '$.akid: exactly with evidence of Apple’s',
    holds: ({ ev, akid }) => (akid !== undefined) === ev.some((role) => roleRow(role).anchor === 'app_attest_key'),
  },
  {
    expected: '$.ev: evidence for this purpose',
    holds: ({ ev, purpose }) => ev.length >= PURPOSES[purpose].minEvidence,
  },
  {
    expected: '$.ev: roles that may stand in this purpose',
    holds: ({ ev, purpose }) => ev.every((role) => roleRow(role).purposes.includes(purpose)),
  },
];

function assertConsistent(statement: Statement): void {
  const broken = RULES.find(({ holds }) => !holds(statement));
  if (broken !== undefined) throw fault('tokens.statement_malformed', { expected: broken.expected });
}
