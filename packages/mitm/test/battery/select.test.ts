import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CASES, CONTROL, parseCases } from '../../src/battery/battery.ts';
import { hostsOf, type Selection, selectCases } from '../../src/battery/select.ts';
import { CAPABILITIES, type Capability } from '../../src/case.ts';
import { DEFAULT_PROFILE, type Profile } from '../../src/profile.ts';

const HOSTS = ['api.assay.test'];
const ALL = Object.keys(CAPABILITIES) as Capability[]; // the keys of the table are its type
const client = (...can: readonly Capability[]): Profile => ({ ...DEFAULT_PROFILE, can });
const idsOf = ({ applicable }: Selection): string[] => applicable.map(({ id }) => id);
const whyNot = ({ left }: Selection, id: string): string | undefined =>
  left.find((each) => each.case.id === id)?.because;

describe('cases for a client', () => {
  it('are all or none of the battery, each in one place', () => {
    const { applicable, left } = selectCases(DEFAULT_PROFILE, { hosts: HOSTS });
    const all = [...applicable.map(({ id }) => id), ...left.map((each) => each.case.id)];
    assert.deepEqual(all.toSorted(), CASES.map(({ id }) => id).toSorted());
    for (const { because } of left) assert.match(because, /^[^\p{C}]+$/u);
  });

  it('are every case for one that can do everything, in the order of the battery', () => {
    const found = selectCases(client(...ALL), { hosts: HOSTS });
    assert.deepEqual(
      idsOf(found),
      CASES.map(({ id }) => id),
    );
    assert.deepEqual(found.left, []);
  });

  it('are those that need nothing, for one of which nothing is known', () => {
    assert.deepEqual(idsOf(selectCases(client(), { hosts: HOSTS })), [
      ...['N1', 'N3.b', 'N43', 'N46', 'N63.a', 'N63.b'],
    ]);
  });

  it('are left out with what the client lacks', () => {
    const found = selectCases(client('lab-ca'), { hosts: HOSTS });
    assert.equal(
      whyNot(found, 'N34'),
      `nobody said that the client ${CAPABILITIES['lab-key']}, and ${CAPABILITIES.staples}: if it does, add --can lab-key,staples`,
    );
  });

  it('take the pinned key of the user for one that the client pins', () => {
    const wish = { hosts: HOSTS, only: ['P1'] };
    assert.deepEqual(idsOf(selectCases(client('lab-ca'), wish)), []);
    assert.deepEqual(idsOf(selectCases(client('lab-ca'), { ...wish, leafKey: true })), ['P1']);
  });

  it('do not pin the other keys of the harness then', () => {
    const found = selectCases(DEFAULT_PROFILE, { hosts: HOSTS, leafKey: true, only: ['P8', 'N15'] });
    assert.deepEqual(idsOf(found), ['N15']);
    assert.equal(whyNot(found, 'P8.a'), 'the client pins the given key, and no other of the harness');
  });

  it('are left out for the reason that the profile gives', () => {
    const except = { N8: 'common names are wanted', N36: 'no staples', protocol: 'an old server' };
    const found = selectCases({ ...client(...ALL), except }, { hosts: HOSTS });
    assert.equal(whyNot(found, 'N8'), 'common names are wanted');
    assert.equal(whyNot(found, 'N36.b'), 'no staples');
    assert.equal(whyNot(found, 'N40.a'), 'an old server');
    assert.ok(idsOf(found).includes('N9'));
  });
});

