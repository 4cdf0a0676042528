import { z } from 'zod';
import { openAdmin } from '../admin/client.ts';
import { SERVER_HELP, SERVER_OPTIONS } from '../admin/options.ts';
import { type Command, operandsOf, requiredOf, textOf, type Values, type World } from '../command.ts';
import { DURATION_FORM, moment, requiredDurationOf } from '../duration.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { aboutOf, type Effect, Ordered, ordersOf, showOrders, tellReinstall, tellWhen } from './order.ts';
import { type TargetOption, targetHelp, targetIn, targetOptions, targetUsage } from './target.ts';

/** What differs between the nouns that give orders. */
export interface OrderNoun {
  readonly noun: 'ban' | 'pass';
  readonly effect: Effect;
  readonly targets: readonly TargetOption[];
  /** What the order does, as the first paragraph of the help. */
  readonly about: string;
  readonly longest: string;
  readonly example: string;
}

const COMMON_EXITS = `2 usage, or refused by the server, 3 server not reached,
5 credential or address not usable`;

interface Giving {
  readonly name: string;
  readonly operands: string;
  readonly summary: string;
  readonly help: string;
  readonly effect: Effect;
  readonly targets: readonly TargetOption[];
  readonly longest: string;
  readonly example: string;
  /** The word for the order, in capitals, for when it takes hold. */
  readonly loud: string;
  /** Further members, from operands. */
  readonly more: (operands: readonly string[]) => object;
}

/** A command that gives one order. */
export function givingCommand(row: Giving): Command {
  const { name, operands, summary, effect, targets, loud } = row;
  return {
    ...{ name, operands, summary },
    help: `
${row.help}
It works at the next refresh of each install: a token that is out already goes on until it ends, and the answer says how
long that may be. It has an end (at most ${row.longest}), and stands in the audit log with its reason.

${targetHelp(targets)}
  --app ID                 only for this app (default: the install's, else every app of the issuer)
  --for SPAN               how long it holds: ${DURATION_FORM}
  --reason TEXT            why, for whoever reads the audit log: 3 to 500 characters
${SERVER_HELP}
  --json                   one JSON document, schema assay.${name.replace(' ', '.')}/1

Exit codes: 0 in force, ${COMMON_EXITS}.

Examples:
${row.example}
`,
    options: {
      ...SERVER_OPTIONS,
      ...targetOptions(targets),
      ...{ app: { type: 'string' }, for: { type: 'string' }, reason: { type: 'string' } },
    },
    async run(world, operands, values) {
      const named = row.more(operands);
      const app = textOf(values, 'app');
      const wish = {
        ...{ effect, ...targetIn(values, targets), ...(app === undefined ? {} : { app }), ...named },
        ...{ reason: requiredOf(values, 'reason'), seconds: requiredDurationOf(values, 'for') },
      };
      const given = await openAdmin(world, values).post('orders', wish, Ordered);
      const { order, tokenSeconds, reinstall } = given;
      const end = order.expiresAt === null ? '' : ` until ${moment(order.expiresAt)}`;
      world.speech.out(`${name.split(' ')[0]} ${order.id} is in force${end}: ${aboutOf(order)}`);
      tellWhen(world.speech, loud, order, tokenSeconds);
      tellReinstall(world.speech, given);
      const more = reinstall === undefined ? {} : { reinstall };
      world.speech.result({ schema: `assay.${name.replace(' ', '.')}/1`, order, tokenSeconds, ...more });
      return EXIT.ok;
    },
  };
}

/** `ban add`, `pass add`. */
export function addCommand({ noun, effect, targets, about, longest, example }: OrderNoun): Command {
  const operands = `${targetUsage(targets)} --for SPAN --reason TEXT [options]`;
  return givingCommand({
    ...{ name: `${noun} add`, operands, summary: summaryOf[noun].add, help: about, effect, targets, longest, example },
    loud: `A ${noun.toUpperCase()}`,
    more: (given) => {
      operandsOf(given, []);
      return {};
    },
  });
}

const summaryOf = {
  ban: { add: 'Bans an install, a signer, a model or a network.', list: 'Lists bans.', remove: 'Ends a ban.' },
  pass: { add: 'Lets an install through that the policy refuses.', list: 'Lists passes.', remove: 'Ends a pass.' },
} as const;

/** `ban list`, `pass list`. */
export function listCommand({ noun, effect }: Pick<OrderNoun, 'noun' | 'effect'>): Command {
  return {
    name: `${noun} list`,
    operands: '[options]',
    summary: summaryOf[noun].list,
    help: `
Lists what is in force, newest first, with its author and reason. An author \`policy:NAME/RULE\` is a rule of a policy.

  --all                    also what has ended
${SERVER_HELP}
  --json                   one JSON document, schema assay.${noun}.list/1

Exit codes: 0 listed, 2 refused by the server, 3 server not reached, 5 credential or address not usable.

Examples:
  assay ${noun} list
  assay ${noun} list --all --json
`,
    options: { ...SERVER_OPTIONS, all: { type: 'boolean' } },
    async run(world, operands, values) {
      operandsOf(operands, []);
      const orders = await ordersOf(openAdmin(world, values), effect, values['all'] === true);
      if (orders.length === 0) world.speech.talk(`no ${noun} is in force`);
      showOrders(world.speech, orders);
      world.speech.result({ schema: `assay.${noun}.list/1`, orders });
      return EXIT.ok;
    },
  };
}

const Ended = z.looseObject({ id: z.string() });

/** Ends one order by its id. */
export function removeCommand(
  name: `${'ban' | 'pass'} remove` | 'policy unassign',
  noun: string,
  summary: string,
): Command {
  return {
    name,
    operands: 'ID [options]',
    summary,
    help: `
Ends it before its time. Like every order this works at the next refresh.

${SERVER_HELP}
  --json                   one JSON document, schema assay.${name.replace(' ', '.')}/1

Exit codes: 0 ended, 2 none of this id is in force, or refused by the server, 3 server not reached,
5 credential or address not usable.

Examples:
  assay ${name} 019a8c0f5e4d0123456789abcdef0123
`,
    options: SERVER_OPTIONS,
    run: (world, operands, values) => remove(world, operands, values, name, noun),
  };
}

async function remove(
  world: World,
  operands: readonly string[],
  values: Values,
  name: string,
  noun: string,
): Promise<ExitCode> {
  const [id] = operandsOf(operands, ['ID']);
  const { id: ended } = await openAdmin(world, values).delete(`orders/${encodeURIComponent(id)}`, Ended);
  world.speech.out(`${noun} ${ended} has ended`);
  world.speech.result({ schema: `assay.${name.replace(' ', '.')}/1`, id: ended });
  return EXIT.ok;
}

export const removeSummary = (noun: 'ban' | 'pass'): string => summaryOf[noun].remove;
