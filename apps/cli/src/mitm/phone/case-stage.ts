import type { Connection, openStage, Stage, StageOrder } from '@assay/mitm';

/** A case's stage that can begin anew, as often as a person wants to see the case again. */
export interface CaseStage extends Stage {
  /** Ends its connections and waits for others. What leaked before stays: a leak is proof, however often one tries again. */
  repeat(): Promise<void>;
  /** Resolves when it is closed, and its connections with it. */
  readonly closed: Promise<void>;
}

export const hasData = ({ applicationBytes, requests }: Connection): boolean =>
  applicationBytes > 0 || requests.length > 0;

/** `open` opens each attempt; all are heard by the order's listener. */
export async function openCaseStage(
  order: StageOrder,
  open: typeof openStage,
  opened: (stage: Stage) => void,
): Promise<CaseStage> {
  const stage = new Attempts(await open(order), async () => {
    const next = await open(order);
    opened(next);
    return next;
  });
  opened(stage.now);
  return stage;
}

class Attempts implements CaseStage {
  readonly closed: Promise<void>;
  #now: Stage;
  readonly #next: () => Promise<Stage>;
  #kept: readonly Connection[] = [];
  /** What is under way: two attempts at once would leave one open. */
  #busy: Promise<unknown> = Promise.resolve();
  readonly #end = Promise.withResolvers<void>();
  #isOver = false;

  constructor(first: Stage, next: () => Promise<Stage>) {
    this.#now = first;
    this.#next = next;
    this.closed = this.#end.promise;
  }

  get now(): Stage {
    return this.#now;
  }

  get port(): number {
    return this.#now.port;
  }

  get udp(): boolean {
    return this.#now.udp;
  }

  connections(): readonly Connection[] {
    const from = Math.max(-1, ...this.#kept.map(({ id }) => id)) + 1;
    return [...this.#kept, ...this.#now.connections().map((each) => ({ ...each, id: each.id + from }))];
  }

  repeat(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#isOver) return;
      await this.#now.close();
      this.#kept = this.connections().filter(hasData);
      this.#now = EMPTY;
      this.#now = await this.#next();
    });
  }

  close(): Promise<void> {
    return this.#inTurn(async () => {
      this.#isOver = true;
      await this.#now.close();
      this.#end.resolve();
    });
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#busy.then(work);
    this.#busy = done.catch(() => {}); // whoever asked for it hears of it
    return done;
  }
}

/** Between two attempts. */
const EMPTY: Stage = { port: 0, udp: false, connections: () => [], close: async () => {} };
