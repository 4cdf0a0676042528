import type { Rule } from '../rule.ts';
import { code, factRule } from './support/fact-rule.ts';

/** C011: pins come from a service without a signature. */
export const rule: Rule = factRule({
  id: 'C011',
  name: 'remote-pins',
  kind: 'remote_pins',
  severity: 'warning',
  summary: 'Pins are taken from a remote configuration.',
  why: 'The pins are then as strong as the connection that brought them, which they do not protect, and as the account that edits them. Whether a signature is checked afterwards cannot be told from the code that was read.',
  attacker: 'delivers pins of their own to a device whose configuration they can answer',
  lockout: 'everybody, when the entry is emptied or mistyped',
  fix: 'Take pins from a signed set whose key is in the app, and keep built-in ones for the first start.',
  expected: 'pins that are built in or signed',
  maswe: 'MASWE-0047',
  fires: [
    code(
      'app/src/main/java/com/example/Net.kt',
      'val pins = FirebaseRemoteConfig.getInstance().getString("ssl_pins").split(",")',
      'val pinner = CertificatePinner.Builder().add(host, *pins.toTypedArray()).build()',
    ),
    code('lib/net.dart', "final prints = FirebaseRemoteConfig.instance.getString('fingerprints').split(',');"),
  ],
  passes: [
    code(
      'app/src/main/java/com/example/Net.kt',
      'val color = FirebaseRemoteConfig.getInstance().getString("button_color")',
    ),
    code('app/src/main/java/com/example/Net.kt', 'val pins = preferences.getString("ssl_pins", "")'),
  ],
});
