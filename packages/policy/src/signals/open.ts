import type { Platform } from '@assay/core';
import { rowsOf, type SignalProvider, type SignalRow } from './row.ts';

const BOTH: readonly Platform[] = ['android', 'ios'];
const ANDROID: readonly Platform[] = ['android'];

export const JAIL_MONKEY: SignalProvider = {
  names: ['jail-monkey'],
  title: 'jail-monkey',
  licence: 'MIT',
  sends: 'Nothing by itself.',
  source: 'GantMan/jail-monkey 3.0.0 of 2026-02-21, Android sources and typings',
};

/** `trustFall` is left out: it is `isJailBroken` or `canMockLocation`, which say more one by one. */
export const JAIL_MONKEY_SIGNALS: readonly SignalRow[] = rowsOf(JAIL_MONKEY, {
  isJailBroken: {
    threat: 'root',
    platforms: BOTH,
    since: '3.0.0',
    weight: 25,
    sees: 'Files, packages and properties by RootBeer and a list of its own (Android), paths and sandbox writes (iOS).',
    fooledBy: 'Every hiding module. An installed ROM manager alone has raised it.',
  },
  canMockLocation: {
    threat: 'location_spoofing',
    platforms: BOTH,
    since: '3.0.0',
    weight: 5,
    sees: 'That some installed app may mock locations, not that one does (Android).',
    fooledBy: 'Any hook. Developer tools and delivery apps raise it without cause.',
  },
  hookDetected: {
    threat: 'hooks',
    platforms: ANDROID,
    since: '3.0.0',
    weight: 25,
    sees: 'A list of packages (Xposed, Substrate, root managers), stack frames of Xposed, a service called frida-server.',
    fooledBy: 'Other names; package visibility since Android 11 hides the list. An installed root manager is no hook.',
  },
  isDebuggedMode: {
    threat: 'debugger',
    platforms: BOTH,
    since: '3.0.0',
    weight: 25,
    sees: 'A debugger attached, or the debuggable flag of the build.',
    fooledBy: 'Any hook; instrumentation without a debugger.',
  },
  isOnExternalStorage: {
    threat: 'external_storage',
    platforms: ANDROID,
    since: '3.0.0',
    weight: 0,
    sees: 'The app is installed on external storage.',
    fooledBy: 'Nothing to fool: it is the choice of the owner.',
  },
  AdbEnabled: {
    threat: 'adb',
    platforms: ANDROID,
    since: '3.0.0',
    weight: 5,
    sees: 'The setting for USB debugging.',
    fooledBy: 'Any hook.',
  },
  isDevelopmentSettingsMode: {
    threat: 'developer_mode',
    platforms: ANDROID,
    since: '3.0.0',
    weight: 5,
    sees: 'The setting for developer options.',
    fooledBy: 'Any hook.',
  },
});

export const DEVICE_INFO: SignalProvider = {
  names: ['react-native-device-info'],
  title: 'react-native-device-info',
  licence: 'MIT',
  sends: 'Nothing by itself. The package can read identifiers of the device: do not send them.',
  source: 'react-native-device-info 15.0.2, README; issues 1177, 1450 and 1512 on emulators that it does not see',
};

export const DEVICE_INFO_SIGNALS: readonly SignalRow[] = rowsOf(DEVICE_INFO, {
  isEmulator: {
    threat: 'emulator',
    platforms: BOTH,
    since: '0.11.0',
    weight: 25,
    sees: 'Words in the build properties (Android), the simulator target (iOS).',
    fooledBy: 'BlueStacks, Nox and every image with the properties of a phone.',
  },
  isPinOrFingerprintSet: {
    threat: 'no_passcode',
    platforms: BOTH,
    since: '0.11.0',
    raisedBy: false,
    weight: 0,
    sees: 'Whether a lock screen is set.',
    fooledBy: 'Any hook. It speaks of the owner, not of an attack.',
  },
});

export const ASSAY: SignalProvider = {
  names: ['assay'],
  title: 'The Assay SDK',
  licence: 'Apache-2.0',
  sends: 'To your own Assay server, inside the signed statement, and to nobody else.',
  source: 'the SDK itself',
};

export const ASSAY_SIGNALS: readonly SignalRow[] = rowsOf(ASSAY, {
  pin_failure: {
    threat: 'interception',
    platforms: BOTH,
    since: '0.1.0',
    weight: 30,
    sees: 'A connection to a pinned host was refused by its pins since the last statement.',
    fooledBy:
      'Whoever hooks TLS also hooks the report. Captive portals, inspecting companies and a forgotten pin raise it without an attack.',
  },
  clock_moved: {
    threat: 'time_spoofing',
    platforms: BOTH,
    since: '0.1.0',
    weight: 5,
    sees: 'The wall clock jumped against the clock of the server.',
    fooledBy: 'Any hook on both clocks. Travellers and old batteries raise it.',
  },
  key_in_software: {
    threat: 'no_secure_hardware',
    platforms: BOTH,
    since: '0.1.0',
    weight: 20,
    sees: 'The key store would not make the instance key in hardware.',
    fooledBy: 'A hooked key store. Attestation answers this question with proof.',
  },
});
