import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { npmCommand, npmEnvironment } from '../bootstrap/npm.mjs';

describe('how npm is called', () => {
  it('drops inherited settings that would bend the install', () => {
    const kept = npmEnvironment({
      NODE_ENV: 'production',
      npm_config_ignore_scripts: 'true',
      npm_config_omit: 'optional',
      npm_config_production: 'true',
      npm_config_workspace: 'packages/core',
      npm_config_prefix: '/usr',
      'npm_config_dry-run': 'true',
      NPM_CONFIG_GLOBAL: 'true',
    });
    assert.deepEqual(kept, { NODE_ENV: 'development' });
  });

  it('keeps where packages come from', () => {
    const given = { PATH: '/bin', npm_config_cache: '/c', npm_config_registry: 'https://r.example', HTTPS_PROXY: 'p' };
    assert.deepEqual(npmEnvironment(given), { ...given, NODE_ENV: 'development' });
  });

  it('is the npm that started us', () => {
    const { file, args } = npmCommand({ npm_execpath: '/lib/npm/bin/npm-cli.js' });
    assert.deepEqual([file, ...args], [process.execPath, '/lib/npm/bin/npm-cli.js']);
  });

  it('is the one in PATH when another package manager started us', () => {
    assert.equal(npmCommand({ npm_execpath: '/lib/pnpm/bin/pnpm.cjs' }, 'linux').file, 'npm');
    assert.equal(npmCommand({}, 'win32').shell, true);
  });
});
