import { CASES, type Case, hostOf, hostsOf, isNamed, type Profile, type Selection, selectCases } from '@assay/mitm';
import { casesNamed } from './cases.ts';
import type { RunOptions } from './options.ts';

/** What is run, what is left out and why, and for which names something is forged. */
export interface Plan extends Selection {
  readonly hosts: readonly string[];
}

export interface PlanOptions extends Pick<RunOptions, 'hosts' | 'only' | 'except'> {
  readonly profile: Profile;
  readonly leafKey: boolean;
  /** Clocks of clients can be moved here. */
  readonly movesClocks: boolean;
  readonly offersPins: boolean;
  /** The battery unless told. */
  readonly cases?: readonly Case[];
}

type Left = Selection['left'][number];

/** @throws RequestError `cli.case_unknown` */
export function planOf({ profile, hosts, only, except, leafKey, cases = CASES, ...here }: PlanOptions): Plan {
  for (const name of [...only, ...except]) casesNamed(name, cases);
  const wish = { hosts, except, leafKey, cases, ...(only.length === 0 ? {} : { only }) };
  const selection = selectCases(profile, wish);
  const judged = selection.applicable.map((item) => ({ item, because: hindrance(item, hosts, here) }));
  const left = judged.flatMap(({ item, because }): Left[] => (because === undefined ? [] : [{ case: item, because }]));
  const applicable = judged.filter(({ because }) => because === undefined).map(({ item }) => item);
  const forged = [selection.control, ...applicable].flatMap((item) => namesOf(item, hosts));
  return {
    ...{ control: selection.control, applicable, left: [...selection.left, ...left] },
    hosts: [...new Set([...hosts, ...forged])],
  };
}

/** Why a case cannot be run here, or nothing. */
function hindrance(
  item: Case,
  hosts: readonly string[],
  { movesClocks, offersPins }: Pick<PlanOptions, 'movesClocks' | 'offersPins'>,
): string | undefined {
  if (item.clock !== undefined && !movesClocks) return 'no clock can be moved here: libfaketime is not installed';
  if (item.pinSet !== undefined && !offersPins) return 'no pin sets are offered';
  const named = hosts.map(hostOf);
  const stranger = namesOf(item, hosts).find((name) => !isNamed(hostOf(name), named));
  return stranger === undefined ? undefined : `nobody named ${stranger}: add --host ${stranger} if it is yours`;
}

/** Every name that a case answers for. */
function namesOf(item: Case, hosts: readonly string[]): readonly string[] {
  const { host, secondHost } = hostsOf(item, hosts[0] ?? '');
  return item.steps.includes('second-host') ? [host, secondHost] : [host];
}
