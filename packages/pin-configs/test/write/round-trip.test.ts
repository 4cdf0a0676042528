import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { matchNsc } from '../../src/android/match-nsc.ts';
import { matchAts } from '../../src/apple/match-ats.ts';
import { matchTrustKitIos } from '../../src/apple/match-trustkit.ts';
import { matchHarmony } from '../../src/harmony/match.ts';
import { lint } from '../../src/lint/lint.ts';
import { RULES } from '../../src/lint/rules/index.ts';
import { dayOf } from '../../src/match/day.ts';
import type { Connection, Outcome } from '../../src/match/outcome.ts';
import { matchOkHttp } from '../../src/okhttp/match.ts';
import type { PinPolicy, PolicyHost } from '../../src/policy/model.ts';
import { readPolicy } from '../../src/policy/read.ts';
import type { Document } from '../../src/project.ts';
import { readDocuments } from '../../src/read/read-documents.ts';
import { isEnforced, mostSpecific } from '../../src/write/fit.ts';
import type { Target, Written } from '../../src/write/target.ts';
import { TARGETS } from '../../src/write/targets/index.ts';
import { okHttp } from '../../src/write/targets/okhttp.ts';
import { TargetRefused, writeTarget } from '../../src/write/write.ts';
import { pinOf, policyText } from '../support/policies.ts';

const NOW = Date.UTC(2026, 10, 21);
const LATER = Date.UTC(2029, 0, 1);
const NAMES = ['example.com', 'api.example.com', 'eu.api.example.com', 'a.eu.api.example.com', 'example.org'];
/** Names that are asked for besides those with an entry. */
const ASKED = [...NAMES, 'www.example.com', 'w.w.example.com', 'b.api.example.com', 'x.example.org', 'elsewhere.net'];
const LEAVES = ['leaf 1', 'leaf 2', 'leaf 3'];
const CAS = ['ca 1', 'ca 2', 'ca 3'];

const hostArbitrary = (host: string): fc.Arbitrary<PolicyHost> =>
  fc
    .record({
      kind: fc.constantFrom('leaf', 'ca', 'ca'),
      chosen: fc.subarray([0, 1, 2], { minLength: 2 }),
      subdomains: fc.constantFrom('none', 'one', 'all'),
      listed: fc.boolean(),
      isPrivate: fc.nat(4).map((number) => number === 0),
      mode: fc.constantFrom('enforce', 'enforce', 'report'),
      expires: fc.constantFrom(undefined, '2027-06-01'),
    })
    .map(({ kind, chosen, subdomains, listed, isPrivate, mode, expires }) => {
      const covered = ASKED.filter((name) => mostSpecific(name, [{ host, subdomains }]) !== undefined && name !== host);
      return {
        ...{ host, subdomains, mode, reportTo: [], certificateTransparency: 'platform-default' },
        covers: listed ? covered : [],
        ...(expires === undefined ? {} : { expires }),
        trust: isPrivate ? { store: 'private', certificates: ['company_root'] } : { store: 'system' },
        pins: chosen.map((index, at) => ({
          spki: pinOf((kind === 'leaf' ? LEAVES : CAS)[index] ?? ''),
          role: at === 0 ? (kind === 'leaf' ? 'leaf' : 'root') : 'backup',
          position: kind === 'leaf' ? 'leaf' : 'ca',
          certificates: [pinOf(`certificate ${index}`)],
        })),
      } satisfies PolicyHost;
    });

const policyArbitrary: fc.Arbitrary<PinPolicy> = fc
  .subarray(NAMES, { minLength: 1 })
  .chain((names) => fc.tuple(...names.map(hostArbitrary)))
  .map((hosts) => ({ version: 1, hosts, debugAuthorities: [] }));

/** What the linter says of a file because the policy says it: nothing that another way of writing could mend. */
const INHERENT: readonly { readonly rule: string; readonly isOf: (host: PolicyHost) => boolean }[] = [
  { rule: 'E003', isOf: ({ expires }) => expires === undefined },
  { rule: 'P016', isOf: ({ pins }) => pins.every(({ position }) => position === 'leaf') },
  { rule: 'T001', isOf: ({ mode }) => mode === 'report' },
  // Android cannot report: an entry of mode report beneath an enforced one stands there without pins.
  { rule: 'N009', isOf: ({ mode }) => mode === 'report' },
];

function writtenBy(target: Target, policy: PinPolicy, debug = true): Written | undefined {
  try {
    return writeTarget(target, policy, { debug, acceptCertificatePins: true });
  } catch (error) {
    if (error instanceof TargetRefused) return undefined;
    throw error;
  }
}

const documentsOf = ({ files }: Written): readonly Document[] =>
  files.flatMap(({ path, text }) => readDocuments(path, Buffer.from(text)));

/** How each kind of document answers; the platforms' own semantics. */
function answers(document: Document, connection: Connection): readonly Outcome[] {
  if (document.kind === 'nsc') return [matchNsc(document.config, { targetSdk: 36 }, connection)];
  if (document.kind === 'harmony') return [matchHarmony(document.config, connection)];
  if (document.kind === 'plist') {
    const { ats, trustKit } = document;
    return [
      ...(ats === undefined ? [] : [matchAts(ats, connection)]),
      ...(trustKit === undefined ? [] : [matchTrustKitIos(trustKit, connection)]),
    ];
  }
  const { kind, pinned } = document;
  if (kind !== 'code' || pinned.length === 0) return [];
  return [
    matchOkHttp(
      pinned.map(({ host, pins }) => ({ pattern: host, pins })),
      connection,
    ),
  ];
}

