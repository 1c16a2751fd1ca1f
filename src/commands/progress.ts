import { Listr, ListrLogger, ProcessOutput } from "listr2";
import { visibleLine } from "../words/visible.ts";
import { CommandFault } from "./command-fault.ts";
import type { Terminal } from "./store-command.ts";

/**
 * Runs a long piece of work and shows its progress on standard error, so that the output of the command itself can be
 * piped: on a terminal of this process as one changing line, elsewhere as plain lines. Work for somebody who has left
 * is given up at its next report.
 */
export async function withProgress<Result>(
  title: string,
  { stderr }: Terminal,
  work: (report: (message: string) => void) => Promise<Result>,
): Promise<Result> {
  if (stderr === process.stderr && process.stderr.isTTY) return withChangingLine(title, work);
  return work((message) => {
    if (!stderr.writable) throw new CommandFault("nobody waits for the command any longer");
    stderr.write(`${title}: ${visibleLine(message)}\n`);
  });
}

async function withChangingLine<Result>(
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
          task.output = visibleLine(message);
        };
        done.push(await work(report));
      },
    },
    {
      rendererOptions: {
        // The fault is printed once, by whoever runs the command.
        showErrorMessage: false,
        logger: new ListrLogger({ useIcons: true, processOutput }),
      },
    },
  );
  await list.run();
  return done[0]!;
}
