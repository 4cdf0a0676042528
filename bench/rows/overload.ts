import { quantile } from '../measure.ts';
import { type AttestServer, startAttestServer } from '../parts/attest-server.ts';
import { startChild } from '../parts/child.ts';
import { openConnection, sendAll } from '../parts/connection.ts';
import { createPhone, type Phone, prepare } from '../parts/phones.ts';
import { atMost, perSecond, type Row } from '../row.ts';
import { wave } from './wave.ts';

const PHONES = 40;
/** Genuine refreshes: few enough that the server alone would hardly notice them. */
const REFRESHES_PER_SECOND = 40;
const SECONDS = 12;
/** The flood goes on for so long after the last refresh was due. */
const AFTER_MS = 3_000;
/** The flood before the measured one, and the rest between them, after which every budget is full again. */
const FIRST_FLOOD_MS = 9_000;
const REST_MS = 12_000;
const FLOOD_MS = SECONDS * 1_000 + AFTER_MS;
const FORGED = 200;
/** What it can refuse is found in rounds of so many, with a rest after each in which every budget fills again. */
const ROUNDS = 20;
const ROUND = 50;
const ROUND_REST_MS = 150;
const FLOOD_FACTOR = 10;
const MOST_ROWS = 200;
const MOST_GROWTH_MB = 64;

interface Flooded {
  readonly sent: number;
  readonly statuses: Readonly<Record<string, number>>;
}

export async function bench(): Promise<readonly Row[]> {
  return [...(await underAttack()), ...(await wave())];
}

/** Genuine refreshes while forged enrolments come in at ten times what the server can appraise, from many networks. */
async function underAttack(): Promise<readonly Row[]> {
  const [server, attacker] = [await startAttestServer(), startChild('flood.ts')];
  try {
    const phones = await enrolled(server);
    const forged = await forgeries(server);
    const capacity = await capacityFor(server, forged);
    const flood = (milliseconds: number): Promise<Flooded> =>
      attacker.ask('flood', { port: server.port, requests: forged, perSecond: capacity * FLOOD_FACTOR, milliseconds });
    await (await prepared(server, phones))();
    const idle = await (await prepared(server, phones))();
    await flood(FIRST_FLOOD_MS); // whatever memory a flood takes once, it has now
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    const before = await server.usage();
    await server.ask('longestTurn');
    const busyUnder = await prepared(server, phones);
    const attack = flood(FLOOD_MS);
    const busy = await busyUnder();
    const flooded = await attack;
    const after = await server.usage();
    const longest = await server.ask<number>('longestTurn');
    const rows = await server.ask<{ counts: number; samples: number }>('rejections');
    const growth = (after.resident - before.resident) / 2 ** 20;
    return report({ capacity, idle, busy, flooded, growth, longest, rows });
  } finally {
    await Promise.all([server.stop(), attacker.stop()]);
  }
}

interface Findings {
  readonly capacity: number;
  readonly idle: readonly number[];
  readonly busy: readonly number[];
  readonly flooded: Flooded;
  readonly growth: number;
  /** Milliseconds. */
  readonly longest: number;
  readonly rows: { readonly counts: number; readonly samples: number };
}

function report({ capacity, idle, busy, flooded, growth, longest, rows }: Findings): Row[] {
  const at = (times: readonly number[]) => [0.5, 0.99].map((share) => quantile(times, share));
  const [[idle50 = 0, idle99 = 0], [busy50 = 0, busy99 = 0]] = [at(idle), at(busy)];
  const answers = Object.entries(flooded.statuses).map(([status, times]) => `${times} × ${status}`);
  return [
    { name: 'forged enrolments that it can refuse by itself', found: perSecond(capacity) },
    {
      name: 'forged enrolments in the flood',
      found: `${perSecond(flooded.sent / (FLOOD_MS / 1_000))}: ${answers.join(', ')}`,
    },
    { name: 'refreshes, p50, idle and flooded', found: `${idle50.toFixed(1)} ms and ${busy50.toFixed(1)} ms` },
    { name: 'refreshes, p99, idle and flooded', found: `${idle99.toFixed(1)} ms and ${busy99.toFixed(1)} ms` },
    {
      name: 'refreshes, slowest of the first two seconds, flooded',
      found: `${Math.max(...busy.slice(0, 2 * REFRESHES_PER_SECOND)).toFixed(1)} ms`,
    },
    { name: 'longest turn of its event loop in the flood', found: `${longest.toFixed(0)} ms` },
    atMost('refreshes, p99 in the flood', busy99 / idle99, 3, '× idle'),
    atMost('memory, growth in the flood', growth, MOST_GROWTH_MB, 'MB'),
    atMost('rows that the flood left behind', rows.counts + rows.samples, MOST_ROWS, 'rows'),
  ];
}

