import { type Case, type Forge, judge, openStage, type Recipe, type RunPorts } from '@assay/mitm';
import { type CaseStage, hasData, openCaseStage } from './case-stage.ts';
import type { Front } from './front.ts';
import type { Person, Word } from './person.ts';

export interface WalkOptions {
  readonly front: Front;
  readonly person: Person;
  /** Hosts that were named; every case answers for all of them. */
  readonly hosts: readonly string[];
  readonly forge: Forge;
  readonly control: Case;
  /** Serves the control instead, by the host's own server. */
  readonly relay?: typeof openStage;
  /** Without news for so long, a case that is decided is over: clients try again. */
  readonly settleMs: number;
  readonly onCase: (item: Case) => void;
  readonly onFinish: () => void;
  /** Ends the run without a last control. */
  readonly abort: () => void;
}

/** An answer on its way is let through before its connection is closed. */
const ANSWER_MS = 300;

/**
 * Puts a person in the place of a client that is started for each case. Connections belong to the case whose server they were
 * shown: behind the front one case stands at a time, and none of its connections outlives it.
 */
export function createWalk(options: WalkOptions): Pick<RunPorts, 'forge' | 'openStage' | 'launch'> {
  const walk = new Walk(options);
  return {
    forge: (recipe, about) => walk.forge(recipe, about),
    openStage: (order) => walk.openStage(order),
    launch: async ({ case: item, signal }) => {
      await walk.show(item, signal);
      return undefined;
    },
  };
}

class Walk {
  readonly #options: WalkOptions;
  #last: { readonly recipe: Recipe; readonly at: number } | undefined;
  #stage: CaseStage | undefined;
  #changed: () => void = () => {};
  #isFinishing = false;

  constructor(options: WalkOptions) {
    this.#options = options;
  }

  forge(recipe: Recipe, about: Parameters<Forge>[1]): ReturnType<Forge> {
    this.#last = { recipe, at: about.at };
    return this.#options.forge(recipe, about);
  }

  /** The stage of the next case, behind the front. */
  async openStage(order: Parameters<typeof openStage>[0]): Promise<CaseStage> {
    const { front, hosts, relay, control } = this.#options;
    // What is open would be used once more, and say nothing about the next case.
    await this.#stage?.closed;
    const isRelayed = relay !== undefined && order.marker.endsWith(`/${control.id}`);
    const forged = isRelayed ? new Map() : await this.#forgedForOthers(order.hosts);
    const served = [...new Set([...order.hosts, ...hosts])];
    const inner = {
      ...order,
      ...{ address: '127.0.0.1', port: 0, hosts: served },
      // Whatever the app asks of a named host is its own: nobody can put a marker into its addresses.
      marker: '/',
      forgedFor: (host: string) => forged.get(host) ?? order.forgedFor(host),
      onConnection: () => this.#changed(),
    };
    const stage = await openCaseStage(inner, isRelayed ? relay : openStage, ({ port }) => {
      for (const host of served) front.send(host, { address: '127.0.0.1', port });
    });
    this.#stage = stage;
    void stage.closed.then(() => {
      for (const host of served) front.hold(host);
    });
    return stage;
  }

  async #forgedForOthers(own: readonly string[]) {
    const { hosts, forge } = this.#options;
    const { recipe = {}, at = 0 } = this.#last ?? {};
    const others = hosts.filter((host) => !own.includes(host));
    return new Map(await Promise.all(others.map(async (host) => [host, await forge(recipe, { host, at })] as const)));
  }

  /** Until the case is decided, or the person says that it is over. */
  async show(item: Case, signal: AbortSignal): Promise<void> {
    const { control, onCase, person } = this.#options;
    const stage = this.#stage;
    if (stage === undefined || signal.aborted || (this.#isFinishing && item.id !== control.id)) return;
    onCase(item);
    const over = Promise.withResolvers<void>();
    const watch = this.#watch(item, stage, over.resolve);
    signal.addEventListener('abort', () => over.resolve(), { once: true });
    const on: Readonly<Record<Word, () => void>> = {
      next: over.resolve,
      skip: () => void stage.repeat().then(over.resolve, over.reject),
      repeat: () => void stage.repeat().then(() => onCase(item), over.reject),
      quit: () => this.#finish(item, over.resolve),
    };
    person.listen((word) => on[word]());
    await over.promise.finally(() => {
      person.listen(undefined);
      watch.end();
    });
  }

  /** Calls `over` when the case is decided and nothing has come for a while. */
  #watch(item: Case, stage: CaseStage, over: () => void): { end(): void } {
    let timer: NodeJS.Timeout | undefined;
    const look = (): void => {
      clearTimeout(timer);
      const patience = this.#patienceFor(item, stage);
      if (patience !== undefined) timer = setTimeout(over, patience);
    };
    this.#changed = look;
    look();
    return {
      end: () => {
        clearTimeout(timer);
        this.#changed = () => {};
      },
    };
  }

  #finish(item: Case, over: () => void): void {
    const { control, onFinish, abort } = this.#options;
    if (this.#isFinishing || item.id === control.id) abort();
    else onFinish();
    this.#isFinishing = true;
    over();
  }

  /** For how long a case is still watched, or that it is not decided. */
  #patienceFor(item: Case, stage: CaseStage): number | undefined {
    const connections = stage.connections();
    const isSeen = connections.some((each) => hasData(each) || (each.closed !== 'open' && each.hello !== undefined));
    const watched = { controls: 'passed', settled: true, reportsExpected: false } as const;
    const { standing, outcome } = judge(item, { connections, reports: [] }, watched);
    if (!isSeen || standing === 'inconclusive') return undefined;
    // Data is proof by itself, and nothing that comes later changes it.
    return outcome === 'LEAKED' ? Math.min(ANSWER_MS, this.#options.settleMs) : this.#options.settleMs;
  }
}
