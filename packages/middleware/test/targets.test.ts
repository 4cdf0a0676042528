import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { HOSTS } from './hosts.ts';
import { ORIGIN, optionsFor, proofFor, tokenFor } from './kit.ts';

/** Attack 32: the address in the proof and the route that is reached must not disagree. */

const PATHS = ['/pay', '/users/me', '/users/7', '/'] as const;
const PROBES = 600;
const AT_ONCE = 20;

/** The same sequence each time (Numerical Recipes' generator). */
function createDice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

type Mutation = (path: string, at: number) => string;

const insert =
  (text: string): Mutation =>
  (path, at) =>
    path.slice(0, at) + text + path.slice(at);

const hex = (character: string): string => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;

/** What proxies and routers are known to read differently. None of them keeps the path, except the last two. */
const MUTATIONS: readonly Mutation[] = [
  ...['/', '//', '/./', '/../', '/..', '/.', '%2f', '%2F', '%5c', '\\', '%00', '%', '%2', '%zz'].map(insert),
  ...['%2e', '%2e%2e/', '/%2e%2e', ';', ';a=b', '%3b', '%252f', '%25', '%20', '%09', '%0d%0a', '"', '|', '~', '+'].map(
    insert,
  ),
  ...['%23', '%3f', '#', '#/x', 'é', '%c3%a9', '%c0%af', '%ef%bc%8f', '*', ':', '@evil.test/', '/users/me', '/pay'].map(
    insert,
  ),
  (path, at) => path.slice(0, at) + hex(path[at] ?? '/') + path.slice(at + 1),
  (path, at) => path.slice(0, at) + (path[at] ?? '').toUpperCase() + path.slice(at + 1),
  (path) => `http://evil.test${path}`,
  (path) => `${ORIGIN}${path}`,
  (path) => `//evil.test${path}`,
  (path) => `/other/..${path}`,
  (path) => `${path}/`,
  (path) => path.slice(1),
  () => '*',
  (path) => `${path}?a=/../b%2f`,
  (path) => path,
];

const isSent = (target: string): boolean => target !== '' && !/[^!-~]/.test(target);

for (const host of HOSTS) {
  describe(`${host.name}: mutated targets`, () => {
    test('what reaches a handler was asked for exactly as it was proven', async () => {
      const api = await host.start(optionsFor());
      const dice = createDice(32);
      const attestation = tokenFor();
      let reached = 0;

      async function probe(): Promise<void> {
        const path = PATHS[dice(PATHS.length)] ?? '/';
        const mutate = MUTATIONS[dice(MUTATIONS.length)] ?? insert('');
        const target = mutate(path, dice(path.length + 1));
        if (!isSent(target)) return;
        const proof = await proofFor({ attestation, url: `${ORIGIN}${path}` });
        const { status, body } = await api.send('GET', target, [
          ['OAuth-Client-Attestation', attestation],
          ['DPoP', proof],
        ]);
        const isExact = target.split('?', 1)[0] === path;
        const story = `${target} with a proof for ${path} was answered with ${status}`;
        if (host.showsTarget) assert.equal(status === 200, isExact, story);
        else if (isExact) assert.equal(status, 200, story);
        if (status === 200) assert.equal(JSON.parse(body).path, path, story);
        reached += status === 200 ? 1 : 0;
      }

      try {
        for (let sent = 0; sent < PROBES; sent += AT_ONCE) await Promise.all(Array.from({ length: AT_ONCE }, probe));
        assert.equal(api.seen.length, reached);
        assert.ok(reached > PROBES / 50, 'too few requests that are in order: the test would prove nothing');
      } finally {
        await api.close();
      }
    });
  });
}
