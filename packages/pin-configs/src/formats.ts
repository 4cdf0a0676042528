import type { Format, PinSpelling } from './pinned-host.ts';

/** What differs between formats, as far as rules that hold for all of them must know. */
export interface FormatTraits extends PinSpelling {
  /** As people call it. */
  readonly title: string;
  /** The platform an app of this format runs on; `any` for files that serve several. */
  readonly platform: 'android' | 'ios' | 'harmony' | 'any';
  /** How a pin's end is read; undefined where the format has none. */
  readonly expires?: 'device-zone' | 'utc';
  /** How many distinct pins the format itself demands; the app ends with an error else. */
  readonly minimumPins?: number;
  /** What several entries that cover one host do. */
  readonly overlap: 'most-specific' | 'union' | 'exact-only';
}

/** The semantics table of the platforms, one row a format. */
export const FORMAT_TRAITS: Readonly<Record<Format, FormatTraits>> = {
  nsc: {
    title: 'Android Network Security Configuration',
    platform: 'android',
    prefix: '',
    onBadBase64: 'crash',
    onBadLength: 'crash',
    overlap: 'most-specific',
    expires: 'device-zone',
  },
  ats: {
    title: 'App Transport Security NSPinnedDomains',
    platform: 'ios',
    prefix: '',
    onBadBase64: 'drop',
    onBadLength: 'never-matches',
    overlap: 'union',
  },
  'trustkit-ios': {
    title: 'TrustKit for iOS',
    platform: 'ios',
    prefix: '',
    onBadBase64: 'crash',
    onBadLength: 'crash',
    overlap: 'most-specific',
    expires: 'utc',
    minimumPins: 2,
  },
  'trustkit-android': {
    title: 'TrustKit for Android',
    platform: 'android',
    prefix: '',
    onBadBase64: 'crash',
    onBadLength: 'crash',
    overlap: 'most-specific',
    expires: 'device-zone',
    minimumPins: 2,
  },
  okhttp: {
    title: 'OkHttp CertificatePinner',
    platform: 'android',
    prefix: 'sha256/',
    onBadBase64: 'crash',
    onBadLength: 'never-matches',
    overlap: 'union',
  },
  ktor: {
    title: 'Ktor CertificatePinner',
    platform: 'any',
    prefix: 'sha256/',
    onBadBase64: 'crash',
    onBadLength: 'never-matches',
    overlap: 'union',
  },
  harmony: {
    title: 'HarmonyOS network_config.json',
    platform: 'harmony',
    prefix: '',
    onBadBase64: 'unknown',
    onBadLength: 'unknown',
    overlap: 'most-specific',
    expires: 'device-zone',
  },
  'react-native': {
    title: 'React Native pinning',
    platform: 'any',
    prefix: '',
    onBadBase64: 'unknown',
    onBadLength: 'unknown',
    overlap: 'most-specific',
    expires: 'utc',
    minimumPins: 2,
  },
  flutter: {
    title: 'Flutter pinning',
    platform: 'any',
    prefix: '',
    onBadBase64: 'unknown',
    onBadLength: 'unknown',
    overlap: 'exact-only',
  },
  cordova: {
    title: 'Cordova and Capacitor pinning',
    platform: 'any',
    prefix: 'sha256/',
    onBadBase64: 'unknown',
    onBadLength: 'unknown',
    overlap: 'exact-only',
  },
  nativescript: {
    title: 'NativeScript pinning',
    platform: 'any',
    prefix: '',
    onBadBase64: 'unknown',
    onBadLength: 'unknown',
    overlap: 'exact-only',
  },
  alamofire: {
    title: 'Alamofire ServerTrustManager',
    platform: 'ios',
    prefix: '',
    onBadBase64: 'unknown',
    onBadLength: 'unknown',
    overlap: 'exact-only',
  },
  afnetworking: {
    title: 'AFNetworking AFSecurityPolicy',
    platform: 'ios',
    prefix: '',
    onBadBase64: 'unknown',
    onBadLength: 'unknown',
    overlap: 'exact-only',
  },
  urlsession: {
    title: 'URLSession delegate',
    platform: 'ios',
    prefix: '',
    onBadBase64: 'never-matches',
    onBadLength: 'never-matches',
    overlap: 'exact-only',
  },
  maui: {
    title: '.NET MAUI handler',
    platform: 'any',
    prefix: '',
    onBadBase64: 'never-matches',
    onBadLength: 'never-matches',
    overlap: 'exact-only',
  },
  curl: {
    title: 'curl --pinnedpubkey',
    platform: 'any',
    prefix: 'sha256//',
    onBadBase64: 'never-matches',
    onBadLength: 'never-matches',
    overlap: 'exact-only',
  },
  node: {
    title: 'Node checkServerIdentity',
    platform: 'any',
    prefix: '',
    onBadBase64: 'never-matches',
    onBadLength: 'never-matches',
    overlap: 'exact-only',
  },
  hpkp: {
    title: 'Public-Key-Pins (RFC 7469)',
    platform: 'any',
    prefix: '',
    onBadBase64: 'drop',
    onBadLength: 'drop',
    overlap: 'most-specific',
  },
  'pin-list': {
    title: 'list of pins',
    platform: 'any',
    prefix: 'sha256/',
    onBadBase64: 'unknown',
    onBadLength: 'unknown',
    overlap: 'union',
  },
  assay: {
    title: 'assay.pins.yaml',
    platform: 'any',
    prefix: '',
    onBadBase64: 'crash',
    onBadLength: 'crash',
    overlap: 'most-specific',
    expires: 'utc',
  },
};
