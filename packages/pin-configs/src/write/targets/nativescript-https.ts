import type { PolicyHost } from '../../policy/model.ts';
import { indented, lines, MADE_BY } from '../source.ts';
import type { Target } from '../target.ts';
import { certificateNames, RENEWAL } from './certificate-files.ts';
import { CERTIFICATE_FILES } from './cordova-advanced-http.ts';

/** The plugin holds one bundled certificate against each host. */
export const nativeScriptHttps: Target = {
  id: 'nativescript-https',
  title: '@nativescript-community/https, bundled certificates',
  can: CERTIFICATE_FILES,
  caveats: [
    RENEWAL,
    'Put the named files (DER) into app/certificates. The plugin takes one certificate for a host: the first is used.',
  ],
  files: ({ hosts }) => [
    {
      path: 'assay-certificate-pins.ts',
      text: lines(
        `// ${MADE_BY}`,
        `// ${RENEWAL}`,
        "import { knownFolders } from '@nativescript/core';",
        "import { enableSSLPinning } from '@nativescript-community/https';",
        '',
        'export function startPinning(): void {',
        "  const folder = knownFolders.currentApp().getFolder('certificates');",
        indented(hosts.flatMap(callOf), '  '),
        '}',
      ),
    },
  ],
};

function callOf(host: PolicyHost): readonly string[] {
  return [
    'enableSSLPinning({',
    `  host: '${host.host}',`,
    `  certificate: folder.getFile('${certificateNames(host)[0]}.cer').path,`,
    '  allowInvalidCertificates: false,',
    '  validatesDomainName: true,',
    '});',
  ];
}
