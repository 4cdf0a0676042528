import { TARGETS } from '../../src/write/targets/index.ts';

const POSITIONS = { any: 'any', 'one-kind': 'leaf or CA keys', leaf: 'leaf' } as const;
const TRANSPARENCY = { configured: 'yes', platform: 'system', none: '–' } as const;
const yes = (can: boolean): string => (can ? 'yes' : '–');

/** The table of targets in docs/pins-write.md. */
export function targetsTable(): string {
  const rows = TARGETS.map(({ id, title, can }) => [
    `\`${id}\``,
    title,
    can.subdomains.join(', '),
    can.overlap === 'union' ? 'united' : 'most specific',
    can.pins === 'certificate' ? 'certificates' : POSITIONS[can.positions],
    yes(can.expires),
    yes(can.reports),
    yes(can.sendsReports),
    yes(can.privateTrust),
    TRANSPARENCY[can.transparency],
  ]);
  const head = ['target', 'writes', 'subdomains', 'overlap', 'compares', 'expires', 'report', 'sends', 'private', 'CT'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
