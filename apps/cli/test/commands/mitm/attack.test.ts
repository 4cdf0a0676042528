import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { ATTACKS, type AttackResult, runAttacks } from '@assay/mitm/attacks';
import type { World } from '../../../src/command.ts';
import { attackWith } from '../../../src/commands/mitm/attack.ts';
import type { ApiWeakness } from '../../../src/mitm/attack/apis.ts';
import { type AttackLab, openAttackLab } from '../../../src/mitm/attack/lab.ts';
import { createSpeech } from '../../../src/speech.ts';
import { APPS } from '../../../src/up/demo-app.ts';
import { createFolder, inProcess, start } from '../../support/assay.ts';

interface Came {
  readonly code: number;
  readonly outcomes: Readonly<Record<string, AttackResult['outcome']>>;
}

/** The command against another lab. */
async function against(open: () => Promise<AttackLab>, only: readonly string[]): Promise<Came> {
  const written: string[] = [];
  const streams = { stdout: { write: (text: string) => written.push(text) }, stderr: { write: () => {} } };
  const world: World = {
    ...{ speech: createSpeech(streams, { json: true, color: false }), env: {}, now: Date.now, cwd: tmpdir() },
    ...{ stdin: Readable.from([]), signal: new AbortController().signal, onHangup: () => {} },
  };
  const code = await attackWith(world, [], { only }, open);
  const { results }: { results: readonly (AttackResult & { id: string })[] } = JSON.parse(written.join(''));
  return { code, outcomes: Object.fromEntries(results.map(({ id, outcome }) => [id, outcome])) };
}

describe('assay mitm attack', () => {
  it('every attack is refused for the right thing, and reports say so', async () => {
    const folder = createFolder();
    const files = ['a.json', 'a.html', 'a.xml'].flatMap((name) => ['--report', join(folder, name)]);
    const { code, stdout } = await inProcess(['mitm', 'attack', '--json', ...files]);
    const { schema, results, control, residue, summary } = JSON.parse(stdout);
    const others = results.filter(({ outcome }: AttackResult) => outcome !== 'refused');
    assert.deepEqual(
      others.map(({ id, outcome, code: seen }: Record<string, string>) => [id, outcome, seen]),
      [],
    );
    assert.deepEqual([code, schema, control], [0, 'assay.mitm.attack/1', { before: true, after: true }]);
    assert.equal(summary.refused, ATTACKS.length);
    assert.deepEqual(residue.hosts, ['api.assay.test', 'attest.assay.test', 'wallet.assay.test']);
    assert.ok(residue.seen.length >= 6);
    assert.equal(readFileSync(join(folder, 'a.json'), 'utf8'), stdout);
    assert.match(readFileSync(join(folder, 'a.xml'), 'utf8'), /failures="0" errors="0"/);
    assert.match(readFileSync(join(folder, 'a.html'), 'utf8'), /0 succeeded, 0 prove nothing/);
    // Nothing secret: no token, no proof, no certificate, no value.
    assert.doesNotMatch(stdout, /eyJ|MII|1 024\.00|user-of-the-phone/);
  });

  it('shows groups, who refused with which code, and what is still seen', async () => {
    const { code, stdout, stderr } = await inProcess(['mitm', 'attack', '--only', 'shape-bearer,redirect']);
    assert.equal(code, 0, stdout);
    assert.match(
      stdout,
      /^Another shape of token\n {2}✔ A bound token as a bearer: refused by the api, tokens\.token_bound_as_bearer\n/,
    );
    assert.match(stdout, /\n {2}✔ A redirection to the attacker: refused by the client\n/);
    assert.match(stdout, /\nWhat the attacker sees in spite of everything\n {2}\d+ exchanges with /);
    assert.match(stdout, /\n2 of 2 attacks refused, 0 succeeded, 0 prove nothing\.\n$/);
    assert.match(stderr, /^assay: starting/);
  });

  it('knows its attacks and forms of reports before it starts anything', async () => {
    for (const args of [['--only', 'token,nothing'], ['--only', ''], ['--report', 'a.txt'], ['operand']]) {
      assert.equal((await inProcess(['mitm', 'attack', ...args])).code, 2, args.join(' '));
    }
  });
});

describe('assay mitm attack against the careless', () => {
  it('an API that checks nothing: attacks on it succeed, those on others do not', async () => {
    const only = ['token', 'shape', 'proof', 'reply-edited', 'attest-edited'];
    const { code, outcomes } = await against(() => openAttackLab(Date.now, { open: true }), only);
    const { 'reply-edited': reply, 'attest-edited': attest, ...atApi } = outcomes;
    assert.equal(code, 1);
    assert.deepEqual([reply, attest], ['refused', 'refused']);
    for (const [id, outcome] of Object.entries(atApi)) assert.equal(outcome, 'succeeded', id);
  });

  it('every single check that is missing is found by the attack that is meant for it', async () => {
    const weakness: ApiWeakness = {
      believesHeaders: true,
      options: {
        ...{ apps: APPS.map(({ id }) => id), nonce: 'offered', body: 'any', isRevoked: () => false },
        replay: { remember: () => true },
      },
    };
    const missed = [
      ...['token-other-app', 'nonce-stripped', 'proof-body', 'token-revoked', 'proof-replayed', 'proof-raced'],
      ...['proof-malleated', 'header-identity'],
    ];
    const held = ['proof-query', 'shape-none', 'nonce-planted'];
    const { code, outcomes } = await against(() => openAttackLab(Date.now, weakness), [...missed, ...held]);
    assert.equal(code, 1);
    for (const id of missed) assert.equal(outcomes[id], 'succeeded', id);
    for (const id of held) assert.equal(outcomes[id], 'refused', id);
  });

  it('what cannot be carried out, or where the client does not get through, is no pass', async () => {
    const open = async (): Promise<AttackLab> => {
      const { scene, folder, stop } = await openAttackLab(Date.now);
      return { scene: { ...scene, offers: new Set(['capture']) }, folder, stop };
    };
    const { code, outcomes } = await against(open, ['shape-bearer', 'proof-method']);
    assert.deepEqual([code, outcomes], [4, { 'shape-bearer': 'refused', 'proof-method': 'not-reached' }]);
    const shut = () => openAttackLab(Date.now, { options: { isRevoked: () => true } });
    assert.deepEqual(await against(shut, ['shape-bearer']), { code: 4, outcomes: { 'shape-bearer': 'not-reached' } });
  });

  it('ends at once when it is told to, and leaves nothing', async () => {
    const lab = await openAttackLab(Date.now);
    assert.equal(statSync(lab.folder).mode & 0o777, 0o700);
    const signal = AbortSignal.abort();
    const { results } = await runAttacks({ scene: lab.scene, signal });
    await lab.stop();
    assert.deepEqual([results, existsSync(lab.folder)], [[], false]);
  });

  for (const name of ['SIGINT', 'SIGKILL'] as const) {
    it(`leaves no folder after ${name}`, async () => {
      const folder = createFolder();
      const child = start(folder, ['mitm', 'attack'], { env: { TMPDIR: folder } });
      const exit = once(child, 'exit');
      await once(child.stdout, 'data');
      assert.equal(readdirSync(folder).length, 1);
      child.kill(name);
      const [code] = await exit;
      assert.equal(code, name === 'SIGINT' ? 4 : null);
      for (let turn = 0; turn < 600 && readdirSync(folder).length > 0; turn += 1) await pause(50);
      assert.deepEqual(readdirSync(folder), []);
    });
  }
});
