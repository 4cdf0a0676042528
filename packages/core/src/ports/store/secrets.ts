export interface SecretRow {
  readonly iss: string;
  readonly app: string;
  readonly name: string;
  readonly version: number;
  readonly sealed: string;
  /** JSON of the delivery rule: minimum assurance, daily limit, seconds to live. */
  readonly rule: string;
  readonly createdAt: number;
}

export interface SecretStore {
  /** Adds the next version; false when (iss, app, name, version) exists. */
  addSecret(row: SecretRow): Promise<boolean>;
  /** The newest version of each secret of the app. */
  currentSecrets(iss: string, app: string): Promise<readonly SecretRow[]>;
}
