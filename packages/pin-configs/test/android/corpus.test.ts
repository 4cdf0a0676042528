import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { describeVectors } from '../../../../tools/vectors.ts';
import { effectiveScope } from '../../src/android/effective.ts';
import { matchNsc } from '../../src/android/match-nsc.ts';
import { readNsc } from '../../src/android/read-nsc.ts';
import type { Connection } from '../../src/match/outcome.ts';
import { createPlacer } from '../../src/place.ts';
import { parseXml } from '../../src/xml/read.ts';
import { connectionTo } from './nsc-of.ts';

/** Google's root of AOSP's own test: what `domain_whitespace.xml` pins. */
const WHITESPACE_PIN = 'zCTnfLwLKbS9S2sbp+uFz4KZOocFvXxkV06Ce9O5M2w=';

/** What AOSP's `XmlConfigTests` expect of a connection, by the file's SHA-256: host, changes of the connection, answer. */
const CONNECTIONS: Readonly<Record<string, readonly (readonly [string, Partial<Connection>, string])[]>> = {
  // bad_pin
  '58488b6a3e7bbf2d3f88f66441e0bea7c28d13614e996e414bb80247004bb7f7': [
    ['android.com', {}, 'refused no_pin_matched'],
    ['google.com', {}, 'connects unpinned'],
  ],
  // expired_pin
  '8b82afc4ae81ea5a368fcece6de8d14a472dbc2a98c2d763fe335d802836cc1b': [['android.com', {}, 'connects expired']],
  // override_pins
  '605d29f690103e36028205981ef88bbd68554da1d1ba99ee159b8fc5a8f4913e': [['android.com', {}, 'connects overridden']],
  // override_dedup
  d035f4bc12d4a53e1438159c74b48fe3524c5c23435ca41beb2b95c0b212d3f1: [
    ['android.com', { build: 'debug' }, 'connects overridden'],
    ['android.com', {}, 'refused no_pin_matched'],
  ],
  // domain_whitespace
  '47e3b2f1735398478209c270dd7dde0e4647c8ccbe2a0b5d2aa51099c927fc01': [
    ['android.com', { path: [WHITESPACE_PIN] }, 'connects pin_matched'],
    ['developer.android.com', { path: [WHITESPACE_PIN] }, 'connects pin_matched'],
    ['developer.android.com', {}, 'refused no_pin_matched'],
    ['google.com', {}, 'connects unpinned'],
  ],
};

/** What the same tests expect of certificate transparency. */
const TRANSPARENCY: Readonly<Record<string, Readonly<Record<string, boolean>>>> = {
  // ct_domains
  '6e938ce567e071069e48d71b1b6b2b6d97288f1f57fe8c2f6379a8d41484afba': {
    'elsewhere.test': true,
    'android.com': true,
    'subdomain_user.android.com': false,
    'subdomain_user_ct.android.com': true,
    'subdomain_inline.android.com': false,
    'subdomain_inline_ct.android.com': true,
  },
  // ct_users
  '828cdb7d38915e512cedd8068477004ba3a757f52517bfbe902f3328fe87414c': {
    'elsewhere.test': false,
    'android.com': false,
    'subdomain.android.com': true,
  },
};

/** Problems of the published files that have any, by the file's SHA-256. */
const PROBLEMS: Readonly<Record<string, readonly string[]>> = {
  a55c681e2dc61710a6f15d55ec610e553579540a14b44abea475f9fdb6cf8213: ['ignored unknown_element 4'],
  '96e891b780d35db58a4ed7f4ff088a060bd0036cdf732dc3c02d7eb8413601e7': ['ignored unknown_attribute 45'],
  '429edb8773b2a8a8a46a579e2a5fecc3e472d06f610cc6aff81de059be35bbb3': ['ignored unknown_attribute 44'],
  '5485913f7435dbdeacc4f3a0a38fce5c87b41f92dfcf159d78322c9022917114': ['ignored unknown_attribute 14'],
  '3e312a451de366e7627d90410f2ec9a6dc288c3dd2fcd69eba13c692cb5dd640': [
    'ignored unknown_attribute 14',
    'ignored unknown_attribute 25',
  ],
  '48942badb858929e7a154affaa23a4a90441bfa164c48f62b1c363c68865074f': ['ignored unknown_attribute 14'],
};

describeVectors('Android configurations of the corpus', (vectors) => {
  const folder = join(vectors, 'pinning-configs', 'android-nsc');
  const files = readdirSync(folder).map((name) => {
    const bytes = readFileSync(join(folder, name));
    return { name, text: bytes.toString('utf8'), digest: createHash('sha256').update(bytes).digest('hex') };
  });
  const configOf = (digest: string) => {
    const file = files.find((candidate) => candidate.digest === digest);
    assert(file !== undefined, `${digest} is not in the corpus`);
    return read(file);
  };

  it('all are read, with the problems that are known and no others', () => {
    assert(files.length > 0);
    for (const file of files) {
      const told = read(file).problems.map(({ effect, code, place }) => `${effect} ${code} ${place.line}`);
      assert.deepEqual(told, PROBLEMS[file.digest] ?? [], file.name);
    }
  });

  for (const [digest, rows] of Object.entries(CONNECTIONS)) {
    it(`connects as AOSP's tests expect of ${digest.slice(0, 8)}`, () => {
      for (const [host, changes, expected] of rows) {
        const { answer, because, trace } = matchNsc(configOf(digest), { targetSdk: 36 }, connectionTo(host, changes));
        assert.equal(`${answer} ${because}`, expected, host);
        assert(host === 'google.com' || trace.some(({ place }) => place !== undefined));
      }
    });
  }

  for (const [digest, rows] of Object.entries(TRANSPARENCY)) {
    it(`asks for certificate transparency as AOSP's tests expect of ${digest.slice(0, 8)}`, () => {
      for (const [host, expected] of Object.entries(rows)) {
        const scope = effectiveScope(configOf(digest), host, 'release', { targetSdk: 36 });
        assert.equal(scope.certificateTransparency.value, expected, host);
      }
    });
  }
});

const read = ({ name, text }: { readonly name: string; readonly text: string }) =>
  readNsc(name, parseXml(name, text), createPlacer(name, text));
