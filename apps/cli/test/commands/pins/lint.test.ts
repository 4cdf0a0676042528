import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { assay, createFolder, inProcess } from '../../support/assay.ts';

const CONFIG = 'app/src/main/res/xml/network_security_config.xml';
const BROKEN = '<network-security-config>\n  <base-config>\n</network-security-config>\n';
const SOUND = '<network-security-config/>\n';
const NOW = ['--now', '2026-11-21T00:00:00Z'];

const Report = z.object({
  schema: z.literal('assay.pins.lint/1'),
  counts: z.looseObject({ error: z.int(), warning: z.int(), info: z.int(), suppressed: z.int(), baseline: z.int() }),
  findings: z.array(z.looseObject({ rule: z.string(), place: z.looseObject({ file: z.string(), line: z.int() }) })),
});

const reportOf = (stdout: string) => Report.parse(JSON.parse(stdout));

/** In this process: a process of its own for each would cost the suite its pace. */
const inFolder = (cwd: string, args: readonly string[]) => inProcess(args, { cwd });

describe('assay pins lint', { concurrency: true }, () => {
  it('shows each finding with its place, its line, and what to do', async () => {
    const { code, stdout, stderr } = await assay(createFolder({ [CONFIG]: BROKEN }), ['pins', 'lint', '.', ...NOW]);
    assert.equal(code, 1);
    assert.deepEqual(stdout.split('\n').slice(0, 2), [
      `${CONFIG}:3:1  warning  S001 unreadable-file`,
      '  not XML: Missing end tag for element base-config',
    ]);
    assert.match(stdout, /^ {2}fix: Repair/m);
    assert.equal(stderr, '0 errors, 1 warning, 0 notes in 1 document\n');
  });

  it('says so when there is nothing to say', async () => {
    const folder = createFolder({ [CONFIG]: SOUND });
    const { code, stdout, stderr } = await inFolder(folder, ['pins', 'lint', folder, ...NOW]);
    assert.deepEqual([code, stdout], [0, '']);
    assert.match(stderr, /^0 errors, 0 warnings/);
  });

  it('mends no byte that it has no finding for, and nothing the second time', async () => {
    const pin = 'IH0oxHI46J7uM9kkm9vr64Ddm2qrmu0F3/JP54PLwMA=';
    const config = (domain: string, prefix: string) =>
      `\uFEFF<network-security-config>\r\n\t<!-- \u{1F512} --><domain-config>\r\n\t\t<domain>${domain}</domain>\r\n\t\t<pin-set><pin digest="SHA-256">${prefix}${pin}</pin></pin-set>\r\n\t</domain-config>\r\n</network-security-config>\r\n`;
    const folder = createFolder({ [CONFIG]: config(' Example.com. ', 'sha256/') });
    for (const _ of [1, 2]) {
      await inFolder(folder, ['pins', 'lint', folder, '--fix', ...NOW]);
      assert.equal(readFileSync(join(folder, CONFIG), 'utf8'), config('example.com', ''));
    }
  });

  it('goes on after a file that it cannot read', async () => {
    const folder = createFolder({
      'a/Info.plist': 'no plist',
      'b/network_config.json': '{"network-security-config":',
      [CONFIG]: BROKEN,
    });
    const { stdout } = await inFolder(folder, ['pins', 'lint', folder, '--json', ...NOW]);
    const files = reportOf(stdout).findings.map(({ place }) => place.file);
    assert.deepEqual(files, ['a/Info.plist', CONFIG, 'b/network_config.json']);
  });

  it('skips what others wrote and what a build made, unless it is named', async () => {
    const folder = createFolder({ [`node_modules/x/${CONFIG}`]: BROKEN, [`build/${CONFIG}`]: BROKEN });
    const whole = await inFolder(folder, ['pins', 'lint', folder, ...NOW]);
    const named = await inFolder(folder, ['pins', 'lint', join(folder, 'build'), ...NOW]);
    assert.deepEqual([whole.code, named.code], [2, 1]);
    assert.match(whole.stderr, /cli\.nothing_to_read/);
  });

  it('accepts a baseline and reports what is new', async () => {
    const folder = createFolder({ [CONFIG]: BROKEN });
    const accepted = await inFolder(folder, ['pins', 'lint', folder, '--write-baseline', 'base.json', ...NOW]);
    assert.equal(accepted.code, 0);
    assert.match(accepted.stderr, /^1 finding accepted in base\.json/m);
    const known = await inFolder(folder, ['pins', 'lint', folder, '--baseline', 'base.json', ...NOW]);
    assert.deepEqual([known.code, known.stdout], [0, '']);
    assert.match(known.stderr, /; 1 in the baseline$/m);
  });

  it('says which entries of a baseline are gone', async () => {
    const folder = createFolder({
      [CONFIG]: SOUND,
      'base.json': '{"schema":"assay.pins.baseline/1","findings":["P001 x -  #1"]}',
    });
    const { code, stderr } = await inFolder(folder, ['pins', 'lint', folder, '--baseline', 'base.json', ...NOW]);
    assert.equal(code, 0);
    assert.match(stderr, /no longer found, take it out of the baseline: P001 x/);
  });

  it('takes a finding back where its file says so', async () => {
    const folder = createFolder({ [CONFIG]: `<!-- assay-ignore-file S001: made by hand -->${BROKEN}` });
    const { code, stdout } = await inFolder(folder, ['pins', 'lint', folder, '--json', ...NOW]);
    assert.equal(code, 0);
    assert.equal(reportOf(stdout).counts.suppressed, 1);
  });

  it('weighs findings by --fail-on, and shows them all the same', async () => {
    const folder = createFolder({ [CONFIG]: BROKEN });
    const { code, stdout } = await inFolder(folder, ['pins', 'lint', folder, '--fail-on', 'error', ...NOW]);
    assert.equal(code, 0);
    assert.match(stdout, /S001/);
  });

  it('writes reports for machines beside what it shows', async () => {
    const folder = createFolder({ [CONFIG]: BROKEN });
    const reports = ['--report', 'sarif=out.sarif', '--report', 'junit=out.xml'];
    await inFolder(folder, ['pins', 'lint', folder, ...reports, ...NOW]);
    const { version } = z
      .looseObject({ version: z.string() })
      .parse(JSON.parse(readFileSync(join(folder, 'out.sarif'), 'utf8')));
    assert.equal(version, '2.1.0');
    assert.match(readFileSync(join(folder, 'out.xml'), 'utf8'), /<failure /);
    const beneath = await inFolder(folder, ['pins', 'lint', folder, '--report', 'sarif=out.xml/beneath', ...NOW]);
    assert.equal(beneath.code, 3);
    assert.match(beneath.stderr, /cli\.file_unwritable/);
  });

  it('is the same at any time when it is told the time', async () => {
    const folder = createFolder({ [CONFIG]: BROKEN });
    const [first, second] = await Promise.all(
      [0, 1].map(() => inFolder(folder, ['pins', 'lint', folder, '--json', ...NOW])),
    );
    assert.equal(first?.stdout, second?.stdout);
  });

  const EMPTY = createFolder();
  const REFUSED: readonly (readonly [string, readonly string[], number])[] = [
    ['no path', [], 2],
    ['a path that is not there', ['/nowhere/at/all'], 3],
    ['an unknown format', [EMPTY, '--format', 'xml'], 2],
    ['a report without a file', [EMPTY, '--report', 'sarif'], 2],
    ['an unknown rule', [EMPTY, '--only', 'Z999'], 2],
    ['an unknown severity', [EMPTY, '--fail-on', 'fatal'], 2],
    ['a time that is none', [EMPTY, '--now', 'yesterday'], 2],
    ['a baseline that is not there', [EMPTY, '--baseline', '/nowhere.json'], 3],
  ];
  for (const [what, args, code] of REFUSED) {
    it(`refuses ${what}`, async () => {
      assert.equal((await inProcess(['pins', 'lint', ...args])).code, code);
    });
  }

  it('leaves nothing half-written where it may not write', async () => {
    const folder = createFolder({ [CONFIG]: BROKEN });
    const { code } = await inFolder(folder, [
      'pins',
      'lint',
      folder,
      '--report',
      'sarif=no/such/folder/out.sarif',
      ...NOW,
    ]);
    assert.equal(code, 3);
    assert.equal(existsSync(join(folder, 'no')), false);
    assert.ok(statSync(join(folder, CONFIG)).isFile());
  });
});
