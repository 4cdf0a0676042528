import { conclusionOf } from '@assay/mitm';
import { type Command, operandsOf, textOf, textsOf, type Values, type World } from '../../command.ts';
import type { ExitCode } from '../../exit.ts';
import { excuseOf, readBaseline } from '../../mitm/baseline.ts';
import { EXITS } from '../../mitm/conclusion.ts';
import { addLabKeys, readLabFolder } from '../../mitm/lab-folder.ts';
import { leafKeyOf } from '../../mitm/leaf-key.ts';
import { readPhoneOptions } from '../../mitm/phone/options.ts';
import { WORDS } from '../../mitm/phone/person.ts';
import { runPhone } from '../../mitm/phone/run.ts';
import { showPhoneReport } from '../../mitm/phone/show.ts';
import { reportWriter } from '../../mitm/report-files.ts';
import { reproducer } from '../../mitm/reproduce.ts';

const HELP = `
Proves that an app on a phone or an emulator refuses what it must: walks the battery case by case while a person uses the app.
It opens a proxy and a setup page (address, QR code, the authority's certificate, a PAC file, what to do on Android and iOS),
shows the case, and goes on when a connection has been judged. Control first and last; judging, reports and exit codes are
those of \`assay mitm run\`. At a terminal a key says more, elsewhere a line of stdin:

${Object.entries(WORDS)
  .map(([word, about]) => `  ${word[0]}, ${word.padEnd(22)} ${about}`)
  .join('\n')}

Forged servers are shown for the named hosts alone; every other host is passed through untouched. By default both listen on
loopback, which a phone reaches through \`adb reverse\`. A connection belongs to the case whose server it was shown: what an app
opened for one case is closed before the next, and a retry that comes later counts for the case that follows.

  --host NAME              a host to forge for; required; may be repeated
  --lab FOLDER             keys of \`assay mitm lab\`, which a lab build of the app trusts and pins (\`assay pins write --lab\`)
  --leaf-key FILE          the private key that the app pins already
  --passphrase-file FILE   opens an encrypted leaf key; else it is asked for at a terminal
  --untrusted              the app as it is shipped, which does not trust the authority: only cases that need no trust; the
                           control is the real server of the host, passed through; one --host
  --profile FILE           what is known of the app: what it can do, its known leaks
  --can NAME[,NAME]        what the app can do beside that; \`assay mitm run --help\` lists the names
  --cannot NAME[,NAME]     what it cannot, whatever the profile says
  --only ID[,ID]           cases by id, row or group; may be repeated
  --except ID[,ID]         cases to leave out, likewise
  --cases FILE             cases of your own beside the battery (docs/mitm-cases.md); with --only instead of it
  --listen ADDRESS[:PORT]  where the proxy listens (127.0.0.1:8877); 0.0.0.0 for all addresses
  --setup-port PORT        where the setup page listens (one more than the proxy)
  --reachable-from-network listen beyond loopback: whoever reaches it is served forged certificates, and may use the proxy,
                           though not for this machine's own loopback
  --connect HOST=ADDRESS:PORT   reach the real server of a host there; may be repeated
  --limit SECONDS          a case that nobody decides is given up (300; at most 600)
  --settle SECONDS         a decided case is watched for retries for so long (3)
  --thorough               for 30 s
  --accept-known           known leaks of the profile do not count as wrong
  --report FILE            write a report; .json, .xml (JUnit), .sarif or .html; may be repeated
  --baseline FILE          an earlier report (.json): what is as wrong as it was then does not fail
  --json                   one JSON document, schema assay.mitm.proxy/1, whose report is as --report FILE.json has it

Exit codes: 0 every case that applies is right, 1 a leak, or a refusal of what must be accepted, 2 usage, 3 a file not readable,
4 none wrong, but not every case that applies was decided: the app never came, or was skipped; 5 address, profile, key or host
not usable.

Examples:
  assay mitm proxy --host api.example.com --lab ~/.assay-lab
  assay mitm proxy --host api.example.com --untrusted --listen 192.0.2.7 --reachable-from-network --report phone.html
`;

export const mitmProxyCommand: Command = {
  name: 'mitm proxy',
  operands: '--host NAME [options]',
  summary: 'Walks a person with a phone through every forged server.',
  help: HELP,
  options: {
    ...{ host: { type: 'string', multiple: true }, lab: { type: 'string' }, 'leaf-key': { type: 'string' } },
    ...{ 'passphrase-file': { type: 'string' }, untrusted: { type: 'boolean' }, profile: { type: 'string' } },
    ...{ can: { type: 'string', multiple: true }, cannot: { type: 'string', multiple: true } },
    ...{ only: { type: 'string', multiple: true }, cases: { type: 'string' } },
    ...{ except: { type: 'string', multiple: true }, listen: { type: 'string' }, 'setup-port': { type: 'string' } },
    ...{ 'reachable-from-network': { type: 'boolean' }, connect: { type: 'string', multiple: true } },
    ...{ limit: { type: 'string' }, settle: { type: 'string' }, thorough: { type: 'boolean' } },
    ...{
      'accept-known': { type: 'boolean' },
      report: { type: 'string', multiple: true },
      baseline: { type: 'string' },
    },
  },
  run,
};

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  operandsOf(operands, []);
  const { speech } = world;
  const options = readPhoneOptions(values);
  const [folder, earlier] = [textOf(values, 'lab'), textOf(values, 'baseline')];
  const write = reportWriter(world.cwd, textsOf(values, 'report'));
  const baseline = earlier === undefined ? undefined : readBaseline(earlier);
  const labKeys = folder === undefined ? undefined : readLabFolder(folder);
  const leafKey = await leafKeyOf(values);
  const reproduce = reproducer(values);
  const { report, lab, strangers } = await runPhone(world, {
    ...{ options, leafKey, labKeys },
    reproduce: (item) => reproduce(item).replace('assay mitm run', 'assay mitm proxy'),
  });
  if (folder !== undefined) addLabKeys(folder, lab.export());
  const isExcused = excuseOf(report, baseline, options.acceptsKnown);
  showPhoneReport(speech, report, { isExcused, baseline, strangers, untrusted: options.untrusted });
  write(report, isExcused);
  speech.result({ schema: 'assay.mitm.proxy/1', strangers: strangers.size, report });
  return EXITS[conclusionOf(report, isExcused)];
}
