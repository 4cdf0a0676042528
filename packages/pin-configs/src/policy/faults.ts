import type { Place } from '../place.ts';
import { UnreadableFile } from '../unreadable.ts';

/** One thing that is wrong in a policy, and what to do about it. */
export interface PolicyFault {
  readonly place: Place;
  readonly expected: string;
  readonly found: string;
  /** The mending, where `expected` does not say it already. */
  readonly fix?: string;
}

/** Faults that the message tells besides the first; a file that is no policy at all has thousands. */
const MOST_SHOWN = 50;

/** A policy that is not read: every fault in it, each with its place. */
export class PolicyRefused extends UnreadableFile {
  readonly faults: readonly PolicyFault[];

  constructor(faults: readonly [PolicyFault, ...PolicyFault[]]) {
    const [first, ...others] = faults;
    const shown = others.slice(0, MOST_SHOWN).map((fault) => `\n${at(fault)}: ${say(fault)}`);
    const rest = others.length > MOST_SHOWN ? `\nand ${others.length - MOST_SHOWN} more` : '';
    super(`${say(first)}${shown.join('')}${rest}`, first.place, 'pin_configs.policy_refused');
    this.faults = faults;
  }
}

const at = ({ place: { file, line, column } }: PolicyFault): string => `${file}:${line}:${column}`;

const say = ({ expected, found, fix }: PolicyFault): string =>
  `expected ${expected}; found ${found}${fix === undefined ? '' : `; ${fix}`}`;
