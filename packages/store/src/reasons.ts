import { defineReasons } from '@assay/core';

const device = { class: 'device', action: 'retry' } as const;

/** Every code this package raises. None of them is about the device: a store that fails refuses nobody. */
export const STORE_REASONS = defineReasons({
  'store.unavailable': {
    family: 'upstream',
    ...device,
    summary: 'The database cannot be reached, or the connection broke.',
    hint: 'Check that the database runs and that its address and network are right; the same call may work later.',
  },
  'store.busy': {
    family: 'upstream',
    ...device,
    summary: 'Another writer held the database for too long.',
    hint: 'Stop other processes that write to the same database, or move to PostgreSQL.',
  },
  'store.disk_full': {
    family: 'upstream',
    ...device,
    summary: 'The database has no room left to write.',
    hint: 'Free space on the volume that holds the database.',
  },
  'store.corrupt': {
    family: 'upstream',
    ...device,
    summary: 'The database holds what this program cannot have written.',
    hint: 'Stop the server, keep a copy of the database, and restore the last good backup.',
  },
  'store.conflict': {
    family: 'upstream',
    ...device,
    summary: 'A row with this unique name exists already.',
    hint: 'Repeat the call with a new id.',
  },
  'store.failed': {
    family: 'upstream',
    ...device,
    summary: 'The database refused a statement.',
    hint: 'Report the engine code in this error as a bug.',
  },
  'store.text_invalid': {
    family: 'request',
    ...device,
    summary: 'A text holds a NUL character or half of a surrogate pair, which no engine keeps faithfully.',
    hint: 'Refuse such text where it enters.',
  },
  'store.limit_invalid': {
    family: 'request',
    ...device,
    summary: 'A page size is not a whole number from 1 to 1000.',
    hint: 'Ask for fewer rows and page on.',
  },
  'store.path_invalid': {
    family: 'config',
    ...device,
    summary: 'The path of the SQLite database cannot be used.',
    hint: 'Name a file in an existing local folder that this user may write to.',
  },
  'store.file_exposed': {
    family: 'config',
    ...device,
    summary: 'The SQLite database is open to other users of this machine.',
    hint: 'Run chmod 600 on the file, and treat what it held as read by others.',
  },
  'store.wal_refused': {
    family: 'config',
    ...device,
    summary: 'The file system cannot keep a write-ahead log.',
    hint: 'Put the database on a local disk, not on a network share.',
  },
  'store.url_invalid': {
    family: 'config',
    ...device,
    summary: 'The database URL is not of the form postgres://user:password@host:port/database.',
    hint: 'Correct the URL; percent-encode special characters in the password.',
  },
  'store.access_refused': {
    family: 'config',
    ...device,
    summary: 'The database does not let this user in.',
    hint: 'Check user, password, database name and grants.',
  },
  'store.migration_changed': {
    family: 'config',
    ...device,
    summary: 'A migration that ran on this database differs from the one in this program.',
    hint: 'Run the program version that made the database; migrations are only ever added.',
  },
  'store.schema_newer': {
    family: 'config',
    ...device,
    summary: 'A newer program version has changed this database.',
    hint: 'Run that version or a later one; a database is never migrated backwards.',
  },
});
