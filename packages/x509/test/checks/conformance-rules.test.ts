import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AssayError } from '@assay/core';
import { der } from '@assay/formats';
import { type Position, type Profile, RFC5280_SERVER, WEB_PKI } from '@assay/x509';
import { assertConformance } from '../../src/checks/conformance.ts';
import { BASELINE_RULES, RFC5280_RULES } from '../../src/checks/conformance-rules.ts';
import { OID } from '../../src/oids.ts';
import {
  type Change,
  fault,
  intermediate,
  root,
  validate,
  withIntermediate,
  withLeaf,
  withRoot,
} from '../support/chain.ts';
import {
  commonName,
  ext,
  mintIntermediate,
  mintLeaf,
  mintRoot,
  NO_EXTENSIONS,
  name,
  parsed,
  type Spec,
} from '../support/mint.ts';

/** One fault, the clause it breaks, and the profiles that ask for it. */
interface Row {
  readonly what: string;
  readonly clause: string;
  readonly change: () => Change;
  readonly profiles: readonly Profile[];
}

const BOTH = [RFC5280_SERVER, WEB_PKI];
const [RFC, WEB] = [[RFC5280_SERVER], [WEB_PKI]];

const extension = (oid: string, value: ReturnType<typeof ext.names> | undefined): Spec => ({
  extensions: { [oid]: value },
});
const critical = <T extends object>(value: T, flag: boolean): T & { critical: boolean } => ({
  ...value,
  critical: flag,
});
const hosts = (...hostNames: string[]) => ext.names(name.dns('www.example.test'), ...hostNames.map(name.dns));
const twoNames = der.sequence(
  ...['www.example.test', 'www.example.test'].map((text) =>
    der.set(der.sequence(der.oid(OID.commonName), der.utf8(text))),
  ),
);
const authority = der.sequence(
  der.raw(0x80, root.keyId),
  der.raw(0xa1, name.dns('a')),
  der.raw(0x82, Uint8Array.of(1)),
);
const constraints = ext.nameConstraints([name.dns('example.test')], []);

