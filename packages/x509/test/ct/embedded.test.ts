import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { der } from '@assay/formats';
import { buildPath, isPoisoned, sctsOf, sctsOfOcsp, WEB_PKI } from '@assay/x509';
import { OCSP_SCT_LIST, POISON, SCT_LIST } from '../../src/ct/oids.ts';
import { fault, intermediate, root, validate, withLeaf } from '../support/chain.ts';
import { mintLog, mintLogged, mintSct, sctExtension, sctList, x509Entry } from '../support/ct.ts';
import { anchor, ext, mintLeaf, NOW, name, parsed } from '../support/mint.ts';

const log = mintLog();
const list = sctList(mintSct(log, x509Entry(Uint8Array.of(1))));

describe('timestamps of a certificate', () => {
  it('are those of its extension', () => {
    assert.equal(sctsOf(mintLogged(intermediate, [log, log])).length, 2);
  });

  it('are none without the extension', () => assert.deepEqual(sctsOf(parsed(mintLeaf(intermediate))), []));

  it('are refused when the extension is not an OCTET STRING around one list', () => {
    const withValue = (value: Uint8Array) => parsed(mintLeaf(intermediate, { extensions: { [SCT_LIST]: { value } } }));
    assert.throws(() => sctsOf(withValue(der.utf8('list'))), { code: 'der.unexpected_tag' });
    const behind = der.octets(list);
    assert.throws(() => sctsOf(withValue(Uint8Array.of(...behind, 5, 0))), { code: 'der.trailing_bytes' });
    assert.throws(() => sctsOf(withValue(der.octets(Uint8Array.of(...list, 1, 2)))), fault('ct.list_malformed'));
  });

  it('leave a certificate valid that carries them', () => {
    const leaf = mintLogged(intermediate, [log]);
    const path = buildPath({
      ...{ leaf, intermediates: [parsed(intermediate)], anchors: [anchor(root)], at: NOW, profile: WEB_PKI },
      name: { kind: 'dns', value: 'www.example.test' },
    });
    assert.equal(path.certificates[0], leaf);
  });
});

describe('timestamps of an OCSP response', () => {
  it('are those of its own extension', () => {
    const extension = { oid: OCSP_SCT_LIST, critical: false, ...sctExtension(list) };
    assert.equal(sctsOfOcsp({ extensions: new Map([[OCSP_SCT_LIST, extension]]) }).length, 1);
    assert.deepEqual(sctsOfOcsp({ extensions: new Map([[SCT_LIST, { ...extension, oid: SCT_LIST }]]) }), []);
  });
});

describe('precertificates', () => {
  for (const critical of [true, false]) {
    it(`are told by the poison, critical ${critical}`, () => {
      const spec = { extensions: { [POISON]: { critical, value: der.null() } } };
      assert.ok(isPoisoned(parsed(mintLeaf(intermediate, spec))));
    });
  }

  it('are no certificates of a server', () => {
    const poisoned = withLeaf({ extensions: { [POISON]: { critical: true, value: der.null() } } });
    assert.throws(() => validate(poisoned), fault('x509.critical_extension_unknown'));
    assert.ok(
      !isPoisoned(parsed(mintLeaf(intermediate, { extensions: { '2.5.29.17': ext.names(name.dns('a.test')) } }))),
    );
  });
});
