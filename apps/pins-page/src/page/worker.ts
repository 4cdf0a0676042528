import { analyse } from '../analysis/analyse.ts';
import type { Task } from '../analysis/model.ts';

/** The worker's side: one answer for one task. */
export function serve(): void {
  self.onmessage = ({ data }: MessageEvent<Task>) => {
    analyse(data).then(
      (analysis) => postMessage({ analysis }),
      (error: unknown) => postMessage({ fault: error instanceof Error ? error.message : 'unknown fault' }),
    );
  };
}
