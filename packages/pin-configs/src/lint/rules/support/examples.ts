import type { ExampleFile } from '../../rule.ts';

/** Pins of keys that were made up for the examples. */
export const KEY_1 = 'IH0oxHI46J7uM9kkm9vr64Ddm2qrmu0F3/JP54PLwMA=';
export const KEY_2 = 'jHMfTgN4DzYM30aTld0GEoKVYRhT2Cbocfm/3k24kIo=';
export const KEY_3 = '/YBRWDYa6WJ1xzniATBnyWdOT+/UdRBUUazdXW24Ids=';

/** Pins of well-known authorities. */
export const ISRG_ROOT_X1 = 'C5+lpZ7tcVwmwQIMcRtPbsQtWLABXhQzejna0wHFr8M=';
export const ISRG_ROOT_X2 = 'diGVwiVYbubAI3RW4hB9xU8e/CH2GnkuvVFZE8zmgzI=';
export const LETS_ENCRYPT_X3 = 'YLh1dUR9y6Kja30RrAn7JKnbQG/uEtLMkBgFF2Fuihg=';
export const LETS_ENCRYPT_R12 = 'kZwN96eHtZftBWrOZUsd6cA4es80n3NzSk/XtYz2EqQ=';
export const LETS_ENCRYPT_R13 = 'AlSQhgtJirc8ahLyekmtX+Iw+v46yPYRLJt9Cq1GlB0=';

/** A Network Security Configuration around some elements. */
export const nsc = (inner: string, path = 'res/xml/network_security_config.xml'): readonly ExampleFile[] => [
  { path, text: `<network-security-config>\n${inner}\n</network-security-config>\n` },
];

export const domainConfig = (domains: string, inner = ''): string =>
  `  <domain-config>\n    ${domains}\n${inner}  </domain-config>`;

export const pinSet = (pins: readonly string[], attributes = 'expiration="2027-09-01"'): string => {
  const lines = pins.map((pin) => `      <pin digest="SHA-256">${pin}</pin>\n`);
  return `    <pin-set${attributes === '' ? '' : ` ${attributes}`}>\n${lines.join('')}    </pin-set>\n`;
};

const EXAMPLE_DOMAIN = '<domain includeSubdomains="true">example.com</domain>';

/** One pinned domain. */
export const nscPins = (pins: readonly string[], attributes?: string): readonly ExampleFile[] =>
  nsc(domainConfig(EXAMPLE_DOMAIN, pinSet(pins, attributes)));

const plist = (inner: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">\n<dict>\n${inner}\n</dict>\n</plist>\n`;

/** NSAppTransportSecurity with some entries. */
export const ats = (inner: string, path = 'App/Info.plist'): readonly ExampleFile[] => [
  { path, text: plist(`<key>NSAppTransportSecurity</key>\n<dict>\n${inner}\n</dict>`) },
];

const identities = (pins: readonly string[]): string =>
  pins.map((pin) => `<dict><key>SPKI-SHA256-BASE64</key><string>${pin}</string></dict>`).join('\n');

/** One entry of NSPinnedDomains. */
export const atsDomain = (
  host: string,
  { ca = [], leaf = [], more = '' }: { ca?: readonly string[]; leaf?: readonly string[]; more?: string },
): string => {
  const list = (key: string, pins: readonly string[]): string =>
    pins.length === 0 ? '' : `<key>${key}</key>\n<array>\n${identities(pins)}\n</array>\n`;
  const lists = list('NSPinnedCAIdentities', ca) + list('NSPinnedLeafIdentities', leaf);
  return `<key>${host}</key>\n<dict>\n${more}${lists}</dict>`;
};

export const pinnedDomains = (...domains: readonly string[]): string =>
  `<key>NSPinnedDomains</key>\n<dict>\n${domains.join('\n')}\n</dict>`;

export const atsCaPins = (pins: readonly string[]): readonly ExampleFile[] =>
  ats(pinnedDomains(atsDomain('example.com', { ca: pins })));

/** TSKConfiguration with one domain. */
export const trustKit = (pins: readonly string[], more = '', host = 'example.com'): readonly ExampleFile[] => {
  const hashes = pins.map((pin) => `<string>${pin}</string>`).join('\n');
  const policy = `<dict>\n<key>TSKPublicKeyHashes</key>\n<array>\n${hashes}\n</array>\n${more}\n</dict>`;
  const domains = `<key>TSKPinnedDomains</key>\n<dict>\n<key>${host}</key>\n${policy}\n</dict>`;
  return [{ path: 'App/Info.plist', text: plist(`<key>TSKConfiguration</key>\n<dict>\n${domains}\n</dict>`) }];
};

export const trustKitExpiration = (day: string): string => `<key>TSKExpirationDate</key>\n<string>${day}</string>`;

/** HarmonyOS' network_config.json with one pinned domain. */
export const harmony = (config: object, more: object = {}): readonly ExampleFile[] => [
  {
    path: 'entry/src/main/resources/base/profile/network_config.json',
    text: `${JSON.stringify({ 'network-security-config': config, ...more }, null, 2)}\n`,
  },
];

/** What a configuration of HarmonyOS must say to trust no certificates of users. */
export const NO_USER_CAS = { 'trust-global-user-ca': false, 'trust-current-user-ca': false };

export const harmonyPins = (pins: readonly string[], expiration?: string): readonly ExampleFile[] =>
  harmony(
    {
      'domain-config': [
        {
          domains: [{ name: 'example.com', 'include-subdomains': true }],
          'pin-set': {
            ...(expiration === undefined ? {} : { expiration }),
            pin: pins.map((digest) => ({ 'digest-algorithm': 'sha256', digest })),
          },
        },
      ],
    },
    NO_USER_CAS,
  );

/** A list of pins as data: OkHttp's patterns and prefix. */
export const pinList = (lists: Readonly<Record<string, readonly string[]>>): readonly ExampleFile[] => [
  { path: 'config/pins.json', text: `${JSON.stringify(lists, null, 2)}\n` },
];

/** OkHttp in Kotlin. */
export const okHttp = (lists: Readonly<Record<string, readonly string[]>>): readonly ExampleFile[] => {
  const adds = Object.entries(lists).map(
    ([host, pins]) => `    .add(${[host, ...pins].map((text) => `"${text}"`).join(', ')})\n`,
  );
  const text = `import okhttp3.CertificatePinner\n\nval pinner = CertificatePinner.Builder()\n${adds.join('')}    .build()\n`;
  return [{ path: 'app/src/main/java/com/example/Net.kt', text }];
};
