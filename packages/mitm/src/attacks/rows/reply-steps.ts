// What attacks on replies have in common.
import { reached } from '../attack.ts';
import { resigned } from '../craft.ts';
import type { CallOutcome, Scene, Victim } from '../scene.ts';
import { asking, changing } from '../steps.ts';
import { type Members, membersIn, payloadOf, textIn, textOf, type WireAnswer, withText } from '../wire.ts';

export type Change = (answer: WireAnswer) => WireAnswer | Promise<WireAnswer>;

/** Changes the reply to a refresh. */
export async function withReply(scene: Scene, victim: Victim, change: Change): Promise<CallOutcome> {
  victim.reports();
  return changing(scene, asking('refresh'), change, () => victim.refresh());
}

/** Signs the changed reply with the reply key that leaked. */
export async function byLeakedKey(
  scene: Scene,
  victim: Victim,
  change: (payload: Members) => Members | Promise<Members>,
): Promise<CallOutcome> {
  const key = reached(scene.replyKey, 'no reply key has leaked');
  return withReply(scene, victim, async (answer) => {
    const text = textOf(answer);
    return withText(answer, resigned(text, { header: { kid: key.kid }, payload: await change(payloadOf(text)) }, key));
  });
}

const JSON_HEADERS = [['content-type', 'application/problem+json']] as const;

/** An answer that nobody signed and that asks for something. */
export const demand = (status: number, members: Members): WireAnswer => ({
  ...{ status, headers: JSON_HEADERS },
  body: new TextEncoder().encode(JSON.stringify(members)),
});

/** The boxes of a reply, those of two secrets exchanged. */
export function swapped({ secrets: [one, other] }: Scene, payload: Members): Members {
  const boxes = membersIn(payload, 'secrets');
  reached(textIn(boxes, one), 'the reply held no secret');
  return { ...boxes, [one]: boxes[other], [other]: boxes[one] };
}
