import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Connection } from '../../src/observation.ts';
import { type ConnectionLog, openLog } from '../../src/stage/log.ts';
import { MOST_SHAPES } from '../../src/tap/index.ts';

function open(): readonly [log: ConnectionLog, told: Connection[]] {
  const told: Connection[] = [];
  let time = 1_000;
  return [
    openLog(
      7,
      'direct',
      () => time++,
      (now) => told.push(now),
    ),
    told,
  ];
}

describe('the record of a connection', () => {
  it('begins knowing nothing', () => {
    const [log] = open();
    assert.deepEqual(log.now(), {
      ...{
        id: 7,
        way: 'direct',
        openedAt: 1_000,
        records: [],
        requests: [],
        certificateSent: false,
        handshake: 'none',
      },
      ...{ resumed: false, closed: 'open', applicationBytes: 0, settingsOnly: false, clientCertificate: false },
    });
  });

  it('tells everything that it learns, and never changes what it has told', () => {
    const [log, told] = open();
    log.sawOctets(3);
    log.sawOctets(4);
    log.learn({ handshake: 'started' });
    assert.deepEqual(
      told.map((one) => [one.applicationBytes, one.handshake]),
      [
        [3, 'none'],
        [7, 'none'],
        [7, 'started'],
      ],
    );
  });

  it('has the first end alone, at its time, and says it last', () => {
    const [log] = open();
    log.ended('fin');
    log.ended('by-us');
    log.sawOctets(1);
    assert.equal(log.now().closed, 'open');
    log.settle();
    assert.deepEqual([log.now().closed, log.now().closedAt, log.now().applicationBytes], ['fin', 1_001, 1]);
  });

  it('keeps no more than the first shapes and requests', () => {
    const [log] = open();
    for (let at = 0; at < 1_000; at++) {
      log.sawRecord({ from: at % 2 === 0 ? 'client' : 'server', type: 23, length: at });
      log.sawRequest({ protocol: 'unknown', headers: [], marked: false });
    }
    assert.equal(log.now().records.length, MOST_SHAPES * 2);
    assert.equal(log.now().requests.length, 500);
  });
});
