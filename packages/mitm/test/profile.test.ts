import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { CAPABILITIES } from '../src/case.ts';
import { DEFAULT_PROFILE, parseProfile } from '../src/profile.ts';

const PROFILE = {
  ...{ name: 'curl-pinned', title: 'curl with a pin', can: ['lab-ca', 'lab-key'] },
  command: 'curl --cacert "$ASSAY_CA" "$ASSAY_URL"',
  except: { N36: 'it checks no staples', session: 'it makes one request' },
  known: { N8: { outcome: 'LEAKED', why: 'OpenSSL takes the common name where there is no other' } },
};

describe('a profile', () => {
  it('is read as it is written', () => {
    assert.deepEqual(parseProfile(PROFILE), PROFILE);
    assert.deepEqual(parseProfile(DEFAULT_PROFILE), DEFAULT_PROFILE);
  });

  const MALFORMED: readonly (readonly [change: object, path: string])[] = [
    [{ name: 'Curl' }, '.name'],
    [{ name: '../curl' }, '.name'],
    [{ title: '' }, '.title'],
    [{ can: ['fly'] }, '.can[0]'],
    [{ can: ['lab-ca', 'lab-ca'] }, '.can'],
    [{ can: [...Object.keys(CAPABILITIES), 'lab-ca'] }, '.can'],
    [{ command: 'two\nlines' }, '.command'],
    [{ except: { everything: 'no' } }, '.except.*'],
    [{ except: { N8: '' } }, '.except.N8'],
    [{ known: { name: { outcome: 'LEAKED', why: 'no' } } }, '.known.*'],
    [{ known: { N8: { outcome: 'PASSED', why: 'no' } } }, '.known.N8.outcome'],
    [{ known: { N8: { outcome: 'LEAKED' } } }, '.known.N8.why'],
    [{ colour: 'red' }, ''],
  ];
  for (const [change, path] of MALFORMED) {
    it(`is refused with ${JSON.stringify(change).slice(0, 60)}`, () => {
      assert.throws(
        () => parseProfile({ ...PROFILE, ...change }),
        ({ code, detail }: { code: string; detail: { found: string } }) => {
          assert.equal(code, 'mitm.profile_malformed');
          assert.ok(detail.found.includes(`$${path}: `), detail.found);
          return true;
        },
      );
    });
  }

  it('leaves nothing to be assumed', () => {
    for (const member of ['name', 'title', 'can', 'except', 'known']) {
      const { [member]: _, ...rest } = PROFILE as Record<string, unknown>;
      assert.throws(() => parseProfile(rest), { code: 'mitm.profile_malformed' }, member);
    }
  });

  it('is read or refused, whatever JSON it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('name', 'title', 'can', 'except', 'known'), (value, member) => {
        for (const json of [value, { ...PROFILE, [member]: value }]) {
          try {
            parseProfile(json);
          } catch (error) {
            assert.equal((error as { code?: unknown }).code, 'mitm.profile_malformed');
          }
        }
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
