import { indented, lines, MADE_BY } from '../source.ts';
import type { Abilities, Target } from '../target.ts';
import { certificateNames, RENEWAL } from './certificate-files.ts';
import { FLOOR } from './floor.ts';

/** Libraries that hold bundled certificates against the path, by exact host or for all hosts alike. */
export const CERTIFICATE_FILES: Abilities = { ...FLOOR, positions: 'any', transparency: 'none', pins: 'certificate' };

/** The plugin takes every certificate of one folder for every host. */
export const cordovaAdvancedHttp: Target = {
  id: 'cordova-advanced-http',
  title: 'cordova-plugin-advanced-http, mode pinned',
  can: CERTIFICATE_FILES,
  caveats: [
    RENEWAL,
    'Put the named files (DER) into www/certificates; the plugin takes each of them for every host.',
    'Requests of the web view itself are not covered: write cordova-capacitor beside it.',
  ],
  files: ({ hosts }) => [
    {
      path: 'assay-certificate-pins.js',
      text: lines(
        `// ${MADE_BY}`,
        `// ${RENEWAL}`,
        '',
        '// Expected in www/certificates, named by the start of their SHA-256:',
        hosts.flatMap((host) => [
          `// ${host.host}`,
          ...indented(
            certificateNames(host).map((name) => `// ${name}.cer`),
            '',
          ),
        ]),
        '',
        'function startPinning(onSuccess, onFailure) {',
        "  cordova.plugin.http.setServerTrustMode('pinned', onSuccess, onFailure);",
        '}',
        '',
        "if (typeof module !== 'undefined') module.exports = { startPinning };",
      ),
    },
  ],
};
