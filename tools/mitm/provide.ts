import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../command.ts';
import { kotlinTools } from '../kotlin/tools.ts';
import { venv } from './venv.ts';

const run = promisify(execFile);

const CLIENTS = join(ROOT, 'tools/mitm/clients');
const CACHE = join(ROOT, 'node_modules/.cache/mitm');

/** A client that can be run here: what its command needs in the environment, and which version it is. */
export interface Ready {
  readonly version: string;
  readonly env: Readonly<Record<string, string>>;
  close?(): Promise<void>;
}

/** Makes a client ready. Throws, saying why, where it cannot be had. */
export type Provide = (authority: string) => Promise<Ready>;

const NODE = `Node.js ${process.version} (OpenSSL ${process.versions.openssl})`;

export const node: Provide = async () => ({ version: NODE, env: {} });

export const undici: Provide = async () => {
  const manifest = join(ROOT, 'tools/weights/node_modules/undici/package.json');
  const { default: json } = await import(manifest, { with: { type: 'json' } });
  return { version: `undici ${json.version}, ${NODE}`, env: {} };
};

/** With what a distribution has patched since: curl names that, and its own number stays the same. */
export const curl: Provide = async () => {
  const words = await said('curl', ['--version']);
  const [, version, tls] = /^curl (\S+).*? ((?:\S*SSL|GnuTLS)\S*) /.exec(words) ?? [];
  const [, patched] = /security patched: (\S+)/.exec(words) ?? [];
  return { version: `curl ${patched ?? version} (${tls})`, env: {} };
};

export const python: Provide = async () => {
  const binary = join(await venv('urllib3'), 'python');
  const version = `print(f"urllib3 {urllib3.__version__}, Python {platform.python_version()} ({ssl.OPENSSL_VERSION})")`;
  const words = await said(binary, ['-c', `import platform, ssl, urllib3; ${version}`]);
  return { version: words.replace(/(OpenSSL \S+) [^)]*/, '$1'), env: { ASSAY_CLIENT_PYTHON: binary } };
};

export const go: Provide = async () => {
  const binary = join(CACHE, 'go-client');
  const env = { ...process.env, CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' };
  await run('go', ['build', '-trimpath', '-o', binary, '.'], { cwd: join(CLIENTS, 'go'), env });
  return { version: await said('go', ['env', 'GOVERSION']), env: { ASSAY_CLIENT_GO: binary } };
};

export const java: Provide = async () => {
  const env = { ASSAY_CLIENT_JAVA: await compiledJava() };
  return { version: await javaVersion(), env };
};

export const okhttp: Provide = async () => {
  const classpath = await compiledJava();
  const [, version] = /okhttp-jvm-([\d.]+)\.jar/.exec(classpath) ?? [];
  return { version: `OkHttp ${version}, ${await javaVersion()}`, env: { ASSAY_CLIENT_JAVA: classpath } };
};

async function javaVersion(): Promise<string> {
  const { stderr } = await run('java', ['-version']);
  const [, version] = /version "([^"]+)"/.exec(stderr) ?? [];
  return `Java ${version}`;
}

let compiling: Promise<string> | undefined;

/** Both clients of Java in one folder, compiled once. */
function compiledJava(): Promise<string> {
  compiling ??= compileJava();
  return compiling;
}

/** OkHttp's jars are those that the tests of Kotlin fetch from Maven Central and hold against their hashes. */
const JARS = /\/(?:okhttp-jvm|okio-jvm|kotlin-stdlib)-[\d.]+\.jar$/;

async function compileJava(): Promise<string> {
  const tools = await kotlinTools();
  if ('missing' in tools) throw new Error(tools.missing);
  const jars = tools.classpath.split(delimiter).filter((jar) => JARS.test(jar));
  const folder = join(CACHE, 'java');
  await mkdir(folder, { recursive: true });
  const sources = ['Order', 'UrlConnection', 'OkHttp'].map((name) => join(CLIENTS, `java/${name}.java`));
  await run('javac', ['-d', folder, '-cp', jars.join(delimiter), ...sources]);
  return [folder, ...jars].join(delimiter);
}

/** What a program prints of itself, without the line's end. */
async function said(program: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run(program, args);
  return stdout.trim();
}
