import { AssayError, UpstreamError } from '@assay/core';
import { plain, type Speech } from '../../speech.ts';

/** A file or folder that could not be read, or an archive that is none, and why. */
export interface UnreadFile {
  readonly file: string;
  readonly message: string;
}

/** What could not be read in a run over many files. */
export interface Unread {
  readonly files: readonly UnreadFile[];
  /** Talks about it at once, and lets the run go on. Whatever is no fault of reading is thrown on. */
  note(file: string, error: unknown): void;
}

export function createUnread(speech: Speech): Unread {
  const files: UnreadFile[] = [];
  return {
    files,
    note(file, error) {
      if (!isOfReading(error)) throw error;
      const message = error.detail.found ?? error.message;
      files.push({ file, message });
      speech.talk(`${plain(file)}: not read: ${plain(message)}`);
    },
  };
}

const isOfReading = (error: unknown): error is AssayError =>
  error instanceof UpstreamError || (error instanceof AssayError && error.code === 'cli.archive_refused');
