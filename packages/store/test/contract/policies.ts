import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { PolicyProposal, PolicyVersion } from '@assay/core';
import type { Engine } from '../engines.ts';
import { NOW, newIssuer } from '../fixtures.ts';
import { describeStore } from './suite.ts';

const WAYS = 50;

function makeVersion(iss: string, version: number, change: Partial<PolicyVersion> = {}): PolicyVersion {
  const source = `assay: policy/1\nname: bank # ${version}\n`;
  return { iss, name: 'bank', version, source, author: 'ann', createdAt: NOW + version, restores: null, ...change };
}

const winners = async (races: readonly Promise<boolean>[]): Promise<number> =>
  (await Promise.all(races)).filter(Boolean).length;

/** Versions of policies, and changes that wait for a second person. */
export function policyContract(engine: Engine): void {
  describeStore(engine, 'policies', (subject) => {
    it('count up from 1, one by one, and never change', async () => {
      const { store } = subject;
      const iss = newIssuer();
      assert.equal(await store.newestPolicy(iss, 'bank'), undefined);
      assert.equal(await store.addPolicyVersion(makeVersion(iss, 2)), false, 'there is no 1');
      assert.equal(await store.addPolicyVersion(makeVersion(iss, 1)), true);
      assert.equal(await store.addPolicyVersion(makeVersion(iss, 1, { source: 'other' })), false);
      assert.equal(await store.addPolicyVersion(makeVersion(iss, 3)), false, 'there is no 2');
      assert.equal(await store.addPolicyVersion(makeVersion(iss, 2)), true);
      assert.equal(await store.addPolicyVersion(makeVersion(iss, 3, { restores: 1 })), true);
      assert.deepEqual(await store.newestPolicy(iss, 'bank'), makeVersion(iss, 3, { restores: 1 }));
      assert.deepEqual(await store.policyVersion(iss, 'bank', 1), makeVersion(iss, 1));
      assert.equal(await store.policyVersion(iss, 'bank', 4), undefined);
      assert.deepEqual(
        (await store.policyHistory(iss, 'bank')).map(({ version }) => version),
        [3, 2, 1],
      );
      assert.equal(await store.newestPolicy(newIssuer(), 'bank'), undefined);
    });

    it('are listed by name in their newest version', async () => {
      const { store } = subject;
      const iss = newIssuer();
      await store.addPolicyVersion(makeVersion(iss, 1));
      await store.addPolicyVersion(makeVersion(iss, 2));
      await store.addPolicyVersion(makeVersion(iss, 1, { name: 'atlas' }));
      assert.deepEqual(await store.policies(iss), [makeVersion(iss, 1, { name: 'atlas' }), makeVersion(iss, 2)]);
    });

    it('have one author for each number', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const race = (version: number) =>
        winners(
          Array.from({ length: WAYS }, (_, index) =>
            store.addPolicyVersion(makeVersion(iss, version, { author: `${index}` })),
          ),
        );
      assert.equal(await race(1), 1);
      assert.equal(await race(2), 1);
      assert.equal((await store.policyHistory(iss, 'bank')).length, 2);
    });

    it('are part of an act', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const act = store.atomically(async (tables) => {
        await tables.addPolicyVersion(makeVersion(iss, 1));
        assert.equal((await tables.newestPolicy(iss, 'bank'))?.version, 1);
        throw new TypeError('the audit row cannot be written');
      });
      await assert.rejects(act, TypeError);
      assert.equal(await store.newestPolicy(iss, 'bank'), undefined);
    });
  });

  describeStore(engine, 'proposals', (subject) => {
    const makeProposal = (iss: string, id: string, createdAt = NOW): PolicyProposal => ({
      ...{ iss, id, name: 'bank', base: 3, source: 'text', author: 'ann', createdAt, state: 'open' },
    });

    it('wait in the order of their making, until they are closed', async () => {
      const { store } = subject;
      const iss = newIssuer();
      const [first, second] = [makeProposal(iss, 'z'), makeProposal(iss, 'a', NOW + 1)];
      for (const one of [second, first]) assert.equal(await store.addProposal(one), true);
      assert.equal(await store.addProposal({ ...first, source: 'other' }), false);
      assert.deepEqual(await store.openProposals(iss), [first, second]);
      assert.equal(await store.closeProposal(iss, 'z', 'withdrawn'), true);
      assert.equal(await store.closeProposal(iss, 'z', 'approved'), false, 'it was withdrawn');
      assert.equal(await store.closeProposal(iss, 'none', 'approved'), false);
      assert.deepEqual(await store.openProposals(iss), [second]);
      assert.deepEqual(await store.proposal(iss, 'z'), { ...first, state: 'withdrawn' });
      assert.equal(await store.proposal(newIssuer(), 'z'), undefined);
    });

    it('are closed once, whoever comes first', async () => {
      const { store } = subject;
      const iss = newIssuer();
      await store.addProposal(makeProposal(iss, 'p'));
      const races = Array.from({ length: WAYS }, (_, index) =>
        store.closeProposal(iss, 'p', index % 2 === 0 ? 'approved' : 'withdrawn'),
      );
      assert.equal(await winners(races), 1);
    });
  });
}
