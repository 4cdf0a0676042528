import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CASES, type Case, CONTROL, runBattery } from '@assay/mitm';
import { type Part, play, REFUSAL, REQUEST } from './support/play.ts';

const named = (id: string): Case => {
  const found = CASES.find((each) => each.id === id);
  assert.ok(found !== undefined, id);
  return found;
};
const [P2, N1, N4, N15] = [named('P2'), named('N1'), named('N4'), named('N15')];
const FOUR = [CONTROL, P2, N1, N4];

const isPositive = (id: string): boolean => id.startsWith('P');
/** A correct client. */
const correct = (id: string): Part => ({ connections: [isPositive(id) ? REQUEST : REFUSAL] });
const standings = ({ results }: Awaited<ReturnType<typeof runBattery>>) =>
  Object.fromEntries(results.map(({ case: { id }, standing }) => [id, standing]));

describe('a battery', () => {
  it('passes a correct client, between two controls', async () => {
    const { order, launched, open, progress } = play(FOUR, correct);
    const report = await runBattery(order);
    assert.deepEqual(standings(report), { P1: 'right', P2: 'right', N1: 'right', N4: 'right' });
    assert.deepEqual([report.controls, report.summary.right, open()], ['passed', 4, 0]);
    const ids = launched.map(({ case: { id } }) => id);
    assert.deepEqual([ids[0], ids.at(-1), ids.toSorted()], ['P1', 'P1', ['N1', 'N4', 'P1', 'P1', 'P2']]);
    const last = progress.at(-1);
    assert.deepEqual(last?.kind === 'judged' && [last.done, last.total], [5, 5]);
  });

  it('finds what leaks, and what comes only when the client has long ended', async () => {
    const careless = await runBattery(play(FOUR, () => ({ connections: [REQUEST] })).order);
    assert.deepEqual([careless.summary.leaked, standings(careless)['N4']], [2, 'wrong']);
    const late = (id: string): Part => ({ ...correct(id), ...(id === 'N4' ? { later: [REQUEST] } : {}) });
    assert.equal(standings(await runBattery(play(FOUR, late).order))['N4'], 'wrong');
  });

  it('stops where the valid server is refused twice, and tries it again where it is refused once', async () => {
    const { order, launched } = play(FOUR, () => ({ connections: [REFUSAL] }));
    const report = await runBattery(order);
    assert.deepEqual([report.controls, launched.length, report.summary.inconclusive], ['failed-before', 2, 3]);
    const warm = await runBattery(
      play(FOUR, (id, time) => (id === 'P1' && time === 1 ? { connections: [] } : correct(id))).order,
    );
    assert.deepEqual([warm.controls, warm.summary.right], ['passed', 4]);
  });

  it('proves no refusal without the second control, though leaks stay leaks', async () => {
    const offline = (id: string, time: number): Part =>
      id === 'P1' && time > 1 ? {} : id === 'N4' ? { connections: [REQUEST] } : correct(id);
    const report = await runBattery(play(FOUR, offline).order);
    assert.equal(report.controls, 'failed-after');
    assert.deepEqual([standings(report)['N1'], standings(report)['N4']], ['inconclusive', 'wrong']);
  });

  it('ends a client at its limit, and takes the end that it made for no refusal', async () => {
    const open = { ...REFUSAL, closed: 'open' } as const;
    const {
      order,
      pauses,
      open: stages,
    } = play([CONTROL, N4], (id) => (id === 'N4' ? { connections: [open], hangs: true } : correct(id)));
    const report = await runBattery(order);
    assert.deepEqual([standings(report)['N4'], stages()], ['inconclusive', 0]);
    assert.ok(pauses.includes(10_000));
  });

  it('counts what could not be staged as undecided', async () => {
    const { order, open } = play(FOUR, correct);
    const forge: typeof order.ports.forge = async (recipe, about) => {
      if (recipe === N4.recipe) throw new Error('no such key');
      return await order.ports.forge(recipe, about);
    };
    const report = await runBattery({ ...order, ports: { ...order.ports, forge } });
    assert.deepEqual([standings(report)['N4'], open()], ['inconclusive', 0]);
    assert.match(report.results.find(({ case: { id } }) => id === 'N4')?.because ?? '', /no such key/);
  });

  it('raises what keeps even the first control from being staged', async () => {
    const { order } = play(FOUR, correct);
    const openStage = (): Promise<never> => Promise.reject(new Error('the port is taken'));
    await assert.rejects(runBattery({ ...order, ports: { ...order.ports, openStage } }), /the port is taken/);
  });

  it('proves nothing when it is ended early', async () => {
    const abort = new AbortController();
    const { order, open } = play(
      FOUR,
      (id) => {
        if (id === 'N1') abort.abort();
        return correct(id);
      },
      { signal: abort.signal, jobs: 1 },
    );
    const report = await runBattery(order);
    assert.deepEqual([report.controls, open()], ['not-run', 0]);
    assert.deepEqual([standings(report)['N1'], standings(report)['N4']], ['inconclusive', 'inconclusive']);
  });

  it('tells known leaks from others, and what does not apply with its reason', async () => {
    const profile = {
      ...{ name: 'p', title: 'P', can: [], except: {} },
      known: { N4: { outcome: 'LEAKED', why: 'as ever' }, N1: { outcome: 'LEAKED', why: 'another' } },
    } as const;
    const left = [N15, CONTROL].map((item) => ({ case: item, because: 'nobody asked' }));
    const report = await runBattery(
      play(FOUR, (id) => (id === 'N4' ? { connections: [REQUEST] } : correct(id)), { profile, left }).order,
    );
    const of = (id: string) => report.results.find((result) => result.case.id === id);
    assert.deepEqual([of('N4')?.known, of('N1')?.known], ['as ever', undefined]);
    assert.deepEqual([of('N15')?.standing, of('N15')?.because], ['not-applicable', 'nobody asked']);
    assert.equal(report.results.filter((result) => result.case.id === CONTROL.id).length, 1);
  });

  it('counts refusals that nobody hears of, where reports are expected', async () => {
    const { order } = play(FOUR, correct);
    const at = { at: 1, form: 'unknown' } as const;
    const reports = {
      ...{ urlFor: (id: string) => `http://localhost:9/reports/${id}`, close: async () => {} },
      reportsOf: (id: string) => (id === 'N4' ? [at] : []),
    };
    const report = await runBattery({ ...order, ports: { ...order.ports, reports } });
    const silent = report.results.filter((result) => result.silent).map(({ case: { id } }) => id);
    assert.deepEqual([silent, report.reportsExpected], [['N1'], true]);
  });

  it('runs one case at a time, with its watch window, where all share a port', async () => {
    const { order, open } = play(FOUR, correct, {
      stage: { address: '127.0.0.1', port: 8443, handshakeMs: 5, idleMs: 5 },
    });
    let most = 0;
    const { openStage } = order.ports;
    const watched: typeof openStage = async (stage) => {
      const opened = await openStage(stage);
      most = Math.max(most, open());
      return opened;
    };
    await runBattery({ ...order, ports: { ...order.ports, openStage: watched } });
    assert.equal(most, 1);
  });

  it('moves clocks of clients by the run and by the case, and certificates by the run alone', async () => {
    const times: number[] = [];
    const { order, launched } = play([CONTROL, { ...N4, clock: -60 }], correct, { clockSeconds: 3_600 });
    const forge: typeof order.ports.forge = async (recipe, about) => {
      times.push(about.at);
      return await order.ports.forge(recipe, about);
    };
    await runBattery({ ...order, ports: { ...order.ports, forge } });
    const clocks = launched.map(({ case: { id }, clockSeconds }) => [id, clockSeconds]);
    assert.deepEqual(clocks, [
      ['P1', 3_600],
      ['N4', 3_540],
      ['P1', 3_600],
    ]);
    assert.deepEqual(new Set(times), new Set([1_000 + 3_600_000]));
  });

  it('has nothing to say of no case', async () => {
    await assert.rejects(runBattery(play([], correct).order), { code: 'mitm.no_cases' });
  });

  it('answers to the names that go over the wire, however the user writes them', async () => {
    const { order, stages } = play(FOUR, correct, {
      hostsOf: () => ({ host: 'B\u00fccher.test.', secondHost: 'second.b\u00fccher.test' }),
    });
    await runBattery(order);
    assert.deepEqual(stages[0]?.hosts, ['xn--bcher-kva.test', 'second.xn--bcher-kva.test']);
  });
});
