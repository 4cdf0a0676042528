import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { describeVectors } from '../../../../tools/vectors.ts';
import type { AtsConfig } from '../../src/apple/ats.ts';
import { matchAts } from '../../src/apple/match-ats.ts';
import { atsPinnedHosts, readAts } from '../../src/apple/read-ats.ts';
import { booleanOf, dictOf, entryOf, stringOf } from '../../src/data/value.ts';
import { parsePlist } from '../../src/plist/read.ts';
import { plistOf } from '../support/plists.ts';
import { CA, connectionTo, LEAF, OTHER, ROOT } from './connection.ts';

const identities = (...pins: readonly string[]) => pins.map((pin) => ({ 'SPKI-SHA256-BASE64': pin }));

function atsOf(transport: Parameters<typeof plistOf>[0]): AtsConfig {
  const ats = readAts('Info.plist', plistOf({ NSAppTransportSecurity: transport }));
  assert.ok(ats);
  return ats;
}

const pinned = (domains: Parameters<typeof plistOf>[0]) => atsOf({ NSPinnedDomains: domains });
const answer = (config: AtsConfig, host: string, path = [LEAF, CA, ROOT]) => {
  const { answer: said, because } = matchAts(config, connectionTo(host, { path }));
  return `${said} ${because}`;
};

describe('NSPinnedDomains', () => {
  const leafAndCa = pinned({
    'example.org': { NSPinnedLeafIdentities: identities(LEAF), NSPinnedCAIdentities: identities(CA, ROOT) },
  });

  it('asks for both when leaf and CA pins are listed', () => {
    assert.equal(answer(leafAndCa, 'example.org'), 'connects pin_matched');
    assert.equal(answer(leafAndCa, 'example.org', [OTHER, CA, ROOT]), 'refused no_pin_matched');
    assert.equal(answer(leafAndCa, 'example.org', [LEAF, OTHER]), 'refused no_pin_matched');
  });

  it('compares bytes: spare bits of the last digit are none', () => {
    const spare = pinned({ 'example.org': { NSPinnedLeafIdentities: identities(LEAF.replace('Y=', 'Z=')) } });
    assert.equal(answer(spare, 'example.org'), 'connects pin_matched');
  });

  it('compares leaf pins with the leaf alone, and CA pins with all but the leaf', () => {
    const swapped = pinned({
      a: { NSPinnedLeafIdentities: identities(CA) },
      b: { NSPinnedCAIdentities: identities(LEAF) },
    });
    assert.equal(answer(swapped, 'a'), 'refused no_pin_matched');
    assert.equal(answer(swapped, 'b'), 'refused no_pin_matched');
    assert.equal(
      answer(pinned({ a: { NSPinnedCAIdentities: identities(LEAF) } }), 'a', [LEAF]),
      'refused no_pin_matched',
    );
  });

  it('covers one label beneath, no more, and only for a boolean true', () => {
    const domains = (value: boolean | string) =>
      pinned({ 'example.org': { NSIncludesSubdomains: value, NSPinnedLeafIdentities: identities(OTHER) } });
    const hosts = ['example.org', 'a.example.org', 'a.b.example.org', 'notexample.org'];
    assert.deepEqual(
      hosts.map((host) => answer(domains(true), host).split(' ')[0]),
      ['refused', 'refused', 'connects', 'connects'],
    );
    assert.equal(answer(domains('YES'), 'a.example.org'), 'connects unpinned');
  });

  it('compares names without regard to case, and without one trailing dot', () => {
    assert.equal(answer(leafAndCa, 'EXAMPLE.org.', [OTHER]), 'refused no_pin_matched');
    assert.equal(answer(leafAndCa, 'example.org..', [OTHER]), 'connects unpinned');
  });

  it('adds up the pins of every entry that covers the host: a broad one weakens', () => {
    const union = pinned({
      'example.org': { NSIncludesSubdomains: true, NSPinnedLeafIdentities: identities(LEAF) },
      'api.example.org': { NSPinnedLeafIdentities: identities(OTHER) },
    });
    assert.equal(answer(union, 'api.example.org'), 'connects pin_matched');
  });

  it('drops what is no base64 without a word: a list of nothing else lets nothing through', () => {
    const nothing = pinned({
      a: { NSPinnedLeafIdentities: identities('sha256/!!') },
      b: { NSPinnedLeafIdentities: [] },
    });
    assert.equal(answer(nothing, 'a'), 'refused no_usable_pin');
    assert.equal(answer(nothing, 'b'), 'refused no_usable_pin');
  });

  it('takes a list under a misspelled key for none at all', () => {
    const config = pinned({ a: { NSPinnedLeafIdentity: identities(LEAF) } });
    assert.equal(answer(config, 'a'), 'connects unpinned');
    assert.deepEqual(
      config.pinnedDomains[0]?.unknownKeys.map(({ text }) => text),
      ['NSPinnedLeafIdentity'],
    );
  });

  it('never lets a path through that does not validate', () => {
    assert.equal(answer(leafAndCa, 'elsewhere.org', []), 'refused untrusted');
  });

  const MISPLACED: readonly (readonly [string, Parameters<typeof plistOf>[0]])[] = [
    ['at the root', { NSPinnedDomains: {} }],
    ['no dictionary', { NSAppTransportSecurity: { NSPinnedDomains: ['a.example'] } }],
    ['an entry that is none', { NSAppTransportSecurity: { NSPinnedDomains: { a: 'pin' } } }],
    ['among exceptions', { NSAppTransportSecurity: { NSExceptionDomains: { NSPinnedDomains: {} } } }],
    ['inside of an exception', { NSAppTransportSecurity: { NSExceptionDomains: { a: { NSPinnedDomains: ['a'] } } } }],
  ];
  for (const [what, plist] of MISPLACED) {
    it(`is found where the platform does not look: ${what}`, () => {
      const ats = readAts('Info.plist', plistOf(plist));
      assert.equal(ats?.misplaced.length, 1);
      assert.deepEqual(ats?.pinnedDomains, []);
    });
  }

  it('has one entry for leaf pins and one for CA pins in the common form', () => {
    const hosts = atsPinnedHosts(leafAndCa, 'any').map(({ position, pins, release }) => [
      position,
      pins.length,
      release,
    ]);
    assert.deepEqual(hosts, [
      ['leaf', 1, true],
      ['ca', 2, true],
    ]);
  });

  it('is nothing in a file that is not about it', () => {
    assert.equal(readAts('Info.plist', plistOf({ CFBundleName: 'x' })), undefined);
    assert.equal(readAts('Info.plist', plistOf(['x'])), undefined);
  });
});

