import { hash } from 'node:crypto';
import { concat, der, TAG } from '@assay/formats';
import type { StapleRecipe } from '../recipe.ts';
import { OID } from './oids.ts';
import type { Party } from './party.ts';
import { algorithmOf, signatureOf } from './signing.ts';
import { DAY, generalizedTimeOf, HOUR } from './spans.ts';

/** Somebody who signs staples; with a certificate where it is not the issuer of the leaf. */
export interface Responder {
  readonly party: Party;
  readonly certificate?: Uint8Array;
}

export interface StapleOrder {
  readonly fault: StapleRecipe['fault'];
  /** The leaf's, an INTEGER. */
  readonly serial: Uint8Array;
  readonly issuer: Party;
  readonly responder: Responder;
  /** Epoch milliseconds. */
  readonly at: number;
}

type Status = Exclude<StapleRecipe['status'], 'none' | 'try-later'>;

const OCSP_TRY_LATER = 3;
const OCSP_SUCCESSFUL = 0;

/** RFC 6960 4.2.1: the responder gives no status. Nobody signs that. */
export const TRY_LATER = der.sequence(der.enumerated(OCSP_TRY_LATER));

/** An OCSPResponse (RFC 6960 4.2.1) about one certificate. */
export function mintStaple(status: Status, order: StapleOrder): Uint8Array {
  const { responder, fault } = order;
  const { key } = responder.party;
  const signed = responseData(status, order);
  const signature = signatureOf(signed, key, 'sha256', fault === 'signature');
  const certificates = responder.certificate ? [der.explicit(0, der.sequence(responder.certificate))] : [];
  const basic = der.sequence(signed, algorithmOf(key, 'sha256'), der.bits(signature), ...certificates);
  const bytes = der.sequence(OID.ocspBasic, der.octets(basic));
  return der.sequence(der.enumerated(OCSP_SUCCESSFUL), der.explicit(0, bytes));
}

interface Period {
  readonly thisUpdate: number;
  readonly nextUpdate?: number;
}

/** From now, in milliseconds. */
const CURRENT: Period = { thisUpdate: -HOUR, nextUpdate: 3 * DAY };
const PERIODS: Readonly<Partial<Record<NonNullable<StapleRecipe['fault']>, Period>>> = {
  expired: { thisUpdate: -10 * DAY, nextUpdate: -3 * DAY },
  'no-next-update': { thisUpdate: -HOUR },
};

/** The responder is named by its key, whose digest is the key identifier that it was made with. */
function responseData(status: Status, order: StapleOrder): Uint8Array {
  const { fault, at, responder } = order;
  const { thisUpdate, nextUpdate } = (fault && PERIODS[fault]) ?? CURRENT;
  const from = generalizedTimeOf(at + thisUpdate);
  const until = nextUpdate === undefined ? [] : [der.explicit(0, generalizedTimeOf(at + nextUpdate))];
  const single = der.sequence(certificateId(order), STATUSES[status](at), from, ...until);
  return der.sequence(der.explicit(2, der.octets(responder.party.key.id)), from, der.sequence(single));
}

const SHA1 = der.sequence(OID.sha1, der.null());

/** CertID (RFC 6960 4.1.1). SHA-1 names the issuer here and vouches for nothing; every client knows it. */
function certificateId({ fault, serial, issuer }: StapleOrder): Uint8Array {
  const name = hash('sha1', issuer.name, 'buffer');
  const about = fault === 'serial' ? otherSerial(serial) : serial;
  return der.sequence(SHA1, der.octets(name), der.octets(issuer.key.id), about);
}

/** Another serial number than this one, of the leaf's kind. */
function otherSerial(serial: Uint8Array): Uint8Array {
  return der.raw(TAG.INTEGER, concat(Uint8Array.of(0x51), hash('sha256', serial, 'buffer').subarray(0, 15)));
}

const NOTHING = new Uint8Array(0);
const KEY_COMPROMISE = der.explicit(0, der.enumerated(1));

const STATUSES: Readonly<Record<Status, (at: number) => Uint8Array>> = {
  good: () => der.implicit(0, NOTHING),
  revoked: (at) => der.explicit(1, generalizedTimeOf(at - 7 * DAY), KEY_COMPROMISE),
  unknown: () => der.implicit(2, NOTHING),
};