const ROWS: readonly Row[] = [
  {
    what: 'a leaf without authority key identifier',
    clause: 'RFC 5280 4.2.1.1',
    change: () => withLeaf(extension(OID.authorityKeyIdentifier, undefined)),
    profiles: BOTH,
  },
  {
    what: 'an authority key identifier without a key',
    clause: 'RFC 5280 4.2.1.1',
    change: () => withLeaf(extension(OID.authorityKeyIdentifier, { value: der.sequence() })),
    profiles: BOTH,
  },
  {
    what: 'an intermediate without authority key identifier',
    clause: 'RFC 5280 4.2.1.1',
    change: () => withIntermediate(extension(OID.authorityKeyIdentifier, undefined)),
    profiles: BOTH,
  },
  {
    what: 'an intermediate without subject key identifier',
    clause: 'RFC 5280 4.2.1.2',
    change: () => withIntermediate(extension(OID.subjectKeyIdentifier, undefined)),
    profiles: BOTH,
  },
  {
    what: 'an anchor without subject key identifier',
    clause: 'RFC 5280 4.2.1.2',
    change: () => withRoot(extension(OID.subjectKeyIdentifier, undefined)),
    profiles: BOTH,
  },
  {
    what: 'keyCertSign in a leaf',
    clause: 'RFC 5280 4.2.1.3, 4.2.1.9',
    change: () => withLeaf(extension(OID.keyUsage, ext.keyUsage(0, 5))),
    profiles: BOTH,
  },
  {
    what: 'names not critical beside an empty subject',
    clause: 'RFC 5280 4.2.1.6',
    change: () => withLeaf({ subject: der.sequence() }),
    profiles: BOTH,
  },
  {
    what: 'a host name with an underscore',
    clause: 'RFC 5280 4.2.1.6',
    change: () => withLeaf(extension(OID.subjectAltName, hosts('foo_bar.example.test'))),
    profiles: BOTH,
  },
  {
    what: 'an address as a host name',
    clause: 'RFC 5280 4.2.1.6',
    change: () => withLeaf(extension(OID.subjectAltName, hosts('192.0.2.1'))),
    profiles: BOTH,
  },
  {
    what: 'a wildcard over a top-level domain',
    clause: 'RFC 5280 4.2.1.6',
    change: () => withLeaf(extension(OID.subjectAltName, hosts('*.test'))),
    profiles: BOTH,
  },
  {
    what: 'basic constraints not critical',
    clause: 'RFC 5280 4.2.1.9',
    change: () => withIntermediate(extension(OID.basicConstraints, critical(ext.basicConstraints(true), false))),
    profiles: BOTH,
  },
  {
    what: 'a path length in a leaf',
    clause: 'RFC 5280 4.2.1.9',
    change: () => withLeaf(extension(OID.basicConstraints, ext.basicConstraints(false, 0))),
    profiles: BOTH,
  },
  {
    what: 'name constraints in a leaf',
    clause: 'RFC 5280 4.2.1.10',
    change: () => withLeaf(extension(OID.nameConstraints, constraints)),
    profiles: BOTH,
  },
  {
    what: 'a name constraint with a leading dot',
    clause: 'RFC 5280 4.2.1.10',
    change: () => withIntermediate(extension(OID.nameConstraints, ext.nameConstraints([], [name.dns('.example.org')]))),
    profiles: BOTH,
  },
  {
    what: 'policy constraints not critical',
    clause: 'RFC 5280 4.2.1.11',
    change: () => withIntermediate(extension(OID.policyConstraints, { value: der.sequence() })),
    profiles: BOTH,
  },
  {
    what: 'inhibitAnyPolicy not critical',
    clause: 'RFC 5280 4.2.1.14',
    change: () => withIntermediate(extension(OID.inhibitAnyPolicy, { value: der.integer(0) })),
    profiles: BOTH,
  },
  {
    what: 'name constraints not critical',
    clause: 'RFC 5280 4.2.1.10',
    change: () => withIntermediate(extension(OID.nameConstraints, critical(constraints, false))),
    profiles: RFC,
  },
  {
    what: 'extended key usage in a root',
    clause: 'CA/B BR 7.1.2.1.2',
    change: () => withRoot(extension(OID.extKeyUsage, ext.extKeyUsage(OID.serverAuth))),
    profiles: WEB,
  },
  {
    what: 'a root that names another authority key',
    clause: 'CA/B BR 7.1.2.1.3',
    change: () => withRoot(extension(OID.authorityKeyIdentifier, ext.authorityKey(Uint8Array.of(1)))),
    profiles: WEB,
  },
  {
    what: 'a root that names its issuer by serial number',
    clause: 'CA/B BR 7.1.2.1.3',
    change: () => {
      const changed = mintRoot({ keys: root.keys, extensions: { [OID.authorityKeyIdentifier]: { value: authority } } });
      return { root: changed, intermediates: [], leaf: mintLeaf(changed) };
    },
    profiles: WEB,
  },
  {
    what: 'critical extended key usage',
    clause: 'CA/B BR 7.1.2.7.6',
    change: () => withLeaf(extension(OID.extKeyUsage, critical(ext.extKeyUsage(OID.serverAuth), true))),
    profiles: WEB,
  },
  {
    what: 'an authority as a server',
    clause: 'CA/B BR 7.1.2.7.8',
    change: () => withLeaf(extension(OID.basicConstraints, ext.basicConstraints(true))),
    profiles: WEB,
  },
  {
    what: 'anyExtendedKeyUsage in a leaf',
    clause: 'CA/B BR 7.1.2.7.10',
    change: () => withLeaf(extension(OID.extKeyUsage, ext.extKeyUsage(OID.serverAuth, OID.anyExtendedKeyUsage))),
    profiles: WEB,
  },
  {
    what: 'a leaf without extended key usage',
    clause: 'CA/B BR 7.1.2.7.10',
    change: () => withLeaf(extension(OID.extKeyUsage, undefined)),
    profiles: WEB,
  },
  {
    what: 'critical names beside a subject',
    clause: 'CA/B BR 7.1.2.7.12',
    change: () => withLeaf(extension(OID.subjectAltName, critical(hosts(), true))),
    profiles: WEB,
  },
  {
    what: 'a common name of its own',
    clause: 'CA/B BR 7.1.4.3',
    change: () => withLeaf({ subject: commonName('WWW.example.test') }),
    profiles: WEB,
  },
  {
    what: 'two common names',
    clause: 'CA/B BR 7.1.4.3',
    change: () => withLeaf({ subject: twoNames }),
    profiles: WEB,
  },
];

