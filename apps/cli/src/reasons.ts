import { ConfigError, type Detail, defineReasons, type Reason, RequestError, UpstreamError } from '@assay/core';

const COMMON = { class: 'evidence', action: 'retry' } as const;

const ROWS = {
  'cli.usage': {
    ...COMMON,
    family: 'request',
    summary: 'the command line is not complete, or says too much',
    hint: 'add --help to the command',
  },
  'cli.not_evidence': {
    ...COMMON,
    family: 'request',
    summary: 'this is not evidence of a kind that is known here',
    hint: 'see `assay evidence verify --help` for the kinds of files',
  },
  'cli.member_invalid': {
    ...COMMON,
    family: 'request',
    summary: 'the evidence document is not complete',
    hint: 'give the missing members as options, see --help',
  },
  'cli.document_invalid': {
    ...COMMON,
    family: 'request',
    summary: 'the document is not in its form',
    hint: 'repair the members that are named',
  },
  'cli.file_unreadable': {
    ...COMMON,
    family: 'upstream',
    summary: 'a file cannot be read',
    hint: 'check the path and who may read it',
  },
  'cli.file_unwritable': {
    ...COMMON,
    family: 'upstream',
    summary: 'a file cannot be written',
    hint: 'check the path, who may write there, and the room on the disk',
  },
  'cli.file_refused': {
    ...COMMON,
    family: 'request',
    summary: 'a document names a file outside its own folder',
    hint: 'put the file beside the document',
  },
  'cli.archive_refused': {
    ...COMMON,
    family: 'request',
    summary: 'an archive or a member of it is damaged, or made to hinder its reading',
    hint: 'build the app anew from source',
  },
  'cli.file_exists': {
    ...COMMON,
    family: 'request',
    summary: 'the file exists already and is left as it is',
    hint: 'choose another name; a key that is overwritten is lost',
  },
  'cli.folder_unreadable': {
    ...COMMON,
    family: 'request',
    summary: 'the folder cannot be read',
    hint: 'check the path',
  },
  'cli.nothing_to_read': {
    ...COMMON,
    family: 'request',
    summary: 'there is no file beneath these folders that is read here',
    hint: 'check the path; --help tells what is read, and which folders are passed over',
  },
  'cli.no_vectors': {
    ...COMMON,
    family: 'request',
    summary: 'there are no vectors below this folder',
    hint: 'see `assay conformance --help` for the layouts',
  },
  'cli.case_unreadable': {
    ...COMMON,
    family: 'request',
    summary: 'a case cannot be decided, because it is not complete',
    hint: 'repair the case',
  },
  'cli.roots_empty': {
    ...COMMON,
    family: 'config',
    summary: 'the file of roots holds no certificate',
    hint: 'give PEM with the roots to trust',
  },
  'cli.port_unavailable': {
    ...COMMON,
    family: 'config',
    summary: 'an address cannot be listened on',
    hint: 'end the other process, or choose another with --listen and --admin-listen',
  },
  'cli.data_unusable': {
    ...COMMON,
    family: 'config',
    summary: 'the data folder or a file of the server cannot be used',
    hint: 'give a folder that this user may write with --data',
  },
  'cli.folder_not_ours': {
    ...COMMON,
    family: 'request',
    summary: 'the folder was not made by `assay up`, which clears its folder at each start',
    hint: 'name an empty or new one with --data',
  },
  'cli.folder_in_use': {
    ...COMMON,
    family: 'request',
    summary: 'another `assay up` is using the folder',
    hint: 'stop that one, or name another folder with --data',
  },
  'cli.server_address_refused': {
    ...COMMON,
    family: 'config',
    summary: 'the operator address of the server is not usable',
    hint: 'use http on loopback (through SSH if need be), or https',
  },
  'cli.issuer_malformed': {
    ...COMMON,
    family: 'request',
    summary: 'the issuer is not given as tenant/environment',
    hint: 'for example --issuer main/prod',
  },
  'cli.credential_unusable': {
    ...COMMON,
    family: 'config',
    summary: 'the file holds no operator credential',
    hint: 'a server writes its first one to operator-token in its data folder; name another with --credential-file',
  },
  'cli.credential_refused': {
    ...COMMON,
    family: 'config',
    summary: 'the server does not take this credential',
    hint: 'it is of another server, expired, revoked, or lacks the scope',
  },
  'cli.server_unreachable': {
    ...COMMON,
    family: 'upstream',
    summary: 'the server does not answer',
    hint: 'start it with `assay serve`, or name its operator address with --server',
  },
  'cli.server_answer_unknown': {
    ...COMMON,
    family: 'upstream',
    summary: 'the answer is not one of an Assay server',
    hint: 'check --server: it must be the operator listener of a server of the same version',
  },
  'cli.server_refused': {
    ...COMMON,
    family: 'request',
    summary: 'the server refuses this',
    hint: 'repair what the server names',
  },
  'cli.app_unknown': {
    ...COMMON,
    family: 'request',
    summary: 'no app of this name is registered',
    hint: 'see `assay app list`',
  },
  'cli.preset_unknown': {
    ...COMMON,
    family: 'request',
    summary: 'there is no preset of this name',
    hint: 'see `assay policy presets`',
  },
  'cli.no_decision': {
    ...COMMON,
    family: 'request',
    summary: 'under this support code stands input that was refused before any decision',
    hint: 'see it with `assay device show`',
  },
  'cli.key_unusable': {
    ...COMMON,
    family: 'config',
    summary: 'the file holds no P-256 key as it is needed here',
    hint: 'make one with `assay keys create`',
  },
  'cli.host_unreachable': {
    ...COMMON,
    family: 'upstream',
    summary: 'no TLS connection to the host',
    hint: 'check name, port and network',
  },
  'cli.host_untrusted': {
    ...COMMON,
    family: 'upstream',
    summary: 'the chain that the host serves does not validate, so nothing is compared with it',
    hint: 'repair the host, or name a private root with --live-roots',
  },
  'cli.case_unknown': {
    ...COMMON,
    family: 'request',
    summary: 'no case, row or group of cases has this name',
    hint: '`assay mitm cases` lists them',
  },
  'cli.client_unstartable': {
    ...COMMON,
    family: 'upstream',
    summary: 'the shell for the client cannot be started',
    hint: 'start the command from a folder that is there, on a system with /bin/sh',
  },
  'cli.clock_unmovable': {
    ...COMMON,
    family: 'upstream',
    summary: 'the clock of the client cannot be moved',
    hint: 'install libfaketime, or name it with ASSAY_FAKETIME',
  },
  'cli.listen_refused': {
    ...COMMON,
    family: 'config',
    summary: 'beyond loopback the harness serves forged certificates to whoever reaches it',
    hint: 'listen on 127.0.0.1, or say --reachable-from-network where that is meant',
  },
  'cli.leaf_key_unusable': {
    ...COMMON,
    family: 'config',
    summary: 'the file holds no private key that can be opened',
    hint: 'give PEM (PKCS #8 or SEC 1), and the passphrase with --passphrase-file',
  },
  'cli.folder_open': {
    ...COMMON,
    family: 'config',
    summary: 'private keys lie where others may read them',
    hint: 'chmod 700 the folder and chmod 600 its files, once nobody else can have read them',
  },
} as const;

export type CliCode = keyof typeof ROWS;

/** Reason codes of the command line. */
export const CLI_REASONS: Readonly<Record<CliCode, Reason>> = defineReasons(ROWS);

interface FaultDetail extends Detail {
  /** Replaces the summary where a name helps. */
  readonly message?: string;
}

/** An error of the family that the table gives the code, with the table's next step unless a nearer one is known. */
export function fault(
  code: CliCode,
  { message, ...given }: FaultDetail = {},
  cause?: unknown,
): RequestError | UpstreamError | ConfigError {
  const { family, summary, hint } = CLI_REASONS[code];
  const [text, detail, options] = [message ?? summary, { hint, ...given }, { cause }];
  if (family === 'request') return new RequestError(code, text, detail, options);
  if (family === 'config') return new ConfigError(code, text, detail, options);
  return new UpstreamError(code, text, false, detail, options);
}
