import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concat, der } from '@assay/formats';
import {
  parseCertificate,
  parseSct,
  parseSctList,
  type SctInput,
  sctsOf,
  verifySct,
  verifySctEntry,
} from '@assay/x509';
import fc from 'fast-check';
import { POISON } from '../../src/ct/oids.ts';
import { fault, intermediate, leaf, root } from '../support/chain.ts';
import {
  mintLog,
  mintLogged,
  mintSct,
  otherKeys,
  precertEntry,
  type SctSpec,
  sctList,
  x509Entry,
} from '../support/ct.ts';
import { mintIntermediate, mintLeaf, NOW, parsed, rsaKeys } from '../support/mint.ts';
import { oneChange, outcome } from '../support/mutate.ts';

const log = mintLog();
const issuer = parsed(intermediate);

/** Verifies the only timestamp of a certificate that was minted with it, with one input that differs. */
function verifyEmbedded(spec: SctSpec = {}, differing: Partial<SctInput> = {}) {
  const logged = mintLogged(intermediate, [[log, spec]]);
  const [sct] = sctsOf(logged);
  assert.ok(sct);
  return verifySct({ sct, leaf: logged, issuer, entry: 'precert', logs: [mintLog(), log], at: NOW, ...differing });
}

function verifyDelivered(spec: SctSpec = {}, differing: Partial<SctInput> = {}) {
  const sct = parseSct(mintSct(log, x509Entry(leaf.der), spec));
  return verifySct({ sct, leaf: parsed(leaf), entry: 'x509', logs: [log], at: NOW, ...differing });
}

describe('verifySct', () => {
  it('proves a timestamp inside the certificate', () => {
    const found = verifyEmbedded();
    assert.ok(found.status === 'valid');
    assert.deepEqual([found.log, found.timestamp], [log, NOW - 1000]);
  });

  it('proves a timestamp beside the certificate, for which no issuer is needed', () => {
    assert.equal(verifyDelivered().status, 'valid');
  });

  it('proves extensions with it, whatever they are', () => {
    assert.equal(verifyEmbedded({ extensions: Uint8Array.of(0, 0, 5, 0, 0, 0, 0, 9) }).status, 'valid');
    assert.equal(verifyEmbedded({ extensions: Uint8Array.of(1, 2, 3) }).status, 'valid');
  });

  it('proves timestamps of RSA logs', () => {
    const rsa = mintLog({ keys: rsaKeys(2048) });
    const sct = parseSct(mintSct(rsa, x509Entry(leaf.der)));
    assert.equal(verifySct({ sct, leaf: parsed(leaf), entry: 'x509', logs: [rsa], at: NOW }).status, 'valid');
  });

  it('admits a timestamp of this very moment', () => {
    assert.equal(verifyEmbedded({ timestamp: NOW }).status, 'valid');
  });

  it('raises for an empty list of logs, and only then', () => {
    assert.throws(() => verifyEmbedded({}, { logs: [] }), fault('ct.logs_empty'));
  });
});

