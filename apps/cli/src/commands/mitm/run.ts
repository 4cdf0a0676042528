import { CAPABILITIES, conclusionOf, PROFILE_NAMES } from '@assay/mitm';
import { type Command, textOf, textsOf, type Values, type World } from '../../command.ts';
import type { ExitCode } from '../../exit.ts';
import { excuseOf, readBaseline } from '../../mitm/baseline.ts';
import { EXITS } from '../../mitm/conclusion.ts';
import { ENVIRONMENT } from '../../mitm/environment.ts';
import { addLabKeys, readLabFolder } from '../../mitm/lab-folder.ts';
import { leafKeyOf } from '../../mitm/leaf-key.ts';
import { readRunOptions } from '../../mitm/options.ts';
import { reportWriter } from '../../mitm/report-files.ts';
import { reproducer } from '../../mitm/reproduce.ts';
import { runClient } from '../../mitm/run.ts';
import { liveFor, showReport } from '../../mitm/show.ts';
import { fault } from '../../reasons.ts';
import { plain } from '../../speech.ts';

const column = (name: string): string => `  ${name.padEnd(24)} `;

/** In lines of seven. */
const wrapped = (names: readonly string[]): string =>
  names.map((name, at) => `${at === 0 ? '  ' : at % 7 === 0 ? ',\n  ' : ', '}${name}`).join('');

const HELP = `
Proves that a client refuses what it must: starts it once for each case of the battery, each time against another forged
server, and judges by whether application data arrived, never by the handshake. Between two positive controls: a client
that is merely offline passes nothing. Nothing is forged for a host that is not named.

  --exec COMMAND           the client, run by sh -c, once for each case
  --profile NAME|FILE      what is known of the client: its command, what it can do, its known leaks; the names are below
  --can NAME[,NAME]        what the client can do beside what the profile says
  --cannot NAME[,NAME]     what it cannot, whatever the profile says
  --host NAME              a host to forge for (default api.assay.test); the first is requested; may be repeated
  --way WAY                proxy (default), socks5, direct, or transparent behind a firewall that redirects
  --only ID[,ID]           cases by id, row or group; may be repeated
  --except ID[,ID]         cases to leave out, likewise
  --cases FILE             cases of your own beside the battery (docs/mitm-cases.md); with --only instead of it
  --jobs COUNT             clients at once (default 2)
  --limit SECONDS          a client that runs longer is killed (default 10)
  --thorough               watch each case for retries for 30 s after its client has ended, not for 3
  --clock SPAN             the client lives at another time, for example +1y or -30d; needs libfaketime
  --leaf-key FILE          the private key that the app pins already: each fault then stands alone
  --passphrase-file FILE   opens an encrypted leaf key; else it is asked for at a terminal
  --lab FOLDER             keys of \`assay mitm lab\`, instead of keys that end with the run
  --report FILE            write a report; .html, .json, .xml (JUnit) or .sarif; may be repeated
  --baseline FILE          a report (.json) of an earlier run: what was wrong then and is still does not fail this one
  --reports                offer a report endpoint: a refusal that nobody hears of is then a finding
  --accept-known           known leaks of the profile do not count as wrong
  --listen ADDRESS[:PORT]  where the harness listens (127.0.0.1, any port); with a port, cases run one by one
  --reachable-from-network listen beyond loopback: whoever reaches it is served forged certificates
  --json                   one JSON document, schema assay.mitm.run/1

The client is told in its environment (a name without a value is not set):

${ENVIRONMENT.map(({ name, about }) => column(name) + about).join('\n')}

What a client can do:

${Object.entries(CAPABILITIES)
  .map(([name, about]) => column(name) + about)
  .join('\n')}

Clients that --profile knows by name, as docs/mitm-clients.md has them. Those of curl have a command; for the others --exec
names it, with their library in it:

${wrapped(PROFILE_NAMES)}

Exit codes: 0 every case that applies is right, 1 a leak, a refusal of what must be accepted, or one that nobody hears of,
2 usage, 3 a file not readable, or the clock cannot be moved, 4 none wrong, but not every case that applies was decided,
5 address, profile, key or host not usable.

Examples:
  assay mitm run --exec 'curl -sS --cacert "$ASSAY_CA" --pinnedpubkey "sha256//$ASSAY_PIN" "$ASSAY_URL"' --only N4,name
  assay mitm run --profile app.json --host api.example.com --leaf-key lab.key
`;

export const mitmRunCommand: Command = {
  name: 'mitm run',
  operands: "--exec 'COMMAND' [options]",
  summary: 'Runs a client against every forged server, and says what it let through.',
  help: HELP,
  options: {
    ...{ exec: { type: 'string' }, profile: { type: 'string' } },
    ...{ can: { type: 'string', multiple: true }, cannot: { type: 'string', multiple: true } },
    ...{ host: { type: 'string', multiple: true }, way: { type: 'string' } },
    ...{ only: { type: 'string', multiple: true }, except: { type: 'string', multiple: true } },
    ...{ cases: { type: 'string' } },
    ...{ jobs: { type: 'string' }, limit: { type: 'string' }, thorough: { type: 'boolean' } },
    ...{ clock: { type: 'string' }, 'leaf-key': { type: 'string' }, 'passphrase-file': { type: 'string' } },
    ...{ lab: { type: 'string' }, reports: { type: 'boolean' }, 'accept-known': { type: 'boolean' } },
    ...{ report: { type: 'string', multiple: true }, baseline: { type: 'string' } },
    ...{ listen: { type: 'string' }, 'reachable-from-network': { type: 'boolean' } },
  },
  run,
};

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  assertNoCommand(operands);
  const { speech } = world;
  const options = readRunOptions(values);
  const [folder, earlier] = [textOf(values, 'lab'), textOf(values, 'baseline')];
  const write = reportWriter(world.cwd, textsOf(values, 'report'));
  const baseline = earlier === undefined ? undefined : readBaseline(earlier);
  const labKeys = folder === undefined ? undefined : readLabFolder(folder);
  const leafKey = await leafKeyOf(values);
  const live = liveFor(world, process.stderr);
  const reproduce = reproducer(values);
  const { report, lab } = await runClient(world, {
    ...{ options, leafKey, labKeys, reports: values['reports'] === true, reproduce, onProgress: live.report },
  }).finally(live.end);
  if (folder !== undefined) addLabKeys(folder, lab.export());
  const isExcused = excuseOf(report, baseline, options.acceptsKnown);
  showReport(speech, report, { isExcused, baseline });
  write(report, isExcused);
  speech.result({ ...report });
  return EXITS[conclusionOf(report, isExcused)];
}

/** A command that stands by itself was most likely meant for `--exec`; as operands its own options would be taken for ours. */
function assertNoCommand(operands: readonly string[]): void {
  const [first] = operands;
  if (first === undefined) return;
  throw fault('cli.usage', {
    ...{ message: `\`${plain(first, 60)}\` is no option`, expected: "--exec 'COMMAND', the whole client in quotes" },
    hint: `for example assay mitm run --exec '${plain(first, 60)} …'; assay mitm run --help`,
  });
}
