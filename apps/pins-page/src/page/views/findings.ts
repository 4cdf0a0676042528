import type { LintSummary, ShownFinding } from '../../analysis/model.ts';
import { plain } from '../../analysis/names.ts';
import { byId, code, el, prose } from '../dom.ts';

export interface FindingsView {
  show(lint: LintSummary | undefined): void;
}

/** The linter's findings, the gravest first. Those that stay the same are not drawn anew: a reader may have opened some. */
export function createFindingsView(): FindingsView {
  let drawn = '';
  return {
    show(lint) {
      byId('lint-panel', HTMLElement).hidden = lint === undefined;
      const wanted = JSON.stringify(lint ?? '');
      if (lint === undefined || wanted === drawn) return;
      drawn = wanted;
      draw(lint);
    },
  };
}

function draw(lint: LintSummary): void {
  byId('counts', HTMLElement).textContent = summary(lint);
  const rows = lint.findings.map((finding, index) => row(finding, index === 0));
  const total = lint.counts.error + lint.counts.warning + lint.counts.info;
  const rest = total - rows.length;
  const more = rest > 0 ? [el('li', { class: 'empty' }, `${rest} more of less weight are not shown.`)] : [];
  const none = rows.length === 0 ? [el('li', { class: 'clean' }, 'Nothing found.')] : [];
  byId('findings', HTMLElement).replaceChildren(...rows, ...more, ...none);
}

function summary({ counts: { error, warning, info }, suppressed, rules }: LintSummary): string {
  const parts = [count(error, 'error'), count(warning, 'warning'), info > 0 ? `${info} to know` : ''];
  const taken = suppressed > 0 ? [`${suppressed} taken back by comments`] : [];
  return [...parts.filter((part) => part !== ''), ...taken, `${rules} rules ran`].join(' · ');
}

const count = (amount: number, word: string): string =>
  amount === 0 ? '' : `${amount} ${word}${amount === 1 ? '' : 's'}`;

const SAID: Readonly<Record<ShownFinding['severity'], string>> = {
  error: 'error',
  warning: 'warning',
  info: 'to know',
};

function row(finding: ShownFinding, isOpen: boolean): HTMLElement {
  const { rule, name, severity, file, line, column, message, excerpt, fix } = finding;
  const place = line > 0 ? `${plain(file)}:${line}${column > 0 ? `:${column}` : ''}` : plain(file);
  return el(
    'li',
    { class: 'finding', 'data-severity': severity },
    el(
      'p',
      { class: 'title' },
      el('span', { class: 'severity' }, SAID[severity]),
      el('b', {}, name.replaceAll('-', ' ')),
      el('code', { class: 'rule' }, rule),
      el('code', { class: 'place' }, place),
    ),
    el('p', { class: 'message' }, ...prose(message)),
    ...(excerpt.length === 0 ? [] : [code(outdented(excerpt), { 'aria-label': `line ${line}` })]),
    el('p', { class: 'fix' }, el('b', {}, 'Fix '), ...prose(fix)),
    why(finding, isOpen),
  );
}

function why({ why: reason, attacker, lockout, masvs, maswe }: ShownFinding, open: boolean): HTMLElement {
  const rows: readonly (readonly [string, string])[] = [
    ['Why', reason],
    ['Attackers gain', attacker],
    ['Locked out', lockout],
    ['OWASP', [masvs, maswe].filter((each) => each !== '').join(', ')],
  ];
  const shown = rows
    .filter(([, text]) => text !== '')
    .flatMap(([term, text]) => [el('dt', {}, term), el('dd', {}, ...prose(text))]);
  return el(
    'details',
    { open },
    el('summary', {}, 'Why, what attackers gain, who is locked out'),
    el('dl', {}, ...shown),
  );
}

/** A line and its marker without the margin that both have. */
function outdented(lines: readonly string[]): readonly string[] {
  const margin = Math.min(...lines.map((line) => line.search(/\S|$/)));
  return lines.map((line) => line.slice(margin));
}
