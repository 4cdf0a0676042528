import type { Analysis, Task } from '../analysis/model.ts';

/** After the last keystroke. */
const PAUSE_MS = 150;
/** No honest file takes a tenth of it; what takes longer is stopped, and the page goes on. */
const PATIENCE_MS = 8_000;

export type Outcome = { readonly analysis: Analysis } | { readonly fault: string };

export interface Backend {
  /** Asks for an analysis; an earlier one that is still going on is dropped. */
  ask(task: Task): void;
}

/**
 * Runs the analysis beside the page, in a worker made of the page's own script: whatever is pasted can neither freeze the
 * page nor go on for ever.
 */
export function createBackend(script: string, tell: (outcome: Outcome) => void): Backend {
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  let worker: Worker | undefined;
  let waiting = 0;
  let patience = 0;

  let isBusy = false;

  const end = (outcome: Outcome) => {
    clearTimeout(patience);
    isBusy = false;
    tell(outcome);
  };
  const stop = () => {
    worker?.terminate();
    worker = undefined;
  };
  const giveUp = (fault: string) => {
    stop();
    end({ fault });
  };
  const hire = (): Worker => {
    const hired = new Worker(url);
    hired.onmessage = ({ data }: MessageEvent<Outcome>) => end(data);
    hired.onerror = () => giveUp('The page itself failed on this. Your files may be fine.');
    return hired;
  };
  const start = (task: Task) => {
    if (isBusy) stop();
    clearTimeout(patience);
    worker ??= hire();
    isBusy = true;
    patience = window.setTimeout(() => giveUp('It took too long and was stopped.'), PATIENCE_MS);
    worker.postMessage(task);
  };
  return {
    ask(task) {
      clearTimeout(waiting);
      waiting = window.setTimeout(() => start(task), PAUSE_MS);
    },
  };
}
