import type { Format } from '../../pinned-host.ts';
import { type Mechanism, STACKS, type StackRow } from '../../stack/table.ts';
import type { Report, Rule } from '../rule.ts';
import { type App, appsOf, pinnedBy, stacksOf } from './support/apps.ts';
import { ats, atsDomain, harmonyPins, KEY_1, KEY_2, nscPins, pinnedDomains } from './support/examples.ts';
import { code } from './support/fact-rule.ts';

type Platform = StackRow['platforms'][number];

/** The mechanisms by which each format's pins are enforced, and where. */
const MECHANISMS: Partial<Record<Format, { readonly mechanism: Mechanism; readonly platform: Platform }>> = {
  nsc: { mechanism: 'nsc', platform: 'android' },
  'trustkit-android': { mechanism: 'nsc', platform: 'android' },
  okhttp: { mechanism: 'okhttp', platform: 'android' },
  ats: { mechanism: 'ats', platform: 'ios' },
  'trustkit-ios': { mechanism: 'trustkit-ios', platform: 'ios' },
  harmony: { mechanism: 'harmony', platform: 'harmony' },
};

/** Stacks of which it was measured, or said by their own makers, that the pins are not asked; the others may pin by themselves. */
const CERTAIN: ReadonlySet<string> = new Set(['flutter-dart-io', 'harmony-rcp']);
/** With one of these, an app's own code decides what Dart trusts. */
const DART_PINNING = ['dart-security-context', 'http-certificate-pinning', 'approov-pinning'];

const FLUTTER = code('pubspec.yaml', 'name: app', 'dependencies:', '  flutter:', '    sdk: flutter');
const ANDROID = nscPins([KEY_1, KEY_2]);
const RCP = code(
  'entry/src/main/ets/Net.ets',
  "import { rcp } from '@kit.RemoteCommunicationKit';",
  'rcp.createSession();',
);

/** C003: a network stack that the pins do not reach. */
export const rule: Rule = {
  id: 'C003',
  name: 'stack-not-covered',
  severity: 'error',
  summary: 'The app carries a network stack that its pins do not reach.',
  why: 'Pins in a configuration are enforced by the stack that reads it. dart:io, Cronet, gRPC and the Remote Communication Kit validate by themselves and never ask the platform.',
  attacker: 'intercepts the traffic of that stack as if there were no pins',
  lockout: 'nobody',
  fix: 'Pin inside of that stack too, or move its traffic to one that the pins reach.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    [...ANDROID, ...FLUTTER],
    [...harmonyPins([KEY_1, KEY_2]), ...RCP],
    [...ANDROID, ...code('app/build.gradle.kts', 'implementation("org.chromium.net:cronet-embedded:119.6045.31")')],
  ],
  passes: [
    ANDROID,
    FLUTTER,
    [...ats(pinnedDomains(atsDomain('example.com', { ca: [KEY_1, KEY_2] }))), ...FLUTTER],
    [...ANDROID, ...FLUTTER, ...code('lib/net.dart', 'final context = SecurityContext(withTrustedRoots: false);')],
    [...ANDROID, ...code('app/build.gradle.kts', 'implementation("com.squareup.okhttp3:okhttp:4.12.0")')],
  ],
  *check(project) {
    for (const app of appsOf(project)) yield* uncovered(app);
  },
};

function* uncovered(app: App): Iterable<Report> {
  const used = pinnedBy(app).flatMap(({ host }) => MECHANISMS[host.format] ?? []);
  const stacks = stacksOf(app);
  for (const { stack, evidence, place } of stacks.values()) {
    const row = STACKS[stack];
    if (stack === 'flutter-dart-io' && DART_PINNING.some((each) => stacks.has(each))) continue;
    const missed = row?.platforms.find((platform) =>
      isMissed(
        row,
        used.filter((each) => each.platform === platform),
      ),
    );
    if (row === undefined || missed === undefined) continue;
    const message = `expected pins that reach ${row.title}, found ${evidence} and, on ${missed}, only pins that it does not read`;
    yield { message, place, ...(CERTAIN.has(stack) ? {} : { severity: 'warning' }) };
  }
}

const isMissed = (row: StackRow, used: readonly { readonly mechanism: Mechanism }[]): boolean =>
  used.length > 0 && !used.some(({ mechanism }) => row.reachedBy.includes(mechanism));
