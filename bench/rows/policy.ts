import { evaluatePolicy, type Policy } from '@assay/policy';
import { Environment } from '@marcbachmann/cel-js';
import { compare, speed, type Work } from '../measure.ts';
import { startChild } from '../parts/child.ts';
import { createDice, presetNamed, somebody } from '../parts/population.ts';
import { atMost, perSecond, type Row } from '../row.ts';

const AT = Date.UTC(2026, 10, 21);
const PEOPLE = 4_096;
const APPRAISALS = 1_000_000;

/** The whole banking preset against the bare evaluator on 15 rules; two policies over a week of stored facts. */
export async function bench(): Promise<readonly Row[]> {
  const banking = presetNamed('banking');
  const { ratio, subject, reference } = await compare(evaluations(banking, false), bareRules());
  const traced = await speed(evaluations(banking, true));
  return [
    {
      name: `banking preset (${banking.rules.length} rules), against 15 bare rules`,
      found: `${ratio.toFixed(2)}  ${perSecond(subject)}; theirs ${perSecond(reference)}`,
      bar: '≥ 100,000/s, or ≥ 0.67 of the bare evaluator',
      holds: subject >= 100_000 || ratio >= 0.67,
    },
    { name: 'banking preset with full trace', found: perSecond(traced), bar: '≥ 20,000/s', holds: traced >= 20_000 },
    ...(await simulation()),
  ];
}

function evaluations(policy: Policy, trace: boolean): Work {
  const dice = createDice(4);
  const people = Array.from({ length: PEOPLE }, () => somebody(dice));
  let next = 0;
  return () => {
    next = (next + 1) % PEOPLE;
    const facts = people[next];
    return facts && evaluatePolicy(policy, facts, { at: AT, trace });
  };
}

/** The evaluator by itself: 15 rules of one condition and one requirement over one object, no unknowns, no verdict. */
function bareRules(): Work {
  const environment = new Environment().registerVariable({
    name: 'facts',
    schema: { platform: 'string', level: 'string', patch: 'int' },
  });
  const rules = Array.from({ length: 15 }, (_, index) =>
    environment.parse(`facts.platform != "android" || facts.level in ["tee", "strongbox"] && facts.patch > ${index}`),
  );
  const facts = { platform: 'android', level: 'tee', patch: 20n };
  return () => rules.filter((rule) => rule({ facts }) === true).length;
}

interface Simulated {
  readonly seconds: number;
  readonly peak: number;
  readonly bytes: number;
  readonly appraisals: number;
  readonly refused: number;
}

/** By a process of its own; another one writes the export. */
async function simulation(): Promise<readonly Row[]> {
  const child = startChild('simulate.ts');
  const { seconds, peak, bytes, appraisals, refused } = await child.ask<Simulated>('simulate', { rows: APPRAISALS });
  await child.stop();
  if (appraisals !== APPRAISALS) throw new Error(`${appraisals} appraisals arrived`);
  const name = `${APPRAISALS.toLocaleString('en-US')} appraisals (${(bytes / 1e9).toFixed(1)} GB), standard against banking`;
  return [
    atMost(`${name}, CPU time`, seconds, 60, 's'),
    atMost(`the same, peak of memory (${refused.toLocaleString('en-US')} newly refused)`, peak, 500, 'MB'),
  ];
}
