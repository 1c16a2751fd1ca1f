import { Listr, ListrLogger, ProcessOutput } from "listr2";

/**
 * Runs a long piece of work and shows its progress: on a terminal as one changing line, elsewhere as plain lines.
 * It writes to standard error, so that the output of the command itself can be piped.
 */
export async function withProgress<Result>(
  title: string,
  work: (report: (message: string) => void) => Promise<Result>,
): Promise<Result> {
  const processOutput = new ProcessOutput(process.stderr, process.stderr);
  const done: Result[] = [];
  const list = new Listr(
    {
      title,
      task: async (_, task) => {
        const report = (message: string) => {
          task.output = message;
        };
        done.push(await work(report));
      },
    },
    {
      renderer: process.stderr.isTTY ? "default" : "simple",
      rendererOptions: { logger: new ListrLogger({ useIcons: true, processOutput }) },
    },
  );
  await list.run();
  return done[0]!;
}
