import type { Clock, Random } from '@assay/core';
import {
  createChallengeKeys,
  createEcKeys,
  createNonces,
  createReplayMemory,
  createTokenVerifier,
  type ProofRules,
  type TokenVerifier,
} from '@assay/tokens';
import { DEMAND_NAMES } from './demands.ts';
import { misconfigured } from './fault.ts';
import { createKeySource } from './keys.ts';
import type { DpopMode, Shape, VerifierOptions } from './options.ts';
import { createTally, type Tally } from './tally.ts';

/** Everything that the routes of one API share: options that were checked, and the memories. */
export interface Setup {
  readonly publicOrigin: string;
  readonly shape: Shape;
  readonly dpop: DpopMode;
  readonly tokens: TokenVerifier;
  readonly proofs: Omit<ProofRules, 'nonce'>;
  readonly clock: Clock;
  /** Milliseconds that clocks may differ. */
  readonly leewayMs: number;
  readonly random: Random;
  readonly dangerouslyAcceptUncoveredAttestation: boolean;
  /** Whether tokens come sealed, and no answer may tell what they say. */
  readonly isSealed: boolean;
  /** Calls by installs that the issuer refused, by install. */
  readonly decoys: Tally;
  readonly isRevoked: VerifierOptions['isRevoked'];
  readonly onEvent: VerifierOptions['onEvent'];
}

const LEEWAY_SECONDS = 30;
const TALLIED_INSTALLS = 10_000;
const NONCE_KID = 1;
const NONCE_SECRET_BYTES = 32;

const OPTION_NAMES: ReadonlySet<string> = new Set([
  ...DEMAND_NAMES,
  ...['issuer', 'audience', 'apps', 'publicOrigin', 'shape', 'jwks', 'dpop', 'nonceSecret', 'replay', 'clockTolerance'],
  ...['isRevoked', 'onEvent', 'dangerouslyAcceptUncoveredAttestation', 'clock', 'random', 'fetch'],
  ...['decryptionKeys', 'plainTokens'],
]);

const platformRandom: Random = (length) => crypto.getRandomValues(new Uint8Array(length));

/**
 * Checks the options of an API and makes its memories.
 *
 * @throws ConfigError `middleware.options_invalid`, `tokens.list_empty`, `tokens.config_invalid`, `tokens.key_ring_invalid`
 */
export function createSetup(options: VerifierOptions): Setup {
  assertOptions(options);
  const { shape = 'attestation', dpop = 'required', clock = Date.now, random = platformRandom } = options;
  const {
    dangerouslyAcceptUncoveredAttestation = false,
    clockTolerance = LEEWAY_SECONDS,
    isRevoked,
    onEvent,
  } = options;
  return {
    publicOrigin: options.publicOrigin,
    shape,
    dpop,
    tokens: createTokens(options, clock),
    proofs: createProofs(options, clock, random),
    clock,
    leewayMs: clockTolerance * 1000,
    random,
    dangerouslyAcceptUncoveredAttestation,
    isSealed: options.decryptionKeys !== undefined,
    decoys: createTally(TALLIED_INSTALLS),
    isRevoked,
    onEvent,
  };
}

function createTokens(options: VerifierOptions, clock: Clock): TokenVerifier {
  const { audience, apps, jwks, clockTolerance: leewaySeconds = LEEWAY_SECONDS } = options;
  const { fetch = (request) => globalThis.fetch(request) } = options;
  const issuers = issuersOf(options).map((iss) => ({ iss, keys: createKeySource(iss, jwks, { fetch, clock }) }));
  const { decryptionKeys: keys, plainTokens: plain } = options;
  const sealed = keys === undefined ? undefined : { keys, plain };
  return createTokenVerifier({ issuers, audience, apps, clock, leewaySeconds, sealed });
}

function createProofs(options: VerifierOptions, clock: Clock, random: Random): Setup['proofs'] {
  const { audience, replay = 'memory', nonceSecret: secret = random(NONCE_SECRET_BYTES) } = options;
  const nonceKeys = createChallengeKeys(NONCE_KID, [{ kid: NONCE_KID, secret }]);
  return {
    nonces: createNonces({ audience, keys: nonceKeys, clock, random }),
    replay: replay === 'memory' ? createReplayMemory({ clock }) : replay,
    keys: createEcKeys(),
  };
}

const issuersOf = ({ issuer }: VerifierOptions): readonly string[] => (typeof issuer === 'string' ? [issuer] : issuer);

interface Rule {
  readonly expected: string;
  holds(options: VerifierOptions): boolean;
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isTextList = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(isText);
const isOneOf = (value: unknown, values: readonly unknown[]): boolean => value === undefined || values.includes(value);

/** What must hold before anything is checked with these options: callers without a compiler can hand in anything. */
const RULES: readonly Rule[] = [
  {
    expected: 'no options but known ones',
    holds: (options) => Object.keys(options).every((name) => OPTION_NAMES.has(name)),
  },
  { expected: 'issuer: at least one', holds: ({ issuer }) => isText(issuer) || isTextList(issuer) },
  { expected: 'audience: the API as the issuer knows it', holds: ({ audience }) => isText(audience) },
  { expected: 'apps: at least one app that may call', holds: ({ apps }) => isTextList(apps) },
  {
    expected: 'publicOrigin: scheme and host that apps call, for example https://api.example.com',
    holds: ({ publicOrigin }) => isOrigin(publicOrigin),
  },
  {
    expected: 'shape: attestation or access_token',
    holds: ({ shape }) => isOneOf(shape, ['attestation', 'access_token']),
  },
  { expected: 'dpop: required, optional or off', holds: ({ dpop }) => isOneOf(dpop, ['required', 'optional', 'off']) },
  {
    expected: 'dpop: required, since tokens of the attestation shape are always bound',
    holds: ({ shape = 'attestation', dpop = 'required' }) => shape !== 'attestation' || dpop === 'required',
  },
  {
    expected: 'jwks: a function, since there are several issuers',
    holds: ({ issuer, jwks }) =>
      isText(issuer) || issuer.length === 1 || isOneOf(typeof jwks, ['undefined', 'function']),
  },
  {
    expected: 'decryptionKeys: at least one key',
    holds: ({ decryptionKeys: keys }) => keys === undefined || (Array.isArray(keys) && keys.length > 0),
  },
  {
    expected: 'plainTokens: refuse or accept, next to decryptionKeys',
    holds: ({ plainTokens, decryptionKeys }) =>
      isOneOf(plainTokens, decryptionKeys === undefined ? [] : ['refuse', 'accept']),
  },
  {
    expected: 'replay: memory, or an object with remember',
    holds: ({ replay = 'memory' }) => replay === 'memory' || typeof replay.remember === 'function',
  },
];

function assertOptions(options: VerifierOptions): void {
  const broken = RULES.find(({ holds }) => !holds(options));
  if (broken !== undefined) throw misconfigured(broken.expected);
}

/** Nothing but an origin, in the spelling that addresses are compared in. */
function isOrigin(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { origin, protocol } = new URL(value);
  return value === origin && (protocol === 'https:' || protocol === 'http:');
}
