export { openPostgres, openSqlite } from './open.ts';
export type { PostgresConnection, SslMode } from './postgres/address.ts';
export type { PostgresOptions } from './postgres/driver.ts';
export { STORE_REASONS } from './reasons.ts';
export type { SqliteOptions } from './sqlite/driver.ts';
