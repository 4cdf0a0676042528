import type { KeyObject } from 'node:crypto';
import { randomBytes } from 'node:crypto';
import { release } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@assay/core';
import {
  type Case,
  createLab,
  createPinAuthority,
  hostsOf,
  KEYS,
  type KeyName,
  type Lab,
  type LabKeys,
  type OfferPins,
  openPinService,
  openReportEndpoint,
  openStage,
  type Pin,
  type Profile,
  type Progress,
  pinServiceRecipe,
  type ReportEndpoint,
  type RunReport,
  runBattery,
} from '@assay/mitm';
import type { World } from '../command.ts';
import { fault } from '../reasons.ts';
import { VERSION } from '../version.ts';
import { environmentOf, type Handed } from './environment.ts';
import { type Faketime, findFaketime, proveClock } from './faketime.ts';
import { type Keeper, openKeeper } from './keeper.ts';
import { createLauncher } from './launcher.ts';
import type { RunOptions } from './options.ts';
import { signalOf } from './orphan.ts';
import { casesWith } from './own-cases.ts';
import { type Plan, planOf } from './plan.ts';
import { profileOf } from './profiles.ts';

export interface ClientRun {
  readonly options: RunOptions;
  readonly leafKey: KeyObject | undefined;
  readonly labKeys: LabKeys | undefined;
  /** A report endpoint is offered. */
  readonly reports: boolean;
  /** The words of this command line, for one case of it. */
  readonly reproduce: (item: Case) => string;
  readonly onProgress: (progress: Progress) => void;
}

const EAGER: readonly KeyName[] = ['pinned', 'backup'];
const YEAR_S = 31_536_000;
const TIMEOUTS = { handshakeMs: 5_000, idleMs: 8_000 };

/** A whole run: nothing of it is left afterwards but the report. */
export async function runClient(world: World, run: ClientRun): Promise<{ report: RunReport; lab: Lab }> {
  const { options, leafKey, labKeys } = run;
  const profile = profileOf(options);
  const clocks = await clocksFor(world, options, profile);
  const here = { movesClocks: clocks !== undefined, offersPins: true };
  const cases = casesWith(options.casesFile);
  const plan = planOf({ ...options, ...here, cases, profile, leafKey: leafKey !== undefined });
  const clock = (): number => world.now() + options.clockSeconds * 1000;
  const lab = createLab({
    ...{ clock, hosts: plan.hosts },
    ...(leafKey === undefined ? {} : { leafKey }),
    ...(labKeys === undefined ? {} : { keys: labKeys }),
  });
  const mark = randomBytes(8).toString('hex');
  const keeper = openKeeper(`assay-${mark}`);
  try {
    return { report: await reported({ world, run, profile, clocks, clock, plan, lab, mark, keeper }), lab };
  } finally {
    await keeper.close();
  }
}

/** With a report endpoint beside it, where one is wished for. */
async function reported(parts: Omit<Parts, 'reports'>): Promise<RunReport> {
  const { world, run } = parts;
  const reports = run.reports ? await openReportEndpoint({ clock: world.now }) : undefined;
  try {
    return await battery({ ...parts, reports });
  } finally {
    await reports?.close();
  }
}

interface Parts {
  readonly world: World;
  readonly run: ClientRun;
  readonly profile: ReturnType<typeof profileOf>;
  readonly clocks: Faketime | undefined;
  /** The time that clients live at, unless their case says otherwise. */
  readonly clock: Clock;
  readonly plan: Plan;
  readonly lab: Lab;
  readonly mark: string;
  readonly keeper: Keeper;
  readonly reports: ReportEndpoint | undefined;
}

