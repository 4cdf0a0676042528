import type { Document } from '../../../project.ts';
import type { Severity } from '../../rule.ts';

/** True for files that may be in the app that users run. */
export const ships = ({ variant }: Pick<Document, 'variant'>): boolean => variant === 'release' || variant === 'any';

/** What is wrong in builds that only developers run is worth knowing, and nothing more. */
export function weight(inRelease: boolean, severity?: Severity): { readonly severity?: Severity } {
  if (!inRelease) return { severity: 'info' };
  return severity === undefined ? {} : { severity };
}
