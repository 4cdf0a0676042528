import { ConfigError } from '@assay/core';

/** Where the database is. `host` may be a folder: then it is the unix socket in there. */
export interface PostgresConnection {
  readonly host: string;
  readonly port?: number;
  readonly user: string;
  readonly password?: string;
  readonly database: string;
  /** Default: `disable` to a socket or this machine, `verify-full` to any other. `require` encrypts for anybody. */
  readonly sslmode?: SslMode;
}

const SSL_MODES = ['disable', 'require', 'verify-full'] as const;
export type SslMode = (typeof SSL_MODES)[number];

const DEFAULT_PORT = 5432;
const THIS_MACHINE: readonly string[] = ['localhost', '127.0.0.1', '::1'];

/** An address with every default filled in. */
export type Address = Required<PostgresConnection>;

export function toAddress(connection: PostgresConnection): Address {
  const isLocal = connection.host.startsWith('/') || THIS_MACHINE.includes(connection.host);
  return { port: DEFAULT_PORT, password: '', sslmode: isLocal ? 'disable' : 'verify-full', ...connection };
}

/**
 * Reads `postgres://user:password@host:port/database?sslmode=…`; a socket's folder is percent-encoded as the host.
 *
 * @throws ConfigError `store.url_invalid`, which never quotes the URL.
 */
export function parsePostgresUrl(text: string): PostgresConnection {
  const url = URL.parse(text);
  if (url === null) throw invalid('a URL', 'other text');
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') throw invalid('postgres://', url.protocol);
  const sslmode = parseSslMode(url.searchParams);
  return {
    host: part('host', url.hostname.replace(/^\[(.*)\]$/, '$1')),
    user: part('user', url.username),
    database: part('database', url.pathname.slice(1)),
    ...(url.password === '' ? {} : { password: part('password', url.password) }),
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    ...(sslmode === undefined ? {} : { sslmode }),
  };
}

function part(name: string, encoded: string): string {
  if (encoded === '') throw invalid(`a ${name}`, 'none');
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw invalid(`a ${name} in percent-encoding`, 'a stray percent sign');
  }
}

/** An option that is not understood might be one that protects: it is refused, not dropped. */
function parseSslMode(parameters: URLSearchParams): SslMode | undefined {
  for (const name of parameters.keys()) {
    if (name !== 'sslmode') throw invalid('the option sslmode alone', 'another option');
  }
  const [given, second] = parameters.getAll('sslmode');
  if (given === undefined) return undefined;
  const mode = SSL_MODES.find((candidate) => candidate === given);
  if (mode === undefined || second !== undefined) throw invalid(`sslmode ${SSL_MODES.join(' | ')}`, 'another value');
  return mode;
}

function invalid(expected: string, found: string): ConfigError {
  return new ConfigError('store.url_invalid', 'the database URL cannot be used', {
    expected,
    found,
    hint: 'write postgres://user:password@host:port/database, with special characters percent-encoded',
  });
}
