/** A fault that the person at the terminal can do something about: shown as one message, without a stack. */
export class TaskError extends Error {
  override readonly name = 'TaskError';
}

/** Runs a task's main function: whether it succeeded becomes the exit code. */
export async function runTask(main: (args: readonly string[]) => Promise<boolean>): Promise<void> {
  try {
    process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof TaskError)) throw error;
    process.stderr.write(`assay: ${error.message}\n`);
    process.exitCode = 1;
  }
}
