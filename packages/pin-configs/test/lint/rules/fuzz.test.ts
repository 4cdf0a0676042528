import { it } from 'node:test';
import fc from 'fast-check';
import { exampleProject } from '../../../src/lint/example.ts';
import { lint } from '../../../src/lint/lint.ts';
import type { ExampleFile } from '../../../src/lint/rule.ts';
import { RULES } from '../../../src/lint/rules/index.ts';

const FILES: readonly ExampleFile[] = RULES.flatMap(({ fires, passes }) => [...fires, ...passes].flat());

/** Pieces of other examples, characters that mean something to a parser, and anything at all. */
const PIECES = fc.oneof(
  fc.constantFrom(...'<>"\'&;{}[]()/=,:*. \n\0', '<pin-set>', '</domain-config>', 'sha256/', '<dict/>', '\u{1f600}'),
  fc.constantFrom(...FILES).map(({ text }) => text.slice(0, 60)),
  fc.string({ maxLength: 8 }),
);

it('no rule throws, whatever becomes of its examples', () => {
  const mutated = fc
    .tuple(fc.constantFrom(...FILES), fc.array(fc.tuple(fc.nat(2000), fc.nat(30), PIECES), { maxLength: 4 }))
    .map(([{ path, text }, cuts]) => ({ path, text: cuts.reduce(spliced, text) }));
  fc.assert(
    fc.property(fc.array(mutated, { minLength: 1, maxLength: 3 }), (files) => {
      lint(exampleProject(files), { rules: RULES });
    }),
    { seed: 20261121, numRuns: 400 },
  );
});

function spliced(text: string, [at, length, piece]: readonly [number, number, string]): string {
  const start = at % (text.length + 1);
  return text.slice(0, start) + piece + text.slice(start + length);
}
