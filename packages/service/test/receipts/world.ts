/** A store with one App Attest key, and an Apple that answers what a test says. */
import { createHash, randomBytes } from 'node:crypto';
import type { ReceiptRow, Store } from '@assay/core';
import { createChainMemory } from '@assay/evidence';
import { toBase64url } from '@assay/formats';
import { createKek, createKekRing } from '@assay/secrets';
import { AppDocument } from '@assay/service';
import { type NewReceipt, rememberReceipt } from '../../src/receipts/remember.ts';
import type { renewReceipts } from '../../src/receipts/renew.ts';
import type { ReceiptAnswer, ReceiptRenewal } from '../../src/vendors/types.ts';
import { APP_ID, device, mintReceipt, pointOf, RECEIPT_ANCHORS, START } from './mint.ts';

export const ISS = 'https://attest.example.com/t/acme/e/prod';
export const APP = 'com.example.bank';
const ABOUT = { id: APP, label: 'Bank', audiences: ['https://api.example.com'] };
const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

type Ports = Parameters<typeof renewReceipts>[0];

export interface ReceiptWorld {
  readonly ports: Ports;
  readonly asked: ReceiptRenewal[];
  readonly hands: {
    now: number;
    apple: (renewal: ReceiptRenewal) => Promise<ReceiptAnswer>;
    /** What the app is registered with for Apple. */
    registered: object | undefined;
  };
  /** Keeps the receipt of a new key; gives its name. */
  enrol(change?: Partial<NewReceipt>): Promise<string>;
  row(attestedKey?: string): Promise<ReceiptRow>;
}

export const attestedKeyOf = (point: Uint8Array): string => toBase64url(createHash('sha256').update(point).digest());

export function createReceiptWorld(
  store: Store,
  { anchors = RECEIPT_ANCHORS, appId = APP_ID, now = START } = {},
): ReceiptWorld {
  const asked: ReceiptRenewal[] = [];
  const hands: ReceiptWorld['hands'] = {
    now,
    apple: async () => ({ outcome: 'too_early' }),
    registered: { appIds: [appId] },
  };
  const registry = {
    app: async () => {
      const android = { packages: [{ name: APP, signers: [{ sha256: 'ab'.repeat(32), label: 'test' }] }] };
      return AppDocument.parse({ ...ABOUT, ...(hands.registered ? { apple: hands.registered } : { android }) });
    },
  };
  const trust = { apple: { attestation: [], receipt: anchors } };
  const ports = {
    ...{ store, random, clock: () => hands.now, registry, trust },
    memory: createChainMemory(10),
    kek: createKekRing([createKek(random)], random),
    vendors: {
      playKeys: () => undefined,
      appleReceipt: async (renewal: ReceiptRenewal) => {
        asked.push(renewal);
        return hands.apple(renewal);
      },
    },
  };
  return {
    ...{ ports, asked, hands },
    async enrol(change = {}) {
      const point = pointOf(device);
      const fresh: NewReceipt = {
        ...{ iss: ISS, app: APP, appIds: [appId], lineage: 'lineage', environment: 'production' },
        ...{ attestedKey: attestedKeyOf(point), attestedSpki: toBase64url(point) },
        ...{ receipt: mintReceipt({ at: hands.now }), ...change },
      };
      const { outcome } = await rememberReceipt(ports, fresh, hands.now);
      if (outcome !== 'kept') throw new Error(`the receipt was ${outcome}`);
      return fresh.attestedKey;
    },
    async row(attestedKey = attestedKeyOf(pointOf(device))) {
      const row = await store.receipt(ISS, APP, attestedKey);
      if (row === undefined) throw new Error('no receipt is kept');
      return row;
    },
  };
}
