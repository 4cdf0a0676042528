/** One of Huawei's roots as data: where it was taken from, when, and what its certificate must hash to. */
export interface HuaweiRootSource {
  readonly id: string;
  /** The service whose results end here. */
  readonly kind: 'hms' | 'harmony';
  readonly source: string;
  /** Day of the copy, YYYY-MM-DD. */
  readonly date: string;
  /** SHA-256 of the DER certificate, lower-case hex. */
  readonly sha256: string;
  readonly pem: string;
}