/** Phones that have enrolled, one network each. */
async function enrolled(server: AttestServer): Promise<Phone[]> {
  const phones = Array.from({ length: PHONES }, (_, at) => createPhone(at % 2 === 0 ? 'android' : 'ios'));
  const challenges = await server.challenges(phones.map(() => undefined));
  const requests = await Promise.all(
    phones.map((phone, at) => prepare(phone, server.iss, 'enrol', challenges[at] ?? '')),
  );
  const connections = phones.map((_, at) => openConnection(server.port, addressOf(at)));
  const statuses = await sendAll(requests, connections);
  for (const connection of connections) connection.close();
  if (statuses.get(200) !== PHONES) throw new Error(`enrolments were answered ${JSON.stringify([...statuses])}`);
  return phones;
}

const addressOf = (phone: number): string => `127.200.${phone}.1`;

/** Well-formed requests by keys of their own over valid challenges; only the authority behind the evidence is a lookalike. */
async function forgeries(server: AttestServer): Promise<Uint8Array[]> {
  const challenges = await server.challenges(Array.from({ length: FORGED }, () => undefined));
  const forge = (challenge: string, at: number) =>
    prepare(createPhone(at % 2 === 0 ? 'android' : 'ios', ['lookalike-root']), server.iss, 'enrol', challenge);
  return Promise.all(challenges.map(forge));
}

/** Forged enrolments for each second of its CPU when nothing else is asked of it, in rounds that no budget sheds. */
async function capacityFor(server: AttestServer, forged: readonly Uint8Array[]): Promise<number> {
  const connections = Array.from({ length: ROUND }, (_, at) => openConnection(server.port, `127.100.${at}.1`));
  let used = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const requests = Array.from({ length: ROUND }, (_, at) => forged[(round * ROUND + at) % forged.length]);
    const before = await server.usage();
    const statuses = await sendAll(
      requests.filter((each) => each !== undefined),
      connections,
    );
    used += (await server.usage()).cpu - before.cpu;
    if (statuses.get(403) !== ROUND) throw new Error(`forgeries were answered ${JSON.stringify([...statuses])}`);
    await new Promise((resolve) => setTimeout(resolve, ROUND_REST_MS));
  }
  for (const connection of connections) connection.close();
  return (ROUNDS * ROUND * 1e6) / used;
}

/** Makes refreshes ready. The function sends one at each beat, whether or not the one before was answered: their milliseconds. */
async function prepared(server: AttestServer, phones: readonly Phone[]): Promise<() => Promise<number[]>> {
  const count = REFRESHES_PER_SECOND * SECONDS;
  const senders = Array.from({ length: count }, (_, beat) => phones[beat % phones.length]).filter(
    (each) => each !== undefined,
  );
  const challenges = await server.challenges(senders.map(({ instance }) => instance?.jkt));
  const requests: Uint8Array[] = [];
  for (const [beat, phone] of senders.entries()) {
    requests.push(await prepare(phone, server.iss, 'refresh', challenges[beat] ?? '')); // in order: assertions count up
  }
  return () => refreshes(server, requests);
}

async function refreshes(server: AttestServer, requests: readonly Uint8Array[]): Promise<number[]> {
  const connections = Array.from({ length: PHONES }, (_, at) => openConnection(server.port, addressOf(at)));
  const started = performance.now();
  const times = requests.map(async (request, beat) => {
    const due = started + (beat * 1_000) / REFRESHES_PER_SECOND;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    const sentAt = performance.now();
    const { status, body } = (await connections[beat % PHONES]?.send(request)) ?? { status: 0, body: '' };
    if (status !== 200) throw new Error(`a genuine refresh was answered ${status} ${body.slice(0, 200)}`);
    return performance.now() - sentAt;
  });
  const found = await Promise.all(times);
  for (const connection of connections) connection.close();
  return found;
}
