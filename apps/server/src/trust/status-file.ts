import { statSync } from 'node:fs';
import type { Clock } from '@assay/core';
import { readStatusCopy, type StatusCopy, type TrustSourceState } from '@assay/service';
import { readFile } from './files.ts';

const RELOAD_MS = 60_000;

/** A copy of the status list that something else fetches into a file. */
export interface StatusFile {
  /** The last good copy with the time of its file, or when it was read where the file says later. */
  read(): { readonly copy: StatusCopy; readonly at: number };
  state(maxAgeMs: number): TrustSourceState;
}

/**
 * Reads the copy again when its file has changed; a broken newer file leaves the last good copy in force.
 *
 * @throws ConfigError `server.status_list_unreadable` at the first reading
 */
export function openStatusFile(path: string, clock: Clock): StatusFile {
  let current = readStatusFile(path, clock());
  let checkedAt = clock();

  function read() {
    if (clock() - checkedAt < RELOAD_MS) return current;
    checkedAt = clock();
    try {
      if (statSync(path).mtimeMs !== current.written) current = readStatusFile(path, clock());
    } catch {
      // the last good copy stays until it is too old to count; its age is a metric
    }
    return current;
  }

  function state(maxAgeMs: number): TrustSourceState {
    const { copy, at } = read();
    const isUsable = clock() - at <= maxAgeMs;
    return {
      ...{ source: 'google-status', from: path, confirmedAt: at, version: copy.version },
      ...{ freshUntil: null, triedAt: checkedAt, nextAt: null, error: null },
      alarms: isUsable ? [] : [{ alarm: 'unusable', about: null }],
    };
  }

  return { read, state };
}

interface ReadFile {
  readonly copy: StatusCopy;
  /** The file's own time. */
  readonly written: number;
  /** No later than it was read: a file from the future would not grow old until then. */
  readonly at: number;
}

function readStatusFile(path: string, now: number): ReadFile {
  const written = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0; // before the text: a newer one is read again
  const copy = readFile(path, 'server.status_list_unreadable', 'the copy of the status list', readStatusCopy);
  return { copy, written, at: Math.min(written, now) };
}
