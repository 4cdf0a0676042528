import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CASES, type Case, DEFAULT_PROFILE } from '@assay/mitm';
import { type PlanOptions, planOf } from '../../src/mitm/plan.ts';

const plan = (changes: Partial<PlanOptions> = {}) =>
  planOf({
    ...{ profile: DEFAULT_PROFILE, hosts: ['api.assay.test'], only: [], except: [] },
    ...{ leafKey: false, movesClocks: true, offersPins: true },
    ...changes,
  });
const ids = ({ applicable }: ReturnType<typeof plan>) => applicable.map(({ id }) => id);
const why = ({ left }: ReturnType<typeof plan>, id: string) => left.find((each) => each.case.id === id)?.because;

describe('the plan of a run', () => {
  it('has every case once: to be run, or left out for a reason', () => {
    const whole = plan();
    const all = [...whole.applicable, ...whole.left.map((each) => each.case)].map(({ id }) => id);
    assert.equal(new Set(all).size, all.length);
    assert.ok(whole.left.every(({ because }) => because.length > 0));
    assert.ok(ids(whole).length > 60);
  });

  it("has an operator's cases after the battery, or alone", () => {
    const [first] = CASES;
    const own: Case = { ...(first ?? assert.fail()), id: 'X1', group: 'name' };
    const cases = [...CASES, own];
    assert.equal(ids(plan({ cases })).at(-1), 'X1');
    assert.deepEqual(ids(plan({ cases, only: ['x1'] })), ['X1']);
    assert.ok(!ids(plan({ cases, except: ['name'] })).includes('X1'));
    assert.throws(() => plan({ only: ['X1'] }), { code: 'cli.case_unknown' });
  });

  it('forges for no host that somebody may own and nobody named', () => {
    const foreign = plan({ hosts: ['api.bank.com'] });
    assert.match(why(foreign, 'N58.b') ?? '', /^nobody named sibling\.bank\.com: add --host sibling\.bank\.com/);
    assert.deepEqual(
      foreign.hosts.filter((host) => host.endsWith('.com')),
      ['api.bank.com'],
    );
    assert.ok(ids(plan({ hosts: ['api.bank.com', 'sibling.bank.com'] })).includes('N58.b'));
    assert.ok(ids(plan()).includes('N58.b'), 'nobody owns names below .test');
  });

  it('moves no clock where none can be moved', () => {
    const profile = { ...DEFAULT_PROFILE, can: [...DEFAULT_PROFILE.can, 'clock'] as const };
    assert.ok(ids(plan({ profile })).includes('N57.b'));
    assert.match(why(plan({ profile, movesClocks: false }), 'N57.b') ?? '', /libfaketime/);
  });

  it('offers no pin sets where there are none', () => {
    const profile = { ...DEFAULT_PROFILE, can: [...DEFAULT_PROFILE.can, 'pin-updates'] as const };
    assert.ok(ids(plan({ profile })).includes('N55.a'));
    assert.match(why(plan({ profile, offersPins: false }), 'N55.a') ?? '', /no pin sets/);
  });

  it('runs what is chosen', () => {
    assert.deepEqual(ids(plan({ only: ['n4', 'P1'] })), ['P1', 'N4']);
    assert.ok(!ids(plan({ except: ['name'] })).includes('N8'));
    assert.throws(() => plan({ only: ['N0'] }), { code: 'cli.case_unknown' });
  });
});
