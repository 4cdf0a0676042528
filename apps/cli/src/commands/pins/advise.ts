import { AssayError } from '@assay/core';
import { type Command, textOf, textsOf, timeOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { naming, readInput } from '../../input.ts';
import { type Fragment, fragmentOf } from '../../pins/advise/fragment.ts';
import {
  ADVICE,
  type AdviceReason,
  DATA,
  type DataKind,
  LEVEL_TEXT,
  type Level,
  reasonsFor,
  type Upkeep,
  upkeepOf,
} from '../../pins/advise/rules.ts';
import { type Provider, providerOf, type Situation, situationOf } from '../../pins/advise/situation.ts';
import { readPins } from '../../pins/described.ts';
import { readElsewhere } from '../../pins/elsewhere.ts';
import { parseHost } from '../../pins/host.ts';
import { type Judges, type Looked, lookAll } from '../../pins/looked.ts';
import { lookOptionsOf, NETWORK_HELP, NETWORK_OPTIONS } from '../../pins/network.ts';
import { readRoots } from '../../pins/path.ts';
import { fault } from '../../reasons.ts';
import { plain, type Speech } from '../../speech.ts';

const HELP = `
Says what to pin for a host and at which level, or that pinning nothing is the better trade, with the reasons and what a year
of it costs. Looked at is what the host serves now; a chain that does not validate is advised on by nobody. The policy that is
printed ends in a year: change the day, or take it out where old versions are rather to be locked out than to go on unpinned.

  --data KIND              payments, health, login or general
  --backup FILE            a request or key that is kept for later: its pin goes into the policy; may be given more than once
  --own-keys               the keys are the owner's, though a provider's authority issues or its addresses answer
  --roots FILE             PEM roots of one's own: the host is under a private authority (default: Node's roots)
  --connect HOST=ADDRESS:PORT   look at this host there; may be given more than once
${NETWORK_HELP}
  --at TIME                the clock, ISO 8601 (default: now)
  --json                   one JSON document, schema assay.pins.advise/1

Exit codes: 0 advised, 2 usage, or a backup not in its form, 3 a host or file was not reached, or the chain does not validate,
5 a backup that no pin can be taken from.

Examples:
  assay pins advise api.example.com --data payments --backup backup.csr
  assay pins advise cdn.example.com www.example.com --data general
`;

export const pinsAdviseCommand: Command = {
  name: 'pins advise',
  operands: 'HOST… --data KIND [options]',
  summary: 'Says what to pin for a host, at which level, and what it costs.',
  help: HELP,
  options: {
    data: { type: 'string' },
    backup: { type: 'string', multiple: true },
    'own-keys': { type: 'boolean' },
    roots: { type: 'string' },
    connect: { type: 'string', multiple: true },
    ...NETWORK_OPTIONS,
    at: { type: 'string' },
  },
  run,
};

interface Advised extends Fragment {
  readonly host: string;
  readonly data: DataKind;
  readonly situation: Situation;
  readonly provider: Pick<Provider, 'name' | 'pool' | 'source'> | null;
  readonly level: Level;
  readonly advice: string;
  readonly reasons: readonly AdviceReason[];
  readonly upkeep: readonly Upkeep[];
}

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  if (operands.length === 0) throw fault('cli.usage', { expected: 'HOST' });
  const data = dataOf(textOf(values, 'data'));
  const at = timeOf(values, 'at') ?? world.now();
  const judges: Judges = { roots: readRoots(textOf(values, 'roots'), at), lists: [], at };
  const backups = textsOf(values, 'backup').flatMap(backupPins);
  const advised: Advised[] = [];
  const failed: unknown[] = [];
  for (const name of operands) {
    try {
      const looked = await lookedAt(world, name, values, judges);
      advised.push(
        adviceOn({ host: parseHost(name).host, data, looked, backups, judges, ownKeys: values['own-keys'] === true }),
      );
    } catch (error) {
      if (!(error instanceof AssayError) || error.family !== 'upstream') throw error;
      world.speech.talk(`${plain(name)}: ${plain(error.message)}: ${plain(error.detail.found ?? '')}`);
      failed.push(error);
    }
  }
  if (advised.length === 0) throw failed[0];
  for (const each of advised) tell(world.speech, each);
  world.speech.result({ schema: 'assay.pins.advise/1', hosts: advised });
  return failed.length === 0 ? EXIT.ok : EXIT.unreachable;
}

