import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exampleProject } from '../../../src/lint/example.ts';
import { lint } from '../../../src/lint/lint.ts';
import type { ExampleFile } from '../../../src/lint/rule.ts';
import { rule } from '../../../src/lint/rules/n007-unknown-element.ts';
import { domainConfig, KEY_1, KEY_2, nsc, pinSet, trustKit } from '../../../src/lint/rules/support/examples.ts';

const severities = (files: readonly ExampleFile[]) =>
  lint(exampleProject(files), { rules: [rule] }).findings.map(({ severity }) => severity);

const domain = (value: string) =>
  nsc(domainConfig(`<domain includeSubdomains="${value}">example.com</domain>`, pinSet([KEY_1, KEY_2])));
const key = (name: string) => trustKit([KEY_1, KEY_2], `<key>${name}</key>\n<true/>`);

describe('N007', () => {
  it('is an error where subdomains lose their pins without a word, and none where that was meant', () => {
    assert.deepEqual(
      ['yes', 'on', 'no', 'true'].map((value) => severities(domain(value))),
      [['error'], ['error'], ['warning'], []],
    );
  });

  it('is an error for a key of TrustKit that is likely misspelt, and a warning for another one', () => {
    const names = ['TSKIncludeSubdomain', 'TSKEnforcePining', 'kTSKReportUris', 'Comment', 'TSKReportUris'];
    assert.deepEqual(
      names.map((name) => severities(key(name))),
      [['error'], ['error'], ['error'], ['warning'], []],
    );
  });

  it('looks at TrustKit in code too, and passes over keys that code computes', () => {
    const swift = (name: string) => [
      {
        path: 'App/Pins.swift',
        text: `let c = [kTSKPinnedDomains: ["example.com": [kTSKPublicKeyHashes: ["${KEY_1}", "${KEY_2}"], ${name}: true]]]`,
      },
    ];
    assert.deepEqual(severities(swift('"TSKIncludeSubdomain"')), ['error']);
    assert.deepEqual(severities(swift('kTSKIncludeSubdomains')), []);
  });
});
