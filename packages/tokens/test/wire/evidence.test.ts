import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toBase64, utf8 } from '@assay/formats';
import { within } from '../../src/fault.ts';
import { readEvidencePiece } from '../../src/wire/evidence.ts';
import { random, withCode } from '../kit.ts';

type Json = Parameters<typeof readEvidencePiece>[0];
const read = (value: Json) => within('tokens.request_malformed', () => readEvidencePiece(value, '$'));
const refuses = (value: Json, code = 'tokens.request_malformed') => assert.throws(() => read(value), withCode(code));

const certificates = [random(700), random(900)];
const withLineBreaks = (text: string) => text.replace(/.{1,76}/g, '$&\n');

describe('readEvidencePiece', () => {
  it('opens an object', () => {
    const object = random(100);
    assert.deepEqual(read({ role: 'apple-attest', data: toBase64(object) }), {
      role: 'apple-attest',
      form: 'object',
      object,
    });
  });

  it('opens the chains of all packages alike', () => {
    const chain = { role: 'android-key', form: 'chain', chain: certificates };
    const base64 = certificates.map(toBase64);
    const pagopa = toBase64(utf8(base64.map(withLineBreaks).join(',')));
    assert.deepEqual(read({ role: 'android-key', enc: 'expo-chain', data: base64 }), chain);
    assert.deepEqual(read({ role: 'android-key', enc: 'pagopa-chain', data: pagopa }), chain);
    assert.deepEqual(read({ role: 'android-key', enc: 'pagopa-chain', data: withLineBreaks(pagopa) }), chain);
    assert.deepEqual(read({ role: 'android-key', enc: 'edge-chain', data: { certChain: base64 } }), chain);
  });

  it('keeps a vendor’s token as it is', () => {
    assert.deepEqual(read({ role: 'play-standard', data: 'ey.x' }), {
      role: 'play-standard',
      form: 'token',
      token: 'ey.x',
    });
  });

  it('guesses nothing: a chain needs its container, and the container must fit the role', () => {
    refuses({ role: 'android-key', data: ['AQID'] });
    refuses({ role: 'android-key', enc: 'base64', data: 'AQID' });
    refuses({ role: 'android-key', enc: 'pagopa-chain', data: ['AQID'] });
    refuses({ role: 'apple-attest', enc: 'expo-chain', data: ['AQID'] });
    refuses({ role: 'apple-attest', enc: 'hex', data: '00' });
    refuses({ role: 'android-key', enc: 'edge-chain', data: ['AQID'] });
    refuses({ role: 'android-key', enc: 'edge-chain', data: { certChain: ['AQID'], more: 1 } });
  });

  it('refuses other forms', () => {
    refuses({ role: 'apple-attest', data: 'AQ==AQ==' });
    refuses({ role: 'apple-attest', data: '' });
    refuses({ role: 'apple-attest', data: 'AQID', more: 1 });
    refuses({ role: 'safetynet', data: 'AQID' });
    refuses({ role: 'android-key', enc: 'expo-chain', data: [] });
    refuses({ role: 'android-key', enc: 'expo-chain', data: Array.from({ length: 7 }, () => 'AQID') });
    refuses({ role: 'play-standard', data: 'two words' });
  });

  it('refuses what is too large as such', () => {
    refuses({ role: 'apple-attest', data: toBase64(random(16_387)) }, 'tokens.request_too_large');
    refuses({ role: 'android-key', enc: 'expo-chain', data: [toBase64(random(4100))] }, 'tokens.request_too_large');
    refuses({ role: 'android-key', enc: 'pagopa-chain', data: 'A'.repeat(48_001) }, 'tokens.request_too_large');
    refuses({ role: 'hms', data: 'x'.repeat(16_385) }, 'tokens.request_too_large');
  });
});
