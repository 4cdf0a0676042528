/** One admin act in the hash chain: `hash` covers `previous` and every other member. */
export interface AuditRow {
  readonly iss: string;
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
  readonly act: string;
  readonly subject: string;
  /** JSON, without secrets. */
  readonly detail: string;
  readonly previous: string;
  readonly hash: string;
}

export interface AuditStore {
  lastAudit(iss: string): Promise<AuditRow | undefined>;
  /** False when `seq` is taken: the caller reads the last row again and retries. */
  appendAudit(row: AuditRow): Promise<boolean>;
  audit(iss: string, after: number, limit: number): Promise<readonly AuditRow[]>;
}

/** A credential of the operator interface; `digest` is SHA-256 of the token, which is shown once and never stored. */
export interface Credential {
  readonly id: string;
  readonly digest: string;
  /** JSON array of scopes. */
  readonly scopes: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
}

export interface CredentialStore {
  addCredential(credential: Credential): Promise<boolean>;
  credentialByDigest(digest: string): Promise<Credential | undefined>;
  revokeCredential(id: string, at: number): Promise<boolean>;
  credentials(): Promise<readonly Credential[]>;
}
