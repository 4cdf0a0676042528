import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import { der, toBase64, toBase64url, utf8 } from '@assay/formats';
import type { PhoneContext } from '../android/phone.ts';
import { createSerial } from '../certificates/authorities.ts';
import { createKeys } from '../certificates/keys.ts';
import { type Authority, extension, mintCertificate, NO_AUTHORITY, nameOf } from '../certificates/mint.ts';
import type { TestRoots } from '../roots.ts';
import { type HuaweiSpec, resultOf } from './result.ts';

/** The name of the real service: results of any other are refused. */
export const HUAWEI_HOST = 'sysintegrity.platform.hicloud.com';

const FROM = Date.UTC(2020, 0, 1);
const TO = Date.UTC(2049, 11, 31);
const SUBJECT_ALT_NAME = '2.5.29.17';
const DNS_NAME = 0x82;

/** Huawei's service on a test phone: a result for what the app asks to have bound. */
export function createHuaweiService(
  spec: HuaweiSpec,
  roots: Pick<TestRoots, 'genuine' | 'lookalike' | 'hmsKey'>,
  context: Pick<PhoneContext, 'random' | 'clock'>,
): (binding: string) => string {
  const [authority, root] = roots[spec.authorities][spec.flavour];
  const { alg, above, keyOf, signBy } = ALGORITHMS[spec.flavour];
  let signer: { readonly key: KeyObject; readonly x5c: readonly string[] } | undefined;
  return (binding) => {
    signer ??= createSigner(spec.host, authority, above(authority, root), keyOf(roots, context), context);
    const input = [{ alg, x5c: signer.x5c }, resultOf(spec, binding, context.clock())]
      .map((part) => toBase64url(utf8(JSON.stringify(part))))
      .join('.');
    return `${input}.${toBase64url(signBy(utf8(input), signer.key))}`;
  };
}

interface AlgorithmRow {
  readonly alg: string;
  /** Certificates that go along above the leaf. */
  readonly above: (authority: Authority, root: Authority) => readonly Authority[];
  readonly keyOf: (roots: Pick<TestRoots, 'hmsKey'>, context: Pick<PhoneContext, 'random'>) => KeyObject;
  readonly signBy: (signed: Uint8Array, key: KeyObject) => Uint8Array;
}

const ALGORITHMS: Readonly<Record<HuaweiSpec['flavour'], AlgorithmRow>> = {
  hms: {
    alg: 'RS256',
    above: (authority) => [authority],
    keyOf: ({ hmsKey }) => hmsKey(),
    signBy: (signed, key) => sign('sha256', signed, key),
  },
  harmony: {
    alg: 'ES256',
    above: (authority, root) => [authority, root],
    keyOf: (_, { random }) => createKeys(random).privateKey,
    signBy: (signed, key) => sign('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }),
  },
};

function createSigner(
  host: string,
  authority: Authority,
  above: readonly Authority[],
  key: KeyObject,
  { random }: Pick<PhoneContext, 'random'>,
) {
  const leaf = mintCertificate({
    ...{ subject: nameOf({ commonName: host }), issuer: authority, serial: createSerial(random) },
    spki: createPublicKey(key).export({ format: 'der', type: 'spki' }),
    ...{ notBefore: FROM, notAfter: TO },
    extensions: [...NO_AUTHORITY, extension(SUBJECT_ALT_NAME, der.sequence(der.raw(DNS_NAME, utf8(host))))],
  });
  return { key, x5c: [leaf, ...above.map(({ certificate }) => certificate)].map(toBase64) };
}
