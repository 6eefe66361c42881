import { type AnyProvider, reveal, type Secret } from '@countersign/core'
import type { OpenedStore } from '../store/open-store.js'
import { colorsFor, type Terminal, widthOf } from '../terminal.js'
import type { ChangedRing } from './change-ring.js'
import { checklistOf } from './checklist.js'
import { checklistText } from './checklist-text.js'
import { givenArguments } from './printed-command.js'
import { readUses } from './read-uses.js'
import { changesText, ringChanges } from './ring-changes.js'
import { type KeysFlags, print } from './subcommand.js'

/** What a command has done, and what it is told with. */
export interface ChangeReport {
  readonly name: string
  readonly changed: ChangedRing
  readonly flags: KeysFlags
  readonly terminal: Terminal
  /** A secret that was generated, and is to be shown this once. */
  readonly shown?: Secret | undefined
}

/** Tells what was changed. */
export function reportChange(report: ChangeReport): void {
  const { terminal, flags } = report
  print(terminal, flags, changeDocument(report), () => changeText(report))
}

/** Tells what was changed, and what is to be done now. */
export async function reportTurn(report: ChangeReport, provider: AnyProvider, opened: OpenedStore): Promise<void> {
  const { name, changed, terminal, flags } = report
  const uses = await readUses(opened, name, terminal)
  const situation = {
    name,
    ring: changed.after,
    provider,
    uses,
    now: terminal.now(),
    given: givenArguments(flags),
  }
  const checklist = checklistOf(situation)
  const colors = colorsFor(terminal.stdout, terminal.env)
  print(terminal, flags, { ...changeDocument(report), checklist }, () =>
    [changeText(report), '', checklistText(checklist, provider.title, widthOf(terminal.stdout), colors)].join('\n'),
  )
}

function changeDocument({ name, changed, terminal, shown }: ChangeReport): Record<string, unknown> {
  const changes = ringChanges(changed.before, changed.after, terminal.now())
  return { ok: true, ring: name, version: changed.version, changes, ...(shown && { secret: reveal(shown) }) }
}

function changeText({ name, changed, terminal, shown }: ChangeReport): string {
  const colors = colorsFor(terminal.stdout, terminal.env)
  const changes = ringChanges(changed.before, changed.after, terminal.now())
  if (changes.length === 0) return `${name}: nothing to change`
  return [
    `${colors.green('✔')} ${colors.bold(name)} saved as version ${changed.version}`,
    changesText(changes, terminal.now(), colors),
    ...(shown ? ['', `  ${reveal(shown)}`, colors.dim('  the new secret, shown this once')] : []),
  ].join('\n')
}
