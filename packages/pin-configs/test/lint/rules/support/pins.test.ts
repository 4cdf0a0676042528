import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { classifyPin } from '../../../../src/known/classify-pin.ts';
import { exampleProject } from '../../../../src/lint/example.ts';
import { domainConfig, KEY_1, KEY_2, nsc, okHttp, pinSet } from '../../../../src/lint/rules/support/examples.ts';
import { decodedLength, keysOf, pinsOf } from '../../../../src/lint/rules/support/pins.ts';
import { policiesOf } from '../../../../src/lint/rules/support/policies.ts';
import type { Format } from '../../../../src/pinned-host.ts';

const UNPADDED = KEY_1.replace('=', '');

describe('pins as the rules see them', () => {
  it('are there once where domains share them', () => {
    const domains = '<domain>a.example</domain><domain>b.example</domain>';
    const project = exampleProject(nsc(domainConfig(domains, pinSet([KEY_1, KEY_2]))));
    assert.equal([...pinsOf(project)].length, 2);
    assert.equal([...policiesOf(project)].length, 2);
  });

  it('are one set where the format unites entries of a host', () => {
    const [first = { path: '', text: '' }] = okHttp({ 'a.example': [`sha256/${KEY_1}`] });
    const text = first.text.replace('    .build()', `    .add("A.example", "sha256/${KEY_2}")\n    .build()`);
    const policies = [...policiesOf(exampleProject([{ ...first, text }]))];
    assert.deepEqual(
      policies.map(({ host }) => keysOf(host)),
      [[KEY_1, KEY_2]],
    );
  });

  it('are decoded as generously as each platform does', () => {
    const rows: readonly (readonly [Format, string, number | undefined])[] = [
      ['nsc', ` ${UNPADDED}\n`, 32],
      ['nsc', KEY_1.replace('I', '-'), undefined],
      ['okhttp', `sha256/${UNPADDED}`, 32],
      ['ats', UNPADDED, undefined],
      ['ats', ` ${KEY_1}`, undefined],
      ['ats', KEY_1, 32],
      ['trustkit-ios', `${KEY_1}\n`, undefined],
      ['harmony', KEY_1, 32],
      ['harmony', '', undefined],
    ];
    for (const [format, text, length] of rows) {
      const prefix = format === 'okhttp' ? 'sha256/' : '';
      assert.equal(decodedLength(format, text, classifyPin(text, prefix)), length, `${format} ${JSON.stringify(text)}`);
    }
  });
});
