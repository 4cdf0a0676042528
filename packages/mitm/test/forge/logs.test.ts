import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  APPLE_CT_POLICY,
  CHROME_CT_POLICY,
  evaluateCtPolicy,
  parseCertificate,
  parseGoogleLogList,
  parseSctList,
  sctsOf,
  verifySct,
} from '@assay/x509';
import type { ChainRecipe, TimestampsRecipe } from '../../src/recipe.ts';
import { forge, LAB, NOW, trust } from './support/client.ts';

const { logs } = parseGoogleLogList(JSON.stringify(LAB.logs()));

/** What a client that enforces transparency makes of the timestamps: of each, and what its policies still lack. */
async function verdictOn(timestamps: TimestampsRecipe, chain: ChainRecipe = {}) {
  const forged = await forge({ chain: { ...chain, leaf: { ...chain.leaf, timestamps } } });
  const [leaf, issuer] = forged.chain.map((der) => parseCertificate(der));
  assert.ok(leaf);
  const [embedded, delivered] = [sctsOf(leaf), forged.timestamps ? parseSctList(forged.timestamps) : []];
  const scts = [
    ...embedded.map((sct) => ({ origin: 'embedded' as const, entry: 'precert' as const, sct })),
    ...delivered.map((sct) => ({ origin: 'tls' as const, entry: 'x509' as const, sct })),
  ].map(({ origin, entry, sct }) => ({ origin, outcome: verifySct({ sct, leaf, issuer, entry, logs, at: NOW }) }));
  const lacking = [CHROME_CT_POLICY, APPLE_CT_POLICY].map(
    (policy) => evaluateCtPolicy(policy, { leaf, scts, at: NOW }).why,
  );
  return {
    origins: scts.map(({ origin }) => origin),
    each: scts.map(({ outcome }) => ('code' in outcome ? outcome.code : 'valid')),
    lacking,
  };
}

const GOOD = ['valid', 'valid'];

describe('timestamps', () => {
  for (const by of ['embedded', 'handshake'] as const) {
    const faults: readonly (readonly [TimestampsRecipe['fault'], readonly string[]])[] = [
      ['signature', ['ct.signature_invalid', 'ct.signature_invalid']],
      ['unknown-log', ['ct.log_unknown', 'ct.log_unknown']],
      ['future', ['ct.timestamp_in_future', 'ct.timestamp_in_future']],
      ['too-few', ['valid']],
      ['one-operator', GOOD],
    ];

    it(`satisfy Chrome and Apple, ${by}`, async () => {
      const { each, lacking, origins } = await verdictOn({ by });
      assert.deepEqual([each, lacking], [GOOD, [[], []]]);
      assert.equal(origins[0], by === 'embedded' ? 'embedded' : 'tls');
    });

    for (const [fault, expected] of faults) {
      it(`do not satisfy Chrome: ${fault}, ${by}`, async () => {
        const { each, lacking } = await verdictOn({ by, ...(fault && { fault }) });
        assert.deepEqual(each, expected);
        assert.notDeepEqual(lacking[0], []);
      });
    }
  }

  it('lack nothing but the second operator', async () => {
    assert.deepEqual((await verdictOn({ by: 'embedded', fault: 'one-operator' })).lacking[0], ['ct.policy_operators']);
  });

  it('are about the issuer that there is, and survive what else is odd', async () => {
    for (const chain of [
      { leaf: { issuer: 'second-intermediate' } },
      { leaf: { mustStaple: true, hash: 'sha384' } },
      { depth: 2 },
    ] as const) {
      assert.deepEqual((await verdictOn({ by: 'embedded' }, chain)).each, GOOD);
    }
  });

  it('leave a valid chain valid', async () => {
    trust(await forge({ chain: { leaf: { timestamps: { by: 'embedded' } } } }));
  });

  it('are absent where a recipe says none', async () => {
    assert.deepEqual((await verdictOn({ by: 'none' })).each, []);
  });

  it('are of the certificate without its poison', async () => {
    const { chain } = await forge({ chain: { leaf: { poison: true, timestamps: { by: 'embedded' } } } });
    const leaf = parseCertificate(chain[0] ?? new Uint8Array());
    assert.equal(sctsOf(leaf).length, 2);
  });
});

describe('the list of logs', () => {
  it('has three logs of two operators, and no more', () => {
    assert.deepEqual(
      logs.map(({ operator }) => operator),
      ['Assay Lab A', 'Assay Lab A', 'Assay Lab B'],
    );
  });
});