async function battery(parts: Parts): Promise<RunReport> {
  const { world, run, profile, plan, lab, mark, reports } = parts;
  const { options, reproduce, onProgress } = run;
  const pins = await pinsOf(parts);
  const { bundle, offerPins } = await pinSetsOf(parts, pins);
  const handed = handedOut(parts, pins, bundle);
  return await runBattery({
    ports: {
      ...{ forge: lab.forge, openStage, clock: world.now, random: randomBytes, pause, reproduce },
      launch: launcher(parts, handed),
      ...(reports === undefined ? {} : { reports }),
      ...(offerPins === undefined ? {} : { offerPins }),
    },
    ...{ run: mark, cases: plan.applicable, left: plan.left, control: plan.control, profile, onProgress },
    ...{ version: VERSION, madeBy: madeBy(), client: clientOf(profile) },
    ...{ hosts: options.hosts, hostsOf: (item) => hostsOf(item, options.hosts[0] ?? '') },
    ...{ way: options.way, clockSeconds: options.clockSeconds, jobs: options.jobs, signal: signalOf(world) },
    ...{ limitMs: options.limitMs, watchMs: options.watchMs },
    stage: { ...options.listen, ...TIMEOUTS },
  });
}

/** Clocks that `--clock` asks for must move; where only some cases need it, those are left out. */
async function clocksFor(world: World, { clockSeconds }: RunOptions, { can }: Profile): Promise<Faketime | undefined> {
  const found = findFaketime(world);
  if (clockSeconds !== 0) return await proveClock(found, clockSeconds, world);
  if (found === undefined || !can.includes('clock')) return undefined;
  return await proveClock(found, -YEAR_S, world).catch(() => undefined);
}

/** Of every key that a case may show: the others take seconds to make. A client that pins one or two is told of no more. */
function pinsOf({ run, lab, plan, profile }: Parts): Promise<readonly Pin[]> {
  if (run.leafKey !== undefined) return lab.pins();
  const shown = JSON.stringify(plan.applicable.map(({ recipe, pinSet }) => [recipe, pinSet]));
  const isTold = (name: string): boolean => profile.can.includes('lab-pins') && shown.includes(`"${name}"`);
  const further = KEYS.filter(({ name, pinned }) => pinned && !EAGER.includes(name) && isTold(name));
  return lab.pins([...EAGER, ...further.map(({ name }) => name)]);
}

/** Signed pin sets, where a case needs one. */
async function pinSetsOf(
  { plan, lab, clock }: Parts,
  pins: readonly Pin[],
): Promise<{ bundle?: string; offerPins?: OfferPins }> {
  if (!plan.applicable.some(({ pinSet }) => pinSet !== undefined)) return {};
  const [host = ''] = plan.hosts;
  const [other] = await lab.pins(['other']);
  const authority = await createPinAuthority({
    ...{ clock, hosts: plan.hosts, pins, otherPin: other?.pin ?? '' },
  });
  return {
    bundle: authority.bundle,
    offerPins: async (recipe, onServed) => {
      const [offer, forged] = await Promise.all([
        authority.offer(recipe),
        lab.forge(pinServiceRecipe(recipe), { host, at: clock() }),
      ]);
      return await openPinService({ offer, forged, address: '127.0.0.1', onServed });
    },
  };
}

/** The files that clients are told of. */
function handedOut({ keeper, lab }: Parts, pins: readonly Pin[], bundle: string | undefined): Handed {
  return {
    caFile: keeper.write('authority.pem', lab.authority.pem),
    logsFile: keeper.write('logs.json', JSON.stringify(lab.logs())),
    pins: pins.map(({ pin }) => pin),
    ...(bundle === undefined ? {} : { pinsKeyFile: keeper.write('pins.json', bundle) }),
  };
}

function launcher({ world, keeper, clocks, profile: { command } }: Parts, handed: Handed) {
  return createLauncher({
    ...{ command, cwd: world.cwd, keeper },
    environmentOf: (order) => {
      const told = environmentOf(order, handed, world.env);
      if (order.clockSeconds === 0) return told;
      if (clocks === undefined) throw fault('cli.clock_unmovable');
      return { ...told, ...clocks.environment(order.clockSeconds, told) };
    },
  });
}

/** Waits; an aborted signal ends the waiting, not in an error. */
const pause = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
  await sleep(milliseconds, undefined, { signal }).catch(() => {});
};

const clientOf = ({ name, command, version }: Parts['profile']): RunReport['client'] => ({
  ...{ profile: name, command },
  ...(version === undefined ? {} : { version }),
});

const madeBy = () => ({
  ranOn: `${process.platform} ${release()}, Node ${process.versions.node}, OpenSSL ${process.versions.openssl}`,
});
