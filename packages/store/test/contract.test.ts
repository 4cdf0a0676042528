import { storeContract } from './contract/index.ts';
import { ENGINES } from './engines.ts';

for (const engine of ENGINES) storeContract(engine);
