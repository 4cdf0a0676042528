import { escaped } from '../../report/escaped.ts';
import { ATTACK_GROUPS } from '../attack.ts';
import type { AttackOutcome, AttackReport, AttackResult } from '../run.ts';
import { isControlled } from './junit.ts';

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1b1b1b;background:#fff}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #ddd}
code{font-size:.9em}.refused{color:#0a6b2d}.succeeded{color:#b00020;font-weight:bold}.other-reason,.not-reached{color:#8a5a00}
@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#161616}td,th{border-color:#333}.refused{color:#5fd18a}.succeeded{color:#ff7a8a}.other-reason,.not-reached{color:#e6b450}}`;

/** What each outcome is called in a report. */
export const OUTCOME_WORDS: Readonly<Record<AttackOutcome, string>> = {
  refused: 'refused',
  succeeded: 'SUCCEEDED',
  'other-reason': 'refused for another reason: proves nothing',
  'not-reached': 'not carried out: proves nothing',
};

/** One page that needs nothing beside it. */
export function toHtml(report: AttackReport): string {
  const { results, residue, control, startedAt } = report;
  const at = new Date(startedAt).toISOString();
  const controls = isControlled(control)
    ? 'An untouched client got through before and after.'
    : 'AN UNTOUCHED CLIENT DID NOT GET THROUGH: nothing is proven.';
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Attacks on a client whose pinning is switched off</title>',
    `<meta name="viewport" content="width=device-width"><style>${STYLE}</style></head><body>`,
    '<h1>Attacks on a client whose pinning is switched off</h1>',
    `<p>${at}. ${summaryOf(report)} ${controls}</p>`,
    '<table><thead><tr><th>Attack</th><th>What the attacker does</th><th>What came of it</th></tr></thead><tbody>',
    ...results.map(rowOf),
    '</tbody></table><h2>What the attacker sees in spite of everything</h2>',
    `<p>${residue.exchanges} exchanges with ${residue.hosts.map(escaped).join(', ')} passed through the proxy in plain text.</p>`,
    '<table><thead><tr><th>What</th><th>How many</th><th>Worth</th><th>Members</th></tr></thead><tbody>',
    ...residue.seen.map(
      ({ what, count, worth, names }) =>
        `<tr><td>${escaped(what)}</td><td>${count}</td><td>${escaped(worth)}</td><td><code>${escaped(names.join(' '))}</code></td></tr>`,
    ),
    '</tbody></table></body></html>',
    '',
  ].join('\n');
}

/** For people, in one sentence. */
export function summaryOf({ summary, results }: AttackReport): string {
  const open = summary['other-reason'] + summary['not-reached'];
  return `${summary.refused} of ${results.length} attacks refused, ${summary.succeeded} succeeded, ${open} prove nothing.`;
}

function rowOf({ attack, outcome, code, seen }: AttackResult): string {
  const { id, title, group, does, stops, by } = attack;
  const refuser = outcome === 'refused' ? ` by the ${by}` : '';
  const named = code === undefined ? '' : ` <code>${escaped(code)}</code>`;
  return [
    `<tr><td><code>${escaped(id)}</code><br>${escaped(title)}<br><small>${escaped(ATTACK_GROUPS[group])}</small></td>`,
    `<td>${escaped(does)}<br><small>${escaped(stops)}</small></td>`,
    `<td><span class="${outcome}">${OUTCOME_WORDS[outcome]}${refuser}</span>${named}<br><small>${escaped(seen)}</small></td></tr>`,
  ].join('');
}
