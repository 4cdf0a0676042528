import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigError } from '@assay/core';
import type { VerificationEvent } from '@assay/middleware';
import type { FeedItem } from '@assay/server';
import { type Command, textOf, type Values, type World } from '../command.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { startDemoApi } from '../up/demo-api.ts';
import { type DemoServer, ENVIRONMENT, startDemoServer, TENANT } from '../up/demo-server.ts';
import { type Line, playFirstRound, playOn, type Round, type Stage } from '../up/play.ts';
import { choosePorts } from '../up/ports.ts';
import { watchRefusals } from '../up/refusals.ts';

const HELP = `
Starts everything for a first look: the server with its embedded store, a demo API behind the middleware, and virtual
phones, genuine and forged, that attest, fetch pins and a secret, and call the API over real HTTP. The phones believe in
a test root made for this run; nothing here is fit for production.

  --data DIR    where to keep the run (default: .assay/demo, made anew at each start)
  --once        play one round and stop; exit 1 unless every genuine phone passed and every forged one was refused
  --json        with --once: one JSON document, schema assay.up/1

Exit codes: 0 stopped, or the round went as it must; 1 with --once, it did not; 3 a port or folder is not to be had.
`;

export const upCommand: Command = {
  name: 'up',
  operands: '[options]',
  summary: 'Starts server, demo API and virtual phones for a first look.',
  help: HELP,
  options: { data: { type: 'string' }, once: { type: 'boolean' } },
  run,
};

const USUAL_PORTS = { public: 8080, operator: 8081, api: 8090 };
const PAUSE_MS = 2_000;

async function run(world: World, _: readonly string[], values: Values): Promise<ExitCode> {
  const data = resolve(world.cwd, textOf(values, 'data') ?? '.assay/demo');
  clear(data);
  const demo = await startDemoServer(data, await choosePorts(USUAL_PORTS), () => {});
  const api = await startDemoApi(demo.apiOrigin, demo.iss, (event) => demo.server.live?.push(toItem(event)));
  try {
    greet(world, demo);
    const stage = createStage(world, demo, join(data, 'evidence'));
    const round = await playFirstRound(stage);
    world.speech.result({ schema: 'assay.up/1', ...round });
    if (values['once'] === true) return conclude(world, round);
    suggest(world, demo, data, round);
    await playOn(stage, PAUSE_MS);
    return EXIT.ok;
  } finally {
    await api.close();
    await demo.server.stop();
  }
}

/** Only a folder that an earlier run made is cleared. */
function clear(data: string): void {
  if (!existsSync(data)) return;
  if (!existsSync(join(data, 'test-roots.pem'))) {
    throw new ConfigError('cli.folder_not_ours', `${data} was not made by \`assay up\``, {
      hint: 'name another folder with --data',
    });
  }
  rmSync(data, { recursive: true });
}

function greet({ speech }: World, demo: DemoServer): void {
  speech.out();
  speech.out(
    `  ${speech.paint(['bold', 'green'], 'Assay is up.')}  ${speech.paint('yellow', 'Test roots: for looking, not for production.')}`,
  );
  speech.out();
  speech.out(`  live page   ${speech.paint(['bold', 'cyan'], `${demo.operatorUrl}/live/`)}`);
  speech.out(`  demo API    ${demo.apiOrigin}/v1/balance`);
  speech.out(`  issuer      ${demo.iss}`);
  speech.out();
}

function createStage(world: World, demo: DemoServer, keepsakes: string): Stage {
  const { speech } = world;
  const show = ({ good, who, what, support }: Line) => {
    const time = new Date(world.now()).toISOString().slice(11, 19);
    const mark = good ? speech.paint('green', '✔ passed ') : speech.paint('red', '✖ refused');
    const code = support === undefined || good ? '' : speech.paint('dim', `  support ${support}`);
    speech.out(
      `  ${speech.paint('dim', time)}  ${mark}  ${who.padEnd(44)}  ${good ? speech.paint('dim', what) : what}${code}`,
    );
  };
  return { world, demo, keepsakes, show, refusals: watchRefusals(demo.server) };
}

function conclude({ speech }: World, { surprises }: Round): ExitCode {
  for (const label of surprises) speech.talk(`not as it must be: ${label}`);
  return surprises.length === 0 ? EXIT.ok : EXIT.no;
}

/** The next three things to try, ready to paste into a second terminal. */
function suggest({ speech }: World, demo: DemoServer, data: string, { support }: Round): void {
  const place = `--server ${demo.operatorUrl} --issuer ${TENANT}/${ENVIRONMENT} --credential-file ${join(data, 'operator-token')}`;
  speech.out();
  speech.out(`  ${speech.paint('bold', 'Next, in a second terminal:')}`);
  speech.out();
  speech.out(`  1. Call the API without the app       curl -i ${demo.apiOrigin}/v1/balance`);
  speech.out(`  2. Take a forged phone's evidence apart, check by check`);
  speech.out(
    `       npm run -s assay -- evidence verify ${join(data, 'evidence/unlocked-bootloader.json')} --trust ${demo.rootsFile}`,
  );
  speech.out('  3. See what a support code stands for');
  speech.out(`       npm run -s assay -- device show ${support ?? 'CODE'} ${place}`);
  speech.out();
  speech.out(speech.paint('dim', '  The phones go on. Ctrl-C stops everything.'));
  speech.out();
}

function toItem({ at, outcome, code, problem, support, detail }: VerificationEvent): FeedItem {
  const passed = outcome === 'admitted';
  const { expected, found } = detail ?? {};
  return {
    ...{ at, kind: 'call', outcome: passed ? 'pass' : 'refused', subject: 'demo API' },
    headline: passed ? 'GET /v1/balance let in' : 'API call blocked',
    code: code ?? '',
    why: passed ? 'Token and proof of possession hold.' : `The API answered ${problem ?? 'no'}.`,
    ...(support === undefined ? {} : { support }),
    steps: expected === undefined ? [] : [{ name: code ?? 'check', outcome: 'failed', expected, found }],
  };
}
