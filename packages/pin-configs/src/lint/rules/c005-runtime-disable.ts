import type { Rule } from '../rule.ts';
import { code, factRule } from './support/fact-rule.ts';

/** C005: code turns pinning off. */
export const rule: Rule = factRule({
  id: 'C005',
  name: 'runtime-disable',
  kind: 'runtime_disable',
  severity: 'warning',
  summary: 'Code that goes into the release can turn pinning off.',
  why: 'Whoever can make the app call it (a deep link, a hidden setting, a changed script) needs no other attack.',
  attacker: 'ends pinning without touching a pin',
  lockout: 'nobody',
  fix: 'Guard the call by __DEV__, or leave it out.',
  expected: 'pinning that nothing turns off',
  maswe: 'MASWE-0047',
  fires: [
    code(
      'src/net.ts',
      "import { disableSslPinning } from 'react-native-ssl-public-key-pinning';",
      'export const reset = () => disableSslPinning();',
    ),
  ],
  passes: [
    code('src/net.ts', 'if (__DEV__) {', '  disableSslPinning();', '}'),
    code('src/net.test.ts', 'describe("pins", () => { it("stops", () => disableSslPinning()); });'),
  ],
});
