import { toBase64, utf8 } from '@assay/formats';

/** What Huawei's service says of one app on one test phone. A fault changes one member. */
export interface HuaweiSpec {
  readonly flavour: 'hms' | 'harmony';
  /** Package, or bundle of HarmonyOS. */
  readonly package: string;
  /** SHA-256 of the signing certificate, hex. */
  readonly signer: string;
  readonly appId: string;
  readonly basicIntegrity: boolean;
  readonly detail: readonly string[];
  /** Milliseconds since the result was made. */
  readonly ageMs: number;
  /** Name in the certificate of whoever signs. */
  readonly host: string;
  /** Look-alikes have the same names and other keys. */
  readonly authorities: 'genuine' | 'lookalike';
  /** The binding that the result is made for, given the one that was asked for. */
  readonly bindingFor: (asked: string) => string;
}

/** A result as each service writes it (`developer.huawei.com`, SysIntegrityResp; Device Security Kit). */
export function resultOf(spec: HuaweiSpec, binding: string, now: number): object {
  const bound = spec.bindingFor(binding);
  const { appId, basicIntegrity, detail } = spec;
  if (spec.flavour === 'harmony') {
    const own = { hapBundleName: spec.package, hapCertificateSha256: spec.signer.toUpperCase() };
    return { ...own, appId, basicIntegrity, detail, nonce: bound, timestamp: now - spec.ageMs };
  }
  return {
    ...{ advice: basicIntegrity ? '' : 'RESTORE_TO_FACTORY_ROM', apkPackageName: spec.package, appId, basicIntegrity },
    apkCertificateDigestSha256: [Buffer.from(spec.signer, 'hex').toString('base64')],
    apkDigestSha256: toBase64(new Uint8Array(32)),
    ...(detail.length === 0 ? {} : { detail }),
    // The package takes the text, and the service is given its bytes.
    nonce: toBase64(utf8(bound)),
    timestampMs: now - spec.ageMs,
  };
}
