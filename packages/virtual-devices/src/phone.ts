import type { AttestationAdapter } from '@assay/client';
import { type Clock, ConfigError, type Fetch, type Random } from '@assay/core';
import { BOOT, ORIGIN, PURPOSE } from './android/key-description.ts';
import { type AndroidSpec, createAndroidPhone, type PhoneContext } from './android/phone.ts';
import type { VirtualApp } from './app.ts';
import { FAULTS, type Fault, type FaultRow } from './faults.ts';
import { createIosPhone, type IosSpec } from './ios/phone.ts';
import { createKeystore } from './keystore.ts';
import { ANDROID_MODELS, type AndroidModelId, IOS_MODELS, type IosModelId } from './models.ts';
import { VIRTUAL_DEVICES_REASONS } from './reasons.ts';
import type { TestRoots } from './roots.ts';
import { tamperingFetch } from './transport.ts';

interface PhoneOptions {
  readonly roots: TestRoots;
  readonly app: VirtualApp;
  readonly random: Random;
  readonly clock: Clock;
  /** What is wrong with it; nothing by default. */
  readonly faults?: readonly Fault[];
}

export type VirtualPhoneOptions =
  | (PhoneOptions & { readonly platform: 'android'; readonly model?: AndroidModelId })
  | (PhoneOptions & { readonly platform: 'ios'; readonly model?: IosModelId });

/** A test phone: the adapter of its platform, and what a demo shows of it. */
export type VirtualPhone = AttestationAdapter & {
  /** For example `Test Phone A1`. */
  readonly model: string;
  /** For people: the model with its faults, for example `Test Phone A1, unlocked bootloader`. */
  readonly label: string;
  readonly faults: readonly Fault[];
  /** The network as this phone sees it: faults on the way happen here. Hand the result to the client as its `fetch`. */
  through(fetch: Fetch): Fetch;
};

/**
 * Makes a test phone: byte-real evidence under test roots, wrong in exactly the points that `faults` names.
 *
 * @throws ConfigError `devices.fault_of_other_platform`
 */
export function createVirtualPhone(options: VirtualPhoneOptions): VirtualPhone {
  const { random, clock, faults = [] } = options;
  const context = { random, clock, keystore: createKeystore(random) };
  const { name, adapter, rows } = options.platform === 'android' ? android(options, context) : ios(options, context);
  const tamperings = rows.flatMap((row) => ('tampering' in row ? [row.tampering] : []));
  return {
    ...adapter,
    ...{ model: name, faults, label: [name, ...faults.map((fault) => FAULTS[fault].label.toLowerCase())].join(', ') },
    through: (fetch) => tamperingFetch(fetch, tamperings, context),
  };
}

function android(options: Extract<VirtualPhoneOptions, { platform: 'android' }>, context: PhoneContext) {
  const { roots, app, model = 'test-phone-a1', faults = [] } = options;
  const rows = differencesOf(faults, 'android');
  const adapter = createAndroidPhone(androidSpec(app, model, rows), roots, context);
  return { adapter, rows, name: ANDROID_MODELS[model].name };
}

function ios(options: Extract<VirtualPhoneOptions, { platform: 'ios' }>, context: PhoneContext) {
  const { roots, app, model = 'test-phone-i1', faults = [] } = options;
  const rows = differencesOf(faults, 'ios');
  const adapter = createIosPhone(iosSpec(app, model, rows), roots, context);
  return { adapter, rows, name: IOS_MODELS[model].name };
}

type Row<P extends 'android' | 'ios'> = NonNullable<FaultRow[P]>;

/** @throws ConfigError `devices.fault_of_other_platform` */
function differencesOf<P extends 'android' | 'ios'>(faults: readonly Fault[], platform: P): readonly Row<P>[] {
  return faults.map((fault) => {
    const row: FaultRow = FAULTS[fault];
    const difference = row[platform];
    if (difference !== undefined) return difference;
    const { code, summary, hint } = VIRTUAL_DEVICES_REASONS['devices.fault_of_other_platform'];
    throw new ConfigError(code, summary, { found: `${fault} on ${platform}`, hint });
  });
}

/** Apple's validation category of an app from the App Store. */
const APP_STORE = 4;

const asAsked = (binding: string): string => binding;

function androidSpec(app: VirtualApp, model: AndroidModelId, rows: readonly Row<'android'>[]): AndroidSpec {
  const genuine: AndroidSpec = {
    ...ANDROID_MODELS[model].traits,
    ...{ package: app.package, signer: app.signer, versionCode: app.versionCode },
    ...{ purposes: [PURPOSE.sign], origin: ORIGIN.generated, locked: true, bootState: BOOT.verified },
    ...{ authorities: 'genuine', chain: 'as_issued', challengeFor: asAsked },
  };
  return changed(genuine, rows);
}

function iosSpec(app: VirtualApp, model: IosModelId, rows: readonly Row<'ios'>[]): IosSpec {
  const genuine: IosSpec = {
    ...IOS_MODELS[model].traits,
    ...{ appId: app.appleId, bundleVersion: app.bundleVersion, environment: 'production', category: APP_STORE },
    ...{ authorities: 'genuine', counterStep: 1, challengeFor: asAsked },
  };
  return changed(genuine, rows);
}

function changed<S>(genuine: S, rows: readonly ({ readonly changes: Partial<S> } | object)[]): S {
  let spec = genuine;
  for (const row of rows) if ('changes' in row) spec = { ...spec, ...row.changes };
  return spec;
}
