import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { THREAT_NAMES, type ThreatName } from '@assay/core';
import { PROOFS, SIGNAL_PROVIDERS, SIGNALS, type SignalProvider, type SignalRow } from '../../src/signals/index.ts';

/** The page of signals and threats, made out of their tables. */
export const SIGNALS_PAGE: string = join(import.meta.dirname, '../../../../docs/signals.md');

const INTRO = `# Signals and threats

This page is made out of the tables in \`packages/policy/src/signals\` by \`node --conditions=@assay/source
packages/policy/test/signals/page.ts\`, and a test compares the two.

A *signal* is what a library inside the app says of its surroundings. Whoever controls the device controls the library, so a
signal is a hint: it can tighten a verdict and never loosen one, and silence is no proof of anything. A *threat* is what a
policy speaks of (\`threats.root\`, \`"hooks" in raised\`): one name, whoever raised it.

- **Proof outranks hints.** Where verified evidence speaks of a threat, the claim is not looked at; how a threat is known stands
  beside it. Among several proofs, and among several hints, the raised one counts.
- **Weight.** Every hint has a weight from 0 to 100, and \`weight\` in a policy is the sum over the raised threats that nothing
  proves, each once, by the heaviest provider that raised it. Weight 0 is recorded and counts nowhere.
- **Unknown signals** (another spelling, another platform, no row here) are ignored and counted.
- **Quarantine.** A release of a provider that raises a signal without cause is put aside by provider, its versions, builds of the
  operating system and signal, with a reason and an end: the signal is kept in the record and not believed.
- **Absence.** A provider that reported with the enrolment and has gone silent is named in \`history.silentProviders\`.
- **Nothing is required.** No preset needs a provider, closed or open.
`;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly string[]): string[] => [
  row(...head),
  `|${head.map(() => '---').join('|')}|`,
  ...rows,
  '',
];

export function renderSignals(): string {
  return [
    INTRO,
    '## Who reports, and what leaves the device',
    '',
    ...table(['provider', 'licence', 'what it sends, and to whom', 'read in'], SIGNAL_PROVIDERS.map(providerRow)),
    'Versions below are those of the first spelling.',
    '',
    ...SIGNAL_PROVIDERS.flatMap(providerSection),
    '## What evidence says of the same threats',
    '',
    'Rows that hold together are merged as above: a proof that raises a threat wins over one that rules it out.',
    '',
    ...THREAT_NAMES.filter((name) => PROOFS.some(({ threat }) => threat === name)).flatMap(proofSection),
    "Huawei's verifiers state `root`, `emulator` and `hooks` by themselves, out of the `detail` of a failed basic integrity.",
    '',
    '## Threats that only signals speak of',
    '',
    `${THREAT_NAMES.filter((name) => PROOFS.every(({ threat }) => threat !== name))
      .map((name) => `\`${name}\``)
      .join(', ')}.`,
    '',
  ].join('\n');
}

function providerRow({ names, title, licence, sends, source }: SignalProvider): string {
  return row(`${title}: ${names.map((name) => `\`${name}\``).join(', ')}`, licence, sends, source);
}

function providerSection({ names, title }: SignalProvider): string[] {
  const rows = SIGNALS.filter(({ provider }) => provider === names[0]);
  return [
    `### ${title}`,
    '',
    ...table(['signal', 'threat', 'on', 'since', 'weight', 'by default', 'looks at', 'fooled by'], rows.map(signalRow)),
  ];
}

function signalRow({ name, raisedBy, threat, platforms, since, weight, sees, fooledBy, sends }: SignalRow): string {
  const spelling = raisedBy ? `\`${name}\`` : `\`${name}\` = false`;
  const handling = weight === 0 ? 'recorded' : 'weighed';
  const looks = sends === undefined ? sees : `${sees} ${sends}`;
  return row(spelling, `\`${threat}\``, platforms.join(', '), since, String(weight), handling, looks, fooledBy);
}

/** The same words of several formats stand in one row. */
function proofSection(name: ThreatName): string[] {
  const rows = Map.groupBy(
    PROOFS.filter(({ threat }) => threat === name),
    ({ raised, when }) => `${raised} ${when}`,
  );
  const cells = [...rows.values()].flatMap((alike) => {
    const [first] = alike;
    const by = alike.map((each) => each.by).join(', ');
    return first === undefined
      ? []
      : [row(first.raised ? 'raised' : 'ruled out', first.known, by, first.when, first.means)];
  });
  return [`### \`${name}\``, '', ...table(['says', 'known', 'by', 'when', 'what that proves'], cells)];
}

if (process.argv[1] === import.meta.filename) writeFileSync(SIGNALS_PAGE, renderSignals());
