import { type AppraisedFacts, claimed, type Fact, type Facts, proven } from '@assay/core';
import { EXAMPLE_DEVICES, evaluatePolicy, mergeThreats, type Policy, presetOf, provenThreats } from '@assay/policy';

/** A fixed sequence of numbers from 0 to 1: the same devices in every run. */
export function createDice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

type Dice = () => number;
const oneOf = <T>(dice: Dice, values: readonly T[]): T => values[Math.floor(dice() * values.length)] as T; // never empty

/** Kinds of device by how often they come, of a hundred. */
const KINDS: readonly (readonly [device: string, share: number])[] = [
  ['android-tee', 30],
  ['android-strongbox', 8],
  ['android-rkp', 12],
  ['iphone', 15],
  ['iphone-ios27', 25],
  ['play-only', 3],
  ['grapheneos', 2],
  ['huawei', 2],
  ['web', 1],
  ['emulator', 2],
];
const DRAWN = KINDS.flatMap(([device, share]) => Array.from({ length: share }, () => device));
const PATCHES = ['2026-11', '2026-10', '2026-09', '2026-07', '2026-04', '2025-12', '2025-06', '2024-03'];
const VERSIONS = ['4.2.0', '4.1.3', '4.1.0', '4.0.0', '3.9.1'];

/** Facts of a fleet: mostly good devices of some hundred models, some old, some opened, some that report hints. */
export function somebody(dice: Dice): Facts {
  const base = EXAMPLE_DEVICES[oneOf(dice, DRAWN)] ?? EXAMPLE_DEVICES['android-tee'];
  if (base === undefined) throw new Error('no such example device');
  const facts: Facts = {
    ...base,
    app: { ...base.app, version: claimed(oneOf(dice, VERSIONS), 'the app') },
    device: deviceOf(base, dice),
  };
  const hints = dice() < 0.05 ? { hooks: claimed(true, 'freerasp') } : { hooks: claimed(false, 'freerasp') };
  return { ...facts, threats: mergeThreats(provenThreats(facts), hints) };
}

function deviceOf({ device }: Facts, dice: Dice): Facts['device'] {
  const again = <T>(fact: Fact<T>, value: T): Fact<T> => (fact.known === 'proven' ? proven(value, fact.by) : fact);
  const isOpened = dice() < 0.01;
  return {
    ...device,
    osPatch: again(device.osPatch, oneOf(dice, PATCHES)),
    model: again(device.model, `Model ${Math.floor(dice() ** 3 * 400)}`),
    locked: isOpened ? again(device.locked, false) : device.locked,
    bootState: isOpened ? again(device.bootState, 'unverified') : device.bootState,
  };
}

/** An appraisal as it is stored, with the verdict of that day and its whole trace. */
export function somebodyAppraised(dice: Dice, policy: Policy, at: number): AppraisedFacts {
  const facts = somebody(dice);
  const platform = facts.platform.known === 'absent' ? null : facts.platform.value;
  const verdict = evaluatePolicy(policy, facts, { at });
  return { id: '', at, app: 'com.example.app', purpose: 'refresh', platform, lineage: '', facts, verdict };
}

export function presetNamed(name: string): Policy {
  const policy = presetOf(name);
  if (policy === undefined) throw new Error(`no preset ${name}`);
  return policy;
}
