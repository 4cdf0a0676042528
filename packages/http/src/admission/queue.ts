/**
 * Runs admitted work one job at a time in order of lanes, so that a refresh never waits behind enrolments. The work is
 * mostly synchronous cryptography on one thread: what counts is which job runs next, and how many may wait.
 */

export interface Lane {
  readonly name: string;
  /** Jobs that may wait; one more is shed. */
  readonly capacity: number;
}

export interface WorkQueue {
  /** Resolves with the job's outcome, or with `overloaded` at once when the lane is full. */
  run<T>(lane: string, job: () => Promise<T>): Promise<T | 'overloaded'>;
  /** Whether the lane would shed one more job now. */
  isFull(lane: string): boolean;
  readonly waiting: number;
}

/**
 * @param lanes first lane first served
 * @param concurrency jobs under way at once; more than one because a job may await the store, where they share a commit
 */
export function createWorkQueue(lanes: readonly Lane[], concurrency: number): WorkQueue {
  const waiting = new Map<string, (() => void)[]>(lanes.map((lane) => [lane.name, []]));
  const capacities = new Map(lanes.map(({ name, capacity }) => [name, capacity]));
  let underWay = 0;
  let scheduled = false;

  const nextJob = () => [...waiting.values()].find((jobs) => jobs.length > 0)?.shift();

  /** One job for each turn of the event loop: sockets are read, and new refreshes seen, between two enrolments. */
  function schedule(): void {
    if (scheduled || underWay >= concurrency) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      const job = nextJob();
      if (job === undefined) return;
      underWay += 1;
      job();
      schedule();
    });
  }

  function finished(): void {
    underWay -= 1;
    schedule();
  }

  const isFull = (name: string): boolean => (waiting.get(name)?.length ?? 0) >= (capacities.get(name) ?? 0);

  return {
    isFull,
    run(name, job) {
      const jobs = waiting.get(name);
      if (jobs === undefined || isFull(name)) return Promise.resolve('overloaded');
      return new Promise((resolve, reject) => {
        jobs.push(() => void job().then(resolve, reject).finally(finished));
        schedule();
      });
    },
    get waiting() {
      return [...waiting.values()].reduce((sum, jobs) => sum + jobs.length, 0);
    },
  };
}
