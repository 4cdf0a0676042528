import { type KeyObject, randomBytes } from 'node:crypto';
import { release } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Case,
  createLab,
  hostsOf,
  type Lab,
  type LabKeys,
  type Profile,
  type RunReport,
  runBattery,
} from '@assay/mitm';
import type { World } from '../../command.ts';
import { VERSION } from '../../version.ts';
import { signalOf } from '../orphan.ts';
import type { Plan } from '../plan.ts';
import { bracketed, reachedAt } from './addresses.ts';
import { type Front, openFront } from './front.ts';
import type { PhoneOptions } from './options.ts';
import { createPerson } from './person.ts';
import { phonePlan } from './plan.ts';
import { phoneProfile, realControl } from './profile.ts';
import { openRelay } from './relay.ts';
import { openSetup, type SetupServer } from './setup.ts';
import { createTold, greet, type Told } from './show.ts';
import { createWalk } from './walk.ts';

export interface PhoneRun {
  readonly options: PhoneOptions;
  readonly leafKey: KeyObject | undefined;
  readonly labKeys: LabKeys | undefined;
  readonly reproduce: (item: Case) => string;
}

const TIMEOUTS = { handshakeMs: 10_000, idleMs: 8_000 };
const HTTPS = 443;

/** Walks the list with whoever holds the phone. Nothing is left afterwards but the report. */
export async function runPhone(
  world: World,
  run: PhoneRun,
): Promise<{ report: RunReport; lab: Lab; strangers: ReadonlySet<string> }> {
  const { options, leafKey, labKeys } = run;
  const profile = phoneProfile(options);
  const plan = phonePlan(options, profile, leafKey !== undefined);
  const lab = createLab({
    ...{ clock: world.now, hosts: plan.hosts },
    ...(leafKey === undefined ? {} : { leafKey }),
    ...(labKeys === undefined ? {} : { keys: labKeys }),
  });
  const told = createTold(world.speech, options.hosts[0] ?? '', plan.applicable.length + 2);
  const front = await openFront({ ...options.listen, connect: options.connect, clock: world.now, random: randomBytes });
  try {
    const setup = await openSetup({
      ...{ address: options.listen.address, port: options.setupPort, proxyPort: front.port, now: told.now },
      ...{ hosts: options.hosts, authority: lab.authority.pem, untrusted: options.untrusted },
    });
    try {
      const report = await walked({ world, run, profile, plan, lab, front, setup, told });
      return { report, lab, strangers: front.strangers() };
    } finally {
      await setup.close();
    }
  } finally {
    await front.close();
  }
}

interface Parts {
  readonly world: World;
  readonly run: PhoneRun;
  readonly profile: Profile;
  readonly plan: Plan;
  readonly lab: Lab;
  readonly front: Front;
  readonly setup: SetupServer;
  readonly told: Told;
}

async function walked(parts: Parts): Promise<RunReport> {
  const { world, run, profile, plan, lab, front, setup, told } = parts;
  const { hosts, listen, untrusted, settleMs, limitMs, connect } = run.options;
  const [host = ''] = hosts;
  for (const name of hosts) front.hold(name);
  const addresses = reachedAt(listen.address);
  for (const name of ['localhost', '127.0.0.1', ...addresses]) {
    front.offer(`${name}:${setup.port}`, { address: addresses[0] ?? '', port: setup.port });
  }
  greet(world.speech, { addresses, proxyPort: front.port, setupPort: setup.port, hosts, untrusted });
  const control = untrusted ? realControl(plan.control, host) : plan.control;
  const quit = new AbortController();
  const person = createPerson(world.stdin, told.onJunk);
  const walk = createWalk({
    ...{ front, person, hosts, forge: lab.forge, control, settleMs },
    ...(untrusted ? { relay: openRelay(host, connect.get(host) ?? { address: host, port: HTTPS }) } : {}),
    ...{ onCase: told.onCase, onFinish: told.onFinish, abort: () => quit.abort() },
  });
  try {
    return await runBattery({
      ports: { ...walk, clock: world.now, random: randomBytes, pause, reproduce: run.reproduce },
      ...{ run: randomBytes(8).toString('hex'), cases: plan.applicable, left: plan.left, control, profile },
      ...{
        version: VERSION,
        madeBy: madeBy(),
        client: clientOf(profile, `${bracketed(addresses[0] ?? '')}:${front.port}`),
      },
      ...{ hosts, hostsOf: (item) => hostsOf(item, host), way: 'proxy', clockSeconds: 0, jobs: 1 },
      // The walk watches by itself: a case's connections must be gone before the next one is shown.
      ...{ limitMs, watchMs: 0, onProgress: told.onProgress },
      signal: AbortSignal.any([signalOf(world), quit.signal]),
      stage: { address: '127.0.0.1', port: 0, ...TIMEOUTS },
    });
  } finally {
    person.close();
  }
}

/** How a connection came to its case is part of the evidence. */
const clientOf = ({ name, version }: Profile, proxy: string): RunReport['client'] => ({
  profile: name,
  command: `a person with a phone, by the proxy ${proxy}; each connection is judged for the case whose server it was shown, so that a late retry counts for the case that follows`,
  ...(version === undefined ? {} : { version }),
});

/** Waits; an aborted signal ends the waiting, not in an error. */
const pause = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
  await sleep(milliseconds, undefined, { signal }).catch(() => {});
};

const madeBy = () => ({
  ranOn: `${process.platform} ${release()}, Node ${process.versions.node}, OpenSSL ${process.versions.openssl}`,
});
