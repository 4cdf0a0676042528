// What attacks on statements have in common.
import type { Attempt } from '../attack.ts';
import type { Scene, VictimKind } from '../scene.ts';
import { asking, byServer, hold } from '../steps.ts';
import { type Members, membersOf, textIn, textOf, type WireRequest, withText } from '../wire.ts';

export type Change = (body: Members) => Members;

export const changed = (request: WireRequest, change: Change): WireRequest =>
  withText(request, JSON.stringify(change(membersOf(textOf(request)))));

export const statementOf = (body: Members): string => textIn(body, 'request') ?? '';
export const evidenceOf = (body: Members): readonly unknown[] =>
  Array.isArray(body['evidence']) ? body['evidence'] : [];

/** An enrolment that the proxy holds back. */
export async function heldEnrolment(scene: Scene, kind: VictimKind = 'android'): Promise<WireRequest> {
  const victim = await scene.stranger(kind);
  return hold(scene, asking('attest'), () => victim.refresh());
}

/** A held enrolment, changed before it goes on. */
export async function sendChanged(scene: Scene, change: Change, kind?: VictimKind): Promise<Attempt> {
  return byServer(scene, await scene.send(changed(await heldEnrolment(scene, kind), change)));
}
