import { readBoolean } from '../../android/values.ts';
import type { NscDocument, Project } from '../../project.ts';
import type { Rule } from '../rule.ts';
import { nsc } from './support/examples.ts';
import { nscDocuments } from './support/nsc.ts';
import { ships } from './support/weight.ts';

const OVERRIDES =
  '  <debug-overrides>\n    <trust-anchors>\n      <certificates src="user"/>\n    </trust-anchors>\n  </debug-overrides>';
const MAIN = 'app/src/main/res/xml/network_security_config.xml';
const RELEASE = 'app/src/release/res/xml/network_security_config.xml';

const manifest = (debuggable: string) => ({
  path: 'app/src/main/AndroidManifest.xml',
  text: `<manifest xmlns:android="http://schemas.android.com/apk/res/android">\n  <application android:debuggable="${debuggable}" android:networkSecurityConfig="@xml/network_security_config"/>\n</manifest>\n`,
});

/** N003: exceptions for developers in the app of users. */
export const rule: Rule = {
  id: 'N003',
  name: 'debug-in-release',
  severity: 'warning',
  summary: 'debug-overrides stand in the file of a release build, or count because the app is debuggable.',
  why: 'They are dead text as long as android:debuggable is false, and tell whoever reads the app what developers trust. In a debuggable app they count.',
  attacker:
    'nothing while the app is not debuggable; else any certificate that they trust passes, and pins do not hold for it',
  lockout: 'nobody',
  fix: 'Keep debug-overrides in the debug source set; never ship android:debuggable="true".',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [nsc(OVERRIDES, RELEASE), [manifest('true'), ...nsc(OVERRIDES, MAIN)]],
  passes: [nsc(OVERRIDES, MAIN), nsc('', RELEASE), [manifest('false'), ...nsc(OVERRIDES, MAIN)]],
  *check(project) {
    for (const document of nscDocuments(project).filter(ships)) {
      const { debug } = document.config;
      if (debug === undefined) continue;
      if (isDebuggable(project, document)) {
        yield {
          message: 'expected no debuggable app, found debug-overrides that count',
          place: debug.place,
          severity: 'error',
        };
      } else if (document.variant === 'release' || document.origin !== 'source') {
        yield { message: 'expected no debug-overrides in a release build, found some', place: debug.place };
      }
    }
  },
};

const isDebuggable = ({ documents }: Project, { app }: NscDocument): boolean =>
  documents.some(
    (document) =>
      document.kind === 'manifest' &&
      document.app === app &&
      ships(document) &&
      readBoolean(document.manifest.debuggable?.text ?? 'false') === true,
  );
