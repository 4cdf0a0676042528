import type { Conclusion } from '@assay/mitm';
import { EXIT, type ExitCode } from '../exit.ts';

/** What is not proven is not a pass: neither where a case was not decided, nor where none was. */
export const EXITS: Readonly<Record<Conclusion, ExitCode>> = {
  passed: EXIT.ok,
  failed: EXIT.no,
  inconclusive: EXIT.notReached,
};
