import type { Appraisal, Store } from '@assay/core';
import { digest } from './load.ts';

/** What a reopened store shows of one round. */
export interface Findings {
  readonly kept: number;
  /** Acknowledged, and not there. */
  readonly lost: readonly string[];
  /** One part of an acceptance without another, in words. */
  readonly halfWritten: readonly string[];
}

const PAGE = 1000;

/** Looks at everything the round has written, through the port that the server uses. */
export async function verifyRound(store: Store, iss: string, acknowledged: readonly string[]): Promise<Findings> {
  const appraisals = await readAll(store, iss);
  const ids = new Set(appraisals.map(({ id }) => id));
  const halfWritten: string[] = [];
  for (const appraisal of appraisals) halfWritten.push(...(await checkRedemption(store, appraisal)));
  const byInstance = Map.groupBy(appraisals, ({ jkt }) => jkt);
  const rekeys = appraisals.filter(({ purpose }) => purpose === 'rekey');
  const superseded = new Set(rekeys.map(({ lineage }) => lineage));
  for (const [jkt, decisions] of byInstance) {
    halfWritten.push(...(await checkInstance(store, iss, jkt, decisions, superseded)));
  }
  return {
    kept: appraisals.length,
    lost: acknowledged.filter((id) => !ids.has(`${iss}/${id}`)),
    halfWritten,
  };
}

async function readAll(store: Store, iss: string): Promise<readonly Appraisal[]> {
  const all: Appraisal[] = [];
  let page = await store.appraisals(iss, { limit: PAGE });
  while (page.length > 0) {
    all.push(...page);
    page = await store.appraisals(iss, { limit: PAGE, before: all.at(-1)?.id ?? '' });
  }
  return all;
}

/** Asking with no re-issue left only tells whether the redemption is there. */
async function checkRedemption(store: Store, { iss, id, requestHash }: Appraisal): Promise<string[]> {
  const redemption = { challengeHash: digest(id), requestHash, expiresAt: 0 };
  const found = await store.repeat(iss, redemption, 0);
  return found === 'challenge_used' ? [] : [`appraisal ${id} has no redemption`];
}

/** The writer's counters go up by one for each assertion, so they count the appraisals that must be there. */
async function checkInstance(
  store: Store,
  iss: string,
  jkt: string,
  decisions: readonly Appraisal[],
  superseded: ReadonlySet<string>,
): Promise<string[]> {
  const instance = await store.instance(iss, jkt);
  if (instance === undefined) return [`appraisals of ${jkt} have no instance`];
  if (decisions.some(({ purpose }) => purpose === 'rekey')) return [];
  const wasRekeyed = superseded.has(instance.lineage);
  const refreshes = decisions.filter(({ purpose }) => purpose === 'refresh').length;
  const found: string[] = [];
  if (!decisions.some(({ purpose }) => purpose === 'enrol')) found.push(`${jkt} has no enrolment`);
  if (instance.counter !== refreshes + (wasRekeyed ? 1 : 0)) found.push(`${jkt} has a counter of ${instance.counter}`);
  if (instance.status !== (wasRekeyed ? 'superseded' : 'active')) found.push(`${jkt} is ${instance.status}`);
  return found;
}
