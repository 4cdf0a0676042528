import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { SUITES, type Suite } from '../../src/wire/suites.ts';
import { openTicket, sealTicket } from '../../src/wire/ticket.ts';

const [KEYS, OTHER_KEYS] = [randomBytes(48), randomBytes(48)];
const SUITE = SUITES[0] as Suite;

test('a ticket holds its session', () => {
  for (const session of [
    { suite: SUITE, secret: randomBytes(32) },
    { suite: SUITE, secret: randomBytes(32), alpn: 'h2' },
  ]) {
    assert.deepEqual(openTicket(sealTicket(session, KEYS, randomBytes), KEYS), session);
  }
});

test('a ticket under other keys, changed or cut short, is none', () => {
  const ticket = sealTicket({ suite: SUITE, secret: randomBytes(32) }, KEYS, randomBytes);
  assert.equal(openTicket(ticket, OTHER_KEYS), undefined);
  for (let at = 0; at < ticket.length; at += 1) {
    const changed = Uint8Array.from(ticket, (octet, index) => (index === at ? octet ^ 1 : octet));
    assert.equal(openTicket(changed, KEYS), undefined);
    assert.equal(openTicket(ticket.subarray(0, at), KEYS), undefined);
  }
});
