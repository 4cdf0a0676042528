import type { Connection } from '../../src/match/outcome.ts';

export const LEAF = 'bGVhZmxlYWZsZWFmbGVhZmxlYWZsZWFmbGVhZmxlYWY=';
export const CA = 'Y2FjYWNhY2FjYWNhY2FjYWNhY2FjYWNhY2FjYWNhY2E=';
export const ROOT = 'cm9vdHJvb3Ryb290cm9vdHJvb3Ryb290cm9vdHJvb3Q=';
export const OTHER = 'b3RoZXJvdGhlcm90aGVyb3RoZXJvdGhlcm90aGVyb3Q=';

/** A connection to a host by a path of three certificates. */
export function connectionTo(host: string, change: Partial<Connection> = {}): Connection {
  const at = Date.UTC(2026, 10, 21);
  return { host, at, zoneMinutes: 0, build: 'release', path: [LEAF, CA, ROOT], anchor: 'system', ...change };
}
