/** What goes back to the app. */
export interface Answer {
  readonly status: 200 | 403;
  /** Compact JWS by the reply key. */
  readonly reply: string;
  readonly support: string;
  /** Whether nobody may tell by it what became of the request: not by when it leaves either. */
  readonly isSealed?: true;
}
