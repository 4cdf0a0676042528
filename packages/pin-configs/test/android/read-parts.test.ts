import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toNscDomain } from '../../src/android/read-parts.ts';
import { domainConfig, nscOf, PIN_A } from './nsc-of.ts';

const codes = (parts: string) => nscOf(domainConfig(parts)).problems.map(({ effect, code }) => `${effect} ${code}`);

const pinSet = (pin: string, attributes = '') => `<pin-set${attributes}>${pin}</pin-set>`;

describe('pins', () => {
  it('are digests of SHA-256 by that name, in any case', () => {
    assert.deepEqual(codes(pinSet(`<pin digest="sha-256">${PIN_A}</pin>`)), []);
    assert.deepEqual(codes(pinSet(`<pin digest="SHA-1">${PIN_A}</pin>`)), ['crash pin_digest']);
    assert.deepEqual(codes(pinSet(`<pin digest="SHA256">${PIN_A}</pin>`)), ['crash pin_digest']);
    assert.deepEqual(codes(pinSet(`<pin>${PIN_A}</pin>`)), ['crash pin_digest']);
  });

  it('are base64 of 32 bytes, as the platform decodes it', () => {
    const of = (value: string) => codes(pinSet(`<pin digest="SHA-256">${value}</pin>`));
    assert.deepEqual(of(` \n${PIN_A}\n `), []);
    assert.deepEqual(of(PIN_A.slice(0, -1)), []);
    assert.deepEqual(of(PIN_A.slice(0, -2)), ['crash pin_length']);
    assert.deepEqual(of(`${PIN_A}A`), ['crash pin_value']);
    assert.deepEqual(of(`sha256/${PIN_A}`), ['crash pin_value']);
    assert.deepEqual(of('ab'.repeat(32)), ['crash pin_length']);
    assert.deepEqual(of('-----'), ['crash pin_length']);
  });

  it('hold text and nothing else', () => {
    assert.deepEqual(codes(pinSet('<pin digest="SHA-256"/>')), ['crash pin_text']);
    assert.deepEqual(codes(pinSet('<pin digest="SHA-256"> \n </pin>')), ['crash pin_text']);
    assert.deepEqual(codes(pinSet(`<pin digest="SHA-256">${PIN_A}<b/></pin>`)), ['crash pin_text']);
    assert.deepEqual(codes(pinSet(`<pin digest="SHA-256"> <!-- of the root --> ${PIN_A} <!-- --> </pin>`)), []);
    const divided = `${PIN_A.slice(0, 8)}<!-- -->${PIN_A.slice(8)}`;
    assert.deepEqual(codes(pinSet(`<pin digest="SHA-256">${divided}</pin>`)), ['crash pin_text']);
  });

  it('end on a day', () => {
    assert.deepEqual(codes(pinSet('', ' expiration="2030-01-01"')), []);
    assert.deepEqual(codes(pinSet('', ' expiration="01/01/2030"')), ['crash expiration']);
    assert.deepEqual(codes(pinSet('', ' expires="2030-01-01"')), ['ignored unknown_attribute']);
    assert.deepEqual(codes(pinSet('<pln/>')), ['ignored unknown_element']);
  });
});

describe('domains', () => {
  it('hold text and nothing else', () => {
    assert.deepEqual(codes('<domain/>'), ['crash domain_text']);
    assert.deepEqual(codes('<domain>b.example<c/></domain>'), ['crash domain_text']);
    assert.deepEqual(codes('<domain includesSubdomains="true">b.example</domain>'), ['ignored unknown_attribute']);
    assert.deepEqual(codes('<domain includeSubdomains="yes">b.example</domain>'), ['ignored not_boolean']);
    assert.deepEqual(codes('<domain tools:x="y">b.example</domain>'), []);
  });

  it('are compared trimmed and in lower case', () => {
    assert.equal(toNscDomain(' \n API.Example\t'), 'api.example');
  });
});

describe('certificates', () => {
  it('come from a known source', () => {
    const of = (attributes: string) => codes(`<trust-anchors><certificates ${attributes}/></trust-anchors>`);
    for (const src of ['system', 'user', 'wfa', '@raw/ca', '@0x7f010000'])
      assert.deepEqual(of(`src="${src}"`), [], src);
    assert.deepEqual(of(''), ['crash certificates_src']);
    assert.deepEqual(of('src="System"'), ['crash certificates_src']);
    assert.deepEqual(of('src="raw/ca"'), ['crash certificates_src']);
    assert.deepEqual(of('src="system" overridepins="true"'), ['ignored unknown_attribute']);
  });
});

it('reads what TrustKit adds', () => {
  assert.deepEqual(
    codes('<trustkit-config enforcePinning="true"><report-uri>https://r.example/</report-uri></trustkit-config>'),
    [],
  );
  assert.deepEqual(codes('<trustkit-config enforcepinning="true"/>'), ['ignored unknown_attribute']);
});
