import {
  type AppLicensing,
  type AppRecognition,
  claimed,
  type Facts,
  type IntegrityLabel,
  noFacts,
  type PlayProtect,
  proven,
} from '@assay/core';
import { signersOf } from './digests.ts';
import type { PlayPayload } from './payload.ts';

/** Name of the format in facts. */
export const PLAY_INTEGRITY = 'play-integrity';

/** Play's words for what facts say. A word that is not here says nothing: Play adds some, and silence is no proof. */
const RECOGNITION: ReadonlyMap<string, AppRecognition> = new Map([
  ['PLAY_RECOGNIZED', 'recognized'],
  ['UNRECOGNIZED_VERSION', 'unrecognized_version'],
  ['UNEVALUATED', 'unevaluated'],
]);
const LICENSING: ReadonlyMap<string, AppLicensing> = new Map([
  ['LICENSED', 'licensed'],
  ['UNLICENSED', 'unlicensed'],
  ['UNEVALUATED', 'unevaluated'],
]);
const LABELS: ReadonlyMap<string, IntegrityLabel> = new Map([
  ['MEETS_BASIC_INTEGRITY', 'basic'],
  ['MEETS_DEVICE_INTEGRITY', 'device'],
  ['MEETS_STRONG_INTEGRITY', 'strong'],
  ['MEETS_VIRTUAL_INTEGRITY', 'virtual'],
]);
const PLAY_PROTECT: ReadonlyMap<string, PlayProtect> = new Map([
  ['NO_ISSUES', 'no_issues'],
  ['NO_DATA', 'no_data'],
  ['POSSIBLE_RISK', 'possible_risk'],
  ['MEDIUM_RISK', 'medium_risk'],
  ['HIGH_RISK', 'high_risk'],
  ['UNEVALUATED', 'unevaluated'],
]);
const ACTIVITY: ReadonlyMap<string, number> = new Map([
  ['LEVEL_1', 1],
  ['LEVEL_2', 2],
  ['LEVEL_3', 3],
  ['LEVEL_4', 4],
]);
const RISK_WORD = /^[A-Z][A-Z_]{0,39}$/;
const RECALL_BITS = [
  ['bitFirst', 'bit0'],
  ['bitSecond', 'bit1'],
  ['bitThird', 'bit2'],
] as const;

const NOTHING = noFacts();

function asProven<T>(value: T | undefined) {
  return proven(value, PLAY_INTEGRITY);
}

/**
 * What a verified verdict shows. Google's servers say it, so it is proven, but for the package of an app that Play did not
 * evaluate: that is the word of whoever asked. Where the key is kept, Play does not know. Which threats follow from labels
 * and risks is for the policy's table of proofs to say.
 */
export function playFacts(payload: PlayPayload, requestPackage: string): Facts {
  return {
    ...NOTHING,
    evidence: [PLAY_INTEGRITY],
    platform: asProven('android'),
    app: appFacts(payload, requestPackage),
    device: deviceFacts(payload),
    runtime: runtimeFacts(payload),
  };
}

function appFacts({ appIntegrity = {}, accountDetails }: PlayPayload, requestPackage: string): Facts['app'] {
  const { packageName, versionCode, certificateSha256Digest, appRecognitionVerdict = '' } = appIntegrity;
  const signers = certificateSha256Digest && signersOf(certificateSha256Digest);
  return {
    ...NOTHING.app,
    id: packageName === undefined ? claimed(requestPackage, PLAY_INTEGRITY) : asProven(packageName),
    signers: asProven(signers?.filter((signer) => signer !== undefined)),
    build: asProven(versionCode?.toString()),
    recognition: asProven(RECOGNITION.get(appRecognitionVerdict)),
    licensing: asProven(LICENSING.get(accountDetails?.appLicensingVerdict ?? '')),
  };
}

function deviceFacts({ deviceIntegrity }: PlayPayload): Facts['device'] {
  return {
    ...NOTHING.device,
    sdk: asProven(deviceIntegrity?.deviceAttributes?.sdkVersion),
    // An integrity field without labels says that the device meets none of them.
    labels: asProven(deviceIntegrity && labelsOf(deviceIntegrity.deviceRecognitionVerdict)),
  };
}

/** Labels in Play's order; those that an app made up for itself in the console are not for facts. */
export function labelsOf(words: readonly string[] = []): readonly IntegrityLabel[] {
  return words.map((word) => LABELS.get(word)).filter((label) => label !== undefined);
}

function runtimeFacts({ deviceIntegrity = {}, environmentDetails = {} }: PlayPayload): Facts['runtime'] {
  const { recentDeviceActivity, deviceRecall } = deviceIntegrity;
  const { playProtectVerdict = '', appAccessRiskVerdict } = environmentDetails;
  const bits = deviceRecall?.values;
  return {
    ...NOTHING.runtime,
    playProtect: asProven(PLAY_PROTECT.get(playProtectVerdict)),
    accessRisk: asProven(appAccessRiskVerdict?.appsDetected && risksOf(appAccessRiskVerdict.appsDetected)),
    activityLevel: asProven(ACTIVITY.get(recentDeviceActivity?.deviceActivityLevel ?? '')),
    deviceBits: asProven(bits && RECALL_BITS.filter(([name]) => bits[name] === true).map(([, bit]) => bit)),
  };
}

function risksOf(words: readonly string[]): readonly string[] {
  return words.filter((word) => RISK_WORD.test(word)).map((word) => word.toLowerCase());
}
