import type { RunReport } from '../outcome.ts';

/** The record of a run: everything that was seen, so that it can be judged again. Ends with a line feed. */
export const toJson = (report: RunReport): string => `${JSON.stringify(report, undefined, 2)}\n`;
