import { parsePolicy } from './parse.ts';
import type { Policy } from './policy.ts';
import type { Requirement } from './requirement.ts';
import strict from './strict.json' with { type: 'json' };

/**
 * The policy for production. Android: hardware chain, key and attester at one hardware level, generated for signing
 * only, locked and verified boot. iOS: a production App Attest key, launched from the App Store or TestFlight where iOS
 * says so. There is no patch-level rule: which age is too old differs from app to app.
 *
 * iOS reaches `substantial` at most, since no hardware proves where the instance key lives.
 */
export const STRICT_POLICY: Policy = parsePolicy(strict);

const DEVELOPMENT: Readonly<Record<string, Requirement>> = {
  'ios.environment': { in: ['production', 'development'] },
  'ios.category': { in: ['testflight', 'app_store', 'development'] },
};

/** The same for issuers of kind `development` or `staging`: builds from a developer's machine pass too. */
export const STRICT_DEVELOPMENT_POLICY: Policy = parsePolicy({
  ...strict,
  name: 'strict-development',
  rules: strict.rules.map((rule) => ({ ...rule, require: DEVELOPMENT[rule.id] ?? rule.require })),
});
