import type { Platform } from '@assay/core';
import { rowsOf, type SignalProvider, type SignalRow } from './row.ts';

/** Callbacks as in `src/models/threat.ts` of the React Native package, whose versions these are; its changelog dates them. */
export const FREERASP: SignalProvider = {
  names: ['freerasp', 'capacitor-freerasp', 'cordova-freerasp', 'flutter-freerasp'],
  title: 'Talsec freeRASP',
  licence: 'wrappers MIT, core closed; free within a fair-usage limit',
  sends:
    'To Talsec: integrity of app and system, device model, an anonymous id of the install and of the device, each incident; a weekly report by mail to `watcherMail`. Cannot be turned off in the free edition.',
  source: 'talsec/Free-RASP-ReactNative of 2026-05-13; docs.talsec.app, user data policies, read 2026-11-21',
};

const BOTH: readonly Platform[] = ['android', 'ios'];
const ANDROID: readonly Platform[] = ['android'];
const IOS: readonly Platform[] = ['ios'];

export const FREERASP_SIGNALS: readonly SignalRow[] = rowsOf(FREERASP, {
  appIntegrity: {
    threat: 'repackaged',
    platforms: BOTH,
    since: '3.0.0',
    weight: 60,
    sees: 'Package or bundle id and signing certificate against the configuration inside the app.',
    fooledBy:
      'Whoever repackages the app can change the configuration with it. It has fired for every user after a change of the signing key or of the vendor.',
  },
  privilegedAccess: {
    threat: 'root',
    platforms: BOTH,
    since: '3.0.0',
    weight: 40,
    sees: 'Traces of su, Magisk, KernelSU, jailbreaks.',
    fooledBy:
      'Hiding modules that serve a clean view to chosen apps. New systems have raised it without cause for every device of a version.',
  },
  debug: {
    threat: 'debugger',
    platforms: BOTH,
    since: '3.0.0',
    weight: 40,
    sees: 'A debugger attached, or a debuggable build.',
    fooledBy: 'Hooks on the check; instrumentation that needs no debugger.',
  },
  hooks: {
    threat: 'hooks',
    platforms: BOTH,
    since: '3.0.0',
    weight: 60,
    sees: 'Frida, Xposed, LSPosed, Shadow and the like in the process.',
    fooledBy: 'A hook that is there first answers for the check; renamed or embedded gadgets.',
  },
  passcode: {
    threat: 'no_passcode',
    platforms: BOTH,
    since: '3.0.0',
    weight: 0,
    sees: 'No lock screen is set.',
    fooledBy: 'Any hook. It speaks of the owner, not of an attack.',
  },
  simulator: {
    threat: 'emulator',
    platforms: BOTH,
    since: '3.0.0',
    weight: 50,
    sees: 'Properties, files and sensors of emulators and simulators.',
    fooledBy: 'Images whose properties are those of a phone; phones in device farms are real.',
  },
  secureHardwareNotAvailable: {
    threat: 'no_secure_hardware',
    platforms: BOTH,
    since: '3.0.0',
    weight: 20,
    sees: 'A key store without hardware.',
    fooledBy: 'A hooked answer of the key store. Attestation answers this question with proof.',
  },
  systemVPN: {
    threat: 'vpn',
    platforms: BOTH,
    since: '3.8.0',
    weight: 0,
    sees: 'A VPN interface.',
    fooledBy: 'A proxy or router needs no VPN. Many honest people use one.',
  },
  deviceBinding: {
    threat: 'device_changed',
    platforms: BOTH,
    since: '3.0.0',
    weight: 15,
    sees: 'Data of the app on another device than the one that it was bound to.',
    fooledBy: 'Copying the binding too. A new phone restored from a backup raises it without cause.',
  },
  deviceID: {
    threat: 'device_changed',
    platforms: IOS,
    since: '3.0.0',
    weight: 15,
    sees: 'The identifier for vendors is another one.',
    fooledBy: 'A reinstall changes the identifier by itself.',
  },
  unofficialStore: {
    threat: 'unofficial_store',
    platforms: BOTH,
    since: '3.0.0',
    weight: 30,
    sees: 'The installer that the system names, against a list.',
    fooledBy:
      'An installer name can be given at installation (`adb install -i`). Other stores, and test tracks, raise it without cause.',
  },
  screenshot: {
    threat: 'screenshot',
    platforms: BOTH,
    since: '3.14.0',
    weight: 0,
    sees: 'A screenshot was taken.',
    fooledBy: 'A camera, a capture below the system. People take screenshots.',
  },
  screenRecording: {
    threat: 'screen_recording',
    platforms: BOTH,
    since: '3.14.0',
    weight: 15,
    sees: 'The screen is being recorded or mirrored.',
    fooledBy: 'Capture by accessibility services or below the system. Casting to a television raises it.',
  },
  timeSpoofing: {
    threat: 'time_spoofing',
    platforms: BOTH,
    since: '4.3.0 (Android), 4.5.0 (iOS)',
    weight: 10,
    sees: 'The clock of the device is off.',
    fooledBy: 'Answers of the time source. A wrong clock is mostly a wrong clock.',
  },
  obfuscationIssues: {
    threat: 'not_obfuscated',
    platforms: ANDROID,
    since: '3.0.0',
    weight: 0,
    sees: 'Names in the code that were not shortened.',
    fooledBy: 'Nothing to fool: it speaks of the build, and belongs into its checks.',
  },
  devMode: {
    threat: 'developer_mode',
    platforms: ANDROID,
    since: '3.8.0',
    weight: 5,
    sees: 'Developer options are on.',
    fooledBy: 'Turning them off while the app starts; any hook.',
  },
  malware: {
    threat: 'malware',
    platforms: ANDROID,
    since: '3.10.0',
    weight: 30,
    sees: 'Installed packages, hashes and sets of permissions against lists in the app.',
    fooledBy: 'A package under another name. Long lists of permissions hit honest apps.',
    sends:
      'The app gets name, version, icon, permissions and installer of each suspicious package: do not send them on.',
  },
  adbEnabled: {
    threat: 'adb',
    platforms: ANDROID,
    since: '3.11.0',
    weight: 10,
    sees: 'USB or wireless debugging is on.',
    fooledBy: 'Any hook; turning it off after the attack was set up.',
  },
  multiInstance: {
    threat: 'cloned',
    platforms: ANDROID,
    since: '4.2.0',
    weight: 25,
    sees: 'The app runs inside a cloning app.',
    fooledBy: 'Cloners that are not known yet. Work profiles and dual apps of makers may raise it.',
  },
  locationSpoofing: {
    threat: 'location_spoofing',
    platforms: ANDROID,
    since: '4.3.0',
    weight: 15,
    sees: 'Mock locations.',
    fooledBy: 'Radio or system level spoofing.',
  },
  unsecureWifi: {
    threat: 'unsafe_wifi',
    platforms: ANDROID,
    since: '4.3.0',
    weight: 0,
    sees: 'A Wi-Fi network without encryption.',
    fooledBy: 'A hostile network can be encrypted. Pins and TLS answer this question.',
  },
  automation: {
    threat: 'automation',
    platforms: ANDROID,
    since: '4.4.0',
    weight: 30,
    sees: 'Appium and other drivers of the user interface.',
    fooledBy: 'Drivers by accessibility services or by camera and finger. Screen readers must not raise it.',
  },
});
