import type { Place } from '../place.ts';

/** A network stack that an app carries, and which pinning mechanisms reach its traffic. */
export interface StackUse {
  /** `okhttp`, `urlsession`, `flutter-dart-io`, `cronet`, `grpc-core`, `react-native-fetch`, `webview`, … */
  readonly stack: string;
  /** What it was told by: a dependency, a library file, a class. */
  readonly evidence: string;
  readonly place: Place;
}
