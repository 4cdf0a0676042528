import { RequestError } from '@assay/core';
import type { Place } from './place.ts';
import { PIN_CONFIGS_REASONS } from './reasons.ts';

/** A file is not in its form, or is larger than is read. Says where, so that a run over many files can report it and go on. */
export class UnreadableFile extends RequestError {
  readonly place: Place;
  /** The message without the place. */
  readonly reason: string;

  constructor(
    message: string,
    place: Place,
    code: keyof typeof PIN_CONFIGS_REASONS = 'pin_configs.unreadable',
    options?: ErrorOptions,
  ) {
    const { hint } = PIN_CONFIGS_REASONS[code];
    super(code, `${place.file}:${place.line}:${place.column}: ${message}`, { hint }, options);
    this.place = place;
    this.reason = message;
  }
}
