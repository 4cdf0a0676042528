import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FeedItem } from '../../src/live/feed.ts';
import { createLiveStream, type Listening, type LiveStream } from '../../src/live/stream.ts';

const GREETING = { issuer: 'https://attest.example.com/t/main/e/dev', notice: '', since: 1 };
const ITEM: FeedItem = {
  ...{ at: 1, kind: 'rejection', outcome: 'refused', headline: 'request refused', subject: 'app', code: 'a.b' },
  ...{ why: 'because', support: '7KQ2M-9XR4T-V', steps: [{ name: 'step', outcome: 'failed' }] },
  marks: [{ name: 'assurance', text: 'low' }],
};

function listen(stream: LiveStream): Listening {
  const listening = stream.listen(GREETING);
  assert.ok(listening !== undefined);
  return listening;
}

interface Told {
  readonly name: string;
  readonly data: { readonly [member: string]: unknown };
}

/** The events of the next chunk. */
async function next({ events }: Listening): Promise<readonly Told[]> {
  const { value } = await events.next();
  const blocks = String(value ?? '').split('\n\n');
  return blocks.flatMap((block) => {
    const [, name, data] = /event: (\w+)\ndata: (.*)$/s.exec(block) ?? [];
    return name === undefined || data === undefined ? [] : [{ name, data: JSON.parse(data) }];
  });
}

const items = (told: readonly Told[]) => told.filter(({ name }) => name === 'item').map(({ data }) => data);
const totals = (told: readonly Told[]) => told.findLast(({ name }) => name === 'totals')?.data;

describe('the stream of the live page', () => {
  it('greets, then sends the backlog with numbers that rise', async () => {
    const stream = createLiveStream();
    for (const headline of ['one', 'two']) stream.push({ ...ITEM, headline });
    const listening = listen(stream);
    assert.deepEqual((await next(listening))[0], { name: 'hello', data: GREETING });
    assert.deepEqual(
      items(await next(listening)).map(({ seq, headline }) => [seq, headline]),
      [
        [1, 'one'],
        [2, 'two'],
      ],
    );
  });

  it('counts by kind and outcome, and the commonest reasons first', async () => {
    const stream = createLiveStream();
    stream.push({ ...ITEM, code: 'rare' });
    for (const kind of ['rejection', 'appraisal', 'call', 'phone', 'order'] as const) stream.push({ ...ITEM, kind });
    stream.push({ ...ITEM, kind: 'appraisal', outcome: 'pass', code: '' });
    stream.push({ ...ITEM, kind: 'call', outcome: 'pass', code: '' });
    const told = totals(await next(listen(stream)));
    const reasons = [
      ['a.b', 3],
      ['rare', 1],
    ];
    assert.deepEqual(told, { passed: 1, refused: 3, letIn: 1, blocked: 1, reasons });
  });

  it('loses lines for a page that does not read, never numbers, and holds no more than it may', async () => {
    const stream = createLiveStream();
    const listening = listen(stream);
    await next(listening);
    for (let count = 0; count < 5_000; count++) stream.push({ ...ITEM, headline: `${count}`, code: `code.${count}` });
    const told = await next(listening);
    assert.equal(items(told).length, 500);
    assert.equal(items(told).at(-1)?.['headline'], '4999');
    assert.equal(totals(told)?.['refused'], 5_000);
    const late = listen(stream);
    await next(late);
    assert.equal(items(await next(late)).length, 200);
  });

  it('remembers one line for each phone, in the order in which they came, with the trace under its support code', async () => {
    const stream = createLiveStream();
    stream.push(ITEM);
    const phone: FeedItem = { ...ITEM, kind: 'phone', code: '', why: '', steps: [] };
    stream.push({ ...phone, headline: 'A' });
    stream.push({ ...phone, headline: 'B', support: 'ANOTH-ER000-0' });
    stream.push({ ...phone, headline: 'A', subject: 'again' });
    const listening = listen(stream);
    await next(listening);
    const [first, second] = items(await next(listening));
    assert.deepEqual([first?.['headline'], first?.['subject'], first?.['code']], ['A', 'again', 'a.b']);
    assert.deepEqual([first?.['steps'], first?.['marks']], [ITEM.steps, ITEM.marks]);
    assert.deepEqual([second?.['headline'], second?.['code']], ['B', '']);
  });

  it('keeps one event one line, whatever the text', async () => {
    const stream = createLiveStream();
    stream.push({ ...ITEM, headline: 'x\n\nevent: hello\ndata: {}\n\n', subject: '\r\rdata: {}' });
    const listening = listen(stream);
    await next(listening);
    assert.deepEqual(
      (await next(listening)).map(({ name }) => name),
      ['item', 'totals'],
    );
  });

  it('has room for a bounded number of pages, and takes new ones as others leave', () => {
    const stream = createLiveStream();
    const all = Array.from({ length: 32 }, () => listen(stream));
    assert.equal(stream.listen(GREETING), undefined);
    all[0]?.leave();
    assert.ok(stream.listen(GREETING) !== undefined);
  });

  it('ends for a page that leaves, and for all when the server stops', async () => {
    const stream = createLiveStream();
    const [leaving, staying] = [listen(stream), listen(stream)];
    for (const page of [leaving, staying]) await next(page);
    const [left, ended] = [leaving.events.next(), staying.events.next()];
    leaving.leave();
    await left;
    assert.equal((await leaving.events.next()).done, true);
    stream.end();
    await ended;
    assert.equal((await staying.events.next()).done, true);
  });
});
