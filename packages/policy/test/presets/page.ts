import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { claimed, type Facts, isPassing, noFacts, type Platform, proven, type Verdict } from '@assay/core';
import { evaluatePolicy } from '../../src/evaluate.ts';
import { EXAMPLE_DEVICES, EXAMPLE_TIME } from '../../src/examples/devices.ts';
import { withFact } from '../../src/examples/facts.ts';
import { FACT_PATHS, FACTS, type FactPath } from '../../src/facts.ts';
import type { Policy, Rule } from '../../src/policy.ts';
import { GRAPHENEOS_DATE, GRAPHENEOS_SOURCE } from '../../src/presets/grapheneos.ts';
import { PRESETS, type Preset } from '../../src/presets/presets.ts';
import type { FactFormat } from '../../src/sources.ts';

/** The page of presets, made out of their rules and of what each kind of evidence can tell. */
export const POLICIES_PAGE: string = join(import.meta.dirname, '../../../../docs/policies.md');

interface Kind {
  readonly title: string;
  readonly platform: Platform;
  readonly evidence: readonly FactFormat[];
  /** A good device of this kind. */
  readonly device: string;
}

const KINDS: readonly Kind[] = [
  { title: 'Android', platform: 'android', evidence: ['android-key'], device: 'android-strongbox' },
  {
    title: 'Android with Play',
    platform: 'android',
    evidence: ['android-key', 'play-integrity'],
    device: 'android-play',
  },
  { title: 'Play alone', platform: 'android', evidence: ['play-integrity'], device: 'play-only' },
  { title: 'Huawei', platform: 'android', evidence: ['huawei-sysintegrity'], device: 'huawei' },
  { title: 'HarmonyOS', platform: 'harmonyos', evidence: ['harmony-sysintegrity'], device: 'harmony' },
  { title: 'iOS', platform: 'ios', evidence: ['apple-app-attest'], device: 'iphone-ios27' },
  { title: 'Web', platform: 'web', evidence: ['web'], device: 'web' },
];

/** Whether evidence of this kind, or the server, can say a thing at all, and how well. */
function knownOf({ evidence }: Kind, path: FactPath): 'proven' | 'claimed' | undefined {
  const { sources } = FACTS[path];
  const known = [...evidence, 'server' as const].map((format) => sources[format]);
  return known.includes('proven') ? 'proven' : known.find((each) => each !== undefined);
}

/** A device of which the platform and its evidence are known, and all else is open that this evidence could tell. */
function outlineOf(kind: Kind): Facts {
  const outline: Facts = { ...noFacts(), evidence: kind.evidence, platform: proven(kind.platform, 'page') };
  const open = FACT_PATHS.filter(
    (path) => path !== 'platform' && path !== 'evidence' && knownOf(kind, path) !== undefined,
  );
  return open.reduce((facts, path) => withFact(facts, path, claimed('', 'page')), outline);
}

const verdictOf = (policy: Policy, facts: Facts): Verdict => evaluatePolicy(policy, facts, { at: EXAMPLE_TIME });
const isFixed = (path: FactPath): boolean => path === 'platform' || path === 'evidence';

/** Rules that ask for the kind of evidence alone are decided by the outline. */
function isRefused(policy: Policy, kind: Kind): boolean {
  const { trace } = verdictOf(policy, outlineOf(kind));
  return policy.rules.some(
    ({ require, otherwise }, index) =>
      require.facts.every(isFixed) &&
      require.settings.length === 0 &&
      otherwise.tier !== 'warning' &&
      trace[index]?.outcome === 'failed',
  );
}

function cellOf(policy: Policy, kind: Kind, rule: Rule): string {
  const { trace } = verdictOf(policy, outlineOf(kind));
  const outcome = trace.find((each) => each.rule === rule.id)?.outcome;
  const isTold = rule.require.facts.every((path) => isFixed(path) || knownOf(kind, path) !== undefined);
  if (outcome === 'not_applicable' || (outcome === 'held' && !isTold)) return '–';
  if (!isTold) return 'unavailable';
  return rule.known === 'claimed' ? 'claimed' : 'proven';
}

const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

function goodOne(policy: Policy, { device }: Kind): string {
  const facts = EXAMPLE_DEVICES[device];
  if (facts === undefined) throw new Error(`no example device ${device}`);
  const { tier, assurance } = verdictOf(policy, facts);
  return tier === 'affirming' || tier === 'warning' ? `${tier}, ${assurance}` : tier;
}

/** Only App Check proves an app and no platform. */
function migrates(policy: Policy): boolean {
  const facts = EXAMPLE_DEVICES['app-check'];
  return facts !== undefined && isPassing(verdictOf(policy, facts));
}

