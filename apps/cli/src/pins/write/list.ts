import { TARGETS, type Target } from '@assay/pin-configs';
import type { Speech } from '../../speech.ts';

const OVERLAPS = {
  'most-specific': 'the most specific entry holds',
  union: 'all entries that fit are united',
} as const;
const POSITIONS = {
  any: 'any certificate of the path',
  'one-kind': 'leaf keys or CA keys, one kind for each host',
  leaf: 'the leaf alone',
} as const;
const TRANSPARENCY = { configured: 'yes', platform: 'asked for by the system', none: 'no' } as const;
const PINS = { spki: 'public keys', certificate: 'whole certificates: a renewal ends the app' } as const;

/** Shows what each target can express, and what has to be known about it. */
export function listTargets(speech: Speech): void {
  for (const target of TARGETS) listTarget(speech, target);
  speech.result({ schema: 'assay.pins.targets/1', targets: TARGETS.map(({ files: _files, ...about }) => about) });
}

function listTarget(speech: Speech, { id, title, can, caveats }: Target): void {
  speech.out(`${speech.paint('bold', id)}  ${title}`);
  const rows = {
    pins: PINS[can.pins],
    subdomains: can.subdomains.join(', '),
    overlap: OVERLAPS[can.overlap],
    compares: POSITIONS[can.positions],
    expires: yes(can.expires),
    'mode report': yes(can.reports),
    reportTo: yes(can.sendsReports),
    'trust private': yes(can.privateTrust),
    'ct required': TRANSPARENCY[can.transparency],
  };
  for (const [label, text] of Object.entries(rows)) speech.out(`  ${speech.paint('dim', label.padEnd(13))}  ${text}`);
  for (const caveat of caveats) speech.out(`  - ${caveat}`);
  speech.out();
}

const yes = (can: boolean): string => (can ? 'yes' : 'no');
