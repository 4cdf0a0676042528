import type { Document, ManifestDocument } from '../../project.ts';
import type { App } from '../app.ts';
import type { ArtifactEntries } from '../entries.ts';
import type { ArtifactForm } from '../form.ts';
import { openApp, readApp } from '../read.ts';
import { codeFacts } from './code-facts.ts';
import { componentFacts } from './component-facts.ts';
import { type AuditFact, TOPICS } from './fact.ts';
import { iosFacts } from './ios-facts.ts';
import { manifestFacts } from './manifest-facts.ts';
import { networkFacts } from './nsc-facts.ts';
import { signatureFacts } from './signature-facts.ts';

/** A built app: what it says about its connections, and about its hardening. */
export interface Audit {
  readonly form: ArtifactForm;
  /** As {@link readArtifact} gives them: for the rules. */
  readonly documents: readonly Document[];
  /** In the order of {@link TOPICS}. */
  readonly facts: readonly AuditFact[];
}

/**
 * The hardening facts of a built app beside its pinning, each with the place where it was read. Facts, no verdict on the app:
 * no signature is verified, and no code is run. @throws UnreadableFile for an archive that is no app
 */
export async function auditArtifact(entries: ArtifactEntries, name: string): Promise<Audit> {
  const app = openApp(entries, name);
  const documents = await readApp(app);
  const platform = app.form === 'ipa' ? await iosFacts(app, documents) : await androidFacts(app, documents);
  const facts = [...platform, ...(await codeFacts(app, documents))];
  return { form: app.form, documents, facts: facts.sort((a, b) => TOPICS.indexOf(a.topic) - TOPICS.indexOf(b.topic)) };
}

async function androidFacts(app: App, documents: readonly Document[]): Promise<readonly AuditFact[]> {
  const manifest = documents.find((document): document is ManifestDocument => document.kind === 'manifest');
  const said =
    manifest === undefined
      ? []
      : [...manifestFacts(manifest), ...networkFacts(manifest, documents), ...componentFacts(manifest)];
  return [...said, ...(await signatureFacts(app))];
}