/** Apple's own table of expected properties, in the same folder as its fixtures. */
describeVectors('NSPinnedDomains of Apple’s own tests', (dir) => {
  const folder = join(dir, 'pinning-configs/ios-plist');
  const files = readdirSync(folder).filter((name) => name.includes('si-20-sectrust-policies-data'));
  const read = (name: string) => parsePlist(name, readFileSync(join(folder, name)));
  const table = read(files.find((name) => name.includes('ParsingTest')) ?? '');
  const rows = table.kind === 'array' ? table.items : [];

  it('are seven with their table', () => {
    assert.equal(files.length, 7);
    assert.equal(rows.length, 6);
  });

  for (const row of rows) {
    const name = stringOf(row, 'PlistFileName')?.text ?? '';
    it(`${name} is read as Apple expects`, () => {
      const file = files.find((each) => each.endsWith(`~${name}.plist`)) ?? '';
      const [domain] = readAts(file, read(file))?.pinnedDomains ?? [];
      assert.ok(domain);
      const expected = dictOf(row, 'ExpectedProperties');
      const count = (key: string) => {
        const found = entryOf(expected, `${key}Count`)?.value;
        return found?.kind === 'number' ? found.value : undefined;
      };
      for (const [key, list] of [
        ['NSPinnedLeafIdentities', domain.leaf],
        ['NSPinnedCAIdentities', domain.ca],
      ] as const) {
        assert.equal(list !== undefined, booleanOf(expected, key), key);
        assert.equal(list?.filter(({ usable }) => usable).length, count(key), key);
      }
      assert.equal(domain.includesSubdomains?.value ?? false, booleanOf(expected, 'NSIncludesSubdomains') ?? false);
    });
  }
});