const BACKUP_HINT =
  'give the request or key that is kept for later, in PEM or DER: openssl req -new …, or a .key or .pub file';

const backupPins = (file: string): readonly string[] =>
  naming(file, BACKUP_HINT, () => readPins(readInput(file)).map(({ pin }) => pin));

/** @throws RequestError `cli.usage` */
function dataOf(text: string | undefined): DataKind {
  const data = DATA.find((each) => each === text);
  if (data !== undefined) return data;
  const found = text === undefined ? {} : { found: text };
  throw fault('cli.usage', { message: '--data is missing or none of its values', expected: DATA.join(', '), ...found });
}

/** @throws UpstreamError `cli.host_unreachable`, `cli.host_untrusted` */
async function lookedAt(world: World, name: string, values: Values, judges: Judges): Promise<Looked> {
  const options = { ...lookOptionsOf(world, values), allAddresses: false, roots: [] };
  const { host, port } = parseHost(name, options.startTls?.port);
  const connectTo = new Map(textsOf(values, 'connect').map(readElsewhere)).get(host);
  const { looked, unreached } = await lookAll({ host, port, connectTo }, options, judges);
  const [first] = looked;
  if (first === undefined) throw unreached[0]?.error;
  if (first.path.valid) return first;
  const hint = 'give --roots when the host is under an authority of your own; else find out who answers in its place';
  throw fault('cli.host_untrusted', {
    message: `the chain of ${host} does not validate`,
    found: first.path.code,
    hint,
  });
}

interface Question {
  readonly host: string;
  readonly data: DataKind;
  readonly looked: Looked;
  readonly backups: readonly string[];
  readonly judges: Judges;
  readonly ownKeys: boolean;
}

function adviceOn({ host, data, looked, backups, judges, ownKeys }: Question): Advised {
  const { isPublic } = judges.roots;
  const provider = isPublic && !ownKeys ? providerOf(looked) : undefined;
  const lifetimeDays = looked.pins[0]?.certificate?.lifetimeDays ?? 0;
  const situation = situationOf(lifetimeDays, isPublic, provider);
  const level = ADVICE[situation][data];
  return {
    ...{ host, data, situation, level, advice: LEVEL_TEXT[level] },
    provider: provider === undefined ? null : { name: provider.name, pool: provider.pool, source: provider.source },
    reasons: reasonsFor(situation, level),
    upkeep: lifetimeDays > 0 ? upkeepOf(level, lifetimeDays, isPublic, judges.at) : [],
    ...fragmentOf({ host, level, looked, provider, backups, at: judges.at }),
  };
}

const SITUATION_TEXT: Readonly<Record<Situation, string>> = {
  own_short: 'keys of its owner, short-lived certificates of a public authority',
  own_long: 'keys of its owner, certificates of a public authority',
  managed: 'keys of a provider',
  private: 'a private authority',
};

function tell(speech: Speech, advised: Advised): void {
  const { host, data, situation, provider, advice, reasons, upkeep, yaml, missing } = advised;
  const by = provider === null ? '' : `: ${provider.name}, issuing under ${provider.pool.join(', ')}`;
  speech.out(`${speech.paint('bold', plain(host))}  ${data}  ${SITUATION_TEXT[situation]}${by}`);
  speech.out(`  ${speech.paint('green', advice)}`);
  for (const { text, source } of reasons) speech.out(`  - ${text}  ${speech.paint('dim', `(${source})`)}`);
  for (const row of upkeep) speech.out(`  ${speech.paint('dim', upkeepText(row))}`);
  if (missing !== null) speech.out(`  ${speech.paint('yellow', `first make ${missing}`)}`);
  if (yaml !== null) {
    speech.out('  assay.pins.yaml:');
    for (const line of yaml.trimEnd().split('\n')) speech.out(`    ${line}`);
  }
  speech.out();
}

function upkeepText({ from, lifetimeDays, renewalsPerYear, pinChanges, pinChangesWithNewKeys }: Upkeep): string {
  const start = from === 'now' ? 'a year now' : `a year from ${from}`;
  const otherwise =
    pinChangesWithNewKeys > pinChanges
      ? `; ${pinChangesWithNewKeys} if the leaf were pinned and every renewal took a new key`
      : '';
  return `${start}: ${renewalsPerYear} renewals (${lifetimeDays} days), ${pinChanges} planned pin changes${otherwise}`;
}
