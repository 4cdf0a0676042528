import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { FORGED, GENUINE, laterTurns } from '../../src/up/cast.ts';
import { BANK, SHOP } from '../../src/up/demo-app.ts';
import { createFolder, inProcess, start } from '../support/assay.ts';

const Result = z.strictObject({
  schema: z.literal('assay.up/1'),
  asExpected: z.boolean(),
  turns: z.array(
    z.strictObject({
      ...{ who: z.string(), app: z.string(), differs: z.string().optional(), limit: z.string().optional() },
      ...{ passed: z.boolean(), got: z.array(z.string()), assurance: z.string().optional() },
      ...{
        reasons: z.array(z.string()),
        expected: z.string().optional(),
        support: z.string().optional(),
        by: z.literal('api').optional(),
      },
    }),
  ),
});

const THIEVES = 4;

/** A running `assay up`, once it has said what to try next. */
async function startUp(folder: string, args: readonly string[] = []) {
  const child = start(folder, ['up', ...args]);
  const exit = once(child, 'exit');
  const talk = text(child.stderr);
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line);
      if (line.includes('Ctrl-C stops everything')) resolve();
    });
    child.once('exit', () => reject(new Error(`up ended: ${lines.join('\n')}`)));
  });
  return {
    ...{ lines, talk },
    address: (name: string) => lines.find((line) => line.includes(name))?.match(/http\S+/)?.[0] ?? '',
    commands: () => lines.filter((line) => /^ {5}\S/.test(line)).map((line) => line.trim()),
    async stop(signal: NodeJS.Signals) {
      child.kill(signal);
      const [code] = await exit;
      return code;
    },
  };
}

/** What follows `assay` in a line to paste, as a shell splits it where nothing needs more than single quotes. */
function argumentsOf(command: string): readonly string[] {
  const words: readonly string[] = command.match(/'[^']*'|\S+/g) ?? [];
  return words.slice(words.indexOf('--') + 1).map((word) => word.replaceAll("'", ''));
}

const isReachable = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

