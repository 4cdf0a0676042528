import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AssayError } from '@assay/core';
import { matchPins } from '@assay/x509';
import { CASES } from '../../src/battery/index.ts';
import { hostsOf } from '../../src/battery/select.ts';
import type { Case, CaseGroup } from '../../src/case.ts';
import { KEYS } from '../../src/recipe.ts';
import type { Forged } from '../../src/stage.ts';
import { HOST, LAB, NOW, trust } from './support/client.ts';

/** Groups whose fault is in the chain: what a correct client does is decided by it alone. */
const OF_CHAINS: readonly CaseGroup[] = [
  'control',
  'trust',
  'name',
  'validity',
  'authority',
  'extension',
  'cryptography',
];

/** Cases that our own validator takes for sound, with the reason. */
const NOT_SEEN: Readonly<Record<string, string>> = {
  'N33.a': 'the Baseline Requirements (6.1.6) allow the exponent 3',
  'N66.d': 'our reader does not compare the members of a SET',
};

/** Generated for seconds, and made as the other RSA keys are. */
const SLOW = 'pinned-rsa-4096';
const PINNED = KEYS.filter(({ pinned, name }) => pinned && name !== SLOW).map(({ name }) => name);

async function isAccepted(forged: Forged, host: string): Promise<boolean> {
  const pins = (await LAB.pins(PINNED)).map(({ pin }) => pin);
  try {
    return matchPins(trust(forged, { host }), pins) === 'match';
  } catch (error) {
    if (error instanceof AssayError) return false;
    throw error;
  }
}

describe('cases of the battery', () => {
  for (const item of CASES.filter(({ recipe }) => recipe.chain?.leaf?.key !== SLOW)) {
    it(`${item.id} can be forged`, async () => {
      const { host } = hostsOf(item, HOST);
      const forged = await LAB.forge(item.recipe, { host, at: NOW });
      assert.ok(forged.chain.length > 0);
      if (isJudged(item)) assert.equal(await isAccepted(forged, host), item.expect === 'accept' || item.id in NOT_SEEN);
    });
  }
});

function isJudged({ group, expect, mayRefuse }: Case): boolean {
  return OF_CHAINS.includes(group) && expect !== 'report' && mayRefuse === undefined;
}
