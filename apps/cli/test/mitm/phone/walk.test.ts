import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { after, describe, it } from 'node:test';
import { CASES, CONTROL, createLab, type LaunchOrder, type StageOrder } from '@assay/mitm';
import type { Front } from '../../../src/mitm/phone/front.ts';
import type { Word } from '../../../src/mitm/phone/person.ts';
import { createWalk } from '../../../src/mitm/phone/walk.ts';

const HOST = 'api.assay.test';
const closing: (() => Promise<unknown>)[] = [];
after(() => Promise.all(closing.map((close) => close())));

/** A walk behind a front that only notes where hosts are sent, and a person who says what the test says. */
async function walkWith(id: string) {
  const lab = createLab({ clock: Date.now, hosts: [HOST] });
  const [told, sent]: [string[], string[]] = [[], []];
  let heard: ((word: Word) => void) | undefined;
  let port = 0;
  const front: Front = {
    ...{ port: 0, strangers: () => new Set<string>(), offer: () => {}, close: async () => {} },
    send: (host, to) => {
      port = to.port;
      sent.push(`send ${host}`);
    },
    hold: (host) => void sent.push(`hold ${host}`),
  };
  const walk = createWalk({
    ...{ front, hosts: [HOST], forge: lab.forge, control: CONTROL, settleMs: 0 },
    person: {
      listen: (listener) => {
        heard = listener;
      },
      close: () => {},
    },
    onCase: (item) => void told.push(`case ${item.id}`),
    onFinish: () => void told.push('finish'),
    abort: () => void told.push('abort'),
  });
  const item = CASES.find((each) => each.id === id) ?? CONTROL;
  const forged = await walk.forge({ ...item.recipe, http: { cleartext: 'answered' } }, { host: HOST, at: Date.now() });
  const order: StageOrder = {
    ...{ hosts: [HOST], forgedFor: () => forged, marker: `assay-0/${id}`, others: 'refused' as const },
    ...{
      address: '127.0.0.1',
      port: 0,
      timeouts: { handshakeMs: 5_000, idleMs: 5_000 },
      clock: Date.now,
      random: randomBytes,
    },
  };
  const stage = await walk.openStage(order);
  closing.push(() => stage.close());
  const launch = (signal: AbortSignal) => walk.launch({ case: item, signal } as LaunchOrder); // the walk looks at no more of it
  return {
    told,
    sent,
    stage,
    launch,
    say: (word: Word) => heard?.(word),
    port: () => port,
    isHeard: () => heard !== undefined,
  };
}

const leak = (port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', headers: { host: HOST }, agent: false }, (response) =>
      resolve(text(response)),
    );
    sent.on('error', reject).end();
  });

const never = new AbortController().signal;

describe('a walk', () => {
  it('goes on by itself when a case is decided, and leaves nobody listening', async () => {
    const { launch, port, told, isHeard, stage } = await walkWith('N4');
    const shown = launch(never);
    assert.ok(isHeard());
    await leak(port());
    await shown;
    assert.deepEqual([told, isHeard(), stage.connections().length], [['case N4'], false, 1]);
  });

  it('takes a case that was decided before it was shown', async () => {
    const { launch, port, told } = await walkWith('N4');
    await leak(port());
    await launch(never);
    assert.deepEqual(told, ['case N4']);
  });

  it('shows a case again when it is told to, and forgets it when it is skipped', async () => {
    const { launch, say, told, sent } = await walkWith('N4');
    const shown = launch(never);
    say('repeat');
    say('skip');
    await shown;
    assert.ok(told.length <= 2 && told.every((each) => each === 'case N4'));
    assert.ok(sent.filter((each) => each === `send ${HOST}`).length >= 2);
  });

  it('finishes by the last control, and at once when it is told twice', async () => {
    const { launch, say, told } = await walkWith('N4');
    const first = launch(never);
    say('quit');
    await first;
    await launch(never);
    assert.deepEqual(told, ['case N4', 'finish'], 'what is left flies by');
    const control = await walkWith('P1');
    const shown = control.launch(never);
    control.say('quit');
    await shown;
    assert.deepEqual(control.told, ['case P1', 'abort']);
  });

  it('ends with the run, also where that has ended already', async () => {
    const { launch, told } = await walkWith('N4');
    await launch(AbortSignal.abort());
    assert.deepEqual(told, []);
    const abort = new AbortController();
    const shown = launch(abort.signal);
    abort.abort();
    await shown;
  });

  it('holds its hosts once the case is over', async () => {
    const { stage, sent } = await walkWith('N4');
    await stage.close();
    await new Promise(setImmediate);
    assert.deepEqual(sent, [`send ${HOST}`, `hold ${HOST}`]);
  });
});
