import { createHash } from 'node:crypto';
import { CASE_GROUPS } from '../../case.ts';
import { type CaseResult, OUTCOMES, type RunReport } from '../../outcome.ts';
import { toJson } from '../json.ts';
import {
  ARRIVED,
  CONTROL_WORDS,
  type Conclusion,
  conclusionOf,
  type Excuse,
  isFinding,
  NO_EXCUSE,
  STANDING_WORDS,
  toDuration,
  toUtc,
} from '../words.ts';
import { anchorOf, caseOf, EXPECTED, markOf, outcomeOf } from './case.ts';
import { html, Markup, NOTHING } from './markup.ts';
import { requirementsOf } from './requirements.ts';
import { STYLE } from './style.ts';

/**
 * The report as one page that needs nothing beside it and runs nothing: to be read, printed and kept. It names the SHA-256 of
 * the JSON that {@link toJson} makes of the same report.
 */
export function toHtml(report: RunReport, isExcused: Excuse = NO_EXCUSE): string {
  const digest = createHash('sha256').update(toJson(report)).digest('hex');
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<meta name="generator" content="Assay ${report.version}">
<title>Interception test of ${clientOf(report)}, ${toUtc(report.startedAt).slice(0, 10)}</title>
<style>${new Markup(STYLE)}</style></head>
<body><a class="skip" href="#content">To the content</a>
<header class="top"><p class="kicker">Assay</p><h1>Interception test report</h1>
<p class="soft">What ${clientOf(report)} does with forged servers for ${report.hosts.join(', ')}, ${toUtc(report.startedAt)}</p></header>
<main id="content">${verdictOf(report, isExcused)}${tilesOf(report)}${findingsOf(report.results)}${runOf(report, digest)}
<section><h2>By requirement</h2>${requirementsOf(report.results)}</section>
${overviewOf(report.results)}
<section><h2>Case by case</h2><p class="soft">What is wrong or inconclusive stands open; the others open by their titles, and all are printed.</p>
${report.results.map(caseOf)}</section>${legendOf()}</main>
<footer><p>Made by Assay ${report.version} of a record whose SHA-256 is <code class="digest">${digest}</code>. The same record can be judged again at any time.</p></footer>
</body></html>
`;
  return page.text;
}

/** By its version where it says one: that names it best. */
const clientOf = ({ client }: RunReport): string => client.version ?? `the client “${client.profile}”`;

const VERDICTS: Readonly<Record<Conclusion, string>> = {
  failed: 'Failed',
  inconclusive: 'Inconclusive',
  passed: 'Passed',
};

function verdictOf(report: RunReport, isExcused: Excuse): Markup {
  const { summary, controls } = report;
  const conclusion = conclusionOf(report, isExcused);
  const excused = report.results.filter((result) => isFinding(result) && isExcused(result)).length;
  const judged = summary.right + summary.wrong + summary.inconclusive;
  const parts = [
    `${summary.right} of ${judged} judged cases are right`,
    `${summary.wrong} wrong`,
    `${summary.inconclusive} inconclusive`,
    ...(report.reportsExpected ? [`${summary.silent} refused without a report`] : []),
    ...(excused > 0 ? [`${excused} excused (known, or in the baseline)`] : []),
  ];
  return html`<div class="verdict ${conclusion}"><p><strong>${VERDICTS[conclusion]}.</strong> ${parts.join(', ')}. ${
    summary.leaked === 0
      ? 'No data arrived where a correct client sends none.'
      : `Data arrived in ${summary.leaked} ${summary.leaked === 1 ? 'case' : 'cases'} in which a correct client sends none.`
  }</p><p>${CONTROL_WORDS[controls]}</p></div>`;
}

function tilesOf({ summary, reportsExpected }: RunReport): Markup {
  const rows = [
    ...(['right', 'wrong', 'inconclusive', 'noted', 'not-applicable'] as const).map(
      (standing) => [standing, STANDING_WORDS[standing], summary[standing]] as const,
    ),
    ...(reportsExpected ? [['silent', 'silent', summary.silent] as const] : []),
  ];
  return html`<ul class="tiles" aria-label="Results in figures">${rows.map(
    ([name, words, count]) => html`<li class="${name}"><b>${count}</b> ${words}</li>`,
  )}</ul>`;
}

/** Leaks, lock-outs, silence: in this order. */
const KINDS: readonly (readonly [words: string, holds: (result: CaseResult) => boolean])[] = [
  ['accepts what it must refuse', ({ standing, case: one }) => standing === 'wrong' && one.expect === 'refuse'],
  ['refuses what it must accept', ({ standing }) => standing === 'wrong'],
  ['refuses, and nobody hears of it', ({ silent }) => silent],
];

const kindOf = (result: CaseResult): number => KINDS.findIndex(([, holds]) => holds(result));

function findingsOf(results: readonly CaseResult[]): Markup {
  const findings = results.filter(isFinding).toSorted((a, b) => kindOf(a) - kindOf(b));
  if (findings.length === 0) return NOTHING;
  return html`<section><h2>Findings</h2><div class="scroll"><table><caption>What the client does that a correct client does not, leaks first.</caption>
<thead><tr><th scope="col">Case</th><th scope="col">What was forged</th><th scope="col">The client</th><th scope="col">Why it matters</th></tr></thead><tbody>${findings.map(findingRow)}</tbody></table></div></section>`;
}

function findingRow(result: CaseResult): Markup {
  const { case: one, known } = result;
  return html`<tr><th scope="row" class="id"><a href="#${anchorOf(one)}">${one.id}</a></th><td>${one.title}${
    known === undefined ? NOTHING : html` <span class="soft">(known: ${known})</span>`
  }</td><td>${KINDS[kindOf(result)]?.[0] ?? ''}<br><span class="mark wrong">${outcomeOf(result)}</span></td><td>${one.why}</td></tr>`;
}

function runOf(report: RunReport, digest: string): Markup {
  const { client, startedAt, endedAt, clockSeconds } = report;
  const facts: readonly (readonly [term: string, value: string | Markup])[] = [
    ['Client under test', `${client.profile}${client.version === undefined ? '' : `, ${client.version}`}`],
    ...(client.command === undefined ? [] : [['Run by', html`<code>${client.command}</code>`] as const]),
    ['Hosts', report.hosts.join(', ')],
    ['Way to the harness', report.way],
    ['Started', toUtc(startedAt)],
    ['Ended', `${toUtc(endedAt)}, after ${toDuration(endedAt - startedAt)}`],
    ...(report.by === undefined ? [] : [['Tester', report.by] as const]),
    ...(report.ranOn === undefined ? [] : [['On', report.ranOn] as const]),
    ['Harness', `Assay ${report.version}`],
    ['Positive control', CONTROL_WORDS[report.controls]],
    ['Clock of the client', clockSeconds === 0 ? 'right' : `${clockSeconds > 0 ? '+' : ''}${clockSeconds} s off`],
    ['Reports of refusals', report.reportsExpected ? 'expected at an endpoint of the harness' : 'not expected'],
    ['SHA-256 of the record (JSON)', html`<code class="digest">${digest}</code>`],
  ];
  return html`<section><h2>The run</h2><dl class="facts">${facts.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl></section>`;
}

function overviewOf(results: readonly CaseResult[]): Markup {
  const groups = CASE_GROUPS.filter((group) => results.some((result) => result.case.group === group));
  return html`<section><h2>All cases</h2><div class="scroll"><table><caption>Each case is one server that differs from a valid one in one point.</caption>
<thead><tr><th scope="col">Case</th><th scope="col">What was forged</th><th scope="col">Expected</th><th scope="col">Outcome</th><th scope="col">Result</th></tr></thead>
${groups.map(
  (group) =>
    html`<tbody><tr class="group"><th scope="rowgroup" colspan="5">${titleOf(group)}</th></tr>${results
      .filter((result) => result.case.group === group)
      .map(overviewRow)}</tbody>`,
)}</table></div></section>`;
}

const titleOf = (group: string): string => `${group.slice(0, 1).toUpperCase()}${group.slice(1).replaceAll('-', ' ')}`;

const overviewRow = (result: CaseResult): Markup =>
  html`<tr><th scope="row" class="id"><a href="#${anchorOf(result.case)}">${result.case.id}</a></th><td>${result.case.title}</td><td class="id">${
    EXPECTED[result.case.expect]
  }</td><td class="id">${outcomeOf(result)}</td><td>${markOf(result)}</td></tr>`;

function legendOf(): Markup {
  return html`<section><h2>How to read this</h2>
<p>A client is judged by application data alone. A finished handshake proves nothing, since many clients look at pins after it; an error that a client shows proves nothing, since its data may be on the way. A refusal counts only where the same client accepted the valid server before and after, and where every connection was watched to its end.</p>
<div class="scroll"><table><caption>Outcomes</caption><thead><tr><th scope="col">Outcome</th><th scope="col">Meaning</th></tr></thead><tbody>${Object.entries(
    OUTCOMES,
  ).map(
    ([name, meaning]) => html`<tr><th scope="row" class="id">${name}</th><td>${meaning}</td></tr>`,
  )}</tbody></table></div>
<p>Where data is to arrive, or is only noted, LEAKED is called ${ARRIVED}.</p>
<p>What this does not show: that the checks cannot be switched off by whoever rules the device. It shows what the client does where nobody has touched it.</p></section>`;
}
