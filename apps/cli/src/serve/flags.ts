import type { ConfigInput } from '@assay/server';
import { textOf, textsOf, type Values } from '../command.ts';
import { fault } from '../reasons.ts';

type Members = { readonly [member in keyof ConfigInput]?: unknown };

export interface FlagRow {
  readonly flag: string;
  readonly member: keyof ConfigInput;
  /** One value for each time it is given; without it the last text is the value. */
  readonly each?: (text: string) => unknown;
  /** Its text is a number. */
  readonly isNumber?: true;
  readonly value: string;
  readonly about: string;
}

/** Flags of `assay serve`. The database address is none: it holds a password, and other processes see a command line. */
export const FLAGS: readonly FlagRow[] = [
  { flag: 'origin', member: 'origin', value: 'URL', about: 'public origin that apps call; part of every issuer' },
  { flag: 'listen', member: 'listen', value: 'HOST:PORT', about: 'public listener (127.0.0.1:8080)' },
  { flag: 'admin-listen', member: 'adminListen', value: 'HOST:PORT', about: 'operator listener (127.0.0.1:8081)' },
  { flag: 'data', member: 'data', value: 'DIR', about: 'database and key-encryption key (.assay)' },
  { flag: 'kek-file', member: 'kekFile', value: 'FILE', about: 'key-encryption key (kek in the data folder)' },
  { flag: 'tls-cert', member: 'tlsCert', value: 'FILE', about: 'PEM chain of the public listener' },
  { flag: 'tls-key', member: 'tlsKey', value: 'FILE', about: 'PEM key of the public listener' },
  { flag: 'tls-terminated-by', member: 'tlsTerminatedBy', value: 'NAME', about: 'who terminates TLS in front' },
  {
    flag: 'trusted-proxy',
    member: 'trustedProxies',
    each: (text) => text,
    value: 'ADDRESS',
    about: 'its X-Forwarded-For is believed; repeatable',
  },
  {
    flag: 'environment',
    member: 'environments',
    each: readEnvironment,
    value: 'TENANT/NAME:KIND',
    about: 'production, staging or development; repeatable',
  },
  { flag: 'test-roots', member: 'testRoots', value: 'FILE', about: 'believe virtual phones; development only' },
  { flag: 'status-list', member: 'statusList', value: 'FILE', about: "copy of Google's attestation status list" },
  {
    flag: 'status-list-max-age',
    member: 'statusListMaxAgeHours',
    isNumber: true,
    value: 'HOURS',
    about: 'an older copy of the list counts as none (72)',
  },
  {
    flag: 'trust-refresh',
    member: 'trustRefresh',
    value: 'on|off',
    about: 'fetch status list and roots (on, unless all is development)',
  },
  {
    flag: 'trust-source',
    member: 'trustSources',
    each: readTrustSource,
    value: 'SOURCE=URL',
    about: 'another address of what a vendor publishes; repeatable',
  },
  {
    flag: 'new-roots',
    member: 'newRoots',
    value: 'report|trust',
    about: 'what becomes of a root that Google newly publishes (report)',
  },
  { flag: 'advisories', member: 'advisories', value: 'FILE|URL', about: 'signed advisories' },
  {
    flag: 'advisories-key',
    member: 'advisoriesKeys',
    each: (text) => text,
    value: 'FILE',
    about: 'PEM of a public key that signs advisories; repeatable',
  },
  {
    flag: 'vendors-file',
    member: 'vendorsFile',
    value: 'FILE',
    about: 'services of vendors that may be asked, with keys',
  },
  {
    flag: 'format',
    member: 'formats',
    each: (text) => text,
    value: 'FILE',
    about: 'module with a format of evidence of your own; repeatable',
  },
  { flag: 'log-level', member: 'logLevel', value: 'LEVEL', about: 'silent, error, warn, info, debug (info)' },
  { flag: 'workers', member: 'workers', isNumber: true, value: 'N', about: 'attestations under way at once (16)' },
  {
    flag: 'max-connections',
    member: 'maxConnections',
    isNumber: true,
    value: 'N',
    about: 'connections open at once (4096)',
  },
  {
    flag: 'network-connections',
    member: 'maxConnectionsPerNetwork',
    isNumber: true,
    value: 'N',
    about: 'those of one /24 or /48 (1024)',
  },
];

function readEnvironment(text: string): { readonly tenant: string; readonly name: string; readonly kind: string } {
  const [, tenant, name, kind] = /^([^/:]+)\/([^/:]+):([a-z]+)$/.exec(text) ?? [];
  if (tenant !== undefined && name !== undefined && kind !== undefined) return { tenant, name, kind };
  throw fault('cli.usage', { message: '--environment is not in its form', expected: 'TENANT/NAME:KIND', found: text });
}

function readTrustSource(text: string): { readonly source: string; readonly url: string } {
  const [, source, url] = /^([a-z-]+)=(.+)$/.exec(text) ?? [];
  if (source !== undefined && url !== undefined) return { source, url };
  throw fault('cli.usage', { message: '--trust-source is not in its form', expected: 'SOURCE=URL', found: text });
}

/** The configuration's members out of the flags that were given. */
export function membersOfFlags(values: Values): Members {
  return Object.fromEntries(
    FLAGS.flatMap(({ flag, member, each, isNumber }) => {
      const value = each === undefined ? textOf(values, flag) : listOf(textsOf(values, flag).map(each));
      return value === undefined ? [] : [[member, isNumber === true ? Number(value) : value] as const];
    }),
  );
}

const listOf = <T>(list: readonly T[]): readonly T[] | undefined => (list.length === 0 ? undefined : list);
