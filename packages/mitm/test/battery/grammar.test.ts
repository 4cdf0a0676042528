import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ShapeError } from '@assay/formats/shape';
import { type Change, change, type Setting, setting } from '../../src/battery/grammar.ts';
import type { CertificateRecipe } from '../../src/recipe.ts';

type Whole<T> = T extends readonly unknown[] ? T : T extends object ? { readonly [K in keyof T]-?: Whole<T[K]> } : T;

/** Every member that a certificate can have: a new one of the recipe does not compile until it stands here, and is read. */
const CERTIFICATE: Whole<CertificateRecipe> = {
  ...{ key: 'pinned-p384', issuer: 'self', commonName: '{host}', names: ['*.{parent}', '{host}\u0000.invalid'] },
  ...{ addresses: ['192.0.2.1', '2001:db8::1'], furtherNames: 20_000, notBefore: '-30m', notAfter: '+10y' },
  ...{ serial: 'too-long', version: 2, basicConstraints: 'absent', pathLength: 0, keyUsage: ['keyCertSign'] },
  ...{ extKeyUsage: 'absent', extKeyUsageCritical: true, permitted: [], excluded: ['{host}'], furtherExcluded: 0 },
  ...{ unknownExtension: 'plain', mustStaple: true, poison: false, timestamps: { by: 'handshake', fault: 'future' } },
  ...{ hash: 'sha384', signature: 'broken', encoding: 'trailing-octet', spki: 'unknown-curve' },
};

const SETTING: Whole<Setting> = {
  chain: {
    ...{ leaf: CERTIFICATE, intermediate: CERTIFICATE, upper: CERTIFICATE, root: CERTIFICATE },
    ...{ authority: 'impostor', depth: 2, send: ['leaf', 'stranger'], strangers: 500 },
  },
  tls: {
    ...{ versions: ['ssl3', 'tls1.3'], cipher: 'TLS_RSA_WITH_NULL_SHA256', groupBits: 1024 },
    ...{ downgrade: 'with-sentinel', alpn: ['h2', 'assay/0'], clientCertificate: 'request', sessions: 'early-data' },
  },
  staple: { status: 'try-later', fault: 'no-next-update' },
  http: { redirect: 'http://{host}:{plain}/', hsts: true, connection: 'close', http3: true, cleartext: 'answered' },
  ...{ raw: { kind: 'garbage' }, host: '{HOST}.', steps: ['update-pins', 'web-view'], clock: -1 },
  pinSet: { pins: ['pinned', 'other'], fault: 'unavailable', intercepted: true },
};

describe('the grammar of cases', () => {
  it('has every member of a recipe, and of what surrounds it', () => {
    assert.deepEqual(change(SETTING, '$'), SETTING);
    assert.deepEqual(setting(SETTING, '$'), SETTING);
  });

  it('leaves out what is not there', () => {
    assert.deepEqual(change({}, '$'), {});
    assert.deepEqual(setting({ host: 'a.test', steps: ['request'] }, '$'), { host: 'a.test', steps: ['request'] });
  });

  it('takes part of a staple or a pin set for a change, and only the whole for a setting', () => {
    const part: Change = { staple: { fault: 'expired' }, pinSet: { intercepted: true } };
    assert.deepEqual(change(part, '$'), part);
    assert.throws(
      () => setting({ host: 'a.test', steps: ['request'], ...part }, '$'),
      (error: unknown) =>
        error instanceof ShapeError && error.faults.map(({ path }) => path).join() === '$.staple.status,$.pinSet.pins',
    );
  });

  it('reads no member that it does not know, however deep', () => {
    for (const json of [{ x: 1 }, { chain: { x: 1 } }, { chain: { root: { timestamps: { by: 'none', x: 1 } } } }]) {
      assert.throws(() => change(json, '$'), ShapeError);
    }
  });

  it('bounds what has to be made', () => {
    const refuses = (json: unknown): void => assert.throws(() => change(json, '$'), ShapeError);
    refuses({ chain: { leaf: { furtherNames: 20_001 } } });
    refuses({ chain: { leaf: { furtherExcluded: -1 } } });
    refuses({ chain: { strangers: 501 } });
    refuses({ chain: { send: Array(17).fill('leaf') } });
    refuses({ chain: { leaf: { names: ['x'.repeat(254)] } } });
    refuses({ chain: { leaf: { notAfter: '+10000y' } } });
    refuses({ steps: Array(17).fill('request') });
    refuses({ clock: 1e12 });
  });
});
