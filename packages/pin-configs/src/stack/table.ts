/** What can reach a stack's traffic without code of its own. */
export type Mechanism = 'nsc' | 'ats' | 'okhttp' | 'trustkit-ios' | 'harmony';

export interface StackRow {
  readonly title: string;
  /** Pins of these mechanisms hold for the stack's connections. */
  readonly reachedBy: readonly Mechanism[];
  /** The platforms on which the stack runs. */
  readonly platforms: readonly ('android' | 'ios' | 'harmony')[];
  /** Where that is said. */
  readonly source: string;
}

/**
 * Which pinning mechanisms reach which stack. The NSC is read by the platform's own trust manager: a stack that validates by
 * itself never asks it. `NSPinnedDomains` is read by CFNetwork. A stack that nobody has told of is absent, not unreached.
 */
export const STACKS: Readonly<Record<string, StackRow>> = {
  okhttp: {
    title: 'OkHttp',
    reachedBy: ['nsc', 'okhttp'],
    platforms: ['android'],
    source: 'developer.android.com/privacy-and-security/security-config; OkHttp CertificatePinner',
  },
  'react-native-fetch': {
    title: 'React Native fetch',
    reachedBy: ['nsc', 'okhttp', 'ats', 'trustkit-ios'],
    platforms: ['android', 'ios'],
    source: 'React Native NetworkingModule: OkHttp on Android, NSURLSession on iOS',
  },
  urlsession: {
    title: 'URLSession',
    reachedBy: ['ats', 'trustkit-ios'],
    platforms: ['ios'],
    source: 'developer.apple.com, NSPinnedDomains',
  },
  'flutter-dart-io': {
    title: 'Flutter (dart:io)',
    reachedBy: ['ats'],
    platforms: ['android', 'ios'],
    source: 'flutter/flutter#89124, #96722: BoringSSL of its own; on iOS it was seen to obey NSPinnedDomains',
  },
  cronet: {
    title: 'Cronet',
    reachedBy: [],
    platforms: ['android'],
    source: 'CronetEngine.Builder.addPublicKeyPins: pins of its own',
  },
  'grpc-core': {
    title: 'gRPC C core',
    reachedBy: [],
    platforms: ['android', 'ios'],
    source: 'grpc/grpc: BoringSSL and roots of its own',
  },
  'ktor-cio': {
    title: 'Ktor CIO',
    reachedBy: [],
    platforms: ['android'],
    source: 'Ktor CIO: TLS of its own; the platform refuses its host-less check where domain-configs exist',
  },
  'harmony-rcp': {
    title: 'Remote Communication Kit',
    reachedBy: [],
    platforms: ['harmony'],
    source: 'measured on API 24: trust-anchors and pin-set of network_config.json are not applied to RCP sessions',
  },
  'native-openssl': {
    title: 'OpenSSL or BoringSSL in native code',
    reachedBy: [],
    platforms: ['android', 'ios'],
    source: 'the library validates by itself',
  },
  'dart-security-context': {
    title: 'a SecurityContext with roots of its own',
    reachedBy: [],
    platforms: [],
    source: 'api.dart.dev, SecurityContext',
  },
  'wultra-pinning': {
    title: 'Wultra dynamic pinning',
    reachedBy: ['nsc', 'ats'],
    platforms: ['android', 'ios'],
    source: 'wultra/ssl-pinning-android, ssl-pinning-ios',
  },
  'approov-pinning': {
    title: 'Approov dynamic pinning',
    reachedBy: ['nsc', 'ats'],
    platforms: ['android', 'ios'],
    source: 'approov-service-okhttp, approov-service-urlsession',
  },
  'code-push': {
    title: 'CodePush',
    reachedBy: [],
    platforms: [],
    source: 'microsoft/react-native-code-push: code signing is an option',
  },
  'expo-updates': {
    title: 'expo-updates',
    reachedBy: [],
    platforms: [],
    source: 'docs.expo.dev/eas-update/code-signing: an option',
  },
  'http-certificate-pinning': {
    title: 'http_certificate_pinning',
    reachedBy: [],
    platforms: [],
    source: 'diefferson/http_certificate_pinning',
  },
};

/** Stacks that carry pins which change without a release. */
export const DYNAMIC_STACKS: ReadonlySet<string> = new Set(['wultra-pinning', 'approov-pinning']);
/** Stacks that bring new script code without a release. */
export const OVER_THE_AIR_STACKS: ReadonlySet<string> = new Set(['code-push', 'expo-updates']);
