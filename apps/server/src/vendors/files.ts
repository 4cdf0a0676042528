import { readFileSync, statSync } from 'node:fs';
import { ConfigError } from '@assay/core';

/** None of these files is large; a wrong path may be. */
const MAX_BYTES = 65_536;

/**
 * The text of a file with a key or secret, without white space around it: nobody but its owner may read it.
 *
 * @throws ConfigError `server.vendor_key_readable_by_others`, `server.vendor_key_unreadable`, neither with anything out of the
 *   file
 */
export function readPrivate(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isFile() || stat.size > MAX_BYTES) {
    throw unreadable(path, `a file of at most ${MAX_BYTES} bytes`);
  }
  if ((stat.mode & 0o077) !== 0 && process.platform !== 'win32') {
    throw new ConfigError('server.vendor_key_readable_by_others', `other users can read ${path}`, {
      expected: 'mode 0600',
      found: `mode ${(stat.mode & 0o777).toString(8).padStart(4, '0')}`,
      hint: `chmod 600 ${path}`,
    });
  }
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw unreadable(path, 'a file that this server may read', cause);
  }
}

/** The file of a vendor's key cannot be used. */
export function unreadable(path: string, expected: string, cause?: unknown): ConfigError {
  const detail = { expected, found: path };
  return new ConfigError('server.vendor_key_unreadable', 'a key or secret of a vendor cannot be read', detail, {
    cause,
  });
}
