import { createSecretKey, type KeyObject } from 'node:crypto';
import {
  type Clock,
  ConfigError,
  type KeyRow,
  type KeyState,
  type KeyStore,
  type KeyUse,
  type Random,
  UpstreamError,
} from '@assay/core';
import { type KekRing, openRow, sealRow } from '@assay/secrets';
import {
  type ChallengeKeys,
  createChallengeKeys,
  type EcJwk,
  generateSigningKey,
  importSigningKey,
  type SigningKey,
} from '@assay/tokens';
import { createMemory } from '../memory.ts';

/** Keys of one issuer, opened. */
export interface IssuerKeys {
  readonly challenge: ChallengeKeys;
  /** Signs tokens. */
  readonly token: SigningKey;
  /** Signs replies; clients trust it through the root document. */
  readonly reply: SigningKey;
  /** For HMACs in records, and for pseudonyms in tokens; lives as long as the issuer. */
  readonly record: KeyObject;
  /** Public halves of token keys that verifiers should know: next, active and retiring. */
  readonly published: readonly { readonly kid: string; readonly state: KeyState; readonly publicJwk: EcJwk }[];
  /** Rows of token keys that are left out of those: they do not open, or state another key than they hold. */
  readonly unproven: number;
}

export interface KeyKeeper {
  /** The issuer's keys; makes the first ones. A change by another replica is seen within seconds. */
  of(iss: string): Promise<IssuerKeys>;
  /** Forgets opened keys, after a change by this process. */
  forget(): void;
}

interface KeeperPorts {
  readonly store: KeyStore;
  readonly kek: KekRing;
  readonly clock: Clock;
  readonly random: Random;
}

const FRESH_MS = 5_000;
/** More issuers than one server speaks for. */
const REMEMBERED = 10_000;

export function createKeyKeeper(ports: KeeperPorts): KeyKeeper {
  const memory = createMemory<IssuerKeys>(ports.clock, FRESH_MS, REMEMBERED);
  return {
    of: (iss) => memory.get(iss, () => openKeys(ports, iss)),
    forget: () => memory.forget(),
  };
}

async function openKeys(ports: KeeperPorts, iss: string): Promise<IssuerKeys> {
  const [challenge, token, reply, record] = await Promise.all(
    (['challenge', 'token', 'reply', 'record'] as const).map((use) => rowsOf(ports, iss, use)),
  );
  const published = await publishedOf(ports.kek, token ?? []);
  return {
    challenge: await openChallengeKeys(ports, challenge ?? []),
    token: importSigningKey(await open(ports.kek, active(token ?? []))),
    reply: importSigningKey(await open(ports.kek, active(reply ?? []))),
    record: createSecretKey(await open(ports.kek, active(record ?? []))),
    published,
    unproven: live(token ?? []).length - published.length,
  };
}

/**
 * The rows of one use; the first is made when none is in use. A list with a successor and no active key is one that a
 * rotation was cut off in: the successor signs, if it is a key of ours. Losing either race to another replica is fine.
 */
async function rowsOf(ports: KeeperPorts, iss: string, use: KeyUse): Promise<readonly KeyRow[]> {
  const { store, clock } = ports;
  const rows = await store.keys(iss, use);
  if (rows.some(({ state }) => state === 'active')) return rows;
  const next = await firstThatOpens(
    ports.kek,
    rows.filter(({ state }) => state === 'next'),
  );
  if (next !== undefined) await store.setKeyState(iss, use, next.kid, 'next', 'active', clock());
  else await store.addKey(await createKeyRow(ports, iss, use, 'active', 1));
  return ports.store.keys(iss, use);
}

/** Whoever can write the table, and holds no key-encryption key, does not choose which key comes next. */
async function firstThatOpens(kek: KekRing, rows: readonly KeyRow[]): Promise<KeyRow | undefined> {
  for (const row of rows) if ((await openIfOurs(kek, row)) !== undefined) return row;
  return undefined;
}

/** The rows without successors that were not sealed here: what plans the next key must not see them. */
export async function withoutForeignSuccessors(kek: KekRing, rows: readonly KeyRow[]): Promise<readonly KeyRow[]> {
  const areKept = await Promise.all(
    rows.map(async (row) => row.state !== 'next' || (await openIfOurs(kek, row)) !== undefined),
  );
  return rows.filter((_, index) => areKept[index]);
}

/** A new key, sealed. Symmetric keys are named by `number`, signing keys by their thumbprint. */
export async function createKeyRow(
  { kek, random, clock }: Pick<KeeperPorts, 'kek' | 'random' | 'clock'>,
  iss: string,
  use: KeyUse,
  state: KeyState,
  number: number,
): Promise<KeyRow> {
  const { kid, publicJwk, bytes } = use === 'token' || use === 'reply' ? signingKey() : secretKey(random, number);
  const sealed = await sealRow(kek, bytes, placeOf(iss, use, kid), random);
  return { iss, use, kid, state, publicJwk, sealed, createdAt: clock(), changedAt: clock() };
}

function signingKey() {
  const { key, pkcs8 } = generateSigningKey();
  return { kid: key.kid, publicJwk: JSON.stringify(key.publicJwk), bytes: pkcs8 };
}

function secretKey(random: Random, number: number) {
  return { kid: String(number), publicJwk: null, bytes: random(32) };
}

/** A row that is moved to another issuer, use or name does not open. */
const placeOf = (iss: string, use: KeyUse, kid: string) => ['key', iss, use, kid] as const;

async function open(kek: KekRing, { iss, use, kid, sealed }: KeyRow): Promise<Uint8Array> {
  return openRow(kek, sealed, placeOf(iss, use, kid));
}

/** Undefined for a row that was not sealed here; a key-encryption key that is away for now is no such finding. */
async function openIfOurs(kek: KekRing, row: KeyRow): Promise<Uint8Array | undefined> {
  try {
    return await open(kek, row);
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

function active(rows: readonly KeyRow[]): KeyRow {
  const row = rows.findLast(({ state }) => state === 'active');
  if (row === undefined)
    throw new UpstreamError('store.unavailable', 'the store lost a key that it was just given', true);
  return row;
}

async function openChallengeKeys(ports: KeeperPorts, rows: readonly KeyRow[]): Promise<ChallengeKeys> {
  const entries = live(rows).map(async (row) => ({ kid: Number(row.kid), secret: await open(ports.kek, row) }));
  return createChallengeKeys(Number(active(rows).kid), await Promise.all(entries));
}

type PublishedKeys = IssuerKeys['published'];

async function publishedOf(kek: KekRing, rows: readonly KeyRow[]): Promise<PublishedKeys> {
  return (await Promise.all(live(rows).map((row) => toPublished(kek, row)))).flat();
}

const live = (rows: readonly KeyRow[]) => rows.filter(({ state }) => state !== 'gone');

/**
 * The public half as the sealed private key has it: whoever can write the table, and holds no key-encryption key, gets
 * no key of his own published. A row that does not open, or states another key, is left out.
 */
async function toPublished(kek: KekRing, row: KeyRow): Promise<PublishedKeys> {
  const { kid, state } = row;
  const pkcs8 = await openIfOurs(kek, row);
  const key = pkcs8 && importSigningKey(pkcs8);
  if (key === undefined || key.kid !== kid || JSON.stringify(key.publicJwk) !== row.publicJwk) return [];
  return [{ kid, state, publicJwk: key.publicJwk }];
}
