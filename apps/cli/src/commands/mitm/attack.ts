import { type AttackReport, isControlled, runAttacks, toDocument } from '@assay/mitm/attacks';
import { type Command, operandsOf, textOf, textsOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { chosenAttacks } from '../../mitm/attack/chosen.ts';
import { type AttackLab, openAttackLab } from '../../mitm/attack/lab.ts';
import { reportFiles } from '../../mitm/attack/report-files.ts';
import { createShow, showSummary } from '../../mitm/attack/show.ts';
import { openStaging, stagingOf } from '../../mitm/attack/staging.ts';
import { signalOf } from '../../mitm/orphan.ts';

const HELP = `
Tries what an attacker can do once pinning is bypassed: a proxy whose authority the client trusts stands between virtual
phones and the server and APIs that they call, reads everything, and replays, strips, swaps, alters, downgrades and forges.
Each attack must be refused, by the server, the API or the client, for the right reason. All of it is a lab on loopback,
in a temporary folder that is removed at the end; the client is the real SDK, the server the real server. The report ends
with what the attacker still sees, computed from what passed. docs/mitm-attacks.md describes every attack.

  --api URL                attack an API of your own instead of the lab: the address that the client calls, by GET
  --issuer URL             the issuer of its tokens, https://HOST/t/TENANT/e/ENV
  --exec COMMAND           that client, run by sh -c for each call: it speaks through HTTPS_PROXY, trusts the authority in
                           the file ASSAY_CA, calls ASSAY_URL, and pins nothing. Only what takes a captured call is tried
                           then; what is refused is told by the public code
  --only IDS               attacks by id or group, separated by commas; may be given more than once
  --report FILE            write a report; .json, .xml (JUnit) or .html; may be given more than once
  --json                   one JSON document, schema assay.mitm.attack/1

Exit codes: 0 every attack was refused for the right reason, 1 one succeeded, 2 usage, 3 a report cannot be written,
4 none succeeded, but one could not be carried out or was refused for another reason, or the untouched client did not get
through: that is never a pass.

Examples:
  assay mitm attack
  assay mitm attack --only token,proof-raced --report attacks.html
`;

export const mitmAttackCommand: Command = {
  name: 'mitm attack',
  operands: '[options]',
  summary: 'Tries what an attacker can do once pinning is bypassed.',
  help: HELP,
  options: {
    api: { type: 'string' },
    issuer: { type: 'string' },
    exec: { type: 'string' },
    only: { type: 'string', multiple: true },
    report: { type: 'string', multiple: true },
  },
  run: (world, operands, values) => {
    const staging = stagingOf(values);
    if (staging === undefined) return attackWith(world, operands, values, openAttackLab);
    return attackWith(world, operands, values, () => openStaging(world, staging));
  },
};

/** With another lab than the sound one, to see that attacks on it succeed. */
export async function attackWith(
  world: World,
  operands: readonly string[],
  values: Values,
  open: (now: () => number) => Promise<AttackLab>,
): Promise<ExitCode> {
  operandsOf(operands, []);
  const { speech, now, cwd } = world;
  const wanted = chosenAttacks(textsOf(values, 'only'));
  const files = reportFiles(cwd, textsOf(values, 'report'));
  speech.talk('assay: starting the proxy, and what stands on both sides of it');
  const lab = await open(now);
  try {
    const { offers } = lab.scene;
    // Of a lab everything is asked. Elsewhere what can never be carried out is not asked for; without a wish alone.
    const isWished = textsOf(values, 'only').length > 0 || textOf(values, 'api') === undefined;
    const attacks = isWished ? wanted : wanted.filter(({ needs }) => needs.every((need) => offers.has(need)));
    const report = await runAttacks({
      scene: lab.scene,
      attacks,
      onResult: createShow(speech),
      signal: signalOf(world),
    });
    for (const file of files) file.write(report);
    showSummary(speech, report);
    speech.result(toDocument(report));
    return exitOf(report, attacks.length);
  } finally {
    await lab.stop();
  }
}

/** Whatever is not proven is not a pass. */
function exitOf({ summary, control, results }: AttackReport, wanted: number): ExitCode {
  if (summary.succeeded > 0) return EXIT.no;
  const isProven = summary.refused === wanted && results.length === wanted && isControlled(control);
  return isProven ? EXIT.ok : EXIT.notReached;
}
