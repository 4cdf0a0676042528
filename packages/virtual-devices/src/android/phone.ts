import type { Companion, NewKey, StatementFirstAdapter } from '@assay/client';
import type { Clock, Random } from '@assay/core';
import { toBase64, utf8 } from '@assay/formats';
import type { IssuerChain, TestAuthorities } from '../certificates/authorities.ts';
import { createKeys, type TestKeys } from '../certificates/keys.ts';
import { type Issuer, mintCertificate, nameOf } from '../certificates/mint.ts';
import type { Keystore } from '../keystore.ts';
import { describeKey, type KeyDescriptionSpec } from './key-description.ts';

/** What one Android test phone is. A fault changes one member. */
export interface AndroidSpec extends KeyDescriptionSpec {
  readonly os: string;
  /** API level. */
  readonly sdk: number;
  readonly issuers: 'factory' | 'rkp' | 'leaked' | 'software';
  /** Look-alikes have the same names and other keys. */
  readonly authorities: 'genuine' | 'lookalike';
  /** Signs a further certificate with the attested key, for a key of the attacker's own. */
  readonly chain: 'as_issued' | 'extended';
  /** The challenge that evidence is made for, given the one that was asked for. */
  readonly challengeFor: (asked: string) => string;
}

/** What the phone shares with the world around it. */
export interface PhoneContext {
  readonly keystore: Keystore;
  readonly random: Random;
  readonly clock: Clock;
}

const LEAF_NAME = nameOf({ commonName: 'Android Keystore Key' });
/** As keystores write them: the app chooses the leaf's dates, so they mean nothing. */
const LEAF_FROM = 0;
const LEAF_TO = Date.UTC(2048, 0, 1);

/** The adapter of an Android test phone whose keystore attests keys. */
export function createAndroidPhone(
  spec: AndroidSpec,
  authorities: Record<AndroidSpec['authorities'], TestAuthorities>,
  context: PhoneContext,
  companions: readonly Companion[] = [],
): StatementFirstAdapter {
  const issuers = authorities[spec.authorities][spec.issuers];
  const { keystore } = context;
  return {
    ...{ order: 'statement_first', platform: 'android', os: spec.os, roles: { attest: 'android-key' }, companions },
    findKey: async (id) => keystore.find(id),
    removeKey: async (id) => keystore.remove(id),
    attestNewKey: async (binding) => attestNewKey(spec, issuers, context, binding),
  };
}

function attestNewKey(
  spec: AndroidSpec,
  issuers: IssuerChain,
  { random, clock, keystore }: PhoneContext,
  binding: string,
): NewKey {
  const made = createKeys(random);
  const described = describeKey(spec, utf8(spec.challengeFor(binding)), clock());
  const chain = [leafOf(made, issuers[0], [described]), ...issuers.map(({ certificate }) => certificate)];
  const { keys, certificates } =
    spec.chain === 'extended' ? extend(made, chain, described, random) : { keys: made, certificates: chain };
  const [leaf = new Uint8Array()] = certificates;
  const evidence = { role: 'android-key', enc: 'expo-chain', data: certificates.map(toBase64) } as const;
  return { key: keystore.add(keys), evidence, leaf };
}

/** An attested signing key is used as if it were an authority: it certifies, in the same words, a key made outside. */
function extend(attested: TestKeys, chain: readonly Uint8Array[], described: Uint8Array, random: Random) {
  const outside = createKeys(random);
  const forged = leafOf(outside, { name: LEAF_NAME, keys: attested }, [described]);
  return { keys: outside, certificates: [forged, ...chain] };
}

function leafOf(keys: TestKeys, issuer: Issuer, extensions: readonly Uint8Array[]): Uint8Array {
  return mintCertificate({
    ...{ subject: LEAF_NAME, spki: keys.spki, issuer, serial: 1n },
    ...{ notBefore: LEAF_FROM, notAfter: LEAF_TO, extensions },
  });
}
