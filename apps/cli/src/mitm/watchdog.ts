// Ends what a run of clients has left: its stdin is a pipe from the owner, so its end means that the owner is done or was
// killed, however that came about. Started detached by keeper.ts, with the run's folder and its mark as arguments.
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { endGroup, endMarked } from './groups.ts';

const [folder = '', mark = ''] = process.argv.slice(2);
const groups = new Set<number>();

// The owner's Ctrl-C is not ours: the end of the pipe is the one sign to go by.
for (const name of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.on(name, () => {});

/** `+123`: a process group is the owner's. `-123`: it is gone. */
for await (const line of createInterface({ input: process.stdin })) {
  const [, sign, digits] = /^([+-])(\d{1,10})$/.exec(line) ?? [];
  if (sign === '+') groups.add(Number(digits));
  if (sign === '-') groups.delete(Number(digits));
}
for (const group of groups) endGroup(group);
endMarked(mark);
if (folder !== '') rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
