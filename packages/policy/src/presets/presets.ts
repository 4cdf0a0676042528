import { parsePolicy } from '../parse.ts';
import type { Policy } from '../policy.ts';
import { BANKING } from './banking.ts';
import { E_COMMERCE } from './e-commerce.ts';
import { ENTERPRISE } from './enterprise.ts';
import { HEALTH } from './health.ts';
import { IDENTITY_PROVIDER } from './identity-provider.ts';
import { NO_GOOGLE } from './no-google.ts';
import { PERMISSIVE } from './permissive.ts';
import { STANDARD } from './standard.ts';
import { STRICT_DEVELOPMENT_POLICY, STRICT_POLICY } from './strict.ts';

/** A policy to start from: used as it is by its name, or copied and changed. */
export interface Preset {
  readonly name: string;
  readonly title: string;
  /** Whom it is for, in one sentence. */
  readonly audience: string;
  /** Read from its text when it is first asked for. */
  readonly policy: Policy;
}

/** Presets change with releases: version 1 is that of this release. */
const VERSION = 1;

function preset(source: string, name: string, title: string, audience: string): Preset {
  let read: Policy | undefined;
  return {
    ...{ name, title, audience },
    get policy() {
      read ??= parsePolicy(source, { name, version: VERSION });
      return read;
    },
  };
}

/** Every preset: those of general use, then by trade. */
export const PRESETS: readonly Preset[] = [
  preset(STANDARD, 'standard', 'Standard', 'Most apps.'),
  preset(PERMISSIVE, 'permissive', 'Permissive', 'The first weeks of an app, to see what would be refused.'),
  {
    ...strict(STRICT_POLICY),
    title: 'Strict',
    audience: 'Apps that serve nothing but stock devices with hardware evidence.',
  },
  {
    ...strict(STRICT_DEVELOPMENT_POLICY),
    title: 'Strict, for development',
    audience: 'Issuers of kind development or staging: strict, with builds of a developer’s machine.',
  },
  preset(BANKING, 'banking', 'Banking', 'Apps that move money.'),
  preset(IDENTITY_PROVIDER, 'identity-provider', 'Identity provider', 'Wallets, and apps that other services believe.'),
  preset(HEALTH, 'health', 'Health', 'Patients, whatever phone they have.'),
  preset(E_COMMERCE, 'e-commerce', 'E-commerce', 'Shops and marketplaces, browsers too.'),
  preset(ENTERPRISE, 'enterprise', 'Enterprise', 'A company’s own people on devices that it manages.'),
  preset(NO_GOOGLE, 'no-google', 'Without Google', 'Apps that want nothing of Google at run time.'),
];

function strict(policy: Policy): Pick<Preset, 'name' | 'policy'> {
  return { name: policy.name, policy };
}

/** The policy of a preset, or undefined where no preset has this name. */
export function presetOf(name: string): Policy | undefined {
  return PRESETS.find((each) => each.name === name)?.policy;
}
