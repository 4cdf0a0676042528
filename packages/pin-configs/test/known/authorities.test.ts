import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { describe, it } from 'node:test';
import { rootCertificates } from 'node:tls';
import { KNOWN_AUTHORITIES, knownAuthority, nearlyKnownAuthority } from '../../src/known/authorities.ts';
import { classifyPin } from '../../src/known/classify-pin.ts';

const ISRG_ROOT_X1 = 'C5+lpZ7tcVwmwQIMcRtPbsQtWLABXhQzejna0wHFr8M=';

describe('the known authorities', () => {
  it('are pins, each once, with a source', () => {
    const pins = KNOWN_AUTHORITIES.map(({ pin }) => pin);
    assert.equal(new Set(pins).size, pins.length);
    for (const { pin, name, owner, source } of KNOWN_AUTHORITIES) {
      assert.equal(classifyPin(pin, '').kind, 'pin', name);
      assert.ok(name !== '' && owner !== '' && source !== '', pin);
    }
  });

  it('have the pins of their certificates, where this Node carries them', () => {
    const pins = rootCertificates.map((pem) => {
      const { publicKey } = new X509Certificate(pem);
      return createHash('sha256')
        .update(publicKey.export({ type: 'spki', format: 'der' }))
        .digest('base64');
    });
    const known = pins.filter((pin) => knownAuthority(pin)?.status === 'root');
    // Lists of other versions of Node differ by a few roots.
    assert.ok(known.length > pins.length * 0.9, `${known.length} of ${pins.length}`);
  });

  it('that are retired say since when, and lie in the past', () => {
    const retired = KNOWN_AUTHORITIES.filter(({ status }) => status === 'retired');
    assert.ok(retired.length > 0);
    for (const { name, notAfter } of retired) assert.ok((notAfter ?? '9') < '2026-11-21', name);
  });

  it('are recognised by their pin, and by one with a slip of the pen', () => {
    assert.equal(knownAuthority(ISRG_ROOT_X1)?.name, 'ISRG Root X1');
    assert.equal(nearlyKnownAuthority(ISRG_ROOT_X1), undefined);
    assert.equal(nearlyKnownAuthority(ISRG_ROOT_X1.replace('C5', 'C6'))?.name, 'ISRG Root X1');
    assert.equal(nearlyKnownAuthority(ISRG_ROOT_X1.replace('C5+l', 'D6+m')), undefined);
  });

  it('count what one owner holds under several names as one', () => {
    const ownerOf = (name: string) => KNOWN_AUTHORITIES.find((known) => known.name === name)?.owner;
    assert.equal(ownerOf('Starfield Services Root Certificate Authority - G2'), 'Amazon');
    assert.equal(ownerOf('COMODO RSA Certification Authority'), ownerOf('USERTrust RSA Certification Authority'));
  });
});
