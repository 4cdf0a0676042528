import { join } from 'node:path';
import type { VerificationEvent } from '@assay/middleware';
import { type Command, operandsOf, textOf, type Values, type World } from '../command.ts';
import { codeOf } from '../errno.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { fault } from '../reasons.ts';
import { watchDecisions } from '../up/decisions.ts';
import { startDemoApi } from '../up/demo-api.ts';
import { type DemoServer, startDemoServer } from '../up/demo-server.ts';
import { openFolder, type RunFolder } from '../up/folder.ts';
import { itemOfCall, itemOfScene } from '../up/page.ts';
import { isAsExpected, playFirstRound, playOn, type Stage } from '../up/play.ts';
import { choosePorts, type Ports } from '../up/ports.ts';
import { suggest } from '../up/suggestions.ts';
import { greet, showScene, tellSamples } from '../up/terminal.ts';

const HELP = `
Starts everything for a first look: the server with its embedded store, a demo API behind the middleware, and virtual
phones, genuine and forged, that attest, fetch pins and a secret, and call the API over real HTTP. Beside phones with
hardware evidence there are devices that bring Play's or Huawei's word, a captcha, a grant or an App Check token. The phones
believe in a test root made for this run, and the vendors' services are played; nothing here is fit for production.

  --data DIR    where to keep the run (default: .assay/demo, made anew at each start)
  --once        play one round and stop; exit 1 unless every genuine phone passed and every forged one was refused
                for what is wrong with it
  --json        with --once: one JSON document, schema assay.up/1

Exit codes: 0 stopped, or the round went as it must; 1 with --once, it did not; 2 usage, or a folder that is not ours;
3 a folder that this user may not write.

Examples:
  assay up
  assay up --once --json
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

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  operandsOf(operands, []);
  const once = values['once'] === true;
  if (world.speech.json && !once)
    throw fault('cli.usage', { message: '--json needs --once', expected: '--once --json' });
  const folder = openFolder(world.cwd, textOf(values, 'data'));
  try {
    return await withDemo(world, folder, (stage) => (once ? playOnce(world, stage) : play(world, stage, folder.path)));
  } finally {
    folder.leave();
  }
}

/** Everything that runs, from the first listener to the last one closed. */
async function withDemo<T>(world: World, folder: RunFolder, act: (stage: Stage) => Promise<T>): Promise<T> {
  const { speech, now, signal } = world;
  const talk = (line: string) => speech.talk(`assay: ${line}`);
  talk('starting the server, a demo API and virtual phones');
  const { demo, stop } = await startDemo(folder, talk);
  try {
    const show: Stage['show'] = (scene, round) => {
      demo.server.live?.push(itemOfScene(scene, now()));
      showScene(speech, scene, now(), round);
    };
    const keepsakes = join(folder.path, 'evidence');
    return await act({ signal, demo, keepsakes, show, decisions: watchDecisions(demo.server) });
  } finally {
    await stop();
  }
}

interface Demo {
  readonly demo: DemoServer;
  stop(): Promise<void>;
}

/** A port that was free a moment ago may be taken by now, so others are tried. */
async function startDemo(folder: RunFolder, talk: (line: string) => void, attempts = 5): Promise<Demo> {
  try {
    return await startOn(await choosePorts(USUAL_PORTS, talk), folder.path);
  } catch (error) {
    if (codeOf(error) !== 'EADDRINUSE') throw error;
    if (attempts === 1) throw fault('cli.port_unavailable', { hint: 'try again' }, error);
    folder.clear();
    return startDemo(folder, talk, attempts - 1);
  }
}

async function startOn(ports: Ports, data: string): Promise<Demo> {
  const demo = await startDemoServer(data, ports);
  const tell = (event: VerificationEvent) => {
    const item = itemOfCall(event);
    if (item !== undefined) demo.server.live?.push(item);
  };
  try {
    const api = await startDemoApi(demo.apiOrigin, demo.iss, tell);
    return { demo, stop: async () => void (await Promise.all([api.close(), demo.stop()])) };
  } catch (error) {
    await demo.stop();
    throw error;
  }
}

async function playOnce({ speech }: World, stage: Stage): Promise<ExitCode> {
  greet(speech, stage.demo);
  const scenes = await playFirstRound(stage);
  tellSamples(speech);
  const surprises = scenes.filter((scene) => !isAsExpected(scene));
  for (const { who, expected } of surprises)
    speech.talk(`assay: not as it must be: ${who}, expected ${expected ?? 'to pass'}`);
  speech.result({ schema: 'assay.up/1', asExpected: surprises.length === 0, turns: scenes });
  return surprises.length === 0 && !stage.signal.aborted ? EXIT.ok : EXIT.no;
}

async function play({ speech }: World, stage: Stage, data: string): Promise<ExitCode> {
  greet(speech, stage.demo);
  const scenes = await playFirstRound(stage);
  if (!stage.signal.aborted) {
    tellSamples(speech);
    suggest(speech, stage.demo, data, scenes);
  }
  await playOn(stage, PAUSE_MS);
  speech.talk('assay: stopping');
  return EXIT.ok;
}
