import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { signJws } from '@assay/tokens';
import { ownKey } from '../../src/attacks/craft.ts';
import { type Captured, residueOf } from '../../src/attacks/index.ts';
import { stubScene } from './support/scene.ts';

const { hosts } = stubScene();
const body = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const jws = (payload: object) => signJws('x', payload, ownKey());

const passed = (host: string, headers: Captured['request']['headers'], sent: unknown, came: unknown): Captured => ({
  request: { host, method: 'POST', target: '/', headers, body: body(sent) },
  answer: { status: 200, headers: [], body: body(came) },
});

describe('residueOf', () => {
  it('counts what could be read and keeps names alone', () => {
    const token = jws({ iat: 100, exp: 400, cnf: { jkt: 'k' }, sub: 'app' });
    const headers = [['Authorization', `DPoP ${token}`] as const, ['DPoP', jws({ jti: 'one', htm: 'GET' })] as const];
    const call = passed(hosts.api, headers, { amount: 'hidden-value' }, { balance: 'hidden-value' });
    const reply = jws({ rqh: 'h', result: 'refused', secrets: { maps: 'hidden-value' } });
    const asked = passed(hosts.issuer, [], { request: jws({ app: 'a', claims: { ver: 'hidden-value' } }) }, reply);
    const residue = residueOf([call, call, asked], { hosts });
    assert.deepEqual([residue.exchanges, residue.hosts], [3, ['a', 'i']]);
    const counts = Object.fromEntries(residue.seen.map(({ what, count }) => [what, count]));
    assert.deepEqual(Object.values(counts), [4, 1, 2, 1, 1, 1]);
    const [plain, tokens, proofs] = residue.seen;
    assert.deepEqual(plain?.names, ['amount', 'balance']);
    assert.equal(tokens?.worth, '1 of 1 name a key that the attacker lacks, none lives longer than 300 seconds');
    assert.match(proofs?.worth ?? '', /^1 names/);
    assert.doesNotMatch(JSON.stringify(residue), /hidden-value/);
  });

  it('takes what an API uses for a name only where it looks like one', () => {
    const values = { ok: 1, 'DE02 1203': 1, [`n${'x'.repeat(64)}`]: 1, '<b>': 1 };
    const [plain] = residueOf([passed(hosts.api, [], {}, values)], { hosts }).seen;
    assert.deepEqual(plain?.names, ['ok']);
  });

  it('says nothing of what was not there', () => {
    assert.deepEqual(residueOf([], { hosts }), { exchanges: 0, hosts: [], seen: [] });
  });
});
