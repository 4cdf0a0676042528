import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { TARGETS } from '../../src/write/targets/index.ts';
import { writeTarget } from '../../src/write/write.ts';
import { pinOf, policyHost, policyOf, policyPin } from '../support/policies.ts';
import type { Source } from './parse-sources.ts';

const GRAMMARS: Readonly<Record<string, string>> = {
  swift: 'swift',
  dart: 'dart',
  cs: 'c_sharp',
  m: 'objc',
  h: 'objc',
  ts: 'typescript',
  js: 'javascript',
  mjs: 'javascript',
  kt: 'kotlin',
};

const POLICY = policyOf(
  policyHost('example.com', {
    subdomains: 'all',
    covers: ['www.example.com'],
    expires: '2027-06-01',
    reportTo: ['https://reports.example.com/pins'],
    pins: [
      policyPin('a', 'leaf', { certificates: [pinOf('certificate')] }),
      policyPin('b', 'backup', { certificates: [pinOf('next certificate')] }),
    ],
  }),
  policyHost('example.org', {
    mode: 'report',
    pins: [policyPin('c', 'leaf', { certificates: [pinOf('c')] }), policyPin('d', 'backup')],
  }),
);
const PRIVATE = policyOf(policyHost('example.com', { trust: { store: 'private', certificates: ['one', 'two'] } }));
const FREE = policyOf(policyHost('example.com', { mode: 'report' }));

const SOURCES: readonly Source[] = TARGETS.flatMap((target) => {
  const isCertificates = target.can.pins === 'certificate';
  const policies = isCertificates ? [POLICY] : [POLICY, FREE, ...(target.can.privateTrust ? [PRIVATE] : [])];
  return policies.flatMap((policy, index) =>
    writeTarget(target, policy, { acceptCertificatePins: true }).files.flatMap(({ path, text }) => {
      const grammar = GRAMMARS[path.split('.').at(-1) ?? ''];
      return grammar === undefined ? [] : [{ name: `${target.id} ${path}, policy ${index + 1}`, grammar, text }];
    }),
  );
});

const BROKEN = SOURCES.map((source) => ({
  ...source,
  name: `${source.name} cut short`,
  text: source.text.slice(0, -12),
}));

/** Grammars of this size exhaust the engine's optimizing compiler; the flag that puts it aside holds for a whole process. */
function faultsIn(sources: readonly Source[]): ReadonlyMap<string, string> {
  const args = ['--liftoff-only', join(import.meta.dirname, 'parse-sources.ts')];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    input: JSON.stringify(sources),
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return new Map(JSON.parse(stdout));
}

describe('code that is written', () => {
  const faults = faultsIn([...SOURCES, ...BROKEN]);
  for (const { name, grammar, text } of SOURCES) {
    it(`${name}, is ${grammar}`, () => {
      assert.equal(faults.get(name), '');
      assert.ok(text.split('\n').every((line) => line.length <= 160 && !/\s$/.test(line)));
    });
  }

  it('is refused by the same grammars when it is cut short', () => {
    assert.deepEqual(
      BROKEN.filter(({ name }) => faults.get(name) === '').map(({ name }) => name),
      [],
    );
  });

  it('is of every grammar', () => {
    const used = new Set(SOURCES.map(({ grammar }) => grammar));
    assert.deepEqual([...used].sort(), [...new Set(Object.values(GRAMMARS))].sort());
  });
});
