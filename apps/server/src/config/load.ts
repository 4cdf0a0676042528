import { ConfigError } from '@assay/core';
import type { z } from 'zod';
import { type Config, ConfigSchema } from './schema.ts';

/** Where a member may come from the environment. The text is JSON where the member is not text. */
export const ENVIRONMENT: Readonly<Record<keyof Config, string>> = {
  origin: 'ASSAY_ORIGIN',
  listen: 'ASSAY_LISTEN',
  adminListen: 'ASSAY_ADMIN_LISTEN',
  data: 'ASSAY_DATA',
  databaseUrl: 'DATABASE_URL',
  kekFile: 'ASSAY_KEK_FILE',
  tlsCert: 'ASSAY_TLS_CERT',
  tlsKey: 'ASSAY_TLS_KEY',
  tlsTerminatedBy: 'ASSAY_TLS_TERMINATED_BY',
  trustedProxies: 'ASSAY_TRUSTED_PROXIES',
  environments: 'ASSAY_ENVIRONMENTS',
  testRoots: 'ASSAY_TEST_ROOTS',
  statusList: 'ASSAY_STATUS_LIST',
  statusListMaxAgeHours: 'ASSAY_STATUS_LIST_MAX_AGE_HOURS',
  trustRefresh: 'ASSAY_TRUST_REFRESH',
  trustSources: 'ASSAY_TRUST_SOURCES',
  newRoots: 'ASSAY_NEW_ROOTS',
  advisories: 'ASSAY_ADVISORIES',
  advisoriesKeys: 'ASSAY_ADVISORIES_KEYS',
  vendorsFile: 'ASSAY_VENDORS_FILE',
  formats: 'ASSAY_FORMATS',
  logLevel: 'ASSAY_LOG_LEVEL',
  workers: 'ASSAY_WORKERS',
  maxConnections: 'ASSAY_MAX_CONNECTIONS',
  maxConnectionsPerNetwork: 'ASSAY_MAX_CONNECTIONS_PER_NETWORK',
};

const AS_JSON: ReadonlySet<string> = new Set<keyof Config>([
  'trustedProxies',
  'environments',
  'statusListMaxAgeHours',
  'trustSources',
  'advisoriesKeys',
  'formats',
  'workers',
  'maxConnections',
  'maxConnectionsPerNetwork',
]);

type Members = Readonly<Record<string, unknown>>;
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Joins the sources, flag before environment before file before default, and validates the whole.
 * @throws ConfigError `server.config_invalid` naming every member that is wrong and where it came from.
 */
export function loadConfig(flags: Members, env: Environment, file: Members): Config {
  const fromEnv = readEnvironment(env);
  const given: Members = { ...file, ...fromEnv, ...flags };
  const result = ConfigSchema.safeParse(given);
  if (result.success) return result.data;
  throw new ConfigError('server.config_invalid', 'the configuration is not valid', {
    found: result.error.issues.map((issue) => missing(issue, given) ?? describe(issue, fromEnv, flags)).join('; '),
    hint: 'see docs/configuration.md for every member',
  });
}

function readEnvironment(env: Environment): Members {
  const given = Object.entries(ENVIRONMENT).flatMap(([member, name]) => {
    const text = env[name];
    return text === undefined || text === ''
      ? []
      : [[member, AS_JSON.has(member) ? parseJson(name, text) : text] as const];
  });
  return Object.fromEntries(given);
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ConfigError('server.config_invalid', `${name} is not JSON`, { expected: 'a JSON value' });
  }
}

/** `origin` is the one member without a default: nobody else can know it. */
function missing({ path }: z.core.$ZodIssue, given: Members): string | undefined {
  if (path.join('.') !== 'origin' || given['origin'] !== undefined) return undefined;
  return `origin is missing: --origin https://… (or ${ENVIRONMENT.origin}, or the file)`;
}

/** Names the member and its source; values are left out, since one of them holds a password. */
function describe(issue: z.core.$ZodIssue, fromEnv: Members, flags: Members): string {
  const member = String(issue.path[0] ?? '');
  const name = ENVIRONMENT[member as keyof Config];
  const source = member in flags ? 'command line' : member in fromEnv ? name : `file or ${name ?? 'unknown member'}`;
  const where = issue.path.length > 0 ? `${issue.path.join('.')} (${source})` : 'configuration';
  return `${where}: ${issue.message}`;
}
