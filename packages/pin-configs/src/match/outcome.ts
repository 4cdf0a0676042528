import type { Place } from '../place.ts';

/** The connection about which is asked: a path that the platform's own validation ended in, or none. */
export interface Connection {
  readonly host: string;
  /** Epoch milliseconds by the device's clock. */
  readonly at: number;
  /** Offset of the device's time zone, minutes east of UTC. */
  readonly zoneMinutes: number;
  readonly build: 'release' | 'debug';
  /** Pins of the validated path, leaf first, anchor last; empty when no path was found. */
  readonly path: readonly string[];
  /** Where the path's anchor lies: the device's own store, a certificate its user added, or one in the app. */
  readonly anchor: 'system' | 'user' | 'app';
}

/** One step of the way to an answer, with the place in the configuration that decided it. */
export interface Step {
  readonly text: string;
  readonly place?: Place;
}

/**
 * Would this app connect? Three different answers, never a boolean: `crashes` when the platform refuses the whole
 * configuration, so that the app dies or no connection works.
 */
export interface Outcome {
  readonly answer: 'connects' | 'refused' | 'crashes';
  /** `unpinned` and `expired` connect by the trust store alone. */
  readonly because:
    | 'pin_matched'
    | 'unpinned'
    | 'expired'
    | 'overridden'
    | 'report_only'
    | 'no_pin_matched'
    | 'no_usable_pin'
    | 'untrusted'
    | 'configuration_invalid';
  readonly trace: readonly Step[];
}
