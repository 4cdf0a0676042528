import { randomBytes } from 'node:crypto';
import { type Instance, type PreparedRequest, type Purpose, prepareRequest } from '@assay/client';
import { NODE_CRYPTO } from '@assay/client/node';
import type { Random } from '@assay/core';
import {
  createTestRoots,
  createVirtualPhone,
  type Fault,
  type VirtualApp,
  type VirtualPhone,
} from '@assay/virtual-devices';
import { postOf } from './connection.ts';

export const AUDIENCE = 'https://api.example.com';
export const APP: VirtualApp = {
  appleId: 'BENCH00000.com.example.bank',
  bundleVersion: '4201',
  package: 'com.example.bank',
  signer: '5e'.repeat(32),
  versionCode: 4201,
};

export type Platform = 'ios' | 'android';

const random: Random = (length) => new Uint8Array(randomBytes(length));
const roots = createTestRoots(random);

/** What the server is told to trust. */
export const TEST_ROOTS_PEM = [...roots.anchors.apple, ...roots.anchors.android].map(({ pem }) => pem).join('');

/** A phone with the instance that it enrolled last. */
export interface Phone {
  readonly device: VirtualPhone;
  instance: Instance | undefined;
}

export function createPhone(platform: Platform, faults: readonly Fault[] = []): Phone {
  const device = createVirtualPhone({ platform, roots, app: APP, random, clock: Date.now, faults });
  return { device, instance: undefined };
}

/** A whole request over one challenge, ready for the wire. */
export async function prepare(phone: Phone, iss: string, purpose: Purpose, challenge: string): Promise<Uint8Array> {
  const { device, instance } = phone;
  const speaker = {
    ...{ iss, app: APP.package, version: '4.2.0', build: '4201', os: device.os },
    ...{ audiences: [AUDIENCE], secrets: [] },
  };
  const context = { speaker, adapter: device, crypto: NODE_CRYPTO, random };
  const prepared: PreparedRequest = await prepareRequest({ purpose, challenge, instance }, context);
  phone.instance = prepared.instance;
  return postOf(`${new URL(iss).pathname}${prepared.path}`, prepared.body);
}
