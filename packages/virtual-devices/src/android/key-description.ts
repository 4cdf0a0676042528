import { der, parseHex, utf8 } from '@assay/formats';
import { extension } from '../certificates/mint.ts';

/** SecurityLevel of a KeyDescription. */
export const LEVEL = { software: 0, tee: 1, strongbox: 2 } as const;
/** VerifiedBootState. */
export const BOOT = { verified: 0, selfSigned: 1, unverified: 2 } as const;
/** KeyPurpose. */
export const PURPOSE = { sign: 2, attestKey: 7 } as const;
/** KeyOrigin. */
export const ORIGIN = { generated: 0, imported: 2 } as const;

/** What a KeyMint says of a key and its phone (Android: Key and ID Attestation, schema of versions 300 and 400). */
export interface KeyDescriptionSpec {
  readonly version: 300 | 400;
  readonly attesterLevel: number;
  readonly keyLevel: number;
  readonly purposes: readonly number[];
  readonly origin: number;
  readonly locked: boolean;
  readonly bootState: number;
  readonly package: string;
  readonly signer: string;
  readonly versionCode: number;
  readonly brand: string;
  readonly model: string;
  /** As KeyMint counts: 160000 is Android 16. */
  readonly osVersion: number;
  /** YYYYMM. */
  readonly osPatchLevel: number;
}

type Tag = readonly [number: number, value: Uint8Array];

const KEY_DESCRIPTION = '1.3.6.1.4.1.11129.2.1.17';
const EC = 3;
const P256_BITS = 256;
const P256_CURVE = 1;
const SHA256 = 4;
const MODULE_HASH_SINCE = 400;
/** Digest of the key that verified the boot: one for each maker, so one for all test phones. */
const BOOT_KEY = new Uint8Array(32).fill(0xa5);
const NOTHING = new Uint8Array(0);

/** The extension of certificate 0. `made` is epoch milliseconds by the phone's clock. */
export function describeKey(spec: KeyDescriptionSpec, challenge: Uint8Array, made: number): Uint8Array {
  const description = der.sequence(
    der.integer(spec.version),
    der.enumerated(spec.attesterLevel),
    der.integer(spec.version),
    der.enumerated(spec.keyLevel),
    der.octets(challenge),
    der.octets(NOTHING),
    listOf(bySoftware(spec, made)),
    listOf(byHardware(spec)),
  );
  return extension(KEY_DESCRIPTION, description);
}

function listOf(tags: readonly Tag[]): Uint8Array {
  return der.sequence(...tags.map(([number, value]) => der.explicit(number, value)));
}

/** What the operating system vouches for: when, and for which app. */
function bySoftware(spec: KeyDescriptionSpec, made: number): readonly Tag[] {
  const app: readonly Tag[] = [
    [701, der.integer(made)],
    [709, applicationId(spec)],
  ];
  return spec.version < MODULE_HASH_SINCE ? app : [...app, [724, der.octets(new Uint8Array(32))]];
}

function applicationId({ package: name, signer, versionCode }: KeyDescriptionSpec): Uint8Array {
  const packages = der.set(der.sequence(der.octets(utf8(name)), der.integer(versionCode)));
  return der.octets(der.sequence(packages, der.set(der.octets(parseHex(signer)))));
}

/** What the secure world vouches for: the key, and how the phone was booted. */
function byHardware(spec: KeyDescriptionSpec): readonly Tag[] {
  return [
    [1, der.set(...spec.purposes.map((purpose) => der.integer(purpose)))],
    [2, der.integer(EC)],
    [3, der.integer(P256_BITS)],
    [5, der.set(der.integer(SHA256))],
    [10, der.integer(P256_CURVE)],
    [503, der.null()],
    [702, der.integer(spec.origin)],
    [704, rootOfTrust(spec)],
    [705, der.integer(spec.osVersion)],
    [706, der.integer(spec.osPatchLevel)],
    [710, der.octets(utf8(spec.brand))],
    [717, der.octets(utf8(spec.model))],
    [718, der.integer(spec.osPatchLevel * 100 + 5)],
    [719, der.integer(spec.osPatchLevel * 100 + 1)],
  ];
}

function rootOfTrust({ locked, bootState }: KeyDescriptionSpec): Uint8Array {
  const bootHash = new Uint8Array(32);
  return der.sequence(der.octets(BOOT_KEY), der.boolean(locked), der.enumerated(bootState), der.octets(bootHash));
}
