import { type DataValue, dictOf } from '../data/value.ts';

/** True for the Info.plist of an app extension: a process of its own, with transport security of its own. */
export const isExtension = (plist: DataValue): boolean => dictOf(plist, 'NSExtension') !== undefined;
