import type { LaunchOrder } from '@assay/mitm';

type Environment = Readonly<Record<string, string | undefined>>;

/** What is the same for every case of a run. */
export interface Handed {
  /** Files: the authority's certificate, the log list, what trusts signed pin sets. */
  readonly caFile: string;
  readonly logsFile?: string;
  readonly pinsKeyFile?: string;
  /** Base64 SHA-256 of SubjectPublicKeyInfo; the first is the pinned key's, the second its backup's. */
  readonly pins: readonly string[];
}

interface Row {
  readonly name: string;
  readonly about: string;
  readonly value: (order: LaunchOrder, handed: Handed) => string | undefined;
}

const SCHEMES: Partial<Record<LaunchOrder['place']['way'], string>> = { proxy: 'http', socks5: 'socks5h' };

/** The proxy of this case; none where the client reaches the harness by itself. */
const proxyOf = ({ place: { way, address, port } }: LaunchOrder): string | undefined => {
  const scheme = SCHEMES[way];
  return scheme === undefined ? undefined : `${scheme}://${address.includes(':') ? `[${address}]` : address}:${port}`;
};

const PROXY = 'the proxy of this case; none with --way direct and transparent';

/** Everything that a client under test is told, in one list. No secret is among it, nor what is expected of the client. */
export const ENVIRONMENT: readonly Row[] = [
  { name: 'ASSAY_URL', about: 'the address to request', value: ({ place }) => place.url },
  { name: 'ASSAY_CASE', about: 'id of the case', value: ({ case: { id } }) => id },
  {
    name: 'ASSAY_STEPS',
    about: 'what to do, in this order and in one process, comma-separated',
    value: ({ case: { steps } }) => steps.join(','),
  },
  { name: 'ASSAY_SECOND_URL', about: 'the address for the step second-host', value: ({ place }) => place.secondUrl },
  { name: 'ASSAY_PLAIN_URL', about: 'the address for the step plain-request', value: ({ place }) => place.plainUrl },
  { name: 'ASSAY_CA', about: 'file: certificate of the authority to trust, PEM', value: (_, { caFile }) => caFile },
  {
    name: 'ASSAY_PIN',
    about: 'pin of the pinned key: base64 SHA-256 of its public key',
    value: (_, { pins }) => pins[0],
  },
  {
    name: 'ASSAY_PINS',
    about: 'all pins, comma-separated; the second is the backup key',
    value: (_, { pins }) => pins.join(','),
  },
  {
    name: 'ASSAY_FINGERPRINT',
    about: 'hexadecimal SHA-256 of the certificate, for apps that pin it; not set where its key is no pinned one',
    value: ({ place }) => place.fingerprint,
  },
  {
    name: 'ASSAY_RESOLVE',
    about: 'host:port:address as curl --resolve takes it; with --way direct',
    value: ({ place: { way, host, port, address } }) => (way === 'direct' ? `${host}:${port}:${address}` : undefined),
  },
  { name: 'ASSAY_PINS_URL', about: 'where signed pin sets are offered', value: ({ place }) => place.pinsUrl },
  {
    name: 'ASSAY_PINS_KEY',
    about: 'file: the root document that signed pin sets are trusted by',
    value: (_, { pinsKeyFile }) => pinsKeyFile,
  },
  {
    name: 'ASSAY_REPORT_URL',
    about: 'where refusals are reported; with --reports',
    value: ({ place }) => place.reportUrl,
  },
  { name: 'ASSAY_CT_LOGS', about: 'file: log list for certificate transparency', value: (_, { logsFile }) => logsFile },
  ...['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'].map((name) => ({
    ...{ name, about: PROXY, value: proxyOf },
  })),
  ...['NO_PROXY', 'no_proxy'].map((name) => ({ name, about: 'empty', value: () => '' })),
];

/** The caller's environment with the list's names set, and those that have no value here taken out. */
export function environmentOf(order: LaunchOrder, handed: Handed, base: Environment): Record<string, string> {
  const all: Environment = {
    ...base,
    ASSAY_REEXEC: undefined, // of this process, not of one that a client starts
    ...Object.fromEntries(ENVIRONMENT.map(({ name, value }) => [name, value(order, handed)])),
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
