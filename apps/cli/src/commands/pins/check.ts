import { resolve } from 'node:path';
import { AssayError } from '@assay/core';
import { type Document, isOfInterest, readDocuments } from '@assay/pin-configs';
import { type Command, numberOf, textOf, textsOf, timeOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { readInput } from '../../input.ts';
import { type CheckFinding, findingsOf } from '../../pins/check/findings.ts';
import { type AskedHost, hostsOf, unaskedOf } from '../../pins/check/hosts.ts';
import { tellFinding, toAnnotation } from '../../pins/check/reports.ts';
import { readElsewhere } from '../../pins/elsewhere.ts';
import { parseHost } from '../../pins/host.ts';
import { judgedPath } from '../../pins/lint/judged.ts';
import { createUnread, type UnreadFile } from '../../pins/lint/unread.ts';
import { filesOf } from '../../pins/lint/walk.ts';
import { type LookedAll, lookAll } from '../../pins/looked.ts';
import { lookOptionsOf, NETWORK_HELP, NETWORK_OPTIONS } from '../../pins/network.ts';
import { readRoots } from '../../pins/path.ts';
import { fault } from '../../reasons.ts';
import { plain } from '../../speech.ts';

const HELP = `
Compares what apps pin with what the pinned hosts serve now, at all of their addresses, for CI and cron. A PATH is a file or a
folder, as for \`assay pins lint\`, assay.pins.yaml among them. Each mechanism is asked by its own platform's rules, as of now
and as of the last of the days; told is who breaks, when, and what to paste.

breaks: apps crash or refuse, or a certificate is within the days of its end and in the last third of its life.
unprotected: the pins have ended, or end within the days, and apps go on without them.
fragile: only one pin, no backup, or only the leaf matches; told, and no reason to fail.

  --within DAYS            look ahead (default 30)
  --host HOST[:PORT]       look at this host too, where a wildcard covers it; may be given more than once
  --connect HOST=ADDRESS:PORT   look at this host there; may be given more than once
${NETWORK_HELP}
  --roots FILE             PEM roots of one's own to judge paths by (default: Node's, by the rules of the public web)
  --target-sdk N           target SDK of an Android app whose manifest is not given (default 35)
  --at TIME                the clock, ISO 8601 (default: now)
  --format NAME            pretty (default), github (annotations), json
  --json                   one JSON document, schema assay.pins.check/1

Exit codes: 0 fine, 1 somebody breaks or loses protection now or within the days, 2 usage, or no pinned host in the files,
3 a host or file was not reached (the others are told, and end with 1 where somebody breaks).

Examples:
  assay pins check app/src assay.pins.yaml
  assay pins check . --within 60 --format github
`;

const MANY = { type: 'string', multiple: true } as const;
const DEFAULT_DAYS = 30;
const DEFAULT_TARGET_SDK = 35;
const AT_ONCE = 8;

export const pinsCheckCommand: Command = {
  name: 'pins check',
  operands: 'PATH… [options]',
  summary: 'Compares what apps pin with what their hosts serve now.',
  help: HELP,
  options: {
    within: { type: 'string' },
    host: MANY,
    connect: MANY,
    ...NETWORK_OPTIONS,
    roots: { type: 'string' },
    'target-sdk': { type: 'string' },
    at: { type: 'string' },
    format: { type: 'string' },
  },
  run,
};

type Torn = Extract<Document, { kind: 'unreadable' }>;

interface ToldUnread extends UnreadFile {
  /** From 1; 0 for a whole file. */
  readonly line: number;
}

interface Answer {
  readonly asked: AskedHost;
  readonly all: LookedAll;
}

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  if (operands.length === 0) throw fault('cli.usage', { expected: 'PATH' });
  const format = formatOf(textOf(values, 'format') ?? 'pretty');
  const missing = createUnread(world.speech);
  const documents = filesOf(operands, world.cwd, isOfInterest, missing).flatMap((file) => {
    try {
      return readDocuments(file, readInput(resolve(world.cwd, file)), judgedPath(file, operands, world.cwd));
    } catch (error) {
      missing.note(file, error);
      return [];
    }
  });
  const torn = documents.filter((document) => document.kind === 'unreadable');
  for (const { place, message } of torn)
    world.speech.talk(`${plain(place.file)}:${place.line}:${place.column}: not read: ${plain(message)}`);
  const hosts = hostsOf(
    documents,
    textsOf(values, 'host').map((text) => parseHost(text)),
  );
  if (hosts.length === 0) throw noHost(documents, missing.files);
  for (const { host } of unaskedOf(documents, hosts))
    world.speech.talk(`${plain(host.text)}: name a host beneath it with --host`);
  const at = timeOf(values, 'at') ?? world.now();
  const answers = await lookAtAll(world, hosts, values, at);
  const withinDays = numberOf(values, 'within', 0, 3650) ?? DEFAULT_DAYS;
  const targetSdk = numberOf(values, 'target-sdk', 1, 1000) ?? DEFAULT_TARGET_SDK;
  const findings = answers.flatMap(({ asked: { host }, all }) =>
    all.looked.flatMap((looked) => findingsOf({ documents, host, looked, at, withinDays, targetSdk })),
  );
  const unread = [...missing.files.map((each) => ({ ...each, line: 0 })), ...torn.map(toldTorn)];
  report(world, format, findings, answers, unread);
  if (findings.some(({ effect }) => effect !== 'fragile')) return EXIT.no;
  const isWhole = unread.length === 0 && answers.every(({ all }) => all.unreached.length === 0);
  return isWhole ? EXIT.ok : EXIT.unreachable;
}

