import type { Case, Profile, Step } from '@assay/mitm';
import { casesWith } from '../own-cases.ts';
import { type Plan, planOf } from '../plan.ts';
import type { PhoneOptions } from './options.ts';

/** What somebody can be asked to do with an app, by the steps of a case. */
export const ASKED: Readonly<Partial<Record<Step, string>>> = {
  request: 'open the app, or pull to refresh, so that it calls',
  websocket: 'open a screen that keeps a WebSocket to',
  'web-view': 'open a screen with a web view on',
};

const OWN_HOST = '{host}';

/** Why a case cannot be shown to an app that only its user moves, or nothing. */
function hindrance({ steps, host }: Case): string | undefined {
  if (host !== OWN_HOST) return 'an app calls its own hosts, and this case is about another';
  if (steps.length !== 1 || steps.some((step) => ASKED[step] === undefined)) {
    return 'it takes steps that nobody can be asked for on a phone';
  }
  return undefined;
}

/**
 * The cases that say something about an app on a phone.
 *
 * @throws RequestError `cli.case_unknown`; ConfigError `mitm.cases_malformed`; UpstreamError `cli.file_unreadable`
 */
export function phonePlan({ hosts, only, except, casesFile }: PhoneOptions, profile: Profile, leafKey: boolean): Plan {
  const here = { movesClocks: false, offersPins: false, cases: casesWith(casesFile) };
  const { applicable, left, ...plan } = planOf({ hosts, only, except, profile, leafKey, ...here });
  const judged = applicable.map((item) => ({ item, because: hindrance(item) }));
  return {
    ...plan,
    applicable: judged.flatMap(({ item, because }) => (because === undefined ? [item] : [])),
    left: [...left, ...judged.flatMap(({ item, because }) => (because === undefined ? [] : [{ case: item, because }]))],
  };
}
