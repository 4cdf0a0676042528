import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { World } from '../../src/command.ts';
import { findFaketime, proveClock } from '../../src/mitm/faketime.ts';
import { createSpeech } from '../../src/speech.ts';
import { createFolder } from '../support/assay.ts';

const silent = { write: () => {} };
const world = (env: Record<string, string>): World => ({
  ...{ env, now: Date.now, cwd: '/', stdin: process.stdin, signal: new AbortController().signal, onHangup: () => {} },
  speech: createSpeech({ stdout: silent, stderr: silent }, { json: true, color: false }),
});
const here = world({ PATH: process.env['PATH'] ?? '' });
const installed = findFaketime(here);

describe('moving the clock of a client', () => {
  it('is proven by a process that sees it', {
    skip: installed === undefined && 'libfaketime is not installed',
  }, async () => {
    for (const seconds of [31_536_000, -86_400]) await proveClock(installed, seconds, here);
  });

  it('lets timers run as ever, and keeps what is loaded before', { skip: installed === undefined }, () => {
    const { LD_PRELOAD, FAKETIME, FAKETIME_DONT_FAKE_MONOTONIC } =
      installed?.environment(-90, { LD_PRELOAD: '/other.so' }) ?? {};
    assert.match(LD_PRELOAD ?? '', /libfaketime.*:\/other\.so$/);
    assert.deepEqual([FAKETIME, FAKETIME_DONT_FAKE_MONOTONIC], ['-90s', '1']);
  });

  it('is refused where nothing moves, and where the library is not', async () => {
    const path = join(createFolder(), 'libnothing.so');
    const env = { ...here.env, ASSAY_FAKETIME: path } as Record<string, string>;
    assert.throws(() => findFaketime(world(env)), { code: 'cli.clock_unmovable' });
    writeFileSync(path, '');
    await assert.rejects(proveClock(findFaketime(world(env)), 3_600, here), { code: 'cli.clock_unmovable' });
    await assert.rejects(proveClock(undefined, 3_600, here), { code: 'cli.clock_unmovable' });
  });
});
