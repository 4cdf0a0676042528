import { basename } from 'node:path';

const COMMON = [
  'install',
  '--no-save',
  '--include=dev',
  '--include=optional',
  '--no-audit',
  '--no-fund',
  '--ignore-scripts',
  '--loglevel=error',
];

/**
 * `npm ci` stops when a platform's optional package could not be had at the time the lock was written; `npm install
 * --no-save` uses the same lock and hashes and leaves git clean. No package here needs an install script.
 * Warnings are left out: npm prints dozens about engines when it runs on the older Node that this file allows for.
 */
export const ONLINE = [...COMMON, '--prefer-offline', '--fetch-retries=1', '--fetch-timeout=20000'];

/** Only after the plain install failed: on a warm cache it works without any network, where --prefer-offline hangs. */
export const OFFLINE = [...COMMON, '--offline'];

/** Settings of a surrounding npm that would change what gets installed, or where. */
const HARMFUL = [
  'also',
  'cpu',
  'dev',
  'dry_run',
  'engine_strict',
  'force',
  'global',
  'global_style',
  'ignore_scripts',
  'include',
  'include_workspace_root',
  'install_links',
  'install_strategy',
  'legacy_bundling',
  'legacy_peer_deps',
  'libc',
  'local_prefix',
  'location',
  'offline',
  'omit',
  'only',
  'optional',
  'os',
  'package_lock',
  'package_lock_only',
  'prefer_online',
  'prefix',
  'production',
  'save',
  'strict_peer_deps',
  'workspace',
  'workspaces',
];

/** The environment for npm: registry, cache and proxy settings stay, what would bend the install goes. */
export function npmEnvironment(env) {
  const harmful = new Set(HARMFUL.map((name) => `npm_config_${name}`));
  const kept = Object.entries(env).filter(([name]) => !harmful.has(name.toLowerCase().replaceAll('-', '_')));
  return { ...Object.fromEntries(kept), NODE_ENV: 'development' };
}

/** The npm that started us, on the Node that runs us; else the npm in PATH (started by name, through a shell on Windows). */
export function npmCommand(env, platform = process.platform) {
  const path = env.npm_execpath;
  if (path !== undefined && basename(path) === 'npm-cli.js') {
    return { file: process.execPath, args: [path], shell: false };
  }
  return { file: 'npm', args: [], shell: platform === 'win32' };
}
