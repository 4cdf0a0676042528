import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { KNOWN_AUTHORITIES, readDocuments } from '@assay/pin-configs';
import { z } from 'zod';
import { describeVectors } from '../../../../../tools/vectors.ts';
import { fragmentOf } from '../../../src/pins/advise/fragment.ts';
import { ADVICE, DATA } from '../../../src/pins/advise/rules.ts';
import { PROVIDERS, providerOf, situationOf } from '../../../src/pins/advise/situation.ts';
import { readPins } from '../../../src/pins/described.ts';
import { judge } from '../../../src/pins/looked.ts';
import { readRoots } from '../../../src/pins/path.ts';

const INVALID = { valid: false, code: '', reason: '', roots: '' } as const;

describe('who decides about keys', () => {
  it('tells a provider by its addresses', () => {
    const at = (...addresses: readonly string[]) => providerOf({ path: INVALID, addresses })?.name;
    assert.deepEqual(
      [at('104.16.1.1'), at('2606:4700::1'), at('192.0.2.1'), at()],
      ['Cloudflare', 'Cloudflare', undefined, undefined],
    );
  });

  it('tells the situation by life and anchor', () => {
    const [cloudflare] = PROVIDERS;
    assert.deepEqual(
      [
        situationOf(90, true, undefined),
        situationOf(199, true, undefined),
        situationOf(90, true, cloudflare),
        situationOf(90, false, cloudflare),
      ],
      ['own_short', 'own_long', 'managed', 'private'],
    );
  });

  it('knows roots of every owner in a pool', () => {
    const owners = new Set(KNOWN_AUTHORITIES.filter(({ status }) => status === 'root').map(({ owner }) => owner));
    for (const { name, pool } of PROVIDERS) for (const owner of pool) assert.ok(owners.has(owner), `${name}: ${owner}`);
  });
});

const WebChain = z.looseObject({ chain_pem: z.array(z.string()) });

/** Chains of the public web, and whose they are. */
const HOSTS: readonly (readonly [string, string])[] = [
  ['cloudflare.com', 'Google'],
  ['google.com', 'Google'],
  ['aws.amazon.com', 'Amazon'],
  ['s3.amazonaws.com', 'Amazon'],
];

describeVectors('advice on chains of the web', (dir) => {
  for (const [host, provider] of HOSTS) {
    it(`${host}: roots of ${provider} or of who serves it, in a policy that reads as one`, () => {
      const text = readFileSync(join(dir, 'x509/ct/real', `${host}.json`), 'utf8');
      const chain = WebChain.parse(JSON.parse(text)).chain_pem.flatMap((pem) =>
        readPins(Buffer.from(`${pem.trim()}\n`)),
      );
      const ders = chain.flatMap(({ certificate }) => certificate ?? []);
      const [leaf] = chain;
      assert.ok(leaf !== undefined);
      const at = Date.parse(
        z.looseObject({ validation_time: z.string() }).safeParse(JSON.parse(text)).data?.validation_time ?? '',
      );
      const judges = { roots: readRoots(undefined, at), lists: [], at };
      const looked = { ...judge({ chain: ders, ocsp: undefined }, undefined, judges), addresses: [], protocol: null };
      assert.equal(looked.path.valid, true);
      const found = providerOf(looked);
      assert.equal(found?.name, provider);
      const { yaml } = fragmentOf({ host, level: ADVICE.managed.payments, looked, provider: found, backups: [], at });
      const [document] = readDocuments('assay.pins.yaml', Buffer.from(yaml ?? ''));
      assert.equal(document?.kind, 'policy', `${yaml}${JSON.stringify(document)}`);
    });
  }

  it('has advice for every kind of data', () => {
    for (const row of Object.values(ADVICE)) assert.deepEqual(Object.keys(row).sort(), [...DATA].sort());
  });
});
