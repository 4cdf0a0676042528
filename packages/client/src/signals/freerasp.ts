import type { SignalSource, SourceSignal } from './source.ts';

type Os = 'android' | 'ios';

const BOTH = [
  ...['appIntegrity', 'privilegedAccess', 'debug', 'hooks', 'passcode', 'simulator', 'secureHardwareNotAvailable'],
  ...['systemVPN', 'deviceBinding', 'unofficialStore', 'screenshot', 'screenRecording', 'timeSpoofing'],
] as const;
const ANDROID = [
  ...['obfuscationIssues', 'devMode', 'malware', 'adbEnabled', 'multiInstance', 'locationSpoofing'],
  ...['unsecureWifi', 'automation'],
] as const;
const NAMES: Readonly<Record<Os, readonly string[]>> = { android: [...BOTH, ...ANDROID], ios: [...BOTH, 'deviceID'] };

/** What freeRASP is given: callbacks of its threats, and one for the end of its first round. */
export interface FreeRasp {
  readonly source: SignalSource;
  /** The second argument of `useFreeRasp`, or that of `setThreatListeners`. */
  readonly actions: Readonly<Record<string, () => void>>;
  /** The third one, of releases that have it. Until it was called, or a threat was, nothing is reported. */
  readonly stateActions: { readonly allChecksFinished: () => void };
}

/**
 * Signals of freeRASP for React Native, whose callbacks say what is wrong and never that all is well. Android's `malware` is
 * reported as such: which packages it names stays in the app.
 *
 * @param provider the spelling of another wrapper, for example `capacitor-freerasp`
 */
export function freeRaspSignals(version: string, os: Os, provider = 'freerasp'): FreeRasp {
  const raised = new Set<string>();
  let begin = (): void => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const raise = (name: string): void => {
    raised.add(name);
    begin();
  };
  const collect = async (): Promise<readonly SourceSignal[]> => {
    await begun;
    return NAMES[os].map((name) => ({ name, value: raised.has(name) }));
  };
  return {
    source: { provider, version, collect },
    actions: Object.fromEntries(NAMES[os].map((name) => [name, () => raise(name)])),
    stateActions: { allChecksFinished: () => begin() },
  };
}
