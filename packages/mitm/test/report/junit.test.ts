import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toJunit } from '../../src/report/junit.ts';
import { all, readMarkup, textOf } from './support/markup.ts';
import { hostileRun, runOf } from './support/runs.ts';

describe('a JUnit report', () => {
  const [root] = readMarkup(toJunit(runOf())).children;
  assert.ok(root);
  const cases = all(root, 'testcase');
  const childOf = (id: string): string | undefined =>
    cases.find(({ attributes }) => attributes['name']?.startsWith(`${id} `))?.children[0]?.name;

  it('has a case for each case, by what it came to', () => {
    const children = ['P1', 'N8', 'N4', 'N1', 'P2', 'N3', 'N43', 'N34'].map((id) => childOf(id));
    assert.deepEqual(children, [
      undefined,
      'failure',
      'failure',
      undefined,
      'failure',
      'error',
      'system-out',
      'skipped',
    ]);
  });

  it('counts what it holds, in all and a suite', () => {
    for (const element of [root, ...all(root, 'testsuite')]) {
      const { tests, failures, errors, skipped } = element.attributes;
      const counts = ['testcase', 'failure', 'error', 'skipped'].map((name) => String(all(element, name).length));
      assert.deepEqual([tests, failures, errors, skipped], counts);
    }
  });

  it('skips findings that fail no run, with the reason, and counts them so', () => {
    const [excused] = readMarkup(toJunit(runOf(), ({ known, silent }) => known !== undefined || silent)).children;
    assert.ok(excused);
    const messages = all(excused, 'skipped').map(({ attributes }) => attributes['message']);
    assert.ok(messages.includes('wrong, and no failure: known: falls back to the common name'), messages.join());
    assert.ok(messages.includes('right, and no failure: so it was in the baseline'), messages.join());
    const { failures, skipped } = excused.attributes;
    assert.deepEqual([failures, skipped], ['1', '3']);
  });

  it('gives times in seconds and names what was tested', () => {
    assert.ok(cases.every(({ attributes }) => /^\d+\.\d{3}$/.test(attributes['time'] ?? '')));
    const [suite] = all(root, 'testsuite');
    assert.equal(suite?.attributes['timestamp'], '2026-11-21T12:00:00');
    assert.ok(all(root, 'property').some(({ attributes }) => attributes['value'] === 'curl'));
  });

  it('stays well formed whatever the text', () => {
    const text = toJunit(hostileRun());
    const [failure] = all(readMarkup(text), 'failure');
    assert.ok(failure && textOf(failure).includes('</pre></script><script>alert(1)</script>'));
    for (const character of ['\u0000', '\u001b']) assert.ok(!text.includes(character));
    assert.ok(text.isWellFormed());
  });
});
