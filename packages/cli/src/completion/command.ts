import { Argument, Command } from 'commander'
import { printJson } from '../print-json.js'
import type { Terminal } from '../terminal.js'

const SHELLS = ['bash', 'zsh', 'fish'] as const
type Shell = (typeof SHELLS)[number]

/** `countersign completion`. */
export function completionCommand(terminal: Terminal, finish: (code: number) => void): Command {
  return new Command('completion')
    .summary('print a script that completes commands and options')
    .description('Prints a script with which a shell completes commands, options and their values.')
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .option('--json', 'print one JSON document, with the script in it')
    .addHelpText('after', HELP)
    .action(async (shell: Shell, { json }: { readonly json?: true }, command: Command) => {
      const { completionScript } = await import('./scripts.js')
      // The commands are all there by now: this is one of them.
      const script = completionScript(shell, command.parent ?? command)
      if (json) printJson(terminal.stdout, { shell, script })
      else terminal.stdout.write(script)
      finish(0)
    })
}

const HELP = `
Exit code: 0 printed, 2 the command was not understood.

Examples:
  countersign completion bash >> ~/.bash_completion
  countersign completion zsh > "\${fpath[1]}/_countersign"
  countersign completion fish > ~/.config/fish/completions/countersign.fish`
