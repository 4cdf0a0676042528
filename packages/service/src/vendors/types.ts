import type { JsonValue } from '@assay/formats';

/**
 * Services of vendors, as the use cases see them. Each may be missing: what needs it is then a configuration fault. Every
 * call may throw UpstreamError (`service.vendor_unavailable`), which never becomes a refusal nor an acceptance.
 */
export interface Vendors {
  /** Keys of Play Integrity by package: tokens are opened here, and no quota is spent. */
  playKeys(packageName: string): PlayKeys | undefined;
  /** Google's endpoint, for packages whose keys Google manages. The answer is `tokenPayloadExternal`, unread. */
  readonly playDecode?: (packageName: string, token: string) => Promise<JsonValue>;
  /** Writes bits of Play's device recall for the device that this token came from; the others stay as they are. */
  readonly playRecall?: (packageName: string, token: string, bits: RecallBits) => Promise<void>;
  /** Calls to `playDecode` that Google allows for a package on one day. Default 10,000, which is Google's. */
  readonly playQuota?: (packageName: string) => number | undefined;
  /** Apple's receipt service. `too_early` and `no_data` are answers, not faults. */
  readonly appleReceipt?: (renewal: ReceiptRenewal) => Promise<ReceiptAnswer>;
  readonly deviceCheck?: DeviceCheckPort;
  readonly captcha?: CaptchaPort;
  /** JSON Web Key Set that signs Firebase App Check tokens. */
  readonly appCheckKeys?: () => Promise<JsonValue>;
}

/** Three bits that Google keeps for a device and a developer account. */
export type RecallBits = Readonly<Partial<Record<'bit0' | 'bit1' | 'bit2', boolean>>>;

/** Out of the Play Console, decoded. */
export interface PlayKeys {
  /** AES-256 key, 32 bytes. */
  readonly decryptionKey: Uint8Array;
  /** SubjectPublicKeyInfo of a P-256 key. */
  readonly verificationKey: Uint8Array;
}

export interface ReceiptRenewal {
  /** Apple team that the app belongs to. */
  readonly team: string;
  readonly environment: 'production' | 'development';
  readonly receipt: Uint8Array;
}

export type ReceiptAnswer =
  | { readonly outcome: 'renewed'; readonly receipt: Uint8Array }
  | { readonly outcome: 'too_early' }
  | { readonly outcome: 'no_data' };

/** The two bits that Apple keeps for a device and a developer team. */
export interface DeviceBits {
  readonly bit0: boolean;
  readonly bit1: boolean;
  /** `YYYY-MM`, absent while no bits were ever set. */
  readonly updated?: string;
}

export interface DeviceCheckPort {
  query(device: DeviceCheckDevice): Promise<DeviceBits>;
  update(device: DeviceCheckDevice, bits: Pick<DeviceBits, 'bit0' | 'bit1'>): Promise<void>;
}

export interface DeviceCheckDevice {
  readonly team: string;
  readonly environment: 'production' | 'development';
  /** `DCDevice.generateToken`, base64. */
  readonly token: string;
}

export interface CaptchaPort {
  readonly provider: 'turnstile' | 'hcaptcha' | 'recaptcha';
  verify(token: string): Promise<CaptchaAnswer>;
}

export interface CaptchaAnswer {
  readonly passed: boolean;
  /** Host that the captcha was solved on. */
  readonly hostname: string | undefined;
  readonly action: string | undefined;
  /** What the page bound the captcha to: our binding text, where the provider carries one. */
  readonly bound: string | undefined;
  /** Epoch milliseconds. */
  readonly solvedAt: number | undefined;
}
