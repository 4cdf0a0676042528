import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import type { CaseResult } from '../../../src/outcome.ts';
import { toHtml } from '../../../src/report/html/page.ts';
import { toJson } from '../../../src/report/json.ts';
import { seen, shape } from '../../judge/support/shapes.ts';
import { all, readMarkup, textOf } from '../support/markup.ts';
import { caseLike, hostileRun, RESULTS, result, runOf } from '../support/runs.ts';

describe('the page', () => {
  const page = toHtml(runOf());
  const root = readMarkup(page);

  it('runs nothing and fetches nothing', () => {
    for (const each of [page, toHtml(hostileRun())]) {
      const document = readMarkup(each);
      assert.ok(each.includes(`content="default-src 'none'; style-src 'unsafe-inline'"`));
      for (const name of ['script', 'link', 'img', 'iframe', 'form', 'object', 'base'])
        assert.deepEqual(all(document, name), [], name);
      assert.ok(all(document, 'a').every(({ attributes }) => attributes['href']?.startsWith('#')));
      const [style] = all(document, 'style');
      assert.doesNotMatch(style?.text ?? '', /url\(|@import/);
    }
  });

  it('does not fail a run whose findings are all excused, and says that they are', () => {
    const decided = RESULTS.filter(({ standing }) => standing !== 'inconclusive');
    const excused = toHtml(runOf(decided), () => true);
    assert.match(excused, /<strong>Passed\.<\/strong> [^<]*3 excused \(known, or in the baseline\)\./);
    assert.match(page, /<strong>Failed\.<\/strong> [^<]*1 refused without a report\. /);
  });

  it('says who ran what against what, when', () => {
    const text = textOf(root);
    for (const words of [
      'curl 7.88.1',
      'curl "$ASSAY_URL"',
      'api.assay.test',
      '2026-11-21 12:00:00 UTC',
      'J. Doe',
      'Linux, Node 24',
    ])
      assert.ok(text.includes(words), words);
    assert.ok(text.includes('The valid server was accepted before and after.'));
  });

  it('names the digest of its record', () => {
    assert.ok(page.includes(createHash('sha256').update(toJson(runOf())).digest('hex')));
  });

  it('has every case once, and opens what is wrong or open', () => {
    const cases = all(root, 'details');
    assert.equal(cases.length, RESULTS.length);
    assert.equal(new Set(cases.map(({ attributes }) => attributes['id'])).size, RESULTS.length);
    const open = cases.filter(({ attributes }) => 'open' in attributes).map(({ attributes }) => attributes['id']);
    assert.deepEqual(open, ['case-n8', 'case-n4', 'case-p2', 'case-n3']);
  });

  it('leads nowhere that is not there', () => {
    const targets = new Set(
      [...all(root, 'details'), ...all(root, 'main')].map(({ attributes }) => `#${attributes['id']}`),
    );
    for (const { attributes } of all(root, 'a')) assert.ok(targets.has(attributes['href'] ?? ''), attributes['href']);
  });

  it('has tables that can be heard', () => {
    const tables = all(root, 'table');
    assert.ok(tables.length >= 4);
    for (const table of tables) {
      assert.equal(all(table, 'caption').length, 1);
      assert.ok(all(table, 'th').every(({ attributes }) => attributes['scope'] !== undefined));
    }
  });

  it('counts standings by requirement', () => {
    const row = all(root, 'tr').find(({ children }) => children[0]?.text === 'MASTG-TEST-0244');
    assert.deepEqual(
      row?.children.slice(1, 6).map(({ text }) => text),
      ['3', '2', '1', '1', '1'],
    );
  });

  it('shows the evidence', () => {
    const article = all(root, 'details').find(({ attributes }) => attributes['id'] === 'case-n1');
    const text = article === undefined ? '' : textOf(article);
    for (const words of [
      '48 unknown_ca (in clear on the wire)',
      't13d3112h2_e8f1e7e78f70_b26ce05bbdd6',
      'client → alert 2',
      '--only N1',
    ])
      assert.ok(text.includes(words), words);
  });

  it('calls data that may come by another name than a leak', () => {
    const overview = all(root, 'tr').filter(({ children }) => children.length === 5);
    const outcomes = overview.map(({ children }) => `${textOf(children[0] ?? root).trim()} ${children[3]?.text}`);
    assert.ok(outcomes.includes('P1 ARRIVED') && outcomes.includes('N8 LEAKED'), outcomes.join());
  });
});

describe('a page of hostile text', () => {
  const page = toHtml(hostileRun());

  it('shows it as text', () => {
    assert.ok(textOf(readMarkup(page)).includes('</pre></script><script>alert(1)</script>'));
  });

  it('spells out what cannot be seen', () => {
    for (const character of ['\u0000', '\u001b', '\u202e', '\u2066']) assert.ok(!page.includes(character));
    assert.ok(page.includes('\\u{202e}evil\\u{2066}') && page.isWellFormed());
  });
});

it('a page has an end, whatever a client did', () => {
  const one = shape('a request');
  const many = Array.from({ length: 60 }, (_, id) => ({
    ...one,
    ...{ id, records: Array.from({ length: 300 }, () => ({ from: 'client', type: 23, length: 9 }) as const) },
    requests: Array.from({ length: 100 }, () => one.requests[0] ?? assert.fail()),
  }));
  const results: readonly CaseResult[] = [result(caseLike('N62'), seen(...many))];
  const page = toHtml(runOf(results));
  assert.ok(page.length < 300_000, String(page.length));
  assert.ok(page.includes('40 more connections are in the JSON.'));
});
