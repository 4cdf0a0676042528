import { defineReasons } from '@assay/core';

const operator = { family: 'config', class: 'evidence', action: 'retry' } as const;

/** Why a server does not start, or does not take what it is to load again. */
export const SERVER_REASONS = defineReasons({
  'server.config_invalid': {
    ...operator,
    summary: 'the configuration is not valid',
    hint: 'mend the members that are named',
  },
  'server.clear_text_refused': {
    ...operator,
    summary: 'clear text would leave this machine',
    hint: 'configure TLS, or name the proxy that terminates it',
  },
  'server.tls_incomplete': {
    ...operator,
    summary: 'a certificate without its key, or a key without its certificate',
    hint: 'set both ASSAY_TLS_CERT and ASSAY_TLS_KEY',
  },
  'server.tls_unreadable': {
    ...operator,
    summary: 'the TLS certificate and key cannot be used',
    hint: 'compare the two files; the old ones stay in force in a server that runs',
  },
  'server.data_in_use': {
    ...operator,
    summary: 'another process is using the data folder',
    hint: 'stop the other server first, or give this one a folder of its own',
  },
  'server.database_missing': {
    ...operator,
    summary: 'the data folder holds no database',
    hint: 'give the settings that the server is started with',
  },
  'server.kek_missing': {
    ...operator,
    summary: 'the key file that the database needs is not there',
    hint: 'put the copy of the file back; without it nothing in the database opens',
  },
  'server.kek_readable_by_others': {
    ...operator,
    summary: 'other users can read the key-encryption key',
    hint: 'chmod 600',
  },
  'server.test_roots_refused': {
    ...operator,
    summary: 'test roots beside an environment that is not development',
    hint: 'run development in a process of its own',
  },
  'server.test_roots_unreadable': {
    ...operator,
    summary: 'the file of test roots cannot be read, or holds none',
    hint: 'name a PEM file with at least one certificate',
  },
  'server.status_list_unreadable': {
    ...operator,
    summary: "the copy of Google's status list cannot be read",
    hint: 'fetch it again; without one every chain counts as not checked',
  },
  'server.advisories_incomplete': {
    ...operator,
    summary: 'advisories without a key to verify them, or a key without advisories',
    hint: 'set both ASSAY_ADVISORIES and ASSAY_ADVISORIES_KEYS',
  },
  'server.advisories_key_unreadable': {
    ...operator,
    summary: 'a public key of advisories cannot be read',
    hint: 'name the PEM file of a public key on P-256: the private half stays with whoever signs',
  },
  'server.vendor_key_readable_by_others': {
    ...operator,
    summary: 'other users can read a key or secret of a vendor',
    hint: 'chmod 600',
  },
  'server.format_writable_by_others': {
    ...operator,
    summary: 'other users can write a module that runs with the rights of the server',
    hint: 'chmod 644, in a folder that only its owner may write',
  },
  'server.format_twice': {
    ...operator,
    summary: 'two modules hold a format for one role',
    hint: 'give each a role of its own',
  },
  'server.vendors_invalid': {
    ...operator,
    summary: 'the file of vendors is not valid',
    hint: 'mend the members that are named, see docs/configuration.md',
  },
  'server.vendor_key_unreadable': {
    ...operator,
    summary: 'a key or secret of a vendor cannot be read',
    hint: 'name the file as it came out of the console of the vendor',
  },
  'server.format_unreadable': {
    ...operator,
    summary: 'a module with a format of evidence cannot be loaded',
    hint: 'compare the path; run the module with `node` to see why',
  },
});
