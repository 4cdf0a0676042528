import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { CASES } from '@assay/mitm';
import { createFolder, inProcess } from '../../support/assay.ts';

const exampleOf = (page: string): string =>
  /```json\n(.*?)```/s.exec(readFileSync(join(import.meta.dirname, '../../../../..', page), 'utf8'))?.[1] ?? '';

describe('assay mitm cases', () => {
  it('lists every case once, by group', async () => {
    const { code, stdout } = await inProcess(['mitm', 'cases']);
    assert.equal(code, 0);
    const ids = [...stdout.matchAll(/^ {2}([PN]\S+) +(?:accept|refuse|report) /gm)].map(([, id]) => id);
    assert.deepEqual(ids.toSorted(), CASES.map(({ id }) => id).toSorted());
    assert.match(stdout, /^control\n {2}P1 /);
  });

  it('explains a case, all variants of a row, or a group', async () => {
    const one = await inProcess(['mitm', 'cases', 'n4']);
    assert.match(one.stdout, /^N4 .+\n {2}group {9}trust\n {2}expected {6}refuse\n/);
    for (const label of ['why', 'differs from', 'server', 'OWASP'])
      assert.match(one.stdout, new RegExp(`\\n {2}${label} `));
    assert.match(one.stdout, /\n {2}server {8}the valid one, but: chain\.leaf\.key = other\n/);
    assert.match(one.stdout, /\n {2}to run it {5}assay mitm run --exec 'COMMAND' --only N4\n/);
    assert.doesNotMatch(one.stdout, /\n {2}where /);
    const row = await inProcess(['mitm', 'cases', 'N11', '--json']);
    const { schema, cases } = JSON.parse(row.stdout);
    assert.equal(schema, 'assay.mitm.cases/1');
    assert.ok(cases.length > 1 && cases.every(({ id }: { id: string }) => id.startsWith('N11.')));
    assert.equal((await inProcess(['mitm', 'cases', 'validity'])).code, 0);
  });

  it('explains the placeholders of a case where they stand', async () => {
    const texts = await Promise.all(CASES.map(({ id }) => inProcess(['mitm', 'cases', id])));
    const explained = texts.map(({ stdout }) => {
      const [, legend = ''] = /\n {2}where +(.*)\n/.exec(stdout) ?? [];
      const placeholders = new Set([...stdout.replace(legend, '').matchAll(/\{\w+\}/g)].map(([text]) => text));
      for (const each of placeholders) assert.ok(legend.includes(`${each} is `), stdout);
      return placeholders.size;
    });
    assert.ok(explained.some((count) => count > 1));
  });

  it("has an operator's own cases beside the others", async () => {
    const path = join(createFolder(), 'own.json');
    writeFileSync(path, exampleOf('docs/mitm-cases.md'));
    const all = await inProcess(['mitm', 'cases', '--cases', path]);
    assert.match(all.stdout, /^ {2}X1 {5}refuse {2}The intermediate of a neighbour$/m);
    assert.match(all.stdout, /^ {2}N4 /m);
    const { stdout } = await inProcess(['mitm', 'cases', 'x1', '--cases', path]);
    assert.match(stdout, /^X1 The intermediate of a neighbour\n/);
    assert.match(stdout, /--exec 'COMMAND' --cases .+own\.json --only X1\n/);
    const { code, stderr } = await inProcess(['mitm', 'cases', '--cases', join(path, 'none')]);
    assert.deepEqual([code, /cli\.file_unreadable/.test(stderr)], [3, true]);
  });

  it('refuses what names no case, and tells what may have been meant', async () => {
    const { code, stderr } = await inProcess(['mitm', 'cases', 'N444']);
    assert.deepEqual([code, /cli\.case_unknown/.test(stderr), /did you mean N/.test(stderr)], [2, true, true]);
    assert.equal((await inProcess(['mitm', 'cases', 'N1', 'N2'])).code, 2);
  });
});
