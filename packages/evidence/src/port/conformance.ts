import { ConfigError } from '@assay/core';
import { parseBase64url, toBase64url } from '@assay/formats';
import type { EvidenceFormat, FormatVector } from './format.ts';

/** What became of one case. */
export interface VectorResult {
  /** Id of the vector, with what was changed of it for a derived case. */
  readonly id: string;
  readonly outcome: 'right' | 'wrong';
  readonly expected: string;
  /** `accept`, the code of a rejection, or how the verifier broke. */
  readonly found: string;
  readonly why: string;
}

interface Case {
  readonly id: string;
  readonly vector: FormatVector;
  readonly why: string;
}

/** Tokens that no format accepts, and that careless readers break on: empty parts, `null` for objects, numbers, a long text. */
const HOSTILE: readonly string[] = [
  '',
  '.',
  '..',
  'bnVsbA.bnVsbA.AA',
  'W10.W10.AA',
  'MQ.MQ.AA',
  '{"a":',
  'A'.repeat(16_384),
];

/**
 * Runs a format over its own vectors, over changes of those that it accepts (for another statement, for another app, with
 * single characters of the token changed, put behind it or cut off), and over malformed tokens. All but its own vectors must
 * be rejected.
 */
export function runFormatVectors(format: EvidenceFormat): readonly VectorResult[] {
  const accepted = format.vectors.filter(({ expected }) => expected === 'accept');
  const derived = accepted.flatMap((vector) => [...derivedFrom(format, vector), ...malformedFrom(vector)]);
  const own = format.vectors.map((vector) => ({ id: vector.id, vector, why: vector.why }));
  return [...own, ...derived].map((each) => judge(format, each));
}

/**
 * As {@link runFormatVectors}, for whoever loads a format.
 *
 * @throws ConfigError `port.vectors_failed` naming the cases
 */
export function assertFormatVectors(format: EvidenceFormat): void {
  const wrong = runFormatVectors(format).filter(({ outcome }) => outcome === 'wrong');
  if (wrong.length === 0) return;
  throw new ConfigError('port.vectors_failed', `${format.role} does not do what its vectors say`, {
    expected: 'every vector right',
    found: wrong
      .slice(0, 8)
      .map(({ id, expected, found }) => `${id}: ${expected}, not ${found}`)
      .join('; '),
  });
}

function judge(format: EvidenceFormat, { id, vector, why }: Case): VectorResult {
  const found = verdictOn(format, vector);
  const expected = vector.expected === 'accept' ? 'accept' : (vector.code ?? 'any rejection');
  const isRight = expected === 'any rejection' ? /^[a-z0-9_]+\.[a-z0-9_]+$/.test(found) : found === expected;
  return { id, outcome: isRight ? 'right' : 'wrong', expected, found, why };
}

function verdictOn(format: EvidenceFormat, { token, context }: FormatVector): string {
  const { binding, at, apps } = context;
  try {
    const piece = { binding, bindingBytes: parseBase64url(binding), at: Date.parse(at), apps };
    const appraisal = format.verify(token, piece);
    return appraisal.outcome === 'verified' ? 'accept' : appraisal.error.code;
  } catch (error) {
    return `a fault: ${error instanceof Error ? `${error.name}: ${error.message}` : 'not an error'}`;
  }
}

const OTHER_BINDING = toBase64url(new Uint8Array(32).fill(0xa5));
const DAMAGED_PLACES = 64;

/** The case with something changed, to be rejected with whatever code. */
function rejected(vector: FormatVector, what: string, change: Partial<FormatVector>, why: string): Case {
  return { id: `${vector.id}: ${what}`, vector: { ...vector, ...change, expected: 'reject' }, why };
}

const malformedFrom = (vector: FormatVector): readonly Case[] =>
  HOSTILE.map((token, index) => rejected(vector, `malformed token ${index + 1}`, { token }, 'it is no token'));

/** Changes of an accepted case that no format may accept. */
function derivedFrom({ commitsToNothingBecause }: EvidenceFormat, vector: FormatVector): readonly Case[] {
  const context = (change: Partial<FormatVector['context']>) => ({ context: { ...vector.context, ...change } });
  const changed = (what: string, change: Partial<FormatVector>, why: string) => rejected(vector, what, change, why);
  const bound = commitsToNothingBecause === undefined;
  return [
    ...(bound ? [changed('another statement', context({ binding: OTHER_BINDING }), 'it commits to the binding')] : []),
    changed('another app', context({ apps: ['x-none-of-these'] }), 'it names the app that it is for'),
    changed('padded', { token: `${vector.token}=` }, 'a token has one spelling'),
    changed('with a line end', { token: `${vector.token}\n` }, 'a token has one spelling'),
    changed('cut short', { token: vector.token.slice(0, -1) }, 'no byte of it may be missing'),
    ...damaged(vector.token).map(([place, token]) =>
      changed(`character ${place} changed`, { token }, 'no byte of it may be changed'),
    ),
  ];
}

/** The token with one character changed, at places spread over its whole length. */
function damaged(token: string): readonly (readonly [place: number, token: string])[] {
  const step = Math.max(1, Math.floor(token.length / DAMAGED_PLACES));
  const places = Array.from({ length: Math.ceil(token.length / step) }, (_, index) => index * step);
  return places.map((place) => [place, token.slice(0, place) + other(token[place]) + token.slice(place + 1)]);
}

const other = (character: string | undefined): string => (character === 'A' ? 'B' : 'A');