/** What the policy says: the most specific entry alone, one pin in the path, open after its end. */
function expected(policy: PinPolicy, { host, at, path }: Connection): Outcome['answer'] {
  const entry = mostSpecific(host, policy.hosts);
  if (entry === undefined || !isEnforced(entry)) return 'connects';
  if (entry.expires !== undefined && at >= (dayOf(entry.expires) ?? Number.NaN)) return 'connects';
  return entry.pins.some(({ spki }) => path.includes(spki)) ? 'connects' : 'refused';
}

/** Where the target said that it says something else. */
function isExempt({ can }: Target, { warnings }: Written, policy: PinPolicy, { host, at }: Connection): boolean {
  const entry = mostSpecific(host, policy.hosts);
  if (entry === undefined) return false;
  const isListed = entry.host === host || entry.covers.includes(host);
  const isExpanded = warnings.some(
    (warning) => warning.host === entry.host && warning.message.includes('under covers'),
  );
  const hasEnded = entry.expires !== undefined && at === LATER;
  // Code leaves pins out that ended when it runs, which no reader of the text can see; tools/kotlin runs it.
  const isCode = can === okHttp.can;
  return (isExpanded && !isListed) || (hasEnded && (isCode || !can.expires));
}

const GRID: readonly Connection[] = ASKED.flatMap((host) =>
  [NOW, LATER].flatMap((at) =>
    LEAVES.flatMap((leaf) =>
      CAS.map((ca) => ({
        ...({ host, at, zoneMinutes: 0, build: 'release', anchor: 'system' } as const),
        path: [pinOf(leaf), pinOf(ca)],
      })),
    ),
  ),
);

describe('every target', () => {
  it('says what the policy says, by the semantics of its platform, or refuses', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(policyArbitrary, (policy) => {
        for (const target of TARGETS) {
          const written = writtenBy(target, policy);
          if (written === undefined) continue;
          const documents = documentsOf(written);
          for (const asked of GRID) {
            const { trust } = mostSpecific(asked.host, policy.hosts) ?? { trust: { store: 'system' } };
            const connection = { ...asked, anchor: trust.store === 'private' ? ('app' as const) : ('system' as const) };
            if (isExempt(target, written, policy, connection)) continue;
            const wanted = expected(policy, connection);
            for (const { answer, trace } of documents.flatMap((document) => answers(document, connection))) {
              seen.set(target.id, (seen.get(target.id) ?? 0) + 1);
              assert.equal(answer, wanted, `${target.id} ${connection.host} ${JSON.stringify(trace)}`);
            }
          }
        }
      }),
      { seed: 11, numRuns: 60 },
    );
    const matched = [
      'android-nsc',
      'trustkit-android',
      'okhttp-kotlin',
      'ktor-kotlin',
      'ats',
      'trustkit-ios-plist',
      'harmony',
    ];
    for (const id of [...matched, 'cordova-capacitor', 'nativescript']) assert.ok((seen.get(id) ?? 0) > 500, id);
  });

  it('is read back to the same pins for the same hosts', () => {
    fc.assert(
      fc.property(policyArbitrary, (policy) => {
        const known = new Map(policy.hosts.map((host) => [host.host, host.pins.map(({ spki }) => spki).sort()]));
        for (const target of TARGETS) {
          const written = writtenBy(target, policy);
          for (const { host, pins } of written === undefined
            ? []
            : documentsOf(written).flatMap(({ pinned }) => pinned)) {
            const name = host.text.replace(/^\*\*?\./, '');
            const owner = mostSpecific(name, policy.hosts);
            const bare = pins.map(({ text }) => text.replace('sha256/', '')).sort();
            assert.deepEqual(bare, known.get(owner?.host ?? ''), `${target.id} ${name}`);
          }
        }
      }),
      { seed: 12, numRuns: 60 },
    );
  });

  it('leaves the linter nothing to warn of but what the policy itself says, in release and debug builds', () => {
    fc.assert(
      fc.property(policyArbitrary, fc.boolean(), (policy, debug) => {
        const inherent = INHERENT.filter(({ isOf }) => policy.hosts.some(isOf)).map(({ rule }) => rule);
        for (const target of TARGETS) {
          const written = writtenBy(target, debug ? { ...policy, debugAuthorities: ['debug_proxy'] } : policy, debug);
          if (written === undefined) continue;
          const project = { documents: documentsOf(written), now: NOW, expiryLeadDays: 90 };
          const { findings } = lint(project, { rules: RULES, minimum: 'warning' });
          assert.deepEqual(
            findings
              .filter(({ rule }) => !inherent.includes(rule))
              .map(({ rule, message, place }) => `${target.id} ${rule} ${place.file}:${place.line} ${message}`),
            [],
          );
        }
      }),
      { seed: 13, numRuns: 40 },
    );
  });
});

describe('a policy', () => {
  it('that is written down is read to itself', () => {
    fc.assert(
      fc.property(policyArbitrary, (policy) => {
        assert.deepEqual(readPolicy('assay.pins.json', policyText(policy), { now: NOW }), policy);
        assert.deepEqual(readPolicy('assay.pins.yaml', policyText(policy), { now: NOW }), policy);
      }),
      { seed: 14, numRuns: 60 },
    );
  });
});
