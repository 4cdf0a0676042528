// The process that is killed: writes acceptances as fast as the store takes them and says each one before and after.
// Lines on stdout: `begin <id>`, then `ack <id>` once the store has answered. Argument: WriterTask as JSON.
import { writeSync } from 'node:fs';
import { type Acceptance, type Instance, type InstanceChange, type Store, UpstreamError } from '@assay/core';
import { makeAcceptance, makeInstance } from './load.ts';
import { type Address, open } from './target.ts';

export interface WriterTask {
  readonly address: Address;
  readonly iss: string;
  /** Writers at once within the process. */
  readonly lanes: number;
  /** Ends by itself after so many acknowledgements. */
  readonly limit?: number;
}

const STDOUT = 1;
/** Assertions on one instance before it is rekeyed. */
const REFRESHES = 6;

async function main(task: WriterTask): Promise<void> {
  const store = await open(task.address);
  let left = task.limit ?? Number.POSITIVE_INFINITY;
  const isDone = () => left-- <= 0;
  await Promise.all(Array.from({ length: task.lanes }, (_, lane) => runLane(store, task.iss, lane, isDone)));
  await store.close();
}

async function runLane(store: Store, iss: string, lane: number, isDone: () => boolean): Promise<void> {
  for (let life = 0; ; life++) {
    for (const [step, [subject, change]] of lifeOf(iss, `${iss} ${lane}.${life}`).entries()) {
      if (isDone()) return;
      const id = `${lane}.${life}.${step}`;
      await write(store, id, makeAcceptance(iss, `${iss}/${id}`, subject, change));
    }
  }
}

/** Everything that may become of an instance: enrolled, refreshed by assertions, rekeyed. */
function lifeOf(iss: string, name: string): readonly (readonly [Instance, InstanceChange])[] {
  const instance = makeInstance(iss, name);
  const { jkt, lineage, attestedKey } = instance;
  const next = makeInstance(iss, `${name} next`, { lineage, attestedKey });
  return [
    [instance, { kind: 'enrol', instance }],
    ...Array.from({ length: REFRESHES }, (_, index): [Instance, InstanceChange] => [
      instance,
      { kind: 'refresh', jkt, counter: index + 1, fat: index },
    ]),
    [next, { kind: 'rekey', old: jkt, counter: REFRESHES + 1, instance: next }],
  ];
}

async function write(store: Store, id: string, acceptance: Acceptance): Promise<void> {
  say(`begin ${id}`);
  const { outcome } = await store.accept(acceptance);
  if (outcome !== 'accepted') throw new Error(`${id} was ${outcome}`);
  say(`ack ${id}`);
}

function say(line: string): void {
  writeSync(STDOUT, `${line}\n`);
}

try {
  await main(JSON.parse(process.argv[2] ?? ''));
} catch (error) {
  // The engine was killed under us: what was acknowledged before is what counts.
  if (!(error instanceof UpstreamError && error.retryable)) throw error;
}
// Nothing may run on after the first fault, lanes that still wait included.
process.exit();
