import { setTimeout as pause } from 'node:timers/promises';
import postgres, { type Sql, type TransactionSql } from 'postgres';
import type { Driver, Session } from '../driver.ts';
import { checkValues, countPlaceholders, type Row, type SqlValue, text } from '../values.ts';
import { type Address, type PostgresConnection, parsePostgresUrl, toAddress } from './address.ts';
import { mayRunAgain, toPostgresError } from './errors.ts';

export type PostgresOptions = ({ readonly url: string } | { readonly connection: PostgresConnection }) & {
  /** Connections that this process opens at most; default 10. */
  readonly poolSize?: number;
};

const DEFAULT_POOL_SIZE = 10;
const CONNECT_TIMEOUT_S = 10;
const CLOSE_TIMEOUT_S = 5;
/** Pauses before a transaction that lost a race inside the engine runs again, milliseconds. */
const RERUN_PAUSES_MS: readonly number[] = [1, 5, 20, 50, 100];
const INT8 = 20;

interface Types extends Record<string, unknown> {
  readonly int8: number | bigint;
}
type Client = Sql<Types>;

/**
 * @throws ConfigError `store.url_invalid`, `store.access_refused`; UpstreamError `store.unavailable`
 */
export async function createPostgresDriver(options: PostgresOptions): Promise<Driver> {
  const address = toAddress('url' in options ? parsePostgresUrl(options.url) : options.connection);
  const client = await connectDurably(address, options.poolSize ?? DEFAULT_POOL_SIZE);
  return {
    engine: 'postgres',
    committed: createReader(client),
    transaction: (job) => transaction(client, job),
    toDdl: toPostgresDdl,
    close: () => client.end({ timeout: CLOSE_TIMEOUT_S }),
  };
}

/**
 * Where the server or the role answers commits before they are on disk, this program's sessions ask for the disk.
 * Elsewhere nothing is asked for: a stronger setting stays, and poolers that refuse start-up parameters work.
 */
async function connectDurably(address: Address, poolSize: number): Promise<Client> {
  const client = connect(address, poolSize, {});
  try {
    const [row] = await createReader(client).query('show synchronous_commit');
    if (row === undefined || text(row, 'synchronous_commit') !== 'off') return client;
  } catch (error) {
    await client.end({ timeout: 0 });
    throw error;
  }
  await client.end({ timeout: 0 });
  return connect(address, poolSize, { synchronous_commit: 'on' });
}

function connect(address: Address, poolSize: number, parameters: Readonly<Record<string, string>>): Client {
  const { host, port, user, password, database, sslmode } = address;
  return postgres({
    ...{ host, port, user, password, database },
    ssl: sslmode === 'disable' ? false : sslmode,
    max: poolSize,
    connect_timeout: CONNECT_TIMEOUT_S,
    fetch_types: false,
    connection: { application_name: 'assay', ...parameters },
    onnotice: () => {},
    types: { int8: { to: INT8, from: [INT8], serialize: String, parse: toNumber } },
  });
}

/** A number where it is exact; what is not stays a bigint, which the column readers refuse. */
function toNumber(digits: string): number | bigint {
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : BigInt(digits);
}

async function transaction<T>(client: Client, job: (session: Session) => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await runOnce(client, job);
    } catch (error) {
      const wait = RERUN_PAUSES_MS[attempt];
      if (wait === undefined || !mayRunAgain(error)) throw toPostgresError(error);
      await pause(wait);
    }
  }
}

/** READ COMMITTED, whatever the server's default. */
async function runOnce<T>(client: Client, job: (session: Session) => Promise<T>): Promise<T> {
  const { value } = await client.begin('isolation level read committed', async (sql) => ({
    value: await job(createSession(sql)),
  }));
  return value;
}

/** Errors stay as the engine's, so that a transaction can tell whether to run again. */
function createSession(sql: Client | TransactionSql<Types>): Session {
  const run = (statement: string, values: readonly SqlValue[] = []) => {
    checkValues(countPlaceholders(statement), values);
    return sql.unsafe<Row[]>(statement, [...values], { prepare: true });
  };
  return {
    query: async (statement, values) => [...(await run(statement, values))],
    execute: async (statement, values) => (await run(statement, values)).count,
  };
}

/** A session outside of transactions. */
function createReader(client: Client): Session {
  const { query, execute } = createSession(client);
  return {
    query: (statement, values) => query(statement, values).catch(rethrow),
    execute: (statement, values) => execute(statement, values).catch(rethrow),
  };
}

function rethrow(error: unknown): never {
  throw toPostgresError(error);
}

/** Byte order, as in SQLite, whatever the database's collation: pages sort alike and survive upgrades of the C library. */
export function toPostgresDdl(statement: string): string {
  return statement.replaceAll(/\btext\b/g, 'text collate "C"');
}
