import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { matchName, type PeerName } from '@assay/x509';
import { OID } from '../src/oids.ts';
import { fault, root } from './support/chain.ts';
import { ext, mintLeaf, name, parsed } from './support/mint.ts';

/** Alternative names of one certificate. */
const certificate = parsed(
  mintLeaf(root, {
    name: 'cn.example.test',
    extensions: {
      [OID.subjectAltName]: ext.names(
        name.dns('api.Example.test'),
        name.dns('*.wild.test'),
        name.dns('a*.partial.test'),
        name.dns('x.*.middle.test'),
        name.dns('*'),
        name.dns('*.com'),
        name.dns('192.0.2.7'),
        name.dns('xn--bcher-kva.test'),
        name.dns('xn--*-1b3c148a.test'),
        name.ip(192, 0, 2, 1),
        name.ip(0x20, 1, 0xd, 0xb8, ...new Array<number>(11).fill(0), 1),
        name.email('Box@Example.test'),
      ),
    },
  }),
);

type Row = readonly [kind: PeerName['kind'], value: string];

const MATCHES: readonly Row[] = [
  ['dns', 'api.example.test'],
  ['dns', 'API.example.test.'],
  ['dns', 'foo.wild.test'],
  ['dns', 'xn--bcher-kva.test'],
  ['ip', '192.0.2.1'],
  ['ip', '2001:DB8:0::1'],
  ['email', 'Box@example.TEST'],
];

const MISMATCHES: readonly Row[] = [
  ['dns', 'example.test'],
  ['dns', 'x.api.example.test'],
  ['dns', 'cn.example.test'],
  ['dns', 'wild.test'],
  ['dns', 'a.foo.wild.test'],
  ['dns', 'ab.partial.test'],
  ['dns', 'x.y.middle.test'],
  ['dns', 'localhost'],
  ['dns', 'example.com'],
  ['dns', 'xn--bliss-1b3c148a.test'],
  ['ip', '192.0.2.2'],
  ['ip', '192.0.2.7'],
  ['ip', '::ffff:192.0.2.1'],
  ['email', 'box@example.test'],
];

const INVALID: readonly Row[] = [
  ['dns', ''],
  ['dns', '*.wild.test'],
  ['dns', '192.0.2.1'],
  ['dns', 'bücher.test'],
  ['dns', 'a_b.test'],
  ['ip', 'api.example.test'],
  ['ip', '192.0.2.1/32'],
  ['email', 'example.test'],
];

describe('matchName', () => {
  for (const [kind, value] of MATCHES) {
    it(`finds ${kind} ${value}`, () => assert.doesNotThrow(() => matchName(certificate, { kind, value })));
  }
  for (const [kind, value] of MISMATCHES) {
    it(`does not find ${kind} ${value}`, () => {
      assert.throws(() => matchName(certificate, { kind, value }), fault('x509.name_mismatch'));
    });
  }
  for (const [kind, value] of INVALID) {
    it(`has no use for ${kind} "${value}"`, () => {
      assert.throws(() => matchName(certificate, { kind, value }), fault('x509.peer_name_invalid'));
    });
  }

  it('finds nothing without alternative names, whatever the common name says', () => {
    const bare = parsed(mintLeaf(root, { extensions: { [OID.subjectAltName]: undefined } }));
    assert.throws(() => matchName(bare, { kind: 'dns', value: 'www.example.test' }), fault('x509.name_mismatch'));
  });
});
