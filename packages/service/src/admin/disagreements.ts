import { type Appraisal, isPassing, type ShadowVerdict, type Verdict } from '@assay/core';
import type { Service } from '../context.ts';
import type { Issuer } from '../issuers.ts';
import { firstIdAt } from './ids.ts';

/** What one shadow policy would have decided otherwise. */
export interface Disagreement {
  /** `name@version` of the shadow. */
  readonly policy: string;
  readonly appraisals: number;
  readonly agreed: number;
  /** Let through by the policy in force, refused by the shadow; and the other way round. */
  readonly wouldRefuse: number;
  readonly wouldAdmit: number;
  /** Alike in that, with another assurance or tier. */
  readonly otherwise: number;
  /** Reasons of the shadow where it would refuse, most frequent first. */
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
  /** Support codes of some that differ. */
  readonly samples: readonly string[];
}

export interface Disagreements {
  readonly from: number;
  readonly to: number;
  /** Appraisals that were looked at; `complete` is false when there were more than one answer looks at. */
  readonly appraisals: number;
  readonly complete: boolean;
  readonly shadows: readonly Disagreement[];
}

interface Wish {
  readonly app?: string | undefined;
  readonly from: number;
  readonly to: number;
}

const PAGE = 500;
const MAX_LOOKED_AT = 50_000;
const MAX_SAMPLES = 5;
const MAX_REASONS = 5;

/** Where the policies that are only watched differ from those in force, newest appraisals first. */
export async function disagreementsOf(service: Service, issuer: Issuer, wish: Wish): Promise<Disagreements> {
  const counts = new Map<string, Count>();
  let [appraisals, complete] = [0, true];
  for await (const appraisal of newestFirst(service, issuer, wish)) {
    if (appraisals === MAX_LOOKED_AT) {
      complete = false;
      break;
    }
    appraisals += 1;
    if (wish.app === undefined || wish.app === appraisal.app) countShadows(counts, appraisal);
  }
  const { from, to } = wish;
  return {
    from,
    to,
    appraisals,
    complete,
    shadows: [...counts].map(([policy, count]) => toDisagreement(policy, count)),
  };
}

async function* newestFirst({ store }: Service, { iss }: Issuer, { from, to }: Wish): AsyncGenerator<Appraisal> {
  for (let before = firstIdAt(to); ; ) {
    const page = await store.appraisals(iss, { before, limit: PAGE });
    for (const appraisal of page) {
      if (appraisal.at < from) return;
      yield appraisal;
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    before = last.id;
  }
}

type Kind = 'agreed' | 'wouldRefuse' | 'wouldAdmit' | 'otherwise';

interface Count extends Record<Kind, number> {
  readonly reasons: Map<string, number>;
  readonly samples: string[];
}

function newCount(): Count {
  return { agreed: 0, wouldRefuse: 0, wouldAdmit: 0, otherwise: 0, reasons: new Map(), samples: [] };
}

function countShadows(counts: Map<string, Count>, { verdict, record, support }: Appraisal): void {
  for (const shadow of record.shadows ?? []) {
    const count = counts.get(shadow.policy) ?? newCount();
    counts.set(shadow.policy, count);
    const kind = kindOf(verdict, shadow);
    count[kind] += 1;
    if (kind !== 'agreed' && count.samples.length < MAX_SAMPLES) count.samples.push(support);
    if (kind === 'wouldRefuse') {
      for (const reason of shadow.reasons) count.reasons.set(reason, (count.reasons.get(reason) ?? 0) + 1);
    }
  }
}

/** By the rules alone: an admission that a roll-out or a pass gives says nothing about a policy. */
function kindOf(verdict: Verdict, shadow: ShadowVerdict): Kind {
  const [inForce, watched] = [isPassing(verdict), isPassing(shadow)];
  if (inForce !== watched) return watched ? 'wouldAdmit' : 'wouldRefuse';
  return verdict.tier === shadow.tier && verdict.assurance === shadow.assurance ? 'agreed' : 'otherwise';
}

function toDisagreement(policy: string, { reasons, samples, ...kinds }: Count): Disagreement {
  const { agreed, wouldRefuse, wouldAdmit, otherwise } = kinds;
  const frequent = [...reasons].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
  const appraisals = agreed + wouldRefuse + wouldAdmit + otherwise;
  return { policy, appraisals, ...kinds, reasons: frequent.slice(0, MAX_REASONS), samples };
}
