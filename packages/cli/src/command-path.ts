import type { Command } from 'commander'

/** How a command is called: `countersign keys list`. */
export function commandPath(command: Command): string {
  return command.parent ? `${commandPath(command.parent)} ${command.name()}` : command.name()
}
