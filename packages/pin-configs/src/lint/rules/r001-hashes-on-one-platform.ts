import type { Rule } from '../rule.ts';
import { code, factRule } from './support/fact-rule.ts';

/** R001: hashes that iOS does not read. */
export const rule: Rule = factRule({
  id: 'R001',
  name: 'hashes-on-one-platform',
  kind: 'android_only_pins',
  severity: 'warning',
  summary: 'react-native-ssl-pinning is given hashes, which it reads on Android alone.',
  why: 'With pkPinning the library hands certs to OkHttp. On iOS it uses AFNetworking, which reads .cer files of the bundle and not hashes.',
  attacker: 'on iOS: what the hashes were meant to stop',
  lockout: 'on iOS: every request fails when the certificates are not in the bundle',
  fix: 'Ship the .cer files for iOS, or state the pins in NSPinnedDomains.',
  expected: 'pins that both platforms read',
  maswe: 'MASWE-0047',
  fires: [
    code(
      'src/net.ts',
      "await fetch('https://api.example.com', { pkPinning: true, sslPinning: { certs: ['sha256/IH0oxHI46J7uM9kkm9vr64Ddm2qrmu0F3/JP54PLwMA='] } });",
    ),
  ],
  passes: [
    code('src/net.ts', "await fetch('https://api.example.com', { sslPinning: { certs: ['api.example.com'] } });"),
  ],
});
