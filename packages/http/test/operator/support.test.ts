import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { UpstreamError } from '@assay/core';
import { createSupportCode } from '@assay/tokens';
import { LOCK_MS, MAX_MISSES } from '../../src/operator/guesses.ts';
import {
  ADMIN,
  BASE,
  createHttpWorld,
  type HttpWorld,
  JSON_TYPE,
  prepareEnrolment,
  registerApp,
} from '../support/world.ts';

const GUESSES = 2_000;

/** A world with one code that exists. */
async function createWorld() {
  const world = await createHttpWorld();
  await registerApp(world);
  const { body } = await prepareEnrolment(world);
  await world.publicApp.inject({ method: 'POST', url: `${BASE}/v1/attest`, headers: JSON_TYPE, payload: body });
  const [appraisal] = await world.service.store.appraisals(world.iss, { limit: 1 });
  return { world, known: appraisal?.support ?? '' };
}

const lookUp = ({ operatorApp }: HttpWorld, headers: Record<string, string>, code: string) =>
  operatorApp.inject({ url: `${ADMIN}/support/${code}`, headers });

describe('support codes', () => {
  it('are not found by guessing: the credential is locked out, which is audited once', async () => {
    const { world, known } = await createWorld();
    const headers = await world.credential('read');
    const guess = () => lookUp(world, headers, createSupportCode(world.service.random(7)));
    const answers = await Promise.all(Array.from({ length: GUESSES }, guess));
    const by = (status: number) => answers.filter(({ statusCode }) => statusCode === status);
    assert.deepEqual([by(200).length, by(400).length, by(429).length], [0, MAX_MISSES, GUESSES - MAX_MISSES]);
    const [refused] = by(429);
    assert.equal(refused?.headers['retry-after'], String(LOCK_MS / 1_000));
    assert.deepEqual([refused?.json().code, refused?.json().retry_after_ms], ['rate_limited', LOCK_MS]);
    assert.match(refused?.json().detail, /^http\.lookups_locked: /);
    assert.equal((await lookUp(world, headers, known)).statusCode, 429, 'also one that exists');
    const rows = (await world.service.store.audit(world.iss, 0, 500)).filter(({ act }) => act.startsWith('support.'));
    assert.deepEqual(
      rows.map(({ act, detail }) => [act, detail]),
      [['support.lock', '{"misses":30,"seconds":3600}']],
    );
    assert.equal(
      (await lookUp(world, await world.credential('read'), known)).statusCode,
      200,
      'other credentials go on',
    );
  });

  it('are found again when the lock-out has ended', async () => {
    const { world, known } = await createWorld();
    const headers = await world.credential('read');
    for (let miss = 0; miss <= MAX_MISSES; miss++)
      await lookUp(world, headers, createSupportCode(world.service.random(7)));
    world.hands.now += LOCK_MS - 1_000;
    const last = await lookUp(world, headers, known);
    assert.deepEqual([last.statusCode, last.headers['retry-after']], [429, '1']);
    world.hands.now += 1_000;
    assert.equal((await lookUp(world, headers, known)).statusCode, 200);
  });

  it('that exist may be read as often as a support desk has to, and each time stands in the chain', async () => {
    const { world, known } = await createWorld();
    const headers = await world.credential('read');
    for (let read = 0; read < 3 * MAX_MISSES; read++) {
      assert.equal((await lookUp(world, headers, known)).statusCode, 200);
    }
    const rows = (await world.service.store.audit(world.iss, 0, 500)).filter(({ act }) => act === 'support.read');
    assert.deepEqual([rows.length, rows[0]?.subject], [3 * MAX_MISSES, known]);
  });

  it('that an outage kept from being looked up are no guesses', async () => {
    const { world, known } = await createWorld();
    const headers = await world.credential('read');
    const away = async () => {
      throw new UpstreamError('store.unavailable', 'the database cannot be reached', true);
    };
    const outage = mock.method(world.service.store, 'appraisalBySupport', away);
    for (let miss = 0; miss <= MAX_MISSES; miss++) assert.equal((await lookUp(world, headers, known)).statusCode, 503);
    outage.mock.restore();
    assert.equal((await lookUp(world, headers, known)).statusCode, 200);
  });
});
