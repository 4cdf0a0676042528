import { z } from 'zod';
import { type Admin, openAdmin } from '../../admin/client.ts';
import { SERVER_HELP, SERVER_OPTIONS } from '../../admin/options.ts';
import type { Command, Values, World } from '../../command.ts';
import { moment } from '../../duration.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { type Order, ordersOf, showBanner, showOrders } from '../../orders/order.ts';
import { Disagreements, showDisagreements } from '../../policies/disagreements.ts';
import { rolloutText } from '../../policies/registered.ts';
import { Proposal, showProposals } from '../../policies/told.ts';
import { fault } from '../../reasons.ts';
import { plain, type Speech } from '../../speech.ts';

const DAY_MS = 86_400_000;

const HELP = `
Without NAME: which policy judges each app at which stage of its roll-out, every policy that apps may name, what waits for a
second person, and where shadow policies disagreed with those in force in the last 24 hours. With NAME: the version in force,
and which apps it judges at which stage of their roll-out. What was switched off by \`assay enforce off\` stands above all else.

  --source                 the text of NAME alone, as its author wrote it
${SERVER_HELP}
  --json                   one JSON document, schema assay.policy.show/1

Exit codes: 0 shown, 2 no such policy, or refused by the server, 3 server not reached, 5 credential or address not usable.

Examples:
  assay policy show
  assay policy show house
  assay policy show house --source > house.yaml
`;

export const policyShowCommand: Command = {
  name: 'policy show',
  operands: '[NAME] [options]',
  summary: 'Shows policies, where they judge, and what is switched off.',
  help: HELP,
  options: { ...SERVER_OPTIONS, source: { type: 'boolean' } },
  run,
};

const Broken = z.looseObject({ name: z.string(), version: z.int(), code: z.string() });

const List = z.looseObject({
  stored: z.array(z.looseObject({ name: z.string(), version: z.int(), author: z.string(), createdAt: z.number() })),
  presets: z.array(z.looseObject({ name: z.string(), version: z.int(), title: z.string() })),
  broken: z.array(Broken),
});

const Use = z.looseObject({
  ...{ app: z.string(), cohort: z.string().nullable(), twoPersons: z.boolean() },
  rollout: z.looseObject({ stage: z.string(), percent: z.number().optional() }),
});

const Page = z.looseObject({
  ...{ name: z.string(), version: z.int(), preset: z.boolean(), source: z.string() },
  ...{ usedBy: z.array(Use), proposals: z.array(Proposal), broken: Broken.nullable() },
});

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  const [name, ...more] = operands;
  if (more.length > 0) throw fault('cli.usage', { expected: '[NAME]', found: `${operands.length} operands` });
  if (name === undefined && values['source'] === true) throw fault('cli.usage', { expected: 'NAME with --source' });
  const admin = openAdmin(world, values);
  if (name === undefined) return showAll(world, admin);
  const page = await admin.get(`policies/${encodeURIComponent(name)}`, Page);
  if (values['source'] === true) world.speech.out(page.source.replace(/\n$/, ''));
  else await showOne(world, admin, page);
  world.speech.result({ schema: 'assay.policy.show/1', policy: page });
  return EXIT.ok;
}

const Apps = z.array(
  z.looseObject({
    id: z.string(),
    document: z.looseObject({
      ...{ policy: z.string(), rollout: z.looseObject({ stage: z.string(), percent: z.number().optional() }) },
      cohorts: z.array(z.looseObject({ name: z.string(), policy: z.string(), percent: z.number() })),
    }),
  }),
);

async function showAll(world: World, admin: Admin): Promise<ExitCode> {
  const { speech } = world;
  const to = world.now() + 1;
  const [list, apps, proposals, resting, assigned, disagreements] = await Promise.all([
    ...([admin.get('policies', List), admin.get('apps', Apps), admin.get('proposals', z.array(Proposal))] as const),
    ...([ordersOf(admin, 'enforce_off', false), ordersOf(admin, 'policy', false)] as const),
    admin.get(`disagreements?from=${to - DAY_MS}&to=${to}`, Disagreements),
  ]);
  showBanner(speech, resting);
  showBroken(speech, list.broken);
  for (const { name, version, author, createdAt } of list.stored) {
    speech.out(`${plain(name)}  version ${version}, by ${plain(author)} at ${moment(createdAt)}`);
  }
  speech.out(`presets  ${list.presets.map(({ name }) => plain(name)).join(', ')}`);
  showApps(speech, apps);
  showProposals(speech, proposals);
  showOrders(speech, assigned);
  showDisagreements(speech, disagreements);
  speech.result({ schema: 'assay.policy.show/1', ...list, apps, proposals, resting, assigned, disagreements });
  return EXIT.ok;
}

/** Who is judged by what, a line for each app and each cohort of one. */
function showApps(speech: Speech, apps: z.output<typeof Apps>): void {
  if (apps.length === 0) speech.out('no app is registered, so nobody is judged');
  for (const { id, document } of apps) {
    const stage = rolloutText(document.rollout);
    speech.out(`${speech.paint('bold', plain(id))}  judged by ${plain(document.policy)}, ${stage}`);
    for (const { name, policy, percent } of document.cohorts) {
      speech.out(`  cohort ${plain(name)}, ${percent} %: ${plain(policy)}, ${stage}`);
    }
  }
}

async function showOne({ speech }: World, admin: Admin, page: z.output<typeof Page>): Promise<void> {
  const { name, version, preset, usedBy, proposals, broken } = page;
  const resting = await ordersOf(admin, 'enforce_off', false);
  showBanner(
    speech,
    resting.filter((order) => concerns(order, usedBy)),
  );
  showBroken(speech, broken === null ? [] : [broken]);
  speech.out(speech.paint('bold', `${plain(name)}, version ${version}${preset ? ', a preset' : ''}, is in force`));
  for (const { app, cohort, rollout, twoPersons } of usedBy) {
    const whom = cohort === null ? plain(app) : `${plain(app)}, cohort ${plain(cohort)}`;
    speech.out(`  ${whom}  ${rolloutText(rollout)}${twoPersons ? ', loosened by two persons only' : ''}`);
  }
  if (usedBy.length === 0) speech.out('  no app names it');
  showProposals(speech, proposals);
}

const concerns = ({ value }: Order, uses: readonly z.output<typeof Use>[]): boolean =>
  uses.some(({ app }) => app === value);

function showBroken(speech: Speech, broken: readonly z.output<typeof Broken>[]): void {
  for (const { name, version, code } of broken) {
    const line = `${plain(name)}@${version} NO LONGER HOLDS (${plain(code)}): the last version that does is in force`;
    speech.out(speech.paint(['bold', 'red'], line));
  }
}