describe('verifySct refuses', () => {
  const poisoned = parsed(mintLeaf(intermediate, { extensions: { [POISON]: { critical: true, value: der.null() } } }));
  const renewed = mintIntermediate(root);

  for (const [what, code, run] of [
    ['a later time', 'ct.timestamp_in_future', () => verifyEmbedded({ timestamp: NOW + 1 })],
    ['a time that is none', 'ct.timestamp_in_future', () => verifyEmbedded({}, { at: Number.NaN })],
    ['a changed signature', 'ct.signature_invalid', () => verifyEmbedded({ tamper: true })],
    [
      'a timestamp for another certificate',
      'ct.signature_invalid',
      () => verifyEmbedded({}, { leaf: parsed(mintLeaf(intermediate)) }),
    ],
    [
      'a key of the same name that did not issue',
      'ct.signature_invalid',
      () => verifyEmbedded({}, { issuer: parsed(renewed) }),
    ],
    ['a timestamp inside as one beside', 'ct.signature_invalid', () => verifyEmbedded({}, { entry: 'x509' })],
    [
      'a timestamp beside as one inside',
      'ct.signature_invalid',
      () => verifyDelivered({}, { entry: 'precert', issuer }),
    ],
    ['another hash', 'ct.algorithm_refused', () => verifyEmbedded({ algorithm: [2, 3] })],
    ['another signature algorithm', 'ct.algorithm_refused', () => verifyEmbedded({ algorithm: [4, 1] })],
    ['a precertificate', 'ct.poisoned', () => verifyDelivered({}, { leaf: poisoned })],
  ] as const) {
    it(what, () => {
      const found = run();
      assert.ok(found.status === 'invalid');
      assert.equal(found.code, code);
    });
  }

  it('a log that is not on the list', () => {
    assert.deepEqual(verifyEmbedded({}, { logs: [mintLog()] }), { status: 'unknown_log', code: 'ct.log_unknown' });
  });

  it('another version', () => {
    const found = verifyEmbedded({ version: 1 });
    assert.deepEqual(found, { status: 'unsupported_version', code: 'ct.version_unsupported' });
  });

  for (const [what, other] of [
    ['no issuer', undefined],
    ['an issuer of another name', parsed(root)],
  ] as const) {
    it(`to guess: ${what}`, () => {
      const found = verifyEmbedded({}, { issuer: other });
      assert.deepEqual(found, { status: 'issuer_missing', code: 'ct.issuer_missing' });
    });
  }

  it('logs with keys that no log may have', () => {
    for (const keys of [...otherKeys(), rsaKeys(1024)]) {
      const odd = mintLog({ keys });
      const good = mintSct(log, x509Entry(leaf.der));
      for (const signature of [1, 3, 7]) {
        const bytes = concat(good.subarray(0, 1), Buffer.from(odd.id, 'base64'), good.subarray(33));
        bytes[44] = signature;
        const found = verifySct({ sct: parseSct(bytes), leaf: parsed(leaf), entry: 'x509', logs: [odd], at: NOW });
        assert.ok(found.status === 'invalid');
        assert.equal(found.code, 'ct.algorithm_refused');
      }
    }
  });
});

describe('what one octet changes', () => {
  const entry = precertEntry(intermediate, parsed(leaf).tbs);
  const list = sctList(mintSct(log, entry));
  const logged = mintLogged(intermediate, [log]);

  it('in a list is never proven', () => {
    const logs = [log];
    fc.assert(
      fc.property(oneChange(list), (bytes) => {
        const scts = outcome(() => parseSctList(bytes)) ?? [];
        for (const sct of scts) {
          const { status } = verifySct({ sct, leaf: parsed(leaf), issuer, entry: 'precert', logs, at: NOW });
          assert.notEqual(status, 'valid');
        }
      }),
      { numRuns: 400, seed: 20261121 },
    );
  });

  it('in a certificate is never proven by the timestamps in it', () => {
    const start = logged.tbs.byteOffset - logged.der.byteOffset;
    fc.assert(
      fc.property(fc.nat(logged.tbs.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const bytes = Uint8Array.from(logged.der);
        bytes[start + at] = (bytes[start + at] ?? 0) ^ by;
        const changed = outcome(() => parseCertificate(bytes));
        if (changed === undefined) return;
        for (const sct of outcome(() => sctsOf(changed)) ?? []) {
          const { status } = verifySct({ sct, leaf: changed, issuer, entry: 'precert', logs: [log], at: NOW });
          assert.notEqual(status, 'valid');
        }
      }),
      { numRuns: 600, seed: 20261121 },
    );
  });
});

describe('verifySctEntry', () => {
  it('takes an entry as the log was given it', () => {
    const certificate = Uint8Array.of(1, 2, 3);
    const sct = parseSct(mintSct(log, x509Entry(certificate)));
    const { status } = verifySctEntry({ sct, entry: { kind: 'x509', certificate }, logs: [log], at: NOW });
    assert.equal(status, 'valid');
  });
});
