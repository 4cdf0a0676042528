import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { matchNsc } from '../../src/android/match-nsc.ts';
import { readNsc } from '../../src/android/read-nsc.ts';
import { UnreadableFile } from '../../src/unreadable.ts';
import { parseXml } from '../../src/xml/read.ts';
import { connectionTo, domainConfig, nscOf, PIN_A, PINS } from './nsc-of.ts';

const told = (inner: string) =>
  nscOf(inner).problems.map(({ effect, code, build }) =>
    [effect, code, ...(build === undefined ? [] : [build])].join(' '),
  );

describe('readNsc', () => {
  it('reads every part with its place', () => {
    const { base, debug, domains, problems } = nscOf(
      [
        '<base-config cleartextTrafficPermitted="false"><trust-anchors><certificates src="system"/></trust-anchors></base-config>',
        '<domain-config>',
        `  <domain includeSubdomains="true">a.example</domain>`,
        `  <pin-set expiration="2030-01-01"><pin digest="SHA-256">${PIN_A}</pin></pin-set>`,
        '  <certificateTransparency enabled="true"/><domainEncryption mode="enabled"/>',
        '  <trustkit-config enforcePinning="true"><report-uri>https://r.example/</report-uri></trustkit-config>',
        '  <domain-config><domain>b.a.example</domain><trust-anchors/></domain-config>',
        '</domain-config>',
        '<debug-overrides><trust-anchors><certificates src="@raw/ca" overridePins="true"/></trust-anchors></debug-overrides>',
      ].join('\n'),
    );
    assert.deepEqual(problems, []);
    assert.equal(base?.cleartextTrafficPermitted?.text, 'false');
    assert.equal(base?.anchors?.[0]?.src.text, 'system');
    assert.equal(debug?.anchors?.[0]?.overridePins?.text, 'true');
    const [domain] = domains;
    assert.deepEqual(domain?.domains[0]?.name, {
      text: 'a.example',
      place: { file: 'n.xml', line: 4, column: 36, endLine: 4, endColumn: 45 },
    });
    assert.deepEqual(domain?.pinSet?.expiration, {
      text: '2030-01-01',
      place: { file: 'n.xml', line: 5, column: 24, endLine: 5, endColumn: 34 },
    });
    assert.equal(domain?.pinSet?.pins[0]?.value.text, PIN_A);
    assert.equal(domain?.certificateTransparency?.text, 'true');
    assert.equal(domain?.domainEncryption?.text, 'enabled');
    assert.equal(domain?.trustKit?.reportUris[0]?.text, 'https://r.example/');
    assert.deepEqual(domain?.nested[0]?.anchors, []);
    assert.equal(domain?.anchors, undefined);
  });

  it('a second element of a kind is fatal, and the first one counts', () => {
    assert.deepEqual(told('<base-config/><base-config/>'), ['crash two_base_configs']);
    assert.deepEqual(told('<debug-overrides/><debug-overrides/>'), ['crash two_debug_overrides']);
    assert.deepEqual(told(domainConfig('<pin-set/><pin-set/>')), ['crash two_pin_sets']);
    assert.deepEqual(told(domainConfig('<trust-anchors/><trust-anchors/>')), ['crash two_trust_anchors']);
    assert.equal(nscOf(domainConfig(`<pin-set>${PINS}</pin-set><pin-set/>`)).domains[0]?.pinSet?.pins.length, 2);
  });

  it('elements in the wrong place are fatal', () => {
    const inBase = '<base-config><pin-set/><domain>a.example</domain><domain-config/></base-config>';
    assert.deepEqual(told(inBase), [
      'crash pin_set_misplaced',
      'crash domain_misplaced',
      'crash domain_config_misplaced',
    ]);
  });

  it('faults inside debug-overrides are fatal to debuggable builds only', () => {
    const inner =
      '<pin-set/><domain/><domain-config/><certificateTransparency/><trust-anchors><certificates/></trust-anchors>';
    assert.deepEqual(told(`<debug-overrides>${inner}</debug-overrides>`), [
      'crash pin_set_misplaced debug',
      'crash domain_misplaced debug',
      'crash domain_config_misplaced debug',
      'crash certificateTransparency_misplaced debug',
      'crash certificates_src debug',
    ]);
    assert.deepEqual(told('<debug-overrides cleartextTrafficPermitted="true"/>'), ['ignored no_effect debug']);
  });

  it('a domain-config names a domain, and every domain once in the whole file', () => {
    assert.deepEqual(told('<domain-config/>'), ['crash no_domain']);
    assert.deepEqual(told(domainConfig('<domain includeSubdomains="true"> A.Example </domain>')), [
      'crash domain_twice',
    ]);
    assert.deepEqual(told(domainConfig(domainConfig(''))), ['crash domain_twice']);
    assert.deepEqual(told(`${domainConfig('')}${domainConfig('')}`), ['crash domain_twice']);
  });

  it('what it does not know it passes over, and reading goes on', () => {
    assert.deepEqual(told('<domain_config><domain>a.example</domain></domain_config>'), ['ignored unknown_element']);
    assert.deepEqual(told(domainConfig('<pins/>')), ['ignored unknown_element']);
    assert.deepEqual(told(domainConfig('', ' cleartextTrafficpermitted="false"')), ['ignored unknown_attribute']);
    assert.deepEqual(told('<base-config hstsEnforced="true"/>'), []);
    assert.deepEqual(told('<base-config tools:ignore="X"><tools:note/></base-config>'), []);
    assert.deepEqual(told(domainConfig('', ' cleartextTrafficPermitted="yes"')), ['ignored not_boolean']);
    assert.deepEqual(told('<base-config><domainEncryption mode="on"/></base-config>'), ['ignored encryption_mode']);
  });

  it('of several settings of certificate transparency the last counts, and without a value it says false', () => {
    const { base } = nscOf(
      '<base-config><certificateTransparency enabled="true"/><certificateTransparency/></base-config>',
    );
    assert.equal(base?.certificateTransparency?.text, 'false');
  });

  it('another root is fatal', () => {
    const config = readNsc('n.xml', parseXml('n.xml', '<network-config/>'));
    assert.deepEqual(
      config.problems.map(({ code, effect }) => [code, effect]),
      [['root_element', 'crash']],
    );
  });

  it('says its problems in the order of the file', () => {
    const lines = nscOf(`<x/>\n${domainConfig('\n<pin-set expiration="never"/>\n<y/>')}\n<z/>`).problems.map(
      ({ place }) => place.line,
    );
    assert.deepEqual(lines, [2, 4, 5, 6]);
  });

  it('reads or refuses whatever is made of its words, and throws nothing else', () => {
    const names = [
      'base-config',
      'domain-config',
      'debug-overrides',
      'domain',
      'pin-set',
      'pin',
      'trust-anchors',
      'certificates',
    ];
    const more = ['certificateTransparency', 'domainEncryption', 'trustkit-config', 'report-uri', 'x'];
    const tags = [...names, ...more].flatMap((name) => [`<${name}>`, `</${name}>`, `<${name}/>`]);
    const attributes = [
      '<pin digest="SHA-256">',
      '<pin-set expiration="2030-01-01">',
      '<certificates src="',
      '"/>',
      ' ',
      '\u00a0',
    ];
    const pieces = fc.array(fc.constantFrom(...tags, ...attributes, PIN_A, 'a.example', '==', '&#1;'), {
      maxLength: 16,
    });
    fc.assert(
      fc.property(pieces, (parts) => {
        try {
          nscOf(parts.join(''));
        } catch (error) {
          assert(error instanceof UnreadableFile, String(error));
        }
      }),
      { seed: 5, numRuns: 2000 },
    );
  });

  it('survives a whole configuration with a few characters changed', () => {
    const valid = [
      '<base-config cleartextTrafficPermitted="false"/>',
      domainConfig(`<!-- note --><pin-set expiration="2030-01-01">${PINS}</pin-set><trust-anchors/>`),
      '<debug-overrides><trust-anchors><certificates src="user"/></trust-anchors></debug-overrides>',
    ].join('\n');
    const edit = fc.tuple(
      fc.nat(valid.length),
      fc.nat(3),
      fc.constantFrom('', '<', '>', '"', '&', '/', '-', ' ', 'x', '\u00e9'),
    );
    const mutate = (text: string, [at, cut, put]: readonly [number, number, string]) =>
      text.slice(0, at) + put + text.slice(at + cut);
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        try {
          const config = nscOf(edits.reduce(mutate, valid));
          const { answer } = matchNsc(config, { targetSdk: 36 }, connectionTo('a.example'));
          assert(['connects', 'refused', 'crashes'].includes(answer));
        } catch (error) {
          assert(error instanceof UnreadableFile, String(error));
        }
      }),
      { seed: 6, numRuns: 1500 },
    );
  });
});
