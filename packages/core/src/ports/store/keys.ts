export type KeyUse = 'challenge' | 'token' | 'reply' | 'record';
export type KeyState = 'next' | 'active' | 'retiring' | 'gone';

/** A key at rest: `sealed` opens only with the key-encryption key, which the database does not hold. */
export interface KeyRow {
  readonly iss: string;
  readonly use: KeyUse;
  readonly kid: string;
  readonly state: KeyState;
  /** JSON of the public JWK, or null for symmetric keys. */
  readonly publicJwk: string | null;
  readonly sealed: string;
  readonly createdAt: number;
  /** When the state last changed. */
  readonly changedAt: number;
}

export interface KeyStore {
  keys(iss: string, use: KeyUse): Promise<readonly KeyRow[]>;
  /** False when (iss, use, kid) exists already. */
  addKey(row: KeyRow): Promise<boolean>;
  /** Compare-and-set of a key's state; false when it was not `from` any more. */
  setKeyState(iss: string, use: KeyUse, kid: string, from: KeyState, to: KeyState, at: number): Promise<boolean>;
  /** Gives the place of a key that is gone, sealed as `spent`, to a new key of the same name; false when it is another by now. */
  replaceKey(row: KeyRow, spent: string): Promise<boolean>;
}
