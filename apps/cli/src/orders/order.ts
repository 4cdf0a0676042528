import { z } from 'zod';
import type { Admin } from '../admin/client.ts';
import { moment } from '../duration.ts';
import { plain, type Speech } from '../speech.ts';

export type Effect = 'ban' | 'pass' | 'policy' | 'enforce_off';

/** An order as the server lists it. */
export const Order = z.looseObject({
  id: z.string(),
  effect: z.string(),
  target: z.string(),
  value: z.string(),
  app: z.string().nullable(),
  policy: z.string().nullable(),
  reason: z.string(),
  author: z.string(),
  createdAt: z.number(),
  expiresAt: z.number().nullable(),
  endedAt: z.number().nullable(),
});

export type Order = z.output<typeof Order>;

/** What the server says of an order that it has just taken. */
export const Ordered = z.looseObject({
  order: Order,
  tokenSeconds: z.number(),
  /** Of a ban. */
  reinstall: z.looseObject({ outcome: z.string(), vendor: z.string().optional() }).optional(),
});

/** What a reinstall does to a ban, in the words of the server's outcome. */
const REINSTALL: Readonly<Record<string, string>> = {
  holds: 'It names no single install, so a reinstall changes nothing.',
  marked:
    'It survives a reinstall once the device is marked: with the next message of the install that brings evidence of the vendor',
  ends: 'It does NOT survive a reinstall: that makes a new install, and the app uses no bit of a vendor that marks the device.',
};

/** Whether a ban survives a reinstall. Nothing is said for a server that does not tell. */
export function tellReinstall(speech: Speech, { reinstall }: z.output<typeof Ordered>): void {
  if (reinstall === undefined || !Object.hasOwn(REINSTALL, reinstall.outcome)) return;
  const vendor = reinstall.vendor === undefined ? '' : ` (${plain(reinstall.vendor)})`;
  speech.out(`${REINSTALL[reinstall.outcome]}${vendor}`);
}

const PAGE = 500;

/** Orders with one effect, newest first: those in force, or all that were ever given. */
export async function ordersOf(admin: Admin, effect: Effect, all: boolean): Promise<readonly Order[]> {
  const found: Order[] = [];
  for (let before = ''; ; ) {
    const page = await admin.get(`orders?limit=${PAGE}&all=${all}${before}`, z.array(Order));
    found.push(...page.filter((order) => order.effect === effect));
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return found;
    before = `&before=${last.id}`;
  }
}

/** What an order is about, in a few words. */
export function aboutOf({ target, value, app, policy }: Order): string {
  const [what, where] = [`${plain(target)} ${plain(value)}`, target === 'app' ? undefined : app];
  const within = where === undefined ? '' : where === null ? ' of every app' : ` of ${plain(where)}`;
  return `${what}${within}${policy === null ? '' : `, judged by ${plain(policy)}`}`;
}

const until = ({ expiresAt }: Order): string => (expiresAt === null ? 'without an end' : `until ${moment(expiresAt)}`);

/** Two lines for each order: what, and why. */
export function showOrders(speech: Speech, orders: readonly Order[]): void {
  for (const order of orders) {
    const ended = order.endedAt === null ? '' : `  ended ${moment(order.endedAt)}`;
    speech.out(`${order.id}  ${aboutOf(order)}  ${until(order)}${ended}`);
    speech.out(
      speech.paint('dim', `  by ${plain(order.author)} at ${moment(order.createdAt)}: ${plain(order.reason, 500)}`),
    );
  }
}

/** When an order takes hold, said so that nobody counts on it before. */
export function tellWhen(speech: Speech, what: string, { app }: Order, tokenSeconds: number): void {
  const whose = app === null ? 'of any app' : `of ${plain(app)}`;
  speech.out(speech.paint(['bold', 'yellow'], `${what} WORKS AT THE NEXT REFRESH, not at once:`));
  speech.out(
    `  a token that is out already goes on for at most ${tokenSeconds} s, the longest life of a token ${whose}`,
  );
}

/** Whatever rests now, above all else. */
export function showBanner(speech: Speech, resting: readonly Order[]): void {
  for (const order of resting) {
    const line = `ENFORCEMENT IS OFF for ${plain(order.value)} ${until(order)}: every install is let through`;
    speech.out(speech.paint(['bold', 'red'], line));
    speech.out(`  by ${plain(order.author)}: ${plain(order.reason, 500)}`);
    speech.out(`  on again: assay enforce on --app ${plain(order.value)}`);
  }
}
