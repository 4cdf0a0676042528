import {
  ATTACK_GROUPS,
  type AttackReport,
  type AttackResult,
  isControlled,
  OUTCOME_WORDS,
  summaryOf,
} from '@assay/mitm/attacks';
import { plain, type Speech, type Style } from '../../speech.ts';

const MARKS: Readonly<Record<AttackResult['outcome'], readonly [mark: string, style: Style]>> = {
  refused: ['✔', 'green'],
  succeeded: ['✖', 'red'],
  'other-reason': ['?', 'yellow'],
  'not-reached': ['?', 'yellow'],
};

/** Shows results as they come, each group under its name. */
export function createShow(speech: Speech): (result: AttackResult) => void {
  let group = '';
  return ({ attack, outcome, code, seen }) => {
    if (attack.group !== group) {
      group = attack.group;
      speech.out(speech.paint('bold', ATTACK_GROUPS[attack.group]));
    }
    const [mark, style] = MARKS[outcome];
    const by = outcome === 'refused' ? `refused by the ${attack.by}` : OUTCOME_WORDS[outcome];
    speech.out(`  ${speech.paint(style, mark)} ${attack.title}: ${by}${code === undefined ? '' : `, ${plain(code)}`}`);
    if (outcome !== 'refused') speech.out(`      ${attack.id}: ${plain(seen)}`);
  };
}

/** What the run came to, and what was seen in spite of it. */
export function showSummary(speech: Speech, report: AttackReport): void {
  const { residue, control, summary } = report;
  speech.out();
  speech.out(speech.paint('bold', 'What the attacker sees in spite of everything'));
  speech.out(`  ${residue.exchanges} exchanges with ${residue.hosts.join(', ')}, in plain text`);
  for (const { what, count, worth } of residue.seen) speech.out(`  ${count} ${what}: ${worth}`);
  speech.out();
  if (!isControlled(control))
    speech.out(speech.paint('yellow', 'The untouched client did not get through: nothing is proven.'));
  const isGood = summary.refused === report.results.length && isControlled(control);
  speech.out(speech.paint(['bold', isGood ? 'green' : 'red'], summaryOf(report)));
}
