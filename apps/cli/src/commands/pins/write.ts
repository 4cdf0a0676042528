import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { nearest } from '@assay/core';
import {
  LAB_FOLDER,
  type PinPolicy,
  readPolicy,
  TARGETS,
  type Target,
  TargetRefused,
  type Warning,
  type WriteOptions,
  writeTarget,
} from '@assay/pin-configs';
import { type Command, textOf, textsOf, timeOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { naming, readText } from '../../input.ts';
import { type ComparedFile, compare, type PlacedFile, place, shownPath } from '../../pins/write/folder.ts';
import { labOf } from '../../pins/write/lab.ts';
import { listTargets } from '../../pins/write/list.ts';
import { fault } from '../../reasons.ts';
import { plain, type Speech } from '../../speech.ts';

const HELP = `
Writes the pinning configurations of every platform from one policy. FILE is assay.pins.yaml (default) or the same in JSON.
A policy that would lock an app out is refused: a single pin, no backup, a digest that is none, subdomains of a public
suffix, an end that is past. What a target cannot express is expanded into the listed names, told, or refused; nothing weaker
than the policy is written without a word.

  --target ID              this target; may be given more than once
  --all                    every target that can express the policy; those that cannot are told
  --list                   show the targets, and what each can express
  --out DIR                write beneath DIR, in a folder for each target (default: print)
  --check                  write nothing: exit 1 when a file beneath DIR is not what would be written
  --debug                  also the files of debug builds, where a target has any
  --lab FOLDER             the variant for a lab build: trusts the authority of a lab (\`assay mitm lab\`) and pins its keys, for
                           the names of the policy; goes beneath DIR/assay-lab, and is refused in a release by X005
  --accept-certificate-pins   write targets that compare whole certificates, though every renewal ends the app
  --now TIME               the clock of the run, ISO 8601 (default: now); makes runs repeatable
  --json                   one JSON document, schema assay.pins.write/1, or assay.pins.targets/1 with --list

Exit codes: 0 written, or as it would be written, 1 a named target cannot express the policy, or --check found a difference,
2 usage, or the policy is refused, 3 a file cannot be read or written.

Examples:
  assay pins write --target android-nsc > app/src/main/res/xml/network_security_config.xml
  assay pins write assay.pins.yaml --all --out pins
  assay pins write --target android-nsc --target ats --out pins --check
  assay pins write --lab ~/.assay-lab --target android-nsc --out pins
`;

export const pinsWriteCommand: Command = {
  name: 'pins write',
  operands: '[FILE] [options]',
  summary: 'Writes the pinning configurations of every platform from one policy.',
  help: HELP,
  options: {
    target: { type: 'string', multiple: true },
    all: { type: 'boolean' },
    list: { type: 'boolean' },
    out: { type: 'string' },
    check: { type: 'boolean' },
    debug: { type: 'boolean' },
    lab: { type: 'string' },
    'accept-certificate-pins': { type: 'boolean' },
    now: { type: 'string' },
  },
  run,
};

/** What came of one target: its files, or why there are none. */
interface Outcome {
  readonly target: Target;
  readonly files: readonly PlacedFile[];
  readonly warnings: readonly Warning[];
  readonly refusals: readonly Warning[];
}

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  if (values['list'] === true) {
    listTargets(world.speech);
    return EXIT.ok;
  }
  const targets = targetsOf(values);
  const lab = await labOf(world, values);
  const out = outOf(world, values);
  const file = fileOf(world, operands);
  const policy = readPolicy(file, textOfPolicy(world, file), { now: timeOf(values, 'now') ?? world.now() });
  const options = {
    debug: values['debug'] === true,
    acceptCertificatePins: values['accept-certificate-pins'] === true,
    source: basename(file),
    ...(lab === undefined ? {} : { lab }),
  };
  const outcomes = targets.map((target) => outcomeOf(target, policy, options, out));
  for (const outcome of outcomes) tell(world.speech, outcome);
  const isRefused = values['all'] !== true && outcomes.some(({ refusals }) => refusals.length > 0);
  // All or nothing: a folder with one target fresh and another stale would drift.
  if (isRefused) world.speech.talk('nothing is written: a target that was named is refused');
  const compared = isRefused ? [] : deliver(world, outcomes, out, values['check'] === true);
  world.speech.result({
    schema: 'assay.pins.write/1',
    file,
    targets: outcomes.map((each) => documentOf(each, compared)),
  });
  const isStale = values['check'] === true && compared.some(({ state }) => state !== 'same');
  return isRefused || isStale ? EXIT.no : EXIT.ok;
}

const textOfPolicy = ({ cwd }: World, file: string): string =>
  naming(file, 'give a policy as docs/pins-write.md has it, YAML or JSON in UTF-8', () => readText(resolve(cwd, file)));

