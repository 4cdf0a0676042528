import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { encodeCbor } from '@assay/formats';
import { FORMATS, verifyAppAttestAssertion } from '../../src/index.ts';
import { mintAssertion } from '../support/mint-apple.ts';
import { campaign, meaningOf, type Subject } from './campaign.ts';
import { DEVIATIONS, type Stretch } from './deviations.ts';
import { createDice, mutate } from './mutate.ts';
import type { Part } from './part.ts';
import { SUBJECTS } from './subjects.ts';

const COUNT = 20_000;
/** What these send is opaque and judged by their vendors: there is nothing to change but the answer. */
const ASKED_AT_THE_VENDOR = ['apple-device-check', 'web'];

describe('valid evidence, changed', () => {
  it(`is refused ${COUNT} times over, or spelt in a way that is on the list`, () => {
    const report = campaign(SUBJECTS, { count: COUNT, seed: 20_261_121 });
    assert.deepEqual(report.findings, []);
    assert.equal(report.tried, COUNT);
    assert.ok(report.refused > COUNT * 0.9);
  });

  it('has every format among its samples that is evidence in bytes', () => {
    const names = new Set(SUBJECTS.map(({ name }) => name.split(/[ ,]/)[0]));
    const missing = FORMATS.filter(({ format }) => !names.has(format)).map(({ format }) => format);
    assert.deepEqual(missing, ASKED_AT_THE_VENDOR);
  });

  it('meets every deviation of the list', () => {
    const met = SUBJECTS.flatMap((subject) => subject.free.filter((stretch) => isMet(subject, stretch)));
    assert.deepEqual([...new Set(met.map(({ deviation }) => deviation))].sort(), Object.keys(DEVIATIONS).sort());
  });
});

/** Whether a change inside the stretch alone is accepted. Struck there on purpose: samples are minted anew each run. */
function isMet(subject: Subject, { part, start, end }: Stretch): boolean {
  const before = Buffer.from(subject.parts[part] ?? '');
  const dice = createDice(7);
  return Array.from({ length: 200 }).some(() => {
    const struck = mutate(before.subarray(start, end), dice);
    const after = Buffer.concat([before.subarray(0, start), struck, before.subarray(end)]);
    return !after.equals(before) && isVerified(subject, subject.parts.with(part, after));
  });
}

function isVerified(subject: Subject, parts: readonly Part[]): boolean {
  try {
    return subject.verify(parts).outcome === 'verified';
  } catch {
    return false; // a part that the door would not decode
  }
}

/** A verifier that looks at nothing. */
function sample(): Subject {
  const input = mintAssertion();
  return {
    name: 'sample',
    parts: [encodeCbor(1)],
    free: [],
    verify: () => verifyAppAttestAssertion(input),
    meaning: (appraisal) => meaningOf(appraisal, []),
  };
}

describe('a campaign', () => {
  const of = (subject: Subject) => campaign([subject], { count: 200, seed: 3 }).findings.map(({ kind }) => kind);

  it('finds a verifier that overlooks what it is given', () => {
    assert.ok(of(sample()).includes('unlisted'));
  });

  it('finds one that reads another meaning out of changed evidence', () => {
    let counter = 5;
    const verify = () => {
      counter += 1;
      return verifyAppAttestAssertion(mintAssertion({ counter }));
    };
    assert.ok(of({ ...sample(), verify }).includes('differs'));
  });

  it('finds one that falls over', () => {
    const verify: Subject['verify'] = (parts) => {
      if (String(parts[0]) !== String(encodeCbor(1))) throw new RangeError('out of bounds');
      return verifyAppAttestAssertion(mintAssertion());
    };
    assert.ok(of({ ...sample(), verify }).includes('crash'));
  });

  it('does the same for the same seed', () => {
    const [one, other] = [createDice(5), createDice(5)];
    const bytes = new Uint8Array(40).fill(9);
    for (let round = 0; round < 50; round += 1) assert.deepEqual(mutate(bytes, one), mutate(bytes, other));
  });
});

describe('the page about mutations', () => {
  it('lists the deviations of the code', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../../docs/verification/mutations.md'), 'utf8');
    const rows = [...page.matchAll(/^\| `(\w+)` \| (.+) \|$/gm)].map(([, id, why]) => [id, why]);
    assert.deepEqual(rows, Object.entries(DEVIATIONS));
  });
});
