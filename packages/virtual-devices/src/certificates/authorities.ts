import type { Random } from '@assay/core';
import { toHex } from '@assay/formats';
import { createKeys } from './keys.ts';
import { AUTHORITY, type Authority, type Issuer, mintCertificate, NO_AUTHORITY, nameOf } from './mint.ts';

/** Stands in the subject of every root that is made here. */
export const TEST_ROOT_NAME = 'ASSAY TEST ROOT – NOT FOR PRODUCTION';

/** Attestation certificate first, root last. */
export type IssuerChain = readonly [attester: Authority, ...above: Authority[]];

/** Where phones get their certificates: private keys and all. */
export interface TestAuthorities {
  readonly apple: readonly [intermediate: Authority, root: Authority];
  /** Keys that were put into the phone when it was made. */
  readonly factory: IssuerChain;
  /** Keys that the phone fetches and renews. */
  readonly rkp: IssuerChain;
  /** As `factory`; the status list names its attestation certificate. */
  readonly leaked: IssuerChain;
  /** What emulators have: under a root of its own. */
  readonly software: IssuerChain;
  /** Of Huawei's integrity services: on phones with HMS, and on HarmonyOS. */
  readonly hms: readonly [signer: Authority, root: Authority];
  readonly harmony: readonly [signer: Authority, root: Authority];
}

const FROM = Date.UTC(2020, 0, 1);
const TO = Date.UTC(2049, 11, 31);
const SERIAL_BYTES = 15;

/** A whole number of 15 random octets, at least 1. */
export function createSerial(random: Random): bigint {
  return BigInt(`0x${toHex(random(SERIAL_BYTES))}`) + 1n;
}

/** An Apple-like and a Google-like authority, an emulator's, and two like Huawei's. */
export function createAuthorities(random: Random): TestAuthorities {
  const create = authorityMaker(random);
  const appleRoot = create(rootName('App Attest'), undefined);
  const googleRoot = create(rootName('Key Attestation'), undefined);
  const softwareRoot = create(rootName('Software Attestation'), undefined);
  const factory = (): IssuerChain => {
    const intermediate = create(nameOf({ serialNumber: toHex(random(8)) }), googleRoot);
    const attester = create(nameOf({ serialNumber: toHex(random(8)) }), intermediate, NO_AUTHORITY);
    return [attester, intermediate, googleRoot];
  };
  return {
    apple: [create(nameOf({ commonName: 'ASSAY TEST App Attestation CA 1' }), appleRoot), appleRoot],
    factory: factory(),
    leaked: factory(),
    rkp: createRkp(create, googleRoot, toHex(random(16))),
    software: [create(nameOf({ commonName: 'ASSAY TEST Software Attestation' }), softwareRoot), softwareRoot],
    hms: createHuawei(create, 'HMS'),
    harmony: createHuawei(create, 'HarmonyOS'),
  };
}

function createHuawei(create: CreateAuthority, service: string): readonly [Authority, Authority] {
  const root = create(rootName(`${service} integrity`), undefined);
  return [create(nameOf({ commonName: `ASSAY TEST ${service} Signer` }), root), root];
}

type CreateAuthority = (subject: Uint8Array, issuer?: Issuer, extensions?: readonly Uint8Array[]) => Authority;

function authorityMaker(random: Random): CreateAuthority {
  return (subject, issuer, extensions = AUTHORITY) => {
    const self: Issuer = { name: subject, keys: createKeys(random) };
    const serial = createSerial(random);
    const certificate = mintCertificate({
      ...{ subject, spki: self.keys.spki, issuer: issuer ?? self, serial, extensions },
      ...{ notBefore: FROM, notAfter: TO },
    });
    return { ...self, certificate, serial };
  };
}

/** The names are those that verifiers know remotely provisioned chains by. */
function createRkp(create: CreateAuthority, root: Authority, device: string): IssuerChain {
  const ca2 = create(nameOf({ commonName: 'Droid CA2', organization: 'Google LLC' }), root);
  const ca3 = create(nameOf({ commonName: 'Droid CA3', organization: 'Google LLC' }), ca2);
  return [create(nameOf({ commonName: device, organization: 'TEE' }), ca3, NO_AUTHORITY), ca3, ca2, root];
}

function rootName(unit: string): Uint8Array {
  return nameOf({ commonName: TEST_ROOT_NAME, unit });
}
