import { createCipheriv } from 'node:crypto';
import type { Random } from '@assay/core';
import { concat, toBase64url, utf8 } from '@assay/formats';
import type { PhoneContext } from '../android/phone.ts';
import { signRaw, type TestKeys } from '../certificates/keys.ts';
import type { TestRoots } from '../roots.ts';
import { type PlayRequest, type PlaySpec, verdictOf } from './verdict.ts';

/** Google Play on a test phone: a token for what the app asks to have bound. */
export function createPlayService(
  spec: PlaySpec,
  { playKeys, playSigners }: Pick<TestRoots, 'playKeys' | 'playSigners'>,
  { random, clock }: Pick<PhoneContext, 'random' | 'clock'>,
): (request: PlayRequest, binding: string) => string {
  const signer = playSigners[spec.authorities];
  return (request, binding) => {
    const verdict = verdictOf(spec, request, binding, clock());
    return encrypted(signed(verdict, signer), playKeys.decryptionKey, random);
  };
}

const encoded = (value: object): string => toBase64url(utf8(JSON.stringify(value)));

function signed(verdict: object, signer: TestKeys): string {
  const input = `${encoded({ alg: 'ES256' })}.${encoded(verdict)}`;
  return `${input}.${toBase64url(signRaw(utf8(input), signer))}`;
}

/** RFC 3394 2.2.3.1. */
const WRAP_IV = new Uint8Array(8).fill(0xa6);

/** A compact JWE with A256KW and A256GCM (RFC 7516 7.1). */
function encrypted(text: string, wrappingKey: Uint8Array, random: Random): string {
  const [contentKey, iv, header] = [random(32), random(12), encoded({ alg: 'A256KW', enc: 'A256GCM' })];
  const wrap = createCipheriv('id-aes256-wrap', wrappingKey, WRAP_IV);
  const seal = createCipheriv('aes-256-gcm', contentKey, iv);
  seal.setAAD(utf8(header));
  const wrapped = concat(wrap.update(contentKey), wrap.final());
  const ciphertext = concat(seal.update(text, 'utf8'), seal.final());
  return [header, ...[wrapped, iv, ciphertext, seal.getAuthTag()].map(toBase64url)].join('.');
}