describe('assay up', () => {
  const folder = createFolder({ 'mine/test-roots.pem': 'mine', file: 'mine' });
  let up: Awaited<ReturnType<typeof startUp>>;

  before(async () => {
    up = await startUp(folder);
  });

  it('plays one round as JSON: genuine phones pass, each forged one is refused for what is wrong with it', async () => {
    const { code, stdout, stderr } = await inProcess(['up', '--once', '--json', '--data', join(folder, 'once')]);
    const { asExpected, turns } = Result.parse(JSON.parse(stdout));
    assert.deepEqual([code, asExpected], [0, true], stderr);
    assert.equal(turns.length, GENUINE.length + FORGED.length + THIEVES);
    const genuine = turns.filter(({ expected }) => expected === undefined);
    assert.deepEqual(
      genuine.map(({ who, passed, assurance }) => [who, passed, assurance]),
      [
        ['Test Phone A1', true, 'high'],
        ['Test Phone i1', true, 'substantial'],
        ['Test Phone A2', true, 'high'],
        ['Key in hardware, and Play', true, 'high'],
        ['Play alone', true, 'low'],
        ['Huawei phone', true, 'low'],
        ['HarmonyOS phone', true, 'low'],
        ['Web page', true, 'low'],
        ['Simulator with a grant', true, 'low'],
        ['App Check token', true, 'low'],
      ],
    );
    for (const { app, got, assurance, limit } of genuine) {
      const call = app === BANK.id ? 'GET /v1/balance 200' : 'GET /v1/catalogue 200';
      const secret = assurance === 'low' ? 'no secret' : 'secret maps';
      assert.deepEqual(got, [call, secret, '2 pins', 'refreshed']);
      assert.equal(limit !== undefined, assurance === 'low', 'what is worth little says why');
    }
    for (const { who, passed, reasons, support, expected } of turns) {
      if (expected === undefined) continue;
      assert.equal(passed, false, who);
      assert.ok(reasons.includes(expected), `${who}: ${reasons.join(', ')}`);
      assert.ok(support !== undefined, who);
    }
    assert.match(stderr, /^assay: starting the server/);
  });

  it('shows every refusal with its reason and support code, in columns', () => {
    // The phones play on; only the first round is known beforehand.
    const firstRound = up.lines.slice(
      0,
      up.lines.findIndex((line) => line.includes('Ctrl-C stops everything')),
    );
    const refused = firstRound.filter((line) => line.includes('✖ refused'));
    assert.equal(refused.length, FORGED.length + THIEVES);
    assert.equal(refused.filter((line) => line.endsWith('  by the API')).length, THIEVES);
    assert.equal(new Set(refused.map((line) => line.search(/[0-9A-Z]{5}-[0-9A-Z]{5}-/))).size, 1);
  });

  it('says what was proven with samples made after the documents alone', () => {
    const at = up.lines.findIndex((line) => line.includes('no genuine ones are public'));
    assert.match(up.lines[at + 1] ?? '', /Google Play Integrity, Huawei .*, HarmonyOS /);
  });

  it('names commands to look with that work when pasted', async () => {
    const [curl = '', verify = '', show = ''] = up.commands();
    assert.equal((await fetch(curl.split(' ').at(-1) ?? '')).status, 401);
    const verified = await inProcess(argumentsOf(verify));
    assert.equal(verified.code, 1, verified.stderr);
    assert.match(verified.stdout, /REJECTED policy\.bootloader_unlocked/);
    const revoked = verify.replace('unlocked-bootloader', 'revoked-certificate');
    assert.match((await inProcess(argumentsOf(revoked))).stdout, /REJECTED android\.revoked/);
    await until(async () => (await inProcess(argumentsOf(show))).stdout.includes('android.signer_mismatch'));
  });

  const pasted = async (words: string) => {
    const command = up.commands().find((line) => line.includes(` -- ${words} `)) ?? '';
    const { code, stdout, stderr } = await inProcess(argumentsOf(command));
    assert.equal(code, 0, `${command}\n${stderr}`);
    return stdout;
  };

  it('names a policy to rehearse, which would have refused whoever has no key in hardware', async () => {
    const said = await pasted('policy simulate');
    assert.match(said, /^banking, against the verdicts as they were recorded\n/);
    assert.match(said, /newly refused \d+, .* \d+ installs\n {2}by rule {6}attested_key /);
  });

  it('names changes that work when pasted', async () => {
    assert.match(await pasted('policy apply'), /^policy demo-shop, version [12], is in force/);
    assert.match(await pasted('ban add --code'), /is in force until .*: lineage /);
    const [, , , ...changes] = up.commands();
    const code = changes.find((line) => line.includes('ban add --code'))?.match(/--code (\S+)/)?.[1] ?? '';
    const show = changes.find((line) => line.includes(`device show ${code}`)) ?? '';
    assert.match((await inProcess(argumentsOf(show))).stdout, /Orders in force now\n/);
    assert.match(await pasted('ban add --model'), /is in force until .*: model Test Phone A2 of every app\n/);
    assert.match(await pasted(`app rollout ${SHOP.id} enforce`), /is registered, version 2\n/);
    assert.match(await pasted(`app rollout ${SHOP.id} monitor`), /newly let in [1-9]\d*, /);
  });

  it('names the page for pins, which is one file that nobody may frame', async () => {
    const url = up.commands().at(-1) ?? '';
    assert.match(url, /\/pins\/$/);
    const answer = await fetch(url);
    assert.deepEqual(
      ['content-type', 'content-security-policy', 'cache-control'].map((name) => answer.headers.get(name)),
      ['text/html; charset=utf-8', "frame-ancestors 'none'", 'no-store'],
    );
    assert.match(await answer.text(), /^<!doctype html>[\s\S]*default-src 'none'/);
  });

  it('leaves the folder and the ports of another run alone', async () => {
    const second = await startUp(folder);
    assert.notEqual(second.address('issuer'), up.address('issuer'));
    assert.ok(existsSync(join(folder, '.assay/demo-2')));
    assert.equal(await second.stop('SIGTERM'), 0);
    assert.match(await second.talk, /port \d+ is taken, so \d+ is used instead/);
    assert.equal(existsSync(join(folder, '.assay/demo-2')), false, 'what nobody asked for does not stay');
    const { code, stderr } = await inProcess(['up', '--data', join(folder, '.assay/demo'), '--once']);
    assert.equal(code, 2);
    assert.match(stderr, /cli\.folder_in_use/);
  });

  it('clears no folder that it has not made', async () => {
    for (const data of ['mine', 'file']) {
      const { code, stdout, stderr } = await inProcess(['up', '--once', '--data', join(folder, data)]);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /cli\.folder_not_ours/);
    }
    assert.equal(readFileSync(join(folder, 'mine/test-roots.pem'), 'utf8'), 'mine');
    const beneath = await inProcess(['up', '--once', '--data', join(folder, 'file/beneath')]);
    assert.equal(beneath.code, 3);
    assert.match(beneath.stderr, /cli\.file_unwritable\)\n {2}found: {4}ENOTDIR: /);
  });

  it('takes --json with --once alone, and no operands', async () => {
    for (const args of [['--json'], ['now']]) {
      const { code, stderr } = await inProcess(['up', ...args]);
      assert.equal(code, 2);
      assert.match(stderr, /cli\.usage/);
    }
  });

  it('tells at the next turns what is not as before', async () => {
    const isTold = (line: string) => /◇ let in .* although: monitor {2}← not as before$/.test(line);
    await until(async () => up.lines.some(isTold), 300);
  });

  it('stops at Ctrl-C and leaves no listener, while a reader has the live page open', async () => {
    const urls = ['live page', 'demo API', 'issuer'].map(up.address);
    const events = await fetch(new URL('events', urls[0]));
    const spare = await connected(new URL(urls[0] ?? '').port);
    const ended = text(events.body ?? new ReadableStream()).catch(() => 'cut');
    assert.equal(await up.stop('SIGINT'), 0);
    await ended;
    spare.destroy();
    for (const url of urls) assert.equal(await isReachable(url), false, url);
    assert.match(await up.talk, /stopping\n$/);
    assert.deepEqual(readdirSync(join(folder, '.assay')), ['demo']);
    assert.equal(readFileSync(join(folder, '.assay/demo/made-by-assay-up'), 'utf8'), '');
  });
});

describe('the turns after the first round', () => {
  it('show everybody again, and somebody whom a changed policy concerns within a few', () => {
    const turns = laterTurns();
    const shown = Array.from({ length: 2 * FORGED.length }, () => turns.next().value);
    assert.deepEqual(new Set(shown), new Set([...GENUINE, ...FORGED]));
    const at = shown.findIndex((role) => role?.fault?.code.startsWith('policy.') && role.app === SHOP);
    assert.ok(at >= 0 && at < 10, `${at}`);
  });
});

/** A support code can be looked up once the server has written its sample, within a second or so; phones take turns. */
async function until(holds: () => Promise<boolean>, attempts = 50): Promise<void> {
  for (let tries = 0; tries < attempts; tries++) {
    if (await holds()) return;
    await setTimeout(100);
  }
  assert.fail('it never did');
}

/** A connection as a browser opens it in advance. */
async function connected(port: string): Promise<Socket> {
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}
