import type { Document } from '../../../project.ts';
import type { Severity } from '../../rule.ts';

interface Shipping extends Pick<Document, 'variant'> {
  readonly isReferenced?: boolean;
}

/** True for files that may count in the app that users run; what a built app does not refer to does nothing. */
export const ships = ({ variant, isReferenced }: Shipping): boolean =>
  isReferenced !== false && (variant === 'release' || variant === 'any');

/** What is wrong in builds that only developers run is worth knowing, and nothing more. */
export function weight(inRelease: boolean, severity?: Severity): { readonly severity?: Severity } {
  if (!inRelease) return { severity: 'info' };
  return severity === undefined ? {} : { severity };
}
