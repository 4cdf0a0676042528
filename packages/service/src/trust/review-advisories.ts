import { type Appraisal, type AppraisedFacts, knownValue } from '@assay/core';
import { FormatError, parseStrictJson } from '@assay/formats';
import { integer, object, oneOf, type Reader, ShapeError, word } from '@assay/formats/shape';
import type { Service } from '../context.ts';
import type { Advisories } from './advisories.ts';
import { matchingAdvisories } from './advisory-matching.ts';
import { announce, type Judge, reviewAdvised } from './review.ts';

const DAY_MS = 86_400_000;
/** Appraisals that are older have no token in use; whoever comes back is judged by the advisories of that day. */
const SPAN_MS = 30 * DAY_MS;
const PAGE = 200;

/** How far an issuer's appraisals were gone through for one version of the advisories. Kept in the store: a restart goes on. */
interface Progress {
  readonly digest: string;
  readonly from: number;
  readonly to: number;
  /** Id of the last appraisal that was looked at, or empty. */
  readonly after: string;
  readonly state: 'under_way' | 'done';
}

const PLACE = 'advisory-review';

const readProgress: Reader<Progress> = object({
  digest: word(64),
  ...{ from: integer(0), to: integer(0) },
  after: (value, path) => (value === '' ? '' : word(128)(value, path)),
  state: oneOf(['under_way', 'done']),
});

/**
 * Judges again what newly meets the advisories in force: one page of an issuer's appraisals, oldest first, the newest of each
 * active instance alone. Meant to be called again until it says that nothing is left.
 *
 * @returns whether something is left
 * @throws UpstreamError when the store is away; a later call goes on where the last one ended
 */
export async function reviewAdvisories(service: Service, iss: string, by?: Judge): Promise<boolean> {
  const advisories = service.trust.advisories();
  if (advisories === undefined) return false;
  const stored = await service.store.registered(iss, 'setting', PLACE);
  const progress = progressOf(stored?.value, advisories, service.clock());
  if (progress.state === 'done') return false;
  const { from, to, after } = progress;
  const page = await service.store.appraisedFacts(iss, { from, to, limit: PAGE, ...(after === '' ? {} : { after }) });
  for (const row of page) await reviewRow(service, iss, row, advisories, by);
  const next: Progress = {
    ...progress,
    after: page.at(-1)?.id ?? after,
    state: page.length < PAGE ? 'done' : 'under_way',
  };
  // Another replica that was faster has gone through the same page: then nothing is written, and the next call reads on from there.
  await service.store.register(iss, 'setting', PLACE, JSON.stringify(next), stored?.version ?? 0, service.clock());
  return next.state === 'under_way';
}

function progressOf(json: string | undefined, { digest }: Advisories, now: number): Progress {
  const stored = json === undefined ? undefined : readStored(json);
  if (stored?.digest === digest) return stored;
  return { digest, from: Math.max(now - SPAN_MS, 0), to: now, after: '', state: 'under_way' };
}

/** What cannot be read is of another release: the review begins anew, and rows that are there are not written twice. */
function readStored(json: string): Progress | undefined {
  try {
    return readProgress(parseStrictJson(json), '$');
  } catch (error) {
    if (error instanceof ShapeError || error instanceof FormatError) return undefined;
    throw error;
  }
}

async function reviewRow(
  service: Service,
  iss: string,
  { id, facts }: AppraisedFacts,
  advisories: Advisories,
  by: Judge | undefined,
): Promise<void> {
  // Most rows meet none, whatever the SDK was: these cost no further read.
  if (matchingAdvisories(advisories.advisories, facts, undefined).length === 0) return;
  const appraisal = await service.store.appraisal(iss, id);
  if (appraisal === undefined) return;
  const met = advisories.matching(facts, appraisal.record.sdk);
  const known = new Set(knownValue(facts.history.advisories));
  if (met.every((each) => known.has(each)) || !(await isInForce(service, appraisal))) return;
  const review = await reviewAdvised(service, appraisal, met, advisories.digest.slice(0, 16), by);
  if (review !== undefined && (await service.store.addReappraisal(review.row))) announce(service, review);
}

/** Whether the instance still rests on this appraisal. */
async function isInForce({ store }: Service, { iss, id, jkt }: Appraisal): Promise<boolean> {
  if ((await store.newestAppraisalOf(iss, jkt)) !== id) return false;
  return (await store.instance(iss, jkt))?.status === 'active';
}
