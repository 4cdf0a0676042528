import type { CodeFact, FactKind } from '../../../code/facts.ts';
import type { Project } from '../../../project.ts';
import type { ExampleFile, Rule } from '../../rule.ts';
import { ships } from './weight.ts';

/** What a rule about code says besides its text: which facts it is about, and what it says of one. */
export interface FactRule extends Omit<Rule, 'check' | 'masvs' | 'maswe'> {
  readonly kind: FactKind;
  /** What was expected at the place. */
  readonly expected: string;
  readonly maswe?: string;
}

/** A rule that reports every fact of a kind in code that goes into a release. */
export function factRule({ kind, expected, maswe = 'MASWE-0052', ...about }: FactRule): Rule {
  return {
    ...about,
    masvs: maswe === 'MASWE-0047' ? 'MASVS-NETWORK-2' : 'MASVS-NETWORK-1',
    maswe,
    *check(project) {
      for (const { what, place } of factsOf(project, kind)) {
        yield { message: `expected ${expected}, found ${what}`, place };
      }
    },
  };
}

/** Facts of a kind, without those of tests and of builds for developers. */
export function* factsOf({ documents }: Project, kind: FactKind): Iterable<CodeFact> {
  for (const document of documents) {
    if (ships(document) && 'facts' in document) yield* document.facts.filter((fact) => fact.kind === kind);
  }
}

/** A file of an example. */
export const code = (path: string, ...lines: readonly string[]): readonly ExampleFile[] => [
  { path, text: `${lines.join('\n')}\n` },
];
