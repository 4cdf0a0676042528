import { resolve } from 'node:path';
import { type ArtifactEntries, type Document, isArtifact, readArtifact } from '@assay/pin-configs';
import type { World } from '../command.ts';
import { plain } from '../speech.ts';
import { type Archive, openArchive } from './archive.ts';

export { isArtifact };

const MAX_TOLD = 10;

/** Runs `work` on the members of a built app; entries that are not offered are talked about. @throws RequestError, UpstreamError */
export async function withArchive<T>(
  { speech, cwd }: Pick<World, 'speech' | 'cwd'>,
  path: string,
  work: (entries: ArtifactEntries) => Promise<T>,
): Promise<T> {
  const archive = await openArchive(resolve(cwd, path));
  try {
    for (const line of refusedLines(path, archive.refused)) speech.talk(line);
    return await work(archive);
  } finally {
    archive.close();
  }
}

function refusedLines(path: string, refused: Archive['refused']): readonly string[] {
  const told = refused.slice(0, MAX_TOLD).map(({ name, why }) => `${plain(path)}!/${plain(name)}: passed over: ${why}`);
  const more = refused.length - told.length;
  return more > 0 ? [...told, `${plain(path)}: ${more} more members passed over`] : told;
}

/** The documents of a built app. */
export const readArtifactFile = (world: Pick<World, 'speech' | 'cwd'>, path: string): Promise<readonly Document[]> =>
  withArchive(world, path, (entries) => readArtifact(entries, path));
