import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Attack, type AttackOutcome, runAttacks, type Scene } from '../../src/attacks/index.ts';
import { stubAttack, stubScene } from './support/scene.ts';

const seen = 'seen';

async function outcomeOf(attack: Attack, scene: Scene = stubScene()): Promise<AttackOutcome | undefined> {
  const { results } = await runAttacks({ scene, attacks: [attack] });
  return results[0]?.outcome;
}

describe('runAttacks', () => {
  it('a refusal counts where it is for the right thing', async () => {
    assert.equal(await outcomeOf(stubAttack({ succeeded: false, codes: ['x', 'meant'], seen })), 'refused');
    assert.equal(await outcomeOf(stubAttack({ succeeded: false, codes: ['other'], seen })), 'other-reason');
    assert.equal(await outcomeOf(stubAttack({ succeeded: false, codes: [], seen })), 'other-reason');
    assert.equal(await outcomeOf(stubAttack({ succeeded: false, codes: ['any'], seen }, { codes: [] })), 'refused');
  });

  it('where the operator’s side is not at hand, the public code must be the one that stands for the reason', async () => {
    const blind = stubScene({ knowsReasons: false });
    const meant = { codes: ['tokens.proof_replayed'] };
    assert.equal(
      await outcomeOf(stubAttack({ succeeded: false, codes: ['invalid_dpop_proof'], seen }, meant), blind),
      'refused',
    );
    assert.equal(
      await outcomeOf(stubAttack({ succeeded: false, codes: ['invalid_dpop_proof'], seen }, meant)),
      'other-reason',
    );
    assert.equal(
      await outcomeOf(stubAttack({ succeeded: false, codes: ['invalid_token'], seen }, meant), blind),
      'other-reason',
    );
  });

  it('a success is one, whatever code was seen', async () => {
    assert.equal(await outcomeOf(stubAttack({ succeeded: true, codes: ['meant'], seen })), 'succeeded');
  });

  it('what throws, and what needs more than there is, was not carried out', async () => {
    assert.equal(await outcomeOf(stubAttack(new TypeError('a fault'))), 'not-reached');
    const needy = stubAttack({ succeeded: false, codes: ['meant'], seen }, { needs: ['clock'] });
    assert.equal(await outcomeOf(needy), 'not-reached');
    assert.equal(await outcomeOf(needy, stubScene({ offers: new Set(['clock']) })), 'refused');
  });

  it('nothing is proven where the untouched client does not get through', async () => {
    const offline = stubScene({ victim: () => Promise.reject(new Error('no network')) });
    const attack = stubAttack({ succeeded: false, codes: ['meant'], seen });
    const { control, results } = await runAttacks({ scene: offline, attacks: [attack] });
    assert.deepEqual([control, results[0]?.outcome], [{ before: false, after: false }, 'not-reached']);
  });

  it('tells results as they come, counts them, and ends when it is told to', async () => {
    const told: string[] = [];
    const abort = new AbortController();
    const attacks = ['one', 'two', 'three'].map((id) =>
      stubAttack({ succeeded: id === 'two', codes: ['meant'], seen }, { id }),
    );
    const onResult = ({ attack }: { readonly attack: Attack }) => {
      told.push(attack.id);
      if (attack.id === 'two') abort.abort();
    };
    const { summary, results } = await runAttacks({ scene: stubScene(), attacks, onResult, signal: abort.signal });
    assert.deepEqual(told, ['one', 'two']);
    assert.equal(results.length, 2);
    assert.deepEqual(summary, { refused: 1, succeeded: 1, 'other-reason': 0, 'not-reached': 0 });
  });
});