/** Faults that a path would stop for another reason first, seen on one certificate. */
const ALONE: Readonly<Record<string, { readonly position: Position; readonly spec: Spec }>> = {
  'CA/B BR 7.1.1': { position: 'leaf', spec: { ...NO_EXTENSIONS, version: 1 } },
  'RFC 5280 4.1.2.4': { position: 'leaf', spec: { issuerName: der.sequence() } },
  'RFC 5280 4.1.2.6': { position: 'issuer', spec: { subject: der.sequence() } },
};

/** The clause that a profile finds broken, or undefined. */
function brokenClause(change: Change, profile: Profile): string | undefined {
  try {
    validate({ ...change, profile });
    return undefined;
  } catch (error) {
    const { code, detail } = error as AssayError;
    if (code !== 'x509.profile_violation') throw error;
    return detail.clause;
  }
}

describe('rules of form', () => {
  it('all hold for the good chain', () => {
    for (const profile of BOTH) assert.equal(brokenClause({}, profile), undefined);
  });

  for (const { what, clause, change, profiles } of ROWS) {
    it(`see ${what}`, () => {
      const changed = change();
      for (const profile of BOTH) {
        assert.equal(brokenClause(changed, profile), profiles.includes(profile) ? clause : undefined, profile.id);
      }
    });
  }

  it('admit a common name that copies an address', () => {
    const addressed = ext.names(name.dns('www.example.test'), name.ip(192, 0, 2, 1));
    const spec: Spec = { subject: commonName('192.0.2.1'), extensions: { [OID.subjectAltName]: addressed } };
    assert.equal(brokenClause(withLeaf(spec), WEB_PKI), undefined);
  });

  it('admit an anchor that signed itself under another issuer name, without authority key identifier', () => {
    const changed = mintRoot({ issuerName: commonName('Elsewhere') });
    const change = { root: changed, intermediates: [], leaf: mintLeaf(changed) };
    assert.equal(brokenClause(change, RFC5280_SERVER), undefined);
  });

  for (const [clause, { position, spec }] of Object.entries(ALONE)) {
    it(`see a ${position} against ${clause}`, () => {
      const [good, bad] = [parsed(mintIntermediate(root)), parsed(mintIntermediate(root, spec))];
      const profile = { ...WEB_PKI, conformance: BASELINE_RULES.filter((rule) => rule.clause === clause) };
      assert.doesNotThrow(() => assertConformance(good, position, profile));
      assert.throws(() => assertConformance(bad, position, profile), fault('x509.profile_violation'));
    });
  }

  it('each have a test here', () => {
    const seen = new Set([...ROWS.map(({ clause }) => clause), ...Object.keys(ALONE)]);
    const unseen = [...RFC5280_RULES, ...BASELINE_RULES]
      .map(({ clause }) => clause)
      .filter((clause) => !seen.has(clause));
    assert.deepEqual([...new Set(unseen)].sort(), []);
  });

  it('refuse an anchor signed by another that names no authority key', () => {
    const bare = withIntermediate(extension(OID.authorityKeyIdentifier, undefined));
    const [anchorCertificate = intermediate] = bare.intermediates;
    const change = { leaf: mintLeaf(anchorCertificate), root: anchorCertificate, intermediates: [] };
    assert.equal(brokenClause(change, RFC5280_SERVER), 'RFC 5280 4.2.1.1');
  });
});
