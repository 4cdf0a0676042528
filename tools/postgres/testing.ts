/** Carries the suite's PostgreSQL to every test file's process. */
export const TEST_POSTGRES = 'ASSAY_TEST_POSTGRES';

/** How to reach a server that tools/postgres/ started: a unix socket, no password, nothing on the network. */
export interface Connection {
  /** The folder of the socket; clients take it as their host. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** An empty database to copy: `create database <own> template <template>`. */
  readonly template: string;
}

/**
 * The server that `npm test` started, for a test file to make its own database in. Undefined when the file runs alone,
 * outside `npm test`; with `CI` set that is an error, so that a run never passes by looking at nothing.
 */
export function testPostgres(env: Readonly<Record<string, string | undefined>> = process.env): Connection | undefined {
  const value = env[TEST_POSTGRES];
  if (value !== undefined) return JSON.parse(value);
  if (env['CI']) throw new Error(`${TEST_POSTGRES} is not set: run the tests by \`npm test\``);
  return undefined;
}

/**
 * What a program's environment needs to use a database there. The socket's folder has no place in an address that
 * postgres.js would understand, so it goes into PGHOST.
 */
export function databaseEnv({ host, port, user }: Connection, database: string): Record<string, string> {
  return { DATABASE_URL: `postgres:///${database}`, PGHOST: host, PGPORT: String(port), PGUSER: user };
}
