import type { PolicyHost } from '../../policy/model.ts';
import { isEnforced } from '../fit.ts';
import { indented, lines, MADE_BY, quoted } from '../source.ts';
import type { Abilities, Target } from '../target.ts';
import { type Plist, toPropertyList } from './property-list.ts';

const can: Abilities = {
  subdomains: ['none', 'all'],
  overlap: 'most-specific',
  positions: 'any',
  expires: true,
  reports: true,
  sendsReports: true,
  privateTrust: false,
  transparency: 'platform',
  pins: 'spki',
};

const caveats = [
  'Swizzling is off: hand the challenge of your session delegate to TrustKit.sharedInstance().pinningValidator.',
  'Connections of WebKit are not covered.',
];

/** `TSKConfiguration` for Info.plist. */
export const trustKitIosPlist: Target = {
  id: 'trustkit-ios-plist',
  title: 'TrustKit for iOS, in Info.plist',
  can,
  caveats: ['Merge the dictionary into Info.plist; TrustKit starts by itself.', ...caveats],
  files: ({ hosts }) => [
    { path: 'Info.trustkit.plist', text: toPropertyList({ TSKConfiguration: configurationOf(hosts) }) },
  ],
};

/** The same in code. */
export const trustKitIosSwift: Target = {
  id: 'trustkit-ios-swift',
  title: 'TrustKit for iOS, in Swift',
  can,
  caveats: ['Call AssayTrustKit.start() before the first connection.', ...caveats],
  files: ({ hosts }) => [{ path: 'AssayTrustKit.swift', text: swiftOf(hosts) }],
};

function configurationOf(hosts: readonly PolicyHost[]): { readonly [key: string]: Plist } {
  return {
    TSKSwizzleNetworkDelegates: false,
    TSKPinnedDomains: Object.fromEntries(hosts.map((host) => [host.host, domainOf(host)])),
  };
}

/** Reports go nowhere but where the policy says: the library's default is its vendor. */
function domainOf(host: PolicyHost): { readonly [key: string]: Plist } {
  const { subdomains, pins, expires, reportTo } = host;
  return {
    TSKEnforcePinning: isEnforced(host),
    TSKIncludeSubdomains: subdomains === 'all',
    TSKPublicKeyHashes: pins.map(({ spki }) => spki),
    ...(expires === undefined ? {} : { TSKExpirationDate: expires }),
    ...(reportTo.length === 0 ? {} : { TSKReportUris: reportTo }),
    TSKDisableDefaultReportUri: true,
  };
}

function swiftOf(hosts: readonly PolicyHost[]): string {
  return lines(
    `// ${MADE_BY}`,
    'import TrustKit',
    '',
    'enum AssayTrustKit {',
    '    static var configuration: [String: Any] {',
    '        [',
    indented(swiftEntries(configurationOf(hosts)), '            '),
    '        ]',
    '    }',
    '',
    '    static func start() {',
    '        TrustKit.initSharedInstance(withConfiguration: configuration)',
    '    }',
    '}',
  );
}

/** Keys of the library are its constants `kTSK…`; names of hosts are texts. */
function swiftEntries(dictionary: { readonly [key: string]: Plist }): readonly string[] {
  return Object.entries(dictionary).flatMap(([key, value]) => {
    const name = key.startsWith('TSK') ? `k${key}` : quoted(key);
    const [first = '', ...rest] = swiftValue(value);
    const rows = [`${name}: ${first}`, ...rest];
    return [...rows.slice(0, -1), `${rows.at(-1)},`];
  });
}

function swiftValue(value: Plist): readonly string[] {
  if (typeof value === 'string') return [quoted(value)];
  if (typeof value === 'boolean') return [String(value)];
  if (isList(value))
    return [
      '[',
      ...indented(
        value.map((item) => `${swiftValue(item)[0]},`),
        '    ',
      ),
      ']',
    ];
  return ['[', ...indented(swiftEntries(value), '    '), '] as [String: Any]'];
}

const isList = (value: Plist): value is readonly Plist[] => Array.isArray(value);
