import type { ManifestDefaults } from '../android/effective.ts';
import { matchNsc } from '../android/match-nsc.ts';
import { matchTrustKitAndroid, usesTrustKit } from '../android/trustkit.ts';
import { matchAts } from '../apple/match-ats.ts';
import { matchTrustKitIos } from '../apple/match-trustkit.ts';
import type { TrustKitConfig } from '../apple/trustkit.ts';
import { matchHarmony } from '../harmony/match.ts';
import { matchOkHttp } from '../okhttp/match.ts';
import type { Format } from '../pinned-host.ts';
import type { Document } from '../project.ts';
import { matchReactNativeAndroid, matchReactNativeIos } from '../react-native/match.ts';
import type { Connection, Outcome } from './outcome.ts';

/** What one mechanism of an app says about one connection. */
export interface Explained {
  readonly mechanism: Format;
  /** Where one configuration means two things: on which platform it has this outcome. */
  readonly platform?: 'android' | 'ios';
  readonly file: string;
  readonly outcome: Outcome;
}

/** What a configuration leaves to its surroundings. */
export interface Surroundings {
  /** `targetSdkVersion` of the app, where no manifest says it. */
  readonly targetSdk: number;
}

/**
 * Would an app with these documents connect, and why? Every mechanism is asked by its own platform's rules. An app with
 * several connects only where each of them lets it: see {@link verdictOf}.
 */
export function explain(
  documents: readonly Document[],
  connection: Connection,
  surroundings: Surroundings,
): readonly Explained[] {
  const manifest = documents.find((document) => document.kind === 'manifest')?.manifest;
  const defaults = { targetSdk: manifest?.targetSdk ?? surroundings.targetSdk };
  const resources = new Map(documents.flatMap((document) => debugResourceOf(document, documents)));
  const ofOthers = new Set<Document>(resources.values());
  return documents
    .filter((document) => !ofOthers.has(document))
    .flatMap((document) => {
      const debugResource = resources.get(document)?.config;
      const own = debugResource === undefined ? defaults : { ...defaults, debugResource };
      return answersOf(document, connection, own).map((answer) => ({ ...answer, file: document.file }));
    });
}

/** `<name>_debug.xml` of the same app: no configuration of its own, but debug-overrides of `<name>.xml` in debuggable builds. */
function debugResourceOf(
  document: Document,
  all: readonly Document[],
): readonly (readonly [Document, Extract<Document, { readonly kind: 'nsc' }>])[] {
  if (document.kind !== 'nsc') return [];
  const name = baseOf(document.file).replace(/(?=\.xml$)/i, '_debug');
  const found = all.find(({ kind, file, app }) => kind === 'nsc' && app === document.app && baseOf(file) === name);
  return found?.kind === 'nsc' && found !== document ? [[document, found]] : [];
}

const baseOf = (file: string): string => file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);

type Answer = Omit<Explained, 'file'>;

function answersOf(document: Document, connection: Connection, defaults: ManifestDefaults): readonly Answer[] {
  if (document.kind === 'nsc') {
    const { config } = document;
    const outcome = matchNsc(config, defaults, connection);
    if (!usesTrustKit(config)) return [{ mechanism: 'nsc', outcome }];
    const trustKit = matchTrustKitAndroid(config, defaults, connection);
    return [
      { mechanism: 'nsc', outcome },
      { mechanism: 'trustkit-android', outcome: trustKit },
    ];
  }
  if (document.kind === 'plist') {
    const { ats, trustKit } = document;
    return [
      ...(ats === undefined ? [] : [{ mechanism: 'ats', outcome: matchAts(ats, connection) } as const]),
      ...(trustKit === undefined ? [] : [trustKitAnswer(trustKit, connection)]),
    ];
  }
  if (document.kind === 'harmony')
    return [{ mechanism: 'harmony', outcome: matchHarmony(document.config, connection) }];
  const trustKit = document.kind === 'code' && document.trustKit !== undefined ? [document.trustKit] : [];
  return [
    ...trustKit.map((config) => trustKitAnswer(config, connection)),
    ...patternAnswers(document, connection),
    ...reactNativeAnswers(document, connection),
  ];
}

const trustKitAnswer = (config: TrustKitConfig, connection: Connection): Answer => ({
  mechanism: 'trustkit-ios',
  outcome: matchTrustKitIos(config, connection),
});

/** Formats whose entries are patterns of OkHttp, also where they stand in code or in a list. */
const PATTERNS: readonly Format[] = ['okhttp', 'ktor', 'pin-list'];

function patternAnswers({ pinned }: Document, connection: Connection): readonly Answer[] {
  return PATTERNS.flatMap((mechanism) => {
    const entries = pinned
      .filter((entry) => entry.format === mechanism)
      .map(({ host, pins }) => ({ pattern: host, pins }));
    return entries.length === 0 ? [] : [{ mechanism, outcome: matchOkHttp(entries, connection) }];
  });
}

function reactNativeAnswers({ file, pinned }: Document, connection: Connection): readonly Answer[] {
  const hosts = pinned.filter(({ format }) => format === 'react-native');
  if (hosts.length === 0) return [];
  const mechanism = 'react-native';
  return [
    { mechanism, platform: 'android', outcome: matchReactNativeAndroid(hosts, connection) },
    { mechanism, platform: 'ios', outcome: matchReactNativeIos(file, hosts, connection) },
  ];
}

const WORST: readonly Outcome['answer'][] = ['crashes', 'refused', 'connects'];

/** The answer for the whole app: the worst of its mechanisms; undefined where there is none. */
export function verdictOf(explained: readonly Explained[]): Outcome['answer'] | undefined {
  return WORST.find((answer) => explained.some(({ outcome }) => outcome.answer === answer));
}
