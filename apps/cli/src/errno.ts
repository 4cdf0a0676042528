/** The code of a fault of the operating system, such as `ENOENT`; empty for anything else. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** What the codes that people meet mean, one row each. The code itself stays: it is what they search for. */
const MEANING: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a file stands where a folder is named',
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EISDIR: 'it is a folder',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the other side broke the connection off',
  ENOTFOUND: 'the name has no address',
  EAI_AGAIN: 'names cannot be looked up now',
  ENETUNREACH: 'there is no way to that network',
  EHOSTUNREACH: 'there is no way to that host',
  ERR_SSL_WRONG_VERSION_NUMBER: 'what answers there does not speak TLS',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'what answers there does not speak TLS',
  ERR_SSL_TLSV1_UNRECOGNIZED_NAME: 'no host of that name is served there',
};

/** A code with its meaning, for people; the code alone where it has none here. */
export function inWords(code: string): string {
  const meaning = MEANING[code];
  return meaning === undefined ? code : `${code}: ${meaning}`;
}
