import type { Case } from '../../case.ts';
import type { CaseResult, Standing } from '../../outcome.ts';
import { STANDING_WORDS } from '../words.ts';
import { anchorOf } from './case.ts';
import { html, type Markup } from './markup.ts';

const COLUMNS: readonly Standing[] = ['right', 'wrong', 'inconclusive', 'noted', 'not-applicable'];

const SOURCES: readonly (readonly [title: string, idsOf: (one: Case) => readonly string[]])[] = [
  ['OWASP MASVS controls', ({ masvs }) => masvs],
  ['OWASP MASTG tests', ({ mastg }) => mastg],
  ['OWASP MASWE weaknesses', ({ maswe }) => maswe],
];

/** How often each standing came, by the requirement that cases speak to. */
export function requirementsOf(results: readonly CaseResult[]): Markup {
  return html`<div class="scroll"><table><caption>A case may speak to several requirements, and counts for each. The last column names the cases that are wrong or inconclusive.</caption>
<thead><tr><th scope="col">Requirement</th>${COLUMNS.map((standing) => html`<th scope="col" class="n">${STANDING_WORDS[standing]}</th>`)}<th scope="col">Open points</th></tr></thead>
${SOURCES.map(([title, idsOf]) => sourceOf(title, idsOf, results))}</table></div>`;
}

function sourceOf(title: string, idsOf: (one: Case) => readonly string[], results: readonly CaseResult[]): Markup {
  const ids = [...new Set(results.flatMap((result) => idsOf(result.case)))].sort();
  return html`<tbody><tr class="group"><th scope="rowgroup" colspan="${COLUMNS.length + 2}">${title}</th></tr>
${ids.map((id) =>
  rowOf(
    id,
    results.filter((result) => idsOf(result.case).includes(id)),
  ),
)}</tbody>`;
}

function rowOf(id: string, results: readonly CaseResult[]): Markup {
  const open = results.filter(({ standing }) => standing === 'wrong' || standing === 'inconclusive');
  const count = (wanted: Standing): number => results.filter(({ standing }) => standing === wanted).length;
  return html`<tr><th scope="row" class="id">${id}</th>${COLUMNS.map((standing) => html`<td class="n">${count(standing)}</td>`)}
<td>${open.map(({ case: one }) => html`<a href="#${anchorOf(one)}">${one.id}</a> `)}</td></tr>`;
}
