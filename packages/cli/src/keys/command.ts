import { Command } from 'commander'
import type { Terminal } from '../terminal.js'
import { addCommand } from './add-command.js'
import { checklistCommand } from './checklist-command.js'
import { historyCommand } from './history-command.js'
import { listCommand } from './list-command.js'
import { migrateCommand } from './migrate-command.js'
import { promoteCommand } from './promote-command.js'
import { pruneCommand } from './prune-command.js'
import { revealCommand } from './reveal-command.js'
import { revokeCommand } from './revoke-command.js'
import { rotateCommand } from './rotate-command.js'
import { scheduleCommand } from './schedule-command.js'
import { stageCommand } from './stage-command.js'

/** `countersign keys`: the keyrings of a store, as an operator sees and changes them. */
export function keysCommand(terminal: Terminal): Command {
  const command = new Command('keys')
    .summary('look after the keyrings of a store, and rotate them')
    .description(
      "Shows the keyrings of a store, and changes them by the vendors' own rules, without losing a delivery.",
    )
    .addHelpText('after', HELP)
  const commands = [
    listCommand(terminal),
    addCommand(terminal),
    stageCommand(terminal),
    promoteCommand(terminal),
    rotateCommand(terminal),
    revokeCommand(terminal),
    pruneCommand(terminal),
    revealCommand(terminal),
    scheduleCommand(terminal),
    historyCommand(terminal),
    checklistCommand(terminal),
    migrateCommand(terminal),
  ]
  for (const one of commands) command.addCommand(one)
  return command
}

const HELP = `
The store is named by --store or COUNTERSIGN_STORE: a folder, Redis or
PostgreSQL. Keyrings are sealed with COUNTERSIGN_MASTER_KEY or
--master-key-file, or kept in the clear with --plaintext.

Example:
  (umask 077; openssl rand -base64 32 > master.key)
  export COUNTERSIGN_MASTER_KEY="$(cat master.key)"
  export COUNTERSIGN_STORE=file:./keys
  countersign keys add autify --secret-env AUTIFY_SECRET
  countersign keys stage autify --generate
  countersign keys checklist autify`
