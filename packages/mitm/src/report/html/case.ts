import type { Case, Expectation } from '../../case.ts';
import { type CaseResult, OUTCOMES } from '../../outcome.ts';
import { differencesOf } from '../differences.ts';
import { isFinding, outcomeWordOf, STANDING_WORDS, toDuration } from '../words.ts';
import { evidenceOf } from './evidence.ts';
import { html, type Markup, NOTHING } from './markup.ts';

export const EXPECTED: Readonly<Record<Expectation, string>> = {
  accept: 'accept',
  refuse: 'refuse',
  report: 'report',
};

const EXPECTED_LONG: Readonly<Record<Expectation, string>> = {
  accept: 'A correct client accepts this server.',
  refuse: 'A correct client refuses this server.',
  report: 'What the client does is reported, not judged.',
};

export const outcomeOf = (result: CaseResult): string =>
  result.silent ? `${result.outcome}, silent` : (outcomeWordOf(result) ?? '–');

/** The word and colour of a result: a silent refusal is right, and a finding. */
export const markOf = (result: CaseResult): Markup =>
  result.silent
    ? html`<span class="mark silent">right, but silent</span>`
    : html`<span class="mark ${result.standing}">${STANDING_WORDS[result.standing]}</span>`;

export const anchorOf = ({ id }: Case): string => `case-${id.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;

/** All about one case. Findings and what was not proven stand open. */
export function caseOf(result: CaseResult): Markup {
  const { case: one, outcome, because, known, reproduce, standing, startedAt, endedAt } = result;
  const isOpen = isFinding(result) || standing === 'inconclusive';
  const ids = [...one.masvs, ...one.mastg, ...one.maswe, ...one.clauses];
  return html`<details class="case ${isFinding(result) ? 'wrong' : standing}" id="${anchorOf(one)}"${isOpen ? html` open` : NOTHING}>
<summary><h3><span class="id">${one.id}</span> ${one.title}</h3>${markOf(result)}</summary>
<p>${because}</p>
${known === undefined ? NOTHING : html`<p><strong>Known of this client:</strong> ${known}</p>`}
<dl class="facts">
<dt>Expected</dt><dd>${EXPECTED_LONG[one.expect]}</dd>
<dt>Outcome</dt><dd>${outcome === undefined ? 'none' : html`<strong>${outcomeOf(result)}</strong>: ${OUTCOMES[outcome]}`}</dd>
<dt>Why it matters</dt><dd>${one.why}</dd>
<dt>What was forged</dt><dd>${forgedOf(one)}</dd>
${ids.length === 0 ? NOTHING : html`<dt>Requirements</dt><dd>${ids.join(', ')}</dd>`}
${result.settled ? html`<dt>Watched for</dt><dd>${toDuration(endedAt - startedAt)}</dd>` : NOTHING}
</dl>
${standing === 'not-applicable' ? NOTHING : evidenceOf(result.observation, startedAt)}
${reproduce === '' ? NOTHING : html`<h4>To run this case alone</h4><pre>${reproduce}</pre>`}
</details>`;
}

function forgedOf(one: Case): Markup {
  const differences = differencesOf(one);
  if (differences.length === 0) return html`Nothing: the valid server.`;
  const from = one.from === 'valid' ? 'The valid server' : `The valid server (through ${one.from})`;
  return html`${from}, but: ${differences.map((text, index) => html`${index === 0 ? '' : '; '}<code>${text}</code>`)}`;
}
