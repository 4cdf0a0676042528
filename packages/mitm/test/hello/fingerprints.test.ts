import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isGrease, type Offered, protocolOf, toJa3, toJa3Text, toJa4 } from '../../src/hello/fingerprints.ts';

const NOTHING: Offered = {
  ...{ legacyVersion: 0x0303, ciphers: [], extensions: [], groups: [], pointFormats: [] },
  ...{ signatureAlgorithms: [], versions: [] },
};
const h2 = Buffer.from('h2');

/** What JA4's definition shows from beginning to end. */
const DEFINITION: Offered = {
  legacyVersion: 0x0303,
  versions: [0x0304, 0x0303],
  ciphers: [
    ...[0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013],
    ...[0xc014, 0x009c, 0x009d, 0x002f, 0x0035],
  ],
  extensions: [
    ...[0x001b, 0x0000, 0x0033, 0x0010, 0x4469, 0x0017, 0x002d, 0x000d],
    ...[0x0005, 0x0023, 0x0012, 0x002b, 0xff01, 0x000b, 0x000a, 0x0015],
  ],
  groups: [],
  pointFormats: [],
  signatureAlgorithms: [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601],
  protocol: h2,
};

/** curl 7.88 with OpenSSL 3.0, of which both names are widely published. */
const CURL: Offered = {
  legacyVersion: 0x0303,
  versions: [0x0304, 0x0303, 0x0302, 0x0301],
  ciphers: [
    ...[4866, 4867, 4865, 49196, 49200, 159, 52393, 52392, 52394, 49195, 49199, 158, 49188, 49192, 107],
    ...[49187, 49191, 103, 49162, 49172, 57, 49161, 49171, 51, 157, 156, 61, 60, 53, 47, 255],
  ],
  extensions: [0, 11, 10, 16, 22, 23, 49, 13, 43, 45, 51, 21],
  groups: [29, 23, 30, 25, 24, 256, 257, 258, 259, 260],
  pointFormats: [0, 1, 2],
  signatureAlgorithms: [
    ...[1027, 1283, 1539, 2055, 2056, 2057, 2058, 2059, 2052, 2053, 2054, 1025, 1281, 1537],
    ...[771, 769, 770, 1026, 1282, 1538],
  ],
  protocol: h2,
};

describe('JA3', () => {
  it('is as its authors show', () => {
    const dated: Offered = {
      ...{ ...NOTHING, legacyVersion: 769, extensions: [0, 10, 11], groups: [23, 24, 25], pointFormats: [0] },
      ciphers: [47, 53, 5, 10, 49161, 49162, 49171, 49172, 50, 56, 19, 4],
    };
    assert.equal(toJa3Text(dated), '769,47-53-5-10-49161-49162-49171-49172-50-56-19-4,0-10-11,23-24-25,0');
    assert.equal(toJa3(dated), 'ada70206e40642a3e4461f35503241d5');
    const bare: Offered = { ...NOTHING, legacyVersion: 769, ciphers: [4, 5, 10, 9, 100, 98, 3, 6, 19, 18, 99] };
    assert.equal(toJa3(bare), 'de350869b8c85de67a350c8d186f11e6');
  });

  it('agrees with others about curl', () => assert.equal(toJa3(CURL), '0149f47eabf9a20d0893e2a44e5a6323'));
});

describe('JA4', () => {
  it('is as its definition shows', () => assert.equal(toJa4(DEFINITION), 't13d1516h2_8daaf6152771_e5627efa2ab1'));

  it('hashes extensions alone without signature algorithms', () => {
    assert.equal(toJa4({ ...DEFINITION, signatureAlgorithms: [] }), 't13d1516h2_8daaf6152771_6d807ffa2a79');
  });

  it('agrees with others about curl', () => assert.equal(toJa4(CURL), 't13d3112h2_e8f1e7e78f70_b26ce05bbdd6'));

  it('does not depend on order or GREASE', () => {
    const shuffled: Offered = {
      ...DEFINITION,
      ciphers: [0x2a2a, ...DEFINITION.ciphers.toReversed()],
      extensions: [0xfafa, ...DEFINITION.extensions.toReversed(), 0x0a0a],
      versions: [0x9a9a, ...DEFINITION.versions],
    };
    assert.equal(toJa4(shuffled), toJa4(DEFINITION));
  });

  it('says nothing with zeros', () => assert.equal(toJa4(NOTHING), 't12i000000_000000000000_000000000000'));

  it('counts to 99', () => {
    const many = Array.from({ length: 120 }, (_, index) => 0xc000 + index);
    assert.match(toJa4({ ...NOTHING, ciphers: many }), /^t12i9900/);
  });

  it('knows old versions, and shows others as 00', () => {
    const heads = [0x0300, 0x0301, 0x0302, 0x0305].map((legacyVersion) =>
      toJa4({ ...NOTHING, legacyVersion }).slice(0, 3),
    );
    assert.deepEqual(heads, ['ts3', 't10', 't11', 't00']);
  });

  it('names the first protocol by its ends', () => {
    // The examples of the definition.
    const rows = [
      ['6832', 'h2'],
      ['687474702f312e31', 'h1'],
      ['', '00'],
      ['61', 'aa'],
      ['ab', 'ab'],
      ['abcd', 'ad'],
      ['30ab', '3b'],
      ['3031abcd', '3d'],
      ['30abcd31', '01'],
    ] as const;
    for (const [hex, shown] of rows) assert.equal(protocolOf(Buffer.from(hex, 'hex')), shown, hex);
    assert.equal(protocolOf(undefined), '00');
  });
});

it('GREASE is sixteen values', () => {
  const found = Array.from({ length: 0x10000 }, (_, value) => value).filter(isGrease);
  assert.equal(found.length, 16);
  assert.ok(found.includes(0x0a0a) && found.includes(0xfafa));
});
