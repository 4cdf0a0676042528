/** A client with sources of signals, against the whole service: what the app saw gets into verdicts, and silence does. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createClient, deviceInfoSignals, freeRaspSignals, jailMonkeySignals, type SignalSource } from '@assay/client';
import { createMemoryStorage, NODE_CRYPTO } from '@assay/client/node';
import type { Fetch } from '@assay/core';
import { utf8 } from '@assay/formats';
import { signRoot } from '@assay/pins';
import { SIGNALS } from '@assay/policy';
import { type AttestPath, attest, makeChallenge } from '@assay/service';
import { generateSigningKey, parseRequest, REPLY_MEDIA_TYPE } from '@assay/tokens';
import { createVirtualPhone } from '@assay/virtual-devices';
import { API, APP, createTestWorld, ISSUER, random, roots, type TestWorld } from '../support/world.ts';

const DAY = 86_400;

/** The service as a phone reaches it, without a socket. */
const networkOf =
  ({ service }: TestWorld): Fetch =>
  async (request) => {
    const path = request.url.slice(ISSUER.iss.length);
    const body = await request.text();
    if (path === '/v1/challenge') return Response.json(await makeChallenge(service, ISSUER, JSON.parse(body)));
    const caller = { address: '192.0.2.7' };
    const { status, reply } = await attest(service, ISSUER, path as AttestPath, parseRequest(utf8(body)), caller);
    return new Response(reply, { status, headers: { 'content-type': REPLY_MEDIA_TYPE } });
  };

/** The root document of the app, which names the server's reply key. */
async function rootOf({ service, hands }: TestWorld): Promise<string> {
  const { reply } = await service.keys.of(ISSUER.iss);
  const [root, pins] = [generateSigningKey().key, generateSigningKey().key];
  const now = Math.floor(hands.now / 1000);
  const roleOf = (key: { readonly kid: string; readonly publicJwk: typeof reply.publicJwk }) => ({
    ...{ keys: new Map([[key.kid, key.publicJwk]]), threshold: 1 },
  });
  const document = {
    ...{ app: APP.package, env: ISSUER.env, v: 1, epoch: 1, iat: now - DAY, exp: now + 700 * DAY },
    roles: { root: roleOf(root), pins: roleOf(pins), reply: roleOf(reply) },
  };
  return signRoot(document, [{ kid: root.kid, sign: (bytes) => root.sign(bytes) }]);
}

async function appWith(sources: readonly SignalSource[]) {
  const world = await createTestWorld({ policy: 'banking' });
  const { hands, service } = world;
  const clock = () => hands.now;
  const phone = createVirtualPhone({ platform: 'android', roots, app: APP, random, clock });
  const client = createClient({
    ...{ iss: ISSUER.iss, app: APP.package, appVersion: '4.2.0', audiences: [API], adapter: phone },
    ...{ crypto: NODE_CRYPTO, fetch: networkOf(world), clock, wallClock: clock, random, signals: sources },
    ...{ storage: createMemoryStorage(), trustedRoot: await rootOf(world) },
  });
  const judged = async () => {
    const outcome = await client.refresh();
    assert.equal(outcome.kind, 'ok', JSON.stringify(outcome));
    const { support } = outcome;
    const appraisal = (await service.store.appraisalBySupport(ISSUER.iss, support ?? '')) ?? assert.fail();
    hands.now += 200_000;
    return appraisal;
  };
  return { judged };
}

describe('signals of an app', () => {
  it('mark the verdict, and so does a source that has gone silent', async () => {
    const rasp = freeRaspSignals('4.3.0', 'android');
    let isHeard = true;
    const source = {
      ...rasp.source,
      collect: () => (isHeard ? rasp.source.collect() : Promise.reject(new Error('hooked'))),
    };
    const { judged } = await appWith([source]);
    rasp.stateActions.allChecksFinished();
    const quiet = await judged();
    assert.ok(!quiet.verdict.reasons.includes('policy.signals_heavy'));
    assert.deepEqual(quiet.facts.threats.hooks, { known: 'claimed', value: false, by: 'freerasp' });
    assert.deepEqual(quiet.facts.threats.interception, { known: 'claimed', value: false, by: 'assay' });
    const ours = quiet.facts.signals.filter(({ provider }) => provider === 'assay');
    assert.deepEqual(
      ours.map(({ name, value }) => [name, value]),
      [
        ['pin_failure', false],
        ['clock_moved', false],
      ],
    );

    rasp.actions['hooks']?.();
    const { verdict, facts } = await judged();
    assert.deepEqual(facts.threats.hooks, { known: 'claimed', value: true, by: 'freerasp' });
    assert.equal(verdict.tier, 'warning');
    assert.ok(verdict.reasons.includes('policy.signals_heavy'));

    isHeard = false;
    const silent = await judged();
    assert.deepEqual(silent.facts.history.silentProviders, { known: 'proven', value: ['freerasp'], by: 'assay' });
    assert.ok(silent.verdict.reasons.includes('policy.provider_silent'));
    const row = silent.verdict.trace.find(({ rule }) => rule === 'silence');
    assert.deepEqual([row?.outcome, row?.found], ['failed', 'history.silentProviders = [freerasp] (proven)']);
  });

  it('have the names of the server’s table, and of each platform those that count there', async () => {
    for (const os of ['android', 'ios'] as const) {
      const yes = async () => true;
      const rasp = freeRaspSignals('4.3.0', os);
      rasp.stateActions.allChecksFinished();
      const monkey = {
        ...{ isJailBroken: yes, canMockLocation: yes, isDebuggedMode: yes, hookDetected: yes },
        ...{ isOnExternalStorage: yes, AdbEnabled: yes, isDevelopmentSettingsMode: yes },
      };
      const info = deviceInfoSignals({ isEmulator: yes, isPinOrFingerprintSet: yes }, '15.0.2');
      for (const source of [rasp.source, jailMonkeySignals(monkey, '3.0.0', os), info]) {
        const names = (await source.collect()).map(({ name }) => name).toSorted();
        const rows = SIGNALS.filter((row) => row.provider === source.provider && row.platforms.includes(os));
        assert.deepEqual(names, rows.map(({ name }) => name).toSorted(), `${source.provider} on ${os}`);
      }
    }
  });
});
