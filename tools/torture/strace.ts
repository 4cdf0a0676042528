/** One line that matters in the output of `strace -f`, in the order of time. */
type Event =
  | { readonly kind: 'begin' | 'ack'; readonly id: string }
  | { readonly kind: 'sync_start' | 'sync_end'; readonly pid: string };

const SAID = /^\d+ +write\(1, "(begin|ack) ([0-9.]+)\\n"/;
const SYNC = /^(\d+) +(?:fsync|fdatasync)\(/;
const RESUMED = /^(\d+) +<\.\.\. (?:fsync|fdatasync) resumed>/;
const SUCCEEDED = /= 0$/;

export interface SyncCount {
  readonly acknowledged: number;
  readonly syncs: number;
  /** Acknowledgements for which no sync both began after the write was handed in and ended before the answer. */
  readonly unproven: number;
}

/** Reads the trace of a writer (and of the engine's processes) for whether every answer waited for the disk. */
export function countSyncs(trace: string): SyncCount {
  const running = new Map<string, number>();
  const handedIn = new Map<string, number>();
  let lastProof = -1;
  const count = { acknowledged: 0, syncs: 0, unproven: 0 };
  for (const [at, event] of trace.split('\n').flatMap(toEvents).entries()) {
    if (event.kind === 'begin') handedIn.set(event.id, at);
    if (event.kind === 'sync_start') running.set(event.pid, at);
    if (event.kind === 'sync_end') {
      lastProof = Math.max(lastProof, running.get(event.pid) ?? -1);
      count.syncs += 1;
    }
    if (event.kind === 'ack') {
      count.acknowledged += 1;
      if (lastProof <= (handedIn.get(event.id) ?? Number.POSITIVE_INFINITY)) count.unproven += 1;
    }
  }
  return count;
}

function toEvents(line: string): Event[] {
  const [, kind, id] = SAID.exec(line) ?? [];
  if ((kind === 'begin' || kind === 'ack') && id !== undefined) return [{ kind, id }];
  const ended = SUCCEEDED.test(line);
  const started = SYNC.exec(line)?.[1];
  if (started !== undefined) {
    const start: Event = { kind: 'sync_start', pid: started };
    return ended ? [start, { kind: 'sync_end', pid: started }] : [start];
  }
  const resumed = RESUMED.exec(line)?.[1];
  return resumed !== undefined && ended ? [{ kind: 'sync_end', pid: resumed }] : [];
}
