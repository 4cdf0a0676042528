import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readDocuments } from '@assay/pin-configs';
import { analyse } from '../../src/analysis/analyse.ts';
import { EXAMPLE } from '../../src/analysis/example.ts';
import type { Question, Task } from '../../src/analysis/model.ts';
import { policyText, usualChoice } from '../../src/analysis/policy-text.ts';

const NOW = Date.UTC(2026, 10, 21);
const QUESTION: Question = { host: 'api.example.com', at: NOW, build: 'release', anchor: 'system', targetSdk: 35 };
const sheet = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });
const SHEETS = EXAMPLE.map(({ name, text }) => sheet(name, text));
const ORDER: readonly string[] = ['error', 'warning', 'info'];
const WISHES = { debug: false, acceptCertificatePins: false };
const task = (sheets: Task['sheets'], question: Partial<Question> = {}): Task => ({
  ...{ sheets, now: NOW, question: { ...QUESTION, ...question }, wishes: WISHES },
});

describe('an analysis', () => {
  it('finds what is wrong with the example, with excerpt and reasons, the gravest first', async () => {
    const { lint } = await analyse(task(SHEETS));
    const rules = lint?.findings.map(({ rule }) => rule) ?? [];
    for (const rule of ['N001', 'N004', 'P001']) assert.ok(rules.includes(rule), rule);
    const single = lint?.findings.find(({ rule }) => rule === 'P001');
    assert.match(single?.excerpt.join('\n') ?? '', /example\.com<\/domain>\n *\^+$/);
    for (const text of [single?.why, single?.attacker, single?.lockout, single?.fix]) assert.ok(text);
    assert.equal(lint?.counts.error, lint?.findings.filter(({ severity }) => severity === 'error').length);
  });

  it('puts the gravest first', async () => {
    const { keys } = await analyse(task(SHEETS));
    const policy = sheet('assay.pins.yaml', policyText('api.example.com', keys, usualChoice(keys)));
    const { lint } = await analyse(task([policy, ...SHEETS]));
    const found = lint?.findings.map(({ severity }) => severity) ?? [];
    assert.ok(found.includes('error') && found.includes('warning'));
    assert.deepEqual(
      found,
      [...found].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)),
    );
  });

  it('answers whether the app would connect, by date and by root', async () => {
    const answer = async (question: Partial<Question>) =>
      (await analyse(task(SHEETS, question))).connecting?.mechanisms.map(({ outcome }) => outcome.because);
    assert.deepEqual(await answer({}), ['pin_matched']);
    assert.deepEqual(await answer({ at: Date.UTC(2027, 5, 1) }), ['expired']);
    assert.deepEqual(await answer({ host: 'other.test' }), ['unpinned']);
    assert.equal(await answer({ host: '' }), undefined);
  });

  it('compares configurations with the pasted chain', async () => {
    const wrong =
      EXAMPLE[2]?.text.replace(/>[A-Za-z0-9+/]{43}=</, '>YSFPGhSs8kC1Cp/2d3OsYuNIVzx886gxEOg5Q9puwIo=<') ?? '';
    const config = sheet(
      'res/xml/network_security_config.xml',
      wrong.replace('>YSF', '>ZSF').replace('example.com', 'api.example.com'),
    );
    const { lint, connecting } = await analyse(task([...SHEETS.slice(0, 2), config]));
    assert.ok(lint?.findings.some(({ rule }) => rule === 'P019'));
    assert.equal(connecting?.answer, 'refused');
  });

  it('writes every target from a policy, and what it writes is read back', async () => {
    const { keys } = await analyse(task(SHEETS));
    const policy = sheet('assay.pins.yaml', policyText('api.example.com', keys, usualChoice(keys)));
    const { written = [] } = await analyse(task([policy]));
    assert.ok(written.length > 15);
    for (const { files, refusals } of written) assert.equal(files.length === 0, refusals.length > 0);
    const [file] = written.find(({ id }) => id === 'android-nsc')?.files ?? [];
    const [document] = readDocuments(file?.path ?? '', new TextEncoder().encode(file?.text));
    assert.deepEqual(
      document?.pinned.flatMap(({ pins }) => pins.map(({ text }) => text)),
      usualChoice(keys),
    );
  });

  it('says of a sheet that cannot be read why, and goes on with the others', async () => {
    const broken = [
      sheet('a.pem', '-----BEGIN CERTIFICATE-----'),
      sheet('b.xml', '<network-security-config>'),
      sheet('c', '?'),
    ];
    const { sheets, keys } = await analyse(task([...broken, ...SHEETS.slice(0, 1)]));
    assert.deepEqual(
      sheets.map(({ kind, fault }) => [kind, fault !== undefined]),
      [
        ['unreadable', true],
        ['unreadable', true],
        ['nothing', true],
        ['keys', false],
      ],
    );
    assert.equal(keys.length, 3);
  });
});
