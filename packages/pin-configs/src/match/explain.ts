import { matchNsc } from '../android/match-nsc.ts';
import { matchTrustKitAndroid, usesTrustKit } from '../android/trustkit.ts';
import { matchAts } from '../apple/match-ats.ts';
import { matchTrustKitIos } from '../apple/match-trustkit.ts';
import { matchHarmony } from '../harmony/match.ts';
import { matchOkHttp } from '../okhttp/match.ts';
import type { Format } from '../pinned-host.ts';
import type { Document } from '../project.ts';
import type { Connection, Outcome } from './outcome.ts';

/** What one mechanism of an app says about one connection. */
export interface Explained {
  readonly mechanism: Format;
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
  return documents.flatMap((document) => {
    const answers = answersOf(document, connection, defaults);
    return answers.map(([mechanism, outcome]) => ({ mechanism, file: document.file, outcome }));
  });
}

function answersOf(
  document: Document,
  connection: Connection,
  defaults: { readonly targetSdk: number },
): readonly (readonly [Format, Outcome])[] {
  if (document.kind === 'nsc') {
    const { config } = document;
    const trustKit = usesTrustKit(config) ? [matchTrustKitAndroid(config, defaults, connection)] : [];
    return [
      ['nsc', matchNsc(config, defaults, connection)],
      ...trustKit.map((each) => ['trustkit-android', each] as const),
    ];
  }
  if (document.kind === 'plist') {
    const { ats, trustKit } = document;
    return [
      ...(ats === undefined ? [] : [['ats', matchAts(ats, connection)] as const]),
      ...(trustKit === undefined ? [] : [['trustkit-ios', matchTrustKitIos(trustKit, connection)] as const]),
    ];
  }
  if (document.kind === 'harmony') return [['harmony', matchHarmony(document.config, connection)]];
  return patternAnswers(document, connection);
}

/** Formats whose entries are patterns of OkHttp, also where they stand in code or in a list. */
const PATTERNS: readonly Format[] = ['okhttp', 'ktor', 'pin-list'];

function patternAnswers({ pinned }: Document, connection: Connection): readonly (readonly [Format, Outcome])[] {
  return PATTERNS.flatMap((format) => {
    const entries = pinned
      .filter((entry) => entry.format === format)
      .map(({ host, pins }) => ({ pattern: host, pins }));
    return entries.length === 0 ? [] : [[format, matchOkHttp(entries, connection)] as const];
  });
}

const WORST: readonly Outcome['answer'][] = ['crashes', 'refused', 'connects'];

/** The answer for the whole app: the worst of its mechanisms; undefined where there is none. */
export function verdictOf(explained: readonly Explained[]): Outcome['answer'] | undefined {
  return WORST.find((answer) => explained.some(({ outcome }) => outcome.answer === answer));
}
