import type { Named, RuleEffect, SampledAppraisal, SimulationReport } from '@assay/policy';
import { moment } from '../duration.ts';
import { plain, type Speech } from '../speech.ts';
import { percent } from './told.ts';

const SHOWN = 8;

/** What a policy would have done: matrix, who would be refused or let in, and what each rule does by itself. */
export function showSimulation(speech: Speech, report: SimulationReport): void {
  const { total, from, to, newlyRefused, newlyAdmitted, rates, rules } = report;
  const span = from === null || to === null ? '' : `, ${moment(from)} to ${moment(to)}`;
  speech.out(`${total.appraisals} appraisals of ${about(total)} installs${span}`);
  showMatrix(speech, report.tiers);
  const style = newlyRefused.appraisals === 0 ? 'green' : 'red';
  const refused = `newly refused ${newlyRefused.appraisals}, ${percent(rates.newlyRefused)} of those let in, ${about(newlyRefused)} installs`;
  speech.out(speech.paint(['bold', style], refused));
  showGroups(speech, newlyRefused);
  showSamples(speech, newlyRefused.samples);
  speech.out(speech.paint('bold', `newly let in ${newlyAdmitted.appraisals}, ${about(newlyAdmitted)} installs`));
  showGroups(speech, newlyAdmitted);
  showSamples(speech, newlyAdmitted.samples);
  showRuleEffects(speech, rules);
}

const about = ({ installs, estimated }: { readonly installs: number; readonly estimated: boolean }): string =>
  `${estimated ? 'about ' : ''}${installs}`;

/** Tier then, down; tier by the new policy, across. */
function showMatrix(speech: Speech, cells: SimulationReport['tiers']): void {
  const tiers = [...new Set(cells.map((cell) => cell.old))];
  const width = Math.max(...tiers.map((tier) => tier.length)) + 2;
  speech.out(`  ${'then \\ new'.padEnd(width)}${tiers.map((tier) => tier.padStart(width)).join('')}`);
  for (const old of tiers) {
    const row = tiers.map((tier) => cells.find((cell) => cell.old === old && cell.new === tier)?.appraisals ?? 0);
    speech.out(`  ${old.padEnd(width)}${row.map((count) => String(count).padStart(width)).join('')}`);
  }
}

type Groups = Pick<SimulationReport['newlyRefused'], 'rules' | 'versions' | 'models' | 'platforms'>;

function showGroups(speech: Speech, { rules, versions, models, platforms }: Groups): void {
  const groups: readonly (readonly [string, readonly Named[]])[] = [
    ...([
      ['rule', rules],
      ['version', versions],
      ['model', models],
      ['platform', platforms],
    ] as const),
  ];
  for (const [by, all] of groups) {
    if (all.length === 0) continue;
    const named = all.slice(0, SHOWN).map(({ name, appraisals }) => `${plain(name, 80)} ${appraisals}`);
    const more = all.length > SHOWN ? [`and ${all.length - SHOWN} more`] : [];
    speech.out(`  by ${by.padEnd(9)} ${[...named, ...more].join(', ')}`);
  }
}

function showSamples(speech: Speech, samples: readonly SampledAppraisal[]): void {
  for (const { id, platform, because, old, new: next } of samples) {
    speech.out(
      speech.paint('dim', `  ${plain(id)}  ${plain(platform ?? '(unknown)')}  ${outcome(old)} -> ${outcome(next)}`),
    );
    for (const { rule, expected, found } of because) {
      speech.out(
        speech.paint('dim', `    ${plain(rule)}: expected ${plain(expected, 160)}, found ${plain(found, 160)}`),
      );
    }
  }
}

const outcome = ({ tier, assurance }: SampledAppraisal['old']): string => `${plain(tier)}/${plain(assurance)}`;

/** Rules that refuse nobody say nothing here. */
function showRuleEffects(speech: Speech, rules: readonly RuleEffect[]): void {
  const acting = rules.filter(({ refused }) => refused.appraisals > 0);
  if (acting.length === 0) return;
  const width = Math.max(...acting.map(({ rule }) => rule.length));
  speech.out(speech.paint('bold', 'each rule of the new policy, and how many it alone refuses'));
  for (const { rule, refused, alone } of acting) {
    speech.out(
      `  ${rule.padEnd(width)}  ${String(refused.appraisals).padStart(9)}  ${String(alone.appraisals).padStart(9)} alone`,
    );
  }
}
