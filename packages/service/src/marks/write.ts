import { AssayError, type Facts, provenValue } from '@assay/core';
import { flag } from '@assay/formats/shape';
import type { Assessment } from '../attest/assessment.ts';
import type { Situation } from '../attest/situation.ts';
import type { Decision } from '../decide/decide.ts';
import { fault } from '../fault.ts';
import { teamOf } from '../vendors/apple-team.ts';
import { remembered } from '../vendors/desk.ts';
import { type Bit, isMarked, MARK_ROWS, type MarkRow, type MarkVendor } from './bits.ts';

/** A vendor's bit that this very message lets the server write. */
interface Writable {
  readonly row: MarkRow;
  readonly bit: Bit;
  readonly token: string;
  /** Undefined where the vendor told nothing of its bits. */
  readonly isSet: boolean | undefined;
}

type Write = (situation: Situation, told: Told) => Promise<void>;
interface Told extends Pick<Writable, 'bit' | 'token'> {
  readonly assessment: Assessment;
  readonly facts: Facts;
  readonly value: boolean;
}

const WRITES: Readonly<Record<MarkVendor, Write>> = { device_check: writeBits, device_recall: writeRecall };

/**
 * Writes the mark of a ban, or takes it back, where the message brought what the vendor needs for that. Best effort, after the
 * decision was committed: what fails here changes no verdict, is told as an event, and is tried again at the next message.
 */
export async function keepMark(situation: Situation, assessment: Assessment, decision: Decision): Promise<void> {
  const { mark, facts } = decision;
  const held = mark === 'keep' ? undefined : writable(situation, assessment, facts);
  const value = mark === 'set';
  if (held === undefined || held.isSet === value || (held.isSet === undefined && !value)) return;
  const { vendor } = held.row;
  const where = { iss: situation.issuer.iss, app: situation.app.id, lineage: assessment.lineage, vendor };
  const { events } = situation.service;
  try {
    await WRITES[vendor](situation, { ...held, assessment, facts, value });
    events.emit({ type: 'ban_mark', ...where, outcome: value ? 'set' : 'cleared' });
  } catch (error) {
    events.emit({
      type: 'ban_mark',
      ...where,
      outcome: 'failed',
      code: error instanceof AssayError ? error.code : 'unexpected',
    });
  }
}

function writable({ app, request }: Situation, { outages }: Assessment, facts: Facts): Writable | undefined {
  for (const row of MARK_ROWS) {
    const bit = row.bitOf(app);
    const piece = request.evidence.find(({ role }) => row.roles.includes(role));
    const isAway = outages.some(({ name }) => name === row.outage);
    if (bit !== undefined && piece?.form === 'token' && !isAway) {
      return { row, bit, token: piece.token, isSet: isMarked(row, app, facts) };
    }
  }
  return undefined;
}

/** Apple takes both bits at once: the other one stays as it was told a moment ago. */
async function writeBits(situation: Situation, { bit, token, assessment, facts, value }: Told): Promise<void> {
  const { service, app } = situation;
  const { deviceCheck } = service.vendors;
  if (deviceCheck === undefined || app.apple === undefined) throw notConfigured('a DeviceCheck key');
  const bits = provenValue(facts.runtime.deviceBits);
  if (bits === undefined) throw fault('service.vendor_unavailable', { expected: 'both bits as they are' });
  const environment = (await environmentOf(situation, assessment)) === 'development' ? 'development' : 'production';
  const wanted = { bit0: bits.includes('bit0'), bit1: bits.includes('bit1'), [bit]: value };
  await deviceCheck.update({ team: teamOf(app.apple), environment, token }, wanted);
}

async function environmentOf({ service, issuer }: Situation, { change }: Assessment): Promise<string | null> {
  if (change.kind !== 'refresh') return change.instance.environment;
  return (await service.store.instance(issuer.iss, change.jkt))?.environment ?? null;
}

/** Where Google tells no bits nobody can see that one is set: it is written once in a while, not with every message. */
async function writeRecall(situation: Situation, { bit, token, assessment, facts, value }: Told): Promise<void> {
  const { service, issuer, app } = situation;
  const { playRecall } = service.vendors;
  const name = provenValue(facts.app.id);
  const isOurs = app.android?.packages.some((each) => each.name === name) === true;
  if (playRecall === undefined || name === undefined || !isOurs) throw notConfigured('a service account for Play');
  const about = ['device-recall', name, assessment.lineage, bit, `${value}`, ...(isTold(facts) ? [token] : [])];
  await remembered(service, { iss: issuer.iss, about, read: flag }, async () => {
    await playRecall(name, token, { [bit]: value });
    return true;
  });
}

const isTold = ({ runtime }: Facts): boolean => runtime.deviceBits.known === 'proven';

const notConfigured = (expected: string) => fault('service.vendor_not_configured', { expected });
