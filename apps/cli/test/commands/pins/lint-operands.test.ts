import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { createFolder, inProcess } from '../../support/assay.ts';

const KEY = 'IH0oxHI46J7uM9kkm9vr64Ddm2qrmu0F3/JP54PLwMA=';
const nsc = (prefix: string) =>
  `<network-security-config><domain-config><domain>example.com</domain><pin-set><pin digest="SHA-256">${prefix}${KEY}</pin></pin-set></domain-config></network-security-config>\n`;
const NOW = ['--now', '2026-11-21T00:00:00Z'];
const Report = z.object({ findings: z.array(z.looseObject({ rule: z.string(), severity: z.string() })) });

describe('assay pins lint outside of its folder', () => {
  const folder = createFolder({
    'qa/App/n.xml': nsc(''),
    'qa/App/debug/n.xml': nsc(''),
    'qa/app/src/debug/res/xml/n.xml': nsc(''),
  });
  const elsewhere = createFolder({});

  async function severityOf(operand: string, cwd = elsewhere) {
    const args = ['pins', 'lint', operand, '--only', 'P001', '--json', ...NOW];
    const { stdout } = await inProcess(args, { cwd });
    return Report.parse(JSON.parse(stdout)).findings.map(({ severity }) => severity);
  }

  it('judges a file by what lies beneath the operand, not by the folders above it', async () => {
    assert.deepEqual(await severityOf(join(folder, 'qa/App/n.xml')), ['error']);
    assert.deepEqual(await severityOf(join(folder, 'qa/App')), ['info', 'error']);
    assert.deepEqual(await severityOf(join(folder, 'qa/app/src/debug/res/xml/n.xml')), ['info']);
  });
});

describe('assay pins lint --fix', () => {
  it('leaves alone what the baseline accepts', async () => {
    const folder = createFolder({ 'n.xml': nsc('sha256/') });
    const baseline = join(folder, 'baseline.json');
    const lint = (...more: readonly string[]) =>
      inProcess(['pins', 'lint', join(folder, 'n.xml'), ...more, ...NOW], { cwd: folder });
    await lint('--write-baseline', baseline);
    await lint('--fix', '--baseline', baseline);
    assert.equal(readFileSync(join(folder, 'n.xml'), 'utf8'), nsc('sha256/'));
    await lint('--fix');
    assert.equal(readFileSync(join(folder, 'n.xml'), 'utf8'), nsc(''));
  });
});
