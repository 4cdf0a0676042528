/** One of the vendor's roots as data: where it was taken from, when, and what its certificate must hash to. */
export interface GoogleRootSource {
  readonly id: string;
  readonly kind: 'hardware' | 'software';
  readonly source: string;
  /** Day of the copy, YYYY-MM-DD. */
  readonly date: string;
  /** SHA-256 of the DER certificate, lower-case hex. */
  readonly sha256: string;
  readonly pem: string;
}
