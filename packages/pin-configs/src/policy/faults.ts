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

/** A policy that is not read: every fault in it, each with its place. */
export class PolicyRefused extends UnreadableFile {
  readonly faults: readonly PolicyFault[];

  constructor(faults: readonly [PolicyFault, ...PolicyFault[]]) {
    const [first, ...others] = faults;
    const more = others.map((fault) => `\n${at(fault)}: ${say(fault)}`);
    super(`${say(first)}${more.join('')}`, first.place, 'pin_configs.policy_refused');
    this.faults = faults;
  }
}

const at = ({ place: { file, line, column } }: PolicyFault): string => `${file}:${line}:${column}`;

const say = ({ expected, found, fix }: PolicyFault): string =>
  `expected ${expected}; found ${found}${fix === undefined ? '' : `; ${fix}`}`;
