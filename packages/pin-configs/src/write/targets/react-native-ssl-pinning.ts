import type { PolicyHost } from '../../policy/model.ts';
import { indented, lines, MADE_BY } from '../source.ts';
import type { Target } from '../target.ts';
import { certificateNames, RENEWAL } from './certificate-files.ts';
import { CERTIFICATE_FILES } from './cordova-advanced-http.ts';

/** Pins on Android, bundled certificates on iOS, request by request. */
export const reactNativeSslPinning: Target = {
  id: 'react-native-ssl-pinning',
  title: 'react-native-ssl-pinning',
  can: CERTIFICATE_FILES,
  caveats: [
    RENEWAL,
    'On iOS it compares bundled certificates: add the named files (DER) to the Xcode target. On Android it compares pins.',
    'Only requests through pinnedFetch are pinned. react-native-ssl-public-key-pinning compares pins on both platforms.',
    'The pins are part of the script bundle: whoever can replace that over the air can take them out. Sign updates.',
  ],
  files: ({ hosts }) => [
    {
      path: 'assayPinnedFetch.ts',
      text: lines(
        `// ${MADE_BY}`,
        `// ${RENEWAL}`,
        "import { Platform } from 'react-native';",
        "import { fetch as fetchPinned, type ReactNativeSSLPinning } from 'react-native-ssl-pinning';",
        '',
        'const HOSTS: Readonly<Record<string, { readonly pins: string[]; readonly certificates: string[] }>> = {',
        indented(hosts.flatMap(rowOf), '  '),
        '};',
        '',
        '/** Throws for a host that is not pinned here: nothing goes out unpinned by a slip. */',
        'export async function pinnedFetch(',
        '  url: string,',
        "  options: Omit<ReactNativeSSLPinning.Options, 'sslPinning' | 'pkPinning' | 'disableAllSecurity'>,",
        '): Promise<ReactNativeSSLPinning.Response> {',
        '  const { hostname } = new URL(url);',
        "  const entry = url.startsWith('https://') ? HOSTS[hostname] : undefined;",
        "  if (entry === undefined) throw new Error('no pins for ' + hostname);",
        "  const isAndroid = Platform.OS === 'android';",
        '  const certs = isAndroid ? entry.pins : entry.certificates;',
        '  return await fetchPinned(url, { ...options, pkPinning: isAndroid, sslPinning: { certs } });',
        '}',
      ),
    },
  ],
};

function rowOf(host: PolicyHost): readonly string[] {
  return [
    `'${host.host}': {`,
    '  pins: [',
    ...host.pins.map(({ spki }) => `    'sha256/${spki}',`),
    '  ],',
    `  certificates: [${certificateNames(host)
      .map((name) => `'${name}'`)
      .join(', ')}],`,
    '},',
  ];
}
