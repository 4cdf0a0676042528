import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { it } from 'node:test';
import { CONTROL } from '@assay/mitm';
import { reproducer } from '../../src/mitm/reproduce.ts';

it('what begins like an option stays a value', () => {
  assert.equal(
    reproducer({ clock: '-30d', exec: '-x y' })(CONTROL),
    "assay mitm run --clock=-30d --exec='-x y' --only P1",
  );
});

it('words of one case survive the shell, and leave out what chose others', () => {
  const exec = `curl -H 'x: "$Y"' "$ASSAY_URL"; echo it's done`;
  const values = { exec, host: ['a.test', 'b.test'], thorough: true, only: ['N4'], report: ['x.html'], json: true };
  const words = reproducer(values)(CONTROL);
  const shell = execFileSync('/bin/sh', ['-c', `assay() { printf '%s\\n' "$@"; }; ${words}`]).toString();
  assert.deepEqual(shell.trimEnd().split('\n'), [
    ...['mitm', 'run', '--exec', exec, '--host', 'a.test', '--host', 'b.test', '--thorough', '--only', 'P1'],
  ]);
});
