/**
 * Runs admitted work one job at a time in order of lanes, so that a refresh never waits behind enrolments. The work is
 * mostly synchronous cryptography on one thread: what counts is which job runs next, and how many may wait.
 */

export interface Lane {
  readonly name: string;
  /** Jobs that may wait; one more is shed. */
  readonly capacity: number;
  /**
   * Turns of the event loop that a job of this lane stands back for arriving connections. Node takes one connection a turn,
   * in the order in which they came: were each turn as long as a job, whoever connects would wait a job for everybody before.
   */
  readonly standsBack: number;
}

export interface WorkQueue {
  /** Resolves with the job's outcome, or with `overloaded` at once when the lane is full. */
  run<T>(lane: string, job: () => Promise<T>): Promise<T | 'overloaded'>;
  /** Whether the lane would shed one more job now. */
  isFull(lane: string): boolean;
  readonly waiting: number;
}

interface OpenLane extends Lane {
  readonly jobs: (() => void)[];
}

/**
 * @param lanes first lane first served
 * @param concurrency jobs under way at once; more than one because a job may await the store, where they share a commit
 * @param connected how many connections were ever taken
 */
export function createWorkQueue(lanes: readonly Lane[], concurrency: number, connected: () => number): WorkQueue {
  const open = new Map<string, OpenLane>(lanes.map((lane) => [lane.name, { ...lane, jobs: [] }]));
  let underWay = 0;
  let scheduled = false;
  let seen = connected();
  let stoodBack = 0;

  /** The job whose turn it is, unless its lane stands back this turn. */
  function nextJob(isArriving: boolean): (() => void) | undefined {
    const lane = [...open.values()].find(({ jobs }) => jobs.length > 0);
    if (lane === undefined) return undefined;
    stoodBack = isArriving ? stoodBack + 1 : 0;
    if (isArriving && stoodBack <= lane.standsBack) return undefined;
    stoodBack = 0;
    return lane.jobs.shift();
  }

  /** One job for each turn of the event loop: sockets are read, and new refreshes seen, between two enrolments. */
  function schedule(): void {
    if (scheduled || underWay >= concurrency || waiting() === 0) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      const before = seen;
      seen = connected();
      const job = nextJob(seen > before);
      if (job !== undefined) underWay += 1;
      job?.();
      schedule();
    });
  }

  function finished(): void {
    underWay -= 1;
    schedule();
  }

  const isFull = (name: string): boolean => {
    const lane = open.get(name);
    return lane === undefined || lane.jobs.length >= lane.capacity;
  };
  const waiting = (): number => [...open.values()].reduce((sum, { jobs }) => sum + jobs.length, 0);

  return {
    isFull,
    run(name, job) {
      const lane = open.get(name);
      if (lane === undefined || isFull(name)) return Promise.resolve('overloaded');
      return new Promise((resolve, reject) => {
        lane.jobs.push(() => void job().then(resolve, reject).finally(finished));
        schedule();
      });
    },
    get waiting() {
      return waiting();
    },
  };
}
