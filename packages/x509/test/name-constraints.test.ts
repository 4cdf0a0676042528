import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { der } from '@assay/formats';
import { type Profile, RFC5280_SERVER } from '@assay/x509';
import { OID } from '../src/oids.ts';
import { fault, root, validate } from './support/chain.ts';
import { commonName, ext, mintIntermediate, mintLeaf, name, type Spec } from './support/mint.ts';

/** Path validation alone, so that no rule of form speaks first. */
const FORMLESS: Profile = { ...RFC5280_SERVER, peerName: 'optional', conformance: [] };

/** Host and mailboxes below an authority with these subtrees. */
interface Case {
  readonly what: string;
  readonly permitted?: Uint8Array[];
  readonly excluded?: Uint8Array[];
  readonly names?: Uint8Array[];
  readonly subject?: Uint8Array;
  /** A leaf of a client without alternative names. */
  readonly noNames?: boolean;
  readonly profile?: Profile;
}

function run({ permitted = [], excluded = [], names = [], subject, noNames, profile = RFC5280_SERVER }: Case): unknown {
  const constraints = { [OID.nameConstraints]: ext.nameConstraints(permitted, excluded) };
  const limited = mintIntermediate(root, { extensions: constraints });
  const alternatives = noNames ? undefined : ext.names(name.dns('www.example.test'), ...names);
  const spec: Spec = { extensions: { [OID.subjectAltName]: alternatives }, ...(subject ? { subject } : {}) };
  const change = { intermediates: [limited], leaf: mintLeaf(limited, spec) };
  return noNames ? validate({ ...change, profile: FORMLESS, name: undefined }) : validate({ ...change, profile });
}

const emailSubject = (text: string) =>
  der.sequence(der.set(der.sequence(der.oid(OID.emailAddress), der.raw(0x16, Buffer.from(text)))));

const HELD: readonly Case[] = [
  { what: 'a host of a permitted domain', permitted: [name.dns('example.test')] },
  { what: 'the permitted host itself, in another case', permitted: [name.dns('WWW.example.TEST')] },
  { what: 'every host under an empty base', permitted: [name.dns('')] },
  { what: 'one of two permitted domains', permitted: [name.dns('example.org'), name.dns('example.test')] },
  { what: 'a host beside the excluded one', excluded: [name.dns('w.example.test')] },
  { what: 'names of another form', permitted: [name.dns('example.test')], names: [name.ip(192, 0, 2, 1)] },
  {
    what: 'a wildcard under a permitted domain',
    permitted: [name.dns('example.test')],
    names: [name.dns('*.example.test')],
  },
  {
    what: 'a wildcard that reaches no excluded host',
    excluded: [name.dns('a.b.example.org')],
    names: [name.dns('*.example.org')],
  },
  {
    what: 'an address in a permitted range',
    permitted: [name.ip(192, 0, 2, 0, 255, 255, 255, 0)],
    names: [name.ip(192, 0, 2, 9)],
  },
  {
    what: 'a mailbox on a permitted host',
    permitted: [name.email('example.test')],
    names: [name.email('a@Example.test')],
  },
  { what: 'a permitted mailbox', permitted: [name.email('a@example.test')], names: [name.email('a@example.test')] },
  {
    what: 'a mailbox in a permitted domain',
    permitted: [name.email('.example.test')],
    names: [name.email('a@b.example.test')],
  },
  { what: 'a permitted subject', permitted: [name.directory(commonName('www.example.test'))] },
  { what: 'an unsupported form that does not occur', excluded: [name.uri('example.test')] },
  {
    what: 'an unreadable base of a form that does not occur',
    permitted: [name.email('not a host')],
    profile: FORMLESS,
  },
  {
    what: 'the mailbox of a subject',
    permitted: [name.email('example.test')],
    subject: emailSubject('a@example.test'),
    noNames: true,
  },
];

