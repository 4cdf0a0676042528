import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type CaseResult, CONTROL, type Progress, type RunReport, summarize } from '@assay/mitm';
import { liveFor, showReport } from '../../src/mitm/show.ts';
import { createSpeech } from '../../src/speech.ts';

function stage({ isTTY = false, json = false } = {}) {
  const said = { out: '', talk: '', screen: '' };
  const to = (name: keyof typeof said) => (text: string) => {
    said[name] += text;
  };
  const speech = createSpeech({ stdout: { write: to('out') }, stderr: { write: to('talk') } }, { json, color: false });
  const live = liveFor({ speech }, { isTTY, columns: 60, write: to('screen') });
  return { said, speech, live };
}

const result = (id: string, changes: Partial<CaseResult> = {}): CaseResult => ({
  ...{
    case: { ...CONTROL, id, title: `title of ${id}`, expect: id.startsWith('P') ? 'accept' : 'refuse' },
    standing: 'right',
    silent: false,
    because: 'because',
  },
  ...{
    observation: { connections: [], reports: [] },
    settled: true,
    startedAt: 0,
    endedAt: 1,
    reproduce: `again ${id}`,
  },
  ...changes,
});
const CLEAR = '\r\u001B[2K';
const LEAK = { standing: 'wrong', outcome: 'LEAKED' } as const;
const judged = (each: CaseResult, done: number): Progress => ({ kind: 'judged', result: each, done, total: 60 });
const report = (results: readonly CaseResult[], controls: RunReport['controls'] = 'passed'): RunReport => ({
  ...{ schema: 'assay.mitm.run/1', version: '1', startedAt: 0, endedAt: 1, hosts: ['api.test'], way: 'proxy' },
  ...{
    client: { profile: 'p' },
    clockSeconds: 0,
    reportsExpected: false,
    controls,
    results,
    summary: summarize(results),
  },
});

describe('what a run shows while it lasts', () => {
  it('is one line that is written over, at a terminal, no wider than it', () => {
    const { said, live } = stage({ isTTY: true });
    live.report({ kind: 'begun', case: CONTROL });
    live.report(judged(result('N4', LEAK), 1));
    live.end();
    assert.match(said.screen.replaceAll(CLEAR, '|'), /\|✖ N4 {5}LEAKED .*\n1\/60 {2}0 right {2}1 wrong.*\|$/);
    assert.ok(said.screen.startsWith(`${CLEAR}beginning `));
    for (const line of said.screen.replaceAll(CLEAR, '\n').split('\n')) assert.ok(line.length < 60);
  });

  it('is a line for each finding, and now and then how far it is, elsewhere', () => {
    const { said, live } = stage();
    for (let done = 1; done <= 60; done += 1) live.report(judged(result(`N${done}`, done === 3 ? LEAK : {}), done));
    assert.equal(said.talk, '✖ N3     LEAKED        title of N3\n25 of 60 cases\n50 of 60 cases\n60 of 60 cases\n');
  });
});

describe('what a run shows at its end', () => {
  it('is leaks first, then other faults, then what is open, then what is known', () => {
    const { said, speech } = stage();
    const results = [
      result('P1'),
      result('N1', { standing: 'inconclusive', outcome: 'NOT-REACHED' }),
      result('P2', { standing: 'wrong', outcome: 'REFUSED-POST' }),
      result('N4', LEAK),
      result('N8', { ...LEAK, known: 'as all of its kind' }),
    ];
    showReport(speech, report(results));
    const ids = [...said.out.matchAll(/^ {2}[✖?] (\S+)/gm)].map(([, id]) => id);
    assert.deepEqual(ids, ['N4', 'P2', 'N1', 'N8']);
    assert.match(said.out, /\nKnown\n.+\n {6}as all of its kind\n/);
    assert.match(said.out, /\nFAILED {2}1 right, 3 wrong \(2 leaked\), 1 inconclusive/);
  });

  it('passes what is excused, says so, and ends with the verdict', () => {
    const { said, speech } = stage();
    const [old, known] = [result('N4', LEAK), result('N8', { ...LEAK, known: 'as all of its kind' })];
    const run = report([result('P1'), old, known]);
    const baseline = { results: [{ case: { id: 'N4' }, standing: 'wrong' as const }] };
    showReport(speech, run, { isExcused: (each) => each === old || each === known, baseline });
    assert.match(said.out, /^Wrong as before\n {2}✖ N4 .+\n {6}because\n\nKnown\n {2}✖ N8 /);
    assert.match(said.out, /\nSince the baseline\n {2}newly wrong {7}N8\n {2}wrong as before {3}N4\n/);
    assert.match(
      said.out,
      /\nPASSED {2}1 right, 2 wrong \(2 leaked\), 2 of these excused, 0 inconclusive, .*; controls passed\n$/,
    );
  });

  it('tells many cases that came to the same in one line, and what does not apply by reason', () => {
    const { said, speech } = stage();
    const open = (id: string, because: string): CaseResult =>
      result(id, { standing: 'inconclusive', outcome: 'NOT-REACHED', because });
    const alike = ['N1', 'N2', 'N3', 'N5'].map((id) => open(id, 'not watched to its end'));
    const left = result('N40', { standing: 'not-applicable', because: 'the client has no clock' });
    showReport(speech, report([result('P1'), ...alike, open('N7', 'no connection'), left], 'not-run'));
    assert.match(said.out, /^Inconclusive\n {2}\? N7 .+\n {6}no connection\n {2}N1 N2 N3 N5: not watched to its end\n/);
    assert.match(said.out, /\nNot applicable\n {2}N40: the client has no clock\n/);
    assert.match(said.out, /\nINCONCLUSIVE .*; ended before the last control\n$/);
  });

  it('calls no leak what arrives where it may', () => {
    const { said, speech } = stage();
    showReport(speech, report([result('P2', LEAK), result('N4', LEAK)]));
    assert.match(said.out, / {2}✖ N4 {5}LEAKED (?:.|\n)+ {2}✖ P2 {5}ARRIVED /);
  });

  it('is the control alone, where the valid server was refused', () => {
    const { said, speech } = stage();
    const exit = { status: 60, stdout: '', stderr: 'self-signed \u001B[31mcertificate', milliseconds: 1 };
    const control = result('P1', { standing: 'wrong', observation: { connections: [], reports: [], exit } });
    showReport(speech, report([control, result('N4', { standing: 'inconclusive' })], 'failed-before'));
    assert.match(
      said.out,
      /^The client does not accept the valid server.*\n {6}seen .*\n {6}user sees exit 60: self-signed certificate\n/,
    );
    assert.doesNotMatch(said.out, /N4/);
  });
});
