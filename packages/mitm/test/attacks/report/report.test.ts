import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type AttackReport, runAttacks, summaryOf, toDocument, toHtml, toJunit } from '../../../src/attacks/index.ts';
import { stubAttack, stubScene } from '../support/scene.ts';

const seen = 'what was seen: <script>alert(1)</script>';

function report(succeeded: boolean): Promise<AttackReport> {
  const attacks = [
    stubAttack({ succeeded, codes: ['meant'], seen }),
    stubAttack({ succeeded: false, codes: ['"other"'], seen }, { id: 'stub-other' }),
    stubAttack(new Error('a\u0000fault'), { id: 'stub-broken' }),
  ];
  return runAttacks({ scene: stubScene(), attacks });
}

describe('reports', () => {
  it('a document of plain data under its schema', async () => {
    const document = JSON.parse(JSON.stringify(toDocument(await report(false))));
    assert.equal(document.schema, 'assay.mitm.attack/1');
    assert.deepEqual(
      document.results.map(({ id, outcome, code }: Record<string, string>) => [id, outcome, code]),
      [
        ['stub', 'refused', 'meant'],
        ['stub-other', 'other-reason', '"other"'],
        ['stub-broken', 'not-reached', undefined],
      ],
    );
  });

  it('JUnit: a success is a failure, what proves nothing is an error, and nothing breaks out of its place', async () => {
    const xml = toJunit(await report(true));
    assert.match(xml, /<testsuites tests="4" failures="1" errors="2">/);
    assert.equal(xml.match(/<failure /g)?.length, 1);
    assert.equal(xml.match(/<error /g)?.length, 2);
    assert.ok(!xml.includes('<script>') && !xml.includes('\u0000'));
    const offline = stubScene({ victim: () => Promise.reject(new Error('offline')) });
    assert.match(toJunit(await runAttacks({ scene: offline, attacks: [] })), /errors="1"/);
  });

  it('HTML that needs nothing beside it and shows what was seen as text', async () => {
    const html = toHtml(await report(true));
    assert.doesNotMatch(html, /<script|src=|href=/);
    assert.match(html, /SUCCEEDED/);
    assert.match(html, /refused for another reason: proves nothing/);
    assert.match(html, /1 succeeded, 2 prove nothing\. An untouched client got through before and after\./);
  });

  it('a sentence for people', async () => {
    assert.equal(summaryOf(await report(false)), '1 of 3 attacks refused, 0 succeeded, 2 prove nothing.');
  });
});