const VIOLATED: readonly Case[] = [
  { what: 'a host outside the permitted domain', permitted: [name.dns('example.org')] },
  { what: 'a host that only ends alike', permitted: [name.dns('w.example.test')] },
  { what: 'a host in an excluded domain', excluded: [name.dns('example.test')] },
  { what: 'an excluded host in another case', excluded: [name.dns('Www.Example.Test')] },
  { what: 'every host, excluded by an empty base', excluded: [name.dns('')] },
  { what: 'one name of two', permitted: [name.dns('example.test')], names: [name.dns('example.org')] },
  {
    what: 'what is permitted and excluded',
    permitted: [name.dns('example.test')],
    excluded: [name.dns('www.example.test')],
  },
  {
    what: 'a wildcard wider than what is permitted',
    permitted: [name.dns('www.example.test')],
    names: [name.dns('*.example.test')],
  },
  {
    what: 'a wildcard over an excluded host',
    excluded: [name.dns('bar.example.org')],
    names: [name.dns('*.example.org')],
  },
  {
    what: 'an address outside the range',
    permitted: [name.ip(192, 0, 2, 0, 255, 255, 255, 0)],
    names: [name.ip(192, 0, 3, 9)],
  },
  {
    what: 'an address of the other family',
    permitted: [name.ip(192, 0, 2, 0, 255, 255, 255, 0)],
    names: [name.ip(...new Array<number>(16).fill(0))],
  },
  {
    what: 'an excluded address',
    excluded: [name.ip(192, 0, 2, 0, 255, 255, 255, 0)],
    names: [name.ip(192, 0, 2, 9)],
  },
  {
    what: 'a mailbox on a host below the permitted one',
    permitted: [name.email('example.test')],
    names: [name.email('a@b.example.test')],
  },
  {
    what: 'a mailbox on the host of a permitted domain',
    permitted: [name.email('.example.test')],
    names: [name.email('a@example.test')],
  },
  {
    what: 'a mailbox of another person',
    permitted: [name.email('*@example.test')],
    names: [name.email('a@example.test')],
  },
  {
    what: 'a mailbox that cannot be read, permitted',
    permitted: [name.email('example.test')],
    names: [name.email('a@b@example.test')],
  },
  {
    what: 'a mailbox that cannot be read, excluded',
    excluded: [name.email('example.org')],
    names: [name.email('a@b@example.test')],
  },
  { what: 'another subject', permitted: [name.directory(commonName('other'))] },
  { what: 'an excluded subject', excluded: [name.directory(commonName('WWW.example.test'))] },
  {
    what: 'the mailbox of a subject',
    permitted: [name.email('example.org')],
    subject: emailSubject('a@example.test'),
    noNames: true,
  },
];

const UNSUPPORTED: readonly Case[] = [
  { what: 'a form without comparison', excluded: [name.uri('a.test')], names: [name.uri('https://b.test')] },
  { what: 'a permitted form without comparison', permitted: [name.uri('a.test')], names: [name.uri('https://a.test')] },
];

describe('name constraints', () => {
  for (const given of HELD) it(`admit ${given.what}`, () => assert.doesNotThrow(() => run(given)));
  for (const given of VIOLATED) {
    it(`refuse ${given.what}`, () => assert.throws(() => run(given), fault('x509.name_constraint_violated')));
  }
  for (const given of UNSUPPORTED) {
    it(`refuse ${given.what}`, () => assert.throws(() => run(given), fault('x509.name_constraint_unsupported')));
  }

  for (const base of [
    name.dns('.example.test'),
    name.ip(192, 0, 2, 0, 255, 0, 255, 0),
    name.email('.'),
    name.dns('a_b'),
  ]) {
    it(`refuse the malformed base ${Buffer.from(base).toString('latin1')}`, () => {
      const names = [name.ip(192, 0, 2, 1), name.email('a@example.test')];
      assert.throws(
        () => run({ what: '', permitted: [base], names, profile: FORMLESS }),
        fault('x509.name_constraint_unsupported'),
      );
    });
  }

  it('cost more for long names', () => {
    const excluded = Array.from({ length: 200 }, (_, index) => name.dns(`x${index}.example.org`));
    assert.doesNotThrow(() => run({ what: '', excluded, names: [name.dns('a.example.test')], profile: FORMLESS }));
    const long = name.dns(`${'a'.repeat(60_000)}.test`);
    assert.throws(() => run({ what: '', excluded, names: [long], profile: FORMLESS }), fault('x509.budget_exhausted'));
  });

  it('bind certificates two steps down', () => {
    const outer = mintIntermediate(root, {
      name: 'Outer',
      extensions: { [OID.nameConstraints]: ext.nameConstraints([name.dns('example.org')], []) },
    });
    const inner = mintIntermediate(outer, {
      extensions: { [OID.nameConstraints]: ext.nameConstraints([name.dns('example.test')], []) },
    });
    const change = { intermediates: [outer, inner], leaf: mintLeaf(inner) };
    assert.throws(() => validate(change), fault('x509.name_constraint_violated'));
  });

  it('bind intermediates, but not self-issued ones', () => {
    const forbid = { [OID.nameConstraints]: ext.nameConstraints([], [name.directory(commonName('CA'))]) };
    const outer = mintIntermediate(root, { name: 'Outer', extensions: forbid });
    const inner = mintIntermediate(outer, { name: 'CA' });
    assert.throws(
      () => validate({ intermediates: [outer, inner], leaf: mintLeaf(inner) }),
      fault('x509.name_constraint_violated'),
    );
    const named = mintIntermediate(root, { name: 'CA', extensions: forbid });
    const rolled = mintIntermediate(named, { name: 'CA' });
    assert.doesNotThrow(() => validate({ intermediates: [named, rolled], leaf: mintLeaf(rolled) }));
  });

  it('bind a self-issued leaf', () => {
    const constraints = { [OID.nameConstraints]: ext.nameConstraints([name.dns('example.org')], []) };
    const issuer = mintIntermediate(root, { name: 'www.example.test', extensions: constraints });
    assert.throws(
      () => validate({ intermediates: [issuer], leaf: mintLeaf(issuer) }),
      fault('x509.name_constraint_violated'),
    );
  });
});
