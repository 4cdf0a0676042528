import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const CACHE = join(import.meta.dirname, '../../node_modules/.cache/kotlin');
const CLASSPATH = join(CACHE, 'classpath.txt');
const PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath';

/** The Kotlin compiler with the libraries of pom.xml, or why it cannot be had on this machine. */
export type KotlinTools = { readonly classpath: string } | { readonly missing: string };

/** Fetches what pom.xml names once, and holds every jar against jars.sha256. Throws when one of them is another. */
export async function kotlinTools(): Promise<KotlinTools> {
  const absent = ['java', 'mvn'].find((name) => spawnSync(name, ['-version']).error !== undefined);
  if (absent !== undefined) return { missing: `there is no ${absent} on this machine` };
  if (!existsSync(CLASSPATH) && !(await fetched())) return { missing: 'Maven Central was not reached' };
  const classpath = readFileSync(CLASSPATH, 'utf8').trim();
  assertKnown(classpath.split(delimiter));
  return { classpath };
}

async function fetched(): Promise<boolean> {
  mkdirSync(CACHE, { recursive: true });
  const repository = `-Dmaven.repo.local=${join(CACHE, 'repository')}`;
  const pom = join(import.meta.dirname, 'pom.xml');
  try {
    await run('mvn', ['-B', '-q', '-f', pom, repository, PLUGIN, `-Dmdep.outputFile=${CLASSPATH}`]);
    return true;
  } catch {
    return false;
  }
}

function assertKnown(jars: readonly string[]): void {
  const lines = readFileSync(join(import.meta.dirname, 'jars.sha256'), 'utf8')
    .trim()
    .split('\n');
  const known = new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
  for (const jar of jars) {
    const digest = createHash('sha256').update(readFileSync(jar)).digest('hex');
    if (known.get(basename(jar)) !== digest) throw new Error(`${basename(jar)} is not the one of jars.sha256`);
  }
}

/** Compiles Kotlin sources into a folder. Throws with what the compiler says, warnings being errors. */
export async function compileKotlin(classpath: string, sources: readonly string[], folder: string): Promise<void> {
  const compiler = ['-Xmx512m', '-cp', classpath, 'org.jetbrains.kotlin.cli.jvm.K2JVMCompiler'];
  const options = ['-no-stdlib', '-no-reflect', '-Werror', '-classpath', classpath, '-d', folder];
  await run('java', [...compiler, ...options, ...sources]);
}

/** Runs a main class. Gives back what it prints. */
export async function runJava(classpath: readonly string[], main: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run('java', ['-cp', classpath.join(delimiter), main, ...args]);
  return stdout;
}