/** A file that was not read may be the one that pins; a wildcard names no host that can be asked. */
function noHost(documents: readonly Document[], missing: readonly UnreadFile[]): Error {
  const message = 'no pinned host is named in these files';
  const [first] = missing;
  if (first !== undefined) return fault('cli.file_unreadable', { message, found: `${first.file} was not read` });
  const isPinned = documents.some(({ pinned }) => pinned.length > 0);
  const hint = isPinned
    ? 'name a host that is in use with --host'
    : 'name the files that pin: a network security config, Info.plist, sources, or assay.pins.yaml';
  return fault('cli.document_invalid', { message, hint });
}

const FORMATS = ['pretty', 'github', 'json'] as const;

function formatOf(text: string): (typeof FORMATS)[number] {
  const format = FORMATS.find((each) => each === text);
  if (format !== undefined) return format;
  throw fault('cli.usage', { message: 'this is no format', expected: FORMATS.join(', '), found: text });
}

async function lookAtAll(
  world: World,
  hosts: readonly AskedHost[],
  values: Values,
  at: number,
): Promise<readonly Answer[]> {
  const options = { ...lookOptionsOf(world, values), allAddresses: true, roots: [] };
  const judges = { roots: readRoots(textOf(values, 'roots'), at), lists: [], at };
  const elsewhere = new Map(textsOf(values, 'connect').map(readElsewhere));
  const answers: Answer[] = [];
  for (let from = 0; from < hosts.length; from += AT_ONCE) {
    const batch = hosts.slice(from, from + AT_ONCE).map(async (asked): Promise<Answer> => {
      const target = { ...asked, connectTo: elsewhere.get(asked.host) };
      return { asked, all: await lookAll(target, options, judges).catch(unreached) };
    });
    answers.push(...(await Promise.all(batch)));
  }
  return answers;
}

function unreached(error: unknown): LookedAll {
  if (error instanceof AssayError && error.family === 'upstream')
    return { looked: [], unreached: [{ address: undefined, error }] };
  throw error;
}

interface ToldUnreached {
  readonly host: string;
  readonly address: string | null;
  readonly found: string;
}

function report(
  { speech }: World,
  format: (typeof FORMATS)[number],
  findings: readonly CheckFinding[],
  answers: readonly Answer[],
  unread: readonly ToldUnread[],
): void {
  const failed = answers.flatMap(({ asked, all }) => all.unreached.map((each) => toldUnreached(asked.host, each)));
  const hosts = answers.filter(({ all }) => all.looked.length > 0).map(({ asked }) => asked.host);
  const document = { schema: 'assay.pins.check/1', hosts, findings, unreached: failed, unread };
  if (format === 'json') speech.out(JSON.stringify(document, undefined, 2));
  for (const finding of findings) {
    if (format === 'github') speech.out(toAnnotation(finding));
    if (format === 'pretty') tellFinding(speech, finding);
  }
  for (const { host, address, found } of failed)
    speech.talk(`${plain(host)}${address === null ? '' : ` at ${address}`}: not reached: ${plain(found)}`);
  speech.talk(summaryOf(findings, hosts.length));
  speech.result(document);
}

const toldTorn = ({ file, place: { line }, message }: Torn): ToldUnread => ({ file, line, message });

function toldUnreached(host: string, { address, error }: LookedAll['unreached'][number]): ToldUnreached {
  if (!(error instanceof AssayError)) throw error;
  return { host, address: address ?? null, found: error.detail.found ?? error.message };
}

function summaryOf(findings: readonly CheckFinding[], hosts: number): string {
  const count = (effect: CheckFinding['effect']) => findings.filter((finding) => finding.effect === effect).length;
  return `${hosts} ${hosts === 1 ? 'host' : 'hosts'} looked at: ${count('breaks')} break, ${count('unprotected')} unprotected, ${count('fragile')} fragile`;
}
