import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '@assay/core';
import { type Round, runRound } from './round.ts';
import { type Address, open, TARGETS, type Target } from './target.ts';
import { type Findings, verifyRound } from './verify.ts';

export interface Ordeal {
  readonly engine: Address['engine'];
  readonly kills: number;
  /** The kill comes at a random moment up to this long after the first acknowledgement. */
  readonly loadMs: number;
  readonly lanes: number;
}

export interface Report {
  readonly kill: number;
  readonly killed: 'writer' | 'engine and writer';
  readonly acknowledged: number;
  readonly perSecond: number;
  readonly findings: Findings;
  readonly integrity: string;
}

/** True when nothing acknowledged is lost, nothing is half there and the engine finds its files sound. */
export function isSound({ findings, integrity }: Report): boolean {
  return findings.lost.length === 0 && findings.halfWritten.length === 0 && integrity === 'ok';
}

/** Kills `kills` times, looking after each; then looks at all rounds once more, over what later crashes left of them. */
export async function* torture({ engine, kills, loadMs, lanes }: Ordeal): AsyncGenerator<Report> {
  const target = await TARGETS[engine]();
  const rounds: Round[] = [];
  try {
    for (let kill = 1; kill <= kills; kill++) {
      const crashEngine = target.crash !== undefined && kill % 2 === 0;
      const task = { address: target.address, iss: issuer(kill), lanes };
      const round = await runRound(target, task, { loadMs: randomInt(loadMs) + 1, crashEngine });
      rounds.push(round);
      if (crashEngine) await target.recover();
      const findings = await inspect(target, (store) => verifyRound(store, issuer(kill), round.acknowledged));
      yield report(kill, crashEngine, round, findings, target.integrity());
    }
    yield* lastLook(target, rounds);
  } finally {
    await target.dispose();
  }
}

const issuer = (kill: number): string => `https://torture.example/${kill}`;

async function* lastLook(target: Target, rounds: readonly Round[]): AsyncGenerator<Report> {
  const store = await open(target.address);
  try {
    for (const [index, round] of rounds.entries()) {
      const findings = await verifyRound(store, issuer(index + 1), round.acknowledged);
      const again = report(index + 1, false, round, findings, target.integrity());
      if (!isSound(again)) yield again;
    }
  } finally {
    await store.close();
  }
}

function report(kill: number, crashed: boolean, round: Round, findings: Findings, integrity: string): Report {
  const acknowledged = round.acknowledged.length;
  return {
    kill,
    killed: crashed ? 'engine and writer' : 'writer',
    acknowledged,
    perSecond: (acknowledged * 1000) / round.elapsedMs,
    findings,
    integrity,
  };
}

const ATTEMPTS = 50;
const PAUSE_MS = 100;

/** A server that has just recovered may refuse the first callers. */
async function inspect<T>(target: Target, look: (store: Store) => Promise<T>): Promise<T> {
  const store = await openPatiently(target);
  try {
    return await look(store);
  } finally {
    await store.close();
  }
}

async function openPatiently(target: Target): Promise<Store> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await open(target.address);
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await pause(PAUSE_MS);
    }
  }
}
