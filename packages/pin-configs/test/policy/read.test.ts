import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { PolicyRefused } from '../../src/policy/faults.ts';
import { policyPinnedHosts, readPolicy } from '../../src/policy/read.ts';
import type { PolicyContext } from '../../src/policy/rules.ts';
import { readDocuments } from '../../src/read/read-documents.ts';
import { UnreadableFile } from '../../src/unreadable.ts';
import { pinOf } from '../support/policies.ts';
import { BACKUP, BAD_FORMS, LARGEST, LEAF, SMALLEST } from './documents.ts';

const FILE = 'assay.pins.yaml';
const NOW = Date.UTC(2026, 10, 21);

function faultsIn(text: string, context: PolicyContext = { now: NOW }) {
  try {
    readPolicy(FILE, text, context);
    return [];
  } catch (error) {
    if (error instanceof PolicyRefused) return error.faults;
    throw error;
  }
}

describe('readPolicy', () => {
  it('fills in what a small policy leaves out', () => {
    assert.deepEqual(readPolicy(FILE, SMALLEST), {
      version: 1,
      debugAuthorities: [],
      hosts: [
        {
          host: 'api.example.com',
          subdomains: 'none',
          covers: [],
          mode: 'enforce',
          reportTo: [],
          trust: { store: 'system' },
          certificateTransparency: 'platform-default',
          pins: [
            { spki: LEAF, role: 'leaf', position: 'leaf', certificates: [] },
            { spki: BACKUP, role: 'backup', position: 'leaf', certificates: [] },
          ],
        },
      ],
    });
  });

  it('takes from the defaults what a host leaves out, trust and authorities as one', () => {
    const { hosts, debugAuthorities } = readPolicy(FILE, LARGEST, { now: NOW });
    const [first, second] = hosts;
    assert.deepEqual(debugAuthorities, ['debug_proxy']);
    assert.deepEqual(
      [first?.mode, first?.expires, first?.trust],
      ['enforce', '2027-06-01', { store: 'private', certificates: ['company_root'] }],
    );
    assert.deepEqual([second?.mode, second?.expires, second?.trust], ['report', '2028-01-01', { store: 'system' }]);
    assert.deepEqual([first?.reportTo, second?.reportTo], Array(2).fill(['https://reports.example.com/pins']));
  });

  it('puts a backup where the other pins stand, unless it says so itself', () => {
    const positions = readPolicy(FILE, LARGEST).hosts.map(({ pins }) => pins.map(({ position }) => position));
    assert.deepEqual(positions, [
      ['ca', 'ca'],
      ['leaf', 'ca'],
    ]);
  });

  it('reads JSON by its own grammar', () => {
    const json = JSON.stringify({
      version: 1,
      hosts: [
        {
          host: 'a.example',
          pins: [
            { spki: LEAF, role: 'leaf' },
            { spki: BACKUP, role: 'backup' },
          ],
        },
      ],
    });
    assert.equal(readPolicy('assay.pins.json', json).hosts.length, 1);
    assert.throws(() => readPolicy('assay.pins.json', SMALLEST), { code: 'pin_configs.unreadable' });
    assert.throws(() => readPolicy('assay.pins.json', json.replace('"version":1', '"version":1,"version":1')), {
      code: 'pin_configs.policy_refused',
    });
  });

  it('says for each fault where it is, what was expected and what was found', () => {
    const text = SMALLEST.replace('api.example.com', 'API.example.com').replace('role: leaf', 'role: server');
    const [host, role] = faultsIn(text);
    assert.deepEqual([host?.place.line, host?.place.column, host?.found], [3, 11, '"API.example.com"']);
    assert.deepEqual([role?.place.line, role?.found], [5, '"server"']);
    assert.equal(role?.expected, 'one of leaf, intermediate, root, backup');
    assert.throws(() => readPolicy(FILE, text), {
      code: 'pin_configs.policy_refused',
      message:
        /^assay\.pins\.yaml:3:11: expected a host name .*; found "API\.example\.com"\nassay\.pins\.yaml:5:\d+: expected one of/,
    });
  });

  it('shows little of a long text: it may be a secret in the wrong place', () => {
    const [fault] = faultsIn(SMALLEST.replace(LEAF, 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7'));
    assert.equal(fault?.found, '"MIIEvQIBADAN… (52 characters)"');
  });
});

const host = (more: string, text = SMALLEST): string => text.replace('    pins:', `    ${more}\n    pins:`);

describe('what would lock an app out', () => {
  const cases: readonly (readonly [string, string, RegExp, PolicyContext?])[] = [
    ['no backup', SMALLEST.replace('role: backup', 'role: leaf'), /a pin with role: backup/],
    ['backups alone', SMALLEST.replace('role: leaf', 'role: backup'), /a pin that the host serves now/],
    ['a pin twice', SMALLEST.replace(BACKUP, LEAF), /each pin once/],
    ['a host twice', SMALLEST + SMALLEST.slice(SMALLEST.indexOf('  - host')), /each host once/],
    [
      'the digest of nothing',
      SMALLEST.replace(LEAF, '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='),
      /digest of a key/,
    ],
    ['a placeholder', SMALLEST.replace(LEAF, `${'A'.repeat(43)}=`), /digest of a key/],
    ['a public suffix', host('subdomains: all', SMALLEST.replace('api.example.com', 'co.uk')), /a name of your own/],
    [
      'a private suffix',
      host('subdomains: one', SMALLEST.replace('api.example.com', 'github.io')),
      /a name of your own/,
    ],
    ['covers without subdomains', host('covers: [a.api.example.com]'), /subdomains: none covers/],
    ['a covered name elsewhere', host('subdomains: all\n    covers: [b.example.com]'), /subdomains: all covers/],
    ['a covered name too deep', host('subdomains: one\n    covers: [a.b.api.example.com]'), /subdomains: one covers/],
    ['a covered name twice', host('subdomains: all\n    covers: [a.api.example.com, a.api.example.com]'), /each once/],
    ['a day that is none', host('expires: 2027-02-30'), /a day of the calendar/],
    ['a day that is past', host('expires: 2026-11-21'), /a day in the future/],
    [
      'logs for private authorities',
      host('trust: private\n    authorities: [a]\n    certificateTransparency: required'),
      /platform-default with trust: private/,
    ],
    [
      'no pin in the served path',
      SMALLEST,
      /one of the pins in the path/,
      { served: new Map([['api.example.com', [pinOf('other')]]]) },
    ],
    [
      'no backup outside of it',
      SMALLEST,
      /outside of the path/,
      { served: new Map([['api.example.com', [LEAF, BACKUP]]]) },
    ],
  ];
  for (const [name, text, expected, context] of cases) {
    it(`is refused: ${name}`, () => {
      const [fault, second] = faultsIn(text, context);
      assert.match(fault?.expected ?? 'nothing', expected);
      assert.equal(second, undefined);
      assert.ok((fault?.place.line ?? 0) > 1);
    });
  }

  it('is not refused: what is served, a day to come, a suffix without subdomains', () => {
    assert.deepEqual(faultsIn(SMALLEST, { served: new Map([['api.example.com', [LEAF]]]) }), []);
    assert.deepEqual(faultsIn(host('expires: 2026-11-22')), []);
    assert.deepEqual(faultsIn(SMALLEST.replace('api.example.com', 'co.uk')), []);
  });

  it('is one fault where a default does it', () => {
    const text = `${SMALLEST}${SMALLEST.slice(SMALLEST.indexOf('  - host')).replace('api', 'b')}defaults: { expires: 2020-01-01 }\n`;
    assert.equal(faultsIn(text).length, 1);
  });

  it('asks no clock that is not there', () => {
    assert.deepEqual(faultsIn(host('expires: 2020-01-01'), {}), []);
  });
});

describe('policyPinnedHosts', () => {
  it('gives every host and pin its place', () => {
    const [first, second] = policyPinnedHosts(FILE, LARGEST, readPolicy(FILE, LARGEST));
    assert.deepEqual([first?.host.text, first?.host.place.line, first?.subdomains], ['example.com', 12, 'all']);
    assert.deepEqual(
      first?.pins.map(({ text, place }) => [text, place.line]),
      [
        [LEAF, 17],
        [BACKUP, 21],
      ],
    );
    assert.deepEqual([first?.expiration?.text, first?.expiration?.place.line], ['2027-06-01', 5]);
    assert.deepEqual([second?.enforced, second?.expiration?.text], [false, '2028-01-01']);
  });

  it('is what the readers of projects see, and a fault is an unreadable file', () => {
    const [good] = readDocuments(FILE, Buffer.from(SMALLEST));
    assert.deepEqual([good?.kind, good?.pinned.length], ['policy', 1]);
    const [bad] = readDocuments(FILE, Buffer.from('version: 2'));
    assert.equal(bad?.kind, 'unreadable');
  });
});

describe('a mutated policy', () => {
  it('is read or refused, and never anything else', () => {
    const text = fc.constantFrom(SMALLEST, LARGEST, ...BAD_FORMS.map(([, bad]) => bad));
    const cut = fc.tuple(text, fc.nat(1400), fc.nat(40), fc.string({ maxLength: 12, unit: 'grapheme' }));
    fc.assert(
      fc.property(cut, fc.constantFrom('assay.pins.yaml', 'assay.pins.json'), ([whole, at, length, put], file) => {
        try {
          readPolicy(file, whole.slice(0, at) + put + whole.slice(at + length));
        } catch (error) {
          assert.ok(error instanceof UnreadableFile, String(error));
        }
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
