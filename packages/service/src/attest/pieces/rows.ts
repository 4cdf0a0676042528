import type { CustomRole, Role } from '@assay/tokens';
import { attestAndroid } from './android.ts';
import { appraiseAppCheck } from './app-check.ts';
import { assertApple, attestApple } from './apple.ts';
import { appraiseCustom } from './custom.ts';
import { appraiseDev } from './dev.ts';
import { readDeviceCheck } from './device-check.ts';
import type { Bench, Finding } from './finding.ts';
import { appraiseHarmony, appraiseHarmonyKey, appraiseHms } from './huawei.ts';
import { appraisePlayClassic, appraisePlayStandard } from './play.ts';
import { appraiseWeb } from './web.ts';

/** What a role's evidence is to an instance, and how it is appraised. */
export interface PieceRow {
  /** Format of the instances that it enrols, as facts and `FORMATS` spell it. */
  readonly format: string;
  /** Word for `degraded` when the vendor that must be asked does not answer. */
  readonly vendor?: string;
  /** Every piece says all that it has to say: what a newer one does not repeat is not so any more. */
  readonly restates: boolean;
  readonly appraise: (bench: Bench) => Finding | Promise<Finding>;
}

export const APPLE_FORMAT = 'apple-app-attest';
export const ANDROID_FORMAT = 'android-key';
/** Evidence of a key: it holds as long as the key. */
export const ATTESTED_EVIDENCE: readonly string[] = [APPLE_FORMAT, ANDROID_FORMAT];
export const HARMONY_KEY_FORMAT = 'harmony-key-attestation';

const PLAY = { format: 'play-integrity', vendor: 'play', restates: true } as const;

/** Every role whose evidence is verified here. One that is not here serves nothing. */
const ROWS: { readonly [R in Role]?: PieceRow } = {
  'apple-attest': { format: APPLE_FORMAT, restates: false, appraise: attestApple },
  'apple-assert': { format: APPLE_FORMAT, restates: false, appraise: assertApple },
  'android-key': { format: ANDROID_FORMAT, restates: false, appraise: attestAndroid },
  'play-standard': { ...PLAY, appraise: appraisePlayStandard },
  'play-classic': { ...PLAY, appraise: appraisePlayClassic },
  hms: { format: 'huawei-sysintegrity', restates: true, appraise: appraiseHms },
  'harmony-integrity': { format: 'harmony-sysintegrity', restates: true, appraise: appraiseHarmony },
  // Always refused, with a reason that says why.
  'harmony-key': { format: HARMONY_KEY_FORMAT, restates: false, appraise: appraiseHarmonyKey },
  'device-check': { format: 'apple-device-check', vendor: 'device_check', restates: true, appraise: readDeviceCheck },
  'app-check': { format: 'firebase-app-check', vendor: 'app_check', restates: true, appraise: appraiseAppCheck },
  web: { format: 'web', vendor: 'captcha', restates: true, appraise: appraiseWeb },
  dev: { format: 'dev', restates: true, appraise: appraiseDev },
};

export function isCustom(role: Role): role is CustomRole {
  return role.startsWith('x-');
}

/** The row of a role, or undefined where its evidence is not verified here. An operator's format has its role's name: no other's. */
export function pieceRow(role: Role): PieceRow | undefined {
  if (!isCustom(role)) return ROWS[role];
  return { format: role, restates: true, appraise: (bench) => appraiseCustom(role, bench) };
}
