/** The app on a test phone, as both platforms know it. */
export interface VirtualApp {
  /** Apple: `TEAMID.bundle.id`. */
  readonly appleId: string;
  /** Apple: CFBundleVersion. */
  readonly bundleVersion: string;
  /** Android: package name. */
  readonly package: string;
  /** Android: SHA-256 of the signing certificate, lower-case hex. */
  readonly signer: string;
  /** Android: versionCode. */
  readonly versionCode: number;
  /** App id of AppGallery Connect; `100200300` unless given. */
  readonly huaweiAppId?: string;
}
