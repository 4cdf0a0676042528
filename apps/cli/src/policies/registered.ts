import { z } from 'zod';
import { plain, type Speech } from '../speech.ts';
import { Impact, showImpact } from './told.ts';

const Rollout = z.looseObject({ stage: z.string(), percent: z.number().optional() });

/** What the server says of a document that it was sent. The later members: of an app whose policy or roll-out changes. */
export const Registered = z.looseObject({
  version: z.int().optional(),
  proposal: z.string().optional(),
  loosens: z.array(z.string()).optional(),
  impact: Impact.optional(),
  before: z.looseObject({ policy: z.string(), rollout: Rollout }).optional(),
});

export type Registered = z.output<typeof Registered>;

interface What {
  readonly noun: 'app' | 'api';
  readonly name: string;
}

/** The outcome, what it does to devices, and the way back. */
export function showRegistered(speech: Speech, { noun, name }: What, answer: Registered): void {
  const { version, proposal, impact, before, loosens = [] } = answer;
  if (version !== undefined) speech.out(`${noun} ${name} is registered, version ${version}`);
  if (proposal !== undefined) {
    speech.out(`proposal ${plain(proposal)} waits for a second person; ${noun} ${name} stays as it is`);
    speech.out(`  may let in more than before: ${plain(loosens.join(', '))}`);
  }
  if (version === undefined && proposal === undefined) speech.out(`${noun} ${name} would change; nothing is changed`);
  if (impact !== undefined) showImpact(speech, impact);
  if (before !== undefined) {
    speech.out(`  before: policy ${plain(before.policy)}, ${rolloutText(before.rollout)}`);
    speech.out(
      `  back: assay app rollout ${plain(name)} ${rolloutArgs(before.rollout)} --policy ${plain(before.policy)}`,
    );
  }
  if (proposal !== undefined) speech.out(`  another person: assay policy approve ${plain(proposal)}`);
}

const isPart = ({ stage, percent = 100 }: z.output<typeof Rollout>): boolean => stage === 'enforce' && percent < 100;

/** `enforce 50 %`, as everywhere. */
export function rolloutText(rollout: z.output<typeof Rollout>): string {
  return isPart(rollout) ? `enforce ${rollout.percent} %` : plain(rollout.stage);
}

function rolloutArgs(rollout: z.output<typeof Rollout>): string {
  return isPart(rollout) ? `enforce --percent ${rollout.percent}` : plain(rollout.stage);
}
