import type { Rule } from '../rule.ts';
import { code, factRule } from './support/fact-rule.ts';

/** C017: certificates of users are trusted by request. */
export const rule: Rule = factRule({
  id: 'C017',
  name: 'user-authorities',
  kind: 'user_trust',
  severity: 'warning',
  summary: 'Code asks for the trust of certificates that users added.',
  why: "The mode 'legacy' of cordova-plugin-advanced-http trusts the device's own and the user's certificates; 'default' trusts the device's own on Android 7 and later.",
  attacker: 'intercepts after having a certificate installed on the device',
  lockout: 'nobody',
  fix: "Use 'default', or 'pinned' with certificates in www/certificates.",
  expected: "the mode 'default' or 'pinned'",
  fires: [code('src/net.ts', "cordova.plugin.http.setServerTrustMode('legacy', done, failed);")],
  passes: [code('src/net.ts', "cordova.plugin.http.setServerTrustMode('pinned', done, failed);")],
});
