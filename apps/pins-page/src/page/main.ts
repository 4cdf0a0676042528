import { start } from './start.ts';
import { serve } from './worker.ts';

// One script, twice: on the page, and beside it as the worker that does the work.
if (typeof document === 'undefined') serve();
else start(document.currentScript?.textContent ?? '');
