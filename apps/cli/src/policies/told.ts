import type { PolicyDiff } from '@assay/policy';
import { z } from 'zod';
import { moment } from '../duration.ts';
import { plain, type Speech } from '../speech.ts';

/** How a change compares, as the server or the engine tells it. */
export const Diff = z.looseObject({
  changes: z.array(z.looseObject({ path: z.string(), from: z.string().optional(), to: z.string().optional() })),
  loosens: z.enum(['no', 'yes', 'maybe']),
  because: z.array(z.string()),
});

export type Diff = z.output<typeof Diff>;

export const Impact = z.looseObject({
  apps: z.array(z.string()),
  perDay: z.number(),
  simulated: z.number(),
  complete: z.boolean(),
  newlyRefused: z.number(),
  newlyAdmitted: z.number(),
  newlyRefusedShare: z.number(),
  topCohort: z.looseObject({ by: z.string(), name: z.string(), appraisals: z.number() }).nullable(),
});

export type Impact = z.output<typeof Impact>;

const LOOSENS = {
  no: ['green', 'lets in nothing that was refused before'],
  maybe: ['yellow', 'MAY LET IN what was refused before'],
  yes: ['red', 'LETS IN what was refused before'],
} as const;

/** The engine's own form, as the server sends it: members that are not there are left out. */
export function toDiff({ changes, loosens, because }: PolicyDiff): Diff {
  const told = changes.map(({ path, from, to }) => ({
    path,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }));
  return { changes: told, loosens, because: [...because] };
}

/** Each change on a line, then what they come to. */
export function showDiff(speech: Speech, { changes, loosens, because }: Diff): void {
  for (const { path, from, to } of changes) speech.out(`  ${plain(path)}: ${shown(from)} -> ${shown(to)}`);
  if (changes.length === 0) speech.out('  nothing that is judged by changes');
  const [style, text] = LOOSENS[loosens];
  speech.out(`  ${speech.paint(style, text)}`);
  for (const why of because) speech.out(speech.paint('dim', `    ${plain(why)}`));
}

const shown = (value: unknown): string =>
  value === undefined || value === null
    ? '(none)'
    : plain(typeof value === 'string' ? value : JSON.stringify(value), 200);

/** What a transition does, in the order in which one asks. */
export function showImpact(speech: Speech, { apps, perDay, ...impact }: Impact): void {
  if (apps.length === 0) {
    speech.out('  no app names this policy, so nobody is judged by it yet');
    return;
  }
  const { simulated, complete, newlyRefused, newlyAdmitted, newlyRefusedShare, topCohort } = impact;
  speech.out(`  affects ${perDay} appraisals a day, of ${apps.map((app) => plain(app)).join(', ')}`);
  const over = `of ${simulated} appraisals of the last 7 days${complete ? '' : ', and there were more'}`;
  speech.out(
    `  newly refused ${newlyRefused} (${percent(newlyRefusedShare)} of those let in), newly let in ${newlyAdmitted}, ${over}`,
  );
  if (topCohort !== null) {
    speech.out(`  most of them: ${plain(topCohort.by)} ${plain(topCohort.name)}, ${topCohort.appraisals}`);
  }
}

export const percent = (share: number): string => `${(share * 100).toFixed(share > 0 && share < 0.001 ? 3 : 1)} %`;

/** What became of a change: a version in force, or a proposal. */
export const Changed = z.looseObject({
  name: z.string(),
  base: z.int(),
  guarded: z.array(z.string()),
  impact: Impact,
  ...Diff.shape,
  version: z.int().optional(),
  proposal: z.string().optional(),
  /** Only looked at, and the text is the one that is in force. */
  unchanged: z.boolean().optional(),
});

export type Changed = z.output<typeof Changed>;

/** Version, differences, effect and the way back. */
export function showChanged(speech: Speech, changed: Changed): void {
  const { name, base, version, proposal, guarded } = changed;
  speech.out(speech.paint('bold', headOf(changed)));
  showDiff(speech, changed);
  showImpact(speech, changed.impact);
  if (version !== undefined && base > 0 && version !== base)
    speech.out(`  back: assay policy rollback ${plain(name)} --to ${base}`);
  if (proposal !== undefined) {
    speech.out(`  loosened by two persons only, for ${guarded.map((app) => plain(app)).join(', ')}`);
    speech.out(`  another person: assay policy approve ${proposal}`);
  }
}

function headOf({ name, base, version, proposal, guarded, unchanged = false }: Changed): string {
  if (unchanged) return `policy ${plain(name)}, version ${base}, has this very text; nothing would change`;
  if (version !== undefined && version === base) {
    return `policy ${plain(name)}, version ${version}, is in force already, with this very text`;
  }
  if (version !== undefined) return `policy ${plain(name)}, version ${version}, is in force`;
  if (proposal !== undefined)
    return `proposal ${proposal} waits for a second person; ${plain(name)}@${base} stays in force`;
  const second = guarded.length === 0 ? '' : ', and a second person has to approve it';
  return `policy ${plain(name)} would become version ${base + 1}${second}; nothing is changed`;
}

/** A change that waits, as the server lists it. */
export const Proposal = z.looseObject({
  ...{ id: z.string(), name: z.string(), base: z.int(), author: z.string(), createdAt: z.number() },
  state: z.enum(['open', 'expired', 'overtaken']),
});

const STATES = {
  open: 'assay policy approve',
  expired: 'too old to be approved: assay policy withdraw',
  overtaken: 'another change came in between: assay policy withdraw',
} as const;

export function showProposals(speech: Speech, proposals: readonly z.output<typeof Proposal>[]): void {
  for (const { id, name, base, author, createdAt, state } of proposals) {
    speech.out(`proposal ${id}  ${plain(name)}, from version ${base}, by ${plain(author)} at ${moment(createdAt)}`);
    speech.out(`  ${STATES[state]} ${id}`);
  }
}
