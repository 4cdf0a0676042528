import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { createLab, openStage, type StageOrder } from '@assay/mitm';
import { openCaseStage } from '../../../src/mitm/phone/case-stage.ts';

const HOST = 'api.assay.test';

async function caseStage() {
  const lab = createLab({ clock: Date.now, hosts: [HOST] });
  const forged = await lab.forge({ http: { cleartext: 'answered' } }, { host: HOST, at: Date.now() });
  const ports: number[] = [];
  const order: StageOrder = {
    ...{
      hosts: [HOST],
      forgedFor: () => forged,
      marker: '/',
      others: 'refused' as const,
      address: '127.0.0.1',
      port: 0,
    },
    ...{ timeouts: { handshakeMs: 5_000, idleMs: 5_000 }, clock: Date.now, random: randomBytes },
  };
  const stage = await openCaseStage(order, openStage, ({ port }) => ports.push(port));
  return { stage, ports };
}

/** One request in cleartext: data by any measure. */
const leak = (port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', headers: { host: HOST }, agent: false }, (response) =>
      resolve(text(response)),
    );
    sent.on('error', reject).end();
  });

const knock = (port: number): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(Uint8Array.of(0x16, 0x03, 0x01)));
    socket.on('close', () => resolve()).resume();
  });

describe('the stage of a case that can begin anew', () => {
  it('forgets what proves nothing, and keeps what has leaked', async () => {
    const { stage, ports } = await caseStage();
    await leak(stage.port);
    await knock(stage.port);
    assert.equal(stage.connections().length, 2);
    await stage.repeat();
    assert.deepEqual(
      stage.connections().map(({ requests }) => requests.length),
      [1],
    );
    await knock(stage.port);
    await leak(stage.port);
    await stage.repeat();
    assert.deepEqual(
      stage.connections().map(({ requests }) => requests.length),
      [1, 1],
    );
    const ids = stage.connections().map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(ports.length, 3, 'who stands before it hears of every listener');
    await stage.close();
    await stage.closed;
    await assert.rejects(leak(stage.port));
  });

  it('is told to begin anew as often as one likes, and leaves no listener', async () => {
    const { stage, ports } = await caseStage();
    await Promise.all([stage.repeat(), stage.repeat(), stage.close(), stage.repeat()]);
    await stage.closed;
    assert.equal(ports.length, 3);
    for (const port of ports) await assert.rejects(leak(port));
  });
});
