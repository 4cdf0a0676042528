import type { NscConfig } from '../../src/android/nsc.ts';
import { readNsc } from '../../src/android/read-nsc.ts';
import type { Connection } from '../../src/match/outcome.ts';
import { createPlacer } from '../../src/place.ts';
import { parseXml } from '../../src/xml/read.ts';

/** Pins that are no one's: equal bytes throughout. */
export const PIN_A: string = Buffer.alloc(32, 1).toString('base64');
export const PIN_B: string = Buffer.alloc(32, 2).toString('base64');
export const PIN_C: string = Buffer.alloc(32, 3).toString('base64');

export const PINS = `<pin digest="SHA-256">${PIN_A}</pin><pin digest="SHA-256">${PIN_B}</pin>`;

export function nscOf(inner: string): NscConfig {
  const text = `<network-security-config xmlns:tools="http://schemas.android.com/tools">\n${inner}\n</network-security-config>`;
  return readNsc('n.xml', parseXml('n.xml', text), createPlacer('n.xml', text));
}

/** One domain-config for `a.example` with the parts given. */
export const domainConfig = (parts: string, attributes = ''): string =>
  `<domain-config${attributes}><domain>a.example</domain>${parts}</domain-config>`;

export const connectionTo = (host: string, changes: Partial<Connection> = {}): Connection => ({
  host,
  at: Date.UTC(2030, 0, 1),
  zoneMinutes: 0,
  build: 'release',
  path: [PIN_C, PIN_A],
  anchor: 'system',
  ...changes,
});
