import { DEFAULT_CONNECTIONS } from '@assay/http';
import { ENVIRONMENT_KINDS, TRUST_SOURCES } from '@assay/service';
import { z } from 'zod';

/** One address for one listener: the name may have two, and a second socket would miss renewed TLS files. */
const LOCALHOST = '127.0.0.1';

const Address = z
  .string()
  .regex(/^(?:\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):\d{1,5}$/, 'host:port, for example 127.0.0.1:8080 or [::1]:8080')
  .transform((text) => {
    const at = text.lastIndexOf(':');
    const host = text.slice(0, at).replace(/^\[|\]$/g, '');
    return { host: host === 'localhost' ? LOCALHOST : host, port: Number(text.slice(at + 1)) };
  });

export type Address = z.output<typeof Address>;

const Environment = z.strictObject({
  tenant: z.string().default('main'),
  name: z.string(),
  kind: z.enum(ENVIRONMENT_KINDS),
});

/** Advisories have a member of their own, since they need a key. */
const TrustSource = z.strictObject({ source: z.enum(TRUST_SOURCES).exclude(['advisories']), url: z.url() });

/** Everything that can be configured. Unknown members are errors. */
export const ConfigSchema = z.strictObject({
  origin: z.url({ protocol: /^https?$/ }).describe('Public origin that apps call; part of every issuer'),
  listen: Address.prefault('127.0.0.1:8080').describe('Public listener'),
  adminListen: Address.prefault('127.0.0.1:8081').describe('Operator listener: admin API, metrics, live page'),
  data: z.string().min(1).default('.assay').describe('Folder for the database and the key-encryption key'),
  databaseUrl: z.string().min(1).optional().describe('PostgreSQL address; without it SQLite in `data`'),
  kekFile: z.string().min(1).optional().describe('Key-encryption key file; default `kek` in `data`'),
  tlsCert: z.string().min(1).optional().describe('PEM certificate chain of the public listener'),
  tlsKey: z.string().min(1).optional().describe('PEM private key of the public listener'),
  tlsTerminatedBy: z
    .string()
    .min(1)
    .optional()
    .describe('Who terminates TLS in front of a clear-text listener beyond loopback'),
  trustedProxies: z.array(z.string()).default([]).describe('Addresses whose X-Forwarded-For is believed'),
  environments: z
    .array(Environment)
    .min(1)
    .default([{ tenant: 'main', name: 'prod', kind: 'production' }]),
  testRoots: z.string().min(1).optional().describe('PEM file of test roots; environments of kind development only'),
  statusList: z.string().min(1).optional().describe("Copy of Google's attestation status list (JSON)"),
  statusListMaxAgeHours: z.number().positive().default(72).describe('An older copy of the status list counts as none'),
  trustRefresh: z
    .enum(['on', 'off'])
    .optional()
    .describe('Whether status list and roots are fetched; on beside an environment that is not development'),
  trustSources: z.array(TrustSource).default([]).describe('Other addresses of what vendors publish'),
  newRoots: z
    .enum(['report', 'trust'])
    .default('report')
    .describe('What becomes of a root that Google newly publishes'),
  advisories: z.string().min(1).optional().describe('Signed advisories: a file, or an https address'),
  advisoriesKeys: z.array(z.string().min(1)).default([]).describe('PEM files of the public keys that sign advisories'),
  vendorsFile: z.string().min(1).optional().describe('Which services of vendors may be asked, and where the keys lie'),
  formats: z.array(z.string().min(1)).default([]).describe("Modules with formats of evidence of one's own"),
  logLevel: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  workers: z.int().min(1).max(64).default(16).describe('Attestations under way at once; they share commits'),
  maxConnections: z
    .int()
    .min(1)
    .default(DEFAULT_CONNECTIONS.all)
    .describe('Connections to the public listener that may be open at once'),
  maxConnectionsPerNetwork: z
    .int()
    .min(1)
    .default(DEFAULT_CONNECTIONS.network)
    .describe('Those of one /24 or /48; not counted with `trustedProxies`'),
});

export type Config = z.output<typeof ConfigSchema>;
export type ConfigInput = z.input<typeof ConfigSchema>;
