import { basename, isAbsolute, relative, resolve } from 'node:path';

/**
 * The part of a file's path that may tell which build it belongs to. Of a file outside of the working folder it is what lies
 * beneath the operand that led to it, or its name: a checkout may lie in a folder called as people like.
 */
export function judgedPath(file: string, operands: readonly string[], cwd: string): string {
  const path = resolve(cwd, file);
  const beneath = [cwd, ...operands].map((folder) => relative(resolve(cwd, folder), path)).find(isBeneath);
  return beneath ?? basename(file);
}

const isBeneath = (path: string): boolean => path !== '' && !/^\.\.(?:[\\/]|$)/.test(path) && !isAbsolute(path);
