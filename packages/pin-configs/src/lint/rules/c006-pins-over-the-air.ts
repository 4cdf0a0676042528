import { OVER_THE_AIR_STACKS } from '../../stack/table.ts';
import type { Rule } from '../rule.ts';
import { appsOf, stacksOf } from './support/apps.ts';
import { KEY_1, KEY_2 } from './support/examples.ts';
import { code } from './support/fact-rule.ts';

const PINS = code(
  'src/net.ts',
  "import { initializeSslPinning } from 'react-native-ssl-public-key-pinning';",
  `await initializeSslPinning({ 'api.example.com': { publicKeyHashes: ['${KEY_1}', '${KEY_2}'] } });`,
);
const dependency = (name: string) =>
  code('package.json', '{', '  "dependencies": {', `    "${name}": "1.0.0"`, '  }', '}');

/** C006: whoever can send an update can change the pins. */
export const rule: Rule = {
  id: 'C006',
  name: 'pins-over-the-air',
  severity: 'warning',
  summary: 'Pins stand in script code that is updated over the air.',
  why: 'An update replaces the script and the pins in it. CodePush and expo-updates verify signatures of updates only when they are told to; whether they are, the files that were read do not say.',
  attacker: 'with the account or the server of the updates: ends pinning in all installed apps',
  lockout: 'everybody who gets an update with wrong pins',
  fix: 'Sign the updates, or state the pins in the native configuration as well.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    [...PINS, ...dependency('react-native-code-push')],
    [...PINS, ...dependency('expo-updates')],
  ],
  passes: [PINS, [...PINS, ...dependency('react-native')]],
  *check(project) {
    for (const app of appsOf(project)) {
      const update = [...stacksOf(app).values()].find(({ stack }) => OVER_THE_AIR_STACKS.has(stack));
      if (update === undefined) continue;
      for (const document of app) {
        const isScript = document.kind === 'code' && /^(?:java|type)script$/.test(document.language);
        for (const { host } of isScript ? document.pinned : []) {
          const message = `expected pins that an update cannot change, found them in script code beside ${update.evidence}`;
          yield { message, place: host.place, host: host.text };
        }
      }
    }
  },
};
