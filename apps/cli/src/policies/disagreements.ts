import { z } from 'zod';
import { plain, type Speech } from '../speech.ts';

export const Disagreements = z.looseObject({
  ...{ from: z.number(), to: z.number(), appraisals: z.number(), complete: z.boolean() },
  shadows: z.array(
    z.looseObject({
      ...{ policy: z.string(), appraisals: z.number(), agreed: z.number(), wouldRefuse: z.number() },
      ...{ wouldAdmit: z.number(), otherwise: z.number(), samples: z.array(z.string()) },
      reasons: z.array(z.looseObject({ reason: z.string(), count: z.number() })),
    }),
  ),
});

/** One paragraph for each policy that is only watched; nothing where none is. */
export function showDisagreements(speech: Speech, { shadows, complete }: z.output<typeof Disagreements>): void {
  if (shadows.length === 0) return;
  speech.out(speech.paint('bold', `shadows${complete ? '' : ', of the newest appraisals alone'}`));
  for (const { policy, appraisals, agreed, wouldRefuse, wouldAdmit, otherwise, reasons, samples } of shadows) {
    speech.out(
      `  ${plain(policy)}  ${agreed} of ${appraisals} alike, would refuse ${wouldRefuse}, let in ${wouldAdmit}, rate ${otherwise} otherwise`,
    );
    for (const { reason, count } of reasons) speech.out(`    would refuse for ${plain(reason)}: ${count}`);
    if (samples.length > 0)
      speech.out(speech.paint('dim', `    for example ${samples.map((each) => plain(each)).join(', ')}`));
  }
}
