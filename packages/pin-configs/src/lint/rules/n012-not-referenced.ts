import type { ManifestDocument, NscDocument } from '../../project.ts';
import type { Rule } from '../rule.ts';
import { nsc } from './support/examples.ts';
import { everyNscDocument } from './support/nsc.ts';
import { ships, weight } from './support/weight.ts';

const FILE = 'app/src/main/res/xml/network_security_config.xml';
const manifest = (attribute: string) => ({
  path: 'app/src/main/AndroidManifest.xml',
  text: `<manifest xmlns:android="http://schemas.android.com/apk/res/android">\n  <application${attribute}/>\n</manifest>\n`,
});

/** N012: no manifest names the file. */
export const rule: Rule = {
  id: 'N012',
  name: 'not-referenced',
  severity: 'error',
  summary: 'A Network Security Configuration is named by no manifest.',
  why: 'Android reads the file that android:networkSecurityConfig names, and none by its name alone. Pins in any other file do not exist.',
  attacker: 'what the file was meant to keep out: any certificate that the device trusts passes',
  lockout: 'nobody',
  fix: 'Add android:networkSecurityConfig="@xml/…" to <application>, or remove the file.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    [manifest(''), ...nsc('', FILE)],
    [manifest(' android:networkSecurityConfig="@xml/other"'), ...nsc('', FILE)],
  ],
  passes: [
    [manifest(' android:networkSecurityConfig="@xml/network_security_config"'), ...nsc('', FILE)],
    // Debuggable builds read the file of that name with _debug besides.
    [
      manifest(' android:networkSecurityConfig="@xml/network_security_config"'),
      ...nsc('', FILE.replace('.xml', '_debug.xml')),
    ],
    nsc('', FILE),
  ],
  *check(project) {
    const manifests = project.documents.filter((document) => document.kind === 'manifest');
    for (const document of everyNscDocument(project)) {
      const own = manifests.filter(({ app }) => app === document.app);
      const isNamed = document.isReferenced ?? own.some((manifestOf) => names(manifestOf, document));
      if (own.length === 0 || isNamed) continue;
      // In sources the manifest that names it may be in a folder that nobody asked about.
      const severity = document.origin === 'source' ? 'warning' : undefined;
      yield {
        message: `expected a manifest that names ${nameOf(document.file)}, found none among ${own.length}`,
        place: { file: document.file, line: 1, column: 1 },
        ...weight(document.isReferenced === false || ships(document), severity),
      };
    }
  },
};

const nameOf = (file: string): string => file.replace(/^.*[\\/]/, '').replace(/\.xml$/, '');

/** By resource name; a bare resource id may be any file. Of built apps the reader has followed it. */
function names({ manifest: { networkSecurityConfig } }: ManifestDocument, { file }: NscDocument): boolean {
  const text = networkSecurityConfig?.text;
  if (text === undefined) return false;
  const isOpen = /^@(?:0x)?[0-9a-f]+$/i.test(text) || text.startsWith('${');
  return isOpen || [text, `${text}_debug`].includes(`@xml/${nameOf(file)}`);
}
