import type { SignalSource, SourceSignal } from './source.ts';

type Answer = boolean | Promise<boolean>;

/** What is used of `jail-monkey`, default export: some answer at once and some later. */
export interface JailMonkey {
  isJailBroken(): Answer;
  canMockLocation(): Answer;
  isDebuggedMode(): Answer;
  hookDetected(): Answer;
  isOnExternalStorage(): Answer;
  AdbEnabled(): Answer;
  isDevelopmentSettingsMode(): Answer;
}

const BOTH = ['isJailBroken', 'canMockLocation', 'isDebuggedMode'] as const;
const ANDROID = ['hookDetected', 'isOnExternalStorage', 'AdbEnabled', 'isDevelopmentSettingsMode'] as const;

/** Signals of jail-monkey. `trustFall` is left out: it is `isJailBroken` or `canMockLocation`, which say more one by one. */
export function jailMonkeySignals(library: JailMonkey, version: string, os: 'android' | 'ios'): SignalSource {
  const names = os === 'android' ? [...BOTH, ...ANDROID] : BOTH;
  const ask = async (name: keyof JailMonkey): Promise<SourceSignal> => ({ name, value: await library[name]() });
  return { provider: 'jail-monkey', version, collect: () => Promise.all(names.map(ask)) };
}