describe('the wish of the user', () => {
  const chosen = (only: readonly string[], except: readonly string[] = []): string[] =>
    idsOf(selectCases(client(...ALL), { hosts: HOSTS, only, except }));

  it('chooses by id, by row and by group, in any case of letters', () => {
    assert.deepEqual(chosen(['n11.b']), ['N11.b']);
    assert.deepEqual(chosen(['N11']), ['N11.a', 'N11.b', 'N11.c', 'N11.d']);
    assert.deepEqual(chosen(['N1']), ['N1']);
    assert.deepEqual(chosen(['Endurance', 'P1']), ['P1', 'N63.a', 'N63.b', 'N63.c', 'N64.a', 'N64.b']);
  });

  it('leaves out what it names, also of what it chose', () => {
    assert.deepEqual(chosen(['N11'], ['N11.a', 'N11.C']), ['N11.b', 'N11.d']);
    assert.deepEqual(chosen(['N11'], ['name']), []);
  });

  it('chooses among the cases of an operator, where they are given', () => {
    const row = {
      ...{ id: 'X1', title: 'Ours', group: 'trust', why: 'Ours.', expect: 'refuse', needs: [], from: 'valid' },
      ...{ masvs: [], mastg: [], maswe: [], clauses: [], change: { tls: { versions: ['tls1.2'] } } },
    };
    const cases = [...CASES, ...parseCases({ cases: [row] })];
    const found = selectCases(client(...ALL), { hosts: HOSTS, cases, only: ['x1'] });
    assert.deepEqual(idsOf(found), ['X1']);
  });
});

describe('cases for a host', () => {
  const all = (host: string): Selection => selectCases(client(...ALL), { hosts: [host] });

  it('of two labels are none about its parents', () => {
    const found = all('assay.test');
    for (const id of ['P6', 'N11.a', 'N11.b', 'N12.a', 'N58.b']) {
      assert.match(whyNot(found, id) ?? '', /^assay\.test has too few labels for \{(grand)?parent\}$/, id);
    }
    // Below the host there are labels enough.
    assert.deepEqual(whyNot(found, 'N13.a'), undefined);
    assert.ok(idsOf(found).includes('N13.b'));
  });

  it('that is an address are none about names around it', () => {
    const found = all('127.0.0.1');
    for (const id of ['P6', 'N9', 'N10', 'N13.a', 'N24.a', 'N24.b', 'N58.a', 'N58.c', 'N58.d']) {
      assert.match(whyNot(found, id) ?? '', /is an address/, id);
    }
    for (const id of ['P1', 'N4', 'N7', 'N8', 'N14', 'N15']) assert.ok(idsOf(found).includes(id), id);
  });

  it('name where a client is sent, and where its second request goes', () => {
    const at = (id: string, host: string) => hostsOf(CASES.find((one) => one.id === id) ?? assert.fail(id), host);
    assert.deepEqual(at('N4', 'api.assay.test'), { host: 'api.assay.test', secondHost: 'second.api.assay.test' });
    assert.equal(at('N58.b', 'api.assay.test').host, 'sibling.assay.test');
    assert.equal(at('N58.c', 'api.assay.test').host, 'api.assay.test.');
    assert.equal(at('N58.d', 'api.assay.test').host, 'API.ASSAY.TEST');
    assert.deepEqual(at('N14', 'api.assay.test'), { host: '192.0.2.1', secondHost: '192.0.2.1' });
  });
});

describe('a client that demands more of every server', () => {
  it('is shown it by the control and by every case that says nothing else', () => {
    const { control, applicable } = selectCases(client(...ALL), { hosts: HOSTS });
    const good = { by: 'embedded', fault: 'none' };
    assert.deepEqual(control.recipe, { staple: { status: 'good' }, chain: { leaf: { timestamps: good } } });
    const recipeOf = (id: string) => applicable.find((one) => one.id === id)?.recipe;
    assert.deepEqual(recipeOf('N4')?.chain?.leaf, { key: 'other', timestamps: good });
    // In a certificate of version 1 nothing can be embedded.
    assert.deepEqual(recipeOf('N66.a')?.chain?.leaf, { version: 1, timestamps: { ...good, by: 'handshake' } });
    assert.deepEqual(recipeOf('N34')?.staple, { status: 'revoked' });
    assert.deepEqual(recipeOf('N35')?.staple, { status: 'none' });
    assert.equal(recipeOf('N38')?.chain?.leaf?.timestamps?.by, 'none');
    assert.equal(recipeOf('N39.b')?.chain?.leaf?.timestamps?.fault, 'unknown-log');
  });

  it('leaves the battery as it is', () => {
    assert.deepEqual(CONTROL.recipe, {});
    assert.equal(selectCases(DEFAULT_PROFILE, { hosts: HOSTS }).control, CONTROL);
  });
});
