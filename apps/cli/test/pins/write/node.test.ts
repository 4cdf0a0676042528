import assert from 'node:assert/strict';
import { Agent, get } from 'node:https';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { readPolicy, TARGETS, writeTarget } from '@assay/pin-configs';
import { createFolder } from '../../support/assay.ts';
import {
  AFTER,
  BEFORE,
  CA_POLICY,
  OTHER_ROOT,
  POLICY,
  PRIVATE_POLICY,
  ROOT,
  startServer,
  TOLD_POLICY,
} from './server.ts';

type Running = Awaited<ReturnType<typeof startServer>>;

const target = TARGETS.find(({ id }) => id === 'node');
const policy = readPolicy('assay.pins.yaml', POLICY + CA_POLICY + TOLD_POLICY + PRIVATE_POLICY);
const [file] = target === undefined ? [] : writeTarget(target, policy).files;

/** The written module, loaded as an app would. */
async function createPinnedAgent(folder: string, options: object): Promise<Agent> {
  const written: Readonly<Record<string, unknown>> = await import(pathToFileURL(join(folder, 'assay-pins.mjs')).href);
  assert.ok(typeof written['createPinnedAgent'] === 'function');
  const agent: unknown = written['createPinnedAgent'](options);
  assert.ok(agent instanceof Agent);
  return agent;
}

describe('what is written for Node', () => {
  const folder = createFolder({ 'assay-pins.mjs': file?.text ?? '' });
  let running: Running;
  before(async () => {
    running = await startServer();
  });
  after(() => running.server.close());

  /** `connects`, or the code of the refusal, and who was told of a mismatch. */
  async function ask(host: string, options: object = {}): Promise<readonly [string, readonly string[]]> {
    const told: string[] = [];
    const onMismatch = (name: string) => told.push(name);
    const authorities = { test_root: ROOT.pem, other_root: OTHER_ROOT.pem };
    const all = { ca: ROOT.pem, authorities, onMismatch, now: () => BEFORE, ...options };
    const agent = await createPinnedAgent(folder, all);
    const lookup: typeof import('node:dns').lookup = Object.assign(
      (_name: string, _options: unknown, done: (error: null, addresses: object[]) => void) =>
        done(null, [{ address: '127.0.0.1', family: 4 }]),
      { __promisify__: undefined },
    ) as never; // an https request calls it in this one form
    const answer = await new Promise<string>((resolve) => {
      get({ host, port: running.port, agent, lookup }, (response) => resolve(response.resume() && 'connects')).on(
        'error',
        (error) => resolve('code' in error ? String(error.code) : error.message),
      );
    });
    agent.destroy();
    return [answer, told];
  }

  it('says at the start that an authority was not handed in', async () => {
    await assert.rejects(createPinnedAgent(folder, { authorities: {} }), { code: 'ERR_PIN_AUTHORITY_MISSING' });
  });

  const rows: readonly (readonly [string, string, object?, string?])[] = [
    ['leaf.example.com', 'connects'],
    ['LEAF.example.com', 'connects'],
    ['ca.example.com', 'connects'],
    ['free.example.com', 'connects'],
    ['wrong.example.com', 'ERR_PIN_MISMATCH', {}, 'wrong.example.com'],
    ['decoy.example.com', 'ERR_PIN_MISMATCH', {}, 'decoy.example.com'],
    ['one.example.com', 'ERR_PIN_MISMATCH', {}, 'one.example.com'],
    ['a.one.example.com', 'ERR_PIN_MISMATCH', {}, 'a.one.example.com'],
    ['a.a.one.example.com', 'connects'],
    ['a.all.example.com', 'ERR_PIN_MISMATCH', {}, 'a.all.example.com'],
    ['a.a.all.example.com', 'ERR_PIN_MISMATCH', {}, 'a.a.all.example.com'],
    ['ended.example.com', 'ERR_PIN_MISMATCH', {}, 'ended.example.com'],
    ['ended.example.com', 'connects', { now: () => AFTER }],
    ['told.example.com', 'connects', {}, 'told.example.com'],
    ['private.example.com', 'connects', { ca: OTHER_ROOT.pem }],
    ['foreign.example.com', 'SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
    ['leaf.example.com', 'SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT_LOCALLY', { ca: OTHER_ROOT.pem }],
    ['leaf.example.com', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', { ca: OTHER_ROOT.pem, rejectUnauthorized: false }],
    ['unnamed.example.com', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ];
  for (const [host, wanted, options = {}, told] of rows) {
    it(`${host} ${JSON.stringify(Object.keys(options))}: ${wanted}`, async () => {
      const [answer, hosts] = await ask(host, options);
      assert.match(answer, new RegExp(`^(?:${wanted})$`));
      assert.deepEqual(hosts, told === undefined ? [] : [told]);
    });
  }
});
