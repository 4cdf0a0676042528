import { z } from 'zod';
import { type Admin, openAdmin } from '../../admin/client.ts';
import { SERVER_HELP, SERVER_OPTIONS } from '../../admin/options.ts';
import { type Command, operandsOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { Diff, Impact, Proposal, showDiff, showImpact } from '../../policies/told.ts';
import { plain } from '../../speech.ts';

const HELP = `
Puts a proposed change into force: of a policy, or of an app that asks for two persons. It takes another credential than the
one that proposed it. A proposal lapses after 7 days, or when another change came in between. What it changes is shown first;
look at it with --dry-run before you approve it.

  --dry-run                only show what it would change
${SERVER_HELP}
  --json                   one JSON document, schema assay.policy.approve/1

Exit codes: 0 in force, or with --dry-run shown; 2 no such proposal, your own, lapsed, or refused by the server; 3 server not
reached; 5 credential (needs the scope policies) or address not usable.

Examples:
  assay policy approve 019a8c0f5e4d0123456789abcdef0123 --dry-run
  assay policy approve 019a8c0f5e4d0123456789abcdef0123
`;

export const policyApproveCommand: Command = {
  name: 'policy approve',
  operands: 'ID [options]',
  summary: 'Puts a change that waits for a second person into force.',
  help: HELP,
  options: { ...SERVER_OPTIONS, 'dry-run': { type: 'boolean' } },
  run,
};

/** A proposed policy with what it would do, or a proposed app with its new document. */
const Proposed = z.looseObject({
  proposal: Proposal,
  source: z.string(),
  before: z.string().nullable(),
  plan: z.looseObject({ ...Diff.shape, impact: Impact }).nullable(),
});

const Approved = z.looseObject({ name: z.string(), version: z.int() });
type Approved = z.output<typeof Approved>;

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  const [id] = operandsOf(operands, ['ID']);
  const { speech } = world;
  const admin = openAdmin(world, values);
  const path = `proposals/${encodeURIComponent(id)}`;
  const proposed = await admin.get(path, Proposed);
  show(world, proposed);
  const approved = values['dry-run'] === true ? undefined : await approve(admin, path);
  if (approved !== undefined) showApproved(world, proposed, approved);
  speech.result({ schema: 'assay.policy.approve/1', ...proposed, version: approved?.version ?? null });
  return EXIT.ok;
}

function showApproved({ speech }: World, { plan, proposal }: z.output<typeof Proposed>, approved: Approved): void {
  const { name, version } = approved;
  speech.out(`${plain(name)}, version ${version}, is in force`);
  if (plan !== null) speech.out(`  back: assay policy rollback ${plain(name)} --to ${proposal.base}`);
}

const approve = (admin: Admin, path: string) => admin.post(`${path}/approve`, {}, Approved);

function show({ speech }: World, { proposal, plan, before, source }: z.output<typeof Proposed>): void {
  const { name, base, author } = proposal;
  speech.out(speech.paint('bold', `${plain(name)}, from version ${base}, proposed by ${plain(author)}`));
  if (plan === null) {
    for (const { member, from, to } of changesOf(before ?? '{}', source)) {
      speech.out(`  ${plain(member)}: ${shown(from)} -> ${shown(to)}`);
    }
    return;
  }
  showDiff(speech, plan);
  showImpact(speech, plan.impact);
}

/** The members of two registered documents that differ: the second person is to see those, and not to look for them. */
function changesOf(before: string, after: string): readonly { member: string; from: unknown; to: unknown }[] {
  const [from, to] = [before, after].map((text) => new Map(Object.entries(Document.parse(JSON.parse(text)))));
  const members = [...new Set([...(from?.keys() ?? []), ...(to?.keys() ?? [])])];
  return members
    .map((member) => ({ member, from: from?.get(member), to: to?.get(member) }))
    .filter((each) => JSON.stringify(each.from) !== JSON.stringify(each.to));
}

const Document = z.record(z.string(), z.unknown());

const shown = (value: unknown): string => (value === undefined ? '(none)' : plain(JSON.stringify(value), 1_000));
