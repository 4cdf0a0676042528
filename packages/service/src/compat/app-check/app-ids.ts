import { fault } from '../../fault.ts';
import type { FacadeScene } from './scene.ts';

/** @throws ConfigError `service.facade_api_unfit`: an app document with a facade names Apple's ids, by its own schema */
export function appIdsOf({ app }: FacadeScene): readonly string[] {
  if (app.apple === undefined) throw fault('service.facade_api_unfit', { expected: '`apple` in the registered app' });
  return app.apple.appIds;
}
