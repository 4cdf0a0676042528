import type { PolicyHost } from '../../policy/model.ts';
import { lines, MADE_BY } from '../source.ts';
import type { Target } from '../target.ts';

/** OkHttp on Android and TrustKit on iOS beneath one list, so that the narrower of both counts. */
export const reactNativeSslPublicKeyPinning: Target = {
  id: 'react-native-ssl-public-key-pinning',
  title: 'react-native-ssl-public-key-pinning',
  can: {
    subdomains: ['none', 'all'],
    overlap: 'union',
    positions: 'any',
    expires: true,
    reports: false,
    sendsReports: false,
    privateTrust: false,
    transparency: 'none',
    pins: 'spki',
  },
  caveats: [
    'Await startPinning() before the first request; earlier ones are not pinned.',
    'The pins are part of the script bundle: whoever can replace that over the air can take them out. Sign updates.',
    'Needs React Native 0.65 or newer for subdomains on Android.',
  ],
  files: ({ hosts }) => [
    { path: 'assay-pins.json', text: `${JSON.stringify(optionsOf(hosts), undefined, 2)}\n` },
    {
      path: 'assayPins.ts',
      text: lines(
        `// ${MADE_BY}`,
        "import { initializeSslPinning } from 'react-native-ssl-public-key-pinning';",
        "import pins from './assay-pins.json';",
        '',
        'export async function startPinning(): Promise<void> {',
        '  await initializeSslPinning(pins);',
        '}',
      ),
    },
  ],
};

function optionsOf(hosts: readonly PolicyHost[]) {
  return Object.fromEntries(
    hosts.map(({ host, subdomains, pins, expires }) => [
      host,
      {
        includeSubdomains: subdomains === 'all',
        publicKeyHashes: pins.map(({ spki }) => spki),
        ...(expires === undefined ? {} : { expirationDate: expires }),
      },
    ]),
  );
}