const DEFAULT_FILE = 'assay.pins.yaml';

function fileOf({ cwd }: World, operands: readonly string[]): string {
  if (operands.length > 1) throw fault('cli.usage', { expected: 'one FILE', found: `${operands.length} operands` });
  const [file = DEFAULT_FILE] = operands;
  if (operands.length > 0 || existsSync(resolve(cwd, file))) return file;
  throw fault('cli.file_unreadable', {
    message: `there is no ${DEFAULT_FILE} in ${cwd}`,
    expected:
      'a policy that says which hosts are pinned, and to what (docs/pins-write.md); also for --lab, which takes its hosts',
    hint: 'name your FILE, or have `assay pins advise` print a first one',
  });
}

function targetsOf(values: Values): readonly Target[] {
  const ids = textsOf(values, 'target');
  const isAll = values['all'] === true;
  if (isAll === ids.length > 0) throw fault('cli.usage', { expected: '--target ID, --all or --list' });
  const unknown = ids.find((id) => !TARGETS.some((target) => target.id === id));
  if (unknown === undefined) return TARGETS.filter(({ id }) => isAll || ids.includes(id));
  const expected = 'an id that `assay pins write --list` shows';
  const meant = targetsLike(unknown);
  const hint = `did you mean ${meant.map((id) => `--target ${id}`).join(' or ')}?`;
  const found = plain(unknown, 60);
  throw fault('cli.usage', {
    ...{ message: 'there is no such target', expected, found },
    ...(meant.length === 0 ? {} : { hint }),
  });
}

/** Targets with this word in their name, or the one that is a slip away. */
function targetsLike(word: string): readonly string[] {
  const ids = TARGETS.map(({ id }) => id);
  const holding = ids.filter((id) => id.split('-').includes(word.toLowerCase()));
  return holding.length > 0 ? holding : [nearest(word, ids) ?? []].flat();
}

function outOf({ cwd }: World, values: Values): string | undefined {
  const out = textOf(values, 'out');
  // A variant that trusts a test authority never lies where the release is written.
  if (out !== undefined) return resolve(cwd, out, textOf(values, 'lab') === undefined ? '' : LAB_FOLDER);
  if (values['check'] !== true && values['all'] !== true) return undefined;
  throw fault('cli.usage', { message: 'an option is missing', expected: '--out DIR' });
}

function outcomeOf(target: Target, policy: PinPolicy, options: WriteOptions, out: string | undefined): Outcome {
  try {
    const { files, warnings } = writeTarget(target, policy, options);
    const placed = files.map(({ path, text }) => ({
      path: out === undefined ? path : join(out, target.id, path),
      text,
    }));
    return { target, files: placed, warnings, refusals: [] };
  } catch (error) {
    if (!(error instanceof TargetRefused)) throw error;
    return { target, files: [], warnings: [], refusals: error.refusals };
  }
}

function tell(speech: Speech, { target: { id }, warnings, refusals }: Outcome): void {
  const say = (word: string, { host, message }: Warning): void =>
    speech.talk(`${word}  ${id}${host === undefined ? '' : `  ${host}`}: ${message}`);
  for (const refusal of refusals) say(speech.paint('red', 'refused'), refusal);
  for (const warning of warnings) say(speech.paint('yellow', 'warning'), warning);
}

/** Prints, writes or compares. */
function deliver(
  { speech, cwd }: World,
  outcomes: readonly Outcome[],
  out: string | undefined,
  isCheck: boolean,
): readonly ComparedFile[] {
  if (out === undefined) {
    print(
      speech,
      outcomes.flatMap(({ files }) => files),
    );
    return [];
  }
  const compared = outcomes.flatMap(({ target, files }) => compare(join(out, target.id), files));
  const texts = new Map(outcomes.flatMap(({ files }) => files.map((file) => [file.path, file] as const)));
  for (const { path, state } of compared) {
    const file = isCheck || state === 'same' ? undefined : texts.get(path);
    if (file !== undefined) place(file);
    speech.out(`${(file === undefined ? state : 'written').padEnd(9)}  ${shownPath(path, cwd)}`);
  }
  return compared;
}

function print(speech: Speech, files: readonly PlacedFile[]): void {
  for (const { path, text } of files) {
    if (files.length > 1) speech.out(`==> ${path} <==`);
    speech.out(text.trimEnd());
  }
}

function documentOf({ target, files, warnings, refusals }: Outcome, compared: readonly ComparedFile[]) {
  const stateOf = (path: string) => compared.find((each) => each.path === path)?.state ?? null;
  return {
    id: target.id,
    refusals,
    warnings,
    caveats: target.caveats,
    files: files.map(({ path, text }) => ({ path, text, state: stateOf(path) })),
  };
}