function section({ name, title, audience, policy }: Preset): string[] {
  const served = KINDS.filter((kind) => !isRefused(policy, kind));
  const refused = KINDS.filter((kind) => isRefused(policy, kind)).map((kind) => kind.title);
  const { outage } = policy;
  return [
    `## ${title}`,
    '',
    `\`${name}\`. ${audience} ${policy.description}`,
    '',
    `- Not served: ${[...refused, 'development evidence', 'whatever proves no platform'].join(', ')}.`,
    ...(migrates(policy) ? ['- A Firebase App Check token alone is served, while you migrate: warning, low.'] : []),
    `- While a vendor cannot be asked: ${outage.vendor}; while the list of revoked keys cannot: ${outage.revocation}; a degraded token says \`${outage.assurance}\` at most.`,
    '',
    row(['rule', 'otherwise', ...served.map((kind) => kind.title)]),
    `|${['', '', ...served].map(() => '---').join('|')}|`,
    ...policy.rules.map((rule) =>
      row([`\`${rule.id}\``, rule.otherwise.tier, ...served.map((kind) => cellOf(policy, kind, rule))]),
    ),
    row(['**a good device gets**', '', ...served.map((kind) => goodOne(policy, kind))]),
    '',
  ];
}

const INTRO = `# Policies and presets

The tables of this page are made out of the presets by \`node --conditions=@assay/source packages/policy/test/presets/page.ts\`,
and a test compares the two.

A *policy* is one YAML file: rules over facts, each with a reason to give when it fails; what reaches which assurance; examples
that are its tests. A *preset* is a policy that comes with Assay. Use it by its name, or copy its text and change it:

\`\`\`
assay policy presets
assay policy presets banking > bank.yaml
assay policy test bank.yaml
\`\`\`

An app that names no policy is judged by \`strict\`. Start with \`permissive\` or with the roll-out stage \`monitor\`, look at what
a stricter one would refuse (\`assay policy simulate\`), then tighten. The presets stand in an order that tests keep: whatever \`identity-provider\` lets in,
\`banking\` does, and \`standard\`, and \`permissive\`; \`standard\` lets in whatever \`strict\` and \`no-google\` do.

## How to read the tables

One column is one kind of evidence: Android with Key Attestation, the same with a Play Integrity token, Play alone, Huawei's
service alone, and so on. A cell says how the rule's facts are known there, at best:

- **proven**: by hardware or by a vendor's signature that was verified, or by this server's own records;
- **claimed**: a claim is enough for this rule: the word of the app, or of a system that nobody vouches for. It can refuse and
  mark, and it never lifts a verdict;
- **unavailable**: this kind of evidence cannot say it, so the rule fails there, with the tier beside it;
- **–**: the rule does not apply, or asks only where there is something to ask.

## What they share

- **No closed service is needed.** Play Integrity, signal providers, receipts and marks are used where they are there. Only a
  phone without hardware attestation and without Huawei's service stands on Google's word.
- **Grace after a release.** Play takes hours to know a build. Rules on \`app.recognition\` let an unknown one pass until
  \`app.releasedHours\` after the release that you registered.
- **Other systems.** A phone whose owner installed GrapheneOS and locked it again boots \`self_signed\`, with the boot key of that
  system. The presets list the keys of [GrapheneOS](${GRAPHENEOS_SOURCE}), state of ${GRAPHENEOS_DATE}; take over the signed list
  \`https://grapheneos.org/attestation.json\` when it changes, and add the systems that you trust. Such a system names the app by
  its own word: the list says that you believe it.
- **Hints** ([signals.md](signals.md)) are weighed, and mark or refuse only by their sum, except where a preset says so.
- **Silence.** Providers that reported before and have gone silent are an annotation (\`standard\`, \`e-commerce\`) or a warning.
- **Advisories** in force that name the build, the SDK or the system warn, or refuse where much is at stake.
- **Bans.** Three presets ban an install by what it reported or was marked for, so that leaving the report out does not help.
- **Vendors can be away.** \`outage\` says what happens then; the token carries it as a claim, and a route can refuse it.

## What a change would have done

\`assay policy simulate\` judges stored appraisals by two policies and compares: who is newly refused and newly admitted, by
rule, app version, model and platform; every pair of tiers and assurances; samples with what was expected and found. For every
rule it tells how many it refuses, and how many it refuses *alone*: those would be let in if that rule were gone and nothing
else changed. Appraisals are counted; the different installs that they are of are counted up to some thousands in each group and
estimated beyond (marked \`estimated\`, standard error 1 % for totals, 2 % for rules, 4 % for other groups). Of versions and models
the first 200 have a line of their own. Orders, bans and roll-out stages are left out on both sides: it is about the rules.
`;

export function renderPolicies(): string {
  return [INTRO, ...PRESETS.flatMap(section)].join('\n');
}

if (process.argv[1] === import.meta.filename) writeFileSync(POLICIES_PAGE, renderPolicies());
