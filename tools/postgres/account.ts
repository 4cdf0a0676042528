/** Whom the server runs as; undefined: whoever we are. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses root, and wants an account with a name: `nobody` has this number on every system we know. */
const NOBODY: Account = { uid: 65534, gid: 65534 };

export function serverAccount(uid: number | undefined = process.getuid?.()): Account | undefined {
  return uid === 0 ? NOBODY : undefined;
}
