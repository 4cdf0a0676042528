import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import type { Random } from '@assay/core';
import { concat } from '@assay/formats';
import { Reader } from './reader.ts';
import { SUITES, type Suite } from './suites.ts';
import { number, vector } from './writer.ts';

/** What is kept of a connection for the next one; the ticket itself holds it, the server nothing (RFC 5077 4). */
export interface Session {
  readonly suite: Suite;
  readonly secret: Uint8Array;
  readonly alpn?: string | undefined;
}

const IV = 12;
const TAG = 16;

/** `keys`: any octets, the same for all connections that are to know each other's tickets. */
export function sealTicket({ suite, secret, alpn = '' }: Session, keys: Uint8Array, random: Random): Uint8Array {
  const iv = random(IV);
  const cipher = createCipheriv('aes-256-gcm', keyOf(keys), iv, { authTagLength: TAG });
  const content = concat(number(2, suite.id), vector(1, secret), vector(1, Buffer.from(alpn, 'latin1')));
  return concat(iv, cipher.update(content), cipher.final(), cipher.getAuthTag());
}

/** The session in a ticket; undefined where the ticket is none of ours. */
export function openTicket(ticket: Uint8Array, keys: Uint8Array): Session | undefined {
  if (ticket.length < IV + TAG) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', keyOf(keys), ticket.subarray(0, IV), { authTagLength: TAG });
  decipher.setAuthTag(ticket.subarray(-TAG));
  const content = decipher.update(ticket.subarray(IV, -TAG));
  try {
    decipher.final();
  } catch {
    return undefined;
  }
  return readSession(new Reader(content));
}

function readSession(reader: Reader): Session | undefined {
  const id = reader.number(2);
  const suite = SUITES.find((each) => each.id === id);
  const secret = reader.vector(1);
  const alpn = Buffer.from(reader.vector(1)).toString('latin1');
  return suite && { suite, secret, ...(alpn === '' ? {} : { alpn }) };
}

function keyOf(keys: Uint8Array): Uint8Array {
  return createHash('sha256').update('ticket').update(keys).digest();
}
