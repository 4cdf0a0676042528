import type { SignalSource, SourceSignal } from './source.ts';

/** What is used of `react-native-device-info`: nothing that names a device. */
export interface DeviceInfo {
  isEmulator(): Promise<boolean>;
  isPinOrFingerprintSet(): Promise<boolean>;
}

/** Signals of react-native-device-info. */
export function deviceInfoSignals(library: DeviceInfo, version: string): SignalSource {
  const names = ['isEmulator', 'isPinOrFingerprintSet'] as const;
  const ask = async (name: keyof DeviceInfo): Promise<SourceSignal> => ({ name, value: await library[name]() });
  return { provider: 'react-native-device-info', version, collect: () => Promise.all(names.map(ask)) };
}
